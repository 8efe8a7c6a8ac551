//! From what people write to what they mean: places and features by name.

use geo::{Coord, Intersects};

use super::crs::Crs;
use super::geodesy::windows;
use super::window::{Window, window};
use super::{Bbox, values};
use crate::atlas::ledger::FeatureRef;
use crate::atlas::places::{Place, PlaceError};
use crate::atlas::{Atlas, Layer, LayerKind};

/// Places of one name that a refusal lists: beyond these a list does not help to
/// choose.
const MOST_LISTED: usize = 20;

/// The place that was asked about.
#[derive(Clone, Debug)]
pub struct Asked {
    /// WGS 84 longitude and latitude, degrees.
    pub at: Coord<f64>,
    /// `None` when a position was given.
    pub place: Option<Place>,
    /// Other places that go by the same name.
    pub namesakes: Vec<Place>,
}

impl Asked {
    /// A position without a name.
    #[must_use]
    pub fn position(at: Coord<f64>) -> Self {
        Self { at, place: None, namesakes: Vec::new() }
    }
}

/// Why a name does not lead to one thing; the text says what would do.
#[derive(Debug, thiserror::Error)]
pub enum NameError {
    /// Nothing that can be asked about is called so.
    #[error("{0}")]
    Missing(String),
    /// The name is not clear: it fits several, or is malformed.
    #[error("{0}")]
    Unclear(String),
}

/// A place by id or name, or a position `lon,lat`.
///
/// # Errors
/// When the text leads to no place, to several, or to one that nobody located.
pub fn find_place(atlas: &Atlas, text: &str) -> Result<Asked, NameError> {
    if values::looks_like_position(text) {
        return find_position(atlas, text);
    }
    let asked = values::shown(text);
    match atlas.places.resolve(text) {
        Ok((place, at)) => Ok(Asked {
            at,
            place: Some(place.clone()),
            namesakes: atlas.places.namesakes(place).into_iter().cloned().collect(),
        }),
        Err(PlaceError::Unknown(similar)) if similar.is_empty() => Err(NameError::Missing(
            format!("no place is called `{asked}`; give another spelling, or lon,lat"),
        )),
        Err(PlaceError::Unknown(similar)) => Err(NameError::Missing(format!(
            "no place is called `{asked}`; perhaps {}",
            listed(&similar)
        ))),
        Err(PlaceError::Ambiguous(several)) => Err(NameError::Unclear(format!(
            "{} places are called `{asked}`; ask by id: {}",
            several.len(),
            listed(&several)
        ))),
        Err(PlaceError::Area(place)) => Err(NameError::Unclear(format!(
            "`{}` is an area, {}; give a settlement in it, or lon,lat",
            place.name,
            place.area.as_deref().unwrap_or_default()
        ))),
        Err(PlaceError::Unlocated(place)) => Err(NameError::Missing(format!(
            "`{}` is named by sources and located by none of them; give lon,lat, or a place near it",
            place.name
        ))),
    }
}

/// A position `lon,lat`.
///
/// # Errors
/// When it is malformed, or lies outside the atlas's window while the same
/// numbers the other way round lie inside: the answer would be that nothing is
/// reported, about the wrong ground.
pub fn find_position(atlas: &Atlas, text: &str) -> Result<Asked, NameError> {
    let at = values::position(text).map_err(NameError::Unclear)?;
    let window = atlas.about.window;
    let swapped = Coord { x: at.y, y: at.x };
    if !window.intersects(&at) && window.intersects(&swapped) {
        return Err(NameError::Unclear(format!(
            "`{text}`: latitude and longitude look swapped; write longitude first, {},{}",
            swapped.x, swapped.y
        )));
    }
    Ok(Asked::position(at))
}

/// A window in a reference system, of which a layer is asked.
///
/// # Errors
/// When it is malformed, or in degrees and misses the atlas's window while the
/// same numbers the other way round meet it: the answer would be that nothing is
/// there, about the wrong ground. A plain layer may lie anywhere.
pub fn find_window(atlas: &Atlas, layer: &Layer, text: &str, crs: Crs) -> Result<Window, String> {
    let found = window(text, crs)?;
    let ground = atlas.about.window;
    let meets = |bbox: Bbox| windows(bbox).iter().any(|part| part.intersects(&ground));
    let Bbox { west, south, east, north } = found.bbox;
    let swapped = Bbox { west: south, south: west, east: north, north: east };
    let is_window = west <= east && west.abs() <= 90. && east.abs() <= 90.;
    if crs.is_geographic()
        && layer.info.kind != LayerKind::Plain
        && !meets(found.bbox)
        && is_window
        && meets(swapped)
    {
        let shown = values::shown(text);
        let remedy = if crs.is_northing_first() {
            format!("south,west,north,east: {west},{south},{east},{north}")
        } else {
            format!("west,south,east,north: {south},{west},{north},{east}")
        };
        return Err(format!("`{shown}`: latitude and longitude look swapped; write {remedy}"));
    }
    Ok(found)
}

fn listed(places: &[&Place]) -> String {
    let named = |place: &&Place| {
        let country = place.country.as_deref().unwrap_or("country not given");
        let at = match (place.at, &place.area) {
            (Some(at), _) => format!(" at {},{}", at.x, at.y),
            (None, Some(_)) => ", an area".to_owned(),
            (None, None) => String::new(),
        };
        format!("{} ({country}{at}), id {}", place.name, place.id)
    };
    let mut parts: Vec<String> = places.iter().take(MOST_LISTED).map(named).collect();
    if places.len() > MOST_LISTED {
        parts.push(format!("and {} more", places.len() - MOST_LISTED));
    }
    parts.join("; ")
}

/// The feature that `layer/id` names, or the bare id of a reported area, or of
/// a feature whose id stands in one layer alone.
///
/// # Errors
/// When the text leads to no feature, or to several.
pub fn find_feature(atlas: &Atlas, text: &str) -> Result<FeatureRef, NameError> {
    const WANTED: &str = "write collection/id, as enclaves/sokh";
    let has = |feature: &FeatureRef| {
        atlas.layer(&feature.layer).is_some_and(|layer| !layer.versions(&feature.id).is_empty())
    };
    let missing =
        || NameError::Missing(format!("there is no feature `{}`; {WANTED}", values::shown(text)));
    if let Some(feature) = FeatureRef::parse(text) {
        return has(&feature).then_some(feature).ok_or_else(missing);
    }
    let found: Vec<FeatureRef> = atlas
        .layers
        .iter()
        .map(|layer| FeatureRef { layer: layer.info.id.clone(), id: text.to_owned() })
        .filter(has)
        .collect();
    let is_area = |feature: &&FeatureRef| {
        atlas.layer(&feature.layer).is_some_and(|layer| layer.info.kind == LayerKind::ReportedArea)
    };
    match (found.as_slice(), found.iter().find(is_area)) {
        ([one], _) | (_, Some(one)) => Ok(one.clone()),
        ([], None) => Err(missing()),
        (several, None) => Err(NameError::Unclear(format!(
            "several have the id `{text}`; write one of {}",
            several.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        ))),
    }
}
