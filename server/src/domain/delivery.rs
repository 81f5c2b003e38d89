//! What is sent under a number of its sender's, so that it is taken once. A number stands for one thing, said by one person, or one
//! device, about one subject.

use jiff::Timestamp;
use serde::Serialize;
use vedette_core::id::{AlertId, DeploymentId, DeviceId, UserId};
use vedette_store::engagement::{CheckKind, Factors, LawfulBasis, Outcome, SightVerdict, Texts};
use vedette_store::row::Verdict;
use zeroize::Zeroizing;

use super::tally::Tally;

/// Without ages: they are others each time that the same is sent.
#[derive(Debug, Serialize)]
pub(crate) enum Said<'a> {
    Adjudication {
        alert: AlertId,
        by: UserId,
        verdict: Verdict,
        seen: &'a [AlertId],
        factors: &'a Factors,
    },
    Confirmation {
        alert: AlertId,
        by: UserId,
        verdict: SightVerdict,
    },
    Engagement {
        alert: AlertId,
        by: UserId,
        outcome: &'a Outcome,
        texts: &'a Texts,
    },
    IdentityCheck {
        alert: AlertId,
        by: UserId,
        kind: CheckKind,
        lawful_basis: LawfulBasis,
        at: Timestamp,
    },
    Tally {
        deployment: DeploymentId,
        device: DeviceId,
        tally: Tally,
    },
    Interruption {
        deployment: DeploymentId,
        device: DeviceId,
    },
}

impl Said<'_> {
    /// Alike for the same only.
    pub(crate) fn bytes(&self) -> serde_json::Result<Zeroizing<Vec<u8>>> {
        serde_json::to_vec(self).map(Zeroizing::new)
    }
}
