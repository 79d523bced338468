//! What the command says of its commands and options, in both languages, and the command line that says it.

mod texts;

use crate::arguments::Line;
use crate::speech::{either, locale};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Args, Command};
use sinario_case::Lang;
use std::ffi::{OsStr, OsString};
use texts::{Both, COMMAND, OF_ARGUMENTS, OF_COMMANDS};

const USAGE: Both = ["Usage:", "사용법:"];
const OPTIONS: Both = ["Options", "선택 사항"];
const ARGUMENTS: Both = ["Arguments", "인자"];
const COMMANDS: Both = ["Commands", "명령"];
const EVERYWHERE: Both = ["Options of every command", "모든 명령의 선택 사항"];
const DEFAULT: Both = ["default", "기본값"];
const POSSIBLE: Both = ["possible values", "가능한 값"];

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
