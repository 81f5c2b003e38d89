pub(crate) mod approve;
pub(crate) mod list;
pub(crate) mod refuse;
pub(crate) mod request;
pub(crate) mod resolve;

use axum::Json;
use vedette_store::StoreError;

use crate::app::App;
use crate::clearances::{Decision, DecisionError, decide};
use crate::http::problem::answers;
use crate::http::{convert, dto};
use crate::unbroken::unbroken;

/// Decides, and says how all stands then about that entry; nothing where it went.
async fn decided(app: App, decision: Decision) -> Result<Json<Vec<dto::Clearance>>, Error> {
    let (id, entry, by) = (decision.deployment, decision.entry, decision.by);
    let deciding = app.clone();
    unbroken(async move { decide(&deciding, decision).await }).await?;
    let mut tx = app.store.read().await?;
    let of_entry = tx.clearances_of(id, entry).await?;
    Ok(Json(convert::clearances(&mut *tx, id, by, of_entry).await?))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Decision(#[from] DecisionError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Decision(error) => error,
    Error::Storage(error) => error,
});
