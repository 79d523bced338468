//! How long a million draws of ten inputs and five outputs take: `cargo run --release --example million [latin|sobol]`.

use sinario_engine::belief::{Method, pairs::Cell, pairs::Pairs};
use sinario_engine::draw::Sampling;
use sinario_engine::formula::{Binary, Distribution, Node, Program, Site, Step, Unary};
use sinario_engine::progress::Quiet;
use sinario_engine::sample::{Plan, sample};
use sinario_engine::{Driver, State};
use std::time::Instant;

/// A program in the making.
#[derive(Default)]
struct Draft(Program);

impl Draft {
    fn step(&mut self, step: Step) -> Node {
        self.0.steps.push(step);
        Node(self.0.steps.len() as u32 - 1)
    }

    fn number(&mut self, value: f64) -> Node {
        self.step(Step::Number(value))
    }

    fn draw(&mut self, site: u32, distribution: Distribution) -> Node {
        self.step(Step::Draw(Site(site), distribution))
    }

    fn both(&mut self, op: Binary, a: Node, b: Node) -> Node {
        self.step(Step::Binary(op, a, b))
    }
}

/// Ten inputs, five outputs, two drivers.
fn program() -> Program {
    let mut draft = Draft::default();
    let d = &mut draft;
    let numbers: Vec<Node> = (0..12).map(|n| d.number(1.0 + f64::from(n))).collect();
    let (half, hundred) = (d.number(0.5), d.number(100.0));
    let mut site = 0;
    let [
        cash,
        burn,
        users,
        price,
        growth,
        cost,
        share,
        delay,
        fine,
        churn,
    ] = [
        Distribution::To(numbers[4], numbers[11]),
        Distribution::To(numbers[0], numbers[2]),
        Distribution::Lognormal(numbers[2], half),
        Distribution::Normal(hundred, numbers[9]),
        Distribution::Uniform(numbers[0], numbers[1]),
        Distribution::Triangular(numbers[0], numbers[2], numbers[7]),
        Distribution::To(numbers[3], numbers[5]),
        Distribution::Normal(numbers[4], half),
        Distribution::Bernoulli(half),
        Distribution::Uniform(numbers[0], numbers[3]),
    ]
    .map(|law| {
        site += 1;
        d.draw(site - 1, law)
    });
    let many = d.step(Step::Is(Driver(0), State(1)));
    let late = d.step(Step::Is(Driver(1), State(2)));
    let runway = d.both(Binary::Divide, cash, burn);
    let sales = d.both(Binary::Multiply, users, price);
    let grown = d.both(Binary::Multiply, sales, growth);
    let sales = d.step(Step::If {
        test: many,
        then: grown,
        otherwise: sales,
    });
    let lost = d.both(Binary::Divide, sales, churn);
    let spent = d.both(Binary::Multiply, cost, delay);
    let fined = d.both(Binary::Multiply, fine, share);
    let spent = d.both(Binary::Add, spent, fined);
    let later = d.both(Binary::Multiply, spent, numbers[1]);
    let spent = d.step(Step::If {
        test: late,
        then: later,
        otherwise: spent,
    });
    let net = d.both(Binary::Subtract, lost, spent);
    let floor = d.step(Step::Unary(Unary::Negate, hundred));
    let worth = d.both(Binary::Max, net, floor);
    let safe = d.both(Binary::Greater, runway, numbers[4]);
    d.0.outputs = vec![runway, sales, spent, worth, safe];
    draft.0
}

fn main() {
    let sampling = match std::env::args().nth(1).as_deref() {
        Some("latin") => Sampling::Latin,
        Some("sobol") => Sampling::Sobol,
        _ => Sampling::Plain,
    };
    let states = |a, b| vec![State(a), State(b)];
    let cells = (0..6).map(|c| Cell {
        states: states(c / 3, c % 3),
        probability: 1.0 / 6.0,
    });
    let pairs = Pairs {
        method: Method::Exact,
        named: vec![Driver(0), Driver(1)],
        cells: cells.collect(),
        joint: Vec::new(),
        groups: Vec::new(),
    };
    let plan = Plan {
        program: program(),
        sampling,
        correlations: Vec::new(),
        seed: 1,
        watched: (0..5).collect(),
        precision: 0.0,
        least: 1 << 20,
        most: 1 << 20,
        kept: 1 << 14,
    };
    let start = Instant::now();
    // Nothing correlates, so nothing can be refused.
    let Ok(sample) = sample(&plan, &pairs, &Quiet) else {
        return;
    };
    let took = start.elapsed().as_secs_f64();
    println!("{} draws in {took:.3} s", sample.rows());
    for output in 0..5 {
        let mean = sample.mean(output);
        println!("{} ± {}", mean.value, mean.error.unwrap_or(0.0));
    }
}
