//! LIKE: `%` for any run of characters, `_` for one, `\` before a sign that
//! stands for itself.

/// A pattern, read once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Sign>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Any,
    One,
    Is(char),
}

impl Pattern {
    pub fn new(text: &str) -> Self {
        let mut signs = Vec::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            let sign = match letter {
                '%' => Sign::Any,
                '_' => Sign::One,
                '\\' => letters.next().map_or(Sign::Is('\\'), Sign::Is),
                other => Sign::Is(other),
            };
            // Several runs in a row are one.
            if sign != Sign::Any || signs.last() != Some(&Sign::Any) {
                signs.push(sign);
            }
        }
        Self(signs)
    }

    /// Whether a text fits. Only the last run is ever tried longer, so that the
    /// time grows with the product of the lengths at most.
    pub fn fits(&self, text: &str) -> bool {
        let signs = &self.0;
        let letters: Vec<char> = text.chars().collect();
        let (mut at, mut sign) = (0, 0);
        let mut run: Option<(usize, usize)> = None;
        while at < letters.len() {
            match signs.get(sign) {
                Some(Sign::Any) => {
                    run = Some((sign + 1, at));
                    sign += 1;
                }
                Some(Sign::One) => {
                    sign += 1;
                    at += 1;
                }
                Some(Sign::Is(letter)) if *letter == letters[at] => {
                    sign += 1;
                    at += 1;
                }
                _ => match run {
                    Some((after, from)) => {
                        run = Some((after, from + 1));
                        sign = after;
                        at = from + 1;
                    }
                    None => return false,
                },
            }
        }
        signs[sign..].iter().all(|sign| *sign == Sign::Any)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns() {
        for (pattern, text, fits) in [
            ("Ch%", "Chisinau", true),
            ("ch%", "Chisinau", false),
            ("B_r%", "Berlin", true),
            ("%a%b%", "xxaxxbxx", true),
            ("%a%b%", "xxbxxaxx", false),
            ("", "", true),
            ("%", "", true),
            ("_", "", false),
            (r"100\%", "100%", true),
            (r"100\%", "1000", false),
            ("%ş_", "Maraşş", true),
            ("a%a", "a", false),
        ] {
            assert_eq!(Pattern::new(pattern).fits(text), fits, "{pattern} {text}");
        }
        let hostile = Pattern::new(&"%a".repeat(1000));
        assert!(!hostile.fits(&"a".repeat(999)));
    }
}
