//! `cargo xtask`: builds, runs, tests and measures Vedette. Nothing needs to be installed but rustup and Node.

mod bench;
mod browser;
mod build;
mod clips;
mod compile;
mod models;
mod peers;
mod relief;
mod screens;
mod shell;
mod stamp;
mod test;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use shell::Shell;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Builds, runs, tests and measures Vedette",
    disable_help_subcommand = false
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build what changed and start the product on the embedded database
    #[command(
        after_help = "The server's own settings follow, for example:\n  cargo xtask run --http 127.0.0.1:9000 --data /srv/vedette\nAll of them: cargo xtask run -- --help"
    )]
    Run {
        /// Settings for `vedette serve`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        settings: Vec<String>,
    },
    /// Build what changed: WASM, front end, server
    Build,
    /// Run every check that decides whether a change may land
    Test {
        /// Only these steps
        steps: Vec<String>,
        /// Name the steps and stop
        #[arg(long)]
        list: bool,
    },
    /// Measure; no result decides a test
    Bench {
        #[command(subcommand)]
        what: bench::What,
    },
    /// Write server/openapi.json and the front end's client anew
    Openapi,
    /// Make the camera clips that the browser tests play, in target/clips
    Clips,
    /// Take pictures of every screen and state, in each theme and held in each way: target/screens/index.html
    Screens {
        /// Only this state, by its name on the sheet
        #[arg(long)]
        only: Option<String>,
        /// In this language, such as cy
        #[arg(long)]
        language: Option<String>,
    },
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let shell = Shell::in_repository()?;
    match arguments.task {
        Task::Run { settings } => {
            build::everything(&shell)?;
            shell.serve(&settings)
        }
        Task::Build => build::everything(&shell).map(|()| ExitCode::SUCCESS),
        Task::Test { list: true, .. } => {
            test::list();
            Ok(ExitCode::SUCCESS)
        }
        Task::Test { steps, list: false } => test::run(&shell, &steps),
        Task::Bench { what } => bench::run(&shell, &what).map(|()| ExitCode::SUCCESS),
        Task::Openapi => build::openapi(&shell).map(|()| ExitCode::SUCCESS),
        Task::Clips => clips::make(&shell).map(|folder| {
            println!("{}", folder.display());
            ExitCode::SUCCESS
        }),
        Task::Screens { only, language } => {
            screens::take(&shell, only.as_deref(), language.as_deref()).map(|()| ExitCode::SUCCESS)
        }
    }
}
