//! Query parameters: each is taken by name, and what nobody takes is refused.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Deref;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::problem::Problem;
use crate::atlas::{Day, Period};
use crate::query::{When, values};

/// The parameters that a request gives.
#[derive(Debug, Default)]
pub struct Given(Vec<(String, String)>);

/// The parameters of one request, and which of them were taken.
#[derive(Debug)]
pub struct Params {
    given: Arc<Given>,
    /// The names that the resource knows, as it asks for them, each with [`END`] after it.
    known: RefCell<String>,
}

/// Parameters of a request, at the most. Those of a collection's properties are known
/// too, of which a question narrows few.
pub const MOST: usize = 128;

/// What no name of a parameter holds: a control character is refused.
const END: char = '\0';

impl Deref for Params {
    type Target = Given;

    fn deref(&self) -> &Given {
        &self.given
    }
}

impl Given {
    /// Reads a query string.
    ///
    /// # Errors
    /// When its percent-encoding is broken, a parameter stands twice, or there are too
    /// many to look each up among all.
    pub fn parse(query: &str) -> Result<Self, Problem> {
        let mut given: Vec<(String, String)> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            if given.iter().any(|(other, _)| *other == name) {
                return Err(Problem::parameter(
                    &values::shown(&name),
                    "is given twice; give it once",
                ));
            }
            // Each is looked for among all.
            if given.len() == MOST {
                let detail = format!("the query has more than {MOST} parameters; leave some out");
                return Err(Problem::bad_request(detail));
            }
            given.push((name, value));
        }
        Ok(Self(given))
    }

    /// The value of a parameter, looked at without taking it.
    pub fn peek(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// The names of all that are given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Writes the query string again with some parameters set, after its question mark;
    /// nothing where there are none. An empty value takes one away.
    pub fn write_with(&self, changes: &[(&str, &str)], out: &mut String) {
        let is_set = |name: &str| changes.iter().any(|(other, _)| *other == name);
        let kept = self.0.iter().filter(|(name, _)| !is_set(name));
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let set = changes.iter().copied().filter(|(_, value)| !value.is_empty());
        let mut before = '?';
        for (name, value) in kept.chain(set) {
            out.push(before);
            out.extend(utf8_percent_encode(name, PLAIN));
            out.push('=');
            out.extend(utf8_percent_encode(value, PLAIN));
            before = '&';
        }
    }
}

impl Params {
    /// None of which is taken yet.
    #[must_use]
    pub fn new(given: Arc<Given>) -> Self {
        Self { given, known: RefCell::new(String::with_capacity(256)) }
    }

    /// The value of a parameter, where it is given.
    pub fn text(&self, name: &'static str) -> Option<&str> {
        self.named(name)
    }

    /// The value of a parameter whose name the layer brings.
    pub fn named(&self, name: &str) -> Option<&str> {
        let mut known = self.known.borrow_mut();
        known.push_str(name);
        known.push(END);
        self.peek(name)
    }

    /// A parameter read by a function whose error says what would do.
    ///
    /// # Errors
    /// That error, with the parameter's name.
    pub fn read<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Problem> {
        self.text(name)
            .map(|value| read(value).map_err(|e| Problem::parameter(name, e)))
            .transpose()
    }

    /// A whole number within limits.
    ///
    /// # Errors
    /// When it is not one.
    pub fn whole(
        &self,
        name: &'static str,
        least: usize,
        most: usize,
    ) -> Result<Option<usize>, Problem> {
        self.read(name, |text| {
            let whole = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok());
            whole.flatten().filter(|number| (least..=most).contains(number)).ok_or_else(|| {
                format!("`{}` is not a whole number from {least} to {most}", values::shown(text))
            })
        })
    }

    /// `datetime`: the validity clock.
    ///
    /// # Errors
    /// When it is not a time.
    pub fn when(&self) -> Result<When, Problem> {
        Ok(self.read("datetime", values::datetime)?.map_or(When::Unsaid, When::During))
    }

    /// `known-at`: the knowledge clock.
    ///
    /// # Errors
    /// When it is not a day.
    pub fn known_at(&self) -> Result<Option<Day>, Problem> {
        self.read("known-at", values::day)
    }

    /// `from` and `to` as one run of days.
    ///
    /// # Errors
    /// When one is not a day, or `to` lies before `from`.
    pub fn during(&self) -> Result<Option<Period>, Problem> {
        let first = self.read("from", values::day)?;
        let last = self.read("to", values::day)?;
        let period = Period { first, last };
        if period.is_reversed() {
            return Err(Problem::parameter(
                "to",
                "lies before `from`; put the earlier day into `from`",
            ));
        }
        Ok((first.is_some() || last.is_some()).then_some(period))
    }

    /// A flag: `true` or `false`; false where it is left out.
    ///
    /// # Errors
    /// When it is neither.
    pub fn flag(&self, name: &'static str) -> Result<bool, Problem> {
        let flag = self.read(name, |text| match text {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(format!("`{}` is not a flag; write true or false", values::shown(other))),
        })?;
        Ok(flag.unwrap_or(false))
    }

    /// Refuses what nobody took.
    ///
    /// # Errors
    /// The first parameter that is not known, with those that are.
    pub fn finish(&self) -> Result<(), Problem> {
        let known = self.known.borrow();
        let known = || known.split_terminator(END);
        let stray = self.names().find(|name| !known().any(|other| other == *name));
        stray.map_or(Ok(()), |name| {
            let all: Vec<&str> = known().collect();
            let offer = match all.join(", ") {
                all if all.is_empty() => "this takes no parameters".to_owned(),
                all => format!("this takes {all}"),
            };
            Err(Problem::parameter(&values::shown(name), format!("is not known here; {offer}")))
        })
    }
}

/// Signs that stand in a query or a path segment as they are.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b',').remove(b':');

/// A text as it may stand in a query or a path segment.
#[must_use]
pub fn encoded(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, PLAIN).into()
}

fn decoded(text: &str) -> Result<String, Problem> {
    let broken = || {
        Problem::bad_request(format!(
            "the query is not percent-encoded UTF-8 at `{}`; write % as %25, other signs as %XX",
            values::shown(text)
        ))
    };
    let bytes = text.as_bytes();
    if bytes.iter().all(|byte| (b' '..b'\x7f').contains(byte) && !matches!(byte, b'%' | b'+')) {
        return Ok(text.to_owned());
    }
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let sound = bytes
        .iter()
        .enumerate()
        .all(|(at, byte)| *byte != b'%' || (is_hex(at + 1) && is_hex(at + 2)));
    if !sound {
        return Err(broken());
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().map_err(|_| broken())?;
    if decoded.contains(char::is_control) {
        return Err(Problem::bad_request(format!(
            "the query has a control character in `{}`; leave it out",
            values::shown(&decoded.escape_debug().to_string())
        )));
    }
    Ok(decoded.into_owned())
}
