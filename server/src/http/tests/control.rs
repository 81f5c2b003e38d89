//! What the control room keeps besides deployments: plans that are being written, how devices are doing, what models were
//! measured to do, and accounts.

use super::operations::{plan, staff};
use super::*;
use crate::heartbeats;

fn typed(name: &str) -> Value {
    json!({
        "name": name, "place": "", "starts": "", "ends": "", "target": "6000", "footfall": "3000", "purpose": "", "legal_basis": "",
        "use_case": "", "cameras": "Mast 1\n", "categories": [], "necessity": "", "proportionality": "", "alternatives": "",
        "single_person": "", "notice": "", "published_on": "",
        "documents": [{ "kind": "legal_mandate", "reference": "Shelf 4", "version": "", "review_by": "" }],
    })
}

fn plan_path(number: u128) -> String {
    format!("/v1/plans/{}", Uuid::from_u128(number))
}

#[tokio::test]
async fn an_unfinished_plan_is_kept_as_it_was_typed_and_seen_by_its_writer_only() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    server.account(&admin, "Carl", &["commander"]).await;
    let other = server.signed_in("Carl").await;
    let cora = &staff.commander;
    for text in ["N", "North gate"] {
        server
            .put(cora, &plan_path(1), json!({ "typed": typed(text) }))
            .await
            .ok();
    }
    let kept = server.get(cora, "/v1/plans").await.ok();
    assert_eq!(kept.as_array().unwrap().len(), 1);
    assert_eq!(kept[0]["typed"], typed("North gate"));
    assert_eq!(server.get(&other, "/v1/plans").await.ok(), json!([]));
    let theirs = json!({ "typed": typed("Mine") });
    server.put(&other, &plan_path(1), theirs).await.is(Kind::NotFound);
    server.delete(&other, &plan_path(1)).await.is(Kind::NotFound);
    server.get(&staff.lists, "/v1/plans").await.is(Kind::NotAllowed);
    // It is no deployment, and nothing that follows from one.
    assert_eq!(server.get(cora, "/v1/deployments").await.ok(), json!([]));
    server.delete(cora, &plan_path(1)).await.ok();
    assert_eq!(server.get(cora, "/v1/plans").await.ok(), json!([]));
}

#[tokio::test]
async fn a_plan_that_is_saved_as_an_operation_is_unfinished_no_more() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let cora = &staff.commander;
    server
        .put(cora, &plan_path(1), json!({ "typed": typed("A") }))
        .await
        .ok();
    server
        .put(cora, &plan_path(2), json!({ "typed": typed("B") }))
        .await
        .ok();
    let mut whole = plan(&server);
    // What is refused leaves the typed plan where it is.
    whole["unfinished"] = json!(Uuid::from_u128(1));
    let mut wrong = whole.clone();
    wrong["plan"]["categories"] = json!(["Nobody knows this one"]);
    server
        .post(cora, "/v1/operations", wrong)
        .await
        .is(Kind::CategoryUnknown);
    assert_eq!(server.get(cora, "/v1/plans").await.ok().as_array().unwrap().len(), 2);
    let id = server.post(cora, "/v1/operations", whole.clone()).await.ok()["id"].clone();
    let left = server.get(cora, "/v1/plans").await.ok();
    assert_eq!(
        (left.as_array().unwrap().len(), &left[0]["typed"]["name"]),
        (1, &json!("B"))
    );
    let change = json!({ "deployment": id, "typed": typed("C") });
    server.put(cora, &plan_path(3), change).await.ok();
    whole["unfinished"] = json!(Uuid::from_u128(3));
    let path = format!("/v1/deployments/{}/plan", id.as_str().unwrap());
    server.put(cora, &path, whole).await.ok();
    assert_eq!(server.get(cora, "/v1/plans").await.ok().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn unfinished_plans_are_forgotten_a_month_after_they_were_saved_and_with_writer_or_deployment() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let cora = &staff.commander;
    let id = server.post(cora, "/v1/operations", plan(&server)).await.ok()["id"].clone();
    server
        .put(cora, &plan_path(1), json!({ "typed": typed("Old") }))
        .await
        .ok();
    let sweep = async || {
        retention::sweep(&*server.app.store, Actor::CommandLine, server.app.now())
            .await
            .unwrap();
        let mut tx = server.app.store.read().await.unwrap();
        let cora = tx.user_by_name("Cora").await.unwrap();
        let author = cora.map_or(vedette_core::id::UserId::new(Uuid::nil()), |(user, _)| user.id);
        tx.unfinished_plans(author).await.unwrap().len()
    };
    server.wait(30 * 86_400);
    assert_eq!(sweep().await, 1);
    server.wait(1);
    assert_eq!(sweep().await, 0);
    // Its deployment has ended long ago by now.
    let cora = server.signed_in("Cora").await;
    let change = json!({ "deployment": id, "typed": typed("Change") });
    server.put(&cora, &plan_path(2), change).await.ok();
    server
        .put(&cora, &plan_path(3), json!({ "typed": typed("New") }))
        .await
        .ok();
    assert_eq!(sweep().await, 1);
}

#[tokio::test]
async fn one_person_has_twenty_unfinished_plans_at_most() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let save = async |number| {
        let body = json!({ "typed": typed("Another") });
        server.put(&staff.commander, &plan_path(number), body).await
    };
    for number in 1..=20 {
        save(number).await.ok();
    }
    save(21).await.is(Kind::PlansFull);
    save(20).await.ok();
}

fn beat(server: &Server, milliseconds: u32) -> Value {
    json!({
        "camera": "running", "frames_per_second": 11.5, "milliseconds_since_frame": milliseconds,
        "battery": { "percent": 80, "charging": false }, "heat": "fair",
        "model": server.app.space().model, "pipeline": server.app.space().pipeline,
    })
}

#[tokio::test]
async fn r129_whoever_runs_a_deployment_sees_how_each_device_does_and_what_is_amiss() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut tablet = server.officer(&admin, "Otto").await;
    let device = server.pair(&admin, &mut tablet).await;
    let (id, _) = server.live(&admin).await;
    let (send, read) = (
        format!("/v1/deployments/{id}/heartbeat"),
        format!("/v1/deployments/{id}/devices"),
    );
    assert_eq!(server.get(&admin, &read).await.ok(), json!([]));
    server.put(&tablet, &send, beat(&server, 90)).await.ok();
    let seen = server.get(&admin, &read).await.ok();
    assert_eq!(seen[0]["device"], device);
    assert_eq!(seen[0]["name"], "Gate");
    assert_eq!(seen[0]["frames_per_second"], 11.5);
    assert_eq!(seen[0]["battery"]["percent"], 80);
    assert_eq!(seen[0]["heat"], "fair");
    assert_eq!(seen[0]["faces"], 0);
    assert_eq!(seen[0]["model"], json!(server.app.space().model));
    assert_eq!(seen[0]["alarms"], json!([]));
    let tally = json!({ "id": delivery(), "faces_seen": 12, "not_assessable": 3 });
    server
        .post(&tablet, &format!("/v1/deployments/{id}/tallies"), tally)
        .await
        .ok();
    server.put(&tablet, &send, beat(&server, 4_000)).await.ok();
    let stalled = server.get(&admin, &read).await.ok();
    assert_eq!(stalled[0]["alarms"], json!(["camera_stalled"]));
    let amiss_since = server.app.now();
    assert_eq!(
        (&stalled[0]["faces"], &stalled[0]["not_assessable"]),
        (&json!(12), &json!(3))
    );
    server.wait(60);
    let silent = server.get(&admin, &read).await.ok();
    assert_eq!(silent[0]["faces"], 0);
    assert_eq!(silent[0]["alarms"], json!(["silent"]));
    assert_eq!(
        (&stalled[0]["silent"], &silent[0]["silent"]),
        (&json!(false), &json!(true))
    );
    let listed = server.get(&admin, "/v1/deployments").await.ok();
    let waiting = ["alerts", "sights", "devices"].map(|what| listed[0]["waiting"][what].clone());
    assert_eq!(waiting, [0, 0, 1]);
    let ailing = json!([{ "name": "Gate", "kiosk": false, "alarm": "silent", "since": amiss_since, "last_contact": amiss_since }]);
    assert_eq!(listed[0]["waiting"]["ailing"], ailing);
    // Who is not on a device that captures says nothing, and an operator reads nothing.
    server
        .put(&admin.clone().without_session(), &send, beat(&server, 1))
        .await
        .is(Kind::SignedOut);
    server.get(&tablet, &read).await.is(Kind::NotAllowed);
    // A device that was withdrawn is nobody's worry, and neither is one of a deployment that stands still.
    let pause = format!("/v1/deployments/{id}/pause");
    server.post(&admin, &pause, json!({ "reason": "Lunch" })).await.ok();
    assert_eq!(server.get(&admin, &read).await.ok()[0]["alarms"], json!([]));
    server
        .put(&tablet, &send, beat(&server, 1))
        .await
        .is(Kind::DeploymentNotLive);
    server.delete(&admin, &format!("/v1/devices/{device}")).await.ok();
    assert_eq!(server.get(&admin, &read).await.ok(), json!([]));
}

#[tokio::test]
async fn r86_that_no_camera_looks_is_told_with_since_when() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut tablet = server.officer(&admin, "Otto").await;
    server.pair(&admin, &mut tablet).await;
    let (id, _) = server.live(&admin).await;
    let send = format!("/v1/deployments/{id}/heartbeat");
    let unwatched = async || server.get(&admin, "/v1/deployments").await.ok()[0]["waiting"]["unwatched_since"].clone();
    let started = server.app.now();
    assert_eq!(unwatched().await, json!(null));
    server.wait(8);
    assert_eq!(unwatched().await, json!(started));
    server.put(&tablet, &send, beat(&server, 90)).await.ok();
    let looked = server.app.now();
    assert_eq!(unwatched().await, json!(null));
    // One that says that it doesn't look, and one that says nothing.
    let mut off = beat(&server, 90);
    off["camera"] = json!("off");
    server.wait(2);
    server.put(&tablet, &send, off).await.ok();
    assert_eq!(unwatched().await, json!(looked));
    server.put(&tablet, &send, beat(&server, 90)).await.ok();
    let looked = server.app.now();
    server.wait(60);
    assert_eq!(unwatched().await, json!(looked));
    // While nothing is matched nobody is missed.
    let pause = format!("/v1/deployments/{id}/pause");
    server.post(&admin, &pause, json!({ "reason": "Lunch" })).await.ok();
    assert_eq!(unwatched().await, json!(null));
}

#[tokio::test]
async fn r86_a_minute_in_which_no_camera_looked_is_told_from_a_calm_one() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut tablet = server.officer(&admin, "Otto").await;
    server.pair(&admin, &mut tablet).await;
    let (id, _) = server.live(&admin).await;
    let send = format!("/v1/deployments/{id}/heartbeat");
    server.put(&tablet, &send, beat(&server, 90)).await.ok();
    server.wait(60);
    server.put(&tablet, &send, beat(&server, 9_000)).await.ok();
    let board = server
        .get(&admin, &format!("/v1/deployments/{id}/dashboard"))
        .await
        .ok();
    let minutes = board["faces_per_minute"].as_array().unwrap();
    let cameras: Vec<_> = minutes
        .iter()
        .map(|minute| minute["cameras"].as_str().unwrap())
        .collect();
    assert_eq!(cameras[cameras.len() - 3..], ["none_looked", "looked", "none_looked"]);
    assert!(minutes.iter().all(|minute| minute["faces"] == 0));
}

#[tokio::test]
async fn r86_a_restart_forgets_no_minute_and_what_it_missed_is_not_known() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut tablet = server.officer(&admin, "Otto").await;
    server.pair(&admin, &mut tablet).await;
    let (id, _) = server.live(&admin).await;
    let board = async |server: &Server| {
        let board = server
            .get(&admin, &format!("/v1/deployments/{id}/dashboard"))
            .await
            .ok();
        let minutes = board["faces_per_minute"].as_array().unwrap();
        let one = |minute: &Value| {
            (
                minute["faces"].as_u64().unwrap(),
                minute["cameras"].as_str().unwrap().to_owned(),
            )
        };
        (board["faces_seen"].clone(), minutes.iter().map(one).collect::<Vec<_>>())
    };
    let report = json!({ "id": delivery(), "faces_seen": 5, "not_assessable": 1, "age_ms": 0 });
    server
        .post(&tablet, &format!("/v1/deployments/{id}/tallies"), report)
        .await
        .ok();
    server.wait(60);
    server
        .put(&tablet, &format!("/v1/deployments/{id}/heartbeat"), beat(&server, 90))
        .await
        .ok();
    assert!(retention::tick(&server.app, 0).await);
    server.wait(60);
    assert!(retention::tick(&server.app, 0).await);
    let server = server.restarted(150).await;
    retention::note_outages(&*server.app.store, server.app.now())
        .await
        .unwrap();
    let (seen, minutes) = board(&server).await;
    assert_eq!(seen, 4);
    let last = minutes[minutes.len() - 6..]
        .iter()
        .map(|(faces, cameras)| (*faces, cameras.as_str()));
    assert_eq!(
        last.collect::<Vec<_>>(),
        [
            (0, "none_looked"),
            (5, "looked"),
            (0, "looked"),
            (0, "not_known"),
            (0, "not_known"),
            (0, "not_known"),
        ]
    );
    // Nothing is kept of what is too old to be shown.
    server.wait(60 * 60);
    assert!(retention::tick(&server.app, 0).await);
    let mut tx = server.app.store.read().await.unwrap();
    assert_eq!(tx.minutes_from(id.parse().unwrap(), 0).await.unwrap(), []);
}

#[tokio::test]
async fn r86_a_tablet_that_goes_before_its_answer_leaves_no_minute_taken_and_unwritten() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let id: DeploymentId = id.parse().unwrap();
    let live = server.app.matcher.live(id).unwrap();
    let writing = server.app.store.write().await.unwrap();
    let mut note = Box::pin(heartbeats::note_watched(&server.app, id, &live, server.app.now()));
    // It waits for the writer, and goes.
    let waits = std::future::poll_fn(|context| Poll::Ready(note.as_mut().poll(context).is_pending())).await;
    assert!(waits);
    drop(note);
    drop(writing);
    heartbeats::note_watched(&server.app, id, &live, server.app.now())
        .await
        .unwrap();
    let written = async || {
        let mut tx = server.app.store.read().await.unwrap();
        tx.minutes_from(id, 0).await.unwrap().len()
    };
    for _ in 0..500 {
        if written().await == 1 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the minute is not written");
}

#[tokio::test]
async fn a_password_is_changed_by_its_owner_who_is_signed_out_everywhere_else() {
    let server = Server::new().await;
    server.set_up().await;
    let (here, elsewhere) = (server.signed_in("Ann Admin").await, server.signed_in("Ann Admin").await);
    let path = "/v1/session/password";
    let body = |old: &str, new: &str| json!({ "old": old, "new": new });
    server
        .put(&here, path, body("wrong horse", "battery staple"))
        .await
        .is(Kind::PasswordWrong);
    server.get(&elsewhere, "/v1/session").await.ok();
    server
        .put(&here, path, body("correct horse", "short"))
        .await
        .is(Kind::Invalid);
    server
        .put(&here, path, body("correct horse", "battery staple"))
        .await
        .ok();
    server.get(&here, "/v1/session").await.ok();
    server.get(&elsewhere, "/v1/session").await.is(Kind::SignedOut);
    let sign_in = async |password: &str| {
        let body = json!({ "name": "Ann Admin", "password": password });
        server.post(&Browser::default(), "/v1/session", body).await
    };
    sign_in("correct horse").await.is(Kind::SignInFailed);
    sign_in("battery staple").await.ok();
}

#[tokio::test]
async fn whoever_finds_a_screen_unlocked_tries_few_passwords_on_it() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let body = json!({ "old": "wrong horse", "new": "battery staple" });
    for _ in 0..10 {
        server
            .put(&admin, "/v1/session/password", body.clone())
            .await
            .is(Kind::PasswordWrong);
    }
    server
        .put(&admin, "/v1/session/password", body)
        .await
        .is(Kind::TooManyAttempts);
}

#[tokio::test]
async fn nobody_gets_a_name_that_looks_like_a_colleagues() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let body = |name: &str| json!({ "name": name, "password": "correct horse", "roles": [{ "role": "operator" }] });
    for name in ["Ann  Admin", "ann admin", "\u{410}nn Admin"] {
        server.post(&admin, "/v1/users", body(name)).await.is(Kind::NameTaken);
    }
    server.post(&admin, "/v1/users", body("Anne Admin")).await.ok();
}

fn report(sha256: &str) -> Value {
    let figure = |people: u64| {
        json!({
            "measure": "FPIR", "population": "all", "scale": "cosine", "list": 100, "probe": "each", "condition": "target 1/6000",
            "said": "known", "value": 0.0003, "low": 0.0001, "high": 0.0009, "events": 3, "trials": 9000, "people": people,
        })
    };
    json!({
        "made_at": "2026-11-01T10:00:00Z", "version": "0.1.0", "set": "Volunteers", "people": 400, "images": 900,
        "sha256": sha256, "pipeline": 2, "figures": [figure(400)],
    })
}

#[tokio::test]
async fn r141_a_report_stands_beside_the_model_that_it_measured_for_everybody_to_read() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let officer = server.officer(&admin, "Otto").await;
    let models = server.get(&officer, "/v1/models").await.ok();
    let embedder = &models["models"][1];
    assert_eq!(embedder["part"], "embedder");
    assert_eq!(models["calibration"]["populations"][0]["name"], "mixed adults");
    let body = report(embedder["sha256"].as_str().unwrap());
    server
        .post(&officer, "/v1/evaluations", body.clone())
        .await
        .is(Kind::NotAllowed);
    let added = server.post(&admin, "/v1/evaluations", body.clone()).await.ok();
    let read = server.get(&officer, "/v1/evaluations").await.ok();
    assert_eq!(read, json!([added]));
    assert_eq!(read[0]["figures"], body["figures"]);
    let mut few = body;
    few["figures"][0]["people"] = json!(29);
    server.post(&admin, "/v1/evaluations", few).await.is(Kind::Invalid);
    let path = format!("/v1/evaluations/{}", added["id"].as_str().unwrap());
    server.delete(&admin, &path).await.ok();
    server.delete(&admin, &path).await.is(Kind::NotFound);
    assert_eq!(server.get(&officer, "/v1/evaluations").await.ok(), json!([]));
}

#[tokio::test]
async fn an_administrator_reads_what_the_server_runs_with() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let officer = server.officer(&admin, "Otto").await;
    let found = server.get(&admin, "/v1/server").await.ok();
    assert_eq!(found["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(found["public_url"], "https://vedette.test:8443");
    assert_eq!(found["tls"], "own");
    assert_eq!(found["memory_locked"], true);
    assert_eq!(found["model"], json!(server.app.space().model));
    assert_eq!(found["audit_key"], server.app.audit_key.public().to_string());
    server.get(&officer, "/v1/server").await.is(Kind::NotAllowed);
}

#[tokio::test]
async fn a_watchlist_is_read_page_by_page_and_by_what_is_looked_for() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server
        .post(&staff.commander, "/v1/operations", plan(&server))
        .await
        .ok()["id"]
        .clone();
    let path = format!("/v1/deployments/{}", id.as_str().unwrap());
    for seed in 1..=30 {
        let name = format!("Person {seed:02}");
        server
            .post(&staff.lists, &format!("{path}/entries"), server.wanted(&name, seed))
            .await
            .ok();
        server.wait(1);
    }
    let ask = async |question: Value| server.post(&staff.lists, &format!("{path}/watchlist"), question).await;
    let read = async |question: Value| ask(question).await.ok();
    let names = |page: &Value| -> Vec<String> {
        let entries = page["entries"].as_array().unwrap();
        entries
            .iter()
            .map(|entry| entry["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let first = read(json!({})).await;
    assert_eq!(
        (&first["total"], &first["found"], &first["page"]),
        (&json!(30), &json!(30), &json!(0))
    );
    assert_eq!(first["categories"], json!(["Deportation order"]));
    // Who was listed last is seen first.
    assert_eq!((names(&first).len(), names(&first)[0].as_str()), (24, "Person 30"));
    assert_eq!(names(&read(json!({ "page": 1 })).await).len(), 6);
    assert_eq!(names(&read(json!({ "page": 7 })).await).last().unwrap(), "Person 01");
    let found = read(json!({ "search": " person 07" })).await;
    assert_eq!(
        (names(&found), &found["total"]),
        (vec!["Person 07".to_owned()], &json!(30))
    );
    assert_eq!(names(&read(json!({ "search": "n/12" })).await), ["Person 12"]);
    assert_eq!(read(json!({ "response": "red" })).await["found"], 0);
    assert_eq!(
        read(json!({ "response": "amber", "category": "Deportation order" })).await["found"],
        30
    );
    assert_eq!(read(json!({ "category": "Nothing" })).await["found"], 0);
    assert_eq!(read(json!({ "show": "several" })).await["found"], 0);
    ask(json!({ "show": "some" })).await.is(Kind::Invalid);
}

#[tokio::test]
async fn r32_nobody_but_who_keeps_the_list_reads_a_page_of_it() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    let path = format!("/v1/deployments/{id}/watchlist");
    for other in [&staff.commander, &staff.authoriser, &staff.operator, &admin] {
        server.post(other, &path, json!({})).await.is(Kind::NotAllowed);
    }
    assert_eq!(server.post(&staff.lists, &path, json!({})).await.ok()["found"], 1);
}
