use axum::Json;
use axum::extract::State;
use vedette_core::id::AlertId;
use vedette_store::StoreError;
use vedette_store::engagement::IdentityCheck;
use vedette_store::row::EventKind;

use crate::alerts;
use crate::app::App;
use crate::audit::{self, Action};
use crate::deliveries::{self, DeliveryError};
use crate::domain::afterwards;
use crate::domain::alert::AlertError;
use crate::domain::delivery::Said;
use crate::domain::engagement::{self, Judges};
use crate::http::access::Reviewer;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{convert, dto, older};
use crate::unbroken::unbroken;

/// Writes down that somebody's identity was checked, and by which power. An alert implies none. The same check of the same time
/// is written once. Of somebody who was off the watchlist by then, none is taken.
#[utoipa::path(
    post,
    path = "/v1/alerts/{id}/identity-checks",
    tag = "alerts",
    operation_id = "alerts_check_identity",
    params(("id" = AlertId, Path, description = "The alert")),
    request_body = dto::NewIdentityCheck,
    responses(
        (status = 200, description = "The alert with its checks", body = dto::Alert),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-decided-true, not-confirmed, not-in-time, not-listed, deployment-ended, delivery-reused", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: Reviewer,
    Ids(id): Ids<AlertId>,
    older::Json(new): older::Json<dto::NewIdentityCheck>,
) -> Result<Json<dto::Alert>, Error> {
    unbroken(check(app, who, id, new)).await.map(Json)
}

async fn check(app: App, who: Reviewer, id: AlertId, new: dto::NewIdentityCheck) -> Result<dto::Alert, Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let row = tx.alert(id).await?.ok_or(Error::NotFound)?;
    let deployment = tx.deployment(row.deployment).await?.ok_or(Error::NotFound)?;
    let judges = Judges::of(deployment.record.as_ref());
    let said = Said::IdentityCheck {
        alert: id,
        by: who.user_id(),
        kind: new.kind,
        lawful_basis: new.lawful_basis,
        at: new.at,
    };
    if !deliveries::take(&mut *tx, new.delivery.id, said, now).await? {
        return Ok(convert::alert(row));
    }
    let written = match new.delivery.age_ms {
        None => None,
        Some(age_ms) => Some(afterwards::checked(&row, judges, new.at, age_ms, now)?),
    };
    engagement::may_write(&deployment.state, false, now)?;
    engagement::happened(&row, new.at, now)?;
    engagement::may_check(&row, judges, new.at)?;
    let check = IdentityCheck {
        kind: new.kind,
        lawful_basis: new.lawful_basis,
        at: new.at,
        by: who.user_id(),
        by_name: who.user().name.clone(),
    };
    if !tx.add_identity_check(id, &check).await? {
        return Ok(convert::alert(row));
    }
    let action = Action::IdentityChecked(id, new.kind, new.lawful_basis);
    let about = (deployment.id, id);
    alerts::record(&mut *tx, about, EventKind::AlertEngaged, now, who.actor(), action).await?;
    if let Some(at) = written {
        audit::write(&mut *tx, now, who.actor(), Action::WrittenOffline(id, at)).await?;
    }
    let row = tx.alert(id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    app.live.wake(deployment.id);
    Ok(convert::alert(row))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such alert. Reload the page.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] AlertError),
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Domain(error) => error,
    Error::Delivery(error) => error,
    Error::Storage(error) => error,
});
