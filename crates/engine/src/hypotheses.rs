//! Competing hypotheses side by side: a matrix of facts against hypotheses in letters, and the scores that known
//! tools give it (analysis of competing hypotheses, ACH; Heuer 1999, chapter 8).
//!
//! The scores are those of the tools, quirks included, so that whoever knows one of them finds its numbers again.
//! None of them is what this engine believes: that is [`belief`](crate::belief). Two properties matter when they
//! are read. All but naive Bayes only add up points, so that many weak facts outweigh a decisive one; and each
//! counts every fact by itself, so that a report that is repeated counts twice.

/// How well a fact goes with a hypothesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Letter {
    /// II: very inconsistent.
    VeryInconsistent,
    /// I: inconsistent.
    Inconsistent,
    /// N: neutral.
    Neutral,
    /// C: consistent.
    Consistent,
    /// CC: very consistent.
    VeryConsistent,
}

use Letter::{Consistent, Inconsistent, Neutral, VeryConsistent, VeryInconsistent};

/// All letters, the most inconsistent first.
pub const LETTERS: [Letter; 5] = [
    VeryInconsistent,
    Inconsistent,
    Neutral,
    Consistent,
    VeryConsistent,
];

impl Letter {
    /// As it is written in a matrix: `II`, `I`, `N`, `C`, `CC`.
    pub fn text(self) -> &'static str {
        match self {
            VeryInconsistent => "II",
            Inconsistent => "I",
            Neutral => "N",
            Consistent => "C",
            VeryConsistent => "CC",
        }
    }

    /// The letter's place on the scale of five: II 1 … CC 5.
    pub fn place(self) -> f64 {
        match self {
            VeryInconsistent => 1.0,
            Inconsistent => 2.0,
            Neutral => 3.0,
            Consistent => 4.0,
            VeryConsistent => 5.0,
        }
    }

    /// P(fact | hypothesis) that naive Bayes takes a letter for.
    pub fn chance(self) -> f64 {
        match self {
            VeryInconsistent => 0.05,
            Inconsistent => 0.2,
            Neutral => 0.5,
            Consistent => 0.7,
            VeryConsistent => 0.9,
        }
    }

    /// Points of inconsistency: I 1, II 2, else 0.
    fn points(self) -> f64 {
        match self {
            VeryInconsistent => 2.0,
            Inconsistent => 1.0,
            Neutral | Consistent | VeryConsistent => 0.0,
        }
    }

    /// Intelligence Workbench and sat-worker: I and II +2, C and CC −1. That II counts no more than I, and CC no
    /// more than C, is theirs.
    fn for_and_against(self) -> f64 {
        match self {
            VeryInconsistent | Inconsistent => 2.0,
            Neutral => 0.0,
            Consistent | VeryConsistent => -1.0,
        }
    }

    /// The letter whose [`chance`](Letter::chance), relative to that of CC, is nearest to `ratio` by factor: the
    /// boundaries are the geometric middles of neighbours.
    fn nearest(ratio: f64) -> Letter {
        let mut letter = VeryInconsistent;
        for pair in LETTERS.windows(2) {
            // √((a/.9)·(b/.9)).
            let middle = libm::sqrt(pair[0].chance() * pair[1].chance()) / VeryConsistent.chance();
            if ratio >= middle {
                letter = pair[1];
            }
        }
        letter
    }
}

/// The letters of one fact from P(fact | hypothesis), 0 … 1; not a number where a hypothesis cannot be rated.
///
/// Only how the chances compare says anything of the hypotheses, so each is rated against the one that expects the
/// fact most, which gets CC: a fact that all expect alike, be it ever so rarely, is inconsistent with none. A fact that
/// no hypothesis allows is rated N for all.
///
/// ```
/// use sinario_engine::hypotheses::{Letter, letters};
/// let of = |chances: &[f64]| -> Vec<&str> { letters(chances).into_iter().flatten().map(Letter::text).collect() };
/// assert_eq!(of(&[0.9, 0.7, 0.5, 0.2, 0.05]), ["CC", "C", "N", "I", "II"]);
/// assert_eq!(of(&[0.02, 0.02]), ["CC", "CC"]);
/// ```
pub fn letters(chances: &[f64]) -> Vec<Option<Letter>> {
    let most = chances
        .iter()
        .copied()
        .filter(|c| !c.is_nan())
        .fold(0.0, f64::max);
    let one = |&c: &f64| match (c.is_nan(), most > 0.0) {
        (true, _) => None,
        (_, true) => Some(Letter::nearest(c / most)),
        (_, false) => Some(Neutral),
    };
    chances.iter().map(one).collect()
}

/// How much a fact is to be believed, or how much it has to do with the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Level {
    /// H.
    High,
    /// M, also where nobody has judged.
    #[default]
    Medium,
    /// L.
    Low,
}

impl Level {
    /// `H`, `M`, `L`.
    pub fn text(self) -> &'static str {
        self.pick(["H", "M", "L"])
    }

    /// The level of the trust in a source, 0 … 1: H from 0.8 on, M from 0.5 on, else L.
    ///
    /// With the usual trusts A1, A2 and B1 are high, B2, C2 and D1 medium, A4, D2 and E1 low.
    pub fn of_trust(trust: f64) -> Level {
        match trust {
            t if t >= 0.8 => Level::High,
            t if t >= 0.5 => Level::Medium,
            _ => Level::Low,
        }
    }

    fn pick<T: Copy>(self, [high, medium, low]: [T; 3]) -> T {
        match self {
            Level::High => high,
            Level::Medium => medium,
            Level::Low => low,
        }
    }
}

/// One row of a matrix.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Row {
    /// By hypothesis; `None` where it is not rated, which counts for nothing.
    pub letters: Vec<Option<Letter>>,
    /// How much the fact is to be believed.
    pub credibility: Level,
    /// How much it has to do with the question.
    pub relevance: Level,
    /// The letter of its source in the Admiralty code, `A` … `F`.
    pub source: Option<char>,
}

/// A tool, by its way to score a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// PARC ACH, unweighted: Σ (I 1, II 2).
    Parc,
    /// PARC ACH, weighted: the same times credibility times relevance, each √2, 1, 1/√2.
    ParcWeighted,
    /// Burton's: Σ (I 1, II 2) times credibility 2, 1, ½.
    Burton,
    /// Open Synthesis, inconsistency: Σ (3 − v)² over v < 3, with II 1 … CC 5.
    OpenSynthesis,
    /// Open Synthesis, consistency, which decides between equals: Σ (v − 3)² over v > 3. The greatest is best.
    OpenSynthesisConsistency,
    /// Intelligence Workbench, by its code: I and II +2, C and CC −1, times credibility 3, 2, 1 times
    /// relevance 1½, 1, ½.
    ///
    /// With all at medium a letter therefore counts twice what it says.
    IntelligenceWorkbench,
    /// SAT: I and II 1, times credibility 1, ½, ¼.
    Sat,
    /// sat-worker: I and II +2, C and CC −1, times 1, .8, .6, .4, .2, .1 by the letters A … F. Only where every fact
    /// has one.
    SatWorker,
    /// Naive Bayes: the posterior from equal priors, with II .05, I .2, N .5, C .7, CC .9. The greatest is best.
    NaiveBayes,
}

/// All of them, in the order in which they are shown.
pub const TOOLS: [Tool; 9] = [
    Tool::Parc,
    Tool::ParcWeighted,
    Tool::Burton,
    Tool::OpenSynthesis,
    Tool::OpenSynthesisConsistency,
    Tool::IntelligenceWorkbench,
    Tool::Sat,
    Tool::SatWorker,
    Tool::NaiveBayes,
];

/// How near two scores are that count as equal: roots make the same points differ in the last digits.
const EQUAL: f64 = 1e-9;

impl Tool {
    /// Its name for programs.
    pub fn key(self) -> &'static str {
        match self {
            Tool::Parc => "parc_inconsistency",
            Tool::ParcWeighted => "parc_weighted",
            Tool::Burton => "burton",
            Tool::OpenSynthesis => "open_synthesis_inconsistency",
            Tool::OpenSynthesisConsistency => "open_synthesis_consistency",
            Tool::IntelligenceWorkbench => "intelligence_workbench",
            Tool::Sat => "sat",
            Tool::SatWorker => "sat_worker",
            Tool::NaiveBayes => "naive_bayes",
        }
    }

    /// Whether the greatest is best; else the least.
    pub fn greatest(self) -> bool {
        matches!(self, Tool::OpenSynthesisConsistency | Tool::NaiveBayes)
    }

    /// The score of each hypothesis, `None` where no fact is rated for it; nothing where the way does not apply.
    pub fn of(self, matrix: &[Row]) -> Option<Vec<Option<f64>>> {
        if self == Tool::SatWorker && matrix.iter().any(|row| worth_of(row.source).is_none()) {
            return None;
        }
        let hypotheses = matrix.iter().map(|row| row.letters.len()).max()?;
        let rated = |h: usize| {
            let cells = matrix.iter().map(move |row| (row, row.letters.get(h)));
            cells.filter_map(|(row, cell)| Some((row, (*cell?)?)))
        };
        let any = |h: usize| rated(h).next().is_some();
        if self == Tool::NaiveBayes {
            // In logarithms, so that hundreds of facts do not vanish.
            let ln = |h: usize| rated(h).map(|(_, l)| libm::log(l.chance())).sum::<f64>();
            let logs: Vec<Option<f64>> = (0..hypotheses).map(|h| any(h).then(|| ln(h))).collect();
            let most = logs
                .iter()
                .flatten()
                .copied()
                .fold(f64::NEG_INFINITY, f64::max);
            let whole: f64 = logs.iter().flatten().map(|l| libm::exp(l - most)).sum();
            let share = |l: f64| libm::exp(l - most) / whole;
            return Some(logs.into_iter().map(|l| l.map(share)).collect());
        }
        let sum = |h: usize| rated(h).map(|(row, l)| self.adds(row, l)).sum::<f64>();
        Some((0..hypotheses).map(|h| any(h).then(|| sum(h))).collect())
    }

    /// What one cell adds.
    fn adds(self, row: &Row, letter: Letter) -> f64 {
        let (credibility, relevance) = (row.credibility, row.relevance);
        let beyond = letter.place() - 3.0;
        match self {
            Tool::Parc => letter.points(),
            Tool::ParcWeighted => {
                let root = [
                    std::f64::consts::SQRT_2,
                    1.0,
                    std::f64::consts::FRAC_1_SQRT_2,
                ];
                letter.points() * credibility.pick(root) * relevance.pick(root)
            }
            Tool::Burton => letter.points() * credibility.pick([2.0, 1.0, 0.5]),
            Tool::OpenSynthesis => beyond.min(0.0) * beyond.min(0.0),
            Tool::OpenSynthesisConsistency => beyond.max(0.0) * beyond.max(0.0),
            Tool::IntelligenceWorkbench => {
                letter.for_and_against()
                    * credibility.pick([3.0, 2.0, 1.0])
                    * relevance.pick([1.5, 1.0, 0.5])
            }
            Tool::Sat => letter.points().min(1.0) * credibility.pick([1.0, 0.5, 0.25]),
            Tool::SatWorker => letter.for_and_against() * worth_of(row.source).unwrap_or(0.0),
            Tool::NaiveBayes => letter.chance(),
        }
    }

    /// The hypotheses that it prefers, all that are equally good, in order. Open Synthesis lets consistency decide
    /// between equals.
    pub fn best(self, matrix: &[Row]) -> Vec<usize> {
        let Some(scores) = self.of(matrix) else {
            return Vec::new();
        };
        let all: Vec<usize> = (0..scores.len()).filter(|&h| scores[h].is_some()).collect();
        let best = self.among(&all, &scores);
        match self {
            Tool::OpenSynthesis if best.len() > 1 => {
                let second = Tool::OpenSynthesisConsistency;
                second.among(&best, &second.of(matrix).unwrap_or_default())
            }
            _ => best,
        }
    }

    fn among(self, some: &[usize], scores: &[Option<f64>]) -> Vec<usize> {
        let sign = if self.greatest() { -1.0 } else { 1.0 };
        let of = |h: &usize| {
            scores
                .get(*h)
                .copied()
                .flatten()
                .map_or(f64::INFINITY, |s| sign * s)
        };
        let best = some.iter().map(of).fold(f64::INFINITY, f64::min);
        let near = |h: &usize| (of(h) - best).abs() <= EQUAL * best.abs().max(1.0);
        some.iter().copied().filter(|h| near(h)).collect()
    }
}

/// sat-worker's weight of a source.
fn worth_of(source: Option<char>) -> Option<f64> {
    let at = "ABCDEF".find(source?)?;
    [1.0, 0.8, 0.6, 0.4, 0.2, 0.1].get(at).copied()
}

/// How well one fact tells hypotheses apart, in the ways of known tools.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Diagnosticity {
    /// Open Synthesis: standard deviation of the letters' places on the scale of five, over the hypotheses.
    pub spread: f64,
    /// Burton's: the sum of the points of inconsistency. It is also high where a fact speaks against all alike.
    pub points: f64,
    /// Naive Bayes: the greatest weight of evidence between two hypotheses, in decibans.
    pub decibans: f64,
}

/// How well a row tells the hypotheses apart; `None` where nothing in it is rated.
///
/// ```
/// use sinario_engine::hypotheses::{Letter, Row, diagnosticity};
/// let alike = Row { letters: vec![Some(Letter::VeryInconsistent); 2], ..Row::default() };
/// let found = diagnosticity(&alike).unwrap();
/// assert_eq!((found.spread, found.points, found.decibans), (0.0, 4.0, 0.0));
/// ```
pub fn diagnosticity(row: &Row) -> Option<Diagnosticity> {
    let letters: Vec<Letter> = row.letters.iter().copied().flatten().collect();
    let (least, most) = (letters.iter().min()?, letters.iter().max()?);
    // The cast: a few hypotheses.
    let n = letters.len() as f64;
    let mean = letters.iter().map(|l| l.place()).sum::<f64>() / n;
    let square = |l: &Letter| (l.place() - mean) * (l.place() - mean);
    Some(Diagnosticity {
        spread: libm::sqrt(letters.iter().map(square).sum::<f64>() / n),
        points: letters.iter().map(|l| l.points()).sum(),
        decibans: 10.0 * libm::log10(most.chance() / least.chance()),
    })
}
