use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};

use crate::app::App;
use crate::audit::{self, Action};
use crate::http::access::{Caller, SignedIn, no_session_cookie};
use crate::http::problem::StorageFailed;

/// Signs out.
#[utoipa::path(
    delete,
    path = "/v1/session",
    tag = "session",
    operation_id = "session_delete",
    responses(
        (status = 204, description = "Signed out"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    caller: Caller,
    signed_in: SignedIn,
) -> Result<impl IntoResponse, StorageFailed> {
    let mut tx = app.store.write().await?;
    tx.remove_session(signed_in.session.token).await?;
    audit::write(&mut *tx, app.now(), signed_in.actor(), Action::SignedOut).await?;
    tx.commit().await?;
    // Other pages of this browser follow on, until they are told that they may not.
    app.live.wake_all();
    let cookie = AppendHeaders([(header::SET_COOKIE, no_session_cookie(caller.transport))]);
    Ok((StatusCode::NO_CONTENT, cookie))
}
