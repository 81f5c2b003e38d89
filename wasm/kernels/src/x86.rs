//! The inner loops for x86: eight numbers at a time, with fused multiplication and addition. For servers, which enrol and evaluate.

use core::arch::x86_64::{
    __m256, _mm256_add_ps, _mm256_broadcast_ss, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_min_ps,
    _mm256_mul_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps,
};

use crate::inner::{Activation, Plane, Product, STEP};

const LANES: usize = 8;

/// The loops for processors with some `features`. Tiles have so many `rows`, and `at_once` of them are computed together: as
/// many sums as there are registers for.
macro_rules! loops {
    ($level:ident, $features:literal, rows: $rows:literal, at_once: $at_once:literal) => {
        pub(crate) mod $level {
            use super::*;

            pub(crate) const ROWS: usize = $rows;

            /// Where one isn't a number, it stays what it is, as in [`crate::inner`].
            #[target_feature(enable = $features)]
            #[inline]
            fn activated(x: __m256, activation: Activation, slope: __m256) -> __m256 {
                let zero = _mm256_setzero_ps();
                match activation {
                    Activation::None => x,
                    Activation::Relu => _mm256_max_ps(zero, x),
                    Activation::Prelu => _mm256_add_ps(
                        _mm256_max_ps(zero, x),
                        _mm256_mul_ps(slope, _mm256_min_ps(zero, x)),
                    ),
                }
            }

            /// As [`crate::inner::product`], for tiles of [`ROWS`] by eight.
            ///
            /// # Safety
            /// As there; and the processor has the features.
            #[target_feature(enable = $features)]
            pub(crate) unsafe extern "C" fn product(job: *const Product) {
                // SAFETY: the caller's promise.
                unsafe {
                    let job = &*job;
                    let mut first = 0;
                    while first + $at_once <= job.tiles {
                        tiles::<$at_once>(job, first);
                        first += $at_once;
                    }
                    for tile in first..job.tiles {
                        tiles::<1>(job, tile);
                    }
                }
            }

            /// # Safety
            /// As for [`product`], and the job has so many tiles from `first` on.
            #[target_feature(enable = $features)]
            #[inline]
            unsafe fn tiles<const COUNT: usize>(job: &Product, first: usize) {
                // SAFETY: the caller's promise: each step reads a column of the panel and a row of each tile.
                unsafe {
                    let tile = LANES * job.depth;
                    let at: [usize; COUNT] = core::array::from_fn(|index| index * tile);
                    let mut sums = [[_mm256_setzero_ps(); COUNT]; ROWS];
                    for (row, sums) in sums.iter_mut().enumerate() {
                        *sums = [_mm256_broadcast_ss(&*job.bias.add(row)); COUNT];
                    }
                    let (mut a, mut b) = (job.a, job.b.add(first * tile));
                    for _ in 0..job.depth {
                        let mut columns = [_mm256_setzero_ps(); COUNT];
                        for (column, at) in columns.iter_mut().zip(at) {
                            *column = _mm256_loadu_ps(b.add(at));
                        }
                        for (row, sums) in sums.iter_mut().enumerate() {
                            let factor = _mm256_broadcast_ss(&*a.add(row));
                            for (sum, column) in sums.iter_mut().zip(columns) {
                                *sum = _mm256_fmadd_ps(factor, column, *sum);
                            }
                        }
                        a = a.add(ROWS);
                        b = b.add(LANES);
                    }
                    for (row, sums) in sums.into_iter().enumerate() {
                        let slope = match job.activation {
                            Activation::Prelu => _mm256_broadcast_ss(&*job.slopes.add(row)),
                            _ => _mm256_setzero_ps(),
                        };
                        let to = job.c.add(row * job.stride + first * LANES);
                        for (index, sum) in sums.into_iter().enumerate() {
                            _mm256_storeu_ps(to.add(index * LANES), activated(sum, job.activation, slope));
                        }
                    }
                }
            }

            /// As [`crate::inner::plane`].
            ///
            /// # Safety
            /// As there; and the processor has the features.
            #[target_feature(enable = $features)]
            pub(crate) unsafe extern "C" fn plane<const STRIDE: usize>(job: *const Plane) {
                // SAFETY: the caller's promise: each row is read from a step's first number to two beyond its last.
                unsafe {
                    let job = &*job;
                    let mut weights = [_mm256_setzero_ps(); 9];
                    for (tap, weight) in weights.iter_mut().enumerate() {
                        *weight = _mm256_broadcast_ss(&*job.weights.add(tap));
                    }
                    let slope = _mm256_set1_ps(job.slope);
                    for at in (0..STEP * job.steps).step_by(LANES) {
                        let mut sum = _mm256_set1_ps(job.bias);
                        for (tap, weight) in weights.iter().enumerate() {
                            let (row, column) = (tap / 3, tap % 3);
                            let from = job.rows[row * STRIDE + column % STRIDE].add(column / STRIDE + at);
                            sum = _mm256_fmadd_ps(*weight, _mm256_loadu_ps(from), sum);
                        }
                        _mm256_storeu_ps(job.to.add(at), activated(sum, job.activation, slope));
                    }
                }
            }
        }
    };
}

// Sixteen registers: eight sums, two columns, and room for factors.
loops!(avx2, "avx2,fma", rows: 4, at_once: 2);
// Thirty-two registers of the same width: twenty-four sums, three columns, a factor.
loops!(avx512, "avx2,fma,avx512f,avx512vl", rows: 8, at_once: 3);
