//! The formula language: any text ends soon, and a tree that is written out reads back as itself.

use proptest::prelude::*;
use sinario_case::formula::{Distribution, Expr, ExprKind, endless, print, unit_of_options};
use sinario_case::{Case, Parsed, fingerprint, parse};
use std::time::{Duration, Instant};

/// A small case with this formula, which needs no escapes in single quotes.
fn with(formula: &str) -> String {
    format!(
        "sinario = 1\ntitle = \"x\"\nas_of = 2024-04-04\nhorizon = 2026-12-31\n[drivers]\nmoney.states = {{ ms = \"MS\", many = \"Many\" }}\n\
         [quantities]\ncash = {{ unit = \"won\", formula = \"1 to 2\" }}\nburn = {{ formula = \"normal(0, 1)\" }}\n\
         x.formula = '''\n{formula}'''\n[options]\ngo.value = \"x\"\n"
    )
}

fn read(formula: &str) -> Option<Case> {
    parse(with(formula).as_bytes()).case
}

/// The tree without its places.
fn bare(expr: &Expr) -> Expr {
    let kind = match &expr.kind {
        ExprKind::Unary(of, a) => ExprKind::Unary(*of, boxed(a)),
        ExprKind::Binary(of, a, b) => ExprKind::Binary(*of, boxed(a), boxed(b)),
        ExprKind::If {
            test,
            then,
            otherwise,
        } => ExprKind::If {
            test: boxed(test),
            then: boxed(then),
            otherwise: boxed(otherwise),
        },
        ExprKind::Draw(d) => ExprKind::Draw(bare_distribution(d)),
        leaf => leaf.clone(),
    };
    Expr { span: 0..0, kind }
}

fn boxed(expr: &Expr) -> Box<Expr> {
    Box::new(bare(expr))
}

fn bare_distribution(of: &Distribution) -> Distribution {
    use Distribution::*;
    match of {
        To(a, b) => To(boxed(a), boxed(b)),
        Normal(a, b) => Normal(boxed(a), boxed(b)),
        Lognormal(a, b) => Lognormal(boxed(a), boxed(b)),
        Uniform(a, b) => Uniform(boxed(a), boxed(b)),
        Triangular(a, b, c) => Triangular(boxed(a), boxed(b), boxed(c)),
        Pert(a, b, c) => Pert(boxed(a), boxed(b), boxed(c)),
        Beta(a, b) => Beta(boxed(a), boxed(b)),
        Bernoulli(a) => Bernoulli(boxed(a)),
        Mixture(all) => Mixture(
            all.iter()
                .map(|(d, w)| (bare_distribution(d), bare(w)))
                .collect(),
        ),
        Truncate(d, a, b) => Truncate(Box::new(bare_distribution(d)), boxed(a), boxed(b)),
        Exactly(a) => Exactly(boxed(a)),
    }
}

/// Formulas that are right as far as the grammar goes.
fn formula() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("cash".to_owned()),
        Just("burn".to_owned()),
        Just("as_of".to_owned()),
        Just("130조".to_owned()),
        Just("1,234.5".to_owned()),
        Just("1969-12-31".to_owned()),
        Just("2천5백만원".to_owned()),
        Just("money is ms".to_owned()),
        Just("money is not many".to_owned()),
        (0.0..1e12).prop_map(|n| format!("{n}")),
        (1_u32..999).prop_map(|n| format!("{n}%")),
        (1_u32..999).prop_map(|n| format!("{n}개월")),
        (1_u32..999).prop_map(|n| format!(".{n}e-3")),
    ];
    leaf.prop_recursive(6, 60, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        let three = (inner.clone(), inner.clone(), inner.clone());
        prop_oneof![
            (two.clone(), 0_usize..16).prop_map(|((a, b), of)| {
                let of = [
                    "+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or", "to",
                    "−", "≤",
                ][of];
                format!("{a} {of} {b}")
            }),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("-{a}")),
            inner.clone().prop_map(|a| format!("not {a}")),
            (inner.clone(), 0_usize..5).prop_map(|(a, f)| {
                format!("{}( {a} )", ["abs", "exp", "ln", "sqrt", "bernoulli"][f])
            }),
            (two, 0_usize..6).prop_map(|((a, b), f)| {
                format!(
                    "{}({a}, {b})",
                    ["min", "max", "normal", "lognormal", "uniform", "beta"][f]
                )
            }),
            (three, 0_usize..6).prop_map(|((a, b, c), f)| match f {
                0 => format!("if {a} then {b} else {c}"),
                1 => format!("triangular({a}, {b}, {c})"),
                2 => format!("pert({a}, {b}, {c})"),
                3 => format!("mixture({a}, normal({b}, 1); {c}, 2)"),
                4 => format!("truncate(normal({a}, 3), {b}, {c})"),
                _ => format!("min({a}, {b}, {c})"),
            }),
        ]
    })
}

/// Pieces from which formulas and what looks like one are made.
const PIECES: &[&str] = &[
    "cash",
    "burn",
    "money",
    "ms",
    "is",
    "not",
    "and",
    "or",
    "if",
    "then",
    "else",
    "to",
    "max",
    "normal",
    "mixture",
    "truncate",
    "(",
    ")",
    ",",
    ";",
    "+",
    "-",
    "*",
    "/",
    "^",
    "<",
    "=",
    "1",
    "2.5",
    "1,234",
    "130조",
    "3만",
    "20%",
    "1e999",
    "2026-12-31",
    "2026-13-01",
    "18개월",
    "₩",
    "가",
    "억",
    "\u{301}",
    " ",
    "  ",
    "\n",
    ".",
    "_",
    "≤",
    "−",
    "🙂",
    "e5",
    "k",
];

/// What must hold of any formula.
fn holds(formula: &str) -> Parsed {
    let text = with(formula);
    let begin = Instant::now();
    let parsed = parse(text.as_bytes());
    assert!(begin.elapsed() < Duration::from_secs(60), "{formula}");
    for d in &parsed.diagnostics {
        for label in &d.labels {
            assert!(text.get(label.span.clone()).is_some(), "{formula}: {d:?}");
        }
    }
    if let Some(case) = &parsed.case {
        let _ = (endless(case), unit_of_options(case));
    }
    parsed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_ends_in_a_diagnostic_or_a_tree(formula in "[^']{0,80}") {
        holds(&formula);
    }

    #[test]
    fn anything_made_of_its_words_does_too(pieces in prop::collection::vec(0..PIECES.len(), 0..25)) {
        let formula: String = pieces.into_iter().map(|p| PIECES[p]).collect();
        holds(&formula);
    }

    #[test]
    fn a_tree_that_is_written_out_reads_back_as_itself(formula in formula()) {
        holds(&formula);
        if let Some(case) = read(&formula) {
            let tree = &case.quantities[2].formula.root;
            let printed = print(&case, tree);
            let again = read(&printed);
            prop_assert!(again.is_some(), "{} -> {}: {:?}", formula, printed, holds(&printed).diagnostics);
            let again = again.unwrap();
            prop_assert_eq!(bare(tree), bare(&again.quantities[2].formula.root), "{} -> {}", formula, printed);
        }
    }
}

#[test]
fn most_made_formulas_are_read() {
    // Else the property above would hold of nothing.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let made = (0..300).filter(|_| {
        let tree = formula().new_tree(&mut runner).unwrap();
        read(&proptest::strategy::ValueTree::current(&tree)).is_some()
    });
    assert!(made.count() > 100);
}

#[test]
fn what_is_written_alike_is_the_same_tree() {
    let tree = |formula: &str| {
        let case =
            read(formula).unwrap_or_else(|| panic!("{formula}: {:?}", holds(formula).diagnostics));
        bare(&case.quantities[2].formula.root)
    };
    for (one, other) in [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("2 ^ 3 ^ 2", "2 ^ (3 ^ 2)"),
        ("-2 ^ 2", "-(2 ^ 2)"),
        ("2 ^ -1", "2 ^ (-1)"),
        ("10 - 3 - 2", "(10 - 3) - 2"),
        ("1 + 1 to 2 * 3", "(1 + 1) to (2 * 3)"),
        ("1 to 2 < 3", "(1 to 2) < 3"),
        ("not 1 < 2 and 3 > 2", "(not (1 < 2)) and (3 > 2)"),
        ("1 or 0 and 0", "1 or (0 and 0)"),
        ("if 1 then 2 else 3 + 4", "if 1 then 2 else (3 + 4)"),
        ("1 + if 1 then 2 else 3", "1 + (if 1 then 2 else 3)"),
        ("min(1, 2, 3)", "min(min(1, 2), 3)"),
        ("money is not ms", "not (money is ms)"),
        ("20%", "0.2"),
        ("1조 2,345억", "1_234_500_000_000"),
        ("1.5조", "1500000000000"),
        ("2천만", "20M"),
        ("horizon - as_of", "2026-12-31 - 2024-04-04"),
        ("6 ÷ 2 × 3 − 1", "6 / 2 * 3 - 1"),
        ("18개월", "18"),
    ] {
        assert_eq!(tree(one), tree(other), "{one} | {other}");
    }
}

#[test]
fn fingerprints_know_the_new_keys_only_where_they_are() {
    let of = |more: &str| {
        fingerprint(
            &parse(format!("{}{more}", with("1 to 2")).as_bytes())
                .case
                .unwrap(),
        )
    };
    let bare = of("");
    let mut seen = vec![bare.clone()];
    for more in [
        "go.unit = \"won\"\n",
        "go.switching = 3\n",
        "go.switching = 4\n",
        "[[correlations]]\nbetween = [\"burn\", \"x\"]\nrank = 0.5\n",
        "[[correlations]]\nbetween = [\"burn\", \"x\"]\nrank = 0.4\n",
    ] {
        let now = of(more);
        assert!(!seen.contains(&now), "{more}");
        seen.push(now);
    }
    assert_eq!(
        of("[[correlations]]\nbetween = [\"x\", \"burn\"]\nrank = 0.5\n"),
        seen[4]
    );
    // A number and the same in quotes say the same.
    let number = |value: &str| with("5").replace("'''\n5'''", value);
    let prints = ["5", "\"5\""].map(|v| fingerprint(&parse(number(v).as_bytes()).case.unwrap()));
    assert_eq!(prints[0], prints[1]);
}

#[test]
fn thousands_of_formulas_are_read_in_time() {
    let mut text = "sinario = 1\ntitle = \"x\"\n[drivers]\nmoney.states = { ms = \"MS\", many = \"Many\" }\n[quantities]\nq0.formula = \"1 to 2\"\n".to_owned();
    for q in 1..4000 {
        text.push_str(&format!(
            "q{q}.formula = \"q{} + q{} * q{} / (1 to 2)\"\n",
            q - 1,
            q / 2,
            q / 3
        ));
    }
    let begin = Instant::now();
    let parsed = parse(text.as_bytes());
    assert!(parsed.case.is_some());
    assert!(
        begin.elapsed() < Duration::from_secs(60),
        "{:?}",
        begin.elapsed()
    );
}
