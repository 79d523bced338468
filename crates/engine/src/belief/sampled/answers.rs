//! How one driver answers in one future: looked up where its sources have few joint states, else worked out.

use crate::{Driver, Model, State, order::rounds_order};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Most chances that one driver's table may hold.
const TABLE: usize = 1 << 14;
/// Most chances that all tables together may hold: 2 MiB, beyond which looking up takes longer than working out.
const TABLES: usize = 1 << 18;
/// Most powers of the strength that are kept ready.
const POWERS: i64 = 1 << 16;

/// Uniform numbers by counter: the same for the same seed, work and part, whoever draws them.
#[derive(Clone)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// `work` tells apart what is drawn for, `part` the groups of chains.
    pub(super) fn new(seed: u64, work: u32, part: usize) -> Dice {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        // The cast: a few dozen groups.
        rng.set_stream(u64::from(work) << 32 | part as u64);
        Dice(rng)
    }

    /// Uniform in 0 … 1, 1 excluded, 53 bits.
    pub(super) fn unit(&mut self) -> f64 {
        // The casts: 53 bits are exact.
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A state drawn with these chances, which sum to 1 but for rounding.
    pub(super) fn state(&mut self, chances: &[f64]) -> u16 {
        pick(chances, self.unit())
    }

    /// Passes over so many numbers.
    pub(super) fn skip(&mut self, numbers: u64) {
        // Two words of 32 bits each.
        let at = self.0.get_word_pos();
        self.0
            .set_word_pos(at.wrapping_add(2 * u128::from(numbers)));
    }

    /// One of `n` alike.
    pub(super) fn below(&mut self, n: u16) -> u16 {
        // The cast: below n.
        (self.unit() * f64::from(n)) as u16
    }
}

/// The state in which `u` falls; never one of chance 0.
pub(super) fn pick(chances: &[f64], mut u: f64) -> u16 {
    let mut last = 0;
    for (t, &p) in chances.iter().enumerate() {
        if p > 0.0 {
            // The cast: states are counted in u16.
            last = t as u16;
            if u < p {
                return last;
            }
            u -= p;
        }
    }
    last
}

/// Chances of a driver by the joint state of its sources.
struct Table {
    /// The sources and how far apart their states are in the table.
    strides: Vec<(usize, usize)>,
    chances: Vec<f64>,
}

/// The answers of all drivers.
pub(super) struct Answers<'a> {
    pub(super) model: &'a Model,
    tables: Vec<Option<Table>>,
    /// exp(−|κ|·n·grain) for whole n, where all impact sums lie within reach of it.
    powers: Vec<f64>,
    grain: i64,
    /// exp(bias), the greatest of a driver being 1.
    priors: Vec<Vec<f64>>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let scores = || model.blocks.iter().flatten().flat_map(|b| &b.scores);
        let grain = scores().fold(0, |g, &s| gcd(g, i64::from(s).abs())).max(1);
        let reach = |blocks: &Vec<crate::model::Block>| -> i64 {
            let most = |b: &crate::model::Block| b.scores.iter().map(|&s| i64::from(s).abs()).max();
            blocks.iter().filter_map(most).sum::<i64>() * 2
        };
        let reach = model.blocks.iter().map(reach).max().unwrap_or(0) / grain;
        let power = |n: i64| libm::exp(-model.kappa.abs() * (n * grain) as f64 / 1000.0);
        let priors = model.bias.iter().map(|bias| {
            let most = bias.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            bias.iter().map(|b| libm::exp(b - most)).collect()
        });
        let mut answers = Answers {
            model,
            tables: Vec::new(),
            powers: match reach < POWERS {
                true => (0..=reach).map(power).collect(),
                false => Vec::new(),
            },
            grain,
            priors: priors.collect(),
        };
        let mut room = TABLES;
        let tables: Vec<Option<Table>> = (0..model.drivers())
            .map(|j| answers.table(j, &mut room))
            .collect();
        answers.tables = tables;
        answers
    }

    fn table(&self, j: usize, room: &mut usize) -> Option<Table> {
        let model = self.model;
        let k = usize::from(model.sizes[j]);
        let mut strides = Vec::new();
        let mut cells = k;
        for block in model.blocks[j].iter().rev() {
            let source = block.from.0 as usize;
            strides.push((source, cells));
            cells = cells.checked_mul(usize::from(model.sizes[source]))?;
            if cells > TABLE.min(*room) {
                return None;
            }
        }
        *room -= cells;
        let (mut x, mut row) = (vec![0_u16; model.drivers()], Vec::new());
        let mut chances = Vec::with_capacity(cells);
        for at in (0..cells).step_by(k) {
            for &(source, stride) in &strides {
                // The cast: states are counted in u16.
                x[source] = (at / stride % usize::from(model.sizes[source])) as u16;
            }
            self.work_out(j, &x, &mut row);
            chances.extend_from_slice(&row);
        }
        Some(Table { strides, chances })
    }

    /// The chances of driver `j`'s states where the others (and it itself) are as in `x`.
    pub(super) fn chances<'s>(&'s self, j: usize, x: &[u16], room: &'s mut Vec<f64>) -> &'s [f64] {
        match self.tables.get(j) {
            Some(Some(table)) => {
                let at: usize = table
                    .strides
                    .iter()
                    .map(|&(source, stride)| usize::from(x[source]) * stride)
                    .sum();
                &table.chances[at..at + usize::from(self.model.sizes[j])]
            }
            _ => {
                self.work_out(j, x, room);
                room
            }
        }
    }

    /// Softmax of prior and impact sums (model.md 4).
    // The casts: sums stay far below 2^52, and what is looked up is not negative.
    fn work_out(&self, j: usize, x: &[u16], out: &mut Vec<f64>) {
        let (model, k) = (self.model, usize::from(self.model.sizes[j]));
        let mut few = [0_i64; 16];
        let mut many = Vec::new();
        let sums: &mut [i64] = if k <= few.len() {
            &mut few[..k]
        } else {
            many.resize(k, 0);
            &mut many
        };
        for block in &model.blocks[j] {
            let row = usize::from(x[block.from.0 as usize]) * k;
            for (sum, &score) in sums.iter_mut().zip(&block.scores[row..row + k]) {
                *sum += i64::from(score);
            }
        }
        out.clear();
        if !self.powers.is_empty() {
            let sign = if model.kappa < 0.0 { -1 } else { 1 };
            let most = sums.iter().map(|s| sign * s).max().unwrap_or(0);
            let mut whole = 0.0;
            for (sum, prior) in sums.iter().zip(&self.priors[j]) {
                let z = prior * self.powers[((most - sign * sum) / self.grain) as usize];
                whole += z;
                out.push(z);
            }
            // Else a prior that is almost 0 has met all that is left: the logarithms know more.
            if whole > 1e-200 {
                out.iter_mut().for_each(|z| *z /= whole);
                return;
            }
            out.clear();
        }
        let z = |(sum, bias): (&i64, &f64)| bias + model.kappa * (*sum as f64 / 1000.0);
        out.extend(sums.iter().zip(&model.bias[j]).map(z));
        let most = out.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        out.iter_mut().for_each(|z| *z = libm::exp(*z - most));
        let whole: f64 = out.iter().sum();
        out.iter_mut().for_each(|z| *z /= whole);
    }

    /// What one answer of `j` costs, in steps of about a nanosecond.
    pub(super) fn cost(&self, j: usize) -> f64 {
        let (k, sources) = (f64::from(self.model.sizes[j]), self.model.blocks[j].len());
        // The cast: a number of drivers.
        match (&self.tables[j], self.powers.is_empty()) {
            (Some(_), _) => 20.0 + 2.0 * k + sources as f64,
            (None, false) => 30.0 + k * (6.0 + sources as f64),
            (None, true) => 30.0 + k * (20.0 + sources as f64),
        }
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// In which order drivers answer, where some are held.
pub(super) struct Order {
    /// The drivers that answer, in order.
    pub(super) drivers: Vec<usize>,
    /// The position of each driver in that order; `None` where it is held.
    pub(super) place: Vec<Option<usize>>,
    /// The states in which drivers are held.
    pub(super) held: Vec<Option<State>>,
    /// Whether a driver looks at something that answers later in the round (itself included).
    pub(super) back: Vec<bool>,
    /// Steps of one round.
    pub(super) cost: f64,
}

impl Order {
    pub(super) fn new(answers: &Answers, held: Vec<Option<State>>) -> Order {
        let model = answers.model;
        // The cast: drivers are counted in u32.
        let fixed: Vec<Driver> = (0..held.len())
            .filter(|&d| held[d].is_some())
            .map(|d| Driver(d as u32))
            .collect();
        let drivers: Vec<usize> = rounds_order(model, &fixed)
            .into_iter()
            .map(|d| d.0 as usize)
            .collect();
        let mut place = vec![None; held.len()];
        for (at, &d) in drivers.iter().enumerate() {
            place[d] = Some(at);
        }
        let back = (0..held.len())
            .map(|j| {
                // What was added to a block may have cancelled out; then it is no impact.
                let later = |b: &crate::model::Block| {
                    place[b.from.0 as usize] >= place[j] && b.scores.iter().any(|&s| s != 0)
                };
                place[j].is_some() && model.blocks[j].iter().any(later)
            })
            .collect();
        Order {
            cost: drivers.iter().map(|&d| answers.cost(d)).sum(),
            drivers,
            place,
            held,
            back,
        }
    }

    /// Whether one round from anywhere is the settled distribution (model.md 4).
    pub(super) fn acyclic(&self) -> bool {
        !self.back.contains(&true)
    }

    /// A future to start from: every free driver in any state.
    pub(super) fn anywhere(&self, model: &Model, dice: &mut Dice) -> Vec<u16> {
        let state = |(held, &k): (&Option<State>, &u16)| match held {
            Some(s) => s.0,
            None => dice.below(k),
        };
        self.held.iter().zip(&model.sizes).map(state).collect()
    }

    /// One round without keeping; `seen` is told each driver's chances before it answers.
    pub(super) fn settle(
        &self,
        answers: &Answers,
        x: &mut [u16],
        dice: &mut Dice,
        room: &mut Vec<f64>,
        mut seen: impl FnMut(usize, &[f64]),
    ) {
        for &j in &self.drivers {
            let chances = answers.chances(j, x, room);
            seen(j, chances);
            x[j] = dice.state(chances);
        }
    }

    /// One round in which drivers first stay as they are with the chance to keep; `seen` is told each driver's
    /// state before, its chance to keep, and the chances of its answer.
    pub(super) fn unfold(
        &self,
        answers: &Answers,
        x: &mut [u16],
        dice: &mut Dice,
        room: &mut Vec<f64>,
        mut seen: impl FnMut(usize, u16, f64, &[f64]),
    ) {
        for &j in &self.drivers {
            let keeps = answers.model.keeps[j];
            let chances = answers.chances(j, x, room);
            seen(j, x[j], keeps, chances);
            let u = dice.unit();
            if u >= keeps {
                // What is left of a uniform number is uniform.
                x[j] = pick(chances, (u - keeps) / (1.0 - keeps));
            }
        }
    }
}
