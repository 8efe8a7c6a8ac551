//! What is reported of an area, at a day, as known on a day.
//!
//! The rules are those of `docs/atlas.md`: claims stand, silence never
//! displaces a statement of substance, contradictions are shown and not
//! settled, and nothing changes by the passing of time alone.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use hashbrown::HashMap;
use serde_json::{Map, Value};

use super::date::{Day, EdtfDate, Period};
use super::layer::Layer;
use super::ledger::{Claim, Ledger};

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

#[derive(Debug)]
struct Record {
    own: Vec<usize>,
    inherited: Vec<usize>,
    /// Contradictions that name a claim about the area or one that contains it,
    /// each as the rows of its claims.
    contradictions: Vec<Vec<usize>>,
    /// Status from a day on, earliest first, when every claim is known. The
    /// first holds since ever.
    slices: Vec<(Option<Day>, Status)>,
}

/// Every reported area with what is claimed of it.
#[derive(Debug, Default)]
pub struct Areas {
    records: Vec<Record>,
    rows: HashMap<String, usize>,
}

impl Areas {
    /// Joins the areas of the layers with the ledger's claims and contradictions.
    #[must_use]
    pub fn build(layers: &[Arc<Layer>], ledger: &Ledger) -> Self {
        let mut own: HashMap<&str, Vec<usize>> = HashMap::new();
        for (row, claim) in ledger.claims.iter().enumerate() {
            for area in &claim.areas {
                own.entry(area).or_default().push(row);
            }
        }
        let contradictions: Vec<Vec<usize>> = ledger
            .contradictions
            .iter()
            .map(|entry| entry.claims.iter().filter_map(|id| ledger.claim_row(id)).collect())
            .collect();
        let mut naming: HashMap<usize, Vec<usize>> = HashMap::new();
        for (entry, claims) in contradictions.iter().enumerate() {
            for claim in claims {
                naming.entry(*claim).or_default().push(entry);
            }
        }
        // An area lies within whatever any of its versions does.
        let mut parents: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut ids: Vec<&str> = Vec::new();
        for layer in layers {
            for (feature, area) in layer.features.iter().zip(&layer.areas) {
                let within = parents.entry(&feature.id).or_insert_with(|| {
                    ids.push(&feature.id);
                    Vec::new()
                });
                within.extend(area.within.iter().map(String::as_str));
            }
        }
        let about = |id: &str| own.get(id).cloned().unwrap_or_default();
        let mut records: Vec<Record> = Vec::with_capacity(ids.len());
        for id in &ids {
            let mine = about(id);
            let inherited: BTreeSet<usize> = containers(id, &parents)
                .into_iter()
                .flat_map(about)
                .filter(|row| !mine.contains(row))
                .collect();
            let claims = mine.iter().chain(&inherited);
            let touching: BTreeSet<usize> =
                claims.filter_map(|row| naming.get(row)).flatten().copied().collect();
            let mut record = Record {
                own: mine,
                inherited: inherited.into_iter().collect(),
                contradictions: touching
                    .iter()
                    .map(|entry| contradictions[*entry].clone())
                    .collect(),
                slices: Vec::new(),
            };
            record.slices = record.cut(ledger, None);
            records.push(record);
        }
        let rows = ids.iter().enumerate().map(|(row, id)| ((*id).to_owned(), row)).collect();
        Self { records, rows }
    }

    /// Claims about an area itself and those about areas that contain it, as
    /// rows of the ledger, whatever the day.
    #[must_use]
    pub fn claims_about(&self, id: &str) -> (&[usize], &[usize]) {
        self.rows.get(id).map_or((&[], &[]), |row| {
            let record = &self.records[*row];
            (&record.own, &record.inherited)
        })
    }

    /// The status of an area on `day`, as known on `known_at`, or as known now.
    #[must_use]
    pub fn status(
        &self,
        ledger: &Ledger,
        id: &str,
        day: Day,
        known_at: Option<Day>,
    ) -> Option<Cow<'_, Status>> {
        let record = &self.records[*self.rows.get(id)?];
        Some(if known_at.is_some() {
            Cow::Owned(record.status(ledger, Some(day), known_at))
        } else {
            let after = record.slices.partition_point(|(from, _)| from.is_none_or(|f| f <= day));
            Cow::Borrowed(&record.slices[after.saturating_sub(1)].1)
        })
    }

    /// The status of an area over the days of `during`, as known on `known_at`,
    /// or as known now: the runs of days in which it stays the same, earliest
    /// first. Together they are `during`; none for what is no reported area.
    #[must_use]
    pub fn spells(
        &self,
        ledger: &Ledger,
        id: &str,
        during: Period,
        known_at: Option<Day>,
    ) -> Vec<(Period, Status)> {
        let Some(row) = self.rows.get(id) else { return Vec::new() };
        let record = &self.records[*row];
        let cut = known_at.map(|_| record.cut(ledger, known_at));
        let slices = cut.as_ref().unwrap_or(&record.slices);
        let ends = slices.iter().skip(1).map(|(from, _)| from.and_then(|day| day.yesterday().ok()));
        let mut spells: Vec<(Period, Status)> = Vec::new();
        for ((first, status), last) in slices.iter().zip(ends.chain([None])) {
            let Some(days) = (Period { first: *first, last }).within(&during) else { continue };
            match spells.last_mut() {
                Some((before, same)) if same == status => before.last = days.last,
                _ => spells.push((days, status.clone())),
            }
        }
        spells
    }
}

/// The ids of all areas that contain this one, nearest first.
fn containers<'a>(id: &str, parents: &HashMap<&'a str, Vec<&'a str>>) -> Vec<&'a str> {
    let mut found: Vec<&str> = parents.get(id).cloned().unwrap_or_default();
    let mut next = 0;
    while next < found.len() {
        for parent in parents.get(found[next]).into_iter().flatten() {
            if *parent != id && !found.contains(parent) {
                found.push(parent);
            }
        }
        next += 1;
    }
    found
}

/// Whether a claim counts on `day` (`None`: before every dated claim) for
/// someone who knows what was reported by `known_at`.
fn is_live(ledger: &Ledger, claim: &Claim, day: Option<Day>, known_at: Option<Day>) -> bool {
    let begun = match (ledger.claim_begins(claim), day) {
        (None, _) => true,
        (Some(starts), Some(day)) => starts <= day,
        (Some(_), None) => false,
    };
    let known = match known_at {
        None => true,
        Some(known_at) => ledger.claim_known(claim).is_some_and(|known| known <= known_at),
    };
    begun && known
}

impl Record {
    fn status(&self, ledger: &Ledger, day: Option<Day>, known_at: Option<Day>) -> Status {
        let live = |row: &usize| is_live(ledger, &ledger.claims[*row], day, known_at);
        let claims: Vec<usize> = self.own.iter().copied().filter(live).collect();
        let weight = |row: &usize| {
            let claim = &ledger.claims[*row];
            let begins = ledger.claim_begins(claim);
            (!claim.asserts.is_silence(), begins, ledger.claim_known(claim), *row)
        };
        let contested_by: BTreeSet<usize> = self
            .contradictions
            .iter()
            .filter_map(|entry| {
                let alive: Vec<usize> = entry.iter().copied().filter(live).collect();
                let touches = |row: &usize| self.own.contains(row) || self.inherited.contains(row);
                (alive.len() >= 2 && alive.iter().any(touches)).then_some(alive)
            })
            .flatten()
            .collect();
        Status {
            standing: claims.iter().copied().max_by_key(weight),
            inherited: self.inherited.iter().copied().filter(live).collect(),
            contested_by: contested_by.into_iter().collect(),
            claims,
        }
    }

    /// The status between the days on which a claim that matters sets in.
    fn cut(&self, ledger: &Ledger, known_at: Option<Day>) -> Vec<(Option<Day>, Status)> {
        let days: BTreeSet<Option<Day>> = self
            .own
            .iter()
            .chain(&self.inherited)
            .chain(self.contradictions.iter().flatten())
            .map(|row| ledger.claim_begins(&ledger.claims[*row]))
            .chain(std::iter::once(None))
            .collect();
        days.into_iter().map(|day| (day, self.status(ledger, day, known_at))).collect()
    }
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
