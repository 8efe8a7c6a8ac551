//! Names and positions: none is taken for another place, and none is passed over.

use crate::common::{Server, demarc_text, encoded, folder};
use crate::no_fault;

const VILLAGE: &str = r#"{"type":"Feature","id":"village","geometry":{"type":"Point","coordinates":[71.05,40.19]},"properties":{"name":"Village","country":"AA","source":"src-map"}}"#;

/// Settlements by id, name and position, beside the village; the enclave Islet
/// lies at 71.0 to 71.4, 40.4 to 40.8, with a hole at 71.1 to 71.2, 40.5 to 40.6.
fn served(settlements: &[(&str, &str, [f64; 2])]) -> (tempfile::TempDir, Server) {
    let dir = folder::small();
    let mut all = VILLAGE.to_owned();
    for (id, name, [x, y]) in settlements {
        let feature = VILLAGE
            .replace("\"id\":\"village\"", &format!("\"id\":\"{id}\""))
            .replace("71.05,40.19", &format!("{x},{y}"))
            .replace("\"Village\"", &format!("\"{name}\""));
        all = format!("{all},\n{feature}");
    }
    folder::replace(dir.path(), "settlements.geojson", VILLAGE, &all);
    no_fault(dir.path());
    let server = Server::start(dir.path(), &[]);
    (dir, server)
}

/// The place that a name leads to, or the refusal.
fn place(server: &Server, name: &str) -> Result<String, (u16, String)> {
    let answer = server.get(&format!("/near?place={}", encoded(name)));
    let json = answer.json();
    match answer.status {
        200 => Ok(json["place"]["id"].as_str().unwrap().to_owned()),
        status => Err((status, json["detail"].as_str().unwrap().to_owned())),
    }
}

#[test]
fn a_village_and_an_enclave_of_one_name_are_not_guessed_between() {
    // One outside the enclave, and one in its hole, which is outside too.
    for at in [[70.5, 40.5], [71.15, 40.55]] {
        let (dir, server) = served(&[("gara", "Islet", at)]);
        let (status, said) = place(&server, "islet").unwrap_err();
        assert_eq!(status, 400, "{said}");
        assert!(said.contains("2 places are called `islet`"), "{said}");
        assert!(said.contains("id gara") && said.contains("id enclaves/islet"), "{said}");
        assert_eq!(place(&server, "gara"), Ok("gara".to_owned()), "by its id it is clear");

        let path = dir.path().to_str().unwrap();
        let (code, out, err) = demarc_text(&["near", "Islet", "--geodata", path]);
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        assert!(err.contains("2 places are called"), "{err}");
    }
}

#[test]
fn a_place_that_the_ledger_names_so_makes_a_name_ambiguous_too() {
    let (dir, server) = served(&[("chon-kara", "Chon-Kara", [70.5, 40.5])]);
    assert_eq!(place(&server, "Chon-Gara").unwrap_err().0, 404);
    drop(server);
    let places = std::fs::read_to_string(dir.path().join("places.toml")).unwrap();
    let more = "\n[[place]]\nid = \"place-kara\"\nname = \"Chon-Kara\"\nkind = \"settlement\"\nnames = [\"Chon-Gara\", \"Чоң-Гара\"]\nfeature = \"settlements/chon-kara\"\nnotes = \"Spelt both ways.\"\n";
    folder::write(dir.path(), "places.toml", &(places + more));
    let server = Server::start(dir.path(), &[]);
    assert_eq!(place(&server, "Chon-Gara"), Ok("chon-kara".to_owned()));
    drop(server);
    folder::replace(dir.path(), "enclaves.geojson", "\"Islet\"", "\"Chon-Gara\"");
    let server = Server::start(dir.path(), &[]);
    for name in ["Chon-Gara", "чоң гара"] {
        let (status, said) = place(&server, name).unwrap_err();
        assert_eq!(status, 400, "{said}");
        assert!(said.contains("id chon-kara") && said.contains("id enclaves/islet"), "{said}");
    }
    assert_eq!(place(&server, "Chon-Kara"), Ok("chon-kara".to_owned()));
}

#[test]
fn an_enclave_is_not_taken_for_a_point() {
    let (_dir, server) = served(&[]);
    let (status, said) = place(&server, "Islet").unwrap_err();
    assert_eq!(status, 400, "{said}");
    assert!(said.contains("is an area, enclaves/islet") && said.contains("lon,lat"), "{said}");
    let found = server.json("/places?q=islet");
    assert_eq!(
        found["numberReturned"].as_u64().unwrap_or(0),
        found["features"].as_array().unwrap().len() as u64
    );
}

#[test]
fn a_settlement_in_an_enclave_of_its_name_is_meant() {
    let (_dir, server) = served(&[("islet-town", "Islet", [71.3, 40.7])]);
    assert_eq!(place(&server, "Islet"), Ok("islet-town".to_owned()));
}

#[test]
fn uzbek_cyrillic_leads_where_uzbek_latin_does() {
    let (_dir, server) =
        served(&[("qoqon", "Qo‘qon", [70.94, 40.53]), ("osh", "O‘sh", [71.9, 40.5])]);
    for (name, id) in [
        ("Қўқон", "qoqon"),
        ("ҚЎҚОН", "qoqon"),
        ("Qoʻqon", "qoqon"),
        ("Ўш", "osh"),
        ("ўш", "osh"),
        ("Osh", "osh"),
    ] {
        assert_eq!(place(&server, name), Ok(id.to_owned()), "{name}");
    }
}

#[test]
fn swapped_coordinates_are_refused() {
    let (dir, server) = served(&[]);
    for path in [
        "/near?at=40.19,71.05",
        "/near?place=40.19,71.05",
        "/collections/lakes/items?near=40.19,71.05",
        "/collections/lakes/items?bbox=40.0,70.4,40.7,70.9",
        "/collections/areas/items?bbox=40.0,70.4,40.7,70.9",
        "/collections/claims/items?bbox=40.0,70.4,40.7,70.9",
        "/timeline?near=40.19,71.05",
        "/timeline?bbox=40.0,70.4,40.7,70.9",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 400, "{path}: {}", answer.text());
        assert!(answer.json()["detail"].as_str().unwrap().contains("look swapped"), "{path}");
    }
    // A plain layer may lie anywhere, and a window elsewhere is no mistake.
    for path in [
        "/collections/walks/items?bbox=40.0,70.4,40.7,70.9",
        "/collections/lakes/items?bbox=10,10,20,20",
        "/collections/lakes/items?bbox=70.4,40.0,70.9,40.7",
    ] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    let path = dir.path().to_str().unwrap();
    for args in [
        &["near", "40.19,71.05", "--geodata", path][..],
        &["export", "lakes", "--bbox", "40.0,70.4,40.7,70.9", "--geodata", path],
    ] {
        let (code, out, err) = demarc_text(args);
        assert!(code != 0 && out.is_empty(), "{args:?}: {out}");
        assert!(err.contains("look swapped"), "{args:?}: {err}");
    }
}
