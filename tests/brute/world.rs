//! Random geometry over the whole earth, and real geometry, as an atlas.

use std::f64::consts::TAU;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use demarc::atlas::Atlas;
use demarc::load::{Folder, load};
use fastrand::Rng;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Two decimals, so that windows touch vertices exactly often enough.
fn rounded(degrees: f64) -> f64 {
    (degrees * 100.).round() / 100.
}

fn position(x: f64, y: f64) -> Value {
    json!([rounded(x.clamp(-180., 180.)), rounded(y.clamp(-90., 90.))])
}

fn between(dice: &mut Rng, low: f64, high: f64) -> f64 {
    low + dice.f64() * (high - low)
}

fn anywhere(dice: &mut Rng) -> (f64, f64) {
    (between(dice, -180., 180.), between(dice, -90., 90.))
}

/// Sizes in degrees from a field to a country.
fn size(dice: &mut Rng) -> f64 {
    [0.05, 0.3, 2., 8.][dice.usize(..4)]
}

fn line(dice: &mut Rng) -> Value {
    let (mut x, mut y) = anywhere(dice);
    let step = size(dice);
    let walk: Vec<Value> = (0..dice.usize(2..9))
        .map(|_| {
            x = (x + between(dice, -step, step)).clamp(-180., 180.);
            y = (y + between(dice, -step, step)).clamp(-90., 90.);
            position(x, y)
        })
        .collect();
    json!(walk)
}

/// A ring round a centre, and one inside it as a hole.
fn star(dice: &mut Rng) -> Value {
    let size = size(dice);
    let (x, y) = (between(dice, -180. + size, 180. - size), between(dice, -90. + size, 90. - size));
    let count = dice.usize(5..12);
    let reaches: Vec<f64> = (0..count).map(|_| between(dice, 0.5, 1.)).collect();
    let ring = |part: f64| {
        let mut ring: Vec<Value> = (0..count)
            .map(|turn| {
                let angle = TAU * turn as f64 / count as f64;
                let reach = size * reaches[turn] * part;
                position(x + reach * angle.cos(), y + reach * angle.sin())
            })
            .collect();
        ring.push(ring[0].clone());
        ring
    };
    // Rounding would let the hole of a tiny star touch itself.
    if size > 0.1 && dice.bool() { json!([ring(1.), ring(0.4)]) } else { json!([ring(1.)]) }
}

/// A polygon over the antimeridian, cut there (RFC 7946, 3.1.9).
fn split(dice: &mut Rng) -> Value {
    let (width, y) = (size(dice), between(dice, -80., 80.));
    let (low, high) = (y - width / 2., y + width / 2.);
    let half = |edge: f64, inward: f64| {
        let ring = [
            position(edge + inward, low),
            position(edge, low),
            position(edge, high),
            position(edge + inward, high),
            position(edge + inward, low),
        ];
        json!([ring])
    };
    json!([half(180., -width), half(-180., width * 0.7)])
}

/// A cap round a pole: in longitude and latitude its outer edge runs along the
/// antimeridian and the pole.
fn cap(dice: &mut Rng) -> Value {
    let pole: f64 = if dice.bool() { 90. } else { -90. };
    let mut ring: Vec<Value> = (0..=6)
        .map(|step| {
            position(-180. + 60. * f64::from(step), pole - pole.signum() * between(dice, 1., 8.))
        })
        .collect();
    ring.extend([position(180., pole), position(-180., pole), ring[0].clone()]);
    json!([ring])
}

fn geometry(dice: &mut Rng, layer: &str) -> Value {
    let of = |kind: &str, coordinates: Value| json!({ "type": kind, "coordinates": coordinates });
    match layer {
        "points" => {
            let (x, y) = anywhere(dice);
            of("Point", position(x, y))
        }
        "lines" if dice.u8(..4) == 0 => of("MultiLineString", json!([line(dice), line(dice)])),
        "lines" => of("LineString", line(dice)),
        "polygons" => match dice.u8(..8) {
            0 => of("MultiPolygon", split(dice)),
            1 => of("Polygon", cap(dice)),
            2 => of("MultiPolygon", json!([star(dice), star(dice)])),
            _ => of("Polygon", star(dice)),
        },
        _ => {
            let parts = [
                of("Polygon", star(dice)),
                of("LineString", line(dice)),
                of("MultiPoint", json!([line(dice)[0], line(dice)[1]])),
            ];
            json!({ "type": "GeometryCollection", "geometries": parts })
        }
    }
}

fn write_atlas(dir: &Path, layers: &[&str]) {
    let mut text = String::from(
        "title = \"t\"\nabstract = \"a\"\nnotice = \"n\"\nwindow = [-180, -90, 180, 90]\n",
    );
    for layer in layers {
        let _ = write!(
            text,
            "\n[[layer]]\nid = \"{layer}\"\nfile = \"{layer}.geojson\"\nkind = \"plain\"\n"
        );
    }
    fs::write(dir.join("atlas.toml"), text).unwrap();
}

fn loaded(dir: &Path) -> Atlas {
    load(&Folder::Dir(dir.to_owned())).unwrap()
}

/// Layers of random geometry, the same for the same seed.
pub fn random(seed: u64) -> Atlas {
    let mut dice = Rng::with_seed(seed);
    let dir = TempDir::new().unwrap();
    let layers = [("points", 200), ("lines", 150), ("polygons", 150), ("mixed", 30)];
    write_atlas(dir.path(), &layers.map(|(layer, _)| layer));
    for (layer, count) in layers {
        let features: Vec<Value> = (0..count)
            .map(|_| {
                let geometry = geometry(&mut dice, layer);
                json!({ "type": "Feature", "geometry": geometry, "properties": {} })
            })
            .collect();
        let collection = json!({ "type": "FeatureCollection", "features": features });
        fs::write(dir.path().join(format!("{layer}.geojson")), collection.to_string()).unwrap();
    }
    loaded(dir.path())
}

/// The valley's own geometry, as layers of which nothing is asked.
pub fn real() -> Atlas {
    let layers = ["enclaves", "borders", "settlements", "districts", "reported-areas"];
    let dir = TempDir::new().unwrap();
    write_atlas(dir.path(), &layers);
    // Versions share an id and hold at different times, which a plain layer
    // does not know of: each feature gets an id of its own.
    for layer in layers {
        let file = format!("{layer}.geojson");
        let text = fs::read_to_string(Path::new("geodata").join(&file)).unwrap();
        let mut collection: Value = serde_json::from_str(&text).unwrap();
        for feature in collection["features"].as_array_mut().unwrap() {
            feature.as_object_mut().unwrap().remove("id");
        }
        fs::write(dir.path().join(&file), collection.to_string()).unwrap();
    }
    loaded(dir.path())
}

/// The valley as it is served.
pub fn valley() -> Atlas {
    loaded(Path::new("geodata"))
}
