//! `firm`: the ensemble at once, one shard of it, or shard after shard until all are there.

use crate::arguments::{Line, Question};
use crate::commands::{
    USAGE, answer, document, fail, look, out_of_range, print, question, refused, show,
};
use crate::merge;
use crate::progress::Bars;
use crate::shards::{Folder, Place, in_the_way};
use crate::speech::{complain, either};
use sinario_case::{Case, Lang};
use sinario_reading::shard::{Kin, Piece, write};
use sinario_reading::{Ask, Ensemble, Further, MOST_MEMBERS};
use sinario_render::Part;
use sinario_render::words::count;
use std::path::Path;
use std::sync::Arc;

/// Members of the ensemble of a report, and most futures of a case whose report has one unasked.
const REPORT: (u64, u64) = (200, 1 << 18);

/// How many members the report of a case has unless somebody says.
pub(crate) fn of_a_report(case: &Case) -> u64 {
    let (members, most) = REPORT;
    let sizes = case.drivers.iter().map(|d| d.states.len() as u64);
    let futures = sizes.fold(1_u64, u64::saturating_mul);
    if futures <= most { members } else { 0 }
}

/// The number of members, if there may be so many.
pub(crate) fn in_range(members: u64, least: u64, lang: Lang) -> Result<u64, u8> {
    if (least..=MOST_MEMBERS).contains(&members) {
        return Ok(members);
    }
    let (least, most) = (least.to_string(), MOST_MEMBERS.to_string());
    out_of_range("--members", &members.to_string(), &least, &most, lang)
}

pub(crate) fn firm(
    line: &Line,
    q: &Question,
    members: u64,
    shard: Option<&str>,
    out: Option<&Path>,
) -> Result<(), u8> {
    let (case, lang, (_, _, source)) = look(line, &q.case, false)?;
    let ask = Ask {
        members: in_range(members, 1, lang)?,
        probabilities: false,
        futures: false,
        ..question(&case, q, line.seed, lang)?
    };
    let Some(folder) = out else {
        return show(line, &answer(line, case, ask, lang)?, Part::Firm, lang);
    };
    let piece = shard.map(|text| piece(text, members, lang)).transpose()?;
    let case = Arc::new(case);
    let ensemble = Ensemble::new(case.clone(), ask).or_else(|why| refused(&case, &why, lang))?;
    let work = Work {
        line,
        lang,
        ensemble: &ensemble,
        source: &source,
        folder: &Folder::open(folder, lang)?,
    };
    match piece {
        Some(piece) => work.one(piece),
        None => work.all(),
    }
}

/// `I/N`.
fn piece(text: &str, members: u64, lang: Lang) -> Result<Piece, u8> {
    let numbers = text
        .split_once('/')
        .and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((part, of)) if (1..=of).contains(&part) && of <= members => Ok(Piece { part, of }),
        _ => fail(
            USAGE,
            &either(
                lang,
                format!(
                    "--shard {text}: write I/N, as 3/7 for the third of seven, with I from 1 to N and N at most --members ({members})"
                ),
                format!(
                    "--shard {text}: 일곱 가운데 셋째라면 3/7처럼 I/N으로 쓰십시오. I는 1부터 N까지, N은 --members({members})까지입니다"
                ),
            ),
        ),
    }
}

/// Shards to be computed.
struct Work<'a> {
    line: &'a Line,
    lang: Lang,
    ensemble: &'a Ensemble,
    source: &'a str,
    folder: &'a Folder,
}

impl Work<'_> {
    /// One shard, unless it is there already.
    fn one(&self, piece: Piece) -> Result<(), u8> {
        self.folder.no_other_split(piece.of, self.lang)?;
        let there = self.there(piece)?;
        if !there {
            let members = piece.members(self.ensemble.ask().members);
            self.compute(piece, 0, members.end - members.start)?;
        }
        self.said(piece, !there)
    }

    /// All shards, then what they say together. Those that are there already are not computed again.
    fn all(&self) -> Result<(), u8> {
        let members = self.ensemble.ask().members;
        let of = Piece::usual(members);
        self.folder.no_other_split(of, self.lang)?;
        let mut missing = Vec::new();
        for piece in Piece::all(of) {
            if !self.there(piece)? {
                missing.push(piece);
            }
        }
        let n = |piece: &Piece| {
            let range = piece.members(members);
            range.end - range.start
        };
        if missing.len() as u64 != of && !self.line.quiet {
            let (there, of) = (of - missing.len() as u64, of);
            complain(&either(
                self.lang,
                format!("{there} of {of} shards are there already"),
                format!("조각 {of}개 가운데 {there}개는 이미 있습니다"),
            ));
        }
        let total = missing.iter().map(n).sum();
        let mut done = 0;
        for piece in &missing {
            self.compute(*piece, done, total)?;
            done += n(piece);
        }
        let pieces = Piece::all(of).map(|p| self.folder.path(p)).collect();
        merge::merged(self.line, &self.folder.name, pieces)
    }

    /// Whether a shard is there. A damaged one is said to be so, and counts as missing.
    fn there(&self, piece: Piece) -> Result<bool, u8> {
        let path = self.folder.path(piece);
        let kin = Kin::new(
            self.ensemble,
            &sinario_case::fingerprint(self.ensemble.case()),
            piece.of,
        );
        match self.folder.look(piece, &kin, self.lang)? {
            Place::Empty => Ok(false),
            Place::There => {
                self.folder.clean(piece);
                Ok(true)
            }
            Place::Damaged(why) => {
                complain(&either(
                    self.lang,
                    format!("{}: {why}; it is computed again", path.display()),
                    format!("{}: {why}. 다시 계산합니다", path.display()),
                ));
                Ok(false)
            }
        }
    }

    /// Computes a shard and writes it, `done` members of `total` being done before.
    fn compute(&self, piece: Piece, done: u64, total: u64) -> Result<(), u8> {
        let bars = Bars::new(self.lang, self.line.quiet);
        let progress = Further {
            progress: &bars,
            done,
            total,
        };
        let mut members = Vec::new();
        let range = piece.members(self.ensemble.ask().members);
        self.ensemble.solve(range, &progress, |m| members.push(m));
        // The bar is gone before anything is said.
        drop(bars);
        let text = write(self.ensemble, self.source, piece, &members);
        let written = self.folder.write(piece, &text);
        // Somebody else who did the same may have been sooner, and swept up behind.
        if written.is_err() && self.there(piece)? {
            return Ok(());
        }
        let path = self.folder.path(piece);
        written.or_else(|why| in_the_way(&path, &why, self.lang))
    }

    fn said(&self, piece: Piece, written: bool) -> Result<(), u8> {
        let all = self.ensemble.ask().members;
        let range = piece.members(all);
        let path = self.folder.path(piece);
        if self.line.json {
            let said = serde_json::json!({
                "shard": piece.part, "of": piece.of, "members": all, "first": range.start,
                "count": range.end - range.start, "file": path.display().to_string(), "written": written,
            });
            return document(&said, self.lang);
        }
        let (part, of, file) = (piece.part, piece.of, path.display());
        let [from, to, all] =
            [range.start + 1, range.end, all].map(|n| count(&n.into(), self.lang));
        let text = match written {
            true => either(
                self.lang,
                format!("shard {part} of {of}, members {from} to {to} of {all}: {file}\n"),
                format!("조각 {of}개 중 {part}번째({all}판 중 {from}~{to}번째 판): {file}\n"),
            ),
            false => either(
                self.lang,
                format!("shard {part} of {of} is there already: {file}\n"),
                format!("조각 {of}개 중 {part}번째는 이미 있습니다: {file}\n"),
            ),
        };
        print(&text, self.lang)
    }
}
