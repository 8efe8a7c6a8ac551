//! Claims and events in order of date.

use std::collections::BTreeSet;

use super::{Bbox, Circle, Query, Stop, Stopped, When, run};
use crate::atlas::ledger::FeatureRef;
use crate::atlas::{Atlas, Day, Period};

/// One entry of a timeline: a row of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// A claim; `inherited` when it is about an area that contains the one
    /// asked for.
    Claim {
        row: usize,
        inherited: bool,
    },
    Event {
        row: usize,
    },
}

/// What a timeline is asked for. Every part narrows it.
#[derive(Clone, Debug, Default)]
pub struct TimelineQuestion {
    pub feature: Option<FeatureRef>,
    pub near: Option<Circle>,
    pub bbox: Option<Bbox>,
    /// Only what speaks of a day in this run of days.
    pub during: Option<Period>,
    /// `claim`, `event`, or a kind of event.
    pub kind: Option<String>,
    pub known_at: Option<Day>,
    /// When to break off.
    pub stop: Stop,
}

/// The claims and events about one feature.
#[must_use]
pub fn of_feature(atlas: &Atlas, feature: &FeatureRef) -> BTreeSet<Entry> {
    let (own, inherited) = atlas.areas.claims_about(&feature.id);
    let is_area = atlas
        .layer(&feature.layer)
        .is_some_and(|layer| layer.info.kind == crate::atlas::LayerKind::ReportedArea);
    let mut entries = BTreeSet::new();
    if is_area {
        entries.extend(own.iter().map(|row| Entry::Claim { row: *row, inherited: false }));
        entries.extend(inherited.iter().map(|row| Entry::Claim { row: *row, inherited: true }));
    }
    let events = &atlas.ledger.events;
    entries.extend(match feature.layer.as_str() {
        Atlas::CLAIMS => {
            atlas.ledger.claim_row(&feature.id).map(|row| Entry::Claim { row, inherited: false })
        }
        Atlas::EVENTS => {
            events.iter().position(|event| event.id == feature.id).map(|row| Entry::Event { row })
        }
        _ => None,
    });
    // The event at whose occasion a version begins belongs to it, whether or
    // not the event says that it covers the feature.
    let named: Vec<String> = atlas.layer(&feature.layer).map_or(Vec::new(), |layer| {
        let versions = layer.versions(&feature.id).iter();
        versions.filter_map(|row| layer.text(layer.feature(*row), "event")).collect()
    });
    entries.extend(
        events
            .iter()
            .enumerate()
            .filter(|(_, event)| event.covers.contains(feature) || named.contains(&event.id))
            .map(|(row, _)| Entry::Event { row }),
    );
    entries
}

/// The claims that a question about a place cannot find, since they name no
/// location: they may speak of ground there or anywhere.
///
/// # Errors
/// When it was broken off.
pub fn unlocated(
    atlas: &Atlas,
    question: &TimelineQuestion,
    today: Day,
) -> Result<Vec<Entry>, Stopped> {
    if question.near.is_none() && question.bbox.is_none() {
        return Ok(Vec::new());
    }
    let anywhere = TimelineQuestion { near: None, bbox: None, ..question.clone() };
    let is_lost = |entry: &Entry| match entry {
        Entry::Claim { row, .. } => atlas
            .layer(Atlas::CLAIMS)
            .and_then(|layer| layer.features.get(*row))
            .is_some_and(|feature| !feature.is_located()),
        Entry::Event { .. } => false,
    };
    Ok(timeline(atlas, &anywhere, today)?.into_iter().filter(is_lost).collect())
}

/// Answers a timeline, in order of the first day spoken of; what has none comes
/// last.
///
/// # Errors
/// When it was broken off.
pub fn timeline(
    atlas: &Atlas,
    question: &TimelineQuestion,
    today: Day,
) -> Result<Vec<Entry>, Stopped> {
    let query = Query {
        bbox: question.bbox,
        near: question.near,
        when: When::During(question.during.unwrap_or(Period::ALWAYS)),
        known_at: question.known_at,
        stop: question.stop.clone(),
        ..Query::default()
    };
    let rows = |collection: &str| -> Result<BTreeSet<usize>, Stopped> {
        let Some(layer) = atlas.layer(collection) else { return Ok(BTreeSet::new()) };
        let page = run(atlas, layer, &query, today)?;
        Ok(page.hits.iter().map(|hit| hit.row as usize).collect())
    };
    let (claims, events) = (rows(Atlas::CLAIMS)?, rows(Atlas::EVENTS)?);
    let ledger = &atlas.ledger;
    let asked: BTreeSet<Entry> = if let Some(feature) = &question.feature {
        of_feature(atlas, feature)
    } else {
        let claims = claims.iter().map(|row| Entry::Claim { row: *row, inherited: false });
        claims.chain(events.iter().map(|row| Entry::Event { row: *row })).collect()
    };
    let wanted = |entry: &Entry| {
        let (found, kind) = match entry {
            Entry::Claim { row, .. } => (claims.contains(row), "claim"),
            Entry::Event { row } => (events.contains(row), ledger.events[*row].kind.as_str()),
        };
        let is_event = matches!(entry, Entry::Event { .. });
        found
            && question
                .kind
                .as_deref()
                .is_none_or(|asked| asked == kind || (is_event && asked == "event"))
    };
    let mut entries: Vec<Entry> = asked.into_iter().filter(wanted).collect();
    entries.sort_by_key(|entry| {
        let date = match entry {
            Entry::Claim { row, .. } => ledger.claims[*row].about.as_ref(),
            Entry::Event { row } => ledger.events[*row].date.as_ref(),
        };
        let first = date.and_then(|date| date.period().first.or(date.period().last));
        (first.is_none(), first)
    });
    Ok(entries)
}
