//! One key, and what it seals.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use vedette_core::id::{AlertId, ComplaintId, DeploymentId, EntryId, HoldId, PhotoId};
use vedette_core::transform::Seed;
use zeroize::{Zeroize as _, Zeroizing};

use super::{KeyId, VaultError};
use crate::clearance::Kind;
use crate::memory::{self, Locked};
use crate::rights::HeldPicture;
use crate::{Result, StoreError};

/// 256 bits, locked in memory. Overwritten when dropped; its Debug shows its id only.
pub(crate) struct Key {
    // Let go before the bytes are freed, and after they are overwritten.
    _locked: Locked,
    bytes: Box<[u8; Self::BYTES]>,
}

/// What a sealed field is. Sealed bytes open in their own place only: not in another row, field or deployment.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    Name(EntryId),
    Template(EntryId, PhotoId),
    Photo(EntryId, PhotoId),
    Probe(AlertId),
    Signage,
    Particulars(EntryId),
    Clearance(EntryId, Kind),
    Engagement(AlertId),
    HeldPicture(HoldId, HeldPicture),
    HoldNote(HoldId),
    Complaint(ComplaintId),
    /// Of the pause that lasts.
    PauseReason,
    /// Of those before.
    PauseReasons,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) deployment: DeploymentId,
    pub(crate) part: Part,
}

fn clearance(kind: Kind) -> &'static str {
    match kind {
        Kind::Minor => "clearance minor",
        Kind::Vulnerability => "clearance vulnerability",
        Kind::SensitiveSource => "clearance sensitive source",
        Kind::PoorImage => "clearance poor image",
        Kind::AddedWhileLive => "clearance added while live",
        Kind::PossibleDuplicate => "clearance possible duplicate",
    }
}

impl Place {
    fn bytes(self) -> Vec<u8> {
        let (field, owner, item) = match self.part {
            Part::Name(entry) => ("name", entry.as_uuid(), Uuid::nil()),
            Part::Template(entry, photo) => ("template", entry.as_uuid(), photo.as_uuid()),
            Part::Photo(entry, photo) => ("photo", entry.as_uuid(), photo.as_uuid()),
            Part::Probe(alert) => ("probe", alert.as_uuid(), Uuid::nil()),
            Part::Signage => ("signage", Uuid::nil(), Uuid::nil()),
            Part::Particulars(entry) => ("particulars", entry.as_uuid(), Uuid::nil()),
            Part::Clearance(entry, kind) => (clearance(kind), entry.as_uuid(), Uuid::nil()),
            Part::Engagement(alert) => ("engagement", alert.as_uuid(), Uuid::nil()),
            Part::HeldPicture(hold, HeldPicture::Probe) => ("held probe", hold.as_uuid(), Uuid::nil()),
            Part::HeldPicture(hold, HeldPicture::Reference) => ("held reference", hold.as_uuid(), Uuid::nil()),
            Part::HoldNote(hold) => ("hold note", hold.as_uuid(), Uuid::nil()),
            Part::Complaint(complaint) => ("complaint", complaint.as_uuid(), Uuid::nil()),
            Part::PauseReason => ("pause reason", Uuid::nil(), Uuid::nil()),
            Part::PauseReasons => ("pause reasons", Uuid::nil(), Uuid::nil()),
        };
        // Of fixed lengths up to the last, so that two places never read alike.
        let ids = [self.deployment.as_uuid(), owner, item];
        let ids = ids.iter().flat_map(|id| id.as_bytes().iter().copied());
        b"vedette field 1\0"
            .iter()
            .copied()
            .chain(ids)
            .chain(field.bytes())
            .collect()
    }
}

impl Key {
    pub(super) const BYTES: usize = 32;
    const NONCE_BYTES: usize = 24;

    pub(super) fn new(bytes: &[u8; Self::BYTES]) -> Self {
        let mut key = Self::empty();
        key.bytes.copy_from_slice(bytes);
        key
    }

    pub(super) fn random() -> std::result::Result<Self, VaultError> {
        let mut key = Self::empty();
        getrandom::fill(&mut *key.bytes).map_err(|_| VaultError::Entropy)?;
        Ok(key)
    }

    /// The place is locked before a secret is in it.
    fn empty() -> Self {
        let bytes = Box::new([0; Self::BYTES]);
        Self {
            _locked: memory::lock(&*bytes),
            bytes,
        }
    }

    pub(super) fn bytes(&self) -> &[u8; Self::BYTES] {
        &self.bytes
    }

    pub(super) fn id(&self) -> KeyId {
        let hash: [u8; 32] = Sha256::new()
            .chain_update(b"vedette key id 1")
            .chain_update(*self.bytes)
            .finalize()
            .into();
        let mut id = [0; 8];
        id.copy_from_slice(&hash[..8]);
        KeyId(id)
    }

    /// A random nonce, then the ciphertext with its tag.
    pub(super) fn seal_bound(&self, bound_to: &[u8], plain: &[u8]) -> std::result::Result<Vec<u8>, VaultError> {
        let mut nonce = [0; Self::NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| VaultError::Entropy)?;
        let payload = Payload {
            msg: plain,
            aad: bound_to,
        };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        // Refused only beyond 256 GiB.
        let mut sealed = sealed.map_err(|_| VaultError::Entropy)?;
        sealed.splice(0..0, nonce);
        Ok(sealed)
    }

    /// Nothing when the bytes were changed, or sealed by another key or for another place.
    pub(super) fn open_bound(&self, bound_to: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<{ Self::NONCE_BYTES }>()?;
        let payload = Payload {
            msg: ciphertext,
            aad: bound_to,
        };
        let plain = self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()?;
        Some(Zeroizing::new(plain))
    }

    pub(crate) fn seal(&self, place: Place, plain: &[u8]) -> Result<Vec<u8>> {
        Ok(self.seal_bound(&place.bytes(), plain)?)
    }

    pub(crate) fn open(&self, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.open_bound(&place.bytes(), sealed).ok_or(StoreError::Corrupt)
    }

    /// Of the transform that a deployment's templates go through. Whoever has it learns nothing of the key, and once the key is
    /// destroyed nobody makes it again.
    pub(crate) fn transform_seed(&self) -> Result<Seed> {
        let mut seed = Zeroizing::new([0; Seed::BYTES]);
        // Refused only beyond 255 hashes' length.
        Hkdf::<Sha256>::new(None, &*self.bytes)
            .expand(b"vedette transform seed 1", &mut *seed)
            .map_err(|_| VaultError::Form)?;
        Ok(Seed::new(&*seed).map_err(|_| VaultError::Form)?)
    }

    /// Of a name, to tell which of a deployment's people share one. Alike for alike names under one key; once the key is destroyed
    /// nobody tells whether a name is behind it.
    pub(crate) fn mark_of_name(&self, folded: &str) -> Result<[u8; 16]> {
        let mut mark = [0; 16];
        Hkdf::<Sha256>::new(None, &*self.bytes)
            .expand_multi_info(&[b"vedette namesake 1\0", folded.as_bytes()], &mut mark)
            .map_err(|_| VaultError::Form)?;
        Ok(mark)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.bytes).into())
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.id())
    }
}
