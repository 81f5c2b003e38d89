//! Answers to people who ask what was held about them (R96), from the manifest, and the log of these answers.
//!
//! The log is part of the journal, so it must not say who asked: it holds digests with a salt that only the answer has.
//! Whoever shows an answer can prove it by them; nobody can find out from them about whom it was.

use std::collections::HashMap;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use vedette_store::manifest::ManifestRow;
use vedette_store::row::{Actor, DeploymentState};
use vedette_store::{StoreError, Transaction};

use crate::app::App;
use crate::audit::{self, Action, SUBJECT_ANSWERED};
use crate::clock::random;
use crate::domain::alert::truth;
use crate::http::{convert, dto};
use crate::rights::RightsError;

pub(crate) async fn answer(
    app: &App,
    request: dto::SubjectRequest,
    by: Actor,
) -> Result<dto::SubjectAccess, RightsError> {
    let now = app.now();
    let salt = hex::encode(random::<16>(&*app.entropy)?.as_slice());
    let mut tx = app.store.write().await?;
    let mut listed = Vec::new();
    for row in tx.manifest_of(request.nominal_id.as_str()).await? {
        if request.deployment.is_none_or(|one| one == row.deployment) {
            listed.extend(listing(&mut *tx, row).await?);
        }
    }
    let answer = dto::SubjectAccess {
        id: app.new_id()?,
        at: now,
        request_reference: request.request_reference.as_str().to_owned(),
        nominal_id: request.nominal_id.as_str().to_owned(),
        listed,
        salt,
        retention: convert::retention(tx.organisation().await?.as_ref()),
    };
    let action = Action::SubjectAnswered(
        answer.id,
        request_digest(&answer),
        answer_digest(&answer),
        answer.listed.len() as u64,
    );
    audit::write(&mut *tx, now, by, action).await?;
    tx.commit().await?;
    Ok(answer)
}

async fn listing(tx: &mut dyn Transaction, row: ManifestRow) -> Result<Option<dto::SubjectListing>, StoreError> {
    let Some(summary) = tx.deployment_summary(row.deployment).await? else {
        return Ok(None);
    };
    let mut alerts = tx.alerts(row.deployment).await?;
    alerts.retain(|alert| alert.entry == row.entry);
    alerts.reverse();
    Ok(Some(dto::SubjectListing {
        deployment: row.deployment,
        deployment_name: summary.deployment.name,
        place: summary.deployment.place,
        started_at: summary.started_at,
        ended_at: match summary.deployment.state {
            DeploymentState::Ended { ended_at, .. } => Some(ended_at),
            DeploymentState::Draft | DeploymentState::Live { .. } | DeploymentState::Paused { .. } => None,
        },
        category: row.category,
        added_at: row.added_at,
        removed_at: row.removed_at,
        image_sha256: row.images.iter().map(|image| hex::encode(image.sha256.0)).collect(),
        alerts: alerts
            .into_iter()
            .map(|alert| dto::SubjectAlert {
                raised_at: alert.raised_at,
                verdict: truth(&alert),
            })
            .collect(),
    }))
}

fn request_digest(answer: &dto::SubjectAccess) -> String {
    let digest = Sha256::new()
        .chain_update(&answer.salt)
        .chain_update(&answer.request_reference)
        .finalize();
    hex::encode(digest)
}

/// Without the table of retention, which isn't about the person.
fn answer_digest(answer: &dto::SubjectAccess) -> String {
    #[derive(Serialize)]
    struct Content<'a> {
        id: String,
        at: jiff::Timestamp,
        request_reference: &'a str,
        nominal_id: &'a str,
        listed: &'a [dto::SubjectListing],
        salt: &'a str,
    }
    let content = Content {
        id: answer.id.to_string(),
        at: answer.at,
        request_reference: &answer.request_reference,
        nominal_id: &answer.nominal_id,
        listed: &answer.listed,
        salt: &answer.salt,
    };
    // Strings, times and lists of them: always written.
    hex::encode(Sha256::digest(
        serde_json_canonicalizer::to_vec(&content).unwrap_or_default(),
    ))
}

/// Last first.
pub(crate) async fn log(app: &App) -> Result<Vec<dto::Disclosure>, RightsError> {
    let mut tx = app.store.read().await?;
    let users: HashMap<_, _> = tx.users().await?.into_iter().map(|user| (user.id, user.name)).collect();
    let mut rows = tx.audit_of_action(SUBJECT_ANSWERED).await?;
    rows.reverse();
    let disclosures = rows.into_iter().map(|row| {
        let text = |field: &str| row.detail[field].as_str().unwrap_or_default().to_owned();
        dto::Disclosure {
            id: row.subject.clone(),
            at: row.at,
            by: match row.actor {
                Actor::User(id) | Actor::Device(_, id) => {
                    users.get(&id).map(|name| dto::Named { id, name: name.clone() })
                }
                Actor::Server | Actor::CommandLine => None,
            },
            request_digest: text("request_sha256"),
            answer_digest: text("answer_sha256"),
            listed: row.detail["lists"].as_u64().is_some_and(|lists| lists > 0),
        }
    });
    Ok(disclosures.collect())
}
