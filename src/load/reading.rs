//! What reading one feature hands on: the feature, where it stands, its faults,
//! and what it names elsewhere in the folder.

use geo::Geometry;
use serde_json::{Map, Value};

use super::fault::Fault;
use crate::atlas::Period;

/// A feature whose form is right.
pub(super) struct Checked {
    pub id: String,
    pub geometry: Option<Geometry<f64>>,
    pub properties: Map<String, Value>,
    /// `None` where its dates are wrong, which is reported.
    pub validity: Option<Period>,
}

/// Where a feature stands, for faults and references.
#[derive(Clone)]
pub(super) struct Site {
    pub file: String,
    pub line: usize,
    pub label: String,
}

impl Site {
    /// A fault at this feature.
    pub fn fault(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault::new(&self.file, problem, remedy).line(self.line).entry(self.label.clone())
    }
}

/// Gathers what reading one feature finds out beside the feature.
pub(super) struct Sink<'a> {
    pub site: Site,
    pub faults: &'a mut Vec<Fault>,
    pub references: &'a mut Vec<Reference>,
}

impl Sink<'_> {
    /// Reports a fault of a property.
    pub fn fault(&mut self, field: &str, problem: impl Into<String>, remedy: impl Into<String>) {
        self.faults.push(self.site.fault(problem, remedy).field(field));
    }
}

/// Something that a feature names.
pub(super) struct Reference {
    pub site: Site,
    pub field: &'static str,
    pub target: Target,
}

/// What is named.
pub(super) enum Target {
    Source(String),
    Event(String),
    Area(String),
}
