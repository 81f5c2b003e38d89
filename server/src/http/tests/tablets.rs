//! Devices that were lost, or were without a server for a while.

use super::*;
use vedette_store::row::Taken;

/// What the journal says of these actions, oldest first.
async fn journal(server: &Server, action: &str) -> Vec<Value> {
    let mut tx = server.app.store.read().await.unwrap();
    let noted = tx.audit_of_action(action).await.unwrap();
    noted.into_iter().map(|row| row.detail).collect()
}

#[tokio::test]
async fn r106_a_device_that_is_withdrawn_takes_its_sessions_along_and_nobody_elses() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let elsewhere = server.officer(&admin, "Olly").await;
    // Signed in before it was paired, and after.
    let mut before = server.signed_in("Olly").await;
    let mut after = Browser::default();
    for browser in [&mut before, &mut after] {
        let lost = server.pair(&admin, browser).await;
        if browser.cookies.len() == 1 {
            let body = json!({ "name": "Olly", "password": "correct horse" });
            let answer = server.post(browser, "/v1/session", body).await;
            browser.keep(&answer);
        }
        server.get(browser, "/v1/deployments").await.ok();
        server.delete(&admin, &format!("/v1/devices/{lost}")).await.ok();
        server.get(browser, "/v1/session").await.is(Kind::SignedOut);
        // Nor without what says which device it is.
        let mut stripped = browser.clone();
        stripped.cookies.retain(|(name, _)| name == "vedette_session");
        server.get(&stripped, "/v1/deployments").await.is(Kind::SignedOut);
    }
    server.get(&elsewhere, "/v1/session").await.ok();
    // The device in the hands of whoever withdraws it is not lost.
    let devices = server.get(&admin, "/v1/devices").await.ok();
    let own = devices
        .as_array()
        .unwrap()
        .iter()
        .find(|device| device["name"] == "Desk")
        .unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    server.delete(&admin, &format!("/v1/devices/{own}")).await.ok();
    server.get(&admin, "/v1/session").await.ok();
}

#[tokio::test]
async fn r106_a_session_that_was_not_heard_of_for_15_minutes_is_over() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    server.wait(15 * 60 - 1);
    server.get(&admin, "/v1/session").await.ok();
    server.wait(15 * 60);
    server.get(&admin, "/v1/session").await.is(Kind::SignedOut);
}

#[tokio::test]
async fn r127_a_time_without_a_server_is_written_down_once_within_the_time_that_it_was_live() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let started_at = server.app.now();
    let path = format!("/v1/deployments/{id}/interruptions");
    let told = |n: u128, began: u64, ended: u64| json!({ "id": Uuid::from_u128(n), "began_ms_ago": 1_000 * began, "ended_ms_ago": 1_000 * ended });
    server.wait(600);
    let now = server.app.now();
    for _ in 0..2 {
        server.post(&admin, &path, told(1, 120, 30)).await.ok();
    }
    // Of what lies before its start, nobody would have been compared.
    server.post(&admin, &path, told(2, 900, 540)).await.ok();
    server.post(&admin, &path, told(3, 900, 700)).await.ok();
    let noted = journal(&server, "device_outage").await;
    assert_eq!(noted.len(), 2);
    assert_eq!(
        (&noted[0]["from"], &noted[0]["until"], &noted[0]["seconds"]),
        (
            &json!(now - SignedDuration::from_secs(120)),
            &json!(now - SignedDuration::from_secs(30)),
            &json!(90)
        )
    );
    assert_eq!(
        (&noted[1]["from"], &noted[1]["seconds"]),
        (&json!(started_at), &json!(60))
    );
    // Under a number of its own another device tells of its own time.
    let mut other = server.officer(&admin, "Olly").await;
    server.pair(&admin, &mut other).await;
    server
        .post(&other, &path, told(1, 120, 30))
        .await
        .is(Kind::DeliveryReused);
    for wrong in [told(4, 30, 120), told(5, 25 * 3_600, 0)] {
        server.post(&admin, &path, wrong).await.is(Kind::Invalid);
    }
    // The end came meanwhile: what was missed until then counts.
    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    server.wait(60);
    server.post(&admin, &path, told(6, 90, 0)).await.ok();
    assert_eq!(journal(&server, "device_outage").await[2]["seconds"], 30);
}

#[tokio::test]
async fn numbers_of_what_was_told_of_afterwards_are_forgotten() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}/interruptions");
    server.wait(600);
    let told = json!({ "id": Uuid::from_u128(1), "began_ms_ago": 60_000, "ended_ms_ago": 30_000 });
    server.post(&admin, &path, told).await.ok();
    let known = vedette_core::id::DeliveryId::new(Uuid::from_u128(1));
    let first = async |server: &Server| {
        let mut tx = server.app.store.write().await.unwrap();
        tx.take_delivery(known, b"anything", server.app.now()).await.unwrap() == Taken::Now
    };
    assert!(!first(&server).await);
    server.wait(48 * 3_600 + 1);
    assert!(retention::tick(&server.app, 0).await);
    assert!(first(&server).await);
}
