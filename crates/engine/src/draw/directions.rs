//! Direction numbers of Sobol's sequence: Joe and Kuo's (2008), chosen for good pairs of dimensions.

/// Direction numbers of a dimension: one for each bit of a point's place.
pub(super) const DIRECTIONS: usize = 64;

/// Dimensions that have some: all primitive polynomials over GF(2) up to degree 13, and the first dimension, which needs
/// none.
#[cfg(test)]
const DIMENSIONS: usize = 1111;

const TABLE: &str = include_str!("joe_kuo.txt");

/// The direction numbers of the first dimensions, as many as are wanted and there are; the first bit behind the point is
/// the highest.
pub(super) fn directions(wanted: usize) -> Vec<[u64; DIRECTIONS]> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let first = std::array::from_fn(|k| 1 << (63 - k));
    let rest = lines.map(|line| {
        let row: Vec<u64> = line
            .split_ascii_whitespace()
            .map_while(|word| word.parse().ok())
            .collect();
        grown(row[2], &row[3..])
    });
    std::iter::once(first).chain(rest).take(wanted).collect()
}

/// The recurrence of Bratley and Fox (1988): the polynomial's degree is the number of initial numbers.
fn grown(inner: u64, initial: &[u64]) -> [u64; DIRECTIONS] {
    let degree = initial.len();
    let mut v = [0; DIRECTIONS];
    for k in 0..DIRECTIONS {
        if k < degree {
            v[k] = initial[k] << (63 - k);
            continue;
        }
        v[k] = v[k - degree] ^ (v[k - degree] >> degree);
        for i in 1..degree {
            if inner >> (degree - 1 - i) & 1 == 1 {
                v[k] ^= v[k - i];
            }
        }
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let rows: Vec<Vec<u64>> = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split(' ').map(|w| w.parse().unwrap()).collect())
            .collect();
        assert_eq!(rows.len(), DIMENSIONS - 1);
        let mut polynomials = std::collections::BTreeSet::new();
        for (i, row) in rows.iter().enumerate() {
            let (degree, inner, initial) = (row[1] as usize, row[2], &row[3..]);
            assert_eq!((row[0] as usize, initial.len()), (i + 2, degree));
            for (k, m) in initial.iter().enumerate() {
                assert!(m % 2 == 1 && *m < 2 << k, "{row:?}");
            }
            // The polynomial is primitive: x has the order 2^degree − 1 modulo it.
            let whole = 1 << degree | inner << 1 | 1;
            assert!(polynomials.insert(whole));
            let (mut power, mut order) = (1_u64, 0_u64);
            loop {
                power <<= 1;
                if power >> degree & 1 == 1 {
                    power ^= whole;
                }
                order += 1;
                if power == 1 {
                    break;
                }
            }
            assert_eq!(order, (1 << degree) - 1, "{row:?}");
        }
    }

    /// The first as Joe and Kuo print them, in the order of plain counting; the later ones as SciPy 1.17 makes them.
    #[test]
    fn first_points() {
        let directions = directions(2000);
        assert_eq!(directions.len(), DIMENSIONS);
        let point = |d: usize, i: u64| -> f64 {
            let x = (0..64).filter(|&b| i >> b & 1 == 1);
            let x = x.fold(0, |x, b| x ^ directions[d][b]);
            (x >> 12) as f64 / (1_u64 << 52) as f64
        };
        let first = |d| [1, 2, 3, 4, 5, 6, 7].map(|i| point(d, i));
        assert_eq!(first(0), [0.5, 0.25, 0.75, 0.125, 0.625, 0.375, 0.875]);
        assert_eq!(first(1), [0.5, 0.75, 0.25, 0.625, 0.125, 0.375, 0.875]);
        let later = |d| [point(d, 12345), point(d, 16383)];
        assert_eq!(later(9), [0.35675048828125, 0.55133056640625]);
        assert_eq!(later(99), [0.11322021484375, 0.07293701171875]);
        assert_eq!(later(499), [0.10614013671875, 0.73382568359375]);
        assert_eq!(later(1110), [0.75616455078125, 0.25006103515625]);
        assert_eq!(first(2), [0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125]);
    }
}
