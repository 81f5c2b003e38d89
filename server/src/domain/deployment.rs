//! One authorised use of the system: draft, then live, then ended. Never back.

use jiff::{SignedDuration, Timestamp};
use vedette_core::calibration::Target;
use vedette_core::id::DeploymentId;
use vedette_core::template::TemplateSpace;
use vedette_store::row::{DeploymentRow, DeploymentState};

pub(crate) use vedette_store::row::EndReason;

use super::text::Name;

/// A pilot's longest time. Longer use needs an authorisation that a pilot doesn't ask for.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// People on one watchlist. A pilot enrols volunteers by hand; this bounds memory.
pub(crate) const MOST_ENTRIES: u64 = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DeploymentError {
    #[error("the end must lie in the future, at most 24 hours ahead")]
    EndTime,
    #[error("the deployment was started before")]
    NotDraft,
    #[error("nobody is enrolled")]
    WatchlistEmpty,
    #[error("the watchlist is full")]
    WatchlistFull,
    #[error("the deployment has ended")]
    Ended,
    #[error("the deployment isn't live")]
    NotLive,
}

/// What doesn't change from draft to end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Terms {
    pub(crate) id: DeploymentId,
    name: String,
    place: String,
    created_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) space: TemplateSpace,
    pub(crate) target: Target,
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
pub(crate) struct Ended {
    terms: Terms,
    ended_at: Timestamp,
    reason: EndReason,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Deployment {
    Draft(Draft),
    Live(Live),
    Ended(Ended),
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
            },
        })
    }

    /// `entries`: people on the watchlist.
    pub(crate) fn start(self, entries: u64, now: Timestamp) -> Result<Live, DeploymentError> {
        if now >= self.terms.ends_at {
            return Err(DeploymentError::Ended);
        }
        if entries == 0 {
            return Err(DeploymentError::WatchlistEmpty);
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
}

impl Deployment {
    pub(crate) fn terms(&self) -> &Terms {
        match self {
            Self::Draft(Draft { terms }) | Self::Live(Live { terms, .. }) | Self::Ended(Ended { terms, .. }) => terms,
        }
    }

    pub(crate) fn start(self, entries: u64, now: Timestamp) -> Result<Live, DeploymentError> {
        match self {
            Self::Draft(draft) => draft.start(entries, now),
            Self::Live(_) => Err(DeploymentError::NotDraft),
            Self::Ended(_) => Err(DeploymentError::Ended),
        }
    }

    pub(crate) fn end(self, reason: EndReason, now: Timestamp) -> Result<Ended, DeploymentError> {
        match self {
            Self::Draft(draft) => Ok(draft.end(reason, now)),
            Self::Live(live) => Ok(live.end(reason, now)),
            Self::Ended(_) => Err(DeploymentError::Ended),
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

    pub(crate) fn may_raise_alerts(&self, now: Timestamp) -> Result<(), DeploymentError> {
        match self {
            Self::Live(live) if now < live.terms.ends_at => Ok(()),
            _ => Err(DeploymentError::NotLive),
        }
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
        } = row;
        let terms = Terms {
            id,
            name,
            place,
            created_at,
            ends_at,
            space,
            target,
        };
        match state {
            DeploymentState::Draft => Self::Draft(Draft { terms }),
            DeploymentState::Live { started_at } => Self::Live(Live { terms, started_at }),
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
            },
            Target::DEFAULT,
            now,
        )
    }

    #[derive(Clone, Copy, Debug)]
    enum Step {
        Start(u64),
        End,
    }

    proptest! {
        #[test]
        fn a_deployment_only_moves_forward(
            steps in proptest::collection::vec(
                prop_oneof![(0u64..3).prop_map(Step::Start), Just(Step::End)],
                0..8,
            )
        ) {
            let mut deployment: Deployment = draft(at(1000), at(0)).unwrap().into();
            let rank = |d: &Deployment| match d {
                Deployment::Draft(_) => 0,
                Deployment::Live(_) => 1,
                Deployment::Ended(_) => 2,
            };
            for (n, step) in steps.into_iter().enumerate() {
                let before = rank(&deployment);
                let now = at(n as i64 + 1);
                let next = match step {
                    Step::Start(entries) => deployment.clone().start(entries, now).map(Deployment::from),
                    Step::End => deployment.clone().end(EndReason::ByPerson, now).map(Deployment::from),
                };
                if let Ok(next) = next {
                    prop_assert!(rank(&next) > before);
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
            draft(at(10), at(0)).unwrap().start(0, at(1)),
            Err(DeploymentError::WatchlistEmpty)
        );
    }

    #[test]
    fn nothing_is_matched_or_enrolled_after_the_end_time() {
        let live: Deployment = draft(at(10), at(0)).unwrap().start(1, at(1)).unwrap().into();
        assert_eq!(live.may_raise_alerts(at(9)), Ok(()));
        assert_eq!(live.may_raise_alerts(at(10)), Err(DeploymentError::NotLive));
        assert_eq!(live.may_enrol(1, at(10)), Err(DeploymentError::Ended));
        assert_eq!(live.may_enrol(MOST_ENTRIES, at(9)), Err(DeploymentError::WatchlistFull));
    }
}
