//! Each output from all inputs, with the weights where they lie: each is read once, and a packed copy of a network's largest layer
//! would take more memory than all its others.

use crate::simd::{add, add_product, lanes, load, splat};

const VECTOR: usize = 4;
/// Sums of one row that don't wait for each other.
const SUMS: usize = 2;
/// Rows for which the inputs are loaded once.
const ROWS: usize = 4;

/// `weights` has a row for each output, as long as `inputs`.
pub(crate) fn dense(weights: &[f32], inputs: &[f32], outputs: &mut [f32]) {
    assert_eq!(weights.len(), inputs.len() * outputs.len());
    if inputs.is_empty() {
        outputs.fill(0.0);
        return;
    }
    let mut rows = weights.chunks(ROWS * inputs.len());
    let (whole, left) = outputs.as_chunks_mut::<ROWS>();
    // Asked in this order, so that the rows that are left aren't taken.
    for (outputs, weights) in whole.iter_mut().zip(rows.by_ref()) {
        *outputs = products(weights, inputs);
    }
    let left_weights = rows.next().unwrap_or_default();
    for (row, output) in left_weights.chunks_exact(inputs.len()).zip(left) {
        [*output] = products(row, inputs);
    }
}

fn products<const ROWS: usize>(rows: &[f32], inputs: &[f32]) -> [f32; ROWS] {
    let length = inputs.len();
    assert_eq!(rows.len(), ROWS * length);
    let mut sums = [[splat(0.0); SUMS]; ROWS];
    let step = SUMS * VECTOR;
    let vectors = length / step * step;
    for at in (0..vectors).step_by(step) {
        for part in 0..SUMS {
            let at = at + part * VECTOR;
            // SAFETY: four numbers from `at` on lie within the inputs, and within each of as many rows of their length.
            unsafe {
                let input = load(inputs.as_ptr().add(at));
                for (row, sums) in sums.iter_mut().enumerate() {
                    sums[part] = add_product(sums[part], load(rows.as_ptr().add(row * length + at)), input);
                }
            }
        }
    }
    core::array::from_fn(|row| {
        let whole = sums[row].into_iter().fold(splat(0.0), add);
        let left = rows[row * length..][vectors..length].iter().zip(&inputs[vectors..]);
        left.fold(lanes(whole).into_iter().sum(), |sum: f32, (weight, input)| {
            sum + weight * input
        })
    })
}
