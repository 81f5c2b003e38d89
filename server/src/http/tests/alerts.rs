//! Alerts on officers' screens: when an answer is taken, who has seen them, what becomes of repeats, when they go.

use std::time::{Duration, Instant};

use super::*;
use crate::domain::repeat;

impl Server {
    pub(super) async fn receipt(&self, browser: &Browser, alert: &Value, kind: &str) -> Answer {
        let path = format!("/v1/alerts/{}/receipts", alert["id"].as_str().unwrap());
        self.post(browser, &path, json!({ "kind": kind })).await
    }

    /// Without looking.
    async fn answer_at_once(&self, browser: &Browser, alert: &Value, verdict: &str) -> Answer {
        let path = format!("/v1/alerts/{}/adjudication", alert["id"].as_str().unwrap());
        let request = Self::request("POST", &path, browser)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::IF_MATCH, "\"1\"");
        let body = json!({ "verdict": verdict, "delivery": delivery() }).to_string();
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub(super) async fn actions(&self) -> Vec<String> {
        let mut tx = self.app.store.read().await.unwrap();
        let rows = tx.audit_after(0, 10_000).await.unwrap();
        rows.into_iter().map(|row| row.action).collect()
    }

    /// Kinds of the deployment's events so far.
    pub(super) async fn events(&self, id: &str) -> Vec<&'static str> {
        let mut tx = self.app.store.read().await.unwrap();
        let rows = tx
            .events_after(id.parse().unwrap(), vedette_store::row::Seq(0), 1000)
            .await;
        rows.unwrap().iter().map(|row| row.kind.name()).collect()
    }
}

/// R67: also for "no", and again for each person and each device.
#[tokio::test]
async fn r67_no_answer_is_taken_before_somebody_could_have_looked() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut otto = server.officer(&admin, "Otto").await;
    server.pair(&admin, &mut otto).await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alert = server.alerts(&admin, &id).await[0].clone();
    for verdict in ["true", "false", "inconclusive"] {
        server.answer_at_once(&otto, &alert, verdict).await.is(Kind::TooSoon);
    }
    server.receipt(&otto, &alert, "received").await.ok();
    server.wait(5);
    server.answer_at_once(&otto, &alert, "false").await.is(Kind::TooSoon);
    server.receipt(&otto, &alert, "opened").await.ok();
    server.wait(1);
    server.answer_at_once(&otto, &alert, "true").await.is(Kind::TooSoon);
    // Opening it again does not begin anew.
    server.receipt(&otto, &alert, "opened").await.ok();
    server.wait(1);
    server.answer_at_once(&admin, &alert, "true").await.is(Kind::TooSoon);
    server.answer_at_once(&otto, &alert, "inconclusive").await.ok();
}

/// R71.
#[tokio::test]
async fn r71_every_screen_sees_who_has_received_and_opened_an_alert() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut otto = server.officer(&admin, "Otto").await;
    server.pair(&admin, &mut otto).await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alert = server.alerts(&admin, &id).await[0].clone();
    assert_eq!(alert["receipts"], json!([]));
    for browser in [&otto, &admin] {
        for _ in 0..2 {
            server.receipt(browser, &alert, "received").await.ok();
        }
    }
    server.wait(3);
    let opened = server.receipt(&otto, &alert, "opened").await.ok();
    assert_eq!(server.receipt(&otto, &alert, "received").await.ok(), opened);
    let shown = server.alerts(&admin, &id).await[0].clone();
    assert_eq!(shown, opened);
    let receipts: Vec<_> = shown["receipts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|receipt| {
            let of = |field: &str| receipt[field].as_str().map(str::to_owned);
            (of("device"), receipt["user"]["name"].clone(), of("opened_at").is_some())
        })
        .collect();
    assert!(
        receipts.contains(&(Some("Gate".into()), json!("Otto"), true)),
        "{receipts:?}"
    );
    assert!(
        receipts.contains(&(Some("Desk".into()), json!("Ann Admin"), false)),
        "{receipts:?}"
    );
    assert_eq!(receipts.len(), 2);
    assert_eq!(
        shown["version"], alert["version"],
        "nothing of what is asked has changed"
    );
    let receipts = |all: &[&str]| all.iter().filter(|kind| **kind == "alert_receipt").count();
    assert_eq!(
        receipts(&server.events(&id).await),
        3,
        "one for each change, none for a repetition"
    );
    let actions = server.actions().await;
    assert_eq!(
        actions[actions.len() - 3..],
        ["alert_received", "alert_received", "alert_opened"]
    );
    let unknown = json!({ "id": Uuid::from_u128(9) });
    server.receipt(&otto, &unknown, "opened").await.is(Kind::NotFound);
}

/// R70: by time alone, once, and also when the server was off meanwhile.
#[tokio::test]
async fn r70_an_alert_that_nobody_opens_is_told_of_again_after_ten_seconds() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    server.wait(9);
    assert!(retention::tick(&server.app, 1).await);
    assert!(server.alerts(&admin, &id).await[0]["escalated_at"].is_null());
    let server = server.restarted(1).await;
    for round in 2..4 {
        assert!(retention::tick(&server.app, round).await);
    }
    let alert = server.alerts(&admin, &id).await[0].clone();
    assert_eq!(alert["escalated_at"], json!(server.app.now()));
    let told = |all: Vec<&str>| all.iter().filter(|kind| **kind == "alert_escalated").count();
    assert_eq!(told(server.events(&id).await), 1);
    assert_eq!(server.actions().await.last().unwrap(), "alert_escalated");

    // Another person, whose alert is opened in time.
    let path = format!("/v1/deployments/{id}/entries");
    server.post(&admin, &path, server.entry("Second", 2)).await.ok();
    server.offer(&admin, &id, &server.candidate(2, 2)).await.ok();
    let second = server.alerts(&admin, &id).await[0].clone();
    server.receipt(&admin, &second, "opened").await.ok();
    server.wait(30);
    assert!(retention::tick(&server.app, 5).await);
    assert!(server.alerts(&admin, &id).await[0]["escalated_at"].is_null());
}

/// R65: two minutes after it was last seen, or with the deployment.
#[tokio::test]
async fn r65_an_alert_that_nobody_decides_about_in_time_says_so_and_is_final() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alert = server.alerts(&admin, &id).await[0].clone();
    server.wait(119);
    assert!(retention::tick(&server.app, 1).await);
    assert_eq!(server.alerts(&admin, &id).await[0]["state"]["kind"], "open");
    server.wait(1);
    assert!(retention::tick(&server.app, 2).await);
    let closed = server.alerts(&admin, &id).await[0].clone();
    assert_eq!(
        closed["state"],
        json!({ "kind": "not_adjudicated", "at": server.app.now() })
    );
    server.decide(&admin, &alert, "\"1\"", "true").await.is(Kind::NotInTime);
    assert_eq!(
        server
            .actions()
            .await
            .iter()
            .filter(|a| *a == "alert_not_adjudicated")
            .count(),
        1
    );

    // The same face again is a new alert; its deployment ends before anybody decides.
    server.offer(&admin, &id, &server.candidate(2, 1)).await.ok();
    assert_eq!(server.alerts(&admin, &id).await.len(), 2);
    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    let kinds: Vec<_> = server
        .alerts(&admin, &id)
        .await
        .iter()
        .map(|alert| alert["state"]["kind"].clone())
        .collect();
    assert_eq!(kinds, ["not_adjudicated", "not_adjudicated"]);
    let deployment = server.get(&admin, &format!("/v1/deployments/{id}")).await.ok();
    assert_eq!(deployment["false_alerts"]["count"], 0);
}

/// A key that is gone must neither keep other alerts waiting nor the deployment from ending.
#[tokio::test]
async fn alerts_of_a_deployment_without_its_key_hold_nobody_up() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (lost, _) = server.live(&admin).await;
    server.offer(&admin, &lost, &server.candidate(1, 1)).await.ok();
    std::fs::remove_file(server.key_file(&lost)).unwrap();
    let server = server.restarted(1).await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    server.wait(10);
    assert!(retention::tick(&server.app, 1).await);
    assert!(server.alerts(&admin, &id).await[0]["escalated_at"].is_string());
    server
        .post(&admin, &format!("/v1/deployments/{lost}/end"), json!({}))
        .await
        .ok();
    assert_eq!(
        server.alerts(&admin, &lost).await[0]["state"]["kind"],
        "not_adjudicated"
    );
}

/// R69.
#[tokio::test]
async fn r69_the_same_face_within_a_minute_is_one_card_with_a_count() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut otto = server.officer(&admin, "Otto").await;
    server.pair(&admin, &mut otto).await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    // Three shots of one track are one sighting.
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    server.wait(60);
    let reply = server.offer(&otto, &id, &server.candidate(2, 1)).await.ok();
    assert_eq!(reply, json!({ "crops_wanted": [] }), "no picture of what needs none");
    server.offer(&otto, &id, &server.candidate(2, 1)).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    let [alert] = &alerts[..] else { panic!("{alerts:?}") };
    assert_eq!(
        (
            &alert["repeats"],
            &alert["last_seen"]["device"]["name"],
            &alert["last_seen"]["at"]
        ),
        (&json!(1), &json!("Gate"), &json!(server.app.now()))
    );
    assert_eq!(alert["device"]["name"], "Desk");
    let repeats = |all: Vec<&str>| all.iter().filter(|kind| **kind == "alert_repeated").count();
    assert_eq!(repeats(server.events(&id).await), 1);
    // The window begins anew with each sighting, and ends.
    server.wait(60);
    server.offer(&admin, &id, &server.candidate(3, 1)).await.ok();
    assert_eq!(server.alerts(&admin, &id).await[0]["repeats"], 2);
    server.wait(repeat::WINDOW.as_secs() + 1);
    server.offer(&admin, &id, &server.candidate(4, 1)).await.ok();
    assert_eq!(server.alerts(&admin, &id).await.len(), 2);
}

/// R69: whoever comes after a "no" may be somebody else.
#[tokio::test]
async fn r69_a_face_that_was_ruled_out_takes_no_repeats_and_a_true_one_does() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    for (track, verdict) in [(1, "false"), (2, "inconclusive"), (3, "true")] {
        server.offer(&admin, &id, &server.candidate(track, 1)).await.ok();
        let alerts = server.alerts(&admin, &id).await;
        assert_eq!(alerts.len(), track as usize);
        let open = alerts.iter().find(|alert| alert["state"]["kind"] == "open").unwrap();
        server.decide(&admin, open, "\"1\"", verdict).await.ok();
    }
    server.offer(&admin, &id, &server.candidate(4, 1)).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    assert_eq!(alerts.len(), 3);
    let found = alerts.iter().find(|alert| alert["state"]["verdict"] == "true").unwrap();
    assert_eq!(found["repeats"], 1, "where the person was seen last is worth knowing");
}

/// R69: the one of two who look alike was found, goes on being seen, and at times matches both.
#[tokio::test]
async fn r69_whoever_was_told_from_a_look_alike_is_not_compared_with_both_again() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}/entries");
    server.post(&admin, &path, server.entry("Twin", 1)).await.ok();
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    let [found, twin] = &alerts[..] else {
        panic!("{alerts:?}")
    };
    server.decide_seeing(&admin, found, "\"1\"", "true", &[twin]).await.ok();
    for (track, times) in [(2, 1), (3, 2), (4, 3)] {
        server.wait(40);
        server.offer(&admin, &id, &server.candidate(track, 1)).await.ok();
        let alerts = server.alerts(&admin, &id).await;
        let repeats: Vec<_> = alerts.iter().map(|alert| (&alert["id"], &alert["repeats"])).collect();
        assert_eq!(repeats, [(&found["id"], &json!(times)), (&twin["id"], &json!(0))]);
    }
    server.wait(repeat::WINDOW.as_secs() + 1);
    server.offer(&admin, &id, &server.candidate(5, 1)).await.ok();
    assert_eq!(
        server.alerts(&admin, &id).await.len(),
        4,
        "after a minute it takes a person to tell"
    );
}

/// R69: two faces in one frame are two people, also when one of them was taken for a face seen before.
#[tokio::test]
async fn r69_two_faces_in_one_frame_are_never_one_card() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let beside = |track: u128, other: u128| {
        let mut candidate = server.candidate(track, 1);
        candidate["beside"] = json!([Uuid::from_u128(other)]);
        candidate
    };
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    server.wait(5);
    server.offer(&admin, &id, &server.candidate(2, 1)).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    assert_eq!((alerts.len(), &alerts[0]["repeats"]), (1, &json!(1)));
    assert_ne!(alerts[0]["last_seen"]["at"], alerts[0]["raised_at"]);
    // A third face beside the second one, as alike: now both need an answer of their own, and contradict each other.
    server.offer(&admin, &id, &beside(3, 2)).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    let of = |track: u128| {
        let track = json!(Uuid::from_u128(track));
        alerts.iter().find(|alert| alert["track"] == track).unwrap()
    };
    assert_eq!(alerts.len(), 3);
    assert_eq!((&of(1)["repeats"], &of(1)["contradicts"]), (&json!(0), &json!([])));
    assert_eq!(of(1)["last_seen"]["at"], of(1)["raised_at"], "it was not the first one");
    assert_eq!(of(2)["contradicts"], json!([of(3)["id"]]));
    assert_eq!(of(3)["contradicts"], json!([of(2)["id"]]));
    // Which of two that contradict each other a fourth would be, nobody knows; the first one is free to be it.
    server.offer(&admin, &id, &server.candidate(4, 1)).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    assert_eq!(alerts.len(), 3);
    let first = alerts.iter().find(|alert| alert["id"] == of(1)["id"]).unwrap();
    assert_eq!(first["repeats"], 1);
}

/// R69: a face that turns out to resemble somebody else too gets all its alerts, so that all are compared.
#[tokio::test]
async fn r69_a_repeat_that_matches_one_more_entry_stands_alone() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    server.offer(&admin, &id, &server.candidate(2, 1)).await.ok();
    let path = format!("/v1/deployments/{id}/entries");
    server.post(&admin, &path, server.entry("Twin", 1)).await.ok();
    let reply = server.offer(&admin, &id, &server.candidate(2, 1)).await.ok();
    assert_eq!(reply["crops_wanted"].as_array().unwrap().len(), 2);
    let alerts = server.alerts(&admin, &id).await;
    let track = |alert: &&Value, n: u128| alert["track"] == json!(Uuid::from_u128(n));
    let (first, second): (Vec<_>, Vec<_>) = alerts.iter().partition(|alert| track(alert, 1));
    assert_eq!((first.len(), second.len()), (1, 2));
    assert_eq!(first[0]["repeats"], 0);
    // Both of a pair of twins again, on a third track: as one face, as before.
    server.offer(&admin, &id, &server.candidate(3, 1)).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    assert_eq!(alerts.len(), 3);
    assert!(
        alerts
            .iter()
            .filter(|alert| track(alert, 2))
            .all(|alert| alert["repeats"] == 1)
    );
}

/// What a stream says until it ends.
async fn rest_of(stream: Body) -> String {
    let rest = tokio::time::timeout(Duration::from_secs(20), stream.collect()).await;
    String::from_utf8_lossy(&rest.expect("the stream ends").unwrap().to_bytes()).into_owned()
}

/// R75.
#[tokio::test]
async fn r75_alerts_go_from_a_tablet_whose_officer_logs_out_or_that_is_locked_out() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    for lock_out in [false, true] {
        let name = if lock_out { "Locked" } else { "Logged" };
        let mut officer = server.officer(&admin, name).await;
        let device = server.pair(&admin, &mut officer).await;
        let stream = opened(&server, &officer, &id).await;
        server.wait(61);
        server
            .offer(&admin, &id, &server.candidate(u128::from(lock_out), 1))
            .await
            .ok();
        let alert = server.alerts(&officer, &id).await[0].clone();
        let path = format!("/v1/alerts/{}", alert["id"].as_str().unwrap());
        if lock_out {
            server.delete(&admin, &format!("/v1/devices/{device}")).await.ok();
        } else {
            server.delete(&officer, "/v1/session").await.ok();
        }
        for gone in ["probe", "reference"] {
            server
                .get(&officer, &format!("{path}/{gone}"))
                .await
                .is(Kind::SignedOut);
        }
        server
            .get(&officer, &format!("/v1/deployments/{id}/alerts"))
            .await
            .is(Kind::SignedOut);
        server.receipt(&officer, &alert, "opened").await.is(Kind::SignedOut);
        assert_eq!(rest_of(stream).await, "", "not even what waited for the page");
    }
}

/// R75: what a screen hears after the end names nobody.
#[tokio::test]
async fn r75_alerts_go_from_every_tablet_when_the_deployment_ends() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alert = server.alerts(&admin, &id).await[0].clone();
    server.receipt(&admin, &alert, "opened").await.ok();
    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    let events = read_events(&server, &admin, &format!("/v1/deployments/{id}/events?after=0"), 7).await;
    let kinds: Vec<_> = events.iter().map(|(_, kind, _)| kind.as_str()).collect();
    assert!(
        kinds.ends_with(&["alert_not_adjudicated", "deployment_changed"]),
        "{kinds:?}"
    );
    assert!(!format!("{events:?}").contains("Marguerite"));
    let left = server.alerts(&admin, &id).await[0].clone();
    assert_eq!((&left["entry"]["name"], &left["receipts"]), (&Value::Null, &json!([])));
    for gone in ["probe", "reference"] {
        let path = format!("/v1/alerts/{}/{gone}", alert["id"].as_str().unwrap());
        server.get(&admin, &path).await.is(Kind::NotFound);
    }
}

/// R5: one action of whoever may end it stops every device. The time is measured and told, not judged: it is the machine's.
#[tokio::test]
async fn r5_one_stop_ends_matching_on_every_device_at_once() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = operations::staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    let path = format!("/v1/deployments/{id}");
    server.wait(600);
    server
        .post(&staff.commander, &format!("{path}/start"), json!({}))
        .await
        .ok();
    let mut streams = Vec::new();
    for n in 0..5 {
        let mut officer = server.officer(&admin, &format!("Officer {n}")).await;
        server.pair(&admin, &mut officer).await;
        streams.push(opened(&server, &officer, &id).await);
    }
    server.offer(&staff.operator, &id, &server.candidate(1, 1)).await.ok();
    let received = Instant::now();
    let hears = |mut stream: Body| async move {
        let mut text = String::new();
        while !text.contains("\"kind\":\"ended\"") {
            let frame = tokio::time::timeout(Duration::from_secs(20), stream.frame()).await;
            text.push_str(std::str::from_utf8(frame.unwrap().unwrap().unwrap().data_ref().unwrap()).unwrap());
        }
        received.elapsed()
    };
    let stopping = async {
        // One request without a body: nothing to type.
        let answer = server.post(&staff.authoriser, &format!("{path}/end"), json!({})).await;
        answer.ok();
        received.elapsed()
    };
    let (heard, answered) = tokio::join!(futures::future::join_all(streams.into_iter().map(hears)), stopping);
    println!("heard by 5 devices after {heard:?}; answered after {answered:?}");
    for track in 2..5 {
        server
            .offer(&staff.operator, &id, &server.candidate(track, 1))
            .await
            .is(Kind::DeploymentNotLive);
    }
    assert!(server.app.matcher.live(id.parse().unwrap()).is_none());
}
