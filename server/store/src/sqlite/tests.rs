mod bindings;
mod engagements;

use jiff::Timestamp;
use sqlx::Row as _;
use uuid::Uuid;
use vedette_core::calibration::Target;
use vedette_core::id::{AlertId, DeploymentId, DeviceId, EntryId, PhotoId, TrackId, UserId};
use vedette_core::template::{ModelId, PipelineVersion, Template, TemplateSpace};

mod lists;
mod namesakes;
mod rights;
mod withdrawn;

use super::{SqliteStore, migrations};
use crate::pause::{Pause, PauseCause, PauseOver};
use crate::row::*;
use crate::vault::{StorageKey, Vault};
use crate::{Result, Store, StoreError, Transaction};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn space() -> TemplateSpace {
    TemplateSpace {
        model: ModelId::new("0123456789abcdef").unwrap(),
        pipeline: PipelineVersion(1),
        dimensions: 128,
        transform: None,
    }
}

fn template(seed: usize) -> Template {
    let values = (0..128)
        .map(|n| ((n * 7919 + seed * 104_729) % 251) as f32 - 125.0)
        .collect();
    Template::from_embedding(space(), values).unwrap()
}

fn deployment() -> DeploymentRow {
    DeploymentRow {
        id: DeploymentId::new(uuid(1)),
        name: "Pilot".into(),
        place: "Hall".into(),
        created_at: at(100),
        ends_at: at(1000),
        space: space(),
        target: Target::one_in(2_000).unwrap(),
        state: DeploymentState::Live { started_at: at(200) },
        record: None,
        pauses: Vec::new(),
    }
}

fn entry(n: u128, name: &str) -> NewEntry {
    NewEntry {
        id: EntryId::new(uuid(n)),
        deployment: deployment().id,
        name: name.into(),
        particulars: None,
        created_at: at(150),
    }
}

fn taken(n: u128, quality: f32) -> PhotoRow {
    PhotoRow {
        id: PhotoId::new(uuid(n)),
        created_at: at(151),
        quality,
    }
}

async fn enrol(tx: &mut dyn Transaction, n: u128, name: &str, template: &Template) -> Result<()> {
    tx.add_entry(&entry(n, name)).await?;
    let (owner, row) = (EntryId::new(uuid(n)), taken(n + 1000, 0.75));
    tx.add_photo(deployment().id, owner, &row, template, &photo()).await
}

fn device() -> DeviceRow {
    DeviceRow {
        id: DeviceId::new(uuid(20)),
        name: "Gate".into(),
        paired_at: at(10),
        revoked_at: None,
    }
}

fn alert() -> NewAlert {
    NewAlert {
        id: AlertId::new(uuid(30)),
        deployment: deployment().id,
        entry: EntryId::new(uuid(11)),
        device: device().id,
        track: TrackId::new(uuid(40)),
        raised_at: at(300),
        band: Band::Strong,
    }
}

fn user(n: u128, name: &str) -> UserRow {
    UserRow {
        id: UserId::new(uuid(n)),
        name: name.into(),
        roles: vec![RoleGrant {
            role: Role::Operator,
            trained_until: Some("2027-01-31".parse().unwrap()),
        }],
        created_at: at(5),
    }
}

fn audit(seq: i64, actor: Actor) -> AuditRow {
    AuditRow {
        seq,
        at: at(seq),
        actor,
        action: "test".into(),
        subject: String::new(),
        detail: serde_json::json!({"n": 1}),
        hash: (seq > 1).then_some(Digest([seq as u8; 32])),
    }
}

const NAME: &str = "Marguerite Testperson";

fn storage_key() -> StorageKey {
    StorageKey::from_hex(&"5e".repeat(32)).unwrap()
}

/// Beside the database, as a product keeps it.
fn vault(folder: &tempfile::TempDir) -> Vault {
    Vault::open(&folder.path().join("keys"), storage_key()).unwrap()
}

async fn open(folder: &tempfile::TempDir) -> SqliteStore {
    SqliteStore::open(&folder.path().join("vedette.db"), vault(folder), None)
        .await
        .unwrap()
}

/// A store with a live deployment, two entries, one alert with its crop.
async fn filled(folder: &tempfile::TempDir) -> SqliteStore {
    let store = open(folder).await;
    let mut tx = store.write().await.unwrap();
    tx.add_user(&user(50, "Ann"), &PasswordHash("$hash".into()))
        .await
        .unwrap();
    tx.add_device(&device(), Digest([7; 32])).await.unwrap();
    tx.add_deployment(&deployment()).await.unwrap();
    enrol(&mut *tx, 11, NAME, &template(1)).await.unwrap();
    enrol(&mut *tx, 12, "Bob", &template(2)).await.unwrap();
    assert!(tx.raise_alert(&alert()).await.unwrap());
    tx.add_probe(deployment().id, alert().id, &probe()).await.unwrap();
    tx.commit().await.unwrap();
    store
}

/// Bytes that compress to nothing else and span pages.
fn photo() -> Jpeg {
    Jpeg(
        (0..20_000u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect(),
    )
}

fn probe() -> Jpeg {
    Jpeg(
        (0..20_000u32)
            .map(|n| (n.wrapping_mul(2_246_822_519) >> 11) as u8)
            .collect(),
    )
}

fn files_hold(folder: &tempfile::TempDir, needle: &[u8]) -> bool {
    std::fs::read_dir(folder.path()).unwrap().any(|file| {
        let path = file.unwrap().path();
        if path.is_dir() {
            return false;
        }
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}

#[tokio::test]
async fn what_is_written_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.read().await.unwrap();
    let kept = tx.deployment(deployment().id).await.unwrap().unwrap();
    assert!(kept.space.transform.is_some(), "it comes with the key");
    let said = DeploymentRow {
        space: kept.space.untransformed(),
        ..kept.clone()
    };
    assert_eq!(said, deployment());
    assert_eq!(tx.live_deployments().await.unwrap(), vec![kept.clone()]);
    let summary = tx.deployment_summary(deployment().id).await.unwrap().unwrap();
    assert_eq!((summary.entries, summary.alerts), (2, 1));
    let listed = |n: u128, name: &str| EntryRow {
        id: entry(n, name).id,
        deployment: deployment().id,
        name: name.into(),
        particulars: None,
        clearances: Vec::new(),
        created_at: at(150),
        photos: vec![taken(n + 1000, 0.75)],
        verdicts: Verdicts::default(),
        namesake: None,
    };
    assert_eq!(
        tx.entries(deployment().id).await.unwrap(),
        vec![listed(11, NAME), listed(12, "Bob")]
    );
    let references = tx.references(&deployment()).await.unwrap();
    assert!(references[0].template.compare(&template(1)).unwrap().get() > 0.99999);
    let found = tx.alert(alert().id).await.unwrap().unwrap();
    assert_eq!(
        (found.entry_name.as_deref(), found.has_probe, found.version),
        (Some(NAME), true, 1)
    );
    assert_eq!(found.device_name, "Gate");
    assert_eq!(tx.probe(deployment().id, alert().id).await.unwrap(), Some(probe()));
    assert_eq!(
        tx.photo(deployment().id, entry(11, NAME).id, None).await.unwrap(),
        Some(photo())
    );
}

#[tokio::test]
async fn an_uncommitted_change_never_was() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    tx.remove_entry(deployment().id, entry(11, NAME).id, at(800))
        .await
        .unwrap();
    drop(tx);
    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.count_entries(deployment().id).await.unwrap(), 2);
}

#[tokio::test]
async fn one_track_raises_one_alert_about_one_entry() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    let again = NewAlert {
        id: AlertId::new(uuid(31)),
        ..alert()
    };
    assert!(!tx.raise_alert(&again).await.unwrap());
    let other_entry = NewAlert {
        id: AlertId::new(uuid(32)),
        entry: EntryId::new(uuid(12)),
        ..alert()
    };
    assert!(tx.raise_alert(&other_entry).await.unwrap());
    let row = tx
        .alerts_of_track(deployment().id, device().id, alert().track)
        .await
        .unwrap();
    assert_eq!(row.len(), 2);
}

#[tokio::test]
async fn alerts_that_contradict_each_other_know_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    let beside = NewAlert {
        id: AlertId::new(uuid(31)),
        track: TrackId::new(uuid(41)),
        ..alert()
    };
    assert!(tx.raise_alert(&beside).await.unwrap());
    assert_eq!(tx.alert(alert().id).await.unwrap().unwrap().contradicts, []);
    for _ in 0..2 {
        tx.add_contradiction(beside.id, alert().id).await.unwrap();
    }
    for (one, other) in [(alert().id, beside.id), (beside.id, alert().id)] {
        assert_eq!(tx.alert(one).await.unwrap().unwrap().contradicts, [other]);
    }
    assert!(tx.add_contradiction(beside.id, beside.id).await.is_err());
}

#[tokio::test]
async fn a_file_of_an_earlier_version_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vedette.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let earlier = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let mut up_to_target = super::migrations();
    up_to_target.migrations.to_mut().retain(|script| script.version <= 2);
    up_to_target.run(&earlier).await.unwrap();
    let sql = "insert into devices (id, name, token, paired_at) values (?, 'Gate', x'07', 1)";
    sqlx::query(sql)
        .bind(device().id.to_string())
        .execute(&earlier)
        .await
        .unwrap();
    earlier.close().await;
    let store = open(&folder).await;
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.devices().await.unwrap().len(), 1);
    tx.add_deployment(&deployment()).await.unwrap();
    assert!(tx.raise_alert(&alert()).await.unwrap());
    assert_eq!(tx.alert(alert().id).await.unwrap().unwrap().contradicts, []);
}

/// A device that is withdrawn takes along all sessions on it.
#[tokio::test]
async fn sessions_from_before_devices_were_known_are_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vedette.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let earlier = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let mut before = super::migrations();
    before.migrations.to_mut().retain(|script| script.version <= 18);
    before.run(&earlier).await.unwrap();
    let id = uuid(50).to_string();
    for sql in [
        format!("insert into users (id, name, password_hash, created_at) values ('{id}', 'Ann', '$hash', 1)"),
        format!("insert into sessions (token, user, created_at, last_seen_at) values (x'01', '{id}', 1, 1)"),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&earlier).await.unwrap();
    }
    earlier.close().await;
    let store = open(&folder).await;
    let left = sqlx::query("select count(*) as n from sessions")
        .fetch_one(&store.readers)
        .await
        .unwrap();
    assert_eq!(left.get::<i64, _>("n"), 0);
}

fn secrets() -> [Vec<u8>; 4] {
    [
        NAME.as_bytes().to_vec(),
        template(1).to_bytes(),
        photo().0[5000..5064].to_vec(),
        probe().0[900..964].to_vec(),
    ]
}

/// Pieces of what the tables hold, as it lies in the file.
async fn sealed(store: &SqliteStore) -> Vec<Vec<u8>> {
    let sql = "select name as bytes from entries union all select template from photos
               union all select substr(photo, 5000, 64) from photos union all select substr(jpeg, 900, 64) from probes";
    let rows = sqlx::query(sql).fetch_all(&store.readers).await.unwrap();
    rows.iter().map(|row| row.get("bytes")).collect()
}

async fn end(store: &SqliteStore) -> Erased {
    let mut tx = store.write().await.unwrap();
    let ended = DeploymentState::Ended {
        ended_at: at(900),
        reason: EndReason::ByPerson,
    };
    tx.set_deployment_state(deployment().id, ended).await.unwrap();
    let erased = tx.erase(deployment().id, at(900)).await.unwrap();
    tx.commit().await.unwrap();
    store.scrub().await.unwrap();
    erased
}

/// R81: a copy of the files, taken at any time, is ciphertext.
#[tokio::test]
async fn no_file_ever_holds_a_name_a_template_or_a_picture_in_the_clear() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    for secret in secrets() {
        assert!(!files_hold(&folder, &secret));
    }
    for bytes in sealed(&store).await {
        assert!(files_hold(&folder, &bytes), "the test looks where nothing ever is");
    }
}

async fn free_pages(store: &SqliteStore) -> i64 {
    let row = sqlx::query("pragma freelist_count").fetch_one(&store.readers).await;
    row.unwrap().get(0)
}

/// R5: rewriting the files would hold up a Stop.
#[tokio::test]
async fn files_are_not_rewritten_while_anything_is_live_and_are_by_the_scrub_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let kept = sealed(&store).await;
    let mut tx = store.write().await.unwrap();
    for id in [11, 12] {
        let entry = EntryId::new(uuid(id));
        assert!(tx.remove_entry(deployment().id, entry, at(300)).await.unwrap());
    }
    tx.commit().await.unwrap();
    store.scrub().await.unwrap();
    assert!(free_pages(&store).await > 0);
    assert_eq!(
        std::fs::metadata(folder.path().join("vedette.db-wal")).unwrap().len(),
        0
    );
    for bytes in kept {
        assert!(!files_hold(&folder, &bytes));
    }
    end(&store).await;
    assert_eq!(free_pages(&store).await, 0);
}

#[tokio::test]
async fn the_end_leaves_no_byte_of_names_templates_and_pictures_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let were_there = sealed(&store).await;
    assert_eq!(were_there.len(), 7);
    let erased = Erased {
        entries: 2,
        photos: 2,
        probes: 1,
    };
    assert_eq!(end(&store).await, erased);
    for bytes in were_there {
        assert!(!files_hold(&folder, &bytes));
    }
    let mut tx = store.read().await.unwrap();
    let left = tx.alerts(deployment().id).await.unwrap();
    assert_eq!(
        (left.len(), left[0].entry_name.as_deref(), left[0].has_probe),
        (1, None, false)
    );
}

/// R101: what was copied before the end, the log included, opens with no key that is left after it.
#[tokio::test]
async fn after_the_end_no_copy_from_before_can_be_opened() {
    let (folder, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = filled(&folder).await;
    for file in ["vedette.db", "vedette.db-wal"] {
        std::fs::copy(folder.path().join(file), backup.path().join(file)).unwrap();
    }
    let keys = vault(&folder);
    let copy = SqliteStore::open(&backup.path().join("vedette.db"), keys, None)
        .await
        .unwrap();
    let mut tx = copy.read().await.unwrap();
    assert_eq!(
        tx.entries(deployment().id).await.unwrap()[0].name,
        NAME,
        "while it lives, a backup is one"
    );
    drop(tx);
    copy.close().await;

    end(&store).await;
    let copy = SqliteStore::open(&backup.path().join("vedette.db"), vault(&folder), None)
        .await
        .unwrap();
    let mut tx = copy.read().await.unwrap();
    assert!(matches!(tx.entries(deployment().id).await, Err(StoreError::KeyGone)));
    assert!(matches!(tx.references(&deployment()).await, Err(StoreError::KeyGone)));
    assert!(matches!(tx.alerts(deployment().id).await, Err(StoreError::KeyGone)));
    assert!(matches!(
        tx.probe(deployment().id, alert().id).await,
        Err(StoreError::KeyGone)
    ));
    let photo = tx.photo(deployment().id, entry(11, NAME).id, None).await;
    assert!(matches!(photo, Err(StoreError::KeyGone)));
    drop(tx);
    // And it can still be ended.
    assert_eq!(end(&copy).await.entries, 2);
}

#[tokio::test]
async fn r102_a_deployments_seed_is_its_keys_and_dies_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut second = deployment();
    second.id = DeploymentId::new(uuid(2));
    let mut tx = store.write().await.unwrap();
    tx.add_deployment(&second).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let row = tx.deployment(deployment().id).await.unwrap().unwrap();
    let seed = tx.transform_seed(&row).await.unwrap().unwrap();
    assert_eq!(Some(seed.id()), row.space.transform);
    let other = tx.deployment(second.id).await.unwrap().unwrap();
    assert_ne!(Some(seed.id()), other.space.transform);
    // As the row of a deployment from before transforms reads.
    assert!(tx.transform_seed(&deployment()).await.unwrap().is_none());
    let swapped = DeploymentRow {
        space: other.space,
        ..row.clone()
    };
    assert!(matches!(tx.transform_seed(&swapped).await, Err(StoreError::Corrupt)));
    drop(tx);
    store.close().await;

    let store = open(&folder).await;
    let mut tx = store.read().await.unwrap();
    assert_eq!(
        tx.transform_seed(&row).await.unwrap().unwrap().bytes(),
        seed.bytes(),
        "the same after a restart"
    );
    drop(tx);
    end(&store).await;
    let mut tx = store.read().await.unwrap();
    assert!(matches!(tx.transform_seed(&row).await, Err(StoreError::KeyGone)));
}

/// R100.
#[tokio::test]
async fn sealed_bytes_open_in_their_own_place_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut second = deployment();
    second.id = DeploymentId::new(uuid(2));
    let mut tx = store.write().await.unwrap();
    tx.add_deployment(&second).await.unwrap();
    tx.commit().await.unwrap();
    for moved in [
        "update photos set template = (select template from photos p where p.id <> photos.id)",
        "update photos set template = photo",
        "update entries set name = (select name from entries e where e.id <> entries.id)",
        "update probes set jpeg = (select photo from photos limit 1)",
        "update photos set template = zeroblob(296), photo = x'00'",
        "update entries set deployment = '00000000-0000-0000-0000-000000000002'",
    ] {
        let mut connection = store.writer.acquire().await.unwrap();
        sqlx::query("begin").execute(&mut *connection).await.unwrap();
        sqlx::query(moved).execute(&mut *connection).await.unwrap();
        let mut tx: Box<dyn Transaction> = Box::new(super::SqliteTransaction {
            connection,
            vault: store.vault.clone(),
        });
        let read = async {
            tx.entries(deployment().id).await?;
            tx.entries(second.id).await?;
            tx.references(&deployment()).await?;
            tx.probe(deployment().id, alert().id).await
        };
        assert!(matches!(read.await, Err(StoreError::Corrupt)), "{moved}");
    }
}

#[tokio::test]
async fn what_is_older_than_the_vault_is_sealed_when_the_file_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vedette.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let earlier = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let mut before_the_vault = super::migrations();
    before_the_vault
        .migrations
        .to_mut()
        .retain(|script| script.version <= 6);
    before_the_vault.run(&earlier).await.unwrap();
    let (id, entry_id) = (deployment().id.to_string(), entry(11, NAME).id.to_string());
    let run = async |sql: &'static str, texts: &[&str], bytes: &[Vec<u8>]| {
        let query = texts
            .iter()
            .fold(sqlx::query(sql), |query, text| query.bind((*text).to_owned()));
        let query = bytes.iter().fold(query, |query, bytes| query.bind(bytes.clone()));
        query.execute(&earlier).await.unwrap();
    };
    let sql = "insert into deployments (id, name, place, created_at, ends_at, model, pipeline, dimensions, state,
               started_at, target_fpir_one_in)
               values (?, 'Pilot', 'Hall', 100000, 1000000, '0123456789abcdef', 1, 128, 'live', 200000, 2000)";
    run(sql, &[&id], &[]).await;
    run(
        "insert into devices (id, name, token, paired_at) values (?, 'Gate', x'07', 1)",
        &[&device().id.to_string()],
        &[],
    )
    .await;
    run(
        "insert into entries (id, deployment, name, created_at) values (?, ?, ?, 150000)",
        &[&entry_id, &id, NAME],
        &[],
    )
    .await;
    let sql = "insert into photos (id, entry, created_at, quality, template, photo) values (?, ?, 151000, 0.75, ?, ?)";
    let photo_id = taken(1011, 0.75).id.to_string();
    run(
        sql,
        &[&photo_id, &entry_id],
        &[template(1).to_bytes(), photo().0.clone()],
    )
    .await;
    let sql = "insert into alerts (id, deployment, entry, device, track, raised_at, band, version)
               values (?, ?, ?, ?, ?, 300000, 'strong', 1)";
    let track = alert().track.to_string();
    run(
        sql,
        &[
            &alert().id.to_string(),
            &id,
            &entry_id,
            &device().id.to_string(),
            &track,
        ],
        &[],
    )
    .await;
    run(
        "insert into probes (alert, jpeg) values (?, ?)",
        &[&alert().id.to_string()],
        &[probe().0.clone()],
    )
    .await;
    earlier.close().await;
    for secret in secrets() {
        assert!(files_hold(&folder, &secret), "the test looks where nothing ever is");
    }
    let store = open(&folder).await;
    for secret in secrets() {
        assert!(!files_hold(&folder, &secret));
    }
    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.entries(deployment().id).await.unwrap()[0].name, NAME);
    assert_eq!(
        tx.alerts(deployment().id).await.unwrap()[0].entry_name.as_deref(),
        Some(NAME)
    );
    let references = tx.references(&deployment()).await.unwrap();
    assert!(references[0].template.compare(&template(1)).unwrap().get() > 0.99999);
    assert_eq!(
        tx.photo(deployment().id, entry(11, NAME).id, None).await.unwrap(),
        Some(photo())
    );
    assert_eq!(tx.probe(deployment().id, alert().id).await.unwrap(), Some(probe()));
}

#[tokio::test]
async fn a_removed_entry_takes_its_crops_along() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    assert!(tx.remove_entry(deployment().id, alert().entry, at(800)).await.unwrap());
    assert!(!tx.remove_entry(deployment().id, alert().entry, at(800)).await.unwrap());
    assert_eq!(tx.probe(deployment().id, alert().id).await.unwrap(), None);
}

#[tokio::test]
async fn the_audit_table_only_grows_and_is_read_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.last_audit().await.unwrap(), None);
    let (user, device) = (UserId::new(uuid(50)), device().id);
    let actors = [
        Actor::CommandLine,
        Actor::User(user),
        Actor::Device(device, user),
        Actor::Server,
    ];
    let rows: Vec<_> = (1..).zip(actors).map(|(seq, actor)| audit(seq, actor)).collect();
    for row in &rows {
        tx.add_audit(row).await.unwrap();
    }
    assert!(tx.add_audit(&rows[0]).await.is_err(), "a number is given once");
    assert_eq!(tx.last_audit().await.unwrap().as_ref(), rows.last());
    assert_eq!(tx.audit_after(0, 10).await.unwrap(), rows);
    assert_eq!(tx.audit_after(1, 2).await.unwrap(), rows[1..3]);
    assert_eq!(tx.audit_since("", "test", at(2)).await.unwrap(), rows[1..]);
    assert_eq!(tx.audit_since("", "other", at(1)).await.unwrap(), []);
    assert_eq!(tx.audit_since("other", "test", at(1)).await.unwrap(), []);
    tx.commit().await.unwrap();
    for sql in ["update audit set action = 'other'", "delete from audit"] {
        assert!(sqlx::query(sql).execute(&store.writer).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn events_are_replayed_in_order_from_any_point() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    let mut seqs = Vec::new();
    for kind in [
        EventKind::AlertRaised,
        EventKind::AlertCrop,
        EventKind::DeploymentChanged,
    ] {
        let alert = (kind != EventKind::DeploymentChanged).then_some(alert().id);
        seqs.push(
            tx.add_event(NewEvent {
                deployment: deployment().id,
                at: at(1),
                kind,
                alert,
            })
            .await
            .unwrap(),
        );
    }
    let events = tx.events_after(deployment().id, seqs[0], 10).await.unwrap();
    assert_eq!(events.iter().map(|e| e.seq).collect::<Vec<_>>(), seqs[1..]);
    assert_eq!(
        events[1],
        EventRow {
            seq: seqs[2],
            kind: EventKind::DeploymentChanged,
            alert: None
        }
    );
    assert_eq!(tx.last_seq().await.unwrap(), seqs[2]);
}

#[tokio::test]
async fn a_full_disk_is_said_and_leaves_what_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vedette.db");
    filled(&folder).await.close().await;
    let now = std::fs::metadata(&path).unwrap().len();
    let store = SqliteStore::open(&path, vault(&folder), Some(now)).await.unwrap();
    let mut tx = store.write().await.unwrap();
    let mut failure = None;
    for n in 0..20 {
        if let Err(error) = enrol(&mut *tx, 100 + n, "Late", &template(3)).await {
            failure = Some(error);
            break;
        }
    }
    assert!(matches!(failure, Some(StoreError::Full)), "{failure:?}");
    drop(tx);
    let mut tx = store.write().await.unwrap();
    tx.erase(deployment().id, at(900)).await.unwrap();
    drop(tx);
    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.count_entries(deployment().id).await.unwrap(), 2);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vedette.db");
    std::fs::write(&path, vec![0x41; 8192]).unwrap();
    let opened = SqliteStore::open(&path, vault(&folder), None).await;
    assert!(matches!(opened, Err(StoreError::Corrupt)));
}

#[tokio::test]
async fn names_are_unique_whatever_their_case_and_free_after_removal() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    let hash = PasswordHash("$hash".into());
    assert!(matches!(
        tx.add_user(&user(51, "ANN"), &hash).await,
        Err(StoreError::Conflict)
    ));
    tx.add_session(Digest([1; 32]), user(50, "Ann").id, None, at(1))
        .await
        .unwrap();
    assert!(tx.session(Digest([1; 32])).await.unwrap().is_some());
    assert!(tx.remove_user(user(50, "Ann").id, at(9)).await.unwrap());
    assert!(tx.session(Digest([1; 32])).await.unwrap().is_none());
    tx.add_user(&user(52, "ann"), &hash).await.unwrap();
    assert_eq!(tx.user_by_name("Ann").await.unwrap().unwrap().0.id, user(52, "ann").id);
}

#[tokio::test]
async fn a_pairing_code_serves_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    let code = PairingCodeRow {
        code: Digest([3; 32]),
        device_name: "Kiosk".into(),
        expires_at: at(400),
    };
    tx.add_pairing_code(&code).await.unwrap();
    assert_eq!(tx.take_pairing_code(code.code).await.unwrap(), Some(code.clone()));
    assert_eq!(tx.take_pairing_code(code.code).await.unwrap(), None);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let _store = filled(&folder).await;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(
            file.metadata().unwrap().permissions().mode() & 0o077,
            0,
            "{:?}",
            file.path()
        );
    }
}

#[tokio::test]
async fn the_best_of_several_photos_is_shown_and_each_can_go() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let (id, ann) = (deployment().id, entry(11, NAME).id);
    let mut tx = store.write().await.unwrap();
    let best = Jpeg(vec![0xee; 30]);
    tx.add_photo(deployment().id, ann, &taken(60, 0.9), &template(5), &best)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.photo(id, ann, None).await.unwrap(), Some(best.clone()));
    assert_eq!(
        tx.photo(id, ann, Some(taken(1011, 0.0).id)).await.unwrap(),
        Some(photo())
    );
    assert_eq!(
        tx.entries(id).await.unwrap()[0].photos,
        [taken(60, 0.9), taken(1011, 0.75)]
    );
    assert_eq!(tx.references(&deployment()).await.unwrap().len(), 3);
    let bob = entry(12, "Bob").id;
    assert!(
        !tx.remove_photo(id, bob, taken(60, 0.9).id, at(800)).await.unwrap(),
        "it is another person's"
    );
    assert!(tx.remove_photo(id, ann, taken(60, 0.9).id, at(800)).await.unwrap());
    assert_eq!(tx.references(&deployment()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_database_from_before_several_photos_keeps_its_people() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vedette.db");
    let before = sqlx::SqlitePool::connect(&format!("sqlite://{}?mode=rwc", path.display()))
        .await
        .unwrap();
    let mut earlier = migrations();
    earlier.migrations = earlier.migrations.iter().filter(|m| m.version < 4).cloned().collect();
    earlier.run(&before).await.unwrap();
    sqlx::query(
        "insert into deployments (id, name, place, created_at, ends_at, model, pipeline, dimensions, target_fpir_one_in, state)
         values ('00000000-0000-0000-0000-000000000001', 'Pilot', 'Hall', 1, 2, '0123456789abcdef', 1, 2, 6000, 'draft')",
    )
    .execute(&before)
    .await
    .unwrap();
    sqlx::query(
        "insert into entries values ('00000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-000000000001', 'Ann', 7, 0.5, x'003c0000', x'ee')",
    )
    .execute(&before)
    .await
    .unwrap();
    before.close().await;
    let store = open(&folder).await;
    let mut tx = store.read().await.unwrap();
    let listed = tx.entries(DeploymentId::new(uuid(1))).await.unwrap();
    assert_eq!(
        (listed.len(), listed[0].photos.len(), listed[0].photos[0].quality),
        (1, 1, 0.5)
    );
    let deployment = tx.deployment(DeploymentId::new(uuid(1))).await.unwrap().unwrap();
    assert_eq!(tx.references(&deployment).await.unwrap().len(), 1);
    let photo = tx.photo(deployment.id, listed[0].id, None).await.unwrap();
    assert_eq!(photo, Some(Jpeg(vec![0xee])));
}

/// Reasons of pauses were in the clear before version 14.
async fn with_reasons_in_the_clear() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let mut tx = store.write().await.unwrap();
    tx.add_deployment(&deployment()).await.unwrap();
    tx.commit().await.unwrap();
    let sql = r#"update deployments set state = 'live', started_at = 200000, pauses = ?, pause = ?"#;
    let by = UserId::new(uuid(7));
    let cause = format!(r#""cause":{{"kind":"person","by":"{by}","reason":"Quillfeather was seen"}}"#);
    let over = format!(
        r#""over":{{"kind":"resumed","by":"{by}","at":"2027-01-01T01:00:00Z","reason":"Quillfeather left","false_alerts":0}}"#
    );
    let lasting = format!(r#"{{"paused_at":"2027-01-01T00:00:00Z",{cause}}}"#);
    let past = format!(r#"[{{"paused_at":"2027-01-01T00:00:00Z",{cause},{over}}}]"#);
    sqlx::query(sql)
        .bind(past)
        .bind(lasting)
        .execute(&store.writer)
        .await
        .unwrap();
    store.close().await;
    assert!(
        files_hold(&folder, b"Quillfeather"),
        "the test looks where nothing ever is"
    );
    folder
}

/// The file opens all the same, so that the deployment can be ended.
#[tokio::test]
async fn reasons_of_pauses_that_nothing_can_seal_are_dropped_when_the_file_is_opened() {
    let folder = with_reasons_in_the_clear().await;
    vault(&folder).destroy(deployment().id).unwrap();
    let store = open(&folder).await;
    assert!(!files_hold(&folder, b"Quillfeather"));
    let mut tx = store.read().await.unwrap();
    let row = tx.deployment(deployment().id).await.unwrap().unwrap();
    let typed = |pause: &Pause| !matches!(pause.cause, PauseCause::Person { reason: None, .. });
    assert!(!typed(&row.pauses[0].pause));
    assert!(matches!(row.pauses[0].over, PauseOver::Resumed { reason: None, .. }));
    assert!(matches!(row.state, DeploymentState::Paused { pause, .. } if !typed(&pause)));
    drop(tx);
    end(&store).await;
}

#[tokio::test]
async fn reasons_of_pauses_that_were_in_the_clear_are_sealed_when_the_file_is_opened() {
    let folder = with_reasons_in_the_clear().await;
    let store = open(&folder).await;
    assert!(!files_hold(&folder, b"Quillfeather"));
    let mut tx = store.read().await.unwrap();
    let row = tx.deployment(deployment().id).await.unwrap().unwrap();
    let reason = |cause: &PauseCause| match cause {
        PauseCause::Person { reason, .. } => reason.clone(),
        PauseCause::FalseAlerts { .. } => None,
    };
    assert_eq!(
        reason(&row.pauses[0].pause.cause).as_deref(),
        Some("Quillfeather was seen")
    );
    assert!(matches!(&row.pauses[0].over, PauseOver::Resumed { reason: Some(why), .. } if why == "Quillfeather left"));
    match row.state {
        DeploymentState::Paused { pause, .. } => {
            assert_eq!(reason(&pause.cause).as_deref(), Some("Quillfeather was seen"));
        }
        other => panic!("{other:?}"),
    }
}
