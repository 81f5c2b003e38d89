use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::enrolment::{EnrolmentError, Ground};
use crate::http::access::{ListKeeper, SignedIn};
use crate::http::body::Ids;
use crate::http::portrait::{self, PortraitError};
use crate::http::problem::{Problem, answers};
use crate::http::{body, convert, dto};
use crate::listing::{self, ListingError, Outcome, Person};
use crate::unbroken::unbroken;

/// Enrols a person. The template is made in the browser.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/entries",
    tag = "entries",
    operation_id = "entries_create",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::NewEntry,
    responses(
        (status = 201, description = "Enrolled", body = dto::Enrolled),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "model-mismatch, deployment-ended, watchlist-full, already-listed, reason-needed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid, photo-invalid, below-quality-floor", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListKeeper(who): ListKeeper,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewEntry, { portrait::LARGEST_BODY }>,
) -> Result<(StatusCode, Json<dto::Enrolled>), Error> {
    let enrolled = unbroken(enrol(app, who, id, new)).await?;
    Ok((StatusCode::CREATED, Json(enrolled)))
}

async fn enrol(app: App, who: SignedIn, id: DeploymentId, new: dto::NewEntry) -> Result<dto::Enrolled, Error> {
    let row = listing::deployment(&app, id).await?;
    let person = Person {
        name: new.name.as_str().to_owned(),
        portraits: vec![portrait::checked(&new.portrait, &row).await?],
        particulars: new.particulars,
        override_reason: new.override_reason.map(|reason| reason.into_string()),
    };
    let reason = new.reason.map(|reason| reason.into_string());
    let outcome = listing::list(&app, id, who.actor(), vec![person], reason).await?.pop();
    let listed = match outcome {
        Some(Outcome::Listed(listed)) => listed,
        Some(Outcome::Refused(error)) => return Err(error.into()),
        Some(Outcome::AlreadyListed(_)) | None => return Err(EnrolmentError::AlreadyListed.into()),
    };
    let mut tx = app.store.read().await?;
    let ground = Ground::of(&mut *tx, &row, app.now()).await?;
    let mut resembles = Vec::new();
    for other in listed.resembles {
        let other = tx.entry(id, other).await?;
        resembles.extend(other.map(|row| convert::entry(row, ground.as_ref())));
    }
    Ok(dto::Enrolled {
        entry: convert::entry(listed.entry, ground.as_ref()),
        resembles,
        unlike_own: listed.unlike_own,
    })
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Portrait(#[from] PortraitError),
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
    #[error(transparent)]
    Listing(#[from] ListingError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Portrait(error) => error,
    Error::Enrolment(error) => error,
    Error::Listing(error) => error,
    Error::Storage(error) => error,
});
