//! Formulas by the block and by the row.

use crate::cases::Dice;
use crate::programs::{BINARY, Draft, UNARY, any, pairs};
use sinario_engine::formula::{
    Binary, Block, Distribution, Node, Program, Rows, STRIP, Site, Spot, Step, Unary, Walk, binary,
    unary,
};
use sinario_engine::sample::Failure;
use sinario_engine::{Driver, State};
use std::collections::BTreeSet;

/// Uniform numbers of a strip, by dimension; some at the ends.
fn uniforms(dice: &mut Dice, dimensions: usize, rows: usize) -> Vec<Vec<f64>> {
    let mut one = || match dice.below(20) {
        0 => f64::EPSILON / 4.0,
        1 => 1.0 - f64::EPSILON / 2.0,
        _ => (dice.unit() + f64::EPSILON / 4.0).min(1.0 - f64::EPSILON / 2.0),
    };
    (0..dimensions)
        .map(|_| (0..rows).map(|_| one()).collect())
        .collect()
}

#[test]
fn blocks_give_the_bits_and_the_failures_of_rows() {
    let mut dice = Dice(1);
    let (mut values, mut failures) = (0, BTreeSet::new());
    for _ in 0..500 {
        let program = any(&mut dice);
        let pairs = pairs(&mut dice);
        let states: Vec<Vec<State>> = pairs.cells.iter().map(|c| c.states.clone()).collect();
        let block = Block::new(&program, &pairs.named, &states);
        let mut columns = block.columns();
        // Two strips, so that nothing of the first stays in the second.
        for rows in [16, 9] {
            let cells: Vec<u32> = (0..rows).map(|_| dice.below(states.len()) as u32).collect();
            let uniforms = uniforms(&mut dice, block.dimensions(), rows);
            let slices: Vec<&[f64]> = uniforms.iter().map(Vec::as_slice).collect();
            let strip = Rows {
                cells: &cells,
                uniforms: &slices,
            };
            block.evaluate(&strip, &mut columns);
            let mut out = vec![0.0; rows];
            for output in 0..program.outputs.len() {
                block.output(output, &cells, &columns, &mut out);
                for row in 0..rows {
                    let two = |place: &Option<(usize, bool)>| {
                        place.map_or((0.5, 0.5), |(at, two)| {
                            (uniforms[at][row], uniforms[at + usize::from(two)][row])
                        })
                    };
                    let sites: Vec<(f64, f64)> = block.places().iter().map(two).collect();
                    let mut spot = Spot {
                        named: &pairs.named,
                        states: &states[cells[row] as usize],
                        uniforms: &sites,
                    };
                    let plain = Walk::new(&program).value(program.outputs[output], &mut spot);
                    let failed = block.failed(output, row, &cells, &columns);
                    match plain {
                        Ok(value) => {
                            assert_eq!(value.to_bits(), out[row].to_bits(), "{program:?}");
                            assert_eq!(failed, None);
                            values += 1;
                        }
                        Err(why) => {
                            assert!(out[row].is_nan(), "{program:?}");
                            assert_eq!(failed, Some(why), "{program:?}");
                            failures.insert(why.failure);
                        }
                    }
                }
            }
        }
    }
    assert!(values > 10_000, "{values}");
    assert_eq!(failures.len(), 7, "{failures:?}");
}

#[test]
fn draws_that_a_row_looks_at_are_told_and_no_others() {
    let mut dice = Dice(2);
    let mut told = 0;
    for _ in 0..500 {
        let program = any(&mut dice);
        let pairs = pairs(&mut dice);
        let states: Vec<Vec<State>> = pairs.cells.iter().map(|c| c.states.clone()).collect();
        let block = Block::new(&program, &pairs.named, &states);
        let mut columns = block.columns();
        let cells: Vec<u32> = (0..20).map(|_| dice.below(states.len()) as u32).collect();
        let uniforms = uniforms(&mut dice, block.dimensions(), 20);
        let slices: Vec<&[f64]> = uniforms.iter().map(Vec::as_slice).collect();
        let strip = Rows {
            cells: &cells,
            uniforms: &slices,
        };
        block.evaluate(&strip, &mut columns);
        let mut found = vec![BTreeSet::new(); 20];
        block.looked_at(&cells, &columns, |site, row, _| {
            found[row].insert(site);
        });
        for row in 0..20 {
            let mut looked = Looked {
                named: &pairs.named,
                states: &states[cells[row] as usize],
                sites: BTreeSet::new(),
                block: &block,
                uniforms: &uniforms,
                row,
            };
            let mut walk = Walk::new(&program);
            let values: Vec<bool> = program
                .outputs
                .iter()
                .map(|o| walk.value(*o, &mut looked).is_ok())
                .collect();
            if values.iter().all(|ok| *ok) {
                assert_eq!(found[row], looked.sites, "{program:?}");
                told += looked.sites.len();
            } else {
                // A row by itself stops where it fails.
                assert!(found[row].is_superset(&looked.sites), "{program:?}");
            }
        }
    }
    assert!(told > 3000, "{told}");
}

/// A row that writes down what is drawn.
struct Looked<'a> {
    named: &'a [Driver],
    states: &'a [State],
    sites: BTreeSet<Site>,
    block: &'a Block<'a>,
    uniforms: &'a [Vec<f64>],
    row: usize,
}

impl sinario_engine::formula::Row for Looked<'_> {
    fn is(&mut self, driver: Driver, state: State) -> bool {
        self.named
            .iter()
            .zip(self.states)
            .any(|(d, s)| *d == driver && *s == state)
    }

    fn draw(
        &mut self,
        at: Node,
        site: Site,
        distribution: &Distribution,
        value: &dyn Fn(Node) -> f64,
        mark: usize,
    ) -> Result<f64, Failure> {
        self.sites.insert(site);
        let (place, two) = self.block.places()[site.0 as usize].unwrap();
        let pair = (
            self.uniforms[place][self.row],
            self.uniforms[place + usize::from(two)][self.row],
        );
        let mut sites = vec![(0.5, 0.5); site.0 as usize + 1];
        sites[site.0 as usize] = pair;
        let mut spot = Spot {
            uniforms: &sites,
            ..Spot::default()
        };
        spot.draw(at, site, distribution, value, mark)
    }
}

#[test]
fn each_operation_says_what_it_should() {
    use Failure::{Division, Logarithm, Power, Root, TooLarge};
    let max = f64::MAX;
    let table: [(Binary, f64, f64, Result<f64, Failure>); 40] = [
        (Binary::Add, 1.5, 2.0, Ok(3.5)),
        (Binary::Add, max, max, Err(TooLarge)),
        (Binary::Subtract, 1.0, 3.0, Ok(-2.0)),
        (Binary::Subtract, -max, max, Err(TooLarge)),
        (Binary::Multiply, 2.0, -3.0, Ok(-6.0)),
        (Binary::Multiply, max, 2.0, Err(TooLarge)),
        (Binary::Divide, 1.0, 4.0, Ok(0.25)),
        (Binary::Divide, 1.0, 0.0, Err(Division)),
        (Binary::Divide, 0.0, -0.0, Err(Division)),
        (Binary::Divide, max, 0.1, Err(TooLarge)),
        (Binary::Power, 3.0, 2.0, Ok(9.0)),
        (Binary::Power, 2.0, -2.0, Ok(0.25)),
        (Binary::Power, -2.0, 3.0, Ok(-8.0)),
        (Binary::Power, -2.0, 0.5, Err(Power)),
        (Binary::Power, 0.0, -1.0, Err(Power)),
        (Binary::Power, 0.0, 0.0, Ok(1.0)),
        (Binary::Power, 10.0, 400.0, Err(TooLarge)),
        (Binary::Power, 1e200, 2.0, Err(TooLarge)),
        (Binary::Min, 2.0, 1.0, Ok(1.0)),
        (Binary::Max, 2.0, 1.0, Ok(2.0)),
        (Binary::Less, 1.0, 2.0, Ok(1.0)),
        (Binary::Less, 2.0, 2.0, Ok(0.0)),
        (Binary::AtMost, 2.0, 2.0, Ok(1.0)),
        (Binary::AtMost, 3.0, 2.0, Ok(0.0)),
        (Binary::Greater, 2.0, 1.0, Ok(1.0)),
        (Binary::Greater, 2.0, 2.0, Ok(0.0)),
        (Binary::AtLeast, 2.0, 2.0, Ok(1.0)),
        (Binary::AtLeast, 1.0, 2.0, Ok(0.0)),
        (Binary::Equal, 0.0, -0.0, Ok(1.0)),
        (Binary::Equal, 0.0, 1.0, Ok(0.0)),
        (Binary::Unequal, 0.0, 1.0, Ok(1.0)),
        (Binary::Unequal, 1.0, 1.0, Ok(0.0)),
        (Binary::And, 2.0, -1.0, Ok(1.0)),
        (Binary::And, 2.0, 0.0, Ok(0.0)),
        (Binary::And, 0.0, 2.0, Ok(0.0)),
        (Binary::And, 0.0, 0.0, Ok(0.0)),
        (Binary::Or, 0.0, 0.0, Ok(0.0)),
        (Binary::Or, 0.0, 3.0, Ok(1.0)),
        (Binary::Or, 3.0, 0.0, Ok(1.0)),
        (Binary::Or, 3.0, 3.0, Ok(1.0)),
    ];
    for (op, a, b, wanted) in table {
        assert_eq!(binary(op, a, b), wanted, "{op:?} {a} {b}");
    }
    assert!(BINARY.iter().all(|op| table.iter().any(|t| t.0 == *op)));
    let table = [
        (Unary::Negate, 2.0, Ok(-2.0)),
        (Unary::Not, 0.0, Ok(1.0)),
        (Unary::Not, 0.5, Ok(0.0)),
        (Unary::Abs, -3.0, Ok(3.0)),
        (Unary::Exp, 0.0, Ok(1.0)),
        (Unary::Exp, 1000.0, Err(TooLarge)),
        (Unary::Ln, 1.0, Ok(0.0)),
        (Unary::Ln, 0.0, Err(Logarithm)),
        (Unary::Ln, -1.0, Err(Logarithm)),
        (Unary::Sqrt, 9.0, Ok(3.0)),
        (Unary::Sqrt, 0.0, Ok(0.0)),
        (Unary::Sqrt, -1.0, Err(Root)),
    ];
    for (op, a, wanted) in table {
        assert_eq!(unary(op, a), wanted, "{op:?} {a}");
    }
    assert!(UNARY.iter().all(|op| table.iter().any(|t| t.0 == *op)));
}

#[test]
fn a_formula_may_be_as_deep_as_it_likes() {
    let mut draft = Draft::default();
    let one = draft.number(1.0);
    let mut sum = draft.law(0, Distribution::Normal, 0.0, 0.0);
    for _ in 0..200_000 {
        sum = draft.both(Binary::Add, sum, one);
    }
    let program = draft.with(&[sum]);
    let mut spot = Spot {
        uniforms: &[(0.5, 0.5)],
        ..Spot::default()
    };
    let value = Walk::new(&program).value(sum, &mut spot);
    assert_eq!(value, Ok(200_000.0));
}

#[test]
fn shared_draws_cancel() {
    let mut draft = Draft::default();
    let a = draft.law(0, Distribution::To, 5.0, 900.0);
    let b = draft.law(1, Distribution::Uniform, 0.0, 3.0);
    let none = draft.both(Binary::Subtract, a, a);
    let both = draft.both(Binary::Add, a, b);
    let (x, y) = (
        draft.both(Binary::Divide, a, both),
        draft.both(Binary::Divide, b, both),
    );
    let whole = draft.both(Binary::Add, x, y);
    let program: Program = draft.with(&[none, whole]);
    let block = Block::new(&program, &[], &[vec![]]);
    let mut columns = block.columns();
    let mut dice = Dice(3);
    let cells = [0; STRIP];
    let (mut off, mut rows) = (0, 0);
    for _ in 0..2000 {
        let uniforms = uniforms(&mut dice, 2, STRIP);
        let slices: Vec<&[f64]> = uniforms.iter().map(Vec::as_slice).collect();
        let strip = Rows {
            cells: &cells,
            uniforms: &slices,
        };
        block.evaluate(&strip, &mut columns);
        let mut out = [1.0; STRIP];
        block.output(0, &cells, &columns, &mut out);
        assert!(out.iter().all(|x| x.to_bits() == 0));
        block.output(1, &cells, &columns, &mut out);
        // Two sums and two quotients are rounded: the whole lies within the rounding of 1, and most often is 1.
        assert!(out.iter().all(|x| (x - 1.0).abs() <= f64::EPSILON));
        off += out.iter().filter(|x| **x != 1.0).count();
        rows += STRIP;
    }
    println!("{off} of {rows} are not 1");
    assert!(off > 0 && off < rows / 2, "{off} of {rows}");
}

#[test]
fn what_no_output_looks_at_takes_no_number() {
    let mut draft = Draft::default();
    let _idle = draft.law(0, Distribution::Normal, 0.0, 1.0);
    let p = draft.number(0.5);
    let two = vec![
        (Distribution::Exactly(p), p),
        (Distribution::Bernoulli(p), p),
    ];
    let mixed = draft.draw(1, Distribution::Mixture(two));
    let plain = draft.law(2, Distribution::Normal, 0.0, 1.0);
    let sum = draft.both(Binary::Add, mixed, plain);
    let program = draft.with(&[sum]);
    let block = Block::new(&program, &[], &[vec![]]);
    assert_eq!(block.dimensions(), 3);
    assert_eq!(block.places(), [None, Some((0, true)), Some((2, false))]);
    assert!(matches!(program.steps[0], Step::Number(_)));
}
