//! The product as the system tests see it: a process, a data folder, and an HTTP client with cookies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that can't go on stops"
)]

mod visitor;

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;
use vedette_core::manifest::Manifest;
use vedette_core::template::{Template, TemplateSpace};
use vedette_core::transform::{Seed, Transform};

pub use visitor::{Reply, Visitor};

pub const PASSWORD: &str = "correct horse battery";

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A number under which something is sent once.
pub fn delivery() -> Uuid {
    Uuid::now_v7()
}

pub fn binary() -> PathBuf {
    std::env::var_os("VEDETTE_BIN").map_or_else(
        || panic!("VEDETTE_BIN is not set; run these tests with cargo xtask test system"),
        |path| repository().join(path),
    )
}

pub fn space() -> TemplateSpace {
    let text = std::fs::read_to_string(repository().join("models/manifest.toml")).unwrap();
    Manifest::parse(&text).unwrap().space().unwrap()
}

/// A template in a direction of its own: two of different seeds have a cosine near zero.
pub fn template(seed: u64) -> Template {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let values = (0..space().dimensions)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
        })
        .collect();
    Template::from_embedding(space(), values).unwrap()
}

/// A small real JPEG, different for each seed.
pub fn photo(seed: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(120, 120, |x, y| image::Rgb([(x * 2) as u8, (y * 2) as u8 ^ seed, seed]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85)
        .encode_image(&picture)
        .unwrap();
    bytes
}

pub struct Product {
    pub data: TempDir,
    /// The browser in which it was set up.
    admin: Visitor,
    child: Option<Child>,
    output: Arc<Mutex<String>>,
    /// As browsers hold them, by deployment.
    seeds: Mutex<HashMap<String, Seed>>,
}

impl Product {
    pub fn start() -> Self {
        let mut product = Self::stopped();
        product.run();
        product
    }

    fn stopped() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self {
            data: TempDir::new().unwrap(),
            admin: Visitor::new(port),
            child: None,
            output: Arc::default(),
            seeds: Mutex::default(),
        }
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(binary());
        command
            .arg("serve")
            .args(["--no-tls", "--http", &format!("127.0.0.1:{}", self.port)]);
        command.arg("--data").arg(self.data.path()).current_dir(repository());
        command
    }

    pub fn run(&mut self) {
        let command = self.command();
        self.run_as(command);
    }

    /// Starts `command` and waits until it answers.
    pub fn run_as(&mut self, mut command: Command) {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        for pipe in [
            Box::new(child.stdout.take().unwrap()) as Box<dyn std::io::Read + Send>,
            Box::new(child.stderr.take().unwrap()),
        ] {
            let output = self.output.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    let mut output = output.lock().unwrap();
                    output.push_str(&line);
                    output.push('\n');
                }
            });
        }
        self.child = Some(child);
        let deadline = Instant::now() + Duration::from_secs(20);
        while !self.answers() {
            assert!(
                Instant::now() < deadline,
                "the server did not start:\n{}",
                self.output()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Sooner, its address takes connections that nobody answers yet.
    pub fn answers(&self) -> bool {
        self.agent.get(self.url("/v1/health")).call().is_ok()
    }

    pub fn halt(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
            child.wait().unwrap();
        }
    }

    pub fn output(&self) -> String {
        self.output.lock().unwrap().clone()
    }

    /// An adjudication of an alert in `version`, by somebody who has looked at it for as long as it takes.
    pub fn adjudicate(&self, alert: &str, version: u64, verdict: &str) -> Reply {
        let opened = self.post(&format!("/v1/alerts/{alert}/receipts"), &json!({ "kind": "opened" }));
        assert_eq!(opened.status, 200, "{opened:?}");
        std::thread::sleep(Duration::from_millis(2_100));
        let path = format!("/v1/alerts/{alert}/adjudication");
        self.answer(&path, version, &json!({ "verdict": verdict, "delivery": delivery() }))
    }

    /// The lines of the deployment's events after `seq`, until `enough` of them are there.
    pub fn events(&self, deployment: &str, after: u64, enough: impl Fn(&str) -> bool) -> String {
        let path = self.url(&format!("/v1/deployments/{deployment}/events"));
        let response = self
            .agent
            .get(path)
            .header("last-event-id", after.to_string())
            .call()
            .unwrap();
        let mut text = String::new();
        for line in BufReader::new(response.into_body().into_reader()).lines() {
            text.push_str(&line.unwrap());
            text.push('\n');
            if enough(&text) {
                break;
            }
        }
        text
    }

    pub fn set_up(&self) {
        let deadline = Instant::now() + Duration::from_secs(10);
        // It answers as soon as it has printed, which may be before the line was read here.
        while !self.output().contains("#setup=") && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = self.output();
        let code = output
            .split("#setup=")
            .nth(1)
            .unwrap()
            .split_whitespace()
            .next()
            .unwrap();
        let reply = self.post(
            "/v1/setup",
            &json!({ "code": code, "name": "Ada", "password": PASSWORD, "device_name": "Gate tablet" }),
        );
        assert!(reply.status < 300, "{}", reply.body);
    }

    pub fn sign_in(&self, password: &str) -> Reply {
        self.sign_in_as("Ada", password)
    }

    /// Another browser, in which nobody is signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.port)
    }

    /// The plan of an operation called North gate, and somebody signed in who keeps its list.
    pub fn operation(&self) -> String {
        let done = |reply: Reply| {
            assert!(reply.status < 300, "{}", reply.body);
            reply.body
        };
        for (name, role) in [("Cora", "commander"), ("Lina", "list_manager")] {
            let roles = json!([{ "role": role, "trained_until": "2099-12-31" }]);
            done(self.post(
                "/v1/users",
                &json!({ "name": name, "password": PASSWORD, "roles": roles }),
            ));
        }
        let sign_in = |name: &str| done(self.post("/v1/session", &json!({ "name": name, "password": PASSWORD })));
        sign_in("Cora");
        let plan = json!({
            "name": "North gate", "place": "Harbour Road", "ends_at": self.in_seconds(7_200),
            "plan": {
                "starts_at": self.in_seconds(3_600), "purpose": "Find people who must leave", "legal_basis": "Immigration Act",
                "use_case": "Watchlist", "cameras": ["Mast 1"], "categories": ["Deportation order"], "footfall": 3000,
                "necessity": "They pass here", "proportionality": "One gate", "alternatives": "Officers found none",
                "documents": [], "notice": null,
            },
        });
        let planned = done(self.post("/v1/operations", &plan));
        sign_in("Lina");
        planned["id"].as_str().unwrap().to_owned()
    }

    /// That time from now, as the interface wants it.
    pub fn in_seconds(&self, seconds: i64) -> String {
        let now = std::process::Command::new("date")
            .args(["-u", "-d", &format!("+{seconds} seconds"), "+%FT%TZ"])
            .output();
        String::from_utf8(now.unwrap().stdout).unwrap().trim().to_owned()
    }

    /// A pilot that ends in `seconds`.
    pub fn pilot(&self, seconds: i64) -> String {
        let body = json!({ "name": "Rehearsal", "place": "Pier 4", "ends_at": self.in_seconds(seconds) });
        let reply = self.post("/v1/deployments", &body);
        assert!(reply.status < 300, "{}", reply.body);
        reply.body["id"].as_str().unwrap().to_owned()
    }

    /// The seed of the deployment's transform; nothing where the server is gone, or doesn't give it.
    pub fn seed(&self, deployment: &str) -> Option<Seed> {
        if let Some(seed) = self.seeds.lock().unwrap().get(deployment) {
            return Some(seed.clone());
        }
        let path = format!("/v1/deployments/{deployment}/transform/references");
        let mut response = self.agent.get(self.url(&path)).call().ok()?;
        let seed = Seed::new(&response.body_mut().read_to_vec().ok()?).ok()?;
        self.seeds.lock().unwrap().insert(deployment.to_owned(), seed.clone());
        Some(seed)
    }

    /// What a browser would send of that face: in the deployment's space, where the server gives the seed.
    pub fn sent(&self, deployment: &str, face: &Template) -> Template {
        match self.seed(deployment) {
            Some(seed) => Transform::new(&seed, face.space().dimensions)
                .apply(face.clone())
                .unwrap(),
            None => face.clone(),
        }
    }

    pub fn new_entry(&self, deployment: &str, name: &str, face: &Template, photo: &[u8]) -> Value {
        let template = self.sent(deployment, face);
        let space = template.space();
        json!({
            "name": name,
            "portrait": {
                "template": template.encode(),
                "model": space.model,
                "pipeline": space.pipeline,
                "transform": space.transform,
                "quality": 0.9,
                "photo": base64::engine::general_purpose::STANDARD.encode(photo),
            },
        })
    }

    pub fn entry(&self, deployment: &str, name: &str, face: &Template, photo: &[u8]) -> Reply {
        let entry = self.new_entry(deployment, name, face, photo);
        self.post(&format!("/v1/deployments/{deployment}/entries"), &entry)
    }

    /// Kills the running server without warning when it is called.
    pub fn killer(&self) -> impl FnOnce() + Send + use<> {
        let process = self.child.as_ref().unwrap().id().to_string();
        move || {
            let _ = Command::new("kill").args(["-KILL", &process]).status();
        }
    }

    /// KiB of the server's memory that are locked; nothing on systems that don't tell.
    pub fn locked_kib(&self) -> Option<u64> {
        let process = self.child.as_ref().unwrap().id();
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmLck:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// After a kill.
    pub fn reap(&mut self) {
        self.child.take().unwrap().wait().unwrap();
    }

    /// A live pilot with one entry.
    pub fn live(&self, seconds: i64, reference: &Template, photo: &[u8]) -> String {
        let id = self.pilot(seconds);
        let reply = self.entry(&id, "Volunteer Zebedee", reference, photo);
        assert!(reply.status < 300, "{}", reply.body);
        let reply = self.post(&format!("/v1/deployments/{id}/start"), &json!({}));
        assert!(reply.status < 300, "{}", reply.body);
        id
    }

    pub fn candidate(&self, deployment: &str, track: Uuid, face: &Template) -> Reply {
        self.post(
            &format!("/v1/deployments/{deployment}/candidates"),
            &candidate(track, &self.sent(deployment, face)),
        )
    }

    /// Whether any file in the data folder, or the server's output, holds these bytes.
    pub fn holds(&self, needle: &[u8]) -> Option<PathBuf> {
        fn search(folder: &Path, needle: &[u8]) -> Option<PathBuf> {
            for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
                let found = if entry.is_dir() {
                    search(&entry, needle)
                } else {
                    let bytes = std::fs::read(&entry).unwrap_or_default();
                    bytes.windows(needle.len()).any(|w| w == needle).then(|| entry.clone())
                };
                if found.is_some() {
                    return found;
                }
            }
            None
        }
        let output = self.output();
        let in_output = output.as_bytes().windows(needle.len()).any(|w| w == needle);
        if in_output {
            Some("output".into())
        } else {
            search(self.data.path(), needle)
        }
    }
}

impl Deref for Product {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.admin
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        self.halt();
    }
}

impl std::fmt::Debug for Product {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Product")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

pub fn candidate(track: Uuid, template: &Template) -> Value {
    let space = template.space();
    json!({
        "id": Uuid::now_v7(),
        "track": track,
        "age_ms": 40,
        "model": space.model,
        "pipeline": space.pipeline,
        "transform": space.transform,
        "quality": 0.8,
        "shots": 2,
        "template": template.encode(),
    })
}
