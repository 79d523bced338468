//! Formulas worked out for one row at a time, looking only at what is looked at.
//!
//! This says what a program means: [`Block`](super::Block) gives the same bits, sooner.

use super::{Binary, Distribution, Node, Program, Site, Step, Unary};
use crate::sample::Failure;
use crate::{Driver, State};

/// The first step at which a row failed, operands being looked at from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failed {
    /// The step.
    pub at: Node,
    /// How.
    pub failure: Failure,
}

/// What a row knows besides the program.
pub trait Row {
    /// Whether the driver is in that state.
    fn is(&mut self, driver: Driver, state: State) -> bool;

    /// Draws from a distribution whose parameters are `value`. To draw otherwise later, one would go back to `mark`
    /// ([`Walk::back`]) and teach the walk another value ([`Walk::learn`]).
    ///
    /// # Errors
    ///
    /// Where the parameters allow no draw.
    fn draw(
        &mut self,
        at: Node,
        site: Site,
        distribution: &Distribution,
        value: &dyn Fn(Node) -> f64,
        mark: usize,
    ) -> Result<f64, Failure>;
}

/// A row whose states and uniform numbers are known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spot<'a> {
    /// Drivers whose states are known.
    pub named: &'a [Driver],
    /// Their states. A driver that is not named is in no state.
    pub states: &'a [State],
    /// By site, two numbers above 0 and below 1; the second is for those that pick a part first.
    pub uniforms: &'a [(f64, f64)],
}

impl Row for Spot<'_> {
    fn is(&mut self, driver: Driver, state: State) -> bool {
        let place = self.named.iter().position(|d| *d == driver);
        place.is_some_and(|p| self.states[p] == state)
    }

    fn draw(
        &mut self,
        _: Node,
        site: Site,
        distribution: &Distribution,
        value: &dyn Fn(Node) -> f64,
        _: usize,
    ) -> Result<f64, Failure> {
        let (u, v) = self.uniforms[site.0 as usize];
        Ok(distribution.law(value)?.quantile2(u, v))
    }
}

/// One row: every step that was looked at, with its value.
///
/// ```
/// use sinario_engine::formula::{Binary, Node, Program, Spot, Step, Walk};
/// use sinario_engine::sample::Failure;
/// let steps = vec![
///     Step::Number(1.0),
///     Step::Number(0.0),
///     Step::Binary(Binary::Divide, Node(0), Node(1)),
///     Step::If { test: Node(0), then: Node(0), otherwise: Node(2) },
/// ];
/// let program = Program { steps, outputs: vec![Node(2), Node(3)] };
/// let (mut walk, mut row) = (Walk::new(&program), Spot::default());
/// assert_eq!(walk.value(Node(2), &mut row).unwrap_err().failure, Failure::Division);
/// assert_eq!(walk.value(Node(3), &mut row), Ok(1.0));
/// ```
pub struct Walk<'p> {
    program: &'p Program,
    known: Vec<Option<Result<f64, Failed>>>,
    /// What is known, in the order in which it became so.
    trail: Vec<Node>,
    /// What is being worked out, each for the sake of the one before.
    open: Vec<Node>,
}

/// What a step needs next.
enum Next {
    Look(Node),
    Done(Result<f64, Failed>),
}

impl<'p> Walk<'p> {
    /// A row of which nothing is known yet.
    pub fn new(program: &'p Program) -> Walk<'p> {
        Walk {
            program,
            known: vec![None; program.steps.len()],
            trail: Vec::new(),
            open: Vec::new(),
        }
    }

    /// The value of a step.
    ///
    /// # Errors
    ///
    /// The first step that failed on the way to it.
    pub fn value(&mut self, node: Node, row: &mut impl Row) -> Result<f64, Failed> {
        // A stack of its own: formulas may be deeper than the thread's.
        self.open.push(node);
        let mut last = Ok(f64::NAN);
        while let Some(&at) = self.open.last() {
            if let Some(known) = self.known[at.0 as usize] {
                last = known;
                self.open.pop();
                continue;
            }
            match self.next(at, row) {
                Next::Look(operand) => self.open.push(operand),
                Next::Done(value) => self.learn(at, value),
            }
        }
        last
    }

    /// Forgets everything that became known after a mark.
    pub fn back(&mut self, mark: usize) {
        for node in self.trail.drain(mark..) {
            self.known[node.0 as usize] = None;
        }
    }

    /// Says what a step is worth.
    pub fn learn(&mut self, at: Node, value: Result<f64, Failed>) {
        self.known[at.0 as usize] = Some(value);
        self.trail.push(at);
    }

    fn next(&self, at: Node, row: &mut impl Row) -> Next {
        let known = |node: Node| self.known[node.0 as usize];
        macro_rules! look {
            ($node:expr) => {
                match known($node) {
                    None => return Next::Look($node),
                    Some(Err(failed)) => return Next::Done(Err(failed)),
                    Some(Ok(value)) => value,
                }
            };
        }
        let found = match &self.program.steps[at.0 as usize] {
            Step::Number(value) => finite(*value),
            Step::Is(driver, state) => Ok(f64::from(u8::from(row.is(*driver, *state)))),
            Step::Unary(op, a) => unary(*op, look!(*a)),
            Step::Binary(op, a, b) => {
                let a = look!(*a);
                binary(*op, a, look!(*b))
            }
            Step::If {
                test,
                then,
                otherwise,
            } => {
                let chosen = if look!(*test) != 0.0 { then } else { otherwise };
                Ok(look!(*chosen))
            }
            Step::Draw(site, distribution) => {
                for parameter in distribution.parameters() {
                    look!(parameter);
                }
                // All were looked at just now.
                let value = |node| known(node).and_then(Result::ok).unwrap_or(f64::NAN);
                let mark = self.trail.len();
                row.draw(at, *site, distribution, &value, mark)
                    .and_then(finite)
            }
        };
        Next::Done(found.map_err(|failure| Failed { at, failure }))
    }
}

fn finite(value: f64) -> Result<f64, Failure> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Failure::TooLarge)
    }
}

/// One operand.
///
/// # Errors
///
/// Where it has no value.
pub fn unary(op: Unary, a: f64) -> Result<f64, Failure> {
    match op {
        Unary::Negate => Ok(-a),
        Unary::Not => Ok(truth(a == 0.0)),
        Unary::Abs => Ok(a.abs()),
        Unary::Exp => finite(libm::exp(a)),
        Unary::Ln if a <= 0.0 => Err(Failure::Logarithm),
        Unary::Ln => Ok(libm::log(a)),
        Unary::Sqrt if a < 0.0 => Err(Failure::Root),
        Unary::Sqrt => Ok(libm::sqrt(a)),
    }
}

/// Two operands. The square `a ^ 2` is `a * a`.
///
/// # Errors
///
/// Where they have no value.
pub fn binary(op: Binary, a: f64, b: f64) -> Result<f64, Failure> {
    match op {
        Binary::Add => finite(a + b),
        Binary::Subtract => finite(a - b),
        Binary::Multiply => finite(a * b),
        Binary::Divide if b == 0.0 => Err(Failure::Division),
        Binary::Divide => finite(a / b),
        Binary::Power if a < 0.0 && b != libm::trunc(b) => Err(Failure::Power),
        Binary::Power if a == 0.0 && b < 0.0 => Err(Failure::Power),
        Binary::Power if b == 2.0 => finite(a * a),
        Binary::Power => finite(libm::pow(a, b)),
        Binary::Min => Ok(if b < a { b } else { a }),
        Binary::Max => Ok(if b > a { b } else { a }),
        Binary::Less => Ok(truth(a < b)),
        Binary::AtMost => Ok(truth(a <= b)),
        Binary::Greater => Ok(truth(a > b)),
        Binary::AtLeast => Ok(truth(a >= b)),
        Binary::Equal => Ok(truth(a == b)),
        Binary::Unequal => Ok(truth(a != b)),
        Binary::And => Ok(truth(a != 0.0 && b != 0.0)),
        Binary::Or => Ok(truth(a != 0.0 || b != 0.0)),
    }
}

fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}
