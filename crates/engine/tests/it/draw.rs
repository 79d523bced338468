//! Uniform numbers: fixed bits, evenness, replicates, rank correlations.

use sinario_engine::draw::{BLOCK, NotPositive, REPLICATES, Sampling, Uniforms};

const ALL: [Sampling; 3] = [Sampling::Plain, Sampling::Latin, Sampling::Sobol];

fn uniforms(sampling: Sampling, dimensions: usize, seed: u64) -> Uniforms {
    Uniforms::new(sampling, dimensions, seed, &[]).unwrap()
}

fn block(of: &Uniforms, dimensions: usize, block: u64) -> Vec<Vec<f64>> {
    let mut columns = vec![Vec::new(); dimensions];
    of.block(block, &mut columns);
    columns
}

/// No published numbers: those that earlier versions drew. Whoever changes them changes every sample.
#[test]
fn what_was_drawn_is_drawn_again() {
    for (sampling, want) in ALL.into_iter().zip(BITS) {
        let of = uniforms(sampling, 3, 2024);
        let bits = |b: u64, d: usize, row: usize| block(&of, 3, b)[d][row].to_bits();
        let found = [
            bits(0, 0, 0),
            bits(0, 2, 4095),
            bits(17, 1, 1),
            bits(1 << 33, 2, 9),
        ];
        assert_eq!(found, want, "{sampling:?}");
    }
}

const BITS: [[u64; 4]; 3] = [
    [
        4595185519517776676,
        4606770625344412279,
        4595651008875691388,
        4598399011944917914,
    ],
    [
        4594746212382637572,
        4604152064218355129,
        4600762062274248090,
        4589630033721466616,
    ],
    [
        4596168962532597604,
        4606318551499445069,
        4601995188908935978,
        4603762390421140051,
    ],
];

/// The plain ones are the generator's own words.
#[test]
fn a_stream_to_a_dimension_and_a_position_to_a_draw() {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};
    let of = uniforms(Sampling::Plain, 4, 77);
    for b in [0, 5, 1 << 40] {
        let columns = block(&of, 4, b);
        for (d, column) in columns.iter().enumerate() {
            let mut dice = ChaCha8Rng::seed_from_u64(77);
            dice.set_stream(d as u64);
            dice.set_word_pos(u128::from(b) * 2 * BLOCK as u128);
            for &u in column {
                let whole = (dice.next_u64() >> 12) as f64;
                assert_eq!(u, (whole + 0.5) / 4_503_599_627_370_496.0);
            }
        }
    }
}

#[test]
fn inside_and_even_and_the_same_in_any_order() {
    for sampling in ALL {
        let of = uniforms(sampling, 1200, 3);
        let columns = block(&of, 1200, 2);
        for (d, column) in columns.iter().enumerate() {
            assert_eq!(column.len(), BLOCK);
            assert!(column.iter().all(|&u| 0.0 < u && u < 1.0));
            let mean = column.iter().sum::<f64>() / BLOCK as f64;
            let error = (1.0 / 12.0 / BLOCK as f64).sqrt();
            assert!((mean - 0.5).abs() < 4.8 * error, "{sampling:?} {d} {mean}");
        }
        // Fewer dimensions, other blocks before: nothing changes.
        let fewer = uniforms(sampling, 2, 3);
        block(&fewer, 2, 9);
        assert_eq!(block(&fewer, 2, 2)[..], columns[..2]);
        assert_ne!(block(&fewer, 2, 2)[0], block(&fewer, 2, 2 + REPLICATES)[0]);
        assert_ne!(block(&uniforms(sampling, 2, 4), 2, 2), block(&fewer, 2, 2));
    }
}

/// How many numbers lie in each of some equal parts.
fn counts(column: &[f64], parts: usize) -> Vec<usize> {
    let mut counts = vec![0; parts];
    for u in column {
        counts[(u * parts as f64) as usize] += 1;
    }
    counts
}

#[test]
fn a_latin_block_has_one_number_in_each_part() {
    let of = uniforms(Sampling::Latin, 3, 5);
    for b in [0, 1, 99] {
        let columns = block(&of, 3, b);
        for column in &columns {
            assert!(counts(column, BLOCK).iter().all(|&n| n == 1));
        }
        // Dimensions are shuffled apart, and so are neighbouring rows.
        for (x, y) in [(0, 1), (1, 2), (0, 2)] {
            let products = columns[x].iter().zip(&columns[y]);
            let shared: f64 = products.map(|(a, b)| (a - 0.5) * (b - 0.5)).sum();
            assert!((shared * 12.0 / BLOCK as f64).abs() < 4.0 / (BLOCK as f64).sqrt());
        }
        let follows = columns[0].windows(2).map(|w| (w[0] - 0.5) * (w[1] - 0.5));
        assert!((follows.sum::<f64>() * 12.0 / BLOCK as f64).abs() < 4.0 / (BLOCK as f64).sqrt());
    }
}

/// The first points of each replicate, over the blocks that it has.
fn replicate(of: &Uniforms, dimensions: usize, replicate: u64, blocks: u64) -> Vec<Vec<f64>> {
    let mut all = vec![Vec::new(); dimensions];
    for b in 0..blocks {
        let columns = block(of, dimensions, b * REPLICATES + replicate);
        for (all, column) in all.iter_mut().zip(columns) {
            all.extend(column);
        }
    }
    all
}

#[test]
fn first_points_of_a_replicate_meet_every_dyadic_part_once() {
    let of = uniforms(Sampling::Sobol, 40, 11);
    for r in [0, 7, 15] {
        let columns = replicate(&of, 40, r, 4);
        for column in &columns {
            for k in 0..=14 {
                // So for the first 2ᵏ, and for every 2ᵏ after them.
                for points in column.chunks(1 << k) {
                    assert!(counts(points, 1 << k).iter().all(|&n| n == 1), "{r} {k}");
                }
            }
        }
    }
}

/// The least t for which every elementary rectangle of the area 2^(t − m) has 2ᵗ of the first 2ᵐ points.
fn quality(x: &[f64], y: &[f64], m: usize) -> usize {
    let fair = |t: usize| {
        (0..=m - t).all(|a| {
            let (columns, rows) = (1 << a, 1 << (m - t - a));
            let mut counts = vec![0; columns * rows];
            for (x, y) in x[..1 << m].iter().zip(y) {
                let at = |u: f64, parts: usize| (u * parts as f64) as usize;
                counts[at(*x, columns) * rows + at(*y, rows)] += 1;
            }
            counts.iter().all(|&n| n == 1 << t)
        })
    };
    (0..=m).find(|&t| fair(t)).unwrap()
}

#[test]
fn pairs_of_dimensions() {
    let of = uniforms(Sampling::Sobol, 12, 4);
    for r in 0..3 {
        let columns = block(&of, 12, r);
        for m in [4, 6, 8, 10] {
            // The first two are a (0, 2)-sequence; no pair of the first twelve is worse than 5 here.
            assert_eq!(quality(&columns[0], &columns[1], m), 0);
            for a in 0..12 {
                for b in 0..a {
                    let t = quality(&columns[a], &columns[b], m);
                    assert!(t <= 5 && t < m, "{a} {b} {m}: {t}");
                }
            }
        }
    }
    // The measure can fail: plain numbers are nowhere near.
    let plain = block(&uniforms(Sampling::Plain, 2, 4), 2, 0);
    assert!(quality(&plain[0], &plain[1], 8) > 4);
}

/// Scrambled bits are coins: over replicates and seeds every number is uniform, and two numbers are independent.
#[test]
fn scrambling_is_uniform() {
    let (mut first, mut pairs) = (vec![0_u32; 16], vec![0_u32; 256]);
    let mut n = 0;
    for seed in 0..200 {
        let of = uniforms(Sampling::Sobol, 1, seed);
        for r in 0..REPLICATES {
            let column = &block(&of, 1, r)[0];
            let part = |u: f64| (u * 16.0) as usize;
            first[part(column[5])] += 1;
            // Bits 13 to 16 of two points of a block, whose first twelve differ: coins of two nodes.
            let low = |u: f64| ((u * 4096.0).fract() * 16.0) as usize;
            pairs[low(column[9]) * 16 + low(column[1000])] += 1;
            n += 1;
        }
    }
    let chi = |counts: &[u32]| {
        let even = f64::from(n) / counts.len() as f64;
        let off = counts
            .iter()
            .map(|&c| (f64::from(c) - even) * (f64::from(c) - even) / even);
        off.sum::<f64>()
    };
    // 99.99 % quantiles of chi-square with 15 and 255 degrees of freedom.
    assert!(chi(&first) < 44.3, "{}", chi(&first));
    assert!(chi(&pairs) < 348.0, "{}", chi(&pairs));
}

/// Root mean square error of the mean of a smooth function over all replicates, with so many blocks each.
fn error(sampling: Sampling, blocks: u64) -> f64 {
    let dimensions = 6;
    let of = uniforms(sampling, dimensions, 21);
    let product = |columns: &[Vec<f64>], row: usize| -> f64 {
        let factors = columns.iter().enumerate();
        factors
            .map(|(d, c)| 1.0 + (c[row] - 0.5) / (d + 1) as f64)
            .product()
    };
    let squares: Vec<f64> = (0..REPLICATES)
        .map(|r| {
            let columns = replicate(&of, dimensions, r, blocks);
            let n = columns[0].len();
            let mean = (0..n).map(|row| product(&columns, row)).sum::<f64>() / n as f64;
            (mean - 1.0) * (mean - 1.0)
        })
        .collect();
    (squares.iter().sum::<f64>() / squares.len() as f64).sqrt()
}

#[test]
fn scrambled_sobol_converges_faster() {
    let [plain, latin, sobol] = ALL.map(|s| (error(s, 1), error(s, 16)));
    // Sixteen times as many: plain errors fall to a quarter, these to a thirtieth or less (3/2 powers: a 64th).
    assert!((2.0..8.0).contains(&(plain.0 / plain.1)), "{plain:?}");
    assert!(sobol.0 / sobol.1 > 25.0, "{sobol:?}");
    assert!(sobol.0 < plain.0 / 100.0, "{plain:?} {sobol:?}");
    // A Latin block takes the sum of one-dimensional parts away.
    assert!(latin.0 < plain.0 / 3.0, "{plain:?} {latin:?}");
}

fn ranks(column: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_by(|&a, &b| column[a].total_cmp(&column[b]));
    let mut ranks = vec![0.0; column.len()];
    for (rank, row) in order.into_iter().enumerate() {
        ranks[row] = rank as f64;
    }
    ranks
}

fn spearman(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let off = ranks(x)
        .into_iter()
        .zip(ranks(y))
        .map(|(a, b)| (a - b) * (a - b));
    1.0 - 6.0 * off.sum::<f64>() / (n * (n * n - 1.0))
}

#[test]
fn rank_correlations() {
    let wanted = [
        (0, 2, 0.8),
        (2, 4, -0.5),
        (0, 4, -0.3),
        (5, 6, 1.0),
        (7, 8, -1.0),
        (1, 3, 0.0),
    ];
    for sampling in ALL {
        let of = Uniforms::new(sampling, 10, 8, &wanted).unwrap();
        let free = uniforms(sampling, 10, 8);
        for b in [0, 3, 40] {
            let (found, before) = (block(&of, 10, b), block(&free, 10, b));
            for &(x, y, s) in &wanted {
                let got = spearman(&found[x], &found[y]);
                assert!((got - s).abs() < 0.03, "{sampling:?} {x} {y} {s}: {got}");
            }
            // Those that no other column tells are not far from independent of the rest.
            assert!(spearman(&found[0], &found[5]).abs() < 0.03);
            for d in 0..10 {
                let sorted = |column: &[f64]| {
                    let mut column = column.to_vec();
                    column.sort_by(f64::total_cmp);
                    column
                };
                assert_eq!(sorted(&found[d]), sorted(&before[d]));
                if [0, 1, 3, 9].contains(&d) {
                    assert_eq!(found[d], before[d]);
                }
            }
        }
    }
}

/// All correlations of many columns at once, random ones that belong together.
#[test]
fn many_rank_correlations() {
    let d = 12;
    let mut state = 1_u64;
    let mut coin = || {
        state = state
            .wrapping_mul(0x5851_f42d_4c95_7f2d)
            .wrapping_add(0x1405_7b7e_f767_814f);
        (state >> 40) as f64 / (1_u64 << 24) as f64 - 0.5
    };
    let loads: Vec<[f64; 3]> = (0..d).map(|_| [coin(), coin(), coin()]).collect();
    let mut wanted = Vec::new();
    for a in 0..d {
        for b in 0..a {
            let dot =
                |x: usize, y: usize| -> f64 { (0..3).map(|k| loads[x][k] * loads[y][k]).sum() };
            wanted.push((b, a, 0.9 * dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()));
        }
    }
    for sampling in ALL {
        let of = Uniforms::new(sampling, d, 1, &wanted).unwrap();
        let found = block(&of, d, 1);
        for &(a, b, s) in &wanted {
            let got = spearman(&found[a], &found[b]);
            assert!((got - s).abs() < 0.03, "{sampling:?} {a} {b} {s}: {got}");
        }
    }
}

#[test]
fn correlations_that_nothing_has() {
    let new = |correlations: &[(usize, usize, f64)]| {
        Uniforms::new(Sampling::Plain, 3, 1, correlations).map(|_| ())
    };
    assert_eq!(
        new(&[(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9)]),
        Err(NotPositive)
    );
    assert_eq!(
        new(&[(0, 1, 1.0), (1, 2, 0.5), (0, 2, 0.4)]),
        Err(NotPositive)
    );
    assert_eq!(new(&[(0, 1, 1.0), (1, 2, 0.5), (0, 2, 0.5)]), Ok(()));
    for wrong in [(0, 0, 0.5), (0, 3, 0.5), (0, 1, 1.01), (0, 1, f64::NAN)] {
        assert_eq!(new(&[wrong]), Err(NotPositive));
    }
    assert_eq!(new(&[(0, 1, 0.5), (1, 0, 0.5)]), Err(NotPositive));
}

#[test]
fn replicates() {
    for (sampling, together, of_20) in [
        (Sampling::Plain, 1, 20),
        (Sampling::Latin, 1, 20),
        (Sampling::Sobol, 16, 4),
    ] {
        let of = uniforms(sampling, 1, 1);
        assert_eq!((of.together(), of.replicate(20)), (together, of_20));
        assert_eq!(of.sampling(), sampling);
    }
}
