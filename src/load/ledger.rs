//! Reading the ledger: seven TOML files, one kind of record each.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;

use toml::de::DeTable;

use super::config;
use super::fault::{Fault, nearest};
use super::fields::{Fields, parse};
use super::folder::Files;
use crate::atlas::ledger::{
    Actor, Assertion, Claim, Contradiction, Event, FeatureRef, Figure, Indicator, Ledger,
    NamedPlace, Source,
};
use crate::atlas::vocabulary as words;

/// A quotation longer than this is a copy.
const QUOTE_WORDS: usize = 12;

/// Where the entries stand, and which files could not be read.
#[derive(Debug, Default)]
pub(super) struct Positions {
    entries: HashMap<String, (&'static str, usize)>,
    unread: Vec<&'static str>,
    /// Ids of the entries that are not for everyone.
    pub restricted: HashSet<String>,
}

impl Positions {
    /// Whether a file was read, so that what it lacks is really missing.
    pub fn was_read(&self, file: &str) -> bool {
        !self.unread.contains(&file)
    }

    /// A fault at the entry with this id.
    pub fn fault(&self, id: &str, problem: String, remedy: impl Into<String>) -> Fault {
        let (file, line) = self.entries.get(id).copied().unwrap_or(("the ledger", 1));
        Fault::new(file, problem, remedy).line(line).entry(format!("`{id}`"))
    }
}

/// The files of the ledger.
pub(super) const FILES: [&str; 7] = [
    "sources.toml",
    "actors.toml",
    "claims.toml",
    "events.toml",
    "contradictions.toml",
    "indicators.toml",
    "places.toml",
];

/// Reports TOML files that nothing reads: a misspelt name would be an empty file.
pub(super) fn strays(files: &Files<'_>, faults: &mut Vec<Fault>) {
    let known = || FILES.into_iter().chain([config::FILE]);
    for name in files.toml_files() {
        if known().any(|file| file == name) {
            continue;
        }
        let remedy = match nearest(&name, known()) {
            Some(near) => format!("call it {near}, or move it out of the folder"),
            None => "move it out of the folder".to_owned(),
        };
        faults.push(Fault::new(&name, "is no file of an atlas", remedy));
    }
}

/// Reads the ledger; a file that is missing is an empty one.
pub(super) fn read(files: &mut Files<'_>, faults: &mut Vec<Fault>) -> (Ledger, Positions) {
    let mut positions = Positions::default();
    let mut reader = Reader { files, faults, positions: &mut positions };
    let mut ledger = Ledger::default();
    ledger.sources = reader.table("sources.toml", "source", source);
    ledger.actors = reader.table("actors.toml", "actor", actor);
    ledger.claims = reader.table("claims.toml", "claim", claim);
    ledger.events = reader.table("events.toml", "event", event);
    ledger.contradictions = reader.table("contradictions.toml", "contradiction", contradiction);
    ledger.indicators = reader.table("indicators.toml", "indicator", indicator);
    ledger.places = reader.table("places.toml", "place", place);
    (ledger.indexed(), positions)
}

struct Reader<'a, 'f> {
    files: &'a mut Files<'f>,
    faults: &'a mut Vec<Fault>,
    positions: &'a mut Positions,
}

impl Reader<'_, '_> {
    /// Reads the array of tables `name` of a file.
    fn table<T: Debug>(
        &mut self,
        file: &'static str,
        name: &'static str,
        read: impl Fn(&mut Fields<'_, '_>, String) -> T,
    ) -> Vec<T> {
        let bytes = match self.files.read_text(file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                self.faults.push(Fault::new(file, error.to_string(), "make the file readable"));
                self.positions.unread.push(file);
                return Vec::new();
            }
        };
        let Ok(text) = std::str::from_utf8(&bytes) else {
            self.faults.push(Fault::new(file, "is not UTF-8", "save the file as UTF-8"));
            self.positions.unread.push(file);
            return Vec::new();
        };
        let Some(document) = parse(file, text, self.faults) else {
            self.positions.unread.push(file);
            return Vec::new();
        };
        let mut whole = Fields::new(file, text, "the file".to_owned(), 0, &document, self.faults);
        let tables = whole.tables(name);
        whole.finish();
        let mut records = Vec::with_capacity(tables.len());
        let mut lines = Lines { text, reached: 0, line: 1 };
        for (number, (start, table)) in (1..).zip(tables) {
            let label = format!("{name} {number}");
            let mut fields = Fields::new(file, text, label, start, table, self.faults);
            let line = lines.at(table.get("id").map_or(start, |value| value.span().start));
            let id = entry_id(&mut fields, self.positions, file, line);
            let is_restricted = config::is_restricted(&mut fields);
            if is_restricted {
                self.positions.restricted.insert(id.clone());
            }
            let record = read(&mut fields, id);
            fields.finish();
            self.files.note(&record, is_restricted);
            records.push(record);
        }
        records
    }
}

/// The lines of a text, counted on from where they were asked for last.
struct Lines<'a> {
    text: &'a str,
    reached: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line at a byte of the text.
    fn at(&mut self, offset: usize) -> usize {
        if offset < self.reached {
            (self.reached, self.line) = (0, 1);
        }
        let passed = self.text.get(self.reached..offset).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.reached += passed.len();
        self.line
    }
}

fn entry_id(
    fields: &mut Fields<'_, '_>,
    positions: &mut Positions,
    file: &'static str,
    line: usize,
) -> String {
    let id = fields.must("id");
    if id.is_empty() {
        return id;
    }
    fields.label(&format!("`{id}`"));
    if !super::is_kebab(&id) {
        fields.fault("id", format!("`{id}` is not an id"), super::KEBAB_REMEDY);
    }
    if let Some((other, other_line)) = positions.entries.insert(id.clone(), (file, line)) {
        fields.fault(
            "id",
            format!("stands in {other}:{other_line} too"),
            "give each entry of the ledger its own id",
        );
    }
    id
}

fn quote(fields: &mut Fields<'_, '_>) -> Option<String> {
    let quote = fields.text("quote")?;
    let words = quote.split_whitespace().count();
    if words > QUOTE_WORDS {
        fields.fault(
            "quote",
            format!("has {words} words"),
            format!("quote at most {QUOTE_WORDS} words; say the rest in your own in `summary`"),
        );
    }
    Some(quote)
}

fn source(fields: &mut Fields<'_, '_>, id: String) -> Source {
    let url = fields.text("url");
    if url.as_deref().is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://"))
    {
        fields.fault("url", "is not a web address".to_owned(), "start it with http:// or https://");
    }
    Source {
        id,
        title: fields.must("title"),
        publisher: fields.must("publisher"),
        author: fields.text("author"),
        published: fields.date("published"),
        url,
        accessed: fields.date("accessed"),
        language: fields.text("language"),
        pages: fields.text("pages"),
        footnote: fields.whole("footnote"),
        licence: fields.text("licence"),
        attribution: fields.text("attribution"),
        notes: fields.text("notes"),
        origin: fields.text("origin"),
    }
}

fn actor(fields: &mut Fields<'_, '_>, id: String) -> Actor {
    Actor {
        id,
        name: fields.must("name"),
        kind: fields.must_word("kind", &words::ACTOR_KINDS),
        country: fields.text("country"),
        role: fields.text("role"),
        aliases: fields.texts("aliases"),
        notes: fields.text("notes"),
        origin: fields.text("origin"),
    }
}

fn claim(fields: &mut Fields<'_, '_>, id: String) -> Claim {
    let asserts: Vec<&str> = Assertion::ALL.iter().map(|(_, word)| *word).collect();
    let asserted = fields.must_word("asserts", &asserts);
    let hazard = fields.must_list("hazard");
    for word in &hazard {
        if !words::HAZARDS.contains(&word.as_str()) {
            fields.fault(
                "hazard",
                format!("`{word}` is not known here"),
                format!("use: {}", words::HAZARDS.join(", ")),
            );
        }
    }
    let about = fields.date("about");
    let reported = fields.date("reported");
    if let (Some(about), Some(reported)) = (&about, &reported)
        && let (Some(begins), Some(last)) = (about.period().first, reported.period().last)
        && last < begins
    {
        fields.fault(
            "reported",
            format!("{reported} lies before all that the claim speaks of, {about}"),
            "mend a date; what is announced is an event, not a claim",
        );
    }
    Claim {
        id,
        areas: fields.must_texts("area"),
        asserts: Assertion::from_word(&asserted).unwrap_or(Assertion::Unknown),
        hazard,
        about,
        reported,
        claimant: fields.must("claimant"),
        reporter: fields.text("reporter"),
        evidence: fields.word("evidence", &words::EVIDENCE),
        title_only: fields.flag("title_only"),
        laid_by: fields.text("laid_by"),
        cleared_by: fields.text("cleared_by"),
        verified_by: fields.text("verified_by"),
        sources: fields.must_texts("sources"),
        summary: fields.must("summary"),
        quote: quote(fields),
        notes: fields.text("notes"),
        origin: fields.text("origin"),
    }
}

fn event(fields: &mut Fields<'_, '_>, id: String) -> Event {
    let mut covers = Vec::new();
    for text in fields.texts("covers") {
        match FeatureRef::parse(&text) {
            Some(reference) => covers.push(reference),
            None => fields.fault(
                "covers",
                format!("`{text}` names no feature"),
                "write `layer/feature`, as `enclaves/sokh`",
            ),
        }
    }
    Event {
        id,
        kind: fields.must_word("kind", &words::EVENT_KINDS),
        title: fields.must("title"),
        date: fields.date("date"),
        reported: fields.date("reported"),
        parties: fields.texts("parties"),
        covers,
        figures: figures(fields),
        state: fields.word("state", &words::EVENT_STATES),
        sources: fields.must_texts("sources"),
        title_only: fields.flag("title_only"),
        summary: fields.text("summary"),
        quote: quote(fields),
        notes: fields.text("notes"),
        origin: fields.text("origin"),
    }
}

fn figures(fields: &mut Fields<'_, '_>) -> Vec<Figure> {
    let text = |table: &DeTable<'_>, name: &str| {
        table.get(name).and_then(|value| value.get_ref().as_str()).map(str::to_owned)
    };
    let mut figures = Vec::new();
    for (_, table) in fields.tables("figures") {
        match text(table, "value") {
            Some(value) => {
                figures.push(Figure { value, unit: text(table, "unit"), of: text(table, "of") });
            }
            None => fields.fault(
                "figures",
                "a figure has no value".to_owned(),
                "write it as { value = \"208\", unit = \"ha\", of = \"…\" }",
            ),
        }
    }
    figures
}

fn contradiction(fields: &mut Fields<'_, '_>, id: String) -> Contradiction {
    let entry = Contradiction {
        id,
        kind: fields.must_word("kind", &words::CONTRADICTION_KINDS),
        statement: fields.must("statement"),
        claims: fields.texts("claims"),
        events: fields.texts("events"),
        indicators: fields.texts("indicators"),
        actors: fields.texts("actors"),
        sources: fields.texts("sources"),
        notes: fields.text("notes"),
        origin: fields.text("origin"),
    };
    let named = entry.claims.len()
        + entry.events.len()
        + entry.indicators.len()
        + entry.actors.len()
        + entry.sources.len();
    if named < 2 {
        let problem = if named == 1 { "names one thing alone" } else { "names nothing" };
        fields.fault("claims", problem.to_owned(), "name the two or more that cannot all hold");
    }
    entry
}

fn indicator(fields: &mut Fields<'_, '_>, id: String) -> Indicator {
    Indicator {
        id,
        kind: fields.must_word("kind", &words::INDICATOR_KINDS),
        label: fields.must("label"),
        value: fields.text("value"),
        year: fields.date("year"),
        unit: fields.text("unit"),
        country: fields.text("country"),
        section: fields.text("section"),
        sources: fields.texts("sources"),
        notes: fields.text("notes"),
        origin: fields.text("origin"),
    }
}

fn place(fields: &mut Fields<'_, '_>, id: String) -> NamedPlace {
    let feature = fields.text("feature").and_then(|text| {
        let reference = FeatureRef::parse(&text);
        if reference.is_none() {
            fields.fault(
                "feature",
                format!("`{text}` names no feature"),
                "write `layer/feature`, as `settlements/1514637`",
            );
        }
        reference
    });
    NamedPlace {
        id,
        name: fields.must("name"),
        kind: fields.must("kind"),
        names: fields.texts("names"),
        country: fields.text("country"),
        feature,
        notes: fields.text("notes"),
        sources: fields.texts("sources"),
        origin: fields.text("origin"),
    }
}
