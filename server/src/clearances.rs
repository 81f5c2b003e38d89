//! Decisions about people on a watchlist: in the store with their journal entry, then in memory.

use vedette_core::id::{DeploymentId, EntryId, UserId};
use vedette_store::StoreError;
use vedette_store::clearance::{Clearance, Kind};
use vedette_store::particulars::Particulars;
use vedette_store::record::{Mark, Reasoned};
use vedette_store::row::{Actor, DeploymentRow};
use vedette_store::withdrawal::Unlisted;

use crate::app::App;
use crate::audit::Action;
use crate::domain::calendar::day;
use crate::domain::clearance::{self, ClearanceError};
use crate::domain::roster;
use crate::enrolment::{Change, EnrolmentError};
use crate::matcher::MatchError;
use crate::retention;

#[derive(Debug)]
pub(crate) enum Step {
    Request(String),
    Approve,
    Refuse,
    KeepBoth(String),
    Merge(EntryId),
    Drop,
}

/// What is decided about whom, by whom.
#[derive(Debug)]
pub(crate) struct Decision {
    pub(crate) deployment: DeploymentId,
    pub(crate) entry: EntryId,
    pub(crate) kind: Kind,
    pub(crate) by: UserId,
    pub(crate) step: Step,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum DecisionError {
    #[error(transparent)]
    Clearance(#[from] ClearanceError),
    #[error("An entry goes into one that it resembles, of the same watchlist. Reload the page, and choose again.")]
    Into,
    #[error("Something else about this entry is undecided, so it can't become part of another. See to that first.")]
    Undecided,
    #[error(
        "What is known about this entry asks for a second person's consent (age, vulnerability or source), and what is known \
         about the other one doesn't: it would be lost. Keep both, or correct the other entry first."
    )]
    Loses,
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
    #[error("The server can't compare templates. Restart it.")]
    Matcher(#[from] MatchError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

/// What becomes of the entry.
#[derive(Debug)]
enum Next {
    Stands(Clearance),
    /// Off the list.
    Goes(Unlisted),
}

/// Whether a merge would let a person be matched without a decision that is needed about them.
fn loses(row: &DeploymentRow, gone: Option<&Particulars>, kept: Option<&Particulars>) -> bool {
    let Some(record) = &row.record else {
        return false;
    };
    let needs = |known| roster::needs(known, day(record.plan.starts_at));
    let kept = kept.map(needs).unwrap_or_default();
    gone.map(needs)
        .unwrap_or_default()
        .iter()
        .any(|kind| !kept.contains(kind))
}

/// An entry about which nothing is undecided any more is matched when this returns; one that went is not.
pub(crate) async fn decide(app: &App, decision: Decision) -> Result<(), DecisionError> {
    let Decision {
        deployment: id,
        entry,
        kind,
        by,
        step,
    } = decision;
    let now = app.now();
    let one_change_at_a_time = app.watchlists.lock().await;
    let mut tx = app.store.write().await?;
    let row = tx.deployment(id).await?.ok_or(EnrolmentError::NotFound)?;
    let all = tx.clearances_of(id, entry).await?;
    let this = all.iter().find(|clearance| clearance.kind == kind).cloned();
    let this = this.ok_or(ClearanceError::NotNeeded)?;
    let listers = row
        .record
        .as_ref()
        .map(|record| record.listers.clone())
        .unwrap_or_default();
    let mark = Mark { by, at: now };
    let because = |reason| Reasoned { mark, reason };
    let change = Change {
        deployment: id,
        by: Actor::User(by),
        at: now,
        entropy: &*app.entropy,
    };
    let (next, action): (Next, Action) = match step {
        Step::Request(reason) => (
            Next::Stands(clearance::requested(this, because(reason))?),
            Action::ClearanceRequested(id, kind),
        ),
        Step::Approve => (
            Next::Stands(clearance::approved(this, mark, &listers)?),
            Action::ClearanceApproved(id, kind),
        ),
        Step::KeepBoth(reason) => (
            Next::Stands(clearance::kept_both(this, because(reason))?),
            Action::DuplicateKept(id, entry),
        ),
        Step::Refuse => {
            clearance::may_refuse(&this)?;
            tx.count_refusal(id, kind).await?;
            (Next::Goes(Unlisted::Refused), Action::ClearanceRefused(id, kind))
        }
        Step::Drop => {
            clearance::may_resolve(&this)?;
            tx.count_refusal(id, kind).await?;
            (Next::Goes(Unlisted::Removed), Action::DuplicateDropped(id, entry))
        }
        Step::Merge(into) => {
            clearance::may_resolve(&this)?;
            if all.iter().any(|other| other.kind != kind && other.state.is_open()) {
                return Err(DecisionError::Undecided);
            }
            if into == entry || !this.resembles.contains(&into) {
                return Err(DecisionError::Into);
            }
            let kept = tx.entry(id, into).await?.ok_or(DecisionError::Into)?;
            let gone = tx.entry(id, entry).await?.ok_or(EnrolmentError::NotFound)?;
            if loses(&row, gone.particulars.as_ref(), kept.particulars.as_ref()) {
                return Err(DecisionError::Loses);
            }
            tx.count_refusal(id, kind).await?;
            change.copy_photos(&mut *tx, entry, into).await?;
            (Next::Goes(Unlisted::Removed), Action::DuplicateMerged(id, entry, into))
        }
    };
    let merged_into = match action {
        Action::DuplicateMerged(_, _, into) => Some(into),
        _ => None,
    };
    change.record(&mut *tx, action).await?;
    match &next {
        Next::Stands(next) => tx.save_clearance(id, next).await?,
        Next::Goes(why) => change.remove_person(&mut *tx, entry, *why).await?,
    }
    let mut matched = Vec::new();
    for one in [Some(entry), merged_into].into_iter().flatten() {
        let waits = tx
            .clearances_of(id, one)
            .await?
            .iter()
            .any(|other| other.state.is_open());
        let references = match waits {
            true => Vec::new(),
            false => tx.references_of(&row, one).await?,
        };
        matched.push((
            one,
            references.into_iter().map(|reference| reference.template).collect(),
        ));
    }
    tx.commit().await?;
    for (entry, templates) in matched {
        app.matcher.set(id, entry, templates).await?;
    }
    app.live.wake(id);
    drop(one_change_at_a_time);
    if matches!(next, Next::Goes(_)) {
        retention::scrub(app).await;
    }
    Ok(())
}
