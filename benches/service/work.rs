//! The rows of the table: what is asked in each, and what is right to answer.

use std::collections::BTreeMap;
use std::f64::consts::PI;

use fastrand::Rng;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::data::{AREAS, PLOTS};
use crate::world::{Centres, USES, day, six};

/// Zoom of the tiles that are asked for.
pub const ZOOM: u32 = 10;
/// Places of the grid along an edge, at that zoom.
const GRID: f64 = 1024.;

/// Tiles that are asked for again and again: what a server keeps unless told otherwise.
const KEPT: usize = 40;

/// How far round a place is asked, metres.
pub const RADIUS_M: f64 = 20_000.;

/// What an answer must hold.
#[derive(Clone)]
pub enum Wanted {
    /// The plots that share a point with a window.
    Window(Window),
    /// One plot.
    Item(u32),
    /// The nearest plots to a place within [`RADIUS_M`], so many of them at the most.
    Near([f64; 2], usize),
    /// What lies in a tile, by its column and row.
    Tile(u32, u32),
}

/// A window and what narrows it.
#[derive(Clone)]
pub struct Window {
    /// West, south, east, north, degrees.
    pub bbox: [f64; 4],
    /// The days, first and last, on one of which it must be there.
    pub days: Option<(Date, Date)>,
    /// What it must be used as.
    pub usage: Option<&'static str>,
    /// Whether what is asked about has no end.
    pub is_open: bool,
    /// The most that is given.
    pub limit: usize,
}

/// One question of a row.
pub struct Question {
    /// Path and parameters.
    pub target: String,
    /// Which of the bodies of its row answers it.
    pub body: usize,
}

/// One row.
pub struct Work {
    /// As the table calls it.
    pub name: &'static str,
    /// What is asked.
    pub what: &'static str,
    /// The least that is hoped for of the limit's answers a second.
    pub bar: f64,
    /// What is asked, in this order.
    pub questions: Vec<Question>,
    /// Where each body is had from, and what it must hold.
    pub bodies: Vec<(String, Wanted)>,
}

impl Work {
    /// Each question with an answer of its own.
    fn apart(
        name: &'static str,
        what: &'static str,
        bar: f64,
        asked: impl Iterator<Item = (String, Wanted)>,
    ) -> Self {
        let bodies: Vec<(String, Wanted)> = asked.collect();
        let targets = bodies.iter().map(|(target, _)| target.clone());
        let questions =
            targets.enumerate().map(|(body, target)| Question { target, body }).collect();
        Self { name, what, bar, questions, bodies }
    }
}

/// The rows about plots, of so many questions each.
#[must_use]
pub fn of_plots(centres: &Centres, questions: usize) -> Vec<Work> {
    let items = format!("/collections/{PLOTS}/items");
    let windows = |seed: u64, holds: usize, limit: usize| {
        let mut rng = Rng::with_seed(seed);
        std::iter::repeat_with(move || Window {
            bbox: centres.window(jittered(centres.any(&mut rng), &mut rng), holds),
            days: None,
            usage: None,
            is_open: false,
            limit,
        })
    };
    let address =
        |window: &Window| format!("{items}?bbox={}&limit={}", joined(window.bbox), window.limit);
    let in_windows = |name, what, bar, seed, holds, limit, count| {
        let asked = windows(seed, holds, limit).take(count);
        Work::apart(name, what, bar, asked.map(|one| (address(&one), Wanted::Window(one))))
    };
    let mut rng = Rng::with_seed(6);
    let timed = windows(16, 1000, 100).take(questions).map(|window| {
        let first = day(&mut rng, 12_000);
        let last = first.saturating_add(29.days());
        let target = format!("{}&datetime={first}/{last}", address(&window));
        (target, Wanted::Window(Window { days: Some((first, last)), ..window }))
    });
    let timed: Vec<_> = timed.collect();
    let filtered = windows(17, 1000, 100).take(questions).zip(USES.iter().cycle());
    let filtered = filtered.map(|(window, usage)| {
        let target = format!("{}&filter=use%20=%20%27{usage}%27", address(&window));
        (target, Wanted::Window(Window { usage: Some(usage), ..window }))
    });
    let mut by_id = Rng::with_seed(3);
    let count = u32::try_from(centres.count()).unwrap_or(u32::MAX);
    let single = std::iter::repeat_with(|| by_id.u32(..count)).take(questions);
    let mut places = Rng::with_seed(4);
    let near = std::iter::repeat_with(|| jittered(centres.any(&mut places), &mut places));
    let near = near.take(questions).map(|[x, y]| {
        (format!("{items}?near={x},{y}&radius=20km&limit=10"), Wanted::Near([x, y], 10))
    });
    let mut works = vec![
        in_windows("W1", "bbox of 10, limit 10", 0.6, 1, 10, 10, questions),
        in_windows("W1b", "bbox of 90,000, limit 10", 0.02, 11, 90_000, 10, questions.min(1000)),
        in_windows("W2", "bbox of 1,000", 0.6, 2, 1000, 2000, questions.min(1000)),
        Work::apart(
            "W3",
            "one by id",
            0.8,
            single.map(|number| (format!("{items}/p{number}"), Wanted::Item(number))),
        ),
        Work::apart("W4", "ten nearest within 20 km", 0.5, near),
        Work::apart("W6", "bbox of 1,000 and 30 days, limit 100", 0.5, timed.into_iter()),
        Work::apart("W7", "bbox of 1,000 and CQL2, limit 100", 0.4, filtered),
    ];
    works.extend(tiles(centres));
    works
}

/// Tiles cold, each at an address of its own, and again at the same few addresses.
fn tiles(centres: &Centres) -> Vec<Work> {
    let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for at in centres.all() {
        *counts.entry(tile(*at)).or_default() += 1;
    }
    // Of a smaller layer tiles with as much less in them.
    let part = (centres.count() as f64 / 1e6).min(1.);
    let range = 2000. * part..=8000. * part;
    let chosen: Vec<(u32, u32)> = counts
        .into_iter()
        .filter(|(_, count)| range.contains(&(*count as f64)))
        .map(|(tile, _)| tile)
        .collect();
    let address = |(column, row): (u32, u32)| {
        format!("/collections/{PLOTS}/tiles/WebMercatorQuad/{ZOOM}/{row}/{column}")
    };
    let bodies: Vec<(String, Wanted)> = chosen
        .iter()
        .map(|(column, row)| (address((*column, *row)), Wanted::Tile(*column, *row)))
        .collect();
    // All that begins before 2100: the same tile, asked for as never before.
    let cold = (0..20_000i64).zip((0..chosen.len()).cycle()).map(|(number, body)| {
        let last = date(2100, 1, 1).saturating_add(number.days());
        Question { target: format!("{}?datetime=../{last}", address(chosen[body])), body }
    });
    let cold = Work {
        name: "W5",
        what: "tile at zoom 10, cold",
        bar: 0.1,
        questions: cold.collect(),
        bodies,
    };
    let again = cold.bodies.clone().into_iter().take(KEPT);
    let warm = Work::apart("W5c", "tile at zoom 10, again", 0.8, again);
    if chosen.is_empty() { Vec::new() } else { vec![cold, warm] }
}

/// The row about reported areas: what stands of them on a day.
#[must_use]
pub fn of_areas(centres: &Centres, questions: usize) -> Work {
    let mut rng = Rng::with_seed(9);
    let asked = std::iter::repeat_with(|| {
        let at = jittered(centres.any(&mut rng), &mut rng);
        let on = day(&mut rng, 12_000);
        // A third of the areas has not begun by a day in the middle.
        let bbox = centres.window(at, 150);
        let target =
            format!("/collections/{AREAS}/items?bbox={}&datetime={on}&limit=200", joined(bbox));
        let window = Window { bbox, days: Some((on, on)), usage: None, is_open: true, limit: 200 };
        (target, Wanted::Window(window))
    });
    Work::apart("W9", "status on a day, bbox of 100", 0.4, asked.take(questions))
}

/// Column and row of the tile that a position lies in.
#[must_use]
pub fn tile([x, y]: [f64; 2]) -> (u32, u32) {
    let latitude = y.to_radians();
    let column = (x + 180.) / 360. * GRID;
    let row = (1. - latitude.tan().asinh() / PI) / 2. * GRID;
    (column as u32, row as u32)
}

/// The window of a tile and so many of its edges beyond it; west, south, east, north.
#[must_use]
pub fn window_of(column: u32, row: u32, beyond: f64) -> [f64; 4] {
    let longitude = |column: f64| column / GRID * 360. - 180.;
    let latitude = |row: f64| (PI * (1. - 2. * row / GRID)).sinh().atan().to_degrees();
    let (column, row) = (f64::from(column), f64::from(row));
    [
        longitude(column - beyond),
        latitude(row + 1. + beyond),
        longitude(column + 1. + beyond),
        latitude(row - beyond),
    ]
}

/// A position a few dozen metres from another, so that no two questions are the same.
fn jittered([x, y]: [f64; 2], rng: &mut Rng) -> [f64; 2] {
    [six(x + (rng.f64() - 0.5) * 0.001), six(y + (rng.f64() - 0.5) * 0.001)]
}

fn joined(bbox: [f64; 4]) -> String {
    bbox.map(|number| number.to_string()).join(",")
}
