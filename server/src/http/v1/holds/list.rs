use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::Reporter;
use crate::http::{convert, dto};
use crate::rights::{self, RightsError};

/// Lists the holds, also those that are over.
#[utoipa::path(
    get,
    path = "/v1/holds",
    tag = "holds",
    operation_id = "holds_list",
    responses(
        (status = 200, description = "Holds, newest first", body = Vec<dto::Hold>),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Reporter(_who): Reporter,
) -> Result<Json<Vec<dto::Hold>>, RightsError> {
    let mut tx = app.store.read().await?;
    let all = rights::deployments(&mut *tx).await?;
    let holds = tx.holds().await?.into_iter().map(|row| {
        let about = all.get(&row.deployment).map(|about| about.name.clone());
        convert::hold(row, about.unwrap_or_default())
    });
    Ok(Json(holds.collect()))
}
