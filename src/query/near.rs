//! What is reported near a place.

use geo::Coord;

use super::{Circle, Hit, Query, Stop, Stopped, When, run};
use crate::atlas::{Atlas, Day, Layer, LayerKind};

/// A question about a place.
#[derive(Clone, Debug)]
pub struct NearQuestion {
    pub circle: Circle,
    pub when: When,
    pub known_at: Option<Day>,
    /// When to break off.
    pub stop: Stop,
}

/// What lies near a place in one layer.
#[derive(Clone, Debug, Default)]
pub struct NearAnswer {
    /// By distance, certain and possible.
    pub hits: Vec<Hit>,
    /// Areas that the source gave as a whole unit, a district or a country, and
    /// that hold the place.
    pub covering: Vec<Hit>,
    /// Areas, and claims about areas, without any location: they may lie anywhere.
    pub unlocated: Vec<Hit>,
}

/// Asks one layer what lies near a place.
///
/// # Errors
/// When it was broken off.
pub fn near(
    atlas: &Atlas,
    layer: &Layer,
    question: &NearQuestion,
    today: Day,
) -> Result<NearAnswer, Stopped> {
    let query = Query {
        when: question.when,
        known_at: question.known_at,
        stop: question.stop.clone(),
        ..Query::default()
    };
    let close = Query { near: Some(question.circle), ..query.clone() };
    let covers = |hit: &Hit| {
        let area = layer.areas.get(hit.row as usize);
        let is_unit = area.is_some_and(|area| area.basis.covers());
        is_unit && hit.reach.is_some_and(|reach| reach.nearest.distance_m == 0.)
    };
    let (covering, hits) = run(atlas, layer, &close, today)?.hits.iter().partition(covers);
    let unlocated = match layer.info.kind {
        LayerKind::ReportedArea | LayerKind::Claims => run(atlas, layer, &query, today)?
            .hits
            .iter()
            .filter(|hit| !layer.feature(hit.row).is_located())
            .collect(),
        _ => Vec::new(),
    };
    Ok(NearAnswer { hits, covering, unlocated })
}

impl NearQuestion {
    /// A question as of today.
    #[must_use]
    pub fn new(centre: Coord<f64>, radius_m: f64) -> Self {
        Self {
            circle: Circle { centre, radius_m },
            when: When::Unsaid,
            known_at: None,
            stop: Stop::default(),
        }
    }
}
