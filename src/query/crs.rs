//! Coordinate reference systems by reference (OGC 18-058r1): the seven that
//! answers are given in, their names, axis order and transformation.
//!
//! Positions are longitude, latitude on WGS 84 in degrees wherever nothing else
//! is said. Projected coordinates are metres, and `x, y` is easting, northing,
//! as files of GIS software have it; [`Crs::ordered`] gives the order of the
//! authority, which OGC API wants. Transverse Mercator is that of `proj4rs`
//! (Poder and Engsager's series, as in PROJ).

use std::fmt;
use std::sync::LazyLock;

use geo::{Coord, Geometry, MapCoords, Rect};
use proj4rs::Proj;
use proj4rs::transform::transform;

use super::values;

/// A coordinate reference system that answers can be given in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Crs {
    /// WGS 84, longitude and latitude.
    #[default]
    Crs84,
    /// WGS 84, latitude and longitude.
    Wgs84,
    /// The sphere of web maps.
    WebMercator,
    /// UTM zone 42N, central meridian 69° E.
    Utm42,
    /// UTM zone 43N, central meridian 75° E.
    Utm43,
    /// Pulkovo 1942, Gauss-Krüger zone 12, central meridian 69° E.
    GaussKrueger12,
    /// Pulkovo 1942, Gauss-Krüger zone 13, central meridian 75° E.
    GaussKrueger13,
}

/// What is known of a reference system.
struct Traits {
    crs: Crs,
    /// Authority and code.
    name: &'static str,
    title: &'static str,
    uri: &'static str,
    urn: &'static str,
    /// Whether the authority puts latitude or northing first.
    northing_first: bool,
    /// West, south, east, north in degrees: where coordinates are given.
    domain: [f64; 4],
    /// For `proj4rs`, where it is a projection with an ellipsoid of its own.
    definition: Option<&'static str>,
}

/// Semi-major axis of WGS 84 and radius of the sphere of EPSG:3857, metres.
const A: f64 = 6_378_137.;

/// The domain of a transverse Mercator is two zones of six degrees to either
/// side of its central meridian: farther off its scale is wrong by a hundredth
/// and more, and another zone is meant. Latitudes are those of the EPSG area of
/// use; for Pulkovo 1942 those of its transformation.
///
/// Pulkovo 1942 to WGS 84 is EPSG:15865, "Pulkovo 1942 to WGS 84 (16)", which
/// PROJ ranks first here: accuracy 4.5 m, Kyrgyzstan, Tajikistan and Uzbekistan
/// in its area of use. EPSG gives it as a coordinate frame rotation; `towgs84` is
/// a position vector transformation, whose rotations have the other sign. (Point
/// by point PROJ may take EPSG:5044 north of 41.19° N, since the bounding box of
/// Russia, for which that is meant, reaches here; the two are 3 m apart.)
const SYSTEMS: [Traits; 7] = [
    Traits {
        crs: Crs::Crs84,
        name: "OGC:CRS84",
        title: "WGS 84, longitude and latitude",
        uri: "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        urn: "urn:ogc:def:crs:OGC:1.3:CRS84",
        northing_first: false,
        domain: [-180., -90., 180., 90.],
        definition: None,
    },
    Traits {
        crs: Crs::Wgs84,
        name: "EPSG:4326",
        title: "WGS 84, latitude and longitude",
        uri: "http://www.opengis.net/def/crs/EPSG/0/4326",
        urn: "urn:ogc:def:crs:EPSG::4326",
        northing_first: true,
        domain: [-180., -90., 180., 90.],
        definition: None,
    },
    Traits {
        crs: Crs::WebMercator,
        name: "EPSG:3857",
        title: "WGS 84 / Pseudo-Mercator",
        uri: "http://www.opengis.net/def/crs/EPSG/0/3857",
        urn: "urn:ogc:def:crs:EPSG::3857",
        northing_first: false,
        domain: [-180., -85.06, 180., 85.06],
        definition: None,
    },
    Traits {
        crs: Crs::Utm42,
        name: "EPSG:32642",
        title: "WGS 84 / UTM zone 42N",
        uri: "http://www.opengis.net/def/crs/EPSG/0/32642",
        urn: "urn:ogc:def:crs:EPSG::32642",
        northing_first: false,
        domain: [57., 0., 81., 84.],
        definition: Some("+proj=utm +zone=42 +datum=WGS84 +units=m +no_defs"),
    },
    Traits {
        crs: Crs::Utm43,
        name: "EPSG:32643",
        title: "WGS 84 / UTM zone 43N",
        uri: "http://www.opengis.net/def/crs/EPSG/0/32643",
        urn: "urn:ogc:def:crs:EPSG::32643",
        northing_first: false,
        domain: [63., 0., 87., 84.],
        definition: Some("+proj=utm +zone=43 +datum=WGS84 +units=m +no_defs"),
    },
    Traits {
        crs: Crs::GaussKrueger12,
        name: "EPSG:28412",
        title: "Pulkovo 1942 / Gauss-Krüger zone 12",
        uri: "http://www.opengis.net/def/crs/EPSG/0/28412",
        urn: "urn:ogc:def:crs:EPSG::28412",
        northing_first: true,
        domain: [57., 35.14, 81., 81.91],
        definition: Some(
            "+proj=etmerc +lat_0=0 +lon_0=69 +k=1 +x_0=12500000 +y_0=0 +ellps=krass \
             +towgs84=25,-141,-78.5,0,0.35,0.736,0 +units=m +no_defs",
        ),
    },
    Traits {
        crs: Crs::GaussKrueger13,
        name: "EPSG:28413",
        title: "Pulkovo 1942 / Gauss-Krüger zone 13",
        uri: "http://www.opengis.net/def/crs/EPSG/0/28413",
        urn: "urn:ogc:def:crs:EPSG::28413",
        northing_first: true,
        domain: [63., 35.14, 87., 81.91],
        definition: Some(
            "+proj=etmerc +lat_0=0 +lon_0=75 +k=1 +x_0=13500000 +y_0=0 +ellps=krass \
             +towgs84=25,-141,-78.5,0,0.35,0.736,0 +units=m +no_defs",
        ),
    },
];

static GEOGRAPHIC: LazyLock<Option<Proj>> =
    LazyLock::new(|| Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").ok());

static PROJECTIONS: LazyLock<[Option<Proj>; 7]> = LazyLock::new(|| {
    std::array::from_fn(|at| Proj::from_proj_string(SYSTEMS[at].definition?).ok())
});

/// Coordinates for which a reference system is not meant.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{x}, {y} lies outside the area in which {crs} is served, {area}")]
pub struct OutOfDomain {
    x: f64,
    y: f64,
    crs: Crs,
    area: Area,
}

/// An area in words.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Area([f64; 4]);

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [west, south, east, north] = self.0;
        write!(f, "longitude {west} to {east}, latitude {south} to {north}")
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Crs {
    /// Every reference system, the default first.
    pub fn all() -> impl Iterator<Item = Self> {
        SYSTEMS.iter().map(|traits| traits.crs)
    }

    fn traits(self) -> &'static Traits {
        // The table stands in the order of the variants; a test holds it there.
        &SYSTEMS[self as usize]
    }

    /// Authority and code: `EPSG:32642`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.traits().name
    }

    /// The code by which EPSG has it, longitude and latitude in either order.
    #[must_use]
    pub fn code(self) -> i32 {
        let code = self.name().strip_prefix("EPSG:").and_then(|code| code.parse().ok());
        code.unwrap_or(4326)
    }

    /// What it is, in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.traits().title
    }

    /// Its URI, as OGC API names it.
    #[must_use]
    pub fn uri(self) -> &'static str {
        self.traits().uri
    }

    /// Its URN, as older formats name it.
    #[must_use]
    pub fn urn(self) -> &'static str {
        self.traits().urn
    }

    /// Whether the authority puts latitude or northing first.
    #[must_use]
    pub fn is_northing_first(self) -> bool {
        self.traits().northing_first
    }

    /// Whether its coordinates are degrees.
    #[must_use]
    pub fn is_geographic(self) -> bool {
        matches!(self, Self::Crs84 | Self::Wgs84)
    }

    /// Where coordinates are given in it: longitudes and latitudes in degrees.
    #[must_use]
    pub fn domain(self) -> Rect<f64> {
        let [west, south, east, north] = self.traits().domain;
        Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north })
    }

    /// Reads a URI, a URN, a CURIE (`[EPSG:4326]`), or authority and code.
    ///
    /// # Errors
    /// When it is none of the seven; the error lists them.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        let named = |traits: &&Traits| {
            let code = traits.name.split(':').nth(1);
            [traits.uri, traits.urn].contains(&text)
                || bare.eq_ignore_ascii_case(traits.name)
                || (traits.crs == Self::Crs84 && code == Some(bare))
        };
        SYSTEMS.iter().find(named).map(|traits| traits.crs).ok_or_else(|| {
            let uris: Vec<&str> = SYSTEMS.iter().map(|traits| traits.uri).collect();
            format!("`{}` is not offered; write one of {}", values::shown(text), uris.join(", "))
        })
    }

    /// Coordinates in the order of the authority from `x, y`, and the other way
    /// round.
    #[must_use]
    pub fn ordered(self, at: Coord<f64>) -> Coord<f64> {
        if self.is_northing_first() { Coord { x: at.y, y: at.x } } else { at }
    }

    fn outside(self, at: Coord<f64>) -> OutOfDomain {
        OutOfDomain { x: at.x, y: at.y, crs: self, area: Area(self.traits().domain) }
    }

    fn holds(self, at: Coord<f64>) -> bool {
        let [west, south, east, north] = self.traits().domain;
        (west..=east).contains(&at.x) && (south..=north).contains(&at.y)
    }

    /// `x, y` of a position: metres, or degrees where it is geographic.
    ///
    /// # Errors
    /// When the position lies outside [`Self::domain`].
    pub fn project(self, position: Coord<f64>) -> Result<Coord<f64>, OutOfDomain> {
        if !self.holds(position) {
            return Err(self.outside(position));
        }
        let projected = match self {
            Self::Crs84 | Self::Wgs84 => Some(position),
            // EPSG method 1024: a sphere, given the latitudes of the ellipsoid.
            Self::WebMercator => Some(Coord {
                x: A * position.x.to_radians(),
                y: A * position.y.to_radians().tan().asinh(),
            }),
            _ => {
                let radians = (position.x.to_radians(), position.y.to_radians());
                self.between(radians, true).map(|(x, y)| Coord { x, y })
            }
        };
        projected.filter(is_finite).ok_or_else(|| self.outside(position))
    }

    /// The position of `x, y`.
    ///
    /// # Errors
    /// When they lead to no position in [`Self::domain`].
    pub fn locate(self, at: Coord<f64>) -> Result<Coord<f64>, OutOfDomain> {
        let position = match self {
            Self::Crs84 | Self::Wgs84 => Some(at),
            Self::WebMercator => {
                Some(Coord { x: (at.x / A).to_degrees(), y: (at.y / A).sinh().atan().to_degrees() })
            }
            _ => self
                .between((at.x, at.y), false)
                .map(|(x, y)| Coord { x: x.to_degrees(), y: y.to_degrees() })
                // Far out the series folds over, and many coordinates lead to
                // one position; only one of them is its own.
                .filter(|position| {
                    self.project(*position).is_ok_and(|back| {
                        (back.x - at.x).abs() < 0.01 && (back.y - at.y).abs() < 0.01
                    })
                }),
        };
        position
            .filter(|position| is_finite(position) && self.holds(*position))
            .ok_or_else(|| self.outside(at))
    }

    /// From radians on WGS 84 to metres (`forward`), or back.
    fn between(self, from: (f64, f64), forward: bool) -> Option<(f64, f64)> {
        let projection = PROJECTIONS[self as usize].as_ref()?;
        let geographic = GEOGRAPHIC.as_ref()?;
        let (source, target) =
            if forward { (geographic, projection) } else { (projection, geographic) };
        let mut point = (from.0, from.1, 0.);
        transform(source, target, &mut point).ok()?;
        Some((point.0, point.1))
    }

    /// A geometry in `x, y`, projected coordinates to the millimetre. Its points
    /// are transformed; between them an edge is straight in this system then,
    /// no longer in longitude and latitude.
    ///
    /// # Errors
    /// When a point lies outside [`Self::domain`].
    pub fn geometry(self, geometry: &Geometry<f64>) -> Result<Geometry<f64>, OutOfDomain> {
        let to_millimetres = |metres: f64| (metres * 1000.).round() / 1000.;
        geometry.try_map_coords(|position| {
            let at = self.project(position)?;
            Ok(if self.is_geographic() {
                at
            } else {
                Coord { x: to_millimetres(at.x), y: to_millimetres(at.y) }
            })
        })
    }

    /// Whether all positions of an envelope have coordinates here.
    #[must_use]
    pub fn covers(self, envelope: Rect<f64>) -> bool {
        self.is_geographic() || (self.holds(envelope.min()) && self.holds(envelope.max()))
    }
}

fn is_finite(at: &Coord<f64>) -> bool {
    at.x.is_finite() && at.y.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_variants() {
        for crs in Crs::all() {
            assert_eq!(crs.traits().crs, crs);
            assert_eq!(
                PROJECTIONS[crs as usize].is_some(),
                SYSTEMS[crs as usize].definition.is_some()
            );
        }
    }

    #[test]
    fn every_name_leads_to_its_system() {
        for crs in Crs::all() {
            let curie = format!("[{}]", crs.name());
            for name in [crs.uri(), crs.urn(), crs.name(), &curie, &crs.name().to_lowercase()] {
                assert_eq!(Crs::parse(name), Ok(crs), "{name}");
            }
        }
        assert_eq!(Crs::parse("CRS84"), Ok(Crs::Crs84));
        for text in ["", "4326", "EPSG:4258", "[EPSG:4326", "http://www.opengis.net/def/crs/"] {
            let refusal = Crs::parse(text).unwrap_err();
            assert!(Crs::all().all(|crs| refusal.contains(crs.uri())), "{refusal}");
        }
    }

    /// One line of the table: a position, the code, and PROJ's coordinates in
    /// the authority's order.
    fn table() -> Vec<(Coord<f64>, Crs, Coord<f64>)> {
        include_str!("../../tests/data/crs.csv")
            .lines()
            .filter(|line| !line.starts_with('#') && !line.starts_with("lon"))
            .map(|line| {
                let fields: Vec<&str> = line.split(',').collect();
                let number = |at: usize| fields[at].parse().unwrap();
                let crs = Crs::parse(&format!("EPSG:{}", fields[2])).unwrap();
                let at = Coord { x: number(0), y: number(1) };
                (at, crs, Coord { x: number(3), y: number(4) })
            })
            .collect()
    }

    #[test]
    fn coordinates_are_those_of_proj_to_a_decimetre() {
        let table = table();
        assert!(table.len() >= 300);
        for (position, crs, wanted) in table {
            let found = crs.ordered(crs.project(position).unwrap());
            let tolerance = if crs.is_geographic() { 1e-9 } else { 0.1 };
            let off = (found.x - wanted.x).abs().max((found.y - wanted.y).abs());
            assert!(off < tolerance, "{crs} {position:?}: {found:?}, wanted {wanted:?}");
        }
    }

    #[test]
    fn there_and_back_is_the_same_position() {
        for (position, crs, _) in table() {
            let back = crs.locate(crs.project(position).unwrap()).unwrap();
            let off = (back.x - position.x).abs().max((back.y - position.y).abs());
            assert!(off < 1e-7, "{crs} {position:?}: {back:?}");
        }
    }

    #[test]
    fn what_lies_outside_the_domain_is_refused() {
        for (crs, x, y) in [
            (Crs::WebMercator, 0., 90.),
            (Crs::WebMercator, 0., -89.),
            (Crs::Utm42, 0., 40.),
            (Crs::Utm42, -111., 40.),
            (Crs::Utm43, 75., -10.),
            (Crs::GaussKrueger12, 70., 30.),
            (Crs::GaussKrueger13, 159., 60.),
            (Crs::Crs84, f64::NAN, 0.),
        ] {
            let refusal = crs.project(Coord { x, y }).unwrap_err().to_string();
            assert!(refusal.contains(crs.name()), "{refusal}");
        }
    }

    #[test]
    fn an_envelope_is_covered_to_the_edge_of_the_domain() {
        let whole = Crs::Crs84.domain();
        for crs in Crs::all() {
            assert!(crs.covers(crs.domain()), "{crs}");
            assert_eq!(crs.covers(whole), crs.is_geographic(), "{crs}");
            let corners = [crs.domain().min(), crs.domain().max()];
            assert!(corners.iter().all(|corner| crs.project(*corner).is_ok()), "{crs}");
        }
    }

    #[test]
    fn wild_coordinates_lead_nowhere_and_never_to_nan() {
        let wild = [0., -0., 1e-300, 5e5, -5e5, 1.25e7, 4e6, 1e7, 1e8, 1e12, 1e300, f64::INFINITY];
        for crs in Crs::all() {
            for x in wild {
                for y in wild.iter().flat_map(|y| [*y, -*y]).chain([f64::NAN]) {
                    if let Ok(position) = crs.locate(Coord { x, y }) {
                        assert!(crs.holds(position), "{crs} {x} {y}: {position:?}");
                    }
                }
            }
        }
    }
}
