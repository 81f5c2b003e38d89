//! What is sent under a number of its sender's, so that it is taken once. A number stands for one thing, said by one person, or one
//! device, about one subject.

use jiff::Timestamp;
use serde::Serialize;
use vedette_core::id::{AlertId, DeploymentId, DeviceId, UserId};
use vedette_store::engagement::{CheckKind, Factors, LawfulBasis, Outcome, SightVerdict, Texts};
use vedette_store::row::Verdict;
use zeroize::Zeroizing;

use super::tally::Tally;

/// Bytes that hold the longest note, the longest names and all else that is said with them.
const LONGEST: usize = 24 * 1024;

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
        // One allocation, so that growing leaves no copies of a note behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
        serde_json::to_writer(&mut *bytes, self)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::text::{Name, Passage};

    #[test]
    fn the_longest_note_is_written_without_leaving_a_copy_behind() {
        let widest = |characters| "\u{10400}".repeat(characters);
        let texts = Texts {
            officers: vec![widest(Name::LONGEST); 4],
            note: Some(widest(Passage::LONGEST)),
        };
        let said = Said::Engagement {
            alert: AlertId::new(Uuid::max()),
            by: UserId::new(Uuid::max()),
            outcome: &Outcome::Lost,
            texts: &texts,
        };
        let bytes = said.bytes().unwrap();
        assert!(bytes.len() > 4 * Passage::LONGEST);
        assert_eq!(bytes.capacity(), LONGEST, "it grew");
    }
}
