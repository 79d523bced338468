//! Numbers as judgements: a point value, and the range if the author gave one.

/// A cross-impact score in thousandths, −1 000 000 … 1 000 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Score {
    /// The value, or the middle of the range, rounded to thousandths.
    pub thousandths: i32,
    /// Ends of the range in thousandths, low ≤ high, where the author gave one.
    pub range: Option<(i32, i32)>,
    /// Whether it stands in the file; what is missing is 0 and no judgement, so that nobody doubts it either.
    pub written: bool,
}

/// A likelihood, prior or worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranged {
    /// The value, or the middle of the range.
    pub value: f64,
    /// Ends of the range, low ≤ high, where the author gave one.
    pub range: Option<(f64, f64)>,
}

/// An Admiralty grade such as `B2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Reliability of the source, `A` … `F`.
    pub letter: char,
    /// Credibility of the report, 1 … 6.
    pub digit: u8,
}

/// Trust by grade (model.md 5); `[trust]` in the case overrides single entries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trust {
    /// For letters A … F, 0 … 1.
    pub letters: [f64; 6],
    /// For digits 1 … 6, 0 … 1.
    pub digits: [f64; 6],
}

impl Default for Trust {
    fn default() -> Self {
        Trust {
            letters: [0.95, 0.85, 0.70, 0.50, 0.25, 0.50],
            digits: [1.0, 0.9, 0.75, 0.5, 0.25, 0.75],
        }
    }
}

impl Trust {
    /// Trust in a report of this grade, 0 … 1; without a grade it is fully trusted.
    pub fn of(&self, grade: Option<Grade>) -> f64 {
        grade.map_or(1.0, |g| {
            self.letters[(g.letter as usize).saturating_sub('A' as usize).min(5)]
                * self.digits[usize::from(g.digit.clamp(1, 6)) - 1]
        })
    }
}

/// How much a judgement without a range is doubted in an ensemble (model.md 4a).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubt {
    /// ± points of score.
    pub score: f64,
    /// ± of a probability.
    pub likelihood: f64,
    /// ± share of a prior.
    pub prior: f64,
    /// ± share of a worth.
    pub worth: f64,
}

impl Default for Doubt {
    fn default() -> Self {
        Doubt {
            score: 1.0,
            likelihood: 0.1,
            prior: 0.2,
            worth: 0.2,
        }
    }
}
