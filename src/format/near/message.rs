//! The sentences that stand in every near answer. What has no report is counted as an
//! area, and said to have none: it is no report.

use std::fmt::Write as _;
use std::sync::Arc;

use geo::{Contains, Intersects};

use super::{Near, distance_text, place_name};
use crate::atlas::{Day, Layer, LayerKind};
use crate::query::geodesy::windows_of_circle;
use crate::query::{Hit, NearAnswer};

/// How much of a circle lies within the atlas's window.
#[derive(Clone, Copy)]
pub(super) enum Within {
    Whole,
    Part,
    Nothing,
}

impl Within {
    /// As answers write it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Part => "part",
            Self::Nothing => "none",
        }
    }
}

fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

fn is_areas(layer: &Layer) -> bool {
    layer.info.kind == LayerKind::ReportedArea
}

/// How many of those just counted have no report; empty where all have one. What became
/// public later may be a report all the same.
fn silence(silent: usize, known_at: Option<Day>) -> String {
    if silent == 0 {
        return String::new();
    }
    let what = counted(silent, "of them has", "of them have");
    let known = known_at.map(|day| format!(", as known on {day}")).unwrap_or_default();
    format!(" {what} no report up to that day{known}.")
}

/// A part of the answers, each row with its layer.
fn hits_of(
    answers: &[(Arc<Layer>, NearAnswer)],
    part: fn(&NearAnswer) -> &Vec<Hit>,
) -> impl Iterator<Item = (&Layer, &Hit)> {
    answers
        .iter()
        .flat_map(move |(layer, answer)| part(answer).iter().map(move |hit| (&**layer, hit)))
}

impl Near {
    /// The sentence that stands in every answer: what was found, or that nothing
    /// was, and what that does not mean.
    #[must_use]
    pub fn message(&self) -> String {
        let hits = || hits_of(&self.answers, |answer| &answer.hits);
        let certain =
            hits().filter(|(_, hit)| hit.reach.is_some_and(|reach| reach.certain)).count();
        let possible = hits().count() - certain;
        let radius = distance_text(self.question.circle.radius_m);
        let name = place_name(&self.asked);
        let only_areas = self.answers.iter().all(|(layer, _)| is_areas(layer));
        let layers: Vec<&str> =
            self.answers.iter().map(|(layer, _)| layer.info.title.as_str()).collect();
        let layers = layers.join(", ");
        let mut message = match (only_areas, certain + possible) {
            (true, 0) => format!("Nothing is reported within {radius} of {name}."),
            (false, 0) => format!("Nothing of {layers} lies within {radius} of {name}."),
            (true, found) => {
                let what = counted(found, "reported area", "reported areas");
                format!(
                    "{what} within {radius} of {name}: the nearest ground spoken of is certainly within for {certain}, possibly for {possible}."
                )
            }
            (false, found) => {
                let what = counted(found, "feature", "features");
                format!(
                    "{what} of {layers} within {radius} of {name}: {certain} certainly, {possible} possibly."
                )
            }
        };
        let silent = self.silent(hits());
        message.push_str(&silence(silent, self.question.known_at));
        if certain + possible == silent {
            message.push_str(" That is not evidence that the ground is free of mines.");
        }
        if !self.answers.iter().any(|(layer, _)| is_areas(layer)) {
            message.push_str(" Reported areas were not asked for.");
        }
        message.push_str(match self.within_window() {
            Within::Whole => "",
            Within::Part => {
                " Part of the circle lies outside the region that this atlas speaks of: what is reported there is not in it."
            }
            Within::Nothing => {
                " The whole circle lies outside the region that this atlas speaks of: what is reported there is not in it."
            }
        });
        message.push_str(&self.beside());
        message
    }

    /// What is told of apart from the distances: areas that cover the place, and what no
    /// source locates.
    fn beside(&self) -> String {
        let mut said = String::new();
        let covering: Vec<_> = hits_of(&self.answers, |answer| &answer.covering).collect();
        if !covering.is_empty() {
            let what = counted(
                covering.len(),
                "reported area is a whole district or country that holds",
                "reported areas are a whole district or country that holds",
            );
            let _ = write!(said, " {what} the place.");
            said.push_str(&silence(self.silent(covering.into_iter()), self.question.known_at));
        }
        let (areas, claims): (Vec<_>, Vec<_>) = hits_of(&self.answers, |answer| &answer.unlocated)
            .partition(|(layer, _)| is_areas(layer));
        if !areas.is_empty() {
            let what = counted(areas.len(), "reported area has", "reported areas have");
            let _ = write!(said, " {what} no stated location, and may lie here or anywhere.");
            said.push_str(&silence(self.silent(areas.into_iter()), self.question.known_at));
        }
        if !claims.is_empty() {
            let what = counted(claims.len(), "claim names", "claims name");
            let _ = write!(said, " {what} no location, and may speak of ground here or anywhere.");
        }
        said
    }

    /// Of how many areas nothing is reported.
    fn silent<'a>(&self, hits: impl Iterator<Item = (&'a Layer, &'a Hit)>) -> usize {
        hits.filter(|(layer, hit)| is_areas(layer) && self.is_silent(layer, hit)).count()
    }

    /// Whether nothing is reported of an area up to the day asked for.
    fn is_silent(&self, layer: &Layer, hit: &Hit) -> bool {
        let day = self.question.when.status_day(self.today);
        let id = &layer.feature(hit.row).id;
        let status = self.atlas.areas.status(&self.atlas.ledger, id, day, self.question.known_at);
        status.is_none_or(|status| status.standing.is_none())
    }

    /// How much of the circle lies on the ground that the atlas speaks of.
    pub(super) fn within_window(&self) -> Within {
        let window = self.atlas.about.window;
        let reached = windows_of_circle(&self.question.circle);
        if !reached.iter().any(|part| part.intersects(&window)) {
            Within::Nothing
        } else if reached.iter().all(|part| window.contains(part)) {
            Within::Whole
        } else {
            Within::Part
        }
    }
}
