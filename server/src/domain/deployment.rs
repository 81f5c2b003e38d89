//! One bounded use of the system: draft, then live, then ended. While live it may pause, which stops matching and deletes
//! nothing. An exercise with volunteers never goes back; an operation whose plan changes while it is live is a draft again,
//! which somebody must sign.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use vedette_core::calibration::Target;
use vedette_core::id::{DeploymentId, UserId};
use vedette_core::template::TemplateSpace;
use vedette_store::pause::{PastPause, Pause, PauseCause, PauseOver};
use vedette_store::policy::Policy;
use vedette_store::record::{ListersTold, Mark, Plan, Reasoned, Record, Review, SignOff, Signage};
use vedette_store::row::{DeploymentRow, DeploymentState};

pub(crate) use vedette_store::row::EndReason;

use super::duty::With;
use super::engagement;
use super::operation::{self, Blocker, OperationError, Signing, Surroundings};
use super::text::Name;

/// The longest time from start to end.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// People on one watchlist. This bounds memory, and the work for each face that passes.
pub(crate) const MOST_ENTRIES: u64 = 20_000;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum DeploymentError {
    #[error("the end must lie in the future, at most 24 hours ahead")]
    EndTime,
    #[error("the deployment was started before")]
    NotDraft,
    #[error("nobody is enrolled")]
    WatchlistEmpty,
    #[error("nobody on the list is looked for")]
    NobodySought,
    #[error("the watchlist is full")]
    WatchlistFull,
    #[error("the deployment has ended")]
    Ended,
    #[error("the deployment isn't live")]
    NotLive,
    #[error("the deployment isn't paused")]
    NotPaused,
    #[error("an operation is live")]
    OperationLive,
    #[error("photos of people on a live operation's watchlist don't change")]
    PhotosClosed,
    #[error("nothing is imported while an operation is live")]
    ImportClosed,
    #[error("nobody has said who is responsible")]
    NobodyResponsible,
    #[error(transparent)]
    Operation(#[from] OperationError),
}

/// What doesn't change by starting or ending.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Terms {
    pub(crate) id: DeploymentId,
    pub(crate) name: String,
    pub(crate) place: String,
    created_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) space: TemplateSpace,
    pub(crate) target: Target,
    /// Of an operation.
    pub(crate) record: Option<Record>,
    /// Oldest first, without one that lasts.
    pub(crate) pauses: Vec<PastPause>,
}

impl Terms {
    /// R1: not before the start that was signed for, also where the server's clock was set back.
    fn has_begun(&self, now: Timestamp) -> bool {
        self.record.as_ref().is_none_or(|record| record.plan.starts_at <= now)
    }
}

/// What an operation's plan may change of its terms.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub(crate) name: Name,
    pub(crate) place: Name,
    pub(crate) ends_at: Timestamp,
    pub(crate) target: Target,
    pub(crate) plan: Plan,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    terms: Terms,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Live {
    terms: Terms,
    started_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paused {
    terms: Terms,
    started_at: Timestamp,
    pause: Pause,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ended {
    terms: Terms,
    ended_at: Timestamp,
    reason: EndReason,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Deployment {
    Draft(Draft),
    Live(Live),
    Paused(Paused),
    Ended(Ended),
}

/// Why a kiosk's lane is shut though nothing is amiss with the kiosk. It stands on a screen that the public sees: nobody's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LaneShut {
    NotStarted,
    /// By a person.
    Paused,
    /// By the server, because of too many false alerts.
    FalseAlerts,
    Ended,
    NobodyResponsible,
}

impl Draft {
    pub(crate) fn new(
        id: DeploymentId,
        name: &Name,
        place: &Name,
        ends_at: Timestamp,
        space: TemplateSpace,
        target: Target,
        now: Timestamp,
    ) -> Result<Self, DeploymentError> {
        if ends_at <= now || ends_at > now + LONGEST {
            return Err(DeploymentError::EndTime);
        }
        Ok(Self {
            terms: Terms {
                id,
                name: name.as_str().to_owned(),
                place: place.as_str().to_owned(),
                created_at: now,
                ends_at,
                space,
                target,
                record: None,
                pauses: Vec::new(),
            },
        })
    }

    pub(crate) fn operation(
        id: DeploymentId,
        proposal: Proposal,
        author: UserId,
        space: TemplateSpace,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Self, DeploymentError> {
        operation::check_times(proposal.plan.starts_at, proposal.ends_at, now)?;
        operation::check_categories(policy, &proposal.plan)?;
        let plan = operation::drawn(proposal.plan)?;
        Ok(Self {
            terms: Terms {
                id,
                name: proposal.name.as_str().to_owned(),
                place: proposal.place.as_str().to_owned(),
                created_at: now,
                ends_at: proposal.ends_at,
                space,
                target: proposal.target,
                record: Some(operation::planned(plan, author)),
                pauses: Vec::new(),
            },
        })
    }

    pub(crate) fn start(self, around: Surroundings, now: Timestamp) -> Result<Live, DeploymentError> {
        if now >= self.terms.ends_at {
            return Err(DeploymentError::Ended);
        }
        if self.terms.record.is_none() {
            if around.entries == 0 {
                return Err(DeploymentError::WatchlistEmpty);
            }
            // Training never mixes with what is real.
            if around.operation_live {
                return Err(DeploymentError::OperationLive);
            }
        }
        let blockers = operation::blockers(&self.terms, around, now);
        if !blockers.is_empty() {
            return Err(OperationError::Blocked(blockers).into());
        }
        Ok(Live {
            terms: self.terms,
            started_at: now,
        })
    }

    pub(crate) fn end(self, reason: EndReason, now: Timestamp) -> Ended {
        Ended {
            terms: self.terms,
            ended_at: now,
            reason,
        }
    }
}

impl Live {
    pub(crate) fn end(self, reason: EndReason, now: Timestamp) -> Ended {
        Ended {
            terms: self.terms,
            ended_at: now,
            reason,
        }
    }

    pub(crate) fn pause(self, pause: Pause) -> Paused {
        Paused {
            terms: self.terms,
            started_at: self.started_at,
            pause,
        }
    }
}

impl Paused {
    fn over(self, over: PauseOver) -> Live {
        let mut terms = self.terms;
        terms.pauses.push(PastPause {
            pause: self.pause,
            over,
        });
        Live {
            terms,
            started_at: self.started_at,
        }
    }

    /// `false_alerts`: on as many faces as were known by then.
    pub(crate) fn resume(self, by: Reasoned, false_alerts: u64) -> Live {
        self.over(PauseOver::Resumed {
            mark: by.mark,
            reason: Some(by.reason),
            false_alerts,
        })
    }

    pub(crate) fn end(self, reason: EndReason, now: Timestamp) -> Ended {
        self.over(PauseOver::Stopped { at: now }).end(reason, now)
    }
}

impl Deployment {
    pub(crate) fn terms(&self) -> &Terms {
        match self {
            Self::Draft(Draft { terms })
            | Self::Live(Live { terms, .. })
            | Self::Paused(Paused { terms, .. })
            | Self::Ended(Ended { terms, .. }) => terms,
        }
    }

    pub(crate) fn start(self, around: Surroundings, now: Timestamp) -> Result<Live, DeploymentError> {
        match self {
            Self::Draft(draft) => draft.start(around, now),
            Self::Live(_) | Self::Paused(_) => Err(DeploymentError::NotDraft),
            Self::Ended(_) => Err(DeploymentError::Ended),
        }
    }

    pub(crate) fn end(self, reason: EndReason, now: Timestamp) -> Result<Ended, DeploymentError> {
        match self {
            Self::Draft(draft) => Ok(draft.end(reason, now)),
            Self::Live(live) => Ok(live.end(reason, now)),
            Self::Paused(paused) => Ok(paused.end(reason, now)),
            Self::Ended(_) => Err(DeploymentError::Ended),
        }
    }

    /// Matching stops, and nothing is deleted.
    pub(crate) fn pause(self, pause: Pause) -> Result<Self, DeploymentError> {
        self.may_raise_alerts(pause.paused_at)?;
        match self {
            Self::Live(live) => Ok(Self::Paused(live.pause(pause))),
            Self::Draft(_) | Self::Paused(_) | Self::Ended(_) => Err(DeploymentError::NotLive),
        }
    }

    /// `sought`: people on the list who would be matched.
    pub(crate) fn resume(self, by: Reasoned, false_alerts: u64, sought: u64) -> Result<Live, DeploymentError> {
        match self {
            Self::Paused(paused) if by.mark.at >= paused.terms.ends_at => Err(DeploymentError::Ended),
            Self::Paused(_) if sought == 0 => Err(DeploymentError::NobodySought),
            Self::Paused(paused) => Ok(paused.resume(by, false_alerts)),
            Self::Ended(_) => Err(DeploymentError::Ended),
            Self::Draft(_) | Self::Live(_) => Err(DeploymentError::NotPaused),
        }
    }

    /// Whether one more person may be enrolled beside `entries` others.
    pub(crate) fn may_enrol(&self, entries: u64, now: Timestamp) -> Result<(), DeploymentError> {
        if matches!(self, Self::Ended(_)) || now >= self.terms().ends_at {
            return Err(DeploymentError::Ended);
        }
        if entries >= MOST_ENTRIES {
            return Err(DeploymentError::WatchlistFull);
        }
        Ok(())
    }

    /// R32: whether a list may be imported.
    pub(crate) fn may_import(&self) -> Result<(), DeploymentError> {
        match self {
            Self::Live(_) | Self::Paused(_) if self.with() == With::Operation => Err(DeploymentError::ImportClosed),
            _ => Ok(()),
        }
    }

    /// Whether it can be said of people on the watchlist that they are still wanted.
    pub(crate) fn may_confirm(&self, now: Timestamp) -> Result<(), DeploymentError> {
        if self.with() == With::Exercise {
            return Err(OperationError::NotOperation.into());
        }
        match self {
            Self::Draft(_) | Self::Live(_) | Self::Paused(_) if now < self.terms().ends_at => Ok(()),
            _ => Err(DeploymentError::Ended),
        }
    }

    pub(crate) fn with(&self) -> With {
        match self.terms().record {
            Some(_) => With::Operation,
            None => With::Exercise,
        }
    }

    fn terms_mut(&mut self) -> &mut Terms {
        match self {
            Self::Draft(Draft { terms })
            | Self::Live(Live { terms, .. })
            | Self::Paused(Paused { terms, .. })
            | Self::Ended(Ended { terms, .. }) => terms,
        }
    }

    /// The same with what `change` makes of its record.
    fn recorded(
        mut self,
        change: impl FnOnce(&Terms, Record) -> Result<Record, OperationError>,
    ) -> Result<Self, OperationError> {
        let terms = self.terms_mut();
        let record = terms.record.take().ok_or(OperationError::NotOperation)?;
        let record = change(terms, record)?;
        terms.record = Some(record);
        Ok(self)
    }

    /// A draft with another plan. A live operation goes back: what was signed was another plan (R4).
    pub(crate) fn amend(
        self,
        proposal: Proposal,
        by: UserId,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Self, DeploymentError> {
        if matches!(self, Self::Ended(_)) || now >= self.terms().ends_at {
            return Err(DeploymentError::Ended);
        }
        operation::check_times(proposal.plan.starts_at, proposal.ends_at, now)?;
        operation::check_categories(policy, &proposal.plan)?;
        let plan = operation::drawn(proposal.plan)?;
        let mut terms = match self {
            Self::Draft(Draft { terms }) | Self::Live(Live { terms, .. }) | Self::Ended(Ended { terms, .. }) => terms,
            Self::Paused(paused) => paused.over(PauseOver::Stopped { at: now }).terms,
        };
        let record = terms.record.take().ok_or(OperationError::NotOperation)?;
        terms.record = Some(operation::amended(record, plan, by));
        terms.name = proposal.name.as_str().to_owned();
        terms.place = proposal.place.as_str().to_owned();
        terms.ends_at = proposal.ends_at;
        terms.target = proposal.target;
        Ok(Draft { terms }.into())
    }

    fn only_draft(self) -> Result<Self, OperationError> {
        match self {
            Self::Draft(_) => Ok(self),
            Self::Live(_) | Self::Paused(_) | Self::Ended(_) => Err(OperationError::WrongStage),
        }
    }

    /// `organisation`: whether somebody has said who is responsible for the data.
    pub(crate) fn submit(self, organisation: bool, mark: Mark) -> Result<Self, OperationError> {
        self.only_draft()?
            .recorded(|terms, record| operation::submitted(record, terms.ends_at, organisation, mark))
    }

    /// Who puts people onto the watchlist of an operation doesn't sign for it (R115).
    pub(crate) fn listed(self, by: UserId) -> Result<Self, OperationError> {
        self.recorded(|_, record| Ok(operation::listed(record, by)))
    }

    /// The operation with who filled its list. What is live goes on as it was signed.
    pub(crate) fn attributed(self, told: &ListersTold) -> Result<Self, OperationError> {
        let draft = matches!(self, Self::Draft(_));
        self.recorded(|_, record| {
            Ok(match draft {
                true => operation::attributed(record, told),
                false => told
                    .listers
                    .iter()
                    .fold(record, |record, by| operation::listed(record, *by)),
            })
        })
    }

    /// What a signature is for, as a hash; none for an exercise.
    pub(crate) fn content(&self) -> Option<String> {
        operation::content(self.terms())
    }

    pub(crate) fn authorise(self, signing: Signing, now: Timestamp) -> Result<Self, OperationError> {
        let content = self.content().ok_or(OperationError::NotOperation)?;
        self.only_draft()?.recorded(|terms, record| {
            operation::authorised(record, &content, terms.ends_at, terms.target.faces(), signing, now)
        })
    }

    /// Sends the plan back. Of a live operation the signature can only be withdrawn, which ends it.
    pub(crate) fn refuse(self, refusal: Reasoned) -> Result<Self, OperationError> {
        self.only_draft()?
            .recorded(|_, record| operation::refused(record, refusal))
    }

    pub(crate) fn confirm_signs(self, signage: Signage) -> Result<Self, OperationError> {
        self.only_draft()?
            .recorded(|_, record| operation::with_signs(record, signage))
    }

    /// Everybody on the watchlist is still wanted (R21).
    pub(crate) fn confirm_list(self, mark: Mark) -> Result<Self, OperationError> {
        self.only_draft()?.recorded(|_, mut record| {
            record.checked = Some(mark);
            Ok(record)
        })
    }

    /// Its end follows at once.
    pub(crate) fn withdraw(self, withdrawal: Reasoned) -> Result<Self, OperationError> {
        if !matches!(self, Self::Live(_) | Self::Paused(_)) {
            return Err(OperationError::WrongStage);
        }
        self.recorded(|_, mut record| {
            record.withdrawal = Some(withdrawal);
            Ok(record)
        })
    }

    pub(crate) fn review(self, review: Review) -> Result<Self, OperationError> {
        self.only_ended()?
            .recorded(|_, record| operation::reviewed(record, review))
    }

    /// `unwritten`: matches of which nobody has written down what came of them. While they can be written down, the review waits.
    /// `read`: when the review was written that whoever signs has read, where that is known.
    pub(crate) fn sign_review(
        self,
        sign_off: SignOff,
        read: Option<Timestamp>,
        unwritten: u64,
    ) -> Result<Self, OperationError> {
        let now = sign_off.mark.at;
        match self.only_ended()? {
            Self::Ended(ended) if unwritten > 0 && now <= ended.ended_at + engagement::WRITTEN_WITHIN => {
                Err(OperationError::Unwritten)
            }
            over => over.recorded(|_, record| operation::review_signed(record, sign_off, read)),
        }
    }

    fn only_ended(self) -> Result<Self, OperationError> {
        match self {
            Self::Ended(_) => Ok(self),
            Self::Draft(_) | Self::Live(_) | Self::Paused(_) => Err(OperationError::WrongStage),
        }
    }

    /// What keeps it from starting; nothing for what has started or is an exercise.
    pub(crate) fn blockers(&self, around: Surroundings, now: Timestamp) -> Vec<Blocker> {
        match self {
            Self::Draft(Draft { terms }) => operation::blockers(terms, around, now),
            Self::Live(_) | Self::Paused(_) | Self::Ended(_) => Vec::new(),
        }
    }

    pub(crate) fn may_raise_alerts(&self, now: Timestamp) -> Result<(), DeploymentError> {
        match self {
            Self::Live(live) if now < live.terms.ends_at && live.terms.has_begun(now) => Ok(()),
            _ => Err(DeploymentError::NotLive),
        }
    }

    /// Whether a browser may stand as its kiosk: what is over has no lane any more, and a kiosk says for whom it looks before it does
    /// (R119). `responsible`: whether that was said.
    pub(crate) fn may_have_kiosks(&self, responsible: bool) -> Result<(), DeploymentError> {
        match self {
            Self::Ended(_) => Err(DeploymentError::Ended),
            Self::Draft(_) | Self::Live(_) | Self::Paused(_) if !responsible => Err(DeploymentError::NobodyResponsible),
            Self::Draft(_) | Self::Live(_) | Self::Paused(_) => Ok(()),
        }
    }

    /// Why its kiosks take no visitors; nothing while they do. `responsible`: whether somebody is said to be.
    pub(crate) fn lane_shut(&self, responsible: bool, now: Timestamp) -> Option<LaneShut> {
        match self {
            Self::Ended(_) => Some(LaneShut::Ended),
            _ if now >= self.terms().ends_at => Some(LaneShut::Ended),
            Self::Draft(_) => Some(LaneShut::NotStarted),
            Self::Paused(paused) => Some(match paused.pause.cause {
                PauseCause::Person { .. } => LaneShut::Paused,
                PauseCause::FalseAlerts { .. } => LaneShut::FalseAlerts,
            }),
            Self::Live(live) if !live.terms.has_begun(now) => Some(LaneShut::NotStarted),
            // One that was set up before anybody had to say who is responsible waits until somebody does.
            Self::Live(_) => (!responsible).then_some(LaneShut::NobodyResponsible),
        }
    }

    /// A crop of what matched before a pause helps to decide.
    pub(crate) fn may_keep_crops(&self, now: Timestamp) -> Result<(), DeploymentError> {
        match self {
            Self::Paused(paused) if now < paused.terms.ends_at => Ok(()),
            _ => self.may_raise_alerts(now),
        }
    }
}

/// Since when it is matched without a pause; nothing while it isn't live.
pub(crate) fn matched_since(row: &DeploymentRow) -> Option<Timestamp> {
    match row.state {
        DeploymentState::Live { started_at } => {
            let resumed_at = row.pauses.last().map(PastPause::until);
            Some(resumed_at.map_or(started_at, |at| at.max(started_at)))
        }
        DeploymentState::Draft | DeploymentState::Paused { .. } | DeploymentState::Ended { .. } => None,
    }
}

impl From<Draft> for Deployment {
    fn from(draft: Draft) -> Self {
        Self::Draft(draft)
    }
}

impl From<Live> for Deployment {
    fn from(live: Live) -> Self {
        Self::Live(live)
    }
}

impl From<Ended> for Deployment {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

impl From<DeploymentRow> for Deployment {
    fn from(row: DeploymentRow) -> Self {
        let DeploymentRow {
            id,
            name,
            place,
            created_at,
            ends_at,
            space,
            target,
            state,
            record,
            pauses,
        } = row;
        let terms = Terms {
            id,
            name,
            place,
            created_at,
            ends_at,
            space,
            target,
            record,
            pauses,
        };
        match state {
            DeploymentState::Draft => Self::Draft(Draft { terms }),
            DeploymentState::Live { started_at } => Self::Live(Live { terms, started_at }),
            DeploymentState::Paused { started_at, pause } => Self::Paused(Paused {
                terms,
                started_at,
                pause,
            }),
            DeploymentState::Ended { ended_at, reason } => Self::Ended(Ended {
                terms,
                ended_at,
                reason,
            }),
        }
    }
}

impl From<Deployment> for DeploymentRow {
    fn from(deployment: Deployment) -> Self {
        let (terms, state) = match deployment {
            Deployment::Draft(Draft { terms }) => (terms, DeploymentState::Draft),
            Deployment::Live(Live { terms, started_at }) => (terms, DeploymentState::Live { started_at }),
            Deployment::Paused(Paused {
                terms,
                started_at,
                pause,
            }) => (terms, DeploymentState::Paused { started_at, pause }),
            Deployment::Ended(Ended {
                terms,
                ended_at,
                reason,
            }) => (terms, DeploymentState::Ended { ended_at, reason }),
        };
        let Terms {
            id,
            name,
            place,
            created_at,
            ends_at,
            space,
            target,
            record,
            pauses,
        } = terms;
        Self {
            id,
            name,
            place,
            created_at,
            ends_at,
            space,
            target,
            state,
            record,
            pauses,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;
    use vedette_core::template::{ModelId, PipelineVersion};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    fn draft(ends_at: Timestamp, now: Timestamp) -> Result<Draft, DeploymentError> {
        Draft::new(
            DeploymentId::new(Uuid::from_u128(1)),
            &Name::new("Pilot").unwrap(),
            &Name::new("Hall").unwrap(),
            ends_at,
            TemplateSpace {
                model: ModelId::new("0123456789abcdef").unwrap(),
                pipeline: PipelineVersion(1),
                dimensions: 128,
                transform: None,
            },
            Target::DEFAULT,
            now,
        )
    }

    fn around(entries: u64) -> Surroundings {
        Surroundings {
            entries,
            organisation: true,
            ..Surroundings::default()
        }
    }

    #[derive(Clone, Copy, Debug)]
    enum Step {
        Start(u64),
        Pause,
        Resume,
        End,
    }

    fn pause(now: Timestamp) -> Pause {
        Pause {
            paused_at: now,
            cause: PauseCause::FalseAlerts {
                false_alerts: 3,
                faces_seen: 100,
            },
        }
    }

    fn reasoned(now: Timestamp) -> Reasoned {
        Reasoned {
            mark: Mark {
                by: UserId::new(Uuid::nil()),
                at: now,
            },
            reason: "The light is better".into(),
        }
    }

    proptest! {
        #[test]
        fn a_deployment_only_moves_forward(
            steps in proptest::collection::vec(
                prop_oneof![(0u64..3).prop_map(Step::Start), Just(Step::Pause), Just(Step::Resume), Just(Step::End)],
                0..8,
            )
        ) {
            let mut deployment: Deployment = draft(at(1000), at(0)).unwrap().into();
            let rank = |d: &Deployment| match d {
                Deployment::Draft(_) => 0,
                Deployment::Live(_) | Deployment::Paused(_) => 1,
                Deployment::Ended(_) => 2,
            };
            for (n, step) in steps.into_iter().enumerate() {
                let before = rank(&deployment);
                let now = at(n as i64 + 1);
                let next = match step {
                    Step::Start(entries) => deployment.clone().start(around(entries), now).map(Deployment::from),
                    Step::Pause => deployment.clone().pause(pause(now)),
                    Step::Resume => deployment.clone().resume(reasoned(now), 3, 1).map(Deployment::from),
                    Step::End => deployment.clone().end(EndReason::ByPerson, now).map(Deployment::from),
                };
                if let Ok(next) = next {
                    let stands_still = matches!(step, Step::Pause | Step::Resume);
                    prop_assert_eq!(stands_still, rank(&next) == before);
                    prop_assert!(rank(&next) >= before);
                    prop_assert_eq!(next.may_raise_alerts(now).is_ok(), matches!(next, Deployment::Live(_)));
                    deployment = next;
                }
                let row = DeploymentRow::from(deployment.clone());
                prop_assert_eq!(&Deployment::from(row), &deployment);
            }
        }

        #[test]
        fn an_end_lies_in_the_future_within_a_day(offset in -100_000i64..200_000) {
            let ok = draft(at(1_000_000 + offset), at(1_000_000)).is_ok();
            prop_assert_eq!(ok, offset > 0 && offset <= 24 * 3600);
        }
    }

    #[test]
    fn nothing_starts_without_a_watchlist() {
        assert_eq!(
            draft(at(10), at(0)).unwrap().start(around(0), at(1)),
            Err(DeploymentError::WatchlistEmpty)
        );
    }

    #[test]
    fn a_pause_is_remembered_once_it_is_over_and_ends_with_the_deployment() {
        let live: Deployment = draft(at(10), at(0)).unwrap().start(around(1), at(1)).unwrap().into();
        let paused = live.pause(pause(at(2))).unwrap();
        assert_eq!(paused.may_raise_alerts(at(3)), Err(DeploymentError::NotLive));
        assert_eq!(paused.may_keep_crops(at(3)), Ok(()));
        assert_eq!(paused.clone().pause(pause(at(3))), Err(DeploymentError::NotLive));
        assert_eq!(
            paused.clone().resume(reasoned(at(10)), 0, 1),
            Err(DeploymentError::Ended)
        );
        let empty = paused.clone().resume(reasoned(at(4)), 0, 0);
        assert_eq!(empty, Err(DeploymentError::NobodySought), "nobody could be found");
        let resumed = Deployment::from(paused.resume(reasoned(at(4)), 3, 1).unwrap());
        assert_eq!(resumed.terms().pauses[0].until(), at(4));
        assert_eq!(
            resumed.clone().resume(reasoned(at(5)), 3, 1),
            Err(DeploymentError::NotPaused)
        );
        let again = resumed.pause(pause(at(5))).unwrap();
        let ended = Deployment::from(again.end(EndReason::Time, at(10)).unwrap());
        assert_eq!(
            ended.terms().pauses.iter().map(PastPause::until).collect::<Vec<_>>(),
            [at(4), at(10)]
        );
    }

    #[test]
    fn a_lane_that_is_shut_says_why_and_is_open_exactly_while_it_is_matched() {
        let draft = draft(at(10), at(0)).unwrap();
        let live: Deployment = draft.clone().start(around(1), at(1)).unwrap().into();
        let paused = live.clone().pause(pause(at(2))).unwrap();
        let by_hand = Pause {
            cause: PauseCause::Person {
                by: UserId::new(Uuid::from_u128(2)),
                reason: None,
            },
            ..pause(at(2))
        };
        let by_hand = live.clone().pause(by_hand).unwrap();
        let ended = Deployment::from(live.clone().end(EndReason::ByPerson, at(3)).unwrap());
        for (deployment, why) in [
            (Deployment::from(draft), Some(LaneShut::NotStarted)),
            (live.clone(), None),
            (paused, Some(LaneShut::FalseAlerts)),
            (by_hand, Some(LaneShut::Paused)),
            (ended, Some(LaneShut::Ended)),
        ] {
            assert_eq!(deployment.lane_shut(true, at(4)), why);
            assert_eq!(deployment.may_raise_alerts(at(4)).is_ok(), why.is_none());
            assert_eq!(deployment.lane_shut(true, at(10)), Some(LaneShut::Ended));
        }
        assert_eq!(live.lane_shut(false, at(4)), Some(LaneShut::NobodyResponsible));
    }

    #[test]
    fn nothing_is_matched_or_enrolled_after_the_end_time() {
        let live: Deployment = draft(at(10), at(0)).unwrap().start(around(1), at(1)).unwrap().into();
        assert_eq!(live.may_raise_alerts(at(9)), Ok(()));
        assert_eq!(live.may_raise_alerts(at(10)), Err(DeploymentError::NotLive));
        assert_eq!(live.may_enrol(1, at(10)), Err(DeploymentError::Ended));
        assert_eq!(live.may_enrol(MOST_ENTRIES, at(9)), Err(DeploymentError::WatchlistFull));
    }
}
