//! References in blocks of 64, and the scan that compares a block with several probes at once.
//!
//! A block holds one dimension of its references after the other, so that a vector register holds as many references and
//! nothing is summed within one. Dimensions come in the order in which [`template::dot`] adds them, the first partial sum's
//! before the second's. So the scan reads memory from front to back, and where it does for each reference what `dot` does, step by
//! step, scores have the same bits, however wide the host's registers are. Most of a list is nobody's match, and is told by an
//! estimate, for which many hosts need half the work.
//!
//! [`template::dot`]: crate::template::dot

use std::ops::Range;

use fearless_simd::{Level, Simd, SimdBase, SimdFloat as _, dispatch};
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
    pub(super) fn probes(&self, references: Range<usize>) -> Probes {
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
        let rows = self.block(block);
        dispatch!(self.level, simd => compare(simd, rows, probes, cosines));
    }

    /// The same by the shortest way, at most [`Blocks::error`] off for templates of unit length.
    pub(super) fn estimate(&self, block: usize, probes: &Probes, cosines: &mut [Cosines]) {
        let rows = self.block(block);
        dispatch!(self.level, simd => estimate(simd, rows, probes, cosines));
    }

    /// Twice what two sums of so many products can differ by, each rounded once or twice a product.
    pub(super) fn error(&self) -> f32 {
        2.0 * self.width as f32 * f32::EPSILON
    }

    fn block(&self, number: usize) -> &[[f32; BLOCK]] {
        let size = self.width * BLOCK;
        self.values[self.start + number * size..][..size].as_chunks().0
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

/// A block with all probes. Totals, sums, factors and a product must fit into the registers, of which there are 32 wide ones or 16
/// narrow ones.
#[inline(always)]
fn compare<S: Simd>(simd: S, rows: &[[f32; BLOCK]], probes: &Probes, cosines: &mut [Cosines]) {
    let mut first = 0;
    while first < probes.count {
        let part = Part { rows, probes, first };
        let cosines = &mut cosines[first..];
        first += match (probes.count - first, S::f32s::LEN) {
            (1, _) => part.compare::<S, 4, 1>(simd, cosines),
            (2, 16..) => part.compare::<S, 4, 2>(simd, cosines),
            (_, 16..) => part.compare::<S, 4, 3>(simd, cosines),
            (2, _) => part.compare::<S, 2, 2>(simd, cosines),
            _ => part.compare::<S, 2, 3>(simd, cosines),
        };
    }
}

/// A block with all probes, where one sum a reference leaves registers for more of them at a time.
#[inline(always)]
fn estimate<S: Simd>(simd: S, rows: &[[f32; BLOCK]], probes: &Probes, cosines: &mut [Cosines]) {
    let mut first = 0;
    while first < probes.count {
        let part = Part { rows, probes, first };
        let cosines = &mut cosines[first..];
        first += match (probes.count - first, S::f32s::LEN) {
            (1, _) => part.estimate::<S, 4, 1>(simd, cosines),
            (2, _) => part.estimate::<S, 4, 2>(simd, cosines),
            (3, 16..) => part.estimate::<S, 4, 3>(simd, cosines),
            (3, _) => part.estimate::<S, 2, 3>(simd, cosines),
            (_, 16..) => part.estimate::<S, 4, 4>(simd, cosines),
            _ => part.estimate::<S, 2, 4>(simd, cosines),
        };
    }
}

/// A block with the probes from `first` on.
struct Part<'a> {
    rows: &'a [[f32; BLOCK]],
    probes: &'a Probes,
    first: usize,
}

/// Sums of so many probes with as many references as so many registers hold.
type Sums<V, const WIDE: usize, const PROBES: usize> = [[V; WIDE]; PROBES];

impl Part<'_> {
    /// As many probes as there are `PROBES`, which it returns. A multiplication and an addition, never both in one: `dot` rounds
    /// in between.
    #[inline(always)]
    fn compare<S: Simd, const WIDE: usize, const PROBES: usize>(&self, simd: S, cosines: &mut [Cosines]) -> usize {
        let (each, left_over) = (self.rows.len() / PARTIAL_SUMS, self.rows.len() % PARTIAL_SUMS);
        for from in (0..BLOCK).step_by(WIDE * S::f32s::LEN) {
            let mut totals: Sums<S::f32s, WIDE, PROBES> = [[S::f32s::splat(simd, 0.0); WIDE]; PROBES];
            let mut row = 0;
            for size in [each; PARTIAL_SUMS].into_iter().chain([left_over]) {
                let sums = self.sums::<S, WIDE, PROBES>(simd, from, row..row + size, |sum, reference, probe| {
                    sum + reference * probe
                });
                row += size;
                for (total, sum) in totals.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
                    *total += *sum;
                }
            }
            store(totals, from, cosines);
        }
        PROBES
    }

    #[inline(always)]
    fn estimate<S: Simd, const WIDE: usize, const PROBES: usize>(&self, simd: S, cosines: &mut [Cosines]) -> usize {
        for from in (0..BLOCK).step_by(WIDE * S::f32s::LEN) {
            let sums = self.sums::<S, WIDE, PROBES>(simd, from, 0..self.rows.len(), |sum, reference, probe| {
                reference.mul_add(probe, sum)
            });
            store(sums, from, cosines);
        }
        PROBES
    }

    /// Over some of the rows, for the references from `from` on.
    #[inline(always)]
    fn sums<S: Simd, const WIDE: usize, const PROBES: usize>(
        &self,
        simd: S,
        from: usize,
        rows: Range<usize>,
        add: impl Fn(S::f32s, S::f32s, S::f32s) -> S::f32s,
    ) -> Sums<S::f32s, WIDE, PROBES> {
        let mut sums = [[S::f32s::splat(simd, 0.0); WIDE]; PROBES];
        let count = self.probes.count;
        let values = self.probes.values[rows.start * count..rows.end * count].chunks_exact(count);
        for (row, probes) in self.rows[rows].iter().zip(values) {
            let row = &row[from..][..WIDE * S::f32s::LEN];
            let references: [S::f32s; WIDE] =
                std::array::from_fn(|at| S::f32s::from_slice(simd, &row[at * S::f32s::LEN..][..S::f32s::LEN]));
            for (sums, probe) in sums.iter_mut().zip(&probes[self.first..][..PROBES]) {
                let probe = S::f32s::splat(simd, *probe);
                for (sum, reference) in sums.iter_mut().zip(references) {
                    *sum = add(*sum, reference, probe);
                }
            }
        }
        sums
    }
}

#[inline(always)]
fn store<S: Simd, V: SimdBase<S, Element = f32>, const WIDE: usize, const PROBES: usize>(
    sums: Sums<V, WIDE, PROBES>,
    from: usize,
    cosines: &mut [Cosines],
) {
    for (cosines, sums) in cosines.iter_mut().zip(sums) {
        for (place, sum) in cosines[from..].chunks_exact_mut(V::LEN).zip(sums) {
            sum.store_slice(place);
        }
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
        let between: [Option<Level>; 0] = [];
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
        fn an_estimate_is_nearly_a_comparison_on_every_level(all in templates(80), probes in 1usize..20) {
            let unit = |values: &Vec<f32>| {
                let length = dot(values, values).sqrt();
                (length > 0.1).then(|| values.iter().map(|value| value / length).collect::<Vec<f32>>())
            };
            let all: Vec<Vec<f32>> = all.iter().filter_map(unit).collect();
            prop_assume!(!all.is_empty());
            for level in levels() {
                let blocks = blocks(&all, level);
                let probes = blocks.probes(0..probes.min(all.len()));
                let mut cosines = [vec![[f32::NAN; BLOCK]; probes.count], vec![[f32::NAN; BLOCK]; probes.count]];
                for block in 0..blocks.count() {
                    blocks.compare(block, &probes, &mut cosines[0]);
                    blocks.estimate(block, &probes, &mut cosines[1]);
                    let [exact, estimated] = cosines.each_ref().map(|cosines| cosines.as_flattened());
                    prop_assert!(exact.iter().zip(estimated).all(|(a, b)| (a - b).abs() <= blocks.error() / 2.0), "{:?}", level);
                }
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
