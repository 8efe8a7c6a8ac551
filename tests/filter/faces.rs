//! What stands beside `filter` over HTTP: queryables by name, order, pages, what
//! is left out, and status by the two clocks.

use serde_json::{Value, json};

use crate::common::{Server, demarc_json, demarc_text, encoded, folder, link};
use crate::rows;

fn served() -> (tempfile::TempDir, Server) {
    let dir = rows::dir();
    let server = Server::start(dir.path(), &[]);
    (dir, server)
}

fn ids(collection: &Value) -> String {
    let features = collection["features"].as_array().unwrap();
    features.iter().map(|feature| feature["id"].as_str().unwrap()).collect()
}

fn items(server: &Server, query: &str) -> String {
    let answer = server.json(&format!("/collections/rows/items?{query}"));
    let found = ids(&answer);
    assert_eq!(answer["numberReturned"], found.len(), "{query}");
    found
}

/// The refusal of a query, which names its parameter.
fn refused(server: &Server, query: &str, parameter: &str) -> String {
    let answer = server.get(&format!("/collections/rows/items?{query}"));
    assert_eq!(answer.status, 400, "{query}: {}", answer.text());
    let problem = answer.json();
    assert_eq!(problem["parameter"], parameter, "{query}: {problem}");
    problem["detail"].as_str().unwrap().to_owned()
}

#[test]
fn queryables_are_parameters() {
    let (_dir, server) = served();
    for (query, wanted) in [
        ("name=Ak-Turpak", "a"),
        ("name=", "e"),
        ("other=Ak-Turpak", "ab"),
        ("n=2", "b"),
        ("n=2.0", "b"),
        ("x=-2.5", "b"),
        ("x=1e3", "d"),
        ("flag=true", "ac"),
        ("flag=false", "bd"),
        ("day=2020-01-01", "a"),
        ("at=2020-01-01T10:00:00Z", "a"),
        ("at=2020-01-01T12:00:00%2B02:00", "a"),
        ("flag=true&n=3", "c"),
        ("flag=true&filter=n%20%3E%201", "c"),
        ("flag=true&bbox=0,0,1,1", "c"),
    ] {
        assert_eq!(items(&server, query), wanted, "{query}");
    }
    for (query, parameter, said) in [
        ("n=two", "n", "`two` is not a number"),
        ("n=NaN", "n", "is not a number"),
        ("n=2.5", "n", "`2.5` is not a whole number"),
        ("n=", "n", "is not a number"),
        ("x=inf", "x", "is not a number"),
        ("flag=1", "flag", "write true or false"),
        ("flag=TRUE", "flag", "write true or false"),
        ("day=yesterday", "day", "`yesterday` is not a time"),
        ("day=2020-02-30", "day", "is not a time"),
        ("tags=red", "tags", "A_CONTAINS"),
        ("colour=red", "colour", "name"),
    ] {
        let detail = refused(&server, query, parameter);
        assert!(detail.contains(said), "{query}: {detail}");
    }
}

#[test]
fn values_of_several_types_are_sorted_type_by_type() {
    // Numbers among words: `1`, `a` and `2` would be in no order if these two were equal.
    let value = |place: usize| match place % 7 {
        0 => json!(format!("w{place:04}")),
        1 => json!(place.is_multiple_of(2)),
        2 => json!([place]),
        3 => json!(null),
        _ => json!(place * 7919 % 1000),
    };
    let row = |place: usize| {
        let properties = json!({ "mixed": value(place) });
        let feature = json!({
            "type": "Feature", "id": place, "geometry": null, "properties": properties,
        });
        format!("{feature}\n")
    };
    let dir = rows::folder_of(&(0..500).map(row).collect::<String>());
    let server = Server::start(dir.path(), &[]);
    for (sortby, turned) in [("mixed", false), ("-mixed", true)] {
        let answer = server.json(&format!("/collections/rows/items?sortby={sortby}&limit=500"));
        let features = answer["features"].as_array().unwrap();
        assert_eq!(features.len(), 500);
        let valued = |feature: &&Value| !feature["properties"]["mixed"].is_null();
        let key = |value: &Value| {
            let rank = match value {
                Value::Number(_) => 0,
                Value::String(_) => 1,
                Value::Bool(_) => 2,
                _ => 3,
            };
            (rank, value.as_u64(), value.as_str().map(str::to_owned), value.as_bool())
        };
        let mut keys: Vec<_> =
            features.iter().filter(valued).map(|one| key(&one["properties"]["mixed"])).collect();
        if turned {
            keys.reverse();
        }
        assert!(keys.is_sorted(), "{sortby}");
        // What has no value comes last either way.
        assert!(features.iter().skip(keys.len()).all(|feature| !valued(&feature)), "{sortby}");
    }
}

#[test]
fn sortby_orders_and_leaves_what_has_no_value_last() {
    let (dir, server) = served();
    for (query, wanted) in [
        ("sortby=n", "abcdef"),
        ("sortby=%2Bn", "abcdef"),
        ("sortby=-n", "dcbaef"),
        ("sortby=x", "bcadef"),
        ("sortby=-x", "dacbef"),
        ("sortby=name", "edacbf"),
        ("sortby=-name", "bcadef"),
        ("sortby=day", "dabcef"),
        ("sortby=-at", "cbadef"),
        ("sortby=ends", "dabcef"),
        ("sortby=-ends", "badcef"),
        ("sortby=flag,-n", "dbcaef"),
        ("sortby=-flag,n", "acbdef"),
        ("sortby=other,-x", "dabcef"),
        ("sortby=-id", "fedcba"),
        ("sortby=-n&filter=flag", "ca"),
        ("sortby=-n&limit=2", "dc"),
        ("sortby=-n&near=5,5&radius=100km", "cba"),
        ("sortby=flag&near=5,5&radius=100km", "bac"),
        ("sortby=-n&bbox=170,-10,-170,10", "de"),
    ] {
        assert_eq!(items(&server, query), wanted, "{query}");
    }
    for (query, said) in [
        ("sortby=nope", "`nope` is not a property of `rows`"),
        ("sortby=n,nope", "`nope`"),
        ("sortby=", "is not a property"),
        ("sortby=n,,x", "is not a property"),
        ("sortby=geometry", "no order"),
        ("sortby=tags", "no order"),
        ("sortby=--n", "`-n` is not a property"),
    ] {
        let detail = refused(&server, query, "sortby");
        assert!(detail.contains(said), "{query}: {detail}");
    }
    let path = dir.path().to_str().unwrap();
    for sortby in ["-n", "flag,-n", "name"] {
        let args = ["export", "rows", "--geodata", path, "--sortby", sortby];
        assert_eq!(
            ids(&demarc_json(&args)),
            items(&server, &format!("sortby={sortby}")),
            "{sortby}"
        );
    }
    let (code, out, err) = demarc_text(&["export", "rows", "--geodata", path, "--sortby", "nope"]);
    assert!(code == 2 && out.is_empty() && err.contains("`nope`"), "{code} {err}");
}

#[test]
fn geometry_is_left_out_where_it_is_not_wanted() {
    let (_dir, server) = served();
    for path in [
        "/collections/rows/items?skipGeometry=true",
        "/near?at=5,5&collections=rows&skipGeometry=true",
    ] {
        let answer = server.json(path);
        let features = answer["features"].as_array().unwrap();
        assert!(features.len() >= 3, "{path}");
        for feature in features {
            assert!(feature["geometry"].is_null() && feature["properties"].is_object(), "{path}");
        }
    }
    let whole = server.json("/collections/rows/items?skipGeometry=false");
    assert_eq!(whole, {
        let mut plain = server.json("/collections/rows/items");
        plain["timeStamp"] = whole["timeStamp"].clone();
        plain["links"] = whole["links"].clone();
        plain
    });
    // What is not shown is still asked.
    let filter = encoded("S_INTERSECTS(geometry, POINT(5 5))");
    assert_eq!(items(&server, &format!("skipGeometry=true&filter={filter}")), "abc");
    let said = refused(&server, "skipGeometry=1", "skipGeometry");
    assert!(said.contains("write true or false"), "{said}");
}

#[test]
fn pages_by_cursor_are_stable() {
    let (dir, server) = served();
    let first = server.json("/collections/rows/items?limit=2&sortby=-n&filter=n%20%3E%200");
    assert_eq!(ids(&first), "dc");
    let next = link(&first["links"], "next").unwrap().to_owned();
    assert!(next.contains("cursor=") && !next.contains("offset="), "{next}");
    for _ in 0..3 {
        let second = server.follow(&next).json();
        assert_eq!(ids(&second), "ba");
        assert!(link(&second["links"], "next").is_none());
        let back = server.follow(link(&second["links"], "prev").unwrap()).json();
        assert_eq!(ids(&back), "dc");
    }
    let cursor = next.split("cursor=").nth(1).unwrap().split('&').next().unwrap().to_owned();

    for cursor in [
        "x",
        "",
        "1.2.3",
        "0123456789abcdef.2020-01-01",
        "....",
        &format!("{cursor}x"),
        &format!("{cursor}.1"),
    ] {
        let said = refused(&server, &format!("cursor={cursor}"), "cursor");
        assert!(said.contains("is no cursor"), "{cursor}: {said}");
    }
    let beside = refused(&server, &format!("cursor={cursor}&offset=2"), "cursor");
    assert!(beside.contains("stands beside `offset`"), "{beside}");
    let far = cursor.rsplit_once('.').unwrap().0.to_owned() + ".99999";
    assert_eq!(items(&server, &format!("cursor={far}")), "", "beyond the end is empty");

    // Of another atlas, or of this one before it changed.
    let small = folder::small();
    let other = Server::start(small.path(), &[]);
    let gone = other.get(&format!("/collections/walks/items?cursor={cursor}"));
    assert_eq!(gone.status, 410);
    let text = std::fs::read_to_string(dir.path().join("rows.geojsonl")).unwrap();
    folder::write(dir.path(), "rows.geojsonl", &text.replace("\"n\":4", "\"n\":5"));
    drop(server);
    let server = Server::start(dir.path(), &[]);
    let gone = server.get(&format!("/collections/rows/items?cursor={cursor}"));
    assert_eq!(gone.status, 410);
    let said = gone.json()["detail"].as_str().unwrap().to_owned();
    assert!(said.contains("has changed") && said.contains("begin again"), "{said}");
}

/// A cursor keeps the day that its first page was answered for.
#[test]
fn a_cursor_keeps_its_day() {
    let dir = folder::small();
    let today = demarc::atlas::today();
    let yesterday = today.yesterday().unwrap();
    let end = format!("\"surrounded_by\":\"AA\",\"end\":\"{yesterday}\"");
    folder::replace(dir.path(), "enclaves.geojson", "\"surrounded_by\":\"AA\"", &end);
    let server = Server::start(dir.path(), &[]);
    let walks = server.json("/collections/walks/items?limit=1");
    let next = link(&walks["links"], "next").unwrap();
    let cursor = next.split("cursor=").nth(1).unwrap();
    let version = cursor.split('.').next().unwrap();
    let path = |day: &str| format!("/collections/enclaves/items?cursor={version}.{day}.0");
    for (day, wanted) in [(yesterday, 1), (today, 0)] {
        assert_eq!(server.json(&path(&day.to_string()))["numberMatched"], wanted, "{day}");
    }
    // One that was kept would speak of a day long past as if of today.
    let old = server.get(&path("2024-04-15"));
    assert_eq!(old.status, 400, "{}", old.text());
}

#[test]
fn a_filter_on_status_is_of_the_day_and_of_what_was_known() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let found = |filter: &str, clocks: &str| {
        let path = format!("/collections/areas/items?filter={}&{clocks}", encoded(filter));
        server.json(&path)["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(|feature| feature["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let village = "area-village";
    for (filter, clocks, wanted) in [
        ("status = 'mined'", "datetime=2002-12-31", ""),
        ("status = 'mined'", "datetime=2003-01-01", village),
        ("status = 'mined'", "datetime=2005-01-01", ""),
        ("status = 'cleared'", "datetime=2005-01-01", village),
        ("status = 'mined'", "datetime=2005-01-01&known-at=2006-04-30", village),
        ("status = 'cleared'", "datetime=2005-01-01&known-at=2006-04-30", ""),
        ("status = 'cleared'", "datetime=2005-01-01&known-at=2006-05-01", village),
        ("status = 'no-reports'", "datetime=2003-01-01", "area-country area-nowhere"),
        ("status_class = 'hazard-reported'", "datetime=2004-01-01", village),
        ("status_claim = 'claim-cleared'", "datetime=../2005-01-01", village),
        ("status_by IS NULL", "datetime=2004-01-01", "area-country area-nowhere"),
        ("CASEI(status_by) LIKE '%ministry'", "datetime=2004-01-01", village),
        ("contested", "datetime=2004-12-31", ""),
        ("contested = true", "datetime=2005-01-01", village),
        ("contested", "datetime=2005-01-01&known-at=2006-04-30", ""),
        ("status = 'cleared' AND uncertainty_m > 1000", "datetime=2010-01-01", village),
        ("status = 'cleared' AND distance(geometry, POINT(71.05 40.19)) < 1", "", village),
    ] {
        assert_eq!(found(filter, clocks), wanted, "{filter} {clocks}");
    }
    let path = dir.path().to_str().unwrap();
    let args = [
        "export",
        "areas",
        "--geodata",
        path,
        "--filter",
        "status = 'mined'",
        "--datetime",
        "2005-01-01",
        "--known-at",
        "2006-04-30",
    ];
    assert_eq!(ids(&demarc_json(&args)), village);
    // As a parameter, and in the order of it.
    let by_name = server.json("/collections/areas/items?status=cleared&contested=true");
    assert_eq!(ids(&by_name), village);
    let ordered = server.json("/collections/areas/items?sortby=-status&datetime=2003-01-01");
    assert_eq!(ordered["features"][2]["properties"]["status"], json!("mined"));
}

#[test]
fn the_language_of_a_filter_is_named_or_guessed() {
    let (_dir, server) = served();
    let json = encoded(r#"  {"op":"=","args":[{"property":"n"},1]}"#);
    assert_eq!(items(&server, &format!("filter={json}")), "a");
    for (query, parameter) in [
        (format!("filter={json}&filter-lang=cql2-text"), "filter"),
        ("filter=n%20=%201&filter-lang=cql2-json".to_owned(), "filter"),
        ("filter=n%20=%201&filter-lang=ecql".to_owned(), "filter-lang"),
        ("filter-lang=cql2-text".to_owned(), "filter-lang"),
        ("filter=".to_owned(), "filter"),
    ] {
        refused(&server, &query, parameter);
    }
}
