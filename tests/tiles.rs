//! Vector tiles, read back by a decoder that is not ours.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;
mod mvt;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::{Server, demarc_json, features, folder, ids, link};
use mvt::{Address, Corner, Decoded, covering, fetch, text, years};
use serde_json::json;

const GRID: &str = "WebMercatorQuad";

type Vertices = BTreeSet<(i64, i64)>;
type Ids = BTreeSet<String>;

#[test]
fn no_reported_area_is_missing_at_any_zoom() {
    let server = Server::of_valley();
    let items = server.json("/collections/reported-areas/items?limit=1000");
    let located = features(&items).iter().filter(|area| !area["geometry"].is_null());
    let wanted: BTreeSet<&str> = located.clone().map(|area| area["id"].as_str().unwrap()).collect();
    assert!(wanted.len() >= 15, "{wanted:?}");
    for zoom in 0..=11 {
        let mut found = BTreeSet::new();
        for tile in covering(zoom, [69., 39., 74., 42.]) {
            for feature in fetch(&server, "/collections/reported-areas", tile, "") {
                found.insert(feature.id().to_owned());
            }
        }
        let missing: Vec<&&str> = wanted.iter().filter(|id| !found.contains(**id)).collect();
        assert!(missing.is_empty(), "zoom {zoom}: {missing:?}");
    }
}

/// Four tiles that meet on the border: each shows it the same for both countries,
/// and where their buffers overlap they show the same of it.
#[test]
fn neighbours_share_every_vertex_of_their_border_in_four_neighbouring_tiles() {
    let server = Server::of_valley();
    let items = server.json("/collections/territories/items?limit=1000");
    let of = |code: &str| -> BTreeSet<String> {
        let own = features(&items).iter().filter(|one| one["properties"]["country"] == code);
        own.flat_map(|one| mvt::positions(&one["geometry"]["coordinates"])).collect()
    };
    let shared: Vec<String> = of("KG").intersection(&of("UZ")).cloned().collect();
    assert!(shared.len() > 100);
    for at in shared.iter().step_by(shared.len() / 4) {
        let (longitude, latitude) = at.split_once(',').unwrap();
        let (longitude, latitude) = (longitude.parse().unwrap(), latitude.parse().unwrap());
        for zoom in [5, 7, 9, 11, 13, 14] {
            let corner = Corner::nearest(zoom, longitude, latitude);
            let mut shown: BTreeMap<&str, Vec<(Address, Vertices)>> = BTreeMap::new();
            for tile in corner.tiles() {
                let drawn = fetch(&server, "/collections/territories", tile, "");
                let of = |code: &str| -> Vec<Decoded> {
                    let own = drawn.iter().filter(|one| one.text("country") == Some(code));
                    own.cloned().collect()
                };
                for (one, other, code) in [("KG", "UZ", "KG"), ("UZ", "KG", "UZ")] {
                    let (one, other) = (of(one), of(other));
                    let theirs: Vertices = other.iter().flat_map(|of| tile.inner(of)).collect();
                    let shared = one.iter().flat_map(|of| tile.inner(of));
                    let shared = shared.filter(|at| mvt::is_on_edge(&other, tile.local(*at)));
                    let shared: Vertices = shared.collect();
                    for at in &shared {
                        assert!(theirs.contains(at), "{tile:?}: {at:?} of {code} alone");
                    }
                    shown.entry(code).or_default().push((tile, shared));
                }
            }
            let mut count = 0;
            for tiles in shown.values() {
                for (a, (one, mine)) in tiles.iter().enumerate() {
                    count += mine.len();
                    for (other, theirs) in &tiles[a + 1..] {
                        let both = |at: &&(i64, i64)| one.shows(**at) && other.shows(**at);
                        let mine: Vec<_> = mine.iter().filter(both).collect();
                        let theirs: Vec<_> = theirs.iter().filter(both).collect();
                        assert_eq!(mine, theirs, "{one:?} and {other:?}");
                    }
                }
            }
            // Both sides of the vertex itself, in each tile that shows it.
            assert!(count >= 2, "zoom {zoom} at {longitude},{latitude}: {count} vertices shared");
        }
    }
}

/// One answer for all times is what an answer for each day says.
#[test]
fn a_client_can_move_its_clock_by_what_one_tile_carries() {
    let server = Server::of_valley();
    let world = Address { zoom: 0, row: 0, column: 0 };
    for known in ["", "&known-at=2006-06-01", "&known-at=2013-01-01"] {
        for collection in ["reported-areas", "enclaves", "borders"] {
            let path = format!("/collections/{collection}");
            let all = fetch(&server, &path, world, &format!("?datetime=../..{known}"));
            for day in [
                "1995-01-01",
                "2000-08-01",
                "2004-12-31",
                "2005-01-01",
                "2011-06-15",
                "2024-04-16",
                "2026-01-01",
            ] {
                let moment = years(day) + 1e-6;
                let mut by_clock: Vec<(String, Option<String>)> = all
                    .iter()
                    .filter(|one| one.number("start").is_none_or(|start| start <= moment))
                    .filter(|one| one.number("end").is_none_or(|end| moment < end))
                    .map(|one| (one.id().to_owned(), one.text("status").map(str::to_owned)))
                    .collect();
                by_clock.sort();
                by_clock.dedup();
                let target = format!("{path}/items?limit=1000&datetime={day}{known}");
                let items = server.json(&target);
                let mut by_question: Vec<(String, Option<String>)> = features(&items)
                    .iter()
                    .filter(|one| !one["geometry"].is_null())
                    .map(|one| {
                        (text(&one["id"]), one["properties"]["status"].as_str().map(str::to_owned))
                    })
                    .collect();
                by_question.sort();
                assert_eq!(by_clock, by_question, "{target}");
            }
        }
    }
}

/// A filter by status is asked of each day, not of the last alone.
#[test]
fn a_filtered_tile_is_right_for_every_day_of_the_clock() {
    let server = Server::of_valley();
    let world = Address { zoom: 0, row: 0, column: 0 };
    let path = "/collections/reported-areas";
    for filter in ["status_class='hazard-reported'", "contested=true", "status='cleared'"] {
        let filter = common::encoded(filter);
        let all = fetch(&server, path, world, &format!("?datetime=../..&filter={filter}"));
        let mut found = 0;
        for day in ["1999-12-31", "2003-12-31", "2005-12-01", "2012-06-01", "2026-01-01"] {
            let moment = years(day) + 1e-6;
            let by_clock: Ids = all
                .iter()
                .filter(|one| one.number("start").is_none_or(|start| start <= moment))
                .filter(|one| one.number("end").is_none_or(|end| moment < end))
                .map(|one| one.id().to_owned())
                .collect();
            let target = format!("{path}/items?limit=1000&datetime={day}&filter={filter}");
            let items = server.json(&target);
            let located = features(&items).iter().filter(|one| !one["geometry"].is_null());
            let by_question: Ids = located.map(|one| text(&one["id"])).collect();
            assert_eq!(by_clock, by_question, "{target}");
            found += by_clock.len();
        }
        assert!(found > 3, "{filter}");
    }
}

/// A field that is a thin strip here and a yard there shows in both places.
#[test]
fn what_is_thin_in_one_tile_and_wide_in_another_shows_in_both() {
    let folder = folder::small();
    let ring = "[[70.1,40.1],[70.5,40.1],[70.5,40.11],[70.49,40.11],[70.49,40.10005],[70.1,40.10005],[70.1,40.1]]";
    let plot = format!(
        r#"{{"type":"Feature","id":"field","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
    );
    fs::write(folder.path().join("walks.geojsonl"), plot + "\n").unwrap();
    let server = Server::start(folder.path(), &[]);
    for zoom in 6..=14 {
        for tile in covering(zoom, [70.1, 40.1, 70.499, 40.1]) {
            let drawn = fetch(&server, "/collections/walks", tile, "");
            assert!(!drawn.is_empty(), "{tile:?}");
        }
    }
}

#[test]
fn without_a_time_tiles_are_as_of_today_like_items() {
    let server = Server::of_valley();
    let world = Address { zoom: 0, row: 0, column: 0 };
    let drawn = fetch(&server, "/collections/enclaves", world, "");
    let items = server.json("/collections/enclaves/items?limit=1000");
    let mut found: Vec<&str> = drawn.iter().map(Decoded::id).collect();
    found.sort_unstable();
    let mut wanted = ids(features(&items));
    wanted.sort_unstable();
    assert_eq!(found, wanted);
    let before = fetch(&server, "/collections/enclaves", world, "?datetime=2020-01-01");
    assert!(before.iter().any(|one| one.id() == "barak") && !found.contains(&"barak"));
}

#[test]
fn tiles_carry_what_items_carry_and_can_be_narrowed() {
    let server = Server::of_valley();
    let world = Address { zoom: 0, row: 0, column: 0 };
    let path = "/collections/reported-areas";
    let drawn = fetch(&server, path, world, "?filter=contested=true");
    let items = server.json(&format!("{path}/items?limit=1000&filter=contested=true"));
    let items: Vec<_> = features(&items).iter().filter(|one| !one["geometry"].is_null()).collect();
    assert!(!items.is_empty());
    let found: BTreeSet<&str> = drawn.iter().map(Decoded::id).collect();
    assert_eq!(found, items.iter().map(|one| one["id"].as_str().unwrap()).collect());
    for item in items {
        let one = drawn.iter().find(|one| item["id"] == one.id()).unwrap();
        for (name, value) in item["properties"].as_object().unwrap() {
            // A tile's own clock stands in their place.
            if ["start", "end"].contains(&name.as_str()) {
                continue;
            }
            let wanted = match value {
                serde_json::Value::Array(_) => Some(json!(value.to_string())),
                serde_json::Value::Null => None,
                other => Some(other.clone()),
            };
            assert_eq!(one.json(name), wanted, "{name} of {}", one.id());
        }
    }
    let few = fetch(&server, path, world, "?properties=status");
    let names: BTreeSet<&str> = few.iter().flat_map(Decoded::names).collect();
    assert!(names.is_subset(&["id", "status", "start", "end"].into()), "{names:?}");
}

#[test]
fn several_collections_lie_in_one_tile() {
    let server = Server::of_valley();
    let names = |query: &str| {
        let answer = server.get(&format!("/tiles/{GRID}/5/12/22{query}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/vnd.mapbox-vector-tile"));
        mvt::names(&answer.body)
    };
    assert_eq!(names("?collections=enclaves,borders"), ["enclaves", "borders"]);
    let all = names("");
    assert!(all.contains(&"reported-areas".to_owned()) && all.contains(&"rivers".to_owned()));
    assert!(!all.contains(&"claims".to_owned()), "claims lie where their areas do");
}

#[test]
fn what_lies_outside_the_buffer_is_cut_off() {
    let server = Server::of_valley();
    for tile in covering(9, [70.5, 39.8, 72., 40.5]) {
        for one in fetch(&server, "", tile, "") {
            for (x, y) in one.vertices() {
                assert!((-128..=4096 + 128).contains(&x) && (-128..=4096 + 128).contains(&y));
            }
        }
    }
}

#[test]
fn a_layer_of_ones_own_is_thinned_to_what_can_be_seen() {
    let folder = folder::small();
    // A hundred plots of a metre, side by side.
    let plot = |index: u32| {
        let (west, south) = (71. + 0.00005 * f64::from(index), 40.);
        let ring = [[0., 0.], [1e-5, 0.], [1e-5, 1e-5], [0., 1e-5], [0., 0.]];
        let ring: Vec<[f64; 2]> = ring.iter().map(|[x, y]| [west + x, south + y]).collect();
        json!({ "type": "Feature", "id": format!("plot-{index}"), "properties": { "n": index },
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let plots =
        json!({ "type": "FeatureCollection", "features": (0..100).map(plot).collect::<Vec<_>>() });
    fs::write(folder.path().join("plots.geojson"), plots.to_string()).unwrap();
    let atlas = folder.path().join("atlas.toml");
    let layers = fs::read_to_string(&atlas).unwrap();
    let own = "\n[[layer]]\nid = \"plots\"\nfile = \"plots.geojson\"\nkind = \"plain\"\n";
    fs::write(&atlas, layers + own).unwrap();
    let server = Server::start(folder.path(), &[]);
    let count = |zoom: u32| -> usize {
        let tiles = covering(zoom, [70.999, 39.999, 71.01, 40.001]);
        let ids: BTreeSet<String> = tiles
            .into_iter()
            .flat_map(|tile| fetch(&server, "/collections/plots", tile, ""))
            .map(|one| one.id().to_owned())
            .collect();
        ids.len()
    };
    assert_eq!(count(4), 1);
    assert!((2..100).contains(&count(13)));
    assert_eq!(count(14), 100);
}

#[test]
fn tile_sets_lead_to_their_tiles() {
    let server = Server::of_valley();
    for start in ["/?f=json", "/collections/enclaves"] {
        let links = &server.json(start)["links"];
        let sets = link(links, "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector").unwrap();
        let sets = server.follow(sets).json();
        let set = server.follow(link(&sets["tilesets"][0]["links"], "self").unwrap()).json();
        assert_eq!(set["dataType"], "vector");
        assert_eq!(
            set["tileMatrixSetURI"],
            "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
        );
        let template = link(&set["links"], "item").unwrap();
        let filled = template.replace("{tileMatrix}", "5");
        let filled = filled.replace("{tileRow}", "12").replace("{tileCol}", "22");
        assert_eq!(server.follow(&filled).status, 200, "{filled}");
        let tilejson = server.follow(link(&set["links"], "describedby").unwrap()).json();
        let tiles = tilejson["tiles"][0].as_str().unwrap();
        let tiles = tiles.replace("{z}", "5").replace("{y}", "12").replace("{x}", "22");
        assert_eq!(tiles, filled);
        let grid = link(&set["links"], "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme");
        let grid = server.follow(grid.unwrap()).json();
        let first = &grid["tileMatrices"][0];
        assert!((first["scaleDenominator"].as_f64().unwrap() - 559_082_264.028_717).abs() < 1e-3);
        assert!((first["cellSize"].as_f64().unwrap() - 156_543.033_928_041).abs() < 1e-6);
    }
    let narrowed = server.json(&format!(
        "/tiles/{GRID}/tilejson.json?collections=borders,enclaves&datetime=../..&known-at=2010-01-01"
    ));
    let tiles = narrowed["tiles"][0].as_str().unwrap();
    assert!(tiles.ends_with("?collections=borders,enclaves&datetime=..%2F..&known-at=2010-01-01"));
    let layers = narrowed["vector_layers"].as_array().unwrap();
    assert_eq!(layers.len(), 2);
    assert_eq!(layers[0]["fields"]["start"], "Number");
}

#[test]
fn bad_requests_are_refused_with_the_reason() {
    let server = Server::of_valley();
    let one = "/collections/enclaves/tiles";
    for (target, status, reason) in [
        (format!("{one}/Other/0/0/0"), 404, "WebMercatorQuad"),
        (format!("/tiles/{GRID}/25/0/0"), 404, "0 to 24"),
        (format!("/tiles/{GRID}/3/8/0"), 404, "3/8/0"),
        (format!("/tiles/{GRID}/3/0/8"), 404, "2^zoom"),
        (format!("/tiles/{GRID}/3/-1/0"), 400, "row"),
        (format!("/tiles/{GRID}/x/0/0"), 400, "zoom"),
        (format!("/tiles/{GRID}/99999999999999999999/0/0"), 400, "zoom"),
        (format!("/tiles/{GRID}/0/0/0.png"), 400, "column"),
        (format!("/tiles/{GRID}/0/0/0?collections=nowhere"), 404, "nowhere"),
        (format!("/tiles/{GRID}/0/0/0?f=json"), 400, "mvt"),
        (format!("/tiles/{GRID}/0/0/0?nonsense=1"), 400, "nonsense"),
        (format!("/tiles/{GRID}/0/0/0?datetime=nowish"), 400, "datetime"),
        (format!("{one}/{GRID}/0/0/0?filter=nosuch=1"), 400, "nosuch"),
        (format!("{one}/{GRID}/tilejson.json?filter=nosuch=1"), 400, "nosuch"),
        (format!("/tiles/{GRID}/tilejson.json?datetime=nowish"), 400, "datetime"),
        ("/collections/nowhere/tiles".to_owned(), 404, "nowhere"),
        ("/tileMatrixSets/Other".to_owned(), 404, "WebMercatorQuad"),
        ("/styles/other".to_owned(), 404, "atlas"),
        ("/styles/atlas?datetime=nowish".to_owned(), 400, "datetime"),
        ("/styles/atlas?datetime=../..".to_owned(), 400, "one day"),
        (format!("/tiles/{GRID}/0/0/0?collections="), 400, "names no collection"),
    ] {
        let answer = server.get(&target);
        assert_eq!(answer.status, status, "{target}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        assert!(answer.text().contains(reason), "{target}: {}", answer.text());
    }
    let json_alone = [("Accept", "application/json")];
    assert_eq!(server.request("GET", &format!("/tiles/{GRID}/0/0/0"), &json_alone).status, 406);
    let empty = server.get(&format!("/tiles/{GRID}/9/0/0"));
    assert_eq!((empty.status, empty.body.len()), (204, 0));
}

#[test]
fn the_style_draws_what_the_tiles_hold_and_nothing_in_green() {
    let server = Server::of_valley();
    let styles = server.json("/styles");
    let style = server.follow(link(&styles["styles"][0]["links"], "stylesheet").unwrap()).json();
    assert_eq!(style["version"], 8);
    let notice = demarc_json(&["near", "Sokh", "--format", "json"])["notice"].clone();
    assert_eq!(style["metadata"]["notice"], notice);
    let tilejson = server.follow(style["sources"]["atlas"]["url"].as_str().unwrap()).json();
    let held: BTreeMap<&str, &serde_json::Value> = tilejson["vector_layers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|layer| (layer["id"].as_str().unwrap(), &layer["fields"]))
        .collect();
    let mut drawn = BTreeSet::new();
    let mut names = BTreeSet::new();
    for layer in style["layers"].as_array().unwrap() {
        assert!(names.insert(layer["id"].as_str().unwrap()), "{} stands twice", layer["id"]);
        let Some(from) = layer["source-layer"].as_str() else { continue };
        let fields = held.get(from).unwrap_or_else(|| panic!("{from} is not in the tiles"));
        drawn.insert(from);
        for name in mvt::asked(layer) {
            assert!(fields.get(&name).is_some(), "{from} has no {name}");
        }
        for (name, colour) in layer["paint"].as_object().into_iter().flatten() {
            let Some(hex) = colour.as_str().and_then(|text| text.strip_prefix('#')) else {
                continue;
            };
            let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            assert!(part(2) <= part(0).max(part(4)), "{from}: {name} {colour}");
        }
    }
    assert_eq!(drawn, held.keys().copied().collect(), "every layer is drawn");
    let marks = style["layers"].as_array().unwrap().iter().filter_map(|layer| {
        layer["id"].as_str().unwrap().strip_prefix("reported-areas/")?.strip_suffix("/mark")
    });
    // One over the other, on the same place.
    let over = ["clearance-claimed", "unknown", "clearance-under-way", "hazard-suspected"];
    assert!(marks.eq(over.into_iter().chain(["hazard-mined", "contested"])));
    let past = server.json("/styles/atlas?datetime=2010-01-01");
    let source = past["sources"]["atlas"]["url"].as_str().unwrap();
    assert!(source.ends_with("tilejson.json?datetime=2010-01-01"), "{source}");
}
