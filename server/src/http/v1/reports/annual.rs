use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};

use super::{Error, Year};
use crate::app::App;
use crate::http::access::Reporter;
use crate::http::problem::Problem;
use crate::report::annual::AnnualReport;

/// A year in figures: the operations that started in it, each and together (R91).
#[utoipa::path(
    get,
    path = "/v1/reports/annual",
    tag = "reports",
    operation_id = "reports_annual",
    params(Year),
    responses(
        (status = 200, description = "The report", body = AnnualReport),
        (status = 422, description = "invalid", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Reporter(_who): Reporter,
    query: Result<Query<Year>, QueryRejection>,
) -> Result<Json<AnnualReport>, Error> {
    super::of(&app, query).await.map(Json)
}
