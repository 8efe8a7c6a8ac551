//! Timelines as JSON: claims and events with their people, sources and what
//! contradicts them.

use serde_json::{Value, json};

use super::given;

use crate::atlas::ledger::{Claim, Contradiction, Event, Ledger};
use crate::atlas::{Atlas, Day, EdtfDate, since_text};
use crate::query::Entry;

/// The answer to a question about claims and events.
pub struct Timeline<'a> {
    pub atlas: &'a Atlas,
    pub entries: &'a [Entry],
    /// Claims that name no location, where a place was asked about.
    pub unlocated: &'a [Entry],
    pub known_at: Option<Day>,
}

impl Timeline<'_> {
    /// As JSON, with the notice.
    #[must_use]
    pub fn json(&self) -> Value {
        let written = |entries: &[Entry]| -> Vec<Value> {
            entries.iter().map(|entry| self.entry(*entry)).collect()
        };
        let mut answer = json!({
            "notice": self.atlas.about.notice,
            "known_at": self.known_at.map(|day| day.to_string()),
            "numberReturned": self.entries.len(),
            "entries": written(self.entries),
        });
        if !self.unlocated.is_empty() {
            answer["message"] = json!(self.message());
            answer["unlocated"] = json!(written(self.unlocated));
        }
        answer
    }

    /// What to say of claims without location; empty where there are none.
    #[must_use]
    pub fn message(&self) -> String {
        match self.unlocated.len() {
            0 => String::new(),
            1 => "1 more claim names no location, and may speak of ground here or anywhere."
                .to_owned(),
            many => format!(
                "{many} more claims name no location, and may speak of ground here or anywhere."
            ),
        }
    }

    fn entry(&self, entry: Entry) -> Value {
        let ledger = &self.atlas.ledger;
        given(match entry {
            Entry::Claim { row, inherited } => {
                claim(ledger, &ledger.claims[row], inherited, self.known_at)
            }
            Entry::Event { row } => event(ledger, &ledger.events[row], self.known_at),
        })
    }
}

fn claim(ledger: &Ledger, claim: &Claim, inherited: bool, known_at: Option<Day>) -> Value {
    let (start, end) = days(claim.about.as_ref());
    let actor = |id: &Option<String>| {
        id.as_deref().map(|id| json!({ "id": id, "name": ledger.actor_name(id) }))
    };
    let contradicted: Vec<Value> = ledger
        .contradictions
        .iter()
        .filter(|entry| entry.claims.contains(&claim.id) && is_known(ledger, entry, known_at))
        .map(|entry| json!(entry))
        .collect();
    json!({
        "type": "claim",
        "id": claim.id,
        "date": claim.about,
        "start": start,
        "end": end,
        "reported": claim.reported,
        "known_from": ledger.claim_known(claim).map(since_text),
        "asserts": claim.asserts.word(),
        "status_class": claim.asserts.class(),
        "areas": claim.areas,
        "inherited": inherited,
        "summary": claim.summary,
        "quote": claim.quote,
        "claimant": { "id": claim.claimant, "name": ledger.actor_name(&claim.claimant) },
        "reporter": actor(&claim.reporter),
        "laid_by": actor(&claim.laid_by),
        "cleared_by": actor(&claim.cleared_by),
        "verified_by": actor(&claim.verified_by),
        "hazard": claim.hazard,
        "evidence": claim.evidence,
        "title_only": claim.title_only,
        "sources": sources(ledger, &claim.sources),
        "contradicted_by": contradicted,
        // Notes are written from what is known now.
        "notes": claim.notes.as_ref().filter(|_| known_at.is_none()),
        "origin": claim.origin,
    })
}

fn event(ledger: &Ledger, event: &Event, known_at: Option<Day>) -> Value {
    let (start, end) = days(event.date.as_ref());
    json!({
        "type": "event",
        "id": event.id,
        "kind": event.kind,
        "date": event.date,
        "start": start,
        "end": end,
        "reported": event.reported,
        "known_from": ledger.event_known(event).map(since_text),
        "title": event.title,
        "summary": event.summary,
        "quote": event.quote,
        "parties": event.parties,
        // What became of an event is what is known now.
        "state": event.state.as_ref().filter(|_| known_at.is_none()),
        "covers": event.covers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "figures": event.figures,
        "title_only": event.title_only,
        "sources": sources(ledger, &event.sources),
        "notes": event.notes.as_ref().filter(|_| known_at.is_none()),
        "origin": event.origin,
    })
}

/// Whether all that a contradiction names was known on a day: its sentence speaks
/// of all of it.
fn is_known(ledger: &Ledger, entry: &Contradiction, known_at: Option<Day>) -> bool {
    let Some(known_at) = known_at else { return true };
    let by_then = |day: Option<Day>| day.is_some_and(|day| day <= known_at);
    let claims = entry.claims.iter().filter_map(|id| ledger.claim_row(id));
    let mut claims = claims.map(|row| ledger.claim_known(&ledger.claims[row]));
    let events = ledger.events.iter().filter(|event| entry.events.contains(&event.id));
    let mut events = events.map(|event| ledger.event_known(event));
    claims.all(by_then) && events.all(by_then)
}

fn days(date: Option<&EdtfDate>) -> (Option<String>, Option<String>) {
    let period = date.map(EdtfDate::period);
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    (day(period.and_then(|period| period.first)), day(period.and_then(|period| period.last)))
}

fn sources(ledger: &Ledger, ids: &[String]) -> Vec<Value> {
    ids.iter().filter_map(|id| ledger.source(id)).map(|source| json!(source)).collect()
}
