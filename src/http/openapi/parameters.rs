//! Parameters with their schemas, descriptions and limits. A `format` that is
//! ours stands for a grammar that no pattern tells exactly.

use serde_json::{Map, Value, json};

use super::parameter;
use crate::atlas::schema::PropertyType;
use crate::atlas::vocabulary::EVENT_KINDS;
use crate::atlas::{Atlas, Layer};
use crate::format::Format;
use crate::format::shown::OF_REACH;
use crate::http::cursor::HIGHEST_OFFSET;
use crate::http::items::DEFAULT_LIMIT;
use crate::http::narrow::RESERVED;
use crate::http::tiles::grid;
use crate::http::{places, styles};
use crate::query::filter::Columns;
use crate::query::tile::DEEPEST_ZOOM;
use crate::query::{Crs, SortKey};

/// Texts without control characters, which no parameter may have.
const NO_CONTROLS: &str = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

fn parameter_in(place: &str, name: &str, schema: Value, description: &str) -> Value {
    let mut parameter = json!({
        "name": name,
        "in": place,
        "required": place == "path",
        "description": description,
    });
    parameter["schema"] = schema;
    parameter
}

/// A parameter of a query, given once: lists have commas between their values.
fn query(name: &str, schema: Value, description: &str) -> Value {
    let mut parameter = parameter_in("query", name, schema, description);
    parameter["style"] = json!("form");
    parameter["explode"] = json!(false);
    parameter
}

fn in_path(name: &str, schema: Value, description: &str) -> Value {
    parameter_in("path", name, schema, description)
}

fn text(format: &str) -> Value {
    json!({ "type": "string", "format": format })
}

/// The parameters that several operations share, by the names that they are
/// referred to with.
pub fn shared(atlas: &Atlas, page_limit: usize) -> Map<String, Value> {
    let collections: Vec<&str> = atlas.layers.iter().map(|layer| &*layer.info.id).collect();
    let groups = [
        of_addresses(&collections),
        of_tiles(),
        of_features(page_limit),
        of_questions(&collections),
    ];
    let mut all = Map::new();
    for (name, parameter) in groups.into_iter().flatten() {
        all.insert(name.to_owned(), parameter);
    }
    // An address that leads somewhere, for who tries it out.
    let tile = atlas.relief.as_ref().and_then(|relief| relief.tiles.keys().min());
    if let Some((zoom, column, row)) = tile {
        all["zoom"]["example"] = json!(zoom);
        all["column"]["example"] = json!(column);
        all["row"]["example"] = json!(format!("{row}.png"));
    }
    if let Some(source) = atlas.ledger.sources.first() {
        all["source"]["example"] = json!(source.id);
    }
    all
}

type Named = (&'static str, Value);

/// A reference system, whichever.
fn systems() -> Value {
    let systems: Vec<&str> = Crs::all().map(Crs::uri).collect();
    crs_among(&systems)
}

fn crs_among(systems: &[&str]) -> Value {
    json!({ "type": "string", "format": "uri", "enum": systems, "default": Crs::Crs84.uri() })
}

fn of_addresses(collections: &[&str]) -> Vec<Named> {
    vec![
        ("f", query("f", format(&["json", "html"]), "The format, over `Accept`.")),
        ("f-api", query("f", format(&["json", "html", "md"]), "The format, over `Accept`.")),
        ("f-items", query("f", format_of_items(), "The format, over `Accept`.")),
        (
            "collection",
            in_path(
                "collection",
                json!({ "type": "string", "enum": collections }),
                "A collection.",
            ),
        ),
        ("id", in_path("id", text("feature-id"), "The id of a feature.")),
        ("source", in_path("id", text("source-id"), "The id of a source.")),
        (
            "zoom",
            in_path(
                "zoom",
                json!({ "type": "integer", "minimum": 0, "maximum": 30 }),
                "Zoom, of WebMercatorQuad.",
            ),
        ),
        (
            "column",
            in_path("column", json!({ "type": "integer", "minimum": 0 }), "Column, from the west."),
        ),
        (
            "row",
            in_path(
                "row",
                json!({ "type": "string", "pattern": "^[0-9]{1,9}\\.png$" }),
                "Row, from the north, with `.png`.",
            ),
        ),
    ]
}

fn of_tiles() -> Vec<Named> {
    let place = |name: &'static str, most: u32, example: u32, text: &str| {
        let schema = json!({ "type": "integer", "minimum": 0, "maximum": most });
        let mut parameter = in_path(name, schema, text);
        parameter["example"] = json!(example);
        (name, parameter)
    };
    let one_of = |name: &'static str, id: &str, text: &str| {
        let mut parameter = in_path(name, json!({ "type": "string", "enum": [id] }), text);
        parameter["example"] = json!(id);
        (name, parameter)
    };
    let deepest = u32::from(DEEPEST_ZOOM);
    let last = (1 << deepest) - 1;
    vec![
        one_of("tileMatrixSetId", grid::ID, "A grid."),
        place("tileMatrix", deepest, 5, "The zoom."),
        place("tileRow", last, 12, "The row, from the north."),
        place("tileCol", last, 22, "The column, from the west."),
        one_of("styleId", styles::ID, "A style."),
        ("day", query("datetime", text("date"), "The day that is shown; today when left out.")),
        (
            "f-tile",
            query(
                "f",
                json!({ "type": "string", "enum": ["mvt"], "default": "mvt" }),
                "The format, over `Accept`.",
            ),
        ),
    ]
}

fn of_features(page_limit: usize) -> Vec<Named> {
    vec![
        (
            "bbox",
            query(
                "bbox",
                window(),
                "The window that features share a point with: west, south, east, north in degrees; of six numbers the third and sixth are heights, which are passed over. West lies east of east across the antimeridian. With `bbox-crs` in its axes and units.",
            ),
        ),
        ("bbox-crs", query("bbox-crs", systems(), "The reference system of `bbox`.")),
        (
            "crs",
            query(
                "crs",
                systems(),
                "The reference system of coordinates in the answer. Refused where features lie beyond the area in which it is served.",
            ),
        ),
        (
            "datetime",
            query(
                "datetime",
                text("datetime-interval"),
                "The validity clock: what was so. A day, an RFC 3339 instant, or an interval of them, open with `..`: `2024-04-15`, `2003-01-01/2005-12-31`, `2003-01-01/..`, `../..` for all times.",
            ),
        ),
        (
            "known-at",
            query(
                "known-at",
                text("date"),
                "The knowledge clock: what was known on this day, whatever was learnt later.",
            ),
        ),
        (
            "limit",
            query(
                "limit",
                json!({ "type": "integer", "minimum": 1, "maximum": page_limit, "default": DEFAULT_LIMIT }),
                "The most features of an answer; `next` leads on. Formats but GeoJSON and pages give all of them when it is left out.",
            ),
        ),
        (
            "limit-places",
            query(
                "limit",
                json!({ "type": "integer", "minimum": 1, "maximum": places::HIGHEST_LIMIT, "default": places::DEFAULT_LIMIT }),
                "The most places of an answer.",
            ),
        ),
        (
            "offset",
            query(
                "offset",
                json!({ "type": "integer", "minimum": 0, "maximum": HIGHEST_OFFSET, "default": 0 }),
                "How many features to pass over.",
            ),
        ),
        (
            "cursor",
            query(
                "cursor",
                text("cursor"),
                "Where a page begins, from a `next` or `prev` link: pages of one snapshot. Not beside `offset`.",
            ),
        ),
        (
            "filter",
            query("filter", text("cql2"), "A CQL2 expression, text or JSON, over the queryables."),
        ),
        (
            "filter-lang",
            query(
                "filter-lang",
                json!({ "type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text" }),
                "The language of `filter`. When it is left out, a filter that begins with `{` is taken for JSON too.",
            ),
        ),
        (
            "filter-crs",
            query("filter-crs", systems(), "The reference system of geometries in `filter`."),
        ),
    ]
}

fn of_questions(collections: &[&str]) -> Vec<Named> {
    let kinds: Vec<&str> = ["claim", "event"].into_iter().chain(EVENT_KINDS).collect();
    vec![
        (
            "near",
            query(
                "near",
                text("place"),
                "A place by name or id, or longitude,latitude: features within `radius` of it, nearest first.",
            ),
        ),
        (
            "radius",
            query(
                "radius",
                json!({ "type": "string", "format": "distance", "default": "20km" }),
                "How far from the place: `20km`, `500m`, or metres.",
            ),
        ),
        (
            "skipGeometry",
            query(
                "skipGeometry",
                json!({ "type": "boolean", "default": false }),
                "Whether geometries are left out.",
            ),
        ),
        (
            "place",
            query(
                "place",
                text("place"),
                "A place by name, in any script, or by id, or longitude,latitude.",
            ),
        ),
        ("at", query("at", text("position"), "A position: longitude,latitude in degrees.")),
        (
            "collections",
            named(collections, "The collections that are asked; the reported areas when left out."),
        ),
        (
            "collections-of-tiles",
            named(
                collections,
                "The collections that are drawn; all but claims and events when left out.",
            ),
        ),
        (
            "q",
            required(query(
                "q",
                json!({ "type": "string", "minLength": 1, "format": "name" }),
                "A name or its beginning, in any script.",
            )),
        ),
        (
            "feature",
            query(
                "feature",
                text("feature-reference"),
                "A feature as `collection/id`, or the bare id of a reported area.",
            ),
        ),
        ("from", query("from", text("date"), "The first day of the time spoken of.")),
        ("to", query("to", text("date"), "The last day of the time spoken of.")),
        (
            "of",
            query(
                "of",
                json!({ "type": "string", "enum": ["properties", "feature"], "default": "properties" }),
                "Of the properties, as OGC API Features Part 5 has it, or of a GeoJSON Feature.",
            ),
        ),
        (
            "kind",
            query(
                "kind",
                json!({ "type": "string", "enum": kinds }),
                "Claims alone, events alone, or events of a kind.",
            ),
        ),
    ]
}

/// `collections`
fn named(collections: &[&str], description: &str) -> Value {
    let items = json!({ "type": "string", "enum": collections });
    query("collections", json!({ "type": "array", "minItems": 1, "items": items }), description)
}

fn required(mut parameter: Value) -> Value {
    parameter["required"] = json!(true);
    parameter
}

fn format(names: &[&str]) -> Value {
    json!({ "type": "string", "enum": names, "default": "json" })
}

fn format_of_items() -> Value {
    let names: Vec<&str> =
        ["json", "html"].into_iter().chain(Format::all().map(Format::name)).collect();
    format(&names)
}

fn window() -> Value {
    json!({ "type": "array", "minItems": 4, "maxItems": 6, "items": { "type": "number" } })
}

/// The parameters of the features of a collection, its queryables among them.
pub fn of_items(layer: &Layer) -> Vec<Value> {
    let shared = [
        "f-items",
        "bbox",
        "bbox-crs",
        "datetime",
        "known-at",
        "limit",
        "offset",
        "cursor",
        "filter",
        "filter-lang",
        "filter-crs",
        "near",
        "radius",
        "skipGeometry",
    ];
    let mut all: Vec<Value> = shared.iter().map(|name| parameter(name)).collect();
    all.extend([crs(layer), properties(layer)]);
    let sortable: Vec<String> = Columns::of(layer)
        .queryables()
        .filter(|(name, _)| !name.contains(',') && SortKey::parse(name, layer).is_ok())
        .flat_map(|(name, _)| [name.to_owned(), format!("-{name}")])
        .collect();
    if !sortable.is_empty() {
        let keys = json!({
            "type": "array",
            "minItems": 1,
            "maxItems": SortKey::MOST,
            "uniqueItems": true,
            "items": { "type": "string", "enum": sortable },
        });
        all.push(query("sortby", keys, "What to sort by, in order, each property once; `-` before a name for the greatest first. What has no value comes last."));
    }
    all.extend(
        Columns::of(layer).queryables().filter_map(|(name, kind)| queryable(layer, name, kind)),
    );
    all
}

/// The parameters of one feature of a collection.
pub fn of_item(layer: &Layer) -> Vec<Value> {
    let mut id = in_path("id", text("feature-id"), "The id of a feature.");
    id["x-collection"] = json!(layer.info.id);
    if let Some(feature) = layer.features.first() {
        id["example"] = json!(&*feature.id);
    }
    let shared = ["f-items", "datetime", "known-at"].map(parameter);
    let own = [id, crs(layer), properties(layer)];
    own.into_iter().chain(shared).collect()
}

/// `crs`, of the systems that reach all of a layer.
fn crs(layer: &Layer) -> Value {
    let reaches = |crs: &Crs| layer.extent.is_none_or(|extent| crs.covers(extent));
    let systems: Vec<&str> = Crs::all().filter(reaches).map(Crs::uri).collect();
    query("crs", crs_among(&systems), "The reference system of coordinates in the answer.")
}

fn properties(layer: &Layer) -> Value {
    let names = layer.property_names().into_iter().filter(|name| !name.contains(','));
    let names: Vec<&str> = names.chain(OF_REACH.iter().map(|(name, _)| *name)).collect();
    query(
        "properties",
        json!({
            "type": "array",
            "uniqueItems": true,
            "items": { "type": "string", "enum": names },
        }),
        "The properties of the answer, each once; all of them when left out.",
    )
}

/// A queryable as a parameter, where its values can be written as one.
fn queryable(layer: &Layer, name: &str, kind: PropertyType) -> Option<Value> {
    let is = |property: &Option<String>| property.as_deref() == Some(name);
    let is_time = is(&layer.info.start_property) || is(&layer.info.end_property);
    let schema = match kind {
        _ if RESERVED.contains(&name) => return None,
        _ if is_time => text("date"),
        PropertyType::Array => return None,
        PropertyType::Text | PropertyType::Json => {
            json!({ "type": "string", "pattern": NO_CONTROLS })
        }
        PropertyType::Integer => json!({ "type": "integer" }),
        PropertyType::Number => json!({ "type": "number" }),
        PropertyType::Boolean => json!({ "type": "boolean" }),
        PropertyType::Date => text("date"),
        PropertyType::Timestamp => text("date-time"),
    };
    Some(query(name, schema, "Only features whose property equals this."))
}
