//! From a true alert to what was done about the person, and to what is published of it.

use super::operations::{Staff, plan, staff};
use super::*;

/// A live operation with an alert, two officers and whoever else it takes.
pub(super) struct Operation {
    pub(super) server: Server,
    pub(super) staff: Staff,
    /// Speaks to people.
    pub(super) petra: Browser,
    pub(super) id: String,
    pub(super) alert: Value,
}

pub(super) async fn operation(single_person: Option<&str>) -> Operation {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    server.account(&admin, "Petra", &["engagement_officer"]).await;
    let mut petra = server.signed_in("Petra").await;
    server.pair(&admin, &mut petra).await;
    let mut proposed = plan(&server);
    if let Some(why) = single_person {
        proposed["plan"]["single_person"] = json!(why);
    }
    let id = server.seen_to_with(&staff, proposed).await;
    server.wait(600);
    server
        .post(&staff.commander, &format!("/v1/deployments/{id}/start"), json!({}))
        .await
        .ok();
    let mut operation = Operation {
        server,
        staff,
        petra,
        id,
        alert: Value::Null,
    };
    operation.alert = operation.raise(1).await;
    operation
}

impl Operation {
    /// Of the person of seed 1, seen for the first time in a while; nobody deals with them.
    pub(super) async fn raise(&self, track: u128) -> Value {
        self.server.wait(61);
        let candidate = self.server.candidate(track, 1);
        self.server.offer(&self.staff.operator, &self.id, &candidate).await.ok();
        let track = json!(Uuid::from_u128(track));
        let alerts = self.server.alerts(&self.staff.operator, &self.id).await;
        alerts.into_iter().find(|alert| alert["track"] == track).unwrap()
    }

    /// As a delivery of its own, where `body` doesn't say of which.
    async fn send(&self, who: &Browser, method: &str, alert: &Value, what: &str, mut body: Value) -> Answer {
        let number = match what {
            "engagement" | "identity-checks" => Some(json!({ "id": delivery() })),
            "adjudication" | "confirmation" => Some(json!(delivery())),
            _ => None,
        };
        if let (Some(fields), Some(number)) = (body.as_object_mut(), number) {
            fields.entry("delivery").or_insert(number);
        }
        let path = format!("/v1/alerts/{}/{what}", alert["id"].as_str().unwrap());
        let request = Server::request(method, &path, who)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::IF_MATCH, "\"1\"");
        self.server
            .send(request.body(Body::from(body.to_string())).unwrap())
            .await
    }

    pub(super) async fn confirm(&self, who: &Browser, alert: &Value, verdict: &str) -> Answer {
        self.server.look(who, alert).await;
        self.send(who, "POST", alert, "confirmation", json!({ "verdict": verdict }))
            .await
    }

    pub(super) async fn engage(&self, who: &Browser, alert: &Value, outcome: Value) -> Answer {
        self.send(who, "PUT", alert, "engagement", json!({ "outcome": outcome }))
            .await
    }

    pub(super) async fn check_identity(&self, who: &Browser, alert: &Value) -> Answer {
        let body = json!({ "kind": "fingerprints", "lawful_basis": "criminal_evidence", "at": self.server.app.now() });
        self.send(who, "POST", alert, "identity-checks", body).await
    }

    async fn observe(&self, alert: &Value, sex: &str) -> Answer {
        let body = json!({ "sex": sex, "age_band": "from_25_to_44", "ethnicity": "white" });
        self.send(&self.petra, "POST", alert, "observation", body).await
    }

    /// Decided true by the operator, confirmed by the officer on the spot.
    pub(super) async fn confirmed(&self, track: u128) -> Value {
        let alert = self.raise(track).await;
        self.server
            .decide(&self.staff.operator, &alert, "\"1\"", "true")
            .await
            .ok();
        self.confirm(&self.petra, &alert, "confirmed").await.ok();
        alert
    }

    fn contact(&self, disposal: &str) -> Value {
        json!({
            "started_at": self.server.app.now(), "minutes": 4, "explanation_given": true, "leaflet_given": true,
            "force_used": false, "complaint": false, "disposal": disposal,
        })
    }

    pub(super) fn engaged(&self, kind: &str, disposal: &str) -> Value {
        json!({ "kind": kind, "contact": self.contact(disposal) })
    }

    pub(super) async fn end(&self) {
        let path = format!("/v1/deployments/{}/end", self.id);
        self.server.post(&self.staff.commander, &path, json!({})).await.ok();
    }
}

/// R64.
#[tokio::test]
async fn r64_two_people_confirm_before_an_engagement() {
    let op = operation(None).await;
    let (operator, petra, alert) = (&op.staff.operator, &op.petra, &op.alert);
    let deployment = op.server.get(operator, &format!("/v1/deployments/{}", op.id)).await;
    assert_eq!(deployment.ok()["two_people"], true);
    let done = op.engaged("engaged_true", "arrest");
    op.engage(petra, alert, done.clone()).await.is(Kind::NotTrue);
    op.confirm(petra, alert, "confirmed").await.is(Kind::NotTrue);
    let waiting = async || {
        let path = format!("/v1/deployments/{}", op.id);
        let waiting = op.server.get(&op.staff.commander, &path).await.ok()["waiting"].clone();
        (waiting["alerts"].as_u64().unwrap(), waiting["sights"].as_u64().unwrap())
    };
    assert_eq!(waiting().await, (1, 0));
    let decided = op.server.decide(operator, alert, "\"1\"", "true").await.ok();
    assert_eq!(decided[0]["state"]["sight"], Value::Null);
    assert_eq!(waiting().await, (0, 1));
    for who in [operator, petra] {
        op.engage(who, alert, done.clone()).await.is(Kind::NotConfirmed);
        op.check_identity(who, alert).await.is(Kind::NotConfirmed);
    }
    op.confirm(operator, alert, "confirmed").await.is(Kind::OwnDecision);

    let confirmed = op.confirm(petra, alert, "confirmed").await.ok();
    assert_eq!(waiting().await, (0, 0));
    let sight = &confirmed["state"]["sight"];
    assert_eq!(
        (
            &confirmed["state"]["by"]["name"],
            &sight["by"]["name"],
            &sight["verdict"]
        ),
        (&json!("Otto"), &json!("Petra"), &json!("confirmed"))
    );
    op.confirm(petra, alert, "not_confirmed")
        .await
        .is(Kind::AlreadyConfirmed);
    op.engage(petra, alert, done).await.ok();

    let mut tx = op.server.app.store.read().await.unwrap();
    let journal = tx.audit_of(alert["id"].as_str().unwrap()).await.unwrap();
    let who = |action: &str| {
        let row = journal.iter().find(|row| row.action == action).unwrap();
        match row.actor {
            Actor::Device(_, user) => user,
            other => panic!("{other:?}"),
        }
    };
    assert_ne!(who("alert_adjudicated"), who("alert_confirmed"));
    assert_eq!(who("alert_confirmed"), who("alert_engaged"));
}

/// R64, R67: the second judgement is one of her own, on her own screen.
#[tokio::test]
async fn r64_the_second_person_looks_before_she_answers() {
    let op = operation(None).await;
    op.server
        .decide(&op.staff.operator, &op.alert, "\"1\"", "true")
        .await
        .ok();
    let body = json!({ "verdict": "confirmed" });
    let at_once = op.send(&op.petra, "POST", &op.alert, "confirmation", body).await;
    at_once.is(Kind::TooSoon);
    let path = format!("/v1/alerts/{}/confirmation", op.alert["id"].as_str().unwrap());
    op.server
        .post(
            &op.petra,
            &path,
            json!({ "verdict": "confirmed", "delivery": delivery() }),
        )
        .await
        .is(Kind::VersionRequired);
}

/// R64: two who answer at once.
#[tokio::test]
async fn r64_of_two_answers_at_once_one_counts_and_the_other_learns_whose() {
    let op = operation(None).await;
    op.server
        .decide(&op.staff.operator, &op.alert, "\"1\"", "true")
        .await
        .ok();
    let admin = op.server.signed_in("Ann Admin").await;
    op.server.account(&admin, "Paul", &["engagement_officer"]).await;
    let mut paul = op.server.signed_in("Paul").await;
    op.server.pair(&admin, &mut paul).await;
    let (one, other) = tokio::join!(
        op.confirm(&op.petra, &op.alert, "confirmed"),
        op.confirm(&paul, &op.alert, "not_confirmed")
    );
    let (counted, told) = if one.status.is_success() {
        (one, other)
    } else {
        (other, one)
    };
    let who = counted.ok()["state"]["sight"]["by"]["name"]
        .as_str()
        .unwrap()
        .to_owned();
    let problem = told.is(Kind::AlreadyConfirmed);
    assert!(problem["detail"].as_str().unwrap().contains(&who), "{problem}");
}

/// R64: a "no" on the spot is final, nobody is engaged, and the alert was false.
#[tokio::test]
async fn r64_a_person_who_is_not_confirmed_is_not_engaged_and_counts_as_a_false_alert() {
    let op = operation(None).await;
    op.server
        .decide(&op.staff.operator, &op.alert, "\"1\"", "true")
        .await
        .ok();
    op.confirm(&op.petra, &op.alert, "not_confirmed").await.ok();
    let done = op.engaged("engaged_true", "arrest");
    op.engage(&op.petra, &op.alert, done).await.is(Kind::NotConfirmed);
    op.check_identity(&op.petra, &op.alert).await.is(Kind::NotConfirmed);
    // Whoever comes next may be somebody else.
    let candidate = op.server.candidate(2, 1);
    op.server.offer(&op.staff.operator, &op.id, &candidate).await.ok();
    assert_eq!(op.server.alerts(&op.petra, &op.id).await.len(), 2);
    let rates = op
        .server
        .get(&op.staff.commander, &format!("/v1/deployments/{}", op.id))
        .await
        .ok();
    assert_eq!(rates["false_alerts"]["count"], 1);
}

/// R64: what the authorising officer signed for, with the reason.
#[tokio::test]
async fn r64_one_person_is_enough_where_the_signed_plan_says_why() {
    let why = "One officer a boat; nobody else can be there in time";
    let op = operation(Some(why)).await;
    let operator = &op.staff.operator;
    let deployment = op
        .server
        .get(operator, &format!("/v1/deployments/{}", op.id))
        .await
        .ok();
    assert_eq!(
        (
            &deployment["two_people"],
            &deployment["operation"]["plan"]["single_person"]
        ),
        (&json!(false), &json!(why))
    );
    let done = op.engaged("engaged_true", "no_further_action");
    op.engage(operator, &op.alert, done.clone()).await.is(Kind::NotTrue);
    op.server.decide(operator, &op.alert, "\"1\"", "true").await.ok();
    let decided = op
        .server
        .get(operator, &format!("/v1/deployments/{}", op.id))
        .await
        .ok();
    assert_eq!(decided["waiting"]["sights"], 0);
    op.engage(operator, &op.alert, done).await.ok();

    // The reason is part of what is signed.
    let mut other = plan(&op.server);
    let draft = op
        .server
        .post(&op.staff.commander, "/v1/operations", other.clone())
        .await
        .ok();
    other["plan"]["single_person"] = json!(why);
    let path = format!("/v1/deployments/{}/plan", draft["id"].as_str().unwrap());
    let amended = op.server.put(&op.staff.commander, &path, other).await.ok();
    assert_ne!(
        amended["operation"]["content_sha256"],
        draft["operation"]["content_sha256"]
    );
}

/// R64: what nobody has signed permits nothing.
#[tokio::test]
async fn r64_a_plan_that_is_changed_to_one_person_needs_two_until_it_is_signed() {
    let op = operation(None).await;
    let operator = &op.staff.operator;
    op.server.decide(operator, &op.alert, "\"1\"", "true").await.ok();
    let mut other = plan(&op.server);
    other["plan"]["single_person"] = json!("Nobody else is there");
    let path = format!("/v1/deployments/{}/plan", op.id);
    let amended = op.server.put(&op.staff.commander, &path, other).await.ok();
    assert_eq!(
        (&amended["state"]["kind"], &amended["two_people"]),
        (&json!("draft"), &json!(true))
    );
    let done = op.engaged("engaged_true", "arrest");
    op.engage(operator, &op.alert, done).await.is(Kind::NotConfirmed);
}

/// R75: receipts go with the end, and none comes after it.
#[tokio::test]
async fn r75_no_screen_says_after_the_end_that_it_had_an_alert() {
    let op = operation(None).await;
    let end = format!("/v1/deployments/{}/end", op.id);
    op.server.post(&op.staff.commander, &end, json!({})).await.ok();
    let path = format!("/v1/alerts/{}/receipts", op.alert["id"].as_str().unwrap());
    let answer = op
        .server
        .post(&op.staff.operator, &path, json!({ "kind": "received" }))
        .await;
    answer.is(Kind::DeploymentEnded);
    let mut tx = op.server.app.store.read().await.unwrap();
    let row = tx
        .alert(op.alert["id"].as_str().unwrap().parse().unwrap())
        .await
        .unwrap();
    assert!(row.unwrap().receipts.is_empty());
}

/// Whoever was taken off the list is not looked for, though a screen still shows the alert.
#[tokio::test]
async fn r21_nobody_is_taken_for_somebody_who_is_not_on_the_list_any_more() {
    let op = operation(None).await;
    let open = op.raise(7).await;
    let decided = op.raise(6).await;
    let confirmed = op.confirmed(5).await;
    op.server
        .decide(&op.staff.operator, &decided, "\"1\"", "true")
        .await
        .ok();
    let entry = open["entry"]["id"].as_str().unwrap();
    let path = format!("/v1/deployments/{}/entries/{entry}", op.id);
    op.server.delete(&op.staff.lists, &path).await.ok();
    op.server
        .decide(&op.staff.operator, &open, "\"1\"", "true")
        .await
        .is(Kind::NotListed);
    op.confirm(&op.petra, &decided, "confirmed").await.is(Kind::NotListed);
    // What was done before is still written down.
    let done = op.engaged("engaged_true", "no_further_action");
    op.engage(&op.petra, &confirmed, done).await.ok();
}

/// R13, R83: what was signed stays what was published.
#[tokio::test]
async fn r13_nothing_is_corrected_once_the_review_is_signed() {
    let op = operation(None).await;
    let alert = op.confirmed(5).await;
    let done = op.engaged("engaged_true", "arrest");
    op.engage(&op.petra, &alert, done).await.ok();
    op.end().await;
    let path = format!("/v1/deployments/{}/review", op.id);
    let review = json!({ "outcomes": "One arrest", "complaints": 0, "lessons": "None" });
    op.server.put(&op.staff.commander, &path, review).await.ok();
    let other = op.engaged("engaged_true", "other_action");
    op.engage(&op.petra, &alert, other.clone()).await.ok();
    let sign = format!("{path}/sign-off");
    op.server
        .post(&op.staff.authoriser, &sign, json!({ "rank": "Superintendent" }))
        .await
        .ok();
    op.engage(&op.petra, &alert, other).await.is(Kind::DeploymentEnded);
}

/// R64: volunteers of an exercise.
#[tokio::test]
async fn r64_an_exercise_needs_one_person_and_says_so() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    let shown = server.get(&admin, &format!("/v1/deployments/{id}")).await.ok();
    assert_eq!(shown["two_people"], false);
}

/// R65: each outcome, with what belongs to it and nothing else.
#[tokio::test]
async fn r65_each_outcome_of_an_engagement_is_kept_with_its_reason_or_disposal() {
    let op = operation(None).await;
    let mut outcomes = vec![
        json!({ "kind": "lost" }),
        json!({ "kind": "not_engaged", "reason": "no_officer_free" }),
    ];
    for disposal in ["arrest", "other_action", "no_further_action"] {
        outcomes.push(op.engaged("engaged_true", disposal));
    }
    outcomes.push(op.engaged("engaged_false", "no_further_action"));
    for (mut outcome, track) in outcomes.into_iter().zip(10..) {
        let alert = op.confirmed(track).await;
        if outcome["contact"].is_object() {
            outcome["contact"]["started_at"] = json!(op.server.app.now());
        }
        let shown = op.engage(&op.petra, &alert, outcome.clone()).await.ok();
        assert_eq!(shown["state"]["engagement"]["outcome"], outcome);
        assert_eq!(shown["state"]["engagement"]["by"]["name"], "Petra");
    }
    let alert = op.confirmed(30).await;
    let mut late = op.engaged("engaged_true", "arrest");
    late["contact"]["started_at"] = json!(op.server.app.now() + SignedDuration::from_mins(6));
    let mut long = op.engaged("engaged_true", "arrest");
    long["contact"]["minutes"] = json!(1441);
    let mut early = op.engaged("engaged_true", "arrest");
    early["contact"]["started_at"] = json!(op.server.app.now() - SignedDuration::from_hours(1));
    for wrong in [
        late,
        long,
        early,
        json!({ "kind": "not_engaged" }),
        json!({ "kind": "engaged_true" }),
        json!({ "kind": "arrested" }),
    ] {
        op.engage(&op.petra, &alert, wrong).await.is(Kind::Invalid);
    }
}

/// R65: that nobody was spoken to needs no second judgement: there was nobody to see.
#[tokio::test]
async fn r65_a_person_who_was_lost_before_anybody_saw_her_is_written_down() {
    let op = operation(None).await;
    op.server
        .decide(&op.staff.operator, &op.alert, "\"1\"", "true")
        .await
        .ok();
    let lost = json!({ "kind": "lost" });
    op.engage(&op.staff.operator, &op.alert, lost.clone()).await.ok();
    let done = op.engaged("engaged_true", "arrest");
    op.engage(&op.staff.operator, &op.alert, done)
        .await
        .is(Kind::NotConfirmed);
    op.engage(&op.petra, &op.alert, lost).await.is(Kind::AlreadyEngaged);
    // She is seen again: that is news.
    let candidate = op.server.candidate(2, 1);
    op.server.offer(&op.staff.operator, &op.id, &candidate).await.ok();
    assert_eq!(op.server.alerts(&op.petra, &op.id).await.len(), 2);
}

/// R66.
#[tokio::test]
async fn r66_what_was_considered_is_recorded_with_the_decision() {
    let op = operation(None).await;
    op.server.look(&op.staff.operator, &op.alert).await;
    let factors = json!({
        "subject": ["ageing", "headwear", "relative"], "system": ["image_quality", "blur"], "environment": ["light", "crowd"],
    });
    let body = |factors: &Value| json!({ "verdict": "inconclusive", "factors": factors });
    for wrong in [
        json!({ "subject": ["handsome"] }),
        json!({ "mood": [] }),
        json!({ "system": ["crowd"] }),
    ] {
        let answer = op
            .send(&op.staff.operator, "POST", &op.alert, "adjudication", body(&wrong))
            .await;
        answer.is(Kind::Invalid);
    }
    let answer = op
        .send(&op.staff.operator, "POST", &op.alert, "adjudication", body(&factors))
        .await;
    assert_eq!(answer.ok()[0]["state"]["factors"], factors);
    assert_eq!(
        op.server.alerts(&op.petra, &op.id).await[0]["state"]["factors"],
        factors
    );
    let mut tx = op.server.app.store.read().await.unwrap();
    let last = tx.last_audit().await.unwrap().unwrap();
    assert_eq!(
        (last.action.as_str(), &last.detail["factors"]),
        ("alert_adjudicated", &factors)
    );
}

/// R72: the form, its correction, and what goes with the end.
#[tokio::test]
async fn r72_the_form_is_kept_whole_corrected_by_its_writer_and_its_texts_go_with_the_end() {
    let op = operation(None).await;
    let alert = op.confirmed(5).await;
    let mut outcome = op.engaged("engaged_true", "arrest");
    let texts = json!({ "outcome": outcome, "officers": ["Constable Quince"], "note": "She spoke of Ebenezer" });
    let shown = op
        .send(&op.petra, "PUT", &alert, "engagement", texts.clone())
        .await
        .ok();
    let kept = &shown["state"]["engagement"];
    assert_eq!(
        (&kept["outcome"], &kept["note"]),
        (&outcome, &json!("She spoke of Ebenezer"))
    );
    assert_eq!(kept["officers"], json!(["Constable Quince"]));
    assert_eq!(kept["outcome"]["contact"]["leaflet_given"], true);

    op.send(&op.staff.operator, "PUT", &alert, "engagement", texts.clone())
        .await
        .is(Kind::AlreadyEngaged);
    outcome["contact"]["force_used"] = json!(true);
    outcome["contact"]["complaint"] = json!(true);
    let mut corrected = texts.clone();
    corrected["outcome"] = outcome.clone();
    let shown = op.send(&op.petra, "PUT", &alert, "engagement", corrected).await.ok();
    assert_eq!(shown["state"]["engagement"]["outcome"], outcome);
    let mut many = texts.clone();
    many["officers"] = json!(["A", "B", "C", "D", "E"]);
    op.send(&op.petra, "PUT", &alert, "engagement", many)
        .await
        .is(Kind::Invalid);
    for text in ["Quince", "Ebenezer"] {
        assert!(!op.server.files_hold(text.as_bytes()), "{text} lies in the clear");
    }

    op.end().await;
    let left = op.server.alerts(&op.petra, &op.id).await;
    let left = left.iter().find(|left| left["id"] == alert["id"]).unwrap();
    let kept = &left["state"]["engagement"];
    assert_eq!(
        (&kept["outcome"], &kept["officers"], &kept["note"]),
        (&outcome, &json!([]), &Value::Null)
    );
    let mut tx = op.server.app.store.read().await.unwrap();
    let journal = format!("{:?}", tx.audit_after(0, 10_000).await.unwrap());
    for text in ["Quince", "Ebenezer"] {
        assert!(!journal.contains(text));
    }
    assert_eq!(journal.matches("alert_engaged").count(), 2, "the correction too");
}

/// R72: what the end overtook is still counted, without words.
#[tokio::test]
async fn r72_an_engagement_that_the_end_overtook_is_taken_for_a_day_without_texts() {
    let op = operation(None).await;
    let unconfirmed = op.raise(6).await;
    let alert = op.confirmed(5).await;
    op.server
        .decide(&op.staff.operator, &unconfirmed, "\"1\"", "true")
        .await
        .ok();
    op.end().await;
    let seen = json!({ "verdict": "confirmed" });
    op.send(&op.petra, "POST", &unconfirmed, "confirmation", seen)
        .await
        .is(Kind::DeploymentEnded);
    let outcome = op.engaged("engaged_true", "arrest");
    let texts = json!({ "outcome": outcome, "note": "Late" });
    op.send(&op.petra, "PUT", &alert, "engagement", texts)
        .await
        .is(Kind::DeploymentEnded);
    op.engage(&op.petra, &alert, outcome.clone()).await.ok();
    op.check_identity(&op.petra, &alert).await.ok();
    op.server.wait(24 * 3600 + 1);
    let petra = op.server.signed_in("Petra").await;
    let mut again = op.petra.clone();
    again.cookies.retain(|(name, _)| name != "vedette_session");
    again.cookies.extend(petra.cookies);
    op.engage(&again, &alert, outcome).await.is(Kind::DeploymentEnded);
}

/// R73.
#[tokio::test]
async fn r73_an_identity_check_is_a_step_with_a_lawful_basis_of_its_own() {
    let op = operation(None).await;
    let alert = op.confirmed(5).await;
    op.engage(&op.petra, &alert, op.engaged("engaged_true", "arrest"))
        .await
        .ok();
    let shown = op.server.alerts(&op.petra, &op.id).await;
    let shown = shown.iter().find(|shown| shown["id"] == alert["id"]).unwrap();
    assert_eq!(shown["identity_checks"], json!([]), "an engagement implies none");
    let checked = op.check_identity(&op.petra, &alert).await.ok();
    assert_eq!(
        checked["identity_checks"],
        json!([{
            "kind": "fingerprints", "lawful_basis": "criminal_evidence", "at": op.server.app.now(),
            "by": checked["state"]["sight"]["by"],
        }])
    );
    assert_eq!(
        op.check_identity(&op.petra, &alert).await.ok(),
        checked,
        "said twice, written once"
    );
    for wrong in [
        json!({ "kind": "fingerprints", "at": op.server.app.now() }),
        json!({ "kind": "fingerprints", "lawful_basis": "", "at": op.server.app.now() }),
        json!({ "kind": "document", "lawful_basis": "consent", "at": op.server.app.now() - SignedDuration::from_hours(2) }),
    ] {
        op.send(&op.petra, "POST", &alert, "identity-checks", wrong)
            .await
            .is(Kind::Invalid);
    }
    let mut tx = op.server.app.store.read().await.unwrap();
    let journal = tx.audit_of(alert["id"].as_str().unwrap()).await.unwrap();
    let checks: Vec<_> = journal.iter().filter(|row| row.action == "identity_checked").collect();
    assert_eq!(checks.len(), 1);
    assert_eq!(checks[0].detail["lawful_basis"], "criminal_evidence");
}

/// R74.
#[tokio::test]
async fn r74_what_was_observed_of_people_engaged_by_mistake_is_counted_and_small_counts_are_not_told() {
    let op = operation(None).await;
    let path = format!("/v1/deployments/{}/observations", op.id);
    // Enough that six mistakes stay below the ceiling.
    let passed = json!({ "id": delivery(), "faces_seen": 10_000, "not_assessable": 0 });
    let tallies = format!("/v1/deployments/{}/tallies", op.id);
    op.server.post(&op.staff.operator, &tallies, passed).await.ok();
    let alert = op.confirmed(5).await;
    op.observe(&alert, "female").await.is(Kind::NotObserved);
    op.engage(&op.petra, &alert, op.engaged("engaged_true", "arrest"))
        .await
        .ok();
    op.observe(&alert, "female").await.is(Kind::NotObserved);
    for track in 10..16 {
        let alert = op.confirmed(track).await;
        op.engage(&op.petra, &alert, op.engaged("engaged_false", "no_further_action"))
            .await
            .ok();
        let sex = if track == 10 { "male" } else { "female" };
        op.observe(&alert, sex).await.ok();
        op.observe(&alert, sex).await.is(Kind::NotObserved);
        op.engage(&op.petra, &alert, op.engaged("engaged_true", "arrest"))
            .await
            .is(Kind::NotObserved);
    }
    op.server.get(&op.staff.commander, &path).await.is(Kind::NotDeletedYet);
    op.end().await;
    let counts = op.server.get(&op.staff.commander, &path).await.ok();
    assert_eq!(counts["total"], 6);
    let people = |aspect: &str, value: &str| {
        let all = counts[aspect].as_array().unwrap();
        all.iter().find(|cell| cell["value"] == value).unwrap()["people"].clone()
    };
    assert_eq!(people("sex", "female"), 5);
    assert_eq!(people("sex", "male"), Value::Null);
    assert_eq!(people("ethnicity", "white"), 6);
    assert_eq!(people("ethnicity", "black"), Value::Null);
    let mut tx = op.server.app.store.read().await.unwrap();
    let journal = tx.audit_after(0, 10_000).await.unwrap();
    let observed = journal.iter().filter(|row| row.action == "observation_counted");
    assert!(
        observed
            .clone()
            .all(|row| row.subject == op.id && row.detail == json!({}))
    );
    assert_eq!(observed.count(), 6);
}

/// R83: what was done about people, in the published row, also long after the end.
#[tokio::test]
async fn r83_interventions_and_disposals_stand_in_the_published_row() {
    let op = operation(None).await;
    for (outcome, track) in [
        op.engaged("engaged_true", "arrest"),
        op.engaged("engaged_true", "arrest"),
        op.engaged("engaged_true", "other_action"),
        op.engaged("engaged_false", "no_further_action"),
        json!({ "kind": "lost" }),
    ]
    .into_iter()
    .zip(10..)
    {
        let alert = op.confirmed(track).await;
        op.engage(&op.petra, &alert, outcome).await.ok();
    }
    op.end().await;
    let server = op.server.restarted(1000).await;
    let commander = server.signed_in("Cora").await;
    let answer = server
        .get(&commander, &format!("/v1/deployments/{}/publication", op.id))
        .await;
    let mut reader = csv::Reader::from_reader(&answer.bytes[..]);
    let columns = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |name: &str| &row[columns.iter().position(|column| column == name).unwrap()];
    assert_eq!(
        [
            "total alerts",
            "positive alerts",
            "positive interventions",
            "incorrect alerts",
            "incorrect interventions",
            "arrests/disposals",
        ]
        .map(cell),
        [
            "6",
            "4",
            "3",
            "1",
            "1",
            "2 arrests, 1 other action, 1 no further action"
        ]
    );
}

/// Until it is on record, whoever reads of the deployment is told.
#[tokio::test]
async fn r98_a_complaint_that_was_made_on_the_spot_is_told_of_until_it_is_recorded() {
    let op = operation(None).await;
    let (server, path) = (&op.server, format!("/v1/deployments/{}", op.id));
    let first = op.confirmed(2).await;
    let told = async || {
        let shown = server.get(&op.staff.commander, &path).await.ok();
        let board = format!("{path}/dashboard");
        let board = server.get(&op.staff.commander, &board).await.ok();
        assert_eq!(shown["complaints_unrecorded"], board["complaints_unrecorded"]);
        let records = format!("{path}/alert-records");
        let records = server.get(&op.petra, &records).await.ok();
        let of_it = records
            .as_array()
            .unwrap()
            .iter()
            .find(|record| record["id"] == first["id"]);
        (
            shown["complaints_unrecorded"].as_u64().unwrap(),
            of_it.unwrap()["complaint_unrecorded"].as_bool().unwrap(),
        )
    };
    op.engage(&op.petra, &first, op.engaged("engaged_true", "no_further_action"))
        .await
        .ok();
    assert_eq!(told().await, (0, false));
    let mut complained = op.engaged("engaged_true", "no_further_action");
    complained["contact"]["complaint"] = json!(true);
    op.engage(&op.petra, &first, complained).await.ok();
    assert_eq!(told().await, (1, true));
    op.end().await;
    let body = json!({
        "alert": first["id"], "received_at": server.app.now(), "received_by": "Petra", "text": "Stopped for nothing",
    });
    server.post(&op.petra, &format!("{path}/complaints"), body).await.ok();
    assert_eq!(told().await, (0, false));
}

/// Written on a device without a server, so long ago.
fn offline(mut body: Value, n: u128, seconds_ago: u64) -> Value {
    body["delivery"] = json!({ "id": Uuid::from_u128(n), "age_ms": 1_000 * seconds_ago });
    body
}

#[tokio::test]
async fn r128_what_was_written_without_a_server_is_taken_once_with_its_own_time() {
    let op = operation(None).await;
    let alert = op.confirmed(5).await;
    op.server.wait(300);
    let now = op.server.app.now();
    let written = now - SignedDuration::from_secs(120);
    let mut outcome = op.engaged("engaged_true", "arrest");
    outcome["contact"]["started_at"] = json!(now - SignedDuration::from_secs(200));
    let body = offline(json!({ "outcome": outcome, "note": "She spoke of Ebenezer" }), 7, 120);
    let check = json!({ "kind": "fingerprints", "lawful_basis": "criminal_evidence", "at": written });
    for _ in 0..2 {
        let kept = op.send(&op.petra, "PUT", &alert, "engagement", body.clone()).await.ok();
        assert_eq!(kept["state"]["engagement"]["at"], json!(written));
        let checked = offline(check.clone(), 8, 120);
        op.send(&op.petra, "POST", &alert, "identity-checks", checked)
            .await
            .ok();
    }
    let mut tx = op.server.app.store.read().await.unwrap();
    for (action, times) in [("alert_engaged", 1), ("identity_checked", 1), ("written_offline", 2)] {
        let noted = tx.audit_of_action(action).await.unwrap();
        assert_eq!(noted.len(), times, "{action}");
        if action == "written_offline" {
            assert!(noted.iter().all(|row| row.detail == json!({ "at": written })));
            assert!(noted.iter().all(|row| row.subject == alert["id"]));
        }
    }
}

/// The server took it and its answer was lost, so the tablet keeps it and sends it again, with its age.
#[tokio::test]
async fn r128_what_was_taken_though_its_answer_was_lost_is_not_written_again() {
    let op = operation(None).await;
    let alert = op.confirmed(5).await;
    let engagement = json!({ "outcome": op.engaged("engaged_true", "arrest"), "note": "Came along" });
    let check = json!({ "kind": "fingerprints", "lawful_basis": "criminal_evidence", "at": op.server.app.now() });
    for (method, what, body, number) in [
        ("PUT", "engagement", engagement, 21),
        ("POST", "identity-checks", check, 22),
    ] {
        let mut first = body.clone();
        first["delivery"] = json!({ "id": Uuid::from_u128(number) });
        let taken = op.send(&op.petra, method, &alert, what, first.clone()).await.ok();
        op.server.wait(20);
        for again in [first, offline(body, number, 20)] {
            assert_eq!(
                op.send(&op.petra, method, &alert, what, again).await.ok(),
                taken,
                "{what}"
            );
        }
    }
    let mut tx = op.server.app.store.read().await.unwrap();
    for (action, times) in [("alert_engaged", 1), ("identity_checked", 1), ("written_offline", 0)] {
        assert_eq!(tx.audit_of_action(action).await.unwrap().len(), times, "{action}");
    }
}

/// So that whoever hears no answer, and presses again, isn't told that somebody has decided before.
#[tokio::test]
async fn an_answer_that_is_given_again_because_none_was_heard_is_answered_alike_and_counts_once() {
    let op = operation(None).await;
    let alert = op.raise(5).await;
    for (what, body) in [
        (
            "adjudication",
            json!({ "verdict": "true", "delivery": Uuid::from_u128(31) }),
        ),
        (
            "confirmation",
            json!({ "verdict": "confirmed", "delivery": Uuid::from_u128(32) }),
        ),
    ] {
        let who = if what == "adjudication" {
            &op.staff.operator
        } else {
            &op.petra
        };
        op.server.look(who, &op.alert).await;
        let first = op.send(who, "POST", &op.alert, what, body.clone()).await.ok();
        assert_eq!(op.send(who, "POST", &op.alert, what, body).await.ok(), first, "{what}");
    }
    // A refusal is none: the same may be taken later.
    let early = json!({ "verdict": "false", "delivery": Uuid::from_u128(33) });
    let answer = async |body: &Value| {
        op.send(&op.staff.operator, "POST", &alert, "adjudication", body.clone())
            .await
    };
    answer(&early).await.is(Kind::TooSoon);
    op.server.look(&op.staff.operator, &alert).await;
    answer(&early).await.ok();
    let mut tx = op.server.app.store.read().await.unwrap();
    for (action, times) in [("alert_adjudicated", 2), ("alert_confirmed", 1)] {
        assert_eq!(tx.audit_of_action(action).await.unwrap().len(), times, "{action}");
    }
}

/// Else whoever learns a number is told what was written under it, or keeps somebody from writing.
#[tokio::test]
async fn r128_a_number_stands_for_one_thing_of_one_person_about_one_alert() {
    let op = operation(None).await;
    let other = op.confirmed(5).await;
    let now = op.server.app.now();
    let check = |kind: &str| json!({ "kind": kind, "lawful_basis": "criminal_evidence", "at": now });
    let engaged = json!({ "outcome": op.engaged("engaged_true", "arrest"), "note": "Came along" });
    let rows = [
        (
            "POST",
            "adjudication",
            json!({ "verdict": "true" }),
            json!({ "verdict": "false" }),
        ),
        (
            "POST",
            "confirmation",
            json!({ "verdict": "confirmed" }),
            json!({ "verdict": "not_confirmed" }),
        ),
        ("PUT", "engagement", engaged, json!({ "outcome": { "kind": "lost" } })),
        ("POST", "identity-checks", check("fingerprints"), check("document")),
    ];
    for (n, (method, what, body, changed)) in rows.into_iter().enumerate() {
        let with_number = |mut body: Value, what: &str| {
            let number = json!(Uuid::from_u128(70 + n as u128));
            body["delivery"] = match what {
                "engagement" | "identity-checks" => json!({ "id": number }),
                _ => number,
            };
            body
        };
        let (who, stranger) = match what {
            "adjudication" => (&op.staff.operator, &op.petra),
            _ => (&op.petra, &op.staff.operator),
        };
        op.server.look(who, &op.alert).await;
        let body = with_number(body, what);
        let first = op.send(who, method, &op.alert, what, body.clone()).await.ok();
        let (changed, elsewhere) = (
            with_number(changed, what),
            with_number(check("fingerprints"), "engagement"),
        );
        let refused = [
            op.send(who, method, &op.alert, what, changed).await,
            op.send(who, method, &other, what, body.clone()).await,
            op.send(stranger, method, &op.alert, what, body.clone()).await,
        ];
        for answer in refused {
            let problem = answer.is(Kind::DeliveryReused);
            assert!(
                !problem.to_string().contains(op.alert["id"].as_str().unwrap()),
                "{what}"
            );
        }
        if what != "identity-checks" {
            let answer = op.send(who, "POST", &op.alert, "identity-checks", elsewhere).await;
            answer.is(Kind::DeliveryReused);
        }
        let again = op.send(who, method, &op.alert, what, body).await.ok();
        assert_eq!(again, first, "{what}");
    }
}

#[tokio::test]
async fn r128_what_somebody_else_wrote_meanwhile_stands_and_what_came_too_early_is_refused() {
    let op = operation(None).await;
    let alert = op.confirmed(5).await;
    op.server.wait(300);
    let lost = json!({ "outcome": { "kind": "lost" } });
    // Before anybody had decided that it is a match.
    op.send(&op.petra, "PUT", &alert, "engagement", offline(lost.clone(), 9, 900))
        .await
        .is(Kind::Invalid);
    op.send(&op.staff.operator, "PUT", &alert, "engagement", lost.clone())
        .await
        .ok();
    op.send(&op.petra, "PUT", &alert, "engagement", offline(lost, 10, 60))
        .await
        .is(Kind::AlreadyEngaged);
    let mut tx = op.server.app.store.read().await.unwrap();
    assert!(tx.audit_of_action("written_offline").await.unwrap().is_empty());
}

#[tokio::test]
async fn r128_an_older_record_of_ones_own_changes_nothing() {
    let op = operation(None).await;
    let alert = op.confirmed(5).await;
    op.server.wait(300);
    op.engage(&op.petra, &alert, op.engaged("engaged_true", "arrest"))
        .await
        .ok();
    op.server.wait(60);
    let lost = json!({ "outcome": { "kind": "lost" } });
    op.send(&op.petra, "PUT", &alert, "engagement", offline(lost.clone(), 12, 120))
        .await
        .is(Kind::AlreadyEngaged);
    let mut tx = op.server.app.store.read().await.unwrap();
    assert_eq!(tx.audit_of_action("alert_engaged").await.unwrap().len(), 1);
    drop(tx);
    let corrected = op
        .send(&op.petra, "PUT", &alert, "engagement", offline(lost, 13, 30))
        .await
        .ok();
    assert_eq!(corrected["state"]["engagement"]["outcome"]["kind"], "lost");
}

#[tokio::test]
async fn r64_r128_nobody_was_spoken_to_before_a_second_person_confirmed() {
    let op = operation(None).await;
    let alert = op.raise(5).await;
    op.server.decide(&op.staff.operator, &alert, "\"1\"", "true").await.ok();
    op.server.wait(120);
    op.confirm(&op.petra, &alert, "confirmed").await.ok();
    op.server.wait(30);
    let written = op.server.app.now() - SignedDuration::from_secs(60);
    let body = json!({ "outcome": op.engaged("engaged_true", "arrest") });
    op.send(&op.petra, "PUT", &alert, "engagement", offline(body, 14, 60))
        .await
        .is(Kind::Invalid);
    let check = json!({ "kind": "fingerprints", "lawful_basis": "criminal_evidence", "at": written });
    op.send(&op.petra, "POST", &alert, "identity-checks", offline(check, 15, 60))
        .await
        .is(Kind::Invalid);
    // That nobody was spoken to takes nobody's second sight.
    let lost = json!({ "outcome": { "kind": "lost" } });
    op.send(&op.petra, "PUT", &alert, "engagement", offline(lost, 16, 60))
        .await
        .ok();
}

#[tokio::test]
async fn r128_two_people_confirm_also_where_one_of_them_had_no_server() {
    let op = operation(None).await;
    let alert = op.raise(5).await;
    op.server.decide(&op.staff.operator, &alert, "\"1\"", "true").await.ok();
    op.server.wait(60);
    let body = offline(json!({ "outcome": op.engaged("engaged_true", "arrest") }), 11, 10);
    op.send(&op.petra, "PUT", &alert, "engagement", body)
        .await
        .is(Kind::NotConfirmed);
}
