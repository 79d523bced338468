//! The report in a real browser: nothing scrolls sideways, and no label is cut or lies on another.
//!
//! The browser is `SINARIO_BROWSER`, else `chromium` on the path. Where none is found the test says so and ends, but in CI (`CI=true`)
//! it fails.

use crate::choices::fixture::{found, long, with};
use crate::report::examples;
use crate::terminal::reading;
use sinario_case::Lang;
use sinario_reading::{Ask, Reading};
use sinario_render::html;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

/// A phone, a tablet, a desk: CSS pixels.
const WIDTHS: [u32; 3] = [360, 768, 1280];

/// A sheet of A4 between its margins, in CSS pixels.
const PAPER: [u32; 1] = [718];

/// One page holds all reports in frames, since a frame may be narrower than a browser's window; each report sends what it measured.
const HOST: &str = r#"<!DOCTYPE html><meta charset="utf-8"><body><pre id="found"></pre><script>
addEventListener("message", e => { document.getElementById("found").append(e.data + "\n"); });
</script>
"#;

/// Measures a report once as it opens and once with all its details open. What a label covers is taken from its baseline and size, not
/// from the font's line box, which is taller than any letter.
const PROBE: &str = r#"<script>addEventListener("load", async () => {
  const name = document.documentElement.dataset.name, found = [];
  await document.fonts.ready;
  const wide = state => {
    const e = document.documentElement;
    if (e.scrollWidth > innerWidth) found.push(`${state}: ${e.scrollWidth} px in ${innerWidth}`);
  };
  wide("closed");
  for (const d of document.querySelectorAll("details")) d.open = true;
  wide("open");
  for (const cell of document.querySelectorAll("td")) {
    const width = cell.getBoundingClientRect().width, size = parseFloat(getComputedStyle(cell).fontSize);
    if (width && width < 5 * size && cell.textContent.length > 20) found.push(`a cell of ${width.toFixed(0)} px: “${cell.textContent.slice(0, 40)}”`);
  }
  if (name.endsWith("-paper")) {
    for (const d of document.querySelectorAll(".scroll")) {
      if (d.scrollWidth > d.clientWidth + 1) found.push(`${d.getAttribute("aria-label")}: the table is cut, ${d.scrollWidth} px in ${d.clientWidth}`);
    }
  }
  let labels = 0;
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const scale = frame.width / svg.viewBox.baseVal.width, title = svg.querySelector("title").textContent;
    const boxes = [...svg.querySelectorAll("text")].filter(t => t.textContent.trim()).map(t => {
      const b = t.getBoundingClientRect(), size = parseFloat(getComputedStyle(t).fontSize) * scale;
      const base = frame.top + parseFloat(t.getAttribute("y")) * scale;
      return { text: t.textContent, left: b.left, right: b.right, top: base - 0.82 * size, bottom: base + 0.2 * size };
    });
    labels += boxes.length;
    boxes.forEach((a, i) => {
      const out = Math.max(frame.left - a.left, a.right - frame.right, frame.top - a.top, a.bottom - frame.bottom);
      if (out > 1) found.push(`${title}: “${a.text}” is cut by ${out.toFixed(1)} px`);
      for (const b of boxes.slice(i + 1)) {
        const over = Math.min(a.right, b.right) - Math.max(a.left, b.left), deep = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (over > 3 && deep > 3) found.push(`${title}: “${a.text}” lies on “${b.text}” by ${over.toFixed(1)} × ${deep.toFixed(1)} px`);
      }
    });
  }
  parent.postMessage(`@${name} ${innerWidth} ${getComputedStyle(document.body).backgroundColor} ${labels}\n${found.map(f => "!" + name + ": " + f).join("\n")}`, "*");
});</script></head>"#;

const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
const DARK: &str = "@media (prefers-color-scheme: dark)";

#[test]
fn every_label_is_whole_and_nothing_scrolls_sideways() {
    let mut cases: Vec<(String, Reading)> = examples()
        .into_iter()
        .map(|(n, r)| (n.to_owned(), r))
        .collect();
    cases.extend([2, 3, 4, 5, 8, 13, 16].map(|n| (format!("ring{n}"), ring(n))));
    whole("frames", cases);
}

#[test]
fn every_label_of_options_is_whole() {
    let mut cases: Vec<(String, Reading)> = [(1, true), (2, false), (4, true)]
        .map(|(n, drawn)| (format!("options{n}"), with(found(n, drawn))))
        .into();
    cases.push(("long".to_owned(), long()));
    whole("options", cases);
}

/// No label of these reports is cut or lies on another, and nothing scrolls sideways.
fn whole(name: &str, cases: Vec<(String, Reading)>) {
    let Some(browser) = browser() else { return };
    let folder = folder(name);
    let mut host = HOST.to_owned();
    let mut frames = Vec::new();
    for (case, reading) in cases {
        for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
            let page = html(&reading, lang);
            for theme in ["light", "dark", "paper"] {
                let name = format!("{case}-{tag}-{theme}");
                fs::write(
                    folder.join(format!("{name}.html")),
                    copy(&page, &name, theme),
                )
                .unwrap();
                for width in if theme == "paper" {
                    &PAPER[..]
                } else {
                    &WIDTHS
                } {
                    frames.push(format!("{name} {width}"));
                    let _ = writeln!(
                        host,
                        "<iframe src=\"{name}.html\" style=\"border:0;height:900px;width:{width}px\"></iframe>"
                    );
                }
            }
        }
    }
    fs::write(folder.join("host.html"), host).unwrap();
    let address = format!("file://{}", folder.join("host.html").display());
    let dump = run(
        &browser,
        &folder,
        &[
            "--window-size=1400,900",
            "--virtual-time-budget=20000",
            "--dump-dom",
            &address,
        ],
    );
    let said: Vec<&str> = dump
        .split_once("<pre id=\"found\">")
        .and_then(|(_, after)| after.split_once("</pre>"))
        .map(|(found, _)| found.lines().filter(|l| !l.is_empty()).collect())
        .unwrap_or_default();
    let mut measured = 0;
    for frame in &frames {
        let line = said.iter().find(|l| l.starts_with(&format!("@{frame} ")));
        let line = line.unwrap_or_else(|| panic!("nothing heard of {frame}: {dump}"));
        let paper = match frame {
            f if f.contains("-dark ") => "rgb(20, 23, 27)",
            f if f.contains("-paper ") => "rgb(255, 255, 255)",
            _ => "rgb(252, 251, 248)",
        };
        assert!(line.contains(paper), "{line}");
        let labels: usize = line.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(labels > 20, "{line}");
        measured += labels;
    }
    println!("{measured} labels in {} pages", frames.len());
    let bad: Vec<&str> = said.into_iter().filter(|l| l.starts_with('!')).collect();
    assert!(
        bad.is_empty(),
        "{} findings:\n{}",
        bad.len(),
        bad.join("\n")
    );
}

#[test]
fn the_report_prints() {
    let Some(browser) = browser() else { return };
    let folder = folder("print");
    let (_, reading) = examples().remove(0);
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        let page = folder.join(format!("{tag}.html"));
        let pdf = folder.join(format!("{tag}.pdf"));
        fs::write(&page, html(&reading, lang)).unwrap();
        let address = format!("file://{}", page.display());
        run(
            &browser,
            &folder,
            &[
                "--no-pdf-header-footer",
                &format!("--print-to-pdf={}", pdf.display()),
                &address,
            ],
        );
        let bytes = fs::read(&pdf).unwrap();
        let count = |what: &[u8]| bytes.windows(what.len()).filter(|w| *w == what).count();
        let sheets = count(b"/Type /Page") - count(b"/Type /Pages");
        // With all its details opened; a table in which words stood letter below letter once made it 167.
        assert!((20..100).contains(&sheets), "{tag}: {sheets} sheets");
        assert!(
            bytes.starts_with(b"%PDF-") && bytes.len() > 100_000,
            "{} bytes",
            bytes.len()
        );
    }
}

/// A case of `n` drivers around a ring, each with long names and short ones in turn; none is known today, one is a mind with facts that
/// come in quick succession, and the verdict meets a chance near that of knowing nothing.
fn ring(n: usize) -> Reading {
    let mut text = "sinario = 1\ntitle = { ko = \"고리\", en = \"Ring\" }\nas_of = 2024-06-30\nhorizon = 2025-01-01\n[actors.i]\n".to_owned();
    let long = "{ ko = \"모두가 오래도록 기다려 온 아주 커다란 변화가 일어남\", en = \"Considerable disappointment all over the neighbourhood\" }";
    let short = "{ ko = \"예\", en = \"Yes\" }";
    for d in 0..n {
        let (kind, states) = if d == 0 {
            (
                "kind = \"mind\"\nactor = \"i\"\n",
                format!("a = {long}, b = {short}, c = {long}, d = {short}"),
            )
        } else {
            (
                "",
                format!(
                    "a = {}, b = {}",
                    if d % 3 == 0 { short } else { long },
                    if d % 3 == 0 { long } else { short }
                ),
            )
        };
        let name = if d % 2 == 0 { long } else { short };
        let _ = write!(
            text,
            "[drivers.d{d}]\nname = {name}\n{kind}states = {{ {states} }}\n"
        );
    }
    for d in 0..n {
        let rest = if (d + 1) % n == 0 {
            "c = 0, d = 0, "
        } else {
            ""
        };
        let _ = write!(
            text,
            "[[impacts]]\nfrom = \"d{d}.a\"\non = \"d{}\"\nscore = {{ {rest}a = 2, b = -2 }}\n",
            (d + 1) % n
        );
    }
    for f in 0..9 {
        let p = 0.1 + 0.08 * f64::from(f);
        let _ = write!(
            text,
            "[facts.f{f}]\non = 2024-05-1{f}\ntext = {long}\nexpected.d0 = {{ a = {p:.2}, b = 0.5, c = 0.3, d = {:.2} }}\n",
            0.9 - p
        );
    }
    text.push_str("[stories.s]\ntitle = \"S\"\nfuture = { d0 = \"a\", d1 = \"b\" }\n[signposts.s]\ntext = \"S\"\nexpected.d0 = { a = 0.5, b = 0.1, c = 0.5, d = 0.5 }\n");
    text.push_str("[verdicts.d0]\nstate = \"a\"\non = 2024-12-01\n[verdicts.d1]\nstate = \"b\"\non = 2024-12-01\n");
    reading(text.as_bytes(), Ask::default())
}

/// The report as it is, but with a script, a name and a theme that does not ask the system.
fn copy(page: &str, name: &str, theme: &str) -> String {
    assert!(page.contains(POLICY) && page.contains(DARK) && page.contains("@media print"));
    let scheme = if theme == "dark" {
        "@media all"
    } else {
        "@media not all"
    };
    let print = if theme == "paper" {
        "@media all"
    } else {
        "@media print"
    };
    page.replace(POLICY, "")
        .replace("@media print", print)
        .replace(DARK, scheme)
        .replacen("<html ", &format!("<html data-name=\"{name}\" "), 1)
        .replacen("</head>", PROBE, 1)
}

fn browser() -> Option<PathBuf> {
    let found = env::var_os("SINARIO_BROWSER")
        .filter(|p| !p.is_empty())
        .map(PathBuf::from)
        .or_else(|| {
            let path = env::var_os("PATH")?;
            env::split_paths(&path)
                .map(|p| p.join("chromium"))
                .find(|p| p.is_file())
        });
    if found.is_none() {
        let why = "no browser: set SINARIO_BROWSER or install chromium and fonts-noto-cjk";
        assert!(env::var("CI").as_deref() != Ok("true"), "{why}");
        println!("skipped: {why}");
    }
    found
}

/// A new empty folder beside the tests' programs.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("report-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What the browser writes. It gets two minutes.
fn run(browser: &Path, folder: &Path, arguments: &[&str]) -> String {
    let out = folder.join("out");
    let mut child = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .args(arguments)
        .stdout(fs::File::create(&out).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = wait(&mut child, Duration::from_secs(120));
    assert!(status, "the browser failed, or took too long");
    fs::read_to_string(out).unwrap()
}

/// Whether the program ended well in time; if not in time, it is ended.
fn wait(child: &mut Child, most: Duration) -> bool {
    let from = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        if from.elapsed() > most {
            child.kill().unwrap();
            child.wait().unwrap();
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
