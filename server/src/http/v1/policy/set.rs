use axum::Json;
use axum::extract::State;
use vedette_store::StoreError;
use vedette_store::policy::Policy;

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::policy::{self, PolicyError};
use crate::http::access::PolicySetter;
use crate::http::body;
use crate::http::problem::{Kind, answers};

/// Sets what this installation allows on watchlists. Plans that there are keep their categories until they are changed.
#[utoipa::path(
    put,
    path = "/v1/policy",
    tag = "policy",
    operation_id = "policy_set",
    request_body = Policy,
    responses(
        (status = 200, description = "The policy", body = Policy),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    PolicySetter(who): PolicySetter,
    body::Json(new): body::Json<Policy>,
) -> Result<Json<Policy>, Error> {
    let policy = policy::checked(new)?;
    let mut tx = app.store.write().await?;
    tx.set_policy(&policy).await?;
    audit::write(&mut *tx, app.now(), who.actor(), Action::PolicySet(policy.clone())).await?;
    tx.commit().await?;
    Ok(Json(policy))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Policy(#[from] PolicyError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Policy(_) => Kind::Invalid,
    Error::Storage(error) => error,
});
