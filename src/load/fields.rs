//! Reading the fields of one TOML table, with a fault for each that is wrong.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, nearest};
use crate::atlas::EdtfDate;

/// A TOML file that parsed, or the faults of its syntax.
pub(super) fn parse<'a>(file: &str, text: &'a str, faults: &mut Vec<Fault>) -> Option<DeTable<'a>> {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Some(table.into_inner());
    }
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    // After a bracket that is never closed the parser takes the rest of the file
    // for what stands inside: all but the first error are of its making.
    let unclosed = ["unclosed array, ", "unclosed inline table, "];
    let is_unclosed = |message: &str| unclosed.iter().any(|start| message.starts_with(start));
    if errors.iter().any(|error| is_unclosed(&said(error))) {
        errors.truncate(1);
    }
    for error in errors {
        let fault = Fault::new(
            file,
            format!("not TOML: {}", said(&error)),
            "mend the syntax here (https://toml.io)",
        );
        faults.push(match error.span() {
            Some(span) => fault.at(text, span.start),
            None => fault,
        });
    }
    None
}

fn said(error: &toml::de::Error) -> String {
    error.message().replace('\n', ", ")
}

/// The fields of one table, taken one by one; what is left over is a fault.
pub(super) struct Fields<'t, 'f> {
    file: &'t str,
    text: &'t str,
    /// What the table is called in faults.
    label: String,
    start: usize,
    table: &'t DeTable<'t>,
    taken: HashMap<&'static str, Range<usize>>,
    faults: &'f mut Vec<Fault>,
}

impl<'t, 'f> Fields<'t, 'f> {
    pub fn new(
        file: &'t str,
        text: &'t str,
        label: String,
        start: usize,
        table: &'t DeTable<'t>,
        faults: &'f mut Vec<Fault>,
    ) -> Self {
        Self { file, text, label, start, table, taken: HashMap::new(), faults }
    }

    /// Calls the table by its id from here on.
    pub fn label(&mut self, label: &str) {
        label.clone_into(&mut self.label);
    }

    /// Reports a fault at a field, where it was given, else at the table.
    pub fn fault(&mut self, field: &'static str, problem: String, remedy: impl Into<String>) {
        let offset = self.taken.get(field).map_or(self.start, |span| span.start);
        self.faults.push(
            Fault::new(self.file, problem, remedy)
                .at(self.text, offset)
                .entry(self.label.clone())
                .field(field),
        );
    }

    /// The value of a field, where it is given.
    pub fn value(&mut self, field: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        let value = self.table.get(field);
        self.taken.insert(field, value.map_or(self.start..self.start, Spanned::span));
        value
    }

    fn wrong_type(&mut self, field: &'static str, found: &DeValue<'_>, wanted: &str) {
        self.fault(
            field,
            format!("is {} where {wanted} is wanted", found.type_str()),
            format!("write {wanted}"),
        );
    }

    /// A text that may be left out.
    pub fn text(&mut self, field: &'static str) -> Option<String> {
        let value = self.value(field)?.get_ref();
        match value {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.clone().into_owned()),
            DeValue::String(_) => {
                self.fault(field, "is empty".to_owned(), "write it, or leave the field out");
                None
            }
            other => {
                self.wrong_type(field, other, "a text in quotes");
                None
            }
        }
    }

    /// A text that must be there; empty, with a fault, where it is not.
    pub fn must(&mut self, field: &'static str) -> String {
        if !self.table.contains_key(field) {
            self.fault(field, "is missing".to_owned(), format!("add `{field} = \"…\"`"));
        }
        let text = self.text(field);
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            self.fault(field, "is empty".to_owned(), "write what it is");
        }
        text.unwrap_or_default()
    }

    /// A text that must be one of some words.
    pub fn word(&mut self, field: &'static str, words: &[&str]) -> Option<String> {
        let word = self.text(field)?;
        if words.contains(&word.as_str()) {
            return Some(word);
        }
        let hint = nearest(&word, words.iter().copied())
            .map_or(String::new(), |near| format!(" (perhaps `{near}`)"));
        self.fault(
            field,
            format!("`{word}` is not known here"),
            format!("use one of: {}{hint}", words.join(", ")),
        );
        None
    }

    /// A word that must be there.
    pub fn must_word(&mut self, field: &'static str, words: &[&str]) -> String {
        if !self.table.contains_key(field) {
            self.fault(
                field,
                "is missing".to_owned(),
                format!("add it with one of: {}", words.join(", ")),
            );
        }
        self.word(field, words).unwrap_or_default()
    }

    /// Whether the table has a field.
    pub fn has(&self, field: &str) -> bool {
        self.table.contains_key(field)
    }

    /// A date that may be left out.
    pub fn date(&mut self, field: &'static str) -> Option<EdtfDate> {
        let text = self.text(field)?;
        match EdtfDate::parse(&text) {
            Ok(date) => Some(date),
            Err(error) => {
                let (problem, remedy) = super::split_sentence(&error.to_string());
                self.fault(field, problem, remedy);
                None
            }
        }
    }

    /// A list of texts; one text alone counts as a list of one.
    pub fn texts(&mut self, field: &'static str) -> Vec<String> {
        let Some(value) = self.value(field).map(Spanned::get_ref) else {
            return Vec::new();
        };
        if value.is_str() {
            return self.text(field).into_iter().collect();
        }
        let Some(items) = value.as_array() else {
            self.wrong_type(field, value, "a list of texts");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => self.wrong_type(field, item.get_ref(), "a list of texts"),
            }
        }
        texts
    }

    /// A list of texts that must be there, and may be empty.
    pub fn must_list(&mut self, field: &'static str) -> Vec<String> {
        if !self.table.contains_key(field) {
            self.fault(
                field,
                "is missing".to_owned(),
                format!("add `{field} = [\"…\"]`, or `[]` where the source does not say"),
            );
        }
        self.texts(field)
    }

    /// A list of texts, at least one.
    pub fn must_texts(&mut self, field: &'static str) -> Vec<String> {
        let texts = self.texts(field);
        if texts.is_empty() {
            self.fault(
                field,
                "names nothing".to_owned(),
                format!("add `{field} = [\"…\"]` with at least one"),
            );
        }
        texts
    }

    /// A flag; false where it is left out.
    pub fn flag(&mut self, field: &'static str) -> bool {
        match self.value(field).map(Spanned::get_ref) {
            None => false,
            Some(DeValue::Boolean(flag)) => *flag,
            Some(other) => {
                self.wrong_type(field, other, "true or false");
                false
            }
        }
    }

    /// A whole number.
    pub fn whole(&mut self, field: &'static str) -> Option<i64> {
        let value = self.value(field)?.get_ref();
        let whole = value.as_integer().and_then(|integer| integer.as_str().parse().ok());
        if whole.is_none() {
            self.wrong_type(field, value, "a whole number");
        }
        whole
    }

    /// A list of numbers.
    pub fn numbers(&mut self, field: &'static str) -> Option<Vec<f64>> {
        let value = self.value(field)?.get_ref();
        let number = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => None,
        };
        let numbers = value.as_array().and_then(|items| items.iter().map(number).collect());
        if numbers.is_none() {
            self.wrong_type(field, value, "a list of numbers");
        }
        numbers
    }

    /// The tables of a list of tables, each with where it starts.
    pub fn tables(&mut self, field: &'static str) -> Vec<(usize, &'t DeTable<'t>)> {
        let Some(value) = self.value(field).map(Spanned::get_ref) else {
            return Vec::new();
        };
        let Some(items) = value.as_array() else {
            self.wrong_type(field, value, "a list of tables");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => tables.push((item.span().start, table)),
                None => self.wrong_type(field, item.get_ref(), "a list of tables"),
            }
        }
        tables
    }

    /// A table of texts under keys that its writer chooses; empty where it is not given.
    pub fn labels(&mut self, field: &'static str) -> Vec<(String, String)> {
        let Some(value) = self.value(field).map(Spanned::get_ref) else {
            return Vec::new();
        };
        let Some(table) = value.as_table() else {
            self.wrong_type(field, value, "a table of texts");
            return Vec::new();
        };
        let mut labels = Vec::new();
        for (key, value) in table {
            match value.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    labels.push((key.get_ref().to_string(), text.to_string()));
                }
                DeValue::String(_) => self.fault(
                    field,
                    format!("`{}` is empty", key.get_ref()),
                    "write it, or leave it out",
                ),
                other => self.wrong_type(field, other, "a text in quotes"),
            }
        }
        labels
    }

    /// Where the faults go, to read a table inside this one.
    pub fn faults(&mut self) -> &mut Vec<Fault> {
        self.faults
    }

    /// Reports the fields that nobody asked for.
    pub fn finish(self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if self.taken.contains_key(name) {
                continue;
            }
            let known = self.taken.keys().copied();
            let remedy = match nearest(name, known) {
                Some(near) => format!("write `{near}`, or remove it"),
                None => "remove it, or put it into `notes`".to_owned(),
            };
            self.faults.push(
                Fault::new(self.file, "is not a field of this table", remedy)
                    .at(self.text, key.span().start)
                    .entry(self.label.clone())
                    .field(name),
            );
        }
    }
}
