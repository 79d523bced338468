//! What the command says of itself, in both languages.

use crate::arguments::{Line, Tongue};
use sinario_case::Lang;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// A sentence in the language of the output.
pub(crate) fn either(lang: Lang, en: impl Into<String>, ko: impl Into<String>) -> String {
    match lang {
        Lang::En => en.into(),
        Lang::Ko => ko.into(),
    }
}

/// The language that was asked for, else the case's, else the locale's.
pub(crate) fn language(line: &Line, case: Option<Lang>) -> Lang {
    match line.lang {
        Some(Tongue::Ko) => Lang::Ko,
        Some(Tongue::En) => Lang::En,
        None => case.unwrap_or_else(locale),
    }
}

/// The first that is set and not empty decides (POSIX).
pub(crate) fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match set {
        Some(value) if value.starts_with("ko") => Lang::Ko,
        _ => Lang::En,
    }
}

/// Something that stands in the way, on standard error.
pub(crate) fn complain(message: &str) {
    let _ = writeln!(anstream::stderr(), "sinario: {message}");
}

/// Why a file could not be opened, read or written.
pub(crate) fn trouble(path: &Path, e: &std::io::Error, lang: Lang) -> String {
    let case = path.file_name().is_some_and(|n| n == "case.toml")
        && path
            .parent()
            .is_some_and(|p| !p.as_os_str().is_empty() && p.is_dir());
    let why = match e.kind() {
        ErrorKind::NotFound if case => either(
            lang,
            "this folder holds no case.toml",
            "이 폴더에는 case.toml이 없습니다",
        ),
        ErrorKind::NotFound => either(
            lang,
            "no such file or folder",
            "그런 파일이나 폴더가 없습니다",
        ),
        ErrorKind::PermissionDenied => either(lang, "permission denied", "권한이 없습니다"),
        ErrorKind::IsADirectory => either(
            lang,
            "this is a folder, not a file",
            "파일이 아니라 폴더입니다",
        ),
        ErrorKind::NotADirectory => either(
            lang,
            "a part of this path is a file, not a folder",
            "경로의 한 부분이 폴더가 아니라 파일입니다",
        ),
        ErrorKind::StorageFull => {
            either(lang, "no space is left there", "저장할 공간이 모자랍니다")
        }
        ErrorKind::FileTooLarge => either(
            lang,
            "larger than the system lets a file be here (ulimit -f)",
            "여기서 허용된 파일 크기(ulimit -f)를 넘습니다",
        ),
        _ => e.to_string(),
    };
    format!("{}: {why}", path.display())
}

/// What it is for, and what to try first.
pub(crate) fn introduction(lang: Lang) -> String {
    let version = env!("CARGO_PKG_VERSION");
    either(
        lang,
        format!(
            "\
sinario {version}: scenario planning that can be computed, shared and scored

Write into one file what is known, what the people involved could be thinking,
and what leads to what. Sinario says what the facts tell about the minds, how
your own story holds, and which futures fit together.

Try first:
  sinario check CASE                     is the case in order?
  sinario run CASE --html report.html    the whole reading, and a page to share
  sinario story CASE                     the bones of the likeliest story

CASE is a file, or a folder with a case.toml. `sinario --help` lists everything.
"
        ),
        format!(
            "\
sinario {version}: 계산하고, 나누고, 점수를 매길 수 있는 시나리오 플래닝

알려진 것, 사람들이 품고 있을 생각, 무엇이 무엇으로 이어지는지를 파일 하나에
적으십시오. 시나리오는 사실이 속마음에 대해 무엇을 말하는지, 당신의 이야기가
얼마나 버티는지, 어떤 미래의 앞뒤가 맞는지를 말해 줍니다.

먼저 해 볼 것:
  sinario check 사례                     사례에 잘못이 없는지 봅니다
  sinario run 사례 --html report.html    전체를 읽고, 나눌 페이지를 씁니다
  sinario story 사례                     가장 그럴 만한 이야기의 뼈대를 씁니다

‘사례’ 자리에는 파일이나 case.toml이 든 폴더를 적습니다. 나머지는
`sinario --help`에 모두 있습니다.
"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_introduction_fits_on_a_terminal() {
        use unicode_width::UnicodeWidthStr;
        for lang in [Lang::Ko, Lang::En] {
            assert!(introduction(lang).lines().all(|l| l.width() <= 80));
        }
    }
}
