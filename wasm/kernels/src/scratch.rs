//! Memory that a frame's next layer uses again.

use std::cell::RefCell;

thread_local! {
    static KEPT: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// Lends that many numbers, whose values are whatever was left there. Doesn't nest: an inner borrower gets memory of its own.
pub(crate) fn with<R>(length: usize, work: impl FnOnce(&mut [f32]) -> R) -> R {
    let mut lent = KEPT.with(RefCell::take);
    if lent.len() < length {
        lent.resize(length, 0.0);
    }
    let done = work(&mut lent[..length]);
    KEPT.with(|kept| kept.replace(lent));
    done
}

/// Overwrites what layers of this thread left.
pub(crate) fn wipe() {
    KEPT.with_borrow_mut(|kept| kept.fill(0.0));
}
