//! Who asks. Each endpoint names in its arguments what it needs; what names nothing is public and listed as such.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::civil::Date;
use vedette_core::id::{DeploymentId, UserId};
use vedette_store::StoreError;
use vedette_store::record::Mark;
use vedette_store::row::{Actor, DeploymentRow, DeviceRow, Digest, RoleGrant, SessionRow, UserRow};
use zeroize::Zeroizing;

use super::problem::{Kind, Problem, storage};
use crate::app::App;
use crate::clock::{NoEntropy, random};
use crate::domain::alert::Screen;
use crate::domain::code::digest;
use crate::domain::duty::{Duty, With, may};
use crate::domain::operation::{OperationError, signer};
use crate::domain::session;
use crate::domain::user::is_administrator;

pub(crate) const SESSION_COOKIE: &str = "vedette_session";
pub(crate) const DEVICE_COOKIE: &str = "vedette_device";
/// Seconds. A device stays paired until somebody withdraws it.
const DEVICE_COOKIE_AGE: i64 = 365 * 24 * 3600;

/// How the request came. Cookies are marked Secure when it came encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Plain,
    Tls,
}

/// A secret that the browser holds in a cookie, 32 random bytes; the server keeps its digest.
pub(crate) struct Token(Zeroizing<String>);

impl Token {
    pub(crate) fn new(app: &App) -> Result<Self, NoEntropy> {
        let bytes = random::<32>(&*app.entropy)?;
        Ok(Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()))))
    }

    pub(crate) fn digest(&self) -> Digest {
        digest(self.0.as_bytes())
    }

    pub(crate) fn session_cookie(&self, transport: Transport) -> HeaderValue {
        cookie(SESSION_COOKIE, &self.0, session::LONGEST.as_secs(), transport)
    }

    pub(crate) fn device_cookie(&self, transport: Transport) -> HeaderValue {
        cookie(DEVICE_COOKIE, &self.0, DEVICE_COOKIE_AGE, transport)
    }
}

pub(crate) fn no_session_cookie(transport: Transport) -> HeaderValue {
    cookie(SESSION_COOKIE, "", 0, transport)
}

fn cookie(name: &str, value: &str, max_age: i64, transport: Transport) -> HeaderValue {
    let secure = if transport == Transport::Tls { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age}{secure}");
    // Names, base64 and numbers are always a header value.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn cookie_digest(headers: &HeaderMap, name: &str) -> Option<Digest> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, value)| *found == name && !value.is_empty())
        .map(|(_, value)| digest(value.as_bytes()))
}

/// What the request's cookies stand for, as far as they are good.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    pub(crate) session: Option<SessionRow>,
    pub(crate) device: Option<DeviceRow>,
}

impl Visitor {
    pub(crate) async fn of(headers: &HeaderMap, app: &App) -> Result<Self, StoreError> {
        let (session, device) = (
            cookie_digest(headers, SESSION_COOKIE),
            cookie_digest(headers, DEVICE_COOKIE),
        );
        if session.is_none() && device.is_none() {
            return Ok(Self {
                session: None,
                device: None,
            });
        }
        let mut tx = app.store.read().await?;
        let session = match session {
            Some(token) => tx
                .session(token)
                .await?
                .filter(|found| session::is_valid(found, app.now())),
            None => None,
        };
        let device = match device {
            Some(token) => tx.device_by_token(token).await?,
            None => None,
        };
        drop(tx);
        if let Some(session) = session.as_ref().filter(|found| session::is_stale(found, app.now())) {
            touch(app, session.token).await;
        }
        Ok(Self { session, device })
    }

    pub(crate) fn may_review(self, deployment: &DeploymentRow, today: Date) -> bool {
        let with = with(Some(deployment));
        if self.is_kiosk() {
            return false;
        }
        let reviewer = self.signed_in().and_then(|signed_in| {
            require(signed_in.user(), Duty::Decide, Some(deployment), today)?;
            Reviewer::of(signed_in, with)
        });
        reviewer.is_ok()
    }

    /// Whatever its account may do elsewhere.
    fn is_kiosk(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.kiosk.is_some())
    }

    fn signed_in(self) -> Result<SignedIn, Problem> {
        match self.session {
            Some(session) => Ok(SignedIn {
                session,
                device: self.device,
            }),
            None => Err(Problem::new(
                Kind::SignedOut,
                "Nobody is signed in on this browser. Sign in, then try again.",
            )),
        }
    }
}

/// A full disk must not sign people out before their time: failure to write down the use is only logged.
async fn touch(app: &App, token: Digest) {
    let written = async {
        let mut tx = app.store.write().await?;
        tx.touch_session(token, app.now()).await?;
        tx.commit().await
    };
    if let Err(error) = written.await {
        tracing::warn!(%error, "the use of a session could not be saved");
    }
}

/// Any account.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) session: SessionRow,
    device: Option<DeviceRow>,
}

impl SignedIn {
    pub(crate) fn user(&self) -> &UserRow {
        &self.session.user
    }

    pub(crate) fn mark(&self, at: Timestamp) -> Mark {
        Mark { by: self.user().id, at }
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::User(self.session.user.id)
    }

    /// With the device, where this browser is paired as one.
    pub(crate) fn actor_on_device(&self) -> Actor {
        match self.device() {
            Some(device) => Actor::Device(device.id, self.user().id),
            None => self.actor(),
        }
    }

    /// The device that this browser is paired as, unless withdrawn.
    pub(crate) fn device(&self) -> Option<&DeviceRow> {
        self.device.as_ref().filter(|device| device.revoked_at.is_none())
    }
}

/// Any account that may capture there, on a paired device.
#[derive(Clone, Debug)]
pub(crate) struct OnDevice {
    pub(crate) user: UserRow,
    pub(crate) device: DeviceRow,
}

impl OnDevice {
    pub(crate) fn actor(&self) -> Actor {
        Actor::Device(self.device.id, self.user.id)
    }
}

/// Who may look at alerts and decide: on a paired device, or, in an exercise, an administrator anywhere.
#[derive(Clone, Debug)]
pub(crate) enum Reviewer {
    OnDevice(OnDevice),
    Elsewhere(SignedIn),
}

impl Reviewer {
    pub(crate) fn user(&self) -> &UserRow {
        match self {
            Self::OnDevice(on) => &on.user,
            Self::Elsewhere(signed_in) => signed_in.user(),
        }
    }

    pub(crate) fn user_id(&self) -> UserId {
        self.user().id
    }

    pub(crate) fn actor(&self) -> Actor {
        match self {
            Self::OnDevice(on) => on.actor(),
            Self::Elsewhere(signed_in) => signed_in.actor(),
        }
    }

    /// Where the person looks and answers.
    pub(crate) fn screen(&self) -> Screen<'_> {
        let device = match self {
            Self::OnDevice(on) => Some(on.device.id),
            Self::Elsewhere(_) => None,
        };
        Screen {
            device,
            user: self.user_id(),
            user_name: &self.user().name,
        }
    }

    fn of(signed_in: SignedIn, with: With) -> Result<Self, Problem> {
        let runs_it_alone = with == With::Exercise && is_administrator(signed_in.user());
        if runs_it_alone && signed_in.device().is_none() {
            return Ok(Self::Elsewhere(signed_in));
        }
        OnDevice::of(signed_in).map(Self::OnDevice)
    }
}

impl OnDevice {
    fn of(signed_in: SignedIn) -> Result<Self, Problem> {
        match signed_in.device {
            Some(device) if device.revoked_at.is_some() => Err(Problem::new(
                Kind::DeviceRevoked,
                "An administrator has withdrawn this device. Ask for a new pairing code if that was a mistake.",
            )),
            Some(device) => Ok(Self {
                user: signed_in.session.user,
                device,
            }),
            None => Err(Problem::new(
                Kind::NotPaired,
                "This device isn't paired with the server. Ask an administrator for a pairing code.",
            )),
        }
    }
}

async fn signed_in(parts: &Parts, app: &App) -> Result<SignedIn, Problem> {
    let signed_in = Visitor::of(&parts.headers, app)
        .await
        .map_err(|error| storage(&error))?
        .signed_in()?;
    match signed_in.session.kiosk {
        Some(deployment) if !kiosk_may(parts, deployment) => Err(Problem::new(
            Kind::NotAllowed,
            "This screen is a kiosk. Sign in on it to do anything else.",
        )),
        _ => Ok(signed_in),
    }
}

/// All that a kiosk asks of the server, with what follows `/v1/deployments/{id}` where that is its own deployment's.
const KIOSK_ASKS: [(Method, &str); 4] = [
    (Method::GET, "/transform/probes"),
    (Method::POST, "/candidates"),
    (Method::POST, "/tallies"),
    (Method::PUT, "/heartbeat"),
];
const KIOSK_ASKS_ELSEWHERE: [(Method, &str); 4] = [
    (Method::GET, "/v1/kiosk"),
    (Method::GET, "/v1/session"),
    (Method::DELETE, "/v1/session"),
    (Method::PUT, "/v1/alerts/{id}/crop"),
];

/// Anybody may touch a kiosk's screen, so its session does only what a kiosk needs, for its own deployment.
fn kiosk_may(parts: &Parts, deployment: DeploymentId) -> bool {
    let own = format!("/v1/deployments/{deployment}");
    if let Some(rest) = parts.uri.path().strip_prefix(&own) {
        return KIOSK_ASKS.contains(&(parts.method.clone(), rest));
    }
    let matched = parts.extensions.get::<MatchedPath>();
    matched.is_some_and(|path| KIOSK_ASKS_ELSEWHERE.contains(&(parts.method.clone(), path.as_str())))
}

/// A browser that stands as a kiosk of that deployment.
#[derive(Clone, Debug)]
pub(crate) struct Kiosk {
    pub(crate) device: DeviceRow,
    pub(crate) deployment: DeploymentId,
}

impl FromRequestParts<App> for Kiosk {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let signed_in = signed_in(parts, app).await?;
        let deployment = signed_in
            .session
            .kiosk
            .ok_or_else(|| Problem::new(Kind::NotAllowed, "This screen is not a kiosk. Set it up as one first."))?;
        Ok(Self {
            device: OnDevice::of(signed_in)?.device,
            deployment,
        })
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        signed_in(parts, app).await
    }
}

/// The deployment that the address is about: itself, or that of its alert, hold or complaint.
async fn deployment(parts: &mut Parts, app: &App) -> Result<Option<DeploymentRow>, Problem> {
    let path = parts
        .extensions
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let Some(path) = path else { return Ok(None) };
    let Ok(parameters) = RawPathParams::from_request_parts(parts, app).await else {
        return Ok(None);
    };
    let Some((_, id)) = parameters.iter().find(|(name, _)| *name == "id") else {
        return Ok(None);
    };
    let found = async {
        let mut tx = app.store.read().await?;
        let id = if path.starts_with("/v1/deployments/{id}") {
            id.parse().ok()
        } else if path.starts_with("/v1/alerts/{id}") {
            match id.parse() {
                Ok(alert) => tx.deployment_of_alert(alert).await?,
                Err(_) => None,
            }
        } else if path.starts_with("/v1/holds/{id}") {
            match id.parse() {
                Ok(hold) => tx.hold(hold).await?.map(|hold| hold.deployment),
                Err(_) => None,
            }
        } else if path.starts_with("/v1/complaints/{id}") {
            match id.parse() {
                Ok(complaint) => tx.complaint(complaint).await?.map(|complaint| complaint.deployment),
                Err(_) => None,
            }
        } else {
            None
        };
        match id {
            Some(id) => tx.deployment(id).await,
            None => Ok(None),
        }
    };
    found.await.map_err(|error: StoreError| storage(&error))
}

/// What a duty would be done with. Of what isn't there nothing can be told: as with an exercise, so that whoever might do it
/// with something hears that there is nothing.
fn with(deployment: Option<&DeploymentRow>) -> With {
    match deployment {
        Some(row) if row.record.is_some() => With::Operation,
        _ => With::Exercise,
    }
}

fn require(user: &UserRow, duty: Duty, deployment: Option<&DeploymentRow>, today: Date) -> Result<(), Problem> {
    let with = with(deployment);
    if !may(&user.roles, duty, with, today) {
        let untrained = with == With::Operation && may(&trained(&user.roles), duty, with, today);
        return Err(Problem::new(
            Kind::NotAllowed,
            match untrained {
                true => "Your training for that has ended or was never recorded. Ask an administrator to record it.",
                false => {
                    "Your account may not do that. Ask somebody whose role it is, or sign in with another account."
                }
            },
        ));
    }
    // R115: who signs for an operation doesn't also work it.
    let signed_it = deployment
        .and_then(|row| row.record.as_ref())
        .is_some_and(|record| signer(record) == Some(user.id));
    if signed_it && matches!(duty, Duty::Capture | Duty::Decide | Duty::KeepWatchlist) {
        return Err(Problem::new(Kind::NotAllowed, OperationError::Signer.to_string()));
    }
    Ok(())
}

/// The same roles, were all training in date.
fn trained(roles: &[RoleGrant]) -> Vec<RoleGrant> {
    let always = Some(Date::MAX);
    roles
        .iter()
        .map(|grant| RoleGrant {
            role: grant.role,
            trained_until: always,
        })
        .collect()
}

/// What somebody may do with that deployment; without one, with the server and with deployments that aren't there yet.
pub(crate) fn duties(user: &UserRow, deployment: Option<&DeploymentRow>, today: Date) -> Vec<Duty> {
    let may_here = |duty: &Duty| match (deployment, duty) {
        // A plan is for an operation, which asks for training; so is an answer about one.
        (None, Duty::Plan | Duty::AnswerRights) => may(&user.roles, *duty, With::Operation, today),
        _ => require(user, *duty, deployment, today).is_ok(),
    };
    Duty::ALL.into_iter().filter(may_here).collect()
}

async fn on_duty(parts: &mut Parts, app: &App, duty: Duty) -> Result<(SignedIn, With), Problem> {
    let signed_in = signed_in(parts, app).await?;
    let deployment = deployment(parts, app).await?;
    require(signed_in.user(), duty, deployment.as_ref(), app.today())?;
    Ok((signed_in, with(deployment.as_ref())))
}

macro_rules! whoever_may {
    ($($(#[$doc:meta])* $name:ident: $duty:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name(pub(crate) SignedIn);

        impl FromRequestParts<App> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
                Ok(Self(on_duty(parts, app, Duty::$duty).await?.0))
            }
        }
    )*};
}

whoever_may! {
    AccountKeeper: KeepAccounts;
    DeviceKeeper: KeepDevices;
    Rehearser: Rehearse;
    Authoriser: Authorise;
    ListKeeper: KeepWatchlist;
    Steward: ConfirmSigns;
    Starter: Start;
    Ender: End;
    Certifier: Certify;
    /// Whoever plans, signs, or looks on at what was signed.
    Overseer: Oversee;
    JournalReader: ReadJournal;
    PolicySetter: SetPolicy;
    ListReader: SeeClearances;
    Pauser: Pause;
    Resumer: Resume;
    Holder: Hold;
    ComplaintTaker: RecordComplaints;
    ComplaintSettler: SettleComplaints;
    OrganisationKeeper: KeepOrganisation;
    AlertReader: ReadAlerts;
    /// Of an operation that there is.
    Planner: Plan;
}

/// Whoever may that with an operation that the address names none of: trained, as for one that is there.
macro_rules! whoever_trained_may {
    ($($(#[$doc:meta])* $name:ident: $duty:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name(pub(crate) SignedIn);

        impl FromRequestParts<App> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
                Ok(Self(on_trained_duty(parts, app, Duty::$duty).await?))
            }
        }
    )*};
}

whoever_trained_may! {
    /// Who may plan an operation that isn't there yet.
    NewPlanner: Plan;
    RightsOfficer: AnswerRights;
    Reporter: Report;
}

async fn on_trained_duty(parts: &Parts, app: &App, duty: Duty) -> Result<SignedIn, Problem> {
    let signed_in = signed_in(parts, app).await?;
    if may(&signed_in.user().roles, duty, With::Operation, app.today()) {
        return Ok(signed_in);
    }
    require(signed_in.user(), duty, None, app.today())?;
    Err(Problem::new(
        Kind::NotAllowed,
        "Your training for that has ended or was never recorded. Ask an administrator to record it.",
    ))
}

impl FromRequestParts<App> for OnDevice {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Self::of(on_duty(parts, app, Duty::Capture).await?.0)
    }
}

impl FromRequestParts<App> for Reviewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let (signed_in, with) = on_duty(parts, app, Duty::Decide).await?;
        Self::of(signed_in, with)
    }
}

/// Where the request came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller {
    pub(crate) address: IpAddr,
    pub(crate) transport: Transport,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let address = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip().to_canonical());
        Ok(Self {
            address: address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            transport: parts.extensions.get().copied().unwrap_or(Transport::Plain),
        })
    }
}
