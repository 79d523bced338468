//! When enough is drawn.

/// Count, mean and sum of squared deviations of the numbers in a column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    pub(super) fn of(column: &[f64]) -> Moments {
        let values = || column.iter().filter(|x| !x.is_nan());
        let count = values().count() as f64;
        if count == 0.0 {
            return Moments::default();
        }
        let mean = values().sum::<f64>() / count;
        let squares = values().map(|x| (x - mean) * (x - mean)).sum();
        Moments {
            count,
            mean,
            squares,
        }
    }

    /// Of both together (Chan, Golub and LeVeque 1983, American Statistician 37:242-247).
    fn with(self, other: Moments) -> Moments {
        let count = self.count + other.count;
        if count == 0.0 {
            return self;
        }
        let (apart, share) = (other.mean - self.mean, other.count / count);
        Moments {
            count,
            mean: self.mean + apart * share,
            squares: self.squares + other.squares + apart * apart * self.count * share,
        }
    }
}

/// The greatest standard error of a watched mean as a share of max(|mean|, sd / 100); `blocks` tell of each block the
/// moments of each watched output, `order` which of them make a replicate. What never has a value is not watched.
pub(super) fn precision(blocks: &[&[Moments]], order: &[Vec<usize>]) -> f64 {
    let watched = blocks.first().map_or(0, |b| b.len());
    let one = |at: usize| {
        let all = blocks.iter().map(|b| b[at]);
        let all = all.fold(Moments::default(), Moments::with);
        if all.count == 0.0 {
            return 0.0;
        }
        let square = if order.len() < 2 {
            all.squares / (all.count * (all.count - 1.0))
        } else {
            let rest = |block: &usize| {
                let block = blocks[*block][at];
                block.count * (block.mean - all.mean)
            };
            let rests = order.iter().map(|r| r.iter().map(rest).sum::<f64>());
            let r = order.len() as f64;
            rests.map(|e| e * e).sum::<f64>() * r / (r - 1.0) / (all.count * all.count)
        };
        let hundredth = libm::sqrt(all.squares / all.count) / 100.0;
        let size = if all.mean.abs() > hundredth {
            all.mean.abs()
        } else {
            hundredth
        };
        match libm::sqrt(square) {
            0.0 => 0.0,
            // One number, or too large ones: nothing is known of the error.
            error if error.is_nan() => f64::INFINITY,
            error => error / size,
        }
    };
    (0..watched).map(one).fold(0.0, f64::max)
}
