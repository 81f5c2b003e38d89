//! Memory that the system doesn't write to its swap space: keys, and the templates of live watchlists.
//!
//! Systems lock whole pages and don't count how often they were asked to. Two secrets may lie on one page, so the pages are
//! counted here, and one is let go with the last secret on it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use region::LockGuard;

/// Pages that are kept in memory until it is dropped; drop it before what lies on them is freed.
#[derive(Debug, Default)]
pub struct Locked {
    /// Numbers of pages.
    pages: Range<usize>,
}

struct Held {
    by: usize,
    _page: LockGuard,
}

static HELD: Mutex<BTreeMap<usize, Held>> = Mutex::new(BTreeMap::new());

/// It is told once: the next attempt would fail for the same reason.
static TOLD: AtomicBool = AtomicBool::new(false);

/// Where the system allows less, what doesn't fit is left unlocked, and a warning says so once.
pub fn lock<T>(values: &[T]) -> Locked {
    let size = region::page::size();
    let first = values.as_ptr().addr();
    let end = (first + size_of_val(values)).div_ceil(size);
    let mut pages = first / size..first / size;
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    // An empty slice lies on no page.
    while !values.is_empty() && pages.end < end {
        match held.get_mut(&pages.end) {
            Some(page) => page.by += 1,
            None => match region::lock(std::ptr::without_provenance::<u8>(pages.end * size), size) {
                Ok(page) => {
                    held.insert(pages.end, Held { by: 1, _page: page });
                }
                Err(error) => {
                    tell(&error);
                    break;
                }
            },
        }
        pages.end += 1;
    }
    Locked { pages }
}

fn tell(error: &region::Error) {
    if !TOLD.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            %error,
            "not all keys and templates can be locked in memory, and the rest may reach the swap space; \
             raise the limit (ulimit -l, LimitMEMLOCK=) or run without swap; `vedette doctor` says what is needed"
        );
    }
}

/// Whether so many bytes could be locked now.
pub fn can_lock(bytes: usize) -> bool {
    let trial = vec![0u8; bytes];
    bytes == 0 || region::lock(trial.as_ptr(), bytes).is_ok()
}

impl Drop for Locked {
    fn drop(&mut self) {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        for page in self.pages.clone() {
            if let Some(found) = held.get_mut(&page) {
                found.by -= 1;
                if found.by == 0 {
                    held.remove(&page);
                }
            }
        }
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
pub(crate) mod tests {
    use super::*;

    /// What the kernel says of the page on which that lies.
    pub(crate) fn is_locked<T>(values: &[T]) -> bool {
        let at = values.as_ptr().addr();
        let text = std::fs::read_to_string("/proc/self/smaps").unwrap();
        let mut inside = false;
        for line in text.lines() {
            let bounds = line.split(' ').next().and_then(|range| range.split_once('-'));
            let bounds = bounds
                .and_then(|(a, b)| Some((usize::from_str_radix(a, 16).ok()?, usize::from_str_radix(b, 16).ok()?)));
            if let Some((from, to)) = bounds {
                inside = (from..to).contains(&at);
            }
            if inside && let Some(flags) = line.strip_prefix("VmFlags:") {
                return flags.split_whitespace().any(|flag| flag == "lo");
            }
        }
        panic!("that memory is nowhere");
    }

    #[test]
    fn r109_a_page_is_locked_until_the_last_secret_on_it_is_gone() {
        let size = region::page::size();
        // Pages of its own, so that no other test's secret lies on them.
        let memory = vec![1u8; 6 * size];
        let start = memory.as_ptr().align_offset(size);
        let (one, other) = (&memory[start..start + 100], &memory[start + 200..start + size + 1]);
        assert!(!is_locked(one), "nothing is locked by itself");
        if !can_lock(4 * size) {
            eprintln!("this system lets nothing be locked; not tested");
            return;
        }
        let (first, second) = (lock(one), lock(other));
        assert!(is_locked(one) && is_locked(&other[size - 200..]));
        assert!(!is_locked(&memory[start + 3 * size..]));
        drop(second);
        assert!(is_locked(one) && !is_locked(&other[size - 200..]));
        drop(first);
        assert!(!is_locked(one));
        assert!(lock::<u8>(&[]).pages.is_empty());
    }
}
