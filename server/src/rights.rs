//! Holds and complaints: in the store with their entries in the journal, then in the files.

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use vedette_core::id::{AlertId, ComplaintId, DeploymentId, HoldId};
use vedette_store::rights::{ComplaintRow, ComplaintState, ComplaintWords, HoldNote, HoldRow, HoldState};
use vedette_store::row::{Actor, DeploymentRow, DeploymentState, UserRow};
use vedette_store::{StoreError, Transaction};

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::complaint::{self, Closure, ComplaintError};
use crate::domain::hold::{self, By, Held, HoldError};

#[derive(Debug, thiserror::Error)]
pub(crate) enum RightsError {
    #[error("There is no such alert, hold or complaint. Reload the page.")]
    NotFound,
    #[error(transparent)]
    Hold(#[from] HoldError),
    #[error(transparent)]
    Complaint(#[from] ComplaintError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

/// Somebody who signed in.
pub(crate) fn by(user: &UserRow) -> By {
    By {
        id: user.id,
        name: user.name.clone(),
    }
}

/// A new hold: of which alert, by whom, why, for how long.
pub(crate) struct NewHold {
    pub(crate) alert: AlertId,
    pub(crate) by: By,
    pub(crate) actor: Actor,
    pub(crate) complaint: Option<ComplaintId>,
    pub(crate) note: Option<HoldNote>,
    /// After the deployment's end.
    pub(crate) days: Option<u8>,
}

fn end_of(deployment: &DeploymentRow) -> Timestamp {
    match deployment.state {
        DeploymentState::Ended { ended_at, .. } => ended_at,
        DeploymentState::Draft | DeploymentState::Live { .. } | DeploymentState::Paused { .. } => deployment.ends_at,
    }
}

/// Keeps what pictures of the alert there still are.
pub(crate) async fn place(tx: &mut dyn Transaction, app: &App, new: NewHold) -> Result<HoldRow, RightsError> {
    let now = app.now();
    let alert = tx.alert(new.alert).await?.ok_or(RightsError::NotFound)?;
    let deployment = tx.deployment(alert.deployment).await?.ok_or(RightsError::NotFound)?;
    let longest = hold::longest(tx.organisation().await?.as_ref());
    let lasts = hold::lasts(new.days, longest)?;
    let until = end_of(&deployment) + lasts;
    let (probe, reference) = match deployment.state {
        // Its end deleted them.
        DeploymentState::Ended { .. } => (false, false),
        _ => (alert.has_probe, alert.entry_name.is_some()),
    };
    if !probe && !reference {
        return Err(HoldError::NothingLeft.into());
    }
    let row = HoldRow {
        id: HoldId::new(app.new_id()?),
        alert: alert.id,
        deployment: alert.deployment,
        complaint: new.complaint,
        freezes: new.complaint.is_some(),
        after_end: Some(lasts),
        by: new.by.id,
        by_name: new.by.name,
        placed_at: now,
        state: HoldState::Held { until },
        note: new.note,
        has_probe: probe,
        has_reference: reference,
    };
    let row = tx.add_hold(&row, alert.entry).await?;
    audit::write(tx, now, new.actor, Action::HoldPlaced(row.id, row.alert, until)).await?;
    Ok(row)
}

async fn held(tx: &mut dyn Transaction, id: HoldId) -> Result<Held, RightsError> {
    let row = tx.hold(id).await?.ok_or(RightsError::NotFound)?;
    Ok(Held::try_from(row)?)
}

/// From now on for so many days.
pub(crate) async fn renew(
    app: &App,
    id: HoldId,
    note: HoldNote,
    days: Option<u8>,
    by: By,
) -> Result<HoldRow, RightsError> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let longest = hold::longest(tx.organisation().await?.as_ref());
    let until = now + hold::lasts(days, longest)?;
    let actor = Actor::User(by.id);
    let row = held(&mut *tx, id).await?.renew(until, note, by);
    tx.save_hold(&row).await?;
    audit::write(&mut *tx, now, actor, Action::HoldRenewed(id, until)).await?;
    tx.commit().await?;
    Ok(row)
}

/// What it held is deleted, and its key destroyed.
pub(crate) async fn release(app: &App, id: HoldId, by: By) -> Result<HoldRow, RightsError> {
    let mut tx = app.store.write().await?;
    let row = release_within(&mut *tx, app.now(), id, by).await?;
    tx.commit().await?;
    app.scrub_due.store(true, Ordering::SeqCst);
    Ok(row)
}

async fn release_within(tx: &mut dyn Transaction, now: Timestamp, id: HoldId, by: By) -> Result<HoldRow, RightsError> {
    let actor = Actor::User(by.id);
    let hold = held(tx, id).await?;
    let complaint_open = match hold.complaint() {
        Some(complaint) => tx.is_complaint_open(complaint).await?,
        None => false,
    };
    let row = hold.release(complaint_open, by, now)?;
    tx.save_hold(&row).await?;
    audit::write(tx, now, actor, Action::HoldReleased(id)).await?;
    Ok(row)
}

/// A complaint as it was taken.
pub(crate) struct NewComplaint {
    pub(crate) deployment: DeploymentId,
    pub(crate) alert: Option<AlertId>,
    pub(crate) received_at: Timestamp,
    pub(crate) words: ComplaintWords,
    pub(crate) by: By,
    pub(crate) actor: Actor,
}

/// Records it, and freezes the deletion of its alert's pictures, as far as there are any (R98).
pub(crate) async fn record(app: &App, new: NewComplaint) -> Result<(ComplaintRow, Option<HoldId>), RightsError> {
    let now = app.now();
    if new.received_at > now {
        return Err(ComplaintError::Received.into());
    }
    let mut tx = app.store.write().await?;
    tx.deployment(new.deployment).await?.ok_or(RightsError::NotFound)?;
    if let Some(alert) = new.alert
        && tx.deployment_of_alert(alert).await? != Some(new.deployment)
    {
        return Err(ComplaintError::OtherAlert.into());
    }
    let row = ComplaintRow {
        id: ComplaintId::new(app.new_id()?),
        deployment: new.deployment,
        alert: new.alert,
        received_at: new.received_at,
        recorded_by: new.by.id,
        recorded_by_name: new.by.name.clone(),
        recorded_at: now,
        state: ComplaintState::Open,
        words: Some(new.words),
    };
    tx.add_complaint(&row).await?;
    let action = Action::ComplaintRecorded(row.id, row.deployment);
    audit::write(&mut *tx, now, new.actor, action).await?;
    let mut hold = None;
    if let Some(alert) = new.alert {
        let freeze = NewHold {
            alert,
            by: new.by,
            actor: new.actor,
            complaint: Some(row.id),
            note: None,
            days: None,
        };
        match place(&mut *tx, app, freeze).await {
            Ok(placed) => hold = Some(placed.id),
            // The complaint stands without.
            Err(RightsError::Hold(HoldError::NothingLeft)) => {}
            Err(error) => return Err(error),
        }
    }
    tx.commit().await?;
    Ok((row, hold))
}

/// Closes it. What was frozen for it is let go.
pub(crate) async fn settle(app: &App, id: ComplaintId, closure: Closure) -> Result<ComplaintRow, RightsError> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let row = tx.complaint(id).await?.ok_or(RightsError::NotFound)?;
    let (by, outcome) = (closure.by.clone(), closure.outcome);
    let deployment = tx.deployment(row.deployment).await?.ok_or(RightsError::NotFound)?;
    let authors = deployment.record.map(|record| record.authors).unwrap_or_default();
    let row = complaint::close(row, &authors, closure)?;
    tx.save_complaint(&row).await?;
    let action = Action::ComplaintClosed(id, outcome);
    audit::write(&mut *tx, now, Actor::User(by.id), action).await?;
    let mut released = false;
    for hold in tx.holds_of_complaint(id).await? {
        if hold.freezes && matches!(hold.state, HoldState::Held { .. }) {
            release_within(&mut *tx, now, hold.id, by.clone()).await?;
            released = true;
        }
    }
    tx.commit().await?;
    if released {
        app.scrub_due.store(true, Ordering::SeqCst);
    }
    Ok(row)
}

/// Deployments, for lists that cross them.
pub(crate) async fn deployments(tx: &mut dyn Transaction) -> Result<HashMap<DeploymentId, DeploymentRow>, StoreError> {
    let all = tx.deployment_summaries().await?.into_iter();
    Ok(all.map(|one| (one.deployment.id, one.deployment)).collect())
}
