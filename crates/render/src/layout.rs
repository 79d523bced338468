//! Text on a terminal: columns that align under Hangul, lines that do not wrap by accident, bars of blocks.

use crate::sentences::{Run, Sentence};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Where text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Columns, 40 or more.
    pub width: usize,
    /// Whether colours and weights may be used.
    pub colour: bool,
}

impl Page {
    /// A page that is no terminal: 80 columns, no colour.
    pub const PLAIN: Page = Page {
        width: 80,
        colour: false,
    };

    /// The page of a terminal with so many columns: at least 40, and at most 100, since longer lines are hard to read.
    pub fn of(columns: usize, colour: bool) -> Page {
        Page {
            width: columns.clamp(40, 100),
            colour,
        }
    }

    fn styled(self, code: &str, text: &str) -> String {
        // The end of the line stays outside, so that no style runs over it.
        let line = text.trim_end_matches('\n');
        if self.colour && !line.is_empty() {
            format!("\x1b[{code}m{line}\x1b[0m{}", &text[line.len()..])
        } else {
            text.to_owned()
        }
    }

    /// Emphasised.
    pub(crate) fn strong(self, text: &str) -> String {
        self.styled("1", text)
    }

    /// In the background.
    pub(crate) fn dim(self, text: &str) -> String {
        self.styled("2", text)
    }

    /// A bar for a share of 1, in eighths of a column.
    pub(crate) fn bar(self, share: f64, columns: usize) -> String {
        const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        // The cast: at most eight hundred.
        let eighths = (share.clamp(0.0, 1.0) * 8.0 * columns as f64).round() as usize;
        let blocks = format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8]);
        let rest = " ".repeat(columns - blocks.width());
        format!("{}{rest}", self.styled("36", &blocks))
    }

    /// A dot at a share of 1, the range that it may have, and a mark at the range's middle.
    pub(crate) fn interval(
        self,
        point: f64,
        range: Option<(f64, f64, f64)>,
        columns: usize,
    ) -> String {
        let Some(last) = columns.checked_sub(1) else {
            return String::new();
        };
        // The cast: a column of a line.
        let at = |share: f64| (share.clamp(0.0, 1.0) * last as f64).round() as usize;
        let mark = |column: usize| match range {
            _ if column == at(point) => '●',
            Some((_, middle, _)) if column == at(middle) => '┿',
            Some((low, _, high)) if (at(low)..=at(high)).contains(&column) => '━',
            _ => '·',
        };
        let text: String = (0..columns).map(mark).collect();
        self.styled("36", &text)
    }

    /// How wide a bar is on this page.
    pub(crate) fn bar_columns(self) -> usize {
        if self.width >= 72 { 16 } else { 6 }
    }

    /// A plain text in lines of this page, each after `indent` spaces.
    pub(crate) fn wrap(self, text: &str, indent: usize) -> String {
        let runs = vec![Run {
            text: text.to_owned(),
            strong: false,
        }];
        self.sentence(&Sentence { runs }, indent)
    }

    /// A label, then a plain text that hangs at `indent`, which is wider than the label.
    pub(crate) fn item(self, label: &str, text: &str, indent: usize) -> String {
        let lines = self.wrap(text, indent);
        format!("{}{}", left(label, indent), &lines[indent..])
    }

    /// A sentence in lines of this page, each after `indent` spaces; a word that is longer than a line is broken.
    pub(crate) fn sentence(self, sentence: &Sentence, indent: usize) -> String {
        let room = self.width.saturating_sub(indent).max(1);
        let mut lines = vec![Vec::new()];
        let mut used = 0;
        for word in words(sentence) {
            let width = columns(&word);
            if used > 0 && used + 1 + width > room {
                lines.push(Vec::new());
                used = 0;
            }
            if used > 0 {
                // The space belongs to the emphasis only inside of it.
                let strong = word.first().is_some_and(|l| l.1)
                    && lines
                        .last()
                        .and_then(|l| l.last())
                        .is_some_and(|l: &(char, bool)| l.1);
                push(&mut lines, (' ', strong));
                used += 1;
            }
            for letter in word {
                let wide = letter.0.width().unwrap_or(0);
                if used + wide > room {
                    lines.push(Vec::new());
                    used = 0;
                }
                push(&mut lines, letter);
                used += wide;
            }
        }
        let one = |line: &Vec<(char, bool)>| {
            let text: String = line
                .chunk_by(|a, b| a.1 == b.1)
                .map(|piece| {
                    let text: String = piece.iter().map(|l| l.0).collect();
                    if piece[0].1 { self.strong(&text) } else { text }
                })
                .collect();
            format!("{}{text}\n", " ".repeat(indent))
        };
        lines.iter().map(one).collect()
    }
}

fn push(lines: &mut [Vec<(char, bool)>], letter: (char, bool)) {
    if let Some(line) = lines.last_mut() {
        line.push(letter);
    }
}

fn columns(word: &[(char, bool)]) -> usize {
    word.iter().map(|l| l.0.width().unwrap_or(0)).sum()
}

/// Words of a sentence, letter by letter with their emphasis. A percent sign stays with its number.
fn words(sentence: &Sentence) -> Vec<Vec<(char, bool)>> {
    let letters = sentence
        .runs
        .iter()
        .flat_map(|r| r.text.chars().map(|c| (c, r.strong)));
    let mut all: Vec<Vec<(char, bool)>> = Vec::new();
    let mut inside = false;
    for (c, strong) in letters {
        if c.is_whitespace() {
            inside = false;
            continue;
        }
        if !inside {
            let number = all
                .last()
                .and_then(|w| w.last())
                .is_some_and(|l| l.0.is_ascii_digit());
            match all.last_mut() {
                Some(word) if c == '%' && number => word.push((' ', strong)),
                _ => all.push(Vec::new()),
            }
            inside = true;
        }
        // Letters that a terminal would obey are not printed.
        if let (Some(word), false) = (all.last_mut(), c.is_control()) {
            word.push((c, strong));
        }
    }
    all
}

/// One line that fits into so many columns, with an ellipsis where something was cut; letters that a terminal
/// would obey are left out.
pub(crate) fn fit(text: &str, columns: usize) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect();
    if text.width() <= columns {
        return text;
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > columns {
            break;
        }
        out.push(c);
        used += wide;
    }
    out.push('…');
    out
}

/// `text` filled with spaces on the right.
pub(crate) fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// `text` filled with spaces on the left.
pub(crate) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(text.width())))
}

/// Rows as lines, numbers on the right of each column, two spaces between, and how many columns there was room
/// for; the columns from `together` on are kept or left to the caller as one.
pub(crate) fn columns_of(
    rows: &[Vec<String>],
    page: Page,
    indent: usize,
    together: usize,
) -> (Vec<String>, usize) {
    let wide = |k: usize| widest(rows.iter().filter_map(|r| r.get(k)).map(String::as_str));
    let all = rows.first().map_or(0, Vec::len);
    let mut used = indent;
    let mut widths = Vec::new();
    for k in 0..all {
        used += wide(k) + if k > 0 { 2 } else { 0 };
        if used > page.width {
            break;
        }
        widths.push(wide(k));
    }
    if widths.len() < all {
        widths.truncate(together);
    }
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(c, &w)| right(c, w)).collect();
        format!("{}{}", " ".repeat(indent), cells.join("  "))
    };
    (rows.iter().map(line).collect(), widths.len())
}

/// A name without quotes of its own, to be put into quotes.
pub(crate) fn bare(name: &str) -> &str {
    let pairs = [('‘', '’'), ('“', '”'), ('\'', '\''), ('"', '"')];
    let within = |(open, close)| name.strip_prefix(open)?.strip_suffix(close);
    pairs.into_iter().find_map(within).unwrap_or(name)
}

/// The widest of some texts.
pub(crate) fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts
        .into_iter()
        .map(UnicodeWidthStr::width)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_takes_two_columns() {
        assert_eq!(left("한글", 6), "한글  ");
        assert_eq!(right("한글", 6), "  한글");
        assert_eq!(fit("한글은 넓다", 6), "한글…");
        assert_eq!(fit("한글\u{1b}[31m\n은", 20), "한글[31m 은");
    }

    #[test]
    fn no_name_stands_in_quotes_twice() {
        assert_eq!(
            ["‘안 됨’", "“no”", "\"no\"", "no", "‘a’ or ‘b"].map(bare),
            ["안 됨", "no", "no", "no", "‘a’ or ‘b"]
        );
    }

    #[test]
    fn no_line_is_longer_than_the_page() {
        let text = "아주 긴 문장은 줄을 바꾸어 쓰며 62 % 와 같은 수는 나누지 않고, Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft도 들어갑니다";
        for width in 40..100 {
            let page = Page::of(width, false);
            let out = page.wrap(text, 4);
            assert!(out.lines().all(|l| l.width() <= width), "{out}");
            assert!(out.contains("62 %"));
            let squeezed = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(squeezed(&out), squeezed(text));
        }
    }

    #[test]
    fn emphasis_is_closed_on_every_line_and_absent_without_colour() {
        let runs = vec![
            Run {
                text: "a b".into(),
                strong: true,
            },
            Run {
                text: "c d".into(),
                strong: false,
            },
        ];
        let s = Sentence { runs };
        assert_eq!(Page::of(40, true).sentence(&s, 0), "\x1b[1ma b\x1b[0mc d\n");
        assert_eq!(Page::PLAIN.sentence(&s, 2), "  a bc d\n");
    }

    #[test]
    fn bars_count_eighths() {
        let bar = |share| Page::PLAIN.bar(share, 4);
        assert_eq!(
            [bar(0.0), bar(0.5), bar(1.0), bar(0.28)],
            ["    ", "██  ", "████", "█▏  "]
        );
        assert_eq!(bar(f64::NAN), "    ");
    }
}
