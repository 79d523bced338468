//! How far long work is, on a terminal.

use crate::files;
use crate::speech::either;
use indicatif::{
    FormattedDuration, HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle,
};
use sinario_case::Lang;
use sinario_reading::{Progress, Work};
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
        if let Ok(style) = ProgressStyle::with_template(template(self.lang, total > 0)) {
            let style = style.progress_chars("█▉▊▋▌▍▎▏ ");
            bar.set_style(style.with_key("rate", rate).with_key("left", left));
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

/// Units done in a second, since the work began; the bar itself began later.
fn rate(state: &ProgressState, out: &mut dyn Write) {
    // The cast: a rate is shown to a digit or two.
    let rate = state.pos() as f64 / state.elapsed().as_secs_f64().max(1e-3);
    // A bar that cannot be written is not shown.
    let _ = if rate < 10.0 {
        write!(out, "{rate:.1}")
    } else {
        write!(out, "{}", HumanCount(rate as u64))
    };
}

/// Time left at that rate.
fn left(state: &ProgressState, out: &mut dyn Write) {
    let (done, all) = (state.pos(), state.len().unwrap_or(0));
    // The casts: a time is shown to a second.
    let seconds = state.elapsed().as_secs_f64() * all.saturating_sub(done) as f64 / done as f64;
    let _ = match Duration::try_from_secs_f64(seconds) {
        Ok(time) if done > 0 => write!(out, "{}", FormattedDuration(time)),
        _ => write!(out, "?"),
    };
}

fn template(lang: Lang, known: bool) -> &'static str {
    match (lang, known) {
        (Lang::En, true) => "{msg} {bar:20} {human_pos} of {human_len}, {rate}/s, {left} left",
        (Lang::En, false) => "{msg} {human_pos} done, {rate}/s, {elapsed} so far",
        (Lang::Ko, true) => "{msg} {bar:20} {human_pos}/{human_len}, {rate}/s, 남은 시간 {left}",
        (Lang::Ko, false) => "{msg} {human_pos} 마침, {rate}/s, {elapsed} 지남",
    }
}

fn name(work: Work, lang: Lang) -> String {
    let (en, ko) = match work {
        Work::Search => ("searching for consistent futures", "앞뒤가 맞는 미래 찾기"),
        Work::Basins => ("counting basins", "유역 세기"),
        Work::Settle => ("rounds till it settles", "가라앉을 때까지의 라운드"),
        Work::Unfold => ("rounds to the horizon", "그때까지의 라운드"),
        Work::Sample => ("drawing futures", "미래 뽑기"),
        Work::Facts => ("leaving out facts one by one", "사실을 하나씩 빼 보기"),
    };
    either(lang, en, ko)
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

    #[test]
    fn long_work_shows_what_is_done_and_left() {
        for lang in [Lang::Ko, Lang::En] {
            for total in [1000, 0] {
                assert!(ProgressStyle::with_template(template(lang, total > 0)).is_ok());
                let screen = indicatif::InMemoryTerm::new(10, 80);
                let mut bars = Bars::new(lang, true);
                let to = screen.clone();
                bars.target = Some(Box::new(move || {
                    ProgressDrawTarget::term_like(Box::new(to.clone()))
                }));
                bars.at(Work::Basins, 1, total);
                assert_eq!(screen.contents(), "", "it shows before its time");
                bars.patience = Duration::ZERO;
                bars.at(Work::Basins, 250, total);
                let shown = screen.contents();
                assert!(shown.contains(&name(Work::Basins, lang)), "{shown}");
                assert!(shown.contains("250") && shown.contains("/s"), "{shown}");
                assert!(total == 0 || shown.contains("1,000"), "{shown}");
                drop(bars);
                assert_eq!(screen.contents(), "", "it stays on the terminal");
            }
        }
    }
}
