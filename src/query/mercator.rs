//! The spherical Mercator projection of latitudes, as the grid of tiles has it: how far down
//! the whole square a latitude lies, 0 at its northern edge and 1 at its southern one.

use std::f64::consts::PI;
use std::sync::LazyLock;

/// Latitudes beyond which the projection leaves every tile.
const POLE: f64 = 89.9;
/// Up to this latitude, either way, there are series.
const HIGHEST: f64 = 70.;
/// So many latitudes have a series, one for each degree.
const BANDS: usize = 140;
/// How far a series may be off: what it leaves out is at most `h⁷ / 14π`, `h` half a degree, in
/// radians, divided by the cosine of the latitude, 1.6e-13 at [`HIGHEST`]; and what comes of
/// rounding.
pub const MAY_BE_OFF: f64 = 5e-13;

/// How far down a latitude lies, degrees: half less the inverse hyperbolic tangent of its sine
/// (Snyder, Map Projections, 1987, 7-2a).
pub fn down(latitude: f64) -> f64 {
    let sin = latitude.clamp(-POLE, POLE).to_radians().sin();
    (1. - ((1. + sin) / (1. - sin)).ln() / (2. * PI)) / 2.
}

/// The first terms of Taylor's series of [`down`] round the middle of a degree of latitude: a
/// sine and a logarithm for each position took a third of what drawing a tile takes.
#[derive(Clone, Copy, Debug)]
pub struct Series {
    middle: f64,
    terms: [f64; 7],
}

impl Series {
    /// That of the degree in which a latitude lies. Beyond [`HIGHEST`] there is none, and the
    /// next serves no latitude there.
    pub fn of(latitude: f64) -> &'static Self {
        static ALL: LazyLock<[Series; BANDS]> = LazyLock::new(|| {
            let mut middle = -HIGHEST - 0.5;
            std::array::from_fn(|_| {
                middle += 1.;
                Series { middle, terms: terms(middle) }
            })
        });
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Rounded down, or to 0.
        let band = (latitude + HIGHEST) as usize;
        &ALL[band.min(BANDS - 1)]
    }

    /// How far down a latitude lies, degrees, that this serves, within [`MAY_BE_OFF`].
    pub fn down(&self, latitude: f64) -> f64 {
        let off = latitude - self.middle;
        self.terms.iter().rev().fold(0., |sum, term| sum * off + term)
    }

    /// Whether a latitude lies in the degree of this, or no farther beyond than rounding takes it.
    pub fn serves(&self, latitude: f64) -> bool {
        (latitude - self.middle).abs() < 0.500_001
    }
}

/// The terms for how many degrees a latitude lies north of another: the derivatives of the
/// inverse Gudermannian function, whose first is the secant.
fn terms(latitude: f64) -> [f64; 7] {
    let (sin, cos) = latitude.to_radians().sin_cos();
    let square = sin * sin;
    let derivatives = [
        1.,
        sin,
        1. + square,
        sin * (5. + square),
        5. + square * (18. + square),
        sin * (61. + square * (58. + square)),
    ];
    let mut terms = [down(latitude); 7];
    let mut factor = -1. / (2. * PI);
    for ((term, derivative), number) in terms[1..].iter_mut().zip(derivatives).zip(1..) {
        factor *= 1f64.to_radians() / cos / f64::from(number);
        *term = factor * derivative;
    }
    terms
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;

    #[test]
    fn series_are_as_good_as_they_say() {
        let mut dice = Rng::with_seed(7);
        let edges =
            (-70..70).flat_map(|south| [f64::from(south), f64::from(south + 1).next_down()]);
        let any = std::iter::repeat_with(|| dice.f64() * 140. - 70.).take(100_000);
        let mut worst = 0f64;
        for latitude in edges.chain(any) {
            let series = Series::of(latitude);
            assert!(series.serves(latitude), "{latitude}");
            worst = worst.max((series.down(latitude) - down(latitude)).abs());
        }
        assert!(worst < MAY_BE_OFF / 2., "{worst:e}");
        for latitude in [70.1, -70.1, 90., -90., f64::NAN, f64::INFINITY] {
            assert!(!Series::of(latitude).serves(latitude), "{latitude}");
        }
        assert!(!Series::of(40.5).serves(41.1));
    }
}
