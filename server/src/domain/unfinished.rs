//! Plans that somebody is still writing.

use jiff::Timestamp;
use vedette_core::id::PlanId;
use vedette_store::unfinished::UnfinishedPlan;

use super::retention::UNFINISHED_PLANS;

/// Of one person.
const MOST: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("You have {MOST} unfinished plans already. Finish one, or discard one.")]
pub(crate) struct TooMany;

/// Whether somebody with these plans may save one with that id.
pub(crate) fn may_save(own: &[UnfinishedPlan], id: PlanId) -> Result<(), TooMany> {
    let known = own.iter().any(|plan| plan.id == id);
    if known || own.len() < MOST {
        Ok(())
    } else {
        Err(TooMany)
    }
}

/// What nobody has saved since then is forgotten.
pub(crate) fn forgotten_before(now: Timestamp) -> Timestamp {
    now - UNFINISHED_PLANS.period.lasts()
}
