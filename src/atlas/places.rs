//! The gazetteer: places by name, in any script.

use std::collections::HashMap;

use geo::Coord;

use super::spellings::Spellings;

/// A place that can be asked about.
#[derive(Clone, Debug)]
pub struct Place {
    /// Unique in the atlas.
    pub id: String,
    pub name: String,
    /// Every spelling, the name first.
    pub names: Vec<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    pub population: Option<u64>,
    /// WGS 84 longitude and latitude, degrees; `None` for a place that is an area,
    /// or that sources name and nobody located.
    pub at: Option<Coord<f64>>,
    /// The feature that the place is, `layer/feature`, where it is an area.
    pub area: Option<String>,
    pub notes: Option<String>,
}

/// Places that come from a file of their own, beside those of the layers.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    pub places: Vec<Place>,
    /// Whose they are.
    pub attribution: Option<String>,
}

/// How well a place's name fits what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    Exact,
    Prefix,
    Similar,
}

impl Fit {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Prefix => "prefix",
            Self::Similar => "similar",
        }
    }
}

/// Why a name does not lead to one located place.
#[derive(Debug)]
pub enum PlaceError<'a> {
    /// Nothing is called so; the most similar names.
    Unknown(Vec<&'a Place>),
    /// Several places are called so.
    Ambiguous(Vec<&'a Place>),
    /// The place is an area: distances from it depend on where in it one is.
    Area(&'a Place),
    /// The place is known by name, and nobody located it.
    Unlocated(&'a Place),
}

/// All places, findable by id and by name.
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    by_id: HashMap<String, usize>,
    spellings: Spellings,
    /// Whose the places are that no layer holds, where there are any.
    pub attribution: Option<String>,
}

/// A name without case, script, accents and punctuation: `Ак-Турпак`,
/// `Ak-Turpak` and `ak turpak` fold to the same letters.
#[must_use]
pub fn fold(name: &str) -> String {
    // The letters of Uzbek Cyrillic as the Uzbek Latin alphabet has them, where
    // a general transliteration has others.
    let latin =
        name.to_lowercase().replace('ў', "o").replace('қ', "q").replace('ғ', "g").replace('ҳ', "h");
    deunicode::deunicode(&latin)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

impl Gazetteer {
    /// Builds the look-ups.
    #[must_use]
    pub fn build(places: Vec<Place>) -> Self {
        let by_id = places.iter().enumerate().map(|(row, place)| (place.id.clone(), row)).collect();
        let named = (0u32..).zip(&places);
        let spellings = Spellings::build(
            named.map(|(row, place)| (row, place.name.as_str(), place.names.as_slice())),
        );
        Self { places, by_id, spellings, attribution: None }
    }

    /// Every place.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The places whose name fits, best first: exact, then by prefix, then with
    /// a few letters wrong; the more populous first among equals.
    #[must_use]
    pub fn search(&self, asked: &str, limit: usize) -> Vec<(&Place, Fit)> {
        let asked = fold(asked);
        if asked.is_empty() {
            return Vec::new();
        }
        // One wrong letter in four, three at the most: `Otukcu`, `Chongkara`.
        let tolerance = (asked.len() / 4).min(3);
        // Of each place its best spelling: how it fits, and how far it is off.
        let mut best: HashMap<u32, (Fit, usize)> = HashMap::new();
        let mut take = |place, fit| {
            best.entry(place).and_modify(|old| *old = (*old).min(fit)).or_insert(fit);
        };
        for (found, exact) in self.spellings.beginning(&asked) {
            // A place that goes by this name itself before one that others
            // spell so.
            let off = usize::from(!found.own);
            take(found.place, if exact { (Fit::Exact, 0) } else { (Fit::Prefix, off) });
        }
        for found in self.spellings.similar(&asked, tolerance) {
            take(found.place, (Fit::Similar, found.wrong));
        }
        let mut found: Vec<(usize, (Fit, usize))> =
            best.into_iter().map(|(row, fit)| (row as usize, fit)).collect();
        found.sort_by_key(|(row, (fit, off))| {
            let place = &self.places[*row];
            let population = std::cmp::Reverse(place.population.unwrap_or(0));
            (*fit, place.at.is_none(), *off, population, *row)
        });
        found.truncate(limit);
        found.into_iter().map(|(row, (fit, _))| (&self.places[row], fit)).collect()
    }

    /// The one located place with this id or name. Places nobody located are
    /// passed over when a located one has the same name: see [`Self::namesakes`].
    ///
    /// # Errors
    /// When no place, several located places, or only an unlocated one is
    /// called so.
    pub fn resolve(&self, asked: &str) -> Result<(&Place, Coord<f64>), PlaceError<'_>> {
        let found: Vec<&Place> = match self.by_id.get(asked.trim()) {
            Some(row) => vec![&self.places[*row]],
            None => self.called(&fold(asked)),
        };
        let located: Vec<(&Place, Coord<f64>)> =
            found.iter().filter_map(|place| place.at.map(|at| (*place, at))).collect();
        let mut known: Vec<&Place> = located.iter().map(|(place, _)| *place).collect();
        known.extend(found.iter().filter(|place| place.area.is_some()));
        match (located.as_slice(), known.as_slice(), found.as_slice()) {
            ([one], [_], _) => Ok(*one),
            ([], [area], _) => Err(PlaceError::Area(area)),
            (_, [], [first, ..]) => Err(PlaceError::Unlocated(first)),
            (_, [], []) => Err(PlaceError::Unknown(
                self.search(asked, 5).into_iter().map(|(place, _)| place).collect(),
            )),
            _ => Err(PlaceError::Ambiguous(known)),
        }
    }

    /// The places with a folded spelling, the more populous first.
    fn called(&self, spelling: &str) -> Vec<&Place> {
        if spelling.is_empty() {
            return Vec::new();
        }
        let mut rows: Vec<usize> =
            self.spellings.exactly(spelling).map(|row| row as usize).collect();
        rows.sort_by_key(|row| {
            (std::cmp::Reverse(self.places[*row].population.unwrap_or(0)), *row)
        });
        rows.into_iter().map(|row| &self.places[row]).collect()
    }

    /// Other places that share a spelling with this one.
    #[must_use]
    pub fn namesakes(&self, place: &Place) -> Vec<&Place> {
        let mut rows: Vec<usize> = place
            .names
            .iter()
            .map(|name| fold(name))
            .filter(|spelling| !spelling.is_empty())
            .flat_map(|spelling| {
                let rows: Vec<u32> = self.spellings.exactly(&spelling).collect();
                rows
            })
            .map(|row| row as usize)
            .filter(|row| self.places[*row].id != place.id)
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().map(|row| &self.places[row]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: &str, names: &[&str], at: Option<(f64, f64)>) -> Place {
        Place {
            id: id.to_owned(),
            name: names[0].to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            country: None,
            population: None,
            at: at.map(Coord::from),
            area: None,
            notes: None,
        }
    }

    fn valley() -> Gazetteer {
        Gazetteer::build(vec![
            place("1", &["Ak-Turpak", "Ак-Турпак", "Oq-Turpoq"], Some((71.05, 40.19))),
            place("2", &["Dostuk"], Some((71.86, 40.22))),
            place("3", &["Dostuk"], Some((70.63, 40.05))),
            place("4", &["Otukchu", "Өтүкчү"], Some((71.09, 40.11))),
            place("5", &["Zhany-Barak"], None),
            place("6", &["Ak-Turpak"], None),
        ])
    }

    #[test]
    fn any_script_leads_to_the_place() {
        for asked in ["Ак-Турпак", "Ak-Turpak", "ak turpak", "OQ TURPOQ", "1"] {
            assert_eq!(valley().resolve(asked).unwrap().0.id, "1", "{asked}");
        }
        assert_eq!(valley().resolve("өтүкчү").unwrap().0.id, "4");
        assert_eq!((fold("Қўқон"), fold("Ўш")), ("qoqon".to_owned(), "osh".to_owned()));
        let gazetteer = valley();
        let (ak_turpak, _) = gazetteer.resolve("Ak-Turpak").unwrap();
        assert_eq!(gazetteer.namesakes(ak_turpak)[0].id, "6");
    }

    #[test]
    fn small_misspellings_are_found_but_never_taken_for_the_place() {
        let gazetteer = valley();
        let found = gazetteer.search("Otukcu", 5);
        assert_eq!((found[0].0.id.as_str(), found[0].1), ("4", Fit::Similar));
        assert!(
            matches!(gazetteer.resolve("Otukcu"), Err(PlaceError::Unknown(similar)) if similar.len() == 1)
        );
    }

    #[test]
    fn an_area_is_not_taken_for_a_point_nor_passed_over() {
        let mut area = place("enclaves/chon-gara", &["Chon-Gara", "Qalacha"], None);
        area.area = Some(area.id.clone());
        let village = place("7", &["Chon-Kara", "Chon-Gara"], Some((71.01, 40.26)));
        let gazetteer = Gazetteer::build(vec![area, village]);
        assert!(
            matches!(gazetteer.resolve("Chon-Gara"), Err(PlaceError::Ambiguous(two)) if two.len() == 2)
        );
        assert!(matches!(gazetteer.resolve("Qalacha"), Err(PlaceError::Area(_))));
        assert_eq!(gazetteer.resolve("Chon-Kara").unwrap().0.id, "7");
    }

    #[test]
    fn a_name_of_several_places_is_not_guessed() {
        assert!(
            matches!(valley().resolve("dostuk"), Err(PlaceError::Ambiguous(two)) if two.len() == 2)
        );
        assert!(matches!(valley().resolve("Zhany-Barak"), Err(PlaceError::Unlocated(_))));
        assert!(
            matches!(valley().resolve("---"), Err(PlaceError::Unknown(none)) if none.is_empty())
        );
    }
}
