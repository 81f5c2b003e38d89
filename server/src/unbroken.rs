//! Changes that happen as a whole, whoever still waits for them.

use std::future::pending;
use std::panic::resume_unwind;

/// Runs `work` to its end, even when whoever asked has gone. A browser that closes its tab drops its request at any await:
/// without this, what must follow a commit could be left out, and memory would differ from the database.
pub(crate) async fn unbroken<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(broken) => match broken.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime stops, and nobody is left to wait.
            Err(_) => pending().await,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::sync::{Notify, oneshot};

    #[tokio::test]
    async fn work_goes_on_when_nobody_waits_for_it() {
        let (go_on, (ended, end)) = (std::sync::Arc::new(Notify::new()), oneshot::channel());
        let held_up = go_on.clone();
        let work = unbroken(async move {
            held_up.notified().await;
            ended.send(()).unwrap();
        });
        assert!(tokio::time::timeout(Duration::from_millis(10), work).await.is_err());
        go_on.notify_one();
        end.await.unwrap();
    }
}
