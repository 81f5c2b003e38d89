use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::audit::Action;
use crate::domain::operation::Signing;
use crate::http::access::Authoriser;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::operations::{self, Change, ChangeError};
use crate::unbroken::unbroken;

/// Signs for an operation. Whoever wrote on the plan, or put people onto the watchlist, can't.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/authorisation",
    tag = "operations",
    operation_id = "operations_authorise",
    params(("id" = DeploymentId, Path, description = "The operation")),
    request_body = dto::NewSignature,
    responses(
        (status = 200, description = "Authorised", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, wrong-stage, own-plan, own-list, list-unattributed, plan-changed, plan-incomplete", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Authoriser(who): Authoriser,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewSignature>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    let work = async move {
        let now = app.now();
        let change = Change::new(
            id,
            who.actor(),
            Action::OperationAuthorised(id, new.content_sha256.clone()),
        );
        operations::change(&app, change, |deployment, around| {
            let point = convert::operating_point(&app, deployment.terms().target, around.people, around.photos);
            let signing = Signing {
                by: who.user().id,
                name: who.user().name.clone(),
                rank: new.rank.as_str().to_owned(),
                content: new.content_sha256,
                people: around.people,
                minors: around.minors,
                photos: around.photos,
                threshold: point.threshold,
                unattributed: around.unattributed,
            };
            Ok(deployment.authorise(signing, now)?)
        })
        .await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    unbroken(work).await.map(Json)
}
