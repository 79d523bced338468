//! Values to bytes.

use super::{BEGINS, FORMAT, Piece, asked};
use crate::{Ensemble, Member, REVISION};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The file of one shard. `source` is the text of the case, and `members` are those of the piece, in order.
pub fn write(ensemble: &Ensemble, source: &str, piece: Piece, members: &[Member]) -> String {
    let (case, ask) = (ensemble.case(), ensemble.ask());
    let range = piece.members(ask.members);
    let [given, held] = asked(case, ask).map(|states| {
        let each = states.iter().map(|s| format!(" {s}"));
        each.collect::<String>()
    });
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let mut out = format!(
        "{BEGINS}{FORMAT}\nversion {}\nrevision {REVISION}\nfingerprint {}\nmembers {}\nseed {}\nas-of {}\ngiven{given}\ndo{held}\n\
         max-inconsistency {}\nlimit {}\nexact-up-to {}\nsteps {}\nshard {} of {}\nfirst {}\ncount {}\ncase {}\n{source}\n",
        env!("CARGO_PKG_VERSION"),
        sinario_case::fingerprint(case),
        ask.members,
        ask.seed,
        or_none(ask.as_of.map(|d| d.to_string())),
        ask.max_inconsistency,
        ask.limit,
        ask.exact_up_to,
        or_none(ask.search_steps.map(|s| s.to_string())),
        piece.part,
        piece.of,
        range.start,
        range.end - range.start,
        source.len(),
    );
    out.push_str(&line(ensemble.point()));
    out.push('\n');
    for member in members {
        out.push_str(&line(member));
        out.push('\n');
    }
    let checksum = checksum(out.as_bytes());
    // Writing to a text cannot fail.
    let _ = writeln!(out, "sha256 {checksum}");
    out
}

/// One member: whether its list of consistent futures is whole, the bound on its long run, its numbers as bits, a
/// stroke, and its consistent futures by the positions of their states.
pub(super) fn line(member: &Member) -> String {
    let bits = |n: f64| format!(" {:016x}", n.to_bits());
    let mut out = String::from(if member.complete { "whole" } else { "part" });
    out.push_str(&bits(member.bound));
    out.extend(member.values.iter().map(|&v| bits(v)));
    out.push_str(" |");
    for future in &member.consistent {
        let states: Vec<String> = future.iter().map(|s| s.0.to_string()).collect();
        out.push(' ');
        out.push_str(&states.join("."));
    }
    out
}

pub(super) fn checksum(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|b| format!("{b:02x}")).collect()
}
