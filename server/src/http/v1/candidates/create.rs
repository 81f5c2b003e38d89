use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use vedette_core::id::{AlertId, CandidateId, DeploymentId, DeviceId, TrackId};
use vedette_core::template::{Template, TemplateError};
use vedette_core::watchlist::Match;
use vedette_core::wire::{Candidate, CandidateReply};
use vedette_store::row::{AlertRow, AlertState, Counters, EventKind, NewAlert, NewEvent};
use vedette_store::{StoreError, Transaction};

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::domain::{alert, conflict};
use crate::http::access::OnDevice;
use crate::http::body;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::matcher::{Admission, LiveDeployment, MatchError};
use crate::unbroken::unbroken;

/// Offers a template for matching. The answer is empty below the threshold.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/candidates",
    tag = "candidates",
    operation_id = "candidates_create",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = Candidate,
    responses(
        (status = 200, description = "Compared", body = CandidateReply),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-not-live, model-mismatch", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid, candidate-too-old", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many-candidates", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<DeploymentId>,
    body::Json(candidate): body::Json<Candidate>,
) -> Result<Json<CandidateReply>, Error> {
    let now = app.now();
    let Some(live) = app.matcher.live(id) else {
        app.store.read().await?.deployment(id).await?.ok_or(Error::NotFound)?;
        return Err(DeploymentError::NotLive.into());
    };
    if now >= live.ends_at {
        return Err(DeploymentError::NotLive.into());
    }
    let (model, transform) = (&candidate.model, candidate.transform.as_ref());
    if !live.space.is_of(model, candidate.pipeline, transform) {
        return Err(Error::ModelMismatch);
    }
    if candidate.age_ms > Candidate::OLDEST_MS {
        return Err(Error::TooOld);
    }
    if !(0.0..=1.0).contains(&candidate.quality) {
        return Err(Error::Quality);
    }
    let probe = Template::decode(live.space.clone(), &candidate.template)?;
    match live.tracks(|tracks| tracks.admit(on.device.id, candidate.track, candidate.id)) {
        Admission::New => {}
        Admission::Repeated => return answer(&app, &on, id, candidate.track, now).await.map(Json),
        Admission::Refused => return Err(Error::TooMany),
    }
    let admitted = Admitted {
        live: live.clone(),
        device: on.device.id,
        track: candidate.track,
        candidate: candidate.id,
        answered: false,
    };
    let track = candidate.track;
    let matches = app.matcher.search(id, probe, candidate.shots).await?;
    let reply = if matches.is_empty() {
        CandidateReply::default()
    } else {
        let (raising, by) = (app.clone(), on.clone());
        unbroken(async move { raise(&raising, &by, id, &candidate, &matches, now).await }).await?;
        answer(&app, &on, id, track, now).await?
    };
    admitted.answered();
    live.count(Counters {
        candidates: 1,
        ..Counters::default()
    });
    Ok(Json(reply))
}

/// A candidate that is being answered. When it isn't, because something fails or the device has gone, it may come again.
struct Admitted {
    live: Arc<LiveDeployment>,
    device: DeviceId,
    track: TrackId,
    candidate: CandidateId,
    answered: bool,
}

impl Admitted {
    fn answered(mut self) {
        self.answered = true;
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        if !self.answered {
            self.live
                .tracks(|tracks| tracks.retract(self.device, self.track, self.candidate));
        }
    }
}

/// Alerts about the best matches, their events and their audit rows, in one transaction. A pair of track and entry that has
/// an alert, decided or not, gets no second one.
async fn raise(
    app: &App,
    on: &OnDevice,
    id: DeploymentId,
    candidate: &Candidate,
    matches: &[Match],
    now: Timestamp,
) -> Result<(), Error> {
    let mut tx = app.store.write().await?;
    let deployment: Deployment = tx.deployment(id).await?.ok_or(Error::NotFound)?.into();
    deployment.may_raise_alerts(now)?;
    let mut raised = false;
    for found in matches.iter().take(conflict::MOST_OPEN) {
        // Deleted between the search and now.
        if tx.entry(id, found.entry).await?.is_none() {
            continue;
        }
        if !conflict::may_join(&tx.alerts_of_track(id, on.device.id, candidate.track).await?) {
            break;
        }
        let new = NewAlert {
            id: AlertId::new(app.new_id()?),
            deployment: id,
            entry: found.entry,
            device: on.device.id,
            track: candidate.track,
            raised_at: now,
            band: alert::band(found.decades),
        };
        if !tx.raise_alert(&new).await? {
            continue;
        }
        let event = NewEvent {
            deployment: id,
            at: now,
            kind: EventKind::AlertRaised,
            alert: Some(new.id),
        };
        tx.add_event(event).await?;
        audit::write(&mut *tx, now, on.actor(), Action::AlertRaised(new.id, new.entry)).await?;
        for other in contradicted(&mut *tx, &new, candidate).await? {
            tx.save_alert(&other).await?;
            tx.add_contradiction(new.id, other.id).await?;
            let event = NewEvent {
                kind: EventKind::AlertContradicted,
                alert: Some(other.id),
                ..event
            };
            tx.add_event(event).await?;
            audit::write(&mut *tx, now, on.actor(), Action::AlertContradicted(other.id, new.id)).await?;
        }
        raised = true;
    }
    if raised {
        tx.commit().await?;
        app.live.wake(id);
    }
    Ok(())
}

/// Alerts about the same entry and other faces in the candidate's frame.
async fn contradicted(
    tx: &mut dyn Transaction,
    new: &NewAlert,
    candidate: &Candidate,
) -> Result<Vec<AlertRow>, StoreError> {
    let mut others = Vec::new();
    for track in candidate.beside.tracks().iter().filter(|track| **track != new.track) {
        others.extend(tx.alerts_of_track(new.deployment, new.device, *track).await?);
    }
    others.retain(|other| other.entry == new.entry);
    others.sort_unstable_by_key(|other| other.id);
    others.dedup_by_key(|other| other.id);
    Ok(others.into_iter().filter_map(conflict::contradicted).collect())
}

/// The track's alerts that still want a crop.
async fn answer(
    app: &App,
    on: &OnDevice,
    id: DeploymentId,
    track: TrackId,
    now: Timestamp,
) -> Result<CandidateReply, Error> {
    let alerts = app.store.read().await?.alerts_of_track(id, on.device.id, track).await?;
    let wanting = alerts
        .iter()
        .filter(|row| row.state == AlertState::Open && alert::wants_crop(row, now));
    Ok(CandidateReply {
        crops_wanted: wanting.map(|row| row.id).collect(),
    })
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error("The template was made by another model or for another deployment. Reload the page.")]
    ModelMismatch,
    #[error("The shot is older than {} seconds. It was dropped; later shots are welcome.", Candidate::OLDEST_MS / 1000)]
    TooOld,
    #[error("A quality lies between 0 and 1. Reload the page.")]
    Quality,
    #[error("The template can't be used: {0}. Reload the page.")]
    Template(#[from] TemplateError),
    #[error("This track has sent {} templates, as many as it may.", Candidate::PER_TRACK)]
    TooMany,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Match(#[from] MatchError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::ModelMismatch | Error::Match(MatchError::ModelMismatch) => Kind::ModelMismatch,
    Error::TooOld => Kind::CandidateTooOld,
    Error::Quality | Error::Template(_) => Kind::Invalid,
    Error::TooMany => Kind::TooManyCandidates,
    Error::Domain(error) => error,
    Error::Match(MatchError::NotLive) => DeploymentError::NotLive,
    Error::Match(MatchError::Stopped) => Kind::Internal,
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
