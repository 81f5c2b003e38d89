//! Steps of alerts that nobody asked for: a face that matched raises them, or is taken for one seen before; time tells of them
//! again, and closes them. Each with its event and its entry in the journal.

use std::collections::BTreeSet;

use jiff::Timestamp;
use vedette_core::id::{AlertId, DeploymentId, EntryId, TrackId};
use vedette_core::watchlist::Match;
use vedette_core::wire::Candidate;
use vedette_store::engagement::Sighting;
use vedette_store::row::{Actor, AlertRow, Band, EventKind, NewAlert, NewEvent};
use vedette_store::withdrawal::{Unlisted, Withdrawal};
use vedette_store::{StoreError, Transaction};

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::alert::{self, Alert, Due, OPEN_WITHIN};
use crate::domain::conflict;
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::domain::repeat;
use crate::http::access::OnDevice;
use crate::operations;

#[derive(Debug, thiserror::Error)]
pub(crate) enum RaiseError {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

/// What happened to an alert, with its entry in the journal.
pub(crate) async fn record(
    tx: &mut dyn Transaction,
    (deployment, alert): (DeploymentId, AlertId),
    kind: EventKind,
    at: Timestamp,
    by: Actor,
    action: Action,
) -> Result<(), StoreError> {
    let event = NewEvent {
        deployment,
        at,
        kind,
        alert: Some(alert),
    };
    tx.add_event(event).await?;
    audit::write(tx, at, by, action).await
}

/// What follows a decision that is written: whoever follows hears of it, and the false alerts are weighed (R87).
pub(crate) async fn decided(app: &App, deployment: DeploymentId) {
    app.live.wake(deployment);
    if let Err(error) = operations::heed_false_alerts(app, deployment).await {
        tracing::error!(%deployment, %error, "its false alerts could not be weighed yet; trying again");
    }
}

/// Deletes the matched crop of an alert that nobody acts on (R77). What is left of it in the files is ciphertext, and its
/// key goes at the end.
pub(crate) async fn forget_crop(
    tx: &mut dyn Transaction,
    row: &mut AlertRow,
    at: Timestamp,
    by: Actor,
) -> Result<(), StoreError> {
    if tx.remove_probe(row.id).await? {
        row.has_probe = false;
        audit::write(tx, at, by, Action::CropDeleted(row.id)).await?;
    }
    Ok(())
}

/// Alerts about the best matches, in one transaction. A pair of track and entry that has an alert, decided or not, gets no
/// second one; a face that may be one seen a moment ago gets none.
pub(crate) async fn raise(
    app: &App,
    on: &OnDevice,
    id: DeploymentId,
    candidate: &Candidate,
    matches: &[Match],
) -> Result<(), RaiseError> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let deployment: Deployment = tx.deployment(id).await?.ok_or(RaiseError::NotFound)?.into();
    deployment.may_raise_alerts(now)?;
    let mut found = Vec::new();
    for matched in matches.iter().take(conflict::MOST_OPEN) {
        // It may have been deleted between the search and now.
        if tx.entry(id, matched.entry).await?.is_some() {
            found.push((matched.entry, alert::band(matched.decades)));
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    let mut view = View {
        app,
        tx: &mut *tx,
        on,
        deployment: id,
        now,
        changed: false,
    };
    let beside = candidate.beside.tracks();
    if !view.join(candidate.track, beside, &found).await? {
        view.stand_alone(candidate.track, beside, &found).await?;
    }
    if view.changed {
        tx.commit().await?;
        app.live.wake(id);
    }
    Ok(())
}

/// Faces in view of one device.
struct View<'a> {
    app: &'a App,
    tx: &'a mut dyn Transaction,
    on: &'a OnDevice,
    deployment: DeploymentId,
    now: Timestamp,
    changed: bool,
}

impl View<'_> {
    async fn alerts_of(&mut self, track: TrackId) -> Result<Vec<AlertRow>, StoreError> {
        self.tx.alerts_of_track(self.deployment, self.on.device.id, track).await
    }

    async fn sightings_of(&mut self, track: TrackId) -> Result<Vec<Sighting>, StoreError> {
        self.tx
            .sightings_of_track(self.deployment, self.on.device.id, track)
            .await
    }

    async fn record(&mut self, alert: AlertId, kind: EventKind, action: Action) -> Result<(), StoreError> {
        self.changed = true;
        let about = (self.deployment, alert);
        record(self.tx, about, kind, self.now, self.on.actor(), action).await
    }

    /// Takes the face for one that was seen a moment ago, if it may be that. True when it was.
    async fn join(
        &mut self,
        track: TrackId,
        beside: &[TrackId],
        found: &[(EntryId, Band)],
    ) -> Result<bool, StoreError> {
        if !self.alerts_of(track).await?.is_empty() {
            return Ok(false);
        }
        let since = self.now - repeat::WINDOW;
        let mut seen = Vec::new();
        for (entry, _) in found {
            seen.extend(self.tx.alerts_of_entry(self.deployment, *entry, since).await?);
        }
        // Those that were ruled out are seen no more when their face is.
        let faces: BTreeSet<_> = seen.iter().map(|row| (row.device, row.track)).collect();
        let mut known = Vec::new();
        for (device, track) in faces {
            known.extend(self.tx.alerts_of_track(self.deployment, device, track).await?);
        }
        known.sort_by_key(|row| std::cmp::Reverse(row.last_seen_at));
        let mut in_view = Vec::new();
        for other in beside.iter().filter(|other| **other != track) {
            in_view.extend(self.alerts_of(*other).await?);
            for sighting in self.sightings_of(*other).await? {
                in_view.extend(self.tx.alert(sighting.alert).await?);
            }
        }
        let entries: Vec<_> = found.iter().map(|(entry, _)| *entry).collect();
        let Some(alerts) = repeat::joins(&entries, &known, &in_view, self.now) else {
            return Ok(false);
        };
        for row in alerts {
            let Some((entry, band)) = found.iter().find(|(entry, _)| *entry == row.entry) else {
                continue;
            };
            let sighting = Sighting {
                alert: row.id,
                entry: *entry,
                device: self.on.device.id,
                track,
                seen_at: self.now,
                band: *band,
            };
            if self.tx.add_sighting(&sighting).await? {
                let row = repeat::seen_again(row, &sighting, &self.on.device.name);
                self.tx.save_alert(&row).await?;
                self.record(row.id, EventKind::AlertRepeated, Action::AlertRepeated(row.id))
                    .await?;
            }
        }
        Ok(true)
    }

    /// Alerts of the face's own, and what they rule out among the other faces in view.
    async fn stand_alone(
        &mut self,
        track: TrackId,
        beside: &[TrackId],
        found: &[(EntryId, Band)],
    ) -> Result<(), RaiseError> {
        for new in self.raise_all(track, found).await? {
            let mut others = Vec::new();
            for other in beside.iter().filter(|other| **other != track) {
                // What was taken for a face seen before is now one of two that are the same person at most.
                if self.sightings_of(*other).await?.iter().any(|s| s.entry == new.entry) {
                    self.raise_all(*other, &[]).await?;
                }
                others.extend(self.alerts_of(*other).await?);
            }
            others.retain(|other| other.entry == new.entry);
            others.sort_unstable_by_key(|other| other.id);
            others.dedup_by_key(|other| other.id);
            for other in others.into_iter().filter_map(conflict::contradicted) {
                self.tx.save_alert(&other).await?;
                self.tx.add_contradiction(new.id, other.id).await?;
                let action = Action::AlertContradicted(other.id, new.id);
                self.record(other.id, EventKind::AlertContradicted, action).await?;
            }
        }
        Ok(())
    }

    /// Alerts about the face: about the entries for whose it was taken so far, which get it back, and those found now.
    async fn raise_all(&mut self, track: TrackId, found: &[(EntryId, Band)]) -> Result<Vec<NewAlert>, RaiseError> {
        let earlier = self.sightings_of(track).await?;
        if !earlier.is_empty() {
            self.tx
                .remove_sightings(self.deployment, self.on.device.id, track)
                .await?;
        }
        let mut about = Vec::new();
        for sighting in earlier {
            if let Some(row) = self.tx.alert(sighting.alert).await? {
                let before = self.tx.last_sighting(row.id).await?;
                self.tx.save_alert(&repeat::not_seen_again(row, before)).await?;
                let action = Action::AlertRepeatTakenBack(sighting.alert);
                self.record(sighting.alert, EventKind::AlertRepeated, action).await?;
            }
            if self.tx.entry(self.deployment, sighting.entry).await?.is_some() {
                about.push((sighting.entry, sighting.band));
            }
        }
        about.extend(found);
        let mut raised = Vec::new();
        for (entry, band) in about {
            if !conflict::may_join(&self.alerts_of(track).await?) {
                break;
            }
            let new = NewAlert {
                id: AlertId::new(self.app.new_id()?),
                deployment: self.deployment,
                entry,
                device: self.on.device.id,
                track,
                raised_at: self.now,
                band,
            };
            if self.tx.raise_alert(&new).await? {
                let action = Action::AlertRaised(new.id, entry);
                self.record(new.id, EventKind::AlertRaised, action).await?;
                raised.push(new);
            }
        }
        Ok(raised)
    }
}

/// Tells again of alerts that nobody has opened, and closes those that nobody decided about in time.
pub(crate) async fn attend(app: &App) -> Result<(), StoreError> {
    let (now, old_enough) = (app.now(), app.now() - OPEN_WITHIN);
    let waiting = app.store.read().await?.open_alerts(old_enough).await?;
    if waiting.into_iter().all(|row| Alert::from(row).due(now).is_none()) {
        return Ok(());
    }
    let mut tx = app.store.write().await?;
    let mut deployments = BTreeSet::new();
    for row in tx.open_alerts(old_enough).await? {
        let about = (row.deployment, row.id);
        let (row, kind, action) = match Alert::from(row).due(now) {
            Some(Due::Escalated(row)) => (row, EventKind::AlertEscalated, Action::AlertEscalated(about.1)),
            Some(Due::Lapsed(mut row)) => {
                forget_crop(&mut *tx, &mut row, now, Actor::Server).await?;
                let action = Action::AlertNotAdjudicated(about.1);
                (row, EventKind::AlertNotAdjudicated, action)
            }
            None => continue,
        };
        tx.save_alert(&row).await?;
        record(&mut *tx, about, kind, now, Actor::Server, action).await?;
        deployments.insert(about.0);
    }
    tx.commit().await?;
    for deployment in deployments {
        app.live.wake(deployment);
    }
    Ok(())
}

/// Withdraws what is still to be done about alerts about somebody who is on the list no more. Call once the entry is gone, with
/// its crops.
pub(crate) async fn withdraw(
    tx: &mut dyn Transaction,
    (deployment, entry): (DeploymentId, EntryId),
    why: Unlisted,
    at: Timestamp,
    by: Actor,
) -> Result<(), StoreError> {
    let alerts = tx.alerts_of_entry(deployment, entry, Timestamp::UNIX_EPOCH).await?;
    if alerts.is_empty() {
        return Ok(());
    }
    let who = match by.person() {
        Some(id) => tx.users().await?.into_iter().find(|user| user.id == id),
        None => None,
    };
    let withdrawal = Withdrawal {
        at,
        by: who.map(|user| (user.id, user.name)),
        why,
    };
    for row in alerts {
        let about = (deployment, row.id);
        if let Some(row) = Alert::from(row).withdraw(withdrawal.clone()) {
            tx.save_alert(&row).await?;
            record(
                tx,
                about,
                EventKind::AlertWithdrawn,
                at,
                by,
                Action::AlertWithdrawn(about.1, why),
            )
            .await?;
        }
    }
    Ok(())
}

/// Closes what is still open, because the deployment ends. After the deletion: no other deployment's rows are read, and none of
/// its own is sealed, so no damage stands in the way of an end.
pub(crate) async fn close_all(
    tx: &mut dyn Transaction,
    deployment: DeploymentId,
    now: Timestamp,
) -> Result<(), StoreError> {
    for row in tx.open_alerts_of(deployment).await? {
        let about = (deployment, row.id);
        if let Alert::Open(open) = Alert::from(row) {
            tx.save_alert(&open.lapse(now)).await?;
            let action = Action::AlertNotAdjudicated(about.1);
            record(tx, about, EventKind::AlertNotAdjudicated, now, Actor::Server, action).await?;
        }
    }
    tx.keep_unanswered(deployment).await
}
