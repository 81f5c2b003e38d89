//! What pages of the version before send, which stay open over an update of the server.

use super::engagement::{Operation, operation};
use super::*;

/// As a page of before sends it: without a number.
async fn send(op: &Operation, who: &Browser, method: &str, alert: &Value, what: &str, body: &Value) -> Answer {
    let path = format!("/v1/alerts/{}/{what}", alert["id"].as_str().unwrap());
    let request = Server::request(method, &path, who)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::IF_MATCH, "\"1\"");
    op.server
        .send(request.body(Body::from(body.to_string())).unwrap())
        .await
}

#[tokio::test]
async fn r128_what_an_officer_writes_on_a_page_that_is_older_than_the_server_is_taken() {
    let op = operation(None).await;
    let (operator, petra) = (op.staff.operator.clone(), op.petra.clone());
    for (who, what, body) in [
        (&operator, "adjudication", json!({ "verdict": "true" })),
        (&petra, "confirmation", json!({ "verdict": "confirmed" })),
    ] {
        op.server.look(who, &op.alert).await;
        send(&op, who, "POST", &op.alert, what, &body).await.ok();
    }
    op.server.wait(300);
    let now = op.server.app.now();
    let written = now - SignedDuration::from_secs(120);
    let offline = |number| json!({ "id": Uuid::from_u128(number), "age_ms": 120_000 });
    let mut check = json!({ "kind": "fingerprints", "lawful_basis": "criminal_evidence", "at": now });
    let checked = |alert: &Value| alert["identity_checks"].as_array().unwrap().len();
    let once = send(&op, &petra, "POST", &op.alert, "identity-checks", &check)
        .await
        .ok();
    assert_eq!(checked(&once), 1);
    check["offline"] = offline(41);
    check["at"] = json!(written);
    let twice = send(&op, &petra, "POST", &op.alert, "identity-checks", &check)
        .await
        .ok();
    assert_eq!(checked(&twice), 2);
    // What such a page kept without a server is taken once, with its own time.
    let kept = json!({ "outcome": { "kind": "lost" }, "note": "Ran off", "offline": offline(42) });
    for _ in 0..2 {
        let engaged = send(&op, &petra, "PUT", &op.alert, "engagement", &kept).await.ok();
        assert_eq!(engaged["state"]["engagement"]["at"], json!(written));
    }
    // With a server it said so by a field without a value, or by none.
    let plain = json!({ "outcome": { "kind": "lost" }, "note": null, "offline": null });
    let engaged = send(&op, &petra, "PUT", &op.alert, "engagement", &plain).await.ok();
    assert_eq!(engaged["state"]["engagement"]["at"], json!(now));
    let unnumbered = json!({ "outcome": op.engaged("engaged_true", "arrest") });
    send(&op, &petra, "PUT", &op.alert, "engagement", &unnumbered)
        .await
        .ok();
    let mut tx = op.server.app.store.read().await.unwrap();
    for (action, times) in [("alert_engaged", 3), ("identity_checked", 2), ("written_offline", 2)] {
        assert_eq!(tx.audit_of_action(action).await.unwrap().len(), times, "{action}");
    }
}

#[tokio::test]
async fn an_older_page_may_leave_out_a_number_and_nothing_else() {
    let op = operation(None).await;
    let operator = op.staff.operator.clone();
    op.server.look(&operator, &op.alert).await;
    for body in [
        json!({}),
        json!({ "verdict": "maybe" }),
        json!({ "verdict": "true", "more": 1 }),
        json!({ "verdict": "true", "delivery": "none" }),
        json!(["verdict"]),
    ] {
        let answer = send(&op, &operator, "POST", &op.alert, "adjudication", &body).await;
        answer.is(Kind::Invalid);
    }
}
