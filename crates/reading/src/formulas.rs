//! The formulas of a case as one program of the engine (model.md 6), and the way back from it: from a step to the
//! formula in which it is written, from a site to the distribution that is drawn there.

use crate::numbers::{Cause, FormulaOf};
use crate::translate::at;
use sinario_case::formula::{
    Binary, Distribution, Endless, Expr, ExprKind, Formula, Unary, endless,
};
use sinario_case::{Case, DriverId, StateRef};
use sinario_engine::formula as engine;
use sinario_engine::formula::{Node, Program, Site, Step};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// All formulas of a case as one program.
pub(crate) struct Formulas {
    /// The program; its outputs are the quantities, then the options that have a value, then what it costs to switch
    /// to options for which that is said.
    pub program: Program,
    /// Where each step is written.
    places: Vec<(FormulaOf, Range<usize>)>,
    /// What is drawn at each site.
    pub causes: Vec<Cause>,
    /// What each output is.
    pub outputs: Vec<Output>,
    /// How many quantities there are.
    pub quantities: usize,
    /// The options that have a value, by position in the case.
    pub valued: Vec<usize>,
    /// Which of them all have no mean.
    endless: Endless,
}

/// An output of the program.
pub(crate) struct Output {
    /// Whose it is.
    pub of: FormulaOf,
    /// The drivers that it looks at, through quantities too, in declared order.
    pub looks: BTreeSet<DriverId>,
    /// The sites that it may draw at.
    pub sites: BTreeSet<u32>,
}

impl Formulas {
    /// Translates every formula of a checked case.
    pub fn new(case: &Case) -> Self {
        let mut writer = Writer::default();
        writer.quantities.resize(case.quantities.len(), None);
        for q in order(case) {
            let quantity = &case.quantities[q];
            let whole = |at| FormulaOf::Quantity(q, at);
            let first = writer.sites_so_far();
            writer.begin();
            let root = writer.alternatives(&quantity.formula, &quantity.when, whole);
            let until = writer.sites_so_far();
            let causes = (0..(until - first) as usize).map(|n| Cause::Quantity(q, n));
            writer.causes.extend(causes);
            writer.quantities[q] = Some(root);
            writer.seen_by_quantity.insert(q, writer.seen.clone());
        }
        let mut outputs: Vec<(Node, Output)> = (0..case.quantities.len())
            .map(|q| {
                let seen = writer.seen_by_quantity.get(&q).cloned().unwrap_or_default();
                // Every quantity has been written above; a number stands where that were not so.
                let root = writer.quantities[q].unwrap_or(Node(0));
                (root, seen.output(FormulaOf::Quantity(q, None)))
            })
            .collect();
        let mut valued = Vec::new();
        let mut switching = Vec::new();
        for (o, option) in case.options.iter().enumerate() {
            let Some(value) = &option.value else { continue };
            valued.push(o);
            let first = writer.sites_so_far();
            writer.begin();
            let root = writer.alternatives(value, &option.when, |at| FormulaOf::Option(o, at));
            let seen = writer.seen.clone();
            outputs.push((root, seen.output(FormulaOf::Option(o, None))));
            if let Some(cost) = &option.switching {
                writer.begin();
                let root = writer.alternatives(cost, &[], |_| FormulaOf::Switching(o));
                let seen = writer.seen.clone();
                switching.push((root, seen.output(FormulaOf::Switching(o))));
            }
            // The distributions of what switching costs count on after those of the value.
            let until = writer.sites_so_far();
            let causes = (0..(until - first) as usize).map(|n| Cause::Option(o, n));
            writer.causes.extend(causes);
        }
        outputs.extend(switching);
        let (roots, outputs) = outputs.into_iter().unzip();
        Formulas {
            program: Program {
                steps: writer.steps,
                outputs: roots,
            },
            places: writer.places,
            causes: writer.causes,
            outputs,
            quantities: case.quantities.len(),
            valued,
            endless: endless(case),
        }
    }

    /// Whether the mean of a quantity or of an option provably does not exist.
    pub fn endless(&self, of: FormulaOf) -> bool {
        let of = match of {
            FormulaOf::Quantity(q, _) => self.endless.quantities.get(q),
            FormulaOf::Option(o, _) => self.endless.options.get(o),
            FormulaOf::Switching(_) => None,
        };
        of.copied().unwrap_or(false)
    }

    /// Where a step is written.
    pub fn place(&self, node: Node) -> (FormulaOf, Range<usize>) {
        self.places[node.0 as usize].clone()
    }

    /// The drivers that any formula looks at, in declared order.
    pub fn named(&self) -> Vec<DriverId> {
        let all: BTreeSet<DriverId> = self.outputs.iter().flat_map(|o| o.looks.clone()).collect();
        all.into_iter().collect()
    }

    /// The drivers that some outputs look at.
    pub fn looked_at(&self, outputs: Range<usize>) -> BTreeSet<DriverId> {
        let outputs = &self.outputs[outputs];
        outputs.iter().flat_map(|o| o.looks.clone()).collect()
    }

    /// The output of what it costs to switch to an option of the case, if it has one.
    pub fn switching(&self, option: usize) -> Option<usize> {
        let of = FormulaOf::Switching(option);
        self.outputs.iter().position(|o| o.of == of)
    }

    /// The drivers that options look at, and those that what switching costs does.
    pub fn looked_at_by_options(&self) -> BTreeSet<DriverId> {
        self.looked_at(self.quantities..self.outputs.len())
    }

    /// The sites that options, and what switching costs, may draw at.
    pub fn sites_of_options(&self) -> BTreeSet<u32> {
        let outputs = &self.outputs[self.quantities..];
        outputs.iter().flat_map(|o| o.sites.clone()).collect()
    }

    /// The outputs of the valued options.
    pub fn option_outputs(&self) -> Range<usize> {
        self.quantities..self.quantities + self.valued.len()
    }
}

/// What a formula looks at and draws, itself and through quantities.
#[derive(Clone, Default)]
struct Seen {
    looks: BTreeSet<DriverId>,
    sites: BTreeSet<u32>,
}

impl Seen {
    fn output(self, of: FormulaOf) -> Output {
        Output {
            of,
            looks: self.looks,
            sites: self.sites,
        }
    }
}

/// Writes the steps of a program.
#[derive(Default)]
struct Writer {
    steps: Vec<Step>,
    places: Vec<(FormulaOf, Range<usize>)>,
    causes: Vec<Cause>,
    /// The node of each quantity that is written.
    quantities: Vec<Option<Node>>,
    seen_by_quantity: BTreeMap<usize, Seen>,
    /// Tests that are written, each once.
    tests: BTreeMap<StateRef, Node>,
    /// Sites in all.
    sites: u32,
    /// What the formulas since [`Writer::begin`] look at.
    seen: Seen,
}

/// One formula while it is written.
struct Within {
    of: FormulaOf,
    /// The site of its next distribution: the nth of a formula and of its alternatives share one.
    next: u32,
}

impl Writer {
    fn sites_so_far(&self) -> u32 {
        self.sites
    }

    fn begin(&mut self) {
        self.seen = Seen::default();
    }

    /// A formula and those that stand for it in futures with a state, of which the first that holds wins.
    ///
    /// At most one of them is looked at in a draw, so the nth distribution of each shares a site: what lies high in
    /// its range in one future lies high in the others too.
    fn alternatives(
        &mut self,
        formula: &Formula,
        when: &[(StateRef, Formula)],
        of: impl Fn(Option<usize>) -> FormulaOf,
    ) -> Node {
        let first = self.sites;
        let mut most = first;
        let mut write = |writer: &mut Self, formula: &Formula, of: FormulaOf| {
            let mut within = Within { of, next: first };
            let node = writer.expr(&formula.root, &mut within);
            most = most.max(within.next);
            writer.sites = most;
            node
        };
        let mut root = write(self, formula, of(None));
        let states = when.iter().enumerate().rev();
        for (at, (state, formula)) in states {
            let then = write(self, formula, of(Some(at)));
            let place = (of(Some(at)), 0..formula.text.len());
            let test = self.test(*state, place.clone());
            let step = Step::If {
                test,
                then,
                otherwise: root,
            };
            root = self.push(step, place);
        }
        root
    }

    fn push(&mut self, step: Step, place: (FormulaOf, Range<usize>)) -> Node {
        // The cast: fewer steps than the bytes of a file of 16 MiB.
        let node = Node(self.steps.len() as u32);
        self.steps.push(step);
        self.places.push(place);
        node
    }

    fn test(&mut self, state: StateRef, place: (FormulaOf, Range<usize>)) -> Node {
        self.seen.looks.insert(state.driver);
        if let Some(node) = self.tests.get(&state) {
            return *node;
        }
        let (driver, state_of) = at(state);
        let node = self.push(Step::Is(driver, state_of), place);
        self.tests.insert(state, node);
        node
    }

    fn expr(&mut self, expr: &Expr, within: &mut Within) -> Node {
        let place = (within.of, expr.span.clone());
        let step = match &expr.kind {
            ExprKind::Number(n) => Step::Number(*n),
            ExprKind::Quantity(q) => {
                if let Some(seen) = self.seen_by_quantity.get(q) {
                    self.seen.looks.extend(&seen.looks);
                    self.seen.sites.extend(&seen.sites);
                }
                // A checked case has no cycles, so what a formula names is written before it.
                match self.quantities[*q] {
                    Some(node) => return node,
                    None => Step::Number(f64::NAN),
                }
            }
            ExprKind::Is(state) => return self.test(*state, place),
            ExprKind::Unary(op, a) => {
                let a = self.expr(a, within);
                Step::Unary(unary(*op), a)
            }
            ExprKind::Binary(op, a, b) => {
                let a = self.expr(a, within);
                let b = self.expr(b, within);
                Step::Binary(binary(*op), a, b)
            }
            ExprKind::If {
                test,
                then,
                otherwise,
            } => Step::If {
                test: self.expr(test, within),
                then: self.expr(then, within),
                otherwise: self.expr(otherwise, within),
            },
            ExprKind::Draw(distribution) => {
                let site = Site(within.next);
                within.next += 1;
                self.seen.sites.insert(site.0);
                let distribution = self.distribution(distribution, within);
                Step::Draw(site, distribution)
            }
        };
        self.push(step, place)
    }

    fn distribution(&mut self, d: &Distribution, within: &mut Within) -> engine::Distribution {
        use engine::Distribution as To;
        let mut at = |a: &Expr| self.expr(a, within);
        match d {
            Distribution::To(a, b) => To::To(at(a), at(b)),
            Distribution::Normal(a, b) => To::Normal(at(a), at(b)),
            Distribution::Lognormal(a, b) => To::Lognormal(at(a), at(b)),
            Distribution::Uniform(a, b) => To::Uniform(at(a), at(b)),
            Distribution::Triangular(a, b, c) => To::Triangular(at(a), at(b), at(c)),
            Distribution::Pert(a, b, c) => To::Pert(at(a), at(b), at(c)),
            Distribution::Beta(a, b) => To::Beta(at(a), at(b)),
            Distribution::Bernoulli(p) => To::Bernoulli(at(p)),
            Distribution::Exactly(a) => To::Exactly(at(a)),
            Distribution::Mixture(parts) => To::Mixture(
                parts
                    .iter()
                    .map(|(d, w)| (self.distribution(d, within), self.expr(w, within)))
                    .collect(),
            ),
            Distribution::Truncate(d, low, high) => {
                let d = Box::new(self.distribution(d, within));
                To::Truncate(d, self.expr(low, within), self.expr(high, within))
            }
        }
    }
}

fn unary(op: Unary) -> engine::Unary {
    match op {
        Unary::Negate => engine::Unary::Negate,
        Unary::Not => engine::Unary::Not,
        Unary::Abs => engine::Unary::Abs,
        Unary::Exp => engine::Unary::Exp,
        Unary::Ln => engine::Unary::Ln,
        Unary::Sqrt => engine::Unary::Sqrt,
    }
}

fn binary(op: Binary) -> engine::Binary {
    match op {
        Binary::Add => engine::Binary::Add,
        Binary::Subtract => engine::Binary::Subtract,
        Binary::Multiply => engine::Binary::Multiply,
        Binary::Divide => engine::Binary::Divide,
        Binary::Power => engine::Binary::Power,
        Binary::Min => engine::Binary::Min,
        Binary::Max => engine::Binary::Max,
        Binary::Less => engine::Binary::Less,
        Binary::AtMost => engine::Binary::AtMost,
        Binary::Greater => engine::Binary::Greater,
        Binary::AtLeast => engine::Binary::AtLeast,
        Binary::Equal => engine::Binary::Equal,
        Binary::Unequal => engine::Binary::Unequal,
        Binary::And => engine::Binary::And,
        Binary::Or => engine::Binary::Or,
    }
}

/// The quantities, each after those that its formulas name; else as declared. No recursion over them: a chain may be
/// as long as the file.
fn order(case: &Case) -> Vec<usize> {
    let names: Vec<Vec<usize>> = case
        .quantities
        .iter()
        .map(|quantity| {
            let mut names = BTreeSet::new();
            let formulas = std::iter::once(&quantity.formula);
            for formula in formulas.chain(quantity.when.iter().map(|(_, f)| f)) {
                quantities_in(&formula.root, &mut names);
            }
            names.into_iter().collect()
        })
        .collect();
    let mut order = Vec::new();
    let mut begun = vec![false; names.len()];
    for first in 0..names.len() {
        let mut open: Vec<(usize, usize)> = Vec::new();
        if !std::mem::replace(&mut begun[first], true) {
            open.push((first, 0));
        }
        while let Some((q, looked)) = open.last_mut() {
            match names[*q].get(*looked) {
                Some(&next) => {
                    *looked += 1;
                    if !std::mem::replace(&mut begun[next], true) {
                        open.push((next, 0));
                    }
                }
                None => {
                    order.push(*q);
                    open.pop();
                }
            }
        }
    }
    order
}

/// The quantities that a part of a formula names.
fn quantities_in(expr: &Expr, names: &mut BTreeSet<usize>) {
    match &expr.kind {
        ExprKind::Quantity(q) => {
            names.insert(*q);
        }
        ExprKind::Number(_) | ExprKind::Is(_) => {}
        ExprKind::Unary(_, a) => quantities_in(a, names),
        ExprKind::Binary(_, a, b) => {
            quantities_in(a, names);
            quantities_in(b, names);
        }
        ExprKind::If {
            test,
            then,
            otherwise,
        } => {
            quantities_in(test, names);
            quantities_in(then, names);
            quantities_in(otherwise, names);
        }
        ExprKind::Draw(d) => quantities_in_distribution(d, names),
    }
}

fn quantities_in_distribution(d: &Distribution, names: &mut BTreeSet<usize>) {
    let mut of = |all: &[&Expr]| all.iter().for_each(|e| quantities_in(e, names));
    match d {
        Distribution::To(a, b)
        | Distribution::Normal(a, b)
        | Distribution::Lognormal(a, b)
        | Distribution::Uniform(a, b)
        | Distribution::Beta(a, b) => of(&[a, b]),
        Distribution::Triangular(a, b, c) | Distribution::Pert(a, b, c) => of(&[a, b, c]),
        Distribution::Bernoulli(a) | Distribution::Exactly(a) => of(&[a]),
        Distribution::Mixture(parts) => {
            for (d, weight) in parts {
                quantities_in_distribution(d, names);
                quantities_in(weight, names);
            }
        }
        Distribution::Truncate(d, low, high) => {
            quantities_in_distribution(d, names);
            quantities_in(low, names);
            quantities_in(high, names);
        }
    }
}

/// The rank correlations wanted between quantities, as sites: each is drawn where its formula's own distribution is.
pub(crate) fn correlations(case: &Case, formulas: &Formulas) -> Vec<(Site, Site, f64)> {
    let site = |q: usize| -> Option<Site> {
        let own = Cause::Quantity(q, 0);
        let place = formulas.causes.iter().position(|c| *c == own)?;
        // The cast: sites are counted in u32.
        Some(Site(place as u32))
    };
    let all = case.correlations.iter();
    all.filter_map(|c| Some((site(c.a)?, site(c.b)?, c.rank)))
        .collect()
}
