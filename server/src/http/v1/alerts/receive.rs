use axum::Json;
use axum::extract::State;
use vedette_core::id::AlertId;
use vedette_store::StoreError;
use vedette_store::row::EventKind;

use crate::alerts;
use crate::app::App;
use crate::audit::Action;
use crate::domain::alert::{self, AlertError, Arrival};
use crate::domain::engagement;
use crate::http::access::Reviewer;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};
use crate::unbroken::unbroken;

/// Says that the alert has arrived on this screen, or that somebody looks at it there. Saying it again changes nothing.
#[utoipa::path(
    post,
    path = "/v1/alerts/{id}/receipts",
    tag = "alerts",
    operation_id = "alerts_receive",
    params(("id" = AlertId, Path, description = "The alert")),
    request_body = dto::NewReceipt,
    responses(
        (status = 200, description = "The alert with its receipts", body = dto::Alert),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-ended", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: Reviewer,
    Ids(id): Ids<AlertId>,
    body::Json(new): body::Json<dto::NewReceipt>,
) -> Result<Json<dto::Alert>, Error> {
    unbroken(receive(app, who, id, new.kind)).await.map(Json)
}

async fn receive(app: App, who: Reviewer, id: AlertId, kind: dto::Arrival) -> Result<dto::Alert, Error> {
    let now = app.now();
    let (arrival, action) = match kind {
        dto::Arrival::Received => (Arrival::Received, Action::AlertReceived(id)),
        dto::Arrival::Opened => (Arrival::Opened, Action::AlertOpened(id)),
    };
    let mut tx = app.store.write().await?;
    let row = tx.alert(id).await?.ok_or(Error::NotFound)?;
    let deployment = tx.deployment(row.deployment).await?.ok_or(Error::NotFound)?;
    engagement::may_judge(&deployment.state)?;
    let deployment = deployment.id;
    let Some(receipt) = alert::receipt(&row, who.screen(), arrival, now) else {
        return Ok(convert::alert(row));
    };
    tx.save_receipt(id, &receipt).await?;
    alerts::record(
        &mut *tx,
        (deployment, id),
        EventKind::AlertReceipt,
        now,
        who.actor(),
        action,
    )
    .await?;
    let row = tx.alert(id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    app.live.wake(deployment);
    Ok(convert::alert(row))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such alert. Reload the page.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] AlertError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Domain(error) => error,
    Error::Storage(error) => error,
});
