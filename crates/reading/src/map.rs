//! The map of futures: points in the plane whose distances tell in how many drivers two futures differ.

use crate::{FutureFound, Map};

/// Futures on a map: more would not be told apart.
pub(crate) const MAPPED: usize = 24;

/// Turns of the power iteration; a dozen points need far fewer.
const TURNS: usize = 2_000;

/// Classical scaling (Torgerson 1952, Psychometrika 17:401-419) of the futures' distances: the square root of the number
/// of drivers in which two differ, which points can keep exactly if there is room in enough dimensions. The two
/// greatest axes are kept; an axis points to where its first future that is not in its middle lies.
pub(crate) fn map(futures: &[FutureFound]) -> Option<Map> {
    let futures = &futures[..futures.len().min(MAPPED)];
    let n = futures.len();
    if n < 3 {
        return None;
    }
    let differ = |a: usize, b: usize| {
        let (a, b) = (&futures[a].states, &futures[b].states);
        // The cast: a case has at most some thousand drivers.
        a.iter().zip(b).filter(|(s, t)| s != t).count() as f64
    };
    // Squared distances, centred on rows and columns: the inner products of the points.
    let squared: Vec<Vec<f64>> = (0..n)
        .map(|a| (0..n).map(|b| differ(a, b)).collect())
        .collect();
    let mean: Vec<f64> = squared
        .iter()
        .map(|row| row.iter().sum::<f64>() / n as f64)
        .collect();
    let all = mean.iter().sum::<f64>() / n as f64;
    let mut inner: Vec<Vec<f64>> = (0..n)
        .map(|a| {
            (0..n)
                .map(|b| -0.5 * (squared[a][b] - mean[a] - mean[b] + all))
                .collect()
        })
        .collect();
    let spread: f64 = (0..n).map(|a| inner[a][a]).sum();
    let mut axes = Vec::new();
    let mut kept = 0.0;
    for turn in 0..2 {
        let (value, mut axis) = greatest(&inner, turn);
        let value = value.max(0.0);
        for (a, row) in inner.iter_mut().enumerate() {
            for (b, cell) in row.iter_mut().enumerate() {
                *cell -= value * axis[a] * axis[b];
            }
        }
        let first = axis.iter().copied().find(|x| x.abs() > 1e-6).unwrap_or(1.0);
        let scale = libm::sqrt(value) * if first < 0.0 { -1.0 } else { 1.0 };
        axis.iter_mut().for_each(|x| *x *= scale);
        kept += value;
        axes.push(axis);
    }
    if spread <= 0.0 {
        return None;
    }
    Some(Map {
        points: axes[0]
            .iter()
            .copied()
            .zip(axes[1].iter().copied())
            .collect(),
        kept: (kept / spread).clamp(0.0, 1.0),
    })
}

/// The greatest eigenvalue of a matrix without negative ones, and its eigenvector of length 1, by power iteration.
fn greatest(matrix: &[Vec<f64>], turn: usize) -> (f64, Vec<f64>) {
    let n = matrix.len();
    // Another start for each axis, since equal eigenvalues leave the second nothing of what the first has taken.
    let mut axis: Vec<f64> = (0..n)
        .map(|i| 1.0 + ((i * (3 + 4 * turn) + turn) % 11) as f64 / 11.0)
        .collect();
    let mut value = 0.0;
    for _ in 0..TURNS {
        let next: Vec<f64> = matrix
            .iter()
            .map(|row| row.iter().zip(&axis).map(|(m, x)| m * x).sum())
            .collect();
        let length = libm::sqrt(next.iter().map(|x| x * x).sum());
        if length < 1e-12 {
            return (0.0, vec![0.0; n]);
        }
        let before = value;
        value = length / libm::sqrt(axis.iter().map(|x| x * x).sum());
        axis = next.into_iter().map(|x| x / length).collect();
        if (value - before).abs() <= 1e-13 * value {
            break;
        }
    }
    (value, axis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sinario_case::StateId;

    fn future(states: &[usize]) -> FutureFound {
        FutureFound {
            states: states.iter().map(|&s| StateId(s)).collect(),
            inconsistency: 0,
            margin: 0,
            total_impact: 0,
            firmness: Some(crate::Firmness {
                worst: 0,
                best: 0,
                verdict: crate::Holding::Always,
            }),
            then: None,
            settled: None,
            basins: [None; 4],
            balance: Vec::new(),
        }
    }

    fn apart(map: &Map, a: usize, b: usize) -> f64 {
        let (p, q) = (map.points[a], map.points[b]);
        (p.0 - q.0) * (p.0 - q.0) + (p.1 - q.1) * (p.1 - q.1)
    }

    #[test]
    fn a_square_keeps_all_its_distances() {
        let corners = [[0, 0], [0, 1], [1, 0], [1, 1]].map(|s| future(&s));
        let map = map(&corners).unwrap();
        assert!((map.kept - 1.0).abs() < 1e-9);
        for (a, b, want) in [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 2.0), (1, 2, 2.0)] {
            assert!((apart(&map, a, b) - want).abs() < 1e-6, "{a} {b}");
        }
    }

    #[test]
    fn like_futures_lie_together_and_unlike_ones_apart() {
        let all = [
            [0, 0, 0, 0, 0],
            [0, 0, 0, 0, 1],
            [1, 1, 1, 1, 0],
            [1, 1, 1, 1, 1],
        ]
        .map(|s| future(&s));
        let map = map(&all).unwrap();
        assert!(apart(&map, 0, 1) < apart(&map, 0, 2) && apart(&map, 2, 3) < apart(&map, 1, 2));
        assert!(map.kept > 0.9);
    }

    #[test]
    fn two_futures_or_equal_ones_have_no_map() {
        assert!(map(&[future(&[0]), future(&[1])]).is_none());
        assert!(map(&[future(&[0]), future(&[0]), future(&[0])]).is_none());
    }
}
