//! References side by side in memory, and the exact scan over them.

use std::collections::HashSet;

use zeroize::Zeroize;

use crate::calibration::Scale;
use crate::cohort::{self, Statistics};
use crate::id::EntryId;
use crate::template::{Template, TemplateError, TemplateSpace, dot};

/// References of one [`TemplateSpace`]; an entry may have several. Long enough, they are their own cohort. Overwritten
/// when dropped.
pub struct References {
    space: TemplateSpace,
    entries: Vec<EntryId>,
    /// Row-major, `entries.len()` rows of `space.dimensions` numbers.
    values: Vec<f32>,
    /// Where the list is long enough to be its own cohort.
    cohort: Option<Cohort>,
}

/// What a probe scores with every reference. Overwritten when dropped; its Debug shows no numbers.
pub struct Scores<'a> {
    pub scale: Scale,
    entries: &'a [EntryId],
    values: Vec<f32>,
}

impl Scores<'_> {
    /// One for each reference, in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = (EntryId, f32)> {
        self.entries.iter().copied().zip(self.values.iter().copied())
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
    pub fn new(space: TemplateSpace) -> Self {
        Self {
            space,
            entries: Vec::new(),
            values: Vec::new(),
            cohort: None,
        }
    }

    pub fn space(&self) -> &TemplateSpace {
        &self.space
    }

    /// All numbers, for a host that can keep them out of its swap space. They lie where they are until the next insertion.
    pub fn numbers(&self) -> &[f32] {
        &self.values
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Fails with `ModelMismatch` for a template of another space.
    pub fn insert(&mut self, entry: EntryId, reference: &Template) -> Result<(), TemplateError> {
        if reference.space() != &self.space {
            return Err(TemplateError::ModelMismatch);
        }
        self.reserve_one();
        self.entries.push(entry);
        self.values.extend_from_slice(reference.values());
        self.cohort.take_if(|cohort| cohort.would_take(entry));
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
        }
    }

    /// What scores are measured on at the list's present length.
    pub fn scale(&mut self) -> Scale {
        let rows = Rows {
            entries: &self.entries,
            values: &self.values,
            width: self.space.dimensions,
        };
        if self.cohort.is_none() {
            self.cohort = Cohort::of(rows);
        }
        match &mut self.cohort {
            Some(cohort) => {
                cohort.complete(rows);
                Scale::Normalised
            }
            None => Scale::Cosine,
        }
    }

    /// Cosines with every reference, whatever the length. Fails with `ModelMismatch` for a probe of another space.
    pub fn cosines(&self, probe: &Template) -> Result<Scores<'_>, TemplateError> {
        if probe.space() != &self.space {
            return Err(TemplateError::ModelMismatch);
        }
        let rows = self.values.chunks_exact(self.space.dimensions);
        Ok(Scores {
            scale: Scale::Cosine,
            entries: &self.entries,
            values: rows.map(|row| dot(row, probe.values())).collect(),
        })
    }

    /// Scores on the list's own [`References::scale`]. Fails with `ModelMismatch` for a probe of another space.
    pub fn scores(&mut self, probe: &Template) -> Result<Scores<'_>, TemplateError> {
        self.scale();
        let mut scores = self.cosines(probe)?;
        if let Some(cohort) = &self.cohort {
            scores.scale = Scale::Normalised;
            cohort.normalise(&mut scores.values);
        }
        Ok(scores)
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

#[derive(Clone, Copy)]
struct Rows<'a> {
    entries: &'a [EntryId],
    values: &'a [f32],
    width: usize,
}

impl<'a> Rows<'a> {
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
    /// One reference each of [`cohort::SIZE`] entries; `None` where there are fewer.
    fn of(list: Rows<'_>) -> Option<Self> {
        if list.entries.len() < cohort::SIZE {
            return None;
        }
        let mut seen = HashSet::new();
        let mut rows: Vec<usize> = (0..list.entries.len())
            .filter(|row| seen.insert(list.entries[*row]))
            .collect();
        if rows.len() < cohort::SIZE {
            return None;
        }
        rows.sort_by_key(|row| lot(list.entries[*row]));
        rows.truncate(cohort::SIZE);
        Some(Self {
            last_lot: rows.last().map_or(0, |row| lot(list.entries[*row])),
            rows,
            statistics: Vec::new(),
        })
    }

    /// Whether the cohort of a list with this entry too is another one.
    fn would_take(&self, entry: EntryId) -> bool {
        lot(entry) < self.last_lot
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
        let mut scores = Vec::with_capacity(self.rows.len());
        for own in self.statistics.len()..list.entries.len() {
            scores.clear();
            let others = self
                .rows
                .iter()
                .filter(|other| list.entries[**other] != list.entries[own]);
            scores.extend(others.map(|other| dot(list.row(own), list.row(*other))));
            // Never nothing: a cohort has more rows than are nearest, by more than the entry's own.
            self.statistics
                .extend(Statistics::of_nearest(&mut scores, 0, cohort::NEAREST));
        }
        scores.zeroize();
    }

    /// From cosines of a probe with every row to normalised scores. The best of the cohort may be the probe's own person
    /// and does not count as a stranger.
    fn normalise(&self, cosines: &mut [f32]) {
        let mut strangers: Vec<f32> = self.rows.iter().map(|row| cosines[*row]).collect();
        let probe = Statistics::of_nearest(&mut strangers, 1, cohort::NEAREST);
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

impl Drop for References {
    fn drop(&mut self) {
        self.values.zeroize();
    }
}

impl std::fmt::Debug for References {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("References")
            .field("space", &self.space)
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}
