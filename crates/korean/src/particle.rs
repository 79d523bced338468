//! Particles (josa) that agree with the word before them.

/// The last sound of a word as it is said; it decides the form of the particle after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Final {
    /// Ends in a vowel.
    Open,
    /// Ends in a consonant other than ㄹ.
    Closed,
    /// Ends in ㄹ, which takes 로 instead of 으로.
    Rieul,
}

/// A particle that has two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Particle {
    /// 은/는
    Topic,
    /// 이/가
    Subject,
    /// 을/를
    Object,
    /// 과/와
    With,
    /// 으로/로
    Toward,
    /// 이라/라 (also the stem of 이라고/라고, 이라는/라는)
    Copula,
}

/// The last sound of `word`, or `None` where a Latin word needs a reading given with `say`.
pub fn final_sound(word: &str) -> Option<Final> {
    let _ = word;
    None
}

/// `word` with the form of `particle` that fits; `say` is how the word is read aloud, if known.
///
/// Where the reading is unknown both forms are written: `Copilot은(는)`.
pub fn attach(word: &str, say: Option<&str>, particle: Particle) -> String {
    let _ = (say, particle);
    word.to_string()
}
