//! What can be typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Scenario planning that can be computed, shared and scored.
///
/// Try first: `sinario check CASE`, `sinario run CASE`, `sinario futures CASE`.
#[derive(Parser, Debug)]
#[command(version, arg_required_else_help = true)]
pub(crate) struct Line {
    #[command(subcommand)]
    pub command: Command,
    /// One JSON document on standard output, nothing else.
    #[arg(long, global = true)]
    pub json: bool,
    /// Language; else the case's, else English.
    #[arg(long, global = true)]
    pub lang: Option<Tongue>,
    /// Threads; all cores unless given. The answer does not depend on it.
    #[arg(long, global = true)]
    pub threads: Option<usize>,
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
    /// Says what is wrong with a case, all of it at once.
    Check {
        /// The case: a file, or a folder with a case.toml.
        case: PathBuf,
    },
    /// The whole reading.
    Run(Question),
    /// Consistent futures and basins.
    Futures {
        #[command(flatten)]
        question: Question,
        /// Probabilities too.
        #[arg(long)]
        probabilities: bool,
        /// The search alone, without the basins of succession.
        #[arg(long)]
        no_basins: bool,
    },
    /// What the facts say about each mind.
    Minds(Question),
}

#[derive(Args, Debug)]
pub(crate) struct Question {
    /// The case: a file, or a folder with a case.toml.
    pub case: PathBuf,
    /// Read with what was known on that day.
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// Consistent futures listed at most.
    #[arg(long, default_value_t = 100)]
    pub limit: usize,
    /// Greatest inconsistency let in, in points.
    #[arg(long, default_value_t = 0.0, value_name = "K")]
    pub max_inconsistency: f64,
    /// We learn it now.
    #[arg(long, value_name = "DRIVER.STATE")]
    pub given: Vec<String>,
    /// Somebody holds it there from now on.
    #[arg(long = "do", value_name = "DRIVER.STATE")]
    pub held: Vec<String>,
    /// Most futures that are taken into one vector.
    #[arg(long, default_value_t = 1 << 26, value_name = "N")]
    pub exact_up_to: u64,
    /// Work after which the search for consistent futures stops and says "at least", in steps of some 20
    /// nanoseconds; unless given, hours for cases of a normal size and a second for absurd ones.
    #[arg(long, value_name = "N")]
    pub steps: Option<u64>,
    /// Seed of drawn starts.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

pub(crate) fn parse() -> Line {
    Line::parse()
}
