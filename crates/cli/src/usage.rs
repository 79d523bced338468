//! What is wrong with a command line, in both languages.

use crate::help;
use crate::speech::{complain, either};
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use sinario_case::Lang;
use std::error::Error as _;
use std::ffi::OsString;
use std::num::{IntErrorKind, ParseFloatError, ParseIntError};
use std::process::ExitCode;

/// Prints help and the version, or says what is wrong and how it would be right; the exit code.
pub(crate) fn answer(why: &Error, typed: &[OsString], lang: Lang) -> ExitCode {
    if !why.use_stderr() {
        // A reader that has gone away is no failure.
        let _ = why.print();
        return ExitCode::SUCCESS;
    }
    let mut command = help::command(lang);
    command.build();
    let named = typed.iter().skip(1);
    let named = named.filter_map(|word| command.find_subcommand(word));
    let named = named.map(|c| c.get_name().to_owned()).next();
    let wrong = wrong(why, &command, lang);
    let (usage, more) = match named.and_then(|n| command.find_subcommand_mut(n)) {
        Some(c) => {
            let name = c.get_name().to_owned();
            (help::usage(c, lang), format!("sinario {name} --help"))
        }
        None => (help::usage(&mut command, lang), "sinario --help".to_owned()),
    };
    let heading = help::usage_heading(lang);
    let more = either(
        lang,
        format!("`{more}` says more"),
        format!("자세한 설명: `{more}`"),
    );
    complain(&format!("{wrong}\n{heading} {usage}\n{more}"));
    // As everywhere: 2 for what was typed.
    ExitCode::from(2)
}

/// The words of a context, without letters that a terminal would obey.
fn words(why: &Error, kind: ContextKind) -> Vec<String> {
    let clean = |s: &String| s.chars().filter(|c| !c.is_control()).collect::<String>();
    match why.get(kind) {
        Some(ContextValue::String(one)) => vec![clean(one)],
        Some(ContextValue::Strings(all)) => all.iter().map(clean).collect(),
        _ => Vec::new(),
    }
}

fn ticked(all: &[String]) -> String {
    let all: Vec<String> = all.iter().map(|w| format!("`{w}`")).collect();
    all.join(", ")
}

fn wrong(why: &Error, command: &clap::Command, lang: Lang) -> String {
    let first = |kind| words(why, kind).into_iter().next().unwrap_or_default();
    let argument = first(ContextKind::InvalidArg);
    let value = first(ContextKind::InvalidValue);
    match why.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = first(ContextKind::InvalidSubcommand);
            let said = either(
                lang,
                format!("there is no command `{name}`"),
                format!("그런 명령이 없습니다: `{name}`"),
            );
            said + &nearest(&words(why, ContextKind::SuggestedSubcommand), lang)
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            let said = either(
                lang,
                format!("there is no option `{argument}` here"),
                format!("여기에는 그런 선택 사항이 없습니다: `{argument}`"),
            );
            match words(why, ContextKind::SuggestedArg) {
                none if none.is_empty() => said + &elsewhere(&argument, command, lang),
                near => said + &nearest(&near, lang),
            }
        }
        ErrorKind::UnknownArgument => either(
            lang,
            format!("`{argument}` is one argument too many"),
            format!("남는 인자가 있습니다: `{argument}`"),
        ),
        ErrorKind::MissingRequiredArgument => {
            let missing = ticked(&words(why, ContextKind::InvalidArg));
            either(
                lang,
                format!("missing: {missing}"),
                format!("빠진 인자: {missing}"),
            )
        }
        ErrorKind::InvalidValue => no_such_value(why, &argument, &value, lang),
        ErrorKind::ValueValidation => not_of_the_kind(why, &argument, &value, lang),
        ErrorKind::ArgumentConflict => {
            let mut all = words(why, ContextKind::PriorArg);
            if all.is_empty() || all == [argument.clone()] {
                return either(
                    lang,
                    format!("`{argument}` can be given only once"),
                    format!("`{argument}`: 한 번만 쓸 수 있습니다"),
                );
            }
            all.insert(0, argument);
            either(
                lang,
                format!("these cannot be used together: {}", ticked(&all)),
                format!("함께 쓸 수 없습니다: {}", ticked(&all)),
            )
        }
        ErrorKind::TooManyValues => either(
            lang,
            format!("`{argument}` takes no value, but `{value}` was given"),
            format!("`{argument}`: 값을 받지 않습니다(적은 값: `{value}`)"),
        ),
        ErrorKind::InvalidUtf8 => either(
            lang,
            "an argument is not UTF-8",
            "UTF-8이 아닌 인자가 있습니다",
        ),
        // No other can come of the arguments that there are.
        _ => either(
            lang,
            "this command line cannot be understood",
            "명령줄을 알아볼 수 없습니다",
        ),
    }
}

/// `; did you mean …?`
fn nearest(near: &[String], lang: Lang) -> String {
    if near.is_empty() {
        return String::new();
    }
    either(
        lang,
        format!("; did you mean {}?", ticked(near)),
        format!(". 혹시 이것입니까? {}", ticked(near)),
    )
}

/// The commands that have the option which stands where it is not known.
fn elsewhere(option: &str, command: &clap::Command, lang: Lang) -> String {
    let name = option.trim_start_matches('-');
    let has = |c: &&clap::Command| c.get_arguments().any(|a| a.get_long() == Some(name));
    let all: Vec<String> = command
        .get_subcommands()
        .filter(has)
        .map(|c| format!("sinario {}", c.get_name()))
        .collect();
    if all.is_empty() {
        return String::new();
    }
    either(
        lang,
        format!("; it belongs to {}", ticked(&all)),
        format!(". 이 선택 사항이 있는 명령: {}", ticked(&all)),
    )
}

fn no_such_value(why: &Error, argument: &str, value: &str, lang: Lang) -> String {
    let said = if value.is_empty() {
        either(
            lang,
            format!("`{argument}` needs a value"),
            format!("`{argument}`: 값이 있어야 합니다"),
        )
    } else {
        either(
            lang,
            format!("`{argument}` cannot be `{value}`"),
            format!("`{argument}`: 쓸 수 없는 값입니다(적은 값: `{value}`)"),
        )
    };
    let possible = words(why, ContextKind::ValidValue).join(", ");
    let near = nearest(&words(why, ContextKind::SuggestedValue), lang);
    match possible.is_empty() {
        true => said,
        false => either(
            lang,
            format!("{said}; possible: {possible}{near}"),
            format!("{said}. 가능한 값: {possible}{near}"),
        ),
    }
}

/// A value that is no number, or none that there is room for.
fn not_of_the_kind(why: &Error, argument: &str, value: &str, lang: Lang) -> String {
    let whole = why.source().and_then(|e| e.downcast_ref::<ParseIntError>());
    let number = why.source().is_some_and(|e| e.is::<ParseFloatError>());
    let (en, ko) = match whole.map(ParseIntError::kind) {
        Some(IntErrorKind::PosOverflow) => ("is too large a number", "너무 큰 수입니다"),
        Some(_) => (
            "is not a whole number, 0 or more",
            "0 이상의 정수여야 합니다",
        ),
        None if number => ("is not a number", "수여야 합니다"),
        None => ("cannot be used", "쓸 수 없는 값입니다"),
    };
    either(
        lang,
        format!("`{argument}`: `{value}` {en}"),
        format!("`{argument}`: {ko}(적은 값: `{value}`)"),
    )
}
