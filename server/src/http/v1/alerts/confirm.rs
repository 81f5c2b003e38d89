use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use vedette_core::id::AlertId;
use vedette_store::engagement::{Sight, SightVerdict};
use vedette_store::row::{AlertRow, EventKind};

use super::Error;
use crate::alerts;
use crate::app::App;
use crate::audit::Action;
use crate::deliveries;
use crate::domain::alert::{self, Alert};
use crate::domain::delivery::Said;
use crate::domain::engagement;
use crate::http::access::Reviewer;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{convert, dto, older};
use crate::unbroken::unbroken;

/// Records a second person's judgement of a true alert: whether the person in sight is the one in the picture. The same
/// delivery is taken once.
#[utoipa::path(
    post,
    path = "/v1/alerts/{id}/confirmation",
    tag = "alerts",
    operation_id = "alerts_confirm",
    params(("id" = AlertId, Path, description = "The alert"), ("if-match" = String, Header, description = "The version of the alert that the person saw, in quotes")),
    request_body = dto::Confirmation,
    responses(
        (status = 200, description = "Recorded", body = dto::Alert),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "own-decision, too-soon, not-decided-true, not-in-time, not-listed, already-confirmed, already-engaged, deployment-ended, delivery-reused", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "version-changed", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "version-required", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: Reviewer,
    Ids(id): Ids<AlertId>,
    headers: HeaderMap,
    older::Json(answer): older::Json<dto::Confirmation>,
) -> Result<Json<dto::Alert>, Error> {
    let version = super::version(&headers)?;
    unbroken(confirm(app, who, id, version, answer)).await.map(Json)
}

async fn confirm(
    app: App,
    who: Reviewer,
    id: AlertId,
    version: u32,
    answer: dto::Confirmation,
) -> Result<dto::Alert, Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let row = tx.alert(id).await?.ok_or(Error::NotFound)?;
    let deployment = tx.deployment(row.deployment).await?.ok_or(Error::NotFound)?;
    let said = Said::Confirmation {
        alert: id,
        by: who.user_id(),
        verdict: answer.verdict,
    };
    if !deliveries::take(&mut *tx, answer.delivery, said, now).await? {
        return Ok(convert::alert(row));
    }
    engagement::may_judge(&deployment.state)?;
    if answer.verdict == SightVerdict::Confirmed {
        alert::still_listed(&row)?;
    }
    let since = alert::opened_at(&row, who.screen());
    let sight = Sight {
        verdict: answer.verdict,
        by: who.user_id(),
        by_name: who.user().name.clone(),
        at: now,
    };
    let mut row = AlertRow::from(Alert::from(row).confirm(version, since, sight)?);
    tx.save_alert(&row).await?;
    if answer.verdict == SightVerdict::NotConfirmed {
        alerts::forget_crop(&mut *tx, &mut row, now, who.actor()).await?;
    }
    let action = Action::AlertConfirmed(id, answer.verdict);
    let about = (deployment.id, id);
    alerts::record(&mut *tx, about, EventKind::AlertConfirmed, now, who.actor(), action).await?;
    tx.commit().await?;
    alerts::decided(&app, deployment.id).await;
    Ok(convert::alert(row))
}
