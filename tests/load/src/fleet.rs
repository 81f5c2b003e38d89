//! Tablets that offer candidates at a steady rate, each over a connection of its own, as browsers keep one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;
use uuid::Uuid;
use vedette_core::id::{CandidateId, TrackId};
use vedette_core::shot::Shots;
use vedette_core::wire::{Beside, Candidate};

use crate::site::{Site, template};

/// Candidates of one face before the next face comes.
const OF_A_TRACK: u64 = 2;

pub(crate) struct Fleet {
    devices: Vec<Device>,
}

struct Device {
    number: u64,
    sender: SendRequest<Full<Bytes>>,
    cookies: String,
}

/// What came of a stretch of time.
#[derive(Default)]
pub(crate) struct Outcome {
    /// From when a candidate was to be sent until it was answered, in milliseconds, ascending. A device that still waits sends
    /// later, and that counts too.
    pub(crate) latencies: Vec<f64>,
    pub(crate) refused: u64,
    pub(crate) seconds: f64,
}

impl Outcome {
    /// The share of the answers that came within the returned time.
    pub(crate) fn within(&self, share: f64) -> f64 {
        let at = (self.latencies.len() as f64 * share) as usize;
        self.latencies
            .get(at.min(self.latencies.len().saturating_sub(1)))
            .copied()
            .unwrap_or(f64::NAN)
    }

    pub(crate) fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }
}

/// Trusts the authority that the server made for itself.
pub(crate) fn trusting(authority: &[u8]) -> Result<TlsConnector> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(authority) {
        roots.add(certificate.context("the authority can't be read")?)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

impl Fleet {
    pub(crate) async fn connect(address: SocketAddr, tls: &TlsConnector, site: &Site) -> Result<Self> {
        let mut devices = Vec::new();
        for (number, cookies) in (0..).zip(&site.cookies) {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            let stream = tls.connect(ServerName::try_from("127.0.0.1")?, stream).await?;
            let (sender, connection) = handshake(TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            devices.push(Device {
                number,
                sender,
                cookies: cookies.clone(),
            });
        }
        Ok(Self { devices })
    }

    /// Each device offers one candidate every `every` for so long; they begin one after the other within the first of it.
    pub(crate) async fn run(&mut self, site: &Arc<Site>, every: Duration, lasts: Duration) -> Result<Outcome> {
        let count = self.devices.len() as u32;
        let start = Instant::now() + Duration::from_millis(50);
        let mut running = tokio::task::JoinSet::new();
        for (place, device) in (0..).zip(self.devices.drain(..)) {
            let (site, first) = (site.clone(), start + every * place / count);
            running.spawn(device.offer(site, first, every, start + lasts));
        }
        let mut outcome = Outcome::default();
        while let Some(done) = running.join_next().await {
            let (device, latencies, refused) = done??;
            outcome.latencies.extend(latencies);
            outcome.refused += refused;
            self.devices.push(device);
        }
        outcome.seconds = start.elapsed().as_secs_f64();
        outcome.latencies.sort_by(f64::total_cmp);
        Ok(outcome)
    }
}

impl Device {
    async fn offer(
        mut self,
        site: Arc<Site>,
        first: Instant,
        every: Duration,
        until: Instant,
    ) -> Result<(Self, Vec<f64>, u64)> {
        let (mut latencies, mut refused) = (Vec::new(), 0);
        let mut track = TrackId::new(Uuid::now_v7());
        let mut due = first;
        for number in 0.. {
            if due >= until {
                break;
            }
            if number % OF_A_TRACK == 0 {
                track = TrackId::new(Uuid::now_v7());
            }
            tokio::time::sleep_until(due).await;
            match self.send(&site, track, number).await? {
                StatusCode::OK => latencies.push(due.elapsed().as_secs_f64() * 1e3),
                StatusCode::SERVICE_UNAVAILABLE => refused += 1,
                other => bail!("a candidate was answered with {other}"),
            }
            due += every;
        }
        Ok((self, latencies, refused))
    }

    async fn send(&mut self, site: &Site, track: TrackId, number: u64) -> Result<StatusCode> {
        // Of somebody who isn't on the list, as nearly everybody who passes.
        let face = template(&site.space, (1 << 40) + self.number * 1_000_000 + number)?;
        let candidate = Candidate {
            id: CandidateId::new(Uuid::now_v7()),
            track,
            beside: Beside::default(),
            age_ms: 120,
            model: site.space.model.clone(),
            pipeline: site.space.pipeline,
            transform: site.space.transform.clone(),
            quality: 0.8,
            shots: Shots::ONE,
            template: face.encode(),
        };
        let request = Request::post(format!("/v1/deployments/{}/candidates", site.deployment))
            .header(header::HOST, "127.0.0.1")
            .header(header::COOKIE, &self.cookies)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(serde_json::to_vec(&candidate)?)))?;
        self.sender.ready().await?;
        let reply = self.sender.send_request(request).await?;
        let status = reply.status();
        reply.into_body().collect().await?;
        Ok(status)
    }
}
