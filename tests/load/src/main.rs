//! As many tablets as a large operation has, against one server, and against a plain one in Python: cargo xtask bench server.
//!
//! Tablets and servers share the machine. What a server takes of it is what the system charges its process with.

mod fleet;
mod site;

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Parser;
use fleet::{Fleet, Outcome};
use site::Site;
use tokio_rustls::TlsConnector;

const STORAGE_KEY: &str = "LOAD_STORAGE_KEY";
/// Before each figure, so that what is measured is no start.
const WARM_UP: Duration = Duration::from_secs(2);

#[derive(Parser)]
struct Settings {
    /// The server's binary
    #[arg(long)]
    server: PathBuf,
    /// Folder with the models and their manifest
    #[arg(long)]
    models: PathBuf,
    /// Python with fastapi, uvicorn and numpy, and tests/bench/peer_server.py
    #[arg(long, num_args = 2)]
    peer: Option<Vec<PathBuf>>,
    #[arg(long)]
    devices: usize,
    /// People on the watchlist
    #[arg(long)]
    entries: u64,
    /// Candidates of each device in a second
    #[arg(long)]
    rate: f64,
    /// Seconds of each round
    #[arg(long)]
    seconds: u64,
    #[arg(long)]
    rounds: usize,
}

#[tokio::main]
#[allow(clippy::disallowed_methods, reason = "sessions begin now")]
async fn main() -> Result<()> {
    let settings = Settings::parse();
    let data = tempfile::tempdir()?;
    let key = "5e".repeat(32);
    println!(
        "{} devices, {} candidates a second each over TLS, {} people on the list; rounds of {} s, in turn",
        settings.devices, settings.rate, settings.entries, settings.seconds
    );
    let manifest = settings.models.join("manifest.toml");
    let made = site::make(
        data.path(),
        &manifest,
        &key,
        settings.entries,
        settings.devices,
        jiff::Timestamp::now(),
    );
    let site = Arc::new(made.await.context("the data folder can't be made")?);
    let server = Server::vedette(&settings, data.path(), &key)?;
    let peer = match &settings.peer {
        Some(command) => Some(Server::peer(command, data.path(), settings.entries)?),
        None => None,
    };
    let mut all: Vec<(&Server, Vec<Figures>)> = [Some(&server), peer.as_ref()]
        .into_iter()
        .flatten()
        .map(|server| (server, Vec::new()))
        .collect();
    let tls = fleet::trusting(&std::fs::read(data.path().join("pilot-authority.pem"))?)?;
    for _ in 0..settings.rounds {
        for (server, figures) in &mut all {
            figures.push(server.measure(&tls, &site, &settings).await?);
        }
    }
    for (server, figures) in &all {
        println!("\n{}", server.name);
        for (what, of) in FIGURES {
            println!("  {what:<38}{}", shown(figures.iter().map(of).collect()));
        }
    }
    if let [(_, ours), (_, theirs)] = &all[..] {
        let ratio = |of: fn(&Figures) -> f64| shown(theirs.iter().zip(ours).map(|(a, b)| of(a) / of(b)).collect());
        println!("\nThe peer against us, round by round");
        println!("  {:<38}{}", "processor time of a candidate", ratio(|f| f.processor_ms));
        println!("  {:<38}{}", "99 of 100 answered within", ratio(|f| f.p99));
    }
    Ok(())
}

struct Figures {
    answered: f64,
    refused: f64,
    p50: f64,
    p99: f64,
    cores: f64,
    processor_ms: f64,
    tablets: f64,
}

type Figure = fn(&Figures) -> f64;
const FIGURES: [(&str, Figure); 7] = [
    ("answered in a second", |f| f.answered),
    ("refused in a second", |f| f.refused),
    ("half answered within, ms", |f| f.p50),
    ("99 of 100 answered within, ms", |f| f.p99),
    ("cores that the server used", |f| f.cores),
    ("its processor time of a candidate, ms", |f| f.processor_ms),
    ("cores that the tablets used", |f| f.tablets),
];

/// Median and range.
fn shown(mut values: Vec<f64>) -> String {
    values.sort_by(f64::total_cmp);
    match (values.first(), values.get(values.len() / 2), values.last()) {
        (Some(least), Some(middle), Some(most)) => format!("{middle:.2} ({least:.2}-{most:.2})"),
        _ => "-".to_owned(),
    }
}

struct Server {
    name: &'static str,
    child: Child,
    address: SocketAddr,
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

impl Server {
    fn vedette(settings: &Settings, data: &Path, key: &str) -> Result<Self> {
        let (plain, encrypted) = (free_address()?, free_address()?);
        let mut command = Command::new(&settings.server);
        command
            .arg("serve")
            .args(["--http", &plain.to_string(), "--https", &encrypted.to_string()])
            .args(["--storage-key", &format!("env:{STORAGE_KEY}")])
            .arg("--data")
            .arg(data)
            .arg("--models")
            .arg(&settings.models)
            .env(STORAGE_KEY, key)
            .env("VEDETTE_LOG", "warn");
        Self::start("Vedette", command, encrypted)
    }

    /// With the certificate that our server made.
    fn peer(command: &[PathBuf], data: &Path, entries: u64) -> Result<Self> {
        let address = free_address()?;
        let [python, script] = command else {
            bail!("the peer is a program and a script")
        };
        let mut command = Command::new(python);
        command
            .arg(script)
            .args([address.port().to_string(), entries.to_string()])
            .args([data.join("pilot-certificate.pem"), data.join("pilot-key.pem")]);
        Self::start(
            "FastAPI and numpy: no session, no database, no normalisation",
            command,
            address,
        )
    }

    fn start(name: &'static str, mut command: Command, address: SocketAddr) -> Result<Self> {
        let child = command
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let mut server = Self { name, child, address };
        let deadline = Instant::now() + Duration::from_secs(120);
        while TcpStream::connect(address).is_err() {
            if Instant::now() > deadline || server.child.try_wait()?.is_some() {
                bail!("{name} does not answer");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// With tablets that are connected for it: servers close connections that stand idle.
    async fn measure(&self, tls: &TlsConnector, site: &Arc<Site>, settings: &Settings) -> Result<Figures> {
        let every = Duration::from_secs_f64(1.0 / settings.rate);
        let mut fleet = Fleet::connect(self.address, tls, site).await?;
        fleet.run(site, every, WARM_UP).await?;
        let before = (self.processor_seconds()?, processor_seconds("self")?);
        let outcome: Outcome = fleet.run(site, every, Duration::from_secs(settings.seconds)).await?;
        let used = self.processor_seconds()? - before.0;
        Ok(Figures {
            answered: outcome.per_second(),
            refused: outcome.refused as f64 / outcome.seconds,
            p50: outcome.within(0.5),
            p99: outcome.within(0.99),
            cores: used / outcome.seconds,
            processor_ms: used * 1e3 / outcome.latencies.len().max(1) as f64,
            tablets: (processor_seconds("self")? - before.1) / outcome.seconds,
        })
    }

    fn processor_seconds(&self) -> Result<f64> {
        processor_seconds(&self.child.id().to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the system has charged a process with, in hundredths on every Linux there is.
fn processor_seconds(process: &str) -> Result<f64> {
    let stat =
        std::fs::read_to_string(format!("/proc/{process}/stat")).context("only Linux tells what a process used")?;
    // The name may hold anything, so fields are counted from after it: utime and stime are the 14th and 15th.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: f64 = [fields.get(11), fields.get(12)]
        .into_iter()
        .flatten()
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum();
    Ok(ticks / 100.0)
}
