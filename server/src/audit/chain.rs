//! The journal's hash chain, which makes a change, a deletion or a new order of its entries visible.
//!
//! `hash(n) = SHA-256(hash(n - 1) || canonical(n))`, where `hash(0)` is 32 zero bytes and `canonical` is the entry without
//! its hash as JSON after RFC 8785. Whoever rewrites the whole chain is found out by a signed head (see [`super::head`])
//! that was taken somewhere else before.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use vedette_core::id::{DeviceId, UserId};
use vedette_store::row::{Actor, AuditRow, Digest};

use super::head::SignedHead;

/// The hash before the first entry.
pub(crate) const START: Digest = Digest([0; 32]);

/// An entry as it is hashed, exported and shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    actor: ActorKind,
    user: Option<UserId>,
    device: Option<DeviceId>,
    pub(crate) action: String,
    subject: String,
    detail: Value,
    /// Hexadecimal; not part of what is hashed. Entries from before the chain have none.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "hexadecimal")]
    hash: Option<Digest>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ActorKind {
    User,
    Device,
    Server,
    CommandLine,
}

mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use vedette_store::row::Digest;

    pub(super) fn serialize<S: Serializer>(hash: &Option<Digest>, serializer: S) -> Result<S::Ok, S::Error> {
        hash.map(|hash| hex::encode(hash.0)).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Digest>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else {
            return Ok(None);
        };
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(serde::de::Error::custom)?;
        Ok(Some(Digest(bytes)))
    }
}

impl From<AuditRow> for Entry {
    fn from(row: AuditRow) -> Self {
        let (actor, user, device) = match row.actor {
            Actor::User(user) => (ActorKind::User, Some(user), None),
            Actor::Device(device, user) => (ActorKind::Device, Some(user), Some(device)),
            Actor::Server => (ActorKind::Server, None, None),
            Actor::CommandLine => (ActorKind::CommandLine, None, None),
        };
        Self {
            seq: row.seq,
            at: row.at,
            actor,
            user,
            device,
            action: row.action,
            subject: row.subject,
            detail: row.detail,
            hash: row.hash,
        }
    }
}

/// The hash of `entry` after one whose hash is `before`.
pub(crate) fn link(before: Digest, entry: &Entry) -> Digest {
    let bare = Entry {
        hash: None,
        ..entry.clone()
    };
    // Fails for numbers that JSON has not, and a `Value` has none of those.
    let canonical = serde_json_canonicalizer::to_vec(&bare).unwrap_or_default();
    let mut hasher = Sha256::new();
    hasher.update(before.0);
    hasher.update(canonical);
    Digest(hasher.finalize().into())
}

/// What is wrong with a journal, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Broken {
    #[error("entry {0} can't be read: it was changed")]
    Unreadable(i64),
    #[error("after entry {after} comes entry {found}: entries were deleted or reordered")]
    Order { after: i64, found: i64 },
    #[error("entry {0} was changed, or the one before it was: its hash does not fit")]
    Changed(i64),
    #[error("entry {0} has no hash, though an earlier one has: it was put in or changed")]
    Bare(i64),
    #[error(
        "entry {seq} is not the one that was signed at {at}: the journal was rewritten after entry {good} and before or at entry {seq}"
    )]
    Rewritten { seq: i64, at: Timestamp, good: i64 },
    #[error(
        "the journal ends with entry {last}, and entry {signed} was signed at {at}: entries at the end were deleted"
    )]
    Truncated { last: i64, signed: i64, at: Timestamp },
}

/// Follows the chain from the first entry on.
#[derive(Debug)]
pub(crate) struct Verifier {
    heads: BTreeMap<i64, Vec<SignedHead>>,
    before: Digest,
    last: i64,
    chained: bool,
    /// The last entry that a head vouches for.
    good: i64,
}

impl Verifier {
    /// `heads`: with good signatures.
    pub(crate) fn new(heads: Vec<SignedHead>) -> Self {
        let mut by_seq: BTreeMap<i64, Vec<SignedHead>> = BTreeMap::new();
        for head in heads {
            by_seq.entry(head.seq).or_default().push(head);
        }
        Self {
            heads: by_seq,
            before: START,
            last: 0,
            chained: false,
            good: 0,
        }
    }

    pub(crate) fn take(&mut self, entry: &Entry) -> Result<(), Broken> {
        let seq = entry.seq;
        if seq != self.last + 1 {
            return Err(Broken::Order {
                after: self.last,
                found: seq,
            });
        }
        let hash = link(self.before, entry);
        match entry.hash {
            Some(stored) if stored != hash => return Err(Broken::Changed(seq)),
            None if self.chained => return Err(Broken::Bare(seq)),
            stored => self.chained |= stored.is_some(),
        }
        for head in self.heads.remove(&seq).unwrap_or_default() {
            if head.hash != hash {
                return Err(Broken::Rewritten {
                    seq,
                    at: head.at,
                    good: self.good,
                });
            }
            self.good = seq;
        }
        self.before = hash;
        self.last = seq;
        Ok(())
    }

    /// The number of entries, and the last of them that a head vouches for.
    pub(crate) fn finish(self) -> Result<(i64, i64), Broken> {
        match self.heads.values().flatten().next() {
            Some(head) => Err(Broken::Truncated {
                last: self.last,
                signed: head.seq,
                at: head.at,
            }),
            None => Ok((self.last, self.good)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::head::SigningKey;
    use proptest::prelude::*;
    use serde_json::json;

    fn entry(seq: i64) -> Entry {
        Entry {
            seq,
            at: Timestamp::from_millisecond(1_700_000_000_000 + seq).unwrap(),
            actor: ActorKind::Server,
            user: None,
            device: None,
            action: "deployment_ended".into(),
            subject: format!("subject {seq}"),
            detail: json!({ "z": 1, "a": [0.05f32, seq] }),
            hash: None,
        }
    }

    fn rechain(entries: &mut [Entry]) {
        let mut before = START;
        for entry in entries {
            before = link(before, entry);
            entry.hash = Some(before);
        }
    }

    fn journal(length: i64) -> Vec<Entry> {
        let mut entries: Vec<_> = (1..=length).map(entry).collect();
        rechain(&mut entries);
        entries
    }

    fn verify(entries: &[Entry], heads: &[SignedHead]) -> Result<(i64, i64), Broken> {
        let mut verifier = Verifier::new(heads.to_vec());
        entries.iter().try_for_each(|entry| verifier.take(entry))?;
        verifier.finish()
    }

    fn head(entries: &[Entry], seq: i64) -> SignedHead {
        let entry = &entries[seq as usize - 1];
        SigningKey::from_seed(&[7; 32]).sign(seq, entry.hash.unwrap(), entry.at)
    }

    #[test]
    fn the_first_hash_is_what_an_outsider_computes() {
        // printf '%064d' 0 | xxd -r -p > start; printf '%s' "$canonical" | cat start - | sha256sum
        let canonical = concat!(
            r#"{"action":"deployment_ended","actor":"server","at":"2023-11-14T22:13:20.001Z","#,
            r#""detail":{"a":[0.05000000074505806,1],"z":1},"device":null,"seq":1,"subject":"subject 1","user":null}"#
        );
        let mut bytes = vec![0; 32];
        bytes.extend_from_slice(canonical.as_bytes());
        assert_eq!(link(START, &entry(1)).0, <[u8; 32]>::from(Sha256::digest(bytes)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn an_untouched_journal_is_whole_also_as_text(length in 0i64..40) {
            let entries = journal(length);
            prop_assert_eq!(verify(&entries, &[]), Ok((length, 0)));
            let text: Vec<String> = entries.iter().map(|e| serde_json::to_string(e).unwrap()).collect();
            let read: Vec<Entry> = text.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
            prop_assert_eq!(read, entries);
        }

        #[test]
        fn an_edit_is_found_where_it_is(length in 1i64..40, at in 0usize..40, what in 0..4) {
            let mut entries = journal(length);
            let at = at % entries.len();
            match what {
                0 => entries[at].action.push('x'),
                1 => entries[at].detail["z"] = json!(2),
                2 => entries[at].at = Timestamp::UNIX_EPOCH,
                _ => entries[at].actor = ActorKind::CommandLine,
            }
            prop_assert_eq!(verify(&entries, &[]), Err(Broken::Changed(at as i64 + 1)));
        }

        #[test]
        fn a_deletion_and_a_new_order_are_found_where_they_are(length in 3i64..40, at in 0usize..40) {
            let entries = journal(length);
            let at = at % (entries.len() - 1);
            let mut shorter = entries.clone();
            shorter.remove(at);
            let found = Broken::Order { after: at as i64, found: at as i64 + 2 };
            prop_assert_eq!(verify(&shorter, &[]), Err(found.clone()));
            let mut swapped = entries;
            swapped.swap(at, at + 1);
            prop_assert_eq!(verify(&swapped, &[]), Err(found));
        }

        #[test]
        fn a_rewritten_chain_and_a_cut_end_are_found_by_a_head(length in 4i64..40, signed in 2i64..40, at in 0i64..40) {
            let (signed, entries) = (2 + signed % (length - 2), journal(length));
            let at = at % signed;
            let heads = [head(&entries, 1), head(&entries, signed)];
            let mut rewritten = entries.clone();
            rewritten[at as usize].subject = "somebody else".into();
            rechain(&mut rewritten);
            let refused = matches!(verify(&rewritten, &heads), Err(Broken::Rewritten { .. }));
            prop_assert!(refused);
            let cut = &entries[..signed as usize - 1];
            let truncated = matches!(verify(cut, &heads), Err(Broken::Truncated { last, .. }) if last == signed - 1);
            prop_assert!(truncated);
            prop_assert_eq!(verify(&entries, &heads), Ok((length, signed)));
        }
    }

    #[test]
    fn entries_from_before_the_chain_are_covered_by_the_first_hash() {
        let mut entries = journal(6);
        entries[..3].iter_mut().for_each(|entry| entry.hash = None);
        assert_eq!(verify(&entries, &[]), Ok((6, 0)));
        let mut changed = entries.clone();
        changed[1].subject.clear();
        assert_eq!(verify(&changed, &[]), Err(Broken::Changed(4)));
        entries[4].hash = None;
        assert_eq!(verify(&entries, &[]), Err(Broken::Bare(5)));
    }
}
