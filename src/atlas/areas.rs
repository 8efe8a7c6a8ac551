//! Every reported area with what is claimed of it: the status of each at any day is
//! worked out once, between the days on which a claim sets in.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;

use super::date::{Day, Period};
use super::layer::Layer;
use super::ledger::{Claim, Ledger};
use super::status::Status;

#[derive(Debug)]
struct Record {
    own: Vec<usize>,
    inherited: Vec<usize>,
    /// Contradictions that name a claim about the area or one that contains it,
    /// each as the rows of its claims.
    contradictions: Vec<Vec<usize>>,
    /// What is reported when every claim is known, earliest first.
    slices: Vec<Slice>,
}

/// What is reported of an area from a day on, until the next slice begins.
#[derive(Debug)]
struct Slice {
    /// `None`: since ever.
    from: Option<Day>,
    status: Status,
    /// The status as members of a JSON object, in [`Areas::texts`].
    text: Range<usize>,
}

/// Every reported area with what is claimed of it.
#[derive(Debug, Default)]
pub struct Areas {
    records: Vec<Record>,
    rows: HashMap<String, usize>,
    /// Those of all slices, area after area as the layers have them: what is asked for
    /// together stands together.
    texts: String,
}

impl Areas {
    /// Joins the areas of the layers with the ledger's claims and contradictions.
    #[must_use]
    pub fn build(layers: &[Arc<Layer>], ledger: &Ledger) -> Self {
        let mut own: HashMap<&str, Vec<usize>> = HashMap::new();
        for (row, claim) in ledger.claims.iter().enumerate() {
            for area in &claim.areas {
                own.entry(area).or_default().push(row);
            }
        }
        let contradictions: Vec<Vec<usize>> = ledger
            .contradictions
            .iter()
            .map(|entry| entry.claims.iter().filter_map(|id| ledger.claim_row(id)).collect())
            .collect();
        let mut naming: HashMap<usize, Vec<usize>> = HashMap::new();
        for (entry, claims) in contradictions.iter().enumerate() {
            for claim in claims {
                naming.entry(*claim).or_default().push(entry);
            }
        }
        // An area lies within whatever any of its versions does.
        let mut parents: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut ids: Vec<&str> = Vec::new();
        for layer in layers {
            for (feature, area) in layer.features.iter().zip(&layer.areas) {
                let within = parents.entry(&feature.id).or_insert_with(|| {
                    ids.push(&feature.id);
                    Vec::new()
                });
                within.extend(area.within.iter().map(String::as_str));
            }
        }
        let about = |id: &str| own.get(id).cloned().unwrap_or_default();
        let mut records: Vec<Record> = Vec::with_capacity(ids.len());
        let mut texts = String::new();
        for id in &ids {
            let mine = about(id);
            let inherited: BTreeSet<usize> = containers(id, &parents)
                .into_iter()
                .flat_map(about)
                .filter(|row| !mine.contains(row))
                .collect();
            let claims = mine.iter().chain(&inherited);
            let touching: BTreeSet<usize> =
                claims.filter_map(|row| naming.get(row)).flatten().copied().collect();
            let mut record = Record {
                own: mine,
                inherited: inherited.into_iter().collect(),
                contradictions: touching
                    .iter()
                    .map(|entry| contradictions[*entry].clone())
                    .collect(),
                slices: Vec::new(),
            };
            for (from, status) in record.cut(ledger, None) {
                let start = texts.len();
                status.write(ledger, &mut texts);
                record.slices.push(Slice { from, status, text: start..texts.len() });
            }
            records.push(record);
        }
        texts.shrink_to_fit();
        let rows = ids.iter().enumerate().map(|(row, id)| ((*id).to_owned(), row)).collect();
        Self { records, rows, texts }
    }

    /// Claims about an area itself and those about areas that contain it, as
    /// rows of the ledger, whatever the day.
    #[must_use]
    pub fn claims_about(&self, id: &str) -> (&[usize], &[usize]) {
        self.rows.get(id).map_or((&[], &[]), |row| {
            let record = &self.records[*row];
            (&record.own, &record.inherited)
        })
    }

    /// The status of an area on `day`, as known on `known_at`, or as known now.
    #[must_use]
    pub fn status(
        &self,
        ledger: &Ledger,
        id: &str,
        day: Day,
        known_at: Option<Day>,
    ) -> Option<Cow<'_, Status>> {
        let record = &self.records[*self.rows.get(id)?];
        Some(if known_at.is_some() {
            Cow::Owned(record.status(ledger, Some(day), known_at))
        } else {
            Cow::Borrowed(&record.slice(day).status)
        })
    }

    /// The same as members of a JSON object, as [`Status::write`] has them.
    #[must_use]
    pub fn members(
        &self,
        ledger: &Ledger,
        id: &str,
        day: Day,
        known_at: Option<Day>,
    ) -> Option<Cow<'_, str>> {
        let record = &self.records[*self.rows.get(id)?];
        Some(if known_at.is_some() {
            let mut text = String::new();
            record.status(ledger, Some(day), known_at).write(ledger, &mut text);
            Cow::Owned(text)
        } else {
            Cow::Borrowed(&self.texts[record.slice(day).text.clone()])
        })
    }

    /// The status of an area over the days of `during`, as known on `known_at`,
    /// or as known now: the runs of days in which it stays the same, earliest
    /// first. Together they are `during`; none for what is no reported area.
    #[must_use]
    pub fn spells(
        &self,
        ledger: &Ledger,
        id: &str,
        during: Period,
        known_at: Option<Day>,
    ) -> Vec<(Period, Status)> {
        let Some(row) = self.rows.get(id) else { return Vec::new() };
        let record = &self.records[*row];
        let slices = match known_at {
            Some(_) => record.cut(ledger, known_at),
            None => record.slices.iter().map(|it| (it.from, it.status.clone())).collect(),
        };
        let next = slices.iter().skip(1).map(|(from, _)| *from);
        let ends: Vec<Option<Day>> =
            next.map(|from| from.and_then(|day| day.yesterday().ok())).chain([None]).collect();
        let spells = slices.into_iter().zip(ends);
        spells
            .filter_map(|((first, status), last)| {
                Some((Period { first, last }.within(&during)?, status))
            })
            .collect()
    }
}

/// The ids of all areas that contain this one, nearest first.
fn containers<'a>(id: &str, parents: &HashMap<&'a str, Vec<&'a str>>) -> Vec<&'a str> {
    let mut found: Vec<&str> = parents.get(id).cloned().unwrap_or_default();
    let mut next = 0;
    while next < found.len() {
        for parent in parents.get(found[next]).into_iter().flatten() {
            if *parent != id && !found.contains(parent) {
                found.push(parent);
            }
        }
        next += 1;
    }
    found
}

/// Whether a claim counts on `day` (`None`: before every dated claim) for
/// someone who knows what was reported by `known_at`.
fn is_live(ledger: &Ledger, claim: &Claim, day: Option<Day>, known_at: Option<Day>) -> bool {
    let begun = match (ledger.claim_begins(claim), day) {
        (None, _) => true,
        (Some(starts), Some(day)) => starts <= day,
        (Some(_), None) => false,
    };
    let known = match known_at {
        None => true,
        Some(known_at) => ledger.claim_known(claim).is_some_and(|known| known <= known_at),
    };
    begun && known
}

impl Record {
    /// What is reported on a day, when every claim is known.
    fn slice(&self, day: Day) -> &Slice {
        let after = self.slices.partition_point(|it| it.from.is_none_or(|from| from <= day));
        // The first holds since ever.
        &self.slices[after.saturating_sub(1)]
    }

    fn status(&self, ledger: &Ledger, day: Option<Day>, known_at: Option<Day>) -> Status {
        let live = |row: &usize| is_live(ledger, &ledger.claims[*row], day, known_at);
        let claims: Vec<usize> = self.own.iter().copied().filter(live).collect();
        let weight = |row: &usize| {
            let claim = &ledger.claims[*row];
            let begins = ledger.claim_begins(claim);
            (!claim.asserts.is_silence(), begins, ledger.claim_known(claim), *row)
        };
        let contested_by: BTreeSet<usize> = self
            .contradictions
            .iter()
            .filter_map(|entry| {
                let alive: Vec<usize> = entry.iter().copied().filter(live).collect();
                let touches = |row: &usize| self.own.contains(row) || self.inherited.contains(row);
                (alive.len() >= 2 && alive.iter().any(touches)).then_some(alive)
            })
            .flatten()
            .collect();
        Status {
            standing: claims.iter().copied().max_by_key(weight),
            inherited: self.inherited.iter().copied().filter(live).collect(),
            contested_by: contested_by.into_iter().collect(),
            claims,
        }
    }

    /// Each status with the day from which it holds; none is as the one before it.
    fn cut(&self, ledger: &Ledger, known_at: Option<Day>) -> Vec<(Option<Day>, Status)> {
        let days: BTreeSet<Option<Day>> = self
            .own
            .iter()
            .chain(&self.inherited)
            .chain(self.contradictions.iter().flatten())
            .map(|row| ledger.claim_begins(&ledger.claims[*row]))
            .chain(std::iter::once(None))
            .collect();
        let mut slices: Vec<(Option<Day>, Status)> = Vec::new();
        for day in days {
            let status = self.status(ledger, day, known_at);
            if slices.last().is_none_or(|(_, before)| *before != status) {
                slices.push((day, status));
            }
        }
        slices
    }
}
