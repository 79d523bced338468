//! Parts of formulas whose value stands in the formula itself.

use super::tree::{Binary, Expr, ExprKind, Unary};

/// The value of a part without quantities, tests and distributions; `None` for any other, and where it is undefined.
pub(crate) fn constant(expr: &Expr) -> Option<f64> {
    let value = match &expr.kind {
        ExprKind::Number(n) => *n,
        ExprKind::Quantity(_) | ExprKind::Is(_) | ExprKind::Draw(_) => return None,
        ExprKind::Unary(of, a) => unary(*of, constant(a)?),
        ExprKind::Binary(of, a, b) => binary(*of, constant(a)?, constant(b)?),
        ExprKind::If {
            test,
            then,
            otherwise,
        } => {
            let then_or_not = if constant(test)? != 0.0 {
                then
            } else {
                otherwise
            };
            constant(then_or_not)?
        }
    };
    value.is_finite().then_some(value)
}

fn truth(of: bool) -> f64 {
    if of { 1.0 } else { 0.0 }
}

fn unary(of: Unary, a: f64) -> f64 {
    match of {
        Unary::Negate => -a,
        Unary::Not => truth(a == 0.0),
        Unary::Abs => a.abs(),
        Unary::Exp => libm::exp(a),
        Unary::Ln => libm::log(a),
        Unary::Sqrt => libm::sqrt(a),
    }
}

fn binary(of: Binary, a: f64, b: f64) -> f64 {
    match of {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
        Binary::Power => libm::pow(a, b),
        Binary::Min => a.min(b),
        Binary::Max => a.max(b),
        Binary::Less => truth(a < b),
        Binary::AtMost => truth(a <= b),
        Binary::Greater => truth(a > b),
        Binary::AtLeast => truth(a >= b),
        Binary::Equal => truth(a == b),
        Binary::Unequal => truth(a != b),
        Binary::And => truth(a != 0.0 && b != 0.0),
        Binary::Or => truth(a != 0.0 || b != 0.0),
    }
}
