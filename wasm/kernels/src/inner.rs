//! The loops in which the time goes. Written as Rust here, for where nothing faster can be loaded and as what the others are
//! tested against, and as WASM by the build script, which they must agree with.

use crate::simd::{Lanes, add, add_product, greater, lesser, load, load_splat, multiply, splat, store};

/// What happens to a sum before it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Activation {
    #[default]
    None = 0,
    /// x where x > 0, otherwise 0.
    Relu = 1,
    /// x where x > 0, otherwise x times the slope of its row.
    Prelu = 2,
}

/// `c = activation(a * b + bias)`, for one panel of `a` and as many tiles of `b` as `tiles` says: at least one, as is `depth`.
///
/// A panel holds, for each step along the depth, a number for each row of the tile; a tile of `b` a number for each column.
/// Rows of `c` lie `stride` numbers apart, tiles beside each other. `bias`, and `slopes` for PReLU, have a number for each row.
///
/// A loop for whole numbers finds in place of each number of `a` and `b` two of 16 bits, of two steps that follow each other, and `depth` counts such pairs.
/// `scales` has for each row what one of its sums stands for; their sums must fit 32 bits. Other loops don't read `scales`.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct Product {
    pub(crate) a: *const f32,
    pub(crate) b: *const f32,
    pub(crate) c: *mut f32,
    pub(crate) bias: *const f32,
    pub(crate) slopes: *const f32,
    pub(crate) depth: usize,
    pub(crate) tiles: usize,
    pub(crate) stride: usize,
    pub(crate) activation: Activation,
    pub(crate) scales: *const f32,
}

/// How many numbers of a plane are computed in one step.
pub(crate) const STEP: usize = 8;

/// One channel of a depthwise 3x3 convolution: `steps` times [`STEP`] numbers of it, at least one step.
///
/// Number i is made of those from i on in each of three rows: `rows` 0 to 2 where the stride is 1. Where it is 2, each row
/// is parted, and `rows` holds its even columns and then its odd ones.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct Plane {
    pub(crate) rows: [*const f32; 6],
    pub(crate) to: *mut f32,
    /// Nine of them.
    pub(crate) weights: *const f32,
    pub(crate) bias: f32,
    pub(crate) slope: f32,
    pub(crate) activation: Activation,
    pub(crate) steps: usize,
}

// As the build script has them.
#[cfg(target_arch = "wasm32")]
const _: () = {
    use core::mem::{offset_of, size_of};
    assert!(offset_of!(Product, a) == 0 && offset_of!(Product, b) == 4 && offset_of!(Product, c) == 8);
    assert!(offset_of!(Product, bias) == 12 && offset_of!(Product, slopes) == 16 && offset_of!(Product, depth) == 20);
    assert!(offset_of!(Product, tiles) == 24 && offset_of!(Product, stride) == 28);
    assert!(offset_of!(Product, activation) == 32 && offset_of!(Product, scales) == 36);
    assert!(size_of::<Product>() == 40);
    assert!(offset_of!(Plane, rows) == 0 && offset_of!(Plane, to) == 24 && offset_of!(Plane, weights) == 28);
    assert!(offset_of!(Plane, bias) == 32 && offset_of!(Plane, slope) == 36);
    assert!(offset_of!(Plane, activation) == 40 && offset_of!(Plane, steps) == 44 && size_of::<Plane>() == 48);
};

#[inline(always)]
fn activated(x: Lanes, activation: Activation, slope: Lanes) -> Lanes {
    let zero = splat(0.0);
    match activation {
        Activation::None => x,
        Activation::Relu => greater(x, zero),
        Activation::Prelu => add(greater(x, zero), multiply(slope, lesser(x, zero))),
    }
}

/// # Safety
/// `job` points to a product whose pointers reach what its doc says, for tiles of `ROWS` by four times `VECTORS`.
pub(crate) unsafe extern "C" fn product<const ROWS: usize, const VECTORS: usize>(job: *const Product) {
    // SAFETY: the caller's promise: each step reads a column of the panel and a row of the tile.
    unsafe {
        let job = &*job;
        let mut b = job.b;
        for tile in 0..job.tiles {
            let mut sums = [[splat(0.0); VECTORS]; ROWS];
            for (row, sums) in sums.iter_mut().enumerate() {
                *sums = [load_splat(job.bias.add(row)); VECTORS];
            }
            let mut a = job.a;
            for _ in 0..job.depth {
                let mut columns = [splat(0.0); VECTORS];
                for (vector, column) in columns.iter_mut().enumerate() {
                    *column = load(b.add(4 * vector));
                }
                for (row, sums) in sums.iter_mut().enumerate() {
                    let factor = load_splat(a.add(row));
                    for (sum, column) in sums.iter_mut().zip(columns) {
                        *sum = add_product(*sum, factor, column);
                    }
                }
                a = a.add(ROWS);
                b = b.add(4 * VECTORS);
            }
            for (row, sums) in sums.into_iter().enumerate() {
                let slope = match job.activation {
                    Activation::Prelu => load_splat(job.slopes.add(row)),
                    _ => splat(0.0),
                };
                let to = job.c.add(row * job.stride + tile * 4 * VECTORS);
                for (vector, sum) in sums.into_iter().enumerate() {
                    store(to.add(4 * vector), activated(sum, job.activation, slope));
                }
            }
        }
    }
}

/// The same of whole numbers, for tiles of `ROWS` by `COLUMNS`, a multiple of four.
///
/// # Safety
/// As for [`product`].
pub(crate) unsafe extern "C" fn whole_product<const ROWS: usize, const COLUMNS: usize>(job: *const Product) {
    // SAFETY: the caller's promise: each step reads a column of the panel and a row of the tile.
    unsafe {
        let job = &*job;
        let mut b = job.b.cast::<[i16; 2]>();
        for tile in 0..job.tiles {
            let mut sums = [[0i32; COLUMNS]; ROWS];
            let mut a = job.a.cast::<[i16; 2]>();
            for _ in 0..job.depth {
                let columns: [[i16; 2]; COLUMNS] = core::array::from_fn(|column| *b.add(column));
                for (row, sums) in sums.iter_mut().enumerate() {
                    let factors = (*a.add(row)).map(i32::from);
                    for (sum, column) in sums.iter_mut().zip(columns) {
                        *sum += factors[0] * i32::from(column[0]) + factors[1] * i32::from(column[1]);
                    }
                }
                a = a.add(ROWS);
                b = b.add(COLUMNS);
            }
            for (row, sums) in sums.iter().enumerate() {
                let (scale, bias) = (*job.scales.add(row), *job.bias.add(row));
                let slope = match job.activation {
                    Activation::Prelu => load_splat(job.slopes.add(row)),
                    _ => splat(0.0),
                };
                let to = job.c.add(row * job.stride + tile * COLUMNS);
                for (vector, sums) in sums.as_chunks::<4>().0.iter().enumerate() {
                    let sums = sums.map(|sum| sum as f32 * scale + bias);
                    store(
                        to.add(4 * vector),
                        activated(load(sums.as_ptr()), job.activation, slope),
                    );
                }
            }
        }
    }
}

/// # Safety
/// `job` points to a plane whose pointers reach what its doc says, for that stride, and two numbers more.
pub(crate) unsafe extern "C" fn plane<const STRIDE: usize>(job: *const Plane) {
    // SAFETY: the caller's promise: each row is read from a step's first number to two beyond its last.
    unsafe {
        let job = &*job;
        let mut weights = [splat(0.0); 9];
        for (tap, weight) in weights.iter_mut().enumerate() {
            *weight = load_splat(job.weights.add(tap));
        }
        let slope = splat(job.slope);
        for at in (0..STEP * job.steps).step_by(4) {
            let mut sum = splat(job.bias);
            for (tap, weight) in weights.iter().enumerate() {
                let (row, column) = (tap / 3, tap % 3);
                let from = job.rows[row * STRIDE + column % STRIDE].add(column / STRIDE + at);
                sum = add_product(sum, *weight, load(from));
            }
            store(job.to.add(at), activated(sum, job.activation, slope));
        }
    }
}
