//! Units of quantities: words in several languages that mean the same.

/// Words of one meaning; the first stands for all.
const SAME: &[&[&str]] = &[
    &[
        "year", "years", "yr", "yrs", "annum", "annual", "년", "연", "해", "연간",
    ],
    &[
        "month", "months", "mo", "monthly", "월", "달", "개월", "월간",
    ],
    &["week", "weeks", "weekly", "주", "주일", "주간"],
    &["day", "days", "daily", "일", "하루", "일간"],
    &["hour", "hours", "h", "hr", "hrs", "시간"],
    &["won", "krw", "₩", "원"],
    &["dollar", "dollars", "usd", "$", "달러", "불"],
    &["euro", "euros", "eur", "€", "유로"],
    &["yen", "jpy", "¥", "엔"],
    &["yuan", "cny", "rmb", "위안"],
    &["pound", "pounds", "gbp", "£", "파운드"],
    &["person", "persons", "people", "명", "사람", "인"],
];

/// Whether a word is a unit that everybody knows.
pub(crate) fn is_known(word: &str) -> bool {
    let lower = word.to_lowercase();
    SAME.iter().any(|words| words.contains(&lower.as_str()))
}
