//! What outlives a deployment, under keys of its own.

use jiff::SignedDuration;
use vedette_core::id::{ComplaintId, HoldId};

use super::*;
use crate::KeyOwner;
use crate::rights::*;

fn hold() -> HoldRow {
    HoldRow {
        id: HoldId::new(uuid(60)),
        alert: alert().id,
        deployment: deployment().id,
        complaint: Some(complaint().id),
        freezes: false,
        after_end: None,
        by: user(2, "Abel").id,
        by_name: "Abel".into(),
        placed_at: at(400),
        state: HoldState::Held { until: at(5_000) },
        note: Some(HoldNote {
            case_reference: "CR/2027/18".into(),
            reason: "Evidence of an arrest".into(),
        }),
        has_probe: true,
        has_reference: true,
    }
}

fn complaint() -> ComplaintRow {
    ComplaintRow {
        id: ComplaintId::new(uuid(61)),
        deployment: deployment().id,
        alert: Some(alert().id),
        received_at: at(390),
        recorded_by: user(2, "Abel").id,
        recorded_by_name: "Abel".into(),
        recorded_at: at(395),
        state: ComplaintState::Open,
        words: Some(ComplaintWords {
            received_by: "Otto".into(),
            text: "Stopped for nothing at all".into(),
            outcome: None,
        }),
    }
}

async fn held(folder: &tempfile::TempDir) -> SqliteStore {
    let store = filled(folder).await;
    let mut tx = store.write().await.unwrap();
    tx.add_user(&user(2, "Abel"), &PasswordHash("hash".into()))
        .await
        .unwrap();
    tx.add_complaint(&complaint()).await.unwrap();
    assert_eq!(tx.add_hold(&hold(), alert().entry).await.unwrap(), hold());
    tx.commit().await.unwrap();
    store
}

/// R77, R98: the deployment's key goes, theirs stay.
#[tokio::test]
async fn holds_and_complaints_are_read_after_the_end_and_no_file_holds_them_in_the_clear() {
    let folder = tempfile::tempdir().unwrap();
    let store = held(&folder).await;
    end(&store).await;
    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.holds().await.unwrap(), [hold()]);
    assert_eq!(tx.complaints().await.unwrap(), [complaint()]);
    let pictures = [(HeldPicture::Probe, probe()), (HeldPicture::Reference, photo())];
    for (which, expected) in pictures {
        assert_eq!(tx.held_picture(&hold(), which).await.unwrap(), Some(expected));
    }
    drop(tx);
    for clear in [
        b"CR/2027/18".to_vec(),
        b"Stopped for nothing".to_vec(),
        b"Otto".to_vec(),
        photo().0[5000..5064].to_vec(),
        probe().0[900..964].to_vec(),
    ] {
        assert!(!files_hold(&folder, &clear));
    }
}

#[tokio::test]
async fn a_key_whose_row_was_never_written_is_destroyed_at_the_next_start_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = held(&folder).await;
    let (hold, complaint) = (
        HoldRow {
            id: HoldId::new(uuid(70)),
            ..hold()
        },
        ComplaintRow {
            id: ComplaintId::new(uuid(71)),
            ..complaint()
        },
    );
    let mut tx = store.write().await.unwrap();
    tx.add_hold(&hold, alert().entry).await.unwrap();
    tx.add_complaint(&complaint).await.unwrap();
    drop(tx);
    store.close().await;
    let kept = [deployment().id.as_uuid(), uuid(60), uuid(61)];
    let has_key = |owner: Uuid| folder.path().join("keys").join(format!("{owner}.key")).exists();
    assert!(kept.into_iter().chain([uuid(70), uuid(71)]).all(has_key));
    let store = open(&folder).await;
    assert!(kept.into_iter().all(has_key));
    assert!(![uuid(70), uuid(71)].into_iter().any(has_key));
    store.close().await;

    // An empty database beside the folder is somebody's mistake, and must not cost the keys.
    for file in ["vedette.db", "vedette.db-wal", "vedette.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(file));
    }
    open(&folder).await.close().await;
    assert!(kept.into_iter().all(has_key));
}

#[tokio::test]
async fn what_is_over_is_deleted_and_its_key_is_destroyed_and_written_down_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = held(&folder).await;
    let over = HoldRow {
        state: HoldState::Expired { at: at(5_000) },
        note: None,
        has_probe: false,
        has_reference: false,
        ..hold()
    };
    let forgotten = ComplaintRow {
        state: ComplaintState::Closed {
            at: at(450),
            by: user(2, "Abel").id,
            by_name: "Abel".into(),
            outcome: ComplaintOutcome::Upheld,
        },
        words: None,
        ..complaint()
    };
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.spent_own_keys().await.unwrap(), []);
    // Its complaint is open.
    assert_eq!(tx.holds_due(at(5_000)).await.unwrap(), []);
    tx.save_complaint(&forgotten).await.unwrap();
    assert_eq!(tx.holds_due(at(4_999)).await.unwrap(), []);
    assert_eq!(
        tx.holds_due(at(5_000)).await.unwrap(),
        [HoldRow { note: None, ..hold() }]
    );
    tx.save_hold(&over).await.unwrap();
    tx.commit().await.unwrap();
    store.scrub().await.unwrap();
    let keys = folder.path().join("keys");
    for owner in [uuid(60), uuid(61)] {
        assert!(!keys.join(format!("{owner}.key")).exists());
    }
    let mut tx = store.write().await.unwrap();
    let spent = tx.spent_own_keys().await.unwrap();
    assert_eq!(
        spent.iter().map(|(owner, _)| *owner).collect::<Vec<_>>(),
        [KeyOwner::Hold(hold().id), KeyOwner::Complaint(complaint().id)]
    );
    for (owner, _) in spent {
        tx.set_own_key_destroyed(owner, at(5_001)).await.unwrap();
    }
    assert_eq!(tx.spent_own_keys().await.unwrap(), []);
    assert_eq!(tx.holds().await.unwrap(), [over]);
    assert_eq!(tx.complaints().await.unwrap(), [forgotten]);
    assert_eq!(tx.held_picture(&hold(), HeldPicture::Probe).await.unwrap(), None);
}

/// A folder of keys that isn't there would else delete for good what it only hides.
#[tokio::test]
async fn r101_words_whose_key_is_missing_are_missed_and_not_taken_for_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = held(&folder).await;
    store.close().await;
    let keys = folder.path().join("keys");
    for owner in [uuid(60), uuid(61)] {
        std::fs::rename(
            keys.join(format!("{owner}.key")),
            folder.path().join(format!("{owner}.away")),
        )
        .unwrap();
    }
    let store = open(&folder).await;
    let mut tx = store.write().await.unwrap();
    assert!(matches!(tx.hold(hold().id).await, Err(StoreError::KeyGone)));
    assert!(matches!(tx.complaint(complaint().id).await, Err(StoreError::KeyGone)));
    // What ends needs none.
    assert_eq!(tx.shorten_holds(deployment().id, at(900)).await.unwrap(), 1);
    assert_eq!(
        tx.holds_of_complaint(complaint().id).await.unwrap(),
        [HoldRow { note: None, ..hold() }]
    );
}

#[tokio::test]
async fn r77_the_real_end_shortens_a_hold_by_what_it_was_placed_with_and_leaves_a_renewed_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = held(&folder).await;
    let placed = HoldRow {
        id: HoldId::new(uuid(62)),
        complaint: None,
        after_end: Some(SignedDuration::from_secs(3_000)),
        ..hold()
    };
    let mut tx = store.write().await.unwrap();
    tx.add_hold(&placed, alert().entry).await.unwrap();
    assert_eq!(tx.shorten_holds(deployment().id, at(900)).await.unwrap(), 2);
    let until = |row: HoldRow| row.state;
    assert_eq!(
        until(tx.hold(placed.id).await.unwrap().unwrap()),
        HoldState::Held { until: at(3_900) }
    );
    assert_eq!(until(tx.hold(hold().id).await.unwrap().unwrap()), hold().state);
    assert_eq!(tx.shorten_holds(DeploymentId::new(uuid(99)), at(0)).await.unwrap(), 0);
}

#[tokio::test]
async fn r7_what_is_damaged_in_one_deployment_is_not_read_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let store = held(&folder).await;
    for sql in ["update entries set name = x'00'", "update holds set note = x'00'"] {
        sqlx::query(sql).execute(&store.writer).await.unwrap();
    }
    let mut tx = store.write().await.unwrap();
    assert!(tx.open_alerts(Timestamp::MAX).await.is_err() && tx.holds().await.is_err());
    let other = DeploymentId::new(uuid(99));
    assert_eq!(tx.open_alerts_of(other).await.unwrap(), []);
    assert_eq!(tx.shorten_holds(other, at(0)).await.unwrap(), 0);
    tx.erase(deployment().id, at(900)).await.unwrap();
    let open = tx.open_alerts_of(deployment().id).await.unwrap();
    assert_eq!(open.iter().map(|row| row.id).collect::<Vec<_>>(), [alert().id]);
    assert_eq!(tx.shorten_holds(deployment().id, at(900)).await.unwrap(), 1);
}

#[tokio::test]
async fn holds_of_earlier_versions_are_told_apart_by_who_placed_them_and_when_they_end() {
    const DAY: i64 = 86_400_000;
    let folder = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.path().join("vedette.db"))
        .create_if_missing(true)
        .foreign_keys(false);
    let earlier = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let mut before = super::super::migrations();
    before.migrations.to_mut().retain(|script| script.version <= 12);
    before.run(&earlier).await.unwrap();
    let deployment =
        "insert into deployments (id, name, place, created_at, ends_at, model, pipeline, dimensions, state, started_at)
         values ('d', 'Pilot', 'Hall', 1, 1000, '0123456789abcdef', 1, 128, 'live', 1)";
    sqlx::query(deployment).execute(&earlier).await.unwrap();
    let holds = [
        // A complaint's, an officer's, and one that was renewed.
        ("a", Some("c"), None, 1000 + 31 * DAY, 1, Some(31 * DAY)),
        ("b", None, Some(b"note"), 1000 + 7 * DAY, 0, Some(7 * DAY)),
        ("c", Some("c"), Some(b"note"), 900 + 31 * DAY, 0, None),
    ];
    for (id, complaint, note, until, ..) in holds {
        sqlx::query(
            "insert into holds (id, alert, deployment, complaint, placed_by, placed_at, until, note, key_id)
             values (?, 'a', 'd', ?, 'u', 1, ?, ?, 'k')",
        )
        .bind(id)
        .bind(complaint)
        .bind(until)
        .bind(note.map(|note| note.to_vec()))
        .execute(&earlier)
        .await
        .unwrap();
    }
    super::super::migrations().run(&earlier).await.unwrap();
    for (id, .., freezes, after_end) in holds {
        let row: (i64, Option<i64>) = sqlx::query_as("select freezes, after_end from holds where id = ?")
            .bind(id)
            .fetch_one(&earlier)
            .await
            .unwrap();
        assert_eq!(row, (freezes, after_end), "{id}");
    }
}
