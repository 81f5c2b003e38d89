//! References in blocks of 64, and the scan that compares a block with several probes at once.
//!
//! A block holds one dimension of its references after the other, so that a vector register holds as many references and
//! nothing is summed within one. Dimensions come in the order in which [`template::dot`] adds them, the first partial sum's
//! before the second's. So the scan reads memory from front to back, does for each reference what `dot` does, step by step, and
//! scores have the same bits, however wide the host's registers are.
//!
//! [`template::dot`]: crate::template::dot

use fearless_simd::{Level, Simd, SimdBase as _, dispatch};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::template::PARTIAL_SUMS;

/// References in a block.
pub(super) const BLOCK: usize = 64;

/// Numbers in a cache line of most hosts. A register that is loaded across two lines takes twice as long.
const LINE: usize = 16;

/// Templates of so many numbers each, in blocks. Overwritten when dropped.
#[derive(ZeroizeOnDrop)]
pub(super) struct Blocks {
    /// The registers that the host has.
    #[zeroize(skip)]
    level: Level,
    #[zeroize(skip)]
    width: usize,
    #[zeroize(skip)]
    len: usize,
    /// Whole blocks from `start` on. A place that no reference has is zero.
    values: Vec<f32>,
    /// Where the first cache line begins.
    #[zeroize(skip)]
    start: usize,
}

/// Probes, one dimension of them all after the other, as in a block. Overwritten when dropped.
#[derive(ZeroizeOnDrop)]
pub(super) struct Probes {
    #[zeroize(skip)]
    count: usize,
    values: Vec<f32>,
}

/// What one probe scores with a block's references: cosines.
pub(super) type Cosines = [f32; BLOCK];

impl Blocks {
    pub(super) fn new(width: usize) -> Self {
        Self {
            level: Level::new(),
            width,
            len: 0,
            values: Vec::new(),
            start: 0,
        }
    }

    /// All that is held in memory.
    pub(super) fn numbers(&self) -> &[f32] {
        &self.values
    }

    pub(super) fn level(&self) -> Level {
        self.level
    }

    /// How many blocks there are; the last may be partly empty.
    pub(super) fn count(&self) -> usize {
        self.len.div_ceil(BLOCK)
    }

    pub(super) fn push(&mut self, template: &[f32]) {
        if self.len.is_multiple_of(BLOCK) {
            self.grow();
        }
        self.len += 1;
        let column = self.column(self.len - 1);
        let in_order = order(self.width).map(|dimension| template[dimension]);
        for (place, value) in self.values[column..].iter_mut().step_by(BLOCK).zip(in_order) {
            *place = value;
        }
    }

    /// The last one takes the removed one's place.
    pub(super) fn swap_remove(&mut self, at: usize) {
        self.swap(at, self.len - 1);
        self.len -= 1;
        let last = self.column(self.len);
        for place in self.values[last..].iter_mut().step_by(BLOCK) {
            place.zeroize();
        }
        if self.len.is_multiple_of(BLOCK) {
            self.values.truncate(last);
        }
    }

    pub(super) fn swap(&mut self, a: usize, b: usize) {
        let (a, b) = (self.column(a), self.column(b));
        for row in 0..self.width {
            self.values.swap(a + row * BLOCK, b + row * BLOCK);
        }
    }

    /// Those references as probes.
    pub(super) fn probes(&self, references: std::ops::Range<usize>) -> Probes {
        let mut values = Vec::with_capacity(references.len() * self.width);
        for row in 0..self.width {
            values.extend(references.clone().map(|at| self.values[self.column(at) + row * BLOCK]));
        }
        Probes {
            count: references.len(),
            values,
        }
    }

    /// Cosines of each probe with the references of one block, in their order; zero where there is none.
    pub(super) fn compare(&self, block: usize, probes: &Probes, cosines: &mut [Cosines]) {
        let size = self.width * BLOCK;
        let block = &self.values[self.start + block * size..][..size];
        dispatch!(self.level, simd => compare(simd, block, probes, cosines));
    }

    /// Where the numbers of a reference begin.
    fn column(&self, at: usize) -> usize {
        self.start + at / BLOCK * BLOCK * self.width + at % BLOCK
    }

    /// One more block. Growth copies into a new buffer; the old one is overwritten before it is freed.
    fn grow(&mut self) {
        let size = BLOCK * self.width;
        if self.values.len() + size > self.values.capacity() {
            let mut grown: Vec<f32> =
                Vec::with_capacity((LINE + self.values.len() + size).max(2 * self.values.capacity()));
            let start = grown.as_ptr().align_offset(LINE * size_of::<f32>()).min(LINE);
            grown.resize(start, 0.0);
            grown.extend_from_slice(&self.values[self.start..]);
            self.values.zeroize();
            self.values = grown;
            self.start = start;
        }
        self.values.resize(self.values.len() + size, 0.0);
    }
}

impl Probes {
    pub(super) fn of(templates: &[&[f32]]) -> Self {
        let width = templates.first().map_or(0, |template| template.len());
        let mut values = Vec::with_capacity(templates.len() * width);
        for dimension in order(width) {
            values.extend(templates.iter().map(|template| template[dimension]));
        }
        Self {
            count: templates.len(),
            values,
        }
    }
}

/// Dimensions as they lie in a block: those of each partial sum of [`crate::template::dot`], then what is left over.
fn order(width: usize) -> impl Iterator<Item = usize> {
    let whole = width - width % PARTIAL_SUMS;
    (0..PARTIAL_SUMS)
        .flat_map(move |sum| (sum..whole).step_by(PARTIAL_SUMS))
        .chain(whole..width)
}

/// A block with all probes.
#[inline(always)]
fn compare<S: Simd>(simd: S, block: &[f32], probes: &Probes, cosines: &mut [Cosines]) {
    let rows = block.as_chunks().0;
    let mut first = 0;
    while first < probes.count {
        let some = Part { rows, probes, first };
        let cosines = &mut cosines[first..];
        // Totals, sums, factors and a product must fit into the registers, of which there are 32 wide ones or 16 narrow ones.
        first += match (probes.count - first, S::f32s::LEN) {
            (1, _) => some.compare::<S, 4, 1>(simd, cosines),
            (2, 16..) => some.compare::<S, 4, 2>(simd, cosines),
            (_, 16..) => some.compare::<S, 4, 3>(simd, cosines),
            (2, _) => some.compare::<S, 2, 2>(simd, cosines),
            _ => some.compare::<S, 2, 3>(simd, cosines),
        };
    }
}

/// A block with the probes from `first` on.
struct Part<'a> {
    rows: &'a [[f32; BLOCK]],
    probes: &'a Probes,
    first: usize,
}

impl Part<'_> {
    /// As many probes as there are `PROBES`, which it returns, with as many references at a time as `WIDE` registers hold.
    /// A multiplication and an addition, never both in one: `dot` rounds in between.
    #[inline(always)]
    fn compare<S: Simd, const WIDE: usize, const PROBES: usize>(&self, simd: S, cosines: &mut [Cosines]) -> usize {
        let wide = WIDE * S::f32s::LEN;
        let nothing = [[S::f32s::splat(simd, 0.0); WIDE]; PROBES];
        let (each, left_over) = (self.rows.len() / PARTIAL_SUMS, self.rows.len() % PARTIAL_SUMS);
        for from in (0..BLOCK).step_by(wide) {
            let mut totals = nothing;
            let (mut rows, mut values) = (self.rows, &self.probes.values[..]);
            for size in [each; PARTIAL_SUMS].into_iter().chain([left_over]) {
                let (these, of_probes);
                (these, rows) = rows.split_at(size);
                (of_probes, values) = values.split_at(size * self.probes.count);
                let mut sums = nothing;
                for (row, probes) in these.iter().zip(of_probes.chunks_exact(self.probes.count)) {
                    let row = &row[from..][..wide];
                    let references: [S::f32s; WIDE] =
                        std::array::from_fn(|at| S::f32s::from_slice(simd, &row[at * S::f32s::LEN..][..S::f32s::LEN]));
                    for (sums, probe) in sums.iter_mut().zip(&probes[self.first..][..PROBES]) {
                        let probe = S::f32s::splat(simd, *probe);
                        for (sum, reference) in sums.iter_mut().zip(references) {
                            *sum += reference * probe;
                        }
                    }
                }
                for (total, sum) in totals.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
                    *total += *sum;
                }
            }
            for (cosines, totals) in cosines.iter_mut().zip(totals) {
                let places = cosines[from..].chunks_exact_mut(S::f32s::LEN);
                for (place, total) in places.zip(totals) {
                    total.store_slice(place);
                }
            }
        }
        PROBES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::dot;
    use proptest::prelude::*;

    /// Those that this host has.
    fn levels() -> Vec<Level> {
        let best = Level::new();
        #[cfg(target_arch = "x86_64")]
        let between = [best.as_sse4_2().map(Level::Sse4_2), best.as_avx2().map(Level::Avx2)];
        #[cfg(not(target_arch = "x86_64"))]
        let between = [];
        [Level::baseline(), best]
            .into_iter()
            .chain(between.into_iter().flatten())
            .collect()
    }

    /// Of some width, and in what number.
    fn templates(most: usize) -> impl Strategy<Value = Vec<Vec<f32>>> {
        let number = prop_oneof![Just(0.0f32), Just(-0.0), -1.0f32..1.0];
        (1usize..40, 1..most).prop_flat_map(move |(width, count)| {
            proptest::collection::vec(proptest::collection::vec(number.clone(), width), count)
        })
    }

    fn blocks(templates: &[Vec<f32>], level: Level) -> Blocks {
        let mut blocks = Blocks::new(templates[0].len());
        blocks.level = level;
        for template in templates {
            blocks.push(template);
        }
        blocks
    }

    /// What each probe scores with each reference, to the bit.
    fn compared(blocks: &Blocks, probes: &Probes) -> Vec<Vec<u32>> {
        let mut found = vec![Vec::new(); probes.count];
        let mut cosines = vec![[f32::NAN; BLOCK]; probes.count];
        for block in 0..blocks.count() {
            blocks.compare(block, probes, &mut cosines);
            for (found, cosines) in found.iter_mut().zip(&cosines) {
                found.extend(cosines.iter().map(|cosine| cosine.to_bits()));
            }
        }
        found.iter_mut().for_each(|found| found.truncate(blocks.len));
        found
    }

    fn one_by_one(references: &[Vec<f32>], probes: &[Vec<f32>]) -> Vec<Vec<u32>> {
        let with = |probe: &Vec<f32>| references.iter().map(|one| dot(one, probe).to_bits()).collect();
        probes.iter().map(with).collect()
    }

    proptest! {
        #[test]
        fn a_scan_has_the_bits_of_a_comparison_one_by_one_on_every_level(all in templates(180), probes in 1usize..20) {
            let probes = &all[..probes.min(all.len())];
            let values: Vec<&[f32]> = probes.iter().map(Vec::as_slice).collect();
            for level in levels() {
                let blocks = blocks(&all, level);
                prop_assert_eq!(compared(&blocks, &Probes::of(&values)), one_by_one(&all, probes), "{:?}", level);
                prop_assert_eq!(compared(&blocks, &blocks.probes(0..probes.len())), one_by_one(&all, probes));
            }
        }

        #[test]
        fn removal_moves_the_last_one_into_the_hole_and_leaves_nothing_of_it(
            mut all in templates(150), removed in proptest::collection::vec(any::<prop::sample::Index>(), 0..150),
        ) {
            let mut blocks = blocks(&all, Level::new());
            for at in removed {
                if all.is_empty() {
                    break;
                }
                let at = at.index(all.len());
                all.swap_remove(at);
                blocks.swap_remove(at);
                let width = blocks.width;
                prop_assert_eq!(blocks.numbers().len(), blocks.start + blocks.count() * BLOCK * width);
                for free in blocks.len..blocks.count() * BLOCK {
                    let column = blocks.column(free);
                    prop_assert!(blocks.values[column..].iter().step_by(BLOCK).take(width).all(|v| v.to_bits() == 0));
                }
            }
            if let Some(probe) = all.first().cloned() {
                prop_assert_eq!(compared(&blocks, &Probes::of(&[&probe])), one_by_one(&all, &[probe]));
            }
        }
    }
}
