//! Near and bbox agree with a brute-force answer on thousands of random queries
//! over random and real geometry, antimeridian and poles among them; distances
//! agree with a table made by another implementation.
#![allow(clippy::unwrap_used, clippy::expect_used)]
// A test fails by panicking.
// Counts and steps are small; coordinates that are compared are the same number
// or not, and no result of sums.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp
)]

#[path = "brute/distance.rs"]
mod distance;
#[path = "brute/world.rs"]
mod world;

use demarc::atlas::{Atlas, Layer, Period};
use demarc::load::{Folder, load};
use demarc::query::{Bbox, Circle, Page, Query, When, geodesy, run};
use distance::Sampled;
use fastrand::Rng;
use geo::{BoundingRect, Coord, CoordsIter, Geometry, Intersects, Line, Point, Rect};
use geographiclib_rs::Geodesic;

const QUERIES_RANDOM: usize = 10_000;
const QUERIES_REAL: usize = 2_000;

/// The day only decides what an unsaid `datetime` means, and none is unsaid.
fn ask(atlas: &Atlas, layer: &Layer, bbox: Option<Bbox>, near: Option<Circle>) -> Page {
    let today = "2026-01-01".parse().unwrap();
    let when = When::During(Period::ALWAYS);
    run(atlas, layer, &Query { bbox, near, when, ..Query::default() }, today).unwrap()
}

/// Some vertices of a layer, for queries to lie near or touch.
fn vertices(atlas: &Atlas) -> Vec<Coord<f64>> {
    let geometries =
        atlas.layers.iter().flat_map(|l| &l.features).filter_map(|f| f.geometry.as_ref());
    geometries.flat_map(|geometry| geometry.coords_iter().step_by(5)).collect()
}

fn between(dice: &mut Rng, low: f64, high: f64) -> f64 {
    low + dice.f64() * (high - low)
}

/// A longitude brought back to ±180.
fn wrapped(longitude: f64) -> f64 {
    (longitude + 180.).rem_euclid(360.) - 180.
}

/// From a spot to half the earth.
fn extent(dice: &mut Rng) -> f64 {
    10f64.powf(between(dice, -4., 2.))
}

fn window(dice: &mut Rng, vertices: &[Coord<f64>]) -> Bbox {
    let vertex = vertices[dice.usize(..vertices.len())];
    let (width, height) = (extent(dice), extent(dice));
    let (x, y) = match dice.u8(..10) {
        0..=3 => (vertex.x, vertex.y),
        4 => (180., between(dice, -90., 90.)),
        5 => (between(dice, -180., 180.), if dice.bool() { 90. } else { -90. }),
        _ => (between(dice, -180., 180.), between(dice, -90., 90.)),
    };
    let (south, north) = ((y - height).max(-90.), (y + height).min(90.));
    match dice.u8(..12) {
        // A corner or an edge exactly on a vertex.
        0 => Bbox {
            west: vertex.x,
            south: vertex.y,
            east: wrapped(vertex.x + width),
            north: (vertex.y + height).min(90.),
        },
        1 => Bbox { west: wrapped(x - width), south, east: vertex.x, north },
        // A point, and lines.
        2 => Bbox { west: vertex.x, south: vertex.y, east: vertex.x, north: vertex.y },
        3 => Bbox { west: x, south, east: x, north },
        4 => Bbox { west: (x - width).max(-180.), south: y, east: (x + width).min(180.), north: y },
        // All the way round, and nearly so.
        5 => Bbox { west: -180., south, east: 180., north },
        6 => Bbox { west: wrapped(x + width.min(10.)), south, east: x, north },
        // Over the antimeridian where it comes to that.
        _ => Bbox {
            west: wrapped(x - width.min(170.)),
            south,
            east: wrapped(x + width.min(170.)),
            north,
        },
    }
}

/// Whether a geometry shares a point with a window, without index or envelope.
fn touches(geometry: &Geometry<f64>, bbox: Bbox) -> bool {
    let Bbox { west, south, east, north } = bbox;
    let spans = if west <= east { vec![(west, east)] } else { vec![(west, 180.), (-180., east)] };
    spans.into_iter().any(|(west, east)| {
        let (low, high) = (Coord { x: west, y: south }, Coord { x: east, y: north });
        let parts: Vec<&Geometry<f64>> = match geometry {
            Geometry::GeometryCollection(parts) => parts.iter().collect(),
            other => vec![other],
        };
        parts.into_iter().any(|part| {
            if low == high {
                part.intersects(&Point(low))
            } else if low.x == high.x || low.y == high.y {
                part.intersects(&Line::new(low, high))
            } else {
                part.intersects(&Rect::new(low, high).to_polygon())
            }
        })
    })
}

fn compare_windows(atlas: &Atlas, count: usize, seed: u64) {
    let mut dice = Rng::with_seed(seed);
    let vertices = vertices(atlas);
    let (mut found, mut crossing) = (0, 0);
    for number in 0..count {
        let bbox = window(&mut dice, &vertices);
        crossing += usize::from(bbox.west > bbox.east);
        let layer = &atlas.layers[number % (atlas.layers.len() - 2)];
        let page = ask(atlas, layer, Some(bbox), None);
        let ours: Vec<u32> = page.hits.iter().map(|hit| hit.row).collect();
        let theirs: Vec<u32> = (0u32..)
            .zip(&layer.features)
            .filter(|(_, f)| f.geometry.as_ref().is_some_and(|g| touches(g, bbox)))
            .map(|(row, _)| row)
            .collect();
        assert_eq!(ours, theirs, "{} {bbox:?}", layer.info.id);
        assert_eq!(page.matched, ours.len());
        found += usize::from(!ours.is_empty());
    }
    // Queries that find nothing, or do not cross, would show little.
    assert!(found > count / 5, "{found} of {count} find anything");
    assert!(crossing > count / 50, "{crossing} of {count} cross the antimeridian");
}

#[test]
fn windows_over_random_geometry() {
    compare_windows(&world::random(1), QUERIES_RANDOM, 11);
}

#[test]
fn windows_over_real_geometry() {
    let atlas = world::real();
    assert!(atlas.layers.len() == 7 && vertices(&atlas).len() > 5_000);
    compare_windows(&atlas, QUERIES_REAL, 12);
}

fn circle(dice: &mut Rng, vertices: &[Coord<f64>]) -> Circle {
    let radius_m = match dice.u8(..20) {
        0 => between(dice, 1e6, 2e7),
        _ => 10f64.powf(between(dice, 1., 6.)),
    };
    let centre = match dice.u8(..10) {
        0..=4 => {
            let vertex = vertices[dice.usize(..vertices.len())];
            let off = between(dice, 0., 1.5 * radius_m.min(9e6));
            let at = geodesy::direct(vertex, between(dice, 0., 360.), off);
            Coord { x: wrapped(at.x), y: at.y }
        }
        5 => Coord { x: if dice.bool() { 180. } else { -180. }, y: between(dice, -90., 90.) },
        6 => Coord { x: wrapped(between(dice, 178., 182.)), y: between(dice, -90., 90.) },
        7 => Coord { x: between(dice, -180., 180.), y: if dice.bool() { 90. } else { -90. } },
        8 => Coord {
            x: between(dice, -180., 180.),
            y: between(dice, 86., 90.) * if dice.bool() { 1. } else { -1. },
        },
        _ => Coord { x: between(dice, -180., 180.), y: between(dice, -90., 90.) },
    };
    Circle { centre, radius_m }
}

/// Compares near answers; `uncertainty` is how far the ground that a row speaks
/// of may lie from its geometry.
fn compare_circles(
    atlas: &Atlas,
    layers: &[&str],
    count: usize,
    seed: u64,
    uncertainty: &dyn Fn(&str) -> f64,
) {
    let geodesic = Geodesic::wgs84();
    let mut dice = Rng::with_seed(seed);
    let vertices = vertices(atlas);
    let layers: Vec<(&Layer, Vec<Option<Sampled>>)> = layers
        .iter()
        .map(|id| {
            let layer = atlas.layer(id).unwrap();
            let sampled = layer.features.iter().map(|f| f.geometry.as_ref().map(Sampled::new));
            (layer, sampled.collect())
        })
        .collect();
    let (mut decided, mut open, mut inside) = (0usize, 0usize, 0usize);
    for number in 0..count {
        let circle = circle(&mut dice, &vertices);
        let (layer, sampled) = &layers[number % layers.len()];
        let page = ask(atlas, layer, None, Some(circle));
        assert_eq!(page.matched, page.hits.len());
        let order: Vec<(f64, f64)> = page
            .hits
            .iter()
            .map(|hit| (hit.reach.unwrap().nearest_m(), hit.reach.unwrap().nearest.distance_m))
            .collect();
        assert!(order.is_sorted(), "{circle:?}: {order:?}");
        for (row, sampled) in (0u32..).zip(sampled) {
            let hit = page.hits.iter().find(|hit| hit.row == row);
            let site = || format!("{} row {row}, {circle:?}", layer.info.id);
            let Some(sampled) = sampled else {
                assert_eq!(hit, None, "{}: without geometry", site());
                continue;
            };
            let measured = sampled.distance(&geodesic, circle.centre);
            let spread = uncertainty(&layer.feature(row).id);
            let least = measured.metres - spread;
            if (least - circle.radius_m).abs() <= measured.band {
                open += 1;
            } else {
                decided += 1;
                assert_eq!(hit.is_some(), least < circle.radius_m, "{}: {measured:?}", site());
            }
            let Some(reach) = hit.map(|hit| hit.reach.unwrap()) else { continue };
            inside += 1;
            let off = (reach.nearest.distance_m - measured.metres).abs();
            assert!(off <= measured.band, "{}: {reach:?}, sampled {measured:?}", site());
            assert_eq!(
                reach.nearest_m(),
                (reach.nearest.distance_m - spread).max(0.),
                "{}",
                site()
            );
            assert_eq!(
                reach.certain,
                reach.nearest.distance_m + spread <= circle.radius_m,
                "{}",
                site()
            );
        }
    }
    assert!(inside > count / 2, "{inside} found in {count} queries");
    assert!(open * 200 < decided, "{open} of {decided} are too near to tell");
}

#[test]
fn circles_over_random_geometry() {
    let atlas = world::random(2);
    let layers = ["points", "lines", "polygons", "mixed"];
    compare_circles(&atlas, &layers, QUERIES_RANDOM, 21, &|_| 0.);
}

#[test]
fn circles_over_real_geometry() {
    let layers = ["enclaves", "borders", "settlements", "districts", "reported-areas"];
    compare_circles(&world::real(), &layers, QUERIES_REAL, 22, &|_| 0.);
}

/// Reported areas lie somewhere within their uncertainty of what is drawn.
/// Parts of answers, at any time, are those parts of the whole.
fn compare_parts(atlas: &Atlas, layers: &[usize], count: usize, seed: u64) {
    let mut dice = Rng::with_seed(seed);
    let vertices = vertices(atlas);
    let (mut parted, mut ended) = (0, 0);
    for number in 0..count {
        let layer = &atlas.layers[layers[number % layers.len()]];
        let bbox = (number % 3 != 0).then(|| window(&mut dice, &vertices));
        let near = (number % 3 != 1).then(|| circle(&mut dice, &vertices));
        let whole = ask(atlas, layer, bbox, near);
        let day = jiff::civil::date(dice.i16(1990..2030), 1, 1)
            .saturating_add(jiff::Span::new().days(dice.i32(0..366)));
        let known_at = dice.bool().then_some(day);
        let days = if dice.bool() { Period::ALWAYS } else { Period::day(day) };
        let holding: Vec<_> =
            whole.hits.iter().filter(|hit| layer.feature(hit.row).holds(&days, known_at)).collect();
        let (offset, limit) = (dice.usize(..holding.len() + 2), dice.usize(1..20));
        let query = Query {
            bbox,
            near,
            when: When::During(days),
            known_at,
            offset,
            limit: Some(limit),
            ..Query::default()
        };
        let page = run(atlas, layer, &query, day).unwrap();
        let part: Vec<_> = holding.iter().copied().skip(offset).take(limit).collect();
        assert_eq!(page.matched, holding.len(), "{} {query:?}", layer.info.id);
        assert_eq!(page.hits.iter().collect::<Vec<_>>(), part, "{} {query:?}", layer.info.id);
        parted += usize::from(!part.is_empty() && part.len() < holding.len());
        ended += usize::from(holding.len() < whole.matched);
    }
    assert!(parted > count / 20, "{parted} of {count} are parts");
    let is_timed = layers.iter().any(|layer| atlas.layers[*layer].period.is_some());
    assert!(!is_timed || ended > count / 50, "{ended} of {count} are narrowed by the clocks");
}

#[test]
fn parts_of_answers_over_random_geometry() {
    let atlas = world::random(3);
    compare_parts(&atlas, &(0..atlas.layers.len() - 2).collect::<Vec<_>>(), QUERIES_RANDOM, 31);
}

#[test]
fn parts_of_answers_over_real_geometry() {
    let atlas = load(&Folder::Embedded).unwrap();
    compare_parts(&atlas, &(0..atlas.layers.len()).collect::<Vec<_>>(), QUERIES_REAL, 32);
}

#[test]
fn circles_over_uncertain_areas() {
    let atlas = world::valley();
    let layer = atlas.layer("reported-areas").unwrap();
    let of = |id: &str| layer.areas[layer.versions(id)[0] as usize].uncertainty_m;
    assert!(atlas.layer("reported-areas").unwrap().features.iter().any(|f| of(&f.id) > 1_000.));
    compare_circles(&atlas, &["reported-areas"], QUERIES_REAL, 23, &of);
}

/// `tests/data/nearest.csv` was made by another implementation, with dense
/// sampling: see `tests/data/nearest.py`.
#[test]
fn distances_agree_with_the_table() {
    let table = include_str!("data/nearest.csv");
    let mut regions = std::collections::BTreeMap::new();
    let mut worst: f64 = 0.;
    for row in table.lines().skip(1) {
        let fields: Vec<&str> = row.split(';').collect();
        let [region, x, y, metres, shape] = fields[..] else { panic!("{row}") };
        let from = Coord { x: x.parse().unwrap(), y: y.parse().unwrap() };
        let metres: f64 = metres.parse().unwrap();
        let geometry: geojson::Geometry = serde_json::from_str(shape).unwrap();
        let geometry: Geometry<f64> = geometry.try_into().unwrap();
        let nearest = geodesy::nearest(from, &geometry).unwrap();
        let off = (nearest.distance_m - metres).abs();
        assert!(
            off < 0.5,
            "{region} {from:?}: {} where {metres} is right: {shape}",
            nearest.distance_m
        );
        worst = worst.max(off);
        // The bearing leads there.
        let there = geodesy::direct(from, nearest.bearing.unwrap(), nearest.distance_m);
        assert!(geodesy::inverse(there, nearest.at).0 < 0.01, "{region} {from:?}");
        let shell = geometry.bounding_rect().unwrap();
        assert!(nearest.at.y >= shell.min().y - 1e-9 && nearest.at.y <= shell.max().y + 1e-9);
        *regions.entry(region).or_insert(0) += 1;
    }
    assert!(regions.values().sum::<i32>() >= 200, "{regions:?}");
    for region in ["valley", "anywhere", "antimeridian", "polar"] {
        assert!(regions[region] >= 40, "{regions:?}");
    }
    assert!(worst > 0., "another implementation never agrees to the last bit");
}
