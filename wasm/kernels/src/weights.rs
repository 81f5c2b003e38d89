//! A layer's weights as its loop reads them: in whole panels of a tile's rows, as floats or as whole numbers of 16 bits.

#[derive(Clone, Debug)]
pub(crate) enum Weights {
    Floats(Vec<f32>),
    Shorts(Shorts),
}

/// Whole numbers, so scaled that no sum of their products with an image's is beyond 32 bits.
#[derive(Clone, Debug)]
pub(crate) struct Shorts {
    /// Weights of two steps that follow each other; the second is zero where there is none.
    pub(crate) pairs: Vec<[i16; 2]>,
    /// For each filter what its 1 stands for, up to a whole panel.
    pub(crate) scales: Vec<f32>,
    /// What an image's largest number is to become.
    pub(crate) most: f32,
}

/// Numbers of 12 bits and more, sign included: with them the networks keep to the reference (the engine's golden tests).
const LEAST: f64 = 2_048.0;
const LARGEST: f64 = i16::MAX as f64;
const LARGEST_SUM: f64 = i32::MAX as f64;

/// `weights` holds `depth` of them for each filter.
pub(crate) fn floats(weights: &[f32], depth: usize, rows: usize) -> Vec<f32> {
    panels(
        weights.chunks_exact(depth).map(|filter| filter.iter().copied()),
        depth,
        rows,
    )
}

/// Nothing where sums of so many leave each number too few bits.
pub(crate) fn shorts(weights: &[f32], depth: usize, rows: usize) -> Option<Shorts> {
    // Of each filter its largest weight, and all of them together.
    let filters: Vec<(f64, f64)> = weights
        .chunks_exact(depth)
        .map(|filter| {
            filter.iter().fold((0.0, 0.0), |(peak, together): (f64, f64), weight| {
                let weight = f64::from(weight.abs());
                (peak.max(weight), together + weight)
            })
        })
        .collect();
    if !filters.iter().all(|(_, together)| together.is_finite()) {
        return None;
    }
    // How many times its largest weight one has in all, at most.
    let peaks = filters
        .iter()
        .filter(|(peak, _)| *peak > 0.0)
        .fold(1.0, |most, (peak, together)| f64::max(most, together / peak));
    let most = (LARGEST_SUM / peaks).sqrt().floor().min(LARGEST);
    // Each weight may be rounded up by a half.
    let largest = ((LARGEST_SUM / most - depth as f64 / 2.0) / peaks).floor().min(LARGEST);
    if most < LEAST || largest < LEAST {
        return None;
    }
    let pairs = weights.chunks_exact(depth).zip(&filters).map(|(filter, (peak, _))| {
        let factor = Some(largest / peak).filter(|factor| factor.is_finite()).unwrap_or(0.0);
        let whole = move |weight: f32| (f64::from(weight) * factor).round_ties_even() as i16;
        filter
            .chunks(2)
            .map(move |pair| [whole(pair[0]), pair.get(1).map_or(0, |second| whole(*second))])
    });
    let mut scales: Vec<f32> = filters.iter().map(|(peak, _)| (peak / largest) as f32).collect();
    scales.resize(scales.len().next_multiple_of(rows), 0.0);
    Some(Shorts {
        pairs: panels(pairs, depth.div_ceil(2), rows),
        scales,
        most: most as f32,
    })
}

/// For each step, one after the other, a number of each of the panel's rows; where there is no such filter, zeros.
fn panels<T: Copy + Default>(
    filters: impl ExactSizeIterator<Item = impl Iterator<Item = T>>,
    steps: usize,
    rows: usize,
) -> Vec<T> {
    let mut packed = vec![T::default(); filters.len().next_multiple_of(rows) * steps];
    for (index, filter) in filters.enumerate() {
        let panel = &mut packed[index / rows * rows * steps..];
        for (step, number) in filter.enumerate() {
            panel[step * rows + index % rows] = number;
        }
    }
    packed
}
