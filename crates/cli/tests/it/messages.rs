//! Everything that the command says of itself, in both languages, with its exit code.

use super::{command, sinario};
use std::fmt::Write;

#[test]
fn help_of_every_command() {
    for lang in ["ko", "en"] {
        let mut all = String::new();
        for name in [
            "",
            "check",
            "explain",
            "run",
            "futures",
            "minds",
            "power",
            "structure",
            "tornado",
            "numbers",
            "choices",
            "story",
            "firm",
            "merge",
            "help",
        ] {
            let mut asked: Vec<&str> = [name].into_iter().filter(|n| !n.is_empty()).collect();
            asked.extend(["--help", "--lang", lang]);
            let (code, out, err) = sinario(&asked);
            assert_eq!((code, err.as_str()), (0, ""));
            let by_name = sinario(&[
                "help",
                if name.is_empty() { "help" } else { name },
                "--lang",
                lang,
            ]);
            assert!(
                name.is_empty() || by_name == (0, out.clone(), String::new()),
                "{name}"
            );
            let _ = writeln!(
                all,
                "$ sinario {}\n{out}",
                asked[..asked.len() - 2].join(" ")
            );
        }
        insta::assert_snapshot!(format!("help_{lang}"), all);
        // Without a command, help is that of the whole.
        let whole = sinario(&["help", "--lang", lang]);
        assert_eq!(whole, sinario(&["--help", "--lang", lang]));
    }
}

#[test]
fn the_introduction_follows_the_locale() {
    let version = format!("sinario {}", env!("CARGO_PKG_VERSION"));
    let said = |locale: &[(&str, &str)]| {
        let mut command = command(&[]);
        let out = command.envs(locale.iter().copied()).output().unwrap();
        assert_eq!(out.status.code(), Some(0));
        let text = String::from_utf8(out.stdout).unwrap();
        text.replace(&version, "sinario [version]")
    };
    let (ko, en) = (
        said(&[("LANG", "ko_KR.UTF-8")]),
        said(&[("LANG", "C.UTF-8")]),
    );
    // LC_ALL goes before LANG, and one that is empty is none.
    assert_eq!(
        said(&[("LC_ALL", "ko_KR.UTF-8"), ("LANG", "en_US.UTF-8")]),
        ko
    );
    assert_eq!(said(&[("LC_ALL", ""), ("LANG", "ko_KR.UTF-8")]), ko);
    insta::assert_snapshot!("introduction_ko", ko);
    insta::assert_snapshot!("introduction_en", en);
}

#[test]
fn what_stands_in_the_way_is_said_with_its_exit_code() {
    const CASE: &str = "examples/somewhereland";
    let asked: &[&[&str]] = &[
        &["check", CASE],
        &["check", "crates/cli/tests/it/broken.toml"],
        &["explain", "a0101"],
        &["explain", "E9999"],
        &["run", "no/such/case"],
        &["run", "examples"],
        &["run", "README.md/case.toml"],
        &["run", CASE, "--threads", "0"],
        &["run", CASE, "--threads", "5000"],
        &["run", CASE, "--as-of", "2024-02-30"],
        &["run", CASE, "--as-of", "soon"],
        &["tornado", CASE],
        &["tornado", CASE, "--of", "economy.dynamic@soon"],
        &["tornado", CASE, "--of", "economi.dynamic"],
        &[
            "tornado",
            CASE,
            "--of",
            "economy.dynamic",
            "--exact-up-to",
            "100",
        ],
        &["numbers", CASE],
        &["choices", CASE],
        &["numbers", CASE, "--precision", "0"],
        &["numbers", CASE, "--draws", "10"],
        &["choices", CASE, "--tolerance", "120%"],
        &["choices", CASE, "--fails-below", "lots"],
        &["run", CASE, "--max-inconsistency", "NaN"],
        &["run", CASE, "--max-inconsistency=-1"],
        &["run", CASE, "--given", "economi.dynamic"],
        &["run", CASE, "--given", "economy.dynamik"],
        &["run", CASE, "--do", "economy"],
        &[
            "run",
            CASE,
            "--given",
            "economy.dynamic",
            "--do",
            "economy.stagnant",
        ],
        &["run", CASE, "--html", "no/such/folder/report.html"],
        &["run", CASE, "--html", "examples"],
        &["run", CASE, "--html", "-", "--json"],
        &[
            "run",
            "crates/render/tests/data/founder.toml",
            "--given",
            "money.many",
        ],
        &["futures", CASE, "--why-not", "economi.dynamic"],
        &[
            "futures",
            CASE,
            "--why-not",
            "economy.dynamic",
            "--do",
            "economy.stagnant",
        ],
        &["futures", CASE, "--smallest-change", "economy.dynamik"],
        &["futures", CASE, "--smallest-change", " , "],
        &[
            "futures",
            CASE,
            "--smallest-change",
            "economy.dynamic,economy.stagnant",
        ],
        &[
            "futures",
            CASE,
            "--smallest-change",
            "economy.dynamic",
            "--do",
            "economy.stagnant",
        ],
        &["story", CASE, "--future", "0"],
        &["story", CASE, "--future", "11"],
    ];
    for lang in ["ko", "en"] {
        let mut all = String::new();
        for arguments in asked {
            let mut with_lang = arguments.to_vec();
            with_lang.extend(["--lang", lang]);
            let (code, out, err) = sinario(&with_lang);
            let _ = writeln!(all, "$ sinario {}", arguments.join(" "));
            let _ = writeln!(
                all,
                "{out}{}exit {code}\n",
                err.trim_end().to_owned() + "\n"
            );
        }
        insta::assert_snapshot!(format!("messages_{lang}"), all);
    }
}

#[test]
fn usage_errors_are_exit_2() {
    const CASE: &str = "examples/somewhereland";
    let asked: &[&[&str]] = &[
        &["nonsense"],
        &["chek", CASE],
        &["help", "nonsense"],
        &["run"],
        &["run", CASE, "another"],
        &["run", CASE, "--thread", "2"],
        &["--html", "report.html", "run", CASE],
        &["run", CASE, "--lang", "fr"],
        &["run", CASE, "--lang"],
        &["run", CASE, "--threads", "many"],
        &["run", CASE, "--threads", "99999999999999999999999"],
        &["run", CASE, "--max-inconsistency", "a lot"],
        &["run", CASE, "--seed", "1", "--seed", "2"],
        &["run", CASE, "--quiet=yes"],
        &["story", CASE, "--json", "--markdown"],
        &["futures", CASE, "--basins", "--no-basins"],
        &["futures", CASE, "--why-not"],
        &["run", CASE, "--smallest-change", "economy.dynamic"],
    ];
    for (locale, lang) in [("ko_KR.UTF-8", "ko"), ("C", "en")] {
        let mut all = String::new();
        for arguments in asked {
            let out = command(arguments).env("LANG", locale).output().unwrap();
            let err = String::from_utf8(out.stderr).unwrap();
            assert_eq!(
                (out.status.code(), out.stdout.as_slice()),
                (Some(2), &b""[..])
            );
            let hangul = err.chars().any(|c| ('가'..='힣').contains(&c));
            assert_eq!(hangul, lang == "ko", "{err}");
            let _ = writeln!(all, "$ sinario {}\n{err}", arguments.join(" "));
        }
        insta::assert_snapshot!(format!("usage_{lang}"), all);
    }
    // What is typed goes before the locale.
    assert!(
        sinario(&["--lang", "ko", "nonsense"])
            .2
            .contains("그런 명령이 없습니다")
    );
    assert!(
        sinario(&["nonsense", "--lang=ko"])
            .2
            .contains("그런 명령이 없습니다")
    );
}

#[test]
fn with_json_nothing_else_is_on_standard_output() {
    let (code, out, err) = sinario(&["check", "crates/cli/tests/it/broken.toml", "--json"]);
    assert_eq!(code, 1);
    assert!(err.contains("error[E"), "{err}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["diagnostics"][0]["line"], 5);
    for arguments in [
        &["--json"][..],
        &["story", "examples/somewhereland", "--json"],
    ] {
        let (code, out, err) = sinario(arguments);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(
            serde_json::from_str::<serde_json::Value>(&out).is_ok(),
            "{out}"
        );
    }
}

#[test]
fn advice_is_in_the_json_of_check_and_not_in_the_way_of_a_reading() {
    const CASE: &str = "tests/suite/a0203_certainty.toml";
    let (code, out, err) = sinario(&["check", CASE, "--json"]);
    assert_eq!(code, 0);
    assert!(err.contains("advice[A0203]"), "{err}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["diagnostics"][0]["severity"], "advice");
    let (code, _, err) = sinario(&["run", CASE]);
    assert_eq!((code, err.as_str()), (0, ""));
    let (code, out, _) = sinario(&["explain", "--json"]);
    assert_eq!(code, 0);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(json["pages"].as_array().unwrap().len() > 40);
}
