//! Who is who: people of one name, alerts that nobody decided, who paused and ended, since when something waits.

use super::rights::Site;
use super::*;

async fn listed(server: &Server, admin: &Browser, id: &str, name: &str, seed: u64) -> Value {
    let path = format!("/v1/deployments/{id}/entries");
    server.post(admin, &path, server.entry(name, seed)).await.ok()
}

#[tokio::test]
async fn two_people_of_one_name_have_the_same_numbers_in_the_list_on_cards_and_in_what_is_read_afterwards() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, first) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}");
    let alone = listed(&server, &admin, &id, "Otto Alone", 2).await;
    assert_eq!(alone["namesake"], Value::Null, "nobody else is called that");
    let second = listed(&server, &admin, &id, " marguerite  TESTPERSON", 1).await;
    let second = second["id"].as_str().unwrap();
    let number = |of: u64, which: u64| json!({ "number": which, "of": of });
    let of = |rows: &Value, entry: &str| -> Value {
        let rows = rows.as_array().unwrap().iter();
        let mut its = rows.filter(|row| row["id"] == entry || row["entry"]["id"] == entry);
        let row = its.next().unwrap();
        assert!(row["name"].is_string() || row["entry"]["name"].is_string());
        row.get("namesake").unwrap_or(&row["entry"]["namesake"]).clone()
    };
    let list = server.get(&admin, &format!("{path}/entries")).await.ok();
    assert_eq!(of(&list, alone["id"].as_str().unwrap()), Value::Null);
    let page = server.post(&admin, &format!("{path}/watchlist"), json!({})).await.ok();
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let alerts = json!(server.alerts(&admin, &id).await);
    for shown in [&list, &page["entries"], &alerts] {
        assert_eq!((of(shown, &first), of(shown, second)), (number(2, 1), number(2, 2)));
    }

    // Whoever is taken off keeps the number, and so does everybody else.
    server.delete(&admin, &format!("{path}/entries/{first}")).await.ok();
    let third = listed(&server, &admin, &id, "Marguerite Testperson", 3).await;
    assert_eq!(third["namesake"], number(3, 3));
    let list = server.get(&admin, &format!("{path}/entries")).await.ok();
    assert_eq!(of(&list, second), number(3, 2));

    // What is read afterwards tells no name, and which of them it was.
    server.post(&admin, &format!("{path}/end"), json!({})).await.ok();
    for records in ["alert-reviews", "alert-records"] {
        let records = server.get(&admin, &format!("{path}/{records}")).await.ok();
        let mut numbers: Vec<_> = records
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["namesake"].clone())
            .collect();
        numbers.sort_by_key(|namesake| namesake["number"].as_u64());
        assert_eq!(numbers, [number(3, 1), number(3, 2)]);
        assert!(!records.to_string().to_lowercase().contains("marguerite"));
    }
}

#[tokio::test]
async fn r65_an_alert_that_nobody_decided_is_counted_while_its_deployment_is_open_and_after_it_closed() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    listed(&server, &admin, &id, "Second", 1).await;
    let path = format!("/v1/deployments/{id}");
    let show = async || server.get(&admin, &path).await.ok();
    server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
    let raised = server.app.now();
    assert_eq!(show().await["waiting"]["alerts_since"], json!(raised));
    assert_eq!(show().await["counters"]["lapsed"], 0);
    server.wait(120);
    let lapsed = server.app.now();
    assert!(retention::tick(&server.app, 1).await);
    let shown = show().await;
    assert_eq!(
        (&shown["counters"]["lapsed"], &shown["counters"]["alerts"]),
        (&json!(1), &json!(1)),
        "one face"
    );
    assert_eq!(shown["waiting"]["lapsed_since"], json!(lapsed));
    assert_eq!(shown["waiting"]["alerts_since"], Value::Null);
    let board = server.get(&admin, &format!("{path}/dashboard")).await.ok();
    assert_eq!((&board["lapsed"], &board["waiting"]), (&json!(1), &json!(0)));

    // Of the next one the end comes before any decision; a third is decided.
    server.offer(&admin, &id, &server.candidate(2, 1)).await.ok();
    server.wait(61);
    server.offer(&admin, &id, &server.candidate(3, 1)).await.ok();
    let mut alerts = server.alerts(&admin, &id).await;
    alerts.retain(|alert| alert["track"] == json!(Uuid::from_u128(3)));
    server
        .decide_seeing(&admin, &alerts[0], "\"1\"", "true", &[&alerts[1]])
        .await
        .ok();
    server.post(&admin, &format!("{path}/end"), json!({})).await.ok();
    let ended = show().await;
    assert_eq!(
        (&ended["counters"]["lapsed"], &ended["counters"]["alerts"]),
        (&json!(2), &json!(3))
    );
    assert_eq!(ended["entries"], 0);
}

#[tokio::test]
async fn a_face_that_was_somebody_else_is_no_false_alert_of_whom_it_resembles() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, first) = server.live(&admin).await;
    let second = listed(&server, &admin, &id, "Second", 1).await;
    let verdicts = async || {
        let list = server.get(&admin, &format!("/v1/deployments/{id}/entries")).await.ok();
        let of = |entry: &Value| {
            let row = list.as_array().unwrap().iter().find(|row| row["id"] == *entry).unwrap();
            (row["verdicts"]["true"].clone(), row["verdicts"]["false"].clone())
        };
        [of(&json!(first)), of(&second["id"])]
    };
    for (track, verdict) in [(1, "true"), (2, "false")] {
        server.wait(61);
        server.offer(&admin, &id, &server.candidate(track, 1)).await.ok();
        let mut alerts = server.alerts(&admin, &id).await;
        alerts.retain(|alert| alert["state"]["kind"] == "open");
        alerts.sort_by_key(|alert| alert["entry"]["id"] != json!(first));
        server
            .decide_seeing(&admin, &alerts[0], "\"1\"", verdict, &[&alerts[1]])
            .await
            .ok();
        if verdict == "true" {
            assert_eq!(verdicts().await, [(json!(1), json!(0)), (json!(0), json!(0))]);
        }
    }
    assert_eq!(
        verdicts().await,
        [(json!(1), json!(1)), (json!(0), json!(1))],
        "a mistake is everybody's whom it was taken for"
    );
}

#[tokio::test]
async fn r87_who_started_paused_resumed_and_ended_is_told_and_reasons_go_with_the_end() {
    let site = Site::live().await;
    let server = &site.server;
    let path = format!("/v1/deployments/{}", site.id);
    for (who, verb, reason) in [
        (&site.staff.commander, "pause", "A crowd of children"),
        (&site.staff.authoriser, "resume", "They have left"),
    ] {
        server.wait(1);
        server
            .post(who, &format!("{path}/{verb}"), json!({ "reason": reason }))
            .await
            .ok();
    }
    server.wait(1);
    server
        .post(&site.staff.commander, &format!("{path}/end"), json!({}))
        .await
        .ok();
    let name = async |who: &Browser| server.get(who, "/v1/session").await.ok()["user"]["name"].clone();
    let (commander, authoriser) = (name(&site.staff.commander).await, name(&site.staff.authoriser).await);
    let told = async |who: &Browser| {
        let shown = server.get(who, &path).await.ok();
        let acts = shown["course"].as_array().unwrap().clone();
        acts.iter()
            .map(|act| {
                (
                    act["what"].as_str().unwrap().to_owned(),
                    act["by"]["name"].clone(),
                    act["reason"].clone(),
                )
            })
            .collect::<Vec<_>>()
    };
    let act = |what: &str, by: &Value| (what.to_owned(), by.clone(), Value::Null);
    assert_eq!(
        told(&site.staff.commander).await,
        [
            act("started", &commander),
            act("paused", &commander),
            act("resumed", &authoriser),
            act("ended", &commander)
        ],
        "reasons go with the end"
    );
}

#[tokio::test]
async fn r87_the_reason_of_a_pause_stands_beside_whoever_paused_while_the_operation_lives() {
    let site = Site::live().await;
    let (server, path) = (&site.server, format!("/v1/deployments/{}", site.id));
    let why = json!({ "reason": "A crowd of children" });
    server.wait(1);
    server
        .post(&site.staff.commander, &format!("{path}/pause"), why)
        .await
        .ok();
    let paused = server.get(&site.staff.authoriser, &path).await.ok()["course"][1].clone();
    assert_eq!(
        (&paused["what"], &paused["reason"]),
        (&json!("paused"), &json!("A crowd of children"))
    );
    assert_eq!(paused["at"], json!(server.app.now()));
    let named = server.get(&site.staff.commander, "/v1/session").await.ok();
    assert_eq!(paused["by"]["name"], named["user"]["name"]);
}
