//! The journal from outside: whole, exported, and what is found when somebody changes it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;
use uuid::Uuid;
use vedette_tests::{Product, binary, photo, template};

fn audit(data: &Path, arguments: &[&str]) -> Output {
    Command::new(binary())
        .arg("audit")
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap()
}

fn words(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// What is found in this text of a journal, with the server's heads or without.
fn found(data: &Path, lines: &[&str], heads: bool) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    let (file, of_server) = (file.to_str().unwrap(), data.join("audit-heads.jsonl"));
    let mut arguments = vec!["verify", "--journal", file];
    if heads {
        arguments.extend(["--heads", of_server.to_str().unwrap()]);
    }
    let output = audit(data, &arguments);
    (output.status.success(), words(&output))
}

/// R92, R93.
#[test]
fn an_edit_a_deletion_a_new_order_and_a_cut_end_of_the_journal_are_found_and_named() {
    let mut product = Product::start();
    product.set_up();
    let id = product.live(3600, &template(1), &photo(1));
    product.candidate(&id, Uuid::now_v7(), &template(1));
    product.post(&format!("/v1/deployments/{id}/end"), &json!({}));
    let data = product.data.path().to_owned();
    // While the server runs as well: an auditor does not wait for its end.
    let running = audit(&data, &["verify"]);
    assert!(running.status.success(), "{}", words(&running));
    product.halt();

    let whole = audit(&data, &["verify"]);
    assert!(whole.status.success(), "{}", words(&whole));
    assert!(words(&whole).contains("signed heads fit it"), "{}", words(&whole));
    let export = audit(&data, &["export"]);
    let text = String::from_utf8(export.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.len();
    assert!(words(&whole).contains(&format!("{last} entries")) && last >= 6);
    assert!(
        words(&whole).contains(&format!("is of entry {last}")),
        "{}",
        words(&whole)
    );
    assert!(lines[last - 2].contains("deployment_ended") && lines[last - 1].contains("key_destroyed"));
    let (fits, told) = found(&data, &lines, true);
    assert!(fits, "{told}");

    let edited = lines[2].replace("\"actor\":\"", "\"actor\":\"x");
    let mut changed = lines.clone();
    changed[2] = &edited;
    assert!(matches!(found(&data, &changed, false), (false, told) if told.contains("entry 3 can't be read")));
    let edited = lines[3].replace("\"at\":\"2", "\"at\":\"1");
    changed = lines.clone();
    changed[3] = &edited;
    assert!(matches!(found(&data, &changed, false), (false, told) if told.contains("entry 4 was changed")));
    let mut shorter = lines.clone();
    shorter.remove(1);
    assert!(matches!(found(&data, &shorter, false), (false, told) if told.contains("after entry 1 comes entry 3")));
    let mut swapped = lines.clone();
    swapped.swap(4, 5);
    assert!(matches!(found(&data, &swapped, false), (false, told) if told.contains("after entry 4 comes entry 6")));
    let cut = &lines[..last - 2];
    assert!(matches!(found(&data, cut, false), (true, told) if told.contains("No signed head was at hand")));
    assert!(matches!(found(&data, cut, true), (false, told) if told.contains("at the end were deleted")));

    // Behind the product's back, in the file itself.
    let copy = tempfile::tempdir().unwrap();
    for file in ["vedette.db", "audit.key", "audit-heads.jsonl"] {
        fs::copy(data.join(file), copy.path().join(file)).unwrap();
    }
    let database = copy.path().join("vedette.db");
    let mut bytes = fs::read(&database).unwrap();
    let (name, other) = (b"deployment_started", b"deployment_avoided");
    let at: Vec<usize> = (0..bytes.len() - name.len())
        .filter(|at| bytes[*at..].starts_with(name))
        .collect();
    assert!(!at.is_empty());
    for at in at {
        bytes[at..at + other.len()].copy_from_slice(other);
    }
    fs::write(&database, bytes).unwrap();
    let number = 1 + lines
        .iter()
        .position(|line| line.contains("deployment_started"))
        .unwrap();
    let told = audit(copy.path(), &["verify"]);
    assert!(!told.status.success());
    assert!(
        words(&told).contains(&format!("entry {number} was changed")),
        "{}",
        words(&told)
    );

    // Heads of another server vouch for nothing here.
    let mut stranger = Product::start();
    stranger.halt();
    let key = String::from_utf8(audit(stranger.data.path(), &["key"]).stdout).unwrap();
    let told = audit(&data, &["verify", "--key", key.trim()]);
    assert!(
        !told.status.success() && words(&told).contains("another key"),
        "{}",
        words(&told)
    );
}
