//! The deletion certificate: what was deleted, which key was destroyed, when; signed like the heads of the journal, and
//! tied to the entry there that says the same.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vedette_core::id::DeploymentId;
use vedette_store::record::Stage;
use vedette_store::row::{AuditRow, DeploymentRow, DeploymentState, EndReason};

use super::head::{PublicKey, SigningKey};

/// Distinguishes these signatures from any other that the key might make.
const PURPOSE: &str = "vedette deletion certificate 1";

/// A deployment's deletion, signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeletionCertificate {
    #[serde(flatten)]
    pub(crate) statement: Statement,
    /// Ed25519 (RFC 8032) over a line that names the purpose, and the statement as canonical JSON (RFC 8785); hexadecimal.
    #[schema(min_length = 128, max_length = 128)]
    pub(crate) signature: String,
}

/// What is certified.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Statement {
    pub(crate) deployment: DeploymentId,
    pub(crate) ended_at: Timestamp,
    pub(crate) end_reason: EndReason,
    /// People on the watchlist when it was signed for; nothing of an exercise. Older certificates don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) signed_for: Option<u64>,
    /// People put onto the watchlist in all, as the journal says. Older certificates don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) listed: Option<u64>,
    /// Of these, taken off before the end: removed, refused, or merged with somebody else on it. Older certificates don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) taken_off: Option<u64>,
    /// People on the watchlist at the end, who were deleted then.
    pub(crate) people: u64,
    /// Their photographs, each with its template.
    pub(crate) photos: u64,
    /// Matched crops.
    pub(crate) crops: u64,
    /// Alerts whose pictures stay under a hold, under keys of their own. Older certificates don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) held: Option<u64>,
    /// Names the data key that sealed all of them, without telling anything of it.
    pub(crate) key: String,
    /// From then on no copy of them could be read, in a backup neither.
    pub(crate) key_destroyed_at: Timestamp,
    /// The journal's entry that says so.
    pub(crate) journal_entry: i64,
    /// Its hash, in hexadecimal.
    pub(crate) journal_hash: String,
    /// The key that signs, in hexadecimal; `vedette audit key` prints the same.
    pub(crate) signed_by: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotCertified {
    #[error("It hasn't ended, so its data isn't deleted.")]
    NotEnded,
    #[error("Its data is being deleted. Try again in a few seconds.")]
    NotDestroyed,
}

/// People on the watchlist when it ended, as the journal says.
pub(crate) fn people_at_end(journal: &[AuditRow]) -> Option<u64> {
    let ended = journal.iter().find(|row| row.action == "deployment_ended")?;
    ended.detail["erased"]["entries"].as_u64()
}

impl Statement {
    /// `journal`: the entries about the deployment. `listed`: how many entries tell of somebody who was put onto its watchlist.
    pub(crate) fn of(
        deployment: &DeploymentRow,
        journal: &[AuditRow],
        listed: u64,
        signed_by: PublicKey,
    ) -> Result<Self, NotCertified> {
        let DeploymentState::Ended { ended_at, reason } = deployment.state else {
            return Err(NotCertified::NotEnded);
        };
        let entry = |action: &str| journal.iter().find(|row| row.action == action);
        let (ended, destroyed) = entry("deployment_ended")
            .zip(entry("key_destroyed"))
            .ok_or(NotCertified::NotDestroyed)?;
        let count = |what: &str| ended.detail["erased"][what].as_u64().unwrap_or_default();
        let people = count("entries");
        // A journal that knows less of its list than was deleted of it says nothing of who came and went.
        let taken_off = listed.checked_sub(people);
        let signed_for = match deployment.record.as_ref().map(|record| &record.stage) {
            Some(Stage::Authorised { signature, .. }) => Some(signature.people),
            Some(Stage::Planned { .. } | Stage::Submitted { .. }) | None => None,
        };
        Ok(Self {
            deployment: deployment.id,
            ended_at,
            end_reason: reason,
            signed_for,
            listed: taken_off.map(|_| listed),
            taken_off,
            people,
            photos: count("photos"),
            crops: count("probes"),
            held: ended.detail["held"].as_u64(),
            key: destroyed.detail["key"].as_str().unwrap_or_default().to_owned(),
            key_destroyed_at: destroyed.at,
            journal_entry: destroyed.seq,
            journal_hash: destroyed.hash.map(|hash| hex::encode(hash.0)).unwrap_or_default(),
            signed_by: signed_by.to_string(),
        })
    }

    fn message(&self) -> Vec<u8> {
        // Strings, numbers and no map with keys of its own: always written.
        let canonical = serde_json_canonicalizer::to_vec(self).unwrap_or_default();
        [PURPOSE.as_bytes(), b"\n", &canonical].concat()
    }
}

impl DeletionCertificate {
    pub(crate) fn sign(statement: Statement, key: &SigningKey) -> Self {
        let signature = key.sign_bytes(&statement.message());
        Self { statement, signature }
    }

    /// Whether `key` signed all of it.
    pub(crate) fn is_signed_by(&self, key: PublicKey) -> bool {
        self.statement.signed_by == key.to_string() && key.has_signed(&self.statement.message(), &self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_read_back_and_no_part_of_it_can_be_changed() {
        let key = SigningKey::from_seed(&[7; 32]);
        let statement = Statement {
            deployment: DeploymentId::new(uuid::Uuid::from_u128(1)),
            ended_at: Timestamp::from_second(1_700_000_000).unwrap(),
            end_reason: EndReason::Time,
            signed_for: Some(4),
            listed: Some(5),
            taken_off: Some(2),
            people: 3,
            photos: 4,
            crops: 1,
            held: Some(2),
            key: "0123456789abcdef".into(),
            key_destroyed_at: Timestamp::from_second(1_700_000_001).unwrap(),
            journal_entry: 12,
            journal_hash: "aa".into(),
            signed_by: key.public().to_string(),
        };
        let certificate = DeletionCertificate::sign(statement, &key);
        let text = serde_json::to_string(&certificate).unwrap();
        let read: DeletionCertificate = serde_json::from_str(&text).unwrap();
        assert_eq!(read, certificate);
        assert!(read.is_signed_by(key.public()));
        assert!(!read.is_signed_by(SigningKey::from_seed(&[8; 32]).public()));
        for (from, to) in [
            ("\"people\":3", "\"people\":2"),
            ("\"signed_for\":4", "\"signed_for\":3"),
            ("\"listed\":5", "\"listed\":3"),
            ("\"taken_off\":2", "\"taken_off\":0"),
            ("\"time\"", "\"by_person\""),
            ("20Z", "21Z"),
            ("0123456789abcdef", "0123456789abcdee"),
            ("\"journal_entry\":12", "\"journal_entry\":13"),
            ("\"aa\"", "\"ab\""),
            ("\"held\":2", "\"held\":0"),
        ] {
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text, "{from}");
            let changed: DeletionCertificate = serde_json::from_str(&changed).unwrap();
            assert!(!changed.is_signed_by(key.public()), "{from}");
        }
    }
}
