//! Signed heads: the number and hash of the journal's last entry at a moment, signed with Ed25519 (RFC 8032). Kept
//! anywhere but beside the database, one of them shows what was done to the journal before it.

use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vedette_store::row::Digest;

/// Distinguishes these signatures from any other that the key might make.
const PURPOSE: &str = "vedette audit head 1";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub(crate) struct SignedHead {
    pub(crate) seq: i64,
    pub(crate) hash: Digest,
    /// When it was signed, by the server's clock.
    pub(crate) at: Timestamp,
    pub(crate) key: PublicKey,
    signature: Signature,
}

/// One line of JSON; hash, key and signature in hexadecimal.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    seq: i64,
    hash: String,
    at: Timestamp,
    key: String,
    signature: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey(VerifyingKey);

#[derive(Debug, thiserror::Error)]
pub(crate) enum HeadError {
    #[error("a hash, key or signature isn't hexadecimal of the right length")]
    Form,
    #[error("the signature does not fit")]
    Signature,
}

/// The server's key for heads and certificates. Its Debug shows nothing.
#[derive(Clone)]
pub(crate) struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    pub(crate) const SEED_BYTES: usize = 32;

    pub(crate) fn from_seed(seed: &[u8; Self::SEED_BYTES]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// In hexadecimal.
    pub(crate) fn sign_bytes(&self, message: &[u8]) -> String {
        hex::encode(self.0.sign(message).to_bytes())
    }

    pub(crate) fn sign(&self, seq: i64, hash: Digest, at: Timestamp) -> SignedHead {
        SignedHead {
            seq,
            hash,
            at,
            key: self.public(),
            signature: self.0.sign(message(seq, hash, at).as_bytes()),
        }
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey")
    }
}

/// What is signed: four lines.
fn message(seq: i64, hash: Digest, at: Timestamp) -> String {
    format!("{PURPOSE}\n{seq}\n{}\n{at}\n", hex::encode(hash.0))
}

impl PublicKey {
    /// `signature`: in hexadecimal.
    pub(crate) fn has_signed(&self, message: &[u8], signature: &str) -> bool {
        bytes(signature).is_ok_and(|signature| {
            self.0
                .verify_strict(message, &Signature::from_bytes(&signature))
                .is_ok()
        })
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0.as_bytes()))
    }
}

impl std::str::FromStr for PublicKey {
    type Err = HeadError;

    fn from_str(text: &str) -> Result<Self, HeadError> {
        let key = VerifyingKey::from_bytes(&bytes(text)?).map_err(|_| HeadError::Form)?;
        Ok(Self(key))
    }
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], HeadError> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| HeadError::Form)?;
    Ok(bytes)
}

impl From<SignedHead> for Written {
    fn from(head: SignedHead) -> Self {
        Self {
            seq: head.seq,
            hash: hex::encode(head.hash.0),
            at: head.at,
            key: head.key.to_string(),
            signature: hex::encode(head.signature.to_bytes()),
        }
    }
}

impl TryFrom<Written> for SignedHead {
    type Error = HeadError;

    /// Only a head whose signature fits its own key is one.
    fn try_from(written: Written) -> Result<Self, HeadError> {
        let (hash, key) = (Digest(bytes(&written.hash)?), written.key.parse::<PublicKey>()?);
        let signature = Signature::from_bytes(&bytes(&written.signature)?);
        key.0
            .verify_strict(message(written.seq, hash, written.at).as_bytes(), &signature)
            .map_err(|_| HeadError::Signature)?;
        Ok(Self {
            seq: written.seq,
            hash,
            at: written.at,
            key,
            signature,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_back_and_no_part_of_it_can_be_changed() {
        let at = Timestamp::from_millisecond(1_700_000_000_123).unwrap();
        let head = SigningKey::from_seed(&[7; 32]).sign(12, Digest([9; 32]), at);
        let text = serde_json::to_string(&head).unwrap();
        assert_eq!(serde_json::from_str::<SignedHead>(&text).unwrap(), head);
        let other = SigningKey::from_seed(&[8; 32]).public().to_string();
        for (from, to) in [
            ("\"seq\":12", "\"seq\":13"),
            (&hex::encode([9; 32]), &hex::encode([10; 32])),
            ("20.123Z", "20.124Z"),
            (&head.key.to_string(), &other),
        ] {
            let changed = text.replace(from, to);
            assert_ne!(changed, text, "{from}");
            assert!(serde_json::from_str::<SignedHead>(&changed).is_err(), "{from}");
        }
    }
}
