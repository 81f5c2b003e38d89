use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use vedette_core::id::AlertId;
use vedette_store::row::{AlertRow, EventKind};
use vedette_store::{StoreError, Transaction};

use super::Error;
use crate::alerts;
use crate::app::App;
use crate::audit::Action;
use crate::deliveries;
use crate::domain::alert::{self, Decision, Verdict};
use crate::domain::conflict::{Conflict, Seen};
use crate::domain::delivery::Said;
use crate::http::access::Reviewer;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{convert, dto, older};
use crate::unbroken::unbroken;

/// Records an officer's decision about a face: which of the entries it was taken for it is, if any. The same delivery
/// is taken once.
#[utoipa::path(
    post,
    path = "/v1/alerts/{id}/adjudication",
    tag = "alerts",
    operation_id = "alerts_adjudicate",
    params(("id" = AlertId, Path, description = "The alert"), ("if-match" = String, Header, description = "The version of the alert that the person saw, in quotes")),
    request_body = dto::Adjudication,
    responses(
        (status = 200, description = "Decided: this alert, then the others that the decision holds for", body = Vec<dto::Alert>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "already-adjudicated, too-soon, not-in-time, not-listed, delivery-reused", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "version-changed", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "version-required", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: Reviewer,
    Ids(id): Ids<AlertId>,
    headers: HeaderMap,
    older::Json(answer): older::Json<dto::Adjudication>,
) -> Result<Json<Vec<dto::Alert>>, Error> {
    let version = super::version(&headers)?;
    unbroken(adjudicate(app, who, id, version, answer)).await.map(Json)
}

async fn adjudicate(
    app: App,
    who: Reviewer,
    id: AlertId,
    version: u32,
    answer: dto::Adjudication,
) -> Result<Vec<dto::Alert>, Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let conflict = conflict(&mut *tx, id).await?.ok_or(Error::NotFound)?;
    let deployment = conflict.alert.deployment;
    let said = Said::Adjudication {
        alert: id,
        by: who.user_id(),
        verdict: answer.verdict,
        seen: &answer.seen,
        factors: &answer.factors,
    };
    if !deliveries::take(&mut *tx, answer.delivery, said, now).await? {
        return Ok(conflict.answered().into_iter().map(convert::alert).collect());
    }
    let seen = Seen {
        version,
        others: &answer.seen,
        since: alert::opened_at(&conflict.alert, who.screen()),
    };
    let decision = Decision {
        verdict: answer.verdict,
        by: who.user_id(),
        by_name: who.user().name.clone(),
        at: now,
        factors: answer.factors.clone(),
    };
    let mut decided = Vec::new();
    for done in conflict.adjudicate(seen, decision)? {
        let verdict = done.verdict();
        let mut row = AlertRow::from(done);
        tx.save_alert(&row).await?;
        let action = Action::AlertAdjudicated(row.id, verdict, answer.factors.clone());
        let about = (deployment, row.id);
        alerts::record(&mut *tx, about, EventKind::AlertAdjudicated, now, who.actor(), action).await?;
        if verdict != Verdict::True {
            alerts::forget_crop(&mut *tx, &mut row, now, who.actor()).await?;
        }
        decided.push(convert::alert(row));
    }
    tx.commit().await?;
    alerts::decided(&app, deployment).await;
    Ok(decided)
}

async fn conflict(tx: &mut dyn Transaction, id: AlertId) -> Result<Option<Conflict>, StoreError> {
    let Some(alert) = tx.alert(id).await? else {
        return Ok(None);
    };
    let mut same_face = tx.alerts_of_track(alert.deployment, alert.device, alert.track).await?;
    same_face.retain(|other| other.id != id);
    let mut same_entry = Vec::new();
    for other in &alert.contradicts {
        same_entry.extend(tx.alert(*other).await?);
    }
    Ok(Some(Conflict {
        alert,
        same_face,
        same_entry,
    }))
}
