//! Walking over formulas: their parts, the quantities that they name, an order in which every quantity comes after those.

use super::tree::{Distribution, Expr, ExprKind, Formula};
use crate::Case;
use std::ops::Range;

impl Expr {
    /// The parts right below this one.
    pub fn parts(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Number(_) | ExprKind::Quantity(_) | ExprKind::Is(_) => Vec::new(),
            ExprKind::Unary(_, a) => vec![a],
            ExprKind::Binary(_, a, b) => vec![a, b],
            ExprKind::If {
                test,
                then,
                otherwise,
            } => vec![test, then, otherwise],
            ExprKind::Draw(d) => d.parts(),
        }
    }

    /// Calls `f` with this part and every part below it.
    pub fn walk<'e>(&'e self, f: &mut impl FnMut(&'e Expr)) {
        f(self);
        for part in self.parts() {
            part.walk(f);
        }
    }
}

impl Distribution {
    /// Its parameters, those of its own parts among them.
    pub fn parts(&self) -> Vec<&Expr> {
        match self {
            Distribution::To(a, b)
            | Distribution::Normal(a, b)
            | Distribution::Lognormal(a, b)
            | Distribution::Uniform(a, b)
            | Distribution::Beta(a, b) => vec![a, b],
            Distribution::Triangular(a, b, c) | Distribution::Pert(a, b, c) => vec![a, b, c],
            Distribution::Bernoulli(a) | Distribution::Exactly(a) => vec![a],
            Distribution::Mixture(all) => {
                let parts = all.iter().flat_map(|(d, _)| d.parts());
                parts.chain(all.iter().map(|(_, w)| w)).collect()
            }
            Distribution::Truncate(d, low, high) => {
                let mut all = d.parts();
                all.extend([&**low, &**high]);
                all
            }
        }
    }
}

/// The quantities that a part names, each time with its place.
pub(crate) fn named(expr: &Expr) -> Vec<(usize, Range<usize>)> {
    let mut all = Vec::new();
    expr.walk(&mut |e| {
        if let ExprKind::Quantity(q) = e.kind {
            all.push((q, e.span.clone()));
        }
    });
    all
}

/// The formulas of a quantity: the last is the one that holds where no `when` does.
pub(crate) fn formulas(case: &Case, quantity: usize) -> impl Iterator<Item = &Formula> {
    let q = &case.quantities[quantity];
    let when = q.when.iter().map(|(_, f)| f);
    when.chain(std::iter::once(&q.formula))
}

/// All quantities, each after those that its formulas name; or the quantities of a circle, in its order.
pub(crate) fn order(names: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; names.len()];
    let mut order = Vec::new();
    for start in 0..names.len() {
        if marks[start] != Mark::New {
            continue;
        }
        // What is open, and how many of its names have been followed: no recursion, thousands may hang on one another.
        let mut open = vec![(start, 0)];
        marks[start] = Mark::Open;
        while let Some((q, at)) = open.last_mut() {
            let Some(&next) = names[*q].get(*at) else {
                marks[*q] = Mark::Done;
                order.push(*q);
                open.pop();
                continue;
            };
            *at += 1;
            match marks[next] {
                Mark::Done => {}
                Mark::New => {
                    marks[next] = Mark::Open;
                    open.push((next, 0));
                }
                Mark::Open => {
                    let on = open.iter().map(|(q, _)| *q);
                    return Err(on.skip_while(|q| *q != next).collect());
                }
            }
        }
    }
    Ok(order)
}

/// For each quantity those that its formulas name.
pub(crate) fn all_named(case: &Case) -> Vec<Vec<usize>> {
    let of = |q| {
        let mut all: Vec<usize> = formulas(case, q)
            .flat_map(|f| named(&f.root))
            .map(|(n, _)| n)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    (0..case.quantities.len()).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn names_come_first_and_a_circle_is_told() {
        assert_eq!(order(&[vec![1, 2], vec![2], vec![]]), Ok(vec![2, 1, 0]));
        assert_eq!(order(&[vec![1], vec![2], vec![1]]), Err(vec![1, 2]));
        assert_eq!(order(&[vec![0]]), Err(vec![0]));
        let chain: Vec<Vec<usize>> = (0..100_000)
            .map(|q| (q > 0).then(|| q - 1).into_iter().collect())
            .collect();
        assert_eq!(order(&chain).map(|o| o.len()), Ok(100_000));
    }
}
