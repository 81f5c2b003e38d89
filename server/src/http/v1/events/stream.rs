use std::convert::Infallible;
use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use futures::Stream;
use serde::Deserialize;
use tokio::sync::mpsc;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::row::{DeploymentRow, EventKind, EventRow, Seq};

use crate::app::App;
use crate::http::access::{Reviewer, Visitor};
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::problem::{Kind, Problem, answers};

/// Follows the deployment. `id` is the event's number; events: `alert_raised`, `alert_crop`, `alert_contradicted`, `alert_repeated`, `alert_escalated`, `alert_receipt`, `alert_adjudicated`, `alert_not_adjudicated`, `alert_withdrawn`, `alert_confirmed`, `alert_engaged` (data: Alert) and `deployment_changed` (data: Deployment), and every ten seconds `beat`, without number. The stream opens with the number of the last event and no data.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/events",
    tag = "events",
    operation_id = "events_stream",
    params(("id" = DeploymentId, Path, description = "The deployment"), ("last-event-id" = Option<i64>, Header, description = "Replays what came after this event"), ("after" = Option<i64>, Query, description = "Like last-event-id, for a first connection")),
    responses(
        (status = 200, description = "Server-sent events", body = String, content_type = "text/event-stream"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: Reviewer,
    Ids(id): Ids<DeploymentId>,
    query: Result<Query<After>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Error> {
    // Follow first, read then: what happens in between is found by reading.
    let mut woken = app.live.follow(id);
    let mut tx = app.store.read().await?;
    let deployment = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let last = tx.last_seq().await?;
    drop(tx);
    let asked = last_event_id(&headers).or(query.ok().and_then(|Query(after)| after.after));
    // A number from the future belongs to another database, and would silence the stream.
    let mut after = asked.map(Seq).filter(|seq| *seq <= last).unwrap_or(last);
    let (sender, receiver) = mpsc::channel(WAITING);
    let reader = (receiver, app.clone(), headers.clone(), deployment.clone());
    tokio::spawn(async move {
        let opening = Event::default().id(after.0.to_string());
        if sender.send(opening).await.is_err() {
            return;
        }
        let mut heartbeat = tokio::time::interval(HEARTBEAT);
        heartbeat.tick().await;
        loop {
            match follow(&app, id, after, &who, &sender).await {
                Ok(seq) => after = seq,
                // The page connects again, and reads on from the last number that it got.
                Err(_) => return,
            }
            tokio::select! {
                changed = woken.changed() => if changed.is_err() { return },
                _ = heartbeat.tick() => {
                    if sender.send(Event::default().event(BEAT).data("{}")).await.is_err() {
                        return;
                    }
                }
                () = sender.closed() => return,
                () = app.stopped() => return,
            }
            if !still_allowed(&headers, &deployment, &app).await {
                return;
            }
        }
    });
    // A slow page's events wait, and it may have lost its right to them meanwhile.
    let events = futures::stream::unfold(reader, |(mut receiver, app, headers, deployment)| async move {
        let event = receiver.recv().await?;
        still_allowed(&headers, &deployment, &app)
            .await
            .then_some((Ok(event), (receiver, app, headers, deployment)))
    });
    Ok(Sse::new(events))
}

/// Tells a page that all is quiet from silence. Without number, so that it isn't where a page reads on from.
const BEAT: &str = "beat";
/// A proxy that closes silent connections, and a page that looks for silence, both allow for more.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// Events read ahead of a slow page.
const WAITING: usize = 16;
const AT_ONCE: u32 = 100;

#[derive(Debug, Deserialize)]
pub(crate) struct After {
    after: Option<i64>,
}

fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok()
}

/// Whether the cookies that opened the stream would open it again: a session ends, a device is withdrawn.
async fn still_allowed(headers: &HeaderMap, deployment: &DeploymentRow, app: &App) -> bool {
    match Visitor::of(headers, app).await {
        Ok(visitor) => visitor.may_review(deployment, app.today()),
        Err(_) => false,
    }
}

#[derive(Debug)]
struct Stopped;

/// Sends everything after `after` and returns the last number sent.
async fn follow(
    app: &App,
    id: DeploymentId,
    mut after: Seq,
    who: &Reviewer,
    sender: &mpsc::Sender<Event>,
) -> Result<Seq, Stopped> {
    loop {
        let mut tx = app.store.read().await.map_err(|_| Stopped)?;
        let rows = tx.events_after(id, after, AT_ONCE).await.map_err(|_| Stopped)?;
        let mut events = Vec::with_capacity(rows.len());
        for row in &rows {
            let data = data(&mut *tx, id, row, app, who).await.map_err(|_| Stopped)?;
            events.push(
                Event::default()
                    .id(row.seq.0.to_string())
                    .event(row.kind.name())
                    .data(data),
            );
        }
        // Not held while a slow page is waited for.
        drop(tx);
        for (event, row) in events.into_iter().zip(&rows) {
            sender.send(event).await.map_err(|_| Stopped)?;
            after = row.seq;
        }
        if rows.is_empty() {
            return Ok(after);
        }
    }
}

/// What the event is about, as it is now rather than as it was: after deletion no name comes back.
async fn data(
    tx: &mut dyn vedette_store::Transaction,
    id: DeploymentId,
    row: &EventRow,
    app: &App,
    who: &Reviewer,
) -> Result<String, StoreError> {
    let text = match (row.kind, row.alert) {
        (EventKind::DeploymentChanged, _) => {
            serde_json::to_string(&convert::deployment_within(tx, id, app, who.user()).await?)
        }
        (_, Some(alert)) => serde_json::to_string(&tx.alert(alert).await?.map(convert::alert)),
        (_, None) => return Err(StoreError::Corrupt),
    };
    text.map_err(|error| StoreError::Other(error.to_string()))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
