//! Random small programs.

use crate::cases::Dice;
use sinario_engine::belief::{Method, pairs::Cell, pairs::Pairs};
use sinario_engine::formula::{Binary, Distribution, Node, Program, Site, Step, Unary};
use sinario_engine::progress::Quiet;
use sinario_engine::sample::{Plan, Sample};
use sinario_engine::{Driver, State};

pub const UNARY: [Unary; 6] = [
    Unary::Negate,
    Unary::Not,
    Unary::Abs,
    Unary::Exp,
    Unary::Ln,
    Unary::Sqrt,
];

pub const BINARY: [Binary; 15] = [
    Binary::Add,
    Binary::Subtract,
    Binary::Multiply,
    Binary::Divide,
    Binary::Power,
    Binary::Min,
    Binary::Max,
    Binary::Less,
    Binary::AtMost,
    Binary::Greater,
    Binary::AtLeast,
    Binary::Equal,
    Binary::Unequal,
    Binary::And,
    Binary::Or,
];

/// A program in the making.
#[derive(Default)]
pub struct Draft(pub Program);

impl Draft {
    pub fn step(&mut self, step: Step) -> Node {
        self.0.steps.push(step);
        Node(self.0.steps.len() as u32 - 1)
    }

    pub fn number(&mut self, value: f64) -> Node {
        self.step(Step::Number(value))
    }

    pub fn is(&mut self, driver: u32, state: u16) -> Node {
        self.step(Step::Is(Driver(driver), State(state)))
    }

    pub fn draw(&mut self, site: u32, distribution: Distribution) -> Node {
        self.step(Step::Draw(Site(site), distribution))
    }

    /// A draw whose two parameters are numbers.
    pub fn law(&mut self, site: u32, law: fn(Node, Node) -> Distribution, a: f64, b: f64) -> Node {
        let (a, b) = (self.number(a), self.number(b));
        self.draw(site, law(a, b))
    }

    pub fn unary(&mut self, op: Unary, a: Node) -> Node {
        self.step(Step::Unary(op, a))
    }

    pub fn both(&mut self, op: Binary, a: Node, b: Node) -> Node {
        self.step(Step::Binary(op, a, b))
    }

    pub fn choose(&mut self, test: Node, then: Node, otherwise: Node) -> Node {
        self.step(Step::If {
            test,
            then,
            otherwise,
        })
    }

    pub fn with(mut self, outputs: &[Node]) -> Program {
        self.0.outputs = outputs.to_vec();
        self.0
    }
}

/// Cells over drivers 2 and 5 of two and three states, some of them missing.
pub fn pairs(dice: &mut Dice) -> Pairs {
    let mut cells = Vec::new();
    for a in 0..2 {
        for b in 0..3 {
            if cells.is_empty() || dice.below(4) > 0 {
                let states = vec![State(a), State(b)];
                let probability = 0.05 + dice.unit();
                cells.push(Cell {
                    states,
                    probability,
                });
            }
        }
    }
    let total: f64 = cells.iter().map(|c| c.probability).sum();
    cells.iter_mut().for_each(|c| c.probability /= total);
    Pairs {
        method: Method::Exact,
        named: vec![Driver(2), Driver(5)],
        cells,
        joint: Vec::new(),
        groups: Vec::new(),
    }
}

/// One cell.
pub fn alone() -> Pairs {
    Pairs {
        method: Method::Exact,
        named: Vec::new(),
        cells: vec![Cell {
            states: Vec::new(),
            probability: 1.0,
        }],
        joint: Vec::new(),
        groups: Vec::new(),
    }
}

pub fn plan(program: Program, seed: u64, draws: u64) -> Plan {
    Plan {
        watched: (0..program.outputs.len() as u32).collect(),
        program,
        sampling: Default::default(),
        correlations: Vec::new(),
        seed,
        precision: 0.0,
        least: draws,
        most: draws,
        kept: 1000,
    }
}

pub fn sample(plan: &Plan, pairs: &Pairs) -> Sample {
    sinario_engine::sample::sample(plan, pairs, &Quiet).unwrap()
}

/// Any steps over any steps before them, every law among them; much fails, at every place.
pub fn any(dice: &mut Dice) -> Program {
    let mut draft = Draft::default();
    let d = &mut draft;
    for _ in 0..6 {
        let number = [0.0, 1.0, 2.0, 0.5, -1.0, 3.0, 1e200, 0.1, -0.0][dice.below(9)];
        d.number(number);
    }
    d.is(2, 1);
    d.is(5, dice.below(3) as u16);
    d.is(9, 0);
    let mut site = 0;
    for _ in 0..6 + dice.below(20) {
        match dice.below(8) {
            0 | 1 => {
                let law = any_law(dice, d, 2);
                d.draw(site, law);
                site += 1;
            }
            2 => {
                let (test, then, otherwise) = (node(dice, d), node(dice, d), node(dice, d));
                d.choose(test, then, otherwise);
            }
            3 => {
                let a = node(dice, d);
                d.unary(UNARY[dice.below(6)], a);
            }
            4 => {
                // Two draws of one site, of which a cell looks at one.
                let (a, b) = (any_law(dice, d, 1), any_law(dice, d, 1));
                let (a, b) = (d.draw(site, a), d.draw(site, b));
                site += 1;
                let test = d.is(5, 1);
                d.choose(test, a, b);
            }
            _ => {
                let (a, b) = (node(dice, d), node(dice, d));
                d.both(BINARY[dice.below(15)], a, b);
            }
        }
    }
    let last = draft.0.steps.len() as u32;
    let outputs: Vec<Node> = (0..3).map(|n| Node(last - 1 - 2 * n)).collect();
    draft.with(&outputs)
}

fn node(dice: &mut Dice, draft: &Draft) -> Node {
    let steps = draft.0.steps.len();
    // The later ones more often: programs grow deep.
    let back = dice.below(steps).min(dice.below(steps));
    Node((steps - 1 - back) as u32)
}

fn any_law(dice: &mut Dice, d: &mut Draft, depth: usize) -> Distribution {
    // Half of the parameters are such that a law comes of them.
    let mut numbers = |good: [f64; 3]| {
        good.map(|x| {
            if dice.below(4) > 0 {
                d.number(x)
            } else {
                node(dice, d)
            }
        })
    };
    let [low, mode, high] = numbers([0.2, 0.5, 0.9]);
    match dice.below(if depth > 0 { 11 } else { 9 }) {
        0 => Distribution::To(low, high),
        1 => Distribution::Normal(low, high),
        2 => Distribution::Lognormal(low, high),
        3 => Distribution::Uniform(low, high),
        4 => Distribution::Triangular(low, mode, high),
        5 => Distribution::Pert(low, mode, high),
        6 => Distribution::Beta(low, high),
        7 => Distribution::Bernoulli(mode),
        8 => Distribution::Exactly(mode),
        9 => {
            let parts = 1 + dice.below(3);
            let part = |_| {
                let law = any_law(dice, d, depth - 1);
                (law, d.number([0.0, 1.0, 2.5, 0.3][dice.below(4)]))
            };
            Distribution::Mixture((0..parts).map(part).collect())
        }
        _ => Distribution::Truncate(Box::new(any_law(dice, d, depth - 1)), low, high),
    }
}

/// Draws of few values alone, whose chances are whole twelfths wherever they hang on other draws or on the cell.
pub fn twelfths(dice: &mut Dice, dimensions: usize) -> Program {
    let mut draft = Draft::default();
    let d = &mut draft;
    let mut worth: Vec<Node> = (0..4).map(|n| d.number(f64::from(n) - 1.0)).collect();
    worth.push(d.is(2, 1));
    worth.push(d.is(5, 2));
    // Each between 0 and 1.
    let mut chances: Vec<Node> = [0.0, 0.25, 1.0 / 3.0, 0.5, 0.75, 1.0]
        .map(|p| d.number(p))
        .to_vec();
    let (mut site, mut left) = (0, dimensions);
    while left > 0 {
        let pick = |dice: &mut Dice, among: &[Node]| among[dice.below(among.len())];
        let chance = pick(dice, &chances);
        let drawn = if left > 1 && dice.below(3) > 0 {
            left -= 2;
            let weights = [[1.0, 1.0, 2.0], [1.0, 2.0, 0.0], [1.0, 2.0, 3.0]][dice.below(3)];
            let [a, b, c] = weights.map(|w| d.number(w));
            let part = Distribution::Exactly(pick(dice, &worth));
            let other = Distribution::Exactly(pick(dice, &worth));
            let parts = vec![(part, a), (Distribution::Bernoulli(chance), b), (other, c)];
            d.draw(site, Distribution::Mixture(parts))
        } else if dice.below(4) == 0 {
            left -= 1;
            let (low, high) = (d.number(0.5), d.number(2.0));
            let inner = Box::new(Distribution::Bernoulli(chance));
            d.draw(site, Distribution::Truncate(inner, low, high))
        } else {
            left -= 1;
            d.draw(site, Distribution::Bernoulli(chance))
        };
        site += 1;
        let (test, a, b) = (
            pick(dice, &worth),
            pick(dice, &chances),
            pick(dice, &chances),
        );
        chances.push(d.choose(test, a, b));
        let test = d.both(Binary::Greater, drawn, test);
        chances.push(d.choose(test, a, b));
        worth.push(drawn);
        for _ in 0..2 {
            let (a, b) = (pick(dice, &worth), pick(dice, &worth));
            let op = [Binary::Add, Binary::Multiply, Binary::Divide, Binary::Max][dice.below(4)];
            let both = d.both(op, a, b);
            worth.push(if dice.below(2) == 0 {
                d.choose(a, both, b)
            } else {
                both
            });
        }
    }
    let outputs: Vec<Node> = worth.iter().rev().step_by(2).take(3).copied().collect();
    draft.with(&outputs)
}
