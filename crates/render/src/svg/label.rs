//! How wide a label is, where it breaks, and how labels keep clear of each other.

/// Roughly how wide a text is at a font size, in pixels. Hangul and Chinese letters are square; Latin ones differ. It errs
/// on the wide side, so that what is thought to fit does.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(letter).sum::<f64>() * size
}

/// Advances of Noto Sans CJK in bold, rounded up; the other fonts of the page are no wider.
fn letter(c: char) -> f64 {
    match c {
        ' ' => 0.25,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '‘' | '’' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '-' | '!' | '/' => 0.43,
        's' | 'z' | 'c' | '?' => 0.53,
        'm' | 'M' | 'W' | '%' => 0.96,
        'w' => 0.86,
        'b' | 'd' | 'g' | 'h' | 'n' | 'o' | 'p' | 'q' | 'u' => 0.64,
        'A'..='Z' => 0.74,
        c if c.is_ascii() => 0.60,
        '\u{ac00}'..='\u{d7a3}' => 0.94,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}'
        | '\u{2190}'..='\u{27bf}'
        | '…'
        | '±' => 1.0,
        // Emoji and what comes after them.
        '\u{1f000}'.. => 1.3,
        _ => 0.66,
    }
}

/// Breaks a text at spaces into at most `most` lines of at most `room` pixels; what does not fit ends in an ellipsis.
/// A single word that is too long is cut within.
pub(super) fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if line.is_empty() || width(&longer, size) <= room {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
        if lines.len() + 1 == most && words.peek().is_some() {
            // The last line takes the rest, and is cut where it is too long.
            for rest in words.by_ref() {
                line.push(' ');
                line.push_str(rest);
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        let rest = lines.split_off(most);
        if let Some(last) = lines.last_mut() {
            last.push(' ');
            last.push_str(&rest.join(" "));
        }
    }
    lines.into_iter().map(|l| cut(&l, size, room)).collect()
}

/// Cuts one line to its room, with an ellipsis where something is missing.
pub(super) fn cut(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = size;
    for c in text.chars() {
        used += letter(c) * size;
        if used > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// Moves positions apart until neighbours are `gap` away from each other, each as near as it can be to where it wants
/// to be, within `low` … `high` as far as there is room. Order is kept.
pub(super) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    let mut at = vec![0.0; wanted.len()];
    let mut least = low;
    for &i in &order {
        at[i] = wanted[i].max(least);
        least = at[i] + gap;
    }
    let mut most = high;
    for &i in order.iter().rev() {
        at[i] = f64::min(at[i], most);
        most = at[i] - gap;
    }
    at
}

/// Moves blocks of these heights apart until neighbours are `gap` away from each other, as [`spread`] does for lines; `wanted`
/// and what comes back are their upper edges.
pub(super) fn stack(wanted: &[f64], heights: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    let mut at = vec![0.0; wanted.len()];
    let mut least = low;
    for &i in &order {
        at[i] = wanted[i].max(least);
        least = at[i] + heights[i] + gap;
    }
    let mut most = high;
    for &i in order.iter().rev() {
        at[i] = f64::min(at[i], most - heights[i]);
        most = at[i] - gap;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_their_room_and_say_when_something_is_missing() {
        let lines = wrap(
            "the investor takes all and leaves an empty shell",
            14.0,
            120.0,
            2,
        );
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|l| width(l, 14.0) <= 120.0), "{lines:?}");
        assert!(lines[1].ends_with('…'));
        assert_eq!(wrap("짧다", 14.0, 120.0, 2), ["짧다"]);
        assert_eq!(
            wrap("둘로 나뉘는 이름", 14.0, 74.0, 2),
            ["둘로 나뉘는", "이름"]
        );
        assert!(wrap("", 14.0, 70.0, 2).is_empty());
    }

    #[test]
    fn blocks_keep_clear_of_each_other_and_within_bounds() {
        let heights = [20.0, 10.0, 30.0];
        let at = stack(&[50.0, 55.0, 10.0], &heights, 2.0, 0.0, 100.0);
        assert_eq!(at, [50.0, 72.0, 10.0]);
        // Pushed back from the end, and on to the one before.
        let at = stack(&[80.0, 90.0, 40.0], &heights, 2.0, 0.0, 100.0);
        assert_eq!(at, [68.0, 90.0, 36.0]);
        // Pushed down from the start.
        assert_eq!(stack(&[-5.0], &[20.0], 2.0, 4.0, 100.0), [4.0]);
    }

    #[test]
    fn labels_keep_clear_of_each_other() {
        let at = spread(&[50.0, 52.0, 10.0], 16.0, 8.0, 100.0);
        assert_eq!(at, [50.0, 66.0, 10.0]);
        // Pushed back from the end.
        assert_eq!(spread(&[99.0, 98.0], 16.0, 0.0, 100.0), [100.0, 84.0]);
    }
}
