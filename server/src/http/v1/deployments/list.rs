use axum::Json;
use axum::extract::State;
use vedette_store::StoreError;

use crate::app::App;
use crate::http::access::SignedIn;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::answers;

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
pub(crate) async fn handle(State(app): State<App>, who: SignedIn) -> Result<Json<Vec<dto::Deployment>>, Error> {
    let summaries = app.store.read().await?.deployment_summaries().await?;
    let all = summaries
        .into_iter()
        .map(|summary| convert::deployment(summary, &app, who.is_administrator()));
    Ok(Json(all.collect()))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Storage(error) => error,
});
