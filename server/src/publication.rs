//! The row that is published about a deployment, in the columns that are published about every one; and its false alerts as
//! rates, with their uncertainty.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vedette_store::engagement::Interventions;
use vedette_store::row::{AuditRow, Counters, DeploymentRow, DeploymentState, Verdicts};

use crate::audit::certificate::{NotCertified, people_at_end};
use crate::rates::exact_interval;

/// How often somebody who isn't on the watchlist was taken for somebody who is, as officers decided. An alert is a card: one
/// face, however many people on the list it resembles. So a false one is a face that was taken for somebody by mistake, and
/// nobody else's on the list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FalseAlerts {
    /// Alerts that officers decided to be false.
    pub(crate) count: u64,
    /// Faces that were followed and of which at least one shot was good enough to be compared (R84).
    pub(crate) faces_seen: u64,
    pub(crate) alerts: u64,
    /// Alerts that officers decided, also that nobody can tell: not those that wait, lapsed or were withdrawn.
    pub(crate) decided: u64,
    /// False alerts among faces seen.
    pub(crate) per_face: Rate,
    /// False alerts among those decided.
    pub(crate) per_alert: Rate,
}

/// With the ends of its 95 % interval (Clopper and Pearson 1934); no value without a trial.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Rate {
    pub(crate) value: Option<f64>,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Rate {
    pub(crate) fn of(events: u64, trials: u64) -> Self {
        let (low, high) = exact_interval(events, trials);
        Self {
            value: (trials > 0).then(|| events as f64 / trials as f64),
            low,
            high,
        }
    }
}

impl FalseAlerts {
    /// `counters`: of faces that were followed, and of those among them that were never good enough.
    pub(crate) fn of(verdicts: Verdicts, alerts: u64, counters: Counters) -> Self {
        let count = u64::from(verdicts.wrong);
        // What was alerted about was seen, though its count has not arrived.
        let faces_seen = counters.faces_seen.saturating_sub(counters.not_assessable).max(count);
        let decided = verdicts.decided();
        Self {
            count,
            faces_seen,
            alerts,
            decided,
            per_face: Rate::of(count, faces_seen),
            per_alert: Rate::of(count, decided),
        }
    }
}

/// R83: exactly these, in this order.
pub(crate) const COLUMNS: [&str; 15] = [
    "location",
    "date",
    "type",
    "duration",
    "cameras",
    "watchlist number",
    "threshold",
    "total alerts",
    "positive alerts",
    "positive interventions",
    "incorrect alerts",
    "incorrect interventions",
    "arrests/disposals",
    "faces seen",
    "incorrect alert rate",
];

/// The row of an operation or exercise that has ended, as CSV with its header. What isn't recorded is left empty.
pub(crate) fn row(
    deployment: &DeploymentRow,
    started_at: Option<Timestamp>,
    journal: &[AuditRow],
    verdicts: Verdicts,
    interventions: &Interventions,
    false_alerts: &FalseAlerts,
) -> Result<String, NotCertified> {
    let DeploymentState::Ended { ended_at, .. } = deployment.state else {
        return Err(NotCertified::NotEnded);
    };
    let record = deployment.record.as_ref();
    let signature = record.and_then(|record| match &record.stage {
        vedette_store::record::Stage::Authorised { signature, .. } => Some(signature),
        _ => None,
    });
    // Nothing was matched after its time, however late a server that was off wrote down its end.
    let until = ended_at.min(deployment.ends_at);
    let minutes = started_at.map(|start| until.duration_since(start).as_mins().max(0));
    let text = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let cells = [
        deployment.place.clone(),
        started_at
            .map(|start| crate::domain::calendar::day(start).to_string())
            .unwrap_or_default(),
        record.map_or_else(
            || "exercise with volunteers".to_owned(),
            |record| record.plan.use_case.clone(),
        ),
        minutes.map(|minutes| format!("{minutes} minutes")).unwrap_or_default(),
        text(record.map(|record| record.plan.cameras.len() as u64)),
        text(people_at_end(journal)),
        signature
            .map(|signature| format!("{:.4}", signature.threshold))
            .unwrap_or_default(),
        false_alerts.alerts.to_string(),
        verdicts.right.to_string(),
        interventions.right.to_string(),
        verdicts.wrong.to_string(),
        interventions.wrong.to_string(),
        format!(
            "{} arrests, {} other action, {} no further action",
            interventions.arrests, interventions.other_action, interventions.no_further_action
        ),
        false_alerts.faces_seen.to_string(),
        false_alerts
            .per_face
            .value
            .map(|rate| format!("{:.4} %", 100.0 * rate))
            .unwrap_or_default(),
    ];
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(COLUMNS).and_then(|()| writer.write_record(&cells));
    // Into memory, and of equal lengths: always written.
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r85_false_alerts_are_counted_among_those_that_somebody_decided() {
        let verdicts = Verdicts {
            right: 1,
            wrong: 1,
            inconclusive: 2,
        };
        let counters = Counters {
            faces_seen: 12,
            not_assessable: 2,
            ..Counters::default()
        };
        let told = FalseAlerts::of(verdicts, 9, counters);
        assert_eq!((told.alerts, told.decided), (9, 4));
        assert_eq!((told.per_face.value, told.per_alert.value), (Some(0.1), Some(0.25)));
        let none = FalseAlerts::of(Verdicts::default(), 9, counters);
        assert_eq!((none.decided, none.per_alert.value), (0, None));
    }
}
