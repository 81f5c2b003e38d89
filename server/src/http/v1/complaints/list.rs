use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::Reporter;
use crate::http::{convert, dto};
use crate::rights::{self, RightsError};

/// Lists the complaints about all deployments.
#[utoipa::path(
    get,
    path = "/v1/complaints",
    tag = "complaints",
    operation_id = "complaints_list",
    responses(
        (status = 200, description = "Complaints, last received first", body = Vec<dto::Complaint>),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Reporter(who): Reporter,
) -> Result<Json<Vec<dto::Complaint>>, RightsError> {
    let mut tx = app.store.read().await?;
    let all = rights::deployments(&mut *tx).await?;
    let holds = tx.hold_ids().await?;
    let complaints = tx.complaints().await?.into_iter().map(|row| {
        let (about, hold) = (all.get(&row.deployment), holds.get(&row.id).copied());
        convert::complaint(row, about, hold, who.user().id)
    });
    Ok(Json(complaints.collect()))
}
