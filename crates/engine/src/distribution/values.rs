//! The values of a distribution that takes few.

use super::Law;

impl Law {
    /// The values that it takes, each once, with their chances above 0, which sum to 1 but for rounding; `None` where
    /// [`Law::discrete`] does not hold.
    ///
    /// ```
    /// use sinario_engine::distribution::Law;
    /// let part = |x, weight| (Law::Exactly(x), weight);
    /// let law = Law::mixture(vec![part(5.0, 1.0), part(7.0, 2.0), part(5.0, 1.0)]).unwrap();
    /// assert_eq!(law.values(), Some(vec![(5.0, 0.5), (7.0, 0.5)]));
    /// assert_eq!(Law::uniform(0.0, 1.0).unwrap().values(), None);
    /// ```
    pub fn values(&self) -> Option<Vec<(f64, f64)>> {
        let mut all = Vec::new();
        self.weigh(1.0, &mut all).then_some(all)
    }

    /// Adds its values, their chances times a factor; false where there is no end to them.
    fn weigh(&self, factor: f64, all: &mut Vec<(f64, f64)>) -> bool {
        let mut add = |x: f64, chance: f64| {
            let chance = factor * chance;
            match all.iter_mut().find(|(y, _)| *y == x) {
                Some((_, sum)) => *sum += chance,
                None if chance > 0.0 => all.push((x, chance)),
                None => {}
            }
        };
        match self {
            Law::Exactly(x) => add(*x, 1.0),
            Law::Bernoulli(p) => {
                add(0.0, 1.0 - p);
                add(1.0, *p);
            }
            Law::Mixture(mixture) => {
                let mut parts = mixture.parts.iter();
                return parts.all(|p| p.law.weigh(factor * p.chance, all));
            }
            _ => return false,
        }
        true
    }
}
