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
}

/// What is reported of an area from a day on, until its next slice begins.
#[derive(Clone, Copy, Debug)]
struct Slice {
    /// `None`: since ever.
    from: Option<Day>,
    text: Text,
}

/// Where a text stands in [`Areas::texts`].
#[derive(Clone, Copy, Debug)]
struct Text {
    start: usize,
    length: u32,
}

/// Every reported area with what is claimed of it, when every claim is known in slices.
///
/// What is read for every area of an answer stands apart from what is not, area after
/// area as the layers have them: what is asked for together lies together in memory.
#[derive(Debug, Default)]
pub struct Areas {
    records: Vec<Record>,
    /// The place of each area's record, by the area's id.
    places: HashMap<String, u32>,
    /// The same for each row of a layer, by the layer's id.
    of_rows: HashMap<String, Vec<u32>>,
    /// The first slice of each record, and the end of the last one's.
    firsts: Vec<u32>,
    /// Of each area earliest first.
    slices: Vec<Slice>,
    statuses: Vec<Status>,
    /// The status of each slice as members of a JSON object.
    texts: String,
    /// Where the status without any report stands there.
    unsaid: Option<Text>,
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
        let mut areas = Self::default();
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
            let record = Record {
                own: mine,
                inherited: inherited.into_iter().collect(),
                contradictions: touching
                    .iter()
                    .map(|entry| contradictions[*entry].clone())
                    .collect(),
            };
            areas.add(id, record, ledger);
        }
        areas.texts.shrink_to_fit();
        for layer in layers.iter().filter(|layer| !layer.areas.is_empty()) {
            let features = layer.features.iter().zip(&layer.areas);
            let places = features.map(|(feature, _)| areas.places[&*feature.id]).collect();
            areas.of_rows.insert(layer.info.id.clone(), places);
        }
        areas
    }

    #[allow(clippy::cast_possible_truncation)] // Rows are numbered by u32.
    fn add(&mut self, id: &str, record: Record, ledger: &Ledger) {
        if self.firsts.is_empty() {
            self.firsts.push(0);
        }
        for (from, status) in record.cut(ledger, None) {
            let text = self.written(&status, ledger);
            self.slices.push(Slice { from, text });
            self.statuses.push(status);
        }
        self.firsts.push(self.slices.len() as u32);
        self.places.insert(id.to_owned(), self.records.len() as u32);
        self.records.push(record);
    }

    /// Writes a status, unless it is of no report, as most areas begin: that is said once.
    #[allow(clippy::cast_possible_truncation)] // No status fills four gigabytes.
    fn written(&mut self, status: &Status, ledger: &Ledger) -> Text {
        let is_unsaid = *status == Status::default();
        if let Some(written) = self.unsaid.filter(|_| is_unsaid) {
            return written;
        }
        let start = self.texts.len();
        status.write(ledger, &mut self.texts);
        let text = Text { start, length: (self.texts.len() - start) as u32 };
        if is_unsaid {
            self.unsaid = Some(text);
        }
        text
    }

    /// For each row of a layer of reported areas what [`Self::members`] knows it by;
    /// nothing of other layers.
    #[must_use]
    pub fn places(&self, layer: &Layer) -> &[u32] {
        self.of_rows.get(&layer.info.id).map_or(&[], Vec::as_slice)
    }

    /// The slices of a record.
    fn slices(&self, place: u32) -> Range<usize> {
        let place = place as usize;
        self.firsts[place] as usize..self.firsts[place + 1] as usize
    }

    /// The slice of a record that holds on a day.
    fn slice(&self, place: u32, day: Day) -> usize {
        let slices = self.slices(place);
        let begun = |it: &Slice| it.from.is_none_or(|from| from <= day);
        // The first holds since ever.
        let after = self.slices[slices.clone()].partition_point(begun);
        slices.start + after.saturating_sub(1)
    }

    /// Claims about an area itself and those about areas that contain it, as
    /// rows of the ledger, whatever the day.
    #[must_use]
    pub fn claims_about(&self, id: &str) -> (&[usize], &[usize]) {
        self.places.get(id).map_or((&[], &[]), |place| {
            let record = &self.records[*place as usize];
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
        let place = *self.places.get(id)?;
        Some(if known_at.is_some() {
            let record = &self.records[place as usize];
            Cow::Owned(record.status(ledger, Some(day), known_at))
        } else {
            Cow::Borrowed(&self.statuses[self.slice(place, day)])
        })
    }

    /// The same of one of [`Self::places`] as members of a JSON object, as
    /// [`Status::write`] has them.
    #[must_use]
    pub fn members(
        &self,
        ledger: &Ledger,
        place: u32,
        day: Day,
        known_at: Option<Day>,
    ) -> Cow<'_, str> {
        if known_at.is_some() {
            let mut text = String::new();
            let record = &self.records[place as usize];
            record.status(ledger, Some(day), known_at).write(ledger, &mut text);
            return Cow::Owned(text);
        }
        let Text { start, length } = self.slices[self.slice(place, day)].text;
        Cow::Borrowed(&self.texts[start..start + length as usize])
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
        let Some(place) = self.places.get(id) else { return Vec::new() };
        let slices = match known_at {
            Some(_) => self.records[*place as usize].cut(ledger, known_at),
            None => {
                let from = |slice: usize| (self.slices[slice].from, self.statuses[slice].clone());
                self.slices(*place).map(from).collect()
            }
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
