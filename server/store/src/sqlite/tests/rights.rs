//! What outlives a deployment, under keys of its own.

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
    assert_eq!(tx.holds_due(at(4_999)).await.unwrap(), []);
    assert_eq!(tx.holds_due(at(5_000)).await.unwrap(), [hold()]);
    tx.save_hold(&over).await.unwrap();
    tx.save_complaint(&forgotten).await.unwrap();
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
