//! Korean numerals read back: `130조`, `2만5천`, `십이억 삼천사백오십육만`.
//!
//! It stands in this crate because formulas of a case are written with them.

/// A number with what follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral<'a> {
    /// The number.
    pub value: f64,
    /// What it counts (`원`, `명`); empty where nothing follows.
    pub unit: &'a str,
}

/// Units of 만; each 10⁴ times the one before.
const GREAT: [char; 5] = ['만', '억', '조', '경', '해'];
const SMALL: [char; 3] = ['십', '백', '천'];
/// What may follow a numeral without any digit, so that 일본 is not one 본 and 조 바이든 not 10¹² 바이든.
const COUNTED: [&str; 30] = [
    "원",
    "달러",
    "유로",
    "엔",
    "위안",
    "파운드",
    "명",
    "사람",
    "개",
    "번",
    "회",
    "건",
    "대",
    "곳",
    "살",
    "시간",
    "가지",
    "표",
    "년",
    "월",
    "일",
    "개월",
    "주",
    "층",
    "호",
    "배",
    "퍼센트",
    "%",
    "개사",
    "톤",
];

/// Reads a whole text as one number and what it counts; `None` for what is no certain number (수백억, 약간).
///
/// ```
/// # use sinario_case::numeral;
/// let n = numeral::parse("1조 2,345억원").unwrap();
/// assert_eq!((n.value, n.unit), (1_234_500_000_000.0, "원"));
/// assert_eq!(numeral::parse("수백억"), None);
/// ```
pub fn parse(text: &str) -> Option<Numeral<'_>> {
    let text = text.trim();
    let (value, length) = scan(text)?;
    let unit = text[length..].trim();
    let digits = text[..length].contains(|c: char| c.is_ascii_digit());
    let fits = if digits {
        !unit.contains(|c: char| c.is_numeric()) && !unit.starts_with(['.', ',', '-', '+'])
    } else {
        unit.is_empty() || COUNTED.contains(&unit)
    };
    fits.then_some(Numeral { value, unit })
}

/// Reads the number at the start of a text: its value, nearest double, and how many bytes it took. Units go
/// down (억 before 만), nothing follows a decimal but its unit, and the value is below 2¹²⁷.
///
/// ```
/// # use sinario_case::numeral::scan;
/// assert_eq!(scan("3000억 to 5000억"), Some((3e11, "3000억".len())));
/// ```
pub fn scan(text: &str) -> Option<(f64, usize)> {
    let mut at = Cursor { text, at: 0 };
    let mut sum: u128 = 0;
    let mut below = usize::MAX;
    let mut end = 0;
    loop {
        if end > 0 {
            at.spaces();
        }
        let start = at.at;
        let Some(group) = at.group() else { break };
        // 일억 만 is one 억 and one 만; 억만 is none of the two.
        if end > 0 && start == end && at.at == start {
            break;
        }
        let power = at.one_of(&GREAT).map_or(0, |k| k + 1);
        if power >= below || (group.empty && power == 0) {
            break;
        }
        if group.decimals > 0 {
            // Only alone: 1.5조 2000억 is not how anybody writes 1조 7000억.
            if end > 0 {
                return None;
            }
            // The cast: at most five units, and as many decimals as the text has bytes (16 MiB).
            let exponent = (power * 4) as i64 - group.decimals as i64;
            let value = format!("{}e{exponent}", group.value).parse().ok()?;
            return Some((value, at.at));
        }
        // The cast: at most 5.
        let scaled = group.value.checked_mul(10_000_u128.pow(power as u32))?;
        sum = sum.checked_add(scaled)?;
        end = at.at;
        below = power;
        if power == 0 {
            break;
        }
    }
    // By way of decimal text: the nearest double.
    (end > 0).then_some((sum.to_string().parse().ok()?, end))
}

/// What stands before a unit of 만.
struct Group {
    /// Without its decimal point; 1 where nothing is written.
    value: u128,
    /// Digits after the point.
    decimals: usize,
    /// Nothing was written.
    empty: bool,
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn spaces(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    /// Takes one of these letters: its place among them.
    fn one_of(&mut self, letters: &[char]) -> Option<usize> {
        let c = self.peek()?;
        let place = letters.iter().position(|&l| l == c)?;
        self.at += c.len_utf8();
        Some(place)
    }

    /// Digits with thousands commas and decimals, or one digit in Hangul.
    fn digits(&mut self) -> Option<(u128, usize)> {
        const HANGUL: [char; 9] = ['일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
        if self.peek() == Some('영') {
            self.at += '영'.len_utf8();
            return Some((0, 0));
        }
        if let Some(d) = self.one_of(&HANGUL) {
            return Some((d as u128 + 1, 0));
        }
        let bytes = self.text.as_bytes();
        let digit = |at: usize| bytes.get(at).filter(|b| b.is_ascii_digit());
        let (mut value, mut decimals, mut point) = (0_u128, 0, false);
        digit(self.at)?;
        loop {
            match bytes.get(self.at) {
                Some(b) if b.is_ascii_digit() => {
                    value = value.checked_mul(10)?.checked_add(u128::from(b - b'0'))?;
                    decimals += usize::from(point);
                }
                // A comma only before three digits.
                Some(b',') if !point && (1..=3).all(|k| digit(self.at + k).is_some()) => {}
                Some(b'.') if !point && digit(self.at + 1).is_some() => point = true,
                _ => return Some((value, decimals)),
            }
            self.at += 1;
        }
    }

    /// `2천5백`, `삼천사백오십육`, `2,345`, `1.5`, or nothing before 만.
    fn group(&mut self) -> Option<Group> {
        let (mut value, mut empty, mut below) = (0_u128, true, SMALL.len() + 1);
        loop {
            let before = self.at;
            let number = self.digits();
            let place = self.one_of(&SMALL).map_or(0, |k| k + 1);
            if number.is_none() && place == 0 {
                if empty && self.peek().is_some_and(|c| GREAT.contains(&c)) {
                    value = 1;
                }
                return Some(Group {
                    value,
                    decimals: 0,
                    empty: empty && value == 0,
                });
            }
            if place >= below {
                self.at = before;
                return Some(Group {
                    value,
                    decimals: 0,
                    empty,
                });
            }
            let (coefficient, decimals) = number.unwrap_or((1, 0));
            if decimals > 0 {
                if !empty {
                    return None;
                }
                // 2.5천: the unit moves the point.
                // The cast: at most 3.
                let value = coefficient.checked_mul(10_u128.pow(place as u32))?;
                return Some(Group {
                    value,
                    decimals,
                    empty: false,
                });
            }
            // The cast: at most 3.
            value = value.checked_add(coefficient.checked_mul(10_u128.pow(place as u32))?)?;
            empty = false;
            below = place;
            if place == 0 {
                return Some(Group {
                    value,
                    decimals: 0,
                    empty,
                });
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<f64> {
        parse(text).map(|n| n.value)
    }

    #[test]
    fn what_is_no_certain_number_is_none() {
        for text in [
            "",
            " ",
            "원",
            "일본",
            "조 바이든",
            "이 이야기",
            "수십 명",
            "억만 원",
            "만억",
            "1.5조 2000억",
            "3만 5억",
            "1,23억",
            "2백3천",
            "1.2.3",
            "-3억",
            "3억 4억",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn units_go_down_and_what_follows_is_what_is_counted() {
        assert_eq!(
            parse("2천5백 명").unwrap(),
            Numeral {
                value: 2500.0,
                unit: "명"
            }
        );
        assert_eq!(value("1,000"), Some(1000.0));
        assert_eq!(value("0.1"), Some(0.1));
        assert_eq!(value("2.5천억"), Some(2.5e11));
        assert_eq!(value("영"), Some(0.0));
        assert_eq!(value("1해"), Some(1e20));
        assert_eq!(value(&"9".repeat(60)), None);
    }
}
