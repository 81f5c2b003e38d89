//! Pictures of every screen and state that the browser tests look at, in each theme and held in each way, on one page.
//!
//! The tests are the list of what there is and of how to get there: each state has a name in its journey, so that no second list
//! falls behind. Here the same journeys run with pictures instead of judgements.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::shell::Shell;
use crate::{browser, build, clips};

const SHAPES: [&str; 3] = ["landscape", "portrait", "phone"];
const THEMES: [&str; 3] = ["light", "dark", "sun"];

pub(crate) fn take(shell: &Shell, only: Option<&str>, language: Option<&str>) -> Result<()> {
    build::everything(shell)?;
    build::packages(shell, "tests/browser")?;
    let clips = clips::make(shell)?;
    let folder = shell.target("screens");
    if only.is_none() && folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let journeys = only.map_or_else(
        || Ok(Vec::new()),
        |name| journeys_with(&shell.path("tests/browser"), name),
    )?;
    let mut arguments = vec!["playwright", "test", "--reporter=list"];
    arguments.extend(journeys.iter().map(String::as_str));
    let mut command = shell.command("npx", "tests/browser", &arguments);
    command.env("VEDETTE_BIN", shell.server()).env("VEDETTE_CLIPS", clips);
    command.env("VEDETTE_SCREENS", &folder);
    if let Some(name) = only {
        command.env("VEDETTE_SCREENS_ONLY", name);
    }
    if let Some(language) = language {
        command.env("VEDETTE_SCREENS_LANGUAGE", language);
    }
    if let Some(path) = browser::find(shell)? {
        command.env("VEDETTE_BROWSER", path);
    }
    let status = command
        .stdin(Stdio::null())
        .status()
        .context("Playwright could not be started")?;
    let names = fs::read_to_string(folder.join("names.txt")).context("no picture was taken")?;
    let sheet = folder.join("index.html");
    fs::write(&sheet, contact_sheet(&distinct(&names)))?;
    println!("\n{}", sheet.display());
    // In another language the journeys' own words aren't found, so that some of them end early.
    if !status.success() && language.is_none() {
        bail!("some journeys broke off, so some pictures may be missing; Playwright's output is above");
    }
    Ok(())
}

/// The name of a picture's file, as tests/browser/support/looks.ts makes it.
fn file_name(state: &str) -> String {
    let words = state
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// The specs that name a state; one that is named by a pattern runs them all.
fn journeys_with(folder: &Path, name: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let spec = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if !spec.ends_with(".spec.ts") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        if text.split('"').any(|quoted| file_name(quoted) == name) {
            found.push(spec.to_owned());
        }
    }
    Ok(found)
}

/// In the order in which they were taken first.
fn distinct(names: &str) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for name in names.lines() {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

fn contact_sheet(names: &[&str]) -> String {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en-GB\">\n<meta charset=\"utf-8\">\n<title>Screens – Vedette</title>\n<style>\nbody { font-family: \
         system-ui, sans-serif; margin: 20px }\nsection div { display: flex; flex-wrap: wrap; gap: 10px; align-items: start }\n\
         figure { margin: 0 }\nimg { height: 320px; border: 1px solid }\n</style>\n<h1>Screens</h1>\n",
    );
    for name in names {
        let _ = write!(page, "<section>\n<h2 id=\"{name}\">{name}</h2>\n<div>\n");
        for (theme, shape) in THEMES.iter().flat_map(|theme| SHAPES.map(|shape| (theme, shape))) {
            let _ = writeln!(
                page,
                "<figure><a href=\"{name}-{shape}-{theme}.png\"><img loading=\"lazy\" src=\"{name}-{shape}-{theme}.png\" alt=\"{name}\"></a>\
                 <figcaption>{theme}, {shape}</figcaption></figure>"
            );
        }
        page.push_str("</div>\n</section>\n");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_looked_for_in_the_journeys_that_name_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("a.spec.ts"),
            "await accessible(page, \"pilot that is live\");",
        )
        .unwrap();
        fs::write(folder.path().join("b.spec.ts"), "await seen(page, \"alert\");").unwrap();
        let found = |name| journeys_with(folder.path(), name).unwrap();
        assert_eq!(found("pilot-that-is-live"), ["a.spec.ts"]);
        assert_eq!(found("alert"), ["b.spec.ts"]);
        assert!(found("nothing").is_empty());
    }

    #[test]
    fn the_sheet_shows_each_state_once_in_each_theme_and_shape() {
        let sheet = contact_sheet(&distinct("setup\nalert\nsetup\n"));
        assert_eq!(sheet.matches("<img").count(), 2 * SHAPES.len() * THEMES.len());
        assert!(sheet.find("setup-phone-sun.png").unwrap() < sheet.find("alert-landscape-light.png").unwrap());
    }
}
