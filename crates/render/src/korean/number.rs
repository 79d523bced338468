//! Numbers by units of 만 (한글 맞춤법 제44항), and the native numerals that stand before counters.

/// Names of 10⁴ᵏ, k = 1 … 9; the last holds all of `u128`.
const UNITS: [&str; 9] = ["만", "억", "조", "경", "해", "자", "양", "구", "간"];
const DIGITS: [&str; 10] = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];

/// Groups of four digits, the greatest first, with the name of their unit; empty ones left out.
fn groups(n: u128) -> Vec<(u16, &'static str)> {
    let mut all = Vec::new();
    let mut rest = n;
    for unit in std::iter::once("").chain(UNITS) {
        // The cast: a remainder by 10,000.
        let group = (rest % 10_000) as u16;
        if group > 0 {
            all.push((group, unit));
        }
        rest /= 10_000;
    }
    all.reverse();
    all
}

/// Digits by units of 만.
///
/// ```
/// # use sinario_render::korean::grouped;
/// assert_eq!(grouped(1_234_567_898), "12억 3456만 7898");
/// ```
pub fn grouped(n: u128) -> String {
    if n == 0 {
        return "0".into();
    }
    let parts: Vec<String> = groups(n)
        .into_iter()
        .map(|(g, u)| format!("{g}{u}"))
        .collect();
    parts.join(" ")
}

/// In Hangul, Sino-Korean, by units of 만. One 만 is 만, but one 억 is 일억.
///
/// ```
/// # use sinario_render::korean::hangul;
/// assert_eq!(hangul(12_345), "만 이천삼백사십오");
/// ```
pub fn hangul(n: u128) -> String {
    if n == 0 {
        return "영".into();
    }
    let said = |(group, unit): (u16, &str)| {
        if group == 1 && unit == "만" {
            return unit.to_owned();
        }
        let mut out = String::new();
        for (place, name) in [(1000, "천"), (100, "백"), (10, "십"), (1, "")] {
            let d = usize::from(group / place % 10);
            if d > 1 || (d == 1 && place == 1) {
                out.push_str(DIGITS[d]);
            }
            if d > 0 {
                out.push_str(name);
            }
        }
        out + unit
    };
    groups(n)
        .into_iter()
        .map(said)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The native numeral as it stands before 개, 명, 번, 가지, 곳 …, for 1 … 99.
///
/// ```
/// # use sinario_render::korean::native;
/// assert_eq!(native(21).as_deref(), Some("스물한"));
/// assert_eq!(native(100), None);
/// ```
pub fn native(n: u64) -> Option<String> {
    const ONES: [&str; 10] = [
        "", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉",
    ];
    const TENS: [&str; 10] = [
        "", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔",
    ];
    match n {
        20 => Some("스무".into()),
        // The casts: below 100.
        1..=99 => Some(format!(
            "{}{}",
            TENS[(n / 10) as usize],
            ONES[(n % 10) as usize]
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_number_has_a_name() {
        assert!(grouped(u128::MAX).starts_with("340간 2823구 6692양"));
        assert_eq!(hangul(110_000_000), "일억 천만");
        assert_eq!(hangul(100_010_001), "일억 만 일");
    }
}
