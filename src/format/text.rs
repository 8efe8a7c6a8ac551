//! Answers for people at a prompt.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::near::{Near, distance_text, place_name};
use super::timeline::Timeline;
use crate::atlas::ledger::Ledger;
use crate::atlas::{Day, EdtfDate, Layer};
use crate::query::{Entry, Hit};

/// The widest line, in characters.
const WIDTH: usize = 100;

/// Breaks a text into lines, each after `indent` spaces.
fn wrapped(text: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH - indent {
            out.push('\n');
            column = 0;
        }
        if column == 0 {
            out.push_str(&" ".repeat(indent));
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
    out
}

/// The eight winds, by bearing.
fn wind(bearing: f64) -> &'static str {
    const WINDS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 8 by construction.
    let index = (bearing.rem_euclid(360.) / 45.).round() as usize;
    WINDS[index % 8]
}

/// A status as a phrase that names who said it and when, never as a fact. What was not
/// yet public on the day as known on is not said to be missing.
fn status_phrase(properties: &Map<String, Value>, known_at: Option<Day>) -> String {
    let text = |name: &str| properties.get(name).and_then(Value::as_str).filter(|t| !t.is_empty());
    let status = text("status").unwrap_or("no-reports");
    if status == "no-reports" {
        let known = known_at.map(|day| format!(", as known on {day}")).unwrap_or_default();
        return format!("no reports up to this day{known}");
    }
    let mut phrase = format!("reported {}", status.replace('-', " "));
    match (text("status_about"), text("status_reported")) {
        (Some(about), _) => {
            let _ = write!(phrase, ", {about}");
        }
        // It would read as of the day asked for.
        (None, None) => phrase.push_str(", no date stated"),
        (None, Some(_)) => {}
    }
    if let Some(by) = text("status_by") {
        let _ = write!(phrase, ", by {by}");
    }
    if let Some(reported) = text("status_reported") {
        let _ = write!(phrase, " (reported {reported})");
    }
    if properties.get("status_title_only").and_then(Value::as_bool) == Some(true) {
        phrase.push_str(", known from a title alone");
    }
    if properties.get("contested").and_then(Value::as_bool) == Some(true) {
        phrase.push_str("; contested");
    }
    phrase
}

/// What is reported near a place.
#[must_use]
pub fn near(near: &Near) -> String {
    let mut out = String::new();
    let asked = &near.asked;
    let _ = write!(out, "{}", place_name(asked));
    if let Some(place) = &asked.place {
        let _ = write!(out, " ({}, {}, {})", place.id, asked.at.x, asked.at.y);
    }
    let day = near.question.when.status_day(near.today);
    let _ = write!(out, ", as of {day}");
    if let Some(known_at) = near.question.known_at {
        let _ = write!(out, ", as known on {known_at}");
    }
    out.push_str("\n\n");
    out.push_str(&wrapped(&near.message(), 0));
    if let Some(notes) = asked.place.as_ref().and_then(|place| place.notes.as_deref()) {
        out.push_str(&wrapped(&format!("Note on the place: {notes}"), 0));
    }
    for other in &asked.namesakes {
        let placed = if other.at.is_some() { "" } else { ", not located" };
        let country = other.country.as_deref().unwrap_or("country not given");
        let _ = writeln!(
            out,
            "Another place has this name: {} ({country}{placed}), id {}",
            other.name, other.id
        );
    }
    let all = near.by_distance();
    for (title, certain) in [("Certainly within", true), ("Possibly within", false)] {
        let hits: Vec<&(&Layer, Hit)> = all
            .iter()
            .filter(|(_, hit)| hit.reach.is_some_and(|reach| reach.certain == certain))
            .collect();
        if hits.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{title}");
        for (layer, hit) in hits {
            out.push_str(&near_line(near, layer, hit));
        }
    }
    for (title, covering) in [("Covering the place", true), ("Without any location", false)] {
        let mut lines = String::new();
        for (layer, answer) in &near.answers {
            for hit in if covering { &answer.covering } else { &answer.unlocated } {
                let properties = near.shown(layer).properties(hit);
                lines.push_str(&wrapped(&named(layer, hit, &properties), 2));
                lines.push_str(&wrapped(&status_phrase(&properties, near.question.known_at), 6));
            }
        }
        if !lines.is_empty() {
            let _ = write!(out, "\n{title}\n{lines}");
        }
    }
    out.push('\n');
    out.push_str(&wrapped(&near.atlas.about.notice, 0));
    out
}

fn named(layer: &Layer, hit: &Hit, properties: &Map<String, Value>) -> String {
    let id = &layer.feature(hit.row).id;
    match properties.get("name").and_then(Value::as_str) {
        Some(name) => format!("{name} ({id})"),
        None => id.to_string(),
    }
}

fn near_line(near: &Near, layer: &Layer, hit: &Hit) -> String {
    let properties = near.shown(layer).properties(hit);
    let Some(reach) = &hit.reach else {
        return String::new();
    };
    let mut line = named(layer, hit, &properties);
    let _ = write!(line, ": {}", distance_text(reach.nearest.distance_m));
    if let Some(bearing) = reach.nearest.bearing {
        let _ = write!(line, " {}", wind(bearing));
    }
    if reach.uncertainty_m > 0. {
        let (least, most) = (distance_text(reach.nearest_m()), distance_text(reach.farthest_m()));
        let _ = write!(line, " to its mark, the nearest ground spoken of {least} to {most} away");
    }
    let mut out = wrapped(&line, 2);
    if properties.contains_key("status") {
        out.push_str(&wrapped(&status_phrase(&properties, near.question.known_at), 6));
    }
    out
}

/// A timeline.
#[must_use]
pub fn timeline(timeline: &Timeline<'_>) -> String {
    let atlas = timeline.atlas;
    let mut out = String::new();
    if timeline.entries.is_empty() {
        out.push_str(&wrapped(
            "Nothing in the ledger fits. That is not evidence that nothing happened, \
             or that ground is free of mines.",
            0,
        ));
    }
    for entry in timeline.entries {
        out.push_str(&timeline_entry(&atlas.ledger, *entry, timeline.known_at));
    }
    if !timeline.unlocated.is_empty() {
        let _ = write!(out, "\n{}\n", wrapped(&timeline.message(), 0).trim());
        for entry in timeline.unlocated {
            out.push_str(&timeline_entry(&atlas.ledger, *entry, timeline.known_at));
        }
    }
    out.push('\n');
    out.push_str(&wrapped(&atlas.about.notice, 0));
    out
}

fn timeline_entry(ledger: &Ledger, entry: Entry, known_at: Option<Day>) -> String {
    let (date, what, summary, sources) = match entry {
        Entry::Claim { row, inherited } => {
            let claim = &ledger.claims[row];
            let mut what = format!(
                "claimed {}: {}, by {}",
                claim.asserts.word().replace('-', " "),
                claim.areas.join(", "),
                ledger.actor_name(&claim.claimant),
            );
            if let Some(reported) = &claim.reported {
                let _ = write!(what, " (reported {reported})");
            }
            if claim.title_only {
                what.push_str("; known from a title alone");
            }
            if inherited {
                what.push_str("; about an area that contains this one");
            }
            (&claim.about, what, Some(&claim.summary), &claim.sources)
        }
        Entry::Event { row } => {
            let event = &ledger.events[row];
            let state = event.state.as_ref().filter(|_| known_at.is_none());
            let state = state.map_or(String::new(), |state| format!(", {state}"));
            let what = format!("{}{state}: {}", event.kind, event.title);
            (&event.date, what, event.summary.as_ref(), &event.sources)
        }
    };
    let date = date.as_ref().map_or("undated", EdtfDate::text);
    let mut out = format!("{date:<24}{}\n", wrapped(&what, 24).trim());
    if let Some(summary) = summary {
        out.push_str(&wrapped(summary, 24));
    }
    let titles: Vec<String> = sources
        .iter()
        .filter_map(|id| ledger.source(id))
        .map(|source| {
            let published =
                source.published.as_ref().map_or(String::new(), |date| format!(", {date}"));
            format!("{} ({}{published})", source.title, source.publisher)
        })
        .collect();
    out.push_str(&wrapped(&format!("[{}]", titles.join("; ")), 24));
    out
}
