//! What travels with every file beside its features: whose it is, under which
//! licence, from which source, and the notice.

use super::shown::Shown;
use crate::atlas::{Atlas, Layer};

/// The colophon of an answer of a layer.
#[derive(Clone, Debug)]
pub struct Colophon<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub licence: Option<&'a str>,
    pub attribution: Option<&'a str>,
    /// The source as one cites it: title, publisher, date, address.
    pub source: Option<String>,
    pub notice: &'a str,
    /// The time that was asked for, as `datetime` has it.
    pub datetime: String,
    /// The day of the knowledge clock, where one was asked for.
    pub known_at: Option<String>,
}

impl<'a> Colophon<'a> {
    /// The colophon of an answer.
    #[must_use]
    pub fn of(shown: &Shown<'a>) -> Self {
        let Shown { atlas, layer, .. } = *shown;
        let info = &layer.info;
        Self {
            title: &info.title,
            description: &info.description,
            licence: info.licence.as_deref(),
            attribution: info.attribution.as_deref(),
            source: cited(atlas, layer),
            notice: &atlas.about.notice,
            datetime: shown.days.to_string(),
            known_at: shown.known_at.map(|day| day.to_string()),
        }
    }

    /// Of which time the answer speaks: a sentence.
    fn clocks(&self) -> String {
        let of = match self.datetime.as_str() {
            "../.." => "For all times".to_owned(),
            days if days.contains('/') => format!("For {days}"),
            day => format!("As of {day}"),
        };
        match &self.known_at {
            Some(day) => format!("{of}, as known on {day}."),
            None => format!("{of}."),
        }
    }

    /// All of it but the title, in paragraphs, the notice first.
    #[must_use]
    pub fn text(&self) -> String {
        let labelled = |label: &str, value: Option<&str>| {
            value.map(|value| format!("{label}: {value}")).unwrap_or_default()
        };
        let paragraphs = [
            self.notice.to_owned(),
            self.clocks(),
            self.description.to_owned(),
            labelled("Attribution", self.attribution),
            labelled("Licence", self.licence),
            labelled("Source", self.source.as_deref()),
        ];
        let given: Vec<String> = paragraphs.into_iter().filter(|text| !text.is_empty()).collect();
        given.join("\n\n")
    }

    /// The parts that are given, by name, for formats that keep them apart.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let given = [
            ("title", Some(self.title)),
            ("description", Some(self.description).filter(|text| !text.is_empty())),
            ("licence", self.licence),
            ("attribution", self.attribution),
            ("source", self.source.as_deref()),
            ("notice", Some(self.notice)),
            ("datetime", Some(self.datetime.as_str())),
            ("known_at", self.known_at.as_deref()),
        ];
        given.into_iter().filter_map(|(name, value)| value.map(|value| (name, value)))
    }
}

/// The source of a layer as one cites it: title, publisher, date, address.
fn cited(atlas: &Atlas, layer: &Layer) -> Option<String> {
    let id = layer.info.source.as_deref()?;
    let Some(source) = atlas.ledger.source(id) else { return Some(id.to_owned()) };
    let date = source.published.as_ref().map(ToString::to_string);
    let parts = [Some(source.publisher.clone()), date, source.url.clone()];
    let parts = parts.into_iter().flatten();
    Some(parts.fold(source.title.clone(), |cited, part| format!("{cited}, {part}")))
}
