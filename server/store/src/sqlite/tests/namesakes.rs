//! What tells people of one name apart.

use super::*;
use crate::namesake::Namesake;

fn one_of(number: u32, of: u32) -> Option<Namesake> {
    Some(Namesake { number, of })
}

async fn numbers(store: &SqliteStore) -> Vec<Option<Namesake>> {
    let entries = store.read().await.unwrap().entries(deployment().id).await.unwrap();
    entries.iter().map(|entry| entry.namesake).collect()
}

#[tokio::test]
async fn the_number_of_one_of_several_people_of_one_name_is_theirs_alone_as_long_as_the_deployment_lives() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    assert_eq!(numbers(&store).await, [None, None], "nobody shares a name");
    let mut tx = store.write().await.unwrap();
    enrol(&mut *tx, 13, &format!(" {} ", NAME.to_uppercase()), &template(3))
        .await
        .unwrap();
    enrol(&mut *tx, 14, NAME, &template(4)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(numbers(&store).await, [one_of(1, 3), None, one_of(2, 3), one_of(3, 3)]);

    let mut tx = store.write().await.unwrap();
    tx.remove_entry(deployment().id, EntryId::new(uuid(13)), at(800))
        .await
        .unwrap();
    enrol(&mut *tx, 15, NAME, &template(5)).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    let store = open(&folder).await;
    let left = [one_of(1, 4), None, one_of(3, 4), one_of(4, 4)];
    assert_eq!(numbers(&store).await, left, "2 stays with whoever had it");
}

#[tokio::test]
async fn an_alert_has_the_number_of_its_entry_also_when_the_deployment_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let of_alert = async || {
        let mut tx = store.read().await.unwrap();
        tx.alert(alert().id).await.unwrap().unwrap().namesake
    };
    assert_eq!(of_alert().await, None);
    let mut tx = store.write().await.unwrap();
    enrol(&mut *tx, 13, NAME, &template(3)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(of_alert().await, one_of(1, 2));
    // About these two there is no alert.
    let mut tx = store.write().await.unwrap();
    enrol(&mut *tx, 14, "Carys", &template(4)).await.unwrap();
    enrol(&mut *tx, 15, "Carys", &template(5)).await.unwrap();
    tx.erase(deployment().id, at(900)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(of_alert().await, one_of(1, 2));
    let left = sqlx::query("select count(*) as n from namesakes")
        .fetch_one(&store.readers)
        .await
        .unwrap();
    assert_eq!(
        left.get::<i64, _>("n"),
        2,
        "who had a name alone is forgotten, and who was in no alert"
    );
}

#[tokio::test]
async fn r81_whoever_is_taken_off_the_list_leaves_no_mark_of_the_name_unless_it_tells_others_apart() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let marks = async || {
        let rows = sqlx::query("select entry from namesakes")
            .fetch_all(&store.readers)
            .await;
        rows.unwrap().len()
    };
    let remove = async |entry: u128| {
        let mut tx = store.write().await.unwrap();
        assert!(
            tx.remove_entry(deployment().id, EntryId::new(uuid(entry)), at(800))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
    };
    assert_eq!(marks().await, 2);
    remove(12).await;
    assert_eq!(marks().await, 1);
    remove(11).await;
    assert_eq!(marks().await, 1, "there was an alert");
    let mut tx = store.write().await.unwrap();
    enrol(&mut *tx, 13, NAME, &template(3)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        numbers(&store).await,
        [one_of(2, 2)],
        "told apart from whom the alert was about"
    );
    remove(13).await;
    assert_eq!(marks().await, 2);
}

/// Names lie sealed, each under a nonce of its own; what tells that two are alike must tell no more.
#[tokio::test]
async fn r81_what_tells_that_two_names_are_alike_tells_neither_which_nor_of_another_deployment() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let other = DeploymentRow {
        id: DeploymentId::new(uuid(2)),
        ..deployment()
    };
    let namesake = NewEntry {
        deployment: other.id,
        ..entry(21, NAME)
    };
    let mut tx = store.write().await.unwrap();
    tx.add_deployment(&other).await.unwrap();
    assert_eq!(tx.add_entry(&namesake).await.unwrap(), None);
    tx.commit().await.unwrap();
    let rows = sqlx::query("select distinct name from namesakes")
        .fetch_all(&store.readers)
        .await
        .unwrap();
    assert_eq!(rows.len(), 3);
    assert!(!files_hold(&folder, NAME.to_lowercase().as_bytes()));
}

#[tokio::test]
async fn people_listed_before_there_were_numbers_get_theirs_in_the_order_in_which_they_came() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let mut tx = store.write().await.unwrap();
    enrol(&mut *tx, 13, NAME, &template(3)).await.unwrap();
    tx.commit().await.unwrap();
    sqlx::query("delete from namesakes")
        .execute(&store.writer)
        .await
        .unwrap();
    assert_eq!(numbers(&store).await, [None, None, None]);
    store.close().await;
    let store = open(&folder).await;
    assert_eq!(numbers(&store).await, [one_of(1, 2), None, one_of(2, 2)]);
}
