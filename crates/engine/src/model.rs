//! The case as small integers: drivers, states, scores, priors.

/// Position of a driver in declared order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Driver(pub u32);

/// Position of a state within its driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State(pub u16);

/// Position of a fact in [`crate::evidence::Evidence::facts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact(pub u32);

/// One state for every driver, in declared order.
pub type Future = Vec<State>;

/// The scores of one driver on another: `scores[s * states_of_target + t]`, thousandths, for state `s` of
/// `from` on state `t` of the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The driver that acts.
    pub from: Driver,
    /// Row by row; all zero only where what was added cancelled out, and then no impact.
    pub scores: Vec<i32>,
}

/// Everything about a case that its mathematics needs, facts apart.
#[derive(Clone, Debug)]
pub struct Model {
    /// Number of states of each driver, ≥ 2.
    pub sizes: Vec<u16>,
    /// For each driver, the blocks that act on it, by source in declared order (its own included).
    pub blocks: Vec<Vec<Block>>,
    /// b_j(t) = ln prior_j(t); 0 without a prior.
    pub bias: Vec<Vec<f64>>,
    /// κ = ln(strength) for one whole impact point (1000 thousandths).
    pub kappa: f64,
    /// The state known to be so today.
    pub today: Vec<Option<State>>,
    /// Chance to stay in a round, 0 … 1.
    pub keeps: Vec<f64>,
    /// Rounds between now and then.
    pub rounds: u32,
}

impl Model {
    /// A model without impacts, priors or anything known: `sizes[d]` states for driver d.
    pub fn new(sizes: Vec<u16>) -> Model {
        let n = sizes.len();
        Model {
            blocks: vec![Vec::new(); n],
            bias: sizes.iter().map(|&k| vec![0.0; usize::from(k)]).collect(),
            kappa: libm::log(2.0),
            today: vec![None; n],
            keeps: vec![0.5; n],
            rounds: 0,
            sizes,
        }
    }

    /// Adds `score` (thousandths) of state `s` of `from` on state `t` of `on`. Blocks stay ordered by source.
    pub fn add(&mut self, from: Driver, s: State, on: Driver, t: State, score: i32) {
        if score != 0 {
            *self.cell(from, s, on, t) += score;
        }
    }

    /// Makes `score` (thousandths) the score of state `s` of `from` on state `t` of `on`.
    pub fn put(&mut self, from: Driver, s: State, on: Driver, t: State, score: i32) {
        let known = |b: &Block| b.from == from;
        if score != 0 || self.blocks[on.0 as usize].iter().any(known) {
            *self.cell(from, s, on, t) = score;
        }
    }

    /// The cell of one score, in a block made for it where there is none.
    fn cell(&mut self, from: Driver, s: State, on: Driver, t: State) -> &mut i32 {
        let width = usize::from(self.sizes[on.0 as usize]);
        let height = usize::from(self.sizes[from.0 as usize]);
        let blocks = &mut self.blocks[on.0 as usize];
        let at = match blocks.binary_search_by_key(&from, |b| b.from) {
            Ok(at) => at,
            Err(at) => {
                blocks.insert(
                    at,
                    Block {
                        from,
                        scores: vec![0; width * height],
                    },
                );
                at
            }
        };
        &mut blocks[at].scores[usize::from(s.0) * width + usize::from(t.0)]
    }

    /// Number of drivers.
    pub fn drivers(&self) -> usize {
        self.sizes.len()
    }

    /// Impact sums θ_j(·; x) on every state of `on` in future `x`, in thousandths (model.md 3).
    pub fn sums(&self, x: &[State], on: Driver) -> Vec<i64> {
        let width = usize::from(self.sizes[on.0 as usize]);
        let mut sums = vec![0; width];
        for block in &self.blocks[on.0 as usize] {
            let row = usize::from(x[block.from.0 as usize].0) * width;
            for (sum, &score) in sums.iter_mut().zip(&block.scores[row..row + width]) {
                *sum += i64::from(score);
            }
        }
        sums
    }
}
