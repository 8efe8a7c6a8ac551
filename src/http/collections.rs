//! `/collections` and `/collections/{collection}`.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Ask, GEOJSON, JSON, json_answer};
use super::package;
use super::page::HTML;
use super::params::encoded;
use super::problem::Problem;
use super::schema::JSON_SCHEMA;
use super::tiles::sets::TILESETS;
use crate::atlas::{Layer, LayerKind};
use crate::format::Format;
use crate::query::Crs;

/// `/collections`
pub(super) async fn all(ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    let collections: Vec<Value> =
        ask.atlas.layers.iter().map(|layer| described(&ask, layer)).collect();
    Ok(json_answer(&json!({
        "links": [ask.this(JSON, "Collections"), ask.alternate(JSON), package::link(&ask)],
        "notice": ask.atlas.about.notice,
        "collections": collections,
    })))
}

/// `/collections/{collection}`
pub(super) async fn one(
    path: Result<Path<String>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path(collection) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    ask.finish(JSON)?;
    Ok(json_answer(&described(&ask, layer)))
}

/// A path that is not percent-encoded UTF-8.
pub(super) fn bad_path(rejection: &PathRejection) -> Problem {
    Problem::bad_request(format!(
        "the path is not percent-encoded UTF-8 ({}); write % as %25",
        rejection.body_text()
    ))
}

/// What a window says nothing of; GIS software asks for windows alone.
const UNSEEN: &str = "Areas that no source locates are in no window, and ground may lie as far \
    from what is drawn as `uncertainty_m` says.";

fn described(ask: &Ask, layer: &Layer) -> Value {
    let info = &layer.info;
    let stored = Crs::Crs84.uri();
    let path = format!("/collections/{}", encoded(&info.id));
    let items = format!("{path}/items");
    let queryables = format!("{path}/queryables");
    let schema = format!("{path}/schema");
    let mut extent = json!({});
    if let Some(envelope) = layer.extent {
        let (low, high) = (envelope.min(), envelope.max());
        extent["spatial"] = json!({ "bbox": [[low.x, low.y, high.x, high.y]], "crs": stored });
    }
    if let Some(period) = layer.period {
        let instant =
            |day: Option<crate::atlas::Day>, time: &str| day.map(|day| format!("{day}T{time}Z"));
        extent["temporal"] = json!({
            "interval": [[
                instant(period.first, "00:00:00"),
                instant(period.last, "23:59:59"),
            ]],
            "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
        });
    }
    let as_of_today = info.kind.is_as_of_today();
    let when = if as_of_today {
        "Without `datetime`, items are those of today."
    } else {
        "Without `datetime`, items are those of all times."
    };
    let more = if info.kind == LayerKind::ReportedArea { UNSEEN } else { "" };
    let notice = &ask.atlas.about.notice;
    let parts = [info.description.trim(), when, more, notice];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let description = parts.join(" ");
    let mut links = vec![
        ask.link("self", JSON, info.title.clone(), &path),
        ask.link("alternate", HTML, "As a page", &format!("{path}?f=html")),
        ask.link("items", GEOJSON, info.title.clone(), &items),
        ask.link("items", HTML, "Its features as a page", &format!("{items}?f=html")),
    ];
    links.extend(Format::all().filter(|format| *format != Format::GeoJson).map(|format| {
        let file = format!("{items}?f={}", format.name());
        ask.link("items", format.media_type(), format!("Its features as {}", format.name()), &file)
    }));
    links.extend([
        ask.link(
            "http://www.opengis.net/def/rel/ogc/1.0/queryables",
            JSON_SCHEMA,
            "Queryables",
            &queryables,
        ),
        ask.link("http://www.opengis.net/def/rel/ogc/1.0/schema", JSON_SCHEMA, "Schema", &schema),
        // GDAL knows the relation in this spelling; to others case is no matter
        // (RFC 8288, 2.1.1).
        ask.link(
            "describedBy",
            JSON_SCHEMA,
            "Schema of its features",
            &format!("{schema}?of=feature"),
        ),
        ask.link(TILESETS, JSON, "Vector tiles", &format!("{path}/tiles")),
        ask.link("collection", JSON, "Collections", "/collections"),
    ]);
    json!({
        "id": info.id,
        "title": info.title,
        "description": description,
        "notice": notice,
        "kind": info.kind.word(),
        "itemType": "feature",
        "extent": extent,
        "crs": Crs::all().map(Crs::uri).collect::<Vec<_>>(),
        "storageCrs": stored,
        "licence": info.licence,
        "attribution": info.attribution,
        "source": info.source,
        "defaultDatetime": if as_of_today { "today" } else { "all" },
        "count": layer.features.len(),
        "access": if info.is_restricted { "restricted" } else { "public" },
        "links": links,
    })
}
