use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use vedette_core::id::AlertId;
use vedette_store::engagement::{Engagement, Texts};
use vedette_store::row::{AlertRow, EventKind};

use super::Error;
use crate::alerts;
use crate::app::App;
use crate::audit::{self, Action};
use crate::deliveries;
use crate::domain::afterwards;
use crate::domain::alert::Alert;
use crate::domain::delivery::Said;
use crate::domain::engagement::{self, Judges};
use crate::domain::text::Passage;
use crate::http::access::Reviewer;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{convert, dto, older};
use crate::unbroken::unbroken;

/// Writes down what was done about the person. Whoever wrote it may send it again to correct it. An engagement that the end of
/// the deployment overtook is taken for a day, without names and notes. The same delivery is taken once; what was written down without
/// a server, with the time at which it was. That somebody was spoken to who was off the watchlist by then is taken too, and the journal
/// says so.
#[utoipa::path(
    put,
    path = "/v1/alerts/{id}/engagement",
    tag = "alerts",
    operation_id = "alerts_engage",
    params(("id" = AlertId, Path, description = "The alert"), ("if-match" = String, Header, description = "The version of the alert that the person saw, in quotes")),
    request_body = dto::NewEngagement,
    responses(
        (status = 200, description = "Recorded", body = dto::Alert),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-decided-true, not-confirmed, not-in-time, not-listed, already-engaged, not-wanted, deployment-ended, delivery-reused", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "version-changed", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "version-required", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: Reviewer,
    Ids(id): Ids<AlertId>,
    headers: HeaderMap,
    older::Json(new): older::Json<dto::NewEngagement>,
) -> Result<Json<dto::Alert>, Error> {
    let version = super::version(&headers)?;
    unbroken(engage(app, who, id, version, new)).await.map(Json)
}

async fn engage(
    app: App,
    who: Reviewer,
    id: AlertId,
    version: u32,
    new: dto::NewEngagement,
) -> Result<dto::Alert, Error> {
    let now = app.now();
    let texts = Texts {
        officers: new.officers.0.iter().map(|name| name.as_str().to_owned()).collect(),
        note: new.note.map(Passage::into_string),
    };
    let mut tx = app.store.write().await?;
    let row = tx.alert(id).await?.ok_or(Error::NotFound)?;
    let deployment = tx.deployment(row.deployment).await?.ok_or(Error::NotFound)?;
    let judges = Judges::of(deployment.record.as_ref());
    let said = Said::Engagement {
        alert: id,
        by: who.user_id(),
        outcome: &new.outcome,
        texts: &texts,
    };
    if !deliveries::take(&mut *tx, new.delivery.id, said, now).await? {
        return Ok(convert::alert(row));
    }
    let at = match new.delivery.age_ms {
        None => now,
        Some(age_ms) => afterwards::engaged(&row, judges, &new.outcome, age_ms, now)?,
    };
    engagement::may_write(&deployment.state, !texts.is_empty(), now)?;
    engagement::may_differ(deployment.record.as_ref())?;
    let engagement = Engagement {
        by: who.user_id(),
        by_name: who.user().name.clone(),
        at,
        outcome: new.outcome,
        observed: false,
        texts,
    };
    let row = AlertRow::from(Alert::from(row).engage(version, judges, engagement)?);
    tx.save_alert(&row).await?;
    let action = Action::AlertEngaged(id, new.outcome);
    let about = (deployment.id, id);
    alerts::record(&mut *tx, about, EventKind::AlertEngaged, now, who.actor(), action).await?;
    if engagement::unlisted_contact(&row, &new.outcome) {
        audit::write(&mut *tx, now, who.actor(), Action::UnlistedEngaged(id)).await?;
    }
    if new.delivery.age_ms.is_some() {
        audit::write(&mut *tx, now, who.actor(), Action::WrittenOffline(id, at)).await?;
    }
    tx.commit().await?;
    alerts::decided(&app, deployment.id).await;
    Ok(convert::alert(row))
}
