//! OGC API Features Part 1 (17-069r4), Core: features, their parameters as
//! defined and as they act, and one feature.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::common::{Server, features, ids, link};
use crate::{
    GEOJSON, all_collections, assert_typed, essence, media_type, parameter, path_of, path_of_item,
    status, types,
};

/// Every path of items in the document at `/api`, with the document.
fn paths_of_items(server: &Server) -> (Value, Vec<String>) {
    let paths: Vec<String> = all_collections(server)
        .iter()
        .map(|collection| format!("{}/items", path_of(collection)))
        .collect();
    assert!(!paths.is_empty());
    (server.json("/api"), paths)
}

fn assert_form(parameter: &Value, site: &str) {
    assert_eq!(parameter["in"], "query", "{site}");
    assert_ne!(parameter["required"], true, "{site}");
    assert_eq!(parameter["style"], "form", "{site}");
    assert_eq!(parameter["explode"], false, "{site}");
}

/// `/req/core/fc-limit-definition`
#[test]
fn limit_is_defined() {
    let (document, paths) = paths_of_items(&Server::of_valley());
    for path in paths {
        let limit = parameter(&document, &path, "limit").unwrap();
        assert_form(&limit, &path);
        let schema = &limit["schema"];
        assert_eq!(schema["type"], "integer");
        let number = |name: &str| schema[name].as_u64().unwrap();
        assert!(number("minimum") == 1 && number("maximum") >= number("default"));
    }
}

/// `/req/core/fc-bbox-definition`
#[test]
fn bbox_is_defined() {
    let (document, paths) = paths_of_items(&Server::of_valley());
    for path in paths {
        let bbox = parameter(&document, &path, "bbox").unwrap();
        assert_form(&bbox, &path);
        let schema = &bbox["schema"];
        assert_eq!(schema["type"], "array");
        assert_eq!(schema["items"]["type"], "number");
        assert_eq!((&schema["minItems"], &schema["maxItems"]), (&json!(4), &json!(6)));
    }
}

/// `/req/core/fc-time-definition`
#[test]
fn datetime_is_defined() {
    let (document, paths) = paths_of_items(&Server::of_valley());
    for path in paths {
        let datetime = parameter(&document, &path, "datetime").unwrap();
        assert_form(&datetime, &path);
        assert_eq!(datetime["schema"]["type"], "string");
    }
}

/// `/req/core/fc-op`, `/req/core/fc-numberMatched`, `/req/core/fc-numberReturned`,
/// `/req/core/fc-timeStamp`
#[test]
fn a_page_counts_what_it_holds_and_what_there_is() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items", path_of(&collection));
        let whole = server.json(&format!("{items}?limit=10000&skipGeometry=true"));
        assert_eq!(whole["numberMatched"], features(&whole).len());
        for limit in [1, 3] {
            let page = server.json(&format!("{items}?limit={limit}"));
            assert_eq!(page["numberMatched"], whole["numberMatched"], "{items}");
            assert_eq!(page["numberReturned"], features(&page).len(), "{items}");
            let stamp = page["timeStamp"].as_str().unwrap();
            let stamp: Timestamp = stamp.parse().unwrap_or_else(|error| panic!("{error}: {stamp}"));
            assert!(stamp <= Timestamp::now());
        }
    }
}

/// `/req/core/fc-limit-response-1`
#[test]
fn no_page_holds_more_than_asked_for() {
    let server = Server::of_valley();
    let (document, paths) = paths_of_items(&server);
    for items in paths {
        let limit = parameter(&document, &items, "limit").unwrap();
        let default = limit["schema"]["default"].as_u64().unwrap();
        let unsaid = server.json(&format!("{items}?datetime=../.."));
        assert!(features(&unsaid).len() as u64 <= default);
        let most = limit["schema"]["maximum"].as_u64().unwrap();
        for limit in [1, 2, 7, most] {
            let page =
                server.json(&format!("{items}?limit={limit}&datetime=../..&skipGeometry=true"));
            assert!(features(&page).len() as u64 <= limit, "{items} {limit}");
        }
        assert_eq!(status(&server, &format!("{items}?limit={}", most + 1)), 400);
    }
}

/// `/req/core/fc-bbox-response`: of points, where everyone can tell. What lies in
/// a window of other geometry is held to brute force in `tests/near_and_bbox.rs`.
#[test]
fn a_window_holds_the_points_that_lie_in_it() {
    let server = Server::of_valley();
    let all = server.json("/collections/settlements/items?limit=10000");
    for [west, south, east, north] in [
        [71., 40., 71.5, 40.3],
        [69., 38.8, 74., 41.8],
        [72.9, 41., 73., 41.01],
        [10., 10., 11., 11.],
    ] {
        let inside = |feature: &&Value| {
            let at = &feature["geometry"]["coordinates"];
            let (x, y) = (at[0].as_f64().unwrap(), at[1].as_f64().unwrap());
            (west..=east).contains(&x) && (south..=north).contains(&y)
        };
        let wanted: BTreeSet<&str> = features(&all)
            .iter()
            .filter(inside)
            .map(|feature| feature["id"].as_str().unwrap())
            .collect();
        for bbox in [
            format!("{west},{south},{east},{north}"),
            format!("{west},{south},-100,{east},{north},9000"),
        ] {
            let path = format!("/collections/settlements/items?limit=10000&bbox={bbox}");
            let found = server.json(&path);
            let found: BTreeSet<&str> = ids(features(&found)).into_iter().collect();
            assert_eq!(found, wanted, "{bbox}");
        }
    }
}

/// `/req/core/fc-time-response`: every way to write a time, features without time
/// always, others when they hold.
#[test]
fn a_time_holds_what_meets_it_and_what_has_none() {
    let server = Server::of_valley();
    let times = [
        "2024-04-15",
        "2024-04-15T00:00:00Z",
        "2024-04-15T12:00:00.25+06:00",
        "2003-01-01/2005-12-31",
        "2003-01-01T00:00:00Z/2005-12-31T23:59:59Z",
        "../2005-12-31",
        "/2005-12-31T00:00:00Z",
        "2003-01-01/..",
        "2003-01-01T00:00:00Z/",
    ];
    for collection in all_collections(&server) {
        let items = format!("{}/items?limit=10000&skipGeometry=true", path_of(&collection));
        let all = server.json(&format!("{items}&datetime=../.."));
        let timeless = collection["extent"]["temporal"].is_null();
        for time in times {
            let time = time.replace('+', "%2B");
            let found = server.json(&format!("{items}&datetime={time}"));
            if timeless {
                assert_eq!(found["numberMatched"], all["numberMatched"], "{items} {time}");
            }
        }
    }
    let enclaves = |time: &str| {
        let path = format!("/collections/enclaves/items?datetime={time}");
        let found = server.json(&path);
        ids(features(&found)).contains(&"barak")
    };
    // Barak was an enclave until April 2024.
    for (time, wanted) in [
        ("2024-04-30", true),
        ("2024-05-01", false),
        ("2024-04-30/2025-01-01", true),
        ("2024-05-01/..", false),
        ("../2024-04-30", true),
        ("2024-05-01T00:00:00Z/", false),
    ] {
        assert_eq!(enclaves(time), wanted, "{time}");
    }
}

/// `/req/core/fc-response`: what each of the parameters selects, and no more.
#[test]
fn parameters_together_select_what_each_does() {
    let server = Server::of_valley();
    let mut narrowed = 0;
    for collection in all_collections(&server) {
        let items = format!("{}/items?limit=10000&skipGeometry=true", path_of(&collection));
        let keys = |query: &str| -> BTreeSet<String> {
            let found = server.json(&format!("{items}&{query}"));
            // The versions of a thing share its id.
            let key =
                |feature: &Value| format!("{}{}", feature["id"], feature["properties"]["start"]);
            features(&found).iter().map(key).collect()
        };
        let window = "bbox=70.5,39.8,71.5,40.5";
        let (in_time, in_window) =
            (keys("datetime=2010-06-01"), keys(&format!("datetime=../..&{window}")));
        let both = keys(&format!("datetime=2010-06-01&{window}"));
        assert_eq!(both, in_time.intersection(&in_window).cloned().collect(), "{items}");
        narrowed += usize::from(both.len() < in_time.len() && both.len() < in_window.len());
    }
    assert!(narrowed >= 2, "{narrowed}");
}

/// `/req/core/fc-links`, `/req/core/fc-rel-type`
#[test]
fn a_page_links_to_itself_and_to_every_other_encoding() {
    let server = Server::of_valley();
    let (document, paths) = paths_of_items(&server);
    for items in paths {
        let page = server.json(&format!("{items}?limit=2"));
        assert_typed(&page["links"], &items);
        assert_eq!(types(&page["links"], "self"), [GEOJSON]);
        let content = &document["paths"][&items]["get"]["responses"]["200"]["content"];
        let others: BTreeSet<&str> =
            content.as_object().unwrap().keys().map(|kind| essence(kind)).collect();
        let linked: BTreeSet<&str> =
            types(&page["links"], "alternate").into_iter().map(essence).collect();
        assert_eq!(linked, others.into_iter().filter(|kind| *kind != GEOJSON).collect());
    }
}

/// `/req/core/f-op`, `/req/core/f-success`, `/req/core/f-links`
#[test]
fn a_feature_is_there_and_links_to_every_other_encoding() {
    let server = Server::of_valley();
    let document = server.json("/api");
    for collection in all_collections(&server) {
        let items = server.json(&format!("{}/items?limit=3", path_of(&collection)));
        assert!(!features(&items).is_empty(), "{}", collection["id"]);
        for feature in features(&items) {
            let path = path_of_item(&collection, feature);
            let answer = server.get(&path);
            assert_eq!((answer.status, media_type(&answer)), (200, GEOJSON), "{path}");
            let body = answer.json();
            for member in ["type", "id", "geometry"] {
                assert_eq!(body[member], feature[member], "{path}");
            }
            assert_typed(&body["links"], &path);
            assert_eq!(types(&body["links"], "self"), [GEOJSON]);
            let to_collection = link(&body["links"], "collection").unwrap();
            assert!(to_collection.ends_with(&path_of(&collection)));
            let operation = format!("{}/items/{{id}}", path_of(&collection));
            let content = &document["paths"][&operation]["get"]["responses"]["200"]["content"];
            let others: BTreeSet<&str> =
                content.as_object().unwrap().keys().map(|kind| essence(kind)).collect();
            let linked: BTreeSet<&str> =
                types(&body["links"], "alternate").into_iter().map(essence).collect();
            assert_eq!(linked, others.into_iter().filter(|kind| *kind != GEOJSON).collect());
        }
        let nothing = format!("{}/items/nothing-of-this-id", path_of(&collection));
        assert_eq!(status(&server, &nothing), 404);
    }
}
