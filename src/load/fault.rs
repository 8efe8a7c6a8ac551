//! What is wrong with a geodata folder: where, what, and what to do.

use std::fmt;

use serde::Serialize;

/// One fault in a geodata folder.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Fault {
    /// The file, relative to the folder.
    pub file: String,
    /// Line in the file, from 1, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column in the line, in characters from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The feature or entry: its id, or its number in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The field or property.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// What would do.
    pub remedy: String,
}

impl Fault {
    /// A fault of a whole file.
    pub fn new(file: &str, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            column: None,
            entry: None,
            field: None,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }

    /// Says in which feature or entry.
    #[must_use]
    pub fn entry(mut self, entry: impl Into<String>) -> Self {
        self.entry = Some(entry.into());
        self
    }

    /// Says in which field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Says at which byte of the file's text.
    #[must_use]
    pub fn at(mut self, text: &str, offset: usize) -> Self {
        let before = text.get(..offset.min(text.len())).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.line = Some(before.matches('\n').count() + 1);
        self.column = Some(before[line_start..].chars().count() + 1);
        self
    }

    /// Says in which line.
    #[must_use]
    pub fn line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        f.write_str(": ")?;
        if let Some(entry) = &self.entry {
            write!(f, "{entry}: ")?;
        }
        if let Some(field) = &self.field {
            write!(f, "`{field}`: ")?;
        }
        write!(f, "{}; {}", self.problem, self.remedy)
    }
}

/// Every fault of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("the geodata folder has {} fault(s); the first: {}", .list.len(), .list.first().map(ToString::to_string).unwrap_or_default())]
pub struct Faults {
    /// In the order in which they were found.
    pub list: Vec<Fault>,
}

/// The nearest of some words, as a hint after a misspelt one.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= 3)
        .min()
        .map(|(_, candidate)| candidate)
}
