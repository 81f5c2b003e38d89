use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_store::StoreError;
use vedette_store::withdrawal::Unlisted;

use crate::app::App;
use crate::enrolment::{Change, EnrolmentError};
use crate::http::access::{ListKeeper, SignedIn};
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::matcher::MatchError;
use crate::retention;
use crate::unbroken::unbroken;

/// Deletes an entry with its template, photo and matched crops. It stops matching at once, and alerts about it are withdrawn.
#[utoipa::path(
    delete,
    path = "/v1/deployments/{id}/entries/{entry}",
    tag = "entries",
    operation_id = "entries_delete",
    params(("id" = DeploymentId, Path, description = "The deployment"), ("entry" = EntryId, Path, description = "The entry")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListKeeper(who): ListKeeper,
    Ids((id, entry)): Ids<(DeploymentId, EntryId)>,
) -> Result<StatusCode, Error> {
    unbroken(delete(app, who, id, entry)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn delete(app: App, who: SignedIn, id: DeploymentId, entry: EntryId) -> Result<(), Error> {
    let one_change_at_a_time = app.watchlists.lock().await;
    let change = Change {
        deployment: id,
        by: who.actor(),
        at: app.now(),
        entropy: &*app.entropy,
    };
    let mut tx = app.store.write().await?;
    change.remove_person(&mut *tx, entry, Unlisted::Removed).await?;
    tx.commit().await?;
    app.matcher.set(id, entry, Vec::new()).await?;
    app.live.wake(id);
    drop(one_change_at_a_time);
    retention::scrub(&app).await;
    Ok(())
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
