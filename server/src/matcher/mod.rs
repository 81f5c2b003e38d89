//! The watchlists of live deployments, in memory, and the one thread that searches them.

#[cfg(test)]
pub(crate) mod tests;
mod thread;
mod tracks;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use vedette_core::calibration::Calibration;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_core::shot::Shots;
use vedette_core::template::{Template, TemplateSpace};
use vedette_core::watchlist::Watchlist;
use vedette_store::row::{DeploymentRow, Reference};

use crate::clock::Clock;
use crate::domain::ceiling::Level;
use thread::{Change, Command, Found, Held, Search};

pub(crate) use tracks::{Admission, Tracks};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MatchError {
    #[error("the deployment isn't live")]
    NotLive,
    #[error("the template was made by another model or pipeline, or for another deployment")]
    ModelMismatch,
    #[error("The server has more to compare than it can at the moment. The shot was dropped; later ones are welcome.")]
    Busy,
    #[error("the matcher has stopped")]
    Stopped,
}

/// What a live deployment needs at hand for every candidate.
#[derive(Debug)]
pub(crate) struct LiveDeployment {
    pub(crate) space: TemplateSpace,
    pub(crate) ends_at: Timestamp,
    /// Its list is being closed: what waits for a search isn't compared any more.
    closed: AtomicBool,
    tracks: Mutex<Tracks>,
    /// Answered since they were last written down.
    candidates: AtomicU64,
    /// The last minute of which it is written down that a camera looked.
    watched: AtomicI64,
    /// How its false alerts stand to the ceiling, as its followers were told last.
    told: Mutex<Level>,
}

impl LiveDeployment {
    fn new(space: TemplateSpace, ends_at: Timestamp) -> Self {
        Self {
            space,
            ends_at,
            closed: AtomicBool::default(),
            tracks: Mutex::default(),
            candidates: AtomicU64::default(),
            watched: AtomicI64::new(i64::MIN),
            told: Mutex::default(),
        }
    }

    fn is_over(&self, now: Timestamp) -> bool {
        self.closed.load(Ordering::Acquire) || now >= self.ends_at
    }

    pub(crate) fn tracks<T>(&self, use_them: impl FnOnce(&mut Tracks) -> T) -> T {
        use_them(&mut self.tracks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// False when the minute was taken already.
    pub(crate) fn take_minute(&self, number: i64) -> bool {
        self.watched.swap(number, Ordering::Relaxed) != number
    }

    /// It could not be written down: the next to hear of a camera writes it.
    pub(crate) fn give_minute_back(&self) {
        self.watched.store(i64::MIN, Ordering::Relaxed);
    }

    pub(crate) fn told(&self) -> Level {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tell(&self, level: Level) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = level;
    }

    pub(crate) fn count_candidates(&self, more: u64) {
        self.candidates.fetch_add(more, Ordering::Relaxed);
    }

    /// Answered, and not written down yet.
    pub(crate) fn candidates(&self) -> u64 {
        self.candidates.load(Ordering::Relaxed)
    }

    /// The same, counted from zero again.
    pub(crate) fn take_candidates(&self) -> u64 {
        self.candidates.swap(0, Ordering::Relaxed)
    }
}

/// A watchlist that is ready to be searched.
pub(crate) struct Prepared {
    id: DeploymentId,
    list: Box<Held>,
    live: LiveDeployment,
}

impl Prepared {
    pub(crate) async fn of(
        deployment: &DeploymentRow,
        references: &[Reference],
        calibration: Arc<Calibration>,
    ) -> Result<Self, MatchError> {
        let mut list = Watchlist::new(deployment.space.clone(), calibration, deployment.target)
            .map_err(|_| MatchError::ModelMismatch)?;
        for reference in references {
            list.insert(reference.entry, &reference.template)
                .map_err(|_| MatchError::ModelMismatch)?;
        }
        // Takes seconds for a hundred thousand entries, so before the deployment is live and on a thread that may wait.
        let list = tokio::task::spawn_blocking(move || {
            list.operating_point(Shots::ONE);
            Box::new(Held::new(list))
        });
        Ok(Self {
            id: deployment.id,
            list: list.await.map_err(|_| MatchError::Stopped)?,
            live: LiveDeployment::new(deployment.space.clone(), deployment.ends_at),
        })
    }
}

#[derive(Debug)]
pub(crate) struct Matcher {
    commands: mpsc::Sender<Command>,
    live: RwLock<HashMap<DeploymentId, Arc<LiveDeployment>>>,
}

/// Commands that may wait. More searches are refused, so that nobody waits for longer than these take: with a million references
/// about a second. Changes wait for their turn.
const WAITING: usize = 256;

impl Matcher {
    pub(crate) fn start(clock: Arc<dyn Clock>) -> std::io::Result<Self> {
        let (commands, inbox) = mpsc::channel(WAITING);
        std::thread::Builder::new()
            .name("matcher".into())
            .spawn(move || thread::serve(inbox, &*clock))?;
        Ok(Self {
            commands,
            live: RwLock::default(),
        })
    }

    async fn change<T>(&self, change: impl FnOnce(oneshot::Sender<T>) -> Change) -> Result<T, MatchError> {
        let (done, answer) = oneshot::channel();
        self.commands
            .send(Command::Change(change(done)))
            .await
            .map_err(|_| MatchError::Stopped)?;
        answer.await.map_err(|_| MatchError::Stopped)
    }

    pub(crate) async fn open(&self, Prepared { id, list, live }: Prepared) -> Result<(), MatchError> {
        self.change(|done| Change::Open { id, list, done }).await?;
        self.live
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, Arc::new(live));
        Ok(())
    }

    /// From now on these are the entry's references, if the deployment is live; none of them, and it matches nobody. Takes
    /// effect before this returns.
    pub(crate) async fn set(
        &self,
        id: DeploymentId,
        entry: EntryId,
        references: Vec<Template>,
    ) -> Result<(), MatchError> {
        let change = |done| Change::Set {
            id,
            entry,
            references,
            done,
        };
        self.change(change).await?
    }

    /// Overwrites the watchlist and hands back what was counted and not yet written down. Searches that wait come to nothing.
    pub(crate) async fn close(&self, id: DeploymentId) -> Result<Option<Arc<LiveDeployment>>, MatchError> {
        let live = self.live.write().unwrap_or_else(PoisonError::into_inner).remove(&id);
        if let Some(live) = &live {
            live.closed.store(true, Ordering::Release);
        }
        self.change(|done| Change::Close { id, done }).await?;
        Ok(live)
    }

    pub(crate) fn live(&self, id: DeploymentId) -> Option<Arc<LiveDeployment>> {
        self.live
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&id)
            .cloned()
    }

    pub(crate) fn all_live(&self) -> Vec<(DeploymentId, Arc<LiveDeployment>)> {
        self.live
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .map(|(id, live)| (*id, live.clone()))
            .collect()
    }

    /// The probe is overwritten once answered.
    pub(crate) async fn search(&self, id: DeploymentId, probe: Template, shots: Shots) -> Found {
        let live = self.live(id).ok_or(MatchError::NotLive)?;
        let (done, answer) = oneshot::channel();
        let search = Search {
            id,
            live,
            probe,
            shots,
            done,
        };
        self.commands
            .try_send(Command::Search(search))
            .map_err(|error| match error {
                TrySendError::Full(_) => MatchError::Busy,
                TrySendError::Closed(_) => MatchError::Stopped,
            })?;
        answer.await.map_err(|_| MatchError::Stopped)?
    }
}
