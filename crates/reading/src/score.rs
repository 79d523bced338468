//! Scores of a probability forecast once the truth is known (model.md 8).

/// Brier score over all states (Brier 1950), 0 (certain and right) … 2 (certain and wrong).
///
/// ```
/// # use sinario_reading::score::brier;
/// assert!((brier(&[0.7, 0.3], 0) - 0.18).abs() < 1e-12);
/// ```
pub fn brier(chances: &[f64], truth: usize) -> f64 {
    chances
        .iter()
        .enumerate()
        .map(|(t, p)| {
            let happened = f64::from(u8::from(t == truth));
            (p - happened) * (p - happened)
        })
        .sum()
}

/// Natural logarithm of the probability of what happened, ≤ 0, higher is better; −∞ at probability 0.
///
/// ```
/// # use sinario_reading::score::log;
/// assert!((log(0.5) + core::f64::consts::LN_2).abs() < 1e-12);
/// assert_eq!(log(0.0), f64::NEG_INFINITY);
/// ```
pub fn log(probability: f64) -> f64 {
    libm::log(probability)
}

/// By how much an error of the probability moves the logarithmic score, to first order; 0 where the probability is
/// sure, 0 included.
///
/// ```
/// # use sinario_reading::score::log_error;
/// assert!((log_error(0.5, 0.01) - 0.02).abs() < 1e-12);
/// assert_eq!(log_error(0.0, 0.0), 0.0);
/// ```
pub fn log_error(probability: f64, error: f64) -> f64 {
    if error > 0.0 {
        error / probability
    } else {
        0.0
    }
}

/// Ranked probability score for ordered states (Epstein 1969), 0 (best) … 1: squared differences of the
/// cumulated probabilities, divided by the number of states less one.
///
/// ```
/// # use sinario_reading::score::ranked;
/// // Being off by one step costs less than by two.
/// assert!(ranked(&[0.0, 1.0, 0.0], 0) < ranked(&[0.0, 0.0, 1.0], 0));
/// assert_eq!(ranked(&[0.0, 0.0, 1.0], 0), 1.0);
/// ```
pub fn ranked(chances: &[f64], truth: usize) -> f64 {
    let mut cumulated = 0.0;
    let mut sum = 0.0;
    for (t, p) in chances
        .iter()
        .enumerate()
        .take(chances.len().saturating_sub(1))
    {
        cumulated += p;
        let happened = f64::from(u8::from(t >= truth));
        sum += (cumulated - happened) * (cumulated - happened);
    }
    // The cast: a driver has at most 4096 states.
    let steps = chances.len().saturating_sub(1).max(1) as f64;
    sum / steps
}

/// By how much errors of the chances, moving together, move the Brier score: to first order, never too small.
///
/// ```
/// # use sinario_reading::score::brier_error;
/// assert!((brier_error(&[0.7, 0.3], &[0.01, 0.01], 0) - 0.012).abs() < 1e-12);
/// ```
pub fn brier_error(chances: &[f64], errors: &[f64], truth: usize) -> f64 {
    chances
        .iter()
        .zip(errors)
        .enumerate()
        .map(|(t, (p, e))| 2.0 * (p - f64::from(u8::from(t == truth))).abs() * e)
        .sum()
}

/// By how much errors of the chances, moving together, move the ranked probability score: to first order, never
/// too small.
///
/// ```
/// # use sinario_reading::score::ranked_error;
/// assert!((ranked_error(&[0.7, 0.3], &[0.01, 0.01], 0) - 0.006).abs() < 1e-12);
/// ```
pub fn ranked_error(chances: &[f64], errors: &[f64], truth: usize) -> f64 {
    let steps = chances.len().saturating_sub(1);
    let (mut cumulated, mut error, mut sum) = (0.0, 0.0, 0.0);
    for (t, (p, e)) in chances.iter().zip(errors).enumerate().take(steps) {
        (cumulated, error) = (cumulated + p, error + e);
        sum += 2.0 * (cumulated - f64::from(u8::from(t >= truth))).abs() * error;
    }
    // The cast: a driver has at most 4096 states.
    sum / steps.max(1) as f64
}
