//! The eleven robustness measures of McPhail et al. 2018 (Earth's Future 6:169-191): what each is made of.
//!
//! Each is put together from three steps: what is looked at in each future (the value itself, a regret, whether it is
//! enough), over which futures, and what is taken of them. Two measures rank options differently because they differ in
//! one of the three.

/// A robustness measure. Greater is better unless said otherwise; futures are situations, each counted once; x are an
/// option's values in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// min x (Wald 1950).
    Maximin,
    /// max x.
    Maximax,
    /// α·max x + (1 − α)·min x, with the optimism α (Hurwicz 1953).
    Hurwicz,
    /// Mean of x (Laplace's principle of insufficient reason).
    Laplace,
    /// max (best of all options there − x), less is better (Savage 1951).
    MinimaxRegret,
    /// 90th percentile of the same regrets, less is better (Savage 1951; Herman et al. 2015).
    PercentileRegret,
    /// (mean + 1)/(standard deviation + 1), the deviation with n − 1 (Hamarat et al. 2014; Kwakkel et al. 2016).
    ///
    /// The ones keep it defined where nothing varies; they make it depend on the unit, and below a mean of −1 it prefers
    /// what varies more. Not a number for fewer than two futures.
    MeanVariance,
    /// Mean of (median of x − x) over the worse half of the futures, ⌈n/2⌉ of them, less is better (Kwakkel et al. 2016).
    UndesirableDeviations,
    /// (x50 − (x90 + x10)/2) / ((x90 − x10)/2), by percentiles: −1 … 1, above 0 where most values lie towards the better
    /// end and the tail towards the worse (Voudouris et al. 2014, with the sign of the authors' own program). Not a number
    /// where x90 = x10.
    Skewness,
    /// (x90 − x10)/(x75 − x25) by percentiles: how peaked about the middle (Voudouris et al. 2014). It says nothing of
    /// better or worse values. Not a number where x75 = x25.
    Peakedness,
    /// Share of the futures with x at or above a threshold (Starr 1963). Not a number without a threshold.
    Starr,
}

/// All of them, in the order in which they are shown.
pub const MEASURES: [Measure; 11] = [
    Measure::Maximin,
    Measure::Maximax,
    Measure::Hurwicz,
    Measure::Laplace,
    Measure::MinimaxRegret,
    Measure::PercentileRegret,
    Measure::MeanVariance,
    Measure::UndesirableDeviations,
    Measure::Skewness,
    Measure::Peakedness,
    Measure::Starr,
];

/// The first step: what is looked at in each future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// The value itself.
    Value,
    /// How far it is below the best option there.
    Regret,
    /// How far it is below the option's own median.
    BelowMedian,
    /// Whether it is enough.
    Enough,
}

/// The second step: over which futures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Over {
    /// The worst one.
    Worst,
    /// The best one.
    Best,
    /// The worst and the best.
    Ends,
    /// All.
    All,
    /// The worse half.
    WorseHalf,
    /// The one that 90 % are no worse than.
    Percentile,
    /// The 10th, 50th and 90th percentiles, or the 10th, 25th, 75th and 90th.
    Percentiles,
}

/// The third step: what is taken of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taken {
    /// How high they are: the only one, or a mean.
    Level,
    /// How high they are for how much they vary.
    LevelAndSpread,
    /// To which side they lean.
    Lean,
    /// How peaked they are.
    Peak,
}

/// What a measure is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Makeup {
    pub of: Of,
    pub over: Over,
    pub taken: Taken,
}

/// In which steps two measures differ, the first measure's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Difference {
    pub of: Option<(Of, Of)>,
    pub over: Option<(Over, Over)>,
    pub taken: Option<(Taken, Taken)>,
}

impl Measure {
    /// Whether less of it is better.
    pub fn less_is_better(self) -> bool {
        matches!(
            self,
            Measure::MinimaxRegret | Measure::PercentileRegret | Measure::UndesirableDeviations
        )
    }

    /// What it is made of (McPhail et al. 2018, table 2).
    pub fn makeup(self) -> Makeup {
        let (of, over, taken) = match self {
            Measure::Maximin => (Of::Value, Over::Worst, Taken::Level),
            Measure::Maximax => (Of::Value, Over::Best, Taken::Level),
            Measure::Hurwicz => (Of::Value, Over::Ends, Taken::Level),
            Measure::Laplace => (Of::Value, Over::All, Taken::Level),
            Measure::MinimaxRegret => (Of::Regret, Over::Worst, Taken::Level),
            Measure::PercentileRegret => (Of::Regret, Over::Percentile, Taken::Level),
            Measure::MeanVariance => (Of::Value, Over::All, Taken::LevelAndSpread),
            Measure::UndesirableDeviations => (Of::BelowMedian, Over::WorseHalf, Taken::Level),
            Measure::Skewness => (Of::Value, Over::Percentiles, Taken::Lean),
            Measure::Peakedness => (Of::Value, Over::Percentiles, Taken::Peak),
            Measure::Starr => (Of::Enough, Over::All, Taken::Level),
        };
        Makeup { of, over, taken }
    }

    /// Why it may rank options otherwise than another: the steps in which they differ.
    ///
    /// ```
    /// use sinario_engine::choice::{Measure, Of};
    /// let why = Measure::Maximin.against(Measure::MinimaxRegret);
    /// assert_eq!(why.of, Some((Of::Value, Of::Regret)));
    /// assert_eq!((why.over, why.taken), (None, None)); // Both look at the worst future, and at its level.
    /// ```
    pub fn against(self, other: Measure) -> Difference {
        let (a, b) = (self.makeup(), other.makeup());
        Difference {
            of: (a.of != b.of).then_some((a.of, b.of)),
            over: (a.over != b.over).then_some((a.over, b.over)),
            taken: (a.taken != b.taken).then_some((a.taken, b.taken)),
        }
    }
}
