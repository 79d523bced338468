//! Small random studies, as a text for the reading and as a tree for the plain enumeration.

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 33) as usize % n
    }

    fn number(&mut self) -> f64 {
        self.below(61) as f64 - 30.0
    }

    /// 0.05 … 0.95.
    pub fn chance(&mut self) -> f64 {
        (self.below(19) + 1) as f64 / 20.0
    }
}

/// A part of a formula. A Bernoulli number knows which of all it is.
pub enum Part {
    Number(f64),
    Quantity(usize),
    If(usize, usize, Box<Part>, Box<Part>),
    Two(char, Box<Part>, Box<Part>),
    Least(Box<Part>, Box<Part>),
    Bernoulli(usize, f64),
}

/// A formula with its alternatives.
pub struct Written {
    pub value: Part,
    pub when: Vec<(usize, usize, Part)>,
}

pub struct Driver {
    pub states: usize,
    pub mind: bool,
    pub prior: Vec<f64>,
    pub today: Option<usize>,
}

/// P(seen | state) by driver.
pub type Expected = Vec<(usize, Vec<f64>)>;

/// A study whose impacts all go from a driver to a later one.
pub struct Study {
    pub drivers: Vec<Driver>,
    /// From driver and state, on driver, points by state.
    pub impacts: Vec<(usize, usize, usize, Vec<i32>)>,
    /// P(fact | state) of a driver.
    pub fact: (usize, Vec<f64>),
    /// P(seen | state) of one or two drivers, and what looking costs.
    pub signposts: Vec<(Expected, f64)>,
    pub quantities: Vec<Written>,
    pub options: Vec<Written>,
    /// What it costs to switch to each option.
    pub switching: Vec<Option<f64>>,
    pub verdicts: Vec<(usize, usize)>,
    pub bernoullis: usize,
}

impl Study {
    pub fn new(dice: &mut Dice) -> Study {
        let count = 2 + dice.below(2);
        let drivers: Vec<Driver> = (0..count)
            .map(|_| {
                let states = 2 + dice.below(2);
                let mind = dice.below(3) == 0;
                Driver {
                    states,
                    mind,
                    prior: (0..states).map(|_| dice.chance()).collect(),
                    today: (!mind && dice.below(2) == 0).then(|| dice.below(states)),
                }
            })
            .collect();
        let mut impacts = Vec::new();
        for on in 1..count {
            for from in 0..on {
                for state in 0..drivers[from].states {
                    if dice.below(3) > 0 {
                        let points = (0..drivers[on].states).map(|_| dice.below(7) as i32 - 3);
                        impacts.push((from, state, on, points.collect()));
                    }
                }
            }
        }
        let chances = |dice: &mut Dice, d: usize| -> Vec<f64> {
            (0..drivers[d].states).map(|_| dice.chance()).collect()
        };
        let d = dice.below(count);
        let fact = (d, chances(dice, d));
        let signposts = (0..1 + dice.below(2))
            .map(|_| {
                let first = dice.below(count);
                let mut expected = vec![(first, chances(dice, first))];
                if dice.below(2) == 0 {
                    let second = (first + 1) % count;
                    expected.push((second, chances(dice, second)));
                }
                (expected, dice.below(3) as f64)
            })
            .collect();
        let mut writing = Writing {
            dice,
            drivers: &drivers,
            quantities: 0,
            bernoullis: 0,
        };
        let quantities = (0..2)
            .map(|_| {
                let written = writing.written(1);
                writing.quantities += 1;
                written
            })
            .collect();
        let options: Vec<Written> = (0..2 + writing.dice.below(2))
            .map(|_| writing.written(2))
            .collect();
        let bernoullis = writing.bernoullis;
        let switching = options
            .iter()
            .map(|_| (dice.below(2) == 0).then(|| dice.below(5) as f64))
            .collect();
        let verdicts = (0..count)
            .filter(|_| dice.below(2) == 0)
            .collect::<Vec<usize>>();
        let verdicts = verdicts
            .into_iter()
            .map(|d| (d, dice.below(drivers[d].states)))
            .collect();
        Study {
            impacts,
            fact,
            signposts,
            quantities,
            options,
            switching,
            verdicts,
            bernoullis,
            drivers,
        }
    }

    pub fn text(&self) -> String {
        let table = |name: &str, of: &[f64]| {
            let of = of.iter().enumerate().map(|(s, p)| format!("s{s} = {p}"));
            format!("{name} = {{ {} }}\n", of.collect::<Vec<_>>().join(", "))
        };
        let mut text =
            String::from("sinario = 1\ntitle = \"Random\"\nas_of = 2024-01-01\n[actors.a]\n");
        for (d, driver) in self.drivers.iter().enumerate() {
            text += &format!("[drivers.d{d}]\n");
            let states = (0..driver.states).map(|s| format!("s{s} = \"S{s}\""));
            text += &format!("states = {{ {} }}\n", states.collect::<Vec<_>>().join(", "));
            text += &table("prior", &driver.prior);
            if driver.mind {
                text += "kind = \"mind\"\nactor = \"a\"\n";
            }
            if let Some(today) = driver.today {
                text += &format!("today = \"s{today}\"\n");
            }
        }
        for (from, state, on, points) in &self.impacts {
            let points = points
                .iter()
                .enumerate()
                .map(|(s, p)| format!("s{s} = {p}"));
            let points = points.collect::<Vec<_>>().join(", ");
            text += &format!(
                "[[impacts]]\nfrom = \"d{from}.s{state}\"\non = \"d{on}\"\nscore = {{ {points} }}\n"
            );
        }
        text += "[facts.f]\non = 2023-01-01\ntext = \"F\"\n[facts.f.expected]\n";
        text += &table(&format!("d{}", self.fact.0), &self.fact.1);
        for (s, (expected, cost)) in self.signposts.iter().enumerate() {
            text += &format!(
                "[signposts.s{s}]\ntext = \"S\"\ncost = {cost}\n[signposts.s{s}.expected]\n"
            );
            for (d, chances) in expected {
                text += &table(&format!("d{d}"), chances);
            }
        }
        for (q, quantity) in self.quantities.iter().enumerate() {
            text += &format!("[quantities.q{q}]\n{}", quantity.text("formula"));
        }
        for (o, option) in self.options.iter().enumerate() {
            text += &format!("[options.o{o}]\n{}", option.text("value"));
            if let Some(cost) = self.switching[o] {
                text += &format!("switching = \"{cost}\"\n");
            }
        }
        for (d, s) in &self.verdicts {
            text += &format!(
                "[verdicts.d{d}]\nstate = \"s{s}\"\non = 2025-01-01\nsource = \"https://example.org\"\n"
            );
        }
        text
    }
}

struct Writing<'a> {
    dice: &'a mut Dice,
    drivers: &'a [Driver],
    quantities: usize,
    bernoullis: usize,
}

impl Writing<'_> {
    fn written(&mut self, depth: usize) -> Written {
        let value = self.part(depth);
        let mut when = Vec::new();
        for d in 0..self.drivers.len() {
            if self.dice.below(3) == 0 {
                let state = self.dice.below(self.drivers[d].states);
                when.push((d, state, self.part(1)));
            }
        }
        Written { value, when }
    }

    fn part(&mut self, depth: usize) -> Part {
        let mut two = || {
            (
                Box::new(self.part(depth - 1)),
                Box::new(self.part(depth - 1)),
            )
        };
        if depth == 0 {
            return match self.dice.below(4) {
                0 if self.quantities > 0 => Part::Quantity(self.dice.below(self.quantities)),
                1 if self.bernoullis < 6 => {
                    self.bernoullis += 1;
                    Part::Bernoulli(self.bernoullis - 1, self.dice.chance())
                }
                _ => Part::Number(self.dice.number()),
            };
        }
        let (a, b) = two();
        match self.dice.below(4) {
            0 => Part::Two(['+', '-', '*'][self.dice.below(3)], a, b),
            1 => Part::Least(a, b),
            _ => {
                let driver = self.dice.below(self.drivers.len());
                Part::If(driver, self.dice.below(self.drivers[driver].states), a, b)
            }
        }
    }
}

impl Written {
    fn text(&self, key: &str) -> String {
        let mut text = format!("{key} = \"{}\"\n", self.value.text());
        if !self.when.is_empty() {
            let when = self
                .when
                .iter()
                .map(|(d, s, part)| format!("\"d{d}.s{s}\" = \"{}\"", part.text()));
            text += &format!("when = {{ {} }}\n", when.collect::<Vec<_>>().join(", "));
        }
        text
    }

    /// The part that holds with these states.
    pub fn part(&self, states: &[usize]) -> &Part {
        let holds = self.when.iter().find(|(d, s, _)| states[*d] == *s);
        holds.map_or(&self.value, |(_, _, part)| part)
    }

    /// The drivers that it looks at.
    pub fn looks(&self, study: &Study, into: &mut Vec<usize>) {
        self.value.looks(study, into);
        for (d, _, part) in &self.when {
            into.push(*d);
            part.looks(study, into);
        }
    }
}

impl Part {
    fn text(&self) -> String {
        match self {
            Part::Number(n) if *n < 0.0 => format!("(0 - {})", -n),
            Part::Number(n) => n.to_string(),
            Part::Quantity(q) => format!("q{q}"),
            Part::If(d, s, a, b) => {
                format!("(if d{d} is s{s} then {} else {})", a.text(), b.text())
            }
            Part::Two(op, a, b) => format!("({} {op} {})", a.text(), b.text()),
            Part::Least(a, b) => format!("min({}, {})", a.text(), b.text()),
            Part::Bernoulli(_, p) => format!("(bernoulli({p}))"),
        }
    }

    fn looks(&self, study: &Study, into: &mut Vec<usize>) {
        match self {
            Part::Number(_) | Part::Bernoulli(..) => {}
            Part::Quantity(q) => study.quantities[*q].looks(study, into),
            Part::If(d, _, a, b) => {
                into.push(*d);
                a.looks(study, into);
                b.looks(study, into);
            }
            Part::Two(_, a, b) | Part::Least(a, b) => {
                a.looks(study, into);
                b.looks(study, into);
            }
        }
    }

    /// Its value where the drivers are in these states and the Bernoulli numbers are these.
    pub fn value(&self, study: &Study, states: &[usize], numbers: usize) -> f64 {
        let of = |part: &Part| part.value(study, states, numbers);
        match self {
            Part::Number(n) => *n,
            Part::Quantity(q) => of(study.quantities[*q].part(states)),
            Part::If(d, s, a, b) => of(if states[*d] == *s { a } else { b }),
            Part::Two('+', a, b) => of(a) + of(b),
            Part::Two('-', a, b) => of(a) - of(b),
            Part::Two(_, a, b) => of(a) * of(b),
            Part::Least(a, b) => of(a).min(of(b)),
            Part::Bernoulli(at, _) => ((numbers >> at) & 1) as f64,
        }
    }

    /// The Bernoulli numbers in it, with their chances.
    pub fn bernoullis(&self, into: &mut Vec<(usize, f64)>) {
        match self {
            Part::Number(_) | Part::Quantity(_) => {}
            Part::If(_, _, a, b) | Part::Two(_, a, b) | Part::Least(a, b) => {
                a.bernoullis(into);
                b.bernoullis(into);
            }
            Part::Bernoulli(at, p) => into.push((*at, *p)),
        }
    }
}
