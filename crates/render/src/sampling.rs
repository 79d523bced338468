//! What to know of numbers that were drawn and not summed, in both languages.

use sinario_case::Lang;
use sinario_reading::{Method, Reading};

/// What makes drawn numbers doubtful beyond their errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Warning {
    /// The draws are worth fewer than 100 independent ones.
    FewEffectiveDraws,
    /// The chains may still remember where they began.
    NotConverged,
}

impl Warning {
    /// Its name for programs.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Warning::FewEffectiveDraws => "few_effective_draws",
            Warning::NotConverged => "not_converged",
        }
    }

    /// What it means.
    pub(crate) fn sentence(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Warning::FewEffectiveDraws, Lang::En) => {
                "The draws are worth fewer than 100 independent ones: take even the errors (±) as rough."
            }
            (Warning::FewEffectiveDraws, Lang::Ko) => {
                "뽑은 표본이 독립 표본 100개에도 못 미칩니다. 오차(±)도 어림으로만 보십시오."
            }
            (Warning::NotConverged, Lang::En) => {
                "The chains have not been seen to forget where they began: what is drawn of the long run may be off by more than its error."
            }
            (Warning::NotConverged, Lang::Ko) => {
                "사슬이 출발점을 잊었는지 확인되지 않았습니다. 길게 본 값은 오차보다 더 어긋났을 수 있습니다."
            }
        }
    }
}

/// The warnings that a reading earns; none where it is exact.
pub(crate) fn warnings(reading: &Reading) -> Vec<Warning> {
    let mut found = Vec::new();
    if reading.method == Method::Exact {
        return found;
    }
    if reading.method.few() {
        found.push(Warning::FewEffectiveDraws);
    }
    if reading
        .belief
        .as_ref()
        .is_some_and(|b| !b.settling.converged)
    {
        found.push(Warning::NotConverged);
    }
    found
}

/// What is exact all the same, then the warnings; nothing where all is exact.
pub(crate) fn sentences(reading: &Reading, lang: Lang) -> Vec<&'static str> {
    let mut said = Vec::new();
    if let Method::Sampled {
        exact_now: true, ..
    } = reading.method
    {
        said.push(match lang {
            Lang::En => "What is said of now is exact all the same: few drivers are unknown today.",
            Lang::Ko => "지금에 관한 값은 정확합니다. 오늘 모르는 변수가 적기 때문입니다.",
        });
    }
    said.extend(warnings(reading).into_iter().map(|w| w.sentence(lang)));
    said
}
