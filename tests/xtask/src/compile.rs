//! Compilations that take minutes the first time, side by side, and how far each has come.

use std::collections::VecDeque;
use std::io::{IsTerminal as _, Read, Write as _};
use std::process::Stdio;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::shell::Shell;

/// On a terminal one line is written anew so often; elsewhere each is a line of its own.
const ON_A_TERMINAL: Duration = Duration::from_secs(1);
const IN_A_FILE: Duration = Duration::from_secs(15);
/// As wide as a terminal may be, so that no line breaks, which could not be written over.
const WIDTH: usize = 79;
/// Lines of cargo that are kept to explain a failure.
const KEPT: usize = 2_000;

pub(crate) struct Compilation<'a> {
    pub(crate) what: &'a str,
    /// Of `cargo build`.
    pub(crate) arguments: &'a [&'a str],
}

/// Compiles all of them at once, and says how far they are until the last is done.
pub(crate) fn side_by_side(shell: &Shell, all: &[Compilation]) -> Result<()> {
    let start = Instant::now();
    let states: Vec<_> = all.iter().map(|_| Mutex::new(String::from("starting"))).collect();
    let terminal = std::io::stdout().is_terminal();
    let mut failures = Vec::new();
    std::thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        for (one, state) in all.iter().zip(&states) {
            let tell = tell.clone();
            scope.spawn(move || {
                let result = build(shell, one.arguments, state);
                *locked(state) = "done".to_owned();
                // Whoever waits for it is gone only when all of this is.
                tell.send(result).ok();
            });
        }
        drop(tell);
        loop {
            match told.recv_timeout(if terminal { ON_A_TERMINAL } else { IN_A_FILE }) {
                Ok(result) => failures.extend(result.err()),
                Err(RecvTimeoutError::Timeout) => {
                    let parts = all
                        .iter()
                        .zip(&states)
                        .map(|(one, state)| (one.what, locked(state).clone()));
                    say(&line(start.elapsed(), parts), terminal);
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if terminal {
            say("", true);
        }
    });
    match failures.into_iter().next() {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

fn locked(state: &Mutex<String>) -> MutexGuard<'_, String> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// On a terminal over the line before.
fn say(line: &str, terminal: bool) {
    if terminal {
        print!("\r\x1b[2K{}", line.chars().take(WIDTH).collect::<String>());
        std::io::stdout().flush().ok();
    } else {
        println!("{line}");
    }
}

fn line<'a>(since: Duration, parts: impl Iterator<Item = (&'a str, String)>) -> String {
    let (minutes, seconds) = (since.as_secs() / 60, since.as_secs() % 60);
    let parts: Vec<_> = parts.map(|(what, state)| format!("{what}: {state}")).collect();
    format!("      {minutes}:{seconds:02}  {}", parts.join("; "))
}

/// What cargo says is shown only if it fails; what it is at stands in `state` meanwhile.
fn build(shell: &Shell, arguments: &[&str], state: &Mutex<String>) -> Result<()> {
    let arguments = [&["build"], arguments].concat();
    let name = format!("cargo {}", arguments.join(" "));
    let mut child = shell
        .command("cargo", "", &arguments)
        // It counts for a pipe too when it is told to, and how wide that is.
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "100")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{name} could not be started"))?;
    let mut kept = VecDeque::new();
    if let Some(output) = child.stderr.take() {
        each_piece(output, |piece| match progress(piece) {
            Some(progress) => *locked(state) = progress,
            None => {
                if kept.len() == KEPT {
                    kept.pop_front();
                }
                kept.push_back(piece.to_owned());
            }
        })?;
    }
    if !child.wait()?.success() {
        for line in kept {
            eprintln!("{line}");
        }
        bail!("`{name}` failed; its output is above");
    }
    Ok(())
}

/// Lines, and what is written over in one.
fn each_piece(mut output: impl Read, mut take: impl FnMut(&str)) -> Result<()> {
    let mut rest = Vec::new();
    let mut some = [0; 4096];
    loop {
        let read = output.read(&mut some)?;
        rest.extend_from_slice(some.get(..read).unwrap_or_default());
        let whole = match rest.iter().rposition(|byte| matches!(byte, b'\r' | b'\n')) {
            _ if read == 0 => rest.len(),
            Some(end) => end + 1,
            None => continue,
        };
        let pieces = String::from_utf8_lossy(rest.get(..whole).unwrap_or_default()).into_owned();
        pieces
            .split(['\r', '\n'])
            .filter(|piece| !piece.trim().is_empty())
            .for_each(&mut take);
        rest.drain(..whole);
        if read == 0 {
            return Ok(());
        }
    }
}

/// How far cargo is by its own bar, such as `    Building [==>   ] 120/398: tract-core, syn`; or that it waits or fetches.
fn progress(piece: &str) -> Option<String> {
    let piece = piece.trim();
    if let Some((_, bar)) = piece.split_once("Building [") {
        let (_, count) = bar.split_once("] ")?;
        let (count, names) = count.split_once(": ").unwrap_or((count, ""));
        let (done, of) = count.split_once('/')?;
        let name = names.split(", ").next().unwrap_or_default().trim_end_matches("...");
        return Some(match name {
            "" => format!("{done} of {of}"),
            name => format!("{done} of {of} ({name})"),
        });
    }
    ["Blocking", "Updating", "Downloading"]
        .iter()
        .any(|word| piece.starts_with(word))
        .then(|| piece.split(" [").next().unwrap_or(piece).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_is_at_is_read_off_its_bar() {
        let bar = "    Building [======>              ] 120/398: tract-core, syn(build), ...  ";
        assert_eq!(progress(bar).as_deref(), Some("120 of 398 (tract-core)"));
        assert_eq!(progress("    Building [=> ] 0/398").as_deref(), Some("0 of 398"));
        assert_eq!(
            progress("    Blocking waiting for file lock on package cache").as_deref(),
            Some("blocking waiting for file lock on package cache")
        );
        assert_eq!(progress("   Compiling syn v2.0.119"), None);
        assert_eq!(progress("error: could not compile `syn`"), None);
    }

    #[test]
    fn a_line_that_is_written_over_is_read_each_time() {
        let mut pieces = Vec::new();
        let output: &[u8] = b"   Compiling a\n  Building [ ] 1/2: a\r  Building [ ] 1/2: b\r\n\nerror: no";
        each_piece(output, |piece| pieces.push(piece.trim().to_owned())).unwrap();
        assert_eq!(
            pieces,
            ["Compiling a", "Building [ ] 1/2: a", "Building [ ] 1/2: b", "error: no"]
        );
    }

    #[test]
    fn a_line_says_for_how_long_and_how_far_each_is() {
        let parts = [("WASM", "1 of 2 (a)".to_owned()), ("server", "done".to_owned())];
        assert_eq!(
            line(Duration::from_secs(75), parts.into_iter()),
            "      1:15  WASM: 1 of 2 (a); server: done"
        );
    }
}
