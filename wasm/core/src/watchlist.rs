//! The references of one deployment, its operating points, and the exact search over them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calibration::{Calibration, CalibrationError, OperatingPoint, Scale, Target};
use crate::cohort;
use crate::id::EntryId;
use crate::references::{References, Sought};
use crate::shot::Shots;
use crate::template::{Template, TemplateError, TemplateSpace};

/// A candidate entry of a search: at or above the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    pub entry: EntryId,
    /// How many powers of ten rarer its score is among strangers than the threshold; zero or more.
    pub decades: f32,
}

/// References, and what their number makes of the deployment's target.
#[derive(Debug)]
pub struct Watchlist {
    references: References,
    calibration: Arc<Calibration>,
    target: Target,
    /// For one, two and three shots in a probe; nothing after a change, until they are asked for.
    points: Option<[OperatingPoint; Shots::MOST]>,
}

impl Watchlist {
    pub fn new(space: TemplateSpace, calibration: Arc<Calibration>, target: Target) -> Result<Self, CalibrationError> {
        calibration.check(&space)?;
        Ok(Self {
            references: References::new(space),
            calibration,
            target,
            points: None,
        })
    }

    pub fn space(&self) -> &TemplateSpace {
        self.references.space()
    }

    /// All numbers, for a host that can keep them out of its swap space. They lie where they are until the next insertion.
    pub fn numbers(&self) -> &[f32] {
        self.references.numbers()
    }

    /// Number of references.
    pub fn len(&self) -> usize {
        self.references.len()
    }

    pub fn is_empty(&self) -> bool {
        self.references.is_empty()
    }

    /// Adds a reference; an entry may have several. Fails with `ModelMismatch` for a template of another space.
    pub fn insert(&mut self, entry: EntryId, reference: &Template) -> Result<(), TemplateError> {
        self.points = None;
        self.references.insert(entry, reference)
    }

    /// Takes out every reference of `entry`.
    pub fn remove(&mut self, entry: EntryId) {
        self.points = None;
        self.references.remove(entry);
    }

    /// What a probe of so many shots must reach, at the list's present length.
    pub fn operating_point(&mut self, shots: Shots) -> &OperatingPoint {
        let scale = self.references.scale();
        let length = self.references.len();
        let points = self
            .points
            .get_or_insert_with(|| Shots::ALL.map(|shots| at(&self.calibration, scale, self.target, length, shots)));
        &points[shots.get() - 1]
    }

    /// The best reference of each entry that reaches the operating point, best first; empty when none does.
    /// Ties keep the order of entry ids, so that a search has one answer.
    pub fn search(&mut self, probe: &Template, shots: Shots) -> Result<Vec<Match>, TemplateError> {
        let found = self.search_all(&[(probe, shots)])?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The same for several probes, which are compared in one scan, up to [`References::AT_ONCE`] of them. Fails with
    /// `ModelMismatch` where one of them is of another space.
    pub fn search_all(&mut self, probes: &[(&Template, Shots)]) -> Result<Vec<Vec<Match>>, TemplateError> {
        let points: Vec<OperatingPoint> = probes
            .iter()
            .map(|(_, shots)| self.operating_point(*shots).clone())
            .collect();
        let sought: Vec<Sought<'_>> = probes
            .iter()
            .zip(&points)
            .map(|((probe, _), point)| Sought {
                probe,
                least: point.threshold,
            })
            .collect();
        let reaching = self.references.reaching(&sought)?;
        Ok(reaching
            .into_iter()
            .zip(&points)
            .map(|(scores, point)| best_first(scores, point))
            .collect())
    }
}

fn best_first(scores: Vec<(EntryId, f32)>, point: &OperatingPoint) -> Vec<Match> {
    // By entry, so that a list on which everybody looks alike takes no longer than its length.
    let mut best = BTreeMap::new();
    for (entry, score) in scores {
        let decades = point.decades_above(score);
        best.entry(entry)
            .and_modify(|found: &mut f32| *found = found.max(decades))
            .or_insert(decades);
    }
    let of = |(entry, decades)| Match { entry, decades };
    let mut matches: Vec<Match> = best.into_iter().map(of).collect();
    matches.sort_by(|a, b| b.decades.total_cmp(&a.decades).then(a.entry.cmp(&b.entry)));
    matches
}

/// The operating point of a list of so many entries with so many references.
pub fn operating_point(
    calibration: &Calibration,
    target: Target,
    (entries, references): (usize, usize),
    shots: Shots,
) -> OperatingPoint {
    let scale = if entries >= cohort::SIZE {
        Scale::Normalised
    } else {
        Scale::Cosine
    };
    at(calibration, scale, target, references, shots)
}

fn at(calibration: &Calibration, scale: Scale, target: Target, references: usize, shots: Shots) -> OperatingPoint {
    calibration.at(scale, target.fmr(references, shots.share_of_target()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::{Curve, Histogram};
    use crate::cohort::Statistics;
    use crate::template::{ModelId, PipelineVersion};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn space() -> TemplateSpace {
        TemplateSpace {
            model: ModelId::new("0123456789abcdef").unwrap(),
            pipeline: PipelineVersion(1),
            dimensions: 16,
            transform: None,
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
            references in proptest::collection::vec(template(), cohort::SIZE), near in 0usize..600, push in 0.0f32..0.5,
        ) {
            let mut watchlist = list(&references);
            let probe = Template::from_embedding(
                space(),
                references[near].values().iter().enumerate().map(|(i, v)| if i == 0 { v + push } else { *v }).collect(),
            ).unwrap();
            let point = watchlist.operating_point(Shots::ONE).clone();
            prop_assert_eq!(point.scale, Scale::Normalised);
            let against = |one: &Template, skipped: usize, own: Option<usize>| {
                let mut scores: Vec<f32> = references
                    .iter()
                    .enumerate()
                    .filter(|(n, _)| Some(*n) != own)
                    .map(|(_, other)| one.compare(other).unwrap().get())
                    .collect();
                Statistics::of_nearest(&mut scores, skipped, cohort::NEAREST).unwrap()
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
