//! The clock, moved across every boundary without waiting: also on the nights on which it changes, 28 March and 31 October
//! 2027 at 01:00 UTC. Instants and durations don't notice; days are those of the United Kingdom.

use super::operations::{plan, staff};
use super::*;

async fn server_at(instant: &str) -> Server {
    let folder = tempfile::tempdir().unwrap();
    Models::write_samples(folder.path());
    Server::on(folder, None, at(instant).as_second()).await
}

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

impl Server {
    fn set(&self, instant: Timestamp) {
        self.clock.0.store(instant.as_second(), Ordering::SeqCst);
    }

    async fn state(&self, id: &str) -> Value {
        let cora = self.signed_in("Cora").await;
        let shown = self.get(&cora, &format!("/v1/deployments/{id}")).await.ok();
        shown["state"]["kind"].clone()
    }
}

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn r7_a_window_is_as_long_as_it_says_on_the_nights_when_the_clocks_change() {
    for night in ["2027-03-28", "2027-10-31"] {
        let server = server_at(&format!("{night}T00:00:00Z")).await;
        let admin = server.set_up().await;
        let staff = staff(&server, &admin).await;
        let (start, end) = (at(&format!("{night}T00:30:00Z")), at(&format!("{night}T02:30:00Z")));
        let mut over_the_change = plan(&server);
        over_the_change["plan"]["starts_at"] = json!(start);
        over_the_change["ends_at"] = json!(end);
        let id = server.seen_to_with(&staff, over_the_change).await;
        for (instant, state) in [
            (start - SECOND, "draft"),
            (start, "live"),
            (at(&format!("{night}T01:00:00Z")), "live"),
            (end - SECOND, "live"),
            (end, "ended"),
        ] {
            server.set(instant);
            assert!(retention::tick(&server.app, 1).await);
            assert_eq!(server.state(&id).await, state, "{instant}");
        }
    }
}

#[tokio::test]
async fn r20_a_watchlist_is_fresh_for_24_hours_to_the_second_whatever_the_clocks_do() {
    for day in ["2027-01-15", "2027-03-27", "2027-10-30"] {
        let noon = at(&format!("{day}T12:00:00Z"));
        let server = server_at(&format!("{day}T12:00:00Z")).await;
        let admin = server.set_up().await;
        let staff = staff(&server, &admin).await;
        let mut tomorrow = plan(&server);
        tomorrow["plan"]["starts_at"] = json!(noon + DAY);
        tomorrow["ends_at"] = json!(noon + DAY + SignedDuration::from_hours(1));
        let id = server.seen_to_with(&staff, tomorrow).await;
        server.set(noon + DAY + SECOND);
        let cora = server.signed_in("Cora").await;
        assert_eq!(server.blockers(&cora, &id).await, json!(["watchlist_out_of_date"]));
        server.set(noon + DAY);
        assert_eq!(server.blockers(&cora, &id).await, json!([]));
    }
}

#[tokio::test]
async fn r8_a_document_whose_review_is_today_holds_until_local_midnight() {
    for (last, review_by) in [
        ("2027-01-20T23:59:59Z", "2027-01-20"),
        ("2027-07-20T22:59:59Z", "2027-07-20"),
        ("2027-03-27T23:59:59Z", "2027-03-27"),
        ("2027-03-28T22:59:59Z", "2027-03-28"),
        ("2027-10-30T22:59:59Z", "2027-10-30"),
        ("2027-10-31T23:59:59Z", "2027-10-31"),
    ] {
        let end = at(last);
        let server = server_at(&(end - SignedDuration::from_hours(6)).to_string()).await;
        let admin = server.set_up().await;
        let staff = staff(&server, &admin).await;
        for (ends_at, missing) in [(end, 0), (end + SECOND, 4)] {
            let mut until_then = plan(&server);
            until_then["plan"]["starts_at"] = json!(ends_at - SignedDuration::from_hours(2));
            until_then["ends_at"] = json!(ends_at);
            for document in until_then["plan"]["documents"].as_array_mut().unwrap() {
                document["review_by"] = json!(review_by);
            }
            let made = server.post(&staff.commander, "/v1/operations", until_then).await.ok();
            assert_eq!(
                made["operation"]["missing"].as_array().unwrap().len(),
                missing,
                "{ends_at}"
            );
        }
    }
}

#[tokio::test]
async fn r116_training_holds_until_local_midnight_of_its_last_day() {
    for (last, until) in [
        ("2027-01-20T23:59:59Z", "2027-01-20"),
        ("2027-07-20T22:59:59Z", "2027-07-20"),
        ("2027-03-28T22:59:59Z", "2027-03-28"),
        ("2027-10-31T23:59:59Z", "2027-10-31"),
    ] {
        let server = server_at(&(at(last) - SignedDuration::from_mins(20)).to_string()).await;
        let admin = server.set_up().await;
        let roles = json!([{ "role": "commander", "trained_until": until }]);
        let body = json!({ "name": "Cora", "password": "correct horse", "roles": roles });
        server.post(&admin, "/v1/users", body).await.ok();
        let cora = server.signed_in("Cora").await;
        server.set(at(last));
        server.post(&cora, "/v1/operations", plan(&server)).await.ok();
        server.set(at(last) + SECOND);
        server
            .post(&cora, "/v1/operations", plan(&server))
            .await
            .is(Kind::NotAllowed);
    }
}

#[tokio::test]
async fn r10_a_notice_that_is_published_tomorrow_is_out_at_local_midnight() {
    for (midnight, published_on) in [
        ("2027-01-21T00:00:00Z", "2027-01-21"),
        ("2027-07-20T23:00:00Z", "2027-07-21"),
        ("2027-03-28T23:00:00Z", "2027-03-29"),
        ("2027-11-01T00:00:00Z", "2027-11-01"),
    ] {
        let midnight = at(midnight);
        let server = server_at(&(midnight - SignedDuration::from_mins(25)).to_string()).await;
        let admin = server.set_up().await;
        let staff = staff(&server, &admin).await;
        let mut tomorrow = plan(&server);
        tomorrow["plan"]["notice"]["published_on"] = json!(published_on);
        tomorrow["ends_at"] = json!(midnight + SignedDuration::from_hours(1));
        let id = server.seen_to_with(&staff, tomorrow).await;
        server.set(midnight - SECOND);
        assert_eq!(
            server.blockers(&staff.commander, &id).await,
            json!(["no_public_notice"])
        );
        server.set(midnight);
        assert_eq!(server.blockers(&staff.commander, &id).await, json!([]));
    }
}

#[tokio::test]
async fn sessions_last_as_long_on_the_nights_when_the_clocks_change() {
    for night in ["2027-03-28", "2027-10-31"] {
        let begin = at(&format!("{night}T00:45:00Z"));
        let server = server_at(&begin.to_string()).await;
        let admin = server.set_up().await;
        let idle = SignedDuration::from_mins(15);
        server.set(begin + idle - SECOND);
        server.get(&admin, "/v1/session").await.ok();
        server.set(begin + idle + idle - SECOND);
        server.get(&admin, "/v1/session").await.is(Kind::SignedOut);
        let again = server.signed_in("Ann Admin").await;
        let since = server.app.now();
        let shift = SignedDuration::from_hours(12);
        while server.app.now() < since + shift - SignedDuration::from_mins(10) {
            server.wait(10 * 60);
            server.get(&again, "/v1/session").await.ok();
        }
        server.set(since + shift - SECOND);
        server.get(&again, "/v1/session").await.ok();
        server.set(since + shift);
        server.get(&again, "/v1/session").await.is(Kind::SignedOut);
    }
}

#[tokio::test]
async fn r77_31_days_are_31_days_in_march_and_in_october() {
    for begin in ["2027-03-10T12:00:00Z", "2027-10-10T12:00:00Z"] {
        let server = server_at(begin).await;
        let admin = server.set_up().await;
        server.account(&admin, "Abel", &["authorising_officer"]).await;
        let (id, _) = server.live(&admin).await;
        server.offer(&admin, &id, &server.candidate(1, 1)).await.ok();
        let alerts = server.alerts(&admin, &id).await;
        let abel = server.signed_in("Abel").await;
        let path = format!("/v1/alerts/{}/hold", alerts[0]["id"].as_str().unwrap());
        let body = json!({ "case_reference": "CR 1", "reason": "Evidence" });
        let hold = server.post(&abel, &path, body).await.ok();
        server
            .post(&admin, &format!("/v1/deployments/{id}/end"), json!({}))
            .await
            .ok();
        let ended = server.app.now();
        for (instant, kept) in [(ended + DAY * 31 - SECOND, true), (ended + DAY * 31, false)] {
            server.set(instant);
            assert!(retention::tick(&server.app, 0).await);
            assert_eq!(
                server.key_file(hold["id"].as_str().unwrap()).exists(),
                kept,
                "{instant}"
            );
        }
    }
}

#[tokio::test]
async fn r91_an_operation_belongs_to_the_year_in_which_it_started() {
    let server = server_at("2027-12-31T23:40:00Z").await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    server.set(at("2027-12-31T23:59:59Z"));
    assert!(retention::tick(&server.app, 1).await);
    server.set(at("2028-01-01T00:30:00Z"));
    assert!(retention::tick(&server.app, 1).await);
    let cora = server.signed_in("Cora").await;
    for (year, expected) in [(2027, 1), (2028, 0)] {
        let report = server.get(&cora, &format!("/v1/reports/annual?year={year}")).await.ok();
        assert_eq!(report["deployments"].as_array().unwrap().len(), expected, "{year}");
    }
    assert_eq!(server.state(&id).await, "ended");
}

/// The server may have been off at the end, and write it down days later.
#[tokio::test]
async fn r83_r91_nothing_lasts_beyond_the_signed_window_however_late_its_end_is_written_down() {
    let server = server_at("2027-03-01T08:00:00Z").await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let (start, end) = (at("2027-03-01T08:10:00Z"), at("2027-03-01T08:55:00Z"));
    let mut planned = plan(&server);
    planned["plan"]["starts_at"] = json!(start);
    planned["ends_at"] = json!(end);
    let id = server.seen_to_with(&staff, planned).await;
    server.set(start);
    assert!(retention::tick(&server.app, 1).await);
    server.set(end + DAY + DAY);
    assert!(retention::tick(&server.app, 1).await);
    assert_eq!(server.state(&id).await, "ended");
    let cora = server.signed_in("Cora").await;
    let published = server.get(&cora, &format!("/v1/deployments/{id}/publication")).await;
    let published = String::from_utf8(published.bytes).unwrap();
    assert!(published.contains(",45 minutes,"), "{published}");
    let report = server.get(&cora, "/v1/reports/annual?year=2027").await.ok();
    assert_eq!(report["deployments"][0]["minutes_live"], 45);
}

#[tokio::test]
async fn r1_no_alert_is_raised_before_the_signed_start_when_the_clock_was_set_back() {
    let server = server_at("2027-03-01T08:00:00Z").await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let start = at("2027-03-01T08:10:00Z");
    let mut planned = plan(&server);
    planned["plan"]["starts_at"] = json!(start);
    let id = server.seen_to_with(&staff, planned).await;
    server.set(start);
    assert!(retention::tick(&server.app, 1).await);
    assert_eq!(server.state(&id).await, "live");
    server.set(start - SECOND);
    server
        .offer(&staff.operator, &id, &server.candidate(1, 1))
        .await
        .is(Kind::DeploymentNotLive);
    assert!(server.alerts(&staff.operator, &id).await.is_empty());
    server.set(start);
    server.offer(&staff.operator, &id, &server.candidate(2, 1)).await.ok();
    assert_eq!(server.alerts(&staff.operator, &id).await.len(), 1);
}
