//! Alerts into what is read of them afterwards.

use vedette_store::row::{AlertRow, AlertState};

use crate::domain::alert::truth;
use crate::domain::review::{self, Setting};
use crate::http::dto;

/// None of one that still waits. `came`: whether the device ever sent the crop.
pub(crate) fn reviewed(row: AlertRow, setting: Setting, came: bool, held: bool) -> Option<dto::AlertReview> {
    if !review::is_over(&row, setting) {
        return None;
    }
    let (verdict, pictures) = (truth(&row), review::pictures(&row, setting, came));
    let (category, response) = row.subject.map(|subject| (subject.category, subject.response)).unzip();
    Some(dto::AlertReview {
        id: row.id,
        device: dto::Named {
            id: row.device,
            name: row.device_name,
        },
        track: row.track,
        raised_at: row.raised_at,
        band: row.band,
        repeats: row.repeats,
        escalated_at: row.escalated_at,
        category,
        response,
        namesake: row.namesake,
        verdict,
        course: course(row.state)?,
        identity_checks: row.identity_checks.len() as u64,
        pictures,
        held,
    })
}

fn course(state: AlertState) -> Option<dto::AlertCourse> {
    let named = |id, name| dto::Named { id, name };
    match state {
        AlertState::Open => None,
        AlertState::NotAdjudicated { at } => Some(dto::AlertCourse::NotAdjudicated { at }),
        AlertState::Withdrawn(withdrawal) => Some(dto::AlertCourse::Withdrawn(withdrawal.into())),
        AlertState::Adjudicated {
            verdict,
            by,
            by_name,
            at,
            factors,
            sight,
            engagement,
            withdrawn,
        } => Some(dto::AlertCourse::Adjudicated {
            verdict,
            by: named(by, by_name),
            at,
            factors,
            sight: sight.map(|sight| dto::Sight {
                verdict: sight.verdict,
                by: named(sight.by, sight.by_name),
                at: sight.at,
            }),
            engagement: engagement.map(|engagement| {
                Box::new(dto::ReviewedEngagement {
                    by: named(engagement.by, engagement.by_name),
                    at: engagement.at,
                    outcome: engagement.outcome,
                })
            }),
            withdrawn: withdrawn.map(|withdrawal| Box::new((*withdrawal).into())),
        }),
    }
}
