//! How layers look in files that carry styles, as on the map: the values are
//! those of `web/src/map/looks.ts`. Nothing is green; a claim of clearance is an
//! outline and never filled; what is of unknown extent has broken outlines.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::atlas::schema::Column;
use crate::atlas::{Layer, LayerKind};

/// What a property must say for a look to apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    Is(&'static str, String),
    IsNot(&'static str, String),
}

impl Test {
    fn holds(&self, properties: &Map<String, Value>) -> bool {
        let text = |name: &str| properties.get(name).and_then(Value::as_str).unwrap_or_default();
        match self {
            Self::Is(name, value) => text(name) == value,
            Self::IsNot(name, value) => text(name) != value,
        }
    }
}

/// The form of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Triangle,
    Diamond,
    Square,
    Circle,
}

/// How the inside of a polygon is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fill {
    None,
    /// A colour, and how opaque it is.
    Solid(&'static str, f64),
    /// As reported areas are: hatched where the area is a whole country or district
    /// and may harm, filled where a survey gave the polygon and the report is of a
    /// hazard, else empty.
    Area,
}

/// How the features of a kind look.
#[derive(Clone, Debug)]
pub struct Look {
    /// Unique in a layer.
    pub id: String,
    pub label: String,
    /// All of them must hold. The last look of a layer has none.
    pub when: Vec<Test>,
    /// `#rrggbb`
    pub colour: &'static str,
    /// Of lines and outlines, pixels.
    pub width: f64,
    /// Lengths of dashes and gaps in line widths; empty for a solid line.
    pub dash: &'static [f64],
    pub fill: Fill,
    pub mark: Mark,
    /// Whether a mark is filled.
    pub filled: bool,
    /// What may harm more is drawn over what may harm less. What is claimed to be
    /// cleared comes below what nobody knows: a claim hides nothing.
    pub harm: u8,
}

const INK: &str = "#22252b";
const SETTLEMENT: &str = "#3a3d44";
const TINTS: [&str; 4] = ["#fbf1dd", "#efe9f8", "#e4eef9", "#f6ece6"];
const REACH_DASH: [f64; 2] = [2.6, 4.4];
/// Dashes of a second tone, which fall into the gaps of what is of unknown extent.
pub const SECOND_DASH: [f64; 4] = [0., 4.1, 1.4, 1.5];

/// Lines round what is contested.
pub const CONTESTED: &str = "#16181c";

/// Look, status of a border, label, colour, width, dashes.
const BORDERS: [(&str, &str, &str, f64, &[f64]); 4] = [
    ("delimited", "Delimited", INK, 1.8, &[]),
    ("demarcated", "Demarcated", INK, 2.8, &[]),
    ("disputed", "Disputed", "#8a1c7c", 2.6, &[3., 1.6]),
    ("unstated", "Status not stated", "#4c5058", 2., &[0.4, 1.8]),
];

/// Look, label, colour, mark, whether the mark is filled, harm.
const AREAS: [(&str, &str, &str, Mark, bool, u8); 5] = [
    ("hazard-suspected", "Reported suspected", "#a65200", Mark::Triangle, false, 3),
    ("hazard-mined", "Reported mined", "#a3121f", Mark::Triangle, true, 4),
    ("clearance-under-way", "Clearance reported under way", "#6b4226", Mark::Diamond, true, 2),
    (
        "clearance-claimed",
        "Clearance claimed, not verified here",
        "#3f5f8a",
        Mark::Square,
        false,
        0,
    ),
    ("unknown", "Unknown or no reports", "#5b616b", Mark::Circle, false, 1),
];

/// The looks of a layer, in the order in which they are tried.
#[must_use]
pub fn of(layer: &Layer) -> Vec<Look> {
    match layer.info.kind {
        LayerKind::Border => borders(),
        LayerKind::ReportedArea => areas("status"),
        LayerKind::Claims => areas("asserts"),
        LayerKind::Territory => territories(layer),
        LayerKind::Enclave => {
            vec![Look {
                fill: Fill::Solid("#5a3e94", 0.07),
                ..line("enclave", "#5a3e94", 1.6, &[])
            }]
        }
        LayerKind::Settlement => vec![line("settlement", SETTLEMENT, 1.2, &[])],
        LayerKind::Events => vec![line("event", INK, 1.6, &[4., 2.])],
        LayerKind::Context | LayerKind::Plain => vec![context(&layer.info.id)],
    }
}

/// The look of a feature.
#[must_use]
pub fn look<'a>(looks: &'a [Look], properties: &Map<String, Value>) -> Option<&'a Look> {
    looks.iter().find(|look| look.when.iter().all(|test| test.holds(properties)))
}

/// Whether a reported area's polygon is filled: a survey gave it, and the
/// report is of a hazard.
#[must_use]
pub fn is_filled(look: &Look, properties: &Map<String, Value>) -> bool {
    let basis = properties.get("basis").and_then(Value::as_str);
    is_hazard(look) && basis == Some("surveyed")
}

/// Whether a look is that of a reported hazard.
#[must_use]
pub fn is_hazard(look: &Look) -> bool {
    look.id.starts_with("hazard-")
}

/// Whether a whole country or district of this look is hatched; one that is claimed to
/// be cleared has a rim alone.
#[must_use]
pub fn is_hatched(look: &Look) -> bool {
    look.fill == Fill::Area && look.harm > 0
}

fn line(id: &str, colour: &'static str, width: f64, dash: &'static [f64]) -> Look {
    Look {
        id: id.to_owned(),
        label: String::new(),
        when: Vec::new(),
        colour,
        width,
        dash,
        fill: Fill::None,
        mark: Mark::Circle,
        filled: false,
        harm: 0,
    }
}

fn borders() -> Vec<Look> {
    let look = |(status, label, colour, width, dash): (&str, &str, _, _, _)| {
        let when = match status {
            "unstated" => Vec::new(),
            _ => vec![Test::Is("status", status.to_owned())],
        };
        let label = label.to_owned();
        Look { label, when, ..line(&format!("border-{status}"), colour, width, dash) }
    };
    BORDERS.map(look).into()
}

/// Looks by `status_class`, and by what is asserted, which stands in `word`.
fn areas(word: &'static str) -> Vec<Look> {
    let look = |(id, label, colour, mark, filled, harm): (&str, &str, _, _, _, _)| {
        let class = |class: &str| Test::Is("status_class", class.to_owned());
        let when = match id {
            "hazard-suspected" => {
                vec![class("hazard-reported"), Test::Is(word, "suspected".to_owned())]
            }
            "hazard-mined" => {
                vec![class("hazard-reported"), Test::IsNot(word, "suspected".to_owned())]
            }
            "unknown" => Vec::new(),
            other => vec![class(other)],
        };
        let label = label.to_owned();
        let outline = line(id, colour, 1.5, &REACH_DASH);
        Look { label, when, mark, filled, harm, fill: Fill::Area, ..outline }
    };
    AREAS.map(look).into()
}

/// A tint for each country, in order of their codes.
fn territories(layer: &Layer) -> Vec<Look> {
    let mut countries: BTreeSet<&str> = BTreeSet::new();
    if let Some(Column::Text(texts)) = layer.schema.get("country").map(|own| &own.column) {
        countries.extend((0..layer.features.len()).filter_map(|row| texts.get(row)));
    }
    let tinted = |index: usize| Look {
        fill: Fill::Solid(TINTS[index % TINTS.len()], 1.),
        ..line(&format!("territory-{index}"), "#c9c2b2", 1., &[])
    };
    let mut looks: Vec<Look> = countries
        .iter()
        .enumerate()
        .map(|(index, country)| Look {
            label: (*country).to_owned(),
            when: vec![Test::Is("country", (*country).to_owned())],
            ..tinted(index)
        })
        .collect();
    looks.push(tinted(countries.len()));
    looks
}

/// Context layers have no kind of their own; their name tells.
fn context(id: &str) -> Look {
    let names = |words: &[&str]| words.iter().any(|word| id.contains(word));
    if names(&["water", "lake", "reservoir"]) {
        Look { fill: Fill::Solid("#a9cbe8", 1.), ..line("water", "#6ba3d0", 0.8, &[]) }
    } else if names(&["river", "stream", "canal"]) {
        line("river", "#6ba3d0", 1.4, &[])
    } else {
        line("context", "#8d8577", 1., &[4., 2.])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The map's own table is the one that says how things look.
    #[test]
    fn looks_are_those_of_the_map() {
        let table = concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/map/looks.ts");
        let table = std::fs::read_to_string(table).unwrap();
        let of_borders = BORDERS.map(|(_, _, colour, ..)| colour);
        let of_areas = AREAS.map(|(_, _, colour, ..)| colour);
        for colour in
            of_borders.iter().chain(&of_areas).chain(&TINTS).chain([&CONTESTED, &SETTLEMENT])
        {
            assert!(table.contains(colour), "{colour}");
        }
        for look in areas("status") {
            let (_, own) = table.split_once(&format!("{}: {{", quoted(&look.id))).unwrap();
            let value = |name: &str| {
                let (_, rest) = own.split_once(&format!("{name}: ")).unwrap();
                rest.split_once(',').unwrap().0.to_owned()
            };
            assert_eq!(value("harm"), look.harm.to_string(), "{}", look.id);
            assert_eq!(value("hatched"), is_hatched(&look).to_string(), "{}", look.id);
        }
    }

    /// As names of properties stand in the map's table.
    fn quoted(id: &str) -> String {
        if id.contains('-') { format!("{id:?}") } else { id.to_owned() }
    }

    #[test]
    fn no_look_is_green_and_no_claim_of_clearance_is_filled() {
        let claims = areas("status");
        for look in claims.iter().chain(&borders()) {
            let part = |from: usize| u8::from_str_radix(&look.colour[from..from + 2], 16).unwrap();
            let (red, green, blue) = (part(1), part(3), part(5));
            assert!(green <= red.max(blue), "{}", look.id);
        }
        let surveyed = |class: &str| {
            let Value::Object(properties) = serde_json::json!({
                "status": "cleared", "status_class": class, "basis": "surveyed"
            }) else {
                unreachable!()
            };
            let look = look(&claims, &properties).unwrap();
            (look.filled, is_filled(look, &properties))
        };
        assert_eq!(surveyed("clearance-claimed"), (false, false));
        assert_eq!(surveyed("hazard-reported"), (true, true));
    }
}
