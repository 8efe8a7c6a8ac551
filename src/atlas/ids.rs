//! Rows by the id of the thing that they are versions of. Most things have one
//! version, which takes four bytes here.

use std::collections::HashMap;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::layer::Feature;

/// The rows of each thing of a layer.
#[derive(Debug, Default)]
pub(super) struct Ids {
    hasher: DefaultHashBuilder,
    /// The first row of each thing.
    firsts: HashTable<u32>,
    /// All rows of a thing that has several, by the first of them.
    several: HashMap<u32, Vec<u32>>,
}

impl Ids {
    /// Adds the row that comes after those that are there.
    pub fn add(&mut self, row: u32, features: &[Feature]) {
        let id = |row: u32| &*features[row as usize].id;
        let hash = |id: &str| self.hasher.hash_one(id);
        let entry = self.firsts.entry(
            hash(id(row)),
            |other| id(*other) == id(row),
            |other| hash(id(*other)),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(first) => {
                let first = *first.get();
                self.several.entry(first).or_insert_with(|| vec![first]).push(row);
            }
            hashbrown::hash_table::Entry::Vacant(none) => {
                none.insert(row);
            }
        }
    }

    /// The rows of a thing; those of several versions as they were added, or as
    /// [`Self::sort`] put them.
    pub fn rows(&self, id: &str, features: &[Feature]) -> &[u32] {
        let hash = self.hasher.hash_one(id);
        let Some(first) = self.firsts.find(hash, |row| &*features[*row as usize].id == id) else {
            return &[];
        };
        self.several.get(first).map_or(std::slice::from_ref(first), Vec::as_slice)
    }

    /// Puts the versions of each thing in the order of their first days.
    pub fn sort(&mut self, features: &[Feature]) {
        for versions in self.several.values_mut() {
            versions.sort_by_key(|row| features[*row as usize].validity.first);
        }
        self.firsts.shrink_to_fit(|row| self.hasher.hash_one(&*features[*row as usize].id));
    }
}
