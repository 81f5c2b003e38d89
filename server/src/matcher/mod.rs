//! The watchlists of live deployments, in memory, and the one thread that searches them.

mod minutes;
mod tracks;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use vedette_core::calibration::Calibration;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_core::shot::Shots;
use vedette_core::template::{Template, TemplateSpace};
use vedette_core::watchlist::{Match, Watchlist};
use vedette_store::memory::{self, Locked};
use vedette_store::row::{DeploymentRow, Reference};

use crate::domain::ceiling::Level;

pub(crate) use minutes::{Minute, Minutes};
pub(crate) use tracks::{Admission, Tracks};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MatchError {
    #[error("the deployment isn't live")]
    NotLive,
    #[error("the template was made by another model or pipeline, or for another deployment")]
    ModelMismatch,
    #[error("the matcher has stopped")]
    Stopped,
}

/// What a live deployment needs at hand for every candidate.
#[derive(Debug)]
pub(crate) struct LiveDeployment {
    pub(crate) space: TemplateSpace,
    pub(crate) ends_at: Timestamp,
    tracks: Mutex<Tracks>,
    /// Answered since they were last written down.
    candidates: AtomicU64,
    minutes: Mutex<Minutes>,
    /// How its false alerts stand to the ceiling, as its followers were told last.
    told: Mutex<Level>,
}

impl LiveDeployment {
    pub(crate) fn tracks<T>(&self, use_them: impl FnOnce(&mut Tracks) -> T) -> T {
        use_them(&mut self.tracks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn minutes<T>(&self, use_them: impl FnOnce(&mut Minutes) -> T) -> T {
        use_them(&mut self.minutes.lock().unwrap_or_else(PoisonError::into_inner))
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

/// A watchlist whose numbers don't reach the swap space, as far as the system lets them be locked.
struct Held {
    // Let go before the numbers are freed.
    locked: Locked,
    list: Watchlist,
}

impl Held {
    fn new(list: Watchlist) -> Self {
        Self {
            locked: memory::lock(list.numbers()),
            list,
        }
    }

    /// The numbers may move.
    fn change<T>(&mut self, change: impl FnOnce(&mut Watchlist) -> T) -> T {
        self.locked = Locked::default();
        let changed = change(&mut self.list);
        self.locked = memory::lock(self.list.numbers());
        changed
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
            live: LiveDeployment {
                space: deployment.space.clone(),
                ends_at: deployment.ends_at,
                tracks: Mutex::default(),
                candidates: AtomicU64::default(),
                minutes: Mutex::default(),
                told: Mutex::default(),
            },
        })
    }
}

enum Command {
    Open {
        id: DeploymentId,
        list: Box<Held>,
        done: oneshot::Sender<()>,
    },
    Set {
        id: DeploymentId,
        entry: EntryId,
        references: Vec<Template>,
        done: oneshot::Sender<Result<(), MatchError>>,
    },
    Close {
        id: DeploymentId,
        done: oneshot::Sender<()>,
    },
    Search {
        id: DeploymentId,
        probe: Template,
        shots: Shots,
        done: oneshot::Sender<Found>,
    },
}

type Found = Result<Vec<Match>, MatchError>;

#[derive(Debug)]
pub(crate) struct Matcher {
    commands: mpsc::Sender<Command>,
    live: RwLock<HashMap<DeploymentId, Arc<LiveDeployment>>>,
}

/// Searches that may wait; more make their senders wait.
const WAITING: usize = 256;

impl Matcher {
    pub(crate) fn start() -> std::io::Result<Self> {
        let (commands, inbox) = mpsc::channel(WAITING);
        std::thread::Builder::new()
            .name("matcher".into())
            .spawn(move || serve(inbox))?;
        Ok(Self {
            commands,
            live: RwLock::default(),
        })
    }

    async fn ask<T>(&self, command: impl FnOnce(oneshot::Sender<T>) -> Command) -> Result<T, MatchError> {
        let (done, answer) = oneshot::channel();
        self.commands
            .send(command(done))
            .await
            .map_err(|_| MatchError::Stopped)?;
        answer.await.map_err(|_| MatchError::Stopped)
    }

    pub(crate) async fn open(&self, Prepared { id, list, live }: Prepared) -> Result<(), MatchError> {
        self.ask(|done| Command::Open { id, list, done }).await?;
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
        let command = |done| Command::Set {
            id,
            entry,
            references,
            done,
        };
        self.ask(command).await?
    }

    /// Overwrites the watchlist and hands back what was counted and not yet written down.
    pub(crate) async fn close(&self, id: DeploymentId) -> Result<Option<Arc<LiveDeployment>>, MatchError> {
        let live = self.live.write().unwrap_or_else(PoisonError::into_inner).remove(&id);
        self.ask(|done| Command::Close { id, done }).await?;
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
        self.ask(|done| Command::Search { id, probe, shots, done }).await?
    }
}

/// One thread owns all lists, so that a scan never holds up the threads that serve requests.
fn serve(mut inbox: mpsc::Receiver<Command>) {
    let mut lists: HashMap<DeploymentId, Held> = HashMap::new();
    while let Some(command) = inbox.blocking_recv() {
        // Nobody may be waiting any more: the request was dropped, and the answer with it.
        match command {
            Command::Open { id, list, done } => {
                lists.insert(id, *list);
                let _ = done.send(());
            }
            Command::Set {
                id,
                entry,
                references,
                done,
            } => {
                let result = match lists.get_mut(&id) {
                    Some(held) => held.change(|list| {
                        list.remove(entry);
                        references
                            .iter()
                            .try_for_each(|reference| list.insert(entry, reference))
                    }),
                    None => Ok(()),
                };
                let _ = done.send(result.map_err(|_| MatchError::ModelMismatch));
            }
            Command::Close { id, done } => {
                lists.remove(&id);
                let _ = done.send(());
            }
            Command::Search { id, probe, shots, done } => {
                let found = match lists.get_mut(&id) {
                    Some(held) => held.list.search(&probe, shots).map_err(|_| MatchError::ModelMismatch),
                    None => Err(MatchError::NotLive),
                };
                drop(probe);
                let _ = done.send(found);
            }
        }
    }
}
