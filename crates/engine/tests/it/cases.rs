//! Random small models, and the published demonstration matrix.

use sinario_engine::{Driver, Future, Model, State};

/// A plain generator for tests (SplitMix64, Steele et al. 2014): the same numbers everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Two to five drivers of two to four states; ties, self-impacts, silent drivers and priors happen.
pub fn model(dice: &mut Dice) -> Model {
    let n = 2 + dice.below(4);
    let sizes = (0..n).map(|_| 2 + dice.below(3) as u16).collect();
    let mut model = Model::new(sizes);
    let density = dice.unit();
    let scale = [1, 2, 3, 900][dice.below(4)];
    let selves = dice.below(2) == 0;
    for from in 0..n {
        for on in 0..n {
            if (from == on && !selves) || dice.unit() > density {
                continue;
            }
            for s in 0..model.sizes[from] {
                for t in 0..model.sizes[on] {
                    let score = dice.below(2 * scale + 1) as i32 - scale as i32;
                    let unit = if scale == 900 { 3 } else { 1000 };
                    model.add(
                        Driver(from as u32),
                        State(s),
                        Driver(on as u32),
                        State(t),
                        score * unit,
                    );
                }
            }
        }
    }
    model
}

/// All futures in declared order.
pub fn all(sizes: &[u16]) -> Vec<Future> {
    let mut futures = vec![Vec::new()];
    for &k in sizes {
        futures = futures
            .iter()
            .flat_map(|x: &Future| (0..k).map(|s| [&x[..], &[State(s)]].concat()))
            .collect();
    }
    futures
}

/// Somewhereland: 486 futures, ten of them consistent.
pub fn somewhereland() -> Model {
    let data: serde_json::Value =
        serde_json::from_str(include_str!("../data/somewhereland.json")).unwrap();
    let sizes: Vec<u16> = data["descriptors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["variants"].as_array().unwrap().len() as u16)
        .collect();
    let place: Vec<(u32, u16)> = sizes
        .iter()
        .enumerate()
        .flat_map(|(d, &k)| (0..k).map(move |s| (d as u32, s)))
        .collect();
    let mut model = Model::new(sizes);
    for (row, &(from, s)) in place.iter().enumerate() {
        for (column, &(on, t)) in place.iter().enumerate() {
            let score = data["matrix"][row][column].as_i64().unwrap() as i32 * 1000;
            model.add(Driver(from), State(s), Driver(on), State(t), score);
        }
    }
    model
}

/// `A3B1C3D2E1F1` and so on.
pub fn named(name: &str) -> Future {
    name.bytes()
        .filter(u8::is_ascii_digit)
        .map(|b| State(u16::from(b - b'1')))
        .collect()
}

pub const PUBLISHED: [&str; 10] = [
    "A3B1C3D2E1F1",
    "A3B2C3D2E1F1",
    "A2B1C3D2E2F1",
    "A2B2C3D2E2F1",
    "A3B1C2D1E1F2",
    "A1B2C2D1E1F2",
    "A3B2C2D1E1F2",
    "A1B3C2D1E1F2",
    "A1B3C2D1E1F3",
    "A1B3C1D2E3F3",
];
