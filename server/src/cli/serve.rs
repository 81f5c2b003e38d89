//! Runs the server: opens what it needs, deletes what is due, says where to go, serves until told to stop.

use std::io::Write as _;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::TokioTimer;
use qrcode::QrCode;
use qrcode::render::unicode;
use rustls::ServerConfig;
use tokio::sync::watch;
use vedette_store::memory::can_lock;
use vedette_store::row::Actor;
use vedette_store::{Store, StoreError};

use super::doctor::LONGEST_LOCKED;
use super::settings::Settings;
use super::{Failure, about_store, lock, lock_as_much_as_allowed, make_private_folder, open_store};
use crate::app::{App, Running, Shared};
use crate::audit::head::SigningKey;
use crate::audit::witness::{self, Witness};
use crate::clock::{Clock, Entropy, SystemClock, SystemEntropy, random};
use crate::domain::code::Code;
use crate::heartbeats::Heartbeats;
use crate::http::access::Transport;
use crate::http::pages::Pages;
use crate::limits::Limits;
use crate::live::Live;
use crate::matcher::Matcher;
use crate::models::Models;
use crate::reach::OnlyHere;
use crate::tls::{Certificate, TlsKind};
use crate::{http, operations, reach, retention, tls};

/// Requests under way may take this long once the server stops.
const LAST_REQUESTS: Duration = Duration::from_secs(5);
/// Longer, and a connection that never says what it wants would hold its place.
const REQUEST_HEAD: Duration = Duration::from_secs(15);

fn said(error: impl std::fmt::Display) -> Failure {
    Failure::Said(error.to_string())
}

pub(super) async fn run(settings: Settings, pages: Pages) -> Result<(), Failure> {
    no_crash_dumps();
    lock_as_much_as_allowed();
    let models = Models::load(&settings.models).map_err(said)?;
    models.compress(settings.models.clone());
    make_private_folder(&settings.data)?;
    let _only_server = lock(&settings.data)?;
    let plain = bind(settings.http, "--http")?;
    let encrypted = settings.https.map(|address| bind(address, "--https")).transpose()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let (config, certificate) = match (&encrypted, &settings.tls) {
        (None, _) => (None, None),
        (Some(_), Some((certificate, key))) => (Some(tls::load(certificate, key).map_err(said)?), None),
        (Some(_), None) => {
            let (config, shown) = tls::pilot(&settings.data, &tls::own_names(), clock.now()).map_err(said)?;
            (Some(config), Some(shown))
        }
    };
    let store = open_store(&settings).await?;
    let witness = Witness::open(&settings.data, &settings.audit_heads, &SystemEntropy).map_err(said)?;
    let database = settings.data.join("vedette.db");
    let failed = |error: StoreError| Failure::Said(about_store(&error, &database));
    retention::note_outages(&store, clock.now()).await.map_err(failed)?;
    // Before anything is served: what ended while the server was off is deleted now.
    let ended = retention::sweep(&store, Actor::Server, clock.now())
        .await
        .map_err(failed)?;
    if ended > 0 {
        tracing::info!(
            ended,
            "deployments ended while the server was off; their data is deleted"
        );
    }
    operations::attribute_lists(&store, clock.now()).await.map_err(failed)?;
    let needs_set_up = store
        .read()
        .await
        .map_err(failed)?
        .users()
        .await
        .map_err(failed)?
        .is_empty();

    let http_url = format!("http://{}", local(&plain)?);
    let tablets_url = encrypted.as_ref().map(tablet_url).transpose()?;
    let public_url = settings
        .public_url
        .clone()
        .or_else(|| tablets_url.clone())
        .unwrap_or_else(|| http_url.clone());
    let listens = encrypted.as_ref().map(local).transpose()?;
    let running = Running {
        started_at: clock.now(),
        http: http_url.clone(),
        https: tablets_url.clone(),
        tls: match (&encrypted, &certificate) {
            (None, _) => TlsKind::None,
            (Some(_), Some(_)) => TlsKind::Pilot,
            (Some(_), None) => TlsKind::Own,
        },
        only_here: reach::only_here(&public_url, listens, &tls::lan_addresses()),
        memory_locked: can_lock(LONGEST_LOCKED),
    };
    let app = app(
        Arc::new(store),
        clock,
        models,
        running,
        (public_url.clone(), certificate),
        witness.key().clone(),
        needs_set_up,
    )?;
    retention::load_watchlists(&app).await.map_err(failed)?;

    let retention = tokio::spawn(retention::run(app.clone()));
    let witness = tokio::spawn(witness::run(app.clone(), witness));
    let (plain_handle, encrypted_handle) = (Handle::new(), Handle::new());
    let servers = futures::future::try_join(
        serve_plain(
            plain,
            http::router(app.clone(), pages, Transport::Plain),
            plain_handle.clone(),
        ),
        serve_encrypted(
            encrypted.zip(config),
            http::router(app.clone(), pages, Transport::Tls),
            encrypted_handle.clone(),
        ),
    );
    announce(&app, &http_url, tablets_url.is_some().then_some(public_url.as_str()));
    let stop = app.clone();
    let told_to_stop = told_to_stop().map_err(said)?;
    tokio::spawn(async move {
        told_to_stop.await;
        tracing::info!("stopping");
        stop.stopping.send_replace(true);
        plain_handle.graceful_shutdown(Some(LAST_REQUESTS));
        encrypted_handle.graceful_shutdown(Some(LAST_REQUESTS));
    });
    let served = servers
        .await
        .map_err(|error| Failure::Said(format!("The server failed ({error}). Start it again.")));
    app.stopping.send_replace(true);
    if retention.await.is_err() {
        tracing::error!("the deletion of what is due broke off; it goes on at the next start");
    }
    if witness.await.is_err() {
        tracing::error!("the signing of the journal broke off; it goes on at the next start");
    }
    app.store.close().await;
    served.map(|_| ())
}

/// A dump of the memory would hold keys and templates.
fn no_crash_dumps() {
    #[cfg(unix)]
    if let Err(error) = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0) {
        tracing::warn!(%error, "crash dumps can't be switched off; they would hold keys and templates");
    }
}

fn app(
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    models: Models,
    running: Running,
    (public_url, certificate): (String, Option<Certificate>),
    audit_key: SigningKey,
    needs_set_up: bool,
) -> Result<App, Failure> {
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let code = match needs_set_up {
        true => Some(Code::from_random(
            *random::<{ Code::RANDOM_BYTES }>(&*entropy).map_err(said)?,
        )),
        false => None,
    };
    Ok(Arc::new(Shared {
        store,
        matcher: Matcher::start(clock.clone()).map_err(said)?,
        clock,
        entropy,
        watchlists: tokio::sync::Mutex::default(),
        // Opening the database empties its log.
        scrub_due: AtomicBool::new(false),
        start_failures: Mutex::default(),
        paused: Mutex::default(),
        live: Live::default(),
        heartbeats: Heartbeats::default(),
        limits: Limits::default(),
        models: Arc::new(models),
        public_url,
        certificate,
        running,
        audit_key,
        set_up_code: Mutex::new(code),
        stopping: watch::Sender::new(false),
    }))
}

fn bind(address: SocketAddr, setting: &str) -> Result<TcpListener, Failure> {
    let listener = TcpListener::bind(address).and_then(|listener| listener.set_nonblocking(true).map(|()| listener));
    listener.map_err(|error| {
        Failure::Said(match error.kind() {
            std::io::ErrorKind::AddrInUse => format!(
                "Port {} at {} is in use by another program, perhaps another Vedette. \
                 Stop that program, or choose another port with {setting}.",
                address.port(),
                address.ip()
            ),
            std::io::ErrorKind::AddrNotAvailable => format!(
                "This machine doesn't have the address {}. Choose one that it has with {setting}.",
                address.ip()
            ),
            std::io::ErrorKind::PermissionDenied => format!(
                "This user may not use port {}. Choose one above 1023 with {setting}.",
                address.port()
            ),
            _ => format!("{address} can't be used ({error}). Choose another with {setting}."),
        })
    })
}

fn local(listener: &TcpListener) -> Result<SocketAddr, Failure> {
    listener.local_addr().map_err(said)
}

fn tablet_url(listener: &TcpListener) -> Result<String, Failure> {
    let address = local(listener)?;
    let reached_at = match address.ip() {
        any if any.is_unspecified() => tls::lan_addresses()
            .first()
            .copied()
            .unwrap_or(IpAddr::from([127, 0, 0, 1])),
        one => one,
    };
    Ok(format!("https://{}", SocketAddr::new(reached_at, address.port())))
}

async fn serve_plain(listener: TcpListener, routes: Router, handle: Handle<SocketAddr>) -> std::io::Result<()> {
    let mut server = axum_server::from_tcp(listener)?.handle(handle);
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_HEAD);
    server
        .serve(routes.into_make_service_with_connect_info::<SocketAddr>())
        .await
}

async fn serve_encrypted(
    listener: Option<(TcpListener, Arc<ServerConfig>)>,
    routes: Router,
    handle: Handle<SocketAddr>,
) -> std::io::Result<()> {
    let Some((listener, config)) = listener else {
        return Ok(());
    };
    let mut server = axum_server::from_tcp_rustls(listener, RustlsConfig::from_config(config))?.handle(handle);
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_HEAD);
    server
        .serve(routes.into_make_service_with_connect_info::<SocketAddr>())
        .await
}

/// For the person at the screen: where to go first, and what tablets scan. Nobody may be there: a closed output is no
/// reason not to serve.
fn announce(app: &App, http_url: &str, tablets: Option<&str>) {
    let _ = writeln!(std::io::stdout(), "{}", announcement(app, http_url, tablets));
}

/// Where other devices find the server, or why none does.
struct Elsewhere {
    found_at: Vec<String>,
    /// What they scan.
    drawing: Option<String>,
}

impl Elsewhere {
    /// `fingerprint`: of the pilot certificate, which the page at /trust.html has people compare with this.
    fn new(tablets: Option<&str>, only_here: Option<&OnlyHere>, fingerprint: Option<&str>) -> Self {
        // The address would lead whoever scans it to the device in their own hand.
        if let Some(why) = only_here {
            return Self {
                found_at: vec![format!("  On tablets:       no tablet can reach it. {why}")],
                drawing: None,
            };
        }
        let Some(url) = tablets else {
            return Self {
                found_at: Vec::new(),
                drawing: None,
            };
        };
        let trusting = fingerprint.into_iter().flat_map(|fingerprint| {
            [
                format!("  Trusting it:      {url}/trust.html"),
                format!("  Its fingerprint:  SHA-256 {fingerprint}"),
            ]
        });
        Self {
            found_at: std::iter::once(format!("  On tablets:       {url}/officer.html"))
                .chain(trusting)
                .collect(),
            drawing: QrCode::new(format!("{url}/officer.html"))
                .ok()
                .map(|code| code.render::<unicode::Dense1x2>().build()),
        }
    }
}

fn announcement(app: &App, http_url: &str, tablets: Option<&str>) -> String {
    let mut lines = vec![
        format!("Vedette {} is running.", env!("CARGO_PKG_VERSION")),
        String::new(),
        format!("  On this machine:  {http_url}/control.html"),
    ];
    let elsewhere = Elsewhere::new(
        tablets,
        app.running.only_here.as_ref(),
        app.certificate
            .as_ref()
            .map(|certificate| certificate.fingerprint.as_str()),
    );
    lines.extend(elsewhere.found_at);
    let code = app
        .set_up_code
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .clone();
    if let Some(code) = code {
        lines.extend([
            String::new(),
            "  Nobody has an account yet. Open this link to make the first one:".to_owned(),
            format!("  Set-up link:      {http_url}/control.html#setup={code}"),
            format!("  Set-up code:      {code}"),
        ]);
    }
    if let Some(drawing) = elsewhere.drawing {
        lines.extend([String::new(), drawing]);
    }
    lines.push("Press Ctrl-C to stop.".to_owned());
    lines.join("\n")
}

/// Hears from this call on, before anybody waits.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_drawn_of_an_address_that_leads_a_tablet_to_itself() {
        let told = Elsewhere::new(Some("https://192.0.2.7:8443"), None, Some("0A:FF"));
        assert_eq!(
            told.found_at[0],
            "  On tablets:       https://192.0.2.7:8443/officer.html"
        );
        assert!(told.found_at[1].ends_with("https://192.0.2.7:8443/trust.html"));
        assert!(told.found_at[2].ends_with("SHA-256 0A:FF"));
        assert!(told.drawing.is_some());
        let here = OnlyHere::ListensHere {
            listen_to: "0.0.0.0:8443".into(),
            found_at: vec!["https://192.0.2.7:8443".into()],
        };
        for (tablets, why) in [(Some("https://127.0.0.1:8443"), &here), (None, &OnlyHere::NotEncrypted)] {
            let told = Elsewhere::new(tablets, Some(why), Some("0A:FF"));
            assert!(told.drawing.is_none());
            assert_eq!(
                told.found_at,
                [format!("  On tablets:       no tablet can reach it. {why}")]
            );
        }
        assert!(Elsewhere::new(None, None, None).found_at.is_empty());
    }
}
