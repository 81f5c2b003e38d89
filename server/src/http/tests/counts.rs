//! Counts that reach the server late: of a deployment that stands still or has ended meanwhile.

use super::kiosk::standing;
use super::*;

fn report(age_ms: u64) -> Value {
    let visits = json!({ "visits": 1, "unclear": 1, "unproven": 0, "staffed": 0 });
    json!({ "id": delivery(), "faces_seen": 1, "not_assessable": 1, "kiosk": visits, "age_ms": age_ms })
}

const SECOND: u64 = 1_000;
const HOUR: u64 = 3_600 * SECOND;

#[tokio::test]
async fn r87_r123_what_was_counted_while_a_deployment_was_live_counts_though_it_stands_still_or_has_ended() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let deployment = format!("/v1/deployments/{id}");
    let path = format!("{deployment}/tallies");
    let counted = async || {
        let read = server.get(&admin, &deployment).await.ok();
        read["counters"]["kiosk"]["unclear"].as_u64().unwrap()
    };
    server.wait(600);
    server
        .post(&kiosk, &path, report(700 * SECOND))
        .await
        .is(Kind::DeploymentNotLive);
    let why = json!({ "reason": "A rehearsal of a pause." });
    server
        .post(&admin, &format!("{deployment}/pause"), why.clone())
        .await
        .ok();
    server.wait(30);
    server.post(&kiosk, &path, report(0)).await.ok();
    assert_eq!(counted().await, 1, "the kiosk had not heard, or somebody was at it");
    server.wait(600);
    server
        .post(&kiosk, &path, report(500 * SECOND))
        .await
        .is(Kind::DeploymentNotLive);
    let late = report(640 * SECOND);
    for _ in 0..2 {
        server.post(&kiosk, &path, late.clone()).await.ok();
    }
    assert_eq!(counted().await, 2);
    server.post(&admin, &format!("{deployment}/resume"), why).await.ok();
    server.post(&admin, &format!("{deployment}/end"), json!({})).await.ok();
    server.wait(300);
    server.post(&kiosk, &path, report(310 * SECOND)).await.ok();
    assert_eq!(counted().await, 3);
    server.post(&kiosk, &path, report(0)).await.is(Kind::DeploymentNotLive);
    server.post(&kiosk, &path, report(25 * HOUR)).await.is(Kind::Invalid);
    assert_eq!(counted().await, 3);
}

#[tokio::test]
async fn r123_what_waited_for_a_server_counts_and_is_no_part_of_how_many_pass_now() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let path = format!("/v1/deployments/{id}/tallies");
    server.wait(600);
    server.post(&kiosk, &path, report(300 * SECOND)).await.ok();
    let board = async || {
        let board = server
            .get(&admin, &format!("/v1/deployments/{id}/dashboard"))
            .await
            .ok();
        let minutes = board["faces_per_minute"].as_array().unwrap().iter();
        minutes.map(|minute| minute["faces"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!(board().await, 0);
    server.post(&kiosk, &path, report(5 * SECOND)).await.ok();
    assert_eq!(board().await, 1);
    let read = server.get(&admin, &format!("/v1/deployments/{id}")).await.ok();
    assert_eq!(read["counters"]["kiosk"]["visits"], 2);
}

/// Its answer was lost, and by now its deployment would take nothing new.
#[tokio::test]
async fn r123_a_report_that_counted_is_answered_alike_for_as_long_as_its_number_is_known() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let deployment = format!("/v1/deployments/{id}");
    let path = format!("{deployment}/tallies");
    let aged = |report: &Value, age_ms: u64| {
        let mut report = report.clone();
        report["age_ms"] = json!(age_ms);
        report
    };
    server.wait(60);
    let (counted, refused) = (report(0), report(120 * SECOND));
    server.post(&kiosk, &path, counted.clone()).await.ok();
    server
        .post(&kiosk, &path, refused.clone())
        .await
        .is(Kind::DeploymentNotLive);
    server.post(&admin, &format!("{deployment}/end"), json!({})).await.ok();
    server.wait(300);
    for age_ms in [0, 300 * SECOND, 25 * HOUR] {
        server.post(&kiosk, &path, aged(&counted, age_ms)).await.ok();
    }
    // What was refused took no number.
    server.post(&kiosk, &path, aged(&refused, 310 * SECOND)).await.ok();
    let read = server.get(&admin, &deployment).await.ok();
    assert_eq!(read["counters"]["kiosk"]["visits"], 2);
}

/// A page that is older than the server numbers no report.
#[tokio::test]
async fn r123_a_report_of_a_page_that_is_older_than_the_server_counts() {
    let server = Server::new().await;
    let (admin, kiosk, id) = standing(&server).await;
    let mut older = report(0);
    for field in ["id", "age_ms"] {
        older.as_object_mut().unwrap().remove(field);
    }
    for _ in 0..2 {
        server
            .post(&kiosk, &format!("/v1/deployments/{id}/tallies"), older.clone())
            .await
            .ok();
    }
    let read = server.get(&admin, &format!("/v1/deployments/{id}")).await.ok();
    assert_eq!(read["counters"]["kiosk"]["visits"], 2);
}

#[tokio::test]
async fn what_was_never_live_counts_nobody() {
    let server = Server::new().await;
    let (admin, _, _) = standing(&server).await;
    let mut tablet = server.officer(&admin, "Petra").await;
    server.pair(&admin, &mut tablet).await;
    let draft = server.draft(&admin).await;
    let path = format!("/v1/deployments/{draft}/tallies");
    server.post(&tablet, &path, report(0)).await.is(Kind::DeploymentNotLive);
    server
        .post(&admin, &format!("/v1/deployments/{draft}/end"), json!({}))
        .await
        .ok();
    server.post(&tablet, &path, report(0)).await.is(Kind::DeploymentNotLive);
}
