//! One to many: some people on a watchlist, the rest passing by.

use std::cmp::Ordering;
use std::collections::HashMap;

use uuid::Uuid;
use vedette_core::calibration::{Calibration, Scale, Target};
use vedette_core::cohort;
use vedette_core::id::EntryId;
use vedette_core::quality::Quality;
use vedette_core::references::{References, Scores};
use vedette_core::shot::{Fusion, Shots};
use vedette_core::template::{Template, TemplateError, TemplateSpace};

use super::cells::{Cells, EVERYONE};
use super::people::{ByPerson, Chance, Count, Draws, Estimate, Rate};
use super::report::{Condition, Measure, Probe, Row};
use super::verification::Sample;

/// How often a watchlist of each length is drawn, so that every person is at times on it and at times not.
const LISTS: u64 = 10;
/// A rate counts as shown by the data where so many probes showed it.
const SEEN: f64 = 10.0;
const LEVELS: [f64; 3] = [1e-1, 1e-2, 1e-3];
const RANKS: [usize; 5] = [1, 2, 5, 10, 20];
/// Share of the people who are on no list, so that there are strangers.
const STRANGERS: f64 = 1.0 / 3.0;

pub(crate) struct Searches<'a> {
    pub(crate) samples: &'a [Sample],
    pub(crate) people: usize,
    pub(crate) cells: &'a Cells,
    pub(crate) draws: &'a Draws,
    pub(crate) space: &'a TemplateSpace,
    pub(crate) calibration: Option<&'a Calibration>,
}

/// What lists of one length come to.
#[derive(Debug, Default)]
pub(crate) struct Identification {
    pub(crate) rows: Vec<Row>,
    /// True positives by person at FPIR levels, to compare models with.
    pub(crate) by_person: Vec<(Scale, f64, ByPerson)>,
}

/// A search by its kind.
struct Found {
    scale: Scale,
    probe: Probe,
    search: Search,
}

/// One probe against one list.
#[derive(Clone, Copy, Debug)]
struct Search {
    person: usize,
    image: usize,
    /// The score of the own reference and its rank, for people on the list.
    mate: Option<(f32, usize)>,
    /// The best of anyone else's.
    stranger: f32,
}

impl Searches<'_> {
    /// How many people can be enrolled and leave enough strangers.
    pub(crate) fn longest(&self) -> usize {
        let mut enrolable: Vec<usize> = self
            .samples
            .iter()
            .filter(|s| s.reference.is_some())
            .map(|s| s.person)
            .collect();
        enrolable.dedup();
        (enrolable.len() as f64 * (1.0 - STRANGERS)) as usize
    }

    /// Figures for watchlists of `length` people with one reference each. Every other image that may be a probe is
    /// searched for.
    pub(crate) fn run(&self, length: usize) -> Result<Identification, TemplateError> {
        let scales: &[Scale] = if length >= cohort::SIZE {
            &[Scale::Cosine, Scale::Normalised]
        } else {
            &[Scale::Cosine]
        };
        let drawn: Vec<Result<Vec<Found>, TemplateError>> = std::thread::scope(|scope| {
            let running: Vec<_> = (0..LISTS)
                .map(|list| scope.spawn(move || self.searched(length, list, scales)))
                .collect();
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let mut all: Vec<Found> = Vec::new();
        for list in drawn {
            all.extend(list?);
        }
        let mut found = Identification::default();
        for scale in scales {
            for probe in Probe::ALL {
                let of_kind = all.iter().filter(|f| f.scale == *scale && f.probe == probe);
                let searches: Vec<Search> = of_kind.map(|f| f.search).collect();
                self.conclude(length, *scale, probe, &searches, &mut found);
            }
        }
        Ok(found)
    }

    fn searched(&self, length: usize, list: u64, scales: &[Scale]) -> Result<Vec<Found>, TemplateError> {
        let mut chance = Chance::new(list);
        let of_people = |may: fn(&Sample) -> bool| {
            let mut own: Vec<Vec<usize>> = vec![Vec::new(); self.people];
            for (at, sample) in self.samples.iter().enumerate().filter(|(_, s)| may(s)) {
                own[sample.person].push(at);
            }
            own
        };
        let references_of = of_people(|sample| sample.reference.is_some());
        let mut order: Vec<usize> = (0..self.people).filter(|p| !references_of[*p].is_empty()).collect();
        chance.shuffle(&mut order);
        let mut references = References::new(self.space.clone());
        let mut enrolled: HashMap<usize, (EntryId, usize)> = HashMap::new();
        for person in order.into_iter().take(length) {
            let own = &references_of[person];
            let sample = own[chance.below(own.len())];
            let entry = EntryId::new(Uuid::from_u64_pair(person as u64, chance.below(usize::MAX) as u64));
            references.insert(entry, &self.samples[sample].template)?;
            enrolled.insert(person, (entry, sample));
        }
        let mut all = Vec::new();
        let mut search = |probe: Probe, sample: &Sample, template: &Template| -> Result<(), TemplateError> {
            let mate = enrolled.get(&sample.person).map(|(entry, _)| *entry);
            for scale in scales {
                let scores = match scale {
                    Scale::Cosine => references.cosines(template)?,
                    Scale::Normalised => references.scores(template)?,
                };
                all.push(Found {
                    scale: *scale,
                    probe,
                    search: Search::of(sample, mate, &scores),
                });
            }
            Ok(())
        };
        for (person, mut own) in of_people(|sample| sample.probe.is_some()).into_iter().enumerate() {
            let reference = enrolled.get(&person).map(|(_, sample)| *sample);
            own.retain(|sample| Some(*sample) != reference);
            for at in &own {
                search(Probe::Each, &self.samples[*at], &self.samples[*at].template)?;
            }
            chance.shuffle(&mut own);
            let Some([one, two, three]) = own.first_chunk() else {
                continue;
            };
            let three = [one, two, three].map(|at| &self.samples[*at]);
            let best = three
                .into_iter()
                .max_by(|a, b| a.probe.partial_cmp(&b.probe).unwrap_or(Ordering::Equal));
            let mut fusion = Fusion::default();
            let mut fused = None;
            for shot in three {
                if let Some(quality) = shot.probe.and_then(Quality::new) {
                    fused = Some(fusion.add(&shot.template, quality)?.0);
                }
            }
            search(Probe::OneOfThree, three[0], &three[0].template)?;
            if let (Some(best), Some(fused)) = (best, fused) {
                search(Probe::BestOfThree, three[0], &best.template)?;
                search(Probe::ThreeFused, three[0], &fused)?;
            }
        }
        Ok(all)
    }

    fn conclude(&self, length: usize, scale: Scale, probe: Probe, searches: &[Search], found: &mut Identification) {
        let mut strangers: Vec<f32> = searches
            .iter()
            .filter(|s| s.mate.is_none())
            .map(|s| s.stranger)
            .collect();
        strangers.sort_by(|a, b| b.total_cmp(a));
        let levels = LEVELS
            .iter()
            .filter(|fpir| strangers.len() as f64 * **fpir >= SEEN * LISTS as f64);
        let by_level = levels.map(|fpir| {
            let at = (strangers.len() as f64 * fpir) as usize;
            (Condition::Fpir(*fpir), above(strangers[at]))
        });
        // The product's own scale at this length. A single picture has the whole target here; three fused have their share
        // of it, as on a track.
        let own = (scale == Scale::Normalised) == (length >= cohort::SIZE);
        let share = match probe {
            Probe::Each => Some(1.0),
            Probe::ThreeFused => Some(Shots::ALL[2].share_of_target()),
            Probe::OneOfThree | Probe::BestOfThree => None,
        };
        let by_target = self
            .calibration
            .zip(share.filter(|_| own))
            .into_iter()
            .flat_map(|(calibration, share)| {
                [Target::LOOSEST, Target::DEFAULT].map(|target| {
                    let point = calibration.at(scale, target.fmr(length, share));
                    (Condition::Target(target.faces()), point.threshold)
                })
            });
        for (condition, threshold) in by_target.chain(by_level) {
            let row = |cell: usize, measure: Measure, rate: Rate| Row {
                measure,
                population: self.cells.names[cell].clone(),
                scale: Some(scale),
                list: Some(length),
                probe,
                condition,
                threshold: Some(threshold),
                rate,
            };
            let cells = if probe == Probe::Each { self.cells.len() } else { 1 };
            for cell in 0..cells {
                let fpir = self.counts(searches, cell, |s| s.mate.is_none().then_some(s.stranger >= threshold));
                let tpir = self.counts(searches, cell, |s| s.mate.map(|(score, _)| score >= threshold));
                if cell == EVERYONE
                    && probe == Probe::Each
                    && let Condition::Fpir(level) = condition
                {
                    found.by_person.push((scale, level, tpir.clone()));
                }
                let tpir = self.draws.rate(&tpir);
                found.rows.push(row(cell, Measure::Fpir, self.draws.rate(&fpir)));
                found.rows.push(row(cell, Measure::Fnir, missed(&tpir)));
                found.rows.push(row(cell, Measure::Tpir, tpir));
            }
        }
        if probe != Probe::Each {
            return;
        }
        for rank in RANKS.into_iter().filter(|rank| *rank <= length) {
            let counts = self.counts(searches, EVERYONE, |s| s.mate.map(|(_, own)| own <= rank));
            found.rows.push(Row {
                measure: Measure::Cmc,
                population: self.cells.names[EVERYONE].clone(),
                scale: Some(scale),
                list: Some(length),
                probe,
                condition: Condition::Rank(rank),
                threshold: None,
                rate: self.draws.rate(&counts),
            });
        }
    }

    /// By person. `event`: nothing where the search does not count.
    fn counts(&self, searches: &[Search], cell: usize, event: impl Fn(&Search) -> Option<bool>) -> ByPerson {
        let mut counts = vec![Count::default(); self.people];
        for search in searches
            .iter()
            .filter(|s| self.cells.of_image(s.image).any(|c| c == cell))
        {
            if let Some(event) = event(search) {
                counts[search.person].trials += 1;
                counts[search.person].events += u32::from(event);
            }
        }
        counts
            .into_iter()
            .enumerate()
            .filter(|(_, count)| count.trials > 0)
            .collect()
    }
}

impl Search {
    fn of(probe: &Sample, mate: Option<EntryId>, scores: &Scores<'_>) -> Self {
        let of_mate = |entry: EntryId| mate.is_some_and(|own| own == entry);
        let own = scores.iter().find(|(entry, _)| of_mate(*entry)).map(|(_, score)| score);
        let others = || {
            scores
                .iter()
                .filter(|(entry, _)| !of_mate(*entry))
                .map(|(_, score)| score)
        };
        Self {
            person: probe.person,
            image: probe.image,
            mate: own.map(|own| (own, 1 + others().filter(|score| *score > own).count())),
            stranger: others().fold(f32::NEG_INFINITY, f32::max),
        }
    }
}

/// The least threshold that this score does not reach.
fn above(score: f32) -> f32 {
    score.next_up()
}

fn missed(found: &Rate) -> Rate {
    Rate {
        events: found.trials - found.events,
        estimate: match &found.estimate {
            Estimate::Known { value, low, high } => Estimate::Known {
                value: 1.0 - value,
                low: 1.0 - high,
                high: 1.0 - low,
            },
            insufficient => insufficient.clone(),
        },
        ..found.clone()
    }
}
