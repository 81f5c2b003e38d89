//! What goes, and when. The one place that ends deployments and deletes what belonged to them; the periods are those of
//! `domain::retention`, and `server/retention.md` prints them.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use vedette_core::id::DeploymentId;
use vedette_store::row::{Actor, Counters, DeploymentRow, DeploymentState, EventKind, NewEvent};
use vedette_store::{Result, Store, StoreError, Transaction};

use crate::alerts;
use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::deployment::{Deployment, DeploymentError, EndReason, matched_since};
use crate::domain::hold::Held;
use crate::domain::retention::{DELIVERIES, MANIFEST};
use crate::domain::{complaint, minutes, session, unfinished};
use crate::matcher::{LiveDeployment, MatchError, Prepared};
use crate::operations;

/// How late a deployment may end at most, besides the time that the deletion itself takes.
const TICK: Duration = Duration::from_millis(250);
/// Counts that a power cut may lose.
const TALLY_EVERY: u32 = 20;
const SESSIONS_EVERY: u32 = 240;
/// A restart is no outage; signs of life come every few seconds.
const LONGEST_UNNOTED: SignedDuration = SignedDuration::from_secs(30);
/// Between attempts after the storage failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(2);

#[derive(Debug, thiserror::Error)]
pub(crate) enum EndError {
    #[error(transparent)]
    Storage(#[from] StoreError),
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error("there is no such deployment")]
    NotFound,
}

/// Ends the deployment within `tx`: state, deletion, event and audit row.
async fn end_within(
    tx: &mut dyn Transaction,
    id: DeploymentId,
    reason: EndReason,
    actor: Actor,
    candidates: u64,
    now: Timestamp,
) -> std::result::Result<(), EndError> {
    let deployment: Deployment = tx.deployment(id).await?.ok_or(EndError::NotFound)?.into();
    let ended = DeploymentRow::from(Deployment::from(deployment.end(reason, now)?));
    tx.save_deployment(&ended).await?;
    tx.add_counters(id, answered(candidates)).await?;
    let held = tx.shorten_holds(id, now).await?;
    let erased = tx.erase(id, now).await?;
    // After the deletion: it needs no key then, which may be gone.
    alerts::close_all(tx, id, now).await?;
    let event = NewEvent {
        deployment: id,
        at: now,
        kind: EventKind::DeploymentChanged,
        alert: None,
    };
    tx.add_event(event).await?;
    audit::write(tx, now, actor, Action::DeploymentEnded(id, erased, held)).await?;
    Ok(())
}

/// Ends the deployment and returns when its data is deleted, in memory and in every file.
pub(crate) async fn end(
    app: &App,
    id: DeploymentId,
    reason: EndReason,
    actor: Actor,
) -> std::result::Result<(), EndError> {
    let now = app.now();
    let mut watchlists = app.watchlists.lock().await;
    let candidates = app.matcher.live(id).map_or(0, |live| live.take_candidates());
    let give_back = || {
        if let Some(live) = app.matcher.live(id) {
            live.count_candidates(candidates);
        }
    };
    let committed = async {
        let mut tx = app.store.write().await?;
        end_within(&mut *tx, id, reason, actor, candidates, now).await?;
        Ok(tx.commit().await?)
    };
    if let Err(error) = committed.await {
        give_back();
        return Err(error);
    }
    watchlists.forget(id);
    known_paused(app).remove(&id);
    close(app, id).await;
    tracing::info!(deployment = %id, "ended, its data deleted");
    drop(watchlists);
    scrub(app).await;
    Ok(())
}

/// Overwrites the deployment's list in memory, and tells whoever follows it. It has ended in the database.
async fn close(app: &App, id: DeploymentId) {
    if app.matcher.close(id).await.is_err() {
        tracing::error!("the matcher has stopped; restart the server");
    }
    app.live.wake(id);
}

/// Overwrites what deletion left in the files. What fails now is tried again until it is done. It may take long: no list is to
/// wait for it, and a Stop least of all.
pub(crate) async fn scrub(app: &App) {
    // Taken back before the work: what is deleted during it is due once more.
    app.scrub_due.store(false, Ordering::SeqCst);
    if let Err(error) = scrub_files(&*app.store, Actor::Server, app.now()).await {
        app.scrub_due.store(true, Ordering::SeqCst);
        tracing::warn!(%error, "the database file could not be rewritten yet; trying again");
    }
}

/// Destroys the keys of ended deployments, holds and complaints, overwrites what their rows left, then writes down that it was done: what is
/// written down is so.
async fn scrub_files(store: &dyn Store, actor: Actor, now: Timestamp) -> Result<()> {
    let mut tx = store.read().await?;
    let (spent, own) = (tx.spent_keys().await?, tx.spent_own_keys().await?);
    drop(tx);
    store.scrub().await?;
    if spent.is_empty() && own.is_empty() {
        return Ok(());
    }
    let mut tx = store.write().await?;
    // Others may scrub at the same time, and write it down first.
    let (not_yet, own_not_yet) = (tx.spent_keys().await?, tx.spent_own_keys().await?);
    for (owner, key) in own.into_iter().filter(|spent| own_not_yet.contains(spent)) {
        tx.set_own_key_destroyed(owner, now).await?;
        audit::write(&mut *tx, now, actor, Action::OwnKeyDestroyed(owner, key)).await?;
    }
    for (deployment, key) in spent.into_iter().filter(|spent| not_yet.contains(spent)) {
        tx.set_key_destroyed(deployment, now).await?;
        audit::write(&mut *tx, now, actor, Action::KeyDestroyed(deployment, key)).await?;
    }
    tx.commit().await
}

/// Ends everything that is due, without a server; for the command line and for the time before serving. A deployment that
/// can't be ended leaves the others' end as it is; the first failure is reported.
pub(crate) async fn sweep(store: &dyn Store, actor: Actor, now: Timestamp) -> Result<usize> {
    let due = store.read().await?.deployments_due(now).await?;
    let mut ended = 0;
    let mut whole = Ok(());
    for id in due {
        let ending = async {
            let mut tx = store.write().await?;
            end_within(&mut *tx, id, EndReason::Time, actor, 0, now).await?;
            Ok(tx.commit().await?)
        };
        match ending.await {
            Ok(()) => ended += 1,
            Err(EndError::Storage(error)) => whole = whole.and(Err(error)),
            // Somebody else ended it between reading and writing.
            Err(EndError::Domain(_) | EndError::NotFound) => {}
        }
    }
    whole = whole.and(forget_the_idle(store, now).await);
    whole = whole.and(forget_evidence(store, actor, now).await.map(|_| ()));
    let forgotten = forget_manifest(store, actor, now).await;
    let rows_left = matches!(forgotten, Ok(true));
    whole = whole.and(forgotten.map(|_| ()));
    // A crash may have come between an end and the destruction of its key.
    let mut tx = store.read().await?;
    let keys_left = !tx.spent_keys().await?.is_empty() || !tx.spent_own_keys().await?.is_empty();
    drop(tx);
    if ended > 0 || rows_left || keys_left {
        whole = whole.and(scrub_files(store, actor, now).await);
    }
    whole.map(|()| ended)
}

/// Deletes from the manifest who left their list long enough ago. True when there was anybody.
async fn forget_manifest(store: &dyn Store, actor: Actor, now: Timestamp) -> Result<bool> {
    let mut tx = store.write().await?;
    let forgotten = tx.forget_manifest(now - MANIFEST.period.lasts()).await?;
    if forgotten > 0 {
        audit::write(&mut *tx, now, actor, Action::ManifestForgotten(forgotten)).await?;
        tx.commit().await?;
    }
    Ok(forgotten > 0)
}

/// Ends holds whose time is over, and takes the words from complaints that were closed long enough ago. Returns how many there
/// were; their keys are destroyed when the files are scrubbed.
async fn forget_evidence(store: &dyn Store, actor: Actor, now: Timestamp) -> Result<usize> {
    let closed = complaint::forgotten_before(now);
    let mut tx = store.read().await?;
    let due = tx.holds_due(now).await?.len() + tx.complaints_due(closed).await?.len();
    drop(tx);
    if due == 0 {
        return Ok(0);
    }
    let mut tx = store.write().await?;
    for row in tx.holds_due(now).await? {
        let Some(over) = Held::try_from(row).ok().and_then(|held| held.expire(now)) else {
            continue;
        };
        tx.save_hold(&over).await?;
        audit::write(&mut *tx, now, actor, Action::HoldExpired(over.id)).await?;
    }
    for row in tx.complaints_due(closed).await? {
        let forgotten = complaint::forgotten(row);
        tx.save_complaint(&forgotten).await?;
        audit::write(&mut *tx, now, actor, Action::ComplaintForgotten(forgotten.id)).await?;
    }
    tx.commit().await?;
    Ok(due)
}

/// Writes down since when no server ran, for each deployment that was matched before and not meanwhile. Before what is due is
/// ended: the end belongs to the outage. It counts as a sign of life, so that no outage is written down twice.
pub(crate) async fn note_outages(store: &dyn Store, now: Timestamp) -> Result<()> {
    let mut tx = store.write().await?;
    let Some(pulse) = tx.pulse().await? else {
        return Ok(());
    };
    for row in tx.live_deployments().await? {
        let Some(since) = matched_since(&row) else {
            continue;
        };
        // The last sign of life may come from before it was matched.
        let (from, until) = (pulse.max(since), now.min(row.ends_at));
        if until.duration_since(from) > LONGEST_UNNOTED {
            audit::write(&mut *tx, now, Actor::Server, Action::Outage(row.id, from, until)).await?;
        }
    }
    tx.set_pulse(now).await?;
    tx.commit().await
}

/// A sign of life, so that an outage can be dated.
async fn beat(app: &App) -> Result<()> {
    if app.matcher.all_live().is_empty() {
        return Ok(());
    }
    let mut tx = app.store.write().await?;
    tx.set_pulse(app.now()).await?;
    tx.commit().await
}

/// Sessions, pairing codes, minutes and unfinished plans whose time is over.
async fn forget_the_idle(store: &dyn Store, now: Timestamp) -> Result<()> {
    let mut tx = store.write().await?;
    tx.remove_sessions_before(now - session::LONGEST, now - session::LONGEST_IDLE)
        .await?;
    tx.remove_pairing_codes_before(now).await?;
    tx.forget_deliveries_before(now - DELIVERIES.period.lasts()).await?;
    tx.forget_minutes_before(minutes::first(now)).await?;
    tx.forget_unfinished_plans(unfinished::forgotten_before(now)).await?;
    tx.commit().await
}

/// Loads the watchlists of live deployments.
pub(crate) async fn load_watchlists(app: &App) -> Result<()> {
    let mut tx = app.store.read().await?;
    for deployment in tx.live_deployments().await? {
        if matches!(deployment.state, DeploymentState::Paused { .. }) {
            continue;
        }
        let references = match tx.cleared_references(&deployment).await {
            Ok(references) => references,
            Err(StoreError::KeyGone) => {
                tracing::error!(deployment = %deployment.id, "its key is gone: nothing is matched. Put the key back, or end the deployment");
                continue;
            }
            Err(error) => return Err(error),
        };
        let opened = async {
            let list = Prepared::of(&deployment, &references, app.models.calibration.clone()).await?;
            app.matcher.open(list).await
        };
        match opened.await {
            Ok(()) => {}
            // It can still be ended, and its end still deletes.
            Err(MatchError::ModelMismatch) => {
                tracing::error!(deployment = %deployment.id, "made with another model: nothing is matched until that model is put back");
            }
            Err(_) => return Err(StoreError::Corrupt),
        }
    }
    Ok(())
}

/// Writes down how many candidates were answered; what can't be written stays counted.
pub(crate) async fn write_counts(app: &App) -> Result<()> {
    let mut whole = Ok(());
    for (id, live) in app.matcher.all_live() {
        whole = whole.and(write_count(app, id, &live).await);
    }
    whole
}

pub(crate) async fn write_count(app: &App, id: DeploymentId, live: &LiveDeployment) -> Result<()> {
    let candidates = live.take_candidates();
    if candidates == 0 {
        return Ok(());
    }
    let written = async {
        let mut tx = app.store.write().await?;
        tx.add_counters(id, answered(candidates)).await?;
        tx.commit().await
    };
    let written = written.await;
    if written.is_err() {
        live.count_candidates(candidates);
    }
    written
}

fn answered(candidates: u64) -> Counters {
    Counters {
        candidates,
        ..Counters::default()
    }
}

async fn end_due(app: &App) -> Result<()> {
    let due = app.store.read().await?.deployments_due(app.now()).await?;
    let mut whole = Ok(());
    for id in due {
        match end(app, id, EndReason::Time, Actor::Server).await {
            Ok(()) | Err(EndError::Domain(_) | EndError::NotFound) => {}
            Err(EndError::Storage(error)) => {
                tracing::error!(deployment = %id, %error, "it could not be ended yet; trying again");
                whole = whole.and(Err(error));
            }
        }
    }
    whole
}

/// The neighbours of a list that the command line ended are overwritten. Whoever changes a list now sees to them later.
async fn forget_neighbours_of_ended(app: &App) -> Result<()> {
    let Ok(mut watchlists) = app.watchlists.try_lock() else {
        return Ok(());
    };
    if let Some(id) = watchlists.deployment() {
        let row = app.store.read().await?.deployment(id).await?;
        if row.is_none_or(|row| matches!(row.state, DeploymentState::Ended { .. })) {
            watchlists.forget(id);
        }
    }
    Ok(())
}

/// `vedette retention run` ends deployments in the database while this server holds their lists, or the keys of paused ones.
pub(crate) async fn close_what_others_ended(app: &App) -> Result<()> {
    forget_neighbours_of_ended(app).await?;
    // Looked at first: what is live in memory was live in the database before.
    let held: Vec<_> = app.matcher.all_live().into_iter().map(|(id, _)| id).collect();
    let under_way = app.store.read().await?.live_deployments().await?;
    let (mut live, mut paused) = (BTreeSet::new(), BTreeSet::new());
    for row in under_way {
        match row.state {
            DeploymentState::Paused { .. } => paused.insert(row.id),
            _ => live.insert(row.id),
        };
    }
    let were_paused = std::mem::replace(&mut *known_paused(app), paused.clone());
    let mut gone: BTreeSet<_> = held.into_iter().filter(|id| !live.contains(id)).collect();
    gone.extend(
        were_paused
            .into_iter()
            .filter(|id| !live.contains(id) && !paused.contains(id)),
    );
    let mut whole = Ok(());
    for id in gone {
        let let_go = let_go(app, id).await;
        if let_go.is_err() {
            known_paused(app).insert(id);
        }
        whole = whole.and(let_go);
    }
    whole
}

/// Drops what memory has of a deployment that is no longer live.
async fn let_go(app: &App, id: DeploymentId) -> Result<()> {
    let mut watchlists = app.watchlists.lock().await;
    // Whoever had the lock may have changed it since it was looked at.
    let state = app.store.read().await?.deployment(id).await?.map(|row| row.state);
    if matches!(state, Some(DeploymentState::Live { .. })) {
        return Ok(());
    }
    let counts = app.matcher.live(id);
    if matches!(state, None | Some(DeploymentState::Ended { .. })) {
        watchlists.forget(id);
        // Its key goes with what is left of it in the files.
        app.scrub_due.store(true, Ordering::SeqCst);
        close(app, id).await;
        tracing::info!(deployment = %id, "it has ended; its list and its key are let go");
    } else if counts.is_some() {
        close(app, id).await;
    }
    match counts {
        Some(counts) => write_count(app, id, &counts).await,
        None => Ok(()),
    }
}

/// Paused deployments, as they were looked at last.
fn known_paused(app: &App) -> MutexGuard<'_, BTreeSet<DeploymentId>> {
    app.paused.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One round of what is due. Each part is tried, whatever becomes of the others; true when nothing is left over.
pub(crate) async fn tick(app: &App, round: u32) -> bool {
    let mut whole = true;
    let mut done = |what: &str, result: Result<()>| {
        if let Err(error) = result {
            tracing::error!(%error, "{what} failed; trying again");
            whole = false;
        }
    };
    done("ending what is due", end_due(app).await);
    done("starting what is due", operations::start_due(app).await);
    done("attending to alerts", alerts::attend(app).await);
    done("closing what has ended", close_what_others_ended(app).await);
    if round.is_multiple_of(TALLY_EVERY) {
        done("writing down counts", write_counts(app).await);
        done("weighing false alerts", operations::heed_all(app).await);
        done("writing down that it runs", beat(app).await);
    }
    if round.is_multiple_of(SESSIONS_EVERY) {
        done(
            "forgetting sessions and unfinished plans",
            forget_the_idle(&*app.store, app.now()).await,
        );
        let forgotten = forget_evidence(&*app.store, Actor::Server, app.now()).await;
        if matches!(forgotten, Ok(1..)) {
            app.scrub_due.store(true, Ordering::SeqCst);
        }
        done("ending holds", forgotten.map(|_| ()));
        let forgotten = forget_manifest(&*app.store, Actor::Server, app.now()).await;
        if matches!(forgotten, Ok(true)) {
            app.scrub_due.store(true, Ordering::SeqCst);
        }
        done("forgetting old lists", forgotten.map(|_| ()));
    }
    if app.scrub_due.load(Ordering::SeqCst) {
        scrub(app).await;
    }
    whole && !app.scrub_due.load(Ordering::SeqCst)
}

/// Runs until the server stops.
pub(crate) async fn run(app: App) {
    let mut round = 0u32;
    loop {
        let pause = if tick(&app, round).await {
            TICK
        } else {
            PAUSE_AFTER_FAILURE
        };
        round = round.wrapping_add(1);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = app.stopped() => break,
        }
    }
    if let Err(error) = write_counts(&app).await {
        tracing::warn!(%error, "the last counts could not be saved");
    }
}
