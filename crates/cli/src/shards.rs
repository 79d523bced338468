//! Shards in a folder: found, read, and written so that each is there whole or not at all.

use crate::commands::{OUTSIDE, fail};
use crate::files;
use crate::speech::{either, trouble};
use sinario_case::Lang;
use sinario_reading::shard::{BEGINS, Difference, ENDING, Fault, Kin, Piece, read};
use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// A folder of shards.
pub(crate) struct Folder {
    /// As it was typed.
    pub name: PathBuf,
}

/// What stands where a shard belongs.
pub(crate) enum Place {
    /// Nothing.
    Empty,
    /// The shard.
    There,
    /// Something that cannot be used, and why.
    Damaged(String),
}

impl Folder {
    /// The folder, made where it is not there yet.
    pub fn open(name: &Path, lang: Lang) -> Result<Folder, u8> {
        fs::create_dir_all(name).or_else(|why| {
            let file = why.kind() == ErrorKind::AlreadyExists;
            let why = if file {
                ErrorKind::NotADirectory.into()
            } else {
                why
            };
            in_the_way(name, &why, lang)
        })?;
        Ok(Folder {
            name: name.to_owned(),
        })
    }

    /// Where a shard belongs.
    pub fn path(&self, piece: Piece) -> PathBuf {
        self.name.join(piece.name())
    }

    /// Shards of another number of shards cannot be put together with these: said before anything is computed.
    pub fn no_other_split(&self, of: u64, lang: Lang) -> Result<(), u8> {
        let ours = format!("-of-{of}{ENDING}");
        for (name, path) in listed(&self.name, lang)? {
            if name.starts_with("shard-") && name.ends_with(ENDING) && !name.ends_with(&ours) {
                let (name, path) = (self.name.display(), path.display());
                return fail(
                    OUTSIDE,
                    &either(
                        lang,
                        format!(
                            "{path} is not one of {of} shards; take another folder than {name}"
                        ),
                        format!(
                            "{path}: {of}조각으로 나눈 것이 아닙니다. {name} 말고 다른 폴더를 쓰십시오"
                        ),
                    ),
                );
            }
        }
        Ok(())
    }

    /// What stands where a shard belongs. What belongs to another ensemble is in the way.
    pub fn look(&self, piece: Piece, kin: &Kin, lang: Lang) -> Result<Place, u8> {
        let path = self.path(piece);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(Place::Empty),
            Err(why) => return in_the_way(&path, &why, lang),
        };
        let elsewhere = |why: String| {
            let path = path.display();
            fail(
                OUTSIDE,
                &either(
                    lang,
                    format!("{path}: {why}; take another folder, or remove this file"),
                    format!("{path}: {why}. 다른 폴더를 쓰거나 이 파일을 지우십시오"),
                ),
            )
        };
        match read(&bytes) {
            Ok(shard) if shard.piece != piece => Ok(Place::Damaged(fault(&Fault::Numbers, lang))),
            Ok(shard) => match Kin::of(&shard).differs(kin) {
                None => Ok(Place::There),
                Some(d) => elsewhere(difference(d, lang)),
            },
            Err(why @ (Fault::Format(_) | Fault::Version(_) | Fault::Revision(_))) => {
                elsewhere(fault(&why, lang))
            }
            Err(why) => Ok(Place::Damaged(fault(&why, lang))),
        }
    }

    /// Writes a shard by way of a temporary file, and removes what was left of attempts that were killed.
    pub fn write(&self, piece: Piece, text: &str) -> Result<(), Error> {
        files::write_new(&self.path(piece), text)?;
        self.clean(piece);
        Ok(())
    }

    /// Removes what was left of attempts at a shard that were killed.
    pub fn clean(&self, piece: Piece) {
        let begins = files::temporary_of(&piece.name());
        let entries = fs::read_dir(&self.name).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let ours = name
                .to_str()
                .is_some_and(|n| n.starts_with(&begins) && n.ends_with(".tmp"));
            if ours {
                // What cannot be removed is invisible all the same.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Something that stands in the way, with its exit code.
pub(crate) fn in_the_way<T>(path: &Path, why: &Error, lang: Lang) -> Result<T, u8> {
    fail(OUTSIDE, &trouble(path, why, lang))
}

/// What can be seen in a folder, by name.
fn listed(folder: &Path, lang: Lang) -> Result<Vec<(String, PathBuf)>, u8> {
    let all = || -> Result<Vec<_>, Error> {
        let mut all = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // What begins with a dot is being written, or was when somebody was stopped.
            if !name.starts_with('.') {
                all.push((name, entry.path()));
            }
        }
        all.sort();
        Ok(all)
    };
    all().or_else(|why| in_the_way(folder, &why, lang))
}

/// What may be shards in a folder, and what is none, by name.
pub(crate) fn candidates(folder: &Path, lang: Lang) -> Result<(Vec<PathBuf>, Vec<PathBuf>), u8> {
    let (mut shards, mut others) = (Vec::new(), Vec::new());
    for (name, path) in listed(folder, lang)? {
        let by_name = name.ends_with(ENDING);
        if path.is_file() && (by_name || begins(&path).or_else(|e| in_the_way(&path, &e, lang))?) {
            shards.push(path);
        } else {
            others.push(path);
        }
    }
    Ok((shards, others))
}

fn begins(path: &Path) -> Result<bool, Error> {
    let mut first = Vec::new();
    // The cast: a word.
    File::open(path)?
        .take(BEGINS.len() as u64)
        .read_to_end(&mut first)?;
    Ok(first == BEGINS.as_bytes())
}

/// Why a file is no shard that can be used.
pub(crate) fn fault(why: &Fault, lang: Lang) -> String {
    let own = env!("CARGO_PKG_VERSION");
    match why {
        Fault::NoShard => either(
            lang,
            "it does not begin as a shard does",
            "조각 파일의 첫머리가 아닙니다",
        ),
        Fault::CutShort => either(lang, "it is cut short", "파일이 중간에 끊겼습니다"),
        Fault::Changed => either(
            lang,
            "its checksum is wrong: something in it was changed",
            "검사합이 맞지 않습니다. 내용이 바뀌었습니다",
        ),
        Fault::Format(f) => either(
            lang,
            format!("it is in format {f}, which sinario {own} does not read"),
            format!("sinario {own}에서 읽지 못하는 형식 {f}입니다"),
        ),
        Fault::Version(v) => either(
            lang,
            format!("it was written by sinario {v}, and this is {own}"),
            format!("sinario {v}에서 쓴 것이고, 이 프로그램은 {own}입니다"),
        ),
        Fault::Revision(r) => either(
            lang,
            format!(
                "its members are of revision {r}, and those of this program are of revision {}",
                sinario_reading::REVISION
            ),
            format!(
                "판의 계산 방식이 {r}차의 것이고, 이 프로그램은 {}차입니다",
                sinario_reading::REVISION
            ),
        ),
        Fault::Line(n) => either(
            lang,
            format!("line {n} is not as the format says"),
            format!("{n}번째 줄이 형식과 다릅니다"),
        ),
        Fault::Case => either(
            lang,
            "the case in it is not the one that it names",
            "들어 있는 사례가 적힌 지문과 다릅니다",
        ),
        Fault::Numbers => either(
            lang,
            "its numbers cannot be those of its case",
            "들어 있는 숫자가 사례와 맞지 않습니다",
        ),
    }
}

/// In what a shard differs from others.
pub(crate) fn difference(d: Difference, lang: Lang) -> String {
    let (en, ko) = match d {
        Difference::Case => ("it is of another case", "다른 사례의 조각입니다"),
        Difference::Shards => (
            "it is one of another number of shards",
            "나눈 조각 수가 다릅니다",
        ),
        Difference::Members => ("it has another --members", "--members가 다릅니다"),
        Difference::Seed => ("it has another --seed", "--seed가 다릅니다"),
        Difference::AsOf => ("it has another --as-of", "--as-of가 다릅니다"),
        Difference::Given => ("it has another --given", "--given이 다릅니다"),
        Difference::Held => ("it has another --do", "--do가 다릅니다"),
        Difference::MaxInconsistency => (
            "it has another --max-inconsistency",
            "--max-inconsistency가 다릅니다",
        ),
        Difference::Limit => ("it has another --limit", "--limit이 다릅니다"),
        Difference::ExactUpTo => ("it has another --exact-up-to", "--exact-up-to가 다릅니다"),
        Difference::Steps => ("it has another --steps", "--steps가 다릅니다"),
        Difference::Point => (
            "it says something else of the same case as it stands: one of the machines computes wrongly",
            "같은 사례를 그대로 계산한 값이 다릅니다. 어느 한 컴퓨터가 잘못 계산합니다",
        ),
    };
    either(lang, en, ko)
}
