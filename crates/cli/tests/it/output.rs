//! Where the output goes: files, pipes, and what is left behind when it cannot go there.

use super::{command, sinario};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const CASE: &str = "examples/somewhereland";

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name());
    let mut names: Vec<_> = names.map(|n| n.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn no_limit_is_needed_to_count() {
    let (code, out, _) = sinario(&["futures", CASE, "--limit", "0", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 0);
    assert_eq!(json["futures"]["count"], "10");
    assert_eq!(json["futures"]["consistent"].as_array().unwrap().len(), 0);
}

#[test]
fn the_report_is_written_whole() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let name = file.to_str().unwrap();
    for lang in ["ko", "en"] {
        let (code, out, err) = sinario(&["run", CASE, "--html", name, "--lang", lang]);
        assert_eq!(code, 0);
        assert!(err.contains(name), "{err}");
        assert_eq!(out, sinario(&["run", CASE, "--lang", lang]).1);
        let page = fs::read_to_string(&file).unwrap();
        let to_output = sinario(&["run", CASE, "--html", "-", "--lang", lang]);
        assert_eq!(to_output, (0, page.clone(), String::new()));
        assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{page}");
    }
    assert_eq!(files(folder.path()), ["report.html"]);
    let quiet = sinario(&["run", CASE, "--html", name, "--quiet"]);
    assert_eq!((quiet.0, quiet.2.as_str()), (0, ""));
    let (_, out, _) = sinario(&["run", CASE, "--html", name, "--json"]);
    assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok());
}

#[test]
fn a_case_that_cannot_be_read_is_exit_3() {
    let folder = tempfile::tempdir().unwrap();
    // A folder whose case.toml is a folder, and a file without rights (which root reads all the same).
    fs::create_dir(folder.path().join("case.toml")).unwrap();
    let (code, out, err) = sinario(&["run", folder.path().to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("this is a folder, not a file"), "{err}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = folder.path().join("secret.toml");
        fs::write(&file, "sinario = 1").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&file).is_err() {
            let (code, _, err) = sinario(&["run", file.to_str().unwrap(), "--lang", "ko"]);
            assert_eq!(code, 3);
            assert!(err.contains("권한이 없습니다"), "{err}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_exit_3_and_a_closed_pipe_is_none() {
    let program = assert_cmd::cargo::cargo_bin("sinario");
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let run = |arguments: &[&str], out: Stdio| {
        let mut command = Command::new(&program);
        command.current_dir(root).args(arguments).stdout(out);
        command.stderr(Stdio::piped()).spawn().unwrap()
    };
    let out = run(&["run", CASE], full.into()).wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(3));
    assert!(
        String::from_utf8(out.stderr)
            .unwrap()
            .contains("no space is left")
    );
    let mut child = run(&["run", CASE, "--json"], Stdio::piped());
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert_eq!(
        (out.status.code(), out.stderr.as_slice()),
        (Some(0), &b""[..])
    );
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_the_old_report_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (case, report) = (
        folder.path().join("case.toml"),
        folder.path().join("report.html"),
    );
    // 2^22 futures in cycles of causes: far more work than the interrupt waits for.
    let mut text = "sinario = 1\ntitle = \"Long\"\n".to_owned();
    for d in 0..22 {
        text += &format!("[drivers.d{d}]\nstates = {{ a = \"A\", b = \"B\" }}\n");
    }
    for d in 0..22 {
        let on = (d + 1) % 22;
        text += &format!(
            "[[impacts]]\nfrom = \"d{d}.a\"\non = \"d{on}\"\nscore = {{ a = 2, b = -2 }}\n"
        );
    }
    fs::write(&case, text).unwrap();
    fs::write(&report, "old").unwrap();
    let child = Command::new(assert_cmd::cargo::cargo_bin("sinario"))
        .args([
            "run".as_ref(),
            case.as_os_str(),
            "--html".as_ref(),
            report.as_os_str(),
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
    let out = child.wait_with_output().unwrap();
    assert_eq!(
        (out.status.code(), out.stdout.as_slice()),
        (Some(130), &b""[..])
    );
    assert_eq!(files(folder.path()), ["case.toml", "report.html"]);
    assert_eq!(fs::read_to_string(&report).unwrap(), "old");
}

#[cfg(unix)]
#[test]
fn a_limit_on_files_is_exit_3_and_leaves_the_old_report() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.html");
    fs::write(&report, "old").unwrap();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    // A shell counts in blocks of 512 or 1024 bytes: the report is larger than 8 of either.
    let out = Command::new("sh")
        .current_dir(root)
        .args(["-c", "ulimit -f 8; exec \"$0\" \"$@\""])
        .arg(assert_cmd::cargo::cargo_bin("sinario"))
        .args(["run", CASE, "--lang", "ko", "--html"])
        .arg(&report)
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(3));
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("파일 크기"), "{said}");
    assert_eq!(files(folder.path()), ["report.html"]);
    assert_eq!(fs::read_to_string(&report).unwrap(), "old");
}

#[test]
fn the_version_is_there_at_once() {
    let best = (0..10)
        .map(|_| {
            let from = Instant::now();
            assert!(command(&["--version"]).output().unwrap().status.success());
            from.elapsed()
        })
        .min()
        .unwrap();
    assert!(best < Duration::from_millis(20), "{best:?}");
}

#[test]
fn colour_is_for_terminals() {
    for arguments in [&["run", CASE][..], &["check", "README.md"], &[]] {
        let (_, out, err) = sinario(arguments);
        assert!(!out.contains('\x1b') && !err.contains('\x1b'));
    }
}

#[test]
fn the_structure_is_the_same_part_alone_and_in_the_whole() {
    let part = |asked: &[&str]| {
        let (code, out, err) = sinario(asked);
        assert_eq!((code, err.as_str()), (0, ""));
        let mut json: serde_json::Value = serde_json::from_str(&out).unwrap();
        json["structure"].take()
    };
    let alone = part(&["structure", CASE, "--json"]);
    assert_eq!(alone, part(&["run", CASE, "--json", "--quiet"]));
    assert_eq!(
        alone,
        part(&["structure", CASE, "--json", "--threads", "1"])
    );
    assert_eq!(alone["settled_at_power"].as_u64(), Some(3), "{alone}");
    assert_eq!(alone["damped"], false);
    // Row sums of the matrix as it stands in the file, the government's on itself apart.
    let row = alone["MDI"]["government"].as_object().unwrap();
    let sum: f64 = row.values().map(|x| x.as_f64().unwrap()).sum();
    let said = alone["drivers"]["government"]["direct"]["influence"].as_f64();
    assert!((sum - said.unwrap()).abs() < 1e-12);
    let (code, out, err) = sinario(&["structure", "examples/nowhere", "--lang", "en"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("nowhere"), "{err}");
}
