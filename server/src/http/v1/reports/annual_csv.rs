use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse};

use super::{Error, Year};
use crate::app::App;
use crate::http::access::Reporter;
use crate::http::problem::Problem;
use crate::report::annual;

/// The same report as CSV: one row for each operation and one for all.
#[utoipa::path(
    get,
    path = "/v1/reports/annual.csv",
    tag = "reports",
    operation_id = "reports_annual_csv",
    params(Year),
    responses(
        (status = 200, description = "Header and rows", body = String, content_type = "text/csv"),
        (status = 422, description = "invalid", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Reporter(_who): Reporter,
    query: Result<Query<Year>, QueryRejection>,
) -> Result<impl IntoResponse, Error> {
    let text = annual::to_csv(&super::of(&app, query).await?);
    Ok((AppendHeaders([(header::CONTENT_TYPE, "text/csv; charset=utf-8")]), text))
}
