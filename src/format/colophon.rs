//! What travels with every file beside its features: whose it is, under which
//! licence, from which source, and the notice.

use crate::atlas::{Atlas, Layer};

/// The colophon of a layer.
#[derive(Clone, Debug)]
pub struct Colophon<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub licence: Option<&'a str>,
    pub attribution: Option<&'a str>,
    /// The source as one cites it: title, publisher, date, address.
    pub source: Option<String>,
    pub notice: &'a str,
}

impl<'a> Colophon<'a> {
    /// The colophon of a layer of an atlas.
    #[must_use]
    pub fn of(atlas: &'a Atlas, layer: &'a Layer) -> Self {
        let info = &layer.info;
        let source = info.source.as_deref().map(|id| {
            atlas.ledger.source(id).map_or_else(
                || id.to_owned(),
                |source| {
                    let date = source.published.as_ref().map(ToString::to_string);
                    let parts = [Some(source.publisher.clone()), date, source.url.clone()];
                    parts
                        .into_iter()
                        .flatten()
                        .fold(source.title.clone(), |cited, part| format!("{cited}, {part}"))
                },
            )
        });
        Self {
            title: &info.title,
            description: &info.description,
            licence: info.licence.as_deref(),
            attribution: info.attribution.as_deref(),
            source,
            notice: &atlas.about.notice,
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
        ];
        given.into_iter().filter_map(|(name, value)| value.map(|value| (name, value)))
    }
}
