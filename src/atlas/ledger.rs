//! The ledger: who asserted what, when, in which source. Plain records; the
//! files they come from are described in `docs/geodata.md`.

use std::collections::HashSet;

use hashbrown::HashMap;
use serde::Serialize;

use super::date::{Day, EdtfDate};

/// A document that is cited.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    pub id: String,
    pub title: String,
    pub publisher: String,
    pub author: Option<String>,
    pub published: Option<EdtfDate>,
    pub url: Option<String>,
    pub accessed: Option<EdtfDate>,
    pub language: Option<String>,
    pub pages: Option<String>,
    /// The footnote's number in the source document.
    pub footnote: Option<i64>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    pub notes: Option<String>,
    pub origin: Option<String>,
}

/// Someone who claims, reports, clears or signs.
#[derive(Clone, Debug, Serialize)]
pub struct Actor {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub country: Option<String>,
    pub role: Option<String>,
    pub aliases: Vec<String>,
    pub notes: Option<String>,
    pub origin: Option<String>,
}

/// What a claim says of an area. Terms after IMAS 04.10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    Mined,
    Suspected,
    MinesShifted,
    ClearanceStarted,
    PartiallyCleared,
    Cleared,
    VerifiedFree,
    NoMines,
    Unknown,
    NoFurtherInformation,
}

impl Assertion {
    /// Every assertion, with the word for it.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Mined, "mined"),
        (Self::Suspected, "suspected"),
        (Self::MinesShifted, "mines-shifted"),
        (Self::ClearanceStarted, "clearance-started"),
        (Self::PartiallyCleared, "partially-cleared"),
        (Self::Cleared, "cleared"),
        (Self::VerifiedFree, "verified-free"),
        (Self::NoMines, "no-mines"),
        (Self::Unknown, "unknown"),
        (Self::NoFurtherInformation, "no-further-information"),
    ];

    /// The assertion that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, w)| *w == word).map(|(assertion, _)| *assertion)
    }

    /// The word for it, as files and answers write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(assertion, _)| *assertion == self).map_or("unknown", |(_, w)| w)
    }

    /// Whether it says that nothing is known. Silence never displaces a
    /// statement of substance.
    #[must_use]
    pub fn is_silence(self) -> bool {
        matches!(self, Self::Unknown | Self::NoFurtherInformation)
    }

    /// The group it belongs to on a map.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Mined | Self::Suspected | Self::MinesShifted => "hazard-reported",
            Self::ClearanceStarted | Self::PartiallyCleared => "clearance-under-way",
            Self::Cleared | Self::VerifiedFree | Self::NoMines => "clearance-claimed",
            Self::Unknown | Self::NoFurtherInformation => "unknown",
        }
    }
}

/// An assertion about an area's contamination.
#[derive(Clone, Debug)]
pub struct Claim {
    pub id: String,
    /// Ids of the reported areas it speaks of; at least one.
    pub areas: Vec<String>,
    pub asserts: Assertion,
    pub hazard: Vec<String>,
    /// The time it speaks of.
    pub about: Option<EdtfDate>,
    /// When it was made public, as the file says.
    pub reported: Option<EdtfDate>,
    /// Ids of actors.
    pub claimant: String,
    pub reporter: Option<String>,
    pub evidence: Option<String>,
    /// Known from the title of a document alone.
    pub title_only: bool,
    pub laid_by: Option<String>,
    pub cleared_by: Option<String>,
    pub verified_by: Option<String>,
    /// Ids of sources; at least one.
    pub sources: Vec<String>,
    pub summary: String,
    pub quote: Option<String>,
    pub notes: Option<String>,
    pub origin: Option<String>,
}

/// A number that an event names.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub value: String,
    pub unit: Option<String>,
    pub of: Option<String>,
}

/// The id of a feature together with its layer's, written `layer/feature`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FeatureRef {
    pub layer: String,
    pub id: String,
}

impl FeatureRef {
    /// Reads `layer/feature`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (layer, id) = text.split_once('/')?;
        (!layer.is_empty() && !id.is_empty() && !id.contains('/'))
            .then(|| Self { layer: layer.to_owned(), id: id.to_owned() })
    }
}

impl std::fmt::Display for FeatureRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.layer, self.id)
    }
}

/// An agreement, a handover, a clearance, an incident: something that is said
/// to have happened.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    pub kind: String,
    pub title: String,
    pub date: Option<EdtfDate>,
    /// When it was public, as the file says.
    pub reported: Option<EdtfDate>,
    pub parties: Vec<String>,
    pub covers: Vec<FeatureRef>,
    pub figures: Vec<Figure>,
    pub state: Option<String>,
    pub sources: Vec<String>,
    pub title_only: bool,
    pub summary: Option<String>,
    pub quote: Option<String>,
    pub notes: Option<String>,
    pub origin: Option<String>,
}

/// Things in the ledger that cannot all hold, or stand in tension.
#[derive(Clone, Debug, Serialize)]
pub struct Contradiction {
    pub id: String,
    pub kind: String,
    pub statement: String,
    pub claims: Vec<String>,
    pub events: Vec<String>,
    pub indicators: Vec<String>,
    pub actors: Vec<String>,
    pub sources: Vec<String>,
    pub notes: Option<String>,
    pub origin: Option<String>,
}

/// A statement about a country: a number, a stated unknown, a recommendation.
#[derive(Clone, Debug, Serialize)]
pub struct Indicator {
    pub id: String,
    pub kind: String,
    pub label: String,
    pub value: Option<String>,
    pub year: Option<EdtfDate>,
    pub unit: Option<String>,
    pub country: Option<String>,
    pub section: Option<String>,
    pub sources: Vec<String>,
    pub notes: Option<String>,
    pub origin: Option<String>,
}

/// A place that sources name, located or not.
#[derive(Clone, Debug)]
pub struct NamedPlace {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub names: Vec<String>,
    pub country: Option<String>,
    /// The feature that stands for it, where it is located.
    pub feature: Option<FeatureRef>,
    pub notes: Option<String>,
    pub sources: Vec<String>,
    pub origin: Option<String>,
}

/// The non-geometric half of an atlas.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub sources: Vec<Source>,
    pub actors: Vec<Actor>,
    pub claims: Vec<Claim>,
    pub events: Vec<Event>,
    pub contradictions: Vec<Contradiction>,
    pub indicators: Vec<Indicator>,
    pub places: Vec<NamedPlace>,
    source_rows: HashMap<String, usize>,
    actor_rows: HashMap<String, usize>,
    claim_rows: HashMap<String, usize>,
}

impl Ledger {
    /// Makes the look-ups by id; call it once the records are all there.
    #[must_use]
    pub fn indexed(mut self) -> Self {
        fn rows<T>(records: &[T], id: impl Fn(&T) -> &String) -> HashMap<String, usize> {
            records.iter().enumerate().map(|(row, record)| (id(record).clone(), row)).collect()
        }
        self.source_rows = rows(&self.sources, |source| &source.id);
        self.actor_rows = rows(&self.actors, |actor| &actor.id);
        self.claim_rows = rows(&self.claims, |claim| &claim.id);
        self
    }

    /// The ledger without the records with some ids.
    #[must_use]
    pub fn without(mut self, ids: &HashSet<String>) -> Self {
        self.sources.retain(|source| !ids.contains(&source.id));
        self.actors.retain(|actor| !ids.contains(&actor.id));
        self.claims.retain(|claim| !ids.contains(&claim.id));
        self.events.retain(|event| !ids.contains(&event.id));
        self.contradictions.retain(|entry| !ids.contains(&entry.id));
        self.indicators.retain(|indicator| !ids.contains(&indicator.id));
        self.places.retain(|place| !ids.contains(&place.id));
        self.indexed()
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.source_rows.get(id).map(|row| &self.sources[*row])
    }

    /// The actor with this id.
    #[must_use]
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actor_rows.get(id).map(|row| &self.actors[*row])
    }

    /// The name of an actor; empty where there is no such actor.
    #[must_use]
    pub fn actor_name(&self, id: &str) -> &str {
        self.actor(id).map_or("", |actor| actor.name.as_str())
    }

    /// The row of a claim in [`Ledger::claims`].
    #[must_use]
    pub fn claim_row(&self, id: &str) -> Option<usize> {
        self.claim_rows.get(id).copied()
    }

    /// When a claim was made public: its own `reported`, else the date of its
    /// earliest source. `None` when neither is dated.
    #[must_use]
    pub fn claim_reported<'a>(&'a self, claim: &'a Claim) -> Option<&'a EdtfDate> {
        self.reported(claim.reported.as_ref(), &claim.sources)
    }

    /// When an event was public, as for a claim.
    #[must_use]
    pub fn event_reported<'a>(&'a self, event: &'a Event) -> Option<&'a EdtfDate> {
        self.reported(event.reported.as_ref(), &event.sources)
    }

    /// The first day that a claim speaks of; of a claim that does not say, the day
    /// it was made public. `None` for one that speaks of all before, or is
    /// undated.
    #[must_use]
    pub fn claim_begins(&self, claim: &Claim) -> Option<Day> {
        let about = claim.about.as_ref().or_else(|| self.claim_reported(claim));
        about?.period().first
    }

    /// The first day on which a claim can have been known.
    #[must_use]
    pub fn claim_known(&self, claim: &Claim) -> Option<Day> {
        self.claim_reported(claim).map(since)
    }

    /// The first day on which an event can have been known.
    #[must_use]
    pub fn event_known(&self, event: &Event) -> Option<Day> {
        self.event_reported(event).map(since)
    }

    fn reported<'a>(
        &'a self,
        own: Option<&'a EdtfDate>,
        sources: &[String],
    ) -> Option<&'a EdtfDate> {
        own.or_else(|| {
            let published = sources.iter().filter_map(|id| self.source(id)?.published.as_ref());
            published.min_by_key(|date| since(date))
        })
    }
}

/// The earliest day that a date may mean; a date without one, `../2003`, means
/// that it was so ever before.
fn since(date: &EdtfDate) -> Day {
    date.period().first.unwrap_or(Day::MIN)
}
