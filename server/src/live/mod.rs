//! Wakes whoever follows a deployment. A wake-up carries nothing: what happened is read from the events table, so a
//! follower that was away, or slow, misses nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;
use vedette_core::id::DeploymentId;

#[derive(Debug, Default)]
pub(crate) struct Live {
    followed: Mutex<HashMap<DeploymentId, watch::Sender<()>>>,
}

impl Live {
    pub(crate) fn follow(&self, deployment: DeploymentId) -> watch::Receiver<()> {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        followed
            .entry(deployment)
            .or_insert_with(|| watch::Sender::new(()))
            .subscribe()
    }

    /// Call after the commit: who is woken must find the event.
    pub(crate) fn wake(&self, deployment: DeploymentId) {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(followers) = followed.get(&deployment)
            && followers.send(()).is_err()
        {
            followed.remove(&deployment);
        }
    }

    /// Call when somebody may no longer follow: each follower looks whether it is meant.
    pub(crate) fn wake_all(&self) {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        followed.retain(|_, followers| followers.send(()).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[tokio::test]
    async fn a_wake_up_while_busy_is_not_lost_and_others_sleep_on() {
        let live = Live::default();
        let [a, b] = [1, 2].map(|n| DeploymentId::new(Uuid::from_u128(n)));
        let (mut follows_a, follows_b) = (live.follow(a), live.follow(b));
        live.wake(a);
        live.wake(a);
        follows_a.changed().await.unwrap();
        assert!(!follows_a.has_changed().unwrap());
        assert!(!follows_b.has_changed().unwrap());
    }

    #[test]
    fn a_deployment_that_nobody_follows_takes_no_memory() {
        let live = Live::default();
        let a = DeploymentId::new(Uuid::from_u128(1));
        drop(live.follow(a));
        live.wake(a);
        assert!(live.followed.lock().unwrap().is_empty());
    }
}
