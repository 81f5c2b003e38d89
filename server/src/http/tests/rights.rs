//! What people outside have a right to: evidence that outlives a deployment, complaints, figures, a deployment that stops when
//! it errs too often.

use super::operations::{Staff, hired, plan, staff};
use super::*;
use crate::audit::chain::{Entry, Verifier};
use vedette_store::row::AuditRow;

/// Bytes that no other picture in a test has.
fn crop() -> Vec<u8> {
    jpeg(90, 90)
}

pub(super) struct Site {
    pub(super) server: Server,
    pub(super) admin: Browser,
    pub(super) staff: Staff,
    /// A live operation.
    pub(super) id: String,
}

impl Site {
    pub(super) async fn live() -> Self {
        let server = Server::new().await;
        let admin = server.set_up().await;
        let staff = staff(&server, &admin).await;
        let id = server.seen_to(&staff).await;
        server.wait(600);
        let path = format!("/v1/deployments/{id}/start");
        server.post(&staff.commander, &path, json!({})).await.ok();
        Self {
            server,
            admin,
            staff,
            id,
        }
    }

    pub(super) fn path(&self) -> String {
        format!("/v1/deployments/{}", self.id)
    }

    /// An open alert about the one on the list, of a track of its own, with its crop.
    async fn alert(&self, track: u128) -> Value {
        let (server, operator) = (&self.server, &self.staff.operator);
        // Sooner, it would be the last one again.
        server.wait(61);
        server.offer(operator, &self.id, &server.candidate(track, 1)).await.ok();
        let alerts = server.alerts(operator, &self.id).await;
        let is_new = |alert: &&Value| alert["state"]["kind"] == "open" && alert["has_probe"] == false;
        let open = alerts.iter().find(is_new).unwrap();
        let path = format!("/v1/alerts/{}/crop", open["id"].as_str().unwrap());
        server.put_jpeg(operator, &path, crop()).await.ok();
        open.clone()
    }

    pub(super) async fn decided(&self, track: u128, verdict: &str) -> Value {
        let alert = self.alert(track).await;
        let decided = self.server.decide(&self.staff.operator, &alert, "\"1\"", verdict).await;
        decided.ok()[0].clone()
    }

    pub(super) async fn show(&self) -> Value {
        self.server.get(&self.staff.commander, &self.path()).await.ok()
    }

    async fn hold(&self, alert: &Value, days: Option<u8>) -> Answer {
        let path = format!("/v1/alerts/{}/hold", alert["id"].as_str().unwrap());
        let body = json!({ "case_reference": "CR/2027/18", "reason": "Evidence of an arrest", "days": days });
        self.server.post(&self.staff.authoriser, &path, body).await
    }

    async fn complaint(&self, alert: &Value) -> Value {
        let body = json!({
            "alert": alert["id"], "received_at": self.server.app.now(), "received_by": "Otto",
            "text": "Quentin Zarathustra was stopped for nothing",
        });
        let path = format!("{}/complaints", self.path());
        self.server.post(&self.staff.operator, &path, body).await.ok()
    }

    /// Alerts that have their crop.
    async fn crops(&self) -> usize {
        let alerts = self.server.alerts(&self.staff.operator, &self.id).await;
        alerts.iter().filter(|alert| alert["has_probe"] == true).count()
    }

    async fn end(&self) {
        let path = format!("{}/end", self.path());
        self.server.post(&self.staff.commander, &path, json!({})).await.ok();
    }

    async fn journal(&self) -> Vec<AuditRow> {
        let mut tx = self.server.app.store.read().await.unwrap();
        tx.audit_after(0, 10_000).await.unwrap()
    }

    pub(super) async fn actions(&self, subject: &Value) -> Vec<String> {
        let subject = subject.as_str().unwrap();
        let of_it = self.journal().await.into_iter().filter(|row| row.subject == subject);
        of_it.map(|row| row.action).collect()
    }
}

async fn picture(server: &Server, who: &Browser, hold: &Value, which: &str) -> Answer {
    let path = format!("/v1/holds/{}/{which}", hold["id"].as_str().unwrap());
    server.get(who, &path).await
}

#[tokio::test]
async fn r77_a_crop_goes_with_the_decision_against_it_and_otherwise_with_the_end() {
    let site = Site::live().await;
    for (track, verdict) in [(1, "false"), (2, "inconclusive"), (3, "true")] {
        let decided = site.decided(track, verdict).await;
        let kept = verdict == "true";
        assert_eq!(decided["has_probe"], kept, "{verdict}");
        let path = format!("/v1/alerts/{}/probe", decided["id"].as_str().unwrap());
        let answer = site.server.get(&site.staff.operator, &path).await;
        if kept {
            assert_eq!(answer.bytes, crop());
        } else {
            answer.is(Kind::NotFound);
            assert!(site.actions(&decided["id"]).await.contains(&"crop_deleted".to_owned()));
        }
        assert_eq!(site.crops().await, usize::from(kept));
    }
    site.end().await;
    assert_eq!(site.crops().await, 0);
}

#[tokio::test]
async fn r77_a_hold_outlives_the_deployment_under_its_own_key_and_ends_by_itself_after_31_days() {
    let site = Site::live().await;
    let server = &site.server;
    let alert = site.alert(1).await;
    let hold = site.hold(&alert, None).await.ok();
    assert_eq!(
        (&hold["has_probe"], &hold["has_reference"], &hold["by"]["name"]),
        (&json!(true), &json!(true), &json!("Abel"))
    );
    // What is decided afterwards takes the original, and not what is held.
    server.decide(&site.staff.operator, &alert, "\"1\"", "false").await.ok();
    site.end().await;
    assert!(!server.key_file(&site.id).exists());
    let own_key = server.key_file(hold["id"].as_str().unwrap());
    assert!(own_key.exists());

    for (which, bytes) in [("probe", crop()), ("reference", jpeg(112, 112))] {
        let shown = picture(server, &site.staff.authoriser, &hold, which).await;
        assert_eq!(shown.bytes, bytes, "{which}");
        assert!(!server.files_hold(&bytes[20..60]), "{which}");
        for who in [&site.staff.commander, &site.staff.operator, &site.admin] {
            picture(server, who, &hold, which).await.is(Kind::NotAllowed);
        }
    }
    assert!(!server.files_hold(b"CR/2027/18"));
    let certificate = server
        .get(&site.staff.commander, &format!("{}/deletion", site.path()))
        .await
        .ok();
    assert_eq!(certificate["held"], 1);
    // As many as whoever signed saw.
    assert_eq!(certificate["signed_for"], certificate["listed"]);
    assert!(certificate["signed_for"].as_u64().is_some_and(|people| people > 0));

    // The operation ended at once, before its time: the days run from its real end.
    let listed = server.get(&site.staff.commander, "/v1/holds").await.ok();
    let expires = (server.app.now() + SignedDuration::from_hours(31 * 24)).to_string();
    assert_eq!(listed[0]["state"], json!({ "kind": "held", "expires_at": expires }));
    server.wait(31 * 24 * 3600 - 1);
    assert!(retention::tick(&server.app, 0).await);
    let abel = server.signed_in("Abel").await;
    assert_eq!(picture(server, &abel, &hold, "probe").await.status, StatusCode::OK);
    server.wait(1);
    assert!(retention::tick(&server.app, 0).await);
    picture(server, &abel, &hold, "probe").await.is(Kind::NotFound);
    let listed = server.get(&abel, "/v1/holds").await.ok();
    assert_eq!(
        (&listed[0]["state"]["kind"], &listed[0]["reason"]),
        (&json!("expired"), &Value::Null)
    );
    assert!(!own_key.exists());
    let actions = site.actions(&hold["id"]).await;
    assert_eq!(
        (actions.first().map(String::as_str), &actions[actions.len() - 2..]),
        (
            Some("hold_placed"),
            &["hold_expired".to_owned(), "key_destroyed".to_owned()][..]
        )
    );
}

#[tokio::test]
async fn r77_a_hold_lasts_longer_only_when_an_officer_renews_it_and_goes_when_it_is_released() {
    let site = Site::live().await;
    let server = &site.server;
    let alert = site.alert(1).await;
    site.hold(&alert, Some(32)).await.is(Kind::Invalid);
    let hold = site.hold(&alert, Some(2)).await.ok();
    site.end().await;
    server.wait(2 * 24 * 3600 - 1);
    let (abel, cora) = (server.signed_in("Abel").await, server.signed_in("Cora").await);
    let path = format!("/v1/holds/{}", hold["id"].as_str().unwrap());
    let again = json!({ "case_reference": "CR/2027/18", "reason": "The trial was put off", "days": 31 });
    server
        .post(&cora, &format!("{path}/renewal"), again.clone())
        .await
        .is(Kind::NotAllowed);
    let renewed = server.post(&abel, &format!("{path}/renewal"), again.clone()).await.ok();
    assert_eq!(renewed["reason"], "The trial was put off");
    server.wait(24 * 3600);
    assert!(retention::tick(&server.app, 0).await);
    let abel = server.signed_in("Abel").await;
    assert_eq!(picture(server, &abel, &hold, "reference").await.bytes, jpeg(112, 112));
    let released = server.post(&abel, &format!("{path}/release"), json!({})).await.ok();
    assert_eq!(
        (&released["state"]["kind"], &released["state"]["by"]["name"]),
        (&json!("released"), &json!("Abel"))
    );
    picture(server, &abel, &hold, "reference").await.is(Kind::NotFound);
    assert!(retention::tick(&server.app, 1).await);
    assert!(!server.key_file(hold["id"].as_str().unwrap()).exists());
    server
        .post(&abel, &format!("{path}/renewal"), again)
        .await
        .is(Kind::HoldOver);
    server
        .post(&abel, &format!("{path}/release"), json!({}))
        .await
        .is(Kind::HoldOver);
}

#[tokio::test]
async fn r77_a_hold_that_ran_out_while_the_server_was_off_is_deleted_before_it_serves() {
    let site = Site::live().await;
    let alert = site.alert(1).await;
    let hold = site.hold(&alert, None).await.ok();
    site.end().await;
    let server = site.server.restarted(31 * 24 * 3600).await;
    retention::sweep(&*server.app.store, Actor::Server, server.app.now())
        .await
        .unwrap();
    assert!(!server.key_file(hold["id"].as_str().unwrap()).exists());
    let abel = server.signed_in("Abel").await;
    assert_eq!(server.get(&abel, "/v1/holds").await.ok()[0]["state"]["kind"], "expired");
}

#[tokio::test]
async fn r77_what_is_deleted_can_not_be_held() {
    let site = Site::live().await;
    let alert = site.decided(1, "true").await;
    site.end().await;
    site.hold(&alert, None).await.is(Kind::NothingToHold);
    assert_eq!(
        site.server.get(&site.staff.commander, "/v1/holds").await.ok(),
        json!([])
    );
    // No key is left of the attempt.
    let keys = std::fs::read_dir(site.server.folder.path().join("keys")).unwrap();
    assert_eq!(keys.count(), 0);
}

#[tokio::test]
async fn r76_the_table_is_served_with_the_controllers_shorter_period() {
    let site = Site::live().await;
    let server = &site.server;
    let row = |table: Value, class: &str| {
        let rows = table.as_array().unwrap().clone();
        rows.into_iter().find(|row| row["class"] == class).unwrap()
    };
    let table = server.get(&site.staff.operator, "/v1/retention").await.ok();
    assert_eq!(row(table.clone(), "holds")["seconds"], 31 * 24 * 3600);
    assert_eq!(row(table, "idle_sessions")["period"], "after 15 minutes");
    let body = json!({ "name": "Force", "contact": "Desk 1", "complaints": "Desk 2", "hold_days": 7 });
    server.put(&site.admin, "/v1/organisation", body.clone()).await.ok();
    let table = server.get(&site.staff.operator, "/v1/retention").await.ok();
    assert_eq!(row(table, "holds")["seconds"], 7 * 24 * 3600);
    let alert = site.alert(1).await;
    site.hold(&alert, Some(8)).await.is(Kind::Invalid);
    site.hold(&alert, Some(7)).await.ok();
    for days in [0, 32] {
        let mut wrong = body.clone();
        wrong["hold_days"] = json!(days);
        server
            .put(&site.admin, "/v1/organisation", wrong)
            .await
            .is(Kind::Invalid);
    }
    server
        .put(&site.staff.commander, "/v1/organisation", body)
        .await
        .is(Kind::NotAllowed);
}

#[tokio::test]
async fn r98_a_complaint_freezes_what_there_is_of_its_alert_until_it_is_closed() {
    let site = Site::live().await;
    let server = &site.server;
    let alert = site.alert(1).await;
    let complaint = site.complaint(&alert).await;
    server.decide(&site.staff.operator, &alert, "\"1\"", "false").await.ok();
    assert_eq!(site.show().await["complaints"], 1);
    site.end().await;
    let hold = json!({ "id": complaint["hold"] });
    assert_eq!(
        picture(server, &site.staff.authoriser, &hold, "probe").await.bytes,
        crop()
    );
    assert!(!server.files_hold(b"Zarathustra"));

    // The review can't say that there was none.
    let review = json!({ "outcomes": "None", "complaints": 0, "lessons": "None" });
    let reviewed = server
        .put(&site.staff.commander, &format!("{}/review", site.path()), review)
        .await
        .ok();
    assert_eq!(reviewed["operation"]["review"]["complaints"], 1);

    let path = format!("/v1/complaints/{}/outcome", complaint["id"].as_str().unwrap());
    let outcome = json!({ "outcome": "upheld", "note": "Told that it was a mistake" });
    server
        .post(&site.staff.operator, &path, outcome.clone())
        .await
        .is(Kind::NotAllowed);
    let closed = server.post(&site.staff.authoriser, &path, outcome.clone()).await.ok();
    assert_eq!(
        (&closed["state"]["outcome"], &closed["state"]["note"]),
        (&json!("upheld"), &json!("Told that it was a mistake"))
    );
    server
        .post(&site.staff.authoriser, &path, outcome)
        .await
        .is(Kind::ComplaintClosed);
    picture(server, &site.staff.authoriser, &hold, "probe")
        .await
        .is(Kind::NotFound);
    assert!(retention::tick(&server.app, 1).await);
    assert!(!server.key_file(complaint["hold"].as_str().unwrap()).exists());
}

#[tokio::test]
async fn r98_a_freeze_lasts_as_long_as_its_complaint_is_open() {
    let site = Site::live().await;
    let server = &site.server;
    let complaint = site.complaint(&site.alert(1).await).await;
    site.end().await;
    server.wait(40 * 24 * 3600);
    assert!(retention::tick(&server.app, 0).await);
    let abel = server.signed_in("Abel").await;
    let hold = json!({ "id": complaint["hold"] });
    assert_eq!(picture(server, &abel, &hold, "probe").await.bytes, crop());
    let path = format!("/v1/complaints/{}/outcome", complaint["id"].as_str().unwrap());
    let outcome = json!({ "outcome": "upheld", "note": "Told that it was a mistake" });
    server.post(&abel, &path, outcome).await.ok();
    picture(server, &abel, &hold, "probe").await.is(Kind::NotFound);
}

#[tokio::test]
async fn r77_a_setting_binds_the_holds_that_are_placed_after_it() {
    let site = Site::live().await;
    let server = &site.server;
    let (first, second) = (site.alert(1).await, site.alert(2).await);
    let placed = site.hold(&first, None).await.ok();
    let renewed = site.hold(&second, None).await.ok();
    let path = format!("/v1/holds/{}/renewal", renewed["id"].as_str().unwrap());
    let body = json!({ "case_reference": "CR/2027/18", "reason": "A court asked for it", "days": 31 });
    server.post(&site.staff.authoriser, &path, body).await.ok();
    let days = |from: Timestamp| (from + SignedDuration::from_hours(31 * 24)).to_string();
    let renewed_until = days(server.app.now());
    let body = json!({ "name": "Force", "contact": "Desk 1", "complaints": "Desk 2", "hold_days": 7 });
    server.put(&site.admin, "/v1/organisation", body).await.ok();
    let set = site
        .journal()
        .await
        .into_iter()
        .rfind(|row| row.action == "organisation_set");
    assert_eq!(set.unwrap().detail, json!({ "hold_days": 7 }));
    server.wait(60);
    site.end().await;
    let listed = server.get(&site.staff.commander, "/v1/holds").await.ok();
    for (hold, until) in [(placed, days(server.app.now())), (renewed, renewed_until)] {
        let row = listed
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["id"] == hold["id"])
            .unwrap();
        assert_eq!(row["state"]["expires_at"], until);
    }
}

#[tokio::test]
async fn r7_a_hold_that_nobody_can_read_keeps_no_other_deployment_from_ending() {
    let site = Site::live().await;
    let alert = site.alert(1).await;
    let hold = site.hold(&alert, None).await.ok();
    std::fs::remove_file(site.server.key_file(hold["id"].as_str().unwrap())).unwrap();
    let server = site.server.restarted(1).await;
    server
        .get(&site.staff.authoriser, "/v1/holds")
        .await
        .is(Kind::StorageUnavailable);
    let other = server.draft(&site.admin).await;
    for id in [&other, &site.id] {
        let end = format!("/v1/deployments/{id}/end");
        let who = if id == &other {
            &site.admin
        } else {
            &site.staff.commander
        };
        server.post(who, &end, json!({})).await.ok();
    }
    server.wait(31 * 24 * 3600);
    assert!(retention::tick(&server.app, 0).await);
    let actions = audit_of(&server, &hold["id"]).await;
    assert!(actions.contains(&"hold_expired".to_owned()), "{actions:?}");
}

async fn audit_of(server: &Server, subject: &Value) -> Vec<String> {
    let mut tx = server.app.store.read().await.unwrap();
    let rows = tx.audit_of(subject.as_str().unwrap()).await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

#[tokio::test]
async fn r98_a_complaint_is_not_settled_while_its_key_is_missing() {
    let site = Site::live().await;
    let complaint = site.complaint(&json!({ "id": null })).await;
    let key = site.server.key_file(complaint["id"].as_str().unwrap());
    let away = site.server.folder.path().join("away");
    std::fs::rename(&key, &away).unwrap();
    let server = site.server.restarted(1).await;
    let path = format!("/v1/complaints/{}/outcome", complaint["id"].as_str().unwrap());
    let outcome = json!({ "outcome": "upheld", "note": "Told that it was a mistake" });
    server
        .post(&site.staff.authoriser, &path, outcome.clone())
        .await
        .is(Kind::StorageUnavailable);
    std::fs::rename(&away, &key).unwrap();
    let closed = server.post(&site.staff.authoriser, &path, outcome).await.ok();
    assert_eq!(closed["text"], "Quentin Zarathustra was stopped for nothing");
}

#[tokio::test]
async fn r98_a_freeze_that_an_officer_renewed_outlives_the_complaint() {
    let site = Site::live().await;
    let server = &site.server;
    let complaint = site.complaint(&site.alert(1).await).await;
    let hold = json!({ "id": complaint["hold"] });
    let path = format!("/v1/holds/{}/renewal", complaint["hold"].as_str().unwrap());
    let body = json!({ "case_reference": "CR/2027/18", "reason": "A court asked for it" });
    server.post(&site.staff.authoriser, &path, body).await.ok();
    let path = format!("/v1/complaints/{}/outcome", complaint["id"].as_str().unwrap());
    let outcome = json!({ "outcome": "not_upheld", "note": "It was him" });
    server.post(&site.staff.authoriser, &path, outcome).await.ok();
    assert_eq!(
        picture(server, &site.staff.authoriser, &hold, "probe").await.bytes,
        crop()
    );
}

#[tokio::test]
async fn r98_no_hold_of_a_complaint_is_released_while_it_is_open() {
    let site = Site::live().await;
    let server = &site.server;
    let complaint = site.complaint(&site.alert(1).await).await;
    let hold = format!("/v1/holds/{}", complaint["hold"].as_str().unwrap());
    let release = format!("{hold}/release");
    let refused = server
        .post(&site.staff.authoriser, &release, json!({}))
        .await
        .is(Kind::ComplaintOpen);
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("Close the complaint first")
    );
    // Nor one that an officer answers for by now.
    let body = json!({ "case_reference": "CR/2027/18", "reason": "A court asked for it" });
    let renewal = format!("{hold}/renewal");
    server.post(&site.staff.authoriser, &renewal, body).await.ok();
    server
        .post(&site.staff.authoriser, &release, json!({}))
        .await
        .is(Kind::ComplaintOpen);
    let path = format!("/v1/complaints/{}/outcome", complaint["id"].as_str().unwrap());
    let outcome = json!({ "outcome": "not_upheld", "note": "It was him" });
    server.post(&site.staff.authoriser, &path, outcome).await.ok();
    let released = server.post(&site.staff.authoriser, &release, json!({})).await.ok();
    assert_eq!(released["state"]["kind"], "released");
}

/// Closing it lets go of the evidence.
#[tokio::test]
async fn r98_nobody_settles_a_complaint_about_an_operation_of_her_own_or_one_that_she_recorded() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    server
        .account(&admin, "Bo", &["commander", "authorising_officer"])
        .await;
    let both = server.signed_in("Bo").await;
    let planned = server.post(&both, "/v1/operations", plan(&server)).await.ok();
    let take = async |who: &Browser| {
        let body = json!({
            "alert": null, "received_at": server.app.now(), "received_by": "Otto", "text": "Stopped for nothing",
        });
        let path = format!("/v1/deployments/{}/complaints", planned["id"].as_str().unwrap());
        let taken = server.post(who, &path, body).await.ok();
        format!("/v1/complaints/{}/outcome", taken["id"].as_str().unwrap())
    };
    let outcome = json!({ "outcome": "not_upheld", "note": "It was him" });
    let (operators, officers) = (take(&staff.operator).await, take(&staff.authoriser).await);
    // Who can't is told before she tries.
    for (who, owns_operators) in [(&both, true), (&staff.authoriser, false)] {
        for complaint in server.get(who, "/v1/complaints").await.ok().as_array().unwrap() {
            let of_operator = operators.contains(complaint["id"].as_str().unwrap());
            assert_eq!(complaint["own"], !of_operator || owns_operators);
        }
    }
    server
        .post(&staff.commander, &operators, outcome.clone())
        .await
        .is(Kind::NotAllowed);
    server
        .post(&both, &operators, outcome.clone())
        .await
        .is(Kind::OwnComplaint);
    server
        .post(&staff.authoriser, &officers, outcome.clone())
        .await
        .is(Kind::OwnComplaint);
    server.post(&staff.authoriser, &operators, outcome).await.ok();
}

#[tokio::test]
async fn r98_a_complaint_stands_without_pictures_and_about_no_other_deployments_alert() {
    let site = Site::live().await;
    let server = &site.server;
    let alert = site.decided(1, "true").await;
    let other = server.draft(&site.admin).await;
    let body =
        |at: Timestamp| json!({ "alert": alert["id"], "received_at": at, "received_by": "Otto", "text": "Why me" });
    let elsewhere = format!("/v1/deployments/{other}/complaints");
    server
        .post(&site.admin, &elsewhere, body(server.app.now()))
        .await
        .is(Kind::Invalid);
    let here = format!("{}/complaints", site.path());
    let later = server.app.now() + SignedDuration::from_secs(1);
    server
        .post(&site.staff.operator, &here, body(later))
        .await
        .is(Kind::Invalid);
    site.end().await;
    let taken = server
        .post(&site.staff.operator, &here, body(server.app.now()))
        .await
        .ok();
    assert_eq!(taken["hold"], Value::Null);
    let records = server
        .get(&site.staff.commander, &format!("{}/alert-records", site.path()))
        .await
        .ok();
    assert_eq!(
        (&records[0]["id"], &records[0]["held"], &records[0]["verdict"]),
        (&alert["id"], &json!(false), &json!("true"))
    );
}

#[tokio::test]
async fn r98_the_words_of_a_complaint_go_a_year_after_it_is_closed_and_its_count_stays() {
    let site = Site::live().await;
    let server = &site.server;
    let complaint = site.complaint(&json!({ "id": null })).await;
    site.end().await;
    server.wait(400 * 24 * 3600);
    assert!(retention::tick(&server.app, 0).await);
    // Open ones keep their words, however old.
    let admin = server.signed_in("Ann Admin").await;
    for (name, role) in [("Ava", "authorising_officer"), ("Sue", "auditor")] {
        server.account(&admin, name, &[role]).await;
    }
    let ava = server.signed_in("Ava").await;
    let path = format!("/v1/complaints/{}/outcome", complaint["id"].as_str().unwrap());
    let outcome = json!({ "outcome": "withdrawn", "note": "By letter" });
    let closed = server.post(&ava, &path, outcome).await.ok();
    assert_eq!(closed["text"], "Quentin Zarathustra was stopped for nothing");
    server.wait(365 * 24 * 3600 - 1);
    assert!(retention::tick(&server.app, 0).await);
    let sue = server.signed_in("Sue").await;
    assert!(server.get(&sue, "/v1/complaints").await.ok()[0]["text"].is_string());
    server.wait(1);
    assert!(retention::tick(&server.app, 0).await);
    let listed = server.get(&sue, "/v1/complaints").await.ok();
    assert_eq!(
        (
            &listed[0]["text"],
            &listed[0]["received_by"],
            &listed[0]["state"]["outcome"]
        ),
        (&Value::Null, &Value::Null, &json!("withdrawn"))
    );
    assert!(!server.key_file(complaint["id"].as_str().unwrap()).exists());
    let actions = site.actions(&complaint["id"]).await;
    assert_eq!(
        actions,
        [
            "complaint_recorded",
            "complaint_closed",
            "complaint_forgotten",
            "key_destroyed"
        ]
    );
}

#[tokio::test]
async fn r95_the_journal_outlives_holds_complaints_keys_and_deployments_whole() {
    let site = Site::live().await;
    let server = &site.server;
    let alert = site.alert(1).await;
    site.hold(&alert, None).await.ok();
    site.complaint(&alert).await;
    site.end().await;
    let before = site.journal().await;
    server.wait(7 * 31 * 24 * 3600);
    assert!(retention::tick(&server.app, 0).await);
    retention::sweep(&*server.app.store, Actor::CommandLine, server.app.now())
        .await
        .unwrap();
    let after = site.journal().await;
    assert_eq!(after[..before.len()], before[..]);
    let mut verifier = Verifier::new(Vec::new());
    for row in after {
        verifier.take(&Entry::from(row)).unwrap();
    }
    verifier.finish().unwrap();
}

async fn seen(site: &Site, faces: u32, not_assessable: u32) {
    let path = format!("{}/tallies", site.path());
    let body = json!({ "id": delivery(), "faces_seen": faces, "not_assessable": not_assessable });
    site.server.post(&site.staff.operator, &path, body).await.ok();
}

#[tokio::test]
async fn r86_the_dashboard_counts_what_happens_while_it_happens() {
    let site = Site::live().await;
    let server = &site.server;
    seen(&site, 30, 6).await;
    server.wait(60);
    seen(&site, 70, 4).await;
    site.alert(4).await;
    for (track, seconds, verdict) in [(2, 10, "false"), (3, 7, "inconclusive"), (1, 4, "true")] {
        let alert = site.alert(track).await;
        server.wait(seconds);
        server.decide(&site.staff.operator, &alert, "\"1\"", verdict).await.ok();
    }
    let path = format!("{}/dashboard", site.path());
    let board = server.get(&site.staff.commander, &path).await.ok();
    let minutes = board["faces_per_minute"].as_array().unwrap();
    assert_eq!(minutes.len(), 31);
    let counted: Vec<_> = minutes.iter().filter(|minute| minute["faces"] != 0).collect();
    assert_eq!(
        (
            &counted[0]["faces"],
            &counted[0]["not_assessable"],
            &counted[1]["faces"]
        ),
        (&json!(30), &json!(6), &json!(70))
    );
    assert_eq!(
        (&board["faces_seen"], &board["not_assessable"]),
        (&json!(90), &json!(10))
    );
    assert_eq!(board["not_assessable_share"]["value"], 0.1);
    assert_eq!((&board["alerts"], &board["waiting"]), (&json!(4), &json!(1)));
    assert_eq!(board["verdicts"], json!({ "true": 1, "false": 1, "inconclusive": 1 }));
    // Each was looked at for two seconds more.
    assert_eq!(board["median_seconds_to_decide"], 9.0);
    let per_face = &board["false_alerts"]["per_face"];
    assert!((per_face["value"].as_f64().unwrap() - 1.0 / 90.0).abs() < 1e-12);
    assert!(per_face["high"].as_f64().unwrap() > per_face["value"].as_f64().unwrap());
    assert_eq!(
        (&board["ceiling_one_in"], &board["level"]),
        (&json!(1000), &json!("warning"))
    );
    server.get(&site.staff.operator, &path).await.is(Kind::NotAllowed);
}

#[tokio::test]
async fn r87_a_first_false_alert_warns_whoever_works_it_and_is_in_the_journal_once() {
    let site = Site::live().await;
    seen(&site, 1_000, 0).await;
    assert_eq!(site.show().await["false_alert_level"], "within");
    site.decided(1, "false").await;
    site.decided(2, "false").await;
    let on_site = site.server.get(&site.staff.operator, &site.path()).await.ok();
    assert_eq!(
        (&on_site["false_alert_level"], &on_site["state"]["kind"]),
        (&json!("warning"), &json!("live"))
    );
    let actions = site.actions(&json!(site.id)).await;
    let warned = actions.iter().filter(|action| *action == "false_alerts_warned").count();
    assert_eq!(warned, 1);
    // The event that tells of it comes after the decision's.
    let mut tx = site.server.app.store.read().await.unwrap();
    let id = site.id.parse().unwrap();
    let events = tx.events_after(id, vedette_store::row::Seq(0), 1000).await.unwrap();
    let kinds: Vec<_> = events.iter().map(|event| event.kind.name()).collect();
    let decided = kinds.iter().position(|kind| *kind == "alert_adjudicated").unwrap();
    assert_eq!(kinds[decided + 1], "deployment_changed");
}

#[tokio::test]
async fn r87_three_false_alerts_above_the_ceiling_stop_it_until_an_authorising_officer_resumes() {
    let site = Site::live().await;
    let server = &site.server;
    seen(&site, 2_000, 0).await;
    for track in 1..=2 {
        site.decided(track, "false").await;
    }
    assert!(server.finds(&site.id, 1).await);
    let waiting = site.alert(3).await;
    let held_up = site.alert(4).await;
    server
        .decide(&site.staff.operator, &waiting, "\"1\"", "false")
        .await
        .ok();

    let paused = site.show().await;
    assert_eq!(
        (&paused["state"]["kind"], &paused["state"]["pause"]["cause"]),
        (
            &json!("paused"),
            &json!({ "kind": "false_alerts", "false_alerts": 3, "faces_seen": 2000 })
        )
    );
    assert_eq!(paused["false_alert_level"], "paused");
    // Nothing was deleted, and nothing is compared.
    assert_eq!((&paused["entries"], &paused["photos"]), (&json!(1), &json!(1)));
    server
        .offer(&site.staff.operator, &site.id, &server.candidate(9, 1))
        .await
        .is(Kind::DeploymentNotLive);
    // What was raised before still waits for its decision.
    server
        .decide(&site.staff.operator, &held_up, "\"1\"", "inconclusive")
        .await
        .ok();

    let why = json!({ "reason": "The light is better now" });
    let resume = format!("{}/resume", site.path());
    for who in [&site.staff.commander, &site.staff.operator, &site.admin] {
        server.post(who, &resume, why.clone()).await.is(Kind::NotAllowed);
    }
    let live = server.post(&site.staff.authoriser, &resume, why.clone()).await.ok();
    let over = &live["pauses"][0]["over"];
    assert_eq!(
        (&over["kind"], &over["reason"], &over["false_alerts"]),
        (&json!("resumed"), &why["reason"], &json!(3))
    );
    server
        .post(&site.staff.authoriser, &resume, why)
        .await
        .is(Kind::DeploymentNotPaused);
    assert!(server.finds(&site.id, 1).await);
    // What she knew of doesn't stop it again; one more does.
    assert!(retention::tick(&server.app, 0).await);
    assert_eq!(site.show().await["state"]["kind"], "live");
    site.decided(10, "false").await;
    assert_eq!(site.show().await["state"]["kind"], "paused");
    let actions = site.actions(&json!(site.id)).await;
    let steps: Vec<_> = actions
        .iter()
        .filter(|action| action.starts_with("paused") || action.ends_with("resumed"))
        .collect();
    assert_eq!(steps, ["paused_by_server", "deployment_resumed", "paused_by_server"]);
}

#[tokio::test]
async fn r87_a_face_is_one_mistake_whomever_it_resembles_and_none_when_it_is_somebody_listed() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}");
    for name in ["Second", "Third"] {
        server
            .post(&admin, &format!("{path}/entries"), server.entry(name, 1))
            .await
            .ok();
    }
    let raised = async |track| {
        server.wait(61);
        server.offer(&admin, &id, &server.candidate(track, 1)).await.ok();
        let mut alerts = server.alerts(&admin, &id).await;
        alerts.retain(|alert| alert["state"]["kind"] == "open");
        assert_eq!(alerts.len(), 3);
        alerts
    };
    for (track, verdict) in [(1, "false"), (2, "true")] {
        let alerts = raised(track).await;
        let (one, others) = alerts.split_first().unwrap();
        let others: Vec<_> = others.iter().collect();
        let decided = server.decide_seeing(&admin, one, "\"1\"", verdict, &others).await;
        assert_eq!(decided.ok().as_array().unwrap().len(), 3);
    }
    assert!(retention::tick(&server.app, 0).await);
    let shown = server.get(&admin, &path).await.ok();
    let rates = &shown["false_alerts"];
    assert_eq!(
        (&rates["count"], &rates["alerts"], &rates["per_alert"]["value"]),
        (&json!(1), &json!(2), &json!(0.5))
    );
    assert_eq!(
        (&shown["false_alert_level"], &shown["state"]["kind"]),
        (&json!("warning"), &json!("live"))
    );
}

#[tokio::test]
async fn r83_r86_a_face_that_resembles_two_people_is_one_alert_wherever_alerts_are_counted() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let path = format!("/v1/deployments/{id}");
    server
        .post(&admin, &format!("{path}/entries"), server.entry("Second", 1))
        .await
        .ok();
    let board = async || server.get(&admin, &format!("{path}/dashboard")).await.ok();
    for (track, verdict) in [(1, "false"), (2, "true")] {
        server.wait(61);
        server.offer(&admin, &id, &server.candidate(track, 1)).await.ok();
        let mut alerts = server.alerts(&admin, &id).await;
        alerts.retain(|alert| alert["state"]["kind"] == "open");
        assert_eq!(alerts.len(), 2);
        assert_eq!(board().await["waiting"], 1);
        let listed = server.get(&admin, "/v1/deployments").await.ok();
        let waiting = ["alerts", "sights", "devices"].map(|what| listed[0]["waiting"][what].clone());
        assert_eq!(waiting, [1, 0, 0]);
        server
            .decide_seeing(&admin, &alerts[0], "\"1\"", verdict, &[&alerts[1]])
            .await
            .ok();
    }
    let figures = board().await;
    assert_eq!((&figures["alerts"], &figures["waiting"]), (&json!(2), &json!(0)));
    assert_eq!(figures["verdicts"], json!({ "true": 1, "false": 1, "inconclusive": 0 }));
    assert_eq!(server.get(&admin, &path).await.ok()["counters"]["alerts"], 2);
    let reviews = server.get(&admin, &format!("{path}/alert-reviews")).await.ok();
    let mut cards: Vec<_> = reviews
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["track"].to_string())
        .collect();
    assert_eq!(cards.len(), 4);
    cards.dedup();
    assert_eq!(cards.len(), 2);
    server.post(&admin, &format!("{path}/end"), json!({})).await.ok();
    let answer = server.get(&admin, &format!("{path}/publication")).await;
    let mut lines = csv::Reader::from_reader(&answer.bytes[..]);
    let columns = lines.headers().unwrap().clone();
    let row = lines.records().next().unwrap().unwrap();
    let cell = |name| {
        row.get(columns.iter().position(|column| column == name).unwrap())
            .unwrap()
    };
    assert_eq!(
        ["total alerts", "positive alerts", "incorrect alerts"].map(cell),
        ["2", "1", "1"]
    );
}

#[tokio::test]
async fn r87_a_pause_that_a_crash_left_out_is_caught_up_with() {
    let site = Site::live().await;
    let server = &site.server;
    // Decided in the database, and nobody heeded it.
    for track in 1..=3 {
        let alert = site.alert(track).await;
        let id = alert["id"].as_str().unwrap().parse().unwrap();
        let mut tx = server.app.store.write().await.unwrap();
        let by = tx.users().await.unwrap()[0].clone();
        let mut row = tx.alert(id).await.unwrap().unwrap();
        row.state = vedette_store::row::AlertState::Adjudicated {
            verdict: vedette_store::row::Verdict::False,
            by: by.id,
            by_name: by.name,
            at: server.app.now(),
            factors: vedette_store::engagement::Factors::default(),
            sight: None,
            engagement: None,
            withdrawn: None,
        };
        tx.save_alert(&row).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(site.show().await["state"]["kind"], "live");
    assert!(retention::tick(&server.app, 0).await);
    assert_eq!(site.show().await["state"]["kind"], "paused");
}

#[tokio::test]
async fn r87_a_commander_pauses_by_hand_and_its_time_still_ends_it() {
    let site = Site::live().await;
    let server = &site.server;
    let path = format!("{}/pause", site.path());
    let why = json!({ "reason": "A crowd of children" });
    server
        .post(&site.staff.operator, &path, why.clone())
        .await
        .is(Kind::NotAllowed);
    let paused = server.post(&site.staff.commander, &path, why.clone()).await.ok();
    assert_eq!(paused["state"]["pause"]["cause"]["reason"], "A crowd of children");
    server
        .post(&site.staff.commander, &path, why)
        .await
        .is(Kind::DeploymentNotLive);
    server
        .offer(&site.staff.operator, &site.id, &server.candidate(1, 1))
        .await
        .is(Kind::DeploymentNotLive);
    // An operation that stands still is still the one that runs.
    let (exercise, entries) = (server.draft(&site.admin).await, "entries");
    let path = format!("/v1/deployments/{exercise}");
    server
        .post(&site.admin, &format!("{path}/{entries}"), server.entry("Ann", 2))
        .await
        .ok();
    server
        .post(&site.admin, &format!("{path}/start"), json!({}))
        .await
        .is(Kind::OperationLive);
    server.wait(10 * 60);
    site.show().await;
    server.wait(10 * 60);
    assert!(retention::tick(&server.app, 1).await);
    let ended = site.show().await;
    assert_eq!(
        (&ended["state"]["kind"], &ended["state"]["reason"], &ended["entries"]),
        (&json!("ended"), &json!("time"), &json!(0))
    );
    assert_eq!(ended["pauses"][0]["over"]["kind"], "stopped");
    assert!(!server.key_file(&site.id).exists());
}

/// What is typed may tell of people.
#[tokio::test]
async fn r87_why_somebody_paused_and_resumed_is_sealed_and_goes_with_the_end() {
    let site = Site::live().await;
    let server = &site.server;
    let (paused, resumed) = ("Zarathustra's children stand there", "Zarathustra's children have left");
    for (who, verb, reason) in [
        (&site.staff.commander, "pause", paused),
        (&site.staff.authoriser, "resume", resumed),
        (&site.staff.commander, "pause", paused),
    ] {
        let path = format!("{}/{verb}", site.path());
        server.post(who, &path, json!({ "reason": reason })).await.ok();
        assert!(!server.files_hold(b"Zarathustra"), "{verb}");
    }
    let shown = site.show().await;
    assert_eq!(shown["state"]["pause"]["cause"]["reason"], paused);
    assert_eq!(shown["pauses"][0]["cause"]["reason"], paused);
    assert_eq!(shown["pauses"][0]["over"]["reason"], resumed);
    site.end().await;
    let ended = site.show().await;
    assert_eq!(ended["pauses"].as_array().unwrap().len(), 2);
    for pause in ended["pauses"].as_array().unwrap() {
        assert_eq!(
            (&pause["cause"]["reason"], &pause["over"]["reason"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(pause["cause"]["kind"], "person");
    }
}

#[tokio::test]
async fn r87_a_restart_leaves_a_paused_deployment_paused() {
    let site = Site::live().await;
    let why = json!({ "reason": "A crowd of children" });
    let path = format!("{}/pause", site.path());
    site.server.post(&site.staff.commander, &path, why.clone()).await.ok();
    let server = site.server.restarted(60).await;
    assert!(server.app.matcher.all_live().is_empty());
    server
        .offer(&site.staff.operator, &site.id, &server.candidate(1, 1))
        .await
        .is(Kind::DeploymentNotLive);
    let resume = format!("/v1/deployments/{}/resume", site.id);
    server.post(&site.staff.authoriser, &resume, why).await.ok();
    assert!(server.finds(&site.id, 1).await);
}

/// R79.
#[tokio::test]
async fn a_paused_deployment_that_the_command_line_ended_leaves_no_key_in_memory() {
    let site = Site::live().await;
    let server = &site.server;
    let why = json!({ "reason": "A crowd of children" });
    let path = format!("{}/pause", site.path());
    server.post(&site.staff.commander, &path, why).await.ok();
    assert!(retention::tick(&server.app, 1).await);
    // As another process: this server's memory hears nothing of it.
    let store = SqliteStore::open(&server.folder.path().join("vedette.db"), vault(&server.folder), None)
        .await
        .unwrap();
    let over = server.app.now() + SignedDuration::from_hours(24);
    assert_eq!(retention::sweep(&store, Actor::CommandLine, over).await.unwrap(), 1);
    store.close().await;
    assert!(!server.app.scrub_due.load(Ordering::SeqCst));
    retention::close_what_others_ended(&server.app).await.unwrap();
    assert!(server.app.scrub_due.load(Ordering::SeqCst));
    assert!(retention::tick(&server.app, 1).await);
}

#[tokio::test]
async fn an_outage_is_written_down_once_and_not_for_a_time_before_the_start() {
    let site = Site::live().await;
    assert!(retention::tick(&site.server.app, 0).await);
    let outages = async |server: &Server| {
        retention::note_outages(&*server.app.store, server.app.now())
            .await
            .unwrap();
        let mut tx = server.app.store.read().await.unwrap();
        let noted = tx.audit_of_action("outage").await.unwrap();
        noted.into_iter().map(|row| row.detail).collect::<Vec<_>>()
    };
    // Resumed, and down before the next sign of life.
    let why = json!({ "reason": "A crowd of children" });
    let pause = format!("{}/pause", site.path());
    site.server.post(&site.staff.commander, &pause, why.clone()).await.ok();
    site.server.wait(120);
    let resume = format!("{}/resume", site.path());
    site.server.post(&site.staff.authoriser, &resume, why).await.ok();
    let resumed_at = site.server.app.now();
    let server = site.server.restarted(30).await;
    assert!(outages(&server).await.is_empty());
    let server = server.restarted(90).await;
    let noted = outages(&server).await;
    assert_eq!(noted.len(), 1);
    assert_eq!(noted[0]["from"], json!(resumed_at + SignedDuration::from_secs(30)));
    // Down again, before it could give a sign of life.
    let server = server.restarted(20).await;
    assert_eq!(outages(&server).await, noted);
}

#[tokio::test]
async fn r22_a_pause_lets_nobody_onto_the_list_without_consent() {
    let site = Site::live().await;
    let (server, lists) = (&site.server, &site.staff.lists);
    let entries = format!("{}/entries", site.path());
    let add = |seed: u64| {
        let mut late = server.wanted("Late", seed);
        late["reason"] = json!("Escaped this morning");
        late
    };
    server.post(lists, &entries, add(2)).await.ok();
    let why = json!({ "reason": "A crowd of children" });
    let pause = format!("{}/pause", site.path());
    server.post(&site.staff.commander, &pause, why.clone()).await.ok();
    let unsaid = server.wanted("Late", 3);
    server.post(lists, &entries, unsaid).await.is(Kind::ReasonNeeded);
    let waiting = server.post(lists, &entries, add(3)).await.ok();
    assert_eq!(waiting["clearances"][0]["kind"], "added_while_live");
    let resume = format!("{}/resume", site.path());
    server.post(&site.staff.authoriser, &resume, why).await.ok();
    assert!(server.finds(&site.id, 1).await);
    assert!(!server.finds(&site.id, 2).await && !server.finds(&site.id, 3).await);
}

#[tokio::test]
async fn r91_a_year_is_reported_with_its_complaints_and_outages() {
    let site = Site::live().await;
    seen(&site, 100, 20).await;
    site.decided(2, "false").await;
    site.decided(1, "true").await;
    let complaint = site.complaint(&json!({ "id": null })).await;
    let why = json!({ "reason": "A crowd of children" });
    let pause = format!("{}/pause", site.path());
    site.server.post(&site.staff.commander, &pause, why.clone()).await.ok();
    site.server.wait(120);
    let resume = format!("{}/resume", site.path());
    site.server.post(&site.staff.authoriser, &resume, why).await.ok();
    assert!(retention::tick(&site.server.app, 0).await);
    // Nobody is compared while no server runs.
    let server = site.server.restarted(180).await;
    retention::note_outages(&*server.app.store, server.app.now())
        .await
        .unwrap();
    let end = format!("/v1/deployments/{}/end", site.id);
    server.post(&site.staff.commander, &end, json!({})).await.ok();
    let settle = format!("/v1/complaints/{}/outcome", complaint["id"].as_str().unwrap());
    let outcome = json!({ "outcome": "partly_upheld", "note": "He was told" });
    server.post(&site.staff.authoriser, &settle, outcome).await.ok();

    let report = server
        .get(&site.staff.commander, "/v1/reports/annual?year=2027")
        .await
        .ok();
    let one = &report["deployments"][0];
    for figures in [one, &report["total"]] {
        assert_eq!(
            (&figures["faces_seen"], &figures["not_assessable"], &figures["alerts"]),
            (&json!(80), &json!(20), &json!(2))
        );
        assert_eq!(figures["verdicts"], json!({ "true": 1, "false": 1, "inconclusive": 0 }));
        assert_eq!(
            (&figures["complaints"], &figures["complaints_upheld"]),
            (&json!(1), &json!(1))
        );
        assert_eq!(
            (&figures["outages"], &figures["outage_minutes"]),
            (&json!(2), &json!(5))
        );
        assert_eq!(figures["minutes_live"], 7);
    }
    assert_eq!(
        (&one["name"], &one["date"]),
        (&json!("North gate"), &json!("2027-01-15"))
    );
    let other = server
        .get(&site.staff.commander, "/v1/reports/annual?year=2026")
        .await
        .ok();
    assert_eq!(other["deployments"], json!([]));
    server
        .get(&site.staff.commander, "/v1/reports/annual?year=12")
        .await
        .is(Kind::Invalid);
    let csv = server.get(&site.staff.commander, "/v1/reports/annual.csv").await;
    let text = String::from_utf8(csv.bytes).unwrap();
    let rows: Vec<_> = text.lines().collect();
    assert_eq!(rows.len(), 3);
    assert!(
        rows[1].contains("North gate,Harbour Road,2027-01-15,Watchlist,7,80,20,2,1,1,0,1.2500 %"),
        "{text}"
    );
}

#[tokio::test]
async fn r9_the_notice_is_exported_before_the_start_with_place_time_duration_and_rights() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = hired(&server, &admin).await;
    let answer = server
        .post(&staff.commander, "/v1/operations", plan(&server))
        .await
        .ok();
    let path = format!("/v1/deployments/{}/notice", answer["id"].as_str().unwrap());
    server.get(&staff.commander, &path).await.is(Kind::OrganisationMissing);
    server
        .get(&staff.commander, "/v1/organisation")
        .await
        .is(Kind::NotFound);
    let body = json!({
        "name": "Harbour Police", "name_cy": "Heddlu'r Harbwr", "contact": "data@harbour.example",
        "complaints": "PO Box 7", "privacy_url": "https://harbour.example/privacy",
    });
    for wrong in ["see our site", "http://harbour.example/privacy"] {
        let mut body = body.clone();
        body["privacy_url"] = json!(wrong);
        let refused = server.put(&admin, "/v1/organisation", body).await.is(Kind::Invalid);
        assert!(
            refused["detail"].as_str().unwrap().contains("begins with https://"),
            "{wrong}"
        );
    }
    server.put(&admin, "/v1/organisation", body).await.ok();
    let notice = server.get(&staff.commander, &path).await;
    assert_eq!(notice.headers[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    let text = String::from_utf8(notice.bytes).unwrap();
    // The clock of these tests begins on 15 January 2027 at 08:00; the plan in ten minutes.
    for part in [
        "Live facial recognition at Harbour Road",
        "Place: Harbour Road",
        "From: Friday 15 January 2027, 08:10",
        "Until: Friday 15 January 2027, 08:30",
        "Duration: 20 minutes, local time",
        "Purpose: Find people who must leave",
        "Harbour Police",
        "Ask: data@harbour.example",
        "Complain: PO Box 7",
        "https://harbour.example/privacy",
        "Published on: 2027-01-15",
        answer["id"].as_str().unwrap(),
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let exercise = server.draft(&admin).await;
    server
        .get(&staff.commander, &format!("/v1/deployments/{exercise}/notice"))
        .await
        .is(Kind::NotOperation);
    let mut unsaid = plan(&server);
    unsaid["plan"].as_object_mut().unwrap().remove("notice");
    let answer = server.post(&staff.commander, "/v1/operations", unsaid).await.ok();
    let path = format!("/v1/deployments/{}/notice", answer["id"].as_str().unwrap());
    server.get(&staff.commander, &path).await.is(Kind::NotFound);
}

/// Whoever stands on the watchlist of `Site`, by the number that the source has for them.
const NOMINAL: &str = "N/1";

#[tokio::test]
async fn r96_a_person_is_told_of_each_list_and_alert_and_of_nobody_else_also_after_the_end() {
    let site = Site::live().await;
    let server = &site.server;
    site.alert(2).await;
    site.decided(1, "true").await;
    site.end().await;
    let listed = server
        .app
        .store
        .read()
        .await
        .unwrap()
        .manifest(site.id.parse().unwrap())
        .await
        .unwrap();
    let nominal = listed[0].nominal_id.clone();
    let body = json!({ "nominal_id": nominal, "request_reference": "SAR 2027/4" });
    for who in [
        &site.admin,
        &site.staff.operator,
        &site.staff.lists,
        &site.staff.commander,
    ] {
        server
            .post(who, "/v1/subject-access", body.clone())
            .await
            .is(Kind::NotAllowed);
    }
    let answer = server
        .post(&site.staff.authoriser, "/v1/subject-access", body.clone())
        .await
        .ok();
    let one = &answer["listed"][0];
    assert_eq!(
        (&one["deployment"], &one["place"], &one["category"]),
        (&json!(site.id), &json!("Harbour Road"), &json!(listed[0].category))
    );
    assert!(one["added_at"].is_string() && one["removed_at"].is_string() && one["ended_at"].is_string());
    assert_eq!(one["image_sha256"].as_array().unwrap().len(), 1);
    let verdicts: Vec<_> = one["alerts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|alert| alert["verdict"].clone())
        .collect();
    assert_eq!(verdicts, [Value::Null, json!("true")]);
    let text = answer.to_string();
    for other in ["Otto", "Abel", "Gate", "Zebedee"] {
        assert!(!text.contains(other), "{other}");
    }

    let elsewhere = server.draft(&site.admin).await;
    for (number, deployment) in [(json!("N 999"), Value::Null), (json!(nominal), json!(elsewhere))] {
        let body = json!({ "nominal_id": number, "deployment": deployment, "request_reference": "SAR 2027/5" });
        let none = server
            .post(&site.staff.authoriser, "/v1/subject-access", body)
            .await
            .ok();
        assert_eq!(none["listed"], json!([]));
    }
    let log = server.get(&site.staff.authoriser, "/v1/subject-access").await.ok();
    let told: Vec<_> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["by"]["name"].clone(), one["listed"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            (json!("Abel"), json!(false)),
            (json!("Abel"), json!(false)),
            (json!("Abel"), json!(true))
        ]
    );
    assert_eq!(log[2]["id"], answer["id"]);
}

#[tokio::test]
async fn r96_the_journal_says_that_an_answer_was_given_and_not_about_whom() {
    use sha2::Digest as _;
    let site = Site::live().await;
    let ask = async || {
        let body = json!({ "nominal_id": NOMINAL, "request_reference": "SAR 2027/4" });
        site.server
            .post(&site.staff.authoriser, "/v1/subject-access", body)
            .await
            .ok()
    };
    let (first, second) = (ask().await, ask().await);
    let rows = site.journal().await;
    let entries: Vec<_> = rows.iter().filter(|row| row.action == "subject_answered").collect();
    assert_ne!(entries[0].detail["request_sha256"], entries[1].detail["request_sha256"]);
    assert_ne!(entries[0].detail["answer_sha256"], entries[1].detail["answer_sha256"]);
    for (entry, answer) in entries.iter().zip([first, second]) {
        let whole = serde_json::to_string(&Entry::from((*entry).clone())).unwrap();
        assert!(
            !whole.contains("SAR 2027/4") && !whole.contains(&format!("\"{NOMINAL}\"")),
            "{whole}"
        );
        // Whoever has the answer can prove it.
        let salted = format!("{}{}", answer["salt"].as_str().unwrap(), "SAR 2027/4");
        let digest = hex::encode(sha2::Sha256::digest(salted));
        assert_eq!(entry.detail["request_sha256"], digest);
        let mut content = answer.clone();
        content.as_object_mut().unwrap().remove("retention");
        let canonical = serde_json_canonicalizer::to_vec(&content).unwrap();
        assert_eq!(
            entry.detail["answer_sha256"],
            hex::encode(sha2::Sha256::digest(canonical))
        );
        assert!(answer["retention"].as_array().unwrap().len() > 10);
    }
}

#[tokio::test]
async fn r33_the_manifest_is_forgotten_six_years_after_the_list_and_not_before() {
    let site = Site::live().await;
    site.end().await;
    let ended = site.server.app.now();
    let id = site.id.parse().unwrap();
    let six_years = i64::from(6 * 365 * 24 * 3600);
    for (later, kept) in [(six_years - 1, 1), (six_years, 0)] {
        site.server.clock.0.store(ended.as_second() + later, Ordering::SeqCst);
        assert!(retention::tick(&site.server.app, 0).await);
        let mut tx = site.server.app.store.read().await.unwrap();
        assert_eq!(tx.manifest(id).await.unwrap().len(), kept, "{later}");
    }
}
