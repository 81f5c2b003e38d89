use std::pin::Pin;
use std::sync::Condvar;
use std::sync::atomic::{AtomicI64, AtomicUsize};
use std::task::Poll;

use uuid::Uuid;
use vedette_core::calibration::{Curve, Histogram, Target};
use vedette_core::template::{ModelId, PipelineVersion};
use vedette_core::watchlist::Match;

use super::*;

/// The matcher asks it for the time before each scan, and waits there while it is shut.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    shut: Mutex<bool>,
    opened: Condvar,
    scans: AtomicUsize,
    seconds: AtomicI64,
}

impl Clock for Gate {
    fn now(&self) -> Timestamp {
        self.scans.fetch_add(1, Ordering::SeqCst);
        let mut shut = self.shut.lock().unwrap();
        while *shut {
            shut = self.opened.wait(shut).unwrap();
        }
        Timestamp::from_second(self.seconds.load(Ordering::SeqCst)).unwrap()
    }
}

impl Gate {
    pub(crate) fn shut(&self) {
        *self.shut.lock().unwrap() = true;
    }

    pub(crate) fn open(&self) {
        *self.shut.lock().unwrap() = false;
        self.opened.notify_all();
    }

    pub(crate) fn set(&self, now: Timestamp) {
        self.seconds.store(now.as_second(), Ordering::SeqCst);
    }

    fn scans(&self) -> usize {
        self.scans.load(Ordering::SeqCst)
    }

    /// Returns once the matcher stands before its next scan.
    pub(crate) async fn reached(&self, scans: usize) {
        while self.scans() < scans {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }
}

/// Polls once, so that what is asked is sent; what is answered already.
pub(crate) async fn begun<F: Future + Unpin>(asking: &mut F) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        Poll::Ready(match Pin::new(&mut *asking).poll(context) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        })
    })
    .await
}

const ENDS_AT: i64 = 1_000;

fn space() -> TemplateSpace {
    TemplateSpace {
        model: ModelId::new("0123456789abcdef").unwrap(),
        pipeline: PipelineVersion(1),
        dimensions: 16,
        transform: None,
    }
}

fn face(number: usize) -> Template {
    let values = (0..16).map(|at| if at == number { 1.0 } else { 0.0 });
    Template::from_embedding(space(), values.collect()).unwrap()
}

fn entry(number: usize) -> EntryId {
    EntryId::new(Uuid::from_u128(number as u128 + 1))
}

fn deployment(number: u128) -> DeploymentId {
    DeploymentId::new(Uuid::from_u128(number))
}

/// With sixteen people on its list, who look nothing alike.
fn prepared(id: DeploymentId) -> Prepared {
    let counts = (0..12).rev().map(|power| 9 * 10u64.pow(power) / 10).collect();
    let histogram = Histogram {
        start: 0.1,
        width: 0.05,
        counts,
    };
    let curve = Curve::fit("test".into(), &[("all".into(), histogram)]).unwrap();
    let calibration = Calibration {
        model: space().model,
        pipeline: space().pipeline,
        measured: "2026-11-27".into(),
        cosine: curve.clone(),
        normalised: curve,
    };
    let mut list = Watchlist::new(space(), Arc::new(calibration), Target::DEFAULT).unwrap();
    for number in 0..16 {
        list.insert(entry(number), &face(number)).unwrap();
    }
    Prepared {
        id,
        list: Box::new(Held::new(list)),
        live: LiveDeployment::new(space(), Timestamp::from_second(ENDS_AT).unwrap()),
    }
}

/// A matcher that is live for these, stands before its first scan, and for which nobody waits any more.
async fn held_up(ids: &[DeploymentId]) -> (Matcher, Arc<Gate>) {
    let gate = Arc::new(Gate::default());
    let matcher = Matcher::start(gate.clone()).unwrap();
    for id in ids {
        matcher.open(prepared(*id)).await.unwrap();
    }
    gate.shut();
    let mut first = Box::pin(matcher.search(ids[0], face(0), Shots::ONE));
    assert_eq!(begun(&mut first).await, None);
    gate.reached(1).await;
    drop(first);
    (matcher, gate)
}

fn entries(found: Result<Vec<Match>, MatchError>) -> Vec<EntryId> {
    found.unwrap().iter().map(|found| found.entry).collect()
}

#[tokio::test]
async fn searches_that_wait_are_answered_together_each_with_its_own() {
    let ids = [deployment(1), deployment(2)];
    let (matcher, gate) = held_up(&ids).await;
    let ask = |at: usize| Box::pin(matcher.search(ids[at % 2], face(at % 16), Shots::ONE));
    let mut waiting: Vec<_> = (0..40).map(ask).collect();
    for search in &mut waiting {
        assert_eq!(begun(search).await, None);
    }
    gate.open();
    for (at, search) in waiting.into_iter().enumerate() {
        assert_eq!(entries(search.await), [entry(at % 16)]);
    }
    assert_eq!(gate.scans(), 1 + 3, "sixteen, sixteen and eight");
}

#[tokio::test]
async fn a_search_sees_what_was_changed_before_it_and_nothing_that_is_changed_after_it() {
    let id = deployment(1);
    let (matcher, gate) = held_up(&[id]).await;
    let mut before = Box::pin(matcher.search(id, face(3), Shots::ONE));
    let mut change = Box::pin(matcher.set(id, entry(3), vec![face(5)]));
    let mut after = Box::pin(matcher.search(id, face(3), Shots::ONE));
    let mut moved = Box::pin(matcher.search(id, face(5), Shots::ONE));
    assert!(begun(&mut before).await.is_none() && begun(&mut change).await.is_none());
    assert!(begun(&mut after).await.is_none() && begun(&mut moved).await.is_none());
    gate.open();
    assert_eq!(entries(before.await), [entry(3)]);
    assert_eq!(change.await, Ok(()));
    assert_eq!(entries(after.await), []);
    assert_eq!(entries(moved.await), [entry(3), entry(5)]);
}

#[tokio::test]
async fn r5_what_waits_when_a_deployment_is_stopped_is_not_compared() {
    let ids = [deployment(1), deployment(2)];
    let (matcher, gate) = held_up(&ids).await;
    let [mut of_stopped, mut of_other] = ids.map(|id| Box::pin(matcher.search(id, face(3), Shots::ONE)));
    assert!(begun(&mut of_stopped).await.is_none() && begun(&mut of_other).await.is_none());
    let mut closing = Box::pin(matcher.close(ids[0]));
    assert!(begun(&mut closing).await.is_none());
    gate.open();
    assert_eq!(of_stopped.await, Err(MatchError::NotLive));
    assert_eq!(entries(of_other.await), [entry(3)]);
    assert!(closing.await.unwrap().is_some());
}

#[tokio::test]
async fn r1_what_waits_when_a_deployments_time_is_over_is_not_compared() {
    let id = deployment(1);
    for (now, found) in [(ENDS_AT - 1, Ok(1)), (ENDS_AT, Err(MatchError::NotLive))] {
        let (matcher, gate) = held_up(&[id]).await;
        let mut search = Box::pin(matcher.search(id, face(3), Shots::ONE));
        assert!(begun(&mut search).await.is_none());
        gate.set(Timestamp::from_second(now).unwrap());
        gate.open();
        assert_eq!(search.await.map(|found| found.len()), found);
    }
}

#[test]
fn a_request_that_is_gone_is_not_searched_for() {
    let live = Arc::new(LiveDeployment::new(space(), Timestamp::MAX));
    let search = |number| {
        let (done, answer) = tokio::sync::oneshot::channel();
        let search = Search {
            id: deployment(1),
            live: live.clone(),
            probe: face(number),
            shots: Shots::ONE,
            done,
        };
        (search, answer)
    };
    let [(gone, answer), (waits, _waiting)] = [1, 2].map(search);
    drop(answer);
    let left = thread::wanted(vec![gone, waits], Timestamp::UNIX_EPOCH);
    assert_eq!(
        left.iter().map(|search| search.probe.values()[2]).collect::<Vec<_>>(),
        [1.0]
    );
}

#[tokio::test]
async fn when_as_many_searches_wait_as_may_more_are_refused_and_changes_get_their_turn() {
    let id = deployment(1);
    let (matcher, gate) = held_up(&[id]).await;
    let mut waiting = Vec::new();
    for _ in 0..WAITING {
        let mut search = Box::pin(matcher.search(id, face(3), Shots::ONE));
        assert_eq!(begun(&mut search).await, None);
        waiting.push(search);
    }
    assert_eq!(matcher.search(id, face(3), Shots::ONE).await, Err(MatchError::Busy));
    let mut change = Box::pin(matcher.set(id, entry(3), Vec::new()));
    assert!(begun(&mut change).await.is_none());
    assert_eq!(matcher.search(id, face(3), Shots::ONE).await, Err(MatchError::Busy));
    gate.open();
    assert_eq!(change.await, Ok(()));
    for search in waiting {
        assert_eq!(entries(search.await), [entry(3)]);
    }
    assert_eq!(entries(matcher.search(id, face(3), Shots::ONE).await), []);
}
