//! A walk over a report that takes nothing for granted: it stops at whatever is not well formed, and gives what is left as a
//! flat list of tags and texts.

use std::collections::BTreeSet;

/// Elements without an end tag.
const VOID: [&str; 3] = ["meta", "br", "hr"];

/// Elements after which a reader sees a new line.
const BLOCKS: [&str; 21] = [
    "address",
    "blockquote",
    "desc",
    "details",
    "div",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "header",
    "li",
    "ol",
    "p",
    "section",
    "small",
    "summary",
    "svg",
    "tr",
    "ul",
];

/// What a page is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// A start tag with its attributes; void and self-closing elements are followed by their [`Piece::End`] at once.
    Start(String, Vec<(String, String)>),
    /// An end tag.
    End(String),
    /// Text with its entities read.
    Text(String),
}

/// The pieces of a whole page.
///
/// # Panics
///
/// Where a tag is not closed, closed twice or in the wrong order; where an attribute is not quoted or given twice; at an unknown
/// entity, and at a control character.
pub(crate) fn walk(html: &str) -> Vec<Piece> {
    let body = html.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
    let mut pieces = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let Some(after) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            pieces.push(Piece::Text(plain(&rest[..end])));
            rest = &rest[end..];
            continue;
        };
        if let Some(after) = after.strip_prefix('/') {
            let end = after.find('>').expect("an end tag that ends");
            let name = &after[..end];
            assert_eq!(open.pop().as_deref(), Some(name), "{}", near(rest));
            pieces.push(Piece::End(name.to_owned()));
            rest = &after[end + 1..];
            continue;
        }
        let (name, attributes, closed, after) = tag(after);
        rest = after;
        pieces.push(Piece::Start(name.clone(), attributes));
        if closed || VOID.contains(&&*name) {
            pieces.push(Piece::End(name));
        } else if name == "style" {
            let end = rest.find("</style>").expect("a style sheet that ends");
            pieces.push(Piece::Text(rest[..end].to_owned()));
            rest = &rest[end..];
            open.push(name);
        } else {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    pieces
}

/// A start tag from behind its `<`: name, attributes, whether it closes itself, and what follows.
#[allow(clippy::type_complexity, reason = "used once, above")]
fn tag(text: &str) -> (String, Vec<(String, String)>, bool, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric())
        .expect("a tag that ends");
    let name = &text[..end];
    assert!(!name.is_empty(), "a bare <: {}", near(text));
    let mut attributes: Vec<(String, String)> = Vec::new();
    let mut rest = &text[end..];
    loop {
        if let Some(after) = rest.strip_prefix("/>").or(rest.strip_prefix(" />")) {
            return (name.to_owned(), attributes, true, after);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (name.to_owned(), attributes, false, after);
        }
        let from = rest
            .strip_prefix(' ')
            .unwrap_or_else(|| panic!("not an attribute: {}", near(rest)));
        let (key, after) = from.split_once("=\"").expect("an attribute with a value");
        assert!(
            key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
            "{}",
            near(from)
        );
        let (value, after) = after.split_once('"').expect("a value that ends");
        assert!(!value.contains('<'), "{}", near(from));
        assert!(attributes.iter().all(|(k, _)| k != key), "{key} twice");
        attributes.push((key.to_owned(), plain(value)));
        rest = after;
    }
}

/// Text with its entities read.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (name, after) = rest[at + 1..]
            .split_once(';')
            .unwrap_or_else(|| panic!("a bare &: {}", near(&rest[at..])));
        out.push_str(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" => "'",
            _ => panic!("unknown entity {name}"),
        });
        rest = after;
    }
    out.push_str(rest);
    assert!(
        out.chars()
            .all(|c| !c.is_control() || c == '\n' || c == '\t'),
        "a control character in {out:?}"
    );
    out
}

fn near(text: &str) -> String {
    text.chars().take(80).collect()
}

/// What a reader meets, line by line: no tags, the words of pictures for their drawings, cells apart by ` | `. Titles of marks
/// and their letters are left out, since the picture's description says the same.
pub(crate) fn lines(pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut path: Vec<&str> = Vec::new();
    let mut line = String::new();
    let mut end = |line: &mut String, mark: &str| {
        let words = line
            .split([' ', '\n', '\t'])
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let words = words.trim_end_matches('|').trim_end();
        if !words.is_empty() {
            out.push_str(mark);
            out.push_str(words);
            out.push('\n');
        }
        line.clear();
    };
    let mark = |path: &[&str]| match path.iter().rev().find(|p| **p != "strong" && **p != "a") {
        Some(&"h1") => "\n# ",
        Some(&"h2") => "\n## ",
        Some(&"h3") => "\n### ",
        Some(&"summary") => "▸ ",
        Some(&"figcaption") => "\n▪ ",
        Some(&"li") => "- ",
        _ => "",
    };
    for piece in pieces {
        match piece {
            Piece::Start(name, _) => {
                if name == "br" && path.contains(&"td") {
                    line.push_str(" / ");
                } else if BLOCKS.contains(&&**name) || name == "br" {
                    end(&mut line, mark(&path));
                }
                path.push(name);
            }
            Piece::End(name) => {
                match &**name {
                    "td" | "th" => line.push_str(" | "),
                    name if BLOCKS.contains(&name) || name == "title" => {
                        end(&mut line, mark(&path))
                    }
                    _ => {}
                }
                path.pop();
            }
            Piece::Text(text) => {
                let drawn =
                    path.contains(&"text") || path.contains(&"g") || path.contains(&"style");
                // A picture stands twice, for the desk and the phone; its words are taken once, below.
                if !drawn {
                    line.push_str(text);
                }
            }
        }
    }
    out
}

/// The page without the pictures that only a phone shows.
pub(crate) fn at_a_desk(pieces: &[Piece]) -> Vec<Piece> {
    let mut kept = Vec::new();
    // Depth of tags within a `narrow` one.
    let mut hidden = 0;
    for piece in pieces {
        match piece {
            Piece::Start(_, attributes)
                if hidden > 0
                    || attributes.contains(&("class".to_owned(), "narrow".to_owned())) =>
            {
                hidden += 1;
            }
            Piece::End(_) if hidden > 0 => hidden -= 1,
            _ if hidden > 0 => {}
            piece => kept.push(piece.clone()),
        }
    }
    kept
}

/// Values of an attribute, in order.
pub(crate) fn values<'a>(pieces: &'a [Piece], key: &str) -> Vec<&'a str> {
    pieces
        .iter()
        .filter_map(|p| match p {
            Piece::Start(_, attributes) => attributes.iter().find(|(k, _)| k == key),
            _ => None,
        })
        .map(|(_, v)| v.as_str())
        .collect()
}

/// All text that a reader meets, letters of pictures included, the style sheet not.
pub(crate) fn texts(pieces: &[Piece]) -> Vec<&str> {
    let mut style = false;
    pieces
        .iter()
        .filter_map(|p| match p {
            Piece::Start(name, _) => {
                style |= name == "style";
                None
            }
            Piece::End(name) => {
                style &= name != "style";
                None
            }
            Piece::Text(text) => (!style).then_some(text.as_str()),
        })
        .collect()
}

/// What must be true of every report, whatever its case says.
pub(crate) fn sound(html: &str) -> Vec<Piece> {
    let pieces = walk(html);
    let starts: Vec<&str> = pieces
        .iter()
        .filter_map(|p| match p {
            Piece::Start(name, _) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    for bad in [
        "script", "img", "image", "iframe", "object", "embed", "link", "base", "form", "input",
        "video", "audio", "use",
    ] {
        assert!(!starts.contains(&bad), "<{bad}>");
    }
    for piece in &pieces {
        let Piece::Start(name, attributes) = piece else {
            continue;
        };
        for (key, value) in attributes {
            let fetches = [
                "src", "srcset", "xlink", "style", "action", "poster", "data", "ping",
            ];
            assert!(
                !key.starts_with("on") && !fetches.contains(&&**key),
                "<{name} {key}>"
            );
            if key == "href" {
                let good = ["#", "https://", "http://"]
                    .iter()
                    .any(|p| value.starts_with(p));
                assert!(name == "a" && good, "<{name} href={value}>");
            }
        }
    }
    let sheet = include_str!("../../src/html/report.css");
    let inside = pieces
        .iter()
        .filter(|p| **p == Piece::Text(sheet.into()) || **p == Piece::Text(format!("\n{sheet}")));
    assert_eq!(inside.count(), 1, "the style sheet as it is");
    assert!(!sheet.contains("@import") && !sheet.contains("url("));
    assert_eq!(
        values(&pieces, "content")
            .iter()
            .filter(|v| **v == "default-src 'none'; style-src 'unsafe-inline'")
            .count(),
        1
    );
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Start(name, _) = piece else {
            continue;
        };
        if name == "svg" {
            let told = |k: usize, tag: &str| {
                matches!(&pieces[at + k], Piece::Start(n, _) if n == tag)
                    && matches!(&pieces[at + k + 1], Piece::Text(t) if !t.trim().is_empty())
            };
            assert!(
                told(1, "title") && told(4, "desc"),
                "{:?}",
                &pieces[at..at + 6]
            );
        }
    }
    let all = values(&pieces, "id");
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "an id twice");
    for to in values(&pieces, "href") {
        if let Some(id) = to.strip_prefix('#') {
            assert!(ids.contains(id), "#{id} leads nowhere");
        }
    }
    // Numbers of the drawings.
    for key in [
        "x",
        "y",
        "width",
        "height",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "d",
        "viewBox",
        "stroke-width",
    ] {
        for value in values(&pieces, key) {
            assert!(
                !value.contains("NaN") && !value.contains("inf"),
                "{key}={value}"
            );
        }
    }
    pieces
}
