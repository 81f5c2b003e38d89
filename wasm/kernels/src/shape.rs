// The inner loops that are written as WASM, in the order of their module's exports. Read by the build script too.

/// A tile of a matrix product that is kept in registers: so many rows, by eight columns or four. `unroll` steps along the
/// depth are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) rows: usize,
    pub(crate) unroll: usize,
}

const fn shape(rows: usize, unroll: usize) -> Shape {
    Shape { rows, unroll }
}

/// With 16 registers, as x86 has, up to twelve can hold sums, and with 32, as ARM has, sixteen. Each comes eight columns wide
/// and four.
pub(crate) const SHAPES: [Shape; 4] = [shape(4, 1), shape(4, 4), shape(6, 1), shape(8, 2)];

/// Steps of a depthwise convolution that have a loop of their own.
pub(crate) const STRIDES: [usize; 2] = [1, 2];

/// Of one module.
pub(crate) const EXPORTS: usize = 2 * SHAPES.len() + STRIDES.len();
