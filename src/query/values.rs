//! Reading the values of parameters, for the command line and HTTP alike. An
//! error is a sentence that says what would do.

use std::collections::HashSet;

use geo::Coord;
use jiff::Timestamp;

use super::Bbox;
use crate::atlas::{Day, Period};

/// The longest radius: half the way round the earth, metres.
const LONGEST_RADIUS_M: f64 = 20_037_508.;

/// A finite number as written by people: no `NaN`, no `inf`, no hexadecimals.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    (!text.is_empty() && text.bytes().all(plain))
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number: &f64| number.is_finite())
}

fn longitude(degrees: f64) -> bool {
    (-180. ..=180.).contains(&degrees)
}

fn latitude(degrees: f64) -> bool {
    (-90. ..=90.).contains(&degrees)
}

/// Reads `west,south,east,north`, or the six numbers with heights, which are
/// passed over.
///
/// # Errors
/// When it is not that, or out of range.
pub fn bbox(text: &str) -> Result<Bbox, String> {
    const WANTED: &str = "write west,south,east,north in degrees, as 70.5,39.8,71.5,40.4";
    bbox_of(four(text, WANTED)?, WANTED)
}

/// The four numbers of a window, without the heights where six are given;
/// `wanted` says what would do.
pub(super) fn four(text: &str, wanted: &str) -> Result<[f64; 4], String> {
    let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
    let Some(numbers) = numbers else {
        return Err(format!("`{}` has a part that is no number; {wanted}", shown(text)));
    };
    match numbers.as_slice() {
        &[a, b, c, d] => Ok([a, b, c, d]),
        &[a, b, low, c, d, high] if low <= high => Ok([a, b, c, d]),
        &[_, _, _, _, _, _] => Err("the lower height comes first".to_owned()),
        other => Err(format!("{} number(s) make no window; {wanted}", other.len())),
    }
}

/// West, south, east and north in degrees as a window.
pub(super) fn bbox_of(numbers: [f64; 4], wanted: &str) -> Result<Bbox, String> {
    let [west, south, east, north] = numbers;
    if !longitude(west) || !longitude(east) {
        return Err(format!("a longitude lies beyond ±180; {wanted}"));
    }
    if !latitude(south) || !latitude(north) {
        return Err(format!("a latitude lies beyond ±90; {wanted}"));
    }
    if south > north {
        return Err(format!("south {south} lies north of north {north}; {wanted}"));
    }
    Ok(Bbox { west, south, east, north })
}

/// Reads `lon,lat` in degrees.
///
/// # Errors
/// When it is not that, or out of range.
pub fn position(text: &str) -> Result<Coord<f64>, String> {
    const WANTED: &str = "write longitude,latitude in degrees, as 71.05,40.19";
    let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
    match numbers.as_deref() {
        Some(&[x, y]) if longitude(x) && latitude(y) => Ok(Coord { x, y }),
        Some(&[x, y]) if longitude(y) && latitude(x) => {
            Err(format!("`{}`: latitude and longitude look swapped; {WANTED}", shown(text)))
        }
        _ => Err(format!("`{}` is not a position; {WANTED}", shown(text))),
    }
}

/// Whether a text is meant as a position rather than a name.
#[must_use]
pub fn looks_like_position(text: &str) -> bool {
    text.contains(',') && text.split(',').all(|part| number(part).is_some())
}

/// Reads a distance: `20km`, `500m`, or bare metres. Metres.
///
/// # Errors
/// When it is not that, not positive, or longer than half the way round the
/// earth.
pub fn radius(text: &str) -> Result<f64, String> {
    const WANTED: &str = "write it as 20km, 500m, or metres";
    let text = text.trim();
    let (digits, metres) = match (text.strip_suffix("km"), text.strip_suffix('m')) {
        (Some(digits), _) => (digits, 1000.),
        (None, Some(digits)) => (digits, 1.),
        (None, None) => (text, 1.),
    };
    let Some(value) = number(digits) else {
        return Err(format!("`{}` is not a distance; {WANTED}", shown(text)));
    };
    let metres = value * metres;
    if metres <= 0. {
        return Err(format!("`{}` is not more than nothing; {WANTED}", shown(text)));
    }
    if metres > LONGEST_RADIUS_M {
        return Err(format!("`{}` is longer than half the way round the earth", shown(text)));
    }
    Ok(metres)
}

/// Reads a day, `2024-04-15`.
///
/// # Errors
/// When it is not that, or a day the calendar does not have.
pub fn day(text: &str) -> Result<Day, String> {
    full_date(text).ok_or_else(|| format!("`{}` is not a day; write it as 2024-04-15", shown(text)))
}

fn full_date(text: &str) -> Option<Day> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    form.then(|| text.parse().ok()).flatten()
}

/// A day, or the UTC day of an RFC 3339 instant.
fn instant(text: &str) -> Option<Day> {
    full_date(text).or_else(|| {
        let marked = text.len() > 11 && matches!(text.as_bytes()[10], b'T' | b't');
        let instant: Timestamp = marked.then(|| text.parse().ok()).flatten()?;
        Some(jiff::tz::TimeZone::UTC.to_datetime(instant).date())
    })
}

/// Reads a day, an RFC 3339 instant, or an interval of them with `..` or
/// nothing for an open end (OGC 17-069r4, 7.15.4).
///
/// # Errors
/// When it is not that, or ends before it starts.
pub fn datetime(text: &str) -> Result<Period, String> {
    const WANTED: &str =
        "write a day, 2024-04-15, or an interval, 2003-01-01/2005-12-31, 2003-01-01/.. or ../..";
    let wrong = || format!("`{}` is not a time; {WANTED}", shown(text));
    let Some((start, end)) = text.split_once('/') else {
        return instant(text).map(Period::day).ok_or_else(wrong);
    };
    let end_of = |text: &str| match text {
        "" | ".." => Some(None),
        other => instant(other).map(Some),
    };
    let (Some(first), Some(last)) = (end_of(start), end_of(end)) else {
        return Err(wrong());
    };
    if start.is_empty() && end.is_empty() {
        return Err(wrong());
    }
    let period = Period { first, last };
    if period.is_reversed() {
        return Err(format!("`{}` ends before it starts; {WANTED}", shown(text)));
    }
    Ok(period)
}

/// A value as an error shows it: its beginning, where it is long.
#[must_use]
pub fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(std::iter::once('…')).collect()
}

/// Refuses a list in which something stands twice: each would be looked for once more for
/// every feature.
///
/// # Errors
/// What does.
pub fn no_repeats(names: &[impl AsRef<str>]) -> Result<(), String> {
    let mut seen = HashSet::new();
    match names.iter().map(AsRef::as_ref).find(|name| !seen.insert(*name)) {
        None => Ok(()),
        Some(name) => Err(format!("`{}` stands there twice; write it once", shown(name))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows() {
        let read = |text| bbox(text).ok().map(|b| (b.west, b.south, b.east, b.north));
        assert_eq!(read("1,2,3,4"), Some((1., 2., 3., 4.)));
        assert_eq!(read("170,-10,-170,10"), Some((170., -10., -170., 10.)));
        assert_eq!(read("1,2,0,3,4,9"), Some((1., 2., 3., 4.)));
        for text in [
            "",
            "1",
            "1,2,3",
            "1,2,3,4,5",
            "1,2,9,3,4,0",
            "NaN,0,1,1",
            "inf,0,1,1",
            "1,9,3,4",
            "181,0,1,1",
            "0,91,1,92",
            "a,b,c,d",
            "1,2,3,4,",
            "0x1,2,3,4",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn distances() {
        assert_eq!(radius("20km"), Ok(20_000.));
        assert_eq!(radius("1.5 km").ok(), Some(1500.));
        assert_eq!(radius("500m"), Ok(500.));
        assert_eq!(radius("250"), Ok(250.));
        for text in ["", "km", "-1km", "0", "1e9km", "20 miles", "NaN", "inf", "20kmm"] {
            assert!(radius(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times() {
        let read = |text| {
            datetime(text).ok().map(|p| {
                let show = |day: Option<Day>| day.map_or("..".to_owned(), |day| day.to_string());
                format!("{}/{}", show(p.first), show(p.last))
            })
        };
        for (text, wanted) in [
            ("2024-04-15", "2024-04-15/2024-04-15"),
            ("2024-04-15T23:30:00Z", "2024-04-15/2024-04-15"),
            ("2024-04-15T23:30:00-02:00", "2024-04-16/2024-04-16"),
            ("2003-01-01/2005-12-31", "2003-01-01/2005-12-31"),
            ("../2005-12-31", "../2005-12-31"),
            ("2003-01-01/", "2003-01-01/.."),
            ("../..", "../.."),
        ] {
            assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
        }
        for text in [
            "",
            "/",
            "//",
            "2005",
            "2024-13-01",
            "2024-02-30",
            "2005-01-01/2004-01-01",
            "now",
            "2024-04-15T25:00:00Z",
            "2024-04-15 10:00:00",
            "a/b",
            "2024-04-15/2024-05-01/..",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
