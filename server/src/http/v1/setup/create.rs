use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse};
use vedette_core::id::{DeviceId, UserId};
use vedette_store::StoreError;
use vedette_store::row::{Actor, DeviceRow, Role, RoleGrant, UserRow};
use zeroize::Zeroizing;

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::code::Code;
use crate::http::access::{Caller, Token};
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};
use crate::limits::{Attempt, TooMany};
use crate::password::{self, PasswordError};

/// Makes the first administrator, signs them in, and pairs their browser as the first device.
#[utoipa::path(
    post,
    path = "/v1/setup",
    tag = "setup",
    operation_id = "setup_create",
    request_body = dto::NewSetup,
    responses(
        (status = 200, description = "Set up, signed in and paired", body = dto::Session),
        (status = 403, description = "setup-code-wrong, other-origin", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "already-set-up", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many-attempts", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    caller: Caller,
    body::Json(new): body::Json<dto::NewSetup>,
) -> Result<impl IntoResponse, Error> {
    let now = app.now();
    if !app.store.read().await?.users().await?.is_empty() {
        return Err(Error::Done);
    }
    app.limits.attempt(Attempt::Code(caller.address), now)?;
    if !Code::parse(&new.code).is_some_and(|code| app.is_set_up_code(&code)) {
        return Err(Error::WrongCode);
    }
    let password = Zeroizing::new(new.password.as_str().to_owned());
    let password = password::hash_aside(password, app.entropy.clone()).await?;
    let (session, paired) = (Token::new(&app)?, Token::new(&app)?);
    let user = UserRow {
        id: UserId::new(app.new_id()?),
        name: new.name.as_str().to_owned(),
        roles: vec![RoleGrant {
            role: Role::Administrator,
            trained_until: None,
        }],
        created_at: now,
    };
    let device = DeviceRow {
        id: DeviceId::new(app.new_id()?),
        name: new.device_name.as_str().to_owned(),
        paired_at: now,
        revoked_at: None,
    };
    let mut tx = app.store.write().await?;
    // Looked at again where nobody else can write: two browsers may have come this far.
    if !tx.users().await?.is_empty() {
        return Err(Error::Done);
    }
    tx.add_user(&user, &password).await?;
    tx.add_device(&device, paired.digest()).await?;
    tx.add_session(session.digest(), user.id, Some(device.id), now).await?;
    let actor = Actor::User(user.id);
    audit::write(&mut *tx, now, actor, Action::SetUp(user.id)).await?;
    audit::write(&mut *tx, now, actor, Action::DevicePaired(device.id)).await?;
    tx.commit().await?;
    app.forget_set_up_code();
    let cookies = AppendHeaders([
        (header::SET_COOKIE, session.session_cookie(caller.transport)),
        (header::SET_COOKIE, paired.device_cookie(caller.transport)),
    ]);
    let answer = convert::session(user, Some(&device), &app);
    Ok((cookies, Json(answer)))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("This server has an administrator already. Sign in instead.")]
    Done,
    #[error("That isn't the set-up code. The server printed it when it started; open the link printed beside it.")]
    WrongCode,
    #[error(transparent)]
    TooMany(#[from] TooMany),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Done => Kind::AlreadySetUp,
    Error::WrongCode => Kind::SetupCodeWrong,
    Error::TooMany(error) => error,
    Error::Password(error) => error,
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
