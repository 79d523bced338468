//! Particles (josa) agree with the last sound of the word before them, as it is said, not as it is written.

/// A particle with two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Particle {
    /// 은/는.
    Topic,
    /// 이/가.
    Subject,
    /// 을/를.
    Object,
    /// 과/와.
    With,
    /// 으로/로.
    Toward,
    /// 이라/라, the stem of "is": 이라는, 이라고, 이라면.
    Copula,
}

/// The word as it is written, with the particle that agrees with how it is said.
///
/// `say` is the name's `say` from the case. Without it Hangul, numbers and acronyms are read; of any other word
/// the sound is not known, and both forms stand: `Copilot은(는)`.
///
/// ```
/// # use sinario_render::korean::{Particle, attach};
/// assert_eq!(attach("서울", None, Particle::Toward), "서울로");
/// assert_eq!(attach("Copilot", Some("코파일럿"), Particle::Topic), "Copilot은");
/// assert_eq!(attach("Copilot", None, Particle::Topic), "Copilot은(는)");
/// ```
pub fn attach(word: &str, say: Option<&str>, p: Particle) -> String {
    format!("{word}{}", particle(word, say, p))
}

/// The particle alone, for use after markup such as `</b>`; the word and `say` as in [`attach`].
///
/// ```
/// # use sinario_render::korean::{Particle, particle};
/// assert_eq!(format!("<b>삼성</b>{}", particle("삼성", None, Particle::Subject)), "<b>삼성</b>이");
/// ```
pub fn particle(word: &str, say: Option<&str>, p: Particle) -> &'static str {
    // A `say` of nothing, or of something that is no sound either, leaves the written word.
    let sound = say.and_then(last_sound).or_else(|| last_sound(word));
    let (closed, open, unknown) = match p {
        Particle::Topic => ("은", "는", "은(는)"),
        Particle::Subject => ("이", "가", "이(가)"),
        Particle::Object => ("을", "를", "을(를)"),
        Particle::With => ("과", "와", "와(과)"),
        Particle::Toward => ("으로", "로", "(으)로"),
        Particle::Copula => ("이라", "라", "(이)라"),
    };
    match (sound, p) {
        (None, _) => unknown,
        (Some(Sound::Open), _) | (Some(Sound::Rieul), Particle::Toward) => open,
        (Some(_), _) => closed,
    }
}

/// How a word ends when it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sound {
    /// In a vowel.
    Open,
    /// In ㄹ, which is closed but for 로.
    Rieul,
    /// In any other consonant.
    Closed,
}

/// The sound of the last thing said; `None` where that cannot be known from the letters.
fn last_sound(word: &str) -> Option<Sound> {
    let spoken = without_silence(word);
    let last = spoken.chars().next_back()?;
    match last {
        '0'..='9' => number(spoken),
        'A'..='Z' | 'a'..='z' => latin(spoken),
        '가'..='힣' => Some(syllable(last)),
        'ㄹ' => Some(Sound::Rieul),
        // Consonants have names that end in themselves (기역, 니은), vowels are their own names.
        'ㄱ'..='ㅎ' => Some(Sound::Closed),
        'ㅏ'..='ㅣ' => Some(Sound::Open),
        // 퍼센트, 도, 플러스, 앤드.
        '%' | '％' | '°' | '℃' | '℉' | '+' | '&' => Some(Sound::Open),
        // 퍼밀.
        '‰' => Some(Sound::Rieul),
        _ => None,
    }
}

/// Takes off what is not said at the end: quotes, marks, spaces, and a gloss in brackets unless it is all there is.
fn without_silence(word: &str) -> &str {
    const SILENT: &str = "\"'`*_~”“’‘」』》〉…·.,!?;:";
    let mut rest = word;
    loop {
        rest = rest.trim_end_matches(|c: char| c.is_whitespace() || SILENT.contains(c));
        let pair = match rest.chars().next_back() {
            Some(')') => ('(', ')'),
            Some('）') => ('（', '）'),
            Some(']') => ('[', ']'),
            _ => return rest,
        };
        let inside = &rest[..rest.len() - pair.1.len_utf8()];
        rest = match opening(inside, pair) {
            Some(at) if !rest[..at].trim().is_empty() => &rest[..at],
            _ => inside,
        };
    }
}

/// Where the bracket opens that closes just after `inside`.
fn opening(inside: &str, (open, close): (char, char)) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in inside.char_indices().rev() {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

fn syllable(c: char) -> Sound {
    // Hangul syllables stand in Unicode in rows of 28 endings: 0 none, 8 ㄹ.
    match (u32::from(c) - u32::from('가')) % 28 {
        0 => Sound::Open,
        8 => Sound::Rieul,
        _ => Sound::Closed,
    }
}

/// The number that ends the word, in Sino-Korean; where a sign of money stands before it, the money is said last.
fn number(word: &str) -> Option<Sound> {
    let start = word
        .trim_end_matches(|c: char| c.is_ascii_digit() || ",.".contains(c))
        .len();
    let (before, digits) = word.split_at(start);
    match before.chars().next_back() {
        // 원, 엔; 달러, 유로, 파운드.
        Some('₩' | '¥') => return Some(Sound::Closed),
        Some('$' | '€' | '£') => return Some(Sound::Open),
        _ => {}
    }
    let last = digits.bytes().next_back()?;
    // Decimals are said digit by digit, and so are versions (3.5.1).
    if last != b'0' || digits.contains('.') {
        return Some(digit(last));
    }
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let zeros = plain.len() - plain.trim_end_matches('0').len();
    if zeros == plain.len() {
        return Some(digit(b'0'));
    }
    match zeros / 4 {
        // 십 백 천, 만, 억, 경 are closed; 조, 해, 자 are open.
        0 | 1 | 2 | 4 => Some(Sound::Closed),
        3 | 5 | 6 => Some(Sound::Open),
        _ => None,
    }
}

fn digit(d: u8) -> Sound {
    match d {
        // 이 사 오 구.
        b'2' | b'4' | b'5' | b'9' => Sound::Open,
        // 일 칠 팔.
        b'1' | b'7' | b'8' => Sound::Rieul,
        // 영 삼 육.
        _ => Sound::Closed,
    }
}

/// Acronyms and single letters are said by the names of their letters; other Latin words are not known.
fn latin(word: &str) -> Option<Sound> {
    let start = word
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .len();
    let letters = &word[start..];
    // A run that begins inside a word of other letters (Café) is no acronym.
    let inside = word[..start]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphabetic() && !('가'..='힣').contains(&c));
    let acronym = letters.bytes().all(|b| b.is_ascii_uppercase());
    if inside || !(acronym || letters.len() == 1) {
        return None;
    }
    Some(match letters.bytes().next_back()?.to_ascii_uppercase() {
        // 엘, 알.
        b'L' | b'R' => Sound::Rieul,
        // 엠, 엔.
        b'M' | b'N' => Sound::Closed,
        _ => Sound::Open,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_decides_not_what_is_written() {
        let topic = |word| attach(word, None, Particle::Topic);
        assert_eq!(topic("100000"), "100000은"); // 십만
        assert_eq!(topic("10000000000000"), "10000000000000는"); // 십조
        assert_eq!(topic("₩100"), "₩100은"); // 백 원
        assert_eq!(topic("$100"), "$100는"); // 백 달러
        assert_eq!(topic("(주)"), "(주)는"); // nothing but the gloss
        assert_eq!(topic("오라클 (Oracle (ORCL))"), "오라클 (Oracle (ORCL))은");
        assert_eq!(topic("Café"), "Café은(는)");
        assert_eq!(topic("H100"), "H100은");
        assert_eq!(topic("ㄱ"), "ㄱ은");
        assert_eq!(topic(""), "은(는)");
        assert_eq!(topic("))"), "))은(는)");
    }

    #[test]
    fn say_goes_before_the_letters() {
        assert_eq!(attach("NASA", Some("나사"), Particle::With), "NASA와");
        assert_eq!(attach("OPEC", Some("오펙"), Particle::Toward), "OPEC으로");
        assert_eq!(attach("서울", Some(""), Particle::Subject), "서울이");
    }

    #[test]
    fn digits_sound_as_the_number_spelt_out_in_hangul() {
        let powers = (0..27).map(|k| 10_u128.pow(k));
        let near = powers.flat_map(|p| [p, 3 * p, 20 * p, p + 1, p + 10_000]);
        for n in (0..=120_000).chain(near) {
            let spelt = crate::korean::hangul(n);
            assert_eq!(
                last_sound(&n.to_string()),
                last_sound(&spelt),
                "{n} {spelt}"
            );
        }
    }
}
