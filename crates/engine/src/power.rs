//! Who holds power over whom: MACTOR, and the plain weighted mean beside it.
//!
//! MACTOR (M. Godet, *Actors' moves and strategies: the MACTOR method*, Futures 23, 1991; *Creating Futures*, 2001)
//! starts from two tables of judgements: MDI, how much each actor directly holds each other one, 0 … 4, and 2MAO, how
//! much each wants each objective. Here an objective is a state of a driver.
//!
//! The weighted mean is Achen's compromise model: positions weighted by capability and salience. Of the models that were tried on
//! real decisions of the European Union it was among the most accurate, for all its simplicity (Thomson, Stokman, Achen
//! & König, *The European Union Decides*, 2006), so nothing more elaborate is built on the same numbers here.

/// A square table, row by row: `table[i][j]` is what i has over, or with, j.
pub type Table = Vec<Vec<f64>>;

/// How much an actor wants each objective: `(objective, want)`, objectives ascending. A want of 0 is as if it were not there.
pub type Wants = Vec<(usize, f64)>;

/// Influence and dependence of actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// Direct and indirect influence, MDII_ij = MDI_ij + Σ_k min(MDI_ik, MDI_kj), its diagonal included.
    pub mdii: Table,
    /// Influence over others, I_i = Σ_j MDII_ij − MDII_ii.
    pub influence: Vec<f64>,
    /// Dependence on others, D_i = Σ_j MDII_ji − MDII_ii.
    pub dependence: Vec<f64>,
    /// Relation of force R*_i, 1 on average; `None` where there is no power to compare: nobody holds anybody, or every
    /// hold is answered in full.
    pub r_star: Option<Vec<f64>>,
    /// The strongest way, MMDII_ij = max(MDI_ij, max_k min(MDI_ik, MDI_kj)), with a zero diagonal.
    pub mmdii: Table,
    /// The actor through whom the strongest way leads, where it is stronger than the direct one; the first of equals.
    pub through: Vec<Vec<Option<usize>>>,
}

/// Influence and dependence from direct influence alone; the diagonal of `mdi` is taken to be 0.
///
/// r_i = (I_i − MDII_ii)/ΣI · I_i/(I_i + D_i), and R*_i = n·r_i/Σr. MDII_ii, the way of an actor over itself through
/// those it holds, is what they can do back; it is taken off a second time. It is never more than I_i, so
/// r_i ≥ 0, and 0 for whoever holds nobody.
///
/// ```
/// use sinario_engine::power::influence;
/// // One holds the existence of another, who has some say over its processes.
/// let found = influence(&[vec![0.0, 4.0], vec![1.0, 0.0]]);
/// assert_eq!(found.influence, [4.0, 1.0]);
/// let r = found.r_star.expect("they hold each other");
/// // What the second can do is all answered by the first.
/// assert_eq!(found.mdii[1][1], 1.0);
/// assert_eq!(r, [2.0, 0.0]);
/// ```
pub fn influence(mdi: &[Vec<f64>]) -> Influence {
    let n = mdi.len();
    let mut mdii = vec![vec![0.0; n]; n];
    let mut mmdii = vec![vec![0.0; n]; n];
    let mut through = vec![vec![None; n]; n];
    for i in 0..n {
        for j in 0..n {
            mdii[i][j] = mdi[i][j];
            let mut best = (mdi[i][j], None);
            for (k, row) in mdi.iter().enumerate() {
                let way = f64::min(mdi[i][k], row[j]);
                mdii[i][j] += way;
                if way > best.0 {
                    best = (way, Some(k));
                }
            }
            if i != j {
                (mmdii[i][j], through[i][j]) = best;
            }
        }
    }
    let over = |i: usize| (0..n).filter(move |&j| j != i);
    let influence: Vec<f64> = (0..n)
        .map(|i| over(i).fold(0.0, |sum, j| sum + mdii[i][j]))
        .collect();
    let dependence: Vec<f64> = (0..n)
        .map(|i| over(i).fold(0.0, |sum, j| sum + mdii[j][i]))
        .collect();
    let back: Vec<f64> = (0..n).map(|i| mdii[i][i]).collect();
    let r_star = relation_of_force(&influence, &dependence, &back);
    Influence {
        mdii,
        influence,
        dependence,
        r_star,
        mmdii,
        through,
    }
}

fn relation_of_force(influence: &[f64], dependence: &[f64], back: &[f64]) -> Option<Vec<f64>> {
    let all: f64 = influence.iter().sum();
    let r: Vec<f64> = (0..influence.len())
        .map(|k| match (influence[k], dependence[k]) {
            (i, d) if i > 0.0 => (i - back[k]) / all * (i / (i + d)),
            _ => 0.0,
        })
        .collect();
    let sum: f64 = r.iter().sum();
    // The cast: a few hundred actors at most.
    let n = r.len() as f64;
    (sum > 0.0).then(|| r.iter().map(|r| n * r / sum).collect())
}

/// Positions weighted by power: 3MAO_io = R*_i · 2MAO_io.
pub fn weighted(wants: &[Wants], r_star: &[f64]) -> Vec<Wants> {
    wants
        .iter()
        .zip(r_star)
        .map(|(of, &r)| of.iter().map(|&(o, want)| (o, r * want)).collect())
        .collect()
}

/// The signs of wants alone: 1MAO.
pub fn signs(wants: &[Wants]) -> Vec<Wants> {
    let sign = |&(o, want): &(usize, f64)| match want {
        w if w > 0.0 => (o, 1.0),
        w if w < 0.0 => (o, -1.0),
        _ => (o, 0.0),
    };
    wants
        .iter()
        .map(|of| of.iter().map(sign).collect())
        .collect()
}

/// Convergence and divergence of every pair of actors, and what follows from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Relations {
    /// CAA_ij: Σ (|a_io| + |a_jo|)/2 over the objectives that both want, or both do not want; zero diagonal.
    pub convergence: Table,
    /// DAA_ij: the same sum over the objectives on which they are opposed; zero diagonal.
    pub divergence: Table,
    /// 1 − Σ_j |CAA_ij − DAA_ij| / Σ_j (CAA_ij + DAA_ij): 0 where every other actor is wholly with or wholly
    /// against i, 1 where each is as much the one as the other (Godet's coefficient of equilibrium). `None` where i
    /// meets nobody on any objective, and there is nothing to be torn about.
    pub ambivalence: Vec<Option<f64>>,
}

/// Convergence and divergence of positions: of [`signs`] they count objectives (order 1), of wants they add half the sum of
/// their strengths (order 2), of [`weighted`] wants they add power as well (order 3).
///
/// ```
/// use sinario_engine::power::relations;
/// let found = relations(&[vec![(0, 3.0), (1, -1.0)], vec![(0, 1.0), (1, 2.0)]]);
/// assert_eq!((found.convergence[0][1], found.divergence[0][1]), (2.0, 1.5));
/// assert_eq!(found.ambivalence[0], Some(1.0 - 0.5 / 3.5));
/// ```
pub fn relations(positions: &[Wants]) -> Relations {
    let n = positions.len();
    let mut convergence = vec![vec![0.0; n]; n];
    let mut divergence = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in i + 1..n {
            let (with, against) = pair(&positions[i], &positions[j]);
            (convergence[i][j], convergence[j][i]) = (with, with);
            (divergence[i][j], divergence[j][i]) = (against, against);
        }
    }
    let ambivalence = (0..n)
        .map(|i| {
            let pairs = || convergence[i].iter().zip(&divergence[i]);
            let all: f64 = pairs().map(|(c, d)| c + d).sum();
            let apart: f64 = pairs().map(|(c, d)| (c - d).abs()).sum();
            (all > 0.0).then(|| 1.0 - apart / all)
        })
        .collect();
    Relations {
        convergence,
        divergence,
        ambivalence,
    }
}

/// Convergence and divergence of two, in one walk through both lists.
fn pair(a: &Wants, b: &Wants) -> (f64, f64) {
    let (mut with, mut against) = (0.0, 0.0);
    let (mut at, mut bt) = (0, 0);
    while let (Some(&(o, x)), Some(&(p, y))) = (a.get(at), b.get(bt)) {
        at += usize::from(o <= p);
        bt += usize::from(p <= o);
        // Whoever has no power stands nowhere, neither with nor against anybody.
        if o == p && x != 0.0 && y != 0.0 {
            let half = 0.5 * (x.abs() + y.abs());
            if (x > 0.0) == (y > 0.0) {
                with += half;
            } else {
                against += half;
            }
        }
    }
    (with, against)
}

/// What an objective stirs up, in weighted positions: for it, and against it; their sum is its mobilisation.
pub fn mobilisation(weighted: &[Wants], objectives: usize) -> Vec<(f64, f64)> {
    let mut all = vec![(0.0, 0.0); objectives];
    for &(o, force) in weighted.iter().flatten() {
        if force > 0.0 {
            all[o].0 += force;
        } else {
            all[o].1 -= force;
        }
    }
    all
}

/// One actor's part in what becomes of one driver.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// How much it can do, ≥ 0.
    pub capability: f64,
    /// How much it cares, 0 … 1.
    pub salience: f64,
    /// How much it wants each state.
    pub wants: Vec<f64>,
}

/// What the weighted mean says of one driver.
#[derive(Clone, Debug, PartialEq)]
pub struct Compromise {
    /// Σ c·s·want / Σ c·s for each state, in the unit of wants.
    pub support: Vec<f64>,
    /// The states with the greatest support.
    pub leading: Vec<usize>,
    /// Σ c·s·position / Σ c·s, where an actor's position is its most wanted state, ties averaged; means something only
    /// where the states have an order.
    pub mean: f64,
    /// The state, or the two, nearest to the mean.
    pub nearest: Vec<usize>,
}

/// Sums of small decimal numbers that ought to be equal differ by less.
const EQUAL: f64 = 1e-9;

/// The capability × salience weighted mean. `None` where nobody who cares can do anything.
///
/// ```
/// use sinario_engine::power::{Part, compromise};
/// let found = compromise(&[
///     Part { capability: 2.0, salience: 1.0, wants: vec![3.0, 0.0, -3.0] },
///     Part { capability: 1.0, salience: 1.0, wants: vec![-3.0, 0.0, 3.0] },
/// ]).expect("both count");
/// assert_eq!((found.support, found.leading), (vec![1.0, 0.0, -1.0], vec![0]));
/// // Between the two ends, at 2/3 of a step, the middle is nearest.
/// assert_eq!(found.nearest, [1]);
/// ```
pub fn compromise(parts: &[Part]) -> Option<Compromise> {
    let weight = |p: &Part| p.capability * p.salience;
    let whole: f64 = parts.iter().map(weight).sum();
    if whole <= 0.0 {
        return None;
    }
    let states = parts.first()?.wants.len();
    let mean_of =
        |of: &dyn Fn(&Part) -> f64| parts.iter().map(|p| weight(p) * of(p)).sum::<f64>() / whole;
    let support: Vec<f64> = (0..states).map(|s| mean_of(&|p| p.wants[s])).collect();
    let mean = mean_of(&|p| position(&p.wants));
    // The casts: a few thousand states at most.
    let away: Vec<f64> = (0..states).map(|s| -(s as f64 - mean).abs()).collect();
    Some(Compromise {
        leading: greatest(&support),
        nearest: greatest(&away),
        support,
        mean,
    })
}

/// The place of the most wanted state, ties averaged.
fn position(wants: &[f64]) -> f64 {
    let top = greatest(wants);
    // The casts: a few thousand states at most.
    top.iter().map(|&s| s as f64).sum::<f64>() / top.len() as f64
}

/// The places of the greatest, all of those that are equal.
fn greatest(all: &[f64]) -> Vec<usize> {
    let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (0..all.len()).filter(|&s| all[s] >= most - EQUAL).collect()
}
