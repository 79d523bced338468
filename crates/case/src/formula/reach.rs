//! Where a drawn number can lie and how heavy its tails are, as far as that can be proved from its formula.
//!
//! Everything here errs on one side: a tail is called endless (its mean does not exist) only where it is; a hull may be too
//! wide, `solid` too narrow.

/// What a tail is at least: any of these goes on for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Least {
    /// Nothing is claimed.
    Nothing,
    /// As a normal distribution's.
    Gaussian,
    /// As a lognormal distribution's.
    Lognormal,
    /// Its mean is infinite.
    Endless,
}

/// What both tails are at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Most {
    Bounded,
    /// As a normal distribution's.
    Gaussian,
    /// Every power has a mean.
    Moments,
    Unknown,
}

/// An interval on which a number has a density that is above 0: bounded away from it on every closed part, and up to
/// an end where that is `touched`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Solid {
    pub low: f64,
    pub high: f64,
    pub touches_low: bool,
    pub touches_high: bool,
}

impl Solid {
    pub(crate) fn open(low: f64, high: f64) -> Option<Self> {
        (low < high).then_some(Solid {
            low,
            high,
            touches_low: false,
            touches_high: false,
        })
    }

    /// Whether 0 lies in it or at a touched end; then 1/X has no mean.
    pub(crate) fn holds_zero(&self) -> bool {
        (self.low < 0.0 && self.high > 0.0)
            || (self.low == 0.0 && self.touches_low)
            || (self.high == 0.0 && self.touches_high)
    }

    fn scaled(self, by: f64) -> Self {
        match by < 0.0 {
            false => Solid {
                low: self.low * by,
                high: self.high * by,
                ..self
            },
            true => Solid {
                low: self.high * by,
                high: self.low * by,
                touches_low: self.touches_high,
                touches_high: self.touches_low,
            },
        }
    }
}

/// What a number depends on, as bits: sums of thousands of quantities are told apart in no time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roots(Vec<u64>);

impl Roots {
    pub(crate) fn insert(&mut self, root: usize) {
        let word = root / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (root % 64);
    }

    pub(crate) fn add(&mut self, other: &Roots) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (own, more) in self.0.iter_mut().zip(&other.0) {
            *own |= more;
        }
    }

    fn is_apart(&self, other: &Roots) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & b == 0)
    }
}

/// What is known of a number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reach {
    /// It never lies below.
    pub low: f64,
    /// It never lies above.
    pub high: f64,
    pub solid: Option<Solid>,
    /// Whether it can be exactly 0, with a chance above 0.
    pub zero: bool,
    pub up: Least,
    pub down: Least,
    pub most: Most,
    /// Every power of 1/X has a mean.
    pub inverse: bool,
    /// What it depends on: numbers without anything in common are independent.
    pub from: Roots,
}

/// 0 · ∞ is 0 here: an end that is never reached.
fn times(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

impl Reach {
    /// A number of which nothing is known.
    pub(crate) fn unknown() -> Self {
        Reach {
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
            solid: None,
            zero: false,
            up: Least::Nothing,
            down: Least::Nothing,
            most: Most::Unknown,
            inverse: false,
            from: Roots::default(),
        }
    }

    pub(crate) fn bounded(low: f64, high: f64) -> Self {
        Reach {
            low,
            high,
            most: Most::Bounded,
            inverse: low > 0.0 || high < 0.0,
            ..Reach::unknown()
        }
    }

    pub(crate) fn number(n: f64) -> Self {
        Reach {
            zero: n == 0.0,
            ..Reach::bounded(n, n)
        }
    }

    /// 1 or 0.
    pub(crate) fn truth() -> Self {
        Reach {
            zero: true,
            ..Reach::bounded(0.0, 1.0)
        }
    }

    pub(crate) fn normal() -> Self {
        Reach {
            solid: Solid::open(f64::NEG_INFINITY, f64::INFINITY),
            up: Least::Gaussian,
            down: Least::Gaussian,
            most: Most::Gaussian,
            ..Reach::unknown()
        }
    }

    pub(crate) fn lognormal() -> Self {
        Reach {
            low: 0.0,
            solid: Solid::open(0.0, f64::INFINITY),
            up: Least::Lognormal,
            most: Most::Moments,
            inverse: true,
            ..Reach::unknown()
        }
    }

    pub(crate) fn is_endless(&self) -> bool {
        self.up == Least::Endless || self.down == Least::Endless
    }

    fn constant(&self) -> Option<f64> {
        (self.low == self.high).then_some(self.low)
    }

    fn apart(&self, other: &Reach) -> bool {
        self.from.is_apart(&other.from)
    }

    pub(crate) fn both(&self, other: &Reach) -> Roots {
        let mut all = self.from.clone();
        all.add(&other.from);
        all
    }

    /// Not 0 with a chance above 0, whatever holds.
    fn lives(&self) -> bool {
        self.solid.is_some() || self.low > 0.0 || self.high < 0.0
    }

    pub(crate) fn negate(self) -> Self {
        Reach {
            low: -self.high,
            high: -self.low,
            solid: self.solid.map(|s| s.scaled(-1.0)),
            up: self.down,
            down: self.up,
            ..self
        }
    }

    pub(crate) fn abs(self) -> Self {
        if self.low >= 0.0 {
            return self;
        }
        if self.high <= 0.0 {
            return self.negate();
        }
        let solid = self.solid.map(|s| match s.low < 0.0 && s.high > 0.0 {
            true => Solid {
                low: 0.0,
                high: s.high.max(-s.low),
                touches_low: true,
                touches_high: false,
            },
            false if s.high <= 0.0 => s.scaled(-1.0),
            false => s,
        });
        Reach {
            low: 0.0,
            high: self.high.max(-self.low),
            solid,
            up: self.up.max(self.down),
            down: Least::Nothing,
            ..self
        }
    }

    pub(crate) fn exp(self) -> Self {
        let up = match self.up {
            Least::Nothing => Least::Nothing,
            Least::Gaussian => Least::Lognormal,
            Least::Lognormal | Least::Endless => Least::Endless,
        };
        let most = match self.most {
            Most::Bounded => Most::Bounded,
            Most::Gaussian => Most::Moments,
            _ => Most::Unknown,
        };
        Reach {
            low: libm::exp(self.low),
            high: libm::exp(self.high),
            solid: self.solid.map(|s| Solid {
                low: libm::exp(s.low),
                high: libm::exp(s.high),
                ..s
            }),
            zero: false,
            up,
            down: Least::Nothing,
            most,
            inverse: matches!(most, Most::Bounded | Most::Moments),
            from: self.from,
        }
    }

    pub(crate) fn ln(self) -> Self {
        let of = |v: f64| {
            if v > 0.0 {
                libm::log(v)
            } else {
                f64::NEG_INFINITY
            }
        };
        let inside = self.solid.filter(|s| s.low >= 0.0);
        Reach {
            low: of(self.low),
            high: of(self.high),
            solid: inside.and_then(|s| Solid::open(of(s.low), of(s.high))),
            from: self.from,
            ..Reach::unknown()
        }
    }

    pub(crate) fn sqrt(self) -> Self {
        let of = |v: f64| libm::sqrt(v.max(0.0));
        let inside = self.solid.filter(|s| s.low >= 0.0);
        Reach {
            low: of(self.low),
            high: of(self.high),
            solid: inside.and_then(|s| Solid::open(of(s.low), of(s.high))),
            zero: self.zero,
            up: if self.up == Least::Lognormal {
                Least::Lognormal
            } else {
                Least::Nothing
            },
            down: Least::Nothing,
            most: self.most,
            inverse: self.inverse,
            from: self.from,
        }
    }

    pub(crate) fn add(self, other: Self) -> Self {
        let apart = self.apart(&other);
        let solid = match (self.solid, other.solid) {
            (Some(a), Some(b)) if apart => Solid::open(a.low + b.low, a.high + b.high),
            (Some(a), _) if apart && a.low == f64::NEG_INFINITY && a.high == f64::INFINITY => {
                Some(a)
            }
            (_, Some(b)) if apart && b.low == f64::NEG_INFINITY && b.high == f64::INFINITY => {
                Some(b)
            }
            (Some(s), None) | (None, Some(s)) => {
                let constant = self.constant().or(other.constant());
                constant.map(|c| Solid {
                    low: s.low + c,
                    high: s.high + c,
                    ..s
                })
            }
            _ => None,
        };
        let tail = |own: Least, of: &Reach, bound: f64| match own {
            Least::Endless if of.most < Most::Unknown || bound.is_finite() => own,
            Least::Endless => Least::Nothing,
            _ if apart || bound.is_finite() => own,
            _ => Least::Nothing,
        };
        let up = tail(self.up, &other, other.low).max(tail(other.up, &self, self.low));
        let down = tail(self.down, &other, other.high).max(tail(other.down, &self, self.high));
        let positive = self.low >= 0.0 && other.low >= 0.0;
        let (low, high) = (self.low + other.low, self.high + other.high);
        Reach {
            low,
            high,
            solid,
            zero: (self.zero && other.constant() == Some(0.0))
                || (other.zero && self.constant() == Some(0.0)),
            up,
            down,
            most: self.most.max(other.most),
            inverse: low > 0.0 || high < 0.0 || (positive && (self.inverse || other.inverse)),
            from: self.both(&other),
        }
    }

    fn times(self, by: f64) -> Self {
        let of = if by < 0.0 { self.negate() } else { self };
        let by = by.abs();
        if by == 0.0 {
            return Reach::number(0.0);
        }
        Reach {
            low: of.low * by,
            high: of.high * by,
            solid: of.solid.map(|s| s.scaled(by)),
            ..of
        }
    }

    pub(crate) fn multiply(self, other: Self) -> Self {
        if let Some(c) = self.constant() {
            return other.times(c);
        }
        if let Some(c) = other.constant() {
            return self.times(c);
        }
        let apart = self.apart(&other);
        let ends = [
            times(self.low, other.low),
            times(self.low, other.high),
            times(self.high, other.low),
            times(self.high, other.high),
        ];
        let solid = match (self.solid, other.solid) {
            (Some(a), Some(b)) if apart && a.low >= 0.0 && b.low >= 0.0 => {
                Solid::open(times(a.low, b.low), times(a.high, b.high))
            }
            _ => None,
        };
        let tails = |of: &Reach, by: &Reach| {
            let keeps = by.low > 0.0 || (by.low >= 0.0 && apart && by.solid.is_some());
            let turns = by.high < 0.0 || (by.high <= 0.0 && apart && by.solid.is_some());
            match (keeps, turns) {
                (true, _) => (of.up, of.down),
                (_, true) => (of.down, of.up),
                _ => (Least::Nothing, Least::Nothing),
            }
        };
        let (a, b) = (tails(&self, &other), tails(&other, &self));
        let most = match self.most.max(other.most) {
            Most::Gaussian if self.most == Most::Bounded || other.most == Most::Bounded => {
                Most::Gaussian
            }
            Most::Gaussian => Most::Moments,
            most => most,
        };
        Reach {
            low: ends.iter().copied().fold(f64::INFINITY, f64::min),
            high: ends.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            solid,
            zero: self.zero || other.zero,
            up: a.0.max(b.0),
            down: a.1.max(b.1),
            most,
            inverse: self.inverse && other.inverse,
            from: self.both(&other),
        }
    }

    /// 1/X; no mean where X is solid at 0.
    fn invert(self) -> Self {
        if self.low > 0.0 || self.high < 0.0 {
            let ends = (1.0 / self.high, 1.0 / self.low);
            return Reach {
                solid: self
                    .solid
                    .and_then(|s| Solid::open(1.0 / s.high, 1.0 / s.low)),
                from: self.from,
                ..Reach::bounded(ends.0, ends.1)
            };
        }
        let endless = self.solid.is_some_and(|s| s.holds_zero());
        let inside = self.solid.is_some_and(|s| s.low < 0.0 && s.high > 0.0);
        let positive = self.low >= 0.0;
        let is = |side: bool| match endless && (inside || side) {
            true => Least::Endless,
            // The inverse of a lognormal number is one.
            false if self.inverse && side && self.up >= Least::Lognormal => Least::Lognormal,
            false => Least::Nothing,
        };
        let up = is(positive);
        let down = if positive {
            Least::Nothing
        } else {
            is(self.high <= 0.0 && endless)
        };
        let solid = self.solid.filter(|s| s.low >= 0.0);
        Reach {
            low: if positive { 0.0 } else { f64::NEG_INFINITY },
            high: if self.high <= 0.0 { 0.0 } else { f64::INFINITY },
            solid: solid.and_then(|s| Solid::open(1.0 / s.high, 1.0 / s.low)),
            zero: false,
            up,
            down,
            most: if self.inverse {
                Most::Moments
            } else {
                Most::Unknown
            },
            inverse: self.most < Most::Unknown,
            from: self.from,
        }
    }

    pub(crate) fn divide(self, by: Self) -> Self {
        let endless = by.solid.is_some_and(|s| s.holds_zero());
        let far = self.low > 0.0 || self.high < 0.0;
        let apart = self.apart(&by) && self.lives();
        let inside = by.solid.is_some_and(|s| s.low < 0.0 && s.high > 0.0);
        let mut found = self.clone().multiply(by.invert());
        // X/Y with Y solid at 0: its size has no mean where X stays away from 0, or is something else and lives.
        if endless && inside && (far || apart) {
            (found.up, found.down) = (Least::Endless, Least::Endless);
        } else if endless && (far || apart) && found.low >= 0.0 {
            found.up = Least::Endless;
        } else if endless && (far || apart) && found.high <= 0.0 {
            found.down = Least::Endless;
        }
        found
    }

    pub(crate) fn power(self, exponent: &Self) -> Self {
        let Some(n) = exponent.constant() else {
            let from = self.both(exponent);
            return Reach {
                from,
                ..Reach::unknown()
            };
        };
        if n == 1.0 {
            return self;
        }
        if n < 0.0 {
            let from = self.from.clone();
            let inverse = match n == -1.0 {
                true => self.invert(),
                // Near 0 a lower power of 1/X is smaller: endless from −1 down.
                false if n < -1.0 => self.invert().power(&Reach::number(-n)),
                false => Reach::unknown(),
            };
            return Reach { from, ..inverse };
        }
        let even = n % 2.0 == 0.0;
        if even && self.low < 0.0 {
            return self.abs().power(exponent);
        }
        let keeps = |tail: Least| match tail {
            Least::Lognormal => tail,
            _ if n >= 1.0 => tail,
            _ => Least::Nothing,
        };
        let of = |v: f64| match v.is_infinite() {
            true => v,
            false => libm::pow(v, n),
        };
        let odd = n % 2.0 == 1.0;
        let known = self.low >= 0.0 || odd;
        let inside = self.solid.filter(|s| s.low >= 0.0);
        Reach {
            low: if known {
                of(self.low)
            } else {
                f64::NEG_INFINITY
            },
            high: if known { of(self.high) } else { f64::INFINITY },
            solid: inside.and_then(|s| Solid::open(of(s.low), of(s.high))),
            zero: self.zero,
            up: if known {
                keeps(self.up)
            } else {
                Least::Nothing
            },
            down: if odd {
                keeps(self.down)
            } else {
                Least::Nothing
            },
            most: match self.most {
                Most::Gaussian => Most::Moments,
                most => most,
            },
            inverse: self.inverse,
            from: self.from,
        }
    }

    pub(crate) fn max(self, other: Self) -> Self {
        let from = self.both(&other);
        let mut found = match (self.constant(), other.constant()) {
            (_, Some(c)) => self.floor(c),
            (Some(c), _) => other.floor(c),
            _ => Reach {
                low: self.low.max(other.low),
                high: self.high.max(other.high),
                up: self.up.max(other.up),
                most: self.most.max(other.most),
                ..Reach::unknown()
            },
        };
        found.inverse |= found.low > 0.0;
        Reach { from, ..found }
    }

    /// The greater of it and a number.
    fn floor(self, at: f64) -> Self {
        let cuts = self.solid.is_some_and(|s| s.low < at);
        let solid = self
            .solid
            .filter(|s| s.high > at)
            .map(|s| match s.low < at {
                true => Solid {
                    low: at,
                    touches_low: true,
                    ..s
                },
                false => s,
            });
        Reach {
            low: self.low.max(at),
            high: self.high.max(at),
            solid,
            zero: (self.zero && at <= 0.0) || (at == 0.0 && (cuts || self.high <= 0.0)),
            down: Least::Nothing,
            inverse: self.inverse && at <= 0.0 && self.low >= 0.0,
            ..self
        }
    }

    pub(crate) fn min(self, other: Self) -> Self {
        self.negate().max(other.negate()).negate()
    }

    /// One or the other, nobody knows which.
    pub(crate) fn either(self, other: Self) -> Self {
        let solid = match (self.solid, other.solid) {
            (Some(a), Some(b)) => Solid::open(a.low.max(b.low), a.high.min(b.high)),
            _ => None,
        };
        Reach {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            solid,
            zero: self.zero || other.zero,
            up: self.up.min(other.up),
            down: self.down.min(other.down),
            most: self.most.max(other.most),
            inverse: self.inverse && other.inverse,
            from: self.both(&other),
        }
    }

    /// One or the other, each with a chance above 0.
    pub(crate) fn mixed(self, other: Self) -> Self {
        let (up, down) = (self.up.max(other.up), self.down.max(other.down));
        let at_zero = [self.solid, other.solid];
        let holds = |s: &Option<Solid>| s.is_some_and(|s| s.holds_zero());
        let solid = at_zero.iter().find(|s| holds(s)).copied().flatten();
        let solid = solid.or(self.solid).or(other.solid);
        Reach {
            up,
            down,
            solid,
            ..self.either(other)
        }
    }
}
