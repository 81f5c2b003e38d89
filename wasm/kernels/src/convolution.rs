//! Convolutions as matrix products: the weights, packed once, times the image's windows, packed piece by piece.

use crate::inner::{Activation, Product};
use crate::kernels::{Kernels, Tile, WIDE, last};
use crate::scratch;
use crate::simd::{copy, every_second, load, store};
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
    /// Whole panels of the tile's rows.
    weights: Vec<f32>,
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
        let tile = kernels.tile(filters, output.0 * output.1);
        let whole = filters.next_multiple_of(tile.rows);
        let mut packed = vec![0.0; whole * depth];
        for (filter, weights) in weights.chunks_exact(depth).enumerate() {
            let panel = &mut packed[filter / tile.rows * tile.rows * depth..];
            for (step, weight) in weights.iter().enumerate() {
                panel[step * tile.rows + filter % tile.rows] = *weight;
            }
        }
        ending.bias.resize(whole, 0.0);
        ending.slopes.resize(whole, 0.0);
        Some(Self {
            window,
            channels,
            size,
            output,
            filters,
            tile,
            weights: packed,
            ending,
        })
    }

    /// Channels, height and width.
    pub(crate) fn output(&self) -> [usize; 3] {
        [self.filters, self.output.0, self.output.1]
    }

    /// One image; both have their planes one after the other.
    pub(crate) fn run(&self, image: &[f32], output: &mut [f32]) {
        let (points, depth) = (self.output.0 * self.output.1, self.depth());
        assert_eq!(image.len(), self.channels * self.size.0 * self.size.1);
        assert_eq!(output.len(), self.filters * points);
        let pieces = points.div_ceil((PIECE / depth).max(LEAST_COLUMNS));
        let piece = points.div_ceil(pieces).next_multiple_of(WIDE);
        let (wide, line) = if self.window.is_pointwise() {
            (0, 0)
        } else {
            let (height, width) = self.window.padded(self.size);
            (self.channels * height * width, piece)
        };
        let edge = self.tile.rows * piece;
        scratch::with(wide + line + piece * depth + edge, |scratch| {
            let (wide, scratch) = scratch.split_at_mut(wide);
            let (line, scratch) = scratch.split_at_mut(line);
            let (packed, edge) = scratch.split_at_mut(piece * depth);
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
            for first in (0..points).step_by(piece) {
                let columns = piece.min(points - first);
                for step in 0..depth {
                    if wide.is_empty() {
                        let row = &image[step * points + first..][..columns];
                        pack(row, step, depth, packed);
                    } else {
                        self.window_row(wide, step, first, &mut line[..columns]);
                        pack(&line[..columns], step, depth, packed);
                    }
                }
                self.multiply(packed, edge, output, first, columns);
            }
        });
    }

    fn depth(&self) -> usize {
        self.channels * self.window.kernel.0 * self.window.kernel.1
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
    fn multiply(&self, packed: &[f32], edge: &mut [f32], output: &mut [f32], first: usize, columns: usize) {
        let (points, depth, tile) = (self.output.0 * self.output.1, self.depth(), &self.tile);
        let (whole, left) = (columns / WIDE, columns % WIDE);
        for row in (0..self.filters).step_by(tile.rows) {
            let rows = tile.rows.min(self.filters - row);
            let panel = &self.weights[row * depth..][..tile.rows * depth];
            let run = |packed: &[f32], width: usize, tiles: usize, c: &mut [f32], stride: usize| {
                assert!(packed.len() >= tiles * width * depth);
                assert!(c.len() >= (tile.rows - 1) * stride + tiles * width);
                let job = Product {
                    a: panel.as_ptr(),
                    b: packed.as_ptr(),
                    c: c.as_mut_ptr(),
                    bias: self.ending.bias[row..][..tile.rows].as_ptr(),
                    slopes: self.ending.slopes[row..][..tile.rows].as_ptr(),
                    depth,
                    tiles,
                    stride,
                    activation: self.ending.activation,
                };
                // SAFETY: panel, packed tiles, `c`, bias and slopes hold what a product of this size takes, as was checked
                // above and by the slices; depth is not zero, and neither are tiles where this is called.
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
                run(&packed[done * depth..], width, 1, edge, width);
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
fn pack(row: &[f32], step: usize, depth: usize, packed: &mut [f32]) {
    let (whole, left) = (row.len() / WIDE, row.len() % WIDE);
    assert!(step < depth && packed.len() >= whole * WIDE * depth);
    for tile in 0..whole {
        // SAFETY: the row has so many eights, and `packed` has `depth` rows of eight for each.
        unsafe {
            let from = row.as_ptr().add(tile * WIDE);
            let to = packed.as_mut_ptr().add((tile * depth + step) * WIDE);
            store(to, load(from));
            store(to.add(VECTOR), load(from.add(VECTOR)));
        }
    }
    if left > 0 {
        let last = last(left);
        let to = &mut packed[whole * WIDE * depth + step * last..][..last];
        copy(&row[whole * WIDE..], &mut to[..left]);
        to[left..].fill(0.0);
    }
}
