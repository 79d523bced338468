//! The author's Markdown as HTML.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html::push_html};

/// Markdown (CommonMark) as HTML in which raw HTML is shown and not obeyed, pictures are their words, headings are
/// paragraphs in bold (the page has its own), and links lead to the web only.
pub(super) fn prose(markdown: &str) -> String {
    let markdown = plain(markdown);
    let mut skipped: Vec<bool> = Vec::new();
    let events =
        Parser::new_ext(&markdown, Options::empty()).filter_map(move |event| match event {
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::Start(Tag::Heading { .. }) => Some(Event::Start(Tag::Strong)),
            Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Strong)),
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                let good = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                skipped.push(!good);
                good.then_some(event)
            }
            Event::End(TagEnd::Link) => (!skipped.pop().unwrap_or(false)).then_some(event),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
            other => Some(other),
        });
    let mut out = String::new();
    push_html(&mut out, events);
    out
}

/// One kind of line ending, and none of the control characters that HTML does not allow.
fn plain(markdown: &str) -> String {
    markdown
        .replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\r' => '\n',
            c if c.is_control() && c != '\n' && c != '\t' => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn markdown_is_obeyed_and_html_is_not() {
        let html = prose(
            "He *smiles*.\n\nSo <b onclick=\"x\">b</b> [no](javascript:x) [yes](https://a.example) ![alt](x.png)\n\n<script>x</script>",
        );
        assert!(html.contains("<em>smiles</em>"));
        for bad in ["<b ", "<script", "href=\"javascript", "<img"] {
            assert!(!html.contains(bad), "{bad}: {html}");
        }
        assert!(html.contains("href=\"https://a.example\"") && html.contains("alt"));
        assert_eq!(prose("a\u{1b}[1m\r\nb\rc"), "<p>a\u{fffd}[1m\nb\nc</p>\n");
    }
}
