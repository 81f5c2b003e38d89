//! A year in figures (R91): operations that started in it, each and together. Exercises are only counted.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use vedette_core::id::DeploymentId;
use vedette_store::engagement::{Disposal, Outcome};
use vedette_store::rights::{ComplaintOutcome, ComplaintRow, ComplaintState};
use vedette_store::row::{AlertRow, AlertState, AuditRow, DeploymentState, DeploymentSummary, Verdicts};
use vedette_store::{StoreError, Transaction};

use crate::audit::{self, DEVICE_OUTAGE, OUTAGE};
use crate::domain::calendar::day;
use crate::operations::cleared_minors;
use crate::publication::{FalseAlerts, Rate};

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct AnnualReport {
    pub(crate) year: i16,
    /// Operations.
    pub(crate) deployments: Vec<AnnualDeployment>,
    /// Exercises with volunteers. No figure counts them.
    pub(crate) exercises: u64,
    pub(crate) total: Figures,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct AnnualDeployment {
    pub(crate) id: DeploymentId,
    pub(crate) name: String,
    pub(crate) place: String,
    #[schema(value_type = String, format = Date)]
    pub(crate) date: Date,
    pub(crate) use_case: String,
    #[serde(flatten)]
    pub(crate) figures: Figures,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Figures {
    pub(crate) minutes_live: i64,
    pub(crate) faces_seen: u64,
    pub(crate) not_assessable: u64,
    /// One face is one alert, however many people on the list it resembles.
    pub(crate) alerts: u64,
    pub(crate) verdicts: Verdicts,
    /// False alerts among faces seen.
    pub(crate) per_face: Rate,
    /// False alerts among those that officers decided.
    pub(crate) per_alert: Rate,
    /// Null where it isn't recorded.
    pub(crate) arrests: Option<Vec<CategoryCount>>,
    /// People under 18 on watchlists. Null where it isn't recorded.
    pub(crate) under_18_entries: Option<u64>,
    pub(crate) complaints: u64,
    /// At least in part.
    pub(crate) complaints_upheld: u64,
    /// Times in which a live deployment, or one of its devices, compared nobody: paused, no server ran, or a device had none.
    pub(crate) outages: u64,
    pub(crate) outage_minutes: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CategoryCount {
    pub(crate) category: String,
    pub(crate) count: u64,
}

/// A deployment with what is counted about it elsewhere.
struct Counted {
    summary: DeploymentSummary,
    started_at: Timestamp,
    verdicts: Verdicts,
    complaints: Vec<ComplaintOutcomeOrOpen>,
    /// In seconds.
    outages: Vec<i64>,
    arrests: Option<Vec<CategoryCount>>,
    under_18_entries: Option<u64>,
}

type ComplaintOutcomeOrOpen = Option<ComplaintOutcome>;

pub(crate) async fn of(tx: &mut dyn Transaction, year: i16, now: Timestamp) -> Result<AnnualReport, StoreError> {
    let complaints = tx.complaints().await?;
    let mut outages = tx.audit_of_action(OUTAGE).await?;
    outages.extend(tx.audit_of_action(DEVICE_OUTAGE).await?);
    let (mut counted, mut exercises) = (Vec::new(), 0);
    for summary in tx.deployment_summaries().await? {
        let Some(started_at) = summary.started_at.filter(|at| day(*at).year() == year) else {
            continue;
        };
        if summary.deployment.record.is_none() {
            exercises += 1;
            continue;
        }
        let id = summary.deployment.id;
        counted.push(Counted {
            verdicts: tx.verdicts(id).await?,
            complaints: complaints
                .iter()
                .filter(|one| one.deployment == id)
                .map(outcome)
                .collect(),
            outages: seconds_out(&summary, &outages, now),
            started_at,
            summary,
            arrests: Some(arrests_of(tx, id).await?),
            under_18_entries: Some(cleared_minors(&tx.clearance_counts(id).await?)),
        });
    }
    counted.sort_by_key(|one| one.started_at);
    Ok(AnnualReport {
        year,
        exercises,
        total: total(counted.iter().map(|one| figures(one, now)).collect()),
        deployments: counted.iter().map(|one| deployment(one, now)).collect(),
    })
}

/// By the category under which the people were on the list. What the manifest no longer knows is counted all the same.
async fn arrests_of(tx: &mut dyn Transaction, id: DeploymentId) -> Result<Vec<CategoryCount>, StoreError> {
    let arrested: Vec<_> = tx.alerts(id).await?.into_iter().filter(led_to_arrest).collect();
    if arrested.is_empty() {
        return Ok(Vec::new());
    }
    let manifest = tx.manifest(id).await?;
    let each = arrested.iter().map(|alert| {
        let listed = manifest.iter().find(|row| row.entry == alert.entry);
        CategoryCount {
            category: listed.map_or_else(|| "not known".to_owned(), |row| row.category.clone()),
            count: 1,
        }
    });
    Ok(together(each))
}

fn led_to_arrest(alert: &AlertRow) -> bool {
    match &alert.state {
        AlertState::Adjudicated {
            engagement: Some(engagement),
            ..
        } => matches!(
            engagement.outcome,
            Outcome::EngagedTrue { contact } | Outcome::EngagedFalse { contact } if contact.disposal == Disposal::Arrest
        ),
        _ => false,
    }
}

/// Those of one category as one.
fn together(all: impl IntoIterator<Item = CategoryCount>) -> Vec<CategoryCount> {
    let mut together: Vec<CategoryCount> = Vec::new();
    for more in all {
        match together.iter_mut().find(|known| known.category == more.category) {
            Some(known) => known.count += more.count,
            None => together.push(more),
        }
    }
    together
}

fn outcome(complaint: &ComplaintRow) -> ComplaintOutcomeOrOpen {
    match complaint.state {
        ComplaintState::Open => None,
        ComplaintState::Closed { outcome, .. } => Some(outcome),
    }
}

fn seconds_out(summary: &DeploymentSummary, journal: &[AuditRow], now: Timestamp) -> Vec<i64> {
    let id = summary.deployment.id.to_string();
    let no_server = journal
        .iter()
        .filter(|row| row.subject == id)
        .filter_map(audit::time_out);
    let past = summary.deployment.pauses.iter();
    let past = past.map(|past| (past.pause.paused_at, past.until()));
    let present = match &summary.deployment.state {
        DeploymentState::Paused { pause, .. } => Some((pause.paused_at, now)),
        _ => None,
    };
    let all = joined(no_server.chain(past).chain(present).collect());
    all.into_iter()
        .map(|(from, until)| until.duration_since(from).as_secs())
        .collect()
}

/// Times that overlap are one: a server that is off is missed by each of its devices.
fn joined(mut times: Vec<(Timestamp, Timestamp)>) -> Vec<(Timestamp, Timestamp)> {
    times.sort_unstable();
    let mut joined: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (from, until) in times {
        match joined.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}

fn deployment(counted: &Counted, now: Timestamp) -> AnnualDeployment {
    let row = &counted.summary.deployment;
    AnnualDeployment {
        id: row.id,
        name: row.name.clone(),
        place: row.place.clone(),
        date: day(counted.started_at),
        use_case: row
            .record
            .as_ref()
            .map(|record| record.plan.use_case.clone())
            .unwrap_or_default(),
        figures: figures(counted, now),
    }
}

fn figures(counted: &Counted, now: Timestamp) -> Figures {
    let summary = &counted.summary;
    let ended_at = match summary.deployment.state {
        DeploymentState::Ended { ended_at, .. } => ended_at,
        _ => now,
    };
    let upheld = |outcome: &ComplaintOutcomeOrOpen| {
        matches!(outcome, Some(ComplaintOutcome::Upheld | ComplaintOutcome::PartlyUpheld))
    };
    let counters = summary.counters;
    let false_alerts = FalseAlerts::of(counted.verdicts, summary.alerts, counters);
    Figures {
        minutes_live: ended_at
            .min(summary.deployment.ends_at)
            .duration_since(counted.started_at)
            .as_mins()
            .max(0),
        faces_seen: false_alerts.faces_seen,
        not_assessable: counters.not_assessable,
        alerts: summary.alerts,
        verdicts: counted.verdicts,
        per_face: false_alerts.per_face,
        per_alert: false_alerts.per_alert,
        arrests: counted.arrests.clone(),
        under_18_entries: counted.under_18_entries,
        complaints: counted.complaints.len() as u64,
        complaints_upheld: counted.complaints.iter().filter(|one| upheld(one)).count() as u64,
        outages: counted.outages.len() as u64,
        outage_minutes: counted.outages.iter().sum::<i64>() / 60,
    }
}

fn total(all: Vec<Figures>) -> Figures {
    let sum = |of: fn(&Figures) -> u64| all.iter().map(of).sum::<u64>();
    let verdicts = all.iter().fold(Verdicts::default(), |sum, one| Verdicts {
        right: sum.right + one.verdicts.right,
        wrong: sum.wrong + one.verdicts.wrong,
        inconclusive: sum.inconclusive + one.verdicts.inconclusive,
    });
    let faces_seen = sum(|one| one.faces_seen);
    Figures {
        minutes_live: all.iter().map(|one| one.minutes_live).sum(),
        faces_seen,
        not_assessable: sum(|one| one.not_assessable),
        alerts: sum(|one| one.alerts),
        verdicts,
        per_face: Rate::of(verdicts.wrong.into(), faces_seen),
        per_alert: Rate::of(verdicts.wrong.into(), verdicts.decided()),
        arrests: arrests(&all),
        under_18_entries: all.iter().map(|one| one.under_18_entries).sum(),
        complaints: sum(|one| one.complaints),
        complaints_upheld: sum(|one| one.complaints_upheld),
        outages: sum(|one| one.outages),
        outage_minutes: all.iter().map(|one| one.outage_minutes).sum(),
    }
}

/// By category, together; unknown where one deployment's are.
fn arrests(all: &[Figures]) -> Option<Vec<CategoryCount>> {
    let known: Option<Vec<_>> = all.iter().map(|one| one.arrests.clone()).collect();
    known.map(|known| together(known.into_iter().flatten()))
}

const COLUMNS: [&str; 21] = [
    "deployment",
    "name",
    "place",
    "date",
    "type",
    "minutes live",
    "faces seen",
    "not assessable",
    "alerts",
    "positive alerts",
    "incorrect alerts",
    "inconclusive alerts",
    "incorrect alert rate per face",
    "its 95 % interval",
    "incorrect alert rate per decided alert",
    "arrests",
    "under-18 entries",
    "complaints",
    "complaints upheld",
    "outages",
    "outage minutes",
];

/// One row for each operation and one for all of them. What isn't recorded is left empty.
pub(crate) fn to_csv(report: &AnnualReport) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Into memory, and of equal lengths: always written.
    let mut write = |cells: Vec<String>| {
        let _ = writer.write_record(&cells);
    };
    write(COLUMNS.map(str::to_owned).to_vec());
    for one in &report.deployments {
        let head = [
            one.id.to_string(),
            one.name.clone(),
            one.place.clone(),
            one.date.to_string(),
            one.use_case.clone(),
        ];
        write(head.into_iter().chain(cells(&one.figures)).collect());
    }
    let year = report.year.to_string();
    let head = [String::new(), "all".to_owned(), String::new(), year, String::new()];
    write(head.into_iter().chain(cells(&report.total)).collect());
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn cells(figures: &Figures) -> [String; 16] {
    let percent = |rate: f64| format!("{:.4} %", 100.0 * rate);
    let value = |rate: Rate| rate.value.map(percent).unwrap_or_default();
    let optional = |count: Option<u64>| count.map(|count| count.to_string()).unwrap_or_default();
    let arrests = figures.arrests.as_ref().map(|arrests| {
        let each = arrests.iter().map(|one| format!("{}: {}", one.category, one.count));
        each.collect::<Vec<_>>().join("; ")
    });
    [
        figures.minutes_live.to_string(),
        figures.faces_seen.to_string(),
        figures.not_assessable.to_string(),
        figures.alerts.to_string(),
        figures.verdicts.right.to_string(),
        figures.verdicts.wrong.to_string(),
        figures.verdicts.inconclusive.to_string(),
        value(figures.per_face),
        format!(
            "{} to {}",
            percent(figures.per_face.low),
            percent(figures.per_face.high)
        ),
        value(figures.per_alert),
        arrests.unwrap_or_default(),
        optional(figures.under_18_entries),
        figures.complaints.to_string(),
        figures.complaints_upheld.to_string(),
        figures.outages.to_string(),
        figures.outage_minutes.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(wrong: u32, faces_seen: u64, arrests: Option<Vec<CategoryCount>>) -> Figures {
        Figures {
            minutes_live: 60,
            faces_seen,
            not_assessable: 5,
            alerts: 4,
            verdicts: Verdicts {
                wrong,
                ..Verdicts::default()
            },
            per_face: Rate::of(wrong.into(), faces_seen),
            per_alert: Rate::of(wrong.into(), wrong.into()),
            arrests,
            under_18_entries: Some(2),
            complaints: 1,
            complaints_upheld: 1,
            outages: 1,
            outage_minutes: 7,
        }
    }

    fn count(category: &str, count: u64) -> CategoryCount {
        CategoryCount {
            category: category.into(),
            count,
        }
    }

    #[test]
    fn r91_a_years_rate_is_that_of_all_its_faces_and_not_a_mean_of_rates() {
        let all = total(vec![figures(2, 100, None), figures(0, 9_900, None)]);
        assert_eq!(all.per_face.value, Some(0.0002));
        assert_eq!((all.alerts, all.per_alert.value), (8, Some(1.0)), "of those decided");
        assert_eq!((all.minutes_live, all.outage_minutes, all.complaints), (120, 14, 2));
        assert_eq!(all.under_18_entries, Some(4));
    }

    #[test]
    fn r91_arrests_are_added_up_by_category_and_not_guessed() {
        let known = |arrests| figures(0, 10, Some(arrests));
        let all = total(vec![
            known(vec![count("wanted on warrant", 1)]),
            known(vec![count("absconder", 2), count("wanted on warrant", 3)]),
        ]);
        assert_eq!(
            all.arrests,
            Some(vec![count("wanted on warrant", 4), count("absconder", 2)])
        );
        assert_eq!(total(vec![known(Vec::new()), figures(0, 10, None)]).arrests, None);
    }
}
