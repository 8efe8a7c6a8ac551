//! How two geometries lie to one another (DE-9IM, OGC 06-103r4), flat in
//! longitude and latitude.

use geo::{Geometry, Intersects, Relate};

/// A spatial relation of CQL2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Contains,
    Crosses,
    Disjoint,
    Equals,
    Intersects,
    Overlaps,
    Touches,
    Within,
}

impl Relation {
    /// The relation that an operator of CQL2 names.
    pub fn from_operator(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "s_contains" => Self::Contains,
            "s_crosses" => Self::Crosses,
            "s_disjoint" => Self::Disjoint,
            "s_equals" => Self::Equals,
            "s_intersects" => Self::Intersects,
            "s_overlaps" => Self::Overlaps,
            "s_touches" => Self::Touches,
            "s_within" => Self::Within,
            _ => return None,
        })
    }

    /// Whether it holds between two geometries.
    pub fn holds(self, a: &Geometry<f64>, b: &Geometry<f64>) -> bool {
        if std::ptr::eq(a, b) {
            // A geometry is all of itself; nothing need be worked out.
            return matches!(self, Self::Contains | Self::Equals | Self::Intersects | Self::Within);
        }
        match self {
            Self::Intersects => a.intersects(b),
            Self::Disjoint => !a.intersects(b),
            _ if !a.intersects(b) => false,
            Self::Contains => a.relate(b).is_contains(),
            Self::Crosses => a.relate(b).is_crosses(),
            Self::Equals => a.relate(b).is_equal_topo(),
            Self::Overlaps => a.relate(b).is_overlaps(),
            Self::Touches => a.relate(b).is_touches(),
            Self::Within => a.relate(b).is_within(),
        }
    }
}
