//! References side by side in memory, and the exact scan over them.

mod blocks;

use std::collections::BTreeMap;

use fearless_simd::dispatch;
use zeroize::Zeroize;

use crate::calibration::Scale;
use crate::cohort::{self, Statistics, StatisticsOfMany};
use crate::id::EntryId;
use crate::template::{Template, TemplateError, TemplateSpace};
use blocks::{BLOCK, Blocks, Cosines, Probes};

/// References of one [`TemplateSpace`]; an entry may have several. Long enough, they are their own cohort. Overwritten
/// when dropped.
pub struct References {
    space: TemplateSpace,
    rows: Vec<Row>,
    /// As many as `rows`, in their order.
    blocks: Blocks,
    inserted: u64,
    /// Where the list is long enough to be its own cohort.
    cohort: Option<Cohort>,
}

#[derive(Clone, Copy)]
struct Row {
    entry: EntryId,
    /// Rises with each insertion, so that what follows from it is the same in whatever order rows lie.
    number: u64,
}

/// A probe, and the lowest score of it that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    pub probe: &'a Template,
    pub least: f32,
}

/// What a probe scores with every reference. Overwritten when dropped; its Debug shows no numbers.
pub struct Scores<'a> {
    pub scale: Scale,
    rows: &'a [Row],
    values: Vec<f32>,
}

impl Scores<'_> {
    /// One for each reference, in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = (EntryId, f32)> {
        self.rows.iter().map(|row| row.entry).zip(self.values.iter().copied())
    }
}

impl Drop for Scores<'_> {
    fn drop(&mut self) {
        self.values.zeroize();
    }
}

impl std::fmt::Debug for Scores<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scores")
            .field("scale", &self.scale)
            .finish_non_exhaustive()
    }
}

impl References {
    /// Probes that one scan compares; more take another scan.
    pub const AT_ONCE: usize = 16;

    pub fn new(space: TemplateSpace) -> Self {
        Self {
            blocks: Blocks::new(space.dimensions),
            space,
            rows: Vec::new(),
            inserted: 0,
            cohort: None,
        }
    }

    pub fn space(&self) -> &TemplateSpace {
        &self.space
    }

    /// All numbers, for a host that can keep them out of its swap space. They lie where they are until the next insertion.
    pub fn numbers(&self) -> &[f32] {
        self.blocks.numbers()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Fails with `ModelMismatch` for a template of another space.
    pub fn insert(&mut self, entry: EntryId, reference: &Template) -> Result<(), TemplateError> {
        self.check(reference)?;
        self.blocks.push(reference.values());
        self.rows.push(Row {
            entry,
            number: self.inserted,
        });
        self.inserted += 1;
        self.cohort.take_if(|cohort| cohort.would_take(entry));
        Ok(())
    }

    /// Takes out every reference of `entry`.
    pub fn remove(&mut self, entry: EntryId) {
        while let Some(at) = self.rows.iter().position(|row| row.entry == entry) {
            self.rows.swap_remove(at);
            self.blocks.swap_remove(at);
            self.cohort
                .take_if(|cohort| !cohort.survives_removal(at, self.rows.len()));
        }
    }

    /// What scores are measured on at the list's present length.
    pub fn scale(&mut self) -> Scale {
        if self.cohort.is_none() {
            self.cohort = self.gather();
        }
        match &mut self.cohort {
            Some(cohort) => {
                cohort.complete(&self.rows, &self.blocks);
                Scale::Normalised
            }
            None => Scale::Cosine,
        }
    }

    /// For each probe the references that score at least as much as is asked for, on the list's own [`References::scale`] and in
    /// no order that means anything. Fails with `ModelMismatch` where a probe is of another space.
    pub fn reaching(&mut self, sought: &[Sought<'_>]) -> Result<Vec<Vec<(EntryId, f32)>>, TemplateError> {
        sought.iter().try_for_each(|one| self.check(one.probe))?;
        self.scale();
        let mut found = vec![Vec::new(); sought.len()];
        for (sought, found) in sought.chunks(Self::AT_ONCE).zip(found.chunks_mut(Self::AT_ONCE)) {
            self.scan(sought, found);
        }
        Ok(found)
    }

    /// One scan. The cohort's blocks come first, so that a probe's statistics are known before anything else is judged. A block of
    /// which an estimate may reach is compared exactly.
    fn scan(&self, sought: &[Sought<'_>], found: &mut [Vec<(EntryId, f32)>]) {
        let values: Vec<&[f32]> = sought.iter().map(|one| one.probe.values()).collect();
        let probes = Probes::of(&values);
        let count = sought.len();
        let of_cohort = self.cohort.as_ref().map_or(0, |_| Cohort::BLOCKS);
        let mut cosines: Vec<Cosines> = vec![[0.0; BLOCK]; of_cohort.max(1) * count];
        for (block, cosines) in cosines.chunks_exact_mut(count).enumerate().take(of_cohort) {
            self.blocks.compare(block, &probes, cosines);
        }
        let strangers: Vec<Option<Statistics>> = (0..count)
            .map(|probe| self.cohort.as_ref()?.of_probe(&cosines, probe, count))
            .collect();
        let judge = |block: usize, cosines: &mut [Cosines], slack: f32| {
            let judged = sought.iter().zip(&strangers);
            dispatch!(self.blocks.level(), _ => self.judge(block, judged, cosines, slack))
        };
        let mut collect = |block: usize, cosines: &[Cosines]| {
            for (probe, scores) in cosines.iter().enumerate() {
                let scored = self.rows[block * BLOCK..].iter().zip(scores);
                let reaching = scored.filter(|(_, score)| **score >= sought[probe].least);
                found[probe].extend(reaching.map(|(row, score)| (row.entry, *score)));
            }
        };
        for (block, cosines) in cosines.chunks_exact_mut(count).enumerate().take(of_cohort) {
            if judge(block, cosines, 0.0) {
                collect(block, cosines);
            }
        }
        let (slack, some) = (self.slack(), &mut cosines[..count]);
        for block in of_cohort..self.blocks.count() {
            self.blocks.estimate(block, &probes, some);
            if judge(block, some, slack) {
                self.blocks.compare(block, &probes, some);
                judge(block, some, 0.0);
                collect(block, some);
            }
        }
        cosines.zeroize();
    }

    /// From cosines with a block to scores. Whether any of them comes as near to what is asked for as `slack`.
    #[inline(always)]
    fn judge<'a>(
        &self,
        block: usize,
        judged: impl Iterator<Item = (&'a Sought<'a>, &'a Option<Statistics>)>,
        cosines: &mut [Cosines],
        slack: f32,
    ) -> bool {
        let first = block * BLOCK;
        let filled = BLOCK.min(self.rows.len() - first);
        let mut reached = false;
        for (cosines, (sought, strangers)) in cosines.iter_mut().zip(judged) {
            let scores = &mut cosines[..filled];
            if let Some(cohort) = &self.cohort {
                cohort.normalise(first, *strangers, scores);
            }
            // Few do, so all are looked at in as few steps as there are registers full of them.
            let least = sought.least - slack;
            reached |= scores.iter().fold(false, |any, score| any | (*score >= least));
        }
        reached
    }

    /// Twice what a score by estimated cosines may be off.
    fn slack(&self) -> f32 {
        match &self.cohort {
            Some(_) => self.blocks.error() * cohort::MOST_PER_DEVIATION,
            None => self.blocks.error(),
        }
    }

    /// Cosines with every reference, whatever the length. Fails with `ModelMismatch` for a probe of another space.
    pub fn cosines(&self, probe: &Template) -> Result<Scores<'_>, TemplateError> {
        self.check(probe)?;
        let probes = Probes::of(&[probe.values()]);
        let mut blocks = vec![[0.0; BLOCK]; self.blocks.count()];
        for (block, cosines) in blocks.iter_mut().enumerate() {
            self.blocks.compare(block, &probes, std::slice::from_mut(cosines));
        }
        let mut values = blocks.into_flattened();
        values.truncate(self.rows.len());
        Ok(Scores {
            scale: Scale::Cosine,
            rows: &self.rows,
            values,
        })
    }

    /// Scores on the list's own [`References::scale`]. Fails with `ModelMismatch` for a probe of another space.
    pub fn scores(&mut self, probe: &Template) -> Result<Scores<'_>, TemplateError> {
        self.scale();
        let mut scores = self.cosines(probe)?;
        if let Some(cohort) = &self.cohort {
            scores.scale = Scale::Normalised;
            let strangers = Cohort::strangers(scores.values[..cohort::SIZE].to_vec());
            dispatch!(self.blocks.level(), _ => cohort.normalise(0, strangers, &mut scores.values));
        }
        Ok(scores)
    }

    fn check(&self, template: &Template) -> Result<(), TemplateError> {
        match template.space() == &self.space {
            true => Ok(()),
            false => Err(TemplateError::ModelMismatch),
        }
    }

    /// Brings the cohort's rows to the front; nothing where there are too few entries.
    fn gather(&mut self) -> Option<Cohort> {
        if self.rows.len() < cohort::SIZE {
            return None;
        }
        // By lot, each with its entry's first reference.
        let mut drawn: BTreeMap<u128, usize> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let lot = lot(row.entry);
            if drawn.len() == cohort::SIZE && drawn.last_key_value().is_some_and(|(last, _)| *last < lot) {
                continue;
            }
            let first = drawn.entry(lot).or_insert(at);
            if row.number < self.rows[*first].number {
                *first = at;
            }
            if drawn.len() > cohort::SIZE {
                drawn.pop_last();
            }
        }
        let last_lot = *drawn.last_key_value()?.0;
        let mut members: Vec<usize> = drawn.into_values().collect();
        if members.len() < cohort::SIZE {
            return None;
        }
        for place in 0..members.len() {
            let member = members[place];
            self.rows.swap(place, member);
            self.blocks.swap(place, member);
            // A member that lay in that place lies now where this one was.
            if let Some(moved) = members[place + 1..].iter_mut().find(|other| **other == place) {
                *moved = member;
            }
        }
        Some(Cohort {
            last_lot,
            statistics: StatisticsOfMany::default(),
        })
    }
}

/// The list's first [`cohort::SIZE`] rows: one reference each of different entries, by rising lot. Every comparison is judged
/// against them.
struct Cohort {
    last_lot: u128,
    /// Of the first rows of the list, against the cohort's other entries; [`Cohort::complete`] adds what is missing.
    statistics: StatisticsOfMany,
}

impl Cohort {
    /// Blocks in which its rows lie; others may lie in the last one too.
    const BLOCKS: usize = cohort::SIZE.div_ceil(BLOCK);

    /// Whether the cohort of a list with this entry too is another one.
    fn would_take(&self, entry: EntryId) -> bool {
        lot(entry) < self.last_lot
    }

    /// Whether this is the cohort of a shorter list too, in which the last row, of that number now, took the place `at`.
    fn survives_removal(&mut self, at: usize, last: usize) -> bool {
        if at < cohort::SIZE {
            return false;
        }
        let known = self.statistics.len();
        if at < known && known == last + 1 {
            self.statistics.swap_remove(at);
        } else {
            // What comes after it is found anew, for the row that moved has none yet.
            self.statistics.truncate(at);
        }
        true
    }

    fn complete(&mut self, rows: &[Row], blocks: &Blocks) {
        let mut scores = Vec::with_capacity(cohort::SIZE);
        let mut cosines: Vec<Cosines> = Vec::new();
        while self.statistics.len() < rows.len() {
            let first = self.statistics.len();
            let own = first..rows.len().min(first + References::AT_ONCE);
            let count = own.len();
            let probes = blocks.probes(own.clone());
            cosines.resize(Self::BLOCKS * count, [0.0; BLOCK]);
            for (block, cosines) in cosines.chunks_exact_mut(count).enumerate() {
                blocks.compare(block, &probes, cosines);
            }
            for own in own {
                let others = rows.iter().zip(Self::cosines(&cosines, own - first, count));
                let others = others.filter(|(other, _)| other.entry != rows[own].entry);
                scores.clear();
                scores.extend(others.map(|(_, cosine)| cosine));
                // Never nothing: a cohort has more rows than are nearest, by more than the entry's own.
                if let Some(found) = Statistics::of_nearest(&mut scores, 0, cohort::NEAREST) {
                    self.statistics.push(found);
                }
            }
        }
        scores.zeroize();
        cosines.zeroize();
    }

    /// What one of `count` probes scores with the cohort, by rising lot.
    fn cosines(blocks: &[Cosines], probe: usize, count: usize) -> impl Iterator<Item = f32> {
        let own = blocks.iter().skip(probe).step_by(count);
        own.flatten().copied().take(cohort::SIZE)
    }

    fn of_probe(&self, blocks: &[Cosines], probe: usize, count: usize) -> Option<Statistics> {
        Self::strangers(Self::cosines(blocks, probe, count).collect())
    }

    /// Of a probe, by its cosines with the cohort. The best of it may be the probe's own person and does not count as a
    /// stranger. Never nothing, for the same reason.
    fn strangers(mut cosines: Vec<f32>) -> Option<Statistics> {
        let found = Statistics::of_nearest(&mut cosines, 1, cohort::NEAREST);
        cosines.zeroize();
        found
    }

    /// From cosines with the rows from `first` on to normalised scores.
    #[inline(always)]
    fn normalise(&self, first: usize, probe: Option<Statistics>, cosines: &mut [f32]) {
        match probe {
            Some(probe) => self.statistics.normalise(first, probe, cosines),
            None => cosines.fill(f32::NEG_INFINITY),
        }
    }
}

/// A fair draw, and the same one each time: the last bits of an entry's id are random.
fn lot(entry: EntryId) -> u128 {
    entry.as_uuid().as_u128().swap_bytes()
}

impl std::fmt::Debug for References {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("References")
            .field("space", &self.space)
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::cohort::normalised;
    use crate::template::{ModelId, PipelineVersion, dot};
    use proptest::prelude::*;
    use uuid::Uuid;

    const WIDTH: usize = 13;

    fn space() -> TemplateSpace {
        TemplateSpace {
            model: ModelId::new("0123456789abcdef").unwrap(),
            pipeline: PipelineVersion(1),
            dimensions: WIDTH,
            transform: None,
        }
    }

    /// A direction that is each seed's own (xorshift64).
    fn template(seed: u64) -> Template {
        let mut state = (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let values = (0..WIDTH).map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
        });
        Template::from_embedding(space(), values.collect()).unwrap()
    }

    fn entry(number: u64) -> EntryId {
        EntryId::new(Uuid::from_u128(
            u128::from(number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835),
        ))
    }

    #[derive(Clone, Copy, Debug)]
    enum Change {
        Insert {
            entry: u64,
            seed: u64,
        },
        Remove {
            entry: u64,
        },
        /// The list is asked, so that it finds what it keeps.
        Ask,
    }

    /// Few seeds, so that references of different entries are alike to the bit.
    fn changes(entries: u64, most: usize) -> impl Strategy<Value = Vec<Change>> {
        let change = prop_oneof![
            6 => (0..entries, 0u64..1_000).prop_map(|(entry, seed)| Change::Insert { entry, seed }),
            2 => (0..entries).prop_map(|entry| Change::Remove { entry }),
            1 => Just(Change::Ask),
        ];
        proptest::collection::vec(change, 0..most)
    }

    /// Compares one by one, and keeps nothing.
    #[derive(Default)]
    struct Plain(Vec<(EntryId, Template)>);

    impl Plain {
        /// One reference each of the entries with the lowest lots, by lot; nothing where there are too few.
        fn cohort(&self) -> Option<Vec<&(EntryId, Template)>> {
            let mut by_lot = BTreeMap::new();
            for row in &self.0 {
                by_lot.entry(lot(row.0)).or_insert(row);
            }
            (by_lot.len() >= cohort::SIZE).then(|| by_lot.into_values().take(cohort::SIZE).collect())
        }

        /// Entry and bits of each score that reaches `least`.
        fn reaching(&self, sought: Sought<'_>) -> Vec<(EntryId, u32)> {
            let cohort = self.cohort();
            let strangers = |one: &Template, own: Option<EntryId>, skipped: usize| {
                let others = cohort.iter().flatten().filter(|(entry, _)| Some(*entry) != own);
                let mut cosines: Vec<f32> = others.map(|(_, other)| dot(one.values(), other.values())).collect();
                Statistics::of_nearest(&mut cosines, skipped, cohort::NEAREST)
            };
            let probe = strangers(sought.probe, None, 1);
            let scores = self.0.iter().map(|(entry, reference)| {
                let cosine = dot(reference.values(), sought.probe.values());
                let score = match probe {
                    Some(probe) => normalised(cosine, probe, strangers(reference, Some(*entry), 0).unwrap()),
                    None => cosine,
                };
                (*entry, score)
            });
            sorted(scores.filter(|(_, score)| *score >= sought.least))
        }
    }

    fn sorted(scores: impl Iterator<Item = (EntryId, f32)>) -> Vec<(EntryId, u32)> {
        let mut found: Vec<(EntryId, u32)> = scores.map(|(entry, score)| (entry, score.to_bits())).collect();
        found.sort_unstable();
        found
    }

    fn make(list: &mut References, plain: &mut Plain, changes: &[Change]) {
        for change in changes {
            match *change {
                Change::Insert { entry: number, seed } => {
                    list.insert(entry(number), &template(seed)).unwrap();
                    plain.0.push((entry(number), template(seed)));
                }
                Change::Remove { entry: number } => {
                    list.remove(entry(number));
                    plain.0.retain(|(known, _)| *known != entry(number));
                }
                Change::Ask => {
                    list.scale();
                }
            }
        }
    }

    fn answers_as_plain(list: &mut References, plain: &Plain, sought: &[Sought<'_>]) -> Result<(), TestCaseError> {
        prop_assert_eq!(list.len(), plain.0.len());
        let found = list.reaching(sought).unwrap();
        for (sought, found) in sought.iter().zip(found) {
            let expected = plain.reaching(*sought);
            prop_assert_eq!(&sorted(found.into_iter()), &expected);
            let scores = list.scores(sought.probe).unwrap();
            prop_assert_eq!(
                &sorted(scores.iter().filter(|(_, score)| *score >= sought.least)),
                &expected
            );
        }
        Ok(())
    }

    fn sought<'a>(probes: &'a [Template], least: &'a [f32]) -> Vec<Sought<'a>> {
        let each = probes.iter().zip(least);
        each.map(|(probe, least)| Sought { probe, least: *least }).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn a_short_list_answers_with_the_bits_of_a_plain_scan(
            changes in changes(40, 300), probes in proptest::collection::vec(0u64..1_000, 1..40),
            least in proptest::collection::vec(-0.2f32..1.0, 40),
        ) {
            let (mut list, mut plain) = (References::new(space()), Plain::default());
            make(&mut list, &mut plain, &changes);
            let probes: Vec<Template> = probes.into_iter().map(template).collect();
            answers_as_plain(&mut list, &plain, &sought(&probes, &least))?;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn a_long_list_answers_with_the_bits_of_a_plain_scan(
            length in 598u64..700, changes in changes(710, 60), probes in proptest::collection::vec(0u64..1_000, 1..20),
            least in proptest::collection::vec(-1.0f32..4.0, 20),
        ) {
            let (mut list, mut plain) = (References::new(space()), Plain::default());
            let all = (0..length).map(|number| Change::Insert { entry: number, seed: number % 640 });
            make(&mut list, &mut plain, &all.chain([Change::Ask]).collect::<Vec<_>>());
            make(&mut list, &mut plain, &changes);
            let probes: Vec<Template> = probes.into_iter().map(template).collect();
            answers_as_plain(&mut list, &plain, &sought(&probes, &least))?;
        }
    }

    #[test]
    fn what_reaches_the_threshold_exactly_is_found() {
        let mut list = References::new(space());
        for number in 0..200 {
            list.insert(entry(number), &template(number)).unwrap();
        }
        let probe = template(1_000);
        for number in 0..200 {
            let least = dot(template(number).values(), probe.values());
            let found = list.reaching(&[Sought { probe: &probe, least }]).unwrap();
            assert!(found[0].contains(&(entry(number), least)));
        }
    }

    #[test]
    fn a_probe_of_another_space_is_refused_with_all_that_come_along() {
        let mut list = References::new(space());
        let other = TemplateSpace {
            pipeline: PipelineVersion(2),
            ..space()
        };
        let (good, bad) = (template(1), Template::from_embedding(other, vec![1.0; WIDTH]).unwrap());
        let sought = [&good, &bad].map(|probe| Sought { probe, least: 0.0 });
        assert_eq!(list.reaching(&sought), Err(TemplateError::ModelMismatch));
        assert_eq!(list.insert(entry(1), &bad), Err(TemplateError::ModelMismatch));
    }

    #[test]
    fn r109_numbers_are_all_that_a_host_must_lock_and_move_only_when_one_is_added() {
        let mut list = References::new(space());
        assert!(list.numbers().is_empty());
        for number in 0..130 {
            list.insert(entry(number), &template(number)).unwrap();
        }
        let lie_in = |list: &References| (list.numbers().as_ptr(), list.numbers().len());
        let before = lie_in(&list);
        assert!(before.1 >= 3 * BLOCK * WIDTH);
        list.reaching(&[Sought {
            probe: &template(1),
            least: 0.0,
        }])
        .unwrap();
        list.remove(entry(7));
        assert_eq!(lie_in(&list), before);
        for number in 8..130 {
            list.remove(entry(number));
        }
        let left: BTreeMap<u32, usize> = list.numbers().iter().fold(BTreeMap::new(), |mut counted, value| {
            *counted.entry(value.to_bits()).or_default() += 1;
            counted
        });
        assert!(
            left.values().sum::<usize>() - left[&0] <= 7 * WIDTH,
            "what was removed is overwritten"
        );
    }
}
