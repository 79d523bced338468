//! The facts beside each other, as a table of competing hypotheses, and what carries the leading state.

use sinario_case::{Case, DriverId, FactId, StateId};
use sinario_engine::belief::{self, Belief, Estimate};
use sinario_engine::hypotheses::{self as matrix, TOOLS, diagnosticity, letters};

pub use matrix::{Diagnosticity, Letter, Level, Tool};

/// The states of a driver as competing hypotheses.
#[derive(Clone, Debug, Default)]
pub struct Hypotheses {
    /// Each used fact that the case sets beside the states of this driver, in the order of
    /// [`Reading::used`](crate::Reading::used); none where the driver is held, or known today.
    pub facts: Vec<Hypothesised>,
    /// Used facts that reach this driver, if at all, only through others; they are in no row.
    pub elsewhere: usize,
    /// What known tools make of the rows; those that do not apply are left out. Nothing without rows.
    pub scores: Vec<Scored>,
    /// The groups to which facts of the rows belong, with all used facts of each, if several.
    pub groups: Vec<Group>,
    /// What carries the leading state.
    pub linchpins: Linchpins,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub struct Hypothesised {
    /// The fact.
    pub fact: FactId,
    /// P(fact | state) by state; not a number where the state is ruled out before all facts.
    pub likelihood: Vec<Estimate>,
    /// The same in letters, relative to the state that expects the fact most.
    pub letters: Vec<Option<Letter>>,
    /// From the trust in its grade; medium where it has none. Relevance is medium for all, since no case judges it.
    pub credibility: Level,
    /// How well it could tell the states apart, in bits.
    pub diagnosticity: Estimate,
    /// How much it did tell, in bits.
    pub told: Estimate,
    /// The same in the ways of known tools.
    pub classic: Option<Diagnosticity>,
    /// Position in [`Hypotheses::groups`].
    pub group: Option<usize>,
}

/// Facts that count as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// All used facts of it, several.
    pub facts: Vec<FactId>,
}

impl Group {
    /// The author's name for it.
    pub fn name<'a>(&self, case: &'a Case) -> &'a str {
        name(case, &self.facts).unwrap_or_default()
    }
}

/// The name of the group of the first of some facts.
fn name<'a>(case: &'a Case, facts: &[FactId]) -> Option<&'a str> {
    case.facts[facts.first()?.0].group.as_deref()
}

/// What one tool makes of a table.
#[derive(Clone, Debug)]
pub struct Scored {
    /// The tool, by its way to score.
    pub tool: Tool,
    /// By state.
    pub values: Vec<Option<f64>>,
    /// The states that it prefers: all that are equally good.
    pub best: Vec<StateId>,
}

/// The fewest facts without which another state would lead; a whole group counts as one.
#[derive(Clone, Debug, Default)]
pub struct Linchpins {
    /// All such sets, those first without which the other state leads most.
    pub sets: Vec<Linchpin>,
    /// All sets of up to so many members were tried, 0 … 3.
    pub tried: usize,
    /// Whether sets of more members were left untried because of the work.
    pub more: bool,
}

/// Facts without which another state would lead.
#[derive(Clone, Debug)]
pub struct Linchpin {
    /// The facts, in order.
    pub facts: Vec<FactId>,
    /// Whether they are a whole group.
    pub whole_group: bool,
    /// The state that would lead.
    pub leads: StateId,
    /// The belief without them, by state.
    pub without: Vec<Estimate>,
}

impl Linchpin {
    /// The author's name for the group that they are, where they are a whole one.
    pub fn group<'a>(&self, case: &'a Case) -> Option<&'a str> {
        name(case, &self.facts).filter(|_| self.whole_group)
    }
}

/// What the engine found for the driver at place `at` of those that are read, under the names of the case.
pub(crate) fn hypotheses(
    case: &Case,
    driver: DriverId,
    at: usize,
    used: &[FactId],
    belief: &Belief,
) -> Hypotheses {
    let Some(found) = belief.hypotheses.get(at) else {
        return Hypotheses::default();
    };
    let place = |f: &sinario_engine::Fact| used[f.0 as usize];
    let all = groups(case, used);
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of = |fact: FactId| {
        let group = all.iter().find(|g| g.facts.contains(&fact))?;
        let known = groups.iter().position(|g| g == group);
        Some(known.unwrap_or_else(|| {
            groups.push(group.clone());
            groups.len() - 1
        }))
    };
    let mut rows = Vec::new();
    let mut facts = Vec::new();
    for bearing in &found.facts {
        let fact = place(&bearing.fact);
        let grade = case.facts[fact.0].grade;
        let chances: Vec<f64> = bearing.likelihood.iter().map(|e| e.value).collect();
        let row = matrix::Row {
            letters: letters(&chances),
            // A fact that nobody graded is fully trusted in belief; in a table of this kind it is medium, which is
            // what the tools take where nobody has judged.
            credibility: grade.map_or(Level::Medium, |g| Level::of_trust(case.trust.of(Some(g)))),
            relevance: Level::Medium,
            source: grade.map(|g| g.letter),
        };
        facts.push(Hypothesised {
            fact,
            likelihood: bearing.likelihood.clone(),
            letters: row.letters.clone(),
            credibility: row.credibility,
            diagnosticity: bearing.diagnosticity,
            told: bearing.told,
            classic: diagnosticity(&row),
            group: group_of(fact),
        });
        rows.push(row);
    }
    let scored = |tool: Tool| {
        Some(Scored {
            tool,
            values: tool.of(&rows)?,
            best: tool.best(&rows).into_iter().map(StateId).collect(),
        })
    };
    Hypotheses {
        elsewhere: if facts.is_empty() {
            0
        } else {
            used.len() - facts.len()
        },
        scores: TOOLS.into_iter().filter_map(scored).collect(),
        facts,
        groups,
        linchpins: linchpins(&found.linchpins, used, &all, &belief.now[driver.0]),
    }
}

/// Groups of several used facts.
fn groups(case: &Case, used: &[FactId]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for &fact in used {
        let Some(group) = &case.facts[fact.0].group else {
            continue;
        };
        match groups.iter_mut().find(|g| g.name(case) == group) {
            Some(group) => group.facts.push(fact),
            None => groups.push(Group { facts: vec![fact] }),
        }
    }
    groups.retain(|g| g.facts.len() > 1);
    groups
}

fn linchpins(
    found: &belief::Linchpins,
    used: &[FactId],
    groups: &[Group],
    now: &[Estimate],
) -> Linchpins {
    let led = (0..now.len()).fold(0, |best, s| match now[s].value > now[best].value {
        true => s,
        false => best,
    });
    let one = |l: &belief::Linchpin| {
        let facts: Vec<FactId> = l.facts.iter().map(|f| used[f.0 as usize]).collect();
        Linchpin {
            whole_group: groups.iter().any(|g| g.facts == facts),
            facts,
            leads: crate::translate::state_id(l.leads),
            without: l.without.clone(),
        }
    };
    let mut sets: Vec<Linchpin> = found.sets.iter().map(one).collect();
    let lead = |l: &Linchpin| l.without[l.leads.0].value - l.without[led].value;
    sets.sort_by(|a, b| lead(b).total_cmp(&lead(a)));
    Linchpins {
        sets,
        tried: found.tried,
        more: found.more,
    }
}
