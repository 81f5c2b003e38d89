//! A browser that stands as a kiosk: what its session may do, what it tells, and what is counted of it.

use super::*;

/// A live exercise, its one person of seed 1, and an operator's tablet that stands as its kiosk.
pub(super) async fn standing(server: &Server) -> (Browser, Browser, String) {
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    say_who_is_responsible(server, &admin).await;
    let mut kiosk = server.officer(&admin, "Otto Operator").await;
    server.pair(&admin, &mut kiosk).await;
    let session = server.post(&kiosk, &set_up(&id), json!({})).await.ok();
    assert_eq!((&session["kiosk"], &session["duties"]), (&json!(id), &json!([])));
    (admin, kiosk, id)
}

/// Without it there is no kiosk.
async fn say_who_is_responsible(server: &Server, admin: &Browser) {
    let body =
        json!({ "name": "Test Constabulary", "contact": "data@test.invalid", "complaints": "complaints@test.invalid" });
    server.put(admin, "/v1/organisation", body).await.ok();
}

fn set_up(id: &str) -> String {
    format!("/v1/deployments/{id}/kiosk")
}

async fn sign_in(server: &Server, browser: &mut Browser) {
    let body = json!({ "name": "Otto Operator", "password": "correct horse" });
    let answer = server.post(browser, "/v1/session", body).await;
    browser.keep(&answer);
    answer.ok();
}

async fn actions(server: &Server) -> Vec<String> {
    let mut tx = server.app.store.read().await.unwrap();
    let rows = tx.audit_after(0, u32::MAX).await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

#[tokio::test]
async fn r126_a_kiosks_session_does_what_a_kiosk_needs_for_its_own_deployment_and_nothing_else() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let other = server.draft(&admin).await;
    let may = [
        ("get", "/v1/deployments/{id}/transform/probes"),
        ("post", "/v1/deployments/{id}/candidates"),
        ("post", "/v1/deployments/{id}/tallies"),
        ("put", "/v1/deployments/{id}/heartbeat"),
        ("get", "/v1/kiosk"),
        ("get", "/v1/session"),
        ("put", "/v1/alerts/{id}/crop"),
    ];
    for (method, path, called) in operations() {
        if ["/v1/health", "/v1/setup", "/v1/certificate", "/v1/devices"].contains(&path.as_str())
            || path == "/v1/session" && method != "get"
        {
            continue;
        }
        for deployment in [&id, &other] {
            let called = called.replace(&Uuid::from_u128(5).to_string(), deployment);
            let request = Server::request(&method.to_uppercase(), &called, &kiosk);
            let answer = server.send(request.body(Body::empty()).unwrap()).await;
            let own = deployment == &id || !path.starts_with("/v1/deployments/");
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(
                !refused,
                own && may.contains(&(method.as_str(), path.as_str())),
                "{method} {called}"
            );
        }
    }
}

#[tokio::test]
async fn r126_a_kiosk_is_left_by_signing_in_on_it_and_its_session_ends_then() {
    let server = Server::new().await;
    let (_, kiosk, id) = standing(&server).await;
    let alerts = format!("/v1/deployments/{id}/alerts");
    server.get(&kiosk, &alerts).await.is(Kind::NotAllowed);
    let mut officer = kiosk.clone();
    let wrong = json!({ "name": "Otto Operator", "password": "a wrong one" });
    server.post(&officer, "/v1/session", wrong).await.is(Kind::SignInFailed);
    server.get(&kiosk, "/v1/kiosk").await.ok();
    sign_in(&server, &mut officer).await;
    server.get(&officer, &alerts).await.ok();
    assert_eq!(server.get(&officer, "/v1/session").await.ok()["kiosk"], Value::Null);
    server.get(&officer, "/v1/kiosk").await.is(Kind::NotAllowed);
    server.get(&kiosk, "/v1/session").await.is(Kind::SignedOut);
    let of_kiosks: Vec<_> = actions(&server)
        .await
        .into_iter()
        .filter(|a| a.starts_with("kiosk"))
        .collect();
    assert_eq!(of_kiosks, ["kiosk_set_up", "kiosk_left"]);
    // Signing in once more leaves no kiosk.
    sign_in(&server, &mut officer).await;
    assert_eq!(actions(&server).await.iter().filter(|a| *a == "kiosk_left").count(), 1);
}

#[tokio::test]
async fn a_kiosk_hears_of_no_event_though_its_account_may() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let mut kiosk = server.officer(&admin, "Otto Operator").await;
    server.pair(&admin, &mut kiosk).await;
    say_who_is_responsible(&server, &admin).await;
    let events = format!("/v1/deployments/{id}/events");
    let request = Server::request("GET", &events, &kiosk).body(Body::empty()).unwrap();
    let mut stream = server.router.clone().oneshot(request).await.unwrap().into_body();
    assert!(stream.frame().await.is_some());
    server.post(&kiosk, &set_up(&id), json!({})).await.ok();
    // The stream was open before: it ends, and another isn't opened.
    while let Some(frame) = stream.frame().await {
        let text = frame.unwrap().into_data().unwrap();
        assert!(!String::from_utf8_lossy(&text).contains("alert"));
    }
    server.get(&kiosk, &events).await.is(Kind::NotAllowed);
}

#[tokio::test]
async fn r120_a_match_at_a_kiosk_goes_to_officers_with_its_name_and_the_answers_are_alike() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let [stranger, wanted] = [(1, 2), (2, 1)].map(|(track, seed)| server.candidate(track, seed));
    let stranger = server
        .in_its_space(&format!("/v1/deployments/{id}/candidates"), stranger)
        .await;
    let (nobody, somebody) = (
        server.offer(&kiosk, &id, &stranger).await,
        server.offer(&kiosk, &id, &wanted).await,
    );
    assert_eq!(nobody.status, somebody.status);
    assert_eq!(nobody.ok(), json!({ "crops_wanted": [] }));
    // It is asked for the picture, as any device is, and told nothing of whom.
    let reply = somebody.ok();
    assert_eq!(reply.as_object().unwrap().keys().collect::<Vec<_>>(), ["crops_wanted"]);
    let alert = reply["crops_wanted"][0].as_str().unwrap().to_owned();
    server
        .put_jpeg(&kiosk, &format!("/v1/alerts/{alert}/crop"), jpeg(96, 96))
        .await
        .ok();
    let seen = server.alerts(&admin, &id).await;
    assert_eq!(seen[0]["last_seen"]["at_kiosk"], true);
    assert_eq!(seen[0]["last_seen"]["device"]["name"], "Gate");
}

#[tokio::test]
async fn r119_a_kiosk_says_for_whom_and_is_open_only_while_its_deployment_is_live() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let lane = |answer: Value| answer["lane"].clone();
    let open = lane(server.get(&kiosk, "/v1/kiosk").await.ok());
    assert_eq!((&open["kind"], &open["deployment"]), (&json!("open"), &json!(id)));
    assert_eq!(
        (&open["controller"]["name"], &open["purpose"]),
        (&json!("Test Constabulary"), &Value::Null)
    );
    let step = |step: &str| format!("/v1/deployments/{id}/{step}");
    let why = json!({ "reason": "A rehearsal of a pause." });
    server.post(&admin, &step("pause"), why.clone()).await.ok();
    assert_eq!(
        lane(server.get(&kiosk, "/v1/kiosk").await.ok()),
        json!({ "kind": "closed", "why": "paused" }),
        "that it stands still, and not what somebody wrote of it"
    );
    server.post(&admin, &step("resume"), why).await.ok();
    assert_eq!(lane(server.get(&kiosk, "/v1/kiosk").await.ok())["kind"], "open");
    server.post(&admin, &step("end"), json!({})).await.ok();
    assert_eq!(
        lane(server.get(&kiosk, "/v1/kiosk").await.ok()),
        json!({ "kind": "closed", "why": "ended" })
    );
    let mut officer = kiosk.clone();
    sign_in(&server, &mut officer).await;
    server
        .post(&officer, &set_up(&id), json!({}))
        .await
        .is(Kind::DeploymentEnded);
}

#[tokio::test]
async fn r119_there_is_no_kiosk_before_somebody_has_said_who_is_responsible() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let mut kiosk = server.officer(&admin, "Otto Operator").await;
    server.pair(&admin, &mut kiosk).await;
    let refused = server.post(&kiosk, &set_up(&id), json!({})).await;
    refused.is(Kind::OrganisationMissing);
    assert_eq!(server.get(&kiosk, "/v1/session").await.ok()["kiosk"], Value::Null);
    say_who_is_responsible(&server, &admin).await;
    server.post(&kiosk, &set_up(&id), json!({})).await.ok();
}

/// It steers the pause and the published rate, so it counts once, also where the server was started anew in between.
#[tokio::test]
async fn r87_r123_a_report_that_is_sent_again_counts_once_also_after_a_restart() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let path = format!("/v1/deployments/{id}/tallies");
    let visits = json!({ "visits": 3, "unclear": 0, "unproven": 1, "staffed": 0 });
    let report = json!({ "id": delivery(), "faces_seen": 3, "not_assessable": 1, "kiosk": visits });
    let counted = async |server: &Server| {
        let read = server.get(&admin, &format!("/v1/deployments/{id}")).await.ok();
        let board = server
            .get(&admin, &format!("/v1/deployments/{id}/dashboard"))
            .await
            .ok();
        let minutes = board["faces_per_minute"].as_array().unwrap().iter();
        let passed: u64 = minutes.map(|minute| minute["faces"].as_u64().unwrap()).sum();
        (read["counters"].clone(), board["faces_seen"].clone(), passed)
    };
    for _ in 0..3 {
        server.post(&kiosk, &path, report.clone()).await.ok();
    }
    let (counters, faces, passed) = counted(&server).await;
    assert_eq!((&counters["kiosk"], &counters["not_assessable"]), (&visits, &json!(1)));
    // Of one no template could be made, so nobody could be taken for somebody by mistake.
    assert_eq!((faces, passed), (json!(2), 3));
    let server = server.restarted(1).await;
    server.post(&kiosk, &path, report.clone()).await.ok();
    let (again, _, passed) = counted(&server).await;
    assert_eq!((again, passed), (counters, 3));
    // Under its number nothing else is counted, nor by another device.
    let mut other = report.clone();
    other["faces_seen"] = json!(9);
    server.post(&kiosk, &path, other).await.is(Kind::DeliveryReused);
    let mut tablet = server.officer(&admin, "Olly").await;
    server.pair(&admin, &mut tablet).await;
    server
        .post(&tablet, &path, report.clone())
        .await
        .is(Kind::DeliveryReused);
    let mut next = report;
    next["id"] = json!(delivery());
    server.post(&kiosk, &path, next).await.ok();
    assert_eq!(counted(&server).await.1, 4);
}

/// R129: the control room reads of each kiosk what its own screen tells its staff.
#[tokio::test]
async fn r129_a_kiosk_whose_lane_is_shut_says_why_among_the_devices() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let both = async || {
        let shown = server.get(&kiosk, "/v1/kiosk").await.ok()["lane"]["why"].clone();
        let read = server.get(&admin, &format!("/v1/deployments/{id}/devices")).await.ok()[0]["shut"].clone();
        (shown, read)
    };
    assert_eq!(both().await, (Value::Null, Value::Null));
    let why = json!({ "reason": "A rehearsal of a pause." });
    server
        .post(&admin, &format!("/v1/deployments/{id}/pause"), why)
        .await
        .ok();
    assert_eq!(both().await, (json!("paused"), json!("paused")));
}

#[tokio::test]
async fn r129_a_kiosk_is_among_the_devices_from_when_it_is_set_up_until_somebody_signs_in_on_it() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let read = async |server: &Server| server.get(&admin, &format!("/v1/deployments/{id}/devices")).await.ok();
    let say = async |server: &Server, camera: &str| {
        let space = server.app.space();
        let body =
            json!({ "camera": camera, "frames_per_second": 0.0, "model": space.model, "pipeline": space.pipeline });
        server
            .put(&kiosk, &format!("/v1/deployments/{id}/heartbeat"), body)
            .await
            .ok();
    };
    let unheard = read(&server).await;
    assert_eq!(
        (&unheard[0]["kiosk"], &unheard[0]["last_contact"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(unheard[0]["alarms"], json!([]), "it may be about to speak");
    server.wait(8);
    assert_eq!(read(&server).await[0]["alarms"], json!(["silent"]));
    say(&server, "waiting").await;
    let well = read(&server).await;
    assert_eq!(
        (&well[0]["kiosk"], &well[0]["camera"], &well[0]["alarms"]),
        (&json!(true), &json!("waiting"), &json!([]))
    );
    // A minute in which it waits for visitors is a watched one.
    let board = server
        .get(&admin, &format!("/v1/deployments/{id}/dashboard"))
        .await
        .ok();
    assert_eq!(
        board["faces_per_minute"].as_array().unwrap().last().unwrap()["cameras"],
        "looked"
    );
    say(&server, "missing").await;
    assert_eq!(read(&server).await[0]["alarms"], json!(["camera_missing"]));
    server.wait(6);
    assert_eq!(read(&server).await[0]["alarms"], json!(["silent"]));
    // Who starts the server anew still hears of a kiosk that is dead, once it could have spoken.
    let server = server.restarted(1).await;
    assert_eq!(read(&server).await[0]["alarms"], json!([]));
    server.wait(8);
    assert_eq!(read(&server).await[0]["alarms"], json!(["silent"]));
    say(&server, "waiting").await;
    let mut officer = kiosk.clone();
    sign_in(&server, &mut officer).await;
    assert_eq!(
        read(&server).await,
        json!([]),
        "it is none any more, and nobody waits for it"
    );
}

#[tokio::test]
async fn r129_a_kiosk_that_died_is_told_missing_also_when_its_session_ended_while_no_server_ran() {
    let server = Server::new().await;
    let (_, kiosk, id) = standing(&server).await;
    let server = server.restarted(16 * 60).await;
    assert!(retention::tick(&server.app, 0).await);
    server.get(&kiosk, "/v1/kiosk").await.is(Kind::SignedOut);
    server.wait(8);
    let admin = server.signed_in("Ann Admin").await;
    let devices = server.get(&admin, &format!("/v1/deployments/{id}/devices")).await.ok();
    assert_eq!(
        (&devices[0]["name"], &devices[0]["kiosk"], &devices[0]["alarms"]),
        (&json!("Gate"), &json!(true), &json!(["silent"]))
    );
}

#[tokio::test]
async fn r129_after_a_pause_or_a_set_up_a_device_has_time_to_speak_before_it_is_silent() {
    let server = Server::new().await;
    let (admin, mut kiosk, id) = standing(&server).await;
    let alarms = async || {
        let devices = server.get(&admin, &format!("/v1/deployments/{id}/devices")).await.ok();
        devices[0]["alarms"].clone()
    };
    let step = async |step: &str, body: Value| {
        let path = format!("/v1/deployments/{id}/{step}");
        server.post(&admin, &path, body).await.ok();
    };
    let space = server.app.space();
    let body =
        json!({ "camera": "waiting", "frames_per_second": 0.0, "model": space.model, "pipeline": space.pipeline });
    let heartbeat = format!("/v1/deployments/{id}/heartbeat");
    server.put(&kiosk, &heartbeat, body).await.ok();
    step("pause", json!({ "reason": "Talking to people" })).await;
    server.wait(60);
    step("resume", json!({ "reason": "All is well" })).await;
    assert_eq!(alarms().await, json!([]));
    server.wait(7);
    assert_eq!(alarms().await, json!([]));
    server.wait(1);
    assert_eq!(alarms().await, json!(["silent"]));
    // Set up anew, long after the start.
    sign_in(&server, &mut kiosk).await;
    server.post(&kiosk, &set_up(&id), json!({})).await.ok();
    server.wait(7);
    assert_eq!(alarms().await, json!([]));
    server.wait(1);
    assert_eq!(alarms().await, json!(["silent"]));
}

#[tokio::test]
async fn r129_a_tablet_that_becomes_another_deployments_kiosk_is_silent_in_neither() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let mut tablet = server.officer(&admin, "Otto Operator").await;
    server.pair(&admin, &mut tablet).await;
    let devices = async |id: &str| server.get(&admin, &format!("/v1/deployments/{id}/devices")).await.ok();
    let body = json!({ "camera": "running", "frames_per_second": 10.0, "milliseconds_since_frame": 90 });
    server
        .put(&tablet, &format!("/v1/deployments/{id}/heartbeat"), body)
        .await
        .ok();
    assert_eq!(devices(&id).await[0]["kiosk"], false);
    let other = server.draft(&admin).await;
    say_who_is_responsible(&server, &admin).await;
    server.post(&tablet, &set_up(&other), json!({})).await.ok();
    server.wait(60);
    assert_eq!(devices(&id).await, json!([]));
    let waiting = devices(&other).await;
    assert_eq!(
        (&waiting[0]["kiosk"], &waiting[0]["alarms"]),
        (&json!(true), &json!([])),
        "nothing is matched there yet"
    );
}

#[tokio::test]
async fn r123_what_came_of_visits_is_counted_and_outlives_the_deployment() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let path = format!("/v1/deployments/{id}/tallies");
    let visits = json!({ "visits": 3, "unclear": 2, "unproven": 1, "staffed": 1 });
    let tally = json!({ "id": delivery(), "faces_seen": 3, "not_assessable": 3, "kiosk": visits });
    server.post(&kiosk, &path, tally.clone()).await.ok();
    let counters = |deployment: Value| deployment["counters"]["kiosk"].clone();
    let deployment = format!("/v1/deployments/{id}");
    assert_eq!(counters(server.get(&admin, &deployment).await.ok()), visits);
    let mut wrong = tally;
    wrong["kiosk"]["staffed"] = json!(10_001);
    server.post(&kiosk, &path, wrong).await.is(Kind::Invalid);
    server.post(&admin, &format!("{deployment}/end"), json!({})).await.ok();
    assert_eq!(counters(server.get(&admin, &deployment).await.ok()), visits);
}
