//! The repository, its target folder, and running other programs in it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

pub(crate) struct Shell {
    root: PathBuf,
    target: PathBuf,
}

impl Shell {
    pub(crate) fn in_repository() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |t| root.join(t));
        Ok(Self { root, target })
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    pub(crate) fn target(&self, inside: &str) -> PathBuf {
        self.target.join(inside)
    }

    pub(crate) fn server(&self) -> PathBuf {
        self.target(&format!("release/vedette{}", std::env::consts::EXE_SUFFIX))
    }

    /// A program to be run in `folder` of the repository. npm and npx are scripts on Windows.
    pub(crate) fn command(&self, program: &str, folder: &str, arguments: &[&str]) -> Command {
        let script = cfg!(windows) && matches!(program, "npm" | "npx");
        let mut command = Command::new(if script {
            format!("{program}.cmd")
        } else {
            program.to_owned()
        });
        command.args(arguments).current_dir(self.path(folder));
        command
    }

    /// Runs a program whose own progress is worth watching.
    pub(crate) fn watch(&self, program: &str, folder: &str, arguments: &[&str]) -> Result<()> {
        run(&mut self.command(program, folder, arguments))
    }

    /// Runs a program whose output matters only when it fails.
    pub(crate) fn quietly(&self, program: &str, folder: &str, arguments: &[&str]) -> Result<()> {
        let name = format!("{program} {}", arguments.join(" "));
        let mut command = self.command(program, folder, arguments);
        let output = command
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("{name} could not be started"))?;
        if !output.status.success() {
            eprintln!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
            bail!("`{name}` in {folder}/ failed; its output is above");
        }
        Ok(())
    }

    /// What a program prints, or nothing when it can't be run.
    pub(crate) fn ask(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let output = self
            .command(program, "", arguments)
            .stderr(Stdio::null())
            .output()
            .ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Becomes the server, so that signals reach it.
    pub(crate) fn serve(&self, settings: &[String]) -> Result<ExitCode> {
        let mut command = Command::new(self.server());
        command.arg("serve").args(settings).current_dir(&self.root);
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            Err(command.exec()).context("the server could not be started")
        }
        #[cfg(not(unix))]
        {
            let status = command.status().context("the server could not be started")?;
            Ok(if status.success() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
    }
}

/// Runs a program; its output goes to ours.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = format!("{command:?}");
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{name} could not be started"))?;
    if !status.success() {
        bail!("{name} failed; its output is above");
    }
    Ok(())
}

/// Says what is done, does it, and says how long it took.
pub(crate) fn step<T>(number: usize, of: usize, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("[{number}/{of}] {what}");
    let start = Instant::now();
    let done = work()?;
    let seconds = start.elapsed().as_secs_f32();
    if seconds >= 1.0 {
        println!("      {seconds:.0} s");
    }
    Ok(done)
}
