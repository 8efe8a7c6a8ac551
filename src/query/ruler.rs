//! Bounds on distances from one position: they tell most of what lies in a circle from
//! what does not, for a hundredth of what measuring costs. What they leave open is
//! measured by [`super::geodesy`].

use geo::{Coord, Geometry, LineString, Polygon};

use crate::atlas::envelope::{Envelope, Lies, Lying, ROUNDED, larger, smaller};
use crate::query::geodesy::{A, F};

/// Square of the first eccentricity of WGS 84.
const E2: f64 = F * (2. - F);
/// Beyond this reach (metres), or this latitude (degrees), positions are not estimated.
pub const FARTHEST_ESTIMATED_M: f64 = 100_000.;
const HIGHEST: f64 = 75.;
/// Nor beyond this longitude (degrees): what lies past the antimeridian has another. As
/// high and as far as that a circle spans less than ten degrees.
const EASTERNMOST: f64 = 170.;
/// The longest edge whose middle is as good as its ends, metres: within half of
/// [`MARGIN_M`] at [`HIGHEST`].
const LONGEST_EDGE_M: f64 = 1_500.;
/// How far from a circle's edge what is estimated is left open, metres: this much for
/// an edge of [`LONGEST_EDGE_M`], by the square of its length less for a shorter one.
const MARGIN_M: f64 = 2.;
/// The same for whatever is short. The point that [`super::geodesy`] measures to is
/// the nearest within a quarter of it.
const LEAST_MARGIN_M: f64 = 0.2;

/// How far from a circle's edge that is left open, metres, of which no edge is longer
/// than this: the square of metres.
fn margin_m(longest_square: f64) -> f64 {
    LEAST_MARGIN_M + MARGIN_M * longest_square / (LONGEST_EDGE_M * LONGEST_EDGE_M)
}

/// Distances from a position, as far as some reach.
///
/// Between two parallels a degree of latitude, and one of longitude, is at least so
/// long and at most so long; the parallels are those beyond which nothing lies within
/// reach. Whatever way goes from the position to another within reach stays between
/// them, and the straight way on the map is no shorter than the shortest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruler {
    centre: Coord<f64>,
    /// Metres in a degree of latitude, at the least and at the most.
    north: (f64, f64),
    /// Metres in a degree of longitude, at the least and at the most.
    east: (f64, f64),
    estimate: Option<Estimate>,
}

/// Gauss's mid-latitude formula: metres in a degree at the latitude halfway, by the
/// first terms of its series.
#[derive(Clone, Copy, Debug)]
struct Estimate {
    north: [f64; 2],
    east: [f64; 3],
    /// By which part of itself a distance may be off.
    off: f64,
}

/// Radius of curvature of the meridian at a latitude (radians), metres.
fn meridian(latitude: f64) -> f64 {
    let sin = latitude.sin();
    A * (1. - E2) / (1. - E2 * sin * sin).powf(1.5)
}

/// Radius of a parallel (radians), metres.
fn parallel(latitude: f64) -> f64 {
    let (sin, cos) = latitude.sin_cos();
    A * cos.max(0.) / (1. - E2 * sin * sin).sqrt()
}

impl Ruler {
    /// Distances from `centre` (degrees) as far as `reach_m` (metres).
    pub fn new(centre: Coord<f64>, reach_m: f64) -> Self {
        let degree = 1f64.to_radians();
        // The least radius of curvature gives the widest band.
        let band = (1.001 * reach_m / (A * (1. - E2))).to_degrees();
        let (south, north) = ((centre.y - band).max(-90.), (centre.y + band).min(90.));
        let nearest = if south <= 0. && north >= 0. { 0. } else { south.abs().min(north.abs()) };
        let (nearest, farthest) = (nearest.to_radians(), south.abs().max(north.abs()).to_radians());
        Self {
            centre,
            north: (meridian(nearest) * degree, meridian(farthest) * degree),
            east: (parallel(farthest) * degree, parallel(nearest) * degree),
            estimate: (reach_m <= FARTHEST_ESTIMATED_M
                && centre.y.abs() <= HIGHEST
                && centre.x.abs() <= EASTERNMOST)
                .then(|| Estimate::new(centre.y.to_radians(), reach_m)),
        }
    }

    /// What nothing in an envelope undercuts, metres, where that lies within reach; else
    /// something beyond.
    pub fn least(&self, envelope: &Envelope) -> f64 {
        // What comes of rounding, at the poles and elsewhere, is not to make it more.
        (self.least_square(envelope).sqrt() * (1. - 1e-9) - 1e-6).max(0.)
    }

    fn least_square(&self, envelope: &Envelope) -> f64 {
        let Coord { x, y } = self.centre;
        let north = larger(larger(envelope.south - y, y - envelope.north), 0.);
        let beside = larger(larger(envelope.west - x, x - envelope.east), 0.);
        // The other way round, as far as its farther end.
        let round = 360. - larger(envelope.east - x, x - envelope.west);
        let east = smaller(beside, larger(round, 0.));
        (self.north.0 * north).powi(2) + (self.east.0 * east).powi(2)
    }

    /// The square of what nothing in an envelope goes beyond, metres, where that lies
    /// within reach; else something beyond.
    fn most_square(&self, envelope: &Envelope) -> f64 {
        let Coord { x, y } = self.centre;
        let north = larger(envelope.north - y, y - envelope.south);
        let east = larger(envelope.east - x, x - envelope.west);
        (self.north.1 * north).powi(2) + (self.east.1 * east).powi(2)
    }

    /// How an envelope lies to what is sure to be within `radius_m`, and may be within
    /// `reach_m`.
    pub fn lies(&self, envelope: &Envelope, radius_m: f64, reach_m: f64) -> Lying {
        let reach_m = reach_m * (1. + 1e-9) + 1e-6;
        let radius_m = (radius_m * (1. - 1e-9) - 1e-6).max(0.);
        Lying {
            least: self.least_square(envelope) - reach_m * reach_m,
            most: self.most_square(envelope) - radius_m * radius_m,
        }
    }

    /// The same of what [lies](Self::lies) across: a quarter of that is decided by the
    /// estimate.
    pub fn lies_closely(&self, envelope: &Envelope, radius_m: f64, reach_m: f64) -> Lies {
        let lies = |it: Estimate| it.lies(self.centre, envelope, radius_m, reach_m);
        self.estimate.map_or(Lies::Across, lies)
    }

    /// Whether a whole side of an envelope is sure to lie within `radius_m`, wherever its
    /// edges lie within [`ROUNDED`]: whatever it is the envelope of has a point on each side.
    pub fn holds_a_side(&self, envelope: &Envelope, radius_m: f64) -> bool {
        let Some(estimate) = self.estimate.filter(|_| radius_m > 2. * MARGIN_M) else {
            return false;
        };
        let Envelope { west, south, east, north } = *envelope;
        // A circle holds what lies between two of its points, but for how little a
        // parallel bends.
        let longest = self.north.1 * (east - west).max(north - south);
        if longest > LONGEST_EDGE_M {
            return false;
        }
        let rounded_m = ROUNDED * self.north.1.hypot(self.east.1);
        let sure_m = radius_m - margin_m(longest * longest) - rounded_m;
        if sure_m < 0. {
            return false;
        }
        let near = (sure_m * (1. - estimate.off)).powi(2);
        let is_near = |x: f64, y: f64| {
            let (x, y) = estimate.place(self.centre, Coord { x, y });
            x * x + y * y <= near
        };
        let (sw, se, ne, nw) = (
            is_near(west, south),
            is_near(east, south),
            is_near(east, north),
            is_near(west, north),
        );
        // Two corners that are neighbours.
        (sw || ne) && (se || nw)
    }

    /// Whether the nearest point of a geometry lies within `radius_m`, where that can
    /// be told from its positions.
    pub fn reaches(&self, geometry: &Geometry<f64>, radius_m: f64) -> Option<bool> {
        let estimate = self.estimate.filter(|_| radius_m > 2. * MARGIN_M)?;
        let mut seen = Seen {
            centre: self.centre,
            estimate,
            near: ((radius_m - LEAST_MARGIN_M) * (1. - estimate.off)).powi(2),
            nearest: f64::INFINITY,
            longest: 0.,
            sides: [false; 4],
        };
        let is_near = match geometry {
            Geometry::Point(point) => seen.positions(std::slice::from_ref(&point.0)),
            Geometry::LineString(line) => seen.line(line),
            Geometry::Polygon(polygon) => seen.polygon(polygon),
            Geometry::MultiPolygon(polygons) => polygons.iter().any(|one| seen.polygon(one)),
            _ => return None,
        };
        if is_near {
            return Some(true);
        }
        let is_round_it = seen.sides == [true; 4];
        if is_round_it || seen.longest > LONGEST_EDGE_M * LONGEST_EDGE_M {
            return None;
        }
        // No point of an edge lies nearer than this, by Pythagoras.
        let nearest = seen.nearest * (1. - estimate.off).powi(2) - 0.26 * seen.longest;
        (nearest > (radius_m + margin_m(seen.longest)).powi(2)).then_some(false)
    }
}

impl Estimate {
    fn new(latitude: f64, reach_m: f64) -> Self {
        let degree = 1f64.to_radians();
        let half = degree / 2.;
        let (sin, cos) = latitude.sin_cos();
        let (meridian, parallel) = (meridian(latitude), parallel(latitude));
        // How these change with the latitude (Bomford, Geodesy, 1971, appendix A).
        let turn = 3. * E2 * meridian * sin * cos / (1. - E2 * sin * sin);
        let bend = -(turn * sin + meridian * cos);
        Self {
            north: [meridian * degree, turn * degree * half],
            east: [
                parallel * degree,
                -meridian * sin * degree * half,
                bend * degree * half * half / 2.,
            ],
            // Twice what is seen at the most.
            off: 1e-7 + (reach_m / A).powi(2) * (1. + latitude.tan().powi(2)) / 6.,
        }
    }

    /// How an envelope lies to what is sure to be within `radius_m` of a centre, and may
    /// be within `reach_m`.
    fn lies(&self, centre: Coord<f64>, envelope: &Envelope, radius_m: f64, reach_m: f64) -> Lies {
        let Coord { x, y } = centre;
        let (west, east) = (envelope.west - x, envelope.east - x);
        let (south, north) = (envelope.south - y, envelope.north - y);
        let (below, above) = (self.up(south), self.up(north));
        let up = below.max(-above).max(0.);
        // A degree is shortest at one of the ends, and between them by so much longer at
        // the most than at either.
        let (lower, upper) = (self.degree(south), self.degree(north));
        let shortest = lower.min(upper).max(0.);
        let longest = lower.max(upper) + self.east[2].abs() * (north - south).powi(2) / 4.;
        let along = west.max(-east).max(0.) * shortest;
        if up * up + along * along > (reach_m * (1. + self.off) + 1e-3).powi(2) {
            return Lies::Outside;
        }
        let up = above.max(-below);
        let along = east.max(-west) * longest;
        let within_m = (radius_m * (1. - self.off) - 1e-3).max(0.);
        if up * up + along * along <= within_m * within_m { Lies::Inside } else { Lies::Across }
    }

    /// Metres in a degree of longitude, so many degrees northward.
    fn degree(&self, north: f64) -> f64 {
        let [east, more, still_more] = self.east;
        east + north * (more + north * still_more)
    }

    /// Metres that so many degrees of latitude lie northward.
    fn up(&self, north: f64) -> f64 {
        let [degree, further] = self.north;
        north * (degree + north * further)
    }

    /// A position's place, metres eastward and northward; what counts is how far that
    /// is from nothing.
    fn place(&self, centre: Coord<f64>, at: Coord<f64>) -> (f64, f64) {
        let (x, y) = (at.x - centre.x, at.y - centre.y);
        (x * self.degree(y), self.up(y))
    }
}

/// What was seen of a geometry's positions.
struct Seen {
    centre: Coord<f64>,
    estimate: Estimate,
    /// Within this square of a distance a position is sure to be in the circle.
    near: f64,
    /// Squares of metres.
    nearest: f64,
    longest: f64,
    /// Whether something lies to the west, east, south, north of the centre.
    sides: [bool; 4],
}

impl Seen {
    /// Looks at positions in a row, until one is near.
    fn positions(&mut self, positions: &[Coord<f64>]) -> bool {
        let mut before = None;
        for at in positions {
            let (x, y) = self.estimate.place(self.centre, *at);
            let square = x * x + y * y;
            if square <= self.near {
                return true;
            }
            self.nearest = self.nearest.min(square);
            if let Some((old_x, old_y)) = before {
                let (along, up): (f64, f64) = (x - old_x, y - old_y);
                self.longest = self.longest.max(along * along + up * up);
            }
            before = Some((x, y));
            for (side, lies) in self.sides.iter_mut().zip([x <= 0., x >= 0., y <= 0., y >= 0.]) {
                *side |= lies;
            }
        }
        false
    }

    fn line(&mut self, line: &LineString<f64>) -> bool {
        self.positions(&line.0)
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) -> bool {
        self.line(polygon.exterior()) || polygon.interiors().iter().any(|ring| self.line(ring))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::geodesy::{direct, inverse};
    use fastrand::Rng;
    use geo::BoundingRect;

    fn centre(dice: &mut Rng, highest: f64) -> Coord<f64> {
        Coord { x: dice.f64() * 360. - 180., y: (dice.f64() * 2. - 1.) * highest }
    }

    #[test]
    fn an_estimate_is_off_by_no_more_than_it_says() {
        let mut dice = Rng::with_seed(5);
        for _ in 0..20_000 {
            let from = centre(&mut dice, HIGHEST);
            let reach = 10f64.powf(2. + 3. * dice.f64());
            let estimate = Estimate::new(from.y.to_radians(), reach);
            let far = reach * dice.f64();
            let mut to = direct(from, dice.f64() * 360., far);
            // Estimated as they stand: over the antimeridian nothing is near.
            to.x = from.x + (to.x - from.x + 540.).rem_euclid(360.) - 180.;
            let (x, y) = estimate.place(from, to);
            assert!((x.hypot(y) - far).abs() <= estimate.off * far / 2. + 1e-6, "{from:?} {far}");
        }
    }

    #[test]
    fn bounds_hold_whatever_the_circle() {
        let mut dice = Rng::with_seed(7);
        for round in 0..20_000 {
            let from = centre(&mut dice, 90.);
            let reach = 10f64.powf(2. + 5. * dice.f64());
            let ruler = Ruler::new(from, reach);
            let middle = match round % 3 {
                0 => centre(&mut dice, 90.),
                _ => direct(from, dice.f64() * 360., reach * dice.f64() * 1.2),
            };
            let (width, height) =
                (10f64.powf(2. - 6. * dice.f64()), 10f64.powf(2. - 6. * dice.f64()));
            let envelope = Envelope {
                west: (middle.x - width).max(-180.),
                south: (middle.y - height).max(-90.),
                east: (middle.x + width).min(180.),
                north: (middle.y + height).min(90.),
            };
            let lies = Lies::from(ruler.lies(&envelope, reach, reach));
            for _ in 0..4 {
                let at = Coord {
                    x: envelope.west + dice.f64() * (envelope.east - envelope.west),
                    y: envelope.south + dice.f64() * (envelope.north - envelope.south),
                };
                let (metres, _) = inverse(from, at);
                match lies {
                    Lies::Outside => {
                        assert!(metres > reach, "{from:?} {envelope:?} {metres} {reach}");
                    }
                    Lies::Inside => {
                        assert!(metres <= reach, "{from:?} {envelope:?} {metres} {reach}");
                    }
                    Lies::Across => {}
                }
                if metres <= reach {
                    assert!(ruler.least(&envelope) <= metres + 1e-6, "{from:?} {envelope:?}");
                }
            }
        }
    }
    #[test]
    fn what_is_told_from_positions_is_what_measuring_says() {
        let mut dice = Rng::with_seed(9);
        let (mut told, mut left, mut sides, mut across) = (0, 0, 0, 0);
        for round in 0..40_000 {
            let from = centre(&mut dice, 80.);
            let from = Coord { x: from.x * 0.9, y: from.y };
            let mut radius = 10f64.powf(1. + 4. * dice.f64());
            let size = 10f64.powf(3.5 * dice.f64());
            let middle =
                direct(from, dice.f64() * 360., (radius + size * (dice.f64() * 4. - 2.)).max(0.));
            let turn = dice.f64() * 360.;
            let corner = |step: u32| direct(middle, turn + f64::from(step) * 45., size);
            let ring: LineString<f64> = (0..8).map(corner).collect();
            let geometry = match dice.u8(..3) {
                0 => Geometry::Point(middle.into()),
                1 => Geometry::LineString(ring),
                _ => Geometry::Polygon(Polygon::new(ring, Vec::new())),
            };
            let exact =
                crate::query::geodesy::nearest(from, &geometry).map(|nearest| nearest.distance_m);
            // Half of them at the rim, from a millimetre to three metres from it.
            if let Some(metres) = exact.filter(|_| round % 2 == 0) {
                let off = 10f64.powf(dice.f64() * 3.5 - 3.);
                radius = (if dice.bool() { metres + off } else { metres - off }).max(10.);
            }
            let ruler = Ruler::new(from, radius);
            let is_within = exact.is_some_and(|metres| metres <= radius);
            if let Some(rect) = geometry.bounding_rect() {
                let mut off = || dice.f64() * ROUNDED;
                let envelope = Envelope {
                    west: rect.min().x - off(),
                    south: rect.min().y - off(),
                    east: rect.max().x + off(),
                    north: rect.max().y + off(),
                };
                if ruler.holds_a_side(&envelope, radius) {
                    sides += 1;
                    assert!(is_within, "{from:?} {radius} {geometry:?}");
                }
                let closely = ruler.lies_closely(&envelope, radius, radius);
                for lies in [ruler.lies(&envelope, radius, radius).into(), closely] {
                    match lies {
                        Lies::Outside => assert!(!is_within, "{from:?} {radius} {geometry:?}"),
                        Lies::Inside => assert!(is_within, "{from:?} {radius} {geometry:?}"),
                        Lies::Across => across += 1,
                    }
                }
            }
            match ruler.reaches(&geometry, radius) {
                Some(within) => {
                    told += 1;
                    assert_eq!(within, is_within, "{from:?} {radius} {geometry:?}");
                }
                None => left += 1,
            }
        }
        assert!(told > left, "{told} told, {left} left open");
        assert!(sides > 2_000 && across > 2_000, "of {sides} a side, {across} across");
    }
}
