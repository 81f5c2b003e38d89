//! The references of one deployment, and the exact search over them.

use zeroize::Zeroize;

use crate::id::EntryId;
use crate::template::{Similarity, Template, TemplateError, TemplateSpace, Threshold, dot};

/// A candidate entry of a search: at or above the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    pub entry: EntryId,
    pub score: Similarity,
}

/// References of one [`TemplateSpace`], side by side in memory. Overwritten when dropped.
pub struct Watchlist {
    space: TemplateSpace,
    entries: Vec<EntryId>,
    /// Row-major, `entries.len()` rows of `space.dimensions` numbers.
    values: Vec<f32>,
}

impl Watchlist {
    pub fn new(space: TemplateSpace) -> Self {
        Self {
            space,
            entries: Vec::new(),
            values: Vec::new(),
        }
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
        }
    }

    /// The best reference of each entry whose score reaches `threshold`, best first; empty when none does.
    /// Ties keep the order of entry ids, so that a search has one answer.
    pub fn search(&self, probe: &Template, threshold: Threshold) -> Result<Vec<Match>, TemplateError> {
        if probe.space() != &self.space {
            return Err(TemplateError::ModelMismatch);
        }
        let mut matches: Vec<Match> = Vec::new();
        for (entry, row) in self.entries.iter().zip(self.values.chunks_exact(self.space.dimensions)) {
            let score = Similarity::new(dot(row, probe.values()))?;
            if !threshold.passes(score) {
                continue;
            }
            match matches.iter_mut().find(|m| m.entry == *entry) {
                Some(found) if found.score < score => found.score = score,
                Some(_) => {}
                None => matches.push(Match { entry: *entry, score }),
            }
        }
        matches.sort_by(|a, b| b.score.get().total_cmp(&a.score.get()).then(a.entry.cmp(&b.entry)));
        Ok(matches)
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

    fn template() -> impl Strategy<Value = Template> {
        proptest::collection::vec(-1.0f32..1.0, 16)
            .prop_filter_map("has a direction", |v| Template::from_embedding(space(), v).ok())
    }

    fn entry(n: u128) -> EntryId {
        EntryId::new(Uuid::from_u128(n))
    }

    fn list(references: &[Template]) -> Watchlist {
        let mut list = Watchlist::new(space());
        for (n, reference) in references.iter().enumerate() {
            list.insert(entry(n as u128), reference).unwrap();
        }
        list
    }

    proptest! {
        #[test]
        fn a_search_equals_comparing_one_by_one(
            references in proptest::collection::vec(template(), 0..40),
            probe in template(),
            threshold in -1.0f32..1.0,
        ) {
            let threshold = Threshold::new(threshold).unwrap();
            let found = list(&references).search(&probe, threshold).unwrap();
            let mut expected: Vec<Match> = references
                .iter()
                .enumerate()
                .map(|(n, r)| Match { entry: entry(n as u128), score: r.compare(&probe).unwrap() })
                .filter(|m| threshold.passes(m.score))
                .collect();
            expected.sort_by(|a, b| b.score.get().total_cmp(&a.score.get()).then(a.entry.cmp(&b.entry)));
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn a_removed_entry_never_matches(references in proptest::collection::vec(template(), 1..20), which in 0usize..20) {
            let gone = which % references.len();
            let mut watchlist = list(&references);
            watchlist.remove(entry(gone as u128));
            let found = watchlist.search(&references[gone], Threshold::new(-1.0).unwrap()).unwrap();
            prop_assert_eq!(found.len(), references.len() - 1);
            prop_assert!(found.iter().all(|m| m.entry != entry(gone as u128)));
        }
    }

    #[test]
    fn an_entry_with_two_references_matches_once_with_the_better() {
        let a = Template::from_embedding(space(), vec![1.0; 16]).unwrap();
        let mut half = vec![1.0; 16];
        half[0] = -3.0;
        let b = Template::from_embedding(space(), half).unwrap();
        let mut watchlist = Watchlist::new(space());
        watchlist.insert(entry(1), &b).unwrap();
        watchlist.insert(entry(1), &a).unwrap();
        let found = watchlist.search(&a, Threshold::new(0.0).unwrap()).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].score.get() > 0.999);
    }

    #[test]
    fn a_probe_of_another_pipeline_is_refused() {
        let other = TemplateSpace {
            pipeline: PipelineVersion(2),
            ..space()
        };
        let probe = Template::from_embedding(other, vec![1.0; 16]).unwrap();
        assert_eq!(
            Watchlist::new(space()).search(&probe, Threshold::new(0.5).unwrap()),
            Err(TemplateError::ModelMismatch)
        );
    }
}
