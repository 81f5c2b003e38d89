//! Rows into what travels.

mod course;
mod listed;
mod reviewed;

use jiff::Timestamp;
use vedette_core::calibration::{OperatingPoint, Target};
use vedette_core::id::{DeploymentId, DeviceId, HoldId, UserId};
use vedette_core::shot::Shots;
use vedette_core::watchlist;
use vedette_store::pause::PauseCause;
use vedette_store::record::Stage;
use vedette_store::rights::{ComplaintRow, ComplaintState, HoldRow, HoldState, Organisation};
use vedette_store::row::{
    AlertRow, AlertState, DeploymentRow, DeploymentState, DeploymentSummary, DeviceRow, Unanswered, UserRow,
};
use vedette_store::{StoreError, Transaction};

use self::course::course;
pub(crate) use self::listed::{clearances, entry, roster_row};
pub(crate) use self::reviewed::reviewed;
use super::access::duties;
use super::dto;
use crate::app::App;
use crate::audit;
use crate::domain::calendar::day;
use crate::domain::ceiling::{self, Level};
use crate::domain::complaint;
use crate::domain::deployment::Deployment;
use crate::domain::duty::Duty;
use crate::domain::engagement::{self, Disclosed, Judges};
use crate::domain::fitness::Fitness;
use crate::domain::hold;
use crate::domain::operation;
use crate::domain::retention::{Class, Period, TABLE};
use crate::domain::roster;
use crate::heartbeats::{devices_of, unwatched_since};
use crate::operations::{ChangeError, cleared_minors, false_alerts, first_warning, minors, surroundings};
use crate::publication::FalseAlerts;

pub(crate) fn user(row: UserRow) -> dto::User {
    dto::User {
        id: row.id,
        name: row.name,
        roles: row.roles,
    }
}

pub(crate) fn device_name(row: &DeviceRow) -> dto::Named<DeviceId> {
    dto::Named {
        id: row.id,
        name: row.name.clone(),
    }
}

pub(crate) fn device(row: DeviceRow) -> dto::Device {
    dto::Device {
        id: row.id,
        name: row.name,
        paired_at: row.paired_at,
        revoked_at: row.revoked_at,
    }
}

pub(crate) fn session(
    who: UserRow,
    device: Option<&DeviceRow>,
    kiosk: Option<DeploymentId>,
    app: &App,
) -> dto::Session {
    dto::Session {
        duties: match kiosk {
            Some(_) => Vec::new(),
            None => duties(&who, None, app.today()),
        },
        user: user(who),
        device: device.map(device_name),
        kiosk,
    }
}

pub(crate) fn controller(row: Organisation) -> dto::Controller {
    dto::Controller {
        name: row.name,
        name_cy: row.name_cy,
        contact: row.contact,
        privacy_url: row.privacy_url,
    }
}

/// `app`: for what was counted and isn't written down yet. Who captures sees no operating point.
async fn deployment(
    tx: &mut dyn Transaction,
    summary: DeploymentSummary,
    unanswered: Unanswered,
    app: &App,
    viewer: &UserRow,
) -> Result<dto::Deployment, StoreError> {
    let found = match summary.started_at {
        Some(_) => Some(false_alerts(tx, &summary).await?),
        None => None,
    };
    let DeploymentSummary {
        deployment: row,
        started_at: _,
        entries,
        sought,
        photos,
        alerts,
        counters,
    } = summary;
    let answered = app.matcher.live(row.id).map_or(0, |live| live.candidates());
    let whole = Deployment::from(row.clone());
    let counts = tx.clearance_counts(row.id).await?;
    let operation = match &row.record {
        None => None,
        Some(record) => Some(dto::Operation {
            content_sha256: whole.content().unwrap_or_default(),
            unsubmitted_since: unsubmitted_since(tx, &row).await?,
            missing: operation::missing(&record.plan.documents, row.ends_at, tx.organisation().await?.is_some()),
            blockers: match row.state {
                DeploymentState::Draft => whole.blockers(surroundings(tx, row.id).await?, app.now()),
                DeploymentState::Live { .. } | DeploymentState::Paused { .. } | DeploymentState::Ended { .. } => {
                    Vec::new()
                }
            },
            changed_documents: match tx.past_operations().await?.iter().rev().find(|past| past.id != row.id) {
                Some(past) => operation::changed_documents(&row, past),
                None => Vec::new(),
            },
            own: record.authors.contains(&viewer.id),
            built_list: record.listers.contains(&viewer.id),
            under_18s: match row.state {
                DeploymentState::Ended { .. } => cleared_minors(&counts),
                DeploymentState::Draft | DeploymentState::Live { .. } | DeploymentState::Paused { .. } => {
                    minors(&counts)
                }
            },
            open_clearances: counts.iter().map(|count| count.open).sum(),
            clearances: counts,
            record: record.clone(),
        }),
    };
    let two_people = Judges::of(row.record.as_ref()) == Judges::Two;
    let writable = engagement::may_write(&row.state, false, app.now()).is_ok()
        && engagement::may_differ(row.record.as_ref()).is_ok();
    let unwritten = match writable {
        true => tx.count_unwritten(row.id).await?,
        false => 0,
    };
    let unwritten_until = engagement::written_until(&row.state).filter(|_| unwritten > 0);
    let waiting = match row.state {
        DeploymentState::Live { .. } | DeploymentState::Paused { .. } => {
            let ailing = ailing(devices_of(app, tx, &row).await?);
            dto::Waiting {
                alerts: tx.count_undecided(row.id).await?,
                alerts_since: tx.undecided_since(row.id).await?,
                sights: match two_people {
                    true => tx.count_unsighted(row.id).await?,
                    false => 0,
                },
                sights_since: match two_people {
                    true => tx.unsighted_since(row.id).await?,
                    false => None,
                },
                unwritten,
                unwritten_until,
                lapsed_since: unanswered.lapsed_since,
                warned_since: first_warning(tx, &row).await?,
                devices: ailing.len() as u64,
                ailing,
                unwatched_since: unwatched_since(app, &row),
            }
        }
        DeploymentState::Draft | DeploymentState::Ended { .. } => dto::Waiting {
            unwritten,
            unwritten_until,
            ..dto::Waiting::default()
        },
    };
    let duties = duties(viewer, Some(&row), app.today());
    let sees_rates = duties.contains(&Duty::Certify);
    let level = false_alert_level(&row, found.as_ref());
    let sees_threshold = duties.contains(&Duty::SeeOperatingPoint);
    Ok(dto::Deployment {
        id: row.id,
        name: row.name,
        place: row.place,
        created_at: row.created_at,
        ends_at: row.ends_at,
        state: match row.state {
            DeploymentState::Draft => dto::DeploymentState::Draft,
            DeploymentState::Live { started_at } => dto::DeploymentState::Live { started_at },
            DeploymentState::Paused { started_at, pause } => dto::DeploymentState::Paused { started_at, pause },
            DeploymentState::Ended { ended_at, reason } => dto::DeploymentState::Ended { ended_at, reason },
        },
        entries,
        sought,
        photos,
        counters: dto::Counters {
            candidates: counters.candidates + answered,
            alerts,
            lapsed: unanswered.lapsed,
            withdrawn: unanswered.withdrawn,
            faces_seen: counters.faces_seen,
            not_assessable: counters.not_assessable,
            kiosk: counters.kiosk,
        },
        model: row.space.model,
        pipeline: row.space.pipeline,
        target_fpir_one_in: row.target,
        complaints: tx.count_complaints(row.id).await?,
        complaints_unrecorded: tx.unrecorded_complaints(row.id).await?.len() as u64,
        course: Vec::new(),
        pauses: row.pauses,
        false_alert_level: level,
        waiting,
        duties,
        two_people,
        false_alerts: found.filter(|_| sees_rates),
        operation,
        operating_point: sees_threshold.then(|| operating_point(app, row.target, entries, photos)),
    })
}

async fn unsubmitted_since(tx: &mut dyn Transaction, row: &DeploymentRow) -> Result<Option<Timestamp>, StoreError> {
    let Some(Stage::Planned { refusal }) = row.record.as_ref().map(|record| &record.stage) else {
        return Ok(None);
    };
    let written = tx
        .audit_since(&row.id.to_string(), audit::PLAN_AMENDED, row.created_at)
        .await?;
    let written = written.last().map_or(row.created_at, |entry| entry.at);
    Ok(Some(
        refusal.as_ref().map_or(written, |refusal| written.max(refusal.mark.at)),
    ))
}

fn ailing(devices: Vec<Fitness>) -> Vec<dto::Ailing> {
    let mut ailing: Vec<_> = devices
        .into_iter()
        .filter_map(|device| {
            Some(dto::Ailing {
                alarm: *device.alarms.first()?,
                name: device.name,
                kiosk: device.kiosk,
                since: device.amiss_since,
                last_contact: device.said.map(|beat| beat.at),
            })
        })
        .collect();
    ailing.sort_by_key(|device| device.since);
    ailing
}

/// How the false alerts of a live deployment stand to the ceiling; once it stands still for them, that they stopped it.
pub(crate) fn false_alert_level(row: &DeploymentRow, found: Option<&FalseAlerts>) -> Level {
    match (&row.state, found) {
        (DeploymentState::Live { .. }, Some(found)) => ceiling::level(found, &row.pauses),
        (DeploymentState::Paused { pause, .. }, _) if matches!(pause.cause, PauseCause::FalseAlerts { .. }) => {
            Level::Paused
        }
        (DeploymentState::Paused { .. }, Some(found)) => ceiling::level(found, &row.pauses).min(Level::Warning),
        _ => Level::Within,
    }
}

/// What the target comes to at that length of the list, for two shots.
pub(crate) fn operating_point(app: &App, target: Target, people: u64, photos: u64) -> OperatingPoint {
    watchlist::operating_point(
        &app.models.calibration,
        target,
        (people as usize, photos as usize),
        Shots::ALL[1],
    )
}

/// With what was done to it, for whoever has to do with it.
async fn with_course(
    tx: &mut dyn Transaction,
    summary: DeploymentSummary,
    app: &App,
    viewer: &UserRow,
) -> Result<dto::Deployment, StoreError> {
    let row = summary.deployment.clone();
    let unanswered = tx.unanswered(row.id).await?;
    let mut found = deployment(tx, summary, unanswered, app, viewer).await?;
    if !found.duties.is_empty() {
        found.course = course(tx, &row).await?;
    }
    Ok(found)
}

/// All deployments as they are now, newest first, without the course of each.
pub(crate) async fn deployments_now(app: &App, viewer: &UserRow) -> Result<Vec<dto::Deployment>, StoreError> {
    let mut tx = app.store.read().await?;
    let mut unanswered = tx.unanswered_of_all().await?;
    let mut all = Vec::new();
    for summary in tx.deployment_summaries().await? {
        let unanswered = unanswered.remove(&summary.deployment.id).unwrap_or_default();
        all.push(deployment(&mut *tx, summary, unanswered, app, viewer).await?);
    }
    Ok(all)
}

/// Reads a deployment as it is now.
pub(crate) async fn deployment_now(
    id: DeploymentId,
    app: &App,
    viewer: &UserRow,
) -> Result<dto::Deployment, ChangeError> {
    let mut tx = app.store.read().await?;
    let summary = tx.deployment_summary(id).await?.ok_or(ChangeError::NotFound)?;
    Ok(with_course(&mut *tx, summary, app, viewer).await?)
}

/// As `deployment_now`, in the view of `tx`; none when there is none of that id.
pub(crate) async fn deployment_within(
    tx: &mut dyn Transaction,
    id: DeploymentId,
    app: &App,
    viewer: &UserRow,
) -> Result<Option<dto::Deployment>, StoreError> {
    match tx.deployment_summary(id).await? {
        Some(summary) => with_course(tx, summary, app, viewer).await.map(Some),
        None => Ok(None),
    }
}

pub(crate) fn alert(row: AlertRow) -> dto::Alert {
    let named = |id, name| dto::Named { id, name };
    dto::Alert {
        id: row.id,
        deployment: row.deployment,
        entry: dto::AlertEntry {
            id: row.entry,
            name: row.entry_name,
            namesake: row.namesake,
        },
        subject: row.subject.map(|subject| dto::Subject {
            minor: roster::minor(subject.born_on, subject.possible_minor, day(row.raised_at)),
            category: subject.category,
            response: subject.response,
            image_taken_on: subject.image_taken_on,
            vulnerable: subject.vulnerable,
        }),
        device: dto::Named {
            id: row.device,
            name: row.device_name,
        },
        track: row.track,
        raised_at: row.raised_at,
        band: row.band,
        has_probe: row.has_probe,
        contradicts: row.contradicts,
        repeats: row.repeats,
        last_seen: dto::LastSeen {
            at: row.last_seen_at,
            device: dto::Named {
                id: row.last_seen_device,
                name: row.last_seen_device_name,
            },
            at_kiosk: row.at_kiosk,
        },
        escalated_at: row.escalated_at,
        receipts: row
            .receipts
            .into_iter()
            .map(|receipt| dto::Receipt {
                device: receipt.device_name,
                user: named(receipt.user, receipt.user_name),
                received_at: receipt.received_at,
                opened_at: receipt.opened_at,
            })
            .collect(),
        identity_checks: row
            .identity_checks
            .into_iter()
            .map(|check| dto::IdentityCheck {
                kind: check.kind,
                lawful_basis: check.lawful_basis,
                at: check.at,
                by: named(check.by, check.by_name),
            })
            .collect(),
        state: match row.state {
            AlertState::Open => dto::AlertState::Open,
            AlertState::NotAdjudicated { at } => dto::AlertState::NotAdjudicated { at },
            AlertState::Withdrawn(withdrawal) => dto::AlertState::Withdrawn(withdrawal.into()),
            AlertState::Adjudicated {
                verdict,
                by,
                by_name,
                at,
                factors,
                sight,
                engagement,
                withdrawn,
            } => dto::AlertState::Adjudicated {
                verdict,
                by: named(by, by_name),
                at,
                factors,
                sight: sight.map(|sight| dto::Sight {
                    verdict: sight.verdict,
                    by: named(sight.by, sight.by_name),
                    at: sight.at,
                }),
                engagement: engagement.map(|engagement| *engagement).map(|engagement| {
                    Box::new(dto::Engagement {
                        by: named(engagement.by, engagement.by_name),
                        at: engagement.at,
                        outcome: engagement.outcome,
                        officers: engagement.texts.officers.clone(),
                        note: engagement.texts.note.clone(),
                        observed: engagement.observed,
                    })
                }),
                withdrawn: withdrawn.map(|withdrawal| Box::new((*withdrawal).into())),
            },
        },
        version: row.version,
    }
}

pub(crate) fn observations(disclosed: Disclosed) -> dto::Observations {
    dto::Observations {
        total: disclosed.total,
        sex: disclosed
            .sex
            .into_iter()
            .map(|(value, people)| dto::SexCount { value, people })
            .collect(),
        age_band: disclosed
            .age_band
            .into_iter()
            .map(|(value, people)| dto::AgeCount { value, people })
            .collect(),
        ethnicity: disclosed
            .ethnicity
            .into_iter()
            .map(|(value, people)| dto::EthnicityCount { value, people })
            .collect(),
    }
}

pub(crate) fn organisation(row: Organisation) -> dto::Organisation {
    dto::Organisation {
        name: row.name,
        name_cy: row.name_cy,
        contact: row.contact,
        complaints: row.complaints,
        privacy_url: row.privacy_url,
        hold_days: row.hold_days,
    }
}

/// `deployment_name`: of the deployment whose alert it is about.
pub(crate) fn hold(row: HoldRow, deployment_name: String) -> dto::Hold {
    let (case_reference, reason) = row
        .note
        .as_ref()
        .map(|note| (note.case_reference.clone(), note.reason.clone()))
        .unzip();
    dto::Hold {
        id: row.id,
        alert: row.alert,
        deployment: row.deployment,
        deployment_name,
        case_reference,
        reason,
        by: dto::Named {
            id: row.by,
            name: row.by_name,
        },
        placed_at: row.placed_at,
        complaint: row.complaint,
        has_probe: row.has_probe,
        has_reference: row.has_reference,
        state: match row.state {
            HoldState::Held { until } => dto::HoldState::Held { expires_at: until },
            HoldState::Released { at, by, by_name } => dto::HoldState::Released {
                at,
                by: dto::Named { id: by, name: by_name },
            },
            HoldState::Expired { at } => dto::HoldState::Expired { at },
        },
    }
}

/// `about`: the deployment that it is about. `hold`: what keeps its alert's pictures.
pub(crate) fn complaint(
    row: ComplaintRow,
    about: Option<&DeploymentRow>,
    hold: Option<HoldId>,
    viewer: UserId,
) -> dto::Complaint {
    let words = row.words.as_ref();
    let authors = about
        .and_then(|about| about.record.as_ref())
        .map(|record| record.authors.as_slice());
    dto::Complaint {
        id: row.id,
        deployment: row.deployment,
        deployment_name: about.map(|about| about.name.clone()).unwrap_or_default(),
        alert: row.alert,
        own: complaint::is_own(&row, authors.unwrap_or_default(), viewer),
        received_at: row.received_at,
        received_by: words.map(|words| words.received_by.clone()),
        text: words.map(|words| words.text.clone()),
        recorded_by: dto::Named {
            id: row.recorded_by,
            name: row.recorded_by_name,
        },
        hold,
        state: match row.state {
            ComplaintState::Open => dto::ComplaintState::Open,
            ComplaintState::Closed {
                at,
                by,
                by_name,
                outcome,
            } => dto::ComplaintState::Closed {
                at,
                by: dto::Named { id: by, name: by_name },
                outcome,
                note: words.and_then(|words| words.outcome.clone()),
            },
        },
    }
}

/// The table, with the period of holds as the controller has it.
pub(crate) fn retention(organisation: Option<&Organisation>) -> Vec<dto::RetentionRule> {
    let held = Period::AtMost(hold::longest(organisation));
    let rules = TABLE.iter().map(|rule| {
        let period = match rule.class {
            Class::Holds => held,
            _ => rule.period,
        };
        dto::RetentionRule {
            class: rule.class,
            holds: rule.holds,
            trigger: rule.trigger.words(),
            period: period.words(),
            action: rule.action.words(),
            seconds: period.lasts().as_secs(),
        }
    });
    rules.collect()
}
