//! What becomes of alerts about somebody who is taken off the list.

use super::engagement::operation;
use super::*;

const VERDICTS: [&str; 3] = ["true", "false", "inconclusive"];

#[tokio::test]
async fn r21_an_open_alert_about_somebody_who_is_taken_off_the_list_is_withdrawn_at_once() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, entry) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}");
    let other = server
        .post(&admin, &format!("{path}/entries"), server.entry("Other", 2))
        .await;
    other.ok();
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alert = server.alerts(&admin, &id).await[0].clone();
    let of_alert = format!("/v1/alerts/{}", alert["id"].as_str().unwrap());
    server
        .put_jpeg(&admin, &format!("{of_alert}/crop"), jpeg(64, 64))
        .await
        .ok();
    server.look(&admin, &alert).await;
    server.delete(&admin, &format!("{path}/entries/{entry}")).await.ok();

    let withdrawn = server.alerts(&admin, &id).await[0].clone();
    let session = server.get(&admin, "/v1/session").await.ok();
    let by = json!({ "id": session["user"]["id"], "name": session["user"]["name"] });
    let state = json!({ "kind": "withdrawn", "at": server.app.now(), "by": by, "why": "removed" });
    assert_eq!(withdrawn["state"], state);
    assert_eq!(
        (&withdrawn["entry"]["name"], &withdrawn["has_probe"]),
        (&Value::Null, &json!(false))
    );
    for picture in ["probe", "reference"] {
        server
            .get(&admin, &format!("{of_alert}/{picture}"))
            .await
            .is(Kind::NotFound);
    }
    for verdict in VERDICTS {
        server
            .decide(&admin, &alert, "\"1\"", verdict)
            .await
            .is(Kind::NotListed);
    }
    let crop = server.put_jpeg(&admin, &format!("{of_alert}/crop"), jpeg(64, 64)).await;
    crop.is(Kind::CropNotWanted);
    assert_eq!(
        server
            .events(&id)
            .await
            .iter()
            .filter(|kind| **kind == "alert_withdrawn")
            .count(),
        1
    );
    let actions = server.actions().await;
    let at = actions.iter().position(|action| action == "alert_withdrawn").unwrap();
    assert_eq!(actions[at + 1], "entry_deleted");

    // It waits for nobody, and time changes nothing of it.
    server.wait(130);
    assert!(retention::tick(&server.app, 1).await);
    let show = async || server.get(&admin, &path).await.ok();
    let shown = show().await;
    assert_eq!(server.alerts(&admin, &id).await[0]["state"], state);
    assert_eq!(
        (&shown["waiting"]["alerts"], &shown["waiting"]["alerts_since"]),
        (&json!(0), &Value::Null)
    );
    let counted = json!([1, 1, 0]);
    let of = |of: &Value| json!([of["alerts"], of["withdrawn"], of["lapsed"]]);
    assert_eq!(of(&shown["counters"]), counted);
    let board = server.get(&admin, &format!("{path}/dashboard")).await.ok();
    assert_eq!((of(&board), &board["waiting"]), (counted.clone(), &json!(0)));
    let all = server.get(&admin, "/v1/deployments").await.ok();
    assert_eq!(of(&all[0]["counters"]), counted);
    let reviewed = server.get(&admin, &format!("{path}/alert-reviews")).await.ok();
    assert_eq!(
        (&reviewed[0]["course"], &reviewed[0]["verdict"]),
        (&state, &Value::Null)
    );
    assert_eq!(
        reviewed[0]["pictures"],
        json!({ "kind": "deleted", "why": "unlisted", "at": state["at"] })
    );

    // Neither a false alert nor one that nobody decided in time, also after the end.
    server.post(&admin, &format!("{path}/end"), json!({})).await.ok();
    let ended = show().await;
    let all = server.get(&admin, "/v1/deployments").await.ok();
    for told in [&ended, &all[0]] {
        assert_eq!(of(&told["counters"]), counted);
    }
    let rates = &ended["false_alerts"];
    assert_eq!(
        json!([
            rates["count"],
            rates["alerts"],
            rates["decided"],
            rates["per_alert"]["value"]
        ]),
        json!([0, 1, 0, null])
    );
    assert_eq!(server.alerts(&admin, &id).await[0]["state"], state);
}

#[tokio::test]
async fn r21_of_a_face_that_is_like_two_people_only_who_is_taken_off_the_list_is_withdrawn() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let id = one_person_twice(&server, &admin).await;
    let path = format!("/v1/deployments/{id}");
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alerts = server.alerts(&admin, &id).await;
    let gone = alerts[0]["entry"]["id"].as_str().unwrap();
    server.delete(&admin, &format!("{path}/entries/{gone}")).await.ok();
    let shown = server.get(&admin, &path).await.ok();
    assert_eq!(
        (&shown["waiting"]["alerts"], &shown["counters"]["withdrawn"]),
        (&json!(1), &json!(0))
    );
    // Who was taken off needs not be seen beside the other any more.
    let decided = server.decide(&admin, &alerts[1], "\"1\"", "false").await.ok();
    assert_eq!(decided.as_array().unwrap().len(), 1);
    let after = server.get(&admin, &path).await.ok();
    assert_eq!(after["counters"]["withdrawn"], 0, "somebody decided about the face");
    assert_eq!(after["false_alerts"]["count"], 1);
}

#[tokio::test]
async fn r21_nobody_confirms_somebody_who_is_no_longer_wanted_and_what_was_done_is_written_down() {
    let op = operation(None).await;
    let (waits, seen) = (op.raise(7).await, op.confirmed(8).await);
    let operator = &op.staff.operator;
    op.server.decide(operator, &waits, "\"1\"", "true").await.ok();
    let path = format!("/v1/deployments/{}", op.id);
    let show = async || op.server.get(operator, &path).await.ok();
    assert_eq!(show().await["waiting"]["sights"], 1);
    let body = json!({ "csv": "nominal_id\nN/5\n", "remove": [waits["entry"]["id"]] });
    let status = op
        .server
        .put(&op.staff.lists, &format!("{path}/roster/status"), body)
        .await;
    status.ok();
    let withdrawn_at = json!(op.server.app.now());
    assert_eq!(show().await["waiting"]["sights"], 0);
    assert_eq!(show().await["waiting"]["sights_since"], Value::Null);
    for verdict in ["confirmed", "not_confirmed"] {
        op.confirm(&op.petra, &waits, verdict).await.is(Kind::NotListed);
    }
    let done = || op.engaged("engaged_true", "no_further_action");
    op.engage(&op.petra, &waits, done()).await.is(Kind::NotConfirmed);
    op.engage(&op.petra, &seen, done()).await.ok();
    op.engage(&op.petra, &waits, json!({ "kind": "lost" })).await.ok();
    for alert in op.server.alerts(operator, &op.id).await {
        let (state, id) = (&alert["state"], &alert["id"]);
        if *id == waits["id"] || *id == seen["id"] {
            assert_eq!(
                json!([
                    state["kind"],
                    state["verdict"],
                    state["withdrawn"]["at"],
                    state["withdrawn"]["why"]
                ]),
                json!(["adjudicated", "true", withdrawn_at, "not_wanted"])
            );
        }
    }
    let reviews = op
        .server
        .get(&op.staff.commander, &format!("{path}/alert-reviews"))
        .await
        .ok();
    let of_waits = reviews
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == waits["id"])
        .unwrap();
    assert_eq!(of_waits["course"]["withdrawn"]["at"], withdrawn_at);
}

#[tokio::test]
async fn r21_who_was_off_the_list_before_is_not_asked_who_they_are_and_that_they_were_spoken_to_is_kept_and_told() {
    let op = operation(None).await;
    let (before, after) = (op.confirmed(7).await, op.confirmed(8).await);
    let entry = before["entry"]["id"].as_str().unwrap();
    let path = format!("/v1/deployments/{}/entries/{entry}", op.id);
    op.server.delete(&op.staff.lists, &path).await.ok();
    op.check_identity(&op.petra, &before).await.ok();
    let begun = op.engaged("engaged_true", "no_further_action");
    op.server.wait(301);
    op.check_identity(&op.petra, &after).await.is(Kind::NotListed);
    op.engage(&op.petra, &before, begun).await.ok();
    let told = async || {
        let actions = op.server.actions().await;
        actions.iter().filter(|action| *action == "unlisted_engaged").count()
    };
    assert_eq!(told().await, 0);
    let later = op.engaged("engaged_false", "no_further_action");
    let kept = op.engage(&op.petra, &after, later).await.ok();
    assert_eq!(kept["state"]["engagement"]["outcome"]["kind"], "engaged_false");
    assert_eq!(told().await, 1);
}
