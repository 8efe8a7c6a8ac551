//! JSON-LD (schema.org) for crawlers: the atlas as a catalogue, a collection as a
//! data set with its licence, time, place and ways to get it.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::Page;
use crate::format::Format;
use crate::http::params::encoded;

/// The text of the block of data, safe within `<script>`; `None` where a page is
/// neither.
pub fn of(page: &Page<'_>) -> Option<String> {
    let segments = page.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let value = match segments.as_slice() {
        _ if page.is_refused => return None,
        ["about" | "collections"] | [] => catalogue(page),
        ["collections", id] | ["collections", id, "items"] => dataset(page, id)?,
        _ => return None,
    };
    // The one sign that could end the element or begin a comment in it.
    Some(value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028"))
}

fn catalogue(page: &Page<'_>) -> Value {
    let ask = page.ask;
    let about = &ask.atlas.about;
    let sets: Vec<Value> =
        ask.atlas.layers.iter().filter_map(|layer| dataset(page, &layer.info.id)).collect();
    let (low, high) = (about.window.min(), about.window.max());
    let mut catalogue = json!({
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": ask.href("/about"),
        "url": ask.href("/about"),
        "name": about.title,
        "description": format!("{} {}", about.description.trim(), about.notice),
        "spatialCoverage": place([low.x, low.y, high.x, high.y]),
        "dataset": sets,
    });
    if let Some(contact) = &about.contact {
        catalogue["creator"] = json!({ "@type": "Organization", "name": contact });
    }
    catalogue
}

fn dataset(page: &Page<'_>, id: &str) -> Option<Value> {
    let ask = page.ask;
    let layer = ask.atlas.layer(id)?;
    let info = &layer.info;
    let path = format!("/collections/{}", encoded(&info.id));
    let downloads: Vec<Value> = Format::all()
        .map(|format| {
            // Of the other formats an answer is the whole layer.
            let mut items = format!("{path}/items?f={}&datetime=../..", format.name());
            if format == Format::GeoJson {
                let _ = write!(items, "&limit={}", ask.page_limit());
            }
            json!({
                "@type": "DataDownload",
                "encodingFormat": format.media_type(),
                "contentUrl": ask.href(&items),
            })
        })
        .collect();
    let mut set = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            set.insert(name.to_owned(), value);
        }
    };
    put("@context", json!("https://schema.org/"));
    put("@type", json!("Dataset"));
    put("@id", json!(ask.href(&path)));
    put("url", json!(ask.href(&path)));
    put("identifier", json!(info.id));
    put("name", json!(info.title));
    let description = format!("{} {}", info.description.trim(), ask.atlas.about.notice);
    put("description", json!(description.trim()));
    put("license", json!(info.licence.as_deref().map(licence)));
    put("creditText", json!(info.attribution));
    if let Some(period) = layer.period {
        let day = |day: Option<crate::atlas::Day>| day.map_or("..".to_owned(), |d| d.to_string());
        let covered = format!("{}/{}", day(period.first), day(period.last));
        put("temporalCoverage", json!(covered));
    }
    if let Some(extent) = layer.extent {
        let (low, high) = (extent.min(), extent.max());
        put("spatialCoverage", place([low.x, low.y, high.x, high.y]));
    }
    put("isAccessibleForFree", json!(true));
    put("distribution", json!(downloads));
    put(
        "includedInDataCatalog",
        json!({ "@type": "DataCatalog", "@id": ask.href("/about"), "name": ask.atlas.about.title }),
    );
    Some(Value::Object(set))
}

fn place([west, south, east, north]: [f64; 4]) -> Value {
    json!({
        "@type": "Place",
        "geo": { "@type": "GeoShape", "box": format!("{south} {west} {north} {east}") },
    })
}

/// The page of an SPDX licence; the text itself where it is none.
fn licence(text: &str) -> String {
    let is_spdx = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte));
    if is_spdx { format!("https://spdx.org/licenses/{text}.html") } else { text.to_owned() }
}
