//! What is bound to its subject: kiosks to their deployments, numbers to what was said under them.

use super::*;
use vedette_core::id::DeliveryId;

/// A file as version 22 left it.
async fn as_before(folder: &tempfile::TempDir, changes: &[String]) -> SqliteStore {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.path().join("vedette.db"))
        .create_if_missing(true)
        .foreign_keys(true);
    let earlier = sqlx::sqlite::SqlitePool::connect_with(options).await.unwrap();
    let mut before = migrations();
    before.migrations.to_mut().retain(|script| script.version <= 22);
    before.run(&earlier).await.unwrap();
    for sql in changes {
        sqlx::query(sqlx::AssertSqlSafe(sql.clone()))
            .execute(&earlier)
            .await
            .unwrap();
    }
    earlier.close().await;
    open(folder).await
}

#[tokio::test]
async fn r129_which_deployment_a_kiosk_stands_for_is_kept_when_its_session_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let made = |n: u128| {
        format!(
            "insert into deployments (id, name, place, created_at, ends_at, model, pipeline, dimensions, target_fpir_one_in, state)
             values ('{}', 'North', 'Gate', 1, 2, '0123456789abcdef', 1, 128, 2000, 'draft')",
            uuid(n)
        )
    };
    let paired = |n: u128, kiosk: u8| {
        format!(
            "insert into devices (id, name, token, paired_at, kiosk) values ('{}', 'Gate', x'0{n}', 1, {kiosk})",
            uuid(n)
        )
    };
    let session = |n: u128, device: u128, kiosk: u128| {
        format!(
            "insert into sessions (token, user, created_at, last_seen_at, kiosk, device)
             values (x'0{n}', '{}', {n}, 1, '{}', '{}')",
            uuid(9),
            uuid(kiosk),
            uuid(device)
        )
    };
    let user = format!(
        "insert into users (id, name, password_hash, created_at) values ('{}', 'Otto', '', 1)",
        uuid(9)
    );
    let changes = [
        user,
        made(1),
        made(2),
        paired(3, 1),
        paired(4, 0),
        paired(5, 1),
        session(1, 3, 1),
        session(2, 3, 2),
        session(3, 4, 1),
    ];
    let store = as_before(&folder, &changes).await;
    let stands = |tx: Vec<KioskRow>| -> Vec<_> {
        tx.into_iter()
            .map(|row| (row.device, row.deployment, row.since))
            .collect()
    };
    let (device, deployment) = (|n| DeviceId::new(uuid(n)), |n| DeploymentId::new(uuid(n)));
    let mut tx = store.write().await.unwrap();
    let mut known = stands(tx.kiosks().await.unwrap());
    known.sort();
    // Of the last session; nothing where none was left.
    assert_eq!(known, [(device(3), Some(deployment(2)), None), (device(5), None, None)]);
    let token = Digest([1; 32]);
    tx.add_session(token, UserId::new(uuid(9)), Some(device(5)), at(10))
        .await
        .unwrap();
    tx.stand_as_kiosk(token, device(5), deployment(1), at(11))
        .await
        .unwrap();
    tx.remove_sessions_of(UserId::new(uuid(9))).await.unwrap();
    let known = stands(tx.kiosks().await.unwrap());
    assert!(known.contains(&(device(5), Some(deployment(1)), Some(at(11)))));
    assert!(tx.leave_kiosk(device(5)).await.unwrap());
    assert!(!tx.leave_kiosk(device(5)).await.unwrap());
    assert_eq!(tx.kiosks().await.unwrap().len(), 1);
}

#[tokio::test]
async fn r128_a_number_is_taken_once_for_what_was_said_and_for_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let number = |n: u128| DeliveryId::new(uuid(n.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)));
    let earlier = format!("insert into deliveries (id, at) values ('{}', 1)", number(1));
    let store = as_before(&folder, &[earlier]).await;
    let note = b"She spoke of Ebenezer";
    let mut tx = store.write().await.unwrap();
    // What it was is not known any more.
    assert_eq!(tx.take_delivery(number(1), note, at(10)).await.unwrap(), Taken::Before);
    assert_eq!(tx.take_delivery(number(2), note, at(10)).await.unwrap(), Taken::Now);
    assert_eq!(tx.take_delivery(number(2), note, at(11)).await.unwrap(), Taken::Before);
    let other = tx.take_delivery(number(2), b"She said nothing", at(11)).await.unwrap();
    assert_eq!(other, Taken::ForSomethingElse);
    assert_eq!(tx.take_delivery(number(3), note, at(11)).await.unwrap(), Taken::Now);
    tx.commit().await.unwrap();
    let rows = sqlx::query("select id, said from deliveries where at > 1")
        .fetch_all(&store.writer)
        .await
        .unwrap();
    let said: Vec<Vec<u8>> = rows.iter().map(|row| row.get("said")).collect();
    assert_ne!(
        said[0], said[1],
        "the same words under two numbers are not seen to be the same"
    );
    // Whoever has the file has no number to try words out with.
    for n in [2, 3] {
        assert!(!files_hold(&folder, number(n).to_string().as_bytes()));
        assert!(!files_hold(&folder, number(n).as_uuid().as_bytes()));
    }
}

#[tokio::test]
async fn r115_the_journal_is_asked_once_more_about_lists_of_before_consents_were_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let made = |n: u128, record: &str, state: &str| {
        format!(
            "insert into deployments (id, name, place, created_at, ends_at, model, pipeline, dimensions, target_fpir_one_in, record,
             state, ended_at, end_reason) values ('{}', 'North', 'Gate', 1, 2, '0123456789abcdef', 1, 128, 2000, {record}, {state})",
            uuid(n)
        )
    };
    let changes = [
        made(1, "'{}'", "'draft', null, null"),
        made(2, "'{}'", "'ended', 2, 'time'"),
        made(3, "null", "'draft', null, null"),
    ];
    let store = as_before(&folder, &changes).await;
    let due = store.read().await.unwrap().listers_due().await.unwrap();
    assert_eq!(due, [DeploymentId::new(uuid(1))]);
}
