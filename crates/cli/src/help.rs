//! What the command says of its commands and options, in both languages, and the command line that says it.

use crate::arguments::Line;
use crate::speech::{either, locale};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Args, Command};
use sinario_case::Lang;
use std::ffi::{OsStr, OsString};

/// A text in English and in Korean.
type Both = [&'static str; 2];

const NOTHING: Both = ["", ""];
const USAGE: Both = ["Usage:", "사용법:"];
const OPTIONS: Both = ["Options", "선택 사항"];
const ARGUMENTS: Both = ["Arguments", "인자"];
const COMMANDS: Both = ["Commands", "명령"];
const COMMAND: Both = ["COMMAND", "명령"];
const EVERYWHERE: Both = ["Options of every command", "모든 명령의 선택 사항"];
const DEFAULT: Both = ["default", "기본값"];
const POSSIBLE: Both = ["possible values", "가능한 값"];

/// The name of a command (the empty one is the whole), what it does, and more of it.
const OF_COMMANDS: [(&str, Both, Both); 8] = [
    (
        "",
        [
            "Scenario planning that can be computed, shared and scored",
            "계산하고, 나누고, 점수를 매길 수 있는 시나리오 플래닝",
        ],
        [
            "A case is one text file: what is known, what the people involved could be thinking, and what leads to what. Without a command, sinario says what it is for and what to try first.",
            "사례는 텍스트 파일 하나입니다. 알려진 것, 사람들이 품고 있을 생각, 무엇이 무엇으로 이어지는지를 적습니다. 명령 없이 sinario만 치면 무엇을 하는 도구이고 무엇부터 해 볼지를 알려 줍니다.",
        ],
    ),
    (
        "check",
        [
            "Say what is wrong with a case, all of it at once; then what could be better",
            "사례의 잘못을 한꺼번에 모두 알려 주고, 더 나아질 곳을 조언합니다",
        ],
        NOTHING,
    ),
    (
        "explain",
        [
            "Teach one error or piece of advice; without a code, list them all",
            "오류나 조언 하나를 설명합니다. 코드가 없으면 모두 늘어놓습니다",
        ],
        NOTHING,
    ),
    (
        "run",
        ["Give the whole reading", "전체를 읽습니다"],
        NOTHING,
    ),
    (
        "futures",
        [
            "List the futures that fit together, and how many others lead to each",
            "앞뒤가 맞는 미래와, 다른 미래 몇 가지가 그리로 이어지는지를 늘어놓습니다",
        ],
        NOTHING,
    ),
    (
        "minds",
        [
            "Say what the facts tell about each mind",
            "사실이 속마음마다 무엇을 말하는지 알려 줍니다",
        ],
        NOTHING,
    ),
    (
        "story",
        [
            "Write the bones of a story for one future: what carries it, what pulls against it, what is known",
            "미래 하나를 골라 이야기의 뼈대를 씁니다. 떠받치는 것, 거스르는 것, 알려진 것을 적습니다",
        ],
        NOTHING,
    ),
    (
        "help",
        [
            "Print this help, or the help of one command",
            "이 도움말이나 명령 하나의 도움말을 보입니다",
        ],
        NOTHING,
    ),
];

/// The name of an argument within the program, its value, what it does, and more of it.
const OF_ARGUMENTS: [(&str, Both, Both, Both); 23] = [
    (
        "json",
        NOTHING,
        [
            "Print one JSON document on standard output and nothing else there",
            "표준 출력에 JSON 문서 하나만 씁니다",
        ],
        [
            "What is infinite (a fact that decides, a log score at probability 0) is the string \"inf\" or \"-inf\".",
            "무한한 값(결론을 정해 버리는 사실, 확률 0의 로그 점수)은 문자열 \"inf\"나 \"-inf\"로 씁니다.",
        ],
    ),
    (
        "lang",
        ["LANG", "언어"],
        [
            "Language of the output; else the case's, else the locale's",
            "출력의 언어. 없으면 사례의 언어, 그것도 없으면 로캘의 언어",
        ],
        NOTHING,
    ),
    (
        "seed",
        ["N", "수"],
        [
            "Seed of whatever is drawn at random",
            "무작위로 뽑을 때 쓰는 씨앗",
        ],
        NOTHING,
    ),
    (
        "threads",
        ["N", "수"],
        [
            "Threads to work with, all cores unless given; the answer does not depend on it",
            "함께 쓸 스레드 수. 없으면 코어를 모두 씁니다. 답은 이 수와 상관없이 같습니다",
        ],
        NOTHING,
    ),
    (
        "quiet",
        NOTHING,
        [
            "Show no progress and no remarks; what is wrong is still said",
            "진행 상황과 덧붙이는 말을 보이지 않습니다. 잘못은 그래도 알립니다",
        ],
        NOTHING,
    ),
    (
        "help",
        NOTHING,
        ["Print help", "도움말을 보입니다"],
        NOTHING,
    ),
    (
        "version",
        NOTHING,
        ["Print version", "버전을 보입니다"],
        NOTHING,
    ),
    (
        "case",
        ["CASE", "사례"],
        [
            "The case: a file, or a folder with a case.toml",
            "사례: 파일이거나 case.toml이 든 폴더",
        ],
        NOTHING,
    ),
    (
        "code",
        ["CODE", "코드"],
        [
            "The code, such as E0202 or A0101",
            "E0202나 A0101 같은 코드",
        ],
        NOTHING,
    ),
    (
        "html",
        ["FILE", "파일"],
        [
            "Write the report, a page that opens without a network; `-` is standard output",
            "네트워크 없이 열리는 보고서 페이지를 씁니다. `-`는 표준 출력입니다",
        ],
        NOTHING,
    ),
    (
        "probabilities",
        NOTHING,
        ["Find probabilities too", "확률도 구합니다"],
        NOTHING,
    ),
    (
        "basins",
        NOTHING,
        [
            "Count basins of succession up to 2^26 futures; unless given, up to 2^22",
            "미래 2^26가지까지 이행의 유역을 셉니다. 없으면 2^22가지까지만 셉니다",
        ],
        NOTHING,
    ),
    (
        "no_basins",
        NOTHING,
        [
            "Search alone, without the basins of succession",
            "이행의 유역은 세지 않고 찾기만 합니다",
        ],
        NOTHING,
    ),
    (
        "future",
        ["N", "번호"],
        [
            "Which of the consistent futures, in the order of `run`; the first unless given",
            "앞뒤가 맞는 미래 가운데 몇 번째인지(`run`의 순서). 없으면 첫 번째",
        ],
        NOTHING,
    ),
    (
        "markdown",
        NOTHING,
        ["Write Markdown", "마크다운으로 씁니다"],
        NOTHING,
    ),
    (
        "command",
        COMMAND,
        ["The command", "도움말을 볼 명령"],
        NOTHING,
    ),
    (
        "as_of",
        ["DAY", "날짜"],
        [
            "Read with what was known on that day, as 2024-04-04",
            "그날 알려져 있던 것만으로 읽습니다(예: 2024-04-04)",
        ],
        NOTHING,
    ),
    (
        "limit",
        ["N", "수"],
        [
            "List so many consistent futures at most; all are counted",
            "앞뒤가 맞는 미래를 많아야 이만큼 늘어놓습니다. 세는 것은 모두 셉니다",
        ],
        NOTHING,
    ),
    (
        "max_inconsistency",
        ["K", "점수"],
        [
            "Let futures in up to this inconsistency, in points",
            "이 점수까지 어긋난 미래도 넣습니다",
        ],
        NOTHING,
    ),
    (
        "given",
        ["DRIVER.STATE", "변수.상태"],
        [
            "Suppose that we learn it now",
            "지금 그것을 알게 되었다고 봅니다",
        ],
        NOTHING,
    ),
    (
        "held",
        ["DRIVER.STATE", "변수.상태"],
        [
            "Suppose that somebody holds it there from now on",
            "지금부터 누군가 그렇게 붙들어 둔다고 봅니다",
        ],
        NOTHING,
    ),
    (
        "exact_up_to",
        ["N", "수"],
        [
            "Compute exactly up to so many futures",
            "미래가 이만큼일 때까지는 정확하게 계산합니다",
        ],
        NOTHING,
    ),
    (
        "steps",
        ["N", "수"],
        [
            "Work after which the search for consistent futures stops and says \"at least\", in steps of some 20 nanoseconds; unless given, hours for cases of a normal size and a second for absurd ones",
            "앞뒤가 맞는 미래를 이만큼 찾고 나면 멈추고 “적어도” 몇 가지라고 말합니다. 한 걸음은 약 20나노초입니다. 없으면 보통 크기의 사례는 몇 시간, 터무니없이 큰 사례는 1초까지 찾습니다",
        ],
        NOTHING,
    ),
];

fn of(both: Both, lang: Lang) -> &'static str {
    match lang {
        Lang::En => both[0],
        Lang::Ko => both[1],
    }
}

/// The language that is asked for before anything is understood: by the last `--lang`, else by the locale.
pub(crate) fn language<'a>(typed: impl Iterator<Item = &'a OsString>) -> Lang {
    let mut asked = None;
    let mut typed = typed.take_while(|a| *a != "--").peekable();
    while let Some(word) = typed.next() {
        let word = word.to_string_lossy();
        let value = match word.strip_prefix("--lang") {
            Some("") => typed.peek().map(|v| v.to_string_lossy().into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        match value.as_deref() {
            Some("ko") => asked = Some(Lang::Ko),
            Some("en") => asked = Some(Lang::En),
            _ => {}
        }
    }
    asked.unwrap_or_else(locale)
}

/// The command line with everything that it says of itself.
pub(crate) fn command(lang: Lang) -> Command {
    let mut command = Command::new("sinario").arg(
        Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help),
    );
    command = command.arg(
        Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version),
    );
    let command = Line::augment_args(command).disable_version_flag(true);
    let names = OF_COMMANDS.map(|c| c.0).into_iter();
    let names: Vec<&str> = names.filter(|n| !n.is_empty()).collect();
    let command = dress(command, lang).mut_subcommands(|c| {
        let c = if c.get_name() == "help" {
            c.mut_arg("command", |a| {
                a.value_parser(PossibleValuesParser::new(names.clone()))
            })
        } else {
            c
        };
        let flag = Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help);
        dress(c.arg(flag), lang)
    });
    with_usage(command, lang)
}

/// One command with its texts.
fn dress(command: Command, lang: Lang) -> Command {
    let styles = command.get_styles().clone();
    let usage = styles.get_usage();
    let template = format!(
        "{{about-with-newline}}\n{}{}{} {{usage}}\n\n{{all-args}}",
        usage.render(),
        of(USAGE, lang),
        usage.render_reset()
    );
    let name = match command.get_name() {
        "sinario" => String::new(),
        name => name.to_owned(),
    };
    let said = OF_COMMANDS.iter().find(|(of, _, _)| *of == name);
    let (about, more) = said.map_or(("", ""), |(_, about, more)| {
        (of(*about, lang), of(*more, lang))
    });
    let mut command = command
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(of(COMMANDS, lang))
        .subcommand_value_name(of(COMMAND, lang))
        .about(about)
        .mut_args(|a| dress_argument(a, lang));
    if !more.is_empty() {
        command = command.long_about(format!("{about}.\n\n{more}"));
    }
    command
}

/// One argument with its texts, its default and what is possible.
fn dress_argument(argument: Arg, lang: Lang) -> Arg {
    let id = argument.get_id().as_str().to_owned();
    let Some((_, value, help, more)) = OF_ARGUMENTS.iter().find(|(of, ..)| *of == id) else {
        return argument;
    };
    let words = |all: Vec<String>| all.join(", ");
    let default = argument.get_default_values().iter();
    let default = words(default.map(|v| v.to_string_lossy().into_owned()).collect());
    let takes = argument.get_action().takes_values();
    // A flag is not told apart from what it switches.
    let possible = if takes {
        argument.get_possible_values()
    } else {
        Vec::new()
    };
    let possible = words(possible.iter().map(|v| v.get_name().to_owned()).collect());
    let mut text = of(*help, lang).to_owned();
    for (name, values) in [(POSSIBLE, possible), (DEFAULT, default)] {
        if !values.is_empty() {
            text.push_str(&format!(" [{}: {values}]", of(name, lang)));
        }
    }
    let heading = match (argument.is_positional(), argument.is_global_set()) {
        (true, _) => ARGUMENTS,
        (false, true) => EVERYWHERE,
        (false, false) => OPTIONS,
    };
    let mut argument = argument
        .help_heading(of(heading, lang))
        .hide_default_value(takes)
        .hide_possible_values(takes);
    if !of(*more, lang).is_empty() {
        argument = argument.long_help(format!("{text}.\n\n{}", of(*more, lang)));
    }
    if !of(*value, lang).is_empty() {
        argument = argument.value_name(of(*value, lang));
    }
    argument.help(text)
}

/// Usage lines with no word of another language.
fn with_usage(command: Command, lang: Lang) -> Command {
    let mut built = command.clone();
    built.build();
    let whole = usage(&mut built, lang);
    command.override_usage(whole).mut_subcommands(|c| {
        let usage = built
            .find_subcommand_mut(c.get_name())
            .map(|c| usage(c, lang));
        match usage {
            Some(usage) => c.override_usage(usage),
            None => c,
        }
    })
}

/// How a command that is built is used, without a heading.
pub(crate) fn usage(command: &mut Command, lang: Lang) -> String {
    let text = command.render_usage().to_string();
    let text = text.trim_start_matches("Usage:").trim();
    let options = either(lang, "[OPTIONS]", "[선택 사항]");
    text.replace("[OPTIONS]", &options)
}

/// The heading of a usage line.
pub(crate) fn usage_heading(lang: Lang) -> &'static str {
    of(USAGE, lang)
}

/// Help in full for one command, or for the whole where none is named.
pub(crate) fn page(named: Option<&str>, lang: Lang) -> clap::builder::StyledStr {
    let mut command = command(lang);
    command.build();
    let found = named.filter(|n| command.find_subcommand(OsStr::new(n)).is_some());
    match found.and_then(|n| command.find_subcommand_mut(n)) {
        Some(c) => c.render_long_help(),
        None => command.render_long_help(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn hangul(text: &str) -> bool {
        text.chars().any(|c| ('가'..='힣').contains(&c))
    }

    #[test]
    fn no_command_and_no_argument_lacks_either_language() {
        let command = command(Lang::Ko);
        let whole = std::iter::once(&command).chain(command.get_subcommands());
        let (mut commands, mut arguments) = (BTreeSet::new(), BTreeSet::new());
        for c in whole {
            let name = if c.get_name() == "sinario" {
                ""
            } else {
                c.get_name()
            };
            commands.insert(name.to_owned());
            for a in c.get_arguments() {
                arguments.insert(a.get_id().to_string());
                let takes = a.get_action().takes_values();
                let named = a
                    .get_value_names()
                    .is_some_and(|n| n.iter().all(|n| hangul(n)));
                assert!(!takes || named, "{}", a.get_id());
            }
        }
        let known: BTreeSet<String> = OF_COMMANDS.iter().map(|c| c.0.to_owned()).collect();
        assert_eq!(commands, known);
        let known: BTreeSet<String> = OF_ARGUMENTS.iter().map(|a| a.0.to_owned()).collect();
        assert_eq!(arguments, known);
        let texts = OF_COMMANDS.iter().flat_map(|c| [(c.1, true), (c.2, false)]);
        let of_arguments = OF_ARGUMENTS.iter();
        let of_arguments = of_arguments.flat_map(|a| [(a.1, false), (a.2, true), (a.3, false)]);
        for ([en, ko], must) in texts.chain(of_arguments) {
            assert_eq!(en.is_empty(), ko.is_empty(), "{en}{ko}");
            assert!(!must || !en.is_empty());
            assert!(!hangul(en) && (ko.is_empty() || hangul(ko)), "{ko}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        for lang in [Lang::Ko, Lang::En] {
            command(lang).debug_assert();
        }
    }

    #[test]
    fn korean_help_fits_and_has_no_english_frame() {
        use unicode_width::UnicodeWidthStr;
        let names = OF_COMMANDS.map(|c| c.0);
        for name in names {
            for lang in [Lang::Ko, Lang::En] {
                let text = page(Some(name), lang).to_string();
                assert!(text.lines().all(|l| l.width() <= 80), "{text}");
            }
            let text = page(Some(name), Lang::Ko).to_string();
            for word in [
                "Usage", "Option", "OPTION", "Argument", "Command", "COMMAND", "Print", "default",
                "possible",
            ] {
                assert!(!text.contains(word), "{word}: {text}");
            }
        }
    }

    #[test]
    fn the_language_is_known_before_the_rest() {
        let of = |words: &[&str]| {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            language(words.iter())
        };
        assert_eq!(of(&["--lang", "ko", "nonsense"]), Lang::Ko);
        assert_eq!(of(&["run", "--lang=ko"]), Lang::Ko);
        assert_eq!(of(&["--lang=ko", "--lang", "en"]), Lang::En);
        assert_eq!(of(&["--lang", "fr"]), locale());
        assert_eq!(of(&["--", "--lang", "ko"]), locale());
        assert_eq!(of(&["--language", "ko"]), locale());
    }
}
