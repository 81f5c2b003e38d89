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
    /// Where the list is long enough to be its own cohort.
    cohort: Option<Cohort>,
    /// For one, two and three shots in a probe; nothing after a change, until they are asked for.
    points: Option<[OperatingPoint; Shots::MOST]>,
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
            cohort: None,
            points: None,
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
        self.cohort.take_if(|cohort| cohort.would_take(entry));
        self.points = None;
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
            self.cohort.take_if(|cohort| !cohort.survives_removal(row, last));
            self.points = None;
        }
    }

    /// What a probe of so many shots must reach, at the list's present length.
    pub fn operating_point(&mut self, shots: Shots) -> &OperatingPoint {
        &self.derive().points[shots.get() - 1]
    }

    /// The best reference of each entry that reaches the operating point, best first; empty when none does.
    /// Ties keep the order of entry ids, so that a search has one answer.
    pub fn search(&mut self, probe: &Template, shots: Shots) -> Result<Vec<Match>, TemplateError> {
        if probe.space() != &self.space {
            return Err(TemplateError::ModelMismatch);
        }
        let Derived { points, cohort, rows } = self.derive();
        let point = &points[shots.get() - 1];
        let mut scores: Vec<f32> = rows.values().map(|row| dot(row, probe.values())).collect();
        if let Some(cohort) = cohort {
            cohort.normalise(&mut scores);
        }
        let mut matches: Vec<Match> = Vec::new();
        for (entry, score) in rows
            .entries
            .iter()
            .zip(&scores)
            .filter(|(_, score)| point.passes(**score))
        {
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

    /// Makes good what changes of the list left undone.
    fn derive(&mut self) -> Derived<'_> {
        let rows = Rows {
            entries: &self.entries,
            values: &self.values,
            width: self.space.dimensions,
        };
        if self.cohort.is_none() {
            self.cohort = Cohort::of(rows);
        }
        if let Some(cohort) = &mut self.cohort {
            cohort.complete(rows);
        }
        let scale = match self.cohort {
            Some(_) => Scale::Normalised,
            None => Scale::Cosine,
        };
        let points = self.points.get_or_insert_with(|| {
            Shots::ALL.map(|shots| at(&self.calibration, scale, self.target, rows.entries.len(), shots))
        });
        Derived {
            points,
            cohort: self.cohort.as_ref(),
            rows,
        }
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

struct Derived<'a> {
    points: &'a [OperatingPoint; Shots::MOST],
    cohort: Option<&'a Cohort>,
    rows: Rows<'a>,
}

#[derive(Clone, Copy)]
struct Rows<'a> {
    entries: &'a [EntryId],
    values: &'a [f32],
    width: usize,
}

impl<'a> Rows<'a> {
    fn values(self) -> impl Iterator<Item = &'a [f32]> {
        self.values.chunks_exact(self.width)
    }

    fn row(self, row: usize) -> &'a [f32] {
        &self.values[row * self.width..][..self.width]
    }
}

/// Entries against which every comparison is judged.
struct Cohort {
    /// One row each of different entries, by rising lot.
    rows: Vec<usize>,
    last_lot: u128,
    /// Of the first rows of the list, against the cohort's other entries; [`Cohort::complete`] adds what is missing.
    statistics: Vec<Statistics>,
}

impl Cohort {
    /// One reference each of up to [`cohort::MOST`] entries; `None` where there are fewer than [`cohort::LEAST`].
    fn of(list: Rows<'_>) -> Option<Self> {
        if list.entries.len() < cohort::LEAST {
            return None;
        }
        let mut seen = HashSet::new();
        let mut rows: Vec<usize> = (0..list.entries.len())
            .filter(|row| seen.insert(list.entries[*row]))
            .collect();
        if rows.len() < cohort::LEAST {
            return None;
        }
        rows.sort_by_key(|row| lot(list.entries[*row]));
        rows.truncate(cohort::MOST);
        Some(Self {
            last_lot: rows.last().map_or(0, |row| lot(list.entries[*row])),
            rows,
            statistics: Vec::new(),
        })
    }

    /// Whether the cohort of a list with this entry too is another one.
    fn would_take(&self, entry: EntryId) -> bool {
        self.rows.len() < cohort::MOST || lot(entry) < self.last_lot
    }

    /// The list's last row took the place of a removed one. False where this cohort is not the shorter list's.
    fn survives_removal(&mut self, row: usize, last: usize) -> bool {
        if self.rows.contains(&row) || self.statistics.len() != last + 1 {
            return false;
        }
        self.statistics.swap_remove(row);
        if let Some(moved) = self.rows.iter_mut().find(|member| **member == last) {
            *moved = row;
        }
        true
    }

    fn complete(&mut self, list: Rows<'_>) {
        let nearest = cohort::nearest(self.rows.len());
        let mut scores = Vec::with_capacity(self.rows.len());
        for own in self.statistics.len()..list.entries.len() {
            scores.clear();
            let others = self
                .rows
                .iter()
                .filter(|other| list.entries[**other] != list.entries[own]);
            scores.extend(others.map(|other| dot(list.row(own), list.row(*other))));
            // Never nothing: a cohort has LEAST rows, and a sixth of them are fewer than all but one.
            self.statistics.extend(Statistics::of_nearest(&mut scores, 0, nearest));
        }
        scores.zeroize();
    }

    /// From cosines of a probe with every row to normalised scores. The best of the cohort may be the probe's own person
    /// and does not count as a stranger.
    fn normalise(&self, cosines: &mut [f32]) {
        let mut strangers: Vec<f32> = self.rows.iter().map(|row| cosines[*row]).collect();
        let probe = Statistics::of_nearest(&mut strangers, 1, cohort::nearest(self.rows.len()));
        strangers.zeroize();
        for (score, reference) in cosines.iter_mut().zip(&self.statistics) {
            // Never nothing, for the same reason.
            *score = probe.map_or(f32::NEG_INFINITY, |probe| cohort::normalised(*score, probe, *reference));
        }
    }
}

/// A fair draw, and the same one each time: the last bits of an entry's id are random.
fn lot(entry: EntryId) -> u128 {
    entry.as_uuid().as_u128().swap_bytes()
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
            references in proptest::collection::vec(template(), cohort::LEAST..cohort::LEAST + 60), near in 0usize..300, push in 0.0f32..0.5,
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
        fn a_list_that_changed_answers_as_one_made_anew(
            seeds in proptest::collection::vec(template(), 660..700), gone in proptest::collection::vec(0usize..660, 0..4),
        ) {
            let (first, rest) = seeds.split_at(640);
            let mut changed = list(first);
            changed.search(&first[0], Shots::ONE).unwrap();
            for (n, reference) in rest.iter().enumerate() {
                changed.insert(entry(first.len() as u128 + n as u128), reference).unwrap();
                if n % 3 == 0 {
                    changed.operating_point(Shots::ONE);
                }
            }
            for row in &gone {
                changed.operating_point(Shots::ONE);
                changed.remove(entry(*row as u128));
            }
            let mut anew = empty();
            for (n, reference) in seeds.iter().enumerate().filter(|(n, _)| !gone.contains(n)) {
                anew.insert(entry(n as u128), reference).unwrap();
            }
            prop_assert_eq!(changed.operating_point(Shots::ONE), anew.operating_point(Shots::ONE));
            for probe in [&seeds[0], &seeds[300], &seeds[659]] {
                let (found, expected) = (changed.search(probe, Shots::ONE).unwrap(), anew.search(probe, Shots::ONE).unwrap());
                prop_assert_eq!(found.len(), expected.len());
                for (a, b) in found.iter().zip(&expected) {
                    prop_assert!(a.entry == b.entry && (a.decades - b.decades).abs() < 1e-3);
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
