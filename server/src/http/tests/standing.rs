//! What still stands to be done when a deployment's list is empty, or the deployment over.

use super::engagement::operation;
use super::operations::{plan, staff};
use super::rights::Site;
use super::*;

/// Who is on the list now and may be matched, as everybody reads it.
async fn sought(server: &Server, who: &Browser, path: &str) -> Value {
    server.get(who, path).await.ok()["sought"].clone()
}

#[tokio::test]
async fn matching_goes_on_after_a_pause_only_while_somebody_can_be_found() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, entry) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}");
    assert_eq!(sought(&server, &admin, &path).await, 1);
    let reason = || json!({ "reason": "So that it can be looked at" });
    server.post(&admin, &format!("{path}/pause"), reason()).await.ok();
    server.delete(&admin, &format!("{path}/entries/{entry}")).await.ok();
    assert_eq!(sought(&server, &admin, &path).await, 0);
    let refused = server.post(&admin, &format!("{path}/resume"), reason()).await;
    refused.is(Kind::NobodySought);
    assert_eq!(server.get(&admin, &path).await.ok()["state"]["kind"], "paused");
    server
        .post(&admin, &format!("{path}/entries"), server.entry("Other", 2))
        .await
        .ok();
    server.post(&admin, &format!("{path}/resume"), reason()).await.ok();
    assert!(server.finds(&id, 2).await);
}

/// R72: nobody loses sight of what is still to be written down, and nobody is asked for what can't be written any more.
#[tokio::test]
async fn r72_a_match_that_nobody_has_written_up_is_counted_until_it_is_or_until_a_day_after_the_end() {
    let op = operation(None).await;
    let path = format!("/v1/deployments/{}", op.id);
    let unwritten = async || {
        let waiting = op.server.get(&op.staff.commander, &path).await.ok()["waiting"].clone();
        (waiting["unwritten"].clone(), waiting["unwritten_until"].clone())
    };
    assert_eq!(unwritten().await, (json!(0), Value::Null), "nobody has decided");
    let (first, second) = (op.confirmed(5).await, op.confirmed(6).await);
    let denied = op.raise(7).await;
    op.server
        .decide(&op.staff.operator, &denied, "\"1\"", "true")
        .await
        .ok();
    assert_eq!(unwritten().await, (json!(3), Value::Null));
    op.confirm(&op.petra, &denied, "not_confirmed").await.ok();
    assert_eq!(unwritten().await.0, 2, "it is nobody");
    op.engage(&op.petra, &first, json!({ "kind": "lost" })).await.ok();
    op.end().await;
    let until = json!(op.server.app.now() + jiff::SignedDuration::from_hours(24));
    assert_eq!(unwritten().await, (json!(1), until));
    // Whoever decides about alerts still has it from there, and nobody else.
    let alerts = op.server.alerts(&op.petra, &op.id).await;
    assert!(alerts.iter().any(|alert| alert["id"] == second["id"]));
    op.server
        .get(&op.staff.commander, &format!("{path}/alerts"))
        .await
        .is(Kind::NotAllowed);
    op.engage(&op.petra, &second, json!({ "kind": "lost" })).await.ok();
    assert_eq!(unwritten().await, (json!(0), Value::Null));
}

#[tokio::test]
async fn r72_what_can_not_be_written_down_any_more_is_asked_of_nobody() {
    let op = operation(None).await;
    op.confirmed(5).await;
    let path = format!("/v1/deployments/{}", op.id);
    op.end().await;
    op.server.wait(24 * 3600);
    // No session lasts so long.
    let cora = op.server.signed_in("Cora").await;
    let unwritten = async || op.server.get(&cora, &path).await.ok()["waiting"]["unwritten"].clone();
    assert_eq!(unwritten().await, 1);
    op.server.wait(1);
    assert_eq!(unwritten().await, 0);
}

#[tokio::test]
async fn r72_no_review_is_signed_over_a_match_that_can_still_be_written_up() {
    for written in [true, false] {
        let op = operation(None).await;
        let match_ = op.confirmed(5).await;
        let path = format!("/v1/deployments/{}/review", op.id);
        op.end().await;
        let review = json!({ "outcomes": "One true match.", "complaints": 0, "lessons": "None." });
        op.server.put(&op.staff.commander, &path, review).await.ok();
        let sign = async |who: &Browser| {
            let rank = json!({ "rank": "Superintendent" });
            op.server.post(who, &format!("{path}/sign-off"), rank).await
        };
        sign(&op.staff.authoriser).await.is(Kind::MatchUnwritten);
        if written {
            op.engage(&op.petra, &match_, json!({ "kind": "lost" })).await.ok();
            sign(&op.staff.authoriser).await.ok();
        } else {
            op.server.wait(24 * 3600);
            // No session lasts so long.
            let abel = op.server.signed_in("Abel").await;
            sign(&abel).await.is(Kind::MatchUnwritten);
            op.server.wait(1);
            sign(&abel).await.ok();
        }
    }
}

/// R87: what a pause was about was told before it.
#[tokio::test]
async fn r87_after_a_pause_it_is_warned_of_anew_with_its_own_time() {
    let site = Site::live().await;
    let warned = async || {
        let actions = site.actions(&json!(site.id)).await;
        let times = actions.iter().filter(|action| *action == "false_alerts_warned").count();
        (times, site.show().await["waiting"]["warned_since"].clone())
    };
    site.decided(1, "false").await;
    let first = json!(site.server.app.now());
    assert_eq!(warned().await, (1, first.clone()));
    site.server.wait(10);
    let reason = || json!({ "reason": "The light is better now" });
    for (who, verb) in [(&site.staff.commander, "pause"), (&site.staff.authoriser, "resume")] {
        let path = format!("{}/{verb}", site.path());
        site.server.post(who, &path, reason()).await.ok();
    }
    assert_eq!(warned().await, (1, Value::Null), "nothing was warned of since");
    site.decided(2, "false").await;
    let second = json!(site.server.app.now());
    assert_eq!(warned().await, (2, second.clone()));
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_plan_that_is_not_submitted_waits_since_it_was_written_on_or_sent_back() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let answer = server
        .post(&staff.commander, "/v1/operations", plan(&server))
        .await
        .ok();
    let since = |shown: &Value| shown["operation"]["unsubmitted_since"].clone();
    assert_eq!(since(&answer), answer["created_at"]);
    let path = format!("/v1/deployments/{}", answer["id"].as_str().unwrap());
    server.wait(60);
    let (amended_at, amended) = (server.app.now(), plan(&server));
    let shown = server
        .put(&staff.commander, &format!("{path}/plan"), amended)
        .await
        .ok();
    assert_eq!(since(&shown), json!(amended_at));
    server.wait(60);
    let submission = server
        .post(&staff.commander, &format!("{path}/submission"), json!({}))
        .await;
    assert_eq!(since(&submission.ok()), Value::Null);
    let why = json!({ "reason": "The zone is too wide" });
    let sent_back = server
        .post(&staff.authoriser, &format!("{path}/refusal"), why)
        .await
        .ok();
    assert_eq!(since(&sent_back), json!(server.app.now()));
    let all = server.get(&staff.commander, "/v1/deployments").await.ok();
    assert_eq!(since(&all[0]), json!(server.app.now()));
}
