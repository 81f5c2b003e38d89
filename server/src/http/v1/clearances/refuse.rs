use axum::Json;
use axum::extract::State;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_store::clearance::Kind;

use super::Error;
use crate::app::App;
use crate::clearances::{Decision, Step};
use crate::http::access::Authoriser;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::problem::Problem;

/// Refuses an entry, which is deleted.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/entries/{entry}/clearances/{kind}/refusal",
    tag = "clearances",
    operation_id = "clearances_refuse",
    params(("id" = DeploymentId, Path, description = "The operation"), ("entry" = EntryId, Path, description = "The entry"), ("kind" = Kind, Path, description = "What is decided")),
    responses(
        (status = 200, description = "What is decided, or must be, about that entry now; nothing where it went", body = Vec<dto::Clearance>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "clearance-decided", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Authoriser(who): Authoriser,
    Ids((deployment, entry, kind)): Ids<(DeploymentId, EntryId, Kind)>,
) -> Result<Json<Vec<dto::Clearance>>, Error> {
    let decision = Decision {
        deployment,
        entry,
        kind,
        by: who.user().id,
        step: Step::Refuse,
    };
    super::decided(app, decision).await
}
