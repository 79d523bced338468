//! The eleven robustness measures of McPhail et al. 2018 (Earth's Future 6:169-191).

/// A robustness measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "their names say it")]
pub enum Measure {
    Maximin,
    Maximax,
    Hurwicz,
    Laplace,
    MinimaxRegret,
    PercentileRegret,
    MeanVariance,
    UndesirableDeviations,
    Skewness,
    Peakedness,
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
