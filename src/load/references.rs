//! Checks that need the whole folder: that what is named is there.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::config;
use super::fault::{Fault, nearest};
use super::ledger::Positions;
use super::reading::{Reference, Target};
use crate::atlas::ledger::{FeatureRef, Ledger};
use crate::atlas::{Layer, LayerKind};

/// The ids of one kind of thing.
struct Ids<'a> {
    known: HashSet<&'a str>,
    what: &'static str,
    place: &'static str,
    /// Whether all of them were read: what is missing in a file that could not
    /// be read is not missing.
    complete: bool,
}

impl<'a> Ids<'a> {
    fn new(
        what: &'static str,
        file: &'static str,
        positions: &Positions,
        ids: impl Iterator<Item = &'a str>,
    ) -> Self {
        Self { known: ids.collect(), what, place: file, complete: positions.was_read(file) }
    }

    /// Problem and remedy when there is no such thing.
    fn missing(&self, id: &str) -> Option<(String, String)> {
        if !self.complete || self.known.contains(id) {
            return None;
        }
        let hint = nearest(id, self.known.iter().copied())
            .map_or(String::new(), |near| format!(", perhaps `{near}`"));
        let (what, place) = (self.what, self.place);
        Some((
            format!("there is no {what} `{id}`"),
            format!("name one of {place}{hint}, or add it there"),
        ))
    }
}

/// All that was read.
pub(super) struct Whole<'a> {
    pub layers: &'a [Arc<Layer>],
    /// Ids of the layers whose file could not be read.
    pub unread: &'a [String],
    pub relief_source: Option<&'a str>,
    pub ledger: &'a Ledger,
    pub positions: &'a Positions,
}

/// Checks every reference of features, relief and ledger.
pub(super) fn check(references: &[&Reference], whole: &Whole<'_>, faults: &mut Vec<Fault>) {
    let Whole { layers, unread, relief_source, ledger, positions } = *whole;
    let areas = layers
        .iter()
        .filter(|layer| layer.info.kind == LayerKind::ReportedArea)
        .flat_map(|layer| layer.features.iter().map(|feature| &*feature.id));
    let sources = ledger.sources.iter().map(|source| source.id.as_str());
    let events = ledger.events.iter().map(|event| event.id.as_str());
    let areas = Ids {
        known: areas.collect(),
        what: "reported area",
        place: "the reported areas",
        complete: unread.is_empty(),
    };
    let sources = Ids::new("source", "sources.toml", positions, sources);
    let events = Ids::new("event", "events.toml", positions, events);

    twins(layers, faults);
    for Reference { site, field, target } in references {
        let missing = match target {
            Target::Source(id) => sources.missing(id),
            Target::Event(id) => events.missing(id),
            Target::Area(id) => areas.missing(id),
        };
        if let Some((problem, remedy)) = missing {
            faults.push(site.fault(problem, remedy).field(*field));
        }
    }
    if let Some((problem, remedy)) = relief_source.and_then(|source| sources.missing(source)) {
        faults.push(Fault::new(config::FILE, problem, remedy).entry("relief").field("source"));
    }
    for layer in layers {
        let missing = layer.info.source.as_deref().and_then(|source| sources.missing(source));
        if let Some((problem, remedy)) = missing {
            let label = format!("layer `{}`", layer.info.id);
            faults.push(Fault::new(config::FILE, problem, remedy).entry(label).field("source"));
        }
    }
    LedgerCheck { layers, unread, areas, sources, events, positions, faults }.run(ledger);
}

/// Reports areas that stand in two layers: a claim could mean either.
fn twins(layers: &[Arc<Layer>], faults: &mut Vec<Fault>) {
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for layer in layers.iter().filter(|layer| layer.info.kind == LayerKind::ReportedArea) {
        for feature in &layer.features {
            let other = *seen.entry(&feature.id).or_insert(&layer.info.id);
            if other != layer.info.id {
                let problem = format!("stands in the layers `{other}` and `{}`", layer.info.id);
                let remedy = "give each reported area its own id, whatever its layer";
                let fault = Fault::new(config::FILE, problem, remedy);
                faults.push(fault.entry(format!("feature `{}`", feature.id)).field("id"));
            }
        }
    }
}

struct LedgerCheck<'a> {
    layers: &'a [Arc<Layer>],
    unread: &'a [String],
    areas: Ids<'a>,
    sources: Ids<'a>,
    events: Ids<'a>,
    positions: &'a Positions,
    faults: &'a mut Vec<Fault>,
}

impl LedgerCheck<'_> {
    fn run(mut self, ledger: &Ledger) {
        let actors = ledger.actors.iter().map(|actor| actor.id.as_str());
        let actors = Ids::new("actor", "actors.toml", self.positions, actors);
        let claims = ledger.claims.iter().map(|claim| claim.id.as_str());
        let claims = Ids::new("claim", "claims.toml", self.positions, claims);
        let indicators = ledger.indicators.iter().map(|entry| entry.id.as_str());
        let indicators = Ids::new("indicator", "indicators.toml", self.positions, indicators);

        for claim in &ledger.claims {
            self.report(&claim.id, "area", claim.areas.iter(), |this, id| this.areas.missing(id));
            self.sources(&claim.id, &claim.sources);
            let people = [
                ("claimant", Some(&claim.claimant)),
                ("reporter", claim.reporter.as_ref()),
                ("laid_by", claim.laid_by.as_ref()),
                ("cleared_by", claim.cleared_by.as_ref()),
                ("verified_by", claim.verified_by.as_ref()),
            ];
            for (field, id) in people {
                let given = id.into_iter().filter(|id| !id.is_empty());
                self.report(&claim.id, field, given, |_, id| actors.missing(id));
            }
        }
        for event in &ledger.events {
            self.sources(&event.id, &event.sources);
            self.features(&event.id, "covers", event.covers.iter());
        }
        for entry in &ledger.contradictions {
            let claims_named: HashSet<&String> = entry.claims.iter().collect();
            if let (1, Some(claim)) = (claims_named.len(), entry.claims.first()) {
                self.faults.push(
                    self.positions
                        .fault(
                            &entry.id,
                            format!("names one claim alone, `{claim}`"),
                            "name the claim that it contradicts too, or none",
                        )
                        .field("claims"),
                );
            }
            self.report(&entry.id, "claims", entry.claims.iter(), |_, id| claims.missing(id));
            self.report(&entry.id, "events", entry.events.iter(), |this, id| {
                this.events.missing(id)
            });
            self.report(&entry.id, "indicators", entry.indicators.iter(), |_, id| {
                indicators.missing(id)
            });
            self.report(&entry.id, "actors", entry.actors.iter(), |_, id| actors.missing(id));
            self.sources(&entry.id, &entry.sources);
        }
        for entry in &ledger.indicators {
            self.sources(&entry.id, &entry.sources);
        }
        for place in &ledger.places {
            self.sources(&place.id, &place.sources);
            self.features(&place.id, "feature", place.feature.iter());
        }
    }

    fn report<'i>(
        &mut self,
        entry: &str,
        field: &str,
        ids: impl Iterator<Item = &'i String>,
        missing: impl Fn(&Self, &str) -> Option<(String, String)>,
    ) {
        for id in ids {
            if let Some((problem, remedy)) = missing(self, id) {
                self.faults.push(self.positions.fault(entry, problem, remedy).field(field));
            }
        }
    }

    fn sources(&mut self, entry: &str, ids: &[String]) {
        self.report(entry, "sources", ids.iter(), |this, id| this.sources.missing(id));
    }

    fn features<'i>(
        &mut self,
        entry: &str,
        field: &str,
        references: impl Iterator<Item = &'i FeatureRef>,
    ) {
        for reference in references {
            let layer = self.layers.iter().find(|layer| layer.info.id == reference.layer);
            let problem = match layer {
                None if self.unread.contains(&reference.layer) => continue,
                None => format!("there is no layer `{}`", reference.layer),
                Some(layer) if layer.versions(&reference.id).is_empty() => {
                    format!("there is no feature `{}` in `{}`", reference.id, reference.layer)
                }
                Some(_) => continue,
            };
            let remedy = "name a feature that is there, as `layer/feature`";
            self.faults.push(self.positions.fault(entry, problem, remedy).field(field));
        }
    }
}
