//! Timelines as JSON: claims and events with their people, sources and what
//! contradicts them.

use serde_json::{Value, json};

use super::given;

use crate::atlas::ledger::{Claim, Event, Ledger};
use crate::atlas::{Atlas, EdtfDate};
use crate::query::Entry;

/// A timeline with the notice.
#[must_use]
pub fn timeline(atlas: &Atlas, entries: &[Entry]) -> Value {
    let entries: Vec<Value> =
        entries.iter().map(|entry| self::entry(&atlas.ledger, *entry)).collect();
    json!({ "notice": atlas.about.notice, "numberReturned": entries.len(), "entries": entries })
}

fn entry(ledger: &Ledger, entry: Entry) -> Value {
    given(match entry {
        Entry::Claim { row, inherited } => claim(ledger, &ledger.claims[row], inherited),
        Entry::Event { row } => event(ledger, &ledger.events[row]),
    })
}

fn claim(ledger: &Ledger, claim: &Claim, inherited: bool) -> Value {
    let (start, end) = days(claim.about.as_ref());
    let actor = |id: &Option<String>| {
        id.as_deref().map(|id| json!({ "id": id, "name": ledger.actor_name(id) }))
    };
    let contradicted: Vec<Value> = ledger
        .contradictions
        .iter()
        .filter(|entry| entry.claims.contains(&claim.id))
        .map(|entry| json!(entry))
        .collect();
    json!({
        "type": "claim",
        "id": claim.id,
        "date": claim.about,
        "start": start,
        "end": end,
        "reported": claim.reported,
        "known_from": ledger.claim_known(claim).map(|day| day.to_string()),
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
        "notes": claim.notes,
        "origin": claim.origin,
    })
}

fn event(ledger: &Ledger, event: &Event) -> Value {
    let (start, end) = days(event.date.as_ref());
    json!({
        "type": "event",
        "id": event.id,
        "kind": event.kind,
        "date": event.date,
        "start": start,
        "end": end,
        "reported": event.reported,
        "known_from": ledger.event_known(event).map(|day| day.to_string()),
        "title": event.title,
        "summary": event.summary,
        "quote": event.quote,
        "parties": event.parties,
        "state": event.state,
        "covers": event.covers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "figures": event.figures,
        "title_only": event.title_only,
        "sources": sources(ledger, &event.sources),
        "notes": event.notes,
        "origin": event.origin,
    })
}

fn days(date: Option<&EdtfDate>) -> (Option<String>, Option<String>) {
    let period = date.map(EdtfDate::period);
    let day = |day: Option<crate::atlas::Day>| day.map(|day| day.to_string());
    (day(period.and_then(|period| period.first)), day(period.and_then(|period| period.last)))
}

fn sources(ledger: &Ledger, ids: &[String]) -> Vec<Value> {
    ids.iter().filter_map(|id| ledger.source(id)).map(|source| json!(source)).collect()
}
