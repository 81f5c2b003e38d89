//! One to one: every image with every other, or the pairs of a list.

use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use vedette_core::calibration::{Histogram, Scale};
use vedette_core::cohort::{self, Statistics, normalised};
use vedette_core::template::{Similarity, Template};

use super::cells::{Cells, EVERYONE};
use super::people::{ByPerson, Chance, Count, Draws, Estimate, FEWEST_PEOPLE, Rate};
use super::report::{Condition, Measure, Probe, Row};

/// A template of an image that a gate let through.
#[derive(Debug)]
pub(crate) struct Sample {
    /// Index of the set's images.
    pub(crate) image: usize,
    pub(crate) person: usize,
    pub(crate) template: Template,
    /// Quality, where it may be a reference, and a probe.
    pub(crate) reference: Option<f32>,
    pub(crate) probe: Option<f32>,
}

/// False match rates at which true accepts are reported.
const LEVELS: [f64; 6] = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];
/// A rate counts as shown by the data where so many comparisons showed it.
const SEEN: f64 = 10.0;
/// Of more false matches than this the people are not kept.
const MOST_EVENTS: f64 = 2e6;

/// What one scale makes of a set.
#[derive(Debug)]
pub(crate) struct Verification {
    pub(crate) scale: Scale,
    pub(crate) rows: Vec<Row>,
    pub(crate) det: Vec<DetPoint>,
    /// Where as many false matches as false non-matches occur.
    pub(crate) equal_error: Option<f64>,
    /// Of people of each population, in the order of [`Cells::names`].
    pub(crate) scores: Vec<CellScores>,
    /// Different labels, the same face: sample indices and score, best first.
    pub(crate) alike_strangers: Vec<(usize, usize, f32)>,
    pub(crate) alike_strangers_in_all: usize,
    /// Samples that are like none of their label, with their best score there.
    pub(crate) unlike_own: Vec<(usize, f32)>,
    /// Accepted genuine comparisons by person at each level, to compare models with.
    pub(crate) by_person: Vec<(f64, ByPerson)>,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct DetPoint {
    pub(crate) threshold: f32,
    pub(crate) fmr: f64,
    pub(crate) fnmr: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct CellScores {
    pub(crate) people: usize,
    pub(crate) genuine: Histogram,
    pub(crate) impostor: Histogram,
}

/// What is compared.
pub(crate) struct Comparisons<'a> {
    pub(crate) samples: &'a [Sample],
    pub(crate) cells: &'a Cells,
    pub(crate) draws: &'a Draws,
    /// Of samples, where not all are compared.
    pub(crate) listed: Option<&'a [(usize, usize)]>,
}

/// Statistics of every sample against a cohort of others; nothing where there are too few people.
pub(crate) fn statistics(samples: &[Sample]) -> Option<Vec<Statistics>> {
    let mut order: Vec<usize> = (0..samples.len()).collect();
    Chance::new(1).shuffle(&mut order);
    let mut seen = HashSet::new();
    let mut cohort: Vec<usize> = order.into_iter().filter(|s| seen.insert(samples[*s].person)).collect();
    if cohort.len() <= cohort::SIZE {
        return None;
    }
    cohort.truncate(cohort::SIZE);
    samples
        .iter()
        .map(|sample| {
            let strangers = cohort.iter().filter(|s| samples[**s].person != sample.person);
            let mut scores: Vec<f32> = strangers.map(|s| cosine(sample, &samples[*s])).collect();
            Statistics::of_nearest(&mut scores, 0, cohort::NEAREST)
        })
        .collect()
}

/// Samples are of one space, because one run made them.
fn cosine(a: &Sample, b: &Sample) -> f32 {
    a.template.compare(&b.template).map_or(-1.0, Similarity::get)
}

#[derive(Clone, Copy)]
struct Bins {
    start: f32,
    width: f32,
    count: usize,
}

impl Bins {
    const fn of(scale: Scale) -> Self {
        match scale {
            Scale::Cosine => Self {
                start: -1.0,
                width: 0.001,
                count: 2001,
            },
            Scale::Normalised => Self {
                start: -15.0,
                width: 0.02,
                count: 2500,
            },
        }
    }

    fn at(self, score: f32) -> usize {
        (((score - self.start) / self.width).max(0.0) as usize).min(self.count - 1)
    }

    fn edge(self, bin: usize) -> f32 {
        self.start + bin as f32 * self.width
    }

    fn empty(self) -> Histogram {
        Histogram {
            start: self.start,
            width: self.width,
            counts: vec![0; self.count],
        }
    }
}

impl Comparisons<'_> {
    /// `statistics`: one for each sample, for normalised scores.
    pub(crate) fn verify(&self, statistics: Option<&[Statistics]>) -> Verification {
        let scale = match statistics {
            Some(_) => Scale::Normalised,
            None => Scale::Cosine,
        };
        let bins = Bins::of(scale);
        let score = |a: usize, b: usize| {
            let cosine = cosine(&self.samples[a], &self.samples[b]);
            statistics.map_or(cosine, |s| normalised(cosine, s[a], s[b]))
        };
        let mut first = self.histograms(bins, &score);
        let everyone = &first.cells[EVERYONE];
        let (genuine, impostor) = (Suffix::of(&everyone.genuine), Suffix::of(&everyone.impostor));
        let levels: Vec<Level> = LEVELS
            .iter()
            .filter(|fmr| impostor.total() as f64 * **fmr >= SEEN && impostor.total() as f64 * **fmr <= MOST_EVENTS)
            .map(|fmr| Level {
                fmr: *fmr,
                bin: impostor.lowest_within(impostor.total() as f64 * fmr),
            })
            .collect();
        let as_one_person = genuine
            .highest_reached((genuine.total() * 9).div_ceil(10))
            .unwrap_or(bins.count);
        // Of few comparisons the rarest are no rarer than the others.
        let genuine_tell = genuine.total() >= SUSPECTS_FROM;
        let strangers_tell = impostor.total() as f64 * COMMON >= SEEN;
        let people_tell = first.cells[EVERYONE].people >= FEWEST_PEOPLE && genuine.total() >= FEWEST_PEOPLE as u64;
        let lowest = levels.iter().map(|l| l.bin).min();
        let kept_from = lowest.unwrap_or(as_one_person);
        let second = self.events(bins, &levels, kept_from, &score);

        let mut rows = Vec::new();
        let mut by_person = Vec::new();
        for (at, level) in levels.iter().enumerate() {
            for cell in 0..self.cells.len() {
                let row = |measure: Measure, rate: Rate| Row {
                    measure,
                    population: self.cells.names[cell].clone(),
                    scale: Some(scale),
                    list: None,
                    probe: Probe::Each,
                    condition: Condition::Fmr(level.fmr),
                    threshold: Some(bins.edge(level.bin)),
                    rate,
                };
                rows.push(row(Measure::Fmr, self.fmr(cell, level, &second)));
                let mut counts: ByPerson = second.genuine[cell]
                    .iter()
                    .map(|(person, g)| {
                        let count = Count {
                            events: g.accepted[at],
                            trials: g.trials,
                        };
                        (*person, count)
                    })
                    .collect();
                counts.sort_by_key(|(person, _)| *person);
                rows.push(row(Measure::Tar, self.draws.rate(&counts)));
                if cell == EVERYONE {
                    by_person.push((level.fmr, counts));
                }
            }
        }
        let mut alike = second.alike;
        alike.retain(|(_, _, score)| genuine_tell && bins.at(*score) >= as_one_person);
        alike.sort_by(|a, b| b.2.total_cmp(&a.2));
        let alike_strangers_in_all = alike.len();
        alike.truncate(MOST_SUSPECTS);
        let common = impostor.lowest_within(impostor.total() as f64 * COMMON);
        let mut unlike_own: Vec<(usize, f32)> = first
            .best_own
            .drain(..)
            .enumerate()
            .filter_map(|(sample, best)| Some((sample, best?)))
            .filter(|(_, best)| strangers_tell && bins.at(*best) < common)
            .collect();
        unlike_own.sort_by(|a, b| a.1.total_cmp(&b.1));
        Verification {
            scale,
            rows,
            det: if people_tell {
                det(bins, &genuine, &impostor)
            } else {
                Vec::new()
            },
            equal_error: equal_error(bins, &genuine, &impostor).filter(|_| people_tell),
            scores: first.cells,
            alike_strangers: alike,
            alike_strangers_in_all,
            unlike_own,
            by_person,
        }
    }

    fn fmr(&self, cell: usize, level: &Level, second: &Events) -> Rate {
        let events: Vec<(u32, u32)> = second.impostor[cell]
            .iter()
            .filter(|(_, _, bin)| usize::from(*bin) >= level.bin)
            .map(|(a, b, _)| (*a, *b))
            .collect();
        let mut per_person: HashMap<usize, u64> = HashMap::new();
        let in_cell = |image: usize| self.cells.of_image(image).any(|c| c == cell);
        let (trials, people, rate);
        match self.listed {
            None => {
                for sample in self.samples.iter().filter(|s| in_cell(s.image)) {
                    *per_person.entry(sample.person).or_default() += 1;
                }
                people = per_person.len();
                let all: u64 = per_person.values().sum();
                trials = (all * all - per_person.values().map(|n| n * n).sum::<u64>()) / 2;
                rate = self.draws.rate_of_pairs(&events, trials, people, |weights| {
                    let (mut sum, mut squares) = (0u64, 0u64);
                    for (person, n) in &per_person {
                        let drawn = n * u64::from(weights[*person]);
                        sum += drawn;
                        squares += drawn * drawn;
                    }
                    (sum * sum - squares) as f64 / 2.0
                });
            }
            Some(pairs) => {
                let compared: Vec<(usize, usize)> = pairs
                    .iter()
                    .map(|(a, b)| (&self.samples[*a], &self.samples[*b]))
                    .filter(|(a, b)| a.person != b.person && self.cells.of_pair(a.image, b.image).any(|c| c == cell))
                    .map(|(a, b)| (a.person, b.person))
                    .collect();
                people = compared.iter().flat_map(|(a, b)| [a, b]).collect::<HashSet<_>>().len();
                trials = compared.len() as u64;
                rate = self.draws.rate_of_pairs(&events, trials, people, |weights| {
                    compared
                        .iter()
                        .map(|(a, b)| f64::from(weights[*a]) * f64::from(weights[*b]))
                        .sum()
                });
            }
        }
        if cell != EVERYONE && (trials as f64) * level.fmr < SEEN {
            let why = format!("{trials} comparisons can't show a rate of {:.0e}", level.fmr);
            return Rate {
                estimate: Estimate::Insufficient { why },
                ..rate
            };
        }
        rate
    }

    /// Hands every pair to `take`, on all cores; `finish` merges what the cores gathered.
    fn all<T: Send>(&self, start: impl Fn() -> T + Sync, take: impl Fn(&mut T, usize, usize) + Sync) -> Vec<T> {
        if let Some(pairs) = self.listed {
            let mut gathered = start();
            for (a, b) in pairs {
                take(&mut gathered, *a, *b);
            }
            return vec![gathered];
        }
        let next = AtomicUsize::new(0);
        let work = || {
            let mut gathered = start();
            loop {
                let a = next.fetch_add(1, Ordering::Relaxed);
                if a >= self.samples.len() {
                    return gathered;
                }
                for b in a + 1..self.samples.len() {
                    take(&mut gathered, a, b);
                }
            }
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        })
    }

    fn histograms(&self, bins: Bins, score: &(impl Fn(usize, usize) -> f32 + Sync)) -> Histograms {
        let start = || Histograms {
            cells: vec![
                CellScores {
                    people: 0,
                    genuine: bins.empty(),
                    impostor: bins.empty(),
                };
                self.cells.len()
            ],
            best_own: vec![None; self.samples.len()],
        };
        let gathered = self.all(start, |into, a, b| {
            let (x, y) = (&self.samples[a], &self.samples[b]);
            let score = score(a, b);
            let bin = bins.at(score);
            let same = x.person == y.person;
            if same {
                for sample in [a, b] {
                    let best = &mut into.best_own[sample];
                    *best = Some(best.map_or(score, |b| b.max(score)));
                }
            }
            for cell in self.cells.of_pair(x.image, y.image) {
                let scores = &mut into.cells[cell];
                let histogram = if same {
                    &mut scores.genuine
                } else {
                    &mut scores.impostor
                };
                histogram.counts[bin] += 1;
            }
        });
        let mut total = start();
        for part in gathered {
            for (into, from) in total.cells.iter_mut().zip(&part.cells) {
                for (into, from) in [(&mut into.genuine, &from.genuine), (&mut into.impostor, &from.impostor)] {
                    into.counts.iter_mut().zip(&from.counts).for_each(|(a, b)| *a += b);
                }
            }
            for (into, from) in total.best_own.iter_mut().zip(part.best_own) {
                *into = match (*into, from) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    (a, b) => a.or(b),
                };
            }
        }
        for (cell, scores) in total.cells.iter_mut().enumerate() {
            let own = self
                .samples
                .iter()
                .filter(|s| self.cells.of_image(s.image).any(|c| c == cell));
            scores.people = own.map(|s| s.person).collect::<HashSet<_>>().len();
        }
        total
    }

    fn events(
        &self,
        bins: Bins,
        levels: &[Level],
        kept_from: usize,
        score: &(impl Fn(usize, usize) -> f32 + Sync),
    ) -> Events {
        let start = || Events {
            genuine: vec![HashMap::new(); self.cells.len()],
            impostor: vec![Vec::new(); self.cells.len()],
            alike: Vec::new(),
        };
        let gathered = self.all(start, |into, a, b| {
            let (x, y) = (&self.samples[a], &self.samples[b]);
            let score = score(a, b);
            let bin = bins.at(score);
            if x.person == y.person {
                for cell in self.cells.of_pair(x.image, y.image) {
                    let own = into.genuine[cell].entry(x.person).or_insert_with(|| Genuine {
                        trials: 0,
                        accepted: vec![0; levels.len()],
                    });
                    own.trials += 1;
                    for (accepted, level) in own.accepted.iter_mut().zip(levels) {
                        *accepted += u32::from(bin >= level.bin);
                    }
                }
            } else if bin >= kept_from {
                for cell in self.cells.of_pair(x.image, y.image) {
                    into.impostor[cell].push((x.person as u32, y.person as u32, bin as u16));
                }
                into.alike.push((a, b, score));
            }
        });
        let mut total = start();
        for part in gathered {
            for (into, from) in total.genuine.iter_mut().zip(part.genuine) {
                for (person, more) in from {
                    match into.get_mut(&person) {
                        None => {
                            into.insert(person, more);
                        }
                        Some(own) => {
                            own.trials += more.trials;
                            own.accepted.iter_mut().zip(more.accepted).for_each(|(a, b)| *a += b);
                        }
                    }
                }
            }
            for (into, from) in total.impostor.iter_mut().zip(part.impostor) {
                into.extend(from);
            }
            total.alike.extend(part.alike);
        }
        total
    }
}

/// A photograph that is less like all others of its label than this share of strangers are to one another is suspected.
const COMMON: f64 = 1e-2;
/// Comparisons of one person from which "nine in ten" means something.
const SUSPECTS_FROM: u64 = 30;
/// Suspects that a report lists.
const MOST_SUSPECTS: usize = 200;

struct Level {
    fmr: f64,
    /// The lowest bin that counts as a match.
    bin: usize,
}

struct Histograms {
    cells: Vec<CellScores>,
    best_own: Vec<Option<f32>>,
}

#[derive(Clone)]
struct Genuine {
    trials: u32,
    accepted: Vec<u32>,
}

struct Events {
    /// By population, then by person.
    genuine: Vec<HashMap<usize, Genuine>>,
    /// By population: who, and in which bin.
    impostor: Vec<Vec<(u32, u32, u16)>>,
    alike: Vec<(usize, usize, f32)>,
}

/// How many comparisons reach each bin.
struct Suffix(Vec<u64>);

impl Suffix {
    fn of(histogram: &Histogram) -> Self {
        let mut sums = histogram.counts.clone();
        sums.push(0);
        for bin in (0..histogram.counts.len()).rev() {
            sums[bin] += sums[bin + 1];
        }
        Self(sums)
    }

    fn total(&self) -> u64 {
        self.0[0]
    }

    /// The lowest bin that at most so many reach.
    fn lowest_within(&self, count: f64) -> usize {
        self.0
            .iter()
            .position(|n| *n as f64 <= count)
            .unwrap_or(self.0.len() - 1)
    }

    /// The highest bin that at least so many reach; nothing of nothing.
    fn highest_reached(&self, count: u64) -> Option<usize> {
        if count == 0 {
            return None;
        }
        self.0.iter().rposition(|n| *n >= count)
    }
}

/// Points at which the curve has moved by a fiftieth.
fn det(bins: Bins, genuine: &Suffix, impostor: &Suffix) -> Vec<DetPoint> {
    let mut points: Vec<DetPoint> = Vec::new();
    if genuine.total() == 0 || impostor.total() == 0 {
        return points;
    }
    for bin in 0..bins.count {
        let point = DetPoint {
            threshold: bins.edge(bin),
            fmr: impostor.0[bin] as f64 / impostor.total() as f64,
            fnmr: 1.0 - genuine.0[bin] as f64 / genuine.total() as f64,
        };
        let moved = points.last().is_none_or(|last| {
            let far = |a: f64, b: f64| (a - b).abs() > 0.02 * a.max(b);
            far(last.fmr, point.fmr) || far(last.fnmr, point.fnmr)
        });
        if moved {
            points.push(point);
        }
    }
    points
}

fn equal_error(bins: Bins, genuine: &Suffix, impostor: &Suffix) -> Option<f64> {
    if genuine.total() == 0 || impostor.total() == 0 {
        return None;
    }
    (0..bins.count)
        .map(|bin| {
            let fmr = impostor.0[bin] as f64 / impostor.total() as f64;
            let fnmr = 1.0 - genuine.0[bin] as f64 / genuine.total() as f64;
            ((fmr - fnmr).abs(), 0.5 * (fmr + fnmr))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, rate)| rate)
}
