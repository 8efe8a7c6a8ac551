//! Whether answers are right: held to the plots themselves, gone over one by one,
//! without an index and without any code of the service.

use std::collections::HashSet;

use geo::{Contains, Coord, Intersects, Point, Rect};
use serde_json::Value;

use crate::Outcome;
use crate::work::{RADIUS_M, Wanted, Window, window_of};
use crate::world::{Plot, World};

/// What may be between a distance on the ellipsoid and one on the plane at hand.
const OFF: f64 = 0.002;
/// The same near to nothing, metres.
const OFF_M: f64 = 1.;

/// What one answer must hold, as far as the plots were gone over.
struct Expected<'a> {
    wanted: &'a Wanted,
    body: &'a [u8],
    /// Numbers of the plots that match; of a tile those that must be in it.
    matching: HashSet<u32>,
    /// How many may be in a tile.
    most: usize,
    /// Distances and numbers of the plots that lie near, metres.
    near: Vec<(f64, u32)>,
}

/// Holds answers to the first `count` plots.
///
/// # Errors
/// What is wrong with one.
pub fn check(world: &World, count: u32, answers: &[(&Wanted, &[u8])]) -> Outcome<()> {
    let mut expected: Vec<Expected<'_>> = answers
        .iter()
        .map(|(wanted, body)| Expected {
            wanted,
            body,
            matching: HashSet::new(),
            most: 0,
            near: Vec::new(),
        })
        .collect();
    for plot in world.plots(count) {
        let envelope = plot.envelope();
        for one in &mut expected {
            one.see(&plot, envelope);
        }
    }
    expected.into_iter().try_for_each(|one| one.hold(world))
}

impl Expected<'_> {
    fn see(&mut self, plot: &Plot, envelope: [f64; 4]) {
        match self.wanted {
            Wanted::Window(window) => {
                if meets(plot, envelope, window) {
                    self.matching.insert(plot.number);
                }
            }
            Wanted::Item(number) => {
                if plot.number == *number {
                    self.matching.insert(plot.number);
                }
            }
            Wanted::Near(at, _) => {
                if (envelope[1] - at[1]).abs() < 0.3 && (envelope[0] - at[0]).abs() < 0.4 {
                    self.near.push((distance(plot, *at), plot.number));
                }
            }
            Wanted::Tile(column, row) => {
                if within(envelope, window_of(*column, *row, 0.)) {
                    self.matching.insert(plot.number);
                }
                // 128 of 4096 units, and one for rounding.
                if touches(envelope, window_of(*column, *row, 129. / 4096.)) {
                    self.most += 1;
                }
            }
        }
    }

    fn hold(mut self, world: &World) -> Outcome<()> {
        match self.wanted {
            Wanted::Tile(..) => return self.tile(),
            Wanted::Item(number) => return item(self.body, &world.plot(*number)),
            Wanted::Window(window) => {
                let (matched, features) = page(self.body)?;
                same("numberMatched", matched, self.matching.len())?;
                same("features", features.len(), matched.min(window.limit))?;
                let stray = |(number, _): &&(u32, Value)| !self.matching.contains(number);
                if let Some((stray, _)) = features.iter().find(stray) {
                    return Err(format!("{stray} does not match").into());
                }
                if window.is_open && features.iter().any(|(_, one)| one["status_class"].is_null()) {
                    return Err("an area has no status".into());
                }
            }
            Wanted::Near(_, limit) => {
                self.near.sort_by(|one, other| one.0.total_cmp(&other.0));
                self.nearest(*limit)?;
            }
        }
        Ok(())
    }

    fn nearest(&self, limit: usize) -> Outcome<()> {
        let (matched, features) = page(self.body)?;
        let closer = |radius: f64| self.near.partition_point(|(distance, _)| *distance < radius);
        let range = closer(RADIUS_M * (1. - OFF))..=closer(RADIUS_M * (1. + OFF));
        if !range.contains(&matched) {
            return Err(format!("numberMatched is {matched} where it is in {range:?}").into());
        }
        same("features", features.len(), matched.min(limit))?;
        let mut before = 0.;
        for ((number, properties), (nearest, _)) in features.iter().zip(&self.near) {
            let said = properties["distance_m"].as_f64().ok_or("no distance")?;
            let own = self.near.iter().find(|(_, other)| other == number);
            let own = own.ok_or("it does not lie near")?.0;
            let is_off = |other: f64| (said - other).abs() > OFF_M + OFF * other;
            if is_off(own) || is_off(*nearest) || said < before {
                return Err(format!("{number} at {said} m lies at {own} m; {nearest} m").into());
            }
            before = said;
        }
        Ok(())
    }

    fn tile(&self) -> Outcome<()> {
        let reader = mvt_reader::Reader::new(self.body.to_vec()).map_err(|e| e.to_string())?;
        let features = reader.get_features(0).map_err(|error| error.to_string())?.len();
        let range = self.matching.len()..=self.most;
        if range.contains(&features) {
            return Ok(());
        }
        Err(format!("a tile holds {features} where it is in {range:?}").into())
    }
}

fn same(what: &str, found: usize, expected: usize) -> Outcome<()> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: {found} where it is {expected}").into())
}

/// How many match, and numbers and properties of the features of a page.
fn page(body: &[u8]) -> Outcome<(usize, Vec<(u32, Value)>)> {
    let mut page: Value = serde_json::from_slice(body)?;
    let matched = page["numberMatched"].as_u64().ok_or("no numberMatched")?;
    let returned = page["numberReturned"].as_u64().ok_or("no numberReturned")?;
    let Value::Array(given) = page["features"].take() else {
        return Err("there are no features".into());
    };
    let mut features = Vec::with_capacity(given.len());
    for mut feature in given {
        features.push((number(&feature)?, feature["properties"].take()));
    }
    same("numberReturned", usize::try_from(returned)?, features.len())?;
    let apart: HashSet<u32> = features.iter().map(|(number, _)| *number).collect();
    same("features with an id of their own", apart.len(), features.len())?;
    Ok((usize::try_from(matched)?, features))
}

fn number(feature: &Value) -> Outcome<u32> {
    let id = feature["id"].as_str().ok_or("no id")?;
    Ok(id.trim_start_matches("area-").trim_start_matches('p').parse()?)
}

/// One plot, with its positions as they are in the file.
fn item(body: &[u8], plot: &Plot) -> Outcome<()> {
    let feature: Value = serde_json::from_slice(body)?;
    let ring: Vec<[f64; 2]> =
        serde_json::from_value(feature["geometry"]["coordinates"][0].clone())?;
    if number(&feature)? == plot.number && ring == plot.ring {
        return Ok(());
    }
    Err(format!("plot {} is not what is in the file", plot.number).into())
}

fn meets(plot: &Plot, envelope: [f64; 4], window: &Window) -> bool {
    let Window { bbox, days, usage, is_open, .. } = window;
    let holds =
        days.is_none_or(
            |(first, last)| {
                if *is_open { plot.start <= last } else { plot.holds(first, last) }
            },
        );
    holds
        && usage.is_none_or(|usage| plot.usage == usage)
        && touches(envelope, *bbox)
        && (within(envelope, *bbox) || {
            let [west, south, east, north] = *bbox;
            let rect = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
            plot.polygon().intersects(&rect)
        })
}

fn within(envelope: [f64; 4], window: [f64; 4]) -> bool {
    envelope[0] >= window[0]
        && envelope[1] >= window[1]
        && envelope[2] <= window[2]
        && envelope[3] <= window[3]
}

fn touches(envelope: [f64; 4], window: [f64; 4]) -> bool {
    envelope[0] <= window[2]
        && envelope[1] <= window[3]
        && envelope[2] >= window[0]
        && envelope[3] >= window[1]
}

/// From a position to a plot, metres, on the plane that touches the ellipsoid there.
fn distance(plot: &Plot, at: [f64; 2]) -> f64 {
    if plot.polygon().contains(&Point::new(at[0], at[1])) {
        return 0.;
    }
    // Radii of curvature of WGS 84.
    let (axis, square) = (6_378_137.0_f64, 6.694_379_990_14e-3);
    let latitude = at[1].to_radians();
    let bent = 1. - square * latitude.sin().powi(2);
    let east = (axis / bent.sqrt() * latitude.cos()).to_radians();
    let north = (axis * (1. - square) / bent.powf(1.5)).to_radians();
    let metres = |corner: &[f64; 2]| [(corner[0] - at[0]) * east, (corner[1] - at[1]) * north];
    let corners: Vec<[f64; 2]> = plot.ring.iter().map(metres).collect();
    corners.windows(2).map(|edge| from_origin(edge[0], edge[1])).fold(f64::INFINITY, f64::min)
}

/// From the origin to an edge.
fn from_origin([x, y]: [f64; 2], [to_x, to_y]: [f64; 2]) -> f64 {
    let (along_x, along_y) = (to_x - x, to_y - y);
    let length = along_x * along_x + along_y * along_y;
    let part = if length > 0. { -(x * along_x + y * along_y) / length } else { 0. };
    let part = part.clamp(0., 1.);
    (x + part * along_x).hypot(y + part * along_y)
}
