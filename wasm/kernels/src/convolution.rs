//! Convolutions as matrix products: the weights, packed once, times the image's windows, packed piece by piece.

use std::ops::Range;

use crate::inner::{Activation, Product};
use crate::kernels::{Kernels, Tile, WIDE, last};
use crate::scratch;
use crate::shape::Numbers;
use crate::simd::{copy, every_second, largest, load, splat, store, whole_pairs};
use crate::weights::{Weights, floats, shorts};
use crate::window::Window;

/// What follows a layer's sums: for each output channel its bias, and its slope where the activation has any.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ending {
    pub(crate) bias: Vec<f32>,
    pub(crate) slopes: Vec<f32>,
    pub(crate) activation: Activation,
}

/// A dense convolution of planes of one size, ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Convolution {
    window: Window,
    channels: usize,
    size: (usize, usize),
    output: (usize, usize),
    filters: usize,
    tile: Tile,
    weights: Weights,
    ending: Ending,
}

/// Numbers of the image that are packed at once: half of a tablet's first cache of 32 KiB, as far as that isn't too few columns.
const PIECE: usize = 4_096;
/// Columns for which all weights are read once: with fewer, reading them would take longer than computing.
const LEAST_COLUMNS: usize = 128;

impl Convolution {
    /// `weights` are of filters, channels, rows, columns; `ending` has its numbers for each filter. Nothing where they don't fit.
    pub(crate) fn new(
        kernels: &Kernels,
        window: Window,
        (channels, size): (usize, (usize, usize)),
        weights: &[f32],
        mut ending: Ending,
    ) -> Option<Self> {
        let output = window.output(size)?;
        let (filters, depth) = (ending.bias.len(), channels * window.kernel.0 * window.kernel.1);
        if filters == 0 || depth == 0 || output.0 * output.1 == 0 || weights.len() != filters * depth {
            return None;
        }
        if ending.activation == Activation::Prelu && ending.slopes.len() != filters {
            return None;
        }
        let points = output.0 * output.1;
        let mut tile = kernels.tile(filters, points, true);
        let rounded = match tile.numbers {
            Numbers::Shorts => shorts(weights, depth, tile.rows),
            Numbers::Floats => None,
        };
        let weights = if let Some(rounded) = rounded {
            Weights::Shorts(rounded)
        } else {
            tile = kernels.tile(filters, points, false);
            Weights::Floats(floats(weights, depth, tile.rows))
        };
        let whole = filters.next_multiple_of(tile.rows);
        ending.bias.resize(whole, 0.0);
        ending.slopes.resize(whole, 0.0);
        Some(Self {
            window,
            channels,
            size,
            output,
            filters,
            tile,
            weights,
            ending,
        })
    }

    /// What its products are of.
    pub(crate) fn numbers(&self) -> Numbers {
        self.tile.numbers
    }

    /// Channels, height and width.
    pub(crate) fn output(&self) -> [usize; 3] {
        [self.filters, self.output.0, self.output.1]
    }

    /// One image; both have their planes one after the other.
    pub(crate) fn run(&self, image: &[f32], output: &mut [f32]) {
        let (points, steps) = (self.output.0 * self.output.1, self.steps());
        assert_eq!(image.len(), self.channels * self.size.0 * self.size.1);
        assert_eq!(output.len(), self.filters * points);
        let pieces = points.div_ceil((PIECE / steps).max(LEAST_COLUMNS));
        let piece = points.div_ceil(pieces).next_multiple_of(WIDE);
        let (wide, line) = if self.window.is_pointwise() {
            (0, 0)
        } else {
            let (height, width) = self.window.padded(self.size);
            (self.channels * height * width, piece)
        };
        let edge = self.tile.rows * piece;
        let scales = match &self.weights {
            Weights::Floats(_) => 0,
            Weights::Shorts(shorts) => shorts.scales.len(),
        };
        let lines = match self.tile.numbers {
            Numbers::Floats => line,
            Numbers::Shorts => 2 * line,
        };
        scratch::with(wide + lines + piece * steps + edge + scales, |scratch| {
            let (wide, scratch) = scratch.split_at_mut(wide);
            let (lines, scratch) = scratch.split_at_mut(lines);
            let (packed, scratch) = scratch.split_at_mut(piece * steps);
            let (edge, scales) = scratch.split_at_mut(edge);
            if !wide.is_empty() {
                wide.fill(0.0);
                let (height, width) = self.window.padded(self.size);
                for (plane, wide) in image
                    .chunks_exact(self.size.0 * self.size.1)
                    .zip(wide.chunks_exact_mut(height * width))
                {
                    self.window.pad(plane, self.size, wide);
                }
            }
            let factor = self.scale(image, scales);
            for first in (0..points).step_by(piece) {
                let columns = piece.min(points - first);
                let (line, other) = lines.split_at_mut(line);
                let piece = first..first + columns;
                for step in 0..steps {
                    match self.tile.numbers {
                        Numbers::Floats => pack(self.row(image, wide, step, &piece, line), step, steps, packed),
                        Numbers::Shorts => {
                            let second = (2 * step + 1 < self.depth())
                                .then(|| self.row(image, wide, 2 * step + 1, &piece, other));
                            pack_pairs(
                                self.row(image, wide, 2 * step, &piece, line),
                                second,
                                factor,
                                step,
                                steps,
                                packed,
                            );
                        }
                    }
                }
                self.multiply(packed, scales, edge, output, first, columns);
            }
        });
    }

    fn depth(&self) -> usize {
        self.channels * self.window.kernel.0 * self.window.kernel.1
    }

    /// Along the depth, of the tile's loop.
    fn steps(&self) -> usize {
        match self.tile.numbers {
            Numbers::Floats => self.depth(),
            Numbers::Shorts => self.depth().div_ceil(2),
        }
    }

    /// What makes the image's numbers whole ones, and in `scales` what a sum's 1 stands for then, for each filter. An image with something that isn't
    /// a number, or not finite, makes all that comes of it so.
    fn scale(&self, image: &[f32], scales: &mut [f32]) -> f32 {
        let Weights::Shorts(shorts) = &self.weights else {
            return 1.0;
        };
        let peak = largest(image);
        let one = if peak.is_finite() { peak / shorts.most } else { f32::NAN };
        for (scale, of_weight) in scales.iter_mut().zip(&shorts.scales) {
            *scale = one * of_weight;
        }
        // Of an image that is so dark that this would be beyond all numbers nothing is left.
        let factor = shorts.most / peak;
        if factor.is_finite() { factor } else { 0.0 }
    }

    /// Of the matrix of windows those columns of one row; `line` has room for them.
    fn row<'a>(
        &self,
        image: &'a [f32],
        wide: &[f32],
        step: usize,
        columns: &Range<usize>,
        line: &'a mut [f32],
    ) -> &'a [f32] {
        if wide.is_empty() {
            return &image[step * self.output.0 * self.output.1..][columns.clone()];
        }
        let line = &mut line[..columns.len()];
        self.window_row(wide, step, columns.start, line);
        line
    }

    /// Of the matrix of windows the row of one weight, from column `first` on.
    fn window_row(&self, wide: &[f32], step: usize, first: usize, row: &mut [f32]) {
        let (kernel, stride) = (self.window.kernel, self.window.stride);
        let (height, width) = self.window.padded(self.size);
        let (channel, y, x) = (
            step / (kernel.0 * kernel.1),
            step / kernel.1 % kernel.0,
            step % kernel.1,
        );
        let plane = &wide[channel * height * width..][..height * width];
        let mut done = 0;
        while done < row.len() {
            let (out_y, out_x) = ((first + done) / self.output.1, (first + done) % self.output.1);
            let count = (self.output.1 - out_x).min(row.len() - done);
            let from = &plane[(out_y * stride.0 + y) * width + out_x * stride.1 + x..];
            let to = &mut row[done..done + count];
            match stride.1 {
                1 => copy(&from[..count], to),
                2 => every_second(from, to),
                stride => {
                    for (to, from) in to.iter_mut().zip(from.iter().step_by(stride)) {
                        *to = *from;
                    }
                }
            }
            done += count;
        }
    }

    /// All filters on the packed piece.
    fn multiply(
        &self,
        packed: &[f32],
        scales: &[f32],
        edge: &mut [f32],
        output: &mut [f32],
        first: usize,
        columns: usize,
    ) {
        let (points, steps, tile) = (self.output.0 * self.output.1, self.steps(), &self.tile);
        let (whole, left) = (columns / WIDE, columns % WIDE);
        for row in (0..self.filters).step_by(tile.rows) {
            let rows = tile.rows.min(self.filters - row);
            let panel: *const f32 = match &self.weights {
                Weights::Floats(floats) => floats[row * steps..][..tile.rows * steps].as_ptr(),
                Weights::Shorts(shorts) => shorts.pairs[row * steps..][..tile.rows * steps].as_ptr().cast(),
            };
            let scales: &[f32] = match tile.numbers {
                Numbers::Floats => &[],
                Numbers::Shorts => &scales[row..][..tile.rows],
            };
            let run = |packed: &[f32], width: usize, tiles: usize, c: &mut [f32], stride: usize| {
                assert!(packed.len() >= tiles * width * steps);
                assert!(c.len() >= (tile.rows - 1) * stride + tiles * width);
                let job = Product {
                    a: panel,
                    b: packed.as_ptr(),
                    c: c.as_mut_ptr(),
                    bias: self.ending.bias[row..][..tile.rows].as_ptr(),
                    slopes: self.ending.slopes[row..][..tile.rows].as_ptr(),
                    depth: steps,
                    tiles,
                    stride,
                    activation: self.ending.activation,
                    scales: scales.as_ptr(),
                };
                // SAFETY: panel, packed tiles, `c`, bias, slopes and scales hold what a product of this size and of the tile's numbers takes, as
                // was checked above and by the slices; depth is not zero, and neither are tiles where this is called.
                unsafe { tile.run(width)(&job) };
            };
            if whole > 0 && rows == tile.rows {
                run(packed, WIDE, whole, &mut output[row * points + first..], points);
            } else if whole > 0 {
                let stride = whole * WIDE;
                run(packed, WIDE, whole, edge, stride);
                copy_rows(edge, stride, &mut output[row * points + first..], points, rows, stride);
            }
            if left > 0 {
                let (width, done) = (last(left), whole * WIDE);
                run(&packed[done * steps..], width, 1, edge, width);
                copy_rows(
                    edge,
                    width,
                    &mut output[row * points + first + done..],
                    points,
                    rows,
                    left,
                );
            }
        }
    }
}

const VECTOR: usize = 4;

fn copy_rows(from: &[f32], stride: usize, to: &mut [f32], to_stride: usize, rows: usize, columns: usize) {
    for row in 0..rows {
        copy(&from[row * stride..][..columns], &mut to[row * to_stride..][..columns]);
    }
}

/// Puts one row of the matrix into its place in each tile; what a last tile has too much is zero.
fn pack(row: &[f32], step: usize, steps: usize, packed: &mut [f32]) {
    let (whole, left) = (row.len() / WIDE, row.len() % WIDE);
    assert!(step < steps && packed.len() >= whole * WIDE * steps);
    for tile in 0..whole {
        // SAFETY: the row has so many eights, and `packed` has `steps` rows of eight for each.
        unsafe {
            let from = row.as_ptr().add(tile * WIDE);
            let to = packed.as_mut_ptr().add((tile * steps + step) * WIDE);
            store(to, load(from));
            store(to.add(VECTOR), load(from.add(VECTOR)));
        }
    }
    if left > 0 {
        let last = last(left);
        let to = &mut packed[whole * WIDE * steps + step * last..][..last];
        copy(&row[whole * WIDE..], &mut to[..left]);
        to[left..].fill(0.0);
    }
}

/// The same of two rows, as whole numbers, those of each column side by side. A second row that isn't there is zero.
fn pack_pairs(first: &[f32], second: Option<&[f32]>, factor: f32, step: usize, steps: usize, packed: &mut [f32]) {
    let (whole, left) = (first.len() / WIDE, first.len() % WIDE);
    assert!(step < steps && packed.len() >= whole * WIDE * steps);
    assert!(second.is_none_or(|second| second.len() == first.len()));
    let factor = splat(factor);
    let numbers = |row: Option<&[f32]>, at: usize| match row.map(|row| &row[at..at + VECTOR]) {
        // SAFETY: so many numbers lie there.
        Some(vector) => unsafe { load(vector.as_ptr()) },
        None => splat(0.0),
    };
    for at in (0..whole * WIDE).step_by(VECTOR) {
        let pairs = whole_pairs(numbers(Some(first), at), numbers(second, at), factor);
        // SAFETY: `packed` has `steps` rows of eight for each eight of the row.
        unsafe {
            store(
                packed.as_mut_ptr().add((at / WIDE * steps + step) * WIDE + at % WIDE),
                pairs,
            )
        };
    }
    if left > 0 {
        let (width, mut rows) = (last(left), [[0.0; WIDE]; 2]);
        for (row, to) in [Some(first), second].into_iter().zip(&mut rows) {
            to[..left].copy_from_slice(row.map_or(&[0.0; WIDE][..left], |row| &row[whole * WIDE..]));
        }
        let to = &mut packed[whole * WIDE * steps + step * width..][..width];
        for at in (0..width).step_by(VECTOR) {
            let pairs = whole_pairs(numbers(Some(&rows[0]), at), numbers(Some(&rows[1]), at), factor);
            // SAFETY: a vector of the last tile begins there.
            unsafe { store(to.as_mut_ptr().add(at), pairs) };
        }
    }
}
