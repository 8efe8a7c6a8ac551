//! Reading the elevation tiles.

use std::collections::HashMap;
use std::f64::consts::PI;
use std::io::ErrorKind;

use geo::Rect;

use super::config::{self, ReliefConfig};
use super::fault::Fault;
use super::folder::Files;
use crate::atlas::Relief;

/// What every PNG begins with (ISO/IEC 15948, 5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Tiles of the highest zoom that are looked for, at most.
const MOST_TILES: u64 = 100_000;

/// Reads the tiles that the window touches; those that are not there are not
/// served. Without any, `tiles` leads nowhere.
pub(super) fn read(
    files: &mut Files<'_>,
    window: Rect<f64>,
    config: ReliefConfig,
    faults: &mut Vec<Fault>,
) -> Relief {
    let mut tiles = HashMap::new();
    let mut wrong = |field: &str, problem: String, remedy: &str| {
        let fault = Fault::new(config::FILE, problem, remedy);
        faults.push(fault.entry("relief").field(field));
    };
    if config.min_zoom > config.max_zoom {
        let problem = format!("{} is more than max-zoom, {}", config.min_zoom, config.max_zoom);
        wrong("min-zoom", problem, "put the smaller zoom into min-zoom");
    }
    let (west, north) = tile_at(window.min().x, window.max().y, config.max_zoom);
    let (east, south) = tile_at(window.max().x, window.min().y, config.max_zoom);
    let most = u64::from(east - west + 1) * u64::from(south - north + 1);
    if most > MOST_TILES {
        let problem = format!("{} makes {most} tiles of the window", config.max_zoom);
        wrong("max-zoom", problem, "narrow the window, or stop at a lower zoom");
        return relief(config, tiles);
    }
    let mut unread: Vec<(String, String)> = Vec::new();
    for zoom in config.min_zoom..=config.max_zoom {
        let (west, north) = tile_at(window.min().x, window.max().y, zoom);
        let (east, south) = tile_at(window.max().x, window.min().y, zoom);
        for x in west..=east {
            for y in north..=south {
                let name = config
                    .tiles
                    .replace("{z}", &zoom.to_string())
                    .replace("{x}", &x.to_string())
                    .replace("{y}", &y.to_string());
                match files.read(&name) {
                    Ok(bytes) if bytes.starts_with(PNG) => {
                        tiles.insert((zoom, x, y), bytes.into_owned());
                    }
                    Ok(_) => unread.push((name, "is no PNG".to_owned())),
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => unread.push((name, format!("cannot be read: {error}"))),
                }
            }
        }
    }
    if let Some((name, why)) = unread.first() {
        let problem = match unread.len() - 1 {
            0 => format!("the tile {name} {why}"),
            more => format!("the tile {name} {why}, and {more} more are none or cannot be read"),
        };
        wrong("tiles", problem, "mend it, or take it away");
    }
    if tiles.is_empty() && unread.is_empty() && config.min_zoom <= config.max_zoom {
        let problem = format!("`{}` leads to no tile of the window", config.tiles);
        wrong(
            "tiles",
            problem,
            "put tiles there, mend the path or the zooms, or leave [relief] out",
        );
    }
    relief(config, tiles)
}

fn relief(config: ReliefConfig, tiles: HashMap<(u8, u32, u32), Vec<u8>>) -> Relief {
    Relief {
        min_zoom: config.min_zoom,
        max_zoom: config.max_zoom,
        attribution: config.attribution,
        licence: config.licence,
        source: config.source,
        tiles,
    }
}

/// Column and row of the `WebMercatorQuad` tile at a position (OGC 17-083r4,
/// annex D.1), kept inside the grid.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Clamped to the grid first.
fn tile_at(longitude: f64, latitude: f64, zoom: u8) -> (u32, u32) {
    let side = f64::from(1u32 << zoom);
    let latitude = latitude.clamp(-85.051_128, 85.051_128).to_radians();
    let x = (longitude + 180.) / 360. * side;
    let y = (1. - latitude.tan().asinh() / PI) / 2. * side;
    let cell = |along: f64| along.clamp(0., side - 1.) as u32;
    (cell(x), cell(y))
}

#[cfg(test)]
mod tests {
    use super::tile_at;

    #[test]
    fn tiles_are_where_the_grid_has_them() {
        assert_eq!(tile_at(71.05, 40.19, 8), (178, 96));
        assert_eq!(tile_at(-180., 90., 2), (0, 0));
        assert_eq!(tile_at(180., -90., 2), (3, 3));
    }
}
