//! Alerts looked at after the fact.

use super::operations::{Staff, staff};
use super::*;

struct Site {
    server: Server,
    staff: Staff,
    id: String,
}

impl Site {
    async fn live() -> Self {
        let server = Server::new().await;
        let admin = server.set_up().await;
        let staff = staff(&server, &admin).await;
        server.account(&admin, "Audrey", &["auditor"]).await;
        server.account(&admin, "Lars", &["list_manager"]).await;
        server.account(&admin, "Petra", &["engagement_officer"]).await;
        let id = server.seen_to(&staff).await;
        server.wait(600);
        server
            .post(&staff.commander, &format!("/v1/deployments/{id}/start"), json!({}))
            .await
            .ok();
        Self { server, staff, id }
    }

    /// Of the person on the list.
    async fn raise_without_crop(&self, track: u128) -> Value {
        let (server, operator) = (&self.server, &self.staff.operator);
        server.wait(61);
        server.offer(operator, &self.id, &server.candidate(track, 1)).await.ok();
        let track = json!(Uuid::from_u128(track));
        let alerts = server.alerts(operator, &self.id).await;
        alerts.into_iter().find(|alert| alert["track"] == track).unwrap()
    }

    async fn raise(&self, track: u128) -> Value {
        let alert = self.raise_without_crop(track).await;
        let (server, operator) = (&self.server, &self.staff.operator);
        let crop = format!("/v1/alerts/{}/crop", alert["id"].as_str().unwrap());
        server.put_jpeg(operator, &crop, jpeg(128, 128)).await.ok();
        alert
    }

    /// By a second person, on sight.
    async fn confirm(&self, alert: &Value) {
        let mut petra = self.server.signed_in("Petra").await;
        let admin = self.server.signed_in("Ann Admin").await;
        self.server.pair(&admin, &mut petra).await;
        self.server.look(&petra, alert).await;
        let path = format!("/v1/alerts/{}/confirmation", alert["id"].as_str().unwrap());
        let request = Server::request("POST", &path, &petra)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::IF_MATCH, "\"1\"");
        let body = json!({ "verdict": "confirmed", "delivery": delivery() });
        let request = request.body(Body::from(body.to_string())).unwrap();
        self.server.send(request).await.ok();
    }

    async fn reviews(&self, who: &Browser) -> Value {
        let path = format!("/v1/deployments/{}/alert-reviews", self.id);
        self.server.get(who, &path).await.ok()
    }
}

/// R65, R77, R97.
#[tokio::test]
async fn r97_what_became_of_alerts_is_read_without_names_or_pictures_and_says_when_those_went() {
    let site = Site::live().await;
    let (server, staff) = (&site.server, &site.staff);
    let wrong = site.raise(11).await;
    assert_eq!(site.reviews(&staff.commander).await, json!([]), "it still waits");
    server.decide(&staff.operator, &wrong, "\"2\"", "false").await.ok();
    let decided_at = server.app.now();
    let bare = site.raise_without_crop(13).await;
    let right = site.raise(12).await;
    server.decide(&staff.operator, &right, "\"2\"", "true").await.ok();
    assert_eq!(
        site.reviews(&staff.commander).await.as_array().unwrap().len(),
        1,
        "the other one waits for a second person"
    );
    site.confirm(&right).await;
    server
        .decide(&staff.operator, &bare, "\"1\"", "inconclusive")
        .await
        .ok();

    let audrey = server.signed_in("Audrey").await;
    for who in [&staff.commander, &staff.authoriser, &staff.operator, &audrey] {
        let reviews = site.reviews(who).await;
        let text = reviews.to_string();
        assert!(!text.contains("Zebedee"), "a name: {text}");
        assert_eq!(reviews.as_array().unwrap().len(), 3);
        let of = |alert: &Value| {
            let all = reviews.as_array().unwrap();
            all.iter().find(|review| review["id"] == alert["id"]).unwrap().clone()
        };
        assert_eq!(of(&right)["pictures"], json!({ "kind": "kept" }));
        assert_eq!(of(&right)["course"]["by"]["name"], "Otto");
        assert_eq!(of(&right)["category"], "Deportation order");
        assert_eq!(
            of(&wrong)["pictures"],
            json!({ "kind": "deleted", "why": "decided_against", "at": decided_at })
        );
        assert_eq!(of(&wrong)["verdict"], "false");
        assert_eq!(of(&bare)["pictures"], json!({ "kind": "never_came" }));
    }
    let list = server.signed_in("Lars").await;
    let path = format!("/v1/deployments/{}/alert-reviews", site.id);
    server.get(&list, &path).await.is(Kind::NotAllowed);

    server
        .post(&staff.commander, &format!("/v1/deployments/{}/end", site.id), json!({}))
        .await
        .ok();
    let reviews = site.reviews(&audrey).await;
    let whys: Vec<_> = reviews
        .as_array()
        .unwrap()
        .iter()
        .map(|review| &review["pictures"]["why"])
        .collect();
    assert_eq!(
        whys,
        [&json!("deployment_ended"), &Value::Null, &json!("decided_against")]
    );
    assert_eq!(reviews[1]["pictures"]["kind"], "never_came");
    assert_eq!(reviews[0]["category"], Value::Null);
    assert_eq!(reviews[0]["course"]["verdict"], "true");
}

/// R92, R114: a commander and an auditor see none, and whoever sees one is in the journal.
#[tokio::test]
async fn r92_each_look_at_a_reviewed_picture_is_in_the_journal_and_only_deciders_have_one() {
    let site = Site::live().await;
    let (server, staff) = (&site.server, &site.staff);
    let right = site.raise(12).await;
    server.decide(&staff.operator, &right, "\"2\"", "true").await.ok();
    let alert = right["id"].as_str().unwrap();
    let audrey = server.signed_in("Audrey").await;
    for picture in ["probe", "reference"] {
        let path = format!("/v1/alerts/{alert}/{picture}");
        for who in [&staff.commander, &staff.authoriser, &audrey] {
            server.get(who, &path).await.is(Kind::NotAllowed);
        }
        let shown = server.get(&staff.operator, &path).await;
        assert_eq!(shown.status, StatusCode::OK, "{picture}");
    }
    let mut tx = server.app.store.read().await.unwrap();
    let journal = tx.audit_of(alert).await.unwrap();
    let shown = |action: &str| journal.iter().filter(|row| row.action == action).count();
    assert_eq!((shown("probe_shown"), shown("reference_shown")), (1, 1));
}
