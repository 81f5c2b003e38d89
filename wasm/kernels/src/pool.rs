//! The greatest of each two by two numbers.

use crate::simd::{greater, load, part, store};

const VECTOR: usize = 4;

/// One image; an odd last row or column is left out, as ONNX has it without ceil_mode.
pub(crate) fn greatest_of_four(image: &[f32], (height, width): (usize, usize), output: &mut [f32]) {
    let (rows, columns) = (height / 2, width / 2);
    assert_eq!(image.len() / (height * width), output.len() / (rows * columns));
    for (plane, output) in image
        .chunks_exact(height * width)
        .zip(output.chunks_exact_mut(rows * columns))
    {
        for (pair, output) in plane.chunks_exact(2 * width).zip(output.chunks_exact_mut(columns)) {
            let (above, below) = pair.split_at(width);
            let vectors = columns / VECTOR;
            for vector in 0..vectors {
                // SAFETY: so many eights lie in both rows, and so many fours in the output's.
                unsafe {
                    let at = 2 * VECTOR * vector;
                    let (above, below) = (above.as_ptr().add(at), below.as_ptr().add(at));
                    let first = greater(load(above), load(below));
                    let second = greater(load(above.add(VECTOR)), load(below.add(VECTOR)));
                    let (even, odd) = part(first, second);
                    store(output.as_mut_ptr().add(VECTOR * vector), greater(even, odd));
                }
            }
            for (column, output) in output.iter_mut().enumerate().skip(VECTOR * vectors) {
                let at = 2 * column;
                *output = above[at].max(above[at + 1]).max(below[at]).max(below[at + 1]);
            }
        }
    }
}
