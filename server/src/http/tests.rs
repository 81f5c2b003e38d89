//! The interface, called in-process on a real database.

mod access;
mod alerts;
mod clock;
mod control;
mod counts;
mod engagement;
mod journal;
mod kiosk;
mod lists;
mod matcher;
mod names;
mod older;
mod operations;
mod review;
mod rights;
mod sketch;
mod standing;
mod tablets;
mod transform;
mod withdrawn;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::sync::watch;
use tower::ServiceExt as _;
use uuid::Uuid;
use vedette_core::calibration::Target;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_core::shot::Shots;
use vedette_core::template::{PipelineVersion, Template, TemplateSpace};
use vedette_core::watchlist::operating_point;
use vedette_core::zone::Zone;
use vedette_store::row::{Actor, DeploymentState, DeploymentSummary, Digest, Jpeg};
use vedette_store::sqlite::SqliteStore;
use vedette_store::vault::{StorageKey, Vault};
use vedette_store::{Store, StoreError, Transaction};

use super::access::Transport;
use super::problem::Kind;
use super::{document, openapi, router};
use crate::app::{App, Running, Shared};
use crate::audit::certificate::DeletionCertificate;
use crate::audit::head::SigningKey;
use crate::clock::{Clock, SystemEntropy};
use crate::domain::code::Code;
use crate::domain::deployment::{Deployment, Draft};
use crate::domain::picture::tests::jpeg;
use crate::domain::text::Name;
use crate::enrolment::{Change, Newcomer, Portrait};
use crate::heartbeats::Heartbeats;
use crate::limits::Limits;
use crate::live::Live;
use crate::matcher::{MatchError, Matcher};
use crate::models::Models;
use crate::retention;
use crate::tls::TlsKind;

/// Stands still until it is set forward.
#[derive(Debug)]
struct ManualClock(AtomicI64);

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

struct Server {
    router: Router,
    app: App,
    clock: Arc<ManualClock>,
    folder: tempfile::TempDir,
    code: Code,
}

/// Cookies of one browser.
#[derive(Clone, Debug, Default)]
struct Browser {
    cookies: Vec<(String, String)>,
}

impl Browser {
    fn keep(&mut self, answer: &Answer) {
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    fn without_session(mut self) -> Self {
        self.cookies.retain(|(name, _)| name != "vedette_session");
        self
    }

    fn header(&self) -> String {
        self.cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    bytes: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    #[track_caller]
    fn ok(self) -> Value {
        assert!(
            self.status.is_success(),
            "{} {}",
            self.status,
            String::from_utf8_lossy(&self.bytes)
        );
        if self.bytes.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// The answer is a problem of this kind, whole.
    #[track_caller]
    fn is(self, kind: Kind) -> Value {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        assert_eq!(
            self.headers[header::CONTENT_TYPE],
            "application/problem+json",
            "{} {text}",
            self.status
        );
        let problem = self.json();
        assert_eq!(problem["type"], kind.slug(), "{text}");
        assert_eq!(self.status, kind.status());
        assert_eq!(problem["status"], kind.status().as_u16());
        assert!(problem["detail"].as_str().unwrap().ends_with('.'), "{text}");
        problem
    }
}

const START: i64 = 1_800_000_000;

fn vault(folder: &tempfile::TempDir) -> Vault {
    let key = StorageKey::from_hex(&"5e".repeat(32)).unwrap();
    Vault::open(&folder.path().join("keys"), key).unwrap()
}

/// Of a grown-up with a new image.
/// A number under which something is sent once.
fn delivery() -> Uuid {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    Uuid::from_u128(1 << 100 | u128::from(GIVEN.fetch_add(1, Ordering::Relaxed)))
}

fn particulars(number: u64) -> Value {
    json!({
        "nominal_id": format!("N/{number}"), "category": "Deportation order", "response": "amber",
        "lawful_basis": "Immigration Act 1971, section 5", "legal_status": "Order of 3 May 2026", "source_system": "Atlas",
        "reason": "Seen here in May", "reviewer": "Rita Reviewer", "image_source": "Visa application",
        "image_taken_on": "2025-06-30", "born_on": "1990-04-12",
    })
}

impl Server {
    async fn new() -> Self {
        Self::with_largest(None).await
    }

    async fn with_largest(bytes: Option<u64>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Models::write_samples(folder.path());
        Self::on(folder, bytes, START).await
    }

    async fn on(folder: tempfile::TempDir, bytes: Option<u64>, now: i64) -> Self {
        let store = SqliteStore::open(&folder.path().join("vedette.db"), vault(&folder), bytes)
            .await
            .unwrap();
        Self::over(folder, Arc::new(store), now).await
    }

    async fn over(folder: tempfile::TempDir, store: Arc<dyn Store>, now: i64) -> Self {
        let clock = Arc::new(ManualClock(AtomicI64::new(now)));
        Self::timed(folder, store, clock.clone(), clock).await
    }

    /// The matcher has a clock of its own.
    async fn timed(
        folder: tempfile::TempDir,
        store: Arc<dyn Store>,
        clock: Arc<ManualClock>,
        of_matcher: Arc<dyn Clock>,
    ) -> Self {
        let code = Code::from_random([7; 8]);
        let app: App = Arc::new(Shared {
            store,
            clock: clock.clone(),
            entropy: Arc::new(SystemEntropy),
            matcher: Matcher::start(of_matcher).unwrap(),
            watchlists: tokio::sync::Mutex::default(),
            scrub_due: AtomicBool::new(false),
            start_failures: Mutex::default(),
            paused: Mutex::default(),
            live: Live::default(),
            heartbeats: Heartbeats::default(),
            limits: Limits::default(),
            models: Arc::new(Models::load(folder.path()).unwrap()),
            public_url: "https://vedette.test:8443".into(),
            certificate: None,
            running: Running {
                started_at: clock.now(),
                http: "http://127.0.0.1:8080".into(),
                https: Some("https://192.0.2.7:8443".into()),
                tls: TlsKind::Own,
                only_here: None,
                memory_locked: true,
            },
            audit_key: SigningKey::from_seed(&[7; 32]),
            set_up_code: Mutex::new(Some(code.clone())),
            stopping: watch::Sender::new(false),
        });
        retention::load_watchlists(&app).await.unwrap();
        Self {
            router: router(app.clone(), |_| None, Transport::Tls),
            app,
            clock,
            folder,
            code,
        }
    }

    /// The same data folder, served anew some seconds later.
    async fn restarted(self, seconds_later: i64) -> Self {
        let now = self.clock.0.load(Ordering::SeqCst) + seconds_later;
        self.app.store.close().await;
        Self::on(self.folder, None, now).await
    }

    fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    /// Sends the request and goes away after so many polls of it, unless the answer came before.
    async fn send_and_leave(&self, request: Request<Body>, polls: usize) -> Option<Answer> {
        let mut sending = Box::pin(self.send(request));
        let mut left = polls;
        std::future::poll_fn(move |context| {
            left -= 1;
            match sending.as_mut().poll(context) {
                Poll::Ready(answer) => Poll::Ready(Some(answer)),
                Poll::Pending if left == 0 => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            }
        })
        .await
    }

    /// Whether the matcher finds that face in the deployment.
    async fn finds(&self, id: &str, seed: u64) -> bool {
        let probe = self.probe(id, seed).await;
        let found = self.app.matcher.search(id.parse().unwrap(), probe, Shots::ALL[1]);
        !found.await.unwrap().is_empty()
    }

    /// A template that counts as one of the deployment's, whatever its transform would make of it.
    async fn probe(&self, id: &str, seed: u64) -> Template {
        let mut tx = self.app.store.read().await.unwrap();
        let row = tx.deployment(id.parse().unwrap()).await.unwrap().unwrap();
        Template::from_embedding(row.space, self.template(seed).values().to_vec()).unwrap()
    }

    /// Templates in `body` that say nothing of a transform are sent as of the deployment in `path`.
    async fn in_its_space(&self, path: &str, mut body: Value) -> Value {
        fn label(value: &mut Value, transform: &Value) {
            match value {
                Value::Object(fields) => {
                    if fields.contains_key("template") && !fields.contains_key("transform") {
                        fields.insert("transform".into(), transform.clone());
                    }
                    fields.values_mut().for_each(|field| label(field, transform));
                }
                Value::Array(items) => items.iter_mut().for_each(|item| label(item, transform)),
                _ => {}
            }
        }
        let id = path
            .strip_prefix("/v1/deployments/")
            .and_then(|rest| rest.split('/').next()?.parse().ok());
        if let Some(id) = id {
            let mut tx = self.app.store.read().await.unwrap();
            if let Some(row) = tx.deployment(id).await.unwrap() {
                label(&mut body, &json!(row.space.transform));
            }
        }
        body
    }

    fn request(method: &str, path: &str, browser: &Browser) -> axum::http::request::Builder {
        let builder = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "vedette.test");
        match browser.cookies.is_empty() {
            true => builder,
            false => builder.header(header::COOKIE, browser.header()),
        }
    }

    async fn get(&self, browser: &Browser, path: &str) -> Answer {
        self.send(Self::request("GET", path, browser).body(Body::empty()).unwrap())
            .await
    }

    async fn delete(&self, browser: &Browser, path: &str) -> Answer {
        self.send(Self::request("DELETE", path, browser).body(Body::empty()).unwrap())
            .await
    }

    async fn post(&self, browser: &Browser, path: &str, body: Value) -> Answer {
        let body = self.in_its_space(path, body).await;
        let request = Self::request("POST", path, browser).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn put(&self, browser: &Browser, path: &str, body: Value) -> Answer {
        let request = Self::request("PUT", path, browser).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn put_jpeg(&self, browser: &Browser, path: &str, bytes: Vec<u8>) -> Answer {
        let request = Self::request("PUT", path, browser).header(header::CONTENT_TYPE, "image/jpeg");
        self.send(request.body(Body::from(bytes)).unwrap()).await
    }

    /// The first administrator, on the first device.
    async fn set_up(&self) -> Browser {
        let mut browser = Browser::default();
        let body = json!({
            "code": self.code.to_string(), "name": "Ann Admin", "password": "correct horse", "device_name": "Desk",
        });
        let answer = self.post(&browser, "/v1/setup", body).await;
        browser.keep(&answer);
        answer.ok();
        browser
    }

    /// An officer, signed in on no device.
    async fn officer(&self, admin: &Browser, name: &str) -> Browser {
        self.account(admin, name, &["operator"]).await;
        self.signed_in(name).await
    }

    /// Somebody with these roles, trained for a year.
    async fn account(&self, admin: &Browser, name: &str, roles: &[&str]) -> String {
        let until = self.app.today() + SignedDuration::from_hours(365 * 24);
        let roles: Vec<_> = roles
            .iter()
            .map(|role| json!({ "role": role, "trained_until": until }))
            .collect();
        let body = json!({ "name": name, "password": "correct horse", "roles": roles });
        self.post(admin, "/v1/users", body).await.ok()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    async fn signed_in(&self, name: &str) -> Browser {
        let mut browser = Browser::default();
        let answer = self
            .post(
                &browser,
                "/v1/session",
                json!({ "name": name, "password": "correct horse" }),
            )
            .await;
        browser.keep(&answer);
        answer.ok();
        browser
    }

    async fn pair(&self, admin: &Browser, browser: &mut Browser) -> String {
        let code = self
            .post(admin, "/v1/pairing-codes", json!({ "device_name": "Gate" }))
            .await
            .ok();
        let answer = self.post(browser, "/v1/devices", json!({ "code": code["code"] })).await;
        browser.keep(&answer);
        answer.ok()["id"].as_str().unwrap().to_owned()
    }

    /// Templates of different seeds point in unrelated directions.
    fn template(&self, seed: u64) -> Template {
        let mut state = seed;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
        };
        (0..8).for_each(|_| _ = next());
        Template::from_embedding(self.app.space(), (0..128).map(|_| next()).collect()).unwrap()
    }

    fn entry(&self, name: &str, seed: u64) -> Value {
        json!({
            "name": name,
            "portrait": self.portrait(seed),
        })
    }

    /// Somebody for an operation's list; the seed is the number too.
    fn wanted(&self, name: &str, seed: u64) -> Value {
        json!({ "name": name, "portrait": self.portrait(seed), "particulars": particulars(seed) })
    }

    fn portrait(&self, seed: u64) -> Value {
        json!({
            "template": self.template(seed).encode(), "model": self.app.space().model,
            "pipeline": self.app.space().pipeline, "quality": 0.8, "photo": BASE64.encode(jpeg(112, 112)),
        })
    }

    fn candidate(&self, track: u128, seed: u64) -> Value {
        json!({
            "id": self.app.new_id().unwrap(), "track": Uuid::from_u128(track), "age_ms": 40, "model": self.app.space().model,
            "pipeline": self.app.space().pipeline, "quality": 0.7, "shots": 2, "template": self.template(seed).encode(),
        })
    }

    async fn draft(&self, admin: &Browser) -> String {
        let ends_at = self.app.now() + SignedDuration::from_hours(2);
        let body = json!({ "name": "Pilot", "place": "Hall", "ends_at": ends_at });
        self.post(admin, "/v1/deployments", body).await.ok()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A live deployment whose watchlist is one person, of seed 1; and that person's entry.
    async fn live(&self, admin: &Browser) -> (String, String) {
        let id = self.draft(admin).await;
        let path = format!("/v1/deployments/{id}/entries");
        let entry = self
            .post(admin, &path, self.entry("Marguerite Testperson", 1))
            .await
            .ok();
        self.post(admin, &format!("/v1/deployments/{id}/start"), json!({}))
            .await
            .ok();
        (id, entry["id"].as_str().unwrap().to_owned())
    }

    async fn offer(&self, browser: &Browser, id: &str, candidate: &Value) -> Answer {
        self.post(browser, &format!("/v1/deployments/{id}/candidates"), candidate.clone())
            .await
    }

    async fn alerts(&self, browser: &Browser, id: &str) -> Vec<Value> {
        self.get(browser, &format!("/v1/deployments/{id}/alerts"))
            .await
            .ok()
            .as_array()
            .unwrap()
            .clone()
    }

    async fn decide(&self, browser: &Browser, alert: &Value, version: &str, verdict: &str) -> Answer {
        self.decide_seeing(browser, alert, version, verdict, &[]).await
    }

    /// Opens the alert on that screen, and looks at it for two seconds.
    async fn look(&self, browser: &Browser, alert: &Value) {
        let path = format!("/v1/alerts/{}/receipts", alert["id"].as_str().unwrap());
        self.post(browser, &path, json!({ "kind": "opened" })).await.ok();
        self.wait(2);
    }

    async fn decide_seeing(
        &self,
        browser: &Browser,
        alert: &Value,
        version: &str,
        verdict: &str,
        others: &[&Value],
    ) -> Answer {
        self.look(browser, alert).await;
        let seen: Vec<_> = others.iter().map(|other| other["id"].clone()).collect();
        let path = format!("/v1/alerts/{}/adjudication", alert["id"].as_str().unwrap());
        let request = Self::request("POST", &path, browser)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::IF_MATCH, version);
        self.send(
            request
                .body(Body::from(
                    json!({ "verdict": verdict, "seen": seen, "delivery": delivery() }).to_string(),
                ))
                .unwrap(),
        )
        .await
    }

    fn files_hold(&self, needle: &[u8]) -> bool {
        let files = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|file| file.unwrap().path());
        files.filter(|path| path.is_file()).any(|path| {
            let bytes = std::fs::read(path).unwrap();
            bytes.windows(needle.len()).any(|window| window == needle)
        })
    }

    fn key_file(&self, deployment: &str) -> std::path::PathBuf {
        self.folder.path().join("keys").join(format!("{deployment}.key"))
    }

    /// Whether nothing is left in the log that a deletion should have taken away.
    fn log_is_empty(&self) -> bool {
        std::fs::metadata(self.folder.path().join("vedette.db-wal")).map_or(true, |log| log.len() == 0)
    }
}

#[test]
fn the_committed_document_is_what_the_code_says() {
    let committed = include_str!("../../openapi.json");
    let current = openapi::to_text(&document()).unwrap();
    assert!(
        committed == current,
        "server/openapi.json is stale; run: vedette openapi > server/openapi.json"
    );
}

#[test]
fn problem_types_are_paths_and_no_two_are_equal() {
    let slugs: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.slug()).collect();
    assert_eq!(slugs.len(), Kind::ALL.len());
    for kind in Kind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.slug());
        assert!(kind.slug().starts_with("/problems/"));
    }
}

/// Every operation of the document, with made-up ids in its path.
fn operations() -> Vec<(String, String, String)> {
    let document = serde_json::to_value(document()).unwrap();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let called = path.replace("{id}", &Uuid::from_u128(5).to_string());
            let called = called.replace("{entry}", &Uuid::from_u128(6).to_string());
            let called = called.replace("{kind}", "minor");
            all.push((method.clone(), path.clone(), called));
        }
    }
    all
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Public,
    Session,
    Admin,
    Device,
    DeviceOrAdmin,
    /// Operators, on whatever device.
    Operator,
    /// Operators on whatever device, and administrators.
    OperatorOrAdmin,
    /// Roles that neither an operator nor an administrator has.
    Others,
}

/// What each endpoint is promised to need. A new endpoint fails the walk until it stands here.
fn promised(method: &str, path: &str) -> Access {
    match (method, path) {
        ("get", "/v1/certificate" | "/v1/health" | "/v1/setup") => Access::Public,
        ("post", "/v1/setup" | "/v1/session" | "/v1/devices") => Access::Public,
        ("get" | "delete", "/v1/session") => Access::Session,
        ("get", "/v1/deployments" | "/v1/deployments/{id}") => Access::Session,
        ("get", "/v1/policy") => Access::Session,
        ("put", "/v1/policy" | "/v1/deployments/{id}/roster/status") => Access::Admin,
        ("post", "/v1/deployments/{id}/roster/check" | "/v1/deployments/{id}/entries/batch") => Access::Admin,
        ("get", "/v1/deployments/{id}/clearances") => Access::Admin,
        (
            "post",
            "/v1/deployments/{id}/entries/{entry}/clearances/{kind}/request"
            | "/v1/deployments/{id}/entries/{entry}/clearances/possible_duplicate/resolution",
        ) => Access::Admin,
        (
            "post",
            "/v1/deployments/{id}/entries/{entry}/clearances/{kind}/approval"
            | "/v1/deployments/{id}/entries/{entry}/clearances/{kind}/refusal",
        ) => Access::Others,
        ("get" | "post", "/v1/users") | ("delete", "/v1/users/{id}") => Access::Admin,
        ("post", "/v1/pairing-codes" | "/v1/devices/this") => Access::Admin,
        ("get", "/v1/devices") | ("delete", "/v1/devices/{id}") => Access::Admin,
        ("get", "/v1/deployments/{id}/deletion" | "/v1/deployments/{id}/publication") => Access::Admin,
        ("put", "/v1/users/{id}/roles") | ("post", "/v1/deployments/{id}/watchlist-check") => Access::Admin,
        ("get" | "put", "/v1/deployments/{id}/signs") => Access::Operator,
        ("get", "/v1/journal") => Access::Others,
        ("post", "/v1/operations") | ("put", "/v1/deployments/{id}/plan" | "/v1/deployments/{id}/review") => {
            Access::Others
        }
        (
            "post",
            "/v1/deployments/{id}/submission"
            | "/v1/deployments/{id}/authorisation"
            | "/v1/deployments/{id}/refusal"
            | "/v1/deployments/{id}/withdrawal"
            | "/v1/deployments/{id}/review/sign-off",
        ) => Access::Others,
        ("post", "/v1/deployments" | "/v1/deployments/{id}/start" | "/v1/deployments/{id}/end") => Access::Admin,
        ("get" | "post", "/v1/deployments/{id}/entries") => Access::Admin,
        ("delete", "/v1/deployments/{id}/entries/{entry}") => Access::Admin,
        ("get", "/v1/deployments/{id}/entries/{entry}/photo") => Access::Admin,
        ("post", "/v1/deployments/{id}/entries/{entry}/photos") => Access::Admin,
        ("get" | "delete", "/v1/deployments/{id}/entries/{entry}/photos/{photo}") => Access::Admin,
        (
            "post",
            "/v1/deployments/{id}/candidates" | "/v1/deployments/{id}/tallies" | "/v1/deployments/{id}/interruptions",
        )
        | ("get" | "put", "/v1/deployments/{id}/zone") => Access::Device,
        ("get", "/v1/deployments/{id}/transform/probes") => Access::Device,
        ("get", "/v1/deployments/{id}/transform/references") => Access::Admin,
        ("put", "/v1/alerts/{id}/crop") => Access::Device,
        ("get", "/v1/deployments/{id}/alerts" | "/v1/deployments/{id}/events") => Access::DeviceOrAdmin,
        ("get", "/v1/alerts/{id}/probe" | "/v1/alerts/{id}/reference") => Access::DeviceOrAdmin,
        ("post", "/v1/alerts/{id}/adjudication") => Access::DeviceOrAdmin,
        ("post", "/v1/deployments/{id}/kiosk") => Access::Device,
        ("get", "/v1/kiosk") => Access::Others,
        ("get", "/v1/retention" | "/v1/organisation") => Access::Session,
        ("put", "/v1/organisation")
        | ("get", "/v1/deployments/{id}/dashboard")
        | ("post", "/v1/deployments/{id}/pause" | "/v1/deployments/{id}/resume") => Access::Admin,
        ("get", "/v1/deployments/{id}/notice") => Access::Operator,
        ("get", "/v1/deployments/{id}/alert-records" | "/v1/deployments/{id}/alert-reviews")
        | ("post", "/v1/deployments/{id}/complaints") => Access::OperatorOrAdmin,
        ("get", "/v1/holds" | "/v1/holds/{id}/probe" | "/v1/holds/{id}/reference" | "/v1/complaints")
        | ("post", "/v1/alerts/{id}/hold" | "/v1/holds/{id}/renewal" | "/v1/holds/{id}/release")
        | ("post", "/v1/complaints/{id}/outcome")
        | ("get" | "post", "/v1/subject-access")
        | ("get", "/v1/reports/annual" | "/v1/reports/annual.csv") => Access::Others,
        (
            "post",
            "/v1/alerts/{id}/receipts"
            | "/v1/alerts/{id}/confirmation"
            | "/v1/alerts/{id}/identity-checks"
            | "/v1/alerts/{id}/observation",
        )
        | ("put", "/v1/alerts/{id}/engagement") => Access::DeviceOrAdmin,
        ("get", "/v1/deployments/{id}/observations" | "/v1/deployments/{id}/devices") => Access::Admin,
        ("put", "/v1/deployments/{id}/heartbeat") => Access::Device,
        ("post", "/v1/deployments/{id}/watchlist" | "/v1/evaluations") | ("delete", "/v1/evaluations/{id}") => {
            Access::Admin
        }
        ("get", "/v1/plans") | ("put" | "delete", "/v1/plans/{id}") => Access::Others,
        ("get", "/v1/evaluations" | "/v1/models") | ("put", "/v1/session/password") => Access::Session,
        ("get", "/v1/server") => Access::Admin,
        other => panic!("no access is promised for {other:?}"),
    }
}

#[tokio::test]
async fn every_endpoint_refuses_whoever_it_does_not_name() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut admin_without_device = admin.clone();
    admin_without_device
        .cookies
        .retain(|(name, _)| name != "vedette_device");
    let unpaired = server.officer(&admin, "Olly").await;
    let mut paired = unpaired.clone();
    server.pair(&admin, &mut paired).await;
    let mut revoked = Browser::default();
    let withdrawn = server.pair(&admin, &mut revoked).await;
    server.delete(&admin, &format!("/v1/devices/{withdrawn}")).await.ok();
    revoked.cookies.extend(server.signed_in("Olly").await.cookies);
    let device_only = paired.clone().without_session();
    let forged = Browser {
        cookies: vec![("vedette_session".into(), "A".repeat(43))],
    };
    let visitors = [
        ("a stranger", Browser::default(), Kind::SignedOut),
        ("a forged cookie", forged, Kind::SignedOut),
        ("a device without a person", device_only, Kind::SignedOut),
        ("an officer without a device", unpaired, Kind::NotPaired),
        ("an officer on a withdrawn device", revoked, Kind::DeviceRevoked),
        ("an officer", paired, Kind::NotAllowed),
        (
            "an administrator without a device",
            admin_without_device,
            Kind::NotPaired,
        ),
    ];
    let refusals = [Kind::SignedOut, Kind::NotPaired, Kind::DeviceRevoked, Kind::NotAllowed].map(Kind::slug);
    let all = operations();
    assert!(all.len() > 30);
    for (method, path, called) in all {
        let access = promised(&method, &path);
        assert_eq!(
            access == Access::Public,
            openapi::is_public(&method, &path),
            "{method} {path}"
        );
        for (who, browser, why) in &visitors {
            let admin = why == &Kind::NotPaired && who.starts_with("an administrator");
            let signed_in = *why != Kind::SignedOut;
            let allowed = match access {
                Access::Public => true,
                Access::Session => signed_in,
                Access::Admin => admin,
                Access::Device => *who == "an officer",
                Access::DeviceOrAdmin => *who == "an officer" || admin,
                Access::Operator => who.starts_with("an officer"),
                Access::OperatorOrAdmin => who.starts_with("an officer") || admin,
                Access::Others => false,
            };
            // Signing out would end the walk for those who come after.
            if allowed && (method.as_str(), path.as_str()) == ("delete", "/v1/session") {
                continue;
            }
            let request = Server::request(&method.to_uppercase(), &called, browser)
                .body(Body::empty())
                .unwrap();
            let answer = server.send(request).await;
            let kind = serde_json::from_slice::<Value>(&answer.bytes).map(|body| body["type"].clone());
            let refused = kind.is_ok_and(|kind| refusals.iter().any(|slug| kind == *slug));
            assert_eq!(refused, !allowed, "{method} {path} for {who}: {}", answer.status);
            if refused {
                let expected = match (signed_in, access) {
                    (false, _) => Kind::SignedOut,
                    (true, Access::Admin | Access::Operator | Access::Others) => Kind::NotAllowed,
                    _ => *why,
                };
                answer.is(expected);
            }
        }
    }
}

#[tokio::test]
async fn a_zone_is_kept_for_one_device_of_one_deployment_and_goes_with_it() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut officer = server.officer(&admin, "Olly").await;
    let device = server.pair(&admin, &mut officer).await;
    let ((id, _), (other, _)) = (server.live(&admin).await, server.live(&admin).await);
    let path = |id: &str| format!("/v1/deployments/{id}/zone");
    let whole: Value = serde_json::from_str(&serde_json::to_string(&Zone::whole()).unwrap()).unwrap();
    assert_eq!(server.get(&officer, &path(&id)).await.ok(), whole);

    let half = json!({
        "corners": [{ "x": 0.0, "y": 0.0 }, { "x": 0.5, "y": 0.0 }, { "x": 0.5, "y": 1.0 }, { "x": 0.0, "y": 1.0 }],
        "smallest": 0.125, "largest": 0.5,
    });
    assert_eq!(server.put(&officer, &path(&id), half.clone()).await.ok(), half);
    assert_eq!(server.get(&officer, &path(&id)).await.ok(), half);
    assert_eq!(
        server.get(&admin, &path(&id)).await.ok(),
        whole,
        "another device's zone"
    );
    assert_eq!(
        server.get(&officer, &path(&other)).await.ok(),
        whole,
        "another deployment's zone"
    );
    let mut quarter = half.clone();
    quarter["largest"] = json!(0.25);
    server.put(&officer, &path(&id), quarter.clone()).await.ok();
    let written = server
        .app
        .store
        .read()
        .await
        .unwrap()
        .audit_after(0, 1000)
        .await
        .unwrap();
    let last = written.last().unwrap();
    assert_eq!(
        (last.action.as_str(), last.subject.as_str()),
        ("zone_set", device.as_str())
    );
    assert_eq!(last.detail, json!({ "deployment": id, "zone": quarter }));

    let mut crossing = half.clone();
    crossing["corners"][1] = json!({ "x": 0.5, "y": 1.0 });
    crossing["corners"][2] = json!({ "x": 0.5, "y": 0.0 });
    let problem = server.put(&officer, &path(&id), crossing).await.is(Kind::Invalid);
    assert!(problem["detail"].as_str().unwrap().contains("crosses"), "{problem}");
    server.put(&officer, &path(&id), json!({})).await.is(Kind::Invalid);
    assert_eq!(server.get(&officer, &path(&id)).await.ok(), quarter);
    let nowhere = path(&Uuid::from_u128(9).to_string());
    server.get(&officer, &nowhere).await.is(Kind::NotFound);
    server.put(&officer, &nowhere, half.clone()).await.is(Kind::NotFound);

    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    assert_eq!(server.get(&officer, &path(&id)).await.ok(), whole);
    server.put(&officer, &path(&id), half).await.is(Kind::DeploymentEnded);
}

#[tokio::test]
async fn set_up_happens_once_and_needs_the_code() {
    let server = Server::new().await;
    let stranger = Browser::default();
    assert_eq!(server.get(&stranger, "/v1/setup").await.ok()["needed"], true);
    let body =
        |code: &str, password: &str| json!({ "code": code, "name": "Ann", "password": password, "device_name": "D" });
    server
        .post(&stranger, "/v1/setup", body("ABCD-EFGH", "correct horse"))
        .await
        .is(Kind::SetupCodeWrong);
    let code = server.code.to_string();
    let problem = server
        .post(&stranger, "/v1/setup", body(&code, "short"))
        .await
        .is(Kind::Invalid);
    assert!(problem["detail"].as_str().unwrap().contains("a password has 10"));
    let admin = server.set_up().await;
    assert_eq!(server.get(&stranger, "/v1/setup").await.ok()["needed"], false);
    server
        .post(&stranger, "/v1/setup", body(&code, "correct horse"))
        .await
        .is(Kind::AlreadySetUp);
    let session = server.get(&admin, "/v1/session").await.ok();
    assert_eq!(
        (&session["user"]["roles"][0]["role"], &session["device"]["name"]),
        (&json!("administrator"), &json!("Desk"))
    );
}

/// R106: before anybody signs in a page can say that its device isn't paired, or not any more.
#[tokio::test]
async fn a_browser_hears_whether_it_is_paired_before_anybody_signs_in() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let paired = async |browser: &Browser| server.get(browser, "/v1/setup").await.ok()["paired"].clone();
    assert_eq!(paired(&Browser::default()).await, false);
    let mut tablet = Browser::default();
    let device = server.pair(&admin, &mut tablet).await;
    assert_eq!(paired(&tablet.clone().without_session()).await, true);
    server.delete(&admin, &format!("/v1/devices/{device}")).await.ok();
    assert_eq!(paired(&tablet).await, false);
    // Signed in, and never paired.
    assert_eq!(paired(&server.officer(&admin, "Otto").await).await, false);
}

#[tokio::test]
async fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let server = Server::new().await;
    let body =
        json!({ "code": server.code.to_string(), "name": "Ann", "password": "correct horse", "device_name": "D" });
    let answer = server.post(&Browser::default(), "/v1/setup", body).await;
    let lines: Vec<_> = answer.headers.get_all(header::SET_COOKIE).iter().collect();
    assert_eq!(lines.len(), 2);
    for line in lines {
        for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
            assert!(line.to_str().unwrap().contains(part), "{line:?}");
        }
    }
}

#[tokio::test]
async fn signing_in_is_refused_without_saying_what_was_wrong_and_not_for_ever() {
    let server = Server::new().await;
    server.set_up().await;
    let stranger = Browser::default();
    let body = |name: &str, password: &str| json!({ "name": name, "password": password });
    let wrong = server
        .post(&stranger, "/v1/session", body("Ann Admin", "wrong horse"))
        .await
        .is(Kind::SignInFailed);
    let unknown = server
        .post(&stranger, "/v1/session", body("Nobody", "wrong horse"))
        .await
        .is(Kind::SignInFailed);
    assert_eq!(wrong, unknown);
    server
        .post(&stranger, "/v1/session", body("  ann admin ", "correct horse"))
        .await
        .ok();
    for _ in 0..10 {
        server
            .post(&stranger, "/v1/session", body("Ann Admin", "wrong horse"))
            .await
            .is(Kind::SignInFailed);
    }
    server
        .post(&stranger, "/v1/session", body("Ann Admin", "correct horse"))
        .await
        .is(Kind::TooManyAttempts);
    server.wait(301);
    server
        .post(&stranger, "/v1/session", body("Ann Admin", "correct horse"))
        .await
        .ok();
}

#[tokio::test]
async fn guesses_from_elsewhere_do_not_lock_a_paired_device_out_and_its_own_are_bounded() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut bob = server.officer(&admin, "Bob").await;
    server.pair(&admin, &mut bob).await;
    let mut withdrawn = server.officer(&admin, "Wim").await;
    let lost = server.pair(&admin, &mut withdrawn).await;
    server.delete(&admin, &format!("/v1/devices/{lost}")).await.ok();
    let body = |password: &str| json!({ "name": "Bob", "password": password });
    let guess = async |browser: &Browser, most: usize| {
        for tried in 0.. {
            let answer = server.post(browser, "/v1/session", body("wrong horse")).await;
            if answer.status == Kind::TooManyAttempts.status() {
                assert!(tried <= most, "{tried} guesses");
                break;
            }
            answer.is(Kind::SignInFailed);
        }
    };
    guess(&Browser::default(), 10).await;
    guess(&withdrawn.without_session(), 0).await;
    let device = bob.without_session();
    server.post(&device, "/v1/session", body("correct horse")).await.ok();
    guess(&device, 10).await;
    server
        .post(&device, "/v1/session", body("correct horse"))
        .await
        .is(Kind::TooManyAttempts);
}

#[tokio::test]
async fn a_session_ends_by_itself_and_by_signing_out() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    for _ in 0..4 {
        server.wait(14 * 60);
        server.get(&admin, "/v1/session").await.ok();
    }
    server.wait(15 * 60);
    server.get(&admin, "/v1/session").await.is(Kind::SignedOut);
    let mut again = Browser::default();
    let body = json!({ "name": "Ann Admin", "password": "correct horse" });
    again.keep(&server.post(&again, "/v1/session", body).await);
    let copy = again.clone();
    again.keep(&server.delete(&again, "/v1/session").await);
    assert!(again.cookies.is_empty());
    server.get(&copy, "/v1/session").await.is(Kind::SignedOut);
}

#[tokio::test]
async fn a_pairing_code_pairs_once_and_within_five_minutes() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let code = server
        .post(&admin, "/v1/pairing-codes", json!({ "device_name": "Gate" }))
        .await
        .ok();
    assert_eq!(
        code["url"],
        format!("https://vedette.test:8443/pair.html#{}", code["code"].as_str().unwrap())
    );
    assert!(code["qr_svg"].as_str().unwrap().contains("<svg"));
    let stranger = Browser::default();
    let body = json!({ "code": code["code"].as_str().unwrap().to_lowercase().replace('-', " ") });
    assert_eq!(
        server.post(&stranger, "/v1/devices", body.clone()).await.ok()["name"],
        "Gate"
    );
    server
        .post(&stranger, "/v1/devices", body)
        .await
        .is(Kind::PairingCodeWrong);
    let late = server
        .post(&admin, "/v1/pairing-codes", json!({ "device_name": "Late" }))
        .await
        .ok();
    server.wait(300);
    server
        .post(&stranger, "/v1/devices", json!({ "code": late["code"] }))
        .await
        .is(Kind::PairingCodeWrong);
}

#[tokio::test]
async fn accounts_come_and_go_and_an_administrator_stays() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let officer = server.officer(&admin, "Olly").await;
    let body = json!({ "name": "OLLY", "password": "correct horse", "roles": [{ "role": "operator" }] });
    server.post(&admin, "/v1/users", body).await.is(Kind::NameTaken);
    let users = server.get(&admin, "/v1/users").await.ok();
    let id = |name: &str| {
        let all = users.as_array().unwrap();
        all.iter().find(|user| user["name"] == name).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    server
        .delete(&admin, &format!("/v1/users/{}", id("Ann Admin")))
        .await
        .is(Kind::LastAdministrator);
    server.get(&officer, "/v1/session").await.ok();
    server.delete(&admin, &format!("/v1/users/{}", id("Olly"))).await.ok();
    server.get(&officer, "/v1/session").await.is(Kind::SignedOut);
    server
        .delete(&admin, &format!("/v1/users/{}", id("Olly")))
        .await
        .is(Kind::NotFound);
}

#[tokio::test]
async fn from_draft_to_alert_to_decision_to_deletion() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut officer = server.officer(&admin, "Olly").await;
    server.pair(&admin, &mut officer).await;
    let (id, entry) = server.live(&admin).await;

    let reply = server.offer(&officer, &id, &server.candidate(1, 2)).await.ok();
    assert_eq!(reply, json!({ "crops_wanted": [] }));
    assert!(server.alerts(&admin, &id).await.is_empty());

    let reply = server.offer(&officer, &id, &server.candidate(2, 1)).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    assert_eq!(alerts.len(), 1);
    let alert = &alerts[0];
    assert_eq!(reply, json!({ "crops_wanted": [alert["id"]] }));
    assert_eq!(
        (&alert["entry"]["id"], &alert["entry"]["name"]),
        (&json!(entry), &json!("Marguerite Testperson"))
    );
    assert_eq!(
        (&alert["device"]["name"], &alert["band"]),
        (&json!("Gate"), &json!("strong"))
    );
    assert_eq!((&alert["has_probe"], &alert["version"]), (&json!(false), &json!(1)));
    assert!(alert.get("score").is_none());

    let alert_path = format!("/v1/alerts/{}", alert["id"].as_str().unwrap());
    server
        .get(&officer, &format!("{alert_path}/probe"))
        .await
        .is(Kind::NotFound);
    let crop_path = format!("{alert_path}/crop");
    server
        .put_jpeg(&officer, &crop_path, b"no picture".to_vec())
        .await
        .is(Kind::PhotoInvalid);
    server
        .put_jpeg(&officer, &crop_path, vec![0; 256 * 1024 + 1])
        .await
        .is(Kind::TooLarge);
    server
        .put_jpeg(&admin, &crop_path, jpeg(90, 90))
        .await
        .is(Kind::NotFound);
    server.put_jpeg(&officer, &crop_path, jpeg(90, 90)).await.ok();
    server
        .put_jpeg(&officer, &crop_path, jpeg(90, 90))
        .await
        .is(Kind::CropNotWanted);
    let probe = server.get(&admin, &format!("{alert_path}/probe")).await;
    assert_eq!(
        (
            &probe.headers[header::CONTENT_TYPE],
            &probe.headers[header::CACHE_CONTROL]
        ),
        (&"image/jpeg".parse().unwrap(), &"no-store".parse().unwrap())
    );
    assert_eq!(probe.bytes, jpeg(90, 90));
    assert_eq!(
        server.get(&officer, &format!("{alert_path}/reference")).await.bytes,
        jpeg(112, 112)
    );

    server
        .decide(&officer, alert, "", "true")
        .await
        .is(Kind::VersionRequired);
    server
        .decide(&officer, alert, "\"9\"", "true")
        .await
        .is(Kind::VersionChanged);
    let decided = server.decide(&officer, alert, "\"1\"", "false").await.ok();
    assert_eq!(
        (&decided[0]["state"]["verdict"], &decided[0]["state"]["by"]["name"]),
        (&json!("false"), &json!("Olly"))
    );
    let problem = server
        .decide(&admin, alert, "\"3\"", "true")
        .await
        .is(Kind::AlreadyAdjudicated);
    assert!(problem["detail"].as_str().unwrap().contains("Olly"));

    // The verdict silences this pair of track and entry; another track of the same person is heard.
    let reply = server.offer(&officer, &id, &server.candidate(2, 1)).await.ok();
    assert_eq!(reply, json!({ "crops_wanted": [] }));
    assert_eq!(server.alerts(&admin, &id).await.len(), 1);
    server.offer(&officer, &id, &server.candidate(3, 1)).await.ok();
    assert_eq!(server.alerts(&admin, &id).await.len(), 2);

    server
        .post(
            &officer,
            &format!("/v1/deployments/{id}/tallies"),
            json!({ "id": delivery(), "faces_seen": 7, "not_assessable": 2 }),
        )
        .await
        .ok();
    let deployment = server.get(&officer, &format!("/v1/deployments/{id}")).await.ok();
    assert_eq!(
        deployment["counters"],
        json!({
            "candidates": 4, "alerts": 2, "lapsed": 0, "withdrawn": 0, "faces_seen": 7, "not_assessable": 2,
            "kiosk": { "visits": 0, "unclear": 0, "unproven": 0, "staffed": 0 },
        })
    );
    assert_eq!(deployment["target_fpir_one_in"], 6_000);
    assert!(deployment.get("operating_point").is_none(), "officers see no threshold");
    let seen = server.get(&admin, &format!("/v1/deployments/{id}")).await.ok();
    let point = &seen["operating_point"];
    assert_eq!(point["scale"], "cosine");
    assert!((0.5..0.7).contains(&point["threshold"].as_f64().unwrap()), "{point}");

    let (name, picture) = (b"Marguerite Testperson".as_slice(), &jpeg(112, 112)[300..340]);
    assert!(server.key_file(&id).exists());
    let ended = server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    assert_eq!(
        (&ended["state"]["kind"], &ended["state"]["reason"]),
        (&json!("ended"), &json!("by_person"))
    );
    assert_eq!(
        (
            &ended["entries"],
            &ended["counters"]["candidates"],
            &ended["counters"]["alerts"]
        ),
        (&json!(0), &json!(4), &json!(2))
    );
    for secret in [name, &server.template(1).to_bytes(), picture, &jpeg(90, 90)[300..340]] {
        assert!(!server.files_hold(secret));
    }
    assert!(!server.key_file(&id).exists());
    server
        .get(&admin, &format!("{alert_path}/probe"))
        .await
        .is(Kind::NotFound);
    server
        .get(&admin, &format!("{alert_path}/reference"))
        .await
        .is(Kind::NotFound);
    let left = server.alerts(&admin, &id).await;
    assert!(
        left.iter()
            .all(|alert| alert["entry"]["name"].is_null() && alert["has_probe"] == false)
    );
    server
        .offer(&officer, &id, &server.candidate(4, 1))
        .await
        .is(Kind::DeploymentNotLive);
    server
        .post(
            &admin,
            &format!("/v1/deployments/{id}/entries"),
            server.entry("Late", 3),
        )
        .await
        .is(Kind::DeploymentEnded);
    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .is(Kind::DeploymentEnded);
}

/// A live deployment on whose watchlist the person of seed 1 is twice.
async fn one_person_twice(server: &Server, admin: &Browser) -> String {
    let (id, _) = server.live(admin).await;
    let path = format!("/v1/deployments/{id}/entries");
    server
        .post(admin, &path, server.entry("Margo Testperson", 1))
        .await
        .ok();
    id
}

fn verdicts(alerts: &[Value]) -> Vec<&str> {
    alerts
        .iter()
        .map(|alert| alert["state"]["verdict"].as_str().unwrap_or("open"))
        .collect()
}

#[tokio::test]
async fn who_a_face_is_also_says_who_it_is_not() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let id = one_person_twice(&server, &admin).await;
    let reply = server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    assert_eq!(reply["crops_wanted"].as_array().unwrap().len(), 2);
    let alerts = server.alerts(&admin, &id).await;
    let [one, other] = &alerts[..] else {
        panic!("{alerts:?}")
    };

    let unseen = server
        .decide(&admin, one, "\"1\"", "true")
        .await
        .is(Kind::VersionChanged);
    assert!(unseen["detail"].as_str().unwrap().contains("joined"), "{unseen}");
    assert_eq!(verdicts(&server.alerts(&admin, &id).await), ["open", "open"]);

    let decided = server.decide_seeing(&admin, one, "\"1\"", "true", &[other]).await.ok();
    let decided = decided.as_array().unwrap();
    assert_eq!(
        (&decided[0]["id"], &decided[1]["id"], verdicts(decided)),
        (&one["id"], &other["id"], vec!["true", "false"])
    );
    assert_eq!(decided[0]["state"]["by"], decided[1]["state"]["by"]);
    server
        .decide(&admin, other, "\"2\"", "true")
        .await
        .is(Kind::AlreadyAdjudicated);
    let rows = server
        .app
        .store
        .read()
        .await
        .unwrap()
        .audit_after(0, 1000)
        .await
        .unwrap();
    let of_verdicts = rows.iter().filter(|row| row.action == "alert_adjudicated");
    assert_eq!(
        of_verdicts
            .map(|row| (json!(row.subject), row.detail["verdict"].clone()))
            .collect::<Vec<_>>(),
        [
            (one["id"].clone(), json!("true")),
            (other["id"].clone(), json!("false"))
        ]
    );

    // Somebody enrolled since is as alike; but who this face is has been decided.
    let path = format!("/v1/deployments/{id}/entries");
    server.post(&admin, &path, server.entry("Third", 1)).await.ok();
    let reply = server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    assert_eq!(reply, json!({ "crops_wanted": [] }));
    assert_eq!(server.alerts(&admin, &id).await.len(), 2);
}

#[tokio::test]
async fn none_of_these_is_one_decision_about_all_that_were_seen() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let id = one_person_twice(&server, &admin).await;
    for (track, verdict) in [(1, "false"), (2, "inconclusive")] {
        server.offer(&admin, &id, &server.candidate(track, 1)).await.ok();
        let of_track = |alerts: Vec<Value>| -> Vec<Value> {
            let track = json!(Uuid::from_u128(track));
            alerts.into_iter().filter(|alert| alert["track"] == track).collect()
        };
        let alerts = of_track(server.alerts(&admin, &id).await);
        server
            .decide(&admin, &alerts[0], "\"1\"", verdict)
            .await
            .is(Kind::VersionChanged);
        server
            .decide_seeing(&admin, &alerts[0], "\"1\"", verdict, &[&alerts[1]])
            .await
            .ok();
        assert_eq!(verdicts(&of_track(server.alerts(&admin, &id).await)), [verdict; 2]);
    }
    // A face that is none of those may still be somebody who is enrolled later.
    let path = format!("/v1/deployments/{id}/entries");
    server.post(&admin, &path, server.entry("Third", 1)).await.ok();
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    assert_eq!(server.alerts(&admin, &id).await.len(), 5);
}

#[tokio::test]
async fn one_face_waits_for_a_decision_about_three_entries_at_most() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let id = one_person_twice(&server, &admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let path = format!("/v1/deployments/{id}/entries");
    for (name, seed) in [("Third", 1), ("Fourth", 2)] {
        server.post(&admin, &path, server.entry(name, seed)).await.ok();
        server.offer(&admin, &id, &server.candidate(1, seed)).await.ok();
    }
    assert_eq!(server.alerts(&admin, &id).await.len(), 3);
    server.offer(&admin, &id, &server.candidate(2, 2)).await.ok();
    assert_eq!(server.alerts(&admin, &id).await.len(), 4, "the fourth does match");
}

#[tokio::test]
async fn two_faces_in_one_frame_are_not_both_the_same_person() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let beside = |track: u128, others: &[u128]| {
        let mut candidate = server.candidate(track, 1);
        candidate["beside"] = json!(others.iter().map(|n| Uuid::from_u128(*n)).collect::<Vec<_>>());
        candidate
    };
    server.offer(&admin, &id, &beside(1, &[2])).await.ok();
    server.offer(&admin, &id, &beside(2, &[1, 2, 1, 7])).await.ok();
    server.offer(&admin, &id, &beside(3, &[])).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    let of = |track: u128| {
        let track = json!(Uuid::from_u128(track));
        alerts.iter().find(|alert| alert["track"] == track).unwrap()
    };
    assert_eq!(of(1)["contradicts"], json!([of(2)["id"]]));
    assert_eq!(of(2)["contradicts"], json!([of(1)["id"]]));
    assert_eq!(of(3)["contradicts"], json!([]));
    assert_eq!((&of(1)["version"], &of(2)["version"]), (&json!(2), &json!(1)));

    server
        .decide(&admin, of(1), "\"2\"", "true")
        .await
        .is(Kind::VersionChanged);
    let decided = server
        .decide_seeing(&admin, of(1), "\"2\"", "true", &[of(2)])
        .await
        .ok();
    assert_eq!(verdicts(decided.as_array().unwrap()), ["true", "false"]);

    // The person is decided to be the first face, so a third one in the same view can't be.
    server.offer(&admin, &id, &beside(4, &[1, 2])).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    let fourth = alerts
        .iter()
        .find(|alert| alert["track"] == json!(Uuid::from_u128(4)))
        .unwrap();
    assert_eq!(fourth["contradicts"], json!([of(1)["id"]]));
    let refused = server
        .decide(&admin, fourth, "\"1\"", "true")
        .await
        .is(Kind::AlreadyAdjudicated);
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.contains("Ann Admin") && detail.contains("Marguerite Testperson"));
    server.decide(&admin, fourth, "\"1\"", "false").await.ok();
}

#[tokio::test]
async fn a_face_on_another_device_is_in_another_view() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut officer = server.officer(&admin, "Olly").await;
    server.pair(&admin, &mut officer).await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    // Longer than for a face seen again.
    server.wait(61);
    let mut candidate = server.candidate(2, 1);
    candidate["beside"] = json!([Uuid::from_u128(1)]);
    server.offer(&officer, &id, &candidate).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    assert_eq!(alerts.len(), 2);
    assert!(alerts.iter().all(|alert| alert["contradicts"] == json!([])));
}

#[tokio::test]
async fn a_candidate_that_does_not_match_leaves_no_trace() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    for track in 0..20 {
        server.offer(&admin, &id, &server.candidate(track, 2)).await.ok();
    }
    retention::write_counts(&server.app).await.unwrap();
    assert!(!server.files_hold(&server.template(2).to_bytes()));
    assert!(!server.files_hold(server.template(2).encode().as_bytes()));
    assert!(
        !server.files_hold(Uuid::from_u128(3).to_string().as_bytes()),
        "not even the track is kept"
    );
    assert_eq!(
        server.get(&admin, "/v1/deployments").await.ok()[0]["counters"]["candidates"],
        20
    );
}

#[tokio::test]
async fn a_track_sends_three_candidates_and_a_repeat_is_harmless() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let first = server.candidate(1, 1);
    let reply = server.offer(&admin, &id, &first).await.ok();
    assert_eq!(reply["crops_wanted"].as_array().unwrap().len(), 1);
    assert_eq!(server.offer(&admin, &id, &first).await.ok(), reply);
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    server.offer(&admin, &id, &server.candidate(1, 2)).await.ok();
    server
        .offer(&admin, &id, &server.candidate(1, 1))
        .await
        .is(Kind::TooManyCandidates);
    assert_eq!(server.offer(&admin, &id, &first).await.ok(), reply);
    assert_eq!(server.alerts(&admin, &id).await.len(), 1);
    server.wait(31);
    assert_eq!(
        server.offer(&admin, &id, &first).await.ok(),
        json!({ "crops_wanted": [] }),
        "too late for a crop"
    );
}

#[tokio::test]
async fn bad_candidates_get_their_problem_and_change_nothing() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}/candidates");
    let with = |field: &str, value: Value| {
        let mut candidate = server.candidate(1, 1);
        candidate[field] = value;
        candidate
    };
    let cases = [
        (with("model", json!("ffffffffffffffff")), Kind::ModelMismatch),
        (
            with("pipeline", json!(server.app.space().pipeline.0 + 1)),
            Kind::ModelMismatch,
        ),
        (with("age_ms", json!(10_001)), Kind::CandidateTooOld),
        (with("age_ms", json!(-1)), Kind::Invalid),
        (with("shots", json!(0)), Kind::Invalid),
        (with("shots", json!(4)), Kind::Invalid),
        (with("quality", json!(1.5)), Kind::Invalid),
        (with("model", json!("FFFF")), Kind::Invalid),
        (with("template", json!("AAAA")), Kind::Invalid),
        (with("template", json!("/".repeat(344))), Kind::Invalid),
        (with("template", json!(BASE64.encode([0u8; 256]))), Kind::Invalid),
        (with("extra", json!(1)), Kind::Invalid),
        (with("beside", json!([1])), Kind::Invalid),
        (with("beside", json!(vec![Uuid::from_u128(2); 17])), Kind::Invalid),
        (json!({}), Kind::Invalid),
        (json!([1, 2, 3]), Kind::Invalid),
        (with("template", json!("A".repeat(20_000))), Kind::TooLarge),
    ];
    for (candidate, kind) in cases {
        server.offer(&admin, &id, &candidate).await.is(kind);
    }
    for garbage in [&b"\xff\xfe\x00"[..], b"{", b"", b"\x00\x00\x00\x00"] {
        let request = Server::request("POST", &path, &admin).header(header::CONTENT_TYPE, "application/json");
        server
            .send(request.body(Body::from(garbage)).unwrap())
            .await
            .is(Kind::Malformed);
    }
    for kind in ["text/plain", "image/jpeg", ""] {
        let request = Server::request("POST", &path, &admin).header(header::CONTENT_TYPE, kind);
        server
            .send(request.body(Body::from("{}")).unwrap())
            .await
            .is(Kind::WrongContentType);
    }
    let nowhere = format!("/v1/deployments/{}/candidates", Uuid::from_u128(9));
    server
        .post(&admin, &nowhere, server.candidate(1, 1))
        .await
        .is(Kind::NotFound);
    server
        .post(&admin, "/v1/deployments/none/candidates", server.candidate(1, 1))
        .await
        .is(Kind::NotFound);
    assert!(server.alerts(&admin, &id).await.is_empty());
    assert_eq!(
        server.get(&admin, &format!("/v1/deployments/{id}")).await.ok()["counters"]["candidates"],
        0
    );
}

#[tokio::test]
async fn a_body_of_unknown_length_is_bounded_too() {
    let server = Server::new().await;
    let endless = futures::stream::iter((0..64).map(|_| Ok::<_, std::io::Error>(vec![b' '; 1024])));
    let request =
        Server::request("POST", "/v1/session", &Browser::default()).header(header::CONTENT_TYPE, "application/json");
    server
        .send(request.body(Body::from_stream(endless)).unwrap())
        .await
        .is(Kind::TooLarge);
}

#[tokio::test]
async fn enrolment_refuses_what_it_cannot_use() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let id = server.draft(&admin).await;
    let path = format!("/v1/deployments/{id}/entries");
    let with = |field: &str, value: Value| {
        let mut entry = server.entry("Ann", 1);
        let place = if field == "name" {
            &mut entry
        } else {
            &mut entry["portrait"]
        };
        place[field] = value;
        entry
    };
    let cases = [
        (with("photo", json!(BASE64.encode("just text"))), Kind::PhotoInvalid),
        (with("photo", json!("not base64!")), Kind::PhotoInvalid),
        (with("photo", json!(BASE64.encode(jpeg(2000, 10)))), Kind::PhotoInvalid),
        (with("photo", json!("A".repeat(800 * 1024))), Kind::TooLarge),
        (with("model", json!("ffffffffffffffff")), Kind::ModelMismatch),
        (with("template", json!("AAAA")), Kind::Invalid),
        (with("name", json!(" ")), Kind::Invalid),
        (with("quality", json!(-0.1)), Kind::Invalid),
    ];
    for (entry, kind) in cases {
        server.post(&admin, &path, entry).await.is(kind);
    }
    server
        .post(&admin, &format!("/v1/deployments/{id}/start"), json!({}))
        .await
        .is(Kind::WatchlistEmpty);
    let entry = server.post(&admin, &path, server.entry("Ann", 1)).await.ok();
    let photo = server
        .get(&admin, &format!("{path}/{}/photo", entry["id"].as_str().unwrap()))
        .await;
    assert_eq!(photo.bytes, jpeg(112, 112));
    assert_eq!(server.get(&admin, &path).await.ok()[0]["name"], "Ann");
    server
        .post(&admin, &format!("/v1/deployments/{id}/start"), json!({}))
        .await
        .ok();
    server
        .post(&admin, &format!("/v1/deployments/{id}/start"), json!({}))
        .await
        .is(Kind::DeploymentNotDraft);
}

#[tokio::test]
async fn a_person_enrolled_twice_is_pointed_out_and_strangers_are_not() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let id = server.draft(&admin).await;
    let entries = format!("/v1/deployments/{id}/entries");
    let first = server.post(&admin, &entries, server.entry("Zebedee", 1)).await.ok();
    assert_eq!(first["resembles"], json!([]));
    let stranger = server.post(&admin, &entries, server.entry("Yvonne", 2)).await.ok();
    assert_eq!(stranger["resembles"], json!([]));
    let again = server.post(&admin, &entries, server.entry("Z. Bedee", 1)).await.ok();
    assert_eq!(again["resembles"][0]["name"], "Zebedee");
    assert_eq!(again["resembles"].as_array().unwrap().len(), 1);
    assert_eq!(
        server.get(&admin, &entries).await.ok().as_array().unwrap().len(),
        3,
        "kept until a person decides"
    );
}

#[tokio::test]
async fn a_person_with_several_photos_is_found_by_each_of_them() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, entry) = server.live(&admin).await;
    let photos = format!("/v1/deployments/{id}/entries/{entry}/photos");
    let offered = |track: u128, seed: u64| {
        let candidate = server.candidate(track, seed);
        let (server, admin, id) = (&server, &admin, &id);
        async move {
            // Longer than for a face seen again.
            server.wait(61);
            server.offer(admin, id, &candidate).await.ok()["crops_wanted"]
                .as_array()
                .unwrap()
                .len()
        }
    };
    assert_eq!(offered(1, 7).await, 0);
    let added = server.post(&admin, &photos, server.portrait(7)).await.ok();
    assert_eq!(added["photos"].as_array().unwrap().len(), 2);
    assert_eq!(added["unlike_own"], true, "a photo of somebody else is pointed out");
    assert_eq!((offered(2, 7).await, offered(3, 1).await), (1, 1));
    let again = server.post(&admin, &photos, server.portrait(7)).await.ok();
    assert_eq!((&again["unlike_own"], &again["resembles"]), (&json!(false), &json!([])));
    let id_of = |n: usize| again["photos"][n]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        server.get(&admin, &format!("{photos}/{}", id_of(2))).await.bytes,
        jpeg(112, 112)
    );
    for _ in 0..2 {
        server.post(&admin, &photos, server.portrait(8)).await.ok();
    }
    server
        .post(&admin, &photos, server.portrait(9))
        .await
        .is(Kind::PhotosFull);

    // People and photos are counted apart, and the photos are what the target's N counts.
    let deployment = server.get(&admin, &format!("/v1/deployments/{id}")).await.ok();
    assert_eq!((&deployment["entries"], &deployment["photos"]), (&json!(1), &json!(5)));
    let point = operating_point(&server.app.models.calibration, Target::DEFAULT, (1, 5), Shots::ALL[1]);
    let shown = deployment["operating_point"]["threshold"].as_f64().unwrap();
    assert!((shown as f32 - point.threshold).abs() < 1e-6, "{shown}");
    let listed = server.get(&admin, &format!("/v1/deployments/{id}/entries")).await.ok();
    let all: Vec<String> = listed[0]["photos"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(all.len(), 5);
    for photo in &all[1..] {
        server.delete(&admin, &format!("{photos}/{photo}")).await.ok();
        server
            .delete(&admin, &format!("{photos}/{photo}"))
            .await
            .is(Kind::NotFound);
    }
    server
        .delete(&admin, &format!("{photos}/{}", all[0]))
        .await
        .is(Kind::LastPhoto);
    let left = [offered(4, 1).await, offered(5, 7).await, offered(6, 8).await];
    assert_eq!(left.iter().sum::<usize>(), 1, "deleted photos match nobody: {left:?}");
    let nobody = format!("/v1/deployments/{id}/entries/{}/photos", Uuid::nil());
    server
        .post(&admin, &nobody, server.portrait(1))
        .await
        .is(Kind::NotFound);
}

#[tokio::test]
async fn an_entry_shows_what_was_decided_about_its_alerts() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    for (track, verdict) in [(1, "false"), (2, "false"), (3, "inconclusive")] {
        server.offer(&admin, &id, &server.candidate(track, 1)).await.ok();
        let alerts = server.alerts(&admin, &id).await;
        let open = alerts.iter().find(|a| a["state"]["kind"] == "open").unwrap();
        server.decide(&admin, open, "\"1\"", verdict).await.ok();
    }
    let listed = server.get(&admin, &format!("/v1/deployments/{id}/entries")).await.ok();
    assert_eq!(
        listed[0]["verdicts"],
        json!({ "true": 0, "false": 2, "inconclusive": 1 })
    );
}

#[tokio::test]
async fn a_deleted_entry_stops_matching_at_once_and_a_new_one_matches_at_once() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, entry) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}/entries");
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alert = server.alerts(&admin, &id).await[0]["id"].as_str().unwrap().to_owned();
    server.delete(&admin, &format!("{path}/{entry}")).await.ok();
    server
        .delete(&admin, &format!("{path}/{entry}"))
        .await
        .is(Kind::NotFound);
    assert!(server.log_is_empty());
    server
        .put_jpeg(&admin, &format!("/v1/alerts/{alert}/crop"), jpeg(90, 90))
        .await
        .is(Kind::CropNotWanted);
    assert_eq!(
        server.offer(&admin, &id, &server.candidate(2, 1)).await.ok(),
        json!({ "crops_wanted": [] })
    );
    server.post(&admin, &path, server.entry("Bob", 2)).await.ok();
    server.offer(&admin, &id, &server.candidate(3, 2)).await.ok();
    assert_eq!(server.alerts(&admin, &id).await.len(), 2);
}

#[tokio::test]
async fn a_crop_after_thirty_seconds_is_refused() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let reply = server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    server.wait(31);
    let path = format!("/v1/alerts/{}/crop", reply["crops_wanted"][0].as_str().unwrap());
    server
        .put_jpeg(&admin, &path, jpeg(90, 90))
        .await
        .is(Kind::CropNotWanted);
}

#[tokio::test]
async fn a_deployment_lasts_a_day_at_most() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    for seconds in [-1, 0, 24 * 3600 + 1] {
        let ends_at = server.app.now() + SignedDuration::from_secs(seconds);
        let body = json!({ "name": "Pilot", "place": "Hall", "ends_at": ends_at });
        server.post(&admin, "/v1/deployments", body).await.is(Kind::Invalid);
    }
}

#[tokio::test]
async fn time_ends_a_deployment_and_takes_its_data() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let draft = server.draft(&admin).await;
    server
        .post(
            &admin,
            &format!("/v1/deployments/{draft}/entries"),
            server.entry("Draftee Person", 3),
        )
        .await
        .ok();
    server.wait(2 * 3600);
    let mut again = Browser::default();
    let answer = server
        .post(
            &again,
            "/v1/session",
            json!({ "name": "Ann Admin", "password": "correct horse" }),
        )
        .await;
    again.keep(&answer);
    again.cookies.extend(
        admin
            .cookies
            .iter()
            .filter(|(name, _)| name == "vedette_device")
            .cloned(),
    );
    // At its time nothing matches any more, whether or not the timer has come round.
    server
        .offer(&again, &id, &server.candidate(1, 1))
        .await
        .is(Kind::DeploymentNotLive);
    let timer = tokio::spawn(retention::run(server.app.clone()));
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let all = server.get(&again, "/v1/deployments").await.ok();
        let ended = all
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["state"]["reason"] == "time" && one["entries"] == 0);
        if ended {
            break;
        }
        assert!(std::time::Instant::now() < deadline, "{all}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    server.app.stopping.send_replace(true);
    timer.await.unwrap();
    for secret in [
        &b"Marguerite Testperson"[..],
        b"Draftee Person",
        &server.template(1).to_bytes(),
        &server.template(3).to_bytes(),
    ] {
        assert!(!server.files_hold(secret));
    }
}

#[tokio::test]
async fn what_ended_while_the_server_was_off_is_deleted_before_it_serves() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let server = server.restarted(2 * 3600).await;
    assert!(server.key_file(&id).exists());
    assert_eq!(
        retention::sweep(&*server.app.store, Actor::Server, server.app.now())
            .await
            .unwrap(),
        1
    );
    assert!(!server.key_file(&id).exists());
    let summary = server
        .app
        .store
        .read()
        .await
        .unwrap()
        .deployment_summary(id.parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(summary.entries, 0);
    assert_eq!(
        retention::sweep(&*server.app.store, Actor::Server, server.app.now())
            .await
            .unwrap(),
        0
    );
}

/// Fails as often as it was told to.
#[derive(Debug)]
struct FailingStore {
    inner: SqliteStore,
    writes: AtomicU32,
    scrubs: AtomicU32,
    /// Told when a scrub begins, which then waits while this is locked.
    scrubbing: tokio::sync::Notify,
    gate: tokio::sync::Mutex<()>,
}

impl FailingStore {
    fn fails(left: &AtomicU32) -> vedette_store::Result<()> {
        let one_less = |left: u32| left.checked_sub(1);
        match left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less) {
            Ok(_) => Err(StoreError::Busy),
            Err(_) => Ok(()),
        }
    }
}

#[async_trait::async_trait]
impl Store for FailingStore {
    async fn read(&self) -> vedette_store::Result<Box<dyn Transaction>> {
        self.inner.read().await
    }

    async fn write(&self) -> vedette_store::Result<Box<dyn Transaction>> {
        Self::fails(&self.writes)?;
        self.inner.write().await
    }

    async fn scrub(&self) -> vedette_store::Result<()> {
        Self::fails(&self.scrubs)?;
        self.scrubbing.notify_one();
        let _opened = self.gate.lock().await;
        self.inner.scrub().await
    }

    async fn check(&self) -> vedette_store::Result<()> {
        self.inner.check().await
    }

    async fn close(&self) {
        self.inner.close().await;
    }
}

async fn on_failing_store() -> (Server, Arc<FailingStore>) {
    let folder = tempfile::tempdir().unwrap();
    Models::write_samples(folder.path());
    let store = Arc::new(FailingStore {
        inner: SqliteStore::open(&folder.path().join("vedette.db"), vault(&folder), None)
            .await
            .unwrap(),
        writes: AtomicU32::new(0),
        scrubs: AtomicU32::new(0),
        scrubbing: tokio::sync::Notify::new(),
        gate: tokio::sync::Mutex::new(()),
    });
    (Server::over(folder, store.clone(), START).await, store)
}

#[tokio::test]
async fn a_scrub_that_failed_is_tried_again_until_it_is_done() {
    let (server, store) = on_failing_store().await;
    let admin = server.set_up().await;
    let (id, entry) = server.live(&admin).await;
    store.scrubs.store(2, Ordering::SeqCst);
    server
        .delete(&admin, &format!("/v1/deployments/{id}/entries/{entry}"))
        .await
        .ok();
    assert!(!server.log_is_empty(), "it still has what was deleted");
    assert!(!retention::tick(&server.app, 1).await, "it failed again");
    assert!(retention::tick(&server.app, 2).await);
    assert!(server.log_is_empty());
}

#[tokio::test]
async fn a_sweep_that_only_forgets_old_lists_scrubs_the_files_too() {
    let (server, store) = on_failing_store().await;
    let admin = server.set_up().await;
    let staff = operations::staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    server
        .post(&staff.commander, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    let later = server.app.now() + crate::domain::retention::MANIFEST.period.lasts();
    store.scrubs.store(1, Ordering::SeqCst);
    let swept = async |now| retention::sweep(&*server.app.store, Actor::CommandLine, now).await;
    assert!(
        swept(later - SignedDuration::from_hours(1)).await.is_ok(),
        "nothing was deleted"
    );
    assert!(swept(later + SignedDuration::from_hours(1)).await.is_err());
    assert!(swept(later + SignedDuration::from_hours(2)).await.is_ok());
}

/// Rewriting a large file takes long, and a Stop waits for whoever changes a list.
#[tokio::test]
async fn r5_no_list_waits_while_the_files_are_scrubbed() {
    let (server, store) = on_failing_store().await;
    let admin = server.set_up().await;
    let (id, entry) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}");
    let entry_path = format!("{path}/entries/{entry}");
    let end_path = format!("{path}/end");
    let free_while = async |change: std::pin::Pin<Box<dyn Future<Output = Answer> + '_>>| {
        let mut change = change;
        let gate = store.gate.lock().await;
        tokio::select! {
            _ = &mut change => panic!("nothing was scrubbed"),
            () = store.scrubbing.notified() => {}
        }
        assert!(server.app.watchlists.try_lock().is_ok());
        drop(gate);
        change.await.ok();
    };
    free_while(Box::pin(server.delete(&admin, &entry_path))).await;
    free_while(Box::pin(server.post(&admin, &end_path, json!({})))).await;
}

#[tokio::test]
async fn what_can_not_be_ended_holds_up_nothing_else_that_is_due() {
    let (server, store) = on_failing_store().await;
    let admin = server.set_up().await;
    let mut due = Vec::new();
    for _ in 0..2 {
        due.push(server.live(&admin).await.0);
        server.wait(60);
    }
    let last = server.live(&admin).await.0;
    server
        .app
        .matcher
        .live(last.parse().unwrap())
        .unwrap()
        .count_candidates(7);
    server.wait(2 * 3600 - 60);
    // Each round the first deployment fails. Round 0 also writes counts and forgets sessions.
    store.writes.store(1, Ordering::SeqCst);
    assert!(!retention::tick(&server.app, 0).await);
    let summaries = async || {
        let mut tx = server.app.store.read().await.unwrap();
        tx.deployment_summaries().await.unwrap()
    };
    let ended = |summary: &DeploymentSummary| matches!(summary.deployment.state, DeploymentState::Ended { .. });
    let found = summaries().await;
    let of = |id: &str| found.iter().find(|one| one.deployment.id.to_string() == *id).unwrap();
    assert!(!ended(of(&due[0])) && ended(of(&due[1])) && !ended(of(&last)));
    assert_eq!(of(&last).counters.candidates, 7);

    store.writes.store(1, Ordering::SeqCst);
    server.wait(60);
    let swept = retention::sweep(&*server.app.store, Actor::CommandLine, server.app.now()).await;
    assert!(swept.is_err(), "what failed is reported");
    let found = summaries().await;
    let of = |id: &str| found.iter().find(|one| one.deployment.id.to_string() == *id).unwrap();
    assert!(!ended(of(&due[0])) && ended(of(&last)));
}

#[tokio::test]
async fn a_deployment_that_the_command_line_ended_is_no_longer_in_memory() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    server.wait(600);
    server.get(&admin, "/v1/session").await.ok();
    server.wait(600);
    let (later, _) = server.live(&admin).await;
    let soon = server.app.now() + SignedDuration::from_secs(2 * 3600 - 1200);
    let ended = retention::sweep(&*server.app.store, Actor::CommandLine, soon).await;
    assert_eq!(ended.unwrap(), 1);
    assert!(server.finds(&id, 1).await, "the server doesn't know yet");
    assert!(retention::tick(&server.app, 1).await);
    let gone = server
        .app
        .matcher
        .search(id.parse().unwrap(), server.probe(&id, 1).await, Shots::ALL[1]);
    assert_eq!(gone.await, Err(MatchError::NotLive));
    assert!(server.app.matcher.live(id.parse().unwrap()).is_none());
    assert!(server.finds(&later, 1).await);
}

#[tokio::test]
async fn a_restart_goes_on_matching_and_forgets_no_alert() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    // Longer than for a face seen again.
    let server = server.restarted(61).await;
    assert_eq!(server.alerts(&admin, &id).await.len(), 1);
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    assert_eq!(
        server.alerts(&admin, &id).await.len(),
        1,
        "the same track raises no second alert"
    );
    server.offer(&admin, &id, &server.candidate(2, 1)).await.ok();
    assert_eq!(server.alerts(&admin, &id).await.len(), 2);
}

/// More polls than any request here takes.
const MOST_POLLS: usize = 200;

fn with_json(method: &str, path: &str, browser: &Browser, body: Value) -> Request<Body> {
    Server::request(method, path, browser)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}

#[tokio::test]
async fn a_deployment_whose_request_is_dropped_at_any_point_is_live_in_memory_as_in_the_database() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let consistent = async || {
        let _no_change_under_way = server.app.watchlists.lock().await;
        let mut tx = server.app.store.read().await.unwrap();
        for row in tx.deployment_summaries().await.unwrap() {
            let row = row.deployment;
            let live = matches!(row.state, DeploymentState::Live { .. });
            assert_eq!(server.app.matcher.live(row.id).is_some(), live, "{:?}", row.state);
        }
    };
    let mut started = Vec::new();
    for polls in 1.. {
        assert!(polls < MOST_POLLS);
        let id = server.draft(&admin).await;
        server
            .post(
                &admin,
                &format!("/v1/deployments/{id}/entries"),
                server.entry("Someone", 1),
            )
            .await
            .ok();
        let start = with_json("POST", &format!("/v1/deployments/{id}/start"), &admin, json!({}));
        let answer = server.send_and_leave(start, polls).await;
        started.push(id);
        if answer.is_some_and(|answer| answer.status.is_success()) {
            break;
        }
    }
    consistent().await;
    for _ in 0..started.len() {
        let (id, _) = server.live(&admin).await;
        started.push(id);
    }
    for (polls, id) in (1..).zip(started.iter().rev()) {
        let end = with_json("POST", &format!("/v1/deployments/{id}/end"), &admin, json!({}));
        server.send_and_leave(end, polls).await;
    }
    consistent().await;
}

#[tokio::test]
async fn a_watchlist_change_whose_request_is_dropped_at_any_point_is_matched_as_the_database_has_it() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let entries = format!("/v1/deployments/{id}/entries");
    // A person's second photo shows this seed.
    let second = |seed: u64| seed + 1000;
    let consistent = async || {
        let _no_change_under_way = server.app.watchlists.lock().await;
        let listed = server
            .app
            .store
            .read()
            .await
            .unwrap()
            .entries(id.parse().unwrap())
            .await
            .unwrap();
        for seed in 100..100 + MOST_POLLS as u64 {
            let photos = listed
                .iter()
                .find(|row| row.name == format!("Person {seed}"))
                .map_or(0, |row| row.photos.len());
            assert_eq!(server.finds(&id, seed).await, photos > 0, "the entry of {seed}");
            assert_eq!(server.finds(&id, second(seed)).await, photos > 1, "the photo of {seed}");
        }
        listed
            .into_iter()
            .filter(|row| row.name.starts_with("Person"))
            .collect::<Vec<_>>()
    };
    for (polls, seed) in (1..MOST_POLLS).zip(100..) {
        let person = server.entry(&format!("Person {seed}"), seed);
        let person = server.in_its_space(&entries, person).await;
        let new = with_json("POST", &entries, &admin, person);
        if server.send_and_leave(new, polls).await.is_some() {
            break;
        }
    }
    let there = consistent().await.len();
    for seed in 200..220 {
        server
            .post(&admin, &entries, server.entry(&format!("Person {seed}"), seed))
            .await
            .ok();
    }
    assert!(there > 0);
    // Ids sort by time.
    server.wait(1);
    for (row, polls) in consistent().await.into_iter().skip(there).zip(1..) {
        let seed: u64 = row.name["Person ".len()..].parse().unwrap();
        let photo = with_json(
            "POST",
            &format!("{entries}/{}/photos", row.id),
            &admin,
            server.in_its_space(&entries, server.portrait(second(seed))).await,
        );
        server.send_and_leave(photo, polls).await;
    }
    for (row, polls) in consistent()
        .await
        .into_iter()
        .filter(|row| row.photos.len() > 1)
        .zip(1..)
    {
        let newest = row.photos.iter().map(|photo| photo.id).max().unwrap();
        let path = format!("{entries}/{}/photos/{newest}", row.id);
        let gone = Server::request("DELETE", &path, &admin).body(Body::empty()).unwrap();
        server.send_and_leave(gone, polls).await;
    }
    for (row, polls) in consistent().await.into_iter().zip(1..) {
        let path = format!("{entries}/{}", row.id);
        let gone = Server::request("DELETE", &path, &admin).body(Body::empty()).unwrap();
        server.send_and_leave(gone, polls).await;
    }
    consistent().await;
}

#[tokio::test]
async fn a_candidate_whose_request_is_dropped_may_come_again_and_is_answered() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}/candidates");
    for polls in 1.. {
        assert!(polls < MOST_POLLS);
        // Longer than for a face seen again.
        server.wait(61);
        let candidate = server.in_its_space(&path, server.candidate(polls as u128, 1)).await;
        let first = with_json("POST", &path, &admin, candidate.clone());
        let answered = server.send_and_leave(first, polls).await.is_some();
        let again = server.offer(&admin, &id, &candidate).await.ok();
        assert_eq!(
            again["crops_wanted"].as_array().unwrap().len(),
            1,
            "after {polls} polls"
        );
        if answered {
            break;
        }
    }
}

#[tokio::test]
async fn a_deployment_made_with_another_model_does_not_go_live() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (now, space) = (server.app.now(), server.app.space());
    let other = TemplateSpace {
        pipeline: PipelineVersion(space.pipeline.0 + 1),
        ..space
    };
    let name: Name = serde_json::from_value(json!("Pilot")).unwrap();
    let id = DeploymentId::new(server.app.new_id().unwrap());
    let ends_at = now + SignedDuration::from_hours(2);
    let draft = Draft::new(id, &name, &name, ends_at, other.clone(), Target::DEFAULT, now).unwrap();
    let portrait = Portrait {
        template: Template::from_embedding(other, server.template(1).values().to_vec()).unwrap(),
        quality: 0.8,
        compression: None,
        photo: Jpeg(jpeg(112, 112)),
    };
    let change = Change {
        deployment: id,
        by: Actor::CommandLine,
        at: now,
        entropy: &*server.app.entropy,
    };
    let mut tx = server.app.store.write().await.unwrap();
    tx.add_deployment(&Deployment::from(draft).into()).await.unwrap();
    let someone = Newcomer {
        id: EntryId::new(Uuid::from_u128(6)),
        name: "Someone",
        particulars: None,
        portraits: vec![&portrait],
        override_reason: None,
        addition_reason: None,
        resembles: Vec::new(),
    };
    change.add_person(&mut *tx, someone).await.unwrap();
    tx.commit().await.unwrap();
    server
        .post(&admin, &format!("/v1/deployments/{id}/start"), json!({}))
        .await
        .is(Kind::ModelMismatch);
    let shown = server.get(&admin, &format!("/v1/deployments/{id}")).await.ok();
    assert_eq!(shown["state"]["kind"], "draft");
}

/// Reads a stream until it has `count` events with data.
async fn read_events(server: &Server, browser: &Browser, path: &str, count: usize) -> Vec<(i64, String, Value)> {
    let request = Server::request("GET", path, browser).body(Body::empty()).unwrap();
    let response = server.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut body = response.into_body();
    let mut text = String::new();
    let mut events = Vec::new();
    while events.len() < count {
        let frame = tokio::time::timeout(std::time::Duration::from_secs(20), body.frame())
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        text.push_str(std::str::from_utf8(frame.data_ref().unwrap()).unwrap());
        events = text
            .split("\n\n")
            .filter_map(|block| {
                let field = |name: &str| {
                    block
                        .lines()
                        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
                };
                let data = serde_json::from_str(field("data")?).unwrap();
                Some((field("id")?.parse().unwrap(), field("event")?.to_owned(), data))
            })
            .collect();
    }
    events
}

#[tokio::test]
async fn a_follower_gets_everything_once_and_a_dropped_one_catches_up() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}/events");
    let reading = read_events(&server, &admin, &path, 4);
    let acting = async {
        // The stream begins at its opening: what is done before belongs to the list of alerts.
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let reply = server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
        let crop = format!("/v1/alerts/{}/crop", reply["crops_wanted"][0].as_str().unwrap());
        server.put_jpeg(&admin, &crop, jpeg(90, 90)).await.ok();
        let alert = server.alerts(&admin, &id).await[0].clone();
        server.decide(&admin, &alert, "\"2\"", "true").await.ok();
    };
    let (events, ()) = tokio::join!(reading, acting);
    let kinds: Vec<_> = events.iter().map(|(_, kind, _)| kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["alert_raised", "alert_crop", "alert_receipt", "alert_adjudicated"]
    );
    assert!(events.is_sorted_by(|a, b| a.0 < b.0));
    assert_eq!(events[3].2["state"]["verdict"], "true");

    let missed = read_events(&server, &admin, &format!("{path}?after={}", events[0].0), 3).await;
    assert_eq!(
        missed.iter().map(|(seq, ..)| *seq).collect::<Vec<_>>(),
        [events[1].0, events[2].0, events[3].0]
    );
    let request = Server::request("GET", &path, &admin).header("last-event-id", events[1].0.to_string());
    let response = server
        .router
        .clone()
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let mut body = response.into_body();
    let mut text = String::new();
    while !text.contains("data:") {
        let frame = body.frame().await.unwrap().unwrap();
        text.push_str(std::str::from_utf8(frame.data_ref().unwrap()).unwrap());
    }
    assert!(text.contains(&format!("id: {}", events[2].0)) && text.contains("alert_receipt"));
    assert!(!text.contains("alert_crop"));
}

/// A stream that has begun: what happens from now on is in it.
async fn opened(server: &Server, browser: &Browser, id: &str) -> Body {
    let path = format!("/v1/deployments/{id}/events");
    let request = Server::request("GET", &path, browser).body(Body::empty()).unwrap();
    let mut body = server.router.clone().oneshot(request).await.unwrap().into_body();
    let opening = body.frame().await.unwrap().unwrap();
    assert!(opening.data_ref().unwrap().starts_with(b"id: "));
    body
}

#[tokio::test]
async fn a_withdrawn_device_hears_of_nothing_more_not_even_of_what_waited_for_it() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let mut officer = server.officer(&admin, "Bob").await;
    let device = server.pair(&admin, &mut officer).await;
    let stream = opened(&server, &officer, &id).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    // Meanwhile the officer's stream too has read the alert, which waits for its page.
    let path = format!("/v1/deployments/{id}/events?after=0");
    read_events(&server, &admin, &path, 2).await;
    server.delete(&admin, &format!("/v1/devices/{device}")).await.ok();
    server.offer(&admin, &id, &server.candidate(2, 1)).await.ok();
    let rest = tokio::time::timeout(std::time::Duration::from_secs(20), stream.collect());
    let heard = rest.await.expect("the stream ends").unwrap().to_bytes();
    assert_eq!(String::from_utf8_lossy(&heard), "");
}

#[tokio::test]
async fn a_quiet_stream_beats_so_that_a_page_can_tell_it_from_a_dead_one() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let mut stream = opened(&server, &admin, &id).await;
    let beat = tokio::time::timeout(std::time::Duration::from_secs(25), stream.frame());
    let beat = beat.await.unwrap().unwrap().unwrap();
    assert_eq!(beat.data_ref().unwrap().as_ref(), b"event: beat\ndata: {}\n\n");
}

#[tokio::test]
async fn a_full_disk_is_told_plainly_and_the_server_goes_on() {
    let server = Server::with_largest(Some(512 * 1024)).await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}/entries");
    let noise = |seed: u32| {
        let noisy = image::RgbImage::from_fn(300, 300, |x, y| {
            let n = (x * 311 + y * 7 + seed).wrapping_mul(2_654_435_761);
            image::Rgb([(n >> 8) as u8, (n >> 16) as u8, (n >> 24) as u8])
        });
        let mut bytes = std::io::Cursor::new(Vec::new());
        noisy.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    };
    let mut enrolled = 1;
    let problem = loop {
        let mut entry = server.entry("Late", 2);
        entry["portrait"]["photo"] = json!(BASE64.encode(noise(enrolled)));
        let answer = server.post(&admin, &path, entry).await;
        if answer.status == StatusCode::CREATED {
            enrolled += 1;
            assert!(enrolled < 100, "the disk never filled");
            continue;
        }
        break answer.is(Kind::StorageUnavailable);
    };
    assert!(
        problem["detail"].as_str().unwrap().contains("disk is full"),
        "{problem}"
    );
    assert_eq!(
        server.get(&admin, &path).await.ok().as_array().unwrap().len() as u32,
        enrolled
    );
    assert_eq!(
        server.offer(&admin, &id, &server.candidate(1, 9)).await.ok(),
        json!({ "crops_wanted": [] })
    );
    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    for (name, value) in [
        ("origin", "https://evil.test"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let request = Server::request("POST", "/v1/pairing-codes", &admin)
            .header(header::CONTENT_TYPE, "application/json")
            .header(name, value);
        server
            .send(request.body(Body::from("{\"device_name\":\"x\"}")).unwrap())
            .await
            .is(Kind::OtherOrigin);
    }
}

#[tokio::test]
async fn wrong_addresses_and_methods_are_problems_too() {
    let server = Server::new().await;
    let stranger = Browser::default();
    for path in ["/v1", "/v1/", "/v1/nothing", "/v1/deployments/x/y/z"] {
        server.get(&stranger, path).await.is(Kind::NotFound);
    }
    server.delete(&stranger, "/v1/health").await.is(Kind::MethodNotAllowed);
    server.get(&stranger, "/v1/certificate").await.is(Kind::NotFound);
}

#[tokio::test]
async fn every_answer_carries_its_guards() {
    let server = Server::new().await;
    for path in [
        "/",
        "/control.html",
        "/nothing",
        "/models/manifest.toml",
        "/v1/health",
        "/v1/users",
    ] {
        let answer = server.get(&Browser::default(), path).await;
        for name in [
            "content-security-policy",
            "cross-origin-opener-policy",
            "cross-origin-embedder-policy",
            "cross-origin-resource-policy",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
        ] {
            assert!(answer.headers.contains_key(name), "{path} {name}");
        }
        if path.starts_with("/v1") {
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{path}");
        }
    }
    let start = server.get(&Browser::default(), "/").await;
    assert_eq!(
        (start.status, &start.headers[header::LOCATION]),
        (StatusCode::FOUND, &"/control.html".parse().unwrap())
    );
}

#[tokio::test]
async fn models_are_served_as_verified() {
    let server = Server::new().await;
    let stranger = Browser::default();
    let model = server.get(&stranger, "/models/embedder.onnx?v=abc").await;
    assert_eq!(model.bytes, b"embedder");
    assert!(
        model.headers[header::CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    for path in ["/models/none.onnx", "/models/..%2fvedette.db", "/models/vedette.db"] {
        assert_eq!(
            server.get(&stranger, path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_audit_table_tells_of_each_change_without_personal_data() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alert = server.alerts(&admin, &id).await[0].clone();
    server.decide(&admin, &alert, "\"1\"", "true").await.ok();
    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    let rows = server
        .app
        .store
        .read()
        .await
        .unwrap()
        .audit_after(0, 1000)
        .await
        .unwrap();
    let actions: Vec<_> = rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "set_up",
            "device_paired",
            "deployment_drafted",
            "entry_enrolled",
            "deployment_started",
            "alert_raised",
            "alert_opened",
            "alert_adjudicated",
            "deployment_ended",
            "key_destroyed",
        ]
    );
    let text = format!("{rows:?}");
    for personal in ["Marguerite", "Ann Admin", "Pilot", "Hall"] {
        assert!(!text.contains(personal), "{personal}");
    }
    assert_eq!(
        rows[rows.len() - 2].detail["erased"],
        json!({ "entries": 1, "photos": 1, "probes": 0 })
    );
}

/// R80.
#[tokio::test]
async fn a_deletion_is_certified_once_it_is_done() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}/deletion");
    server.get(&admin, &path).await.is(Kind::NotDeletedYet);
    // Somebody who came and went before the end was on the list too.
    let list = format!("/v1/deployments/{id}/entries");
    let passing = server.post(&admin, &list, server.entry("Petra Passing", 2)).await.ok();
    let passing = passing["id"].as_str().unwrap();
    server.delete(&admin, &format!("{list}/{passing}")).await.ok();
    server.wait(60);
    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    let text = server.get(&admin, &path).await.ok().to_string();
    let certificate: DeletionCertificate = serde_json::from_str(&text).unwrap();
    assert!(certificate.is_signed_by(server.app.audit_key.public()));
    let statement = certificate.statement;
    assert_eq!((statement.people, statement.photos, statement.crops), (1, 1, 0));
    assert_eq!((statement.listed, statement.taken_off), (Some(2), Some(1)));
    // Nobody signs for an exercise.
    assert_eq!(statement.signed_for, None);
    assert_eq!(statement.key_destroyed_at, server.app.now());
    let mut tx = server.app.store.read().await.unwrap();
    let entry = tx.last_audit().await.unwrap().unwrap();
    assert_eq!(
        (entry.seq, entry.action.as_str()),
        (statement.journal_entry, "key_destroyed")
    );
    assert_eq!(hex::encode(entry.hash.unwrap().0), statement.journal_hash);
}

/// R79: a crash after the end, before its key was destroyed.
#[tokio::test]
async fn a_key_that_outlived_its_deployment_is_destroyed_at_the_next_start() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let mut tx = server.app.store.write().await.unwrap();
    let ended = DeploymentState::Ended {
        ended_at: server.app.now(),
        reason: vedette_store::row::EndReason::ByPerson,
    };
    tx.set_deployment_state(id.parse().unwrap(), ended).await.unwrap();
    tx.erase(id.parse().unwrap(), server.app.now()).await.unwrap();
    tx.commit().await.unwrap();
    let server = server.restarted(1).await;
    assert!(server.key_file(&id).exists());
    retention::sweep(&*server.app.store, Actor::Server, server.app.now())
        .await
        .unwrap();
    assert!(!server.key_file(&id).exists());
    let mut tx = server.app.store.read().await.unwrap();
    assert_eq!(tx.last_audit().await.unwrap().unwrap().action, "key_destroyed");
    assert_eq!(tx.spent_keys().await.unwrap(), []);
}

/// R101: without its key a deployment matches nobody, says so, and can be ended.
#[tokio::test]
async fn a_deployment_whose_key_is_gone_can_only_be_ended() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    std::fs::remove_file(server.key_file(&id)).unwrap();
    let server = server.restarted(1).await;
    let found = server.offer(&admin, &id, &server.candidate(1, 1)).await;
    found.is(Kind::DeploymentNotLive);
    let list = server.get(&admin, &format!("/v1/deployments/{id}/entries")).await;
    let problem = list.is(Kind::StorageUnavailable);
    assert!(problem["detail"].as_str().unwrap().contains("key is gone"), "{problem}");
    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    server.get(&admin, &format!("/v1/deployments/{id}/deletion")).await.ok();
}

#[test]
fn methods_of_the_document_are_known_to_the_walk() {
    for (method, ..) in operations() {
        assert!(Method::from_bytes(method.to_uppercase().as_bytes()).is_ok());
        assert!(["get", "post", "put", "delete"].contains(&method.as_str()), "{method}");
    }
}
