//! Measurements. None decides a test.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Subcommand, ValueEnum};

use crate::shell::{Shell, run as run_command};
use crate::{browser, build, clips, peers};

#[derive(Subcommand)]
pub(crate) enum What {
    /// In one browser run, interleaved: this engine and page against named peers
    Browser {
        /// Rounds of each contender
        #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
        /// One part of it; may be given again (without this: all parts)
        #[arg(long, value_enum)]
        part: Vec<Part>,
    },
    /// A long list of people with photographs, imported through the page of an operation
    Import {
        /// People, with a photograph each
        #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=20_000))]
        rows: u32,
        /// Photographs that the engine looks at; the others get made-up templates (without this: all of them)
        #[arg(long)]
        looks: Option<u32>,
        /// How many cores the browser is told that it has
        #[arg(long)]
        cores: Option<u32>,
        /// Folder of photographs whose faces theirs are made of (without this: the tests' own)
        #[arg(long, value_name = "DIR")]
        faces: Option<PathBuf>,
    },
    /// Photographs become references natively, on all cores: against a Python pipeline on onnxruntime
    Enrol {
        #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(100..=20_000))]
        photographs: u32,
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
    },
    /// What a tablet's first visit and a later one cost: bytes, and time until it matches
    Start {
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
    },
    /// The memory of the officer's page at full rate, and whether it grows
    Soak {
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
        minutes: u32,
        /// How many cores the browser is told that it has: from four on two workers look
        #[arg(long)]
        cores: Option<u32>,
    },
    /// What candidates cost the matcher, by the watchlist's length, against the memory's speed and FAISS
    Matcher,
    /// A thousand tablets against one server over TLS, and against FastAPI with numpy
    Server {
        #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=5_000))]
        devices: u32,
        /// Candidates of each device in a second
        #[arg(long, default_value_t = 2.0)]
        rate: f64,
        /// People on the watchlist
        #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
        entries: u32,
        /// Of each round
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
        seconds: u32,
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
    },
    /// Where the networks' time goes in WASM, by operator, and which inner loops are chosen
    Ops,
    /// What a deployment's transform costs a template, natively and in WASM
    Transform,
    /// How often a kiosk takes a head for a picture and a picture for a head, on made-up presentations
    Presentation {
        /// A folder of photographs of one face each, which are turned as heads and as prints
        #[arg(long)]
        portraits: PathBuf,
        /// A folder of .mjpeg files, ten frames a second, of people who turn their heads
        #[arg(long)]
        videos: Option<PathBuf>,
    },
    /// How often the tracker confuses people who cross, against plain overlap, on made-up scenes
    Tracker,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Part {
    /// Each network alone, against onnxruntime-web
    Networks,
    /// Two workers side by side, against onnxruntime-web with two threads
    Two,
    /// The whole page on a clip, against Human and face-api
    Page,
    /// A group that steps into view at once: with the embedder in a worker beside, and with both networks in one
    Group,
    /// From the first assessable frame to the alert on a second screen
    Latency,
    /// What a worker with both networks takes, against one with onnxruntime-web
    Memory,
    /// From a fresh profile's navigation to the first template, against onnxruntime-web
    Cold,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Networks => "networks",
            Self::Two => "two",
            Self::Page => "page",
            Self::Group => "group",
            Self::Latency => "latency",
            Self::Memory => "memory",
            Self::Cold => "cold",
        }
    }
}

pub(crate) fn run(shell: &Shell, what: &What) -> Result<()> {
    match what {
        What::Browser { rounds, part } => {
            let mut given = vec!["browser.mjs".to_owned(), "--rounds".to_owned(), rounds.to_string()];
            for part in part {
                given.extend(["--part".to_owned(), part.name().to_owned()]);
            }
            in_browser(shell, &given)
        }
        What::Enrol { photographs, rounds } => in_browser(
            shell,
            &[
                "enrol.mjs".to_owned(),
                format!("--photographs={photographs}"),
                format!("--rounds={rounds}"),
            ],
        ),
        What::Start { rounds } => in_browser(shell, &["start.mjs".to_owned(), format!("--rounds={rounds}")]),
        What::Soak { minutes, cores } => {
            let mut arguments = vec!["soak.mjs".to_owned(), format!("--minutes={minutes}")];
            arguments.extend(cores.map(|number| format!("--cores={number}")));
            in_browser(shell, &arguments)
        }
        What::Import {
            rows,
            looks,
            cores,
            faces,
        } => {
            let mut given = vec!["import.mjs".to_owned(), "--rows".to_owned(), rows.to_string()];
            for (name, number) in [("--looks", looks), ("--cores", cores)] {
                given.extend(number.iter().flat_map(|number| [name.to_owned(), number.to_string()]));
            }
            if let Some(faces) = faces {
                let faces = std::path::absolute(faces)?;
                given.extend(["--faces".to_owned(), faces.to_string_lossy().into_owned()]);
            }
            in_browser(shell, &given)
        }
        What::Matcher => matcher(shell),
        What::Server {
            devices,
            rate,
            entries,
            seconds,
            rounds,
        } => {
            let numbers = [
                ("--devices", devices.to_string()),
                ("--rate", rate.to_string()),
                ("--entries", entries.to_string()),
                ("--seconds", seconds.to_string()),
                ("--rounds", rounds.to_string()),
            ];
            server(shell, &numbers.map(|(name, number)| format!("{name}={number}")))
        }
        What::Ops => ops(shell),
        What::Transform => {
            println!("Natively:");
            example(shell, "transform")?;
            println!("\nIn WASM, under Node:");
            example_in_wasm(shell, "transform")
        }
        What::Tracker => example(shell, "tracker"),
        What::Presentation { portraits, videos } => presentation(shell, portraits, videos.as_deref()),
    }
}

/// A measurement that lives beside the core.
fn example(shell: &Shell, name: &str) -> Result<()> {
    let core = ["--package", "vedette-core", "--example", name];
    shell.watch("cargo", "", &[&["run", "--release", "--quiet"][..], &core].concat())
}

fn matcher(shell: &Shell) -> Result<()> {
    let core = ["--package", "vedette-core", "--example", "matcher"];
    let mut command = shell.command("cargo", "", &[&["run", "--release", "--quiet"][..], &core].concat());
    if let Some(python) = peers::python(shell, &[peers::FAISS, peers::NUMPY]) {
        let folder = shell.target("bench/matcher");
        std::fs::create_dir_all(&folder)?;
        command.arg("--").arg(folder).arg(python);
        command.arg(shell.path("tests/bench/flat_index.py"));
    }
    run_command(&mut command)
}

fn server(shell: &Shell, numbers: &[String]) -> Result<()> {
    build::everything(shell)?;
    shell.watch(
        "cargo",
        "",
        &["build", "--release", "--quiet", "--package", "vedette-load"],
    )?;
    let program = shell.target(&format!("release/vedette-load{}", std::env::consts::EXE_SUFFIX));
    let mut command = shell.command(&program.to_string_lossy(), "", &[]);
    command.arg("--server").arg(shell.server());
    command.arg("--models").arg(shell.path("models")).args(numbers);
    if let Some(python) = peers::python(shell, &[peers::FASTAPI, peers::UVICORN, peers::NUMPY]) {
        command
            .arg("--peer")
            .arg(python)
            .arg(shell.path("tests/bench/peer_server.py"));
    }
    run_command(&mut command)
}

fn presentation(shell: &Shell, portraits: &Path, videos: Option<&Path>) -> Result<()> {
    let engine = [
        "run",
        "--release",
        "--quiet",
        "--package",
        "vedette-engine",
        "--example",
    ];
    let mut command = shell.command("cargo", "", &[&engine[..], &["presentation", "--"]].concat());
    command.arg(shell.path("models")).arg(portraits).args(videos);
    run_command(&mut command)
}

fn example_in_wasm(shell: &Shell, name: &str) -> Result<()> {
    build::compiler_target(shell, build::WASI)?;
    let core = ["--package", "vedette-core", "--example", name];
    let arguments = [&["run", "--release", "--quiet", "--target", build::WASI][..], &core].concat();
    run_command(
        shell
            .command("cargo", "", &arguments)
            .env(build::WASI_RUNNER, "node --no-warnings tests/wasi.mjs"),
    )
}

/// With the build profile of the browser's module: without its link-time optimisation other operators would come first.
fn ops(shell: &Shell) -> Result<()> {
    build::compiler_target(shell, build::WASI)?;
    let engine = ["--package", "vedette-engine", "--example", "ops"];
    let build = ["rustc", "--profile", "wasm", "--target", build::WASI];
    // The script puts the inner loops into the program's table.
    let table = ["--", "-C", "link-args=--export-table --growable-table"];
    shell.watch("cargo", "", &[&build[..], &engine, &table].concat())?;
    build::packages(shell, "tests/bench")?;
    let program = shell.target(&format!("{}/wasm/examples/ops.wasm", build::WASI));
    let mut command = shell.command("node", "tests/bench", &["ops.mjs"]);
    command.arg(program);
    if let Some(path) = browser::find(shell)? {
        command.env("VEDETTE_BROWSER", path);
    }
    run_command(&mut command)
}

fn in_browser(shell: &Shell, given: &[String]) -> Result<()> {
    build::everything(shell)?;
    build::packages(shell, "tests/browser")?;
    build::packages(shell, "tests/bench")?;
    let programs = ["--example", "enrol", "--example", "plain_onnx"];
    shell.watch(
        "cargo",
        "",
        &[&["build", "--release"], build::NATIVE, &programs].concat(),
    )?;
    let given: Vec<_> = given.iter().map(String::as_str).collect();
    let mut command = shell.command("node", "tests/bench", &given);
    let program = |name: &str| shell.target(&format!("release/examples/{name}{}", std::env::consts::EXE_SUFFIX));
    command
        .env("VEDETTE_BIN", shell.server())
        .env("VEDETTE_ENROL", program("enrol"))
        .env("VEDETTE_PLAIN_ONNX", program("plain_onnx"))
        .env("VEDETTE_CLIPS", clips::make(shell)?);
    let pipeline = [peers::ONNXRUNTIME, peers::OPENCV, peers::NUMPY];
    if given[0] == "enrol.mjs"
        && let Some(python) = peers::python(shell, &pipeline)
    {
        command.env("VEDETTE_PYTHON", python);
    }
    if let Some(path) = browser::find(shell)? {
        command.env("VEDETTE_BROWSER", path);
    }
    let status = command.status().context("node could not be started")?;
    anyhow::ensure!(status.success(), "the benchmark failed; its output is above");
    Ok(())
}
