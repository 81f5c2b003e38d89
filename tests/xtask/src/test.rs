//! Every check that decides whether a change may land, in the order in which they fail fastest.

use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::shell::Shell;
use crate::{browser, build, clips};

struct Step {
    name: &'static str,
    what: &'static str,
    /// Reads what the build makes, so an older build would be judged in this one's place.
    after_build: bool,
    work: fn(&Shell) -> Result<Counts>,
}

#[derive(Clone, Default)]
struct Counts {
    passed: u32,
    failed: u32,
    /// What could not be run here, and why.
    missing: Option<String>,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

const BUILD: &str = "build";

const STEPS: [Step; 9] = [
    Step {
        name: "format",
        what: "rustfmt",
        after_build: false,
        work: |s| one(s.watch("cargo", "", &["fmt", "--all", "--check"])),
    },
    Step {
        name: BUILD,
        what: "WASM, front end and server",
        after_build: false,
        work: |s| build::everything(s).map(|()| ONE),
    },
    Step {
        name: "clippy",
        what: "clippy without a warning",
        after_build: true,
        work: clippy,
    },
    Step {
        name: "www",
        what: "types, unit tests and the client's freshness",
        after_build: true,
        work: www,
    },
    Step {
        name: "unit",
        what: "unit, property, golden, storage and endpoint tests",
        after_build: true,
        work: unit,
    },
    Step {
        name: "wasm",
        what: "the core's and the kernels' unit and property tests in WASM",
        after_build: false,
        work: in_wasm,
    },
    Step {
        name: "system",
        what: "system tests against the built binary",
        after_build: true,
        work: system,
    },
    Step {
        name: "browser",
        what: "journeys, golden vectors and axe in a real browser",
        after_build: true,
        work: browser_tests,
    },
    Step {
        name: "browsers",
        what: "the main journey in Firefox and in WebKitGTK, where they are installed",
        after_build: true,
        work: other_browsers,
    },
];

const ONE: Counts = Counts {
    passed: 1,
    failed: 0,
    missing: None,
};

pub(crate) fn list() {
    for step in &STEPS {
        println!("{:8} {}", step.name, step.what);
    }
}

pub(crate) fn run(shell: &Shell, only: &[String]) -> Result<ExitCode> {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|s| s.name != name.as_str())) {
        let names: Vec<_> = STEPS.iter().map(|s| s.name).collect();
        bail!("there is no step {unknown}; the steps are {}", names.join(", "));
    }
    let mut total = Counts::default();
    let mut rows = Vec::new();
    let mut built = true;
    for step in chosen(only) {
        println!("\n== {}: {}", step.name, step.what);
        let start = Instant::now();
        let outcome = if step.after_build && !built {
            Err(anyhow::anyhow!("not run, because the build failed"))
        } else {
            (step.work)(shell)
        };
        built &= step.name != BUILD || outcome.is_ok();
        let counts = outcome.unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Counts {
                failed: 1,
                ..Counts::default()
            }
        });
        total.add(&counts);
        rows.push((step.name, counts, start.elapsed().as_secs()));
    }
    println!("\n{:8} {:>7} {:>7} {:>8}", "step", "passed", "failed", "seconds");
    for (name, counts, seconds) in rows {
        let missing = counts.missing.map(|why| format!("  {why}")).unwrap_or_default();
        println!(
            "{name:8} {:>7} {:>7} {seconds:>8}{missing}",
            counts.passed, counts.failed
        );
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The steps that were asked for, with the build when one of them reads what it makes.
fn chosen(only: &[String]) -> Vec<&'static Step> {
    let named = |step: &Step| only.is_empty() || only.iter().any(|name| name == step.name);
    let build = STEPS.iter().any(|s| named(s) && s.after_build);
    STEPS
        .iter()
        .filter(|s| named(s) || (build && s.name == BUILD))
        .collect()
}

fn one(outcome: Result<()>) -> Result<Counts> {
    outcome.map(|()| ONE)
}

const SELECTIONS: [&[&str]; 2] = [build::NATIVE, &["--package", "xtask"]];
const SYSTEM: &[&str] = &["--package", "vedette-tests"];
const LOAD: &[&str] = &["--package", "vedette-load"];

fn clippy(shell: &Shell) -> Result<Counts> {
    const LINTS: &[&str] = &["--", "-D", "warnings"];
    for selection in SELECTIONS.into_iter().chain([SYSTEM, LOAD]) {
        let native: &[&str] = &["clippy", "--release", "--all-targets"];
        shell.watch("cargo", "", &[native, selection, LINTS].concat())?;
    }
    let wasm: &[&str] = &[
        "clippy",
        "--profile",
        "wasm",
        "--target",
        "wasm32-unknown-unknown",
        "--package",
        "vedette-wasm",
    ];
    one(shell.watch("cargo", "", &[wasm, LINTS].concat()))
}

fn www(shell: &Shell) -> Result<Counts> {
    build::packages(shell, "www")?;
    one(shell.watch("npm", "www", &["run", "--silent", "check"]))
}

const TEST: &[&str] = &["test", "--release", "--no-fail-fast"];

fn unit(shell: &Shell) -> Result<Counts> {
    let mut total = Counts::default();
    for selection in SELECTIONS {
        let counts = cargo_test(&mut shell.command("cargo", "", &[TEST, selection].concat()))?;
        total.add(&counts);
    }
    Ok(total)
}

/// What the browser shares with the server, and the engine's inner loops, in the instruction set of the browser. Of the
/// kernels what needs no tract, which would take ten minutes to compile for this target; its operators are tested natively.
fn in_wasm(shell: &Shell) -> Result<Counts> {
    build::compiler_target(shell, build::WASI)?;
    let packages = ["--package", "vedette-core", "--package", "vedette-kernels"];
    let selection = [
        &["--target", build::WASI, "--lib", "--no-default-features"],
        &packages[..],
    ]
    .concat();
    let mut command = shell.command("cargo", "", &[TEST, &selection].concat());
    // From the package's folder, because cargo splits the runner at spaces.
    cargo_test(command.env(build::WASI_RUNNER, "node --no-warnings ../../tests/wasi.mjs"))
}

fn system(shell: &Shell) -> Result<Counts> {
    let mut command = shell.command("cargo", "", &[TEST, SYSTEM].concat());
    cargo_test(command.env("VEDETTE_BIN", shell.server()))
}

/// Shows what cargo prints, and sums its `test result:` lines.
fn cargo_test(command: &mut Command) -> Result<Counts> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cargo could not be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    let counts = summed(&text);
    if !output.status.success() && counts.failed == 0 {
        bail!("cargo test failed before its tests ran");
    }
    if output.status.success() && counts.passed == 0 {
        bail!("cargo test ran no test");
    }
    Ok(counts)
}

fn summed(text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines().filter(|l| l.starts_with("test result:")) {
        let number = |word: &str| {
            line.split([';', '.'])
                .find_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u32>().ok())
                .unwrap_or(0)
        };
        counts.passed += number("passed");
        counts.failed += number("failed");
    }
    counts
}

fn browser_tests(shell: &Shell) -> Result<Counts> {
    build::packages(shell, "tests/browser")?;
    let clips = clips::make(shell)?;
    let report = shell.target("playwright.json");
    let mut command = shell.command("npx", "tests/browser", &["playwright", "test"]);
    command.env("VEDETTE_BIN", shell.server()).env("VEDETTE_CLIPS", clips);
    command.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    if let Some(path) = browser::find(shell)? {
        command.env("VEDETTE_BROWSER", path);
    }
    let _ = std::fs::remove_file(&report);
    let status = command
        .stdin(Stdio::null())
        .status()
        .context("Playwright could not be started")?;
    let text = std::fs::read_to_string(&report).context("Playwright wrote no report")?;
    let report: serde_json::Value = serde_json::from_str(&text)?;
    let number = |name: &str| report["stats"][name].as_u64().unwrap_or(0) as u32;
    let counts = Counts {
        passed: number("expected") + number("flaky"),
        failed: number("unexpected"),
        missing: None,
    };
    if counts.passed == 0 || (!status.success() && counts.failed == 0) {
        bail!("Playwright's run failed outside its tests");
    }
    Ok(counts)
}

/// Browsers that nobody needs for the README's commands: what isn't installed is said, and fails nothing.
fn other_browsers(shell: &Shell) -> Result<Counts> {
    build::packages(shell, "tests/browser")?;
    let mut command = shell.command("node", "tests/browser", &["others/journey.mjs"]);
    let output = command
        .env("VEDETTE_BIN", shell.server())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("node could not be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    told(&text).context("the journey ended without its counts")
}

/// What the journey's last line says.
fn told(text: &str) -> Result<Counts> {
    let line = text.lines().rev().find_map(|line| line.strip_prefix("browsers: "));
    let told: serde_json::Value = serde_json::from_str(line.context("there is no such line")?)?;
    let number = |name: &str| told[name].as_u64().unwrap_or(0) as u32;
    let missing: Vec<_> = told["missing"].as_array().into_iter().flatten().collect();
    let names: Vec<_> = missing.iter().filter_map(|name| name.as_str()).collect();
    Ok(Counts {
        passed: number("passed"),
        failed: number("failed"),
        missing: (!names.is_empty()).then(|| format!("not run, because not installed: {}", names.join(", "))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_is_not_installed_is_told_of_and_fails_nothing() {
        let counts = told("passed: x\nbrowsers: {\"passed\":1,\"failed\":0,\"missing\":[\"WebKitGTK\"]}\n").unwrap();
        assert_eq!((counts.passed, counts.failed), (1, 0));
        assert_eq!(counts.missing.unwrap(), "not run, because not installed: WebKitGTK");
        assert!(told("browsers").is_err());
    }

    fn names(only: &[&str]) -> Vec<&'static str> {
        let only: Vec<String> = only.iter().map(|&o| o.to_owned()).collect();
        chosen(&only).iter().map(|s| s.name).collect()
    }

    #[test]
    fn a_step_that_reads_the_build_brings_the_build() {
        assert_eq!(names(&["system"]), ["build", "system"]);
        assert_eq!(names(&["browser", "format"]), ["format", "build", "browser"]);
        assert_eq!(names(&["format"]), ["format"]);
        assert_eq!(names(&[]).len(), STEPS.len());
    }

    #[test]
    fn the_counts_of_all_test_programs_are_summed() {
        let text = "test result: ok. 8 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 8.46s\n\
            test a_failed_login ... ok\n\
            test result: FAILED. 30 passed; 12 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        let counts = summed(text);
        assert_eq!((counts.passed, counts.failed), (38, 12));
    }
}
