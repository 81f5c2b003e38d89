//! What changes a deployment before its end: in the store with its event and its entry in the journal, then in memory.

use std::collections::HashSet;
use std::sync::{Arc, MutexGuard, PoisonError};

use jiff::Timestamp;
use vedette_core::id::{DeploymentId, PlanId, UserId};
use vedette_store::clearance::{Count, Kind};
use vedette_store::pause::{Pause, PauseCause};
use vedette_store::record::Reasoned;
use vedette_store::row::{Actor, DeploymentRow, DeploymentState, DeploymentSummary, EventKind, Jpeg, NewEvent};
use vedette_store::{Store, StoreError, Transaction};

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::calendar::day;
use crate::domain::ceiling::{self, Level};
use crate::domain::deployment::{Deployment, DeploymentError, Live};
use crate::domain::operation::{OperationError, Surroundings};
use crate::domain::{clearance, roster};
use crate::matcher::{LiveDeployment, MatchError, Prepared};
use crate::publication::FalseAlerts;
use crate::retention;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ChangeError {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error("This deployment was made with another model than the server has now. End it, and make a new one.")]
    ModelMismatch,
    #[error("The server can't compare templates. Restart it.")]
    Matcher,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

impl From<MatchError> for ChangeError {
    fn from(error: MatchError) -> Self {
        match error {
            MatchError::ModelMismatch => Self::ModelMismatch,
            MatchError::NotLive | MatchError::Busy | MatchError::Stopped => Self::Matcher,
        }
    }
}

/// What is at hand of a deployment that is live.
pub(crate) async fn live(app: &App, id: DeploymentId) -> Result<Arc<LiveDeployment>, ChangeError> {
    if let Some(live) = app.matcher.live(id) {
        return Ok(live);
    }
    let known = app.store.read().await?.deployment(id).await?;
    known.ok_or(ChangeError::NotFound)?;
    Err(DeploymentError::NotLive.into())
}

/// What a start of `id` depends on besides its record.
pub(crate) async fn surroundings(tx: &mut dyn Transaction, id: DeploymentId) -> Result<Surroundings, StoreError> {
    let others: Vec<_> = tx
        .live_deployments()
        .await?
        .into_iter()
        .filter(|row| row.id != id)
        .collect();
    let signed = |row: &DeploymentRow| {
        let review = row.record.as_ref().and_then(|record| record.review.as_ref());
        review.is_some_and(|review| review.sign_off.is_some())
    };
    Ok(Surroundings {
        organisation: tx.organisation().await?.is_some(),
        entries: tx.count_entries(id).await?,
        waiting: tx.count_waiting(id).await?,
        oldest_entry: tx.oldest_entry(id).await?,
        unattributed: tx.listers_due().await?.contains(&id),
        other_live: !others.is_empty(),
        operation_live: others.iter().any(|row| row.record.is_some()),
        review_due: tx
            .past_operations()
            .await?
            .iter()
            .any(|row| row.id != id && !signed(row)),
    })
}

/// A change of a deployment: of which, by whom, what the journal says of it, and a photograph of the signs that goes with it.
pub(crate) struct Change {
    pub(crate) id: DeploymentId,
    pub(crate) by: Actor,
    pub(crate) action: Action,
    pub(crate) signs: Option<Jpeg>,
    /// The unfinished plan that goes with it, and whose it was.
    pub(crate) written_as: Option<(UserId, PlanId)>,
}

impl Change {
    pub(crate) fn new(id: DeploymentId, by: Actor, action: Action) -> Self {
        Self {
            id,
            by,
            action,
            signs: None,
            written_as: None,
        }
    }
}

/// What a change may depend on: how many people and photographs are on the watchlist, and whether it is known who is responsible.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// Whether somebody has said who is responsible for the data.
    pub(crate) organisation: bool,
    pub(crate) people: u64,
    /// Below 18, or possibly so.
    pub(crate) minors: u64,
    pub(crate) photos: u64,
    /// The journal hasn't told yet who filled the list.
    pub(crate) unattributed: bool,
    /// True matches of which nobody has written down what came of them.
    pub(crate) unwritten: u64,
}

/// People on the list who are below 18, or possibly so.
pub(crate) fn minors(counts: &[Count]) -> u64 {
    let of_minors = counts.iter().find(|count| count.kind == Kind::Minor);
    of_minors.map_or(0, |count| count.listed)
}

/// What became of them is known after the end only by their number.
pub(crate) fn cleared_minors(counts: &[Count]) -> u64 {
    let of_minors = counts.iter().find(|count| count.kind == Kind::Minor);
    of_minors.map_or(0, |count| count.cleared)
}

/// Changes a deployment by a step of its domain. A live one that is a draft afterwards is no longer matched.
pub(crate) async fn change(
    app: &App,
    Change {
        id,
        by,
        action,
        signs,
        written_as,
    }: Change,
    step: impl FnOnce(Deployment, Around) -> Result<Deployment, DeploymentError>,
) -> Result<(), ChangeError> {
    let now = app.now();
    let _one_change_at_a_time = app.watchlists.lock().await;
    let mut tx = app.store.write().await?;
    let before = tx.deployment_summary(id).await?.ok_or(ChangeError::NotFound)?;
    let was_live = matches!(before.deployment.state, DeploymentState::Live { .. });
    let around = Around {
        organisation: tx.organisation().await?.is_some(),
        people: before.entries,
        minors: minors(&tx.clearance_counts(id).await?),
        photos: before.photos,
        unattributed: tx.listers_due().await?.contains(&id),
        unwritten: tx.count_unwritten(id).await?,
    };
    let plan_before = before.deployment.record.as_ref().map(|record| record.plan.clone());
    let row = DeploymentRow::from(step(before.deployment.into(), around)?);
    tx.save_deployment(&row).await?;
    if row.record.as_ref().map(|record| &record.plan) != plan_before.as_ref() {
        judge_again(&mut *tx, &row, by, now).await?;
    }
    if let Some(photo) = &signs {
        tx.set_signage(id, photo).await?;
    }
    if let Some((author, plan)) = written_as {
        tx.remove_unfinished_plan(author, plan).await?;
    }
    record(&mut *tx, id, by, action, now).await?;
    tx.commit().await?;
    if was_live && !matches!(row.state, DeploymentState::Live { .. }) {
        let live = app.matcher.live(id);
        app.matcher.close(id).await?;
        if let Some(live) = live {
            retention::write_count(app, id, &live).await?;
        }
    }
    app.live.wake(id);
    Ok(())
}

/// Another plan has other categories, and another day on which somebody is of age.
async fn judge_again(
    tx: &mut dyn Transaction,
    row: &DeploymentRow,
    by: Actor,
    now: jiff::Timestamp,
) -> Result<(), ChangeError> {
    let Some(record) = &row.record else { return Ok(()) };
    for entry in tx.entries(row.id).await? {
        let Some(particulars) = &entry.particulars else {
            continue;
        };
        if !record.plan.categories.contains(&particulars.category) {
            let error = OperationError::CategoryInUse(particulars.category.clone());
            return Err(DeploymentError::from(error).into());
        }
        for kind in roster::needs(particulars, day(record.plan.starts_at)) {
            if entry.clearances.iter().all(|known| known.kind != kind) {
                tx.save_clearance(row.id, &clearance::needed(entry.id, kind)).await?;
                audit::write(tx, now, by, Action::ClearanceNeeded(row.id, kind)).await?;
            }
        }
    }
    Ok(())
}

/// Goes live.
pub(crate) async fn start(app: &App, id: DeploymentId, actor: Actor) -> Result<(), ChangeError> {
    let now = app.now();
    let _one_change_at_a_time = app.watchlists.lock().await;
    let mut tx = app.store.write().await?;
    let deployment: Deployment = tx.deployment(id).await?.ok_or(ChangeError::NotFound)?.into();
    let around = surroundings(&mut *tx, id).await?;
    let live = deployment.start(around, now)?;
    go_live(app, tx, live, actor, Action::DeploymentStarted(id), now).await
}

/// Goes on after a pause, with the watchlist as it is now.
pub(crate) async fn resume(app: &App, id: DeploymentId, by: Reasoned, actor: Actor) -> Result<(), ChangeError> {
    let now = app.now();
    let _one_change_at_a_time = app.watchlists.lock().await;
    let mut tx = app.store.write().await?;
    let deployment: Deployment = tx.deployment(id).await?.ok_or(ChangeError::NotFound)?.into();
    let known = tx.verdicts(id).await?.wrong;
    let sought = tx.count_entries(id).await?.saturating_sub(tx.count_waiting(id).await?);
    let live = deployment.resume(by, known.into(), sought)?;
    go_live(app, tx, live, actor, Action::DeploymentResumed(id), now).await
}

/// Call with the watchlists locked.
async fn go_live(
    app: &App,
    mut tx: Box<dyn Transaction>,
    live: Live,
    actor: Actor,
    action: Action,
    now: Timestamp,
) -> Result<(), ChangeError> {
    let row = DeploymentRow::from(Deployment::from(live));
    let references = tx.cleared_references(&row).await?;
    // Before the commit: what can't be searched doesn't go live.
    let list = Prepared::of(&row, &references, app.models.calibration.clone()).await?;
    tx.save_deployment(&row).await?;
    record(&mut *tx, row.id, actor, action, now).await?;
    tx.commit().await?;
    app.matcher.open(list).await?;
    app.live.wake(row.id);
    Ok(())
}

/// The deployment's false alerts among the faces seen.
pub(crate) async fn false_alerts(
    tx: &mut dyn Transaction,
    summary: &DeploymentSummary,
) -> Result<FalseAlerts, StoreError> {
    let id = summary.deployment.id;
    let verdicts = tx.verdicts(id).await?;
    Ok(FalseAlerts::of(verdicts, summary.alerts, summary.counters))
}

/// How it stands to the ceiling, and the false alerts that say so; within, where it isn't live.
async fn weigh(tx: &mut dyn Transaction, id: DeploymentId) -> Result<(Level, Option<FalseAlerts>), StoreError> {
    let summary = tx.deployment_summary(id).await?;
    match summary {
        Some(summary) if matches!(summary.deployment.state, DeploymentState::Live { .. }) => {
            let found = false_alerts(tx, &summary).await?;
            Ok((ceiling::level(&found, &summary.deployment.pauses), Some(found)))
        }
        _ => Ok((Level::Within, None)),
    }
}

/// Weighs the false alerts of a live deployment against the ceiling (R87): it pauses, or its followers are warned. Call after
/// what may have made one more; what a crash leaves out is caught up with in time.
pub(crate) async fn heed_false_alerts(app: &App, id: DeploymentId) -> Result<(), ChangeError> {
    let Some(live) = app.matcher.live(id) else {
        return Ok(());
    };
    let (level, found) = weigh(&mut *app.store.read().await?, id).await?;
    let (Some(found), true) = (found, live.told() != level) else {
        return Ok(());
    };
    let (count, faces, now) = (found.count, found.faces_seen, app.now());
    if level == Level::Paused {
        let cause = PauseCause::FalseAlerts {
            false_alerts: count,
            faces_seen: faces,
        };
        let change_of = Change::new(id, Actor::Server, Action::PausedByServer(id, count, faces));
        let pause = Pause { paused_at: now, cause };
        return match change(app, change_of, |deployment, _| deployment.pause(pause)).await {
            // Somebody paused or ended it meanwhile.
            Err(ChangeError::Domain(_)) => Ok(()),
            other => other,
        };
    }
    let mut tx = app.store.write().await?;
    let row = tx.deployment(id).await?.ok_or(ChangeError::NotFound)?;
    if level == Level::Warning && first_warning(&mut *tx, &row).await?.is_none() {
        let action = Action::FalseAlertsWarned(id, count, faces);
        record(&mut *tx, id, Actor::Server, action, now).await?;
    } else {
        tx.add_event(changed(id, now)).await?;
    }
    tx.commit().await?;
    live.tell(level);
    app.live.wake(id);
    Ok(())
}

/// When its followers were warned of its false alerts, since it last went on.
pub(crate) async fn first_warning(
    tx: &mut dyn Transaction,
    row: &DeploymentRow,
) -> Result<Option<Timestamp>, StoreError> {
    let from = ceiling::warned_from(row);
    let warned = tx
        .audit_since(&row.id.to_string(), audit::FALSE_ALERTS_WARNED, from)
        .await?;
    Ok(warned.first().map(|warning| warning.at))
}

/// Every live deployment, weighed.
pub(crate) async fn heed_all(app: &App) -> Result<(), StoreError> {
    for (id, _) in app.matcher.all_live() {
        match heed_false_alerts(app, id).await {
            Err(ChangeError::Storage(error)) => return Err(error),
            Err(error) => tracing::error!(deployment = %id, %error, "its false alerts could not be weighed"),
            Ok(()) => {}
        }
    }
    Ok(())
}

/// Operations whose time has come, and for which all is seen to, go live by themselves.
pub(crate) async fn start_due(app: &App) -> Result<(), StoreError> {
    let mut tx = app.store.read().await?;
    let mut due = Vec::new();
    for row in tx.planned_operations().await? {
        if failed_before(app).contains(&row.id) {
            continue;
        }
        let (id, deployment) = (row.id, Deployment::from(row));
        let around = surroundings(&mut *tx, id).await?;
        if app.now() < deployment.terms().ends_at && deployment.blockers(around, app.now()).is_empty() {
            due.push(id);
        }
    }
    drop(tx);
    for id in due {
        match start(app, id, Actor::Server).await {
            Ok(()) => tracing::info!(deployment = %id, "started: its time has come"),
            // Of the moment; tried again.
            Err(ChangeError::Storage(error @ (StoreError::Busy | StoreError::Full | StoreError::Disk))) => {
                return Err(error);
            }
            // Somebody changed it meanwhile, or another started first.
            Err(ChangeError::Domain(_) | ChangeError::NotFound) => {}
            Err(error) => {
                tracing::error!(deployment = %id, %error, "it could not start by itself; somebody must start or end it");
                failed_before(app).insert(id);
            }
        }
    }
    Ok(())
}

fn failed_before(app: &App) -> MutexGuard<'_, HashSet<DeploymentId>> {
    app.start_failures.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Asks the journal who filled the lists of operations of before that was written down (R115). Call before anything is served.
pub(crate) async fn attribute_lists(store: &dyn Store, now: Timestamp) -> Result<(), StoreError> {
    let due = store.read().await?.listers_due().await?;
    for id in due {
        let mut tx = store.write().await?;
        match attribute(&mut *tx, id, now).await {
            Ok(()) => tx.commit().await?,
            // Of the moment; the server isn't to start without it.
            Err(ChangeError::Storage(error @ (StoreError::Busy | StoreError::Full | StoreError::Disk))) => {
                return Err(error);
            }
            Err(error) => {
                tracing::error!(deployment = %id, %error, "who filled its list could not be told; end it, and make a new one");
            }
        }
    }
    Ok(())
}

async fn attribute(tx: &mut dyn Transaction, id: DeploymentId, now: Timestamp) -> Result<(), ChangeError> {
    let before = tx.deployment(id).await?.ok_or(ChangeError::NotFound)?;
    let told = tx.listers_told(id).await?;
    let deployment = Deployment::from(before.clone()).attributed(&told);
    let row = DeploymentRow::from(deployment.map_err(DeploymentError::from)?);
    tx.settle_listers(id).await?;
    for known in tx.clearances(id).await? {
        if let Some(clearance) = clearance::attributed(known, &told) {
            tx.save_clearance(id, &clearance).await?;
            let action = Action::ClearanceReopened(id, clearance.kind);
            record(tx, id, Actor::Server, action, now).await?;
        }
    }
    if row == before {
        return Ok(());
    }
    tx.save_deployment(&row).await?;
    let stage = |row: &DeploymentRow| row.record.as_ref().map(|record| record.stage.clone());
    let action = Action::ListAttributed(id, told.listers, stage(&row) != stage(&before));
    record(tx, id, Actor::Server, action, now).await?;
    Ok(())
}

async fn record(
    tx: &mut dyn Transaction,
    id: DeploymentId,
    actor: Actor,
    action: Action,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.add_event(changed(id, at)).await?;
    audit::write(tx, at, actor, action).await
}

fn changed(id: DeploymentId, at: Timestamp) -> NewEvent {
    NewEvent {
        deployment: id,
        at,
        kind: EventKind::DeploymentChanged,
        alert: None,
    }
}
