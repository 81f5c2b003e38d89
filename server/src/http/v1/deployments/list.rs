use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::SignedIn;
use crate::http::{convert, dto};
use crate::operations::ChangeError;

/// Lists the deployments.
#[utoipa::path(
    get,
    path = "/v1/deployments",
    tag = "deployments",
    operation_id = "deployments_list",
    responses(
        (status = 200, description = "Deployments, newest first", body = Vec<dto::Deployment>),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, who: SignedIn) -> Result<Json<Vec<dto::Deployment>>, ChangeError> {
    Ok(Json(convert::deployments_now(&app, who.user()).await?))
}
