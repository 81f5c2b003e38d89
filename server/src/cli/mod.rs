//! The command line.

mod audit;
mod calibrate;
mod doctor;
mod enrol;
mod evaluate;
mod keys;
mod serve;
mod settings;
mod user;

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use vedette_store::row::Actor;
use vedette_store::sqlite::SqliteStore;
use vedette_store::{Store, StoreError};

use crate::clock::{Clock as _, SystemClock};
use crate::http::pages::Pages;
use crate::{http, retention};
use settings::{SettingError, Settings};

/// Live facial recognition for one authorised deployment: watchlist, exact matching, alerts, deletion.
#[derive(Debug, Parser)]
#[command(name = "vedette", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server
    Serve(SettingArgs),
    /// Adds an account, or gives it a new password
    User {
        #[command(subcommand)]
        command: user::Command,
    },
    /// Puts people onto the watchlist of a deployment that is being prepared
    Enrol(enrol::EnrolArgs),
    /// Checks and exports the journal of who did what
    Audit {
        #[command(subcommand)]
        command: audit::Command,
    },
    /// Cares for the keys that keep watchlists secret
    Keys {
        #[command(subcommand)]
        command: keys::Command,
    },
    /// Deletes what is due
    Retention {
        #[command(subcommand)]
        command: RetentionCommand,
    },
    /// Fits the model's calibration to histograms of comparison scores, and shows the thresholds that follow
    Calibrate(calibrate::CalibrateArgs),
    /// Measures recognition on a labelled set of photographs and writes a report
    Evaluate(evaluate::EvaluateArgs),
    /// Looks for what would keep the server from running well
    Doctor(SettingArgs),
    /// Prints the OpenAPI document of the interface
    Openapi,
}

#[derive(Debug, Subcommand)]
enum RetentionCommand {
    /// Ends deployments whose time is over and deletes their data, once
    Run(SettingArgs),
}

/// Each can also come from the environment (VEDETTE_DATA for --data) or from a file (data = "..."), in this order.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct SettingArgs {
    /// Settings file [default: vedette.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<String>,
    /// Folder for the database and the pilot certificate [default: data]
    #[arg(long, value_name = "FOLDER")]
    data: Option<String>,
    /// Folder of the model files [default: models]
    #[arg(long, value_name = "FOLDER")]
    models: Option<String>,
    /// Address for browsers on this machine, a loopback address [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    http: Option<String>,
    /// Address for tablets, encrypted [default: 0.0.0.0:8443]
    #[arg(long, value_name = "ADDRESS:PORT")]
    https: Option<String>,
    /// Serves this machine only, without encryption
    #[arg(long)]
    no_tls: bool,
    /// Certificate chain (PEM), in place of the pilot certificate
    #[arg(long, value_name = "FILE")]
    tls_cert: Option<String>,
    /// Its private key (PEM)
    #[arg(long, value_name = "FILE")]
    tls_key: Option<String>,
    /// Where tablets find the server [default: the first address in the local network]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// File for the signed heads of the journal, best on another machine's disk [default: audit-heads.jsonl in the data folder]
    #[arg(long, value_name = "FILE")]
    audit_heads: Option<String>,
    /// Folder for the keys of deployments, best left out of backups [default: keys in the data folder]
    #[arg(long, value_name = "FOLDER")]
    keys: Option<String>,
    /// Where the key comes from that wraps them: a file, env:NAME or command:PROGRAM [default: storage.key in the data folder]
    #[arg(long, value_name = "SOURCE")]
    storage_key: Option<String>,
}

/// A message for the person at the command line, and how the program exits.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Setting(#[from] SettingError),
    #[error("{0}")]
    Said(String),
}

impl Failure {
    fn code(&self) -> ExitCode {
        match self {
            Self::Setting(_) => ExitCode::from(2),
            Self::Said(_) => ExitCode::FAILURE,
        }
    }
}

pub(crate) fn main(pages: Pages) -> ExitCode {
    let cli = Cli::parse();
    log();
    match run(cli.command, pages) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&failure.to_string());
            failure.code()
        }
    }
}

/// A message for whoever is there to read it.
fn tell(message: &str) {
    let _ = writeln!(std::io::stderr(), "vedette: {message}");
}

/// To standard error, so that standard output holds only what was asked for. No line names a person.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("VEDETTE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,tract_onnx=error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        // Told on standard error, which panics when that is what is closed: the server would then serve on, deaf to signals.
        .log_internal_errors(false)
        .init();
}

fn run(command: Command, pages: Pages) -> Result<(), Failure> {
    let settings = |args: &SettingArgs| {
        let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        for name in settings::unknown_variables(names) {
            let known: Vec<_> = settings::known_variables().collect();
            tell(&format!(
                "{name}, from the environment, is no setting and isn't used. Settings are {}.",
                known.join(", ")
            ));
        }
        Settings::resolve(args, &|name| std::env::var(name).ok())
    };
    match command {
        Command::Serve(args) => block_on(serve::run(settings(&args)?, pages)),
        Command::User { command } => {
            let settings = settings(command.settings())?;
            block_on(user::run(command, settings))
        }
        Command::Enrol(args) => {
            let settings = settings(args.settings())?;
            block_on(enrol::run(args, settings))
        }
        Command::Audit { command } => {
            let settings = settings(command.settings())?;
            block_on(audit::run(command, settings))
        }
        Command::Keys { command } => keys::run(&command, &settings(command.settings())?),
        Command::Retention {
            command: RetentionCommand::Run(args),
        } => block_on(sweep(settings(&args)?)),
        Command::Calibrate(args) => calibrate::run(&args),
        Command::Evaluate(args) => evaluate::run(&args, SystemClock.now()),
        Command::Doctor(args) => block_on(doctor::run(settings(&args)?)),
        Command::Openapi => {
            let text = http::openapi::to_text(&http::document()).map_err(|error| Failure::Said(error.to_string()))?;
            print!("{text}");
            Ok(())
        }
    }
}

fn block_on(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => Err(Failure::Said(format!(
            "The system gives no threads to run on ({error})."
        ))),
    }
}

async fn sweep(settings: Settings) -> Result<(), Failure> {
    let store = open_store(&settings).await?;
    let ended = retention::sweep(&store, Actor::CommandLine, SystemClock.now())
        .await
        .map_err(|error| Failure::Said(format!("What is due could not be deleted: {error}. Try again.")))?;
    println!("Deployments ended, and their data deleted: {ended}");
    store.close().await;
    Ok(())
}

/// The database in the data folder, which is made if need be.
pub(crate) async fn open_store(settings: &Settings) -> Result<SqliteStore, Failure> {
    make_private_folder(&settings.data)?;
    let vault = keys::open_vault(settings)?;
    let path = settings.data.join("vedette.db");
    SqliteStore::open(&path, vault, None)
        .await
        .map_err(|error| Failure::Said(about_store(&error, &path)))
}

fn about_store(error: &StoreError, path: &Path) -> String {
    let path = path.display();
    match error {
        StoreError::Corrupt => format!(
            "The database {path} is damaged, or isn't a Vedette database. Nothing was changed. \
             Move it away and put a copy back, or start anew with another --data folder."
        ),
        StoreError::Newer => format!("The database {path} was made by a newer version of Vedette. Run that version."),
        StoreError::ReadOnly => format!(
            "The database {path} can't be written. Give this user write access to the file and its folder, \
             or choose another folder with --data."
        ),
        StoreError::Full => format!("The disk that holds {path} is full. Free some space, then start again."),
        StoreError::Busy => format!("Another program holds the database {path}. Stop it, then start again."),
        other => format!("The database {path} can't be opened: {other}."),
    }
}

/// Two servers on one database would each hold a watchlist that the other changes.
fn lock(data: &Path) -> Result<std::fs::File, Failure> {
    let path = data.join("lock");
    let mut options = std::fs::OpenOptions::new();
    let file = options.create(true).append(true).open(&path).map_err(|error| {
        Failure::Said(format!(
            "The data folder {} can't be written ({error}). Give this user write access, or choose another with --data.",
            data.display()
        ))
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Failure::Said(format!(
            "Another Vedette server uses the data folder {}. Stop it, or choose another folder with --data.",
            data.display()
        ))),
        Err(std::fs::TryLockError::Error(error)) => Err(Failure::Said(error.to_string())),
    }
}

/// Systems begin with less locked memory than they would let a program have.
fn lock_as_much_as_allowed() {
    #[cfg(unix)]
    if let Ok((_, most)) = rlimit::getrlimit(rlimit::Resource::MEMLOCK) {
        // What can't be locked for it is told of when it is tried.
        let _ = rlimit::setrlimit(rlimit::Resource::MEMLOCK, most, most);
    }
}

/// For the owner only.
fn make_private_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| {
        if folder.is_file() {
            return Failure::Said(format!(
                "{} is a file. The data needs a folder: choose one with --data.",
                folder.display()
            ));
        }
        Failure::Said(format!(
            "The data folder {} can't be made ({error}). Give this user write access, or choose another with --data.",
            folder.display()
        ))
    })
}
