use std::collections::{BTreeSet, HashMap};

use super::*;
use crate::engagement::*;
use crate::withdrawal::{Unlisted, Withdrawal};

const NOTE: &str = "She spoke of Ebenezer";

fn contact(disposal: Disposal) -> Contact {
    Contact {
        started_at: at(400),
        minutes: 4,
        explanation_given: true,
        leaflet_given: false,
        force_used: disposal == Disposal::Arrest,
        complaint: false,
        disposal,
    }
}

fn engagement(outcome: Outcome) -> Engagement {
    Engagement {
        by: user(50, "Ann").id,
        by_name: "Ann".into(),
        at: at(410),
        outcome,
        observed: false,
        texts: Texts {
            officers: vec!["Constable Quince".into()],
            note: Some(NOTE.into()),
        },
    }
}

fn decided(row: AlertRow, verdict: Verdict, sight: Option<SightVerdict>, done: Option<Outcome>) -> AlertRow {
    let by = user(50, "Ann").id;
    AlertRow {
        state: AlertState::Adjudicated {
            verdict,
            by,
            by_name: "Ann".into(),
            at: at(350),
            factors: Factors {
                subject: BTreeSet::from([SubjectFactor::Ageing, SubjectFactor::Relative]),
                system: BTreeSet::from([SystemFactor::Blur]),
                environment: BTreeSet::new(),
            },
            sight: sight.map(|verdict| Sight {
                verdict,
                by,
                by_name: "Ann".into(),
                at: at(360),
            }),
            engagement: done.map(engagement).map(Box::new),
            withdrawn: None,
        },
        repeats: 2,
        last_seen_at: at(340),
        escalated_at: Some(at(310)),
        version: 7,
        ..row
    }
}

/// Alerts of tracks 40, 41 and so on, each as given.
async fn with_alerts(
    folder: &tempfile::TempDir,
    all: &[(Verdict, Option<SightVerdict>, Option<Outcome>)],
) -> SqliteStore {
    let store = filled(folder).await;
    let mut tx = store.write().await.unwrap();
    for (n, (verdict, sight, done)) in (0..).zip(all) {
        let new = NewAlert {
            id: AlertId::new(uuid(30 + n)),
            track: TrackId::new(uuid(40 + n)),
            ..alert()
        };
        tx.raise_alert(&new).await.unwrap();
        let row = tx.alert(new.id).await.unwrap().unwrap();
        tx.save_alert(&decided(row, *verdict, *sight, *done)).await.unwrap();
    }
    tx.commit().await.unwrap();
    store
}

#[tokio::test]
async fn an_alert_is_read_with_all_that_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    let raised = tx.alert(alert().id).await.unwrap().unwrap();
    assert_eq!(
        (raised.repeats, raised.last_seen_at, raised.last_seen_device),
        (0, at(300), device().id)
    );
    let mut expected = decided(
        raised,
        Verdict::True,
        Some(SightVerdict::Confirmed),
        Some(Outcome::EngagedTrue {
            contact: contact(Disposal::OtherAction),
        }),
    );
    let receipt = ReceiptRow {
        device: Some(device().id),
        device_name: Some("Gate".into()),
        user: user(50, "Ann").id,
        user_name: "Ann".into(),
        received_at: at(301),
        opened_at: None,
    };
    let opened = ReceiptRow {
        opened_at: Some(at(303)),
        ..receipt.clone()
    };
    let elsewhere = ReceiptRow {
        device: None,
        device_name: None,
        received_at: at(302),
        ..receipt.clone()
    };
    let check = IdentityCheck {
        kind: CheckKind::Document,
        lawful_basis: LawfulBasis::Consent,
        at: at(405),
        by: user(50, "Ann").id,
        by_name: "Ann".into(),
    };
    tx.save_alert(&expected).await.unwrap();
    for receipt in [&receipt, &elsewhere, &opened] {
        tx.save_receipt(alert().id, receipt).await.unwrap();
    }
    assert!(tx.add_identity_check(alert().id, &check).await.unwrap());
    assert!(!tx.add_identity_check(alert().id, &check).await.unwrap());
    expected.receipts = vec![opened, elsewhere];
    expected.identity_checks = vec![check];
    assert_eq!(tx.alert(alert().id).await.unwrap(), Some(expected.clone()));
    assert_eq!(tx.alerts(deployment().id).await.unwrap(), [expected.clone()]);
    assert_eq!(
        tx.alerts_of_track(deployment().id, device().id, alert().track)
            .await
            .unwrap(),
        [expected.clone()]
    );
    let entry = alert().entry;
    for (since, found) in [(340, 1), (341, 0)] {
        let of_entry = tx.alerts_of_entry(deployment().id, entry, at(since)).await.unwrap();
        assert_eq!(of_entry.len(), found);
    }
}

#[tokio::test]
async fn open_alerts_are_those_that_nobody_decided_about_and_time_did_not_close() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.open_alerts(at(299)).await.unwrap(), []);
    let open = tx.open_alerts(at(300)).await.unwrap();
    assert_eq!(open.len(), 1);
    let lapsed = AlertRow {
        state: AlertState::NotAdjudicated { at: at(420) },
        ..open[0].clone()
    };
    tx.save_alert(&lapsed).await.unwrap();
    assert_eq!(tx.alert(alert().id).await.unwrap(), Some(lapsed));
    assert_eq!(tx.open_alerts(at(1000)).await.unwrap(), []);
}

#[tokio::test]
async fn a_track_is_taken_for_an_alert_once_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    let sighting = Sighting {
        alert: alert().id,
        entry: alert().entry,
        device: device().id,
        track: TrackId::new(uuid(49)),
        seen_at: at(320),
        band: Band::Moderate,
    };
    assert!(tx.add_sighting(&sighting).await.unwrap());
    assert!(!tx.add_sighting(&sighting).await.unwrap());
    let (id, track) = (deployment().id, sighting.track);
    assert_eq!(tx.sightings_of_track(id, device().id, track).await.unwrap(), [sighting]);
    assert_eq!(tx.sightings_of_track(id, device().id, alert().track).await.unwrap(), []);
    let last = tx.last_sighting(sighting.alert).await.unwrap();
    assert_eq!(last, Some((sighting, device().name)));
    tx.remove_sightings(id, device().id, track).await.unwrap();
    assert_eq!(tx.sightings_of_track(id, device().id, track).await.unwrap(), []);
    assert_eq!(tx.last_sighting(sighting.alert).await.unwrap(), None);
}

#[tokio::test]
async fn what_somebody_on_the_spot_found_counts_before_the_decision() {
    let folder = tempfile::tempdir().unwrap();
    let met = contact(Disposal::NoFurtherAction);
    let store = with_alerts(
        &folder,
        &[
            (Verdict::True, None, None),
            (Verdict::True, Some(SightVerdict::Confirmed), None),
            (Verdict::True, Some(SightVerdict::NotConfirmed), None),
            (
                Verdict::True,
                Some(SightVerdict::Confirmed),
                Some(Outcome::EngagedFalse { contact: met }),
            ),
            (
                Verdict::True,
                Some(SightVerdict::Confirmed),
                Some(Outcome::EngagedTrue { contact: met }),
            ),
            (Verdict::False, None, None),
            (Verdict::Inconclusive, None, None),
        ],
    )
    .await;
    let mut tx = store.read().await.unwrap();
    let expected = Verdicts {
        right: 3,
        wrong: 3,
        inconclusive: 1,
    };
    assert_eq!(tx.verdicts(deployment().id).await.unwrap(), expected);
    assert_eq!(tx.entries(deployment().id).await.unwrap()[0].verdicts, expected);
}

/// R72, R83: notes go with the end, in every file; what was done stays.
#[tokio::test]
async fn the_end_takes_texts_receipts_and_tracks_and_leaves_counts() {
    let folder = tempfile::tempdir().unwrap();
    let arrest = Outcome::EngagedTrue {
        contact: contact(Disposal::Arrest),
    };
    let store = with_alerts(&folder, &[(Verdict::True, Some(SightVerdict::Confirmed), Some(arrest))]).await;
    let mut tx = store.write().await.unwrap();
    let receipt = ReceiptRow {
        device: Some(device().id),
        device_name: None,
        user: user(50, "Ann").id,
        user_name: String::new(),
        received_at: at(301),
        opened_at: None,
    };
    tx.save_receipt(alert().id, &receipt).await.unwrap();
    let sighting = Sighting {
        alert: alert().id,
        entry: alert().entry,
        device: device().id,
        track: TrackId::new(uuid(49)),
        seen_at: at(320),
        band: Band::Moderate,
    };
    tx.add_sighting(&sighting).await.unwrap();
    tx.commit().await.unwrap();
    for text in [NOTE, "Quince"] {
        assert!(!files_hold(&folder, text.as_bytes()), "in the clear while it lives");
    }
    let sql = "select texts as bytes from engagements";
    let sealed: Vec<u8> = sqlx::query(sql).fetch_one(&store.readers).await.unwrap().get("bytes");
    assert!(files_hold(&folder, &sealed));

    end(&store).await;
    assert!(!files_hold(&folder, &sealed));
    assert!(!files_hold(&folder, sighting.track.to_string().as_bytes()));
    let mut tx = store.read().await.unwrap();
    let left = tx.alert(alert().id).await.unwrap().unwrap();
    assert_eq!((left.receipts.len(), left.repeats), (0, 2));
    let AlertState::Adjudicated {
        engagement: Some(done), ..
    } = left.state
    else {
        panic!("{:?}", left.state)
    };
    assert_eq!((done.outcome, done.texts.is_empty()), (arrest, true));
    let counted = tx.interventions(deployment().id).await.unwrap();
    let expected = Interventions {
        right: 1,
        arrests: 1,
        force_used: 1,
        ..Interventions::default()
    };
    assert_eq!(counted, expected);
}

#[tokio::test]
async fn interventions_are_counted_by_outcome_and_disposal() {
    let folder = tempfile::tempdir().unwrap();
    let right = |disposal| Outcome::EngagedTrue {
        contact: contact(disposal),
    };
    let outcomes = [
        right(Disposal::Arrest),
        right(Disposal::Arrest),
        right(Disposal::OtherAction),
        Outcome::EngagedFalse {
            contact: Contact {
                complaint: true,
                ..contact(Disposal::NoFurtherAction)
            },
        },
        Outcome::Lost,
        Outcome::NotEngaged {
            reason: NotEngaged::NotSafe,
        },
    ];
    let all = outcomes.map(|outcome| (Verdict::True, Some(SightVerdict::Confirmed), Some(outcome)));
    let store = with_alerts(&folder, &all).await;
    let mut tx = store.read().await.unwrap();
    assert_eq!(
        tx.interventions(deployment().id).await.unwrap(),
        Interventions {
            right: 3,
            wrong: 1,
            lost: 1,
            not_engaged: 1,
            arrests: 2,
            other_action: 1,
            no_further_action: 1,
            force_used: 2,
            complaints: 1,
        }
    );
    let nowhere = DeploymentId::new(uuid(99));
    assert_eq!(tx.interventions(nowhere).await.unwrap(), Interventions::default());
}

/// R74: sums only, and each way of counting by itself.
#[tokio::test]
async fn observations_are_sums_that_name_no_alert_and_outlive_the_deployment() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    for sex in [ObservedSex::Female, ObservedSex::Female, ObservedSex::Male] {
        let observation = Observation {
            sex,
            age_band: ObservedAge::Under18,
            ethnicity: ObservedEthnicity::Asian,
        };
        tx.count_observation(deployment().id, observation).await.unwrap();
    }
    tx.commit().await.unwrap();
    end(&store).await;
    let mut tx = store.read().await.unwrap();
    let observed = tx.observed(deployment().id).await.unwrap();
    assert_eq!(observed.total, 3);
    assert_eq!(
        observed.sex,
        [
            (ObservedSex::Female, 2),
            (ObservedSex::Male, 1),
            (ObservedSex::NotKnown, 0)
        ]
    );
    assert!(observed.age_band.contains(&(ObservedAge::Under18, 3)));
    assert!(observed.ethnicity.contains(&(ObservedEthnicity::Asian, 3)));
}

/// Alerts that nobody decided about in a deployment that has ended stay undecided, and wake nobody.
#[tokio::test]
async fn open_alerts_of_earlier_versions_are_closed_where_their_deployment_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vedette.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let earlier = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let mut before = super::super::migrations();
    before.migrations.to_mut().retain(|script| script.version <= 8);
    before.run(&earlier).await.unwrap();
    let ids = [1, 2].map(|n| uuid(n).to_string());
    for sql in [
        format!(
            "insert into deployments (id, name, place, created_at, ends_at, model, pipeline, dimensions, state, started_at,
             ended_at, end_reason) values ('{}', 'Pilot', 'Hall', 1, 2, '0123456789abcdef', 1, 128, 'ended', 1, 900000, 'time')",
            ids[0]
        ),
        format!(
            "insert into deployments (id, name, place, created_at, ends_at, model, pipeline, dimensions, state, started_at)
             values ('{}', 'Pilot', 'Hall', 1, 2, '0123456789abcdef', 1, 128, 'live', 1)",
            ids[1]
        ),
        format!(
            "insert into devices (id, name, token, paired_at) values ('{}', 'Gate', x'07', 1)",
            device().id
        ),
    ]
    .into_iter()
    .chain(ids.iter().zip([uuid(31), uuid(32)]).map(|(deployment, id)| {
        format!(
            "insert into alerts (id, deployment, entry, device, track, raised_at, band, version)
             values ('{id}', '{deployment}', '{}', '{}', '{}', 300000, 'strong', 1)",
            alert().entry,
            device().id,
            alert().track
        )
    })) {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&earlier).await.unwrap();
    }
    earlier.close().await;
    let store = open(&folder).await;
    let mut tx = store.read().await.unwrap();
    let open = tx.open_alerts(at(1000)).await.unwrap();
    assert_eq!(
        open.iter().map(|row| row.id).collect::<Vec<_>>(),
        [AlertId::new(uuid(32))]
    );
    assert_eq!((open[0].last_seen_at, open[0].last_seen_device), (at(300), device().id));
    let closed = tx.alert(AlertId::new(uuid(31))).await.unwrap().unwrap();
    assert_eq!(closed.state, AlertState::NotAdjudicated { at: at(900) });
}

/// R21: withdrawn is neither decided nor out of time, and waits for nobody.
#[tokio::test]
async fn r21_a_withdrawn_alert_is_read_as_it_was_written_and_counts_for_itself() {
    let folder = tempfile::tempdir().unwrap();
    // The first is withdrawn below.
    let decided = [
        (Verdict::False, None, None),
        (Verdict::True, None, None),
        (Verdict::True, Some(SightVerdict::Confirmed), None),
    ];
    let store = with_alerts(&folder, &decided).await;
    let mut tx = store.write().await.unwrap();
    let id = deployment().id;
    // The card of that face has one more alert, which lapses; a second card is withdrawn, and a third waits.
    let more = [
        (60, alert().track),
        (61, TrackId::new(uuid(71))),
        (62, TrackId::new(uuid(72))),
    ];
    for (n, track) in more {
        let new = NewAlert {
            id: AlertId::new(uuid(n)),
            entry: EntryId::new(uuid(12)),
            track,
            ..alert()
        };
        assert!(tx.raise_alert(&new).await.unwrap());
    }
    let withdrawal = Withdrawal {
        at: at(400),
        by: Some((user(50, "Ann").id, "Ann".into())),
        why: Unlisted::NotWanted,
    };
    let states = [
        (alert().id, AlertState::Withdrawn(withdrawal.clone())),
        (AlertId::new(uuid(60)), AlertState::NotAdjudicated { at: at(420) }),
        (
            AlertId::new(uuid(61)),
            AlertState::Withdrawn(Withdrawal {
                by: None,
                ..withdrawal.clone()
            }),
        ),
    ];
    for (id, state) in states {
        let row = tx.alert(id).await.unwrap().unwrap();
        let row = AlertRow { state, ..row };
        tx.save_alert(&row).await.unwrap();
        assert_eq!(tx.alert(id).await.unwrap(), Some(row));
    }
    let expected = Unanswered {
        lapsed: 1,
        lapsed_since: Some(at(420)),
        withdrawn: 1,
    };
    assert_eq!(tx.unanswered(id).await.unwrap(), expected);
    assert_eq!(tx.unanswered_of_all().await.unwrap(), HashMap::from([(id, expected)]));
    assert_eq!(tx.count_undecided(id).await.unwrap(), 1);
    let open = tx.open_alerts(at(1000)).await.unwrap();
    assert_eq!(
        open.iter().map(|row| row.id).collect::<Vec<_>>(),
        [AlertId::new(uuid(62))]
    );

    // Of a decided one only the confirmation goes.
    assert_eq!(
        (
            tx.count_unsighted(id).await.unwrap(),
            tx.count_unwritten(id).await.unwrap()
        ),
        (1, 2)
    );
    let mut row = tx.alert(AlertId::new(uuid(31))).await.unwrap().unwrap();
    if let AlertState::Adjudicated { withdrawn, .. } = &mut row.state {
        *withdrawn = Some(Box::new(withdrawal));
    }
    tx.save_alert(&row).await.unwrap();
    assert_eq!(tx.alert(row.id).await.unwrap(), Some(row));
    assert_eq!(
        (
            tx.count_unsighted(id).await.unwrap(),
            tx.count_unwritten(id).await.unwrap()
        ),
        (0, 2)
    );
    assert_eq!(tx.unsighted_since(id).await.unwrap(), None);
    assert_eq!(tx.unanswered(id).await.unwrap(), expected);

    // Once it has ended, what was kept then is told, and its alerts aren't read for it.
    let ended = DeploymentState::Ended {
        ended_at: at(900),
        reason: EndReason::ByPerson,
    };
    tx.set_deployment_state(id, ended).await.unwrap();
    assert_eq!(tx.unanswered_of_all().await.unwrap(), HashMap::new());
    tx.keep_unanswered(id).await.unwrap();
    assert_eq!(tx.unanswered_of_all().await.unwrap(), HashMap::from([(id, expected)]));
    assert_eq!(tx.unanswered(id).await.unwrap(), expected);
}
