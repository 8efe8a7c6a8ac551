//! What is reported of an area, at a day, as known on a day.
//!
//! The rules are those of `docs/atlas.md`: claims stand, silence never
//! displaces a statement of substance, contradictions are shown and not
//! settled, and nothing changes by the passing of time alone.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::date::EdtfDate;
use super::json_text::write_text;
use super::ledger::Ledger;

/// How a reported area is located.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    Surveyed,
    Settlement,
    EnclavePerimeter,
    BorderStretch,
    District,
    Country,
    Unlocated,
}

impl Basis {
    /// Every basis with its word.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Surveyed, "surveyed"),
        (Self::Settlement, "settlement"),
        (Self::EnclavePerimeter, "enclave-perimeter"),
        (Self::BorderStretch, "border-stretch"),
        (Self::District, "district"),
        (Self::Country, "country"),
        (Self::Unlocated, "unlocated"),
    ];

    /// The basis that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, w)| *w == word).map(|(basis, _)| *basis)
    }

    /// Whether the geometry is a whole unit that the source named, so that a
    /// place inside is covered rather than near.
    #[must_use]
    pub fn covers(self) -> bool {
        matches!(self, Self::District | Self::Country)
    }
}

/// What a version of a reported area says of its place.
#[derive(Clone, Debug)]
pub struct Area {
    pub basis: Basis,
    /// How far the ground spoken of may lie from the geometry, metres.
    pub uncertainty_m: f64,
    /// Ids of the areas that contain it directly.
    pub within: Vec<String>,
}

/// The status of an area at a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The standing claim: its row in the ledger.
    pub standing: Option<usize>,
    /// Live claims about the area itself.
    pub claims: Vec<usize>,
    /// Live claims about areas that contain it.
    pub inherited: Vec<usize>,
    /// Live claims of the contradictions that touch it.
    pub contested_by: Vec<usize>,
}

impl Status {
    /// Those of [`Self::PROPERTIES`] that are true or false; the others are texts.
    pub const FLAGS: [&'static str; 2] = ["status_title_only", "contested"];

    /// Names of the properties that a status answers with.
    pub const PROPERTIES: [&'static str; 14] = [
        "status",
        "status_class",
        "status_by",
        "status_reporter",
        "status_reported",
        "status_about",
        "status_claim",
        "status_title_only",
        "contested",
        "contested_by",
        "claims",
        "inherited",
        "hazards",
        "sources",
    ];

    /// What the standing claim asserts, or `no-reports`.
    #[must_use]
    pub fn word(&self, ledger: &Ledger) -> &'static str {
        self.standing.map_or("no-reports", |row| ledger.claims[row].asserts.word())
    }

    /// The class of [`Self::word`], as maps show it.
    #[must_use]
    pub fn class(&self, ledger: &Ledger) -> &'static str {
        self.standing.map_or("unknown", |row| ledger.claims[row].asserts.class())
    }

    /// The status as flat properties, in the order of [`Self::PROPERTIES`].
    #[must_use]
    pub fn properties(&self, ledger: &Ledger) -> Map<String, Value> {
        Self::PROPERTIES
            .iter()
            .map(|name| ((*name).to_owned(), self.property(ledger, name).into()))
            .collect()
    }

    /// Writes [`Self::PROPERTIES`] as the members of a JSON object, with commas between.
    pub fn write(&self, ledger: &Ledger, out: &mut String) {
        for (index, name) in Self::PROPERTIES.iter().enumerate() {
            // None of the names has a sign that JSON would escape.
            for part in [if index > 0 { ",\"" } else { "\"" }, name, "\":"] {
                out.push_str(part);
            }
            match self.property(ledger, name) {
                Said::Nothing => out.push_str("null"),
                Said::Flag(flag) => out.push_str(if flag { "true" } else { "false" }),
                Said::Text(said) => write_text(out, &said),
            }
        }
    }

    /// One of [`Self::PROPERTIES`]; nothing for any other name.
    #[must_use]
    pub fn property<'a>(&self, ledger: &'a Ledger, name: &str) -> Said<'a> {
        let standing = self.standing.map(|row| &ledger.claims[row]);
        let ids = |rows: &[usize]| joined(rows.iter().map(|row| ledger.claims[*row].id.as_str()));
        let own = || self.claims.iter().map(|row| &ledger.claims[*row]);
        let text = |text: Option<&'a str>| text.map_or(Said::Nothing, Said::from);
        match name {
            "status" => self.word(ledger).into(),
            "status_class" => self.class(ledger).into(),
            "status_by" => text(standing.map(|claim| ledger.actor_name(&claim.claimant))),
            "status_reporter" => {
                let reporter = standing.and_then(|claim| claim.reporter.as_deref());
                text(reporter.map(|id| ledger.actor_name(id)))
            }
            "status_reported" => {
                text(standing.and_then(|claim| ledger.claim_reported(claim)).map(EdtfDate::text))
            }
            "status_about" => {
                text(standing.and_then(|claim| claim.about.as_ref()).map(EdtfDate::text))
            }
            "status_claim" => text(standing.map(|claim| claim.id.as_str())),
            "status_title_only" => Said::Flag(standing.is_some_and(|claim| claim.title_only)),
            "contested" => Said::Flag(!self.contested_by.is_empty()),
            "contested_by" => ids(&self.contested_by),
            "claims" => ids(&self.claims),
            "inherited" => ids(&self.inherited),
            "hazards" => unique(own().flat_map(|claim| &claim.hazard)),
            "sources" => unique(own().flat_map(|claim| &claim.sources)),
            _ => Said::Nothing,
        }
    }
}

/// What a status says in one of its properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    Nothing,
    Flag(bool),
    Text(Cow<'a, str>),
}

impl<'a> From<&'a str> for Said<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<Said<'_>> for Value {
    fn from(said: Said<'_>) -> Self {
        match said {
            Said::Nothing => Self::Null,
            Said::Flag(flag) => Self::Bool(flag),
            Said::Text(text) => Self::String(text.into_owned()),
        }
    }
}

/// Words with commas between.
fn joined<'a>(mut words: impl Iterator<Item = &'a str>) -> Said<'a> {
    let Some(first) = words.next() else { return "".into() };
    // Most lists are of one.
    let mut all = Cow::Borrowed(first);
    for word in words {
        let all = all.to_mut();
        all.push_str(", ");
        all.push_str(word);
    }
    Said::Text(all)
}

fn unique<'a>(words: impl Iterator<Item = &'a String>) -> Said<'a> {
    let mut seen: Vec<&str> = Vec::new();
    for word in words {
        if !seen.contains(&word.as_str()) {
            seen.push(word);
        }
    }
    joined(seen.into_iter())
}
