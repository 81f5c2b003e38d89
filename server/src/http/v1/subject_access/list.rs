use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::Reporter;
use crate::http::dto;
use crate::rights::RightsError;
use crate::subject_access;

/// The log of disclosures: what was answered when and by whom, without saying about whom.
#[utoipa::path(
    get,
    path = "/v1/subject-access",
    tag = "subject-access",
    operation_id = "subject_access_list",
    responses(
        (status = 200, description = "Disclosures, last first", body = Vec<dto::Disclosure>),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Reporter(_who): Reporter,
) -> Result<Json<Vec<dto::Disclosure>>, RightsError> {
    subject_access::log(&app).await.map(Json)
}
