use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_core::template::TemplateError;
use vedette_store::StoreError;

use crate::app::App;
use crate::domain::text::Passage;
use crate::enrolment::{Change, EnrolmentError, Ground, unlike};
use crate::http::access::{ListKeeper, SignedIn};
use crate::http::body::Ids;
use crate::http::portrait::{self, PortraitError};
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};
use crate::listing::{self, ListingError};
use crate::matcher::MatchError;
use crate::unbroken::unbroken;

/// Adds a photo of a person who is enrolled. A face is compared with all of them, and the best counts.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/entries/{entry}/photos",
    tag = "photos",
    operation_id = "photos_create",
    params(("id" = DeploymentId, Path, description = "The deployment"), ("entry" = EntryId, Path, description = "The entry")),
    request_body = dto::NewPhoto,
    responses(
        (status = 201, description = "Added", body = dto::Enrolled),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "model-mismatch, deployment-ended, photos-full, watchlist-closed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid, photo-invalid, below-quality-floor", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListKeeper(who): ListKeeper,
    Ids((id, entry)): Ids<(DeploymentId, EntryId)>,
    body::Json(new): body::Json<dto::NewPhoto, { portrait::LARGEST_BODY }>,
) -> Result<(StatusCode, Json<dto::Enrolled>), Error> {
    let enrolled = unbroken(add(app, who, id, entry, new)).await?;
    Ok((StatusCode::CREATED, Json(enrolled)))
}

async fn add(
    app: App,
    who: SignedIn,
    id: DeploymentId,
    entry: EntryId,
    new: dto::NewPhoto,
) -> Result<dto::Enrolled, Error> {
    let mut watchlists = app.watchlists.lock().await;
    let mut tx = app.store.read().await?;
    let row = tx.deployment(id).await?.ok_or(EnrolmentError::NotFound)?;
    let portrait = portrait::checked(&new.portrait, &row).await?;
    let own = tx.references_of(&row, entry).await?;
    let unlike_own = unlike(&portrait.template, own.iter().map(|reference| &reference.template))?;
    let kept = watchlists
        .take(&mut *tx, &row, app.models.calibration.clone())
        .await??;
    drop(tx);
    let (kept, mut found) = listing::resembling(kept, portrait.template.clone()).await?;
    found.retain(|other| *other != entry);
    let change = Change {
        deployment: id,
        by: who.actor(),
        at: app.now(),
        entropy: &*app.entropy,
    };
    let mut tx = app.store.write().await?;
    let reason = new.override_reason.map(Passage::into_string);
    let listed = change
        .add_photo(&mut *tx, entry, &portrait, reason.as_deref(), found.clone())
        .await?;
    let ground = Ground::of(&mut *tx, &row, app.now()).await?;
    let mut resembles = Vec::new();
    for other in found {
        let other = tx.entry(id, other).await?;
        resembles.extend(other.map(|row| convert::entry(row, ground.as_ref())));
    }
    tx.commit().await?;
    watchlists.keep_with(kept, &listed, &portrait.template)?;
    let references = own
        .into_iter()
        .map(|reference| reference.template)
        .chain([portrait.template]);
    if !listed.waits() {
        app.matcher.set(id, entry, references.collect()).await?;
    }
    app.live.wake(id);
    Ok(dto::Enrolled {
        entry: convert::entry(listed, ground.as_ref()),
        resembles,
        unlike_own,
    })
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Portrait(#[from] PortraitError),
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
    #[error("The server can't compare templates. Restart it.")]
    Comparison(#[from] TemplateError),
    #[error("The server can't compare templates. Restart it.")]
    Matcher(#[from] MatchError),
    #[error(transparent)]
    Listing(#[from] ListingError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Portrait(error) => error,
    Error::Enrolment(error) => error,
    Error::Comparison(_) | Error::Matcher(_) => Kind::Internal,
    Error::Listing(error) => error,
    Error::Storage(error) => error,
});
