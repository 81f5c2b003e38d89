//! Whether people on a watchlist are still wanted, by a list from the system that they come from.

use std::collections::{HashMap, HashSet};

use vedette_core::id::{DeploymentId, EntryId, UserId};
use vedette_store::StoreError;
use vedette_store::namesake::Namesake;
use vedette_store::record::Mark;
use vedette_store::row::{Actor, DeploymentRow};
use vedette_store::withdrawal::Unlisted;

use crate::app::App;
use crate::audit::Action;
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::domain::text::Passage;
use crate::enrolment::{Change, EnrolmentError};
use crate::matcher::MatchError;
use crate::retention;

#[derive(Debug)]
pub(crate) struct Status {
    pub(crate) confirmed: u64,
    pub(crate) changed: u64,
    /// On the watchlist, and not on the list.
    pub(crate) missing: Vec<Missing>,
    /// On the list, and not on the watchlist.
    pub(crate) unknown: Vec<String>,
    /// None is missing, so that the watchlist counts as looked through.
    pub(crate) checked: bool,
}

pub(crate) struct Missing {
    pub(crate) entry: EntryId,
    pub(crate) name: String,
    pub(crate) namesake: Option<Namesake>,
    pub(crate) nominal_id: String,
}

impl std::fmt::Debug for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Missing")
            .field("entry", &self.entry)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum StatusError {
    #[error(
        "Somebody who was to be removed is on the list of those still wanted, or gone. Send the list again, and choose anew."
    )]
    Changed,
    #[error(
        "A legal status has 1 to {} characters, all of them visible. Correct the list.",
        Passage::LONGEST
    )]
    Text,
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error("The server can't compare templates. Restart it.")]
    Matcher(#[from] MatchError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

/// `wanted`: by nominal id, with their legal status where it is said. Nobody is removed who isn't in `remove`.
pub(crate) async fn confirm(
    app: &App,
    id: DeploymentId,
    by: UserId,
    wanted: &HashMap<String, Option<String>>,
    remove: &[EntryId],
) -> Result<Status, StatusError> {
    let now = app.now();
    let one_change_at_a_time = app.watchlists.lock().await;
    let mut tx = app.store.write().await?;
    let row = tx.deployment(id).await?.ok_or(EnrolmentError::NotFound)?;
    let deployment = Deployment::from(row);
    deployment.may_confirm(now)?;
    let change = Change {
        deployment: id,
        by: Actor::User(by),
        at: now,
        entropy: &*app.entropy,
    };
    let (mut confirmed, mut changed) = (0, 0);
    let (mut missing, mut known) = (Vec::new(), HashSet::new());
    for entry in tx.entries(id).await? {
        // An entry without a number can't be confirmed by one.
        let number = entry.particulars.as_ref().map(|known| known.nominal_id.clone());
        let status = number.as_ref().and_then(|number| wanted.get(number));
        match entry.particulars.zip(status) {
            None => missing.push(Missing {
                entry: entry.id,
                name: entry.name,
                namesake: entry.namesake,
                nominal_id: number.unwrap_or_default(),
            }),
            Some((mut particulars, status)) => {
                confirmed += 1;
                known.insert(particulars.nominal_id.clone());
                if let Some(status) = status.as_ref().filter(|status| **status != particulars.legal_status) {
                    let status = Passage::new(status).map_err(|_| StatusError::Text)?;
                    particulars.legal_status = status.into_string();
                    tx.set_particulars(id, entry.id, &particulars).await?;
                    changed += 1;
                }
            }
        }
    }
    for entry in remove {
        let at = missing.iter().position(|row| row.entry == *entry);
        missing.remove(at.ok_or(StatusError::Changed)?);
        change.remove_person(&mut *tx, *entry, Unlisted::NotWanted).await?;
    }
    let checked = missing.is_empty() && matches!(deployment, Deployment::Draft(_));
    if checked {
        let deployment = deployment
            .confirm_list(Mark { by, at: now })
            .map_err(DeploymentError::from)?;
        tx.save_deployment(&DeploymentRow::from(deployment)).await?;
    }
    change
        .record(&mut *tx, Action::StatusConfirmed(id, confirmed, changed))
        .await?;
    if checked {
        change.record(&mut *tx, Action::WatchlistConfirmed(id)).await?;
    }
    tx.commit().await?;
    for entry in remove {
        app.matcher.set(id, *entry, Vec::new()).await?;
    }
    app.live.wake(id);
    drop(one_change_at_a_time);
    if !remove.is_empty() {
        retention::scrub(app).await;
    }
    let mut unknown: Vec<String> = wanted
        .keys()
        .filter(|number| !known.contains(*number))
        .cloned()
        .collect();
    unknown.sort_unstable();
    Ok(Status {
        confirmed,
        changed,
        missing,
        unknown,
        checked,
    })
}
