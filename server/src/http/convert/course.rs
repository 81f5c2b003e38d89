//! What was done to a deployment's running, and by whom.

use vedette_core::id::UserId;
use vedette_store::pause::{PastPause, Pause, PauseCause, PauseOver};
use vedette_store::row::{Actor, AuditRow, DeploymentRow, DeploymentState};
use vedette_store::{StoreError, Transaction};

use crate::http::dto::{Account, Act, ActKind};

/// Oldest first.
pub(crate) async fn course(tx: &mut dyn Transaction, row: &DeploymentRow) -> Result<Vec<Act>, StoreError> {
    let users = tx.users().await?;
    let account = |id: UserId| Account {
        id,
        name: users.iter().find(|user| user.id == id).map(|user| user.name.clone()),
    };
    let written = |what: ActKind, entry: AuditRow| Act {
        what,
        at: entry.at,
        by: match entry.actor {
            Actor::User(id) | Actor::Device(_, id) => Some(account(id)),
            Actor::Server | Actor::CommandLine => None,
        },
        reason: None,
    };
    let paused = |pause: &Pause| {
        let (by, reason) = match &pause.cause {
            PauseCause::Person { by, reason } => (Some(account(*by)), reason.clone()),
            PauseCause::FalseAlerts { .. } => (None, None),
        };
        Act {
            what: ActKind::Paused,
            at: pause.paused_at,
            by,
            reason,
        }
    };
    let resumed = |past: &PastPause| match &past.over {
        PauseOver::Resumed { mark, reason, .. } => Some(Act {
            what: ActKind::Resumed,
            at: mark.at,
            by: Some(account(mark.by)),
            reason: reason.clone(),
        }),
        // What stopped it is told for itself.
        PauseOver::Stopped { .. } => None,
    };
    let mut acts = Vec::new();
    for (what, action) in [
        (ActKind::Started, "deployment_started"),
        (ActKind::Ended, "deployment_ended"),
    ] {
        let entries = tx.audit_since(&row.id.to_string(), action, row.created_at).await?;
        acts.extend(entries.into_iter().map(|entry| written(what, entry)));
    }
    for past in &row.pauses {
        acts.push(paused(&past.pause));
        acts.extend(resumed(past));
    }
    if let DeploymentState::Paused { pause, .. } = &row.state {
        acts.push(paused(pause));
    }
    acts.sort_by_key(|act| act.at);
    Ok(acts)
}
