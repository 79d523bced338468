//! The report and the JSON of the flagship, through the command: the same bytes however many threads there are.

use super::{command, sinario};
use std::fs;

const FLAGSHIP: &str = "examples/altman-reads-ms";

#[test]
fn the_flagship_is_the_same_for_any_number_of_threads() {
    for lang in ["ko", "en"] {
        for format in [&["--html", "-", "--members", "6"][..], &["--json"]] {
            let run = |threads| {
                let mut all = vec!["run", FLAGSHIP, "--lang", lang, "--threads", threads];
                all.extend(format);
                sinario(&all)
            };
            let (code, one, err) = run("1");
            assert_eq!((code, err.as_str()), (0, ""));
            assert!(one.len() > 10_000);
            for threads in ["2", "8"] {
                assert!(
                    run(threads) == (0, one.clone(), String::new()),
                    "{threads} threads"
                );
            }
        }
    }
}

#[test]
fn what_is_given_or_held_stands_on_the_report() {
    let run = |lang| {
        let ask = [
            "run",
            FLAGSHIP,
            "--html",
            "-",
            "--members",
            "2",
            "--lang",
            lang,
            "--given",
            "intent.absorb",
            "--do",
            "compute.many",
        ];
        let out = command(&ask).output().unwrap();
        assert_eq!(out.status.code(), Some(0));
        String::from_utf8(out.stdout).unwrap()
    };
    assert!(run("en").contains("<p class=\"warning\">Read as if somebody held: "));
    assert!(run("ko").contains("<p class=\"warning\">다음을 알게 되었다고 보고 읽었습니다: "));
}

#[test]
fn the_report_and_the_json_of_one_run_agree() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let file_name = file.to_str().unwrap();
    let asked = [
        "run",
        FLAGSHIP,
        "--json",
        "--members",
        "2",
        "--html",
        file_name,
    ];
    let (code, out, _) = sinario(&asked);
    assert_eq!(code, 0);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let page = fs::read_to_string(file).unwrap();
    assert!(page.contains(json["fingerprint"].as_str().unwrap()));
    assert!(page.contains("2판 가운데") && json["firm"]["members"] == 2);
    let futures = json["futures"]["count"].as_str().unwrap();
    let all = "11만 8098";
    assert!(
        page.contains(&format!("가능한 미래 {all}개 가운데 {futures}개가")),
        "{futures}"
    );
}
