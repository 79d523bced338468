//! Arithmetic on columns. Where a number has no value it is not a number, and so is whatever looks at it; infinity is
//! no value. The bits are those of [`plain`](super::plain).

use super::{Binary, Unary};

/// The values of an operand, by row.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// Alike in all rows.
    Same(f64),
    Each(&'a [f64]),
}

impl Of<'_> {
    #[inline]
    pub(super) fn at(self, row: usize) -> f64 {
        match self {
            Of::Same(value) => value,
            Of::Each(values) => values[row],
        }
    }
}

pub(super) fn unary(op: Unary, a: Of<'_>, out: &mut [f64]) {
    match op {
        Unary::Negate => one(a, out, |a| -a),
        Unary::Not => one(a, out, |a| if a.is_nan() { a } else { truth(a == 0.0) }),
        Unary::Abs => one(a, out, f64::abs),
        Unary::Exp => one(a, out, |a| finite(libm::exp(a))),
        Unary::Ln => one(a, out, |a| if a > 0.0 { libm::log(a) } else { f64::NAN }),
        // Not a number below 0.
        Unary::Sqrt => one(a, out, libm::sqrt),
    }
}

pub(super) fn binary(op: Binary, a: Of<'_>, b: Of<'_>, out: &mut [f64]) {
    match op {
        Binary::Add => two(a, b, out, |a, b| finite(a + b)),
        Binary::Subtract => two(a, b, out, |a, b| finite(a - b)),
        Binary::Multiply => two(a, b, out, |a, b| finite(a * b)),
        // Division by 0 gives infinity or no number.
        Binary::Divide => two(a, b, out, |a, b| finite(a / b)),
        Binary::Power => power(a, b, out),
        Binary::Min => two(a, b, out, |a, b| known(a, b, if b < a { b } else { a })),
        Binary::Max => two(a, b, out, |a, b| known(a, b, if b > a { b } else { a })),
        Binary::Less => two(a, b, out, |a, b| known(a, b, truth(a < b))),
        Binary::AtMost => two(a, b, out, |a, b| known(a, b, truth(a <= b))),
        Binary::Greater => two(a, b, out, |a, b| known(a, b, truth(a > b))),
        Binary::AtLeast => two(a, b, out, |a, b| known(a, b, truth(a >= b))),
        Binary::Equal => two(a, b, out, |a, b| known(a, b, truth(a == b))),
        Binary::Unequal => two(a, b, out, |a, b| known(a, b, truth(a != b))),
        Binary::And => two(a, b, out, |a, b| known(a, b, truth(a != 0.0 && b != 0.0))),
        Binary::Or => two(a, b, out, |a, b| known(a, b, truth(a != 0.0 || b != 0.0))),
    }
}

fn power(a: Of<'_>, b: Of<'_>, out: &mut [f64]) {
    if let Of::Same(2.0) = b {
        return one(a, out, |a| finite(a * a));
    }
    two(a, b, out, |a, b| {
        // Where either is not a number, 1 would come of 1 ^ b and a ^ 0.
        if a.is_nan() || b.is_nan() {
            f64::NAN
        } else if b == 2.0 {
            finite(a * a)
        } else {
            // Not a number below 0 but for whole powers, infinite where 0 is raised to a negative one.
            finite(libm::pow(a, b))
        }
    });
}

pub(super) fn choose(test: Of<'_>, then: Of<'_>, otherwise: Of<'_>, out: &mut [f64]) {
    for (row, out) in out.iter_mut().enumerate() {
        let test = test.at(row);
        // Both are read, so that no branch is guessed wrong.
        let (then, otherwise) = (then.at(row), otherwise.at(row));
        let chosen = if test != 0.0 { then } else { otherwise };
        *out = if test.is_nan() { test } else { chosen };
    }
}

#[inline]
pub(super) fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { f64::NAN }
}

#[inline]
fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

#[inline]
fn known(a: f64, b: f64, value: f64) -> f64 {
    if a.is_nan() | b.is_nan() {
        f64::NAN
    } else {
        value
    }
}

#[inline]
fn one(a: Of<'_>, out: &mut [f64], f: impl Fn(f64) -> f64) {
    match a {
        Of::Same(a) => out.fill(f(a)),
        Of::Each(a) => out.iter_mut().zip(a).for_each(|(out, &a)| *out = f(a)),
    }
}

#[inline]
fn two(a: Of<'_>, b: Of<'_>, out: &mut [f64], f: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Of::Same(a), Of::Same(b)) => out.fill(f(a, b)),
        (Of::Same(a), Of::Each(b)) => out.iter_mut().zip(b).for_each(|(out, &b)| *out = f(a, b)),
        (Of::Each(a), Of::Same(b)) => out.iter_mut().zip(a).for_each(|(out, &a)| *out = f(a, b)),
        (Of::Each(a), Of::Each(b)) => {
            let both = a.iter().zip(b);
            out.iter_mut()
                .zip(both)
                .for_each(|(out, (&a, &b))| *out = f(a, b));
        }
    }
}
