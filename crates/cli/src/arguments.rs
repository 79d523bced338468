//! What can be typed; what is said of it, in both languages, stands in [`crate::help`].

use crate::{help, usage};
use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser, Debug)]
#[command(version, max_term_width = 80)]
pub(crate) struct Line {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, global = true)]
    pub lang: Option<Tongue>,
    #[arg(long, global = true, default_value_t = 1)]
    pub seed: u64,
    #[arg(long, global = true)]
    pub threads: Option<usize>,
    #[arg(long, global = true)]
    pub quiet: bool,
}

/// A language of the product.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Tongue {
    Ko,
    En,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Check {
        case: PathBuf,
    },
    Explain {
        code: Option<String>,
    },
    Run {
        #[command(flatten)]
        question: Question,
        #[arg(long)]
        html: Option<PathBuf>,
        #[arg(long)]
        members: Option<u64>,
    },
    Futures {
        #[command(flatten)]
        question: Question,
        #[arg(long)]
        probabilities: bool,
        #[arg(long)]
        basins: bool,
        #[arg(long, conflicts_with = "basins")]
        no_basins: bool,
        #[arg(long)]
        why_not: Option<String>,
        #[arg(long)]
        smallest_change: Option<String>,
    },
    Minds {
        #[command(flatten)]
        question: Question,
    },
    Power {
        #[command(flatten)]
        question: Question,
    },
    Tornado {
        #[command(flatten)]
        question: Question,
        #[arg(long)]
        of: Vec<String>,
    },
    Numbers {
        #[command(flatten)]
        question: Question,
        #[command(flatten)]
        draws: Draws,
    },
    Choices {
        #[command(flatten)]
        question: Question,
        #[command(flatten)]
        draws: Draws,
        #[command(flatten)]
        choosing: Choosing,
    },
    Story {
        #[command(flatten)]
        question: Question,
        #[arg(long)]
        future: Option<usize>,
        #[arg(long, conflicts_with = "json")]
        markdown: bool,
    },
    Structure {
        case: PathBuf,
    },
    Firm {
        #[command(flatten)]
        question: Question,
        #[arg(long, default_value_t = 1000)]
        members: u64,
        #[arg(long, requires = "out")]
        shard: Option<String>,
        #[arg(long)]
        out: Option<PathBuf>,
    },
    Merge {
        folder: PathBuf,
    },
    Help {
        command: Option<String>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Question {
    pub case: PathBuf,
    #[arg(long)]
    pub as_of: Option<String>,
    #[arg(long, default_value_t = 100)]
    pub limit: usize,
    #[arg(long, default_value_t = 0.0, allow_negative_numbers = true)]
    pub max_inconsistency: f64,
    #[arg(long)]
    pub given: Vec<String>,
    #[arg(long = "do")]
    pub held: Vec<String>,
    #[arg(long, default_value_t = 1 << 26)]
    pub exact_up_to: u64,
    #[arg(long)]
    pub steps: Option<u64>,
}

/// How numbers are drawn.
#[derive(Args, Debug)]
pub(crate) struct Draws {
    #[arg(long, default_value = "plain")]
    pub sampling: Laying,
    #[arg(long, default_value = "0.5%")]
    pub precision: String,
    #[arg(long, default_value_t = 1 << 20)]
    pub draws: u64,
}

/// How uniform numbers are laid.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Laying {
    Plain,
    Latin,
    Sobol,
}

/// How options are held against each other.
#[derive(Args, Debug)]
pub(crate) struct Choosing {
    #[arg(long, default_value = "5%")]
    pub tolerance: String,
    #[arg(long, default_value = "50%")]
    pub optimism: String,
    #[arg(long, allow_hyphen_values = true)]
    pub fails_below: Option<String>,
}

/// What was typed; else help, the version or what is wrong with it has been said, and the exit code is left.
pub(crate) fn parse() -> Result<Line, ExitCode> {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let lang = help::language(typed.iter().skip(1));
    let matches = help::command(lang).try_get_matches_from(&typed);
    matches
        .and_then(|found| Line::from_arg_matches(&found))
        .map_err(|why| usage::answer(&why, &typed, lang))
}
