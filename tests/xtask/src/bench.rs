//! Measurements. None decides a test.

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::shell::Shell;
use crate::{browser, build, clips};

#[derive(Subcommand)]
pub(crate) enum What {
    /// In one browser run, interleaved: this engine and page against named peers
    Browser {
        /// Rounds of each contender
        #[arg(long, default_value_t = 15)]
        rounds: u32,
    },
}

pub(crate) fn run(shell: &Shell, what: &What) -> Result<()> {
    let What::Browser { rounds } = what;
    build::everything(shell)?;
    build::packages(shell, "tests/browser")?;
    build::packages(shell, "tests/bench")?;
    let mut command = shell.command("node", "tests/bench", &["browser.mjs", "--rounds", &rounds.to_string()]);
    command
        .env("VEDETTE_BIN", shell.server())
        .env("VEDETTE_CLIPS", clips::make(shell)?);
    if let Some(path) = browser::find(shell)? {
        command.env("VEDETTE_BROWSER", path);
    }
    let status = command.status().context("node could not be started")?;
    anyhow::ensure!(status.success(), "the benchmark failed; its output is above");
    Ok(())
}
