//! Rates with their uncertainty. People are drawn, not comparisons: those of one person are alike, and so are those of two.

use serde::Serialize;

use crate::rates::exact_interval;

/// Events among trials, and what may be concluded from them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Rate {
    pub(crate) events: u64,
    pub(crate) trials: u64,
    /// Who took part.
    pub(crate) people: usize,
    #[serde(flatten)]
    pub(crate) estimate: Estimate,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "said", rename_all = "snake_case")]
pub(crate) enum Estimate {
    /// `low` and `high` are the ends of a 95 % interval.
    Known { value: f64, low: f64, high: f64 },
    /// Too few people or comparisons to say anything.
    Insufficient { why: String },
}

/// With fewer people an interval over people says nothing.
pub(crate) const FEWEST_PEOPLE: usize = 30;

/// So many samples of the set's people, each with every person drawn as often as chance has it.
pub(crate) const REPLICATES: usize = 1000;

/// How often each person is drawn in each replicate of a bootstrap over people (Efron and Tibshirani 1993, chapter 6).
#[derive(Debug)]
pub(crate) struct Draws {
    people: usize,
    /// A row of `people` for each replicate.
    weights: Vec<u8>,
}

/// Events and trials of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Count {
    pub(crate) events: u32,
    pub(crate) trials: u32,
}

/// Counts of people by their index in the set.
pub(crate) type ByPerson = Vec<(usize, Count)>;

impl Draws {
    pub(crate) fn new(people: usize) -> Self {
        let mut weights = vec![0u8; people * REPLICATES];
        let mut chance = Chance::new(people as u64);
        for row in weights.chunks_exact_mut(people.max(1)) {
            for _ in 0..people {
                let drawn = &mut row[chance.below(people)];
                *drawn = drawn.saturating_add(1);
            }
        }
        Self { people, weights }
    }

    fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.weights.chunks_exact(self.people.max(1))
    }

    /// Of trials that belong to one person each.
    pub(crate) fn rate(&self, counts: &[(usize, Count)]) -> Rate {
        let events = counts.iter().map(|(_, c)| u64::from(c.events)).sum();
        let trials = counts.iter().map(|(_, c)| u64::from(c.trials)).sum();
        let people = counts.iter().filter(|(_, c)| c.trials > 0).count();
        self.concluded(events, trials, people, || self.replicates(counts))
    }

    /// The rate in each replicate; those without a trial are left out.
    pub(crate) fn replicates(&self, counts: &[(usize, Count)]) -> Vec<Option<f64>> {
        self.rows()
            .map(|row| {
                let (mut events, mut trials) = (0u64, 0u64);
                for (person, count) in counts {
                    let weight = u64::from(row[*person]);
                    events += weight * u64::from(count.events);
                    trials += weight * u64::from(count.trials);
                }
                (trials > 0).then(|| events as f64 / trials as f64)
            })
            .collect()
    }

    /// Of comparisons of two people. `events`: who were taken for one another; `trials`: in a replicate, and in the set.
    pub(crate) fn rate_of_pairs(
        &self,
        events: &[(u32, u32)],
        trials: u64,
        people: usize,
        in_replicate: impl Fn(&[u8]) -> f64,
    ) -> Rate {
        self.concluded(events.len() as u64, trials, people, || {
            self.rows()
                .map(|row| {
                    let weight = |p: u32| u64::from(row[p as usize]);
                    let drawn: u64 = events.iter().map(|(a, b)| weight(*a) * weight(*b)).sum();
                    let trials = in_replicate(row);
                    (trials > 0.0).then(|| drawn as f64 / trials)
                })
                .collect()
        })
    }

    fn concluded(
        &self,
        events: u64,
        trials: u64,
        people: usize,
        replicates: impl FnOnce() -> Vec<Option<f64>>,
    ) -> Rate {
        let estimate = if people < FEWEST_PEOPLE {
            Estimate::Insufficient {
                why: format!("{people} people, of at least {FEWEST_PEOPLE}"),
            }
        } else {
            let value = events as f64 / trials as f64;
            let (mut low, mut high) = match interval(replicates().into_iter().flatten().collect()) {
                Some(_) if events == 0 || events == trials => (value, value),
                Some((low, high)) => (low.min(value), high.max(value)),
                None => (0.0, 1.0),
            };
            // Resamples of nothing are nothing, and those of a few events vary too little.
            if events < FEW {
                low = low.min(exact_interval(events, people as u64).0);
                high = high.max(exact_interval(events, people as u64).1);
            }
            if trials - events < FEW {
                low = low.min(1.0 - exact_interval(trials - events, people as u64).1);
                high = high.max(1.0 - exact_interval(trials - events, people as u64).0);
            }
            Estimate::Known { value, low, high }
        };
        Rate {
            events,
            trials,
            people,
            estimate,
        }
    }
}

/// With fewer events the interval is at least as wide as that of as many independent people.
const FEW: u64 = 10;

/// The middle 95 % of replicates; nothing where there are too few to tell.
pub(crate) fn interval(mut replicates: Vec<f64>) -> Option<(f64, f64)> {
    if replicates.len() < REPLICATES / 2 {
        return None;
    }
    replicates.sort_by(f64::total_cmp);
    let at = |share: f64| replicates[((replicates.len() - 1) as f64 * share).round() as usize];
    Some((at(0.025), at(0.975)))
}

/// Numbers that look random and are the same in every run (Steele et al. 2014, SplitMix64), so that a report can be
/// repeated.
#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Of 0..`end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(rate: &Rate) -> (f64, f64, f64) {
        match rate.estimate {
            Estimate::Known { value, low, high } => (value, low, high),
            Estimate::Insufficient { .. } => panic!("{rate:?}"),
        }
    }

    #[test]
    fn independent_trials_have_the_binomial_interval() {
        let draws = Draws::new(1000);
        let counts: Vec<_> = (0..1000)
            .map(|p| {
                (
                    p,
                    Count {
                        events: u32::from(p < 100),
                        trials: 1,
                    },
                )
            })
            .collect();
        let (value, low, high) = known(&draws.rate(&counts));
        // Wilson's interval of 100 in 1000 is 0.083 to 0.120.
        assert_eq!(value, 0.1);
        assert!(
            (low - 0.083).abs() < 0.004 && (high - 0.120).abs() < 0.004,
            "{low} {high}"
        );
    }

    #[test]
    fn trials_of_one_person_count_as_one() {
        let draws = Draws::new(100);
        let count = |p: usize, n: u32| {
            (
                p,
                Count {
                    events: if p < 10 { n } else { 0 },
                    trials: n,
                },
            )
        };
        let once = draws.rate(&(0..100).map(|p| count(p, 1)).collect::<Vec<_>>());
        let often = draws.rate(&(0..100).map(|p| count(p, 50)).collect::<Vec<_>>());
        assert_eq!(known(&once), known(&often));
    }

    #[test]
    fn pairs_of_two_people_vary_more_than_their_number_says() {
        let draws = Draws::new(100);
        // Ten people who are all taken for one another: 45 pairs of 4,950.
        let events: Vec<_> = (0..10).flat_map(|a| (a + 1..10).map(move |b| (a, b))).collect();
        let trials = |row: &[u8]| {
            let (sum, squares) = row
                .iter()
                .fold((0u64, 0u64), |(s, q), w| (s + u64::from(*w), q + u64::from(*w).pow(2)));
            (sum * sum - squares) as f64 / 2.0
        };
        let (value, low, high) = known(&draws.rate_of_pairs(&events, 4950, 100, trials));
        let binomial = 1.96 * (45f64).sqrt() / 4950.0;
        assert!((value - 45.0 / 4950.0).abs() < 1e-12);
        assert!(
            high - value > 1.5 * binomial && value - low > 1.2 * binomial,
            "{low} {high}"
        );
    }

    #[test]
    fn nothing_seen_is_not_nothing_possible() {
        let draws = Draws::new(60);
        let counts: Vec<_> = (0..60).map(|p| (p, Count { events: 0, trials: 9 })).collect();
        let (value, low, high) = known(&draws.rate(&counts));
        assert!(value == 0.0 && low == 0.0 && (high - 0.0596).abs() < 1e-3, "{high}");
    }

    #[test]
    fn one_event_more_never_means_a_lower_upper_end() {
        let upper = |events| {
            let counts: Vec<_> = (0..72)
                .map(|p| {
                    (
                        p,
                        Count {
                            events: u32::from(p < events),
                            trials: 1,
                        },
                    )
                })
                .collect();
            known(&Draws::new(72).rate(&counts)).2
        };
        assert!((0..FEW as usize - 1).all(|events| upper(events) < upper(events + 1)));
    }

    #[test]
    fn few_people_are_no_rate() {
        let rate = Draws::new(40).rate(&[(3, Count { events: 5, trials: 10 })]);
        assert_eq!((rate.events, rate.trials, rate.people), (5, 10, 1));
        assert!(matches!(rate.estimate, Estimate::Insufficient { why } if why == "1 people, of at least 30"));
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_value(hits in proptest::collection::vec(0u32..4, 30..80)) {
            let counts: Vec<_> = hits.iter().enumerate().map(|(p, n)| (p, Count { events: *n, trials: 3 })).collect();
            let (value, low, high) = known(&Draws::new(hits.len()).rate(&counts));
            prop_assert!((0.0..=1.0).contains(&low) && low <= value && value <= high && high <= 1.0, "{} {} {}", low, value, high);
        }

        #[test]
        fn a_shuffle_keeps_everything(seed: u64, n in 0usize..50) {
            let mut items: Vec<_> = (0..n).collect();
            Chance::new(seed).shuffle(&mut items);
            items.sort_unstable();
            prop_assert_eq!(items, (0..n).collect::<Vec<_>>());
        }
    }
}
