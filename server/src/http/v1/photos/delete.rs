use axum::Json;
use axum::extract::State;
use vedette_core::id::{DeploymentId, EntryId, PhotoId};
use vedette_store::StoreError;

use crate::app::App;
use crate::enrolment::{Change, EnrolmentError, Ground};
use crate::http::access::{ListKeeper, SignedIn};
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{convert, dto};
use crate::matcher::MatchError;
use crate::retention;
use crate::unbroken::unbroken;

/// Deletes one of a person's photos, with its template.
#[utoipa::path(
    delete,
    path = "/v1/deployments/{id}/entries/{entry}/photos/{photo}",
    tag = "photos",
    operation_id = "photos_delete",
    params(("id" = DeploymentId, Path, description = "The deployment"), ("entry" = EntryId, Path, description = "The entry"), ("photo" = PhotoId, Path, description = "The photo")),
    responses(
        (status = 200, description = "The entry without it", body = dto::Entry),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "last-photo", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListKeeper(who): ListKeeper,
    Ids((id, entry, photo)): Ids<(DeploymentId, EntryId, PhotoId)>,
) -> Result<Json<dto::Entry>, Error> {
    unbroken(delete(app, who, id, entry, photo)).await.map(Json)
}

async fn delete(
    app: App,
    who: SignedIn,
    id: DeploymentId,
    entry: EntryId,
    photo: PhotoId,
) -> Result<dto::Entry, Error> {
    let one_change_at_a_time = app.watchlists.lock().await;
    let change = Change {
        deployment: id,
        by: who.actor(),
        at: app.now(),
        entropy: &*app.entropy,
    };
    let mut tx = app.store.write().await?;
    let deployment = tx.deployment(id).await?.ok_or(EnrolmentError::NotFound)?;
    let row = change.remove_photo(&mut *tx, entry, photo).await?;
    let left = tx.references_of(&deployment, entry).await?;
    let ground = Ground::of(&mut *tx, &deployment, app.now()).await?;
    tx.commit().await?;
    if !row.waits() {
        let left = left.into_iter().map(|reference| reference.template);
        app.matcher.set(id, entry, left.collect()).await?;
    }
    app.live.wake(id);
    drop(one_change_at_a_time);
    retention::scrub(&app).await;
    Ok(convert::entry(row, ground.as_ref()))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
    #[error("The server can't compare templates. Restart it.")]
    Matcher(#[from] MatchError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Enrolment(error) => error,
    Error::Matcher(_) => Kind::Internal,
    Error::Storage(error) => error,
});
