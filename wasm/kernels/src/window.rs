//! How a kernel is moved over an image, and the image with its edges filled up.

use crate::simd::copy;

/// Of a convolution or pooling over a plane. First numbers are of rows, second ones of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) kernel: (usize, usize),
    pub(crate) stride: (usize, usize),
    /// Above and to the left.
    pub(crate) before: (usize, usize),
    /// Below and to the right.
    pub(crate) after: (usize, usize),
}

impl Window {
    /// The size of the output. Nothing where the kernel doesn't fit.
    pub(crate) fn output(&self, (height, width): (usize, usize)) -> Option<(usize, usize)> {
        let along = |size: usize, kernel: usize, stride: usize| Some(size.checked_sub(kernel)? / stride.max(1) + 1);
        let (height, width) = self.padded((height, width));
        Some((
            along(height, self.kernel.0, self.stride.0)?,
            along(width, self.kernel.1, self.stride.1)?,
        ))
    }

    pub(crate) fn padded(&self, (height, width): (usize, usize)) -> (usize, usize) {
        (
            height + self.before.0 + self.after.0,
            width + self.before.1 + self.after.1,
        )
    }

    /// Each output is made of one input.
    pub(crate) fn is_pointwise(&self) -> bool {
        *self
            == Self {
                kernel: (1, 1),
                stride: (1, 1),
                before: (0, 0),
                after: (0, 0),
            }
    }

    /// Writes a plane of `size` into the middle of `to`, whose edges hold zeros.
    pub(crate) fn pad(&self, plane: &[f32], size: (usize, usize), to: &mut [f32]) {
        let (_, wide) = self.padded(size);
        let to = &mut to[self.before.0 * wide + self.before.1..];
        for (row, to) in plane.chunks_exact(size.1).zip(to.chunks_mut(wide)) {
            copy(row, &mut to[..size.1]);
        }
    }
}
