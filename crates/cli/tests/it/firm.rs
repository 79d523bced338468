//! How firm it is, at once and in shards: nothing that becomes of files or processes changes a byte of the answer.

use super::sinario;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SMALL: &str = "crates/render/tests/data/founder.toml";
const FLAGSHIP: &str = "examples/altman-reads-ms";

fn names(folder: &Path) -> Vec<String> {
    let all = fs::read_dir(folder).unwrap();
    let mut all: Vec<String> = all
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    all.sort();
    all
}

/// What `firm` says without shards, as text and as JSON.
fn whole(case: &str, members: &str) -> [String; 2] {
    [&[][..], &["--json"]].map(|format| {
        let mut all = vec!["firm", case, "--members", members];
        all.extend(format);
        let (code, out, err) = sinario(&all);
        assert_eq!((code, err.as_str()), (0, ""));
        out
    })
}

/// What the shards of a folder say together.
fn merged(folder: &Path) -> [String; 2] {
    [&[][..], &["--json"]].map(|format| {
        let mut all = vec!["merge", folder.to_str().unwrap()];
        all.extend(format);
        let (code, out, err) = sinario(&all);
        assert_eq!((code, err.as_str()), (0, ""));
        out
    })
}

fn shard(
    case: &str,
    members: &str,
    shard: &str,
    folder: &Path,
    more: &[&str],
) -> (i32, String, String) {
    let folder = folder.to_str().unwrap();
    let mut all = vec![
        "firm",
        case,
        "--members",
        members,
        "--shard",
        shard,
        "--out",
        folder,
    ];
    all.extend(more);
    sinario(&all)
}

#[test]
fn shards_in_any_order_by_any_number_of_threads_say_what_one_run_says() {
    let all = whole(SMALL, "50");
    assert_eq!(
        sinario(&["firm", SMALL, "--members", "50", "--threads", "1"]).1,
        all[0]
    );
    for of in [1, 3, 7, 50] {
        let folder = tempfile::tempdir().unwrap();
        // 7 and 50 have no common factor, so this meets each once.
        let order = (0..of).map(|n| (n * 11 + 5) % of + 1);
        for (turn, part) in order.enumerate() {
            let threads = ["1", "2"][turn % 2];
            let piece = format!("{part}/{of}");
            let (code, out, err) =
                shard(SMALL, "50", &piece, folder.path(), &["--threads", threads]);
            assert_eq!((code, err.as_str(), out.lines().count()), (0, "", 1));
        }
        assert_eq!(names(folder.path()).len(), of as usize);
        assert_eq!(merged(folder.path()), all, "{of}");
    }
}

#[test]
fn the_flagship_in_shards_says_what_it_says_at_once() {
    let all = whole(FLAGSHIP, "8");
    let folder = tempfile::tempdir().unwrap();
    for part in ["3/3", "1/3", "2/3"] {
        assert_eq!(
            shard(FLAGSHIP, "8", part, folder.path(), &["--threads", "2"]).0,
            0
        );
    }
    assert_eq!(merged(folder.path()), all);
    // In both languages, and for a question that is not the usual one.
    let asked = [
        "--given",
        "motive.escape",
        "--max-inconsistency",
        "1",
        "--seed",
        "9",
        "--as-of",
        "2024-01-01",
    ];
    let folder = tempfile::tempdir().unwrap();
    for part in ["1/2", "2/2"] {
        let (code, _, err) = shard(SMALL, "12", part, folder.path(), &asked);
        assert_eq!((code, err.as_str()), (0, ""));
    }
    for lang in ["ko", "en"] {
        let mut once = vec!["firm", SMALL, "--members", "12", "--lang", lang];
        once.extend(asked);
        let merged = sinario(&["merge", folder.path().to_str().unwrap(), "--lang", lang]);
        assert_eq!(merged, sinario(&once));
    }
}

/// Kills the process itself, at once, as a machine that is lost would.
fn killed(arguments: &[&str], after: &mut dyn FnMut() -> bool) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("sinario"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while !after() && child.try_wait().unwrap().is_none() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(2));
    }
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn whoever_is_killed_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shards");
    let out = path.to_str().unwrap();
    // Five shards of 440 to 500 members.
    let arguments = [
        "firm",
        SMALL,
        "--members",
        "2200",
        "--out",
        out,
        "--lang",
        "en",
    ];
    let there = || {
        fs::read_dir(&path).map_or(0, |_| {
            names(&path).iter().filter(|n| !n.starts_with('.')).count()
        })
    };
    let mut most = 0;
    for wanted in 1..=3 {
        killed(&arguments, &mut || there() >= wanted);
        assert!(there() >= most, "a shard was lost");
        most = there();
    }
    assert!(most >= 1);
    let before: Vec<(String, std::time::SystemTime)> = names(&path)
        .into_iter()
        .filter(|n| !n.starts_with('.'))
        .map(|n| {
            let file = path.join(&n);
            (n, fs::metadata(file).unwrap().modified().unwrap())
        })
        .collect();
    // What somebody left who was killed while writing: invisible, and swept up.
    let left = path.join(".shard-2-of-5.sinario-1-0.tmp");
    fs::write(&left, "sinario-shard 1\nver").unwrap();
    let (code, text, err) = sinario(&arguments);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("of 5 shards are there already"), "{err}");
    for (name, when) in before {
        let now = fs::metadata(path.join(&name)).unwrap().modified().unwrap();
        assert_eq!(now, when, "{name} was computed again");
    }
    assert_eq!(names(&path).len(), 5, "{:?}", names(&path));
    assert!(names(&path).iter().all(|n| n.ends_with("-of-5.sinario")));
    let all = whole(SMALL, "2200");
    assert_eq!(
        text,
        sinario(&["firm", SMALL, "--members", "2200", "--lang", "en"]).1
    );
    assert_eq!(merged(&path), all);
    // Once more: nothing is left to do.
    let again = sinario(&arguments);
    assert_eq!((again.0, again.1), (0, text));
    assert!(again.2.contains("5 of 5"), "{}", again.2);
}

/// A folder of three shards of twelve members.
fn three() -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    for part in ["1/3", "2/3", "3/3"] {
        assert_eq!(shard(SMALL, "12", part, folder.path(), &[]).0, 0);
    }
    let files = names(folder.path());
    let files = files.iter().map(|n| folder.path().join(n)).collect();
    (folder, files)
}

/// A generator of places: any sequence does.
fn next(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn flipped_bytes_and_cut_files_are_refused_by_name_and_computed_again() {
    let (folder, files) = three();
    let all = merged(folder.path());
    let merge = || sinario(&["merge", folder.path().to_str().unwrap()]);
    let mut state = 7;
    for _ in 0..24 {
        let file = &files[next(&mut state) as usize % 3];
        let good = fs::read(file).unwrap();
        let mut bad = good.clone();
        let at = next(&mut state) as usize % bad.len();
        bad[at] ^= 1 << (next(&mut state) % 8);
        fs::write(file, &bad).unwrap();
        let (code, out, err) = merge();
        assert_eq!((code, out.as_str()), (3, ""), "byte {at}");
        assert!(err.contains(file.to_str().unwrap()), "{err}");
        fs::write(file, &good[..at]).unwrap();
        let (code, out, err) = merge();
        assert_eq!((code, out.as_str()), (3, ""), "cut at {at}");
        assert!(err.contains(file.to_str().unwrap()), "{err}");
        fs::write(file, &good).unwrap();
    }
    let good = fs::read(&files[1]).unwrap();
    fs::write(&files[1], &good[..good.len() - 9]).unwrap();
    let (code, out, err) = shard(SMALL, "12", "2/3", folder.path(), &["--lang", "en"]);
    assert_eq!((code, out.lines().count()), (0, 1));
    assert!(
        err.contains("it is cut short; it is computed again"),
        "{err}"
    );
    assert_eq!(fs::read(&files[1]).unwrap(), good);
    assert_eq!(merged(folder.path()), all);
}

#[test]
fn what_is_missing_is_named_with_the_command_that_computes_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("it's here");
    let asked = [
        "--seed",
        "5",
        "--given",
        "motive.escape",
        "--limit",
        "7",
        "--max-inconsistency",
        "0.5",
    ];
    assert_eq!(shard(SMALL, "12", "2/3", &out, &asked).0, 0);
    let (code, text, err) = sinario(&["merge", out.to_str().unwrap()]);
    assert_eq!((code, text.as_str()), (3, ""));
    let commands: Vec<&str> = err
        .lines()
        .filter_map(|l| l.trim().strip_prefix("sinario firm CASE "))
        .collect();
    assert_eq!(commands.len(), 2, "{err}");
    // A shell takes them as they are.
    let program = assert_cmd::cargo::cargo_bin("sinario");
    for command in commands {
        let script = format!("\"$0\" firm {SMALL} {command}");
        let done = Command::new("sh")
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
            .args(["-c", &script])
            .arg(&program)
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    }
    let mut once = vec!["firm", SMALL, "--members", "12"];
    once.extend(asked);
    assert_eq!(merged(&out)[0], sinario(&once).1);
}

#[test]
fn what_does_not_belong_is_refused_and_what_is_there_twice_counts_once() {
    let (folder, files) = three();
    let all = merged(folder.path());
    // Twice under another name, and something else beside it: said once, and left aside.
    fs::copy(&files[0], folder.path().join("copy of the first")).unwrap();
    fs::write(folder.path().join("notes.txt"), "a letter").unwrap();
    fs::create_dir(folder.path().join("more")).unwrap();
    let (code, out, err) = sinario(&["merge", folder.path().to_str().unwrap()]);
    assert_eq!((code, &out), (0, &all[0]));
    assert_eq!(err.lines().count(), 2, "{err}");
    assert!(err.contains("left aside: more, notes.txt"), "{err}");
    assert!(err.contains("counted once: "), "{err}");
    let quiet = sinario(&["merge", folder.path().to_str().unwrap(), "--quiet"]);
    assert_eq!(quiet, (0, out, String::new()));
    // Another seed, another case, another number of shards, another version: each by its name.
    let foreign = tempfile::tempdir().unwrap();
    for (case, part, more, said) in [
        (SMALL, "2/3", &["--seed", "2"][..], "--seed"),
        (SMALL, "2/3", &["--do", "motive.escape"], "--do"),
        (SMALL, "2/4", &[], "another number of shards"),
        ("examples/somewhereland", "2/3", &[], "another case"),
    ] {
        let into = foreign.path().join(said.replace(' ', "_"));
        assert_eq!(shard(case, "12", part, &into, more).0, 0);
        let name = names(&into).remove(0);
        let stranger = folder.path().join("stranger.sinario");
        fs::copy(into.join(name), &stranger).unwrap();
        let (code, out, err) = sinario(&["merge", folder.path().to_str().unwrap(), "--lang", "en"]);
        assert_eq!((code, out.as_str()), (3, ""));
        assert!(
            err.contains("stranger.sinario") && err.contains(said),
            "{err}"
        );
        fs::remove_file(&stranger).unwrap();
    }
    // A folder that holds another question is not written into.
    let (code, out, err) = shard(
        SMALL,
        "12",
        "1/3",
        folder.path(),
        &["--seed", "2", "--lang", "en"],
    );
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(
        err.contains("--seed") && err.contains("another folder"),
        "{err}"
    );
    let (code, _, err) = shard(SMALL, "12", "1/4", folder.path(), &["--lang", "en"]);
    assert!(code == 3 && err.contains("not one of 4 shards"), "{err}");
    assert_eq!(names(folder.path()).len(), 6);
}

#[test]
fn what_stands_in_the_way_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let (empty, file) = (folder.path().to_str().unwrap(), file.to_str().unwrap());
    let asked: &[&[&str]] = &[
        &["firm", SMALL, "--members", "0"],
        &["firm", SMALL, "--members", "100001"],
        &["firm", SMALL, "--members", "many"],
        &["firm", SMALL, "--shard", "1/3"],
        &["firm", SMALL, "--shard", "0/3", "--out", "X"],
        &["firm", SMALL, "--shard", "4/3", "--out", "X"],
        &["firm", SMALL, "--shard", "third", "--out", "X"],
        &[
            "firm",
            SMALL,
            "--members",
            "2",
            "--shard",
            "1/3",
            "--out",
            "X",
        ],
        &["firm", SMALL, "--given", "money.many"],
        &[
            "firm",
            SMALL,
            "--members",
            "3",
            "--shard",
            "1/3",
            "--out",
            file,
        ],
        &["firm", "crates/cli/tests/it/broken.toml"],
        &["merge"],
        &["merge", empty],
        &["merge", "no/such/folder"],
        &["run", SMALL, "--members", "100001"],
    ];
    for lang in ["ko", "en"] {
        let mut all = String::new();
        for arguments in asked {
            let mut with_lang = arguments.to_vec();
            with_lang.extend(["--lang", lang]);
            let (code, out, err) = sinario(&with_lang);
            let said = format!(
                "$ sinario {}\n{out}{}\nexit {code}\n",
                arguments.join(" "),
                err.trim_end()
            );
            let _ = writeln!(
                all,
                "{}",
                said.replace(file, "[file]").replace(empty, "[folder]")
            );
        }
        insta::assert_snapshot!(format!("firm_messages_{lang}"), all);
    }
    assert_eq!(names(folder.path()), ["file"]);
}

#[test]
fn the_json_of_a_small_ensemble() {
    let (code, out, err) = sinario(&["firm", SMALL, "--members", "20", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    for path in [
        "/firm/members",
        "/firm/seed",
        "/firm/void",
        "/firm/incomplete",
        "/firm/now/motive/escape/point",
        "/firm/now/motive/escape/5",
        "/firm/then/money/ms/50",
        "/firm/settled/money/ms/95",
        "/firm/then/money/ms/leads",
        "/firm/stories/uneasy/point",
        "/firm/futures/0/consistent_in",
        "/firm/futures/0/share",
        "/firm/futures/0/low",
        "/firm/futures/0/high",
        "/firm/more_futures",
    ] {
        assert!(json.pointer(path).is_some_and(|v| v.is_number()), "{path}");
    }
    assert!(json["firm"]["futures"][0]["states"]["money"].is_string());
    assert!(json["minds"].is_null() && json["futures"].is_null());
    let head: Vec<&str> = out.lines().take(60).collect();
    let version = format!("\"sinario\": \"{}\"", env!("CARGO_PKG_VERSION"));
    insta::assert_snapshot!(
        head.join("\n")
            .replace(&version, "\"sinario\": \"[version]\"")
    );
}

#[test]
fn a_report_says_how_firm_it_is_and_the_terminal_only_when_asked() {
    let page = |more: &[&str]| {
        let mut all = vec!["run", SMALL, "--html", "-", "--lang", "en"];
        all.extend(more);
        sinario(&all).1
    };
    assert!(page(&[]).contains("of 200 members"));
    assert!(page(&["--members", "30"]).contains("of 30 members"));
    assert!(page(&["--members", "0"]).contains("write the report with --members 200"));
    let run = |more: &[&str]| {
        let mut all = vec!["run", SMALL, "--lang", "en"];
        all.extend(more);
        sinario(&all).1
    };
    assert!(!run(&[]).contains("How firm is it?"));
    assert!(run(&["--members", "30"]).contains("How firm is it? (30 members)"));
    let json: serde_json::Value =
        serde_json::from_str(&run(&["--json", "--members", "30"])).unwrap();
    assert_eq!(json["firm"]["members"], 30);
    // What a report finds for itself changes nothing that is printed.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let json = run(&["--json", "--html", file.to_str().unwrap()]);
    assert_eq!(json, run(&["--json"]));
}

/// The words of a shell's command in a manifest, run as a pod or a task would.
fn deployed(script: &str, numbers: &[(&str, &str)], folder: &Path) {
    let bin = assert_cmd::cargo::cargo_bin("sinario");
    let path = format!(
        "{}:{}",
        bin.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let mut shell = Command::new("sh");
    shell
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .args(["-c", script]);
    shell
        .env("PATH", path)
        .env("CASE", SMALL)
        .env("OUT", folder);
    for (name, value) in numbers {
        shell.env(name, value);
    }
    let done = shell.output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

fn in_the_root(path: &str) -> String {
    fs::read_to_string(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(path)).unwrap()
}

#[test]
fn the_first_pod_writes_the_first_shard() {
    let text = in_the_root("deploy/kubernetes.yaml");
    let all = yaml_rust2::YamlLoader::load_from_str(&text).unwrap();
    let [job] = &all[..] else {
        panic!("{} documents", all.len())
    };
    assert_eq!(job["kind"].as_str(), Some("Job"));
    assert_eq!(job["spec"]["completionMode"].as_str(), Some("Indexed"));
    let container = &job["spec"]["template"]["spec"]["containers"][0];
    let env: Vec<(&str, &str)> = container["env"]
        .as_vec()
        .unwrap()
        .iter()
        .map(|e| (e["name"].as_str().unwrap(), e["value"].as_str().unwrap()))
        .collect();
    let shards = env.iter().find(|(name, _)| *name == "SHARDS").unwrap().1;
    assert_eq!(job["spec"]["completions"].as_i64(), shards.parse().ok());
    assert_eq!(container["command"][0].as_str(), Some("/bin/sh"));
    assert_eq!(container["command"][1].as_str(), Some("-c"));
    // Every variable that the command reads is set, by the manifest or by Kubernetes.
    let script = container["args"][0].as_str().unwrap();
    for word in script
        .split(|c: char| !(c.is_ascii_uppercase() || c == '_'))
        .filter(|w| w.len() > 1)
    {
        assert!(
            word == "JOB_COMPLETION_INDEX" || env.iter().any(|(n, _)| *n == word),
            "{word}"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let numbers = [("MEMBERS", "40"), ("SEED", "1"), ("SHARDS", shards)];
    for index in ["0", "19"] {
        let mut all = numbers.to_vec();
        all.push(("JOB_COMPLETION_INDEX", index));
        deployed(script, &all, folder.path());
    }
    assert_eq!(
        names(folder.path()),
        ["shard-01-of-20.sinario", "shard-20-of-20.sinario"]
    );
}

#[test]
fn the_first_task_writes_the_first_shard() {
    let script = in_the_root("deploy/slurm.sh");
    assert!(script.contains("#SBATCH --array=1-20\n") && script.contains("${SHARDS:-20}"));
    let folder = tempfile::tempdir().unwrap();
    let task = |n| {
        [
            ("SLURM_ARRAY_TASK_ID", n),
            ("SHARDS", "2"),
            ("MEMBERS", "12"),
        ]
    };
    deployed(&script, &task("1"), folder.path());
    assert_eq!(names(folder.path()), ["shard-1-of-2.sinario"]);
    deployed(&script, &task("2"), folder.path());
    assert_eq!(merged(folder.path()), whole(SMALL, "12"));
}
