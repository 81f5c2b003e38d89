use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_core::template::{Template, TemplateError};
use vedette_store::StoreError;
use vedette_store::row::{DeploymentRow, EntryRow, Reference};

use crate::app::App;
use crate::enrolment::{Change, EnrolmentError, Neighbours};
use crate::http::access::{ListKeeper, SignedIn};
use crate::http::body::Ids;
use crate::http::portrait::{self, PortraitError};
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};
use crate::matcher::MatchError;
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
        (status = 409, description = "model-mismatch, deployment-ended, watchlist-full", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid, photo-invalid", body = Problem, content_type = "application/problem+json"),
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
    let _one_change_at_a_time = app.watchlists.lock().await;
    let mut tx = app.store.read().await?;
    let row = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let portrait = portrait::checked(&new.portrait, &row).await?;
    let (listed, references) = (tx.entries(id).await?, tx.references(&row).await?);
    drop(tx);
    let resembles = resembling(&app, row, listed, references, portrait.template.clone()).await?;
    let change = Change {
        deployment: id,
        by: who.actor(),
        at: app.now(),
        entropy: &*app.entropy,
    };
    let mut tx = app.store.write().await?;
    let entry = change.add_person(&mut *tx, new.name.as_str(), &[&portrait]).await?;
    tx.commit().await?;
    app.matcher.set(id, entry.id, vec![portrait.template]).await?;
    app.live.wake(id);
    Ok(dto::Enrolled {
        entry: convert::entry(entry),
        resembles,
        unlike_own: false,
    })
}

/// Entries that the new reference would match. Work of some tenths of a second on a long list, away from the async threads.
pub(crate) async fn resembling(
    app: &App,
    deployment: DeploymentRow,
    listed: Vec<EntryRow>,
    references: Vec<Reference>,
    template: Template,
) -> Result<Vec<dto::Entry>, MatchError> {
    let calibration = app.models.calibration.clone();
    let searching = tokio::task::spawn_blocking(move || {
        Neighbours::of(&deployment, &references, calibration)?.resembling(&template)
    });
    let found = searching.await.map_err(|_| MatchError::Stopped)?;
    let found = found.map_err(|_: TemplateError| MatchError::ModelMismatch)?;
    let row = |entry: &EntryId| listed.iter().find(|row| row.id == *entry).cloned();
    Ok(found.iter().filter_map(row).map(convert::entry).collect())
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Portrait(#[from] PortraitError),
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
    #[error("The server can't compare templates. Restart it.")]
    Matcher(#[from] MatchError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Portrait(error) => error,
    Error::Enrolment(error) => error,
    Error::Matcher(_) => Kind::Internal,
    Error::Storage(error) => error,
});
