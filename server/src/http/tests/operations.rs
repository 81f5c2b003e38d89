//! The lawful life of an operation: proposed, signed by somebody else, started when all is seen to, ended, reviewed.

use super::*;

/// A plan of an operation that begins in ten minutes and lasts twenty.
pub(super) fn plan(server: &Server) -> Value {
    let start = server.app.now() + SignedDuration::from_mins(10);
    let until = server.app.today() + SignedDuration::from_hours(30 * 24);
    let document = |kind: &str| json!({ "kind": kind, "reference": "Shelf 4", "version": "2.0", "review_by": until });
    json!({
        "name": "North gate", "place": "Harbour Road", "ends_at": start + SignedDuration::from_mins(20),
        "plan": {
            "starts_at": start, "purpose": "Find people who must leave", "legal_basis": "Immigration Act", "use_case": "Watchlist",
            "cameras": ["Mast 1, looking at the gate"], "categories": ["Deportation order"], "footfall": 3000,
            "necessity": "They pass here", "proportionality": "Twenty minutes, one gate", "alternatives": "Officers by eye found none",
            "documents": [
                document("data_protection_impact_assessment"), document("equality_impact_assessment"),
                document("appropriate_policy_document"), document("legal_mandate"),
            ],
            "notice": { "text": "Live facial recognition at Harbour Road", "published_on": server.app.today() },
        },
    })
}

pub(super) struct Staff {
    pub(super) commander: Browser,
    pub(super) authoriser: Browser,
    pub(super) lists: Browser,
    pub(super) operator: Browser,
}

pub(super) async fn staff(server: &Server, admin: &Browser) -> Staff {
    let body = json!({ "name": "Force", "contact": "Desk 1", "complaints": "Desk 2" });
    server.put(admin, "/v1/organisation", body).await.ok();
    hired(server, admin).await
}

/// Where nobody has said yet who is responsible for the data.
pub(super) async fn hired(server: &Server, admin: &Browser) -> Staff {
    for (name, roles) in [
        ("Cora", &["commander"][..]),
        ("Abel", &["authorising_officer"]),
        ("Lina", &["list_manager"]),
        ("Otto", &["operator"]),
    ] {
        server.account(admin, name, roles).await;
    }
    let mut operator = server.signed_in("Otto").await;
    server.pair(admin, &mut operator).await;
    Staff {
        commander: server.signed_in("Cora").await,
        authoriser: server.signed_in("Abel").await,
        lists: server.signed_in("Lina").await,
        operator,
    }
}

impl Server {
    pub(super) async fn signed(&self, staff: &Staff, id: &str) {
        let path = format!("/v1/deployments/{id}");
        self.post(&staff.commander, &format!("{path}/submission"), json!({}))
            .await
            .ok();
        let read = self.get(&staff.authoriser, &path).await.ok();
        let body = json!({ "rank": "Superintendent", "content_sha256": read["operation"]["content_sha256"] });
        self.post(&staff.authoriser, &format!("{path}/authorisation"), body)
            .await
            .ok();
    }

    /// Signed, listed, with signs; its start lies ahead.
    pub(super) async fn seen_to(&self, staff: &Staff) -> String {
        self.seen_to_with(staff, plan(self)).await
    }

    pub(super) async fn seen_to_with(&self, staff: &Staff, plan: Value) -> String {
        let answer = self.post(&staff.commander, "/v1/operations", plan).await.ok();
        let id = answer["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/deployments/{id}");
        self.post(&staff.lists, &format!("{path}/entries"), self.wanted("Zebedee", 1))
            .await
            .ok();
        self.signed(staff, &id).await;
        self.put_jpeg(&staff.operator, &format!("{path}/signs"), jpeg(300, 200))
            .await
            .ok();
        id
    }

    async fn stage(&self, who: &Browser, id: &str) -> Value {
        self.get(who, &format!("/v1/deployments/{id}")).await.ok()["operation"]["stage"]["kind"].clone()
    }

    pub(super) async fn blockers(&self, who: &Browser, id: &str) -> Value {
        self.get(who, &format!("/v1/deployments/{id}")).await.ok()["operation"]["blockers"].clone()
    }
}

/// R9: every paper names the controller.
#[tokio::test]
async fn r9_no_operation_is_submitted_or_started_before_somebody_has_said_who_is_responsible() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = hired(&server, &admin).await;
    let planned = server
        .post(&staff.commander, "/v1/operations", plan(&server))
        .await
        .ok();
    assert_eq!(planned["operation"]["missing"], json!([{ "kind": "organisation" }]));
    let id = planned["id"].as_str().unwrap();
    let blockers = server.blockers(&staff.commander, id).await;
    assert!(blockers.as_array().unwrap().contains(&json!("no_organisation")));
    let submission = format!("/v1/deployments/{id}/submission");
    server
        .post(&staff.commander, &submission, json!({}))
        .await
        .is(Kind::PlanIncomplete);
    let body = json!({ "name": "Force", "contact": "Desk 1", "complaints": "Desk 2" });
    server.put(&admin, "/v1/organisation", body).await.ok();
    let submitted = server.post(&staff.commander, &submission, json!({})).await.ok();
    assert_eq!(submitted["operation"]["missing"], json!([]));
    let blockers = server.blockers(&staff.commander, id).await;
    assert!(!blockers.as_array().unwrap().contains(&json!("no_organisation")));
}

/// R2.
#[tokio::test]
async fn r2_a_plan_without_one_of_its_parts_is_not_saved() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let whole = plan(&server);
    server
        .post(&staff.commander, "/v1/operations", whole.clone())
        .await
        .ok();
    for part in ["name", "place", "ends_at"] {
        let mut lacking = whole.clone();
        lacking.as_object_mut().unwrap().remove(part);
        server
            .post(&staff.commander, "/v1/operations", lacking)
            .await
            .is(Kind::Invalid);
    }
    for part in [
        "starts_at",
        "purpose",
        "legal_basis",
        "use_case",
        "cameras",
        "categories",
        "footfall",
        "necessity",
        "proportionality",
        "alternatives",
        "documents",
    ] {
        let mut lacking = whole.clone();
        lacking["plan"].as_object_mut().unwrap().remove(part);
        server
            .post(&staff.commander, "/v1/operations", lacking)
            .await
            .is(Kind::Invalid);
    }
    for (part, empty) in [("purpose", json!("  ")), ("cameras", json!([])), ("footfall", json!(0))] {
        let mut lacking = whole.clone();
        lacking["plan"][part] = empty;
        server
            .post(&staff.commander, "/v1/operations", lacking)
            .await
            .is(Kind::Invalid);
    }
    let hours = |n| server.app.now() + SignedDuration::from_hours(n);
    for (start, end) in [(2, 1), (1, 26), (-30, -1), (24 * 91, 24 * 91 + 1)] {
        let mut wrong = whole.clone();
        wrong["plan"]["starts_at"] = json!(hours(start));
        wrong["ends_at"] = json!(hours(end));
        server
            .post(&staff.commander, "/v1/operations", wrong)
            .await
            .is(Kind::Invalid);
    }
}

/// R3, R31, R115.
#[tokio::test]
async fn r3_somebody_else_signs_over_what_she_read_and_it_is_written_down() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    server
        .account(&admin, "Both", &["commander", "authorising_officer"])
        .await;
    let both = server.signed_in("Both").await;
    let answer = server.post(&both, "/v1/operations", plan(&server)).await.ok();
    let id = answer["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/deployments/{id}");
    let sign = async |who: &Browser, content: &Value| {
        let body = json!({ "rank": "Superintendent", "content_sha256": content });
        server.post(who, &format!("{path}/authorisation"), body).await
    };
    let content = answer["operation"]["content_sha256"].clone();
    sign(&staff.authoriser, &content).await.is(Kind::WrongStage);
    server.post(&both, &format!("{path}/submission"), json!({})).await.ok();
    sign(&both, &content).await.is(Kind::OwnPlan);
    sign(&staff.commander, &content).await.is(Kind::NotAllowed);
    sign(&staff.authoriser, &json!("00".repeat(32)))
        .await
        .is(Kind::PlanChanged);
    server
        .post(&staff.lists, &format!("{path}/entries"), server.wanted("Zebedee", 1))
        .await
        .ok();
    let signed = sign(&staff.authoriser, &content).await.ok();
    let signature = &signed["operation"]["stage"]["signature"];
    assert_eq!(
        (&signature["name"], &signature["rank"], &signature["content"]),
        (&json!("Abel"), &json!("Superintendent"), &content)
    );
    assert_eq!((&signature["people"], &signature["photos"]), (&json!(1), &json!(1)));
    // 3,000 faces at one in 6,000.
    assert_eq!(signature["false_alerts"], 0.5);
    assert!((0.5..0.7).contains(&signature["threshold"].as_f64().unwrap()));
    let mut tx = server.app.store.read().await.unwrap();
    let last = tx.last_audit().await.unwrap().unwrap();
    assert_eq!(
        (last.action.as_str(), &last.detail["content_sha256"]),
        ("operation_authorised", &content)
    );
}

/// R1, R4.
#[tokio::test]
async fn r4_another_plan_voids_the_signature_and_stops_a_live_operation() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    let path = format!("/v1/deployments/{id}");
    let mut other = plan(&server);
    other["plan"]["purpose"] = json!("Something else");
    server
        .put(&staff.commander, &format!("{path}/plan"), other.clone())
        .await
        .ok();
    assert_eq!(server.stage(&staff.commander, &id).await, "planned");
    server.signed(&staff, &id).await;
    server
        .put_jpeg(&staff.operator, &format!("{path}/signs"), jpeg(300, 200))
        .await
        .ok();
    server.wait(600);
    server
        .post(&staff.commander, &format!("{path}/start"), json!({}))
        .await
        .ok();
    assert!(server.finds(&id, 1).await);
    server.put(&staff.commander, &format!("{path}/plan"), other).await.ok();
    server
        .offer(&staff.operator, &id, &server.candidate(1, 1))
        .await
        .is(Kind::DeploymentNotLive);
    assert_eq!(server.get(&staff.commander, &path).await.ok()["state"]["kind"], "draft");
    server
        .post(&staff.commander, &format!("{path}/start"), json!({}))
        .await
        .is(Kind::StartBlocked);
}

/// R6.
#[tokio::test]
async fn r6_a_signature_that_is_withdrawn_ends_the_operation_and_deletes_its_data() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    let path = format!("/v1/deployments/{id}");
    let why = json!({ "reason": "The place is closed" });
    server
        .post(&staff.authoriser, &format!("{path}/withdrawal"), why.clone())
        .await
        .is(Kind::WrongStage);
    server.wait(600);
    server
        .post(&staff.commander, &format!("{path}/start"), json!({}))
        .await
        .ok();
    let ended = server
        .post(&staff.authoriser, &format!("{path}/withdrawal"), why)
        .await
        .ok();
    assert_eq!(
        (&ended["state"]["kind"], &ended["entries"]),
        (&json!("ended"), &json!(0))
    );
    assert_eq!(ended["operation"]["withdrawal"]["reason"], "The place is closed");
    assert!(!server.key_file(&id).exists());
}

/// R3: sent back with a reason, and signed off again before the start.
#[tokio::test]
async fn r3_a_plan_is_sent_back_with_a_reason() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    let path = format!("/v1/deployments/{id}/refusal");
    let why = json!({ "reason": "The zone is too wide" });
    let sent_back = server.post(&staff.authoriser, &path, why.clone()).await.ok();
    let stage = &sent_back["operation"]["stage"];
    assert_eq!(
        (&stage["kind"], &stage["refusal"]["reason"]),
        (&json!("planned"), &json!("The zone is too wide"))
    );
    server.post(&staff.authoriser, &path, why).await.is(Kind::WrongStage);
}

/// R7, R1: no hand is needed for the start or the end, and nothing is matched outside the window.
#[tokio::test]
async fn r7_an_operation_starts_and_ends_by_itself_at_its_times() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    let path = format!("/v1/deployments/{id}");
    assert_eq!(server.blockers(&staff.commander, &id).await, json!(["too_early"]));
    server
        .post(&staff.commander, &format!("{path}/start"), json!({}))
        .await
        .is(Kind::StartBlocked);
    server.wait(599);
    assert!(retention::tick(&server.app, 1).await);
    server
        .offer(&staff.operator, &id, &server.candidate(1, 1))
        .await
        .is(Kind::DeploymentNotLive);
    server.wait(1);
    assert!(retention::tick(&server.app, 2).await);
    server.offer(&staff.operator, &id, &server.candidate(2, 1)).await.ok();
    assert_eq!(server.alerts(&staff.operator, &id).await.len(), 1);
    server.wait(600);
    server.get(&staff.operator, "/v1/session").await.ok();
    server.wait(600);
    server
        .offer(&staff.operator, &id, &server.candidate(3, 1))
        .await
        .is(Kind::DeploymentNotLive);
    assert!(retention::tick(&server.app, 3).await);
    let ended = server.get(&server.signed_in("Cora").await, &path).await.ok();
    assert_eq!(
        (&ended["state"]["reason"], &ended["entries"]),
        (&json!("time"), &json!(0))
    );
}

/// R8.
#[tokio::test]
async fn r8_nothing_is_signed_without_each_document_in_date() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    for lacks in 0..4 {
        let mut without = plan(&server);
        without["plan"]["documents"].as_array_mut().unwrap().remove(lacks);
        let id = server.post(&staff.commander, "/v1/operations", without).await.ok();
        assert_eq!(id["operation"]["missing"].as_array().unwrap().len(), 1);
        let path = format!("/v1/deployments/{}/submission", id["id"].as_str().unwrap());
        server
            .post(&staff.commander, &path, json!({}))
            .await
            .is(Kind::PlanIncomplete);
    }
    let mut out_of_date = plan(&server);
    out_of_date["plan"]["documents"][1]["review_by"] = json!(server.app.today() - SignedDuration::from_hours(24));
    let answer = server.post(&staff.commander, "/v1/operations", out_of_date).await.ok();
    assert_eq!(
        answer["operation"]["missing"],
        json!([{ "kind": "document_out_of_date", "document": "equality_impact_assessment" }])
    );
}

/// R9, R10, R20, R21: each thing that must be seen to blocks by itself.
#[tokio::test]
async fn r10_no_start_without_notice_signs_and_a_fresh_watchlist() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let mut later = plan(&server);
    later["plan"]["starts_at"] = json!(server.app.now() + SignedDuration::from_hours(48));
    later["ends_at"] = json!(server.app.now() + SignedDuration::from_hours(50));
    later["plan"]["notice"] = Value::Null;
    let answer = server
        .post(&staff.commander, "/v1/operations", later.clone())
        .await
        .ok();
    let id = answer["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/deployments/{id}");
    assert_eq!(
        server.blockers(&staff.commander, &id).await,
        json!([
            "not_authorised",
            "no_public_notice",
            "signs_not_confirmed",
            "watchlist_empty",
            "too_early"
        ])
    );
    server
        .put_jpeg(&staff.operator, &format!("{path}/signs"), jpeg(300, 200))
        .await
        .is(Kind::WrongStage);
    later["plan"]["notice"] = json!({ "text": "Here", "published_on": server.app.today() });
    server.put(&staff.commander, &format!("{path}/plan"), later).await.ok();
    server
        .post(&staff.lists, &format!("{path}/entries"), server.wanted("Zebedee", 1))
        .await
        .ok();
    server.signed(&staff, &id).await;
    server
        .put_jpeg(&staff.operator, &format!("{path}/signs"), b"no jpeg".to_vec())
        .await
        .is(Kind::PhotoInvalid);
    let confirmed = server
        .put_jpeg(&staff.operator, &format!("{path}/signs"), jpeg(300, 200))
        .await
        .ok();
    assert_eq!(confirmed["operation"]["signage"]["name"], "Otto");
    server.wait(48 * 3600);
    let lists = server.signed_in("Lina").await;
    let commander = server.signed_in("Cora").await;
    assert_eq!(server.blockers(&commander, &id).await, json!(["watchlist_out_of_date"]));
    server
        .post(&lists, &format!("{path}/watchlist-check"), json!({}))
        .await
        .ok();
    assert_eq!(server.blockers(&commander, &id).await, json!([]));
    server.post(&commander, &format!("{path}/start"), json!({})).await.ok();
}

/// R13.
#[tokio::test]
async fn r13_an_operation_that_became_a_draft_again_is_ended_and_reviewed_before_the_next() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let mut staff = staff(&server, &admin).await;
    let first = server.seen_to(&staff).await;
    server.wait(600);
    let path = format!("/v1/deployments/{first}");
    server
        .post(&staff.commander, &format!("{path}/start"), json!({}))
        .await
        .ok();
    server
        .put(&staff.commander, &format!("{path}/plan"), plan(&server))
        .await
        .ok();
    // It may go on itself, once it is signed again; no other may start.
    let blockers = server.blockers(&staff.commander, &first).await;
    assert!(
        !blockers.as_array().unwrap().contains(&json!("review_due")),
        "{blockers}"
    );
    staff.lists = server.signed_in("Lina").await;
    let second = server.seen_to(&staff).await;
    let blockers = server.blockers(&staff.commander, &second).await;
    assert!(
        blockers.as_array().unwrap().contains(&json!("review_due")),
        "{blockers}"
    );
}

#[tokio::test]
async fn r13_the_next_operation_waits_for_the_review_of_the_last_one() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let first = server.seen_to(&staff).await;
    server.wait(600);
    let path = format!("/v1/deployments/{first}");
    server
        .post(&staff.commander, &format!("{path}/start"), json!({}))
        .await
        .ok();
    server
        .post(&staff.commander, &format!("{path}/end"), json!({}))
        .await
        .ok();
    let staff = Staff {
        commander: server.signed_in("Cora").await,
        authoriser: server.signed_in("Abel").await,
        lists: server.signed_in("Lina").await,
        operator: staff.operator,
    };
    let second = server.seen_to(&staff).await;
    assert_eq!(
        server.blockers(&staff.commander, &second).await,
        json!(["too_early", "review_due"])
    );
    let sign_off = json!({ "rank": "Superintendent" });
    let sign_path = format!("{path}/review/sign-off");
    server
        .post(&staff.authoriser, &sign_path, sign_off.clone())
        .await
        .is(Kind::WrongStage);
    let review = json!({ "outcomes": "No alert", "complaints": 0, "lessons": "None" });
    server
        .put(&staff.commander, &format!("{path}/review"), review.clone())
        .await
        .ok();
    assert_eq!(
        server.blockers(&staff.commander, &second).await,
        json!(["too_early", "review_due"])
    );
    // What is signed is what was read.
    let read = server.get(&staff.authoriser, &path).await.ok()["operation"]["review"]["at"].clone();
    server.wait(1);
    let anew = json!({ "outcomes": "No alert", "complaints": 7, "lessons": "None" });
    server.put(&staff.commander, &format!("{path}/review"), anew).await.ok();
    let signing = |read: &Value| json!({ "rank": "Superintendent", "written_at": read });
    server
        .post(&staff.authoriser, &sign_path, signing(&read))
        .await
        .is(Kind::ReviewChanged);
    let read = server.get(&staff.authoriser, &path).await.ok()["operation"]["review"]["at"].clone();
    let signed = server.post(&staff.authoriser, &sign_path, signing(&read)).await.ok();
    assert_eq!(signed["operation"]["review"]["sign_off"]["name"], "Abel");
    assert_eq!(signed["operation"]["review"]["complaints"], 7);
    server
        .put(&staff.commander, &format!("{path}/review"), review)
        .await
        .is(Kind::WrongStage);
    assert_eq!(server.blockers(&staff.commander, &second).await, json!(["too_early"]));
}

/// R1, R117.
#[tokio::test]
async fn r1_an_operation_is_live_alone() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let (exercise, _) = server.live(&admin).await;
    let id = server.seen_to(&staff).await;
    server.wait(600);
    assert_eq!(
        server.blockers(&staff.commander, &id).await,
        json!(["other_deployment_live"])
    );
    let waiting = server.draft(&admin).await;
    server
        .post(
            &admin,
            &format!("/v1/deployments/{waiting}/entries"),
            server.entry("Volunteer", 3),
        )
        .await
        .ok();
    server
        .post(&admin, &format!("/v1/deployments/{exercise}/end"), json!({}))
        .await
        .ok();
    server
        .post(&staff.commander, &format!("/v1/deployments/{id}/start"), json!({}))
        .await
        .ok();
    server
        .post(&admin, &format!("/v1/deployments/{waiting}/start"), json!({}))
        .await
        .is(Kind::OperationLive);
}

/// R115, R116.
#[tokio::test]
async fn r116_whoever_signed_or_is_not_trained_does_not_work_the_operation() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let account = server
        .account(&admin, "Both", &["authorising_officer", "operator"])
        .await;
    let mut both = server.signed_in("Both").await;
    server.pair(&admin, &mut both).await;
    let answer = server
        .post(&staff.commander, "/v1/operations", plan(&server))
        .await
        .ok();
    let id = answer["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/deployments/{id}");
    server.get(&both, &format!("{path}/zone")).await.ok();
    let staff_of_both = Staff {
        authoriser: both.clone(),
        ..staff
    };
    server.signed(&staff_of_both, &id).await;
    server.get(&both, &format!("{path}/zone")).await.is(Kind::NotAllowed);
    server.get(&staff_of_both.operator, &format!("{path}/zone")).await.ok();

    let untrained = json!({ "roles": [{ "role": "operator", "trained_until": null }] });
    server
        .put(&admin, &format!("/v1/users/{account}/roles"), untrained)
        .await
        .ok();
    let refusal = server.get(&both, &format!("{path}/zone")).await.is(Kind::NotAllowed);
    assert!(refusal["detail"].as_str().unwrap().contains("training"), "{refusal}");
    let exercise = server.draft(&admin).await;
    server
        .get(&both, &format!("/v1/deployments/{exercise}/zone"))
        .await
        .ok();
}

/// R14.
#[tokio::test]
async fn r14_the_versions_in_force_are_kept_and_what_changed_since_the_last_operation_is_shown() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let first = server.seen_to(&staff).await;
    let path = format!("/v1/deployments/{first}");
    server.wait(600);
    for step in ["start", "end"] {
        server
            .post(&staff.commander, &format!("{path}/{step}"), json!({}))
            .await
            .ok();
    }
    let mut next = plan(&server);
    next["plan"]["documents"][2]["version"] = json!("3.0");
    let answer = server.post(&staff.commander, "/v1/operations", next).await.ok();
    assert_eq!(
        answer["operation"]["changed_documents"],
        json!(["appropriate_policy_document"])
    );
    let before = server.get(&staff.commander, &path).await.ok();
    assert_eq!(before["operation"]["plan"]["documents"][2]["version"], "2.0");
    assert_eq!(before["operation"]["changed_documents"], json!([]));
}

/// R97.
#[tokio::test]
async fn r97_an_auditor_reads_the_whole_journal_and_no_picture() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    server.account(&admin, "Audrey", &["auditor"]).await;
    let audrey = server.signed_in("Audrey").await;
    let (id, entry) = server.live(&admin).await;
    for n in 0..120 {
        server.account(&admin, &format!("Person {n}"), &["engineer"]).await;
    }
    let last = server.get(&audrey, "/v1/journal").await.ok();
    let last = last.as_array().unwrap();
    assert_eq!((last.len(), &last[0]["action"]), (100, &json!("account_made")));
    assert_eq!(last[0]["user_name"], "Ann Admin");
    let rest = server
        .get(&audrey, &format!("/v1/journal?before={}", last[99]["seq"]))
        .await
        .ok();
    let rest = rest.as_array().unwrap();
    assert_eq!(
        (&rest.last().unwrap()["seq"], &rest.last().unwrap()["action"]),
        (&json!(1), &json!("set_up"))
    );
    let started = rest
        .iter()
        .find(|entry| entry["action"] == "deployment_started")
        .unwrap();
    assert_eq!(
        (&started["subject"], &started["subject_name"]),
        (&json!(id), &json!("Pilot"))
    );
    server
        .get(&audrey, &format!("/v1/deployments/{id}/entries/{entry}/photo"))
        .await
        .is(Kind::NotAllowed);
}

/// R114: nobody gives roles to themselves, and somebody always administers.
#[tokio::test]
async fn r114_roles_are_given_by_somebody_else() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let users = server.get(&admin, "/v1/users").await.ok();
    let own = users[0]["id"].as_str().unwrap().to_owned();
    let all = json!({ "roles": [{ "role": "administrator" }, { "role": "commander", "trained_until": "2099-01-01" }] });
    server
        .put(&admin, &format!("/v1/users/{own}/roles"), all.clone())
        .await
        .is(Kind::OwnRoles);
    server.account(&admin, "Second", &["administrator"]).await;
    let second = server.signed_in("Second").await;
    let given = server.put(&second, &format!("/v1/users/{own}/roles"), all).await.ok();
    assert_eq!(given["roles"].as_array().unwrap().len(), 2);
    let nothing = json!({ "roles": [] });
    server
        .put(&second, &format!("/v1/users/{own}/roles"), nothing)
        .await
        .is(Kind::Invalid);
    let twice = json!({ "roles": [{ "role": "operator" }, { "role": "operator" }] });
    server
        .put(&second, &format!("/v1/users/{own}/roles"), twice)
        .await
        .is(Kind::Invalid);
}

/// R83, R84, R85.
#[tokio::test]
async fn r83_the_published_row_has_exactly_its_columns_and_the_false_alert_rate_its_interval() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    let path = format!("/v1/deployments/{id}");
    server
        .get(&staff.commander, &format!("{path}/publication"))
        .await
        .is(Kind::NotDeletedYet);
    server.wait(600);
    server
        .post(&staff.commander, &format!("{path}/start"), json!({}))
        .await
        .ok();
    for (track, verdict) in [(1, "false"), (2, "inconclusive"), (3, "true")] {
        server
            .offer(&staff.operator, &id, &server.candidate(track, 1))
            .await
            .ok();
        let alerts = server.alerts(&staff.operator, &id).await;
        let open = alerts.iter().find(|alert| alert["state"]["kind"] == "open").unwrap();
        server.decide(&staff.operator, open, "\"1\"", verdict).await.ok();
        server.wait(1);
    }
    let tally = json!({ "id": delivery(), "faces_seen": 420, "not_assessable": 20 });
    server
        .post(&staff.operator, &format!("{path}/tallies"), tally)
        .await
        .ok();
    server.wait(51);
    let ended = server
        .post(&staff.commander, &format!("{path}/end"), json!({}))
        .await
        .ok();
    let rates = &ended["false_alerts"];
    assert_eq!(
        (&rates["count"], &rates["faces_seen"], &rates["alerts"]),
        (&json!(1), &json!(400), &json!(3))
    );
    assert_eq!(rates["per_face"]["value"], json!(0.0025));
    assert!(
        (rates["per_face"]["high"].as_f64().unwrap() - 0.013_849).abs() < 1e-5,
        "{rates}"
    );
    assert!(
        server
            .get(&staff.operator, &path)
            .await
            .ok()
            .get("false_alerts")
            .is_none()
    );

    let answer = server.get(&staff.commander, &format!("{path}/publication")).await;
    let text = String::from_utf8(answer.bytes).unwrap();
    let rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(
        rows[0],
        [
            "location",
            "date",
            "type",
            "duration",
            "cameras",
            "watchlist number",
            "threshold",
            "total alerts",
            "positive alerts",
            "positive interventions",
            "incorrect alerts",
            "incorrect interventions",
            "arrests/disposals",
            "faces seen",
            "incorrect alert rate",
        ]
    );
    let signed: f64 = rows[1][6].parse().unwrap();
    assert!((0.5..0.7).contains(&signed));
    let row: Vec<&str> = rows[1]
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != 6)
        .map(|(_, cell)| cell.as_str())
        .collect();
    assert_eq!(
        row,
        [
            "Harbour Road",
            "2027-01-15",
            "Watchlist",
            "1 minutes",
            "1",
            "1",
            "3",
            "1",
            "0",
            "1",
            "0",
            "0 arrests, 0 other action, 0 no further action",
            "400",
            "0.2500 %"
        ]
    );
    assert_eq!(rows.len(), 2);
}

/// R31: what was signed for holds.
#[tokio::test]
async fn r31_a_watchlist_that_grew_after_the_signature_must_be_signed_for_again() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    let path = format!("/v1/deployments/{id}");
    server.wait(600);
    let entries = format!("{path}/entries");
    server
        .post(&staff.lists, &entries, server.wanted("Another", 2))
        .await
        .ok();
    assert_eq!(server.blockers(&staff.commander, &id).await, json!(["watchlist_grew"]));
    assert!(retention::tick(&server.app, 1).await);
    assert_eq!(server.get(&staff.commander, &path).await.ok()["state"]["kind"], "draft");
    let why = json!({ "reason": "The list grew" });
    server
        .post(&staff.authoriser, &format!("{path}/refusal"), why)
        .await
        .ok();
    server.signed(&staff, &id).await;
    assert_eq!(server.blockers(&staff.commander, &id).await, json!([]));
    server
        .post(&staff.commander, &format!("{path}/start"), json!({}))
        .await
        .ok();
}
