//! The secret transform of a deployment: who gets its seed, and what it is worth elsewhere.

use vedette_core::transform::{Seed, Transform};

use super::*;

async fn seed(server: &Server, browser: &Browser, id: &str, of: &str) -> Answer {
    server
        .get(browser, &format!("/v1/deployments/{id}/transform/{of}"))
        .await
}

/// What a browser makes of a face for that deployment.
async fn transformed(server: &Server, admin: &Browser, id: &str, face: u64) -> Template {
    let answer = seed(server, admin, id, "references").await;
    assert!(answer.status.is_success());
    Transform::new(&Seed::new(&answer.bytes).unwrap(), 128)
        .apply(server.template(face))
        .unwrap()
}

/// In place of what the helpers of other tests send.
fn with(mut body: Value, template: &Template) -> Value {
    let fields = match body.get_mut("portrait") {
        Some(portrait) => portrait,
        None => &mut body,
    };
    fields["template"] = json!(template.encode());
    fields["transform"] = json!(template.space().transform);
    body
}

async fn last_entry(server: &Server) -> (String, String, Value, Actor) {
    let row = server
        .app
        .store
        .read()
        .await
        .unwrap()
        .last_audit()
        .await
        .unwrap()
        .unwrap();
    (row.action, row.subject, row.detail, row.actor)
}

#[tokio::test]
async fn r102_a_seed_goes_to_a_device_that_captures_and_to_the_list_keeper_and_to_nobody_else() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut devices = Vec::new();
    let mut people = Vec::new();
    for role in [
        "operator",
        "engagement_officer",
        "list_manager",
        "auditor",
        "engineer",
        "authorising_officer",
    ] {
        server.account(&admin, role, &[role]).await;
        let mut browser = server.signed_in(role).await;
        let unpaired = seed(&server, &browser, &Uuid::from_u128(5).to_string(), "probes").await;
        unpaired.is(if role == "operator" {
            Kind::NotPaired
        } else {
            Kind::NotAllowed
        });
        devices.push(server.pair(&admin, &mut browser).await);
        people.push((role, browser));
    }
    let (id, _) = server.live(&admin).await;
    for (role, browser) in &people {
        for (of, whose) in [("probes", "operator"), ("references", "list_manager")] {
            let answer = seed(&server, browser, &id, of).await;
            if *role == whose {
                assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
                assert_eq!(answer.headers[header::CONTENT_TYPE], "application/octet-stream");
                assert_eq!((answer.status, answer.bytes.len()), (StatusCode::OK, 32), "{role} {of}");
            } else {
                answer.is(Kind::NotAllowed);
            }
        }
    }
    // A list is kept in any browser; who captures does so on a paired device.
    let keeper = server.signed_in("list_manager").await;
    assert_eq!(seed(&server, &keeper, &id, "references").await.bytes.len(), 32);
    assert!(matches!(last_entry(&server).await.3, Actor::User(_)));
    let stranger = Browser::default();
    for of in ["probes", "references"] {
        seed(&server, &stranger, &id, of).await.is(Kind::SignedOut);
    }
    let (_, operator) = &people[0];
    server.delete(&admin, &format!("/v1/devices/{}", devices[0])).await.ok();
    seed(&server, operator, &id, "probes").await.is(Kind::SignedOut);
}

#[tokio::test]
async fn r102_a_seed_is_given_while_it_is_of_use_and_each_time_is_written_down() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let nowhere = Uuid::from_u128(5).to_string();
    for of in ["probes", "references"] {
        seed(&server, &admin, &nowhere, of).await.is(Kind::NotFound);
    }
    let draft = server.draft(&admin).await;
    seed(&server, &admin, &draft, "probes")
        .await
        .is(Kind::DeploymentNotLive);
    let early = seed(&server, &admin, &draft, "references").await.bytes;

    let (id, _) = server.live(&admin).await;
    let probes = seed(&server, &admin, &id, "probes").await.bytes;
    let (action, subject, detail, actor) = last_entry(&server).await;
    assert_eq!(
        (action.as_str(), &subject, detail),
        ("seed_given", &id, json!({ "for": "probes" }))
    );
    assert!(matches!(actor, Actor::Device(..)), "{actor:?}");
    let references = seed(&server, &admin, &id, "references").await.bytes;
    let (action, subject, detail, actor) = last_entry(&server).await;
    assert_eq!(
        (action.as_str(), &subject, detail),
        ("seed_given", &id, json!({ "for": "references" }))
    );
    assert!(matches!(actor, Actor::Device(..)), "{actor:?}");
    assert_eq!(probes, references);
    assert_ne!(probes, early, "each deployment has its own");

    let server = server.restarted(60).await;
    assert_eq!(seed(&server, &admin, &id, "probes").await.bytes, probes);
    for secret in [
        &probes,
        hex::encode(&probes).as_bytes(),
        BASE64.encode(&probes).as_bytes(),
    ] {
        assert!(!server.files_hold(secret));
    }
    server
        .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
        .await
        .ok();
    seed(&server, &admin, &id, "probes").await.is(Kind::DeploymentNotLive);
    seed(&server, &admin, &id, "references").await.is(Kind::DeploymentEnded);
    server.wait(3 * 3600);
    let admin = server.signed_in("Ann Admin").await;
    seed(&server, &admin, &draft, "references")
        .await
        .is(Kind::DeploymentEnded);
}

#[tokio::test]
async fn r102_a_template_taken_from_one_deployment_raises_no_alert_in_another_where_the_person_is_listed() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut deployments = Vec::new();
    for _ in 0..2 {
        let id = server.draft(&admin).await;
        let reference = transformed(&server, &admin, &id, 7).await;
        let body = with(server.entry("Marguerite Testperson", 7), &reference);
        server
            .post(&admin, &format!("/v1/deployments/{id}/entries"), body)
            .await
            .ok();
        server
            .post(&admin, &format!("/v1/deployments/{id}/start"), json!({}))
            .await
            .ok();
        deployments.push((id, reference));
    }
    let [(here, taken), (there, listed)] = [&deployments[0], &deployments[1]];
    let sent = async |id: &str, track, template: &Template| {
        let body = with(server.candidate(track, 7), template);
        server.offer(&admin, id, &body).await
    };
    sent(there, 1, taken).await.is(Kind::ModelMismatch);
    let relabelled = Template::from_embedding(listed.space().clone(), taken.values().to_vec()).unwrap();
    assert_eq!(sent(there, 2, &relabelled).await.ok(), json!({ "crops_wanted": [] }));
    let bare = Template::from_embedding(listed.space().clone(), server.template(7).values().to_vec()).unwrap();
    assert_eq!(sent(there, 3, &bare).await.ok(), json!({ "crops_wanted": [] }));
    assert!(server.alerts(&admin, there).await.is_empty());
    for (track, (id, template)) in (4..).zip([(here, taken), (there, listed)]) {
        let found = sent(id, track, template).await.ok();
        assert_eq!(found["crops_wanted"].as_array().unwrap().len(), 1, "{found}");
    }
}

#[tokio::test]
async fn r102_templates_without_the_deployments_transform_are_refused() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, entry) = server.live(&admin).await;
    let entries = format!("/v1/deployments/{id}/entries");
    for transform in [Value::Null, json!("0123456789abcdef")] {
        let mut candidate = server.candidate(1, 1);
        candidate["transform"] = transform.clone();
        server.offer(&admin, &id, &candidate).await.is(Kind::ModelMismatch);
        let mut person = server.entry("Someone", 2);
        person["portrait"]["transform"] = transform.clone();
        server.post(&admin, &entries, person).await.is(Kind::ModelMismatch);
        let mut portrait = server.portrait(1);
        portrait["transform"] = transform;
        server
            .post(&admin, &format!("{entries}/{entry}/photos"), portrait)
            .await
            .is(Kind::ModelMismatch);
    }
    let mut candidate = server.candidate(1, 1);
    candidate["transform"] = json!("not an id");
    server.offer(&admin, &id, &candidate).await.is(Kind::Invalid);
}
