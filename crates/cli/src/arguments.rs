//! What can be typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EVERYWHERE: &str = "Options of every command";

/// Scenario planning that can be computed, shared and scored.
///
/// A case is one text file: what is known, what the people involved could be thinking, and what leads to what.
/// Without a command, sinario says what it is for and what to try first.
#[derive(Parser, Debug)]
#[command(version, max_term_width = 80)]
pub(crate) struct Line {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Print one JSON document on standard output and nothing else there.
    ///
    /// What is infinite (a fact that decides, a log score at probability 0) is the string "inf" or "-inf".
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub json: bool,
    /// Language of the output; else the case's, else the locale's.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub lang: Option<Tongue>,
    /// Seed of whatever is drawn at random.
    #[arg(long, global = true, help_heading = EVERYWHERE, default_value_t = 1)]
    pub seed: u64,
    /// Threads to work with, all cores unless given; the answer does not depend on it.
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "N")]
    pub threads: Option<usize>,
    /// Show no progress and no remarks; what is wrong is still said.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub quiet: bool,
}

/// A language of the product.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Tongue {
    /// Korean.
    Ko,
    /// English.
    En,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Say what is wrong with a case, all of it at once; then what could be better.
    Check {
        /// The case: a file, or a folder with a case.toml.
        case: PathBuf,
    },
    /// Teach one error or piece of advice; without a code, list them all.
    Explain {
        /// The code, such as E0202 or A0101.
        code: Option<String>,
    },
    /// Give the whole reading.
    Run {
        #[command(flatten)]
        question: Question,
        /// Write the report, a page that opens without a network; `-` is standard output.
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
    },
    /// List the futures that fit together, and how many others lead to each.
    Futures {
        #[command(flatten)]
        question: Question,
        /// Find probabilities too.
        #[arg(long)]
        probabilities: bool,
        /// Count basins of succession up to 2^26 futures; unless given, up to 2^22.
        #[arg(long)]
        basins: bool,
        /// Search alone, without the basins of succession.
        #[arg(long, conflicts_with = "basins")]
        no_basins: bool,
    },
    /// Say what the facts tell about each mind.
    Minds {
        #[command(flatten)]
        question: Question,
    },
    /// Write the bones of a story for one future: what carries it, what pulls against it, what is known.
    Story {
        #[command(flatten)]
        question: Question,
        /// Which of the consistent futures, in the order of `run`; the first unless given.
        #[arg(long, value_name = "N")]
        future: Option<usize>,
        /// Write Markdown.
        #[arg(long, conflicts_with = "json")]
        markdown: bool,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Question {
    /// The case: a file, or a folder with a case.toml.
    pub case: PathBuf,
    /// Read with what was known on that day, as 2024-04-04.
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// List so many consistent futures at most; all are counted.
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub limit: usize,
    /// Let futures in up to this inconsistency, in points.
    #[arg(long, default_value_t = 0.0, value_name = "K")]
    pub max_inconsistency: f64,
    /// Suppose that we learn it now.
    #[arg(long, value_name = "DRIVER.STATE")]
    pub given: Vec<String>,
    /// Suppose that somebody holds it there from now on.
    #[arg(long = "do", value_name = "DRIVER.STATE")]
    pub held: Vec<String>,
    /// Compute exactly up to so many futures.
    #[arg(long, default_value_t = 1 << 26, value_name = "N")]
    pub exact_up_to: u64,
    /// Work after which the search for consistent futures stops and says "at least", in steps of some 20
    /// nanoseconds; unless given, hours for cases of a normal size and a second for absurd ones.
    #[arg(long, value_name = "N")]
    pub steps: Option<u64>,
}

pub(crate) fn parse() -> Line {
    Line::parse()
}
