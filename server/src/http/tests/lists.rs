//! Whom an operation looks for: the list that comes, what must be decided about the people on it, and what is left of it.

use super::operations::{Staff, plan, staff};
use super::*;
use crate::clearances::{self, Decision, Step};
use crate::domain::clearance::MOST_SHOWN;
use crate::{operations, status};
use sha2::Digest as _;
use std::collections::HashMap;
use vedette_core::compression::JpegQuality;

const HEADINGS: &str = "name,nominal_id,category,response,lawful_basis,legal_status,source_system,reason,reviewer,image_source,image_taken_on,born_on,possible_minor,vulnerability,sensitive_source,photos";

/// A row of a list that is right, but for its number, its day of birth and its photographs.
fn row(number: u64, born: &str, photos: &str) -> String {
    format!(
        "Person {number},N/{number},Deportation order,,Immigration Act,Order of 3 May,Atlas,Seen here,Rita,Visa,2026-06-30,{born},,,,{photos}\n"
    )
}

fn with(mut entry: Value, changes: Value) -> Value {
    for (key, value) in changes.as_object().unwrap() {
        entry["particulars"][key] = value.clone();
    }
    entry
}

/// As a batch sends it.
fn one_of_many(entry: &Value) -> Value {
    json!({ "name": entry["name"], "particulars": entry["particulars"], "portraits": [entry["portrait"]] })
}

struct Planned {
    server: Server,
    admin: Browser,
    staff: Staff,
    id: String,
    path: String,
}

impl Planned {
    /// An operation that nobody has signed, with an empty list.
    async fn new() -> Self {
        let server = Server::new().await;
        let admin = server.set_up().await;
        let staff = staff(&server, &admin).await;
        let answer = server
            .post(&staff.commander, "/v1/operations", plan(&server))
            .await
            .ok();
        let id = answer["id"].as_str().unwrap().to_owned();
        Self {
            path: format!("/v1/deployments/{id}"),
            server,
            admin,
            staff,
            id,
        }
    }

    /// A live one that looks for Zebedee, of seed 1.
    async fn live() -> Self {
        let server = Server::new().await;
        let admin = server.set_up().await;
        let staff = staff(&server, &admin).await;
        let id = server.seen_to(&staff).await;
        server.wait(600);
        let path = format!("/v1/deployments/{id}");
        server
            .post(&staff.commander, &format!("{path}/start"), json!({}))
            .await
            .ok();
        Self {
            path,
            server,
            admin,
            staff,
            id,
        }
    }

    async fn start(&self) -> Answer {
        let path = format!("{}/start", self.path);
        self.server.post(&self.staff.commander, &path, json!({})).await
    }

    /// Signed and with signs, at its time.
    async fn see_to(&self) {
        self.server.signed(&self.staff, &self.id).await;
        self.server
            .put_jpeg(&self.staff.operator, &format!("{}/signs", self.path), jpeg(300, 200))
            .await
            .ok();
        self.server.wait(600);
    }

    async fn add(&self, entry: Value) -> Answer {
        let path = format!("{}/entries", self.path);
        self.server.post(&self.staff.lists, &path, entry).await
    }

    async fn batch(&self, entries: &[Value]) -> Vec<Value> {
        let path = format!("{}/entries/batch", self.path);
        let body = json!({ "entries": entries });
        let answer = self.server.post(&self.staff.lists, &path, body).await.ok();
        answer["results"].as_array().unwrap().clone()
    }

    async fn entries(&self) -> Vec<Value> {
        let answer = self
            .server
            .get(&self.staff.lists, &format!("{}/entries", self.path))
            .await;
        answer.ok().as_array().unwrap().clone()
    }

    async fn clearances(&self, who: &Browser, asked: &str) -> Value {
        let path = format!("{}/clearances{asked}", self.path);
        self.server.get(who, &path).await.ok()
    }

    async fn decide(&self, who: &Browser, entry: &Value, kind: &str, verb: &str, body: Value) -> Answer {
        let entry = entry.as_str().unwrap();
        let path = format!("{}/entries/{entry}/clearances/{kind}/{verb}", self.path);
        self.server.post(who, &path, body).await
    }

    async fn ask(&self, entry: &Value, kind: &str) -> Answer {
        let why = json!({ "rationale": "At risk of being trafficked" });
        self.decide(&self.staff.lists, entry, kind, "request", why).await
    }

    async fn approve(&self, entry: &Value, kind: &str) -> Answer {
        self.decide(&self.staff.authoriser, entry, kind, "approval", json!({}))
            .await
    }

    async fn resolve(&self, entry: &Value, how: Value) -> Answer {
        let how = json!({ "how": how });
        self.decide(&self.staff.lists, entry, "possible_duplicate", "resolution", how)
            .await
    }

    /// As a server left it that didn't write down who fills a list.
    async fn forget_listers(&self) {
        let id: DeploymentId = self.id.parse().unwrap();
        let mut tx = self.server.app.store.write().await.unwrap();
        let mut row = tx.deployment(id).await.unwrap().unwrap();
        row.record.as_mut().unwrap().listers.clear();
        tx.save_deployment(&row).await.unwrap();
        tx.commit().await.unwrap();
        let database = self.server.folder.path().join("vedette.db");
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database);
        let due = sqlx::query("update deployments set listers_due = 1 where id = ?").bind(&self.id);
        let mut connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
        due.execute(&mut connection).await.unwrap();
        sqlx::Connection::close(connection).await.unwrap();
    }

    async fn attribute(&self) {
        operations::attribute_lists(&*self.server.app.store, self.server.app.now())
            .await
            .unwrap();
    }

    async fn actions(&self) -> Vec<(String, Value)> {
        let mut tx = self.server.app.store.read().await.unwrap();
        let rows = tx.audit_after(0, 1000).await.unwrap();
        rows.into_iter().map(|row| (row.action, row.detail)).collect()
    }
}

#[tokio::test]
async fn r17_an_operations_entry_needs_its_particulars_and_a_volunteer_has_none() {
    let one = Planned::new().await;
    let said = one.add(one.server.entry("Nobody", 1)).await.is(Kind::Invalid);
    assert!(said["detail"].as_str().unwrap().contains("needs particulars"), "{said}");
    for field in [
        "nominal_id",
        "category",
        "response",
        "lawful_basis",
        "legal_status",
        "source_system",
        "reason",
        "reviewer",
        "image_source",
        "image_taken_on",
    ] {
        let mut lacking = one.server.wanted("Nobody", 1);
        lacking["particulars"].as_object_mut().unwrap().remove(field);
        one.add(lacking).await.is(Kind::Invalid);
        if field != "response" {
            one.add(with(one.server.wanted("Nobody", 1), json!({ field: " " })))
                .await
                .is(Kind::Invalid);
        }
    }
    assert!(one.entries().await.is_empty());
    let listed = one.add(one.server.wanted("Somebody", 1)).await.ok();
    assert_eq!(listed["particulars"]["nominal_id"], "N/1");

    let exercise = one.server.draft(&one.admin).await;
    let path = format!("/v1/deployments/{exercise}/entries");
    one.server
        .post(&one.admin, &path, one.server.wanted("Volunteer", 1))
        .await
        .is(Kind::Invalid);
    let volunteer = one
        .server
        .post(&one.admin, &path, one.server.entry("Volunteer", 1))
        .await;
    assert_eq!(volunteer.ok()["particulars"], Value::Null);
}

#[tokio::test]
async fn r18_plans_take_their_categories_from_the_policy_and_entries_from_the_plan() {
    let one = Planned::new().await;
    let (server, staff) = (&one.server, &one.staff);
    let mut other = plan(server);
    other["plan"]["categories"] = json!(["Deportation order", "Late with a library book"]);
    server
        .post(&staff.commander, "/v1/operations", other.clone())
        .await
        .is(Kind::CategoryUnknown);
    let amended = format!("{}/plan", one.path);
    server
        .put(&staff.commander, &amended, other.clone())
        .await
        .is(Kind::CategoryUnknown);
    let wrong = with(server.wanted("Somebody", 1), json!({ "category": "Wanted on warrant" }));
    one.add(wrong.clone()).await.is(Kind::Invalid);

    let mut policy = server.get(&staff.lists, "/v1/policy").await.ok();
    let more = json!({ "name": "Late with a library book", "response": "green" });
    policy["categories"].as_array_mut().unwrap().push(more);
    server
        .put(&staff.commander, "/v1/policy", policy.clone())
        .await
        .is(Kind::NotAllowed);
    assert_eq!(server.put(&one.admin, "/v1/policy", policy.clone()).await.ok(), policy);
    assert_eq!(server.get(&staff.operator, "/v1/policy").await.ok(), policy);
    server.put(&staff.commander, &amended, other.clone()).await.ok();
    one.add(wrong).await.is(Kind::Invalid);
    let listed = with(
        server.wanted("Somebody", 1),
        json!({ "category": "Late with a library book" }),
    );
    one.add(listed).await.ok();
    assert!(one.actions().await.iter().any(|(action, _)| action == "policy_set"));

    // A category in which people are looked for stays in the plan.
    other["plan"]["categories"] = json!(["Deportation order"]);
    server
        .put(&staff.commander, &amended, other)
        .await
        .is(Kind::CategoryInUse);
    policy["quality_floor"] = json!(2);
    server.put(&one.admin, "/v1/policy", policy).await.is(Kind::Invalid);
}

#[tokio::test]
async fn r16_a_list_is_checked_row_by_row_and_nothing_is_stored() {
    let one = Planned::new().await;
    one.add(one.server.wanted("Listed before", 3)).await.ok();
    let csv = [
        format!("{HEADINGS}\n"),
        row(1, "1990-01-01", "a.jpg"),
        row(2, "2015-01-01", "b.jpg; c.jpg"),
        row(3, "1990-01-01", "d.jpg")
            .replace("Deportation order", "Shoplifting")
            .replace("Rita", ""),
        row(4, "2004-01-01", "gone.jpg").replace("2026-06-30", "2010-06-30"),
    ];
    let path = format!("{}/roster/check", one.path);
    let body = json!({ "csv": csv.concat(), "photos": ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "left.jpg"] });
    let found = one.server.post(&one.staff.lists, &path, body.clone()).await.ok();
    assert_eq!(found["unused_photos"], json!(["left.jpg"]));
    let rows = found["rows"].as_array().unwrap();
    assert_eq!((&rows[0]["line"], &rows[0]["faults"]), (&json!(2), &json!([])));
    assert_eq!(rows[0]["particulars"]["response"], "amber");
    assert_eq!(
        (&rows[1]["needs"], &rows[1]["photos"]),
        (&json!(["minor"]), &json!(["b.jpg", "c.jpg"]))
    );
    let columns: Vec<_> = rows[2]["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["column"])
        .collect();
    assert_eq!(columns, ["category", "reviewer"]);
    assert_eq!(
        (&rows[2]["already_listed"], &rows[2]["particulars"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(rows[3]["faults"][0]["column"], "photos");
    let kinds: Vec<_> = rows[3]["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| &w["kind"])
        .collect();
    assert_eq!(kinds, ["image_old", "image_age_gap"]);
    assert_eq!(one.entries().await.len(), 1);

    let unreadable = json!({ "csv": "name\nAnn\n", "photos": [] });
    one.server
        .post(&one.staff.lists, &path, unreadable)
        .await
        .is(Kind::RosterUnreadable);
    let exercise = one.server.draft(&one.admin).await;
    one.server
        .post(&one.admin, &format!("/v1/deployments/{exercise}/roster/check"), body)
        .await
        .is(Kind::NotOperation);
}

#[tokio::test]
async fn r16_an_import_that_was_broken_off_goes_on_and_lists_nobody_twice() {
    let one = Planned::new().await;
    let people: Vec<Value> = (1..=6).map(|n| one_of_many(&one.server.wanted("Person", n))).collect();
    let outcomes = |results: &[Value]| -> Vec<String> {
        results
            .iter()
            .map(|r| r["outcome"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(outcomes(&one.batch(&people[..3]).await), ["listed"; 3]);
    let mut second = people[1..].to_vec();
    second[2]["particulars"]["reviewer"] = json!("");
    second[3]["portraits"] = json!([]);
    let again = second[4].clone();
    second.push(again);
    let results = one.batch(&second).await;
    assert_eq!(
        outcomes(&results),
        [
            "already_listed",
            "already_listed",
            "refused",
            "refused",
            "listed",
            "refused"
        ]
    );
    assert_eq!(
        (&results[0]["nominal_id"], &results[0]["entry"]["name"]),
        (&json!("N/2"), &json!("Person"))
    );
    assert!(
        results[2]["problem"]
            .as_str()
            .unwrap()
            .contains("reviewer: Something must stand here.")
    );
    assert_eq!(one.entries().await.len(), 4);
    one.add(one.server.wanted("Person", 1)).await.is(Kind::AlreadyListed);

    let many: Vec<Value> = (0..51).map(|_| people[0].clone()).collect();
    let path = format!("{}/entries/batch", one.path);
    let body = json!({ "entries": many });
    one.server.post(&one.staff.lists, &path, body).await.is(Kind::Invalid);
}

#[tokio::test]
async fn r22_an_addition_while_live_needs_a_reason_and_consent_and_matches_then() {
    let one = Planned::live().await;
    let late = one.server.wanted("Late", 2);
    one.add(late.clone()).await.is(Kind::ReasonNeeded);
    let mut said = late.clone();
    said["reason"] = json!("Escaped this morning");
    let listed = one.add(said).await.ok();
    assert_eq!(
        listed["clearances"],
        json!([{ "kind": "added_while_live", "state": "requested" }])
    );
    assert!(!one.server.finds(&one.id, 2).await);
    assert!(one.server.finds(&one.id, 1).await);
    one.server
        .offer(&one.staff.operator, &one.id, &one.server.candidate(1, 2))
        .await
        .ok();
    assert!(one.server.alerts(&one.staff.operator, &one.id).await.is_empty());

    one.decide(
        &one.staff.lists,
        &listed["id"],
        "added_while_live",
        "approval",
        json!({}),
    )
    .await
    .is(Kind::NotAllowed);
    let left = one.approve(&listed["id"], "added_while_live").await.ok();
    assert_eq!(
        (&left[0]["state"], &left[0]["decided_by"]["name"]),
        (&json!("cleared"), &json!("Abel"))
    );
    assert!(one.server.finds(&one.id, 2).await);
    one.server
        .offer(&one.staff.operator, &one.id, &one.server.candidate(2, 2))
        .await
        .ok();
    let alerts = one.server.alerts(&one.staff.operator, &one.id).await;
    assert_eq!(alerts[0]["entry"]["id"], listed["id"]);
    // The operation stays live, and signed.
    assert_eq!(one.server.blockers(&one.staff.commander, &one.id).await, json!([]));
    one.server
        .post(
            &one.staff.lists,
            &format!("{}/entries/{}/photos", one.path, listed["id"].as_str().unwrap()),
            one.server.portrait(3),
        )
        .await
        .is(Kind::WatchlistClosed);
    let actions = one.actions().await;
    let consent = actions
        .iter()
        .find(|(action, _)| action == "clearance_approved")
        .unwrap();
    assert_eq!(consent.1["kind"], "added_while_live");
    let server = one.server.restarted(1).await;
    assert!(server.finds(&one.id, 2).await);
}

#[tokio::test]
async fn r22_whom_an_officer_refuses_is_deleted_and_never_matched() {
    let one = Planned::live().await;
    let mut late = one.server.wanted("Late", 2);
    late["reason"] = json!("Escaped this morning");
    let listed = one.add(late).await.ok();
    one.decide(
        &one.staff.authoriser,
        &listed["id"],
        "added_while_live",
        "refusal",
        json!({}),
    )
    .await
    .ok();
    assert_eq!(one.entries().await.len(), 1);
    assert!(!one.server.finds(&one.id, 2).await);
    assert!(!one.server.files_hold(b"Escaped this morning"));
}

/// Additions go one by one.
#[tokio::test]
async fn r32_nothing_is_imported_while_an_operation_is_live() {
    let one = Planned::live().await;
    let batch = json!({ "entries": [one_of_many(&one.server.wanted("Late", 3))] });
    let list = json!({ "csv": format!("{HEADINGS}\n{}", row(3, "1990-01-01", "a.jpg")), "photos": ["a.jpg"] });
    for (path, body) in [("entries/batch", batch), ("roster/check", list)] {
        let path = format!("{}/{path}", one.path);
        one.server
            .post(&one.staff.lists, &path, body)
            .await
            .is(Kind::WatchlistClosed);
    }
    assert_eq!(one.entries().await.len(), 1);
}

#[tokio::test]
async fn r23_a_minor_blocks_the_start_and_is_not_matched_until_two_people_agreed() {
    let one = Planned::new().await;
    let (server, staff) = (&one.server, &one.staff);
    one.add(server.wanted("Grown up", 1)).await.ok();
    let child = one
        .add(with(server.wanted("Child", 2), json!({ "born_on": "2012-02-03" })))
        .await
        .ok();
    server.wait(1);
    let unsure = one
        .add(with(server.wanted("Unsure", 3), json!({ "possible_minor": true })))
        .await
        .ok();
    for entry in [&child, &unsure] {
        assert_eq!(entry["clearances"], json!([{ "kind": "minor", "state": "needed" }]));
        assert_eq!(entry["waits"], true);
    }
    one.see_to().await;
    let signed = server.get(&staff.commander, &one.path).await.ok();
    assert_eq!(signed["operation"]["stage"]["signature"]["minors"], 2);
    assert_eq!(
        (
            &signed["operation"]["under_18s"],
            &signed["operation"]["open_clearances"]
        ),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        server.blockers(&staff.commander, &one.id).await,
        json!(["entries_not_cleared"])
    );
    one.start().await.is(Kind::StartBlocked);
    one.approve(&child["id"], "minor").await.is(Kind::ClearanceNotRequested);
    one.decide(
        &staff.lists,
        &child["id"],
        "minor",
        "request",
        json!({ "rationale": " " }),
    )
    .await
    .is(Kind::Invalid);
    one.decide(
        &staff.lists,
        &child["id"],
        "vulnerability",
        "request",
        json!({ "rationale": "None" }),
    )
    .await
    .is(Kind::ClearanceNotNeeded);
    one.ask(&unsure["id"], "minor").await.ok();
    // One account with both roles is still one person.
    server
        .account(&one.admin, "Both", &["list_manager", "authorising_officer"])
        .await;
    let both = server.signed_in("Both").await;
    let why = json!({ "rationale": "At risk of harm by others" });
    one.decide(&both, &child["id"], "minor", "request", why).await.ok();
    // She stays the one who asked, whoever would word it anew.
    one.ask(&child["id"], "minor").await.is(Kind::ClearanceDecided);
    let own = one.clearances(&both, "").await["clearances"].clone();
    assert_eq!((&own[0]["own"], &own[1]["own"]), (&json!(true), &json!(false)));
    one.decide(&both, &child["id"], "minor", "approval", json!({}))
        .await
        .is(Kind::OwnRequest);
    one.approve(&child["id"], "minor").await.ok();
    one.start().await.is(Kind::StartBlocked);
    one.decide(&staff.authoriser, &unsure["id"], "minor", "refusal", json!({}))
        .await
        .ok();
    one.ask(&child["id"], "minor").await.is(Kind::ClearanceDecided);
    one.approve(&child["id"], "minor").await.is(Kind::ClearanceDecided);
    one.start().await.ok();
    assert!(server.finds(&one.id, 2).await);
    assert!(!server.finds(&one.id, 3).await);
    // Reasons are for those who decide, and in no file in the clear.
    assert!(!server.files_hold(b"At risk of harm by others") && !server.files_hold(b"At risk of being trafficked"));
    // The journal tells what was decided by whom, and of nobody that she is a minor: the manifest would say who she is.
    let mut tx = server.app.store.read().await.unwrap();
    let rows = tx.audit_after(0, 1000).await.unwrap();
    drop(tx);
    let about: Vec<_> = rows
        .iter()
        .filter(|row| row.detail.to_string().contains("minor"))
        .collect();
    assert!(
        about.len() >= 3
            && about
                .iter()
                .all(|row| row.subject == one.id && row.detail.get("entry").is_none())
    );
    let journal = format!("{:?}", one.actions().await);
    assert!(
        !journal.contains("At risk") && !journal.contains("Child") && !journal.contains("N/2"),
        "{journal}"
    );
}

/// R24: the numbers are there after the end, and nothing else is.
#[tokio::test]
async fn r24_how_many_minors_were_listed_is_known_after_the_end() {
    let one = Planned::new().await;
    one.add(one.server.wanted("Grown up", 1)).await.ok();
    let mut children = Vec::new();
    for seed in 2..5 {
        let child = with(one.server.wanted("Child", seed), json!({ "born_on": "2012-02-03" }));
        children.push(one.add(child).await.ok()["id"].clone());
    }
    for child in &children[..2] {
        one.ask(child, "minor").await.ok();
    }
    one.approve(&children[0], "minor").await.ok();
    one.decide(&one.staff.authoriser, &children[1], "minor", "refusal", json!({}))
        .await
        .ok();
    let told = one.server.get(&one.staff.authoriser, &one.path).await.ok();
    let count = json!([{ "kind": "minor", "needed": 3, "listed": 2, "open": 1, "cleared": 1, "refused": 1 }]);
    assert_eq!(told["operation"]["clearances"], count);
    one.server
        .post(&one.staff.commander, &format!("{}/end", one.path), json!({}))
        .await
        .ok();
    let told = one.server.get(&one.staff.authoriser, &one.path).await.ok();
    let count = json!([{ "kind": "minor", "needed": 3, "listed": 0, "open": 0, "cleared": 1, "refused": 1 }]);
    assert_eq!(
        (&told["operation"]["clearances"], &told["operation"]["under_18s"]),
        (&count, &json!(1))
    );
    let left = one.clearances(&one.staff.authoriser, "").await;
    assert_eq!(left["clearances"], json!([]));
}

#[tokio::test]
async fn r25_vulnerability_and_sensitive_sources_wait_each_for_itself() {
    let one = Planned::new().await;
    let both = json!({ "vulnerability": "Deaf", "sensitive_source": true });
    let entry = one.add(with(one.server.wanted("Somebody", 1), both)).await.ok();
    one.see_to().await;
    for kind in ["sensitive_source", "vulnerability"] {
        one.start().await.is(Kind::StartBlocked);
        one.ask(&entry["id"], kind).await.ok();
        one.start().await.is(Kind::StartBlocked);
        one.approve(&entry["id"], kind).await.ok();
    }
    one.start().await.ok();
}

#[tokio::test]
async fn r26_an_image_below_the_floor_is_used_for_a_reason_only() {
    let one = Planned::new().await;
    let mut poor = one.server.wanted("Blurred", 1);
    poor["portrait"]["quality"] = json!(0.2);
    one.add(poor.clone()).await.is(Kind::BelowQualityFloor);
    let refused = one.batch(&[one_of_many(&poor)]).await;
    assert_eq!(
        (&refused[0]["outcome"], &refused[0]["quality"]),
        (&json!("refused"), &json!(true))
    );
    poor["override_reason"] = json!("The only image that there is");
    let entry = one.add(poor).await.ok();
    assert_eq!(
        entry["clearances"],
        json!([{ "kind": "poor_image", "state": "cleared" }])
    );
    assert_eq!(entry["waits"], false);
    let told = one.clearances(&one.staff.lists, "").await["clearances"].clone();
    assert_eq!(
        (&told[0]["rationale"], &told[0]["requested_by"]["name"]),
        (&json!("The only image that there is"), &json!("Lina"))
    );
    let mut another = one.server.portrait(1);
    another["quality"] = json!(0.2);
    let path = format!("{}/entries/{}/photos", one.path, entry["id"].as_str().unwrap());
    one.server
        .post(&one.staff.lists, &path, another.clone())
        .await
        .is(Kind::BelowQualityFloor);
    another["override_reason"] = json!("From the other side");
    one.server.post(&one.staff.lists, &path, another).await.ok();
    let told = one.clearances(&one.staff.lists, "").await["clearances"].clone();
    assert_eq!(
        told[0]["rationale"],
        "The only image that there is\nFrom the other side"
    );
}

#[tokio::test]
async fn r26_a_photograph_compressed_too_strongly_is_used_for_a_reason_only() {
    let one = Planned::new().await;
    let mut strong = one.server.wanted("From a chat", 1);
    strong["portrait"]["jpeg_quality"] = json!(JpegQuality::LEAST.get() - 1);
    one.add(strong.clone()).await.is(Kind::BelowQualityFloor);
    let refused = one.batch(&[one_of_many(&strong)]).await;
    assert_eq!(
        (&refused[0]["outcome"], &refused[0]["quality"]),
        (&json!("refused"), &json!(true))
    );
    assert!(refused[0]["problem"].as_str().unwrap().contains("compressed"));
    strong["override_reason"] = json!("The only image that there is");
    let entry = one.add(strong).await.ok();
    assert_eq!(
        entry["clearances"],
        json!([{ "kind": "poor_image", "state": "cleared" }])
    );
    let mut another = one.server.portrait(1);
    another["jpeg_quality"] = json!(1);
    let path = format!("{}/entries/{}/photos", one.path, entry["id"].as_str().unwrap());
    one.server
        .post(&one.staff.lists, &path, another.clone())
        .await
        .is(Kind::BelowQualityFloor);
    another["jpeg_quality"] = json!(0);
    one.server
        .post(&one.staff.lists, &path, another.clone())
        .await
        .is(Kind::Invalid);
    another["jpeg_quality"] = json!(JpegQuality::LEAST.get());
    one.server.post(&one.staff.lists, &path, another).await.ok();
}

#[tokio::test]
async fn r29_people_who_look_alike_are_kept_merged_or_dropped_before_the_start() {
    let one = Planned::new().await;
    let first = one.add(one.server.wanted("First", 1)).await.ok();
    // The same face under other numbers; the last three come together.
    let alike = |number: u64| {
        with(
            one.server.wanted("Alike", 1),
            json!({ "nominal_id": format!("M/{number}"), "image_taken_on": format!("202{number}-01-31") }),
        )
    };
    one.server.wait(1);
    let second = one.add(alike(2)).await.ok();
    assert_eq!(second["resembles"][0]["id"], first["id"]);
    assert_eq!(
        second["clearances"],
        json!([{ "kind": "possible_duplicate", "state": "needed" }])
    );
    let rest = one.batch(&[3, 4].map(|number| one_of_many(&alike(number)))).await;
    assert_eq!(rest[0]["resembles"].as_array().unwrap().len(), 2);
    assert_eq!(rest[1]["resembles"].as_array().unwrap().len(), 3);
    let (third, fourth) = (&rest[0]["entry"], &rest[1]["entry"]);
    one.see_to().await;
    one.start().await.is(Kind::StartBlocked);
    one.resolve(&first["id"], json!({ "kind": "drop" }))
        .await
        .is(Kind::ClearanceNotNeeded);
    one.approve(&second["id"], "possible_duplicate")
        .await
        .is(Kind::ClearanceNotNeeded);
    one.resolve(&second["id"], json!({ "kind": "keep_both", "rationale": "Twins" }))
        .await
        .ok();
    one.resolve(&second["id"], json!({ "kind": "drop" }))
        .await
        .is(Kind::ClearanceDecided);
    let other = one.add(one.server.wanted("Other", 9)).await.ok();
    for into in [&third["id"], &other["id"], &json!(Uuid::from_u128(7))] {
        one.resolve(&third["id"], json!({ "kind": "merge", "into": into }))
            .await
            .is(Kind::WatchlistChanged);
    }
    let path = format!("{}/entries/{}", one.path, other["id"].as_str().unwrap());
    one.server.delete(&one.staff.lists, &path).await.ok();
    one.resolve(&third["id"], json!({ "kind": "merge", "into": first["id"] }))
        .await
        .ok();
    let left = one.resolve(&fourth["id"], json!({ "kind": "drop" })).await.ok();
    assert_eq!(left, json!([]), "nothing is left to decide about somebody who went");
    let entries = one.entries().await;
    let photos: Vec<_> = entries.iter().map(|e| e["photos"].as_array().unwrap().len()).collect();
    assert_eq!(photos, [2, 1]);
    // The oldest image's.
    assert_eq!(entries[0]["particulars"]["image_taken_on"], "2023-01-31");
    one.start().await.ok();
    assert!(one.server.finds(&one.id, 1).await);
}

/// So no alert is ever withdrawn by a merge, of whose person somebody is to be found still.
#[tokio::test]
async fn r29_who_may_be_a_look_alike_has_no_alert_and_who_has_one_is_no_look_alike() {
    let one = Planned::live().await;
    let operator = &one.staff.operator;
    let known = one.entries().await.remove(0)["id"].clone();
    let alike = json!({ "nominal_id": "M/2" });
    let mut alike = with(one.server.wanted("Alike", 1), alike);
    alike["reason"] = json!("Escaped this morning");
    let late = one.add(alike).await.ok();
    assert_eq!(late["resembles"][0]["id"], known);
    one.approve(&late["id"], "added_while_live").await.ok();
    one.server
        .offer(operator, &one.id, &one.server.candidate(1, 1))
        .await
        .ok();
    let photos = format!("{}/entries/{}/photos", one.path, known.as_str().unwrap());
    one.server
        .post(&one.staff.lists, &photos, one.server.portrait(1))
        .await
        .is(Kind::WatchlistClosed);
    let merged = |into: &Value| json!({ "kind": "merge", "into": into });
    for how in [json!({ "kind": "drop" }), merged(&late["id"])] {
        one.resolve(&known, how).await.is(Kind::ClearanceNotNeeded);
    }
    one.resolve(&late["id"], merged(&known)).await.ok();
    let alerts = one.server.alerts(operator, &one.id).await;
    let of: Vec<_> = alerts
        .iter()
        .map(|alert| json!([alert["entry"]["id"], alert["state"]["kind"]]))
        .collect();
    assert_eq!(of, [json!([known, "open"])]);
}

/// Nobody gets around a second person by way of a merge.
#[tokio::test]
async fn r29_a_minor_who_waits_is_not_merged_into_somebody_who_does_not() {
    let one = Planned::new().await;
    let first = one.add(one.server.wanted("First", 1)).await.ok();
    let young = json!({ "nominal_id": "M/2", "born_on": "2012-02-03" });
    let second = one.add(with(one.server.wanted("Young", 1), young)).await.ok();
    one.resolve(&second["id"], json!({ "kind": "merge", "into": first["id"] }))
        .await
        .is(Kind::ClearanceUndecided);
}

/// What asks for consent is not lost either when it was given: the other entry knows nothing of it.
#[tokio::test]
async fn r29_what_needs_consent_about_an_entry_is_not_lost_in_one_that_needs_none() {
    for (known, kind) in [
        (json!({ "nominal_id": "M/2", "born_on": "2012-02-03" }), "minor"),
        (json!({ "nominal_id": "M/2", "possible_minor": true }), "minor"),
        (
            json!({ "nominal_id": "M/2", "vulnerability": "Hard of hearing" }),
            "vulnerability",
        ),
        (
            json!({ "nominal_id": "M/2", "sensitive_source": true }),
            "sensitive_source",
        ),
    ] {
        let one = Planned::new().await;
        let first = one.add(one.server.wanted("First", 1)).await.ok();
        one.server.wait(1);
        let second = one.add(with(one.server.wanted("Second", 1), known.clone())).await.ok();
        let third =
            json!({ "nominal_id": "M/3", "possible_minor": true, "vulnerability": "Deaf", "sensitive_source": true });
        one.server.wait(1);
        let third = one.add(with(one.server.wanted("Third", 1), third)).await.ok();
        for entry in [&second, &third] {
            for needed in ["minor", "vulnerability", "sensitive_source"] {
                if entry == &third || needed == kind {
                    one.ask(&entry["id"], needed).await.ok();
                    one.approve(&entry["id"], needed).await.ok();
                }
            }
        }
        let merge = async |entry: &Value, into: &Value| {
            one.resolve(&entry["id"], json!({ "kind": "merge", "into": into["id"] }))
                .await
        };
        merge(&second, &first).await.is(Kind::ClearanceLost);
        merge(&third, &second).await.is(Kind::ClearanceLost);
        assert_eq!(one.entries().await.len(), 3, "{known}");
    }
}

#[tokio::test]
async fn r29_of_many_look_alikes_the_best_are_shown_and_the_others_counted() {
    const ALIKE: u64 = MOST_SHOWN as u64 + 3;
    let one = Planned::new().await;
    let people: Vec<Value> = (0..ALIKE)
        .map(|number| {
            with(
                one.server.wanted("Same picture", 1),
                json!({ "nominal_id": format!("M/{number}") }),
            )
        })
        .map(|entry| one_of_many(&entry))
        .collect();
    let last = one.batch(&people).await.pop().unwrap();
    assert_eq!(last["resembles"].as_array().unwrap().len(), MOST_SHOWN);
    let told = one.clearances(&one.staff.lists, "").await["clearances"].clone();
    let shown: Vec<(usize, u64)> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["others"].as_array().unwrap().len(),
                one["others_left_out"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!((shown.len() as u64, shown[0], shown[12]), (ALIKE - 1, (1, 0), (12, 1)));
    assert_eq!(shown.last(), Some(&(MOST_SHOWN, 2)));
}

/// What another program lists meanwhile is seen by the next who comes.
#[tokio::test]
async fn r29_whom_the_command_line_listed_is_compared_too() {
    let one = Planned::new().await;
    one.add(one.server.wanted("First", 1)).await.ok();
    let portrait = Portrait {
        template: one.server.template(2),
        quality: 0.8,
        compression: None,
        photo: Jpeg(jpeg(112, 112)),
    };
    let change = Change {
        deployment: one.id.parse().unwrap(),
        by: Actor::CommandLine,
        at: one.server.app.now(),
        entropy: &*one.server.app.entropy,
    };
    let newcomer = Newcomer {
        id: EntryId::new(Uuid::from_u128(77)),
        name: "Second",
        particulars: serde_json::from_value(particulars(2)).unwrap(),
        portraits: vec![&portrait],
        override_reason: None,
        addition_reason: None,
        resembles: Vec::new(),
    };
    let mut tx = one.server.app.store.write().await.unwrap();
    change.add_person(&mut *tx, newcomer).await.unwrap();
    tx.commit().await.unwrap();
    let alike = with(one.server.wanted("Alike", 2), json!({ "nominal_id": "M/2" }));
    assert_eq!(one.add(alike).await.ok()["resembles"][0]["name"], "Second");
}

#[tokio::test]
async fn r21_a_list_of_those_still_wanted_confirms_changes_and_removes_nobody_unasked() {
    let one = Planned::new().await;
    for seed in 1..=4 {
        one.add(one.server.wanted("Somebody", seed)).await.ok();
        one.server.wait(1);
    }
    let csv = "nominal_id,legal_status\nN/1,\nN/2,Appeal dismissed\nN/9,\n";
    let path = format!("{}/roster/status", one.path);
    let found = one
        .server
        .put(&one.staff.lists, &path, json!({ "csv": csv }))
        .await
        .ok();
    assert_eq!(
        (
            &found["confirmed"],
            &found["changed"],
            &found["checked"],
            &found["unknown"]
        ),
        (&json!(2), &json!(1), &json!(false), &json!(["N/9"]))
    );
    let missing: Vec<_> = found["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| &m["nominal_id"])
        .collect();
    assert_eq!(missing, ["N/3", "N/4"]);
    let entries = one.entries().await;
    assert_eq!(entries.len(), 4);
    assert_eq!(entries[1]["particulars"]["legal_status"], "Appeal dismissed");
    let operation = one.server.get(&one.staff.commander, &one.path).await.ok();
    assert_eq!(operation["operation"]["checked"], Value::Null);

    let wrong = json!({ "csv": csv, "remove": [entries[0]["id"]] });
    one.server
        .put(&one.staff.lists, &path, wrong)
        .await
        .is(Kind::WatchlistChanged);
    assert_eq!(one.entries().await.len(), 4);
    let gone = json!({ "csv": csv, "remove": [entries[2]["id"], entries[3]["id"]] });
    let found = one.server.put(&one.staff.lists, &path, gone).await.ok();
    assert_eq!((&found["checked"], &found["missing"]), (&json!(true), &json!([])));
    assert_eq!(one.entries().await.len(), 2);
    let operation = one.server.get(&one.staff.commander, &one.path).await.ok();
    assert!(operation["operation"]["checked"]["at"].is_string());
}

#[tokio::test]
async fn r21_whoever_is_no_longer_wanted_stops_matching_while_live() {
    let one = Planned::live().await;
    let zebedee = one.entries().await[0]["id"].clone();
    let path = format!("{}/roster/status", one.path);
    let body = json!({ "csv": "nominal_id\nN/5\n", "remove": [zebedee] });
    let found = one.server.put(&one.staff.lists, &path, body).await.ok();
    assert_eq!(found["checked"], false);
    assert!(!one.server.finds(&one.id, 1).await);
}

/// R33, R82.
#[tokio::test]
async fn r33_the_manifest_outlives_the_list_without_names_images_and_templates() {
    let one = Planned::new().await;
    let (first, second) = (
        one.add(one.server.wanted("Marguerite Testperson", 1)).await.ok(),
        one.add(one.server.wanted("Bartholomew Testperson", 2)).await.ok(),
    );
    let photos = format!("{}/entries/{}/photos", one.path, first["id"].as_str().unwrap());
    one.server
        .post(&one.staff.lists, &photos, one.server.portrait(1))
        .await
        .ok();
    one.server.wait(60);
    let gone = format!("{}/entries/{}", one.path, second["id"].as_str().unwrap());
    one.server.delete(&one.staff.lists, &gone).await.ok();
    one.server.wait(60);
    one.server
        .post(&one.staff.commander, &format!("{}/end", one.path), json!({}))
        .await
        .ok();
    let mut tx = one.server.app.store.read().await.unwrap();
    let kept = tx.manifest(one.id.parse().unwrap()).await.unwrap();
    let seconds = |at: Option<Timestamp>| at.unwrap().as_second() - START;
    assert_eq!(kept.len(), 2);
    let of = |number: &str| kept.iter().find(|row| row.nominal_id == number).unwrap();
    assert_eq!(
        (seconds(of("N/1").removed_at), seconds(of("N/2").removed_at)),
        (120, 60)
    );
    assert_eq!(
        (of("N/1").category.as_str(), of("N/1").images.len()),
        ("Deportation order", 2)
    );
    let image = &of("N/1").images[0];
    assert_eq!(image.sha256.0, <[u8; 32]>::from(sha2::Sha256::digest(jpeg(112, 112))));
    assert_eq!(seconds(image.removed_at), 120);
    assert_eq!(tx.manifest_of("N/2").await.unwrap(), [of("N/2").clone()]);
    assert!(tx.listed(one.id.parse().unwrap()).await.unwrap().is_empty());
    drop(tx);
    for secret in ["Testperson", "Seen here in May", "Visa application", "1990-04-12"] {
        assert!(!one.server.files_hold(secret.as_bytes()), "{secret}");
    }
}

#[tokio::test]
async fn r19_an_alert_says_category_response_and_the_images_day() {
    let one = Planned::live().await;
    one.server
        .offer(&one.staff.operator, &one.id, &one.server.candidate(1, 1))
        .await
        .ok();
    let alerts = one.server.alerts(&one.staff.operator, &one.id).await;
    assert_eq!(
        alerts[0]["subject"],
        json!({
            "category": "Deportation order", "response": "amber", "image_taken_on": "2025-06-30",
            "minor": null, "vulnerable": false,
        })
    );
    assert!(alerts[0]["entry"].get("particulars").is_none());
}

/// One account may keep lists and sign for operations, but not for a list that it filled.
#[tokio::test]
async fn r115_whoever_put_people_onto_the_list_neither_signs_for_it_nor_consents() {
    let one = Planned::new().await;
    let (server, staff) = (&one.server, &one.staff);
    server
        .account(&one.admin, "Both", &["list_manager", "authorising_officer"])
        .await;
    let both = server.signed_in("Both").await;
    let child = with(server.wanted("Child", 2), json!({ "born_on": "2012-02-03" }));
    let first = one.add(child).await.ok();
    one.ask(&first["id"], "minor").await.ok();
    let path = format!("{}/entries/batch", one.path);
    let body = json!({ "entries": [one_of_many(&server.wanted("Second", 3))] });
    server.post(&both, &path, body).await.ok();

    let refused = one
        .decide(&both, &first["id"], "minor", "approval", json!({}))
        .await
        .is(Kind::OwnList);
    let said = refused["detail"].as_str().unwrap();
    assert!(said.contains("Ask an authorising officer who didn't"), "{said}");
    let shown = one.clearances(&both, "").await["clearances"].clone();
    assert_eq!(shown[0]["own"], true);
    one.approve(&first["id"], "minor").await.ok();

    server
        .post(&staff.commander, &format!("{}/submission", one.path), json!({}))
        .await
        .ok();
    let read = server.get(&both, &one.path).await.ok();
    assert_eq!(
        (&read["operation"]["own"], &read["operation"]["built_list"]),
        (&json!(false), &json!(true))
    );
    let signature = json!({ "rank": "Superintendent", "content_sha256": read["operation"]["content_sha256"] });
    let sign = format!("{}/authorisation", one.path);
    let refused = server.post(&both, &sign, signature.clone()).await.is(Kind::OwnList);
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("Ask an authorising officer who didn't")
    );
    // Another plan for the same list doesn't change who filled it.
    let amended = format!("{}/plan", one.path);
    server.put(&staff.commander, &amended, plan(server)).await.ok();
    let read = server.get(&both, &one.path).await.ok();
    assert_eq!(read["operation"]["built_list"], true);
    server
        .post(&staff.commander, &format!("{}/submission", one.path), json!({}))
        .await
        .ok();
    let read = server.get(&staff.authoriser, &one.path).await.ok();
    assert_eq!(read["operation"]["built_list"], false);
    let signature = json!({ "rank": "Superintendent", "content_sha256": read["operation"]["content_sha256"] });
    server.post(&staff.authoriser, &sign, signature).await.ok();
}

/// A photograph decides who is matched, too.
#[tokio::test]
async fn r115_whoever_adds_a_photograph_does_not_sign_for_the_list() {
    let one = Planned::new().await;
    one.server
        .account(&one.admin, "Both", &["list_manager", "authorising_officer"])
        .await;
    let both = one.server.signed_in("Both").await;
    let entry = one.add(one.server.wanted("Somebody", 1)).await.ok();
    let listed = async || one.server.get(&both, &one.path).await.ok()["operation"]["built_list"].clone();
    assert_eq!(listed().await, false);
    let portrait = one.server.wanted("Somebody", 1)["portrait"].clone();
    let path = format!("{}/entries/{}/photos", one.path, entry["id"].as_str().unwrap());
    one.server.post(&both, &path, portrait).await.ok();
    assert_eq!(listed().await, true);
}

/// What an officer must know before speaking to somebody, and not why it is so.
#[tokio::test]
async fn r23_r25_an_alert_says_who_is_or_may_be_under_eighteen_or_is_vulnerable() {
    let one = Planned::new().await;
    let mut waiting = Vec::new();
    for (seed, said) in [
        (1, json!({ "born_on": "2012-02-03" })),
        (
            2,
            json!({ "born_on": null, "possible_minor": true, "vulnerability": "Does not speak" }),
        ),
        (3, json!({ "vulnerability": "Does not speak" })),
    ] {
        let entry = one.add(with(one.server.wanted("Somebody", seed), said)).await.ok();
        waiting.push(entry);
        one.server.wait(1);
    }
    for entry in waiting {
        for clearance in entry["clearances"].as_array().unwrap() {
            let kind = clearance["kind"].as_str().unwrap();
            one.ask(&entry["id"], kind).await.ok();
            one.approve(&entry["id"], kind).await.ok();
        }
    }
    one.see_to().await;
    one.start().await.ok();
    for (seed, minor, vulnerable) in [
        (1, json!("under_18"), false),
        (2, json!("may_be_under_18"), true),
        (3, Value::Null, true),
    ] {
        let candidate = one.server.candidate(u128::from(seed), seed);
        one.server.offer(&one.staff.operator, &one.id, &candidate).await.ok();
        let alerts = one.server.alerts(&one.staff.operator, &one.id).await;
        let track = json!(Uuid::from_u128(u128::from(seed)));
        let alert = alerts.iter().find(|alert| alert["track"] == track).unwrap();
        assert_eq!(
            (&alert["subject"]["minor"], &alert["subject"]["vulnerable"]),
            (&minor, &json!(vulnerable))
        );
        let said = alert.to_string();
        assert!(
            !said.contains("Does not speak") && !said.contains("2012-02-03"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn r32_an_authorising_officer_sees_whom_she_decides_about_and_an_operator_sees_nobody() {
    let one = Planned::new().await;
    let entry = one
        .add(with(one.server.wanted("Child", 2), json!({ "born_on": "2012-02-03" })))
        .await
        .ok();
    let photo = format!("{}/entries/{}/photo", one.path, entry["id"].as_str().unwrap());
    assert!(one.server.get(&one.staff.authoriser, &photo).await.status.is_success());
    let clearances = format!("{}/clearances", one.path);
    for who in [&one.staff.operator, &one.staff.commander, &one.admin] {
        one.server.get(who, &photo).await.is(Kind::NotAllowed);
        one.server.get(who, &clearances).await.is(Kind::NotAllowed);
    }
    let entries = format!("{}/entries", one.path);
    one.server
        .get(&one.staff.authoriser, &entries)
        .await
        .is(Kind::NotAllowed);
}

/// A plan that moves changes who is of age on its day.
#[tokio::test]
async fn r23_a_plan_that_moves_before_a_birthday_asks_again() {
    let one = Planned::new().await;
    let start = one.server.app.now() + SignedDuration::from_hours(72);
    let mut later = plan(&one.server);
    later["plan"]["starts_at"] = json!(start);
    later["ends_at"] = json!(start + SignedDuration::from_mins(20));
    let amended = format!("{}/plan", one.path);
    one.server.put(&one.staff.commander, &amended, later).await.ok();
    let day = one.server.app.today() + SignedDuration::from_hours(48);
    let born = day.saturating_sub(jiff::Span::new().years(18));
    let entry = one
        .add(with(one.server.wanted("Nearly", 1), json!({ "born_on": born })))
        .await
        .ok();
    assert_eq!(entry["clearances"], json!([]));
    one.server
        .put(&one.staff.commander, &amended, plan(&one.server))
        .await
        .ok();
    let entries = one.entries().await;
    assert_eq!(
        entries[0]["clearances"],
        json!([{ "kind": "minor", "state": "needed" }])
    );
}

/// As for every change of a list.
#[tokio::test]
async fn r22_a_consent_whose_request_is_dropped_at_any_point_is_matched_as_the_database_has_it() {
    let one = Planned::live().await;
    let mut late = Vec::new();
    for seed in 100..160 {
        let mut new = one.server.wanted("Late", seed);
        new["reason"] = json!("Escaped this morning");
        late.push((seed, one.add(new).await.ok()["id"].as_str().unwrap().to_owned()));
    }
    for ((_, entry), polls) in late.iter().zip(1..) {
        let path = format!("{}/entries/{entry}/clearances/added_while_live/approval", one.path);
        let consent = Server::request("POST", &path, &one.staff.authoriser)
            .body(Body::empty())
            .unwrap();
        one.server.send_and_leave(consent, polls).await;
    }
    let _no_change_under_way = one.server.app.watchlists.lock().await;
    let mut tx = one.server.app.store.read().await.unwrap();
    let mut matched = 0;
    for (seed, entry) in late {
        let row = tx.entry(one.id.parse().unwrap(), entry.parse().unwrap()).await;
        let waits = row.unwrap().unwrap().waits();
        assert_eq!(one.server.finds(&one.id, seed).await, !waits, "the entry of {seed}");
        matched += u32::from(!waits);
    }
    assert!(matched > 0);
}

/// However a deployment ended, none of its templates stays in memory.
#[tokio::test]
async fn the_neighbours_of_a_list_that_ended_are_not_kept() {
    let one = Planned::new().await;
    let kept = async || one.server.app.watchlists.lock().await.deployment().is_some();
    one.add(one.server.wanted("Somebody", 1)).await.ok();
    assert!(kept().await);
    one.server
        .post(&one.staff.commander, &format!("{}/end", one.path), json!({}))
        .await
        .ok();
    assert!(!kept().await);

    // By the command line, beside the server.
    let id = one.server.draft(&one.admin).await;
    let entries = format!("/v1/deployments/{id}/entries");
    one.server
        .post(&one.admin, &entries, one.server.entry("Volunteer", 2))
        .await
        .ok();
    assert!(kept().await);
    let later = one.server.app.now() + SignedDuration::from_hours(3);
    retention::sweep(&*one.server.app.store, Actor::CommandLine, later)
        .await
        .unwrap();
    assert!(retention::tick(&one.server.app, 1).await);
    assert!(!kept().await);
}

/// What it takes so that a Stop never waits for the files to be rewritten: while a reader holds that up, lists can be changed.
async fn free_while_files_are_rewritten<T: Send + 'static>(
    app: &App,
    change: impl Future<Output = T> + Send + 'static,
    is_committed: impl AsyncFn() -> bool,
) -> T {
    let mut reader = app.store.read().await.unwrap();
    reader.users().await.unwrap();
    let changing = tokio::spawn(change);
    while !is_committed().await {
        tokio::task::yield_now().await;
    }
    let free = app.watchlists.lock().await;
    assert!(
        !changing.is_finished(),
        "it rewrote the files before others could go on"
    );
    drop((free, reader));
    changing.await.unwrap()
}

#[tokio::test]
async fn r5_a_clearance_or_a_status_that_removes_somebody_holds_up_no_list_while_files_are_rewritten() {
    let one = Planned::new().await;
    let child = with(one.server.wanted("Child", 1), json!({ "born_on": "2012-02-03" }));
    let refused: EntryId = one.add(child).await.ok()["id"].as_str().unwrap().parse().unwrap();
    one.server.wait(1);
    let gone = one.add(one.server.wanted("Gone", 2)).await.ok();
    let gone: EntryId = gone["id"].as_str().unwrap().parse().unwrap();
    let app = one.server.app.clone();
    let users = app.store.read().await.unwrap().users().await.unwrap();
    let by = |name: &str| users.iter().find(|user| user.name == name).unwrap().id;
    let id: DeploymentId = one.id.parse().unwrap();
    let listed = async |entry: EntryId| {
        let mut tx = app.store.read().await.unwrap();
        tx.entry(id, entry).await.unwrap().is_some()
    };

    let decision = Decision {
        deployment: id,
        entry: refused,
        kind: vedette_store::clearance::Kind::Minor,
        by: by("Abel"),
        step: Step::Refuse,
    };
    let (its, keeper) = (app.clone(), by("Lina"));
    let decide = async move { clearances::decide(&its, decision).await };
    free_while_files_are_rewritten(&app, decide, async || !listed(refused).await)
        .await
        .unwrap();

    let its = app.clone();
    let confirm = async move { status::confirm(&its, id, keeper, &HashMap::new(), &[gone]).await };
    free_while_files_are_rewritten(&app, confirm, async || !listed(gone).await)
        .await
        .unwrap();
}

#[tokio::test]
async fn r23_clearances_of_a_long_list_come_a_page_at_a_time_the_undecided_apart() {
    let one = Planned::new().await;
    let people: Vec<_> = (1..=23)
        .map(|seed| {
            let particulars = match seed {
                23 => json!({ "nominal_id": "M/23", "vulnerability": "Deaf" }),
                _ => json!({ "nominal_id": format!("M/{seed}"), "born_on": "2012-02-03" }),
            };
            one_of_many(&with(one.server.wanted("Somebody", seed), particulars))
        })
        .collect();
    one.batch(&people).await;
    let ids = |page: &Value| {
        let all = page["clearances"].as_array().unwrap().iter();
        all.map(|one| one["entry"]["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let shape = |page: &Value| {
        (
            page["open"].clone(),
            page["settled"].clone(),
            page["page"].clone(),
            ids(page).len(),
        )
    };
    let first = one.clearances(&one.staff.lists, "?show=open").await;
    assert_eq!(shape(&first), (json!(23), json!(0), json!(0), 20));
    assert_eq!(
        (&first["kinds"], &first["page_size"]),
        (&json!(["minor", "vulnerability"]), &json!(20))
    );
    let second = one.clearances(&one.staff.lists, "?show=open&page=1").await;
    assert_eq!(shape(&second), (json!(23), json!(0), json!(1), 3));
    let mut all = [ids(&first), ids(&second)].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 23, "everybody once");
    // A page beyond the end is the last one.
    assert_eq!(one.clearances(&one.staff.lists, "?show=open&page=9").await, second);
    let deaf = one.clearances(&one.staff.lists, "?show=open&kind=vulnerability").await;
    assert_eq!(shape(&deaf), (json!(1), json!(0), json!(0), 1));
    assert_eq!(deaf["kinds"], first["kinds"]);

    let child = json!(ids(&first)[0]);
    one.ask(&child, "minor").await.ok();
    let decided = one.approve(&child, "minor").await.ok();
    assert_eq!(
        (decided.as_array().unwrap().len(), &decided[0]["state"]),
        (1, &json!("cleared"))
    );
    let open = one.clearances(&one.staff.lists, "?show=open&kind=minor").await;
    assert_eq!(shape(&open), (json!(21), json!(1), json!(0), 20));
    assert!(!ids(&open).contains(&child.as_str().unwrap().to_owned()));
    let settled = one.clearances(&one.staff.lists, "?show=settled").await;
    assert_eq!(ids(&settled), [child.as_str().unwrap()]);
    for wrong in ["?show=both", "?kind=taste", "?page=-1"] {
        let path = format!("{}/clearances{wrong}", one.path);
        one.server.get(&one.staff.lists, &path).await.is(Kind::Invalid);
    }
    let entries = format!("{}/entries?page=1", one.path);
    assert_eq!(one.server.get(&one.staff.lists, &entries).await.ok(), json!([]));
    let entries = format!("{}/entries?page=last", one.path);
    one.server.get(&one.staff.lists, &entries).await.is(Kind::Invalid);
}

#[tokio::test]
async fn r115_the_journal_tells_who_filled_a_list_of_before_and_what_such_a_person_signed_is_signed_anew() {
    let one = Planned::new().await;
    let (server, staff) = (&one.server, &one.staff);
    server
        .account(&one.admin, "Both", &["list_manager", "authorising_officer"])
        .await;
    let both = server.signed_in("Both").await;
    let path = format!("{}/entries", one.path);
    server.post(&both, &path, server.wanted("First", 1)).await.ok();
    let step =
        async |who: &Browser, step: &str, body: Value| server.post(who, &format!("{}/{step}", one.path), body).await;
    let read = async || server.get(&both, &one.path).await.ok()["operation"].clone();
    let signature = async || json!({ "rank": "Superintendent", "content_sha256": read().await["content_sha256"] });

    // The journal names everybody, so a plan that waits for a signature goes on waiting for it, from somebody else.
    step(&staff.commander, "submission", json!({})).await.ok();
    one.forget_listers().await;
    one.attribute().await;
    let told = read().await;
    assert_eq!(
        (&told["built_list"], &told["stage"]["kind"]),
        (&json!(true), &json!("submitted"))
    );
    step(&both, "authorisation", signature().await).await.is(Kind::OwnList);

    // What she signed under the old rule is signed by nobody now.
    let mut tx = server.app.store.write().await.unwrap();
    let mut row = tx.deployment(one.id.parse().unwrap()).await.unwrap().unwrap();
    row.record.as_mut().unwrap().listers.clear();
    tx.save_deployment(&row).await.unwrap();
    tx.commit().await.unwrap();
    step(&both, "authorisation", signature().await).await.ok();
    one.forget_listers().await;
    one.attribute().await;
    assert_eq!(read().await["stage"]["kind"], "planned");
    let mut tx = server.app.store.read().await.unwrap();
    let noted = tx.audit_of_action("list_attributed").await.unwrap();
    let said: Vec<_> = noted.iter().map(|row| &row.detail["signed_anew"]).collect();
    assert_eq!(said, [&json!(false), &json!(true)]);
}

#[tokio::test]
async fn r115_a_consent_of_whoever_filled_the_list_of_before_is_put_back_and_nobody_elses() {
    let one = Planned::new().await;
    let server = &one.server;
    server
        .account(&one.admin, "Both", &["list_manager", "authorising_officer"])
        .await;
    let both = server.signed_in("Both").await;
    let child = |number: u64, seed: u64| {
        let particulars = json!({ "nominal_id": format!("C/{number}"), "born_on": "2012-02-03" });
        with(server.wanted("Child", seed), particulars)
    };
    let (first, second) = (one.add(child(1, 1)).await.ok(), one.add(child(2, 2)).await.ok());
    for listed in [&first, &second] {
        one.ask(&listed["id"], "minor").await.ok();
    }
    one.decide(&both, &first["id"], "minor", "approval", json!({}))
        .await
        .ok();
    one.approve(&second["id"], "minor").await.ok();
    // She fills it afterwards: then it was hers, whenever she consented.
    let path = format!("{}/entries", one.path);
    server.post(&both, &path, server.wanted("Third", 3)).await.ok();
    one.forget_listers().await;
    one.attribute().await;

    let settled = one.clearances(&one.staff.lists, "?show=settled").await;
    assert_eq!(settled["clearances"].as_array().unwrap().len(), 1);
    assert_eq!(settled["clearances"][0]["entry"]["id"], second["id"]);
    let open = one.clearances(&one.staff.lists, "?show=open").await;
    assert_eq!(open["clearances"][0]["entry"]["id"], first["id"]);
    assert_eq!(open["clearances"][0]["state"], "requested", "the reasons stay");
    let reopened: Vec<_> = one
        .actions()
        .await
        .into_iter()
        .filter(|(action, _)| action == "clearance_reopened")
        .collect();
    assert_eq!(
        reopened,
        [("clearance_reopened".to_owned(), json!({ "kind": "minor" }))]
    );
    one.decide(&both, &first["id"], "minor", "approval", json!({}))
        .await
        .is(Kind::OwnList);
    one.approve(&first["id"], "minor").await.ok();
    // It is asked once.
    one.attribute().await;
    let settled = one.clearances(&one.staff.lists, "?show=settled").await;
    assert_eq!(settled["clearances"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn r115_while_the_journal_does_not_tell_who_filled_a_list_nobody_signs_for_it_and_nothing_starts() {
    let one = Planned::new().await;
    let (server, staff) = (&one.server, &one.staff);
    one.add(server.wanted("Zebedee", 1)).await.ok();
    let submission = format!("{}/submission", one.path);
    server.post(&staff.commander, &submission, json!({})).await.ok();
    one.forget_listers().await;
    let read = server.get(&staff.authoriser, &one.path).await.ok();
    let signature = json!({ "rank": "Superintendent", "content_sha256": read["operation"]["content_sha256"] });
    let authorisation = format!("{}/authorisation", one.path);
    server
        .post(&staff.authoriser, &authorisation, signature.clone())
        .await
        .is(Kind::ListUnattributed);
    one.attribute().await;
    server.post(&staff.authoriser, &authorisation, signature).await.ok();
    server
        .put_jpeg(&staff.operator, &format!("{}/signs", one.path), jpeg(300, 200))
        .await
        .ok();
    server.wait(600);
    one.forget_listers().await;
    let blockers = server.blockers(&staff.commander, &one.id).await;
    assert_eq!(blockers, json!(["list_unattributed"]));
    one.start().await.is(Kind::StartBlocked);
    operations::start_due(&server.app).await.unwrap();
    assert_eq!(
        server.get(&staff.commander, &one.path).await.ok()["state"]["kind"],
        "draft"
    );
    one.attribute().await;
    one.start().await.ok();
}
