//! People onto a watchlist of the running server: compared with whoever is there, written, matched.

use std::collections::HashSet;

use vedette_core::id::{DeploymentId, EntryId};
use vedette_core::template::{Template, TemplateError};
use vedette_store::StoreError;
use vedette_store::particulars::Particulars;
use vedette_store::row::{Actor, DeploymentRow, DeploymentState, EntryRow};

use crate::app::App;
use crate::clock::NoEntropy;
use crate::enrolment::{Change, EnrolmentError, Kept, Likeness, Newcomer, Portrait};
use crate::matcher::MatchError;

/// Somebody for a watchlist, with what came with them.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) name: String,
    /// Of somebody for an operation's list.
    pub(crate) particulars: Option<Particulars>,
    /// At least one.
    pub(crate) portraits: Vec<Portrait>,
    /// Why images below the policy's floor are used.
    pub(crate) override_reason: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Outcome {
    Listed(Box<Listed>),
    /// Nothing was changed.
    AlreadyListed(EntryId),
    Refused(EnrolmentError),
}

#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) entry: EntryRow,
    /// Others whose faces are as alike as a match, best first.
    pub(crate) resembles: Vec<EntryId>,
    /// The photographs look like several people's.
    pub(crate) unlike_own: bool,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ListingError {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error("The template was made by another model than this deployment's. Reload the page.")]
    ModelMismatch,
    #[error("The server can't compare templates. Restart it.")]
    Matcher,
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

impl From<TemplateError> for ListingError {
    fn from(_: TemplateError) -> Self {
        Self::ModelMismatch
    }
}

impl From<MatchError> for ListingError {
    fn from(error: MatchError) -> Self {
        match error {
            MatchError::ModelMismatch => Self::ModelMismatch,
            MatchError::NotLive | MatchError::Busy | MatchError::Stopped => Self::Matcher,
        }
    }
}

/// The deployment that people are listed for, to check what was sent by it.
pub(crate) async fn deployment(app: &App, id: DeploymentId) -> Result<DeploymentRow, ListingError> {
    let mut tx = app.store.read().await?;
    tx.deployment(id).await?.ok_or(ListingError::NotFound)
}

/// Lists people in one transaction; each is listed whole, or not at all with the reason. `addition_reason`: why anybody is
/// added to a live operation.
pub(crate) async fn list(
    app: &App,
    id: DeploymentId,
    by: Actor,
    people: Vec<Person>,
    addition_reason: Option<String>,
) -> Result<Vec<Outcome>, ListingError> {
    let now = app.now();
    let mut watchlists = app.watchlists.lock().await;
    let mut tx = app.store.read().await?;
    let row = tx.deployment(id).await?.ok_or(ListingError::NotFound)?;
    let (numbers, mut here) = (tx.listed(id).await?, HashSet::new());
    let kept = watchlists
        .take(&mut *tx, &row, app.models.calibration.clone())
        .await??;
    drop(tx);

    // Rising, so that people stay in the order of their list.
    let mut ids = Vec::with_capacity(people.len());
    for _ in &people {
        ids.push(EntryId::new(app.new_id()?));
    }
    ids.sort_unstable();
    let mut new = Vec::with_capacity(people.len());
    for (person, id) in people.into_iter().zip(ids) {
        let number = person.particulars.as_ref().map(|known| &known.nominal_id);
        let known = number.and_then(|number| numbers.get(number).copied());
        let twice = number.is_some_and(|number| !here.insert(number.clone()));
        let decided = match (known, twice) {
            (Some(before), _) => Some(Outcome::AlreadyListed(before)),
            (None, true) => Some(Outcome::Refused(EnrolmentError::AlreadyListed)),
            (None, false) => None,
        };
        new.push(New {
            id,
            person,
            decided,
            likeness: Likeness::default(),
        });
    }
    let (mut kept, mut new) = compared(kept, new).await?;

    let change = Change {
        deployment: id,
        by,
        at: now,
        entropy: &*app.entropy,
    };
    let mut tx = app.store.write().await?;
    let mut outcomes = Vec::with_capacity(new.len());
    let mut refused = HashSet::new();
    for one in &mut new {
        if let Some(decided) = one.decided.take() {
            outcomes.push(decided);
            continue;
        }
        one.likeness.earlier.retain(|other| !refused.contains(other));
        let newcomer = Newcomer {
            id: one.id,
            name: &one.person.name,
            particulars: one.person.particulars.clone(),
            portraits: one.person.portraits.iter().collect(),
            override_reason: one.person.override_reason.clone(),
            addition_reason: addition_reason.clone(),
            resembles: one.likeness.earlier.clone(),
        };
        outcomes.push(match change.add_person(&mut *tx, newcomer).await {
            Ok(entry) => Outcome::Listed(Box::new(Listed {
                entry,
                resembles: std::mem::take(&mut one.likeness.earlier),
                unlike_own: one.likeness.unlike_own,
            })),
            Err(EnrolmentError::Storage(error)) => return Err(error.into()),
            Err(EnrolmentError::Entropy(error)) => return Err(error.into()),
            Err(error) => {
                kept.neighbours.remove(one.id);
                refused.insert(one.id);
                Outcome::Refused(error)
            }
        });
    }
    let listed = outcomes.iter().filter_map(|outcome| match outcome {
        Outcome::Listed(listed) => Some(&listed.entry),
        Outcome::AlreadyListed(_) | Outcome::Refused(_) => None,
    });
    tx.commit().await?;
    if matches!(row.state, DeploymentState::Live { .. }) {
        for entry in listed.clone().filter(|entry| !entry.waits()) {
            let of_entry = new.iter().filter(|one| one.id == entry.id);
            let portraits = of_entry.flat_map(|one| &one.person.portraits);
            let templates = portraits.map(|portrait| portrait.template.clone()).collect();
            app.matcher.set(id, entry.id, templates).await?;
        }
    }
    watchlists.keep(kept, listed);
    app.live.wake(id);
    Ok(outcomes)
}

#[derive(Debug)]
struct New {
    id: EntryId,
    person: Person,
    /// Before anything is compared.
    decided: Option<Outcome>,
    likeness: Likeness,
}

/// Whom one more photograph looks like.
pub(crate) async fn resembling(mut kept: Kept, template: Template) -> Result<(Kept, Vec<EntryId>), ListingError> {
    let comparing = tokio::task::spawn_blocking(move || {
        let found = kept.neighbours.resembling(&template)?;
        Ok((kept, found))
    });
    let compared = comparing.await.map_err(|_| ListingError::Matcher)?;
    compared.map_err(|error: TemplateError| error.into())
}

/// Whom each newcomer looks like, of those before.
async fn compared(mut kept: Kept, mut new: Vec<New>) -> Result<(Kept, Vec<New>), ListingError> {
    let comparing = tokio::task::spawn_blocking(move || {
        let undecided = new.iter().filter(|one| one.decided.is_none());
        let people: Vec<_> = undecided
            .map(|one| {
                let templates = one.person.portraits.iter().map(|portrait| &portrait.template);
                (one.id, templates.collect())
            })
            .collect();
        let found = kept.neighbours.welcome(&people)?;
        let undecided = new.iter_mut().filter(|one| one.decided.is_none());
        for (one, likeness) in undecided.zip(found) {
            one.likeness = likeness;
        }
        Ok((kept, new))
    });
    let compared = comparing.await.map_err(|_| ListingError::Matcher)?;
    compared.map_err(|error: TemplateError| error.into())
}
