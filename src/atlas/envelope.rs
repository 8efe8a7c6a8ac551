//! Rectangles of the ground, and how they lie to what is sought.

use geo::{Coord, Rect};

/// A rectangle of longitudes and latitudes, degrees, its edges included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Envelope {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

/// How an envelope lies to what is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// Nothing in it can be part of the answer.
    Outside,
    /// Something in it may be.
    Across,
    /// All in it is.
    Inside,
}

/// The same in numbers, of which some are worked out at once.
#[derive(Clone, Copy, Debug)]
pub struct Lying {
    /// More than nothing where it lies outside.
    pub least: f64,
    /// No more than nothing where it lies inside, if it does not lie outside.
    pub most: f64,
}

impl From<Lying> for Lies {
    fn from(lying: Lying) -> Self {
        if lying.least > 0. {
            Self::Outside
        } else if lying.most <= 0. {
            Self::Inside
        } else {
            Self::Across
        }
    }
}

/// How far an edge that an index keeps may lie beyond what it is the edge of, at the most:
/// degrees, the step of an `f32` at 180.
pub const ROUNDED: f64 = 1.6e-5;

impl From<Rect<f64>> for Envelope {
    fn from(rect: Rect<f64>) -> Self {
        let (low, high) = (rect.min(), rect.max());
        Self { west: low.x, south: low.y, east: high.x, north: high.y }
    }
}

impl Envelope {
    /// That of nothing.
    pub const EMPTY: Self = Self {
        west: f64::INFINITY,
        south: f64::INFINITY,
        east: f64::NEG_INFINITY,
        north: f64::NEG_INFINITY,
    };

    /// The least that holds all of some.
    #[must_use]
    pub fn around(all: &[Self]) -> Self {
        all.iter().fold(Self::EMPTY, |a, b| Self {
            west: a.west.min(b.west),
            south: a.south.min(b.south),
            east: a.east.max(b.east),
            north: a.north.max(b.north),
        })
    }

    /// How it lies to a window.
    #[must_use]
    pub fn lies_to(&self, window: &Self) -> Lying {
        let most = |a, b, c, d| larger(larger(a, b), larger(c, d));
        Lying {
            least: most(
                window.west - self.east,
                self.west - window.east,
                window.south - self.north,
                self.south - window.north,
            ),
            most: most(
                window.west - self.west,
                self.east - window.east,
                window.south - self.south,
                self.north - window.north,
            ),
        }
    }

    /// Whether it has a whole side in a window, wherever its edges lie within [`ROUNDED`]:
    /// whatever it is the envelope of has a point on each side.
    #[must_use]
    pub fn has_a_side_in(&self, window: &Self) -> bool {
        let window = Self {
            west: window.west + ROUNDED,
            south: window.south + ROUNDED,
            east: window.east - ROUNDED,
            north: window.north - ROUNDED,
        };
        let [sw, se, nw, ne] = [
            (self.west, self.south),
            (self.east, self.south),
            (self.west, self.north),
            (self.east, self.north),
        ]
        .map(|(x, y)| window.holds(Coord { x, y }));
        // Two corners that are neighbours.
        (sw || ne) && (se || nw)
    }

    /// Whether a position lies in it.
    #[must_use]
    pub fn holds(&self, at: Coord<f64>) -> bool {
        at.x >= self.west && at.x <= self.east && at.y >= self.south && at.y <= self.north
    }
}

/// The larger of two numbers, for what is worked out of several envelopes at once:
/// `f64::max` asks of each whether it is a number, which takes twice as long.
#[must_use]
pub fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The smaller of two numbers, likewise.
#[must_use]
pub fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}
