//! Mean and variance as integrals of a quantile function.

/// Mean and variance of the distribution with these quantiles, by the double exponential rule (Takahasi and Mori
/// 1974), which does not mind what the ends do; `corner` is where the function has one.
pub(super) fn moments(quantile: impl Fn(f64) -> f64, corner: Option<f64>) -> (f64, f64) {
    let ends = match corner {
        Some(c) if c > 0.0 && c < 1.0 => vec![0.0, c, 1.0],
        _ => vec![0.0, 1.0],
    };
    let mut points = Vec::new();
    for part in ends.windows(2) {
        let width = part[1] - part[0];
        for k in -220..=220_i32 {
            let t = f64::from(k) / 60.0;
            let steep = std::f64::consts::FRAC_PI_2 * libm::sinh(t);
            // The share of the part below the point and the one above it, both with their digits.
            let (below, above) = (sigmoid(2.0 * steep), sigmoid(-2.0 * steep));
            let weight = std::f64::consts::PI * libm::cosh(t) * below * above * width / 60.0;
            let u = if k < 0 {
                part[0] + width * below
            } else {
                part[1] - width * above
            };
            if u > 0.0 && u < 1.0 && weight > 0.0 {
                points.push((quantile(u), weight));
            }
        }
    }
    // Against the first point, and divided by what the weights come to, so that a narrow spread keeps its digits.
    let whole: f64 = points.iter().map(|p| p.1).sum();
    let origin = quantile(0.5);
    let off = points.iter().map(|p| (p.0 - origin) * p.1).sum::<f64>() / whole;
    let square = |x: f64| (x - origin - off) * (x - origin - off);
    let variance = points.iter().map(|p| square(p.0) * p.1).sum::<f64>() / whole;
    (origin + off, variance)
}

fn sigmoid(y: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-y))
}
