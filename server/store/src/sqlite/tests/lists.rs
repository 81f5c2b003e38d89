//! Particulars, clearances, and what is left of a list.

use super::super::clearances::CLEARANCES;
use super::super::entries::{ENTRIES, PHOTOS, VERDICTS};
use super::*;
use crate::clearance::{Clearance, Count, Kind, State};
use crate::particulars::{Particulars, Response};
use crate::policy::{Category, Policy};
use crate::record::{Mark, Reasoned};

fn particulars(nominal_id: &str) -> Particulars {
    Particulars {
        nominal_id: nominal_id.into(),
        category: "Deportation order".into(),
        response: Response::Amber,
        lawful_basis: "Immigration Act".into(),
        legal_status: "Order of 3 May".into(),
        source_system: "Atlas".into(),
        reason: "Seen near the harbour".into(),
        reviewer: "Rita Reviewer".into(),
        image_source: "Visa application".into(),
        image_taken_on: "2025-06-30".parse().unwrap(),
        born_on: Some("1990-04-12".parse().unwrap()),
        possible_minor: false,
        vulnerability: Some("Hearing loss".into()),
        sensitive_source: true,
    }
}

fn wanted(n: u128, nominal_id: &str) -> NewEntry {
    NewEntry {
        particulars: Some(particulars(nominal_id)),
        ..entry(n, NAME)
    }
}

async fn list(tx: &mut dyn Transaction, n: u128, nominal_id: &str) -> Result<()> {
    tx.add_entry(&wanted(n, nominal_id)).await?;
    let (owner, row) = (EntryId::new(uuid(n)), taken(n + 1000, 0.75));
    tx.add_photo(deployment().id, owner, &row, &template(n as usize), &photo())
        .await
}

/// A store with two entries of an operation's kind.
async fn listed(folder: &tempfile::TempDir) -> SqliteStore {
    let store = open(folder).await;
    let mut tx = store.write().await.unwrap();
    tx.add_deployment(&deployment()).await.unwrap();
    list(&mut *tx, 11, "N/1").await.unwrap();
    list(&mut *tx, 12, "N/2").await.unwrap();
    tx.commit().await.unwrap();
    store
}

fn because(reason: &str) -> Reasoned {
    Reasoned {
        mark: Mark {
            by: UserId::new(uuid(50)),
            at: at(160),
        },
        reason: reason.into(),
    }
}

fn clearance(n: u128, kind: Kind, state: State) -> Clearance {
    Clearance {
        entry: EntryId::new(uuid(n)),
        kind,
        resembles: vec![EntryId::new(uuid(12))],
        state,
    }
}

fn cleared() -> State {
    State::Cleared {
        request: because("Somebody may come to harm"),
        approval: None,
    }
}

#[tokio::test]
async fn particulars_are_read_as_written_and_lie_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let store = listed(&folder).await;
    let mut tx = store.write().await.unwrap();
    let (id, one) = (deployment().id, EntryId::new(uuid(11)));
    let read = tx.entry(id, one).await.unwrap().unwrap();
    assert_eq!(read.particulars, Some(particulars("N/1")));
    assert_eq!(tx.entries(id).await.unwrap()[0], read);
    assert_eq!(tx.entry(id, EntryId::new(uuid(99))).await.unwrap(), None);
    let mut changed = particulars("N/1");
    changed.legal_status = "Appeal dismissed".into();
    tx.set_particulars(id, one, &changed).await.unwrap();
    assert_eq!(tx.entry(id, one).await.unwrap().unwrap().particulars, Some(changed));
    tx.commit().await.unwrap();
    for secret in [
        "harbour",
        "Rita Reviewer",
        "Hearing loss",
        "1990-04-12",
        "Appeal dismissed",
    ] {
        assert!(!files_hold(&folder, secret.as_bytes()), "{secret}");
    }
    assert_eq!(format!("{:?}", particulars("N/1")), "Particulars");
}

#[tokio::test]
async fn an_alert_says_what_its_entry_is_on_the_list_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = listed(&folder).await;
    let mut tx = store.write().await.unwrap();
    tx.add_device(&device(), Digest([7; 32])).await.unwrap();
    tx.raise_alert(&alert()).await.unwrap();
    let subject = tx.alert(alert().id).await.unwrap().unwrap().subject.unwrap();
    assert_eq!(
        (subject.category.as_str(), subject.response),
        ("Deportation order", Response::Amber)
    );
    tx.remove_entry(deployment().id, alert().entry, at(800)).await.unwrap();
    assert_eq!(tx.alert(alert().id).await.unwrap().unwrap().subject, None);
}

#[tokio::test]
async fn nobody_is_on_one_list_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = listed(&folder).await;
    let mut tx = store.write().await.unwrap();
    assert!(matches!(list(&mut *tx, 13, "N/1").await, Err(StoreError::Conflict)));
    drop(tx);
    let mut tx = store.write().await.unwrap();
    tx.remove_entry(deployment().id, EntryId::new(uuid(11)), at(800))
        .await
        .unwrap();
    list(&mut *tx, 13, "N/1").await.unwrap();
    let known = tx.listed(deployment().id).await.unwrap();
    assert_eq!((known.len(), known["N/1"]), (2, EntryId::new(uuid(13))));
}

/// R22, R23: what waits is in no list that is matched.
#[tokio::test]
async fn r23_references_of_entries_that_wait_are_not_among_the_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let store = listed(&folder).await;
    let mut tx = store.write().await.unwrap();
    let (id, row) = (deployment().id, deployment());
    for kind in [Kind::Minor, Kind::Vulnerability] {
        tx.save_clearance(id, &clearance(11, kind, State::Needed))
            .await
            .unwrap();
    }
    let waits = async |tx: &mut dyn Transaction| {
        let cleared = tx.cleared_references(&row).await.unwrap();
        assert_eq!(tx.references(&row).await.unwrap().len(), 2);
        assert_eq!(tx.references_of(&row, EntryId::new(uuid(11))).await.unwrap().len(), 1);
        let waits = tx.entry(id, EntryId::new(uuid(11))).await.unwrap().unwrap().waits();
        assert_eq!(waits, cleared.len() == 1);
        assert_eq!(tx.count_waiting(id).await.unwrap(), u64::from(waits));
        waits
    };
    assert!(waits(&mut *tx).await);
    tx.save_clearance(id, &clearance(11, Kind::Minor, cleared()))
        .await
        .unwrap();
    assert!(waits(&mut *tx).await);
    let asked = State::Requested {
        request: because("Somebody may come to harm"),
    };
    tx.save_clearance(id, &clearance(11, Kind::Vulnerability, asked))
        .await
        .unwrap();
    assert!(waits(&mut *tx).await);
    tx.save_clearance(id, &clearance(11, Kind::Vulnerability, cleared()))
        .await
        .unwrap();
    assert!(!waits(&mut *tx).await);
    let kept = tx.clearances_of(id, EntryId::new(uuid(11))).await.unwrap();
    assert_eq!(kept[0], clearance(11, Kind::Minor, cleared()));
    assert_eq!(tx.clearances(id).await.unwrap(), kept);
    tx.commit().await.unwrap();
    assert!(!files_hold(&folder, b"may come to harm"));
}

/// R24.
#[tokio::test]
async fn r24_counts_of_clearances_outlive_their_entries() {
    let folder = tempfile::tempdir().unwrap();
    let store = listed(&folder).await;
    let mut tx = store.write().await.unwrap();
    let id = deployment().id;
    tx.save_clearance(id, &clearance(11, Kind::Minor, State::Needed))
        .await
        .unwrap();
    tx.save_clearance(id, &clearance(11, Kind::Minor, cleared()))
        .await
        .unwrap();
    tx.save_clearance(id, &clearance(12, Kind::Minor, State::Needed))
        .await
        .unwrap();
    let counts = async |tx: &mut dyn Transaction| tx.clearance_counts(id).await.unwrap();
    let count = Count {
        kind: Kind::Minor,
        needed: 2,
        listed: 2,
        open: 1,
        cleared: 1,
        refused: 0,
    };
    assert_eq!(counts(&mut *tx).await, [count]);
    // Undecided anew.
    tx.save_clearance(id, &clearance(11, Kind::Minor, State::Needed))
        .await
        .unwrap();
    assert_eq!(
        counts(&mut *tx).await,
        [Count {
            open: 2,
            cleared: 0,
            ..count
        }]
    );
    tx.count_refusal(id, Kind::Minor).await.unwrap();
    tx.erase(id, at(900)).await.unwrap();
    let left = Count {
        listed: 0,
        open: 0,
        cleared: 0,
        refused: 1,
        ..count
    };
    assert_eq!(counts(&mut *tx).await, [left]);
    assert_eq!(tx.clearances(id).await.unwrap(), []);
}

/// R33.
#[tokio::test]
async fn r33_the_manifest_tells_who_was_listed_when_and_by_which_image() {
    let folder = tempfile::tempdir().unwrap();
    let store = listed(&folder).await;
    let (id, one) = (deployment().id, EntryId::new(uuid(11)));
    let mut tx = store.write().await.unwrap();
    // A volunteer is in no manifest.
    enrol(&mut *tx, 14, "Bob", &template(3)).await.unwrap();
    tx.add_photo(id, one, &taken(60, 0.9), &template(5), &Jpeg(vec![0xee; 30]))
        .await
        .unwrap();
    tx.remove_photo(id, one, taken(1011, 0.75).id, at(600)).await.unwrap();
    tx.remove_entry(id, EntryId::new(uuid(12)), at(700)).await.unwrap();
    tx.commit().await.unwrap();
    let live = store.read().await.unwrap().manifest(id).await.unwrap();
    assert_eq!((live[0].removed_at, live[1].removed_at), (None, Some(at(700))));
    end(&store).await;
    let mut tx = store.read().await.unwrap();
    let kept = tx.manifest(id).await.unwrap();
    let numbers: Vec<_> = kept.iter().map(|row| row.nominal_id.as_str()).collect();
    assert_eq!(numbers, ["N/1", "N/2"]);
    assert_eq!((kept[0].added_at, kept[0].removed_at), (at(150), Some(at(900))));
    assert_eq!(kept[1].removed_at, Some(at(700)));
    let removed: Vec<_> = kept[0]
        .images
        .iter()
        .map(|image| (image.photo, image.removed_at))
        .collect();
    assert_eq!(
        removed,
        [
            (taken(60, 0.9).id, Some(at(900))),
            (taken(1011, 0.75).id, Some(at(600)))
        ]
    );
    assert_eq!(tx.manifest_of("N/1").await.unwrap(), kept[..1]);
    assert_eq!(tx.manifest_of("N/3").await.unwrap(), []);
    assert!(!format!("{kept:?}").contains("N/1"));
    drop(tx);
    for secret in [NAME, "harbour", "Deaf"] {
        assert!(!files_hold(&folder, secret.as_bytes()), "{secret}");
    }
}

#[tokio::test]
async fn a_policy_takes_the_place_of_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.policy().await.unwrap(), None);
    let mut policy = Policy {
        categories: vec![Category {
            name: "Warrant".into(),
            response: Response::Red,
        }],
        image_age_warning_years: 5,
        quality_floor: 0.25,
    };
    for years in [5, 7] {
        policy.image_age_warning_years = years;
        tx.set_policy(&policy).await.unwrap();
        assert_eq!(tx.policy().await.unwrap().as_ref(), Some(&policy));
    }
}

/// All that a merge needs, as it was kept.
#[tokio::test]
async fn what_is_kept_of_a_persons_photos_is_read_best_first() {
    let folder = tempfile::tempdir().unwrap();
    let store = listed(&folder).await;
    let (id, one) = (deployment().id, EntryId::new(uuid(11)));
    let mut tx = store.write().await.unwrap();
    let best = Jpeg(vec![0xee; 30]);
    tx.add_photo(id, one, &taken(60, 0.9), &template(5), &best)
        .await
        .unwrap();
    let kept = tx.portraits(&deployment(), one).await.unwrap();
    assert_eq!((kept.len(), kept[0].0, &kept[0].2), (2, taken(60, 0.9), &best));
    assert_eq!(kept[0].1.to_bytes(), template(5).to_bytes());
    let owners = tx.photo_owners(id).await.unwrap();
    assert_eq!((owners.len(), owners[&taken(60, 0.9).id]), (3, one));
}

#[tokio::test]
async fn entries_and_clearances_come_in_pages_and_some_are_found_by_their_ids() {
    let folder = tempfile::tempdir().unwrap();
    let store = listed(&folder).await;
    let mut tx = store.write().await.unwrap();
    list(&mut *tx, 13, "N/3").await.unwrap();
    for (n, kind, state) in [
        (11, Kind::Vulnerability, State::Needed),
        (12, Kind::Minor, cleared()),
        (12, Kind::Vulnerability, State::Needed),
        (13, Kind::Vulnerability, cleared()),
    ] {
        tx.save_clearance(deployment().id, &clearance(n, kind, state))
            .await
            .unwrap();
    }
    let page = |number| Page { number, size: 2 };
    let id = |n| EntryId::new(uuid(n));
    let mut entries = async |number| {
        let rows = tx.entries_page(deployment().id, page(number)).await.unwrap();
        rows.iter()
            .map(|row| (row.id, row.photos.len(), row.clearances.len()))
            .collect::<Vec<_>>()
    };
    assert_eq!(entries(0).await, [(id(11), 1, 1), (id(12), 1, 2)]);
    assert_eq!(entries(1).await, [(id(13), 1, 1)]);
    assert_eq!(entries(2).await, []);
    for (number, ids) in [(0, vec![id(13), id(12)]), (1, vec![id(11)]), (2, vec![])] {
        let newest = tx.newest_entries(deployment().id, page(number)).await.unwrap();
        assert_eq!(newest.iter().map(|row| row.id).collect::<Vec<_>>(), ids);
    }
    let mut clearances = async |open, kind, number| {
        let all = tx
            .clearances_page(deployment().id, open, kind, page(number))
            .await
            .unwrap();
        all.iter().map(|one| (one.entry, one.kind)).collect::<Vec<_>>()
    };
    assert_eq!(
        clearances(Some(true), None, 0).await,
        [(id(11), Kind::Vulnerability), (id(12), Kind::Vulnerability)]
    );
    assert_eq!(
        clearances(Some(false), Some(Kind::Minor), 0).await,
        [(id(12), Kind::Minor)]
    );
    assert_eq!(
        clearances(None, Some(Kind::Vulnerability), 1).await,
        [(id(13), Kind::Vulnerability)]
    );
    let asked = [id(13), id(99), id(12)];
    let some = tx.entries_among(deployment().id, &asked).await.unwrap();
    assert_eq!(some.iter().map(|row| row.id).collect::<Vec<_>>(), [id(12), id(13)]);
    let there = tx.entries_there(deployment().id, &asked).await.unwrap();
    assert_eq!(there, [id(12), id(13)].into());
    assert_eq!(tx.entry(deployment().id, id(99)).await.unwrap(), None);
}

#[tokio::test]
async fn some_entries_are_found_by_their_ids_and_not_by_a_walk_through_their_list() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    for query in [PHOTOS, VERDICTS, ENTRIES, CLEARANCES] {
        let steps = sqlx::query(sqlx::AssertSqlSafe(format!("explain query plan {}", query.some)))
            .bind(deployment().id.to_string())
            .bind("[]")
            .fetch_all(&store.readers)
            .await
            .unwrap();
        let steps: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
        let walks = |step: &&String| {
            step.contains("entries_by_age") || step.starts_with("SCAN ") && !step.contains("json_each")
        };
        assert!(!steps.iter().any(|step| walks(&step)), "{steps:#?}");
    }
}

/// Nobody wrote down who filled their lists; the journal says what was done.
#[tokio::test]
async fn r115_operations_of_before_wait_for_the_journal_to_say_who_filled_their_lists() {
    let folder = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.path().join("vedette.db"))
        .create_if_missing(true);
    let earlier = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let mut before = super::super::migrations();
    before.migrations.to_mut().retain(|script| script.version <= 19);
    before.run(&earlier).await.unwrap();
    let (planned, ended, exercise) = (uuid(1), uuid(2), uuid(3));
    let made = |id: Uuid, record: &str, state: &str| {
        format!(
            "insert into deployments (id, name, place, created_at, ends_at, model, pipeline, dimensions, target_fpir_one_in, record,
             state, ended_at, end_reason) values ('{id}', 'North', 'Gate', 1, 2, '0123456789abcdef', 1, 128, 2000, {record}, {state})"
        )
    };
    let noted = |action: &str, subject: Uuid, user: &str| {
        format!(
            "insert into audit (at, actor, user, action, subject, detail, hash) values (1, 'user', {user}, '{action}', '{subject}',
             json_object('deployment', '{planned}'), zeroblob(32))"
        )
    };
    let entered = |n: u128| {
        format!(
            "insert into entries (id, deployment, name, created_at) values ('{}', '{planned}', x'00', 1)",
            uuid(n)
        )
    };
    let by = |n: u128| format!("'{}'", uuid(n));
    for sql in [
        made(planned, "'{}'", "'draft', null, null"),
        made(ended, "'{}'", "'ended', 2, 'time'"),
        made(exercise, "null", "'draft', null, null"),
        entered(11),
        noted("entry_enrolled", uuid(11), &by(50)),
        noted("photo_added", uuid(11), &by(51)),
        // Of another's list, and no filling of one.
        noted("photo_added", uuid(99), &by(52)),
        noted("entry_deleted", uuid(11), &by(53)),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&earlier).await.unwrap();
    }
    earlier.close().await;
    let store = open(&folder).await;
    let mut tx = store.write().await.unwrap();
    let id = DeploymentId::new(planned);
    assert_eq!(tx.listers_due().await.unwrap(), [id]);
    let told = tx.listers_told(id).await.unwrap();
    assert_eq!(told.listers, [50, 51].map(|n| UserId::new(uuid(n))));
    assert!(told.whole);
    tx.settle_listers(id).await.unwrap();
    assert_eq!(tx.listers_due().await.unwrap(), []);
    tx.commit().await.unwrap();
    // Somebody was put there from the command line, as nobody.
    sqlx::query(sqlx::AssertSqlSafe(entered(12)))
        .execute(&store.writer)
        .await
        .unwrap();
    let mut tx = store.read().await.unwrap();
    assert!(!tx.listers_told(id).await.unwrap().whole);
}
