//! A server that has more to compare than it can.

use super::*;
use crate::matcher::tests::{Gate, begun};

#[tokio::test]
async fn a_server_that_is_too_busy_says_when_to_come_again_and_takes_the_shot_then() {
    let folder = tempfile::tempdir().unwrap();
    Models::write_samples(folder.path());
    let store = SqliteStore::open(&folder.path().join("vedette.db"), vault(&folder), None)
        .await
        .unwrap();
    let gate = Arc::new(Gate::default());
    let clock = Arc::new(ManualClock(AtomicI64::new(START)));
    let server = Server::timed(folder, Arc::new(store), clock, gate.clone()).await;
    let admin = server.set_up().await;
    let (id, _) = server.live(&admin).await;
    gate.shut();
    let (probe, number) = (server.probe(&id, 2).await, id.parse().unwrap());
    let search = || Box::pin(server.app.matcher.search(number, probe.clone(), Shots::ONE));
    let mut first = search();
    assert_eq!(begun(&mut first).await, None);
    gate.reached(1).await;
    let mut searches = Vec::new();
    loop {
        let mut one = search();
        match begun(&mut one).await {
            None => searches.push(one),
            Some(found) => break assert_eq!(found, Err(MatchError::Busy)),
        }
    }
    let candidate = server.candidate(1, 1);
    let refused = server.offer(&admin, &id, &candidate).await;
    assert_eq!(refused.headers[header::RETRY_AFTER], "1");
    refused.is(Kind::Busy);
    gate.open();
    for search in searches {
        assert_eq!(search.await, Ok(Vec::new()));
    }
    let reply = server.offer(&admin, &id, &candidate).await.ok();
    assert_eq!(
        reply["crops_wanted"].as_array().unwrap().len(),
        1,
        "it matches, and was not counted before"
    );
}
