//! The built binary, from outside: its settings, its life, and what it leaves behind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod audit;
mod crashes;
mod enrol;
mod evaluate;
mod kiosk;
mod lists;
mod requirements;
mod secrecy;
mod story;

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;
use uuid::Uuid;
use vedette_core::template::{PipelineVersion, Template, TemplateSpace};
use vedette_tests::{PASSWORD, Product, binary, candidate, photo, repository, space, template};

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_wrong_setting_is_refused_with_its_name_and_what_is_allowed() {
    let run = |arguments: &[&str], environment: &[(&str, &str)]| {
        let output = Command::new(binary())
            .arg("serve")
            .args(arguments)
            .envs(environment.iter().copied())
            .current_dir(repository())
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, text) = run(&["--http", "everywhere"], &[]);
    assert_eq!(code, Some(2), "{text}");
    assert!(
        text.contains("http, from the command line") && text.contains("everywhere"),
        "{text}"
    );
    let (code, text) = run(&[], &[("VEDETTE_HTTP", "0.0.0.0:80")]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("VEDETTE_HTTP") && text.contains("loopback"), "{text}");
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("vedette.toml");
    std::fs::write(&config, "colour = \"blue\"").unwrap();
    let (code, text) = run(&["--config", config.to_str().unwrap()], &[]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("colour") && text.contains("vedette.toml"), "{text}");
    let (code, text) = run(&["--http", "nowhere"], &[("VEDETTE_HTTPP", "127.0.0.1:1")]);
    assert_eq!(code, Some(2), "{text}");
    assert!(
        text.contains("VEDETTE_HTTPP") && text.contains("VEDETTE_PUBLIC_URL"),
        "{text}"
    );
    let (code, text) = run(
        &["--no-tls", "--http", "127.0.0.1:0", "--data", config.to_str().unwrap()],
        &[],
    );
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("is a file") && text.contains("--data"), "{text}");
}

#[test]
fn a_match_becomes_one_alert_and_a_false_verdict_silences_that_pair() {
    let product = Product::start();
    product.set_up();
    let reference = template(1);
    let id = product.live(3600, &reference, &photo(1));
    let stranger = product.candidate(&id, Uuid::now_v7(), &template(2));
    assert_eq!((stranger.status, &stranger.body), (200, &json!({ "crops_wanted": [] })));

    let track = Uuid::now_v7();
    let first = product.candidate(&id, track, &reference);
    let alert = first.body["crops_wanted"][0].as_str().unwrap().to_owned();
    product.candidate(&id, track, &reference);
    let alerts = product.get(&format!("/v1/deployments/{id}/alerts")).body;
    assert_eq!(alerts.as_array().unwrap().len(), 1, "{alerts}");
    assert_eq!(alerts[0]["entry"]["name"], "Volunteer Zebedee");

    let version = alerts[0]["version"].as_u64().unwrap();
    let verdict = product.adjudicate(&alert, version, "false");
    assert_eq!(verdict.status, 200, "{verdict:?}");
    let late = product.adjudicate(&alert, version, "true");
    assert_eq!(late.status, 409, "{late:?}");
    assert!(late.body["detail"].as_str().unwrap().contains("Ada"), "{late:?}");
    let again = product.candidate(&id, track, &reference);
    assert_eq!(again.body, json!({ "crops_wanted": [] }));
    let alerts = product.get(&format!("/v1/deployments/{id}/alerts")).body;
    assert_eq!(alerts.as_array().unwrap().len(), 1, "{alerts}");
}

#[test]
fn a_screen_that_was_away_hears_what_it_missed() {
    let product = Product::start();
    product.set_up();
    let reference = template(1);
    let id = product.live(3600, &reference, &photo(1));
    let first = product.candidate(&id, Uuid::now_v7(), &reference);
    let seen = product.events(&id, 0, |text| text.contains("alert_raised") && text.ends_with("\n\n"));
    let last: u64 = seen
        .lines()
        .filter_map(|l| l.strip_prefix("id:"))
        .next_back()
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    let second = template(2);
    product.entry(&id, "Volunteer Yvonne", &second, &photo(2));
    product.candidate(&id, Uuid::now_v7(), &second);
    let missed = product.events(&id, last, |text| {
        text.contains("alert_raised") && text.ends_with("\n\n")
    });
    assert_eq!(missed.matches("alert_raised").count(), 1, "{missed}");
    assert!(
        !missed.contains(first.body["crops_wanted"][0].as_str().unwrap()),
        "{missed}"
    );
}

/// R5: over the network, to eight screens. The time is told, not judged: it is the machine's.
#[test]
fn r5_a_stop_reaches_every_screen_and_nothing_is_matched_after_it() {
    let product = Product::start();
    product.set_up();
    let reference = template(1);
    let id = product.live(3600, &reference, &photo(1));
    std::thread::scope(|scope| {
        let follow = || {
            product.events(&id, 0, |text| text.contains("\"kind\":\"ended\""));
            Instant::now()
        };
        let screens: Vec<_> = (0..8).map(|_| scope.spawn(follow)).collect();
        // Long enough for all of them to follow.
        std::thread::sleep(Duration::from_millis(500));
        let stopped = Instant::now();
        let ended = product.post(&format!("/v1/deployments/{id}/end"), &json!({}));
        assert_eq!(ended.status, 200, "{ended:?}");
        let late = product.candidate(&id, Uuid::now_v7(), &reference);
        assert_eq!(late.body["type"], "/problems/deployment-not-live", "{late:?}");
        let mut heard: Vec<_> = screens
            .into_iter()
            .map(|screen| screen.join().unwrap().duration_since(stopped))
            .collect();
        heard.sort_unstable();
        println!("the stop was heard after {heard:?}");
    });
}

#[test]
fn a_pilot_whose_end_the_server_slept_through_is_deleted_at_the_next_start() {
    let mut product = Product::start();
    product.set_up();
    let (reference, picture) = (template(7), photo(7));
    let id = product.live(6, &reference, &picture);
    product.candidate(&id, Uuid::now_v7(), &reference);
    product.halt();
    let middle = &picture[picture.len() / 2..picture.len() / 2 + 32];
    let key = product.data.path().join("keys").join(format!("{id}.key"));
    assert!(key.is_file(), "the key is there while the pilot runs");
    std::thread::sleep(Duration::from_secs(7));
    product.run();
    assert!(!key.exists());
    assert_eq!(product.holds(middle), None);
    assert_eq!(product.holds(&reference.to_bytes()[16..64]), None);
    assert_eq!(product.holds(b"Volunteer Zebedee"), None);
    let ended = product.get(&format!("/v1/deployments/{id}"));
    assert_eq!(ended.body["state"]["kind"], "ended", "{ended:?}");
    assert_eq!(ended.body["state"]["reason"], "time");
}

#[test]
fn a_pilot_ends_by_itself_and_stops_matching() {
    let product = Product::start();
    product.set_up();
    let (reference, picture) = (template(9), photo(9));
    let id = product.live(3, &reference, &picture);
    eventually("the pilot ends", || {
        product.get(&format!("/v1/deployments/{id}")).body["state"]["kind"] == "ended"
    });
    let late = product.candidate(&id, Uuid::now_v7(), &reference);
    assert_eq!(late.status, 409, "{late:?}");
    let middle = &picture[picture.len() / 2..picture.len() / 2 + 32];
    eventually("its data is gone", || {
        product.holds(middle).is_none() && product.holds(b"Volunteer Zebedee").is_none()
    });
}

#[test]
fn garbage_oversized_and_foreign_candidates_are_refused_and_nothing_breaks() {
    let product = Product::start();
    product.set_up();
    let reference = template(1);
    let id = product.live(3600, &reference, &photo(1));
    let path = format!("/v1/deployments/{id}/candidates");
    let refused = |status: u16, reply: vedette_tests::Reply| {
        assert_eq!(reply.status, status, "{reply:?}");
        assert!(
            reply.body["type"].as_str().unwrap().starts_with("/problems/"),
            "{reply:?}"
        );
        assert!(reply.body["detail"].as_str().unwrap().len() > 20, "{reply:?}");
    };
    refused(400, product.send(&path, "application/json", b"{\"id\": "));
    refused(415, product.send(&path, "text/plain", b"hello"));
    refused(413, product.send(&path, "application/json", &vec![b' '; 20_000]));
    let mut body = candidate(Uuid::now_v7(), &product.sent(&id, &reference));
    body["template"] = json!("AAAA");
    refused(422, product.post(&path, &body));
    let mut body = candidate(Uuid::now_v7(), &product.sent(&id, &reference));
    body["surprise"] = json!(1);
    refused(422, product.post(&path, &body));
    let older = TemplateSpace {
        pipeline: PipelineVersion(space().pipeline.0 + 1),
        ..space()
    };
    let foreign = Template::from_embedding(older, reference.values().to_vec()).unwrap();
    refused(409, product.candidate(&id, Uuid::now_v7(), &foreign));
    refused(409, product.entry(&id, "Someone", &foreign, &photo(3)));
    let good = product.candidate(&id, Uuid::now_v7(), &reference);
    assert_eq!(good.body["crops_wanted"].as_array().unwrap().len(), 1);
}

#[test]
fn guessing_a_password_is_slowed_down() {
    let product = Product::start();
    product.set_up();
    let mut statuses: Vec<u16> = (0..20).map(|_| product.sign_in("not the password").status).collect();
    assert_eq!(statuses[0], 401);
    statuses.dedup();
    assert_eq!(statuses, [401, 429]);
}

/// As in `vedette serve 2>&1 | head -1`.
#[cfg(unix)]
#[test]
fn a_server_that_nobody_listens_to_serves_and_stops_when_told() {
    use std::io::BufRead as _;
    for signal in ["-TERM", "-INT"] {
        let mut product = Product::start();
        product.halt();
        let (reader, writer) = std::io::pipe().unwrap();
        let mut child = product
            .command()
            .env("VEDETTE_LOG", "trace")
            .stdout(writer.try_clone().unwrap())
            .stderr(writer)
            .spawn()
            .unwrap();
        let mut line = String::new();
        std::io::BufReader::new(reader).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let mut ended = None;
        eventually("it serves", || {
            ended = child.try_wait().unwrap();
            ended.is_some() || product.answers()
        });
        assert_eq!(ended, None, "nobody told it to stop");
        let told = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(told.unwrap().success());
        let deadline = Instant::now() + Duration::from_secs(20);
        while ended.is_none() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(50));
            ended = child.try_wait().unwrap();
        }
        if ended.is_none() {
            child.kill().unwrap();
        }
        assert!(ended.is_some_and(|status| status.success()), "{signal}: {ended:?}");
    }
}

/// The file-size limit of the process stands in for a full disk: every write past it fails.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_in_plain_words_and_loses_nothing() {
    let mut product = Product::start();
    product.set_up();
    let id = product.pilot(3600);
    product.halt();
    let size = std::fs::read_dir(product.data.path())
        .unwrap()
        .map(|e| e.unwrap().metadata().unwrap().len())
        .max()
        .unwrap();
    let command = product.command();
    let mut limited = Command::new("sh");
    // 512-byte blocks in POSIX sh; a signal for the limit would end the process, so it is ignored.
    limited.arg("-c").arg(format!(
        "trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"",
        size / 512 + 200
    ));
    limited
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(repository());
    product.run_as(limited);
    assert_eq!(product.sign_in(PASSWORD).status / 100, 2);
    let mut problem = None;
    for seed in 0..200u8 {
        let reply = product.entry(
            &id,
            &format!("Volunteer {seed}"),
            &template(u64::from(seed) + 50),
            &photo(seed),
        );
        if reply.status >= 300 {
            problem = Some(reply);
            break;
        }
    }
    let problem = problem.expect("the disk never filled");
    assert_eq!(problem.status, 503, "{problem:?}");
    assert!(
        problem.body["type"].as_str().unwrap().ends_with("storage-unavailable"),
        "{problem:?}"
    );
    assert_eq!(product.get("/v1/health").status, 200);
    let listed = product
        .get(&format!("/v1/deployments/{id}/entries"))
        .body
        .as_array()
        .unwrap()
        .len();
    product.halt();
    product.run();
    let kept = product
        .get(&format!("/v1/deployments/{id}/entries"))
        .body
        .as_array()
        .unwrap()
        .len();
    assert_eq!(kept, listed);
    assert!(product.entry(&id, "After", &template(999), &photo(99)).status < 300);
}
