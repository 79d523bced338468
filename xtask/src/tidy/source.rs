//! A Rust file with code, comments and quoted text told apart, and with its tests marked.
//!
//! This is a lexer for exactly that and nothing more: the rules look for words, and a word in a comment or in a message is
//! not code.

/// What a letter belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Comment,
    Quoted,
}

/// The lines of a file, by kind. Columns stay where they were: what is left out becomes blanks.
pub(crate) struct Source {
    /// Lines as they stand.
    pub lines: Vec<String>,
    code: Vec<String>,
    comments: Vec<String>,
    test: Vec<bool>,
}

impl Source {
    pub(crate) fn new(text: &str) -> Source {
        let letters: Vec<char> = text.chars().collect();
        let kinds = kinds(&letters);
        let only = |kind: Kind| {
            let kept = |(&letter, &k): (&char, &Kind)| {
                if letter == '\n' || k == kind {
                    letter
                } else {
                    ' '
                }
            };
            let text: String = letters.iter().zip(&kinds).map(kept).collect();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let code = only(Kind::Code);
        Source {
            lines: text.lines().map(str::to_owned).collect(),
            comments: only(Kind::Comment),
            test: test_lines(&code),
            code,
        }
    }

    /// Lines outside tests whose code holds the word, not as a part of a longer one.
    pub(crate) fn find(&self, word: &str) -> Vec<usize> {
        (0..self.code.len())
            .filter(|&i| !self.test[i] && holds(&self.code[i], word))
            .collect()
    }

    /// The comments next to a line: on it, on the lines of comment right above the statement that it is part of, and at
    /// the head of the block if the statement is its first. Blanks between words are single.
    pub(crate) fn comment_near(&self, line: usize) -> String {
        let mut first = line;
        let bare = |i: usize| self.code[i].trim().is_empty();
        // A statement goes on from the line above unless that one ends it.
        while first > 0
            && !bare(first - 1)
            && !self.code[first - 1]
                .trim_end()
                .ends_with([';', '{', '}', ','])
        {
            first -= 1;
        }
        while first > 0 && bare(first - 1) && !self.comments[first - 1].trim().is_empty() {
            first -= 1;
        }
        let words = self.comments[first..=line]
            .iter()
            .flat_map(|c| c.split_whitespace());
        words
            .filter(|w| w.contains(char::is_alphanumeric))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Whether the text holds the word with no letter of a longer name beside it.
pub(crate) fn holds(text: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        let before = part(text[..at].chars().next_back()) && part(word.chars().next());
        let after = part(text[at + word.len()..].chars().next()) && part(word.chars().next_back());
        !before && !after
    })
}

fn kinds(text: &[char]) -> Vec<Kind> {
    let mut kinds = vec![Kind::Code; text.len()];
    let at = |i: usize| text.get(i).copied().unwrap_or('\0');
    let mut i = 0;
    while i < text.len() {
        let (end, kind) = match at(i) {
            '/' if at(i + 1) == '/' => (line_end(text, i), Kind::Comment),
            '/' if at(i + 1) == '*' => (block_end(text, i), Kind::Comment),
            '"' => (string_end(text, i), Kind::Quoted),
            'r' if !name_before(text, i) && raw_end(text, i).is_some() => {
                (raw_end(text, i).unwrap_or(i + 1), Kind::Quoted)
            }
            '\'' if at(i + 1) == '\\' || at(i + 2) == '\'' => (letter_end(text, i), Kind::Quoted),
            _ => (i + 1, Kind::Code),
        };
        let end = end.min(text.len());
        kinds[i..end].fill(kind);
        i = end;
    }
    kinds
}

/// Whether a name goes on at `i`; the `b` and `c` of `br"…"` and `cr"…"` are no name.
fn name_before(text: &[char], i: usize) -> bool {
    let letter = |k: usize| i.checked_sub(k).map_or(' ', |j| text[j]);
    let part = |c: char| c.is_alphanumeric() || c == '_';
    if matches!(letter(1), 'b' | 'c') {
        part(letter(2))
    } else {
        part(letter(1))
    }
}

fn line_end(text: &[char], start: usize) -> usize {
    let rest = text[start..].iter().position(|&c| c == '\n');
    rest.map_or(text.len(), |n| start + n)
}

fn block_end(text: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut i = start;
    while i + 1 < text.len() {
        match (text[i], text[i + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                i += 1;
                continue;
            }
        }
        i += 2;
        if depth == 0 {
            return i;
        }
    }
    text.len()
}

fn string_end(text: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < text.len() && text[i] != '"' {
        i += if text[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

fn letter_end(text: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < text.len() && text[i] != '\'' {
        i += if text[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// The end of a raw string that starts at `r`, if one does.
fn raw_end(text: &[char], start: usize) -> Option<usize> {
    let hashes = text[start + 1..].iter().take_while(|&&c| c == '#').count();
    let mut i = start + 1 + hashes;
    if text.get(i) != Some(&'"') {
        return None;
    }
    loop {
        i += 1;
        match text.get(i) {
            None => return Some(text.len()),
            Some('"') if text[i + 1..].iter().take_while(|&&c| c == '#').count() >= hashes => {
                return Some(i + 1 + hashes);
            }
            Some(_) => {}
        }
    }
}

/// Marks what stands under `#[cfg(test)]`, up to the brace that closes it or the semicolon that ends it.
fn test_lines(code: &[String]) -> Vec<bool> {
    let mut test = vec![false; code.len()];
    let mut line = 0;
    while line < code.len() {
        if !code[line].contains("#[cfg(test)]") {
            line += 1;
            continue;
        }
        let mut depth = 0_i32;
        let mut ended = false;
        while line < code.len() && !ended {
            test[line] = true;
            for letter in code[line].chars() {
                match letter {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if (letter == '}' || letter == ';') && depth <= 0 {
                    ended = true;
                    break;
                }
            }
            line += 1;
        }
    }
    test
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_comments_and_strings_are_not_code() {
        let text = r##"
let a = "word"; // word
/* word /* word */ word */ let b = r#"word " word"#;
let c = '"'; let d = 'x'; let e: &'static str = "\" word";
let f = br"word\"; word();
let g = b'"'; other_word(); word_other();
"##;
        assert_eq!(Source::new(text).find("word"), [4]);
    }

    #[test]
    fn tests_are_left_out() {
        let text = "word();\n#[cfg(test)]\nmod tests {\n  fn a() { word(); }\n}\nword();\n#[cfg(test)]\nuse word;\nword();\n";
        assert_eq!(Source::new(text).find("word"), [0, 5, 8]);
    }

    #[test]
    fn comments_are_found_beside_and_above_a_statement() {
        let text = "// far\nlet z = 1;\n// Near, in\n// two lines.\nlet a = b\n    .c() // right\n    .word();\nword();\n";
        let source = Source::new(text);
        assert_eq!(source.comment_near(6), "Near, in two lines. right");
        assert_eq!(source.comment_near(7), "");
    }

    #[test]
    fn unfinished_text_ends_with_the_file() {
        for text in [
            "\"abc", "/* abc", "r#\"abc", "'\\", "'", "// abc", "r", "\"\\",
        ] {
            assert_eq!(Source::new(text).lines.len(), 1, "{text}");
        }
    }
}
