//! How far long work is, on a terminal.

use crate::files;
use crate::speech::either;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use sinario_case::Lang;
use sinario_reading::{Progress, Work};
use sinario_render::words::count;
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// What takes less shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where bars are drawn.
type Target = Box<dyn Fn() -> ProgressDrawTarget + Send + Sync>;

/// Shows work that takes long: what is done, what is left, and the rate.
pub(crate) struct Bars {
    lang: Lang,
    patience: Duration,
    target: Option<Target>,
    now: Mutex<Option<Running>>,
}

struct Running {
    work: Work,
    since: Instant,
    bar: Option<ProgressBar>,
}

impl Bars {
    /// Nothing is shown where standard error is no terminal, or where quiet was asked for.
    pub fn new(lang: Lang, quiet: bool) -> Self {
        let shown = !quiet && std::io::stderr().is_terminal();
        Bars {
            lang,
            patience: PATIENCE,
            target: shown.then(|| Box::new(ProgressDrawTarget::stderr) as Target),
            now: Mutex::new(None),
        }
    }

    fn bar(&self, work: Work, since: Instant, total: u64) -> Option<ProgressBar> {
        let target = self.target.as_ref()?();
        let bar = ProgressBar::with_draw_target((total > 0).then_some(total), target);
        // The templates are tested; a bar without one would still count.
        if let Ok(style) = ProgressStyle::with_template(template(total > 0)) {
            let style = style.progress_chars("█▉▊▋▌▍▎▏ ");
            let lang = self.lang;
            let key = move |state: &ProgressState, out: &mut dyn Write| {
                // A bar that cannot be written is not shown.
                let _ = write!(out, "{}", line(work, lang, state));
            };
            bar.set_style(style.with_key("line", key));
        }
        bar.set_message(name(work, self.lang));
        Some(bar.with_elapsed(since.elapsed()))
    }
}

impl Progress for Bars {
    fn at(&self, work: Work, done: u64, total: u64) {
        if self.target.is_none() {
            return;
        }
        // Whoever comes while another is drawing does not wait.
        let Ok(mut now) = self.now.try_lock() else {
            return;
        };
        if now.as_ref().is_none_or(|r| r.work != work) {
            if let Some(bar) = now.take().and_then(|r| r.bar) {
                bar.finish_and_clear();
            }
            *now = Some(Running {
                work,
                since: Instant::now(),
                bar: None,
            });
        }
        let Some(running) = now.as_mut() else { return };
        if running.bar.is_none() && running.since.elapsed() >= self.patience {
            running.bar = self.bar(work, running.since, total);
        }
        if let Some(bar) = &running.bar {
            bar.set_position(done);
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        let running = self.now.get_mut().ok().and_then(Option::take);
        if let Some(bar) = running.and_then(|r| r.bar) {
            bar.finish_and_clear();
        }
    }
}

/// How far it is: what is done, what is left or at most left, and the rate.
fn line(work: Work, lang: Lang, state: &ProgressState) -> String {
    let (done, all) = (state.pos(), state.len());
    // The cast: a rate is shown to a digit or two. It is since the work began; the bar itself began later.
    let rate = done as f64 / state.elapsed().as_secs_f64().max(1e-3);
    let each = if rate < 10.0 {
        format!("{rate:.1}")
    } else {
        // The cast: not negative, and far below 2^64.
        number(rate as u64, lang)
    };
    let n = |n: u64| number(n, lang);
    let (units, unit) = units(work);
    match (all, work.most(), lang) {
        (Some(all), _, _) => {
            // The casts: a time is shown to a second.
            let seconds = all.saturating_sub(done) as f64 / rate;
            let left = Duration::try_from_secs_f64(seconds).map(|t| time(t, lang));
            match (left, lang) {
                (Ok(left), Lang::En) => {
                    format!(
                        "{} of {} {units}, {each} a second, {left} left",
                        n(done),
                        n(all)
                    )
                }
                (Err(_), Lang::En) => format!("{} of {} {units}", n(done), n(all)),
                (Ok(left), Lang::Ko) => {
                    format!(
                        "{}{unit} 중 {}{unit}, 1초에 {each}{unit}, {left} 남음",
                        n(all),
                        n(done)
                    )
                }
                (Err(_), Lang::Ko) => format!("{}{unit} 중 {}{unit}", n(all), n(done)),
            }
        }
        (None, Some(most), Lang::En) => format!(
            "{} {units} done, {each} a second; left: not known, {} at most",
            n(done),
            n(most.saturating_sub(done))
        ),
        (None, Some(most), Lang::Ko) => format!(
            "{}{unit} 마침, 1초에 {each}{unit}, 남은 것은 알 수 없으나 많아야 {}{unit}",
            n(done),
            n(most.saturating_sub(done))
        ),
        (None, None, Lang::En) => {
            format!("{} {units} done, {each} a second; left: not known", n(done))
        }
        (None, None, Lang::Ko) => {
            format!(
                "{}{unit} 마침, 1초에 {each}{unit}, 남은 것은 알 수 없음",
                n(done)
            )
        }
    }
}

fn number(n: u64, lang: Lang) -> String {
    count(&n.into(), lang)
}

/// `2 h 5 min`, `2시간 5분`; whole seconds below an hour.
fn time(t: Duration, lang: Lang) -> String {
    // What is begun counts, so that nothing is left only at the end.
    let seconds = t.as_secs() + u64::from(t.subsec_nanos() > 0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, lang) {
        (0, 0, Lang::En) => format!("{rest} s"),
        (0, 0, Lang::Ko) => format!("{rest}초"),
        (0, _, Lang::En) => format!("{minutes} min {rest} s"),
        (0, _, Lang::Ko) => format!("{minutes}분 {rest}초"),
        (_, _, Lang::En) => format!("{} h {minutes} min", number(hours, lang)),
        (_, _, Lang::Ko) => format!("{}시간 {minutes}분", number(hours, lang)),
    }
}

fn template(known: bool) -> &'static str {
    if known {
        "{msg} {bar:10} {line}"
    } else {
        "{msg}: {line}"
    }
}

fn name(work: Work, lang: Lang) -> String {
    let (en, ko) = match work {
        Work::Search => ("searching", "앞뒤가 맞는 미래 찾기"),
        Work::Basins => ("basins", "유역 세기"),
        Work::Settle => ("settling", "길게 보기"),
        Work::Unfold => ("unfolding", "그때까지 펼치기"),
        Work::Sample => ("drawing", "미래 뽑기"),
        Work::Facts => ("weighing facts", "사실 달아 보기"),
        Work::Change => ("smallest change", "가장 작은 수정 찾기"),
        Work::Ensemble => ("drawing judgements anew", "판단 다시 뽑기"),
        Work::Sway => ("trying judgements", "판단 옮겨 보기"),
        Work::Draws => ("drawing numbers", "수량 뽑기"),
    };
    either(lang, en, ko)
}

/// What is counted: many in English, and the counter after a number in Korean.
fn units(work: Work) -> (&'static str, &'static str) {
    match work {
        Work::Search => ("branches", "갈래"),
        Work::Basins => ("futures", "가지"),
        Work::Settle | Work::Unfold => ("rounds", "라운드"),
        Work::Sample => ("groups of chains", "묶음"),
        Work::Facts => ("facts", "개"),
        Work::Change => ("branches", "갈래"),
        Work::Ensemble => ("members", "판"),
        Work::Sway => ("ends of ranges", "번"),
        Work::Draws => ("draws", "번"),
    }
}

/// Where somebody interrupts, nothing half written stays, and the terminal's line is free again.
pub(crate) fn clean_interrupt() {
    // Where no handler can be set, an interrupt ends the program as it would without one.
    let _ = ctrlc::set_handler(|| {
        files::clean_up();
        if std::io::stderr().is_terminal() {
            eprintln!();
        }
        // As a shell counts: 128 and the number of the signal.
        std::process::exit(130);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(work: Work, done: u64, total: u64, lang: Lang) -> String {
        let screen = indicatif::InMemoryTerm::new(10, 100);
        let mut bars = Bars::new(lang, true);
        let to = screen.clone();
        bars.target = Some(Box::new(move || {
            ProgressDrawTarget::term_like(Box::new(to.clone()))
        }));
        bars.at(work, 1, total);
        assert_eq!(screen.contents(), "", "it shows before its time");
        bars.patience = Duration::ZERO;
        bars.at(work, done, total);
        let shown = screen.contents();
        drop(bars);
        assert_eq!(screen.contents(), "", "it stays on the terminal");
        shown
    }

    #[test]
    fn long_work_says_in_each_language_what_is_done_and_left() {
        let all = [
            Work::Search,
            Work::Basins,
            Work::Settle,
            Work::Unfold,
            Work::Sample,
            Work::Facts,
            Work::Change,
            Work::Ensemble,
            Work::Sway,
            Work::Draws,
        ];
        for work in all {
            for total in [20_000, 0] {
                let ko = shown(work, 2500, total, Lang::Ko);
                let unit = units(work).1;
                assert!(ko.contains(&name(work, Lang::Ko)), "{ko}");
                assert!(
                    ko.contains(&format!("2500{unit}")) && ko.contains("1초에"),
                    "{ko}"
                );
                assert!(
                    ko.contains(if total > 0 {
                        "초 남음"
                    } else {
                        "남은 것은"
                    }),
                    "{ko}"
                );
                assert!(!ko.chars().any(|c| c.is_ascii_alphabetic()), "{ko}");
                let en = shown(work, 2500, total, Lang::En);
                assert!(en.contains("2,500") && en.contains(units(work).0), "{en}");
                assert!(
                    en.contains(if total > 0 {
                        " s left"
                    } else {
                        "left: not known"
                    }),
                    "{en}"
                );
                assert!(
                    en.contains("a second") && en.is_ascii() == (total == 0),
                    "{en}"
                );
            }
        }
        // Where a bound is known, it is said.
        assert!(shown(Work::Settle, 14, 0, Lang::Ko).contains("많아야 9986라운드"));
        assert!(shown(Work::Settle, 14, 0, Lang::En).contains("9,986 at most"));
    }

    #[test]
    fn times_are_in_the_units_of_each_language() {
        let both = |s| [Lang::En, Lang::Ko].map(|lang| time(Duration::from_millis(s), lang));
        assert_eq!(both(200), ["1 s", "1초"]);
        assert_eq!(both(65_000), ["1 min 5 s", "1분 5초"]);
        assert_eq!(both(7_500_000), ["2 h 5 min", "2시간 5분"]);
    }
}
