//! Licence expressions of SPDX 2.3 (annex D), as far as crates use them: `OR`, `AND`, `WITH`, brackets, and the slash that
//! older manifests write for `OR`.

/// Whether the expression can be kept with these licences alone; an error says what it cannot read.
pub(crate) fn kept(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader {
        words: &words,
        allowed,
    };
    let outcome = reader.either()?;
    match reader.words {
        [] => Ok(outcome),
        [rest, ..] => Err(format!("`{rest}` in `{expression}`")),
    }
}

struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<&str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn takes(&mut self, word: &str) -> bool {
        let there = self.words.first() == Some(&word);
        if there {
            self.words = &self.words[1..];
        }
        there
    }

    fn either(&mut self) -> Result<bool, String> {
        let mut kept = self.both()?;
        while self.takes("OR") {
            kept |= self.both()?;
        }
        Ok(kept)
    }

    fn both(&mut self) -> Result<bool, String> {
        let mut kept = self.one()?;
        while self.takes("AND") {
            kept &= self.one()?;
        }
        Ok(kept)
    }

    fn one(&mut self) -> Result<bool, String> {
        if self.takes("(") {
            let kept = self.either()?;
            return if self.takes(")") {
                Ok(kept)
            } else {
                Err("a bracket that never closes".to_owned())
            };
        }
        let Some(licence) = self.next().map(str::to_owned) else {
            return Err("nothing where a licence should stand".to_owned());
        };
        if matches!(licence.as_str(), "OR" | "AND" | "WITH" | ")") {
            return Err(format!("`{licence}` where a licence should stand"));
        }
        if self.takes("WITH") {
            let exception = self.next().unwrap_or_default();
            let whole = format!("{licence} WITH {exception}");
            return Ok((self.allowed)(&whole));
        }
        Ok((self.allowed)(&licence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_weighed() {
        let allowed = |l: &str| ["MIT", "Apache-2.0", "Zlib"].contains(&l);
        for (expression, known) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0/MIT", true),
            ("MIT AND GPL-3.0", false),
            ("GPL-3.0 OR MIT AND Zlib", true),
            ("(GPL-3.0 OR MIT) AND GPL-3.0", false),
            ("Apache-2.0 WITH LLVM-exception", false),
            ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ] {
            assert_eq!(kept(expression, &allowed), Ok(known), "{expression}");
        }
        for unreadable in ["", "MIT OR", "(MIT", "MIT)", "MIT Zlib", "AND MIT"] {
            assert!(kept(unreadable, &allowed).is_err(), "{unreadable}");
        }
    }
}
