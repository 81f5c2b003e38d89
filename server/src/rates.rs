//! How certain a counted rate is.

/// The ends of a 95 % interval for a rate that `events` of so many independent trials showed, some hundreds at most
/// (Clopper and Pearson 1934). Without a trial it is from none to all.
pub(crate) fn exact_interval(events: u64, trials: u64) -> (f64, f64) {
    if trials == 0 {
        return (0.0, 1.0);
    }
    let n = trials as f64;
    let events = events.min(trials);
    // The probability of at most `k` events at a rate of `p`.
    let at_most = |k: u64, p: f64| -> f64 {
        let mut term = (n * (-p).ln_1p()).exp();
        let mut sum = term;
        for i in 0..k {
            term *= (n - i as f64) / (i as f64 + 1.0) * p / (1.0 - p);
            sum += term;
        }
        sum
    };
    let root = |above: &dyn Fn(f64) -> bool| {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if above(middle) { low = middle } else { high = middle }
        }
        low
    };
    let low = match events {
        0 => 0.0,
        k => root(&|p| 1.0 - at_most(k - 1, p) < 0.025),
    };
    let high = if events == trials {
        1.0
    } else {
        root(&|p| at_most(events, p) > 0.025)
    };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R's `binom.test(k, n)$conf.int`.
    #[test]
    fn an_interval_is_that_of_the_binomial_test() {
        for (events, trials, low, high) in [
            (0, 7_512, 0.0, 0.000_490_94),
            (2, 7_512, 0.000_032_25, 0.000_961_43),
            (5, 100, 0.016_431_9, 0.112_835),
            (1, 72, 0.000_351_6, 0.074_971),
            (36, 36, 0.902_606, 1.0),
        ] {
            let found = exact_interval(events, trials);
            assert!(
                (found.0 - low).abs() < 1e-6 && (found.1 - high).abs() < 1e-6,
                "{events}/{trials}: {found:?}"
            );
        }
        assert_eq!(exact_interval(0, 0), (0.0, 1.0));
    }
}
