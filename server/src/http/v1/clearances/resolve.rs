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

/// Decides about a possible duplicate: both stay, one goes into the other, or it goes.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/entries/{entry}/clearances/possible_duplicate/resolution",
    tag = "clearances",
    operation_id = "clearances_resolve",
    params(("id" = DeploymentId, Path, description = "The operation"), ("entry" = EntryId, Path, description = "The entry")),
    request_body = dto::NewResolution,
    responses(
        (status = 200, description = "What is decided, or must be, about that entry now; nothing where it went", body = Vec<dto::Clearance>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "clearance-decided, clearance-undecided, clearance-lost, watchlist-changed", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListKeeper(who): ListKeeper,
    Ids((deployment, entry)): Ids<(DeploymentId, EntryId)>,
    body::Json(new): body::Json<dto::NewResolution>,
) -> Result<Json<Vec<dto::Clearance>>, Error> {
    let decision = Decision {
        deployment,
        entry,
        kind: Kind::PossibleDuplicate,
        by: who.user().id,
        step: match new.how {
            dto::Resolution::KeepBoth { rationale } => Step::KeepBoth(rationale.into_string()),
            dto::Resolution::Merge { into } => Step::Merge(into),
            dto::Resolution::Drop => Step::Drop,
        },
    };
    super::decided(app, decision).await
}
