//! How much work a request may be, before it is done.

use geo::Rect;

use super::ask::DEFAULT_RADIUS_M;
use super::params::Given;
use crate::atlas::Layer;
use crate::atlas::index::LookedAt;
use crate::query::{Circle, Crs, FARTHEST_ESTIMATED_M, geodesy, values};

/// Work that is done on a thread of its own, by so many of a kind at once. Kinds wait
/// apart, so that none starves another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Asks something of each feature: a filter, an order, a question about a place.
    Question,
    /// A page for people, a page of a large layer, a list of the ledger.
    Document,
    /// Draws a tile.
    Tile,
    /// Writes for as long as it is read: a file, a large page of features. No request
    /// is weighed as that: an answer shows it.
    Download,
}

/// Parameters of items that ask no more of a row than where it lies and when it holds.
const PLAIN: [&str; 10] = [
    "bbox",
    "crs",
    "cursor",
    "datetime",
    "f",
    "known-at",
    "limit",
    "offset",
    "properties",
    "skipGeometry",
];

/// Those that ask more, and yet may take no longer.
const SLIGHT: [&str; 3] = ["filter", "near", "radius"];

const ITEMS: &str = "/collections/{collection}/items";

/// Routes whose answers are as long as the atlas is large.
const LONG: [&str; 5] = ["/api", "/sources", "/actors", "/indicators", "/contradictions"];

/// Ends of routes whose answers are short, and found by going over all features.
const DESCRIBING: [&str; 3] = ["/schema", "/tiles/{tileMatrixSetId}", "/tilejson.json"];

/// The rows that are gone over at once, where the request arrives: that takes a
/// millisecond, and another thread would take a tenth of one to begin.
const FEW_ROWS: usize = 20_000;

/// The same for rows of which little but the envelopes is looked at, or that are compared:
/// rows times the signs of a filter.
const FEW_COMPARED: usize = 100_000;

/// Bytes of a feature, on average, up to which it is measured quickly, and how many are.
const SMALL_FEATURE: usize = 2048;
const FEW_MEASURED: usize = 200;

impl Weight {
    /// Every weight.
    pub const ALL: [Self; 4] = [Self::Question, Self::Document, Self::Tile, Self::Download];

    /// What several of it are called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "questions",
            Self::Document => "documents",
            Self::Tile => "tiles",
            Self::Download => "downloads",
        }
    }

    /// The weight of a request to a route; `None` where it is answered at once,
    /// whatever is served. `layer` is the collection that the route names.
    #[must_use]
    pub fn of(route: &str, given: &Given, is_page: bool, layer: Option<&Layer>) -> Option<Self> {
        let mut is_long = LONG.contains(&route);
        match route {
            "/near" | "/places" | "/timeline" | "/collections/{collection}/items/{id}/timeline" => {
                return Some(Self::Question);
            }
            ITEMS if !is_plain(given) && !layer.is_some_and(|layer| is_slight(given, layer)) => {
                return Some(Self::Question);
            }
            ITEMS if is_plain(given) => {
                is_long = layer.is_some_and(|layer| !goes_over_few(given, layer, FEW_ROWS));
            }
            super::package::PATH => return Some(Self::Question),
            _ if route.ends_with("/{tileCol}") => return Some(Self::Tile),
            // It is read before it is known whether what is asked for takes one.
            _ if route != ITEMS && given.peek("filter").is_some() => return Some(Self::Question),
            _ if DESCRIBING.iter().any(|end| route.ends_with(end)) => {
                is_long = layer.is_none_or(|layer| layer.features.len() > FEW_ROWS);
            }
            _ => {}
        }
        // Each position is worked out anew.
        let is_moved = |crs: &str| Crs::parse(crs).is_ok_and(|crs| !crs.is_geographic());
        (is_page || is_long || given.peek("crs").is_some_and(is_moved)).then_some(Self::Document)
    }
}

fn is_plain(given: &Given) -> bool {
    // A window by its name is looked for among all names.
    let is_named = |window: &str| window.contains(char::is_alphabetic);
    given.names().all(|name| PLAIN.contains(&name)) && !given.peek("bbox").is_some_and(is_named)
}

/// Whether a filter or a circle is looked at in no more time than a page takes: the
/// filter compares, and does not work things out, and there are few rows to be asked.
fn is_slight(given: &Given, layer: &Layer) -> bool {
    let known = given.names().all(|name| PLAIN.contains(&name) || SLIGHT.contains(&name));
    let filter = given.peek("filter").unwrap_or_default();
    let compares = !filter.contains(['(', '{']) && !filter.to_ascii_lowercase().contains("like");
    // Little is measured but what is shown, and what comes before it. Of a window beside a
    // circle each outline is gone round.
    let limit = given.peek("limit").and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX);
    let begins = given.peek("offset").is_none() && given.peek("cursor").is_none();
    let measures_few = begins
        && given.peek("bbox").is_none()
        && limit <= FEW_MEASURED
        && layer.average_json() <= SMALL_FEATURE;
    known
        && compares
        && (given.peek("near").is_none() || measures_few)
        && goes_over_few(given, layer, FEW_COMPARED / (1 + filter.len()))
}

/// Whether a request goes over no more than a `few` rows of a layer, and says so briefly.
fn goes_over_few(given: &Given, layer: &Layer, few: usize) -> bool {
    if let Some(near) = given.peek("near") {
        let radius_m = given.peek("radius").map_or(Ok(DEFAULT_RADIUS_M), values::radius);
        let (Ok(centre), Ok(radius_m)) = (values::position(near), radius_m) else { return false };
        let reach_m = radius_m + layer.greatest_uncertainty_m;
        // Farther out each distance is measured, none estimated.
        if reach_m > FARTHEST_ESTIMATED_M {
            return false;
        }
        let circle = Circle { centre, radius_m: reach_m };
        return holds_few(layer, &geodesy::windows_of_circle(&circle), LookedAt::All, few);
    }
    let narrows = ["datetime", "known-at", "filter"];
    let is_of_a_time =
        layer.info.kind.is_as_of_today() || narrows.iter().any(|name| given.peek(name).is_some());
    if let Some(bbox) = given.peek("bbox") {
        // A large outline that a window meets is gone round.
        let few = few / (1 + layer.average_json() / SMALL_FEATURE);
        let Ok(windows) = values::bbox(bbox).map(geodesy::windows) else { return false };
        // What lies inside is counted as it stands, where the page is a part of it as it
        // stands too.
        let limit = given.peek("limit").and_then(|limit| limit.parse().ok());
        let is_short = limit.is_some_and(|limit: usize| limit <= few);
        let is_counted =
            is_short && !is_of_a_time && windows.len() == 1 && layer.index.is_in_order();
        let looked_at = if is_counted { LookedAt::Rim } else { LookedAt::All };
        return holds_few(layer, &windows, looked_at, few);
    }
    !is_of_a_time || layer.features.len() <= few
}

fn holds_few(layer: &Layer, windows: &[Rect<f64>], looked_at: LookedAt, few: usize) -> bool {
    let most = |window: &Rect<f64>| layer.index.at_most(*window, looked_at, few / windows.len());
    windows.iter().map(most).sum::<usize>() <= few
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::{Known, LayerBuilder, LayerInfo, LayerKind, Period};

    /// A layer of points along a parallel.
    fn points(many: u32) -> Layer {
        named(many, 0)
    }

    /// The same, each with a name of so many bytes.
    fn named(many: u32, bytes: usize) -> Layer {
        let mut builder = LayerBuilder::new(LayerInfo {
            start_property: Some("start".into()),
            ..LayerInfo::bare("points", LayerKind::Plain)
        });
        let first = Some(jiff::civil::date(2005, 1, 1));
        for number in 0..many {
            let at = geo::Point::new(70. + f64::from(number) / f64::from(many), 40.);
            let mut properties = serde_json::Map::new();
            properties.insert("name".to_owned(), "n".repeat(bytes).into());
            let validity = Period { first, last: None };
            let id = number.to_string();
            builder.push(&id, Some(at.into()), &properties, validity, Known::WithValidity);
        }
        builder.build()
    }

    #[test]
    fn a_window_of_large_outlines_is_work() {
        let of = |layer: &Layer| {
            let given = Given::parse("bbox=70,39,71,41").unwrap();
            Weight::of(ITEMS, &given, false, Some(layer))
        };
        assert_eq!(of(&named(400, 10)), None);
        assert_eq!(of(&named(400, 110_000)), Some(Weight::Document));
    }

    #[test]
    fn weights_follow_from_what_is_asked() {
        const HALF: &str = "bbox=70,39,70.5,41";
        let (few, many) = (points(1_000), points(50_000));
        let of = |query: &str, layer| {
            let given = Given::parse(query).unwrap();
            Weight::of(ITEMS, &given, given.peek("f") == Some("html"), Some(layer))
        };
        let (question, document) = (Some(Weight::Question), Some(Weight::Document));
        for (query, of_few, of_many) in [
            ("", None, None),
            ("limit=200", None, None),
            // What is found at once is written for as long as it is read: `admit`.
            ("limit=10000", None, None),
            ("f=csv", None, None),
            ("f=html&offset=40", document, document),
            ("datetime=2005-01-01", None, document),
            (HALF, None, document),
            (&format!("{HALF}&limit=10"), None, None),
            (&format!("{HALF}&limit=30000"), None, document),
            (&format!("{HALF}&limit=10&datetime=2005-01-01"), None, document),
            ("bbox=170,39,70.5,41&limit=10", None, document),
            (&format!("{HALF}&datetime=2005-01-01"), None, document),
            ("bbox=70,39,70.1,41&datetime=2005-01-01", None, None),
            ("crs=EPSG:32642&limit=1", document, document),
            ("crs=EPSG:4326&limit=1", None, None),
            ("filter=a%3D1&f=gpkg", None, question),
            ("filter=a%3D1", None, question),
            (&format!("{HALF}&filter=a%3D1"), None, question),
            (&format!("{HALF}&filter=casei(a)%3D'b'"), question, question),
            (&format!("{HALF}&filter=a LIKE 'b'"), question, question),
            (&format!("{HALF}&filter={{\"op\":\"=\"}}"), question, question),
            ("near=70.1,40&radius=1km&limit=10", None, None),
            ("near=70.1,40&radius=1km", question, question),
            ("near=70.1,40&radius=1km&limit=10&offset=20000", question, question),
            ("near=70.1,40&radius=1km&limit=1000", question, question),
            ("near=Osh&limit=10", question, question),
            ("status=mined", question, question),
            ("bbox=Osh", question, question),
            ("sortby=name", question, question),
            ("bbox-crs=EPSG:32642&bbox=1,2,3,4", question, question),
            // No way round by another spelling, and no other weight for it.
            ("%66ilter=casei(a)%3D1", question, question),
            ("%66=csv", None, None),
            ("l%69mit=1%30000", None, None),
        ] {
            assert_eq!((of(query, &few), of(query, &many)), (of_few, of_many), "{query}");
        }
        let none = Given::default();
        for (route, weight) in [
            ("/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", Some(Weight::Tile)),
            ("/collections/{collection}/items/{id}", None),
            ("/near", Some(Weight::Question)),
            ("/atlas.gpkg", Some(Weight::Question)),
            ("/api", Some(Weight::Document)),
            ("/contradictions", Some(Weight::Document)),
            ("/collections", None),
            ("/tiles/{tileMatrixSetId}/tilejson.json", Some(Weight::Document)),
            ("/tiles/{tileMatrixSetId}", Some(Weight::Document)),
        ] {
            assert_eq!(Weight::of(route, &none, false, None), weight, "{route}");
        }
        let filtered = Given::parse("filter=((1))").unwrap();
        for route in ["schema", "tiles/{tileMatrixSetId}", "tiles/{tileMatrixSetId}/tilejson.json"]
        {
            let route = format!("/collections/{{collection}}/{route}");
            assert_eq!(Weight::of(&route, &none, false, Some(&few)), None, "{route}");
            assert_eq!(Weight::of(&route, &none, false, Some(&many)), document, "{route}");
            assert_eq!(Weight::of(&route, &filtered, false, Some(&few)), question, "{route}");
        }
        assert_eq!(Weight::of("/collections", &none, true, None), Some(Weight::Document));
        assert_eq!(Weight::of("/near", &none, true, None), Some(Weight::Question));
    }
}
