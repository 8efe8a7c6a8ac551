//! Reading `atlas.toml`: what the atlas says of itself, and its layers.

use geo::{Coord, Rect};

use super::fault::Fault;
use super::fields::{Fields, parse};
use crate::atlas::{About, Atlas, LayerInfo, LayerKind, Translation};

/// The name of the file.
pub(super) const FILE: &str = "atlas.toml";

/// The words of `access`.
const ACCESS: [&str; 2] = ["public", "restricted"];

/// A layer as `atlas.toml` names it.
#[derive(Debug)]
pub(super) struct LayerConfig {
    pub info: LayerInfo,
    pub file: String,
    pub id_property: Option<String>,
}

/// Elevation tiles as `atlas.toml` names them.
#[derive(Debug)]
pub(super) struct ReliefConfig {
    pub tiles: String,
    pub min_zoom: u8,
    pub max_zoom: u8,
    pub attribution: Option<String>,
    pub licence: Option<String>,
    pub source: Option<String>,
}

pub(super) struct Config {
    pub about: About,
    pub layers: Vec<LayerConfig>,
    pub relief: Option<ReliefConfig>,
}

/// Reads the file; `None` when its syntax is broken.
pub(super) fn read(text: &str, faults: &mut Vec<Fault>) -> Option<Config> {
    let table = parse(FILE, text, faults)?;
    let mut fields = Fields::new(FILE, text, "the atlas".to_owned(), 0, &table, faults);
    let mut about = About {
        title: fields.must("title"),
        description: fields.must("abstract"),
        window: window(&mut fields),
        default_language: fields.text("default-language"),
        contact: fields.text("contact"),
        notice: fields.must("notice"),
        translations: Vec::new(),
    };
    let mut layers: Vec<LayerConfig> = Vec::new();
    for (start, layer) in fields.tables("layer") {
        let number = layers.len() + 1;
        let mut inner =
            Fields::new(FILE, text, format!("layer {number}"), start, layer, fields.faults());
        let config = layer_config(&mut inner);
        if layers.iter().any(|other| other.info.id == config.info.id) {
            inner.fault(
                "id",
                format!("`{}` is the id of another layer too", config.info.id),
                "give each layer its own id",
            );
        }
        inner.finish();
        layers.push(config);
    }
    if layers.is_empty() {
        fields.fault("layer", "there is no layer".to_owned(), "add a [[layer]] table");
    }
    for (start, table) in fields.tables("translation") {
        let number = about.translations.len() + 1;
        let label = format!("translation {number}");
        let mut inner = Fields::new(FILE, text, label, start, table, fields.faults());
        let translation = translation(&mut inner, &layers);
        if about.translations.iter().any(|other| other.language == translation.language) {
            inner.fault(
                "language",
                format!("`{}` is translated already", translation.language),
                "keep one [[translation]] a language",
            );
        }
        inner.finish();
        about.translations.push(translation);
    }
    let relief = fields.value("relief").and_then(|value| {
        let table = value.get_ref().as_table()?;
        let start = value.span().start;
        let mut inner = Fields::new(FILE, text, "relief".to_owned(), start, table, fields.faults());
        let relief = relief(&mut inner);
        inner.finish();
        relief
    });
    fields.finish();
    Some(Config { about, layers, relief })
}

fn window(fields: &mut Fields<'_, '_>) -> Rect<f64> {
    let whole = Rect::new(Coord { x: -180., y: -90. }, Coord { x: 180., y: 90. });
    let numbers = fields.numbers("window");
    match numbers.as_deref() {
        Some(&[west, south, east, north])
            if west < east
                && south < north
                && west >= -180.
                && east <= 180.
                && south >= -90.
                && north <= 90. =>
        {
            Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north })
        }
        _ => {
            fields.fault(
                "window",
                "is not a window".to_owned(),
                "write `window = [west, south, east, north]` in degrees, west < east, south < north",
            );
            whole
        }
    }
}

fn layer_config(fields: &mut Fields<'_, '_>) -> LayerConfig {
    let id = fields.must("id");
    if !id.is_empty() {
        fields.label(&format!("layer `{id}`"));
    }
    if !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        fields.fault(
            "id",
            format!("`{id}` is not an id"),
            "write letters, digits, hyphens and underscores, so that it can stand in an address",
        );
    }
    if [Atlas::CLAIMS, Atlas::EVENTS].contains(&id.as_str()) {
        fields.fault(
            "id",
            format!("`{id}` is the collection made from the ledger"),
            "call the layer otherwise",
        );
    }
    let words: Vec<&str> = LayerKind::IN_FILES.iter().map(|(_, word)| *word).collect();
    let kind = LayerKind::from_word(&fields.must_word("kind", &words)).unwrap_or(LayerKind::Plain);
    let file = fields.must("file");
    inside("file", &file, fields);
    let source = fields.text("source");
    if kind != LayerKind::Plain && source.is_none() {
        fields.fault(
            "source",
            "is missing".to_owned(),
            "name an entry of sources.toml: every mark on the map has a source",
        );
    }
    let timed = |given: Option<String>, default: &str| {
        given.or_else(|| (kind != LayerKind::Plain).then(|| default.to_owned()))
    };
    LayerConfig {
        id_property: fields.text("id-property"),
        info: LayerInfo {
            title: fields.text("title").unwrap_or_else(|| id.clone()),
            description: fields.text("description").unwrap_or_default(),
            licence: fields.text("licence"),
            attribution: fields.text("attribution"),
            geometry_property: fields
                .text("geometry-property")
                .unwrap_or_else(|| "geometry".to_owned()),
            start_property: timed(fields.text("start-property"), "start"),
            end_property: timed(fields.text("end-property"), "end"),
            is_restricted: is_restricted(fields),
            kind,
            source,
            id,
        },
        file,
    }
}

fn translation(fields: &mut Fields<'_, '_>, layers: &[LayerConfig]) -> Translation {
    let language = fields.must("language");
    let mut subtags = language.split('-');
    let is_primary =
        |tag: &str| matches!(tag.len(), 2..=3) && tag.bytes().all(|b| b.is_ascii_lowercase());
    let is_tag = subtags.next().is_some_and(is_primary)
        && subtags.all(|tag| {
            matches!(tag.len(), 1..=8) && tag.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    if !language.is_empty() && !is_tag {
        fields.fault(
            "language",
            format!("`{language}` is not a language tag"),
            "write it after BCP 47, as `ru` or `uz-Cyrl`",
        );
    }
    let titles = fields.labels("layers");
    let made = [Atlas::CLAIMS, Atlas::EVENTS];
    for (id, _) in &titles {
        if !made.contains(&id.as_str()) && layers.iter().all(|layer| layer.info.id != *id) {
            fields.fault(
                "layers",
                format!("`{id}` is no layer of this atlas"),
                "name a layer by its id, or `claims` or `events`",
            );
        }
    }
    Translation {
        language,
        title: fields.text("title"),
        notice: fields.text("notice"),
        layers: titles,
    }
}

/// Takes `access`: whether what a table holds is kept from the public.
pub(super) fn is_restricted(fields: &mut Fields<'_, '_>) -> bool {
    // A word that is not known is a fault, and hides what it stands at rather than show it.
    let given = fields.has("access");
    fields.word("access", &ACCESS).map_or(given, |access| access == "restricted")
}

/// Whether a path stays in the folder, as it is written.
pub(super) fn leads_out(path: &str) -> bool {
    path.starts_with(['/', '\\']) || path.split(['/', '\\']).any(|part| part == "..")
}

fn inside(field: &'static str, path: &str, fields: &mut Fields<'_, '_>) {
    if leads_out(path) {
        fields.fault(
            field,
            format!("`{path}` leads out of the folder"),
            "name a file inside the geodata folder",
        );
    }
}

fn relief(fields: &mut Fields<'_, '_>) -> Option<ReliefConfig> {
    let tiles = fields.must("tiles");
    inside("tiles", &tiles, fields);
    if !["{z}", "{x}", "{y}"].iter().all(|part| tiles.contains(part)) {
        fields.fault(
            "tiles",
            format!("`{tiles}` does not say where a tile lies"),
            "write a path with {z}, {x} and {y}, as `relief/{z}/{x}/{y}.png`",
        );
    }
    let mut zoom = |field| {
        let zoom = fields.whole(field).and_then(|zoom| u8::try_from(zoom).ok());
        zoom.filter(|zoom| *zoom <= 14).or_else(|| {
            fields.fault(field, "is not a zoom".to_owned(), "write a whole number from 0 to 14");
            None
        })
    };
    let (min_zoom, max_zoom) = (zoom("min-zoom"), zoom("max-zoom"));
    // Every field is taken before a zoom is missed: what is left over is a fault.
    let attribution = fields.text("attribution");
    let licence = fields.text("licence");
    let source = fields.text("source");
    Some(ReliefConfig {
        min_zoom: min_zoom?,
        max_zoom: max_zoom?,
        tiles,
        attribution,
        licence,
        source,
    })
}
