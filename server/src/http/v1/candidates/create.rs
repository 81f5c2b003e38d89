use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use vedette_core::id::{CandidateId, DeploymentId, DeviceId, TrackId};
use vedette_core::template::{Template, TemplateError};
use vedette_core::wire::{Candidate, CandidateReply};
use vedette_store::StoreError;
use vedette_store::row::AlertState;

use crate::alerts::{self, RaiseError};
use crate::app::App;
use crate::domain::alert;
use crate::domain::deployment::DeploymentError;
use crate::http::access::OnDevice;
use crate::http::body;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::matcher::{Admission, LiveDeployment, MatchError};
use crate::operations::{self, ChangeError};
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
        (
            status = 503, description = "busy, storage-unavailable", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = Option<u64>, description = "Seconds in which nothing is compared")),
        ),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<DeploymentId>,
    body::Json(candidate): body::Json<Candidate>,
) -> Result<Json<CandidateReply>, Error> {
    let now = app.now();
    let live = operations::live(&app, id).await?;
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
        unbroken(async move { alerts::raise(&raising, &by, id, &candidate, &matches).await }).await?;
        answer(&app, &on, id, track, now).await?
    };
    admitted.answered();
    live.count_candidates(1);
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
    Change(#[from] ChangeError),
    #[error(transparent)]
    Match(#[from] MatchError),
    #[error(transparent)]
    Raise(#[from] RaiseError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::ModelMismatch | Error::Match(MatchError::ModelMismatch) => Kind::ModelMismatch,
    Error::TooOld => Kind::CandidateTooOld,
    Error::Quality | Error::Template(_) => Kind::Invalid,
    Error::TooMany => Kind::TooManyCandidates,
    Error::Domain(error) => error,
    Error::Change(error) => error,
    Error::Match(MatchError::NotLive) => DeploymentError::NotLive,
    Error::Match(MatchError::Busy) => Kind::Busy,
    Error::Match(MatchError::Stopped) => Kind::Internal,
    Error::Raise(RaiseError::NotFound) => Kind::NotFound,
    Error::Raise(RaiseError::Domain(error)) => error,
    Error::Raise(RaiseError::Entropy(error)) => error,
    Error::Raise(RaiseError::Storage(error)) => error,
    Error::Storage(error) => error,
});
