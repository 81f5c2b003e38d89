use axum::Json;
use axum::extract::State;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_store::clearance::Kind;

use super::Error;
use crate::app::App;
use crate::clearances::{Decision, Step};
use crate::http::access::ListKeeper;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, dto};

/// Says why an entry should stay, and asks an authorising officer to agree.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/entries/{entry}/clearances/{kind}/request",
    tag = "clearances",
    operation_id = "clearances_request",
    params(("id" = DeploymentId, Path, description = "The operation"), ("entry" = EntryId, Path, description = "The entry"), ("kind" = Kind, Path, description = "What is decided")),
    request_body = dto::NewRationale,
    responses(
        (status = 200, description = "What is decided, or must be, about that entry now; nothing where it went", body = Vec<dto::Clearance>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "clearance-decided", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListKeeper(who): ListKeeper,
    Ids((deployment, entry, kind)): Ids<(DeploymentId, EntryId, Kind)>,
    body::Json(new): body::Json<dto::NewRationale>,
) -> Result<Json<Vec<dto::Clearance>>, Error> {
    let decision = Decision {
        deployment,
        entry,
        kind,
        by: who.user().id,
        step: Step::Request(new.rationale.into_string()),
    };
    super::decided(app, decision).await
}
