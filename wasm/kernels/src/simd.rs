//! Four numbers at a time: WASM's vectors where they exist, plain arrays elsewhere, so that the same code runs on every target.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod imp {
    use core::arch::wasm32::*;

    pub(crate) type Lanes = v128;

    #[inline(always)]
    pub(crate) fn splat(x: f32) -> Lanes {
        f32x4_splat(x)
    }

    /// # Safety
    /// Four numbers can be read at `from`.
    #[inline(always)]
    pub(crate) unsafe fn load(from: *const f32) -> Lanes {
        // SAFETY: the caller's promise; a vector may lie at any address.
        unsafe { v128_load(from.cast()) }
    }

    /// # Safety
    /// A number can be read at `from`.
    #[inline(always)]
    pub(crate) unsafe fn load_splat(from: *const f32) -> Lanes {
        // SAFETY: the caller's promise.
        unsafe { v128_load32_splat(from.cast()) }
    }

    /// # Safety
    /// Four numbers can be written at `to`.
    #[inline(always)]
    pub(crate) unsafe fn store(to: *mut f32, x: Lanes) {
        // SAFETY: the caller's promise; a vector may lie at any address.
        unsafe { v128_store(to.cast(), x) }
    }

    /// The larger magnitude of each pair. One that isn't a number, or not finite, is larger than all that are.
    #[inline(always)]
    pub(crate) fn larger(a: Lanes, b: Lanes) -> Lanes {
        let magnitude = |x| v128_and(x, i32x4_splat(i32::MAX));
        i32x4_max(magnitude(a), magnitude(b))
    }

    /// Two rows times `factor`, rounded to whole numbers of 16 bits, which each has to fit: of each column that of the first row and that of the
    /// second, in the place of one float.
    #[inline(always)]
    pub(crate) fn whole_pairs(first: Lanes, second: Lanes, factor: Lanes) -> Lanes {
        let whole = |x| f32x4_add(f32x4_mul(x, factor), f32x4_splat(super::ROUNDED));
        v128_or(
            v128_and(whole(first), i32x4_splat(0xffff)),
            i32x4_shl(whole(second), 16),
        )
    }

    /// The four numbers.
    #[inline(always)]
    pub(crate) fn lanes(x: Lanes) -> [f32; 4] {
        [
            f32x4_extract_lane::<0>(x),
            f32x4_extract_lane::<1>(x),
            f32x4_extract_lane::<2>(x),
            f32x4_extract_lane::<3>(x),
        ]
    }

    #[inline(always)]
    pub(crate) fn multiply(a: Lanes, b: Lanes) -> Lanes {
        f32x4_mul(a, b)
    }

    #[inline(always)]
    pub(crate) fn add(a: Lanes, b: Lanes) -> Lanes {
        f32x4_add(a, b)
    }

    #[inline(always)]
    pub(crate) fn add_product(sum: Lanes, a: Lanes, b: Lanes) -> Lanes {
        add(sum, multiply(a, b))
    }

    /// The greater of each pair; where one isn't a number, the one of `a`.
    #[inline(always)]
    pub(crate) fn greater(a: Lanes, b: Lanes) -> Lanes {
        f32x4_pmax(a, b)
    }

    /// The lesser of each pair; where one isn't a number, the one of `a`.
    #[inline(always)]
    pub(crate) fn lesser(a: Lanes, b: Lanes) -> Lanes {
        f32x4_pmin(a, b)
    }

    /// Of eight numbers one after the other, those at even places and those at odd ones.
    #[inline(always)]
    pub(crate) fn part(first: Lanes, second: Lanes) -> (Lanes, Lanes) {
        (
            i32x4_shuffle::<0, 2, 4, 6>(first, second),
            i32x4_shuffle::<1, 3, 5, 7>(first, second),
        )
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod imp {
    use core::array::from_fn;

    pub(crate) type Lanes = [f32; 4];

    #[inline(always)]
    pub(crate) fn splat(x: f32) -> Lanes {
        [x; 4]
    }

    /// # Safety
    /// Four numbers can be read at `from`.
    #[inline(always)]
    pub(crate) unsafe fn load(from: *const f32) -> Lanes {
        // SAFETY: the caller's promise; read without alignment.
        unsafe { from.cast::<Lanes>().read_unaligned() }
    }

    /// # Safety
    /// A number can be read at `from`.
    #[inline(always)]
    pub(crate) unsafe fn load_splat(from: *const f32) -> Lanes {
        // SAFETY: the caller's promise.
        unsafe { [*from; 4] }
    }

    /// # Safety
    /// Four numbers can be written at `to`.
    #[inline(always)]
    pub(crate) unsafe fn store(to: *mut f32, x: Lanes) {
        // SAFETY: the caller's promise; written without alignment.
        unsafe { to.cast::<Lanes>().write_unaligned(x) }
    }

    /// The larger magnitude of each pair. One that isn't a number, or not finite, is larger than all that are.
    #[inline(always)]
    pub(crate) fn larger(a: Lanes, b: Lanes) -> Lanes {
        from_fn(|i| f32::from_bits(a[i].abs().to_bits().max(b[i].abs().to_bits())))
    }

    /// Two rows times `factor`, rounded to whole numbers of 16 bits, which each has to fit: of each column that of the first row and that of the
    /// second, in the place of one float.
    #[inline(always)]
    pub(crate) fn whole_pairs(first: Lanes, second: Lanes, factor: Lanes) -> Lanes {
        let whole = |x: f32| (x * factor[0] + super::ROUNDED).to_bits();
        from_fn(|i| f32::from_bits((whole(first[i]) & 0xffff) | (whole(second[i]) << 16)))
    }

    /// The four numbers.
    #[inline(always)]
    pub(crate) fn lanes(x: Lanes) -> [f32; 4] {
        x
    }

    #[inline(always)]
    pub(crate) fn multiply(a: Lanes, b: Lanes) -> Lanes {
        from_fn(|i| a[i] * b[i])
    }

    #[inline(always)]
    pub(crate) fn add(a: Lanes, b: Lanes) -> Lanes {
        from_fn(|i| a[i] + b[i])
    }

    #[inline(always)]
    pub(crate) fn add_product(sum: Lanes, a: Lanes, b: Lanes) -> Lanes {
        add(sum, multiply(a, b))
    }

    /// The greater of each pair; where one isn't a number, the one of `a`.
    #[inline(always)]
    pub(crate) fn greater(a: Lanes, b: Lanes) -> Lanes {
        from_fn(|i| if a[i] < b[i] { b[i] } else { a[i] })
    }

    /// The lesser of each pair; where one isn't a number, the one of `a`.
    #[inline(always)]
    pub(crate) fn lesser(a: Lanes, b: Lanes) -> Lanes {
        from_fn(|i| if b[i] < a[i] { b[i] } else { a[i] })
    }

    /// Of eight numbers one after the other, those at even places and those at odd ones.
    #[inline(always)]
    pub(crate) fn part(first: Lanes, second: Lanes) -> (Lanes, Lanes) {
        (
            [first[0], first[2], second[0], second[2]],
            [first[1], first[3], second[1], second[3]],
        )
    }
}

pub(crate) use imp::*;

const VECTOR: usize = 4;

/// Added to a number below 2^22, leaves it in the low bits of the sum, rounded to a whole one: there a float's steps are of 1.
const ROUNDED: f32 = 12_582_912.0;

/// The largest magnitude; where one isn't a number or not finite, one such.
pub(crate) fn largest(numbers: &[f32]) -> f32 {
    let (vectors, left) = numbers.as_chunks::<VECTOR>();
    let mut found = splat(0.0);
    for vector in vectors {
        // SAFETY: a vector's numbers lie there.
        found = larger(found, unsafe { load(vector.as_ptr()) });
    }
    let mut lanes = [0.0; VECTOR];
    // SAFETY: there is room for a vector.
    unsafe { store(lanes.as_mut_ptr(), found) };
    let bits = lanes.iter().chain(left).map(|number| number.abs().to_bits()).max();
    f32::from_bits(bits.unwrap_or(0))
}

/// As `copy_from_slice`, which calls into the browser for each of a small plane's short rows.
pub(crate) fn copy(from: &[f32], to: &mut [f32]) {
    let length = from.len();
    assert_eq!(length, to.len());
    let (from, to) = (from.as_ptr(), to.as_mut_ptr());
    let mut at = 0;
    // SAFETY: four vectors, then one, end at `length` at most. The last one may overlap the one before, and stands in both
    // where there are four numbers at all.
    unsafe {
        while at + 4 * VECTOR <= length {
            for vector in 0..4 {
                store(to.add(at + VECTOR * vector), load(from.add(at + VECTOR * vector)));
            }
            at += 4 * VECTOR;
        }
        while at + VECTOR <= length {
            store(to.add(at), load(from.add(at)));
            at += VECTOR;
        }
        if at < length && length >= VECTOR {
            store(to.add(length - VECTOR), load(from.add(length - VECTOR)));
        } else {
            while at < length {
                *to.add(at) = *from.add(at);
                at += 1;
            }
        }
    }
}

/// Every second number, from the first on.
pub(crate) fn every_second(from: &[f32], to: &mut [f32]) {
    assert!(2 * to.len() <= from.len() + 1);
    // One vector fewer where the last one would be read beyond the end.
    let vectors = to.len().min(from.len() / 2) / VECTOR;
    for vector in 0..vectors {
        // SAFETY: so many eights lie in `from`, and so many fours in `to`.
        unsafe {
            let from = from.as_ptr().add(2 * VECTOR * vector);
            let (even, _) = part(load(from), load(from.add(VECTOR)));
            store(to.as_mut_ptr().add(VECTOR * vector), even);
        }
    }
    for (index, to) in to.iter_mut().enumerate().skip(VECTOR * vectors) {
        *to = from[2 * index];
    }
}

/// Puts numbers in turn into one and the other, which have room for as many as that takes.
pub(crate) fn deal(from: &[f32], even: &mut [f32], odd: &mut [f32]) {
    assert!(even.len() >= from.len().div_ceil(2) && odd.len() >= from.len() / 2);
    let vectors = from.len() / (2 * VECTOR);
    for vector in 0..vectors {
        // SAFETY: so many eights lie in `from`, and so many fours in the others.
        unsafe {
            let from = from.as_ptr().add(2 * VECTOR * vector);
            let (first, second) = part(load(from), load(from.add(VECTOR)));
            store(even.as_mut_ptr().add(VECTOR * vector), first);
            store(odd.as_mut_ptr().add(VECTOR * vector), second);
        }
    }
    for (index, number) in from.iter().enumerate().skip(2 * VECTOR * vectors) {
        let to = if index % 2 == 0 { &mut *even } else { &mut *odd };
        to[index / 2] = *number;
    }
}
