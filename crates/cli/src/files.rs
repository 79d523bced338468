//! Reading a case, and writing a file so that it is there whole or not at all.

use std::fs::{self, File};
use std::io::{Error, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The file that is being written, for whoever has to clean up.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// The file of a case: the path itself, or the case.toml of a folder.
pub(crate) fn case_file(path: &Path) -> PathBuf {
    if path.is_dir() {
        path.join("case.toml")
    } else {
        path.to_owned()
    }
}

/// Reads no more than a case may have, so that an endless file ends too.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let mut all = Vec::new();
    File::open(path)?
        .take(sinario_case::LARGEST as u64 + 1)
        .read_to_end(&mut all)?;
    Ok(all)
}

/// Writes a file by way of a temporary one in the same folder. Where that fails, nothing is left behind and what
/// was there before is as it was. A device or pipe is written to as it is.
pub(crate) fn write_whole(path: &Path, text: &str) -> Result<(), Error> {
    // A link stays a link: what it points to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&path).ok();
    if let Some(old) = &old
        && !old.is_file()
    {
        return File::create(&path)?.write_all(text.as_bytes());
    }
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let temporary = folder.join(format!(".sinario-{}.tmp", std::process::id()));
    remember(Some(temporary.clone()));
    let written = fill(&temporary, text, old.as_ref()).and_then(|()| fs::rename(&temporary, &path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    remember(None);
    written?;
    // The new name is on the disk only once the folder is; where folders cannot be opened, that is as it is.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// How the names of the temporary files of a file begin, if it is written by [`write_new`].
pub(crate) fn temporary_of(name: &str) -> String {
    format!(".{name}-")
}

/// Writes a file as [`write_whole`] does, where others may be writing to the same folder, machines on which processes
/// have the same numbers among them: no two ever write to one temporary file.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut turn = 0;
    let (temporary, file) = loop {
        let process = std::process::id();
        let name = format!("{}{process}-{turn}.tmp", temporary_of(&name));
        let temporary = folder.join(name);
        // Only what this process makes is its to remove.
        match File::create_new(&temporary) {
            Err(why) if why.kind() == std::io::ErrorKind::AlreadyExists => turn += 1,
            made => break (temporary, made?),
        }
    };
    remember(Some(temporary.clone()));
    let written = pour(file, text).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    remember(None);
    written?;
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Beyond the limit of the system (`ulimit -f`) a write would end the program by a signal, the temporary file left
/// behind.
fn may_be_so_large(text: &str) -> Result<(), Error> {
    #[cfg(unix)]
    {
        let limit = rustix::process::getrlimit(rustix::process::Resource::Fsize).current;
        // The cast: a usize is at most 64 bits.
        if limit.is_some_and(|most| text.len() as u64 > most) {
            return Err(Error::from(std::io::ErrorKind::FileTooLarge));
        }
    }
    let _ = text;
    Ok(())
}

fn fill(temporary: &Path, text: &str, old: Option<&fs::Metadata>) -> Result<(), Error> {
    let file = File::create_new(temporary)?;
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    pour(file, text)
}

fn pour(mut file: File, text: &str) -> Result<(), Error> {
    may_be_so_large(text)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn remember(path: Option<PathBuf>) {
    if let Ok(mut unfinished) = UNFINISHED.lock() {
        *unfinished = path;
    }
}

/// Removes what is half written.
pub(crate) fn clean_up() {
    if let Ok(unfinished) = UNFINISHED.lock()
        && let Some(path) = &*unfinished
    {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let all = fs::read_dir(folder).unwrap();
        all.map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.html");
        write_whole(&file, "one").unwrap();
        write_whole(&file, "two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        // No name may be so long: the text is written, but cannot be put in its place.
        assert!(write_whole(&folder.path().join("x".repeat(300)), "three").is_err());
        assert!(write_whole(&folder.path().join("no/such/folder"), "three").is_err());
        assert!(write_whole(folder.path(), "three").is_err());
        assert_eq!(names(folder.path()), ["report.html"]);
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_rights_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write_whole(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }
}
