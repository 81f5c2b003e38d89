//! Depthwise 3x3 convolutions: each channel by itself.

use crate::convolution::Ending;
use crate::inner::{Activation, Plane, STEP};
use crate::kernels::{Kernels, RunPlane};
use crate::scratch;
use crate::simd::{copy, deal};
use crate::window::Window;

/// A depthwise convolution of planes of one size, ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Depthwise {
    window: Window,
    size: (usize, usize),
    output: (usize, usize),
    run: RunPlane,
    /// Nine for each channel.
    weights: Vec<f32>,
    ending: Ending,
}

const TAPS: usize = 9;
/// Beyond a row.
const ROOM: usize = 8;

impl Depthwise {
    /// `weights` are of channels, rows, columns. Nothing where they don't fit, or for another kernel than 3x3 with a stride of 1 or
    /// 2 in both directions.
    pub(crate) fn new(
        kernels: &Kernels,
        window: Window,
        size: (usize, usize),
        weights: &[f32],
        mut ending: Ending,
    ) -> Option<Self> {
        let output = window.output(size)?;
        let channels = ending.bias.len();
        let fits = window.kernel == (3, 3)
            && window.stride.0 == window.stride.1
            && channels > 0
            && output.0 * output.1 > 0
            && weights.len() == channels * TAPS
            && (ending.activation != Activation::Prelu || ending.slopes.len() == channels);
        if !fits {
            return None;
        }
        ending.slopes.resize(channels, 0.0);
        Some(Self {
            window,
            size,
            output,
            run: kernels.plane(window.stride.1)?,
            weights: weights.to_vec(),
            ending,
        })
    }

    /// Channels, height and width.
    pub(crate) fn output(&self) -> [usize; 3] {
        [self.ending.bias.len(), self.output.0, self.output.1]
    }

    /// One image; both have their planes one after the other.
    ///
    /// A plane is laid out with its edges, so that all of its rows are one long row, of which the output has as many numbers
    /// too many as the edges are wide. With a stride of 2 the rows are parted into even and odd ones, and so are their columns.
    pub(crate) fn run(&self, image: &[f32], output: &mut [f32]) {
        let (plane, points) = (self.size.0 * self.size.1, self.output.0 * self.output.1);
        let channels = self.ending.bias.len();
        assert_eq!(image.len(), channels * plane);
        assert_eq!(output.len(), channels * points);
        let stride = self.window.stride.1;
        let (height, width) = self.window.padded(self.size);
        // Of one part: one of four where the stride is 2.
        let (rows, wide) = (height.div_ceil(stride), width.div_ceil(stride));
        let steps = ((self.output.0 - 1) * wide + self.output.1).div_ceil(STEP);
        // A tap reads up to two rows and two numbers beyond where the output stands.
        let part = (rows * wide).max(steps * STEP + 2 * wide) + ROOM;
        scratch::with(stride * stride * part + steps * STEP, |scratch| {
            let (laid, done) = scratch.split_at_mut(stride * stride * part);
            laid.fill(0.0);
            for channel in 0..channels {
                let image = &image[channel * plane..][..plane];
                let output = &mut output[channel * points..][..points];
                let rows = if stride == 1 {
                    self.window.pad(image, self.size, laid);
                    let row = |y: usize| laid[y * wide..].as_ptr();
                    [row(0), row(1), row(2), row(0), row(0), row(0)]
                } else {
                    self.lay_parted(image, laid, part, wide);
                    // The third row is an even one again.
                    let row = |y: usize, x: usize| laid[(y % 2 * 2 + x) * part + y / 2 * wide..].as_ptr();
                    [row(0, 0), row(0, 1), row(1, 0), row(1, 1), row(2, 0), row(2, 1)]
                };
                let job = Plane {
                    rows,
                    to: done.as_mut_ptr(),
                    weights: self.weights[channel * TAPS..][..TAPS].as_ptr(),
                    bias: self.ending.bias[channel],
                    slope: self.ending.slopes[channel],
                    activation: self.ending.activation,
                    steps,
                };
                // SAFETY: each part has room for the steps, two rows and two numbers more, `done` for the steps, and there is
                // at least one step, because the output isn't empty.
                unsafe { (self.run)(&job) };
                for (to, from) in output.chunks_exact_mut(self.output.1).zip(done.chunks(wide)) {
                    copy(&from[..self.output.1], to);
                }
            }
        });
    }

    /// Even rows' even and odd columns, then odd rows'.
    fn lay_parted(&self, image: &[f32], laid: &mut [f32], part: usize, wide: usize) {
        let (top, left) = self.window.before;
        for (y, row) in image.chunks_exact(self.size.1).enumerate() {
            let y = y + top;
            let (even, odd) = laid[y % 2 * 2 * part..][..2 * part].split_at_mut(part);
            let (even, odd) = (&mut even[y / 2 * wide..], &mut odd[y / 2 * wide..]);
            // Where the left edge is odd, the image's first column is an odd one.
            if left % 2 == 0 {
                deal(row, &mut even[left / 2..], &mut odd[left / 2..]);
            } else {
                deal(row, &mut odd[left / 2..], &mut even[left / 2 + 1..]);
            }
        }
    }
}
