//! Where leaving out what is restricted makes what is left sound less careful: no
//! fault of the folder, and something to think about before it is published.

use super::{Fault, Loaded};
use crate::atlas::{Atlas, LayerKind, Period, Status};

/// The class of what is said to be cleared.
const CLAIMED: &str = "clearance-claimed";

impl Loaded {
    /// The areas of which the public is told that they were cleared, on a day of which
    /// whoever sees all is told something else, or that it is contested.
    #[must_use]
    pub fn cautions(&self) -> Vec<Fault> {
        let Some(whole) = &self.whole else { return Vec::new() };
        let layers = self.public.layers.iter();
        let areas = layers.filter(|layer| layer.info.kind == LayerKind::ReportedArea);
        let mut ids: Vec<&str> =
            areas.flat_map(|layer| &layer.features).map(|area| &*area.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().filter_map(|id| caution(&self.public, whole, id)).collect()
    }
}

/// The first of them, of one area.
fn caution(public: &Atlas, whole: &Atlas, id: &str) -> Option<Fault> {
    let spells = |atlas: &Atlas| atlas.areas.spells(&atlas.ledger, id, Period::ALWAYS, None);
    let all = spells(whole);
    spells(public).iter().find_map(|(days, told)| {
        let (days, hidden) = all.iter().find_map(|(others, hidden)| {
            let both = days.within(others)?;
            is_less_careful(public, told, whole, hidden).then_some((both, hidden))
        })?;
        let since = days.first.map_or("always".to_owned(), |day| format!("as of {day}"));
        let contested = if hidden.contested_by.is_empty() { "" } else { ", contested" };
        let problem = format!(
            "{since} the public is told `{}`, and whoever sees what is restricted `{}`{contested}",
            told.word(&public.ledger),
            hidden.word(&whole.ledger),
        );
        let remedy = "make the claims behind it public, or restrict the area too";
        Some(Fault::new("claims.toml", problem, remedy).entry(id))
    })
}

/// Whether the public is told of clearance, and others are not, or that it is contested.
fn is_less_careful(public: &Atlas, told: &Status, whole: &Atlas, hidden: &Status) -> bool {
    let claimed = |atlas: &Atlas, status: &Status| status.class(&atlas.ledger) == CLAIMED;
    let is_settled = |status: &Status| status.contested_by.is_empty();
    claimed(public, told) && (!claimed(whole, hidden) || is_settled(told) && !is_settled(hidden))
}
