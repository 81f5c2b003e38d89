//! A browser of somebody's own, as the server sees it: its cookies, and what it asks.

use std::time::Duration;

use serde_json::{Value, json};
use ureq::{Agent, Body, http::Response};

use crate::delivery;

pub struct Reply {
    pub status: u16,
    pub body: Value,
}

impl Reply {
    /// The body of a request that was granted.
    pub fn ok(self) -> Value {
        assert!(self.status < 300, "{self:?}");
        self.body
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.body)
    }
}

pub struct Visitor {
    pub port: u16,
    pub(crate) agent: Agent,
}

impl Visitor {
    pub(crate) fn new(port: u16) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build();
        Self {
            port,
            agent: agent.into(),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    pub fn get(&self, path: &str) -> Reply {
        read(self.agent.get(self.url(path)).call().unwrap())
    }

    pub fn bytes(&self, path: &str) -> Vec<u8> {
        let mut response = self.agent.get(self.url(path)).call().unwrap();
        response.body_mut().read_to_vec().unwrap()
    }

    /// Everybody on the watchlist, oldest first.
    pub fn entries(&self, deployment: &str) -> Vec<Value> {
        let mut all = Vec::new();
        for page in 0.. {
            let path = format!("/v1/deployments/{deployment}/entries?page={page}");
            match self.get(&path).ok().as_array().unwrap().as_slice() {
                [] => break,
                more => all.extend_from_slice(more),
            }
        }
        all
    }

    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(path, "application/json", body.to_string().as_bytes())
    }

    pub fn send(&self, path: &str, content_type: &str, body: &[u8]) -> Reply {
        let request = self.agent.post(self.url(path)).header("origin", self.url(""));
        read(request.header("content-type", content_type).send(body).unwrap())
    }

    pub fn put(&self, path: &str, body: &Value) -> Reply {
        self.replace(path, "application/json", body.to_string().as_bytes())
    }

    pub fn put_jpeg(&self, path: &str, jpeg: &[u8]) -> Reply {
        self.replace(path, "image/jpeg", jpeg)
    }

    fn replace(&self, path: &str, content_type: &str, body: &[u8]) -> Reply {
        let request = self.agent.put(self.url(path)).header("origin", self.url(""));
        read(request.header("content-type", content_type).send(body).unwrap())
    }

    /// An answer about an alert in `version`.
    pub fn answer(&self, path: &str, version: u64, body: &Value) -> Reply {
        let request = self.agent.post(self.url(path)).header("origin", self.url(""));
        let request = request.header("if-match", format!("\"{version}\""));
        read(request.send_json(body).unwrap())
    }

    /// What was done about an alert in `version`.
    pub fn put_answer(&self, path: &str, version: u64, body: &Value) -> Reply {
        let request = self.agent.put(self.url(path)).header("origin", self.url(""));
        let request = request.header("if-match", format!("\"{version}\""));
        read(request.send_json(body).unwrap())
    }

    pub fn sign_in_as(&self, name: &str, password: &str) -> Reply {
        self.post("/v1/session", &json!({ "name": name, "password": password }))
    }

    /// As `post`; nothing when the server is gone, before or while it answered.
    pub fn try_post(&self, path: &str, body: &Value) -> Option<Reply> {
        let request = self.agent.post(self.url(path)).header("origin", self.url(""));
        whole(request.send_json(body))
    }

    pub fn try_delete(&self, path: &str) -> Option<Reply> {
        whole(self.agent.delete(self.url(path)).header("origin", self.url("")).call())
    }

    /// Of an alert that nobody has decided about.
    pub fn try_adjudicate(&self, alert: &str, verdict: &str) -> Option<Reply> {
        let path = self.url(&format!("/v1/alerts/{alert}/adjudication"));
        let request = self.agent.post(path).header("origin", self.url(""));
        whole(
            request
                .header("if-match", "\"1\"")
                .send_json(json!({ "verdict": verdict, "delivery": delivery() })),
        )
    }
}

impl std::fmt::Debug for Visitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visitor")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

fn read(mut response: Response<Body>) -> Reply {
    let status = response.status().as_u16();
    let text = response.body_mut().read_to_string().unwrap_or_default();
    Reply {
        status,
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
    }
}

fn whole(response: Result<Response<Body>, ureq::Error>) -> Option<Reply> {
    let mut response = response.ok()?;
    let status = response.status().as_u16();
    let text = response.body_mut().read_to_string().ok()?;
    let body = match text.is_empty() {
        true => Value::Null,
        false => serde_json::from_str(&text).ok()?,
    };
    Some(Reply { status, body })
}
