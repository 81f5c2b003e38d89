//! The one thread that owns all watchlists, so that a scan never holds up the threads that serve requests.
//!
//! Searches that wait are answered together: what a scan costs is reading the list, and reading it once for several probes costs
//! little more than for one. What was sent before a change is searched before it, and what was sent after it after it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use vedette_core::id::{DeploymentId, EntryId};
use vedette_core::references::References;
use vedette_core::shot::Shots;
use vedette_core::template::Template;
use vedette_core::watchlist::{Match, Watchlist};
use vedette_store::memory::{self, Locked};

use super::{LiveDeployment, MatchError};
use crate::clock::Clock;

pub(super) type Found = Result<Vec<Match>, MatchError>;

pub(super) enum Command {
    Change(Change),
    Search(Search),
}

pub(super) enum Change {
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
}

pub(super) struct Search {
    pub(super) id: DeploymentId,
    pub(super) live: Arc<LiveDeployment>,
    pub(super) probe: Template,
    pub(super) shots: Shots,
    pub(super) done: oneshot::Sender<Found>,
}

/// A watchlist whose numbers don't reach the swap space, as far as the system lets them be locked.
pub(super) struct Held {
    // Let go before the numbers are freed.
    locked: Locked,
    list: Watchlist,
}

impl Held {
    pub(super) fn new(list: Watchlist) -> Self {
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

    /// Probes are overwritten before anybody is answered, who may have gone meanwhile.
    fn answer(&mut self, searches: Vec<Search>) {
        let (searches, others): (Vec<_>, Vec<_>) = searches
            .into_iter()
            .partition(|search| search.probe.space() == self.list.space());
        refuse(others, MatchError::ModelMismatch);
        let probes: Vec<_> = searches.iter().map(|search| (&search.probe, search.shots)).collect();
        let Ok(found) = self.list.search_all(&probes) else {
            return refuse(searches, MatchError::ModelMismatch);
        };
        let waiting: Vec<_> = searches.into_iter().map(|search| search.done).collect();
        for (done, found) in waiting.into_iter().zip(found) {
            let _ = done.send(Ok(found));
        }
    }
}

fn refuse(searches: Vec<Search>, error: MatchError) {
    for search in searches {
        drop(search.probe);
        let _ = search.done.send(Err(error));
    }
}

/// Nothing is compared for a request that is gone, nor for a deployment that is over.
pub(super) fn wanted(searches: Vec<Search>, now: Timestamp) -> Vec<Search> {
    let waiting = searches.into_iter().filter(|search| !search.done.is_closed());
    let (over, wanted) = waiting.partition(|search| search.live.is_over(now));
    refuse(over, MatchError::NotLive);
    wanted
}

pub(super) fn serve(mut inbox: mpsc::Receiver<Command>, clock: &dyn Clock) {
    let mut lists = Lists::default();
    let mut next = inbox.blocking_recv();
    while let Some(command) = next {
        let after = match command {
            Command::Search(first) => {
                let (searches, after) = together(first, &mut inbox);
                lists.search(searches, clock.now());
                after
            }
            Command::Change(change) => {
                lists.change(change);
                None
            }
        };
        next = after.map(Command::Change).or_else(|| inbox.blocking_recv());
    }
}

/// Searches that one scan can answer, and the change before which they were sent.
fn together(first: Search, inbox: &mut mpsc::Receiver<Command>) -> (Vec<Search>, Option<Change>) {
    let mut searches = vec![first];
    while searches.len() < References::AT_ONCE {
        match inbox.try_recv() {
            Ok(Command::Search(search)) => searches.push(search),
            Ok(Command::Change(change)) => return (searches, Some(change)),
            Err(_) => break,
        }
    }
    (searches, None)
}

#[derive(Default)]
struct Lists(HashMap<DeploymentId, Held>);

impl Lists {
    fn search(&mut self, searches: Vec<Search>, now: Timestamp) {
        let mut by_list: BTreeMap<DeploymentId, Vec<Search>> = BTreeMap::new();
        for search in wanted(searches, now) {
            by_list.entry(search.id).or_default().push(search);
        }
        for (id, searches) in by_list {
            match self.0.get_mut(&id) {
                Some(held) => held.answer(searches),
                None => refuse(searches, MatchError::NotLive),
            }
        }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Open { id, list, done } => {
                self.0.insert(id, *list);
                let _ = done.send(());
            }
            Change::Set {
                id,
                entry,
                references,
                done,
            } => {
                let result = match self.0.get_mut(&id) {
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
            Change::Close { id, done } => {
                self.0.remove(&id);
                let _ = done.send(());
            }
        }
    }
}
