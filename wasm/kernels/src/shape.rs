// The inner loops that are written as WASM, in the order of their module's exports. Read by the build script too.

/// What a tile multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbers {
    Floats,
    /// Whole numbers of 16 bits, two steps along the depth in one: on x86 twice as many products at once.
    Shorts,
}

/// A tile of a matrix product that is kept in registers: so many rows, by eight columns or four. `unroll` steps along the
/// depth are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) numbers: Numbers,
    pub(crate) rows: usize,
    pub(crate) unroll: usize,
}

const fn floats(rows: usize, unroll: usize) -> Shape {
    Shape {
        numbers: Numbers::Floats,
        rows,
        unroll,
    }
}

const fn shorts(rows: usize, unroll: usize) -> Shape {
    Shape {
        numbers: Numbers::Shorts,
        rows,
        unroll,
    }
}

/// With 16 registers, as x86 has, up to twelve can hold sums, and with 32, as ARM has, sixteen. Each comes eight columns wide
/// and four.
pub(crate) const SHAPES: [Shape; 6] = [
    floats(4, 1),
    floats(4, 4),
    floats(6, 1),
    floats(8, 2),
    shorts(4, 1),
    shorts(6, 1),
];

/// Steps of a depthwise convolution that have a loop of their own.
pub(crate) const STRIDES: [usize; 2] = [1, 2];

/// Of one module.
pub(crate) const EXPORTS: usize = 2 * SHAPES.len() + STRIDES.len();
