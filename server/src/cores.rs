//! Work on many items on all cores, with a progress bar on the terminal.

use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

/// What `work` makes of each item, in their order. Each thread keeps what `start` gave it. The first error ends the work.
pub(crate) fn on_all<T: Sync, S, R: Send, E: Send>(
    items: &[T],
    what: &str,
    start: impl Fn() -> Result<S, E> + Sync,
    work: impl Fn(&mut S, &T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let progress = bar(items.len() as u64, what);
    let next = AtomicUsize::new(0);
    let run = || -> Result<Vec<(usize, R)>, E> {
        let mut own = start()?;
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return Ok(done);
            };
            match work(&mut own, item) {
                Ok(made) => done.push((at, made)),
                Err(error) => {
                    next.store(items.len(), Ordering::Relaxed);
                    return Err(error);
                }
            }
            progress.inc(1);
        }
    };
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len().max(1));
    let all = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        let mut all = Vec::with_capacity(items.len());
        for thread in running {
            match thread.join() {
                Ok(done) => all.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(all)
    });
    progress.finish_and_clear();
    let mut all: Vec<(usize, R)> = all?;
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, made)| made).collect())
}

fn bar(items: u64, what: &str) -> ProgressBar {
    let bar = ProgressBar::new(items);
    let style = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}, {per_sec}, {eta} left");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u64> = (0..500).collect();
        let made = on_all(
            &items,
            "",
            || Ok::<_, ()>(0u64),
            |seen, item| {
                *seen += 1;
                Ok(item * 2)
            },
        );
        assert_eq!(made.unwrap(), items.iter().map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(
            on_all(&[] as &[u8], "", || Ok::<_, ()>(()), |(), item| Ok(*item)),
            Ok(vec![])
        );
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<u64> = (0..1000).collect();
        let failed = on_all(
            &items,
            "",
            || Ok(()),
            |(), item| if *item == 3 { Err("three") } else { Ok(()) },
        );
        assert_eq!(failed, Err("three"));
    }
}
