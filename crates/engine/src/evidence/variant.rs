//! Facts as they might have been: another thing done, or something not there to be done.

use super::{ActInput, Evidence, FactInput};

impl ActInput {
    /// The act where `alternative`, which was not taken, had not been there to take.
    ///
    /// With only the chosen one left it says nothing: its probability is 1.
    ///
    /// ```
    /// use sinario_engine::{Driver, evidence::ActInput};
    /// let worth = vec![(Driver(0), vec![vec![1.0, 2.0, 3.0]])];
    /// let act = ActInput { actor: 0, chose: 2, among: 3, worth };
    /// let left = act.without(0);
    /// assert_eq!((left.chose, left.among, &left.worth[0].1[0][..]), (1, 2, &[2.0, 3.0][..]));
    /// ```
    pub fn without(&self, alternative: usize) -> ActInput {
        let mut act = self.clone();
        for row in act.worth.iter_mut().flat_map(|(_, table)| table) {
            row.remove(alternative);
        }
        act.among -= 1;
        act.chose -= usize::from(alternative < act.chose);
        act
    }

    /// The act where `alternative` was taken.
    pub fn instead(&self, alternative: usize) -> ActInput {
        ActInput {
            chose: alternative,
            ..self.clone()
        }
    }
}

impl FactInput {
    /// The same fact with another act.
    pub fn acting(&self, act: ActInput) -> FactInput {
        FactInput {
            act: Some(act),
            ..self.clone()
        }
    }
}

impl Evidence {
    /// The same facts with every actor's rationality known to be `beta`.
    pub fn fixed(&self, beta: f64) -> Evidence {
        Evidence {
            facts: self.facts.clone(),
            grid: vec![(beta, 1.0)],
        }
    }
}
