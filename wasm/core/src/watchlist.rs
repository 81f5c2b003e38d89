//! The references of one deployment, its operating points, and the exact search over them.

use std::collections::HashSet;
use std::sync::Arc;

use zeroize::Zeroize;

use crate::calibration::{Calibration, CalibrationError, OperatingPoint, Scale, Target};
use crate::cohort::{self, Statistics};
use crate::id::EntryId;
use crate::shot::Shots;
use crate::template::{Template, TemplateError, TemplateSpace, dot};

/// A candidate entry of a search: at or above the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    pub entry: EntryId,
    /// How many powers of ten rarer its score is among strangers than the threshold; zero or more.
    pub decades: f32,
}

/// References of one [`TemplateSpace`], side by side in memory, and what their number makes of the deployment's target.
/// Overwritten when dropped.
pub struct Watchlist {
    space: TemplateSpace,
    calibration: Arc<Calibration>,
    target: Target,
    entries: Vec<EntryId>,
    /// Row-major, `entries.len()` rows of `space.dimensions` numbers.
    values: Vec<f32>,
    /// What follows from the references; nothing after a change, until it is asked for.
    derived: Option<Derived>,
}

struct Derived {
    /// For one, two and three shots in a probe.
    points: [OperatingPoint; Shots::MOST],
    /// Where the list is long enough to be its own cohort.
    cohort: Option<Cohort>,
}

struct Cohort {
    /// Rows of different entries.
    rows: Vec<usize>,
    /// Of every row, against the cohort's other entries.
    statistics: Vec<Statistics>,
}

impl Watchlist {
    pub fn new(space: TemplateSpace, calibration: Arc<Calibration>, target: Target) -> Result<Self, CalibrationError> {
        calibration.check(&space)?;
        Ok(Self {
            space,
            calibration,
            target,
            entries: Vec::new(),
            values: Vec::new(),
            derived: None,
        })
    }

    pub fn space(&self) -> &TemplateSpace {
        &self.space
    }

    /// Number of references.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a reference; an entry may have several. Fails with `ModelMismatch` for a template of another space.
    pub fn insert(&mut self, entry: EntryId, reference: &Template) -> Result<(), TemplateError> {
        if reference.space() != &self.space {
            return Err(TemplateError::ModelMismatch);
        }
        self.reserve_one();
        self.entries.push(entry);
        self.values.extend_from_slice(reference.values());
        self.derived = None;
        Ok(())
    }

    /// Takes out every reference of `entry`.
    pub fn remove(&mut self, entry: EntryId) {
        let width = self.space.dimensions;
        while let Some(row) = self.entries.iter().position(|e| *e == entry) {
            let last = self.entries.len() - 1;
            self.entries.swap_remove(row);
            self.values.copy_within(last * width..(last + 1) * width, row * width);
            self.values[last * width..].zeroize();
            self.values.truncate(last * width);
            self.derived = None;
        }
    }

    /// What a probe of so many shots must reach, at the list's present length.
    pub fn operating_point(&mut self, shots: Shots) -> &OperatingPoint {
        &self.derive().0.points[shots.get() - 1]
    }

    /// The best reference of each entry that reaches the operating point, best first; empty when none does.
    /// Ties keep the order of entry ids, so that a search has one answer.
    pub fn search(&mut self, probe: &Template, shots: Shots) -> Result<Vec<Match>, TemplateError> {
        if probe.space() != &self.space {
            return Err(TemplateError::ModelMismatch);
        }
        let (derived, entries, rows) = self.derive();
        let point = &derived.points[shots.get() - 1];
        let mut scores: Vec<f32> = rows.map(|row| dot(row, probe.values())).collect();
        if let Some(cohort) = &derived.cohort {
            cohort.normalise(&mut scores);
        }
        let mut matches: Vec<Match> = Vec::new();
        for (entry, score) in entries.iter().zip(&scores).filter(|(_, score)| point.passes(**score)) {
            let decades = point.decades_above(*score);
            match matches.iter_mut().find(|m| m.entry == *entry) {
                Some(found) => found.decades = found.decades.max(decades),
                None => matches.push(Match { entry: *entry, decades }),
            }
        }
        scores.zeroize();
        matches.sort_by(|a, b| b.decades.total_cmp(&a.decades).then(a.entry.cmp(&b.entry)));
        Ok(matches)
    }

    fn derive(&mut self) -> (&Derived, &[EntryId], impl Iterator<Item = &[f32]>) {
        let width = self.space.dimensions;
        let (entries, values) = (&self.entries, &self.values);
        let derived = self.derived.get_or_insert_with(|| {
            let cohort = Cohort::of(entries, values, width);
            let scale = if cohort.is_some() {
                Scale::Normalised
            } else {
                Scale::Cosine
            };
            Derived {
                points: Shots::ALL.map(|shots| at(&self.calibration, scale, self.target, entries.len(), shots)),
                cohort,
            }
        });
        (derived, entries, values.chunks_exact(width))
    }

    /// Growth copies into a new buffer; the old one is overwritten before it is freed.
    fn reserve_one(&mut self) {
        let needed = self.values.len() + self.space.dimensions;
        if needed > self.values.capacity() {
            let mut grown = Vec::with_capacity(needed.max(self.values.capacity() * 2));
            grown.extend_from_slice(&self.values);
            self.values.zeroize();
            self.values = grown;
        }
    }
}

/// The operating point of a list with so many entries of one reference each.
pub fn operating_point(calibration: &Calibration, target: Target, entries: usize, shots: Shots) -> OperatingPoint {
    let scale = if entries >= cohort::LEAST {
        Scale::Normalised
    } else {
        Scale::Cosine
    };
    at(calibration, scale, target, entries, shots)
}

fn at(calibration: &Calibration, scale: Scale, target: Target, references: usize, shots: Shots) -> OperatingPoint {
    calibration.at(scale, target.fmr(references, shots.share_of_target()))
}

impl Cohort {
    /// One reference each of up to [`cohort::MOST`] entries; `None` where there are fewer than [`cohort::LEAST`].
    fn of(entries: &[EntryId], values: &[f32], width: usize) -> Option<Self> {
        let mut seen = HashSet::new();
        let mut rows: Vec<usize> = (0..entries.len()).filter(|row| seen.insert(entries[*row])).collect();
        if rows.len() < cohort::LEAST {
            return None;
        }
        // The last bits of an entry's id are random, so this is a fair draw, and the same one each time.
        rows.sort_by_key(|row| entries[*row].as_uuid().as_u128().swap_bytes());
        rows.truncate(cohort::MOST);
        let nearest = cohort::nearest(rows.len());
        let row = |i: usize| &values[i * width..][..width];
        let mut scores = Vec::with_capacity(rows.len());
        let statistics = (0..entries.len())
            .map(|own| {
                scores.clear();
                let others = rows.iter().filter(|other| entries[**other] != entries[own]);
                scores.extend(others.map(|other| dot(row(own), row(*other))));
                Statistics::of_nearest(&mut scores, 0, nearest)
            })
            .collect::<Option<_>>()?;
        scores.zeroize();
        Some(Self { rows, statistics })
    }

    /// From cosines of a probe with every row to normalised scores. The best of the cohort may be the probe's own person
    /// and does not count as a stranger.
    fn normalise(&self, cosines: &mut [f32]) {
        let mut strangers: Vec<f32> = self.rows.iter().map(|row| cosines[*row]).collect();
        let probe = Statistics::of_nearest(&mut strangers, 1, cohort::nearest(self.rows.len()));
        strangers.zeroize();
        for (score, reference) in cosines.iter_mut().zip(&self.statistics) {
            // Never nothing: a cohort has LEAST rows, and a sixth of them and one more are fewer.
            *score = probe.map_or(f32::NEG_INFINITY, |probe| cohort::normalised(*score, probe, *reference));
        }
    }
}

impl Drop for Watchlist {
    fn drop(&mut self) {
        self.values.zeroize();
    }
}

impl std::fmt::Debug for Watchlist {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watchlist")
            .field("space", &self.space)
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::{Curve, Histogram};
    use crate::template::{ModelId, PipelineVersion};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn space() -> TemplateSpace {
        TemplateSpace {
            model: ModelId::new("0123456789abcdef").unwrap(),
            pipeline: PipelineVersion(1),
            dimensions: 16,
        }
    }

    /// Strangers who score around `middle`, one in ten for each `decade` above it.
    fn curve(middle: f32, decade: f32) -> Curve {
        let counts = (0..12).rev().map(|power| 9 * 10u64.pow(power) / 10).collect();
        let histogram = Histogram {
            start: middle,
            width: decade,
            counts,
        };
        Curve::fit("test".into(), &[("all".into(), histogram)]).unwrap()
    }

    fn calibration() -> Arc<Calibration> {
        Arc::new(Calibration {
            model: space().model,
            pipeline: space().pipeline,
            measured: "2026-11-23".into(),
            cosine: curve(0.1, 0.05),
            normalised: curve(0.0, 0.2),
        })
    }

    fn template() -> impl Strategy<Value = Template> {
        proptest::collection::vec(-1.0f32..1.0, 16)
            .prop_filter_map("has a direction", |v| Template::from_embedding(space(), v).ok())
    }

    fn entry(n: u128) -> EntryId {
        EntryId::new(Uuid::from_u128(n))
    }

    fn empty() -> Watchlist {
        Watchlist::new(space(), calibration(), Target::LOOSEST).unwrap()
    }

    fn list(references: &[Template]) -> Watchlist {
        let mut list = empty();
        for (n, reference) in references.iter().enumerate() {
            list.insert(entry(n as u128), reference).unwrap();
        }
        list
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_short_list_is_searched_by_cosine_as_one_by_one(
            references in proptest::collection::vec(template(), 0..40), probe in template(), shots in 0usize..3,
        ) {
            let mut watchlist = list(&references);
            let shots = Shots::ALL[shots];
            let point = watchlist.operating_point(shots).clone();
            prop_assert_eq!(point.scale, Scale::Cosine);
            let found = watchlist.search(&probe, shots).unwrap();
            let mut expected: Vec<Match> = references
                .iter()
                .enumerate()
                .map(|(n, r)| (entry(n as u128), r.compare(&probe).unwrap().get()))
                .filter(|(_, score)| point.passes(*score))
                .map(|(entry, score)| Match { entry, decades: point.decades_above(score) })
                .collect();
            expected.sort_by(|a, b| b.decades.total_cmp(&a.decades).then(a.entry.cmp(&b.entry)));
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn a_long_list_is_searched_by_normalised_score_as_one_by_one(
            references in proptest::collection::vec(template(), cohort::LEAST..130), near in 0usize..90, push in 0.0f32..0.5,
        ) {
            let mut watchlist = list(&references);
            let probe = Template::from_embedding(
                space(),
                references[near].values().iter().enumerate().map(|(i, v)| if i == 0 { v + push } else { *v }).collect(),
            ).unwrap();
            let point = watchlist.operating_point(Shots::ONE).clone();
            prop_assert_eq!(point.scale, Scale::Normalised);
            let nearest = cohort::nearest(references.len());
            let against = |one: &Template, skipped: usize, own: Option<usize>| {
                let mut scores: Vec<f32> = references
                    .iter()
                    .enumerate()
                    .filter(|(n, _)| Some(*n) != own)
                    .map(|(_, other)| one.compare(other).unwrap().get())
                    .collect();
                Statistics::of_nearest(&mut scores, skipped, nearest).unwrap()
            };
            let of_probe = against(&probe, 1, None);
            let found = watchlist.search(&probe, Shots::ONE).unwrap();
            for (n, reference) in references.iter().enumerate() {
                let cosine = reference.compare(&probe).unwrap().get();
                let decades = point.decades_above(cohort::normalised(cosine, of_probe, against(reference, 0, Some(n))));
                match found.iter().find(|m| m.entry == entry(n as u128)) {
                    Some(found) => prop_assert!((found.decades - decades).abs() < 1e-2, "{} {}", found.decades, decades),
                    None => prop_assert!(decades < 1e-2),
                }
            }
        }

        #[test]
        fn a_removed_entry_never_matches(references in proptest::collection::vec(template(), 1..120), which in 0usize..120) {
            let gone = which % references.len();
            let mut watchlist = list(&references);
            let before = watchlist.search(&references[gone], Shots::ONE).unwrap();
            prop_assert!(before.iter().any(|m| m.entry == entry(gone as u128)));
            watchlist.remove(entry(gone as u128));
            let found = watchlist.search(&references[gone], Shots::ONE).unwrap();
            prop_assert_eq!(watchlist.len(), references.len() - 1);
            prop_assert!(found.iter().all(|m| m.entry != entry(gone as u128)));
        }
    }

    #[test]
    fn a_longer_list_and_a_single_shot_are_stricter() {
        let direction = |n: usize| {
            Template::from_embedding(space(), (0..16).map(|i| if i == n % 16 { 3.0 } else { 1.0 }).collect())
        };
        let mut watchlist = list(&[direction(0).unwrap()]);
        let short = watchlist.operating_point(Shots::ONE).threshold;
        assert!(watchlist.operating_point(Shots::ALL[1]).threshold < short);
        for n in 1..40 {
            watchlist.insert(entry(n as u128), &direction(n).unwrap()).unwrap();
        }
        assert!(watchlist.operating_point(Shots::ONE).threshold > short);
    }

    #[test]
    fn an_entry_with_two_references_matches_once_with_the_better() {
        let a = Template::from_embedding(space(), vec![1.0; 16]).unwrap();
        let mut half = vec![1.0; 16];
        half[0] = -1.0;
        let b = Template::from_embedding(space(), half).unwrap();
        let mut watchlist = empty();
        watchlist.insert(entry(1), &b).unwrap();
        let with_one = watchlist.search(&a, Shots::ONE).unwrap();
        watchlist.insert(entry(1), &a).unwrap();
        let found = watchlist.search(&a, Shots::ONE).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].decades > with_one[0].decades);
    }

    #[test]
    fn a_probe_or_a_calibration_of_another_pipeline_is_refused() {
        let other = TemplateSpace {
            pipeline: PipelineVersion(2),
            ..space()
        };
        let probe = Template::from_embedding(other.clone(), vec![1.0; 16]).unwrap();
        assert_eq!(empty().search(&probe, Shots::ONE), Err(TemplateError::ModelMismatch));
        assert!(Watchlist::new(other, calibration(), Target::DEFAULT).is_err());
    }
}
