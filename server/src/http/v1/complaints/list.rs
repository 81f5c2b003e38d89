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
    Reporter(_who): Reporter,
) -> Result<Json<Vec<dto::Complaint>>, RightsError> {
    let mut tx = app.store.read().await?;
    let names = rights::deployment_names(&mut *tx).await?;
    let holds = tx.holds().await?;
    let complaints = tx.complaints().await?.into_iter().map(|row| {
        let name = names.get(&row.deployment).cloned().unwrap_or_default();
        let hold = holds.iter().find(|hold| hold.complaint == Some(row.id));
        convert::complaint(row, name, hold.map(|hold| hold.id))
    });
    Ok(Json(complaints.collect()))
}
