//! Secrecy at rest from outside: what a thief of the data folder, or of last night's backup, would have.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;
use uuid::Uuid;
use vedette_tests::{Product, binary, photo, repository, template};

fn vedette(data: &Path, arguments: &[&str]) -> Output {
    Command::new(binary())
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

/// The database with its log, as a backup program takes them.
fn back_up(from: &Path, to: &Path) {
    for file in ["vedette.db", "vedette.db-wal", "vedette.db-shm"] {
        if from.join(file).exists() {
            fs::copy(from.join(file), to.join(file)).unwrap();
        }
    }
}

/// R80, R81, R100, R101.
#[test]
fn files_are_ciphertext_while_a_deployment_lives_and_a_backup_is_worthless_after_its_end() {
    let mut product = Product::start();
    product.set_up();
    let (reference, picture) = (template(1), photo(1));
    let id = product.live(3600, &reference, &picture);
    product.candidate(&id, Uuid::now_v7(), &reference);
    let middle = &picture[picture.len() / 2..picture.len() / 2 + 32];
    let sent = product.sent(&id, &reference);
    for secret in [
        middle,
        &reference.to_bytes()[16..64],
        &sent.to_bytes()[16..64],
        b"Volunteer Zebedee",
    ] {
        assert_eq!(product.holds(secret), None);
    }
    let backup = tempfile::tempdir().unwrap();
    back_up(product.data.path(), backup.path());
    product.post(&format!("/v1/deployments/{id}/end"), &json!({}));
    let deletion = product.get(&format!("/v1/deployments/{id}/deletion"));
    assert_eq!(deletion.body["people"], 1, "{deletion:?}");
    product.halt();

    let certificate = backup.path().join("certificate.json");
    fs::write(&certificate, deletion.body.to_string()).unwrap();
    let checked = vedette(
        product.data.path(),
        &["audit", "certificate", certificate.to_str().unwrap()],
    );
    assert!(checked.status.success(), "{}", words(&checked));
    fs::write(
        &certificate,
        deletion.body.to_string().replace("\"people\":1", "\"people\":0"),
    )
    .unwrap();
    let checked = vedette(
        product.data.path(),
        &["audit", "certificate", certificate.to_str().unwrap()],
    );
    assert!(!checked.status.success() && words(&checked).contains("NOT what the server signed"));

    // The backup goes back to where it came from, with every key that is left.
    for file in ["vedette.db-wal", "vedette.db-shm"] {
        let _ = fs::remove_file(product.data.path().join(file));
    }
    back_up(backup.path(), product.data.path());
    product.run();
    let signed_in = product.sign_in(vedette_tests::PASSWORD);
    assert!(signed_in.status < 300, "{signed_in:?}");
    assert!(product.output().contains("its key is gone"), "{}", product.output());
    let entries = product.get(&format!("/v1/deployments/{id}/entries"));
    assert_eq!(entries.status, 503, "{entries:?}");
    let found = product.candidate(&id, Uuid::now_v7(), &reference);
    assert_eq!(found.status, 409, "{found:?}");
}

/// R100.
#[test]
fn the_storage_key_is_changed_and_a_wrong_or_missing_one_is_told_before_anything_is_served() {
    let mut product = Product::start();
    product.set_up();
    let id = product.live(3600, &template(1), &photo(1));
    let data = product.data.path().to_owned();
    let running = vedette(&data, &["keys", "rotate"]);
    assert!(
        !running.status.success() && words(&running).contains("Another Vedette server"),
        "{}",
        words(&running)
    );
    product.halt();

    let file = data.join("storage.key");
    let before = fs::read_to_string(&file).unwrap();
    let rotated = vedette(&data, &["keys", "rotate"]);
    assert!(words(&rotated).contains("wrapped anew: 1"), "{}", words(&rotated));
    let after = fs::read_to_string(&file).unwrap();
    assert_ne!(before, after);
    product.run();
    assert_eq!(product.sign_in(vedette_tests::PASSWORD).status, 200);
    let found = product.candidate(&id, Uuid::now_v7(), &template(1));
    assert_eq!(found.status, 200, "{found:?}");
    product.halt();

    let refused = |arguments: &[&str]| {
        let output = vedette(&data, &[&["retention", "run"], arguments].concat());
        assert!(!output.status.success(), "{}", words(&output));
        words(&output)
    };
    fs::write(&file, &before).unwrap();
    assert!(refused(&[]).contains("isn't the storage key"));
    fs::write(&file, "not a key").unwrap();
    assert!(refused(&[]).contains("64 hexadecimal digits"));
    fs::remove_file(&file).unwrap();
    assert!(refused(&[]).contains("is missing"));
    assert!(refused(&["--storage-key", "env:NO_SUCH_KEY"]).contains("NO_SUCH_KEY"));
    assert!(refused(&["--storage-key", "command:exit 3"]).contains("failed"));
    let printed = vedette(
        &data,
        &["retention", "run", "--storage-key", &format!("command:echo {after}")],
    );
    assert!(printed.status.success(), "{}", words(&printed));
}

/// The seed is made anew from the deployment's key each time, and written nowhere: not by `vedette enrol` either, whose
/// templates are of the same space as a browser's.
#[test]
fn r102_the_seed_of_a_deployments_transform_is_in_no_file_and_not_in_the_output() {
    let mut product = Product::start();
    product.set_up();
    let id = product.pilot(3600);
    let seed = product.seed(&id).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let face = fs::read(repository().join("tests/fixtures/astronaut.png")).unwrap();
    fs::write(folder.path().join("Eileen.png"), &face).unwrap();
    let enrolled = Command::new(binary())
        .args(["enrol", "--deployment", &id, "--data"])
        .arg(product.data.path())
        .arg(folder.path())
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(enrolled.status.success(), "{}", words(&enrolled));
    assert!(product.entry(&id, "Volunteer Zebedee", &template(1), &photo(1)).status < 300);
    assert_eq!(
        product.post(&format!("/v1/deployments/{id}/start"), &json!({})).status,
        200
    );
    let found = product.candidate(&id, Uuid::now_v7(), &template(1));
    assert_eq!(found.body["crops_wanted"].as_array().unwrap().len(), 1, "{found:?}");
    let journal = vedette(product.data.path(), &["audit", "export"]);
    assert!(words(&journal).contains("seed_given"));
    let nowhere = |product: &Product| {
        for secret in [seed.bytes().to_vec(), hex(seed.bytes()).into_bytes()] {
            assert_eq!(product.holds(&secret), None);
            assert!(
                !words(&journal)
                    .as_bytes()
                    .windows(secret.len())
                    .any(|window| window == secret)
            );
        }
    };
    nowhere(&product);
    product.post(&format!("/v1/deployments/{id}/end"), &json!({}));
    product.halt();
    nowhere(&product);
}

#[test]
fn r109_a_running_server_locks_its_keys_and_the_watchlists_that_are_live() {
    let product = Product::start();
    product.set_up();
    let Some(keys) = product.locked_kib() else {
        return;
    };
    if product.output().contains("can be locked") || keys == 0 {
        assert!(
            product.output().contains("limit (ulimit -l"),
            "what isn't locked is told"
        );
        return;
    }
    let id = product.pilot(3600);
    // 15 KiB of templates.
    for seed in 0..30u8 {
        let added = product.entry(
            &id,
            &format!("Volunteer {seed}"),
            &template(u64::from(seed)),
            &photo(seed),
        );
        assert!(added.status < 300, "{added:?}");
    }
    assert!(product.locked_kib().unwrap() < keys + 12);
    product.post(&format!("/v1/deployments/{id}/start"), &json!({}));
    assert!(product.locked_kib().unwrap() >= keys + 12);
    product.post(&format!("/v1/deployments/{id}/end"), &json!({}));
    assert!(product.locked_kib().unwrap() < keys + 12);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
