//! Finding what there is to say about options.

use super::outcome::outcome;
use super::{BreakEven, Choices, Choosing, Information, OptionFound, Plan, Worth, fails};
use crate::ground::{Ground, Learn, Situations};
use crate::numbers::amount::{amount, without_value};
use crate::numbers::shape::{no_shape, shape};
use crate::numbers::{Amount, FormulaOf, Situation};
use crate::translate::state_id;
use crate::{Ask, Estimate, FutureFound};
use sinario_case::formula::unit_of_options;
use sinario_case::{Case, StateRef};
use sinario_engine::State;
use sinario_engine::choice::{
    self, Judging, Look, MEASURES, Situations as Judged, Table, measures, ranks,
};
use sinario_engine::progress::{Progress, Quiet, Work};
use sinario_engine::sample::{Drawn, Sample};
use std::collections::BTreeMap;

/// Draws in each situation where options are held against each other there.
const DRAWS: u64 = 1 << 12;
/// Situations in which options are drawn again, at most; of more, those that the sample saw too few rows of.
const AGAIN: usize = 1 << 12;
/// Plans listed at most.
const PLANS: usize = 8;

/// What is found about options; `None` where none has a value.
pub(crate) fn choices(
    case: &Case,
    ask: &Ask,
    choosing: Choosing,
    ground: &Ground,
    consistent: &[FutureFound],
    progress: &dyn Progress,
) -> Option<Choices> {
    let valued = &ground.formulas.valued;
    if valued.is_empty() {
        return None;
    }
    let finding = Finding::new(case, choosing, ground, progress);
    let situations = &finding.situations;
    let listed = &finding.listed;
    let named: Vec<Situation> = listed
        .iter()
        .map(|&s| situations.found(s, consistent))
        .collect();
    let has_value = |o: &usize| valued.contains(o);
    let asked_as_is = ask.given.is_empty() && ask.held.is_empty();
    let best = finding.table.as_ref().map_or(0, Table::best);
    let found = Choices {
        drawn: ground.drawn(),
        choosing,
        unit: unit_of_options(case),
        named: situations.named.clone(),
        situations: named,
        of_situations: situations.pairs.cells.len(),
        options: finding.options(listed),
        unvalued: (0..case.options.len()).filter(|o| !has_value(o)).collect(),
        best,
        close: finding.table.as_ref().and_then(|t| close(t, best)),
        break_even: finding.break_even(),
        information: finding.information(),
        plans: finding.plans(),
        outcome: match (asked_as_is, finding.judged_by_verdicts()) {
            // What would be, were something learnt or done, cannot be held against what was.
            (true, Some(chance)) => outcome(&finding, &chance),
            _ => None,
        },
        faults: ground.faults(|o| !matches!(o.of, FormulaOf::Quantity(..))),
    };
    Some(found)
}

/// What everything about options is read off.
pub(super) struct Finding<'a> {
    pub case: &'a Case,
    pub choosing: Choosing,
    pub ground: &'a Ground,
    pub progress: &'a dyn Progress,
    /// Situations of what the options look at. In their sample, options have a value in a row only where all have one, and
    /// all that switching costs: nothing is compared over different rows.
    pub situations: Situations,
    /// The likeliest of them.
    listed: Vec<usize>,
    /// For each valued option, in how much of the probability it has a value.
    defined: Vec<f64>,
    /// For each valued option, the output of what switching to it costs.
    pub switching: Vec<Option<usize>>,
    /// `None` where there is no row in which all options have a value.
    pub table: Option<Table>,
    /// Rows drawn anew in listed situations, where that was done.
    within: BTreeMap<usize, Sample>,
    judged: Option<Judged>,
}

impl<'a> Finding<'a> {
    fn new(
        case: &'a Case,
        choosing: Choosing,
        ground: &'a Ground,
        progress: &'a dyn Progress,
    ) -> Self {
        let formulas = &ground.formulas;
        let outputs = formulas.option_outputs();
        let mut situations = Situations::new(ground, &formulas.looked_at_by_options());
        let switching: Vec<Option<usize>> = formulas
            .valued
            .iter()
            .map(|&o| formulas.switching(o))
            .collect();
        let everywhere = vec![true; situations.pairs.cells.len()];
        let sample = &situations.sample;
        let defined = outputs
            .clone()
            .map(|o| amount(sample, o, false, &everywhere).defined);
        let defined = defined.collect();
        in_all_or_none(&mut situations.sample, formulas);
        let table = Table::new(&situations.sample, &situations.pairs, outputs, &switching);
        let mut finding = Finding {
            case,
            choosing,
            ground,
            progress,
            defined,
            switching,
            judged: table.as_ref().map(Table::situations),
            within: BTreeMap::new(),
            listed: situations.likeliest(),
            situations,
            table,
        };
        finding.draw_each();
        finding
    }

    /// Expected values in each situation, from draws that are the same in all of them.
    ///
    /// Regret is a maximum over situations of a maximum over options: over draws that differ from one to the next it
    /// would pick out luck. So every situation is drawn anew, each at the same quantiles of the same sites.
    fn draw_each(&mut self) {
        let Some(judged) = &mut self.judged else {
            return;
        };
        if self.situations.sample.drawn == Drawn::Exact {
            return;
        }
        let all = self.situations.pairs.cells.len();
        let mut which: Vec<usize> = if all <= AGAIN {
            (0..all).collect()
        } else {
            judged.thin()
        };
        which.truncate(AGAIN);
        let outputs =
            self.ground.formulas.option_outputs().start..self.ground.formulas.outputs.len();
        for (done, &s) in which.iter().enumerate() {
            let only = [(s, 1.0)];
            let mut sample =
                self.ground
                    .within(&self.situations, &only, outputs.clone(), DRAWS, &Quiet);
            in_all_or_none(&mut sample, &self.ground.formulas);
            let options = self.ground.formulas.option_outputs();
            let table = Table::new(&sample, &self.situations.pairs, options, &self.switching);
            if let Some(table) = table {
                judged.put(s, &table);
            }
            if self.listed.contains(&s) {
                self.within.insert(s, sample);
            }
            self.progress
                .at(Work::Draws, done as u64 + 1, which.len() as u64);
        }
    }

    pub(super) fn endless(&self, option: usize) -> bool {
        let formulas = &self.ground.formulas;
        formulas.endless(FormulaOf::Option(formulas.valued[option], None))
    }

    /// The output of an option, by position among those with a value.
    pub(super) fn output(&self, option: usize) -> usize {
        self.ground.formulas.option_outputs().start + option
    }

    fn options(&self, listed: &[usize]) -> Vec<OptionFound> {
        let count = self.ground.formulas.valued.len();
        let enough = self.choosing.fails_below;
        let judging = Judging {
            optimism: self.choosing.optimism,
            enough,
        };
        let by_measure = match &self.judged {
            Some(judged) => measures(&judged.values(), &judging),
            None => vec![[f64::NAN; MEASURES.len()]; count],
        };
        let ranked: Vec<Vec<u32>> = MEASURES
            .iter()
            .enumerate()
            .map(|(m, &measure)| {
                let of: Vec<f64> = by_measure.iter().map(|of| of[m]).collect();
                ranks(measure, &of)
            })
            .collect();
        let worst = self.judged.as_ref().and_then(Judged::max_regret);
        let breadth = self.judged.as_ref().map_or(f64::NAN, Judged::breadth);
        (0..count)
            .map(|o| {
                let mut found = self.option(o, listed, self.choosing.tolerance * breadth);
                found.measures = by_measure[o].to_vec();
                found.ranks = ranked.iter().map(|of| of[o]).collect();
                if let Some((regret, situation)) = worst.as_ref().map(|w| &w[o]) {
                    found.max_regret = (regret.value, self.situations.states(*situation));
                }
                found
            })
            .collect()
    }

    /// An option but for its measures.
    fn option(&self, o: usize, listed: &[usize], tolerance: f64) -> OptionFound {
        let (sample, output, endless) = (&self.situations.sample, self.output(o), self.endless(o));
        let everywhere = vec![true; self.situations.pairs.cells.len()];
        let mut found = OptionFound {
            option: self.ground.formulas.valued[o],
            value: without_value(endless),
            shape: no_shape(),
            shortfall: f64::NAN,
            best_in: NOTHING,
            by_situation: vec![None; listed.len()],
            regret: vec![f64::NAN; listed.len()],
            max_regret: (f64::NAN, Vec::new()),
            robust: f64::NAN,
            measures: Vec::new(),
            ranks: Vec::new(),
            fails: None,
        };
        found.value.defined = self.defined[o];
        let (Some(table), Some(judged)) = (&self.table, &self.judged) else {
            return found;
        };
        let tolerance = if tolerance.is_nan() { 0.0 } else { tolerance };
        let valued = table.valued(o, tolerance);
        found.value = Amount {
            defined: self.defined[o],
            ..amount(sample, output, endless, &everywhere)
        };
        found.shape = shape(sample, output);
        found.shortfall = valued.shortfall;
        found.best_in = valued.best_in;
        found.robust = valued.robust.value;
        found.fails = fails::fails(self, table, o);
        for (at, &s) in listed.iter().enumerate() {
            found.by_situation[at] = self.in_situation(judged, s, output, endless);
            if let Some(regret) = judged.cells[s].regret.get(o)
                && judged.cells[s].judged
            {
                found.regret[at] = regret.value;
            }
        }
        found
    }

    /// An option in one situation, over the rows that its regret there rests on.
    fn in_situation(
        &self,
        judged: &Judged,
        situation: usize,
        output: usize,
        endless: bool,
    ) -> Option<Amount> {
        if !judged.cells[situation].judged {
            return None;
        }
        let mut inside = vec![false; self.situations.pairs.cells.len()];
        inside[situation] = true;
        let sample = self.within.get(&situation);
        let sample = sample.unwrap_or(&self.situations.sample);
        Some(amount(sample, output, endless, &inside))
    }

    /// P(outcome and situation) of each outcome of what could be learnt.
    fn sources(&self) -> impl Iterator<Item = (Learn, &Vec<Vec<f64>>)> {
        let joint = self.situations.pairs.joint.iter();
        self.ground.sources.iter().copied().zip(joint)
    }

    fn break_even(&self) -> Vec<BreakEven> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (learn, joint) in self.sources() {
            let Learn::Driver(driver) = learn else {
                continue;
            };
            let two = joint.len() == 2;
            for hangs in table.break_even(joint) {
                // Of two states, the second's probability says nothing that the first's does not.
                if two && hangs.outcome == 1 {
                    continue;
                }
                // The cast: a checked driver has at most 4096 states.
                let state = state_id(State(hangs.outcome as u16));
                let best = hangs.best.iter().map(|p| (p.from, p.option)).collect();
                let even = BreakEven {
                    state: StateRef { driver, state },
                    now: hangs.now,
                    best,
                };
                found.push((hangs.distance(), even));
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.into_iter().map(|(_, even)| even).collect()
    }

    fn information(&self) -> Information {
        let (Some(table), Some(judged)) = (&self.table, &self.judged) else {
            return Information {
                everything: NOTHING,
                situation: NOTHING,
                drivers: Vec::new(),
                signposts: Vec::new(),
                tests: Vec::new(),
            };
        };
        let size = table.mean(table.best()).value.abs();
        let (mut drivers, mut signposts, mut tests) = (Vec::new(), Vec::new(), Vec::new());
        for (learn, joint) in self.sources() {
            let worth = |cost| worth(table.worth(joint), cost, size);
            match learn {
                Learn::Driver(d) => drivers.push((d, worth(None))),
                Learn::Signpost(s) => signposts.push((s, worth(self.case.signposts[s].cost))),
                Learn::Test(t) => tests.push((t, worth(self.case.tests[t].cost))),
                Learn::Verdicts => {}
            }
        }
        // Most valuable first; ties in declared order.
        drivers.sort_by(|a, b| b.1.gross.value.total_cmp(&a.1.gross.value));
        signposts.sort_by(|a, b| b.1.gross.value.total_cmp(&a.1.gross.value));
        tests.sort_by(|a, b| b.1.gross.value.total_cmp(&a.1.gross.value));
        Information {
            everything: table.everything(),
            situation: table.situation(judged),
            drivers,
            signposts,
            tests,
        }
    }

    fn plans(&self) -> Vec<Plan> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let mut signposts = Vec::new();
        let mut looks = Vec::new();
        for (learn, joint) in self.sources() {
            if let Learn::Signpost(s) = learn {
                signposts.push(s);
                let cost = self.case.signposts[s].cost.unwrap_or(0.0);
                looks.push(Look { joint, cost });
            }
        }
        let best = table.best();
        let mut found: Vec<choice::Plan> = Vec::new();
        for plan in table.plans(&looks) {
            // To begin with one and switch to the other when it shows is, where neither costs anything to switch to, to
            // begin with the other and switch when it does not: what begins with the best option stands for both.
            let same = |p: &choice::Plan| {
                let gap = (p.gain.value - plan.gain.value).abs();
                p.look == plan.look
                    && (p.begin, p.switch_to) == (plan.switch_to, plan.begin)
                    && p.outcome != plan.outcome
                    && gap <= ROUNDING * p.value.value.abs()
            };
            match found.iter_mut().find(|p| same(p)) {
                Some(twin) if plan.begin == best => *twin = plan,
                Some(_) => {}
                None => found.push(plan),
            }
        }
        let plan = |p: choice::Plan| Plan {
            begin: p.begin,
            signpost: signposts[p.look],
            when_seen: p.outcome == 0,
            switch_to: p.switch_to,
            value: p.value,
            gain: p.gain,
            switching: p.switching,
        };
        found.into_iter().map(plan).take(PLANS).collect()
    }

    /// P(the verdicts | situation), by situation, where there are any that the options look at.
    fn judged_by_verdicts(&self) -> Option<Vec<f64>> {
        let (_, joint) = self
            .sources()
            .find(|(learn, _)| *learn == Learn::Verdicts)?;
        let cells = &self.situations.pairs.cells;
        let chance =
            |(both, cell): (&f64, &sinario_engine::belief::pairs::Cell)| both / cell.probability;
        Some(joint[0].iter().zip(cells).map(chance).collect())
    }
}

/// Differences of this share are rounding.
const ROUNDING: f64 = 1e-12;

/// What is not known.
const NOTHING: Estimate = Estimate {
    value: f64::NAN,
    error: None,
};

/// Rows in which an option, or what switching costs, has no value have none for any.
pub(super) fn in_all_or_none(sample: &mut Sample, formulas: &crate::formulas::Formulas) {
    let wanted = formulas.option_outputs().start..sample.outputs.len();
    for row in 0..sample.cells.len() {
        let whole = |o: usize| sample.outputs[o].get(row).is_some_and(|v| v.is_finite());
        if !wanted.clone().all(whole) {
            for output in wanted.clone() {
                if let Some(value) = sample.outputs[output].get_mut(row) {
                    *value = f64::NAN;
                }
            }
        }
    }
}

/// The second best, where it is within two standard errors of the difference, or no worse at all.
fn close(table: &Table, best: usize) -> Option<usize> {
    let mut second: Option<(usize, Estimate)> = None;
    for o in (0..table.options()).filter(|&o| o != best) {
        let behind = table.difference(best, o);
        if second.is_none_or(|(_, least)| behind.value < least.value) {
            second = Some((o, behind));
        }
    }
    let (second, behind) = second?;
    let rounding = ROUNDING * table.mean(best).value.abs();
    let error = behind.error.unwrap_or(0.0);
    (behind.value <= (2.0 * error).max(rounding)).then_some(second)
}

fn worth(found: choice::Worth, cost: Option<f64>, size: f64) -> Worth {
    // Where nothing that is learnt changes the choice, all that is left of the difference is rounding.
    let cut = |x: f64| if x <= ROUNDING * size { 0.0 } else { x };
    let outcomes = found.outcomes.into_iter();
    Worth {
        gross: Estimate {
            value: cut(found.gross.value),
            error: found.gross.error.map(cut),
        },
        cost,
        outcomes: outcomes
            .map(|l| (l.probability, l.best, l.values))
            .collect(),
    }
}
