//! What a true alert leads to: a second person's judgement on sight, and what was done. Nobody is engaged on one person's
//! judgement, unless whoever authorised the deployment allowed it.

use jiff::{SignedDuration, Timestamp};
use vedette_store::engagement::{Contact, Engagement, Observed, Outcome, Sight, SightVerdict};
use vedette_store::record::Record;
use vedette_store::row::{AlertRow, DeploymentState};

use super::alert::{Alert, AlertError, Decision, Verdict, check_version, decided, looked, with_state};

/// Tablets' clocks and the server's differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);
const LONGEST_MINUTES: u16 = 24 * 60;

/// An engagement that the end overtook can still be written down, because it is counted.
pub(crate) const WRITTEN_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// Fewer people than this can be told who they are.
pub(crate) const SMALLEST_CELL: u32 = 5;

/// How many people's judgement it takes before somebody is engaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judges {
    One,
    Two,
}

impl Judges {
    /// Volunteers of an exercise agreed to be spoken to; in an operation whoever signs the plan permits it.
    pub(crate) fn of(record: Option<&Record>) -> Self {
        match record {
            Some(record) if record.plan.single_person.is_none() => Self::Two,
            Some(_) | None => Self::One,
        }
    }
}

/// A true alert that a second person has judged on sight. Final, unless it is confirmed: then it leads on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sighted {
    /// Its state says the rest.
    pub(super) row: AlertRow,
    pub(super) decision: Decision,
    pub(super) sight: Sight,
}

/// A true alert of which somebody has written down what was done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Engaged {
    /// Its state says the rest.
    pub(super) row: AlertRow,
    pub(super) decision: Decision,
    pub(super) sight: Option<Sight>,
    pub(super) engagement: Engagement,
}

impl Alert {
    /// A second person's judgement. `version` and `since`: of what she had on her own screen, and since when.
    pub(crate) fn confirm(self, version: u32, since: Option<Timestamp>, sight: Sight) -> Result<Sighted, AlertError> {
        let adjudicated = match self {
            Self::Open(_) => return Err(AlertError::NotTrue),
            Self::Lapsed(_) => return Err(AlertError::NotInTime),
            Self::Sighted(Sighted { sight, .. }) => return Err(AlertError::AlreadyConfirmed { by: sight.by_name }),
            Self::Engaged(engaged) => return Err(engaged.taken()),
            Self::Adjudicated(adjudicated) => adjudicated,
        };
        let (row, decision) = (adjudicated.row, adjudicated.decision);
        if decision.verdict != Verdict::True {
            return Err(AlertError::NotTrue);
        }
        if decision.by == sight.by {
            return Err(AlertError::OwnDecision);
        }
        check_version(&row, version)?;
        looked(since, sight.at)?;
        let row = with_state(row, decided(decision.clone(), Some(sight.clone()), None));
        Ok(Sighted { row, decision, sight })
    }

    /// Whether somebody may be spoken to, or asked who they are.
    pub(crate) fn may_engage(&self, judges: Judges) -> Result<(), AlertError> {
        let (decision, sight) = match self {
            Self::Open(_) => return Err(AlertError::NotTrue),
            Self::Lapsed(_) => return Err(AlertError::NotInTime),
            Self::Adjudicated(adjudicated) => (&adjudicated.decision, None),
            Self::Sighted(sighted) => (&sighted.decision, Some(&sighted.sight)),
            Self::Engaged(engaged) => (&engaged.decision, engaged.sight.as_ref()),
        };
        match (decision.verdict, sight.map(|sight| sight.verdict), judges) {
            (Verdict::False | Verdict::Inconclusive, ..) => Err(AlertError::NotTrue),
            (Verdict::True, Some(SightVerdict::Confirmed), _) | (Verdict::True, None, Judges::One) => Ok(()),
            (Verdict::True, Some(SightVerdict::NotConfirmed), _) | (Verdict::True, None, Judges::Two) => {
                Err(AlertError::NotConfirmed)
            }
        }
    }

    /// What was done. Whoever wrote it down may correct it.
    pub(crate) fn engage(self, version: u32, judges: Judges, engagement: Engagement) -> Result<Engaged, AlertError> {
        match (&self, &engagement.outcome) {
            // That nobody was spoken to takes one person's judgement only.
            (Self::Adjudicated(adjudicated), Outcome::NotEngaged { .. } | Outcome::Lost) => {
                if adjudicated.decision.verdict != Verdict::True {
                    return Err(AlertError::NotTrue);
                }
            }
            (Self::Engaged(known), Outcome::NotEngaged { .. } | Outcome::Lost) if known.sight.is_none() => {}
            _ => self.may_engage(judges)?,
        }
        let (row, decision, sight, observed) = match self {
            Self::Open(_) => return Err(AlertError::NotTrue),
            Self::Lapsed(_) => return Err(AlertError::NotInTime),
            Self::Adjudicated(adjudicated) => (adjudicated.row, adjudicated.decision, None, false),
            Self::Sighted(sighted) => (sighted.row, sighted.decision, Some(sighted.sight), false),
            Self::Engaged(known) if known.engagement.by != engagement.by => return Err(known.taken()),
            Self::Engaged(known) => (known.row, known.decision, known.sight, known.engagement.observed),
        };
        check_version(&row, version)?;
        if let Some(contact) = contact(&engagement.outcome) {
            happened(&row, contact.started_at, engagement.at)?;
            if contact.minutes > LONGEST_MINUTES {
                return Err(AlertError::Times);
            }
        }
        if observed && !matches!(engagement.outcome, Outcome::EngagedFalse { .. }) {
            return Err(AlertError::Observed);
        }
        let engagement = Engagement { observed, ..engagement };
        Ok(engaged(row, decision, sight, engagement))
    }

    /// What was observed of somebody who was engaged by mistake is counted once (R74).
    pub(crate) fn observe(self) -> Result<Engaged, AlertError> {
        match self {
            Self::Engaged(Engaged {
                row,
                decision,
                sight,
                engagement,
            }) if !engagement.observed && matches!(engagement.outcome, Outcome::EngagedFalse { .. }) => {
                let engagement = Engagement {
                    observed: true,
                    ..engagement
                };
                Ok(engaged(row, decision, sight, engagement))
            }
            _ => Err(AlertError::NotObserved),
        }
    }
}

impl Engaged {
    fn taken(self) -> AlertError {
        AlertError::AlreadyEngaged {
            by: self.engagement.by_name,
        }
    }
}

fn engaged(row: AlertRow, decision: Decision, sight: Option<Sight>, engagement: Engagement) -> Engaged {
    let row = with_state(row, decided(decision.clone(), sight.clone(), Some(engagement.clone())));
    Engaged {
        row,
        decision,
        sight,
        engagement,
    }
}

pub(crate) fn contact(outcome: &Outcome) -> Option<&Contact> {
    match outcome {
        Outcome::EngagedTrue { contact } | Outcome::EngagedFalse { contact } => Some(contact),
        Outcome::NotEngaged { .. } | Outcome::Lost => None,
    }
}

/// Whether something can have happened then, because of that alert.
pub(crate) fn happened(row: &AlertRow, at: Timestamp, now: Timestamp) -> Result<(), AlertError> {
    if (row.raised_at - CLOCKS_DIFFER..=now + CLOCKS_DIFFER).contains(&at) {
        Ok(())
    } else {
        Err(AlertError::Times)
    }
}

/// Whether something can still be written down about a deployment's alerts. `texts`: whether that has names or notes, which
/// the end deletes.
pub(crate) fn may_write(deployment: DeploymentState, texts: bool, now: Timestamp) -> Result<(), AlertError> {
    match deployment {
        DeploymentState::Ended { ended_at, .. } if texts || now > ended_at + WRITTEN_WITHIN => Err(AlertError::Ended),
        _ => Ok(()),
    }
}

/// Whether a second person can still judge: there is nothing to compare with once the deployment has ended.
pub(crate) fn may_judge(deployment: DeploymentState) -> Result<(), AlertError> {
    match deployment {
        DeploymentState::Ended { .. } => Err(AlertError::Ended),
        _ => Ok(()),
    }
}

/// Counts with those left out by which few people could be told: none where there are fewer than [`SMALLEST_CELL`]. Where
/// one count alone would be missing, the smallest of the others goes too, else the total would tell it.
fn suppressed<T: Copy>(counts: &[(T, u32)]) -> Vec<(T, Option<u32>)> {
    let mut cells: Vec<_> = counts
        .iter()
        .map(|(value, people)| (*value, (*people >= SMALLEST_CELL).then_some(*people)))
        .collect();
    if cells.iter().filter(|(_, people)| people.is_none()).count() == 1
        && let Some((_, people)) = cells
            .iter_mut()
            .filter(|(_, people)| people.is_some())
            .min_by_key(|(_, people)| *people)
    {
        *people = None;
    }
    cells
}

/// As [`Observed`], with small counts left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Disclosed {
    pub(crate) total: Option<u32>,
    pub(crate) sex: Vec<(vedette_store::engagement::ObservedSex, Option<u32>)>,
    pub(crate) age_band: Vec<(vedette_store::engagement::ObservedAge, Option<u32>)>,
    pub(crate) ethnicity: Vec<(vedette_store::engagement::ObservedEthnicity, Option<u32>)>,
}

pub(crate) fn disclosed(observed: &Observed) -> Disclosed {
    Disclosed {
        total: (observed.total >= SMALLEST_CELL).then_some(observed.total),
        sex: suppressed(&observed.sex),
        age_band: suppressed(&observed.age_band),
        ethnicity: suppressed(&observed.ethnicity),
    }
}

impl From<Sighted> for AlertRow {
    fn from(alert: Sighted) -> Self {
        alert.row
    }
}

impl From<Engaged> for AlertRow {
    fn from(alert: Engaged) -> Self {
        alert.row
    }
}
