//! A real browser for the tests: one that is installed, else one that can be had.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::shell::Shell;

/// Names on the search path, and well-known places, the most common first.
const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
];
const PLACES: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/// `None` means Playwright's own download.
pub(crate) fn find(shell: &Shell) -> Result<Option<PathBuf>> {
    if let Some(path) = std::env::var_os("VEDETTE_BROWSER").map(PathBuf::from) {
        if !path.is_file() {
            bail!(
                "VEDETTE_BROWSER names {}, which is not a file; name a Chromium, Chrome or Edge",
                path.display()
            );
        }
        return Ok(Some(told(path)));
    }
    if let Some(path) = installed() {
        return Ok(Some(told(path)));
    }
    println!("      no Chromium, Chrome or Edge is installed; asking Playwright for one");
    if shell
        .quietly("npx", "tests/browser", &["playwright", "install", "chromium"])
        .is_ok()
    {
        println!("      browser: Playwright's Chromium");
        return Ok(None);
    }
    println!("      that failed; asking the system's package manager");
    for install in [
        ["apt-get", "install", "-y", "chromium"],
        ["dnf", "install", "-y", "chromium"],
    ] {
        if shell.watch(install[0], "", &install[1..]).is_ok()
            && let Some(path) = installed()
        {
            return Ok(Some(told(path)));
        }
    }
    bail!("no browser could be had: install Chromium, Chrome or Edge, or name one in VEDETTE_BROWSER")
}

fn installed() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::var_os("PATH")
        .iter()
        .flat_map(std::env::split_paths)
        .collect();
    let named = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    named
        .chain(PLACES.iter().map(PathBuf::from))
        .find(|path| path.is_file())
}

fn told(path: PathBuf) -> PathBuf {
    println!("      browser: {}", path.display());
    path
}
