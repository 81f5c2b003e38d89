//! A deployment in figures, while it runs (R86).

use jiff::SignedDuration;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::audit;
use crate::domain::ceiling::CEILING;
use crate::domain::minutes::{self, Minute};
use crate::http::{convert, dto};
use crate::operations::{self, ChangeError};
use crate::publication::Rate;

pub(crate) async fn of(app: &App, id: DeploymentId) -> Result<dto::Dashboard, ChangeError> {
    let now = app.now();
    let mut tx = app.store.read().await?;
    let summary = tx.deployment_summary(id).await?.ok_or(ChangeError::NotFound)?;
    let verdicts = tx.verdicts(id).await?;
    let false_alerts = operations::false_alerts(&mut *tx, &summary).await?;
    let waits = tx.waits(id).await?;
    let waiting = tx.count_undecided(id).await?;
    let unanswered = tx.unanswered(id).await?;
    let unrecorded = tx.unrecorded_complaints(id).await?;
    let first = minutes::first(now);
    let counted = tx.minutes_from(id, first).await?;
    // An outage is written down when it is over: of those that are older none reaches into these minutes.
    let outages = tx
        .audit_since(&id.to_string(), audit::OUTAGE, minutes::begin(first))
        .await?;
    drop(tx);
    let off: Vec<_> = outages.iter().filter_map(audit::time_out).collect();
    let (followed, not_assessable) = (summary.counters.faces_seen, summary.counters.not_assessable);
    Ok(dto::Dashboard {
        at: now,
        faces_per_minute: minutes::until(now, &counted, &off).into_iter().map(faces_of).collect(),
        faces_seen: false_alerts.faces_seen,
        not_assessable,
        not_assessable_share: Rate::of(not_assessable.min(followed), followed),
        alerts: summary.alerts,
        waiting,
        lapsed: unanswered.lapsed,
        withdrawn: unanswered.withdrawn,
        complaints_unrecorded: unrecorded.len() as u64,
        verdicts,
        median_seconds_to_decide: median(waits),
        level: convert::false_alert_level(&summary.deployment, Some(&false_alerts)),
        false_alerts,
        ceiling_one_in: CEILING.faces(),
    })
}

fn faces_of(minute: Minute) -> dto::FacesOfMinute {
    dto::FacesOfMinute {
        minute: minute.begins_at(),
        faces: minute.faces,
        not_assessable: minute.not_assessable,
        cameras: minute.cameras,
    }
}

/// In seconds.
fn median(mut waits: Vec<SignedDuration>) -> Option<f64> {
    waits.sort_unstable();
    let upper = waits.get(waits.len() / 2)?;
    let lower = match waits.len() % 2 {
        0 => waits.get(waits.len() / 2 - 1)?,
        _ => upper,
    };
    Some(0.5 * (lower.as_secs_f64() + upper.as_secs_f64()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle_one_or_between_the_two_in_the_middle() {
        let seconds = |all: &[i64]| median(all.iter().map(|n| SignedDuration::from_secs(*n)).collect());
        assert_eq!(seconds(&[]), None);
        assert_eq!(seconds(&[7]), Some(7.0));
        assert_eq!(seconds(&[9, 1, 4]), Some(4.0));
        assert_eq!(seconds(&[9, 1, 4, 5]), Some(4.5));
    }
}
