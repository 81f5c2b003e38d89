//! From sources to the one binary: WASM, then the front end that holds it, then the server that holds the front end.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::compile::{Compilation, side_by_side};
use crate::models;
use crate::shell::{Shell, step};
use crate::stamp::Stamp;

/// Major and minor; what the front end's build tool needs, as www/package.json says.
const LEAST_NODE: (u32, u32) = (20, 19);
const WASM: &str = "wasm32-unknown-unknown";
/// The same instructions, on a target that has a clock and an output.
pub(crate) const WASI: &str = "wasm32-wasip1";
/// Names the program that runs what is built for it.
pub(crate) const WASI_RUNNER: &str = "CARGO_TARGET_WASM32_WASIP1_RUNNER";

pub(crate) fn everything(shell: &Shell) -> Result<()> {
    const STEPS: usize = 6;
    step(
        1,
        STEPS,
        "Tools: Node, and the WASM target of the Rust compiler",
        || tools(shell),
    )?;
    step(
        2,
        STEPS,
        "Recognition: Rust to WASM, and the server's libraries beside it (the first time takes some minutes)",
        || both(|| recognition(shell), || models::compress(shell)),
    )?;
    step(3, STEPS, "Recognition: its border to JavaScript", || border(shell))?;
    step(4, STEPS, "Front end: packages", || packages(shell, "www"))?;
    step(5, STEPS, "Front end: pages", || pages(shell))?;
    step(6, STEPS, "Server, with the pages built in", || server(shell))
}

fn tools(shell: &Shell) -> Result<()> {
    let least = format!("{}.{}", LEAST_NODE.0, LEAST_NODE.1);
    let Some(version) = shell.ask("node", &["--version"]) else {
        bail!(
            "Node is missing: install Node {least} or newer from your system's packages or from nodejs.org, then run this again"
        );
    };
    if node(&version).is_none_or(|found| found < LEAST_NODE) {
        bail!("Node {version} is too old: install Node {least} or newer, then run this again");
    }
    compiler_target(shell, WASM)
}

/// Has rustup fetch a target of the compiler. Without rustup, the compiler is trusted to know it.
pub(crate) fn compiler_target(shell: &Shell, name: &str) -> Result<()> {
    let installed = shell.ask("rustup", &["target", "list", "--installed"]);
    if installed.is_some_and(|list| !list.lines().any(|l| l == name)) {
        shell.watch("rustup", "", &["target", "add", name])?;
    }
    Ok(())
}

/// Major and minor of what `node --version` prints, such as v20.19.4.
fn node(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Linking the WASM module keeps one core busy for minutes, and the server doesn't wait for it.
/// Compressing the models keeps one core busy for half a minute, beside the compilations.
fn both(one: impl FnOnce() -> Result<()> + Send, other: impl FnOnce() -> Result<()>) -> Result<()> {
    std::thread::scope(|scope| {
        let beside = scope.spawn(one);
        let done = other();
        let beside = beside.join().unwrap_or_else(|_| bail!("the build broke off"));
        beside.and(done)
    })
}

fn recognition(shell: &Shell) -> Result<()> {
    let module = ["--profile", "wasm", "--target", WASM, "--package", "vedette-wasm"];
    let libraries = [&["--release", "--lib"], LIBRARIES].concat();
    side_by_side(
        shell,
        &[
            Compilation {
                what: "WASM",
                arguments: &module,
            },
            Compilation {
                what: "server's libraries",
                arguments: &libraries,
            },
        ],
    )
}

pub(crate) fn border(shell: &Shell) -> Result<()> {
    let module = shell.target(&format!("{WASM}/wasm/vedette_wasm.wasm"));
    let folder = shell.path("www/src/vision/wasm");
    let stamp = Stamp::of(folder.join(".made-from"), std::slice::from_ref(&module))?;
    if stamp.is_current() {
        return Ok(());
    }
    std::fs::create_dir_all(&folder)?;
    Bindgen::new()
        .input_path(&module)
        .web(true)
        .and_then(|b| {
            b.typescript(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .out_name("vedette")
                .omit_default_module_path(false)
                .generate(&folder)
        })
        .context("wasm-bindgen could not make the border of the WASM module")?;
    stamp.write()
}

/// `npm ci`, unless the lock file is that of the last time.
pub(crate) fn packages(shell: &Shell, folder: &str) -> Result<()> {
    let lock = shell.path(folder).join("package-lock.json");
    let stamp = Stamp::of(shell.path(folder).join("node_modules/.made-from"), &[lock])?;
    if stamp.is_current() {
        return Ok(());
    }
    shell.quietly("npm", folder, &["ci", "--no-audit", "--no-fund"])?;
    stamp.write()
}

fn pages(shell: &Shell) -> Result<()> {
    let www = shell.path("www");
    const MADE: &[&str] = &["dist", "node_modules"];
    let mut inputs = std::fs::read_dir(&www)?
        .map(|entry| Ok(entry?.path()))
        .filter(|path| !path.as_ref().is_ok_and(|p| MADE.iter().any(|name| p.ends_with(name))))
        .collect::<Result<Vec<PathBuf>>>()?;
    inputs.sort();
    let stamp = Stamp::of(www.join("node_modules/.pages-made-from"), &inputs)?;
    if stamp.is_current() && www.join("dist/control.html").is_file() {
        return Ok(());
    }
    shell.quietly("npm", "www", &["run", "build"])?;
    stamp.write()
}

/// The packages of the native code, always compiled together: the selection decides which features the dependencies get,
/// and another selection would compile tract again.
pub(crate) const NATIVE: &[&str] = &[
    "--package",
    "vedette",
    "--package",
    "vedette-server",
    "--package",
    "vedette-store",
    "--package",
    "vedette-core",
    "--package",
    "vedette-engine",
    "--package",
    "vedette-kernels",
];

/// All of them but the program, which waits for the pages.
const LIBRARIES: &[&str] = NATIVE.split_at(2).1;

fn server(shell: &Shell) -> Result<()> {
    shell.watch("cargo", "", &[&["build", "--release"], NATIVE].concat())
}

/// The interface's document comes from the server's code, and the front end's client from the document.
pub(crate) fn openapi(shell: &Shell) -> Result<()> {
    packages(shell, "www")?;
    server(shell)?;
    let output = std::process::Command::new(shell.server()).arg("openapi").output()?;
    if !output.status.success() {
        bail!("`vedette openapi` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    std::fs::write(shell.path("server/openapi.json"), output.stdout)?;
    shell.quietly("npm", "www", &["run", "api"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_node_is_the_front_ends() {
        let package = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/package.json")).unwrap();
        let package: serde_json::Value = serde_json::from_str(&package).unwrap();
        let least = format!(">={}.{}", LEAST_NODE.0, LEAST_NODE.1);
        assert_eq!(package["engines"]["node"], least.as_str());
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(node("v20.19.4"), Some((20, 19)));
        assert!(node("v20.9.0").unwrap() < LEAST_NODE);
        assert!(node("v22.0.0").unwrap() > LEAST_NODE);
        assert_eq!(node("twenty"), None);
    }
}
