//! The world that is measured: small plots of ground, clustered round settlements.
//! A plot follows from its number alone, so that a layer of 100,000 is the beginning
//! of one of 1,000,000, and whoever checks an answer makes the plots again.

use std::f64::consts::TAU;

use fastrand::Rng;
use geo::{LineString, Polygon};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Counts up when the world changes: folders made of another one are made again.
pub const VERSION: u32 = 1;

/// West, south, east, north of the window that plots lie in, degrees.
pub const WINDOW: [f64; 4] = [69.0, 38.8, 74.0, 41.8];

/// What a plot is used as.
pub const USES: [&str; 4] = ["orchard", "pasture", "arable", "quarry"];

const SETTLEMENTS: u32 = 400;
const SEED: u64 = 0x0064_656d_6172_6331;

/// Where plots gather.
struct Settlement {
    at: [f64; 2],
    /// Standard deviation of the plots round it, degrees of latitude.
    spread: f64,
    /// The share of all plots that lies round it or one before it.
    up_to: f64,
}

/// A small polygon with eight properties.
pub struct Plot {
    /// Which one it is.
    pub number: u32,
    /// The number of its settlement.
    pub settlement: usize,
    /// Longitude and latitude, degrees.
    pub centre: [f64; 2],
    /// Closed, counter-clockwise; degrees with six decimals.
    pub ring: Vec<[f64; 2]>,
    /// One of [`USES`].
    pub usage: &'static str,
    /// 1 to 5.
    pub priority: u32,
    /// Square metres, as its papers say.
    pub surface: u32,
    /// The first day on which it is there.
    pub start: Date,
    /// The last one; `None` where it is there still.
    pub end: Option<Date>,
}

impl Plot {
    /// Whether it is there on a day from `first` to `last`.
    #[must_use]
    pub fn holds(&self, first: Date, last: Date) -> bool {
        self.start <= last && self.end.is_none_or(|end| end >= first)
    }

    /// The least and the greatest of its longitudes and latitudes: west, south, east,
    /// north.
    #[must_use]
    pub fn envelope(&self) -> [f64; 4] {
        let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        self.ring.iter().fold(start, |[west, south, east, north], [x, y]| {
            [west.min(*x), south.min(*y), east.max(*x), north.max(*y)]
        })
    }

    /// Its geometry.
    #[must_use]
    pub fn polygon(&self) -> Polygon<f64> {
        Polygon::new(LineString::from(self.ring.clone()), Vec::new())
    }
}

/// All plots there can be.
pub struct World {
    settlements: Vec<Settlement>,
}

impl World {
    /// The one world.
    #[must_use]
    pub fn new() -> Self {
        let mut rng = Rng::with_seed(SEED);
        let [west, south, east, north] = WINDOW;
        let weights: Vec<f64> = (0..SETTLEMENTS).map(|rank| 1. / (f64::from(rank) + 20.)).collect();
        let all: f64 = weights.iter().sum();
        let mut up_to = 0.;
        let settlements = weights.iter().map(|weight| {
            up_to += weight / all;
            let at = [
                west + 0.3 + rng.f64() * (east - west - 0.6),
                south + 0.3 + rng.f64() * (north - south - 0.6),
            ];
            Settlement { at, spread: 0.02 + rng.f64() * 0.08, up_to }
        });
        Self { settlements: settlements.collect() }
    }

    /// The plot with a number.
    #[must_use]
    pub fn plot(&self, number: u32) -> Plot {
        // An odd factor keeps the seeds of neighbours far apart.
        let mut chance =
            Rng::with_seed(SEED ^ u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let share = chance.f64();
        let settlement = self.settlements.partition_point(|one| one.up_to < share);
        let settlement = settlement.min(self.settlements.len() - 1);
        let Settlement { at, spread, .. } = &self.settlements[settlement];
        let centre = loop {
            let (east, north) = normal(&mut chance);
            let at = [at[0] + east * spread * 1.3, at[1] + north * spread];
            if inside(at) {
                break at;
            }
        };
        let size = 0.0003 + chance.f64().powi(3) * 0.0012;
        let corners = chance.u32(5..=20);
        let mut ring: Vec<[f64; 2]> = (0..corners)
            .map(|corner| {
                let angle = TAU * (f64::from(corner) + chance.f64() * 0.7) / f64::from(corners);
                let reach = size * (0.6 + 0.4 * chance.f64());
                [six(centre[0] + reach * 1.3 * angle.cos()), six(centre[1] + reach * angle.sin())]
            })
            .collect();
        ring.push(ring[0]);
        let start = day(&mut chance, 12_000);
        let is_open = chance.f64() < 0.3;
        let lasts = chance.i64(30..6_000);
        Plot {
            number,
            settlement,
            centre,
            ring,
            usage: USES[chance.usize(..USES.len())],
            priority: chance.u32(1..=5),
            surface: chance.u32(200..90_000),
            start,
            end: (!is_open).then(|| start.saturating_add(lasts.days())),
        }
    }

    /// The plots of a layer of so many.
    pub fn plots(&self, count: u32) -> impl Iterator<Item = Plot> {
        (0..count).map(|number| self.plot(number))
    }
}

/// One of the `within` days from the beginning of 1990 on.
pub fn day(rng: &mut Rng, within: i64) -> Date {
    date(1990, 1, 1).saturating_add(rng.i64(0..within).days())
}

/// Rounds to six decimals, which is a decimetre.
#[must_use]
pub fn six(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn inside([x, y]: [f64; 2]) -> bool {
    let [west, south, east, north] = WINDOW;
    (west + 0.01..east - 0.01).contains(&x) && (south + 0.01..north - 0.01).contains(&y)
}

/// Two numbers of the standard normal distribution (Box and Muller).
fn normal(rng: &mut Rng) -> (f64, f64) {
    let reach = (-2. * (1. - rng.f64()).ln()).sqrt();
    let (sine, cosine) = (TAU * rng.f64()).sin_cos();
    (reach * cosine, reach * sine)
}

/// The centres of the plots of a layer in squares, to find windows that hold so many.
pub struct Centres {
    squares: Vec<Vec<[f64; 2]>>,
    all: Vec<[f64; 2]>,
}

/// The side of a square, degrees.
const SQUARE: f64 = 0.05;
const COLUMNS: usize = 100;
const ROWS: usize = 60;

impl Centres {
    /// Those of the first `count` plots.
    #[must_use]
    pub fn of(world: &World, count: u32) -> Self {
        let all: Vec<[f64; 2]> = world.plots(count).map(|plot| plot.centre).collect();
        let mut squares = vec![Vec::new(); COLUMNS * ROWS];
        for at in &all {
            let (column, row) = square(*at);
            squares[row * COLUMNS + column].push(*at);
        }
        Self { squares, all }
    }

    /// A centre by chance.
    #[must_use]
    pub fn any(&self, rng: &mut Rng) -> [f64; 2] {
        self.all[rng.usize(..self.all.len())]
    }

    /// How many centres there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// All centres.
    #[must_use]
    pub fn all(&self) -> &[[f64; 2]] {
        &self.all
    }

    /// The window round a position that holds so many centres, half as high again as
    /// wide in degrees, which is about square on the ground; west, south, east, north.
    #[must_use]
    pub fn window(&self, at: [f64; 2], holds: usize) -> [f64; 4] {
        let (column, row) = square(at);
        let holds = holds.min(self.all.len());
        let mut found: Vec<f64> = Vec::new();
        for reach in 0..COLUMNS {
            found.clear();
            for row in row.saturating_sub(reach)..=(row + reach).min(ROWS - 1) {
                let first = row * COLUMNS;
                let columns = first + column.saturating_sub(reach)
                    ..=first + (column + reach).min(COLUMNS - 1);
                for other in self.squares[columns].iter().flatten() {
                    found.push(((other[0] - at[0]).abs() / 1.3).max((other[1] - at[1]).abs()));
                }
            }
            // What lies nearer than the rim of the squares has been seen.
            #[allow(clippy::cast_precision_loss)] // At most a hundred.
            let seen = reach as f64 * SQUARE / 1.3;
            let whole = found.len() == self.all.len();
            if found.len() >= holds {
                let (_, half, _) = found.select_nth_unstable_by(holds - 1, f64::total_cmp);
                let half = *half;
                if half <= seen || whole {
                    let wide = half * 1.3;
                    return [at[0] - wide, at[1] - half, at[0] + wide, at[1] + half].map(six);
                }
            }
        }
        WINDOW
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Centres lie in the window.
fn square([x, y]: [f64; 2]) -> (usize, usize) {
    let column = ((x - WINDOW[0]) / SQUARE) as usize;
    let row = ((y - WINDOW[1]) / SQUARE) as usize;
    (column.min(COLUMNS - 1), row.min(ROWS - 1))
}
