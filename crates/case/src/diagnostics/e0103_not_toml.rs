//! `E0103`: a place where the file is not TOML, in plain words.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0103"
    /// The file is not TOML here
    ///
    /// A case is written in TOML: `key = value` lines under `[headers]`, text in straight quotes, lists in `[ ]`, small tables in `{ }`, remarks
    /// after `#`. Where that grammar is broken the program cannot know what you meant; it says so, once for each line, and looks
    /// at the rest without that line. What the line may have said is not called missing. Frequent causes: text without quotes, curly quotes (“ ”) from a word processor, a
    /// quote or bracket that is never closed, a key with Korean letters that is not in quotes.
    en
    /// 여기서 TOML 문법에 어긋납니다
    ///
    /// 사례는 TOML로 씁니다. `[머리]` 아래에 `키 = 값`을 한 줄씩, 글은 곧은따옴표로, 목록은 `[ ]`로, 작은 표는 `{ }`로, 덧붙이는 말은
    /// `#` 뒤에 적습니다. 문법이 어긋난 곳에서는 무엇을 뜻했는지 알 수 없으므로 줄마다 한 번씩 알려 드리고, 나머지는 그 줄을 빼고
    /// 살핍니다. 그 줄에 적었을지 모르는 것을 빠졌다고 하지는 않습니다. 흔한 까닭: 따옴표 없는 글, 문서 편집기의 굽은따옴표(“ ”), 닫지 않은 따옴표나 괄호, 따옴표
    /// 없이 한글로 쓴 키.
    ko
    before r#"question = Who pays?"#
    after r#"question = "Who pays?""#
}

/// What the parser says, in plain words: the beginning of its description, and ours.
const PLAIN: &[(&str, &str, &str)] = &[
    (
        "string values must be quoted",
        "text must stand in quotes",
        "글은 따옴표로 둘러싸야 합니다",
    ),
    (
        "invalid literal string",
        "a single quote (') is never closed",
        "작은따옴표(')가 닫히지 않았습니다",
    ),
    (
        "invalid multi-line literal string",
        "three single quotes (''') are never closed",
        "작은따옴표 세 개(''')가 닫히지 않았습니다",
    ),
    (
        "invalid basic string",
        "a quote (\") is never closed in its line, or a control character stands in the text",
        "큰따옴표(\")가 그 줄에서 닫히지 않았거나 글 안에 제어 문자가 있습니다",
    ),
    (
        "invalid multi-line basic string",
        "three quotes (\"\"\") are never closed",
        "큰따옴표 세 개(\"\"\")가 닫히지 않았습니다",
    ),
    (
        "missing opening quote",
        "a quote is missing at the beginning",
        "여는 따옴표가 없습니다",
    ),
    (
        "missing escaped value",
        "after a backslash only b, e, f, n, r, t, \\, \", x, u or U may follow; to keep backslashes, use single quotes",
        "역사선(\\) 뒤에는 b, e, f, n, r, t, \\, \", x, u, U만 올 수 있습니다. 역사선을 그대로 쓰려면 작은따옴표를 쓰십시오",
    ),
    (
        "too few unicode value digits",
        "a \\u needs four digits and a \\U eight",
        "\\u 뒤에는 숫자 네 자리, \\U 뒤에는 여덟 자리가 있어야 합니다",
    ),
    (
        "invalid escape",
        "what follows the backslash is no letter of Unicode",
        "역사선(\\) 뒤의 값이 유니코드 글자가 아닙니다",
    ),
    (
        "unclosed array table",
        "the header is never closed; `]]` is missing",
        "머리가 닫히지 않았습니다. `]]`이 빠졌습니다",
    ),
    (
        "unclosed table",
        "the header is never closed; `]` is missing",
        "머리가 닫히지 않았습니다. `]`가 빠졌습니다",
    ),
    (
        "unclosed inline table",
        "the table is never closed; `}` is missing",
        "표가 닫히지 않았습니다. `}`가 빠졌습니다",
    ),
    (
        "unclosed array",
        "the list is never closed; `]` is missing",
        "목록이 닫히지 않았습니다. `]`가 빠졌습니다",
    ),
    (
        "missing comma between array elements",
        "a comma is missing between two entries of the list",
        "목록의 두 항목 사이에 쉼표가 빠졌습니다",
    ),
    (
        "missing comma between key-value pairs",
        "a comma is missing between two entries of the table",
        "표의 두 항목 사이에 쉼표가 빠졌습니다",
    ),
    (
        "extra comma",
        "there is a comma too many",
        "쉼표가 하나 더 있습니다",
    ),
    (
        "extra assignment between key-value pairs",
        "a comma is missing between two entries of the table",
        "표의 두 항목 사이에 쉼표가 빠졌습니다",
    ),
    (
        "missing assignment between key-value pairs",
        "`=` is missing between the key and its value",
        "키와 값 사이에 `=`가 빠졌습니다",
    ),
    (
        "unexpected `=` in array",
        "a list holds values without keys: `=` may not stand here",
        "목록에는 키 없이 값만 적습니다. 여기에 `=`는 올 수 없습니다",
    ),
    (
        "extra `=`",
        "there is a `=` too many",
        "`=`가 하나 더 있습니다",
    ),
    (
        "key with no value",
        "a key without a value: `key = value` is expected",
        "값이 없는 키입니다. `키 = 값`이어야 합니다",
    ),
    (
        "missing value",
        "the value is missing after `=`",
        "`=` 뒤에 값이 없습니다",
    ),
    (
        "missing key",
        "the key is missing before `=`",
        "`=` 앞에 키가 없습니다",
    ),
    (
        "unquoted keys cannot be empty",
        "the key is missing",
        "키가 없습니다",
    ),
    (
        "invalid unquoted key",
        "a key is made of A-Z, a-z, 0-9, - and _; any other must stand in quotes",
        "키는 A-Z, a-z, 0-9, -, _로 씁니다. 다른 글자가 든 키는 따옴표로 둘러싸야 합니다",
    ),
    (
        "keys cannot be multi-line",
        "a key stands in one pair of quotes, not three",
        "키는 따옴표 한 쌍으로 둘러쌉니다. 세 쌍은 안 됩니다",
    ),
    (
        "missing table open",
        "a `]` without its `[`",
        "여는 `[` 없이 `]`만 있습니다",
    ),
    (
        "missing array open",
        "a `]` without its `[`",
        "여는 `[` 없이 `]`만 있습니다",
    ),
    (
        "missing inline table open",
        "a `}` without its `{`",
        "여는 `{` 없이 `}`만 있습니다",
    ),
    (
        "unexpected key or value",
        "something is left over at the end of the line; a new entry begins on a new line",
        "줄 끝에 남는 것이 있습니다. 새 항목은 새 줄에서 시작합니다",
    ),
    (
        "unexpected content between comment and newline",
        "a control character stands in the remark",
        "덧붙인 말에 제어 문자가 있습니다",
    ),
    (
        "invalid comment character",
        "a control character stands in the remark",
        "덧붙인 말에 제어 문자가 있습니다",
    ),
    (
        "unexpected content",
        "this belongs to no entry",
        "어느 항목에도 속하지 않습니다",
    ),
    (
        "invalid key-value pair",
        "`key = value` or a `[header]` is expected",
        "`키 = 값`이나 `[머리]`가 와야 합니다",
    ),
    (
        "invalid inline table element",
        "`key = value` is expected in the table",
        "표 안에는 `키 = 값`이 와야 합니다",
    ),
    (
        "invalid boolean",
        "write true or false, in small letters",
        "소문자로 true 또는 false라고 쓰십시오",
    ),
    (
        "invalid date",
        "there is no such day or time; a day is written 2024-04-04",
        "그런 날짜나 시각은 없습니다. 날짜는 2024-04-04처럼 씁니다",
    ),
    (
        "invalid time",
        "there is no such time of day",
        "그런 시각은 없습니다",
    ),
    (
        "unexpected leading zero",
        "a number does not begin with 0 (but 0.5 does)",
        "수는 0으로 시작하지 않습니다(0.5는 됩니다)",
    ),
    (
        "invalid fraction",
        "digits are missing after the point",
        "소수점 뒤에 숫자가 없습니다",
    ),
    (
        "invalid mantissa",
        "digits are missing before the point: write 0.5",
        "소수점 앞에 숫자가 없습니다. 0.5처럼 쓰십시오",
    ),
    (
        "invalid exponent",
        "digits are missing after e",
        "e 뒤에 숫자가 없습니다",
    ),
    (
        "`_` may only go between digits",
        "`_` may only stand between two digits",
        "`_`는 숫자와 숫자 사이에만 쓸 수 있습니다",
    ),
    (
        "redundant numeric sign",
        "a number has one sign",
        "수의 부호는 하나입니다",
    ),
    (
        "unexpected sign",
        "a sign may not stand here",
        "여기에 부호는 올 수 없습니다",
    ),
    (
        "integers with a radix cannot be signed",
        "a number with 0x, 0o or 0b has no sign",
        "0x, 0o, 0b로 시작하는 수에는 부호를 붙일 수 없습니다",
    ),
    (
        "radix must be lowercase",
        "write 0x, 0o or 0b in small letters",
        "0x, 0o, 0b는 소문자로 쓰십시오",
    ),
    (
        "redundant integer number prefix",
        "the number has a prefix too many",
        "수의 머리말이 하나 더 있습니다",
    ),
    (
        "invalid integer number",
        "not a whole number",
        "정수가 아닙니다",
    ),
    (
        "invalid hexadecimal number",
        "not a hexadecimal number",
        "16진수가 아닙니다",
    ),
    (
        "invalid octal number",
        "not an octal number",
        "8진수가 아닙니다",
    ),
    (
        "invalid binary number",
        "not a binary number",
        "2진수가 아닙니다",
    ),
    ("invalid float", "not a number", "수가 아닙니다"),
    (
        "carriage return must be followed by newline",
        "a lone carriage return: lines end with a newline",
        "줄바꿈 없이 캐리지 리턴만 있습니다",
    ),
    (
        "invalid value",
        "the value cannot be read",
        "값을 읽을 수 없습니다",
    ),
];

/// The parser's `message` in plain words, where we know it.
fn plain(message: &str) -> Option<(&'static str, &'static str)> {
    PLAIN
        .iter()
        .find(|(begin, _, _)| message.starts_with(begin))
        .map(|(_, en, ko)| (*en, *ko))
}

/// The parser says `message` at `span` of `text`.
pub(crate) fn not_toml(span: Range<usize>, message: &str, text: &str) -> Diagnostic {
    let found = match plain(message) {
        Some((en, ko)) => Diagnostic::new(&PAGE, en, ko),
        None => Diagnostic::new(
            &PAGE,
            format!("not TOML: {message}"),
            "TOML 문법에 어긋납니다",
        ),
    };
    let found = found.at(span.clone());
    let line = &text[text[..span.start].rfind('\n').map_or(0, |n| n + 1)..];
    let line = line.lines().next().unwrap_or("");
    if line.contains(['“', '”', '‘', '’']) {
        return found.help(
            "curly quotes do not count: use straight ones, \"…\"",
            "굽은따옴표는 쓸 수 없습니다. 곧은따옴표를 쓰십시오: \"…\"",
        );
    }
    let key = line.split(['=', ':']).next().unwrap_or("").trim();
    if line.starts_with(['{', '<'])
        || line.starts_with("- ")
        || (line.contains(": ") && !line.contains('='))
    {
        return found.help(
            "this looks like another format (JSON, YAML or HTML); a case is TOML: `key = value`",
            "다른 형식(JSON, YAML, HTML)으로 보입니다. 사례는 TOML로 씁니다: `키 = 값`",
        );
    }
    if message.starts_with("string values must be quoted") {
        let value = &text[span.clone()];
        let with = format!("\"{value}\"");
        let plain = !value.contains(['"', '\\', '\n', '\'', '=', '{', '[', ','])
            && value.chars().count() <= 80;
        if plain && !value.is_empty() && !value.starts_with(|c: char| c.is_ascii_digit()) {
            return found
                .help(format!("write {with}"), format!("{with}처럼 쓰십시오"))
                .fix(span, with);
        }
    }
    if message.starts_with("invalid unquoted key") && !key.is_empty() && !key.is_ascii() {
        return found.help(
            "ids are made of a-z, 0-9 and _; the Korean spelling belongs in `name`",
            "id는 a-z, 0-9, _로 쓰고 한글 표기는 `name`에 적으십시오",
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::PLAIN;
    use crate::diagnostics::testing::{all_of, codes_of};

    /// One sample for every kind of slip that people make.
    const SLIPS: &[&str] = &[
        "a = hello",
        "a = \"x",
        "a = 'x",
        "a = \"\"\"x",
        "a = '''x",
        "a = \"x\\q\"",
        "a = \"\\u12\"",
        "a = \"\\uD800\"",
        "a = \"\u{1}\"",
        "[a",
        "[[a]",
        "[]",
        "[a]b=1",
        "a = [1, 2",
        "a = [1 2]",
        "a = [1,,2]",
        "a = [,]",
        "a = [b=1]",
        "a = {x=1",
        "a = {x=1 y=2}",
        "a = {x=1,,y=2}",
        "a = {x}",
        "a = {=1}",
        "a = {x=}",
        "a",
        "a =",
        "= 1",
        "a = = 1",
        "a = 1 b = 2",
        "가 = 1",
        "a b = 1",
        "\"\"\"a\"\"\" = 1",
        "a = tru",
        "a = TRUE",
        "a = 2024-13-45",
        "a = 2024-02-30",
        "a = 25:00:00",
        "a = 01",
        "a = 1.",
        "a = .5",
        "a = 1e",
        "a = 1__0",
        "a = +-1",
        "a = -0x1",
        "a = 0X1",
        "a = 0xg",
        "a = 0o9",
        "a = 0b2",
        "a = 1.2.3",
        "a = 1\rb = 2",
        "# \u{1}",
        "{\"a\": 1}",
        "- a",
        "a: b",
        "<a>",
        "}",
        "]",
        "a = ]",
        "a = \"x\" y",
        "a.=1",
        "a..b=1",
    ];

    #[test]
    fn every_slip_is_said_in_plain_words_and_in_both_languages() {
        for slip in SLIPS {
            for d in all_of(slip.as_bytes()) {
                assert_eq!(d.code, "E0103", "{slip}: {d:?}");
                assert!(
                    !d.title.en.starts_with("not TOML:"),
                    "{slip}: {}",
                    d.title.en
                );
                assert!(
                    d.title.ko.chars().any(|c| ('가'..='힣').contains(&c)),
                    "{slip}"
                );
            }
            assert!(!all_of(slip.as_bytes()).is_empty(), "{slip}");
        }
    }

    #[test]
    fn no_beginning_hides_a_later_one() {
        for (at, (begin, _, _)) in PLAIN.iter().enumerate() {
            let first = PLAIN.iter().position(|(b, _, _)| begin.starts_with(b));
            assert_eq!(first, Some(at), "{begin}");
        }
    }

    #[test]
    fn each_broken_line_is_said_once_and_the_rest_is_looked_at() {
        let found = codes_of(b"sinario = 1\ntitle = Rain today\nx = = 2\nstrength = 0\n");
        assert_eq!(found, ["E0103", "E0103", "E0301"]);
    }

    #[test]
    fn curly_quotes_are_known() {
        let found = all_of("title = “비”".as_bytes());
        let slip = found.iter().find(|d| d.code == "E0103").unwrap();
        assert!(slip.help.as_ref().unwrap().ko.contains("굽은따옴표"));
    }
}
