//! Secrecy at rest. What says who is on a watchlist is sealed under its deployment's data key; that key lies beside the
//! database, not in it, wrapped by the storage key. A data key that is destroyed takes every copy of what it sealed along:
//! in the database, its log and every backup.
//!
//! | what | how |
//! |---|---|
//! | names, particulars, rationales, templates, photographs, matched crops, notes on engagements | XChaCha20-Poly1305, a random nonce each, bound to deployment, owner and field |
//! | pictures of a hold, words of a complaint | the same under a data key of their own, because they may outlive the deployment |
//! | data key | 256 random bits, a file `<owner>.key`, wrapped the same way by the storage key |
//! | seed of the deployment's transform | HKDF-SHA256 of the data key; kept nowhere |
//! | storage key | 256 random bits from outside: a file, the environment, a key service |

mod files;
mod seal;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;
use vedette_core::id::{ComplaintId, DeploymentId, HoldId};
use zeroize::Zeroizing;

use crate::{Result, StoreError};
use seal::Key;
pub(crate) use seal::{Part, Place};

#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("it isn't 64 hexadecimal digits")]
    Form,
    #[error("{path} can't be used ({reason})")]
    File { path: PathBuf, reason: String },
    #[error("{path} is damaged, or isn't a key file of Vedette")]
    Damaged { path: PathBuf },
    /// Opening it would end in a watchlist that nobody can read.
    #[error("{path} was wrapped by the storage key {wrapped_by}, and the one given is {given}")]
    OtherStorageKey {
        path: PathBuf,
        wrapped_by: KeyId,
        given: KeyId,
    },
    #[error("the system gives no random numbers")]
    Entropy,
}

/// What a key can be told by without telling anything of it: the first 64 bits of a SHA-256 over it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId([u8; 8]);

impl std::fmt::Display for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Debug for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyId({self})")
    }
}

impl std::str::FromStr for KeyId {
    type Err = VaultError;

    fn from_str(text: &str) -> std::result::Result<Self, VaultError> {
        let mut id = [0; 8];
        hex::decode_to_slice(text, &mut id).map_err(|_| VaultError::Form)?;
        Ok(Self(id))
    }
}

/// Whose data key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyOwner {
    Deployment(DeploymentId),
    Hold(HoldId),
    Complaint(ComplaintId),
}

impl KeyOwner {
    /// All of one kind or another are UUIDs of their own.
    fn as_uuid(self) -> Uuid {
        match self {
            Self::Deployment(id) => id.as_uuid(),
            Self::Hold(id) => id.as_uuid(),
            Self::Complaint(id) => id.as_uuid(),
        }
    }
}

impl std::fmt::Display for KeyOwner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_uuid().fmt(f)
    }
}

impl From<DeploymentId> for KeyOwner {
    fn from(id: DeploymentId) -> Self {
        Self::Deployment(id)
    }
}

impl From<HoldId> for KeyOwner {
    fn from(id: HoldId) -> Self {
        Self::Hold(id)
    }
}

impl From<ComplaintId> for KeyOwner {
    fn from(id: ComplaintId) -> Self {
        Self::Complaint(id)
    }
}

/// Wraps data keys. Overwritten when dropped; its Debug shows its id only.
#[derive(Debug)]
pub struct StorageKey(Key);

impl StorageKey {
    pub fn random() -> std::result::Result<Self, VaultError> {
        Key::random().map(Self)
    }

    /// 64 hexadecimal digits, with space around them.
    pub fn from_hex(text: &str) -> std::result::Result<Self, VaultError> {
        let mut bytes = Zeroizing::new([0; Key::BYTES]);
        hex::decode_to_slice(text.trim(), &mut *bytes).map_err(|_| VaultError::Form)?;
        Ok(Self(Key::new(&bytes)))
    }

    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.bytes()))
    }

    pub fn id(&self) -> KeyId {
        self.0.id()
    }
}

/// The data keys of all deployments that have not ended, and of holds and complaints that are kept.
#[derive(Debug)]
pub struct Vault {
    folder: PathBuf,
    storage_key: StorageKey,
    open: Mutex<HashMap<Uuid, Arc<Key>>>,
}

impl Vault {
    /// Makes the folder where there is none, and opens every key in it, so that a wrong storage key is told at once.
    pub fn open(folder: &Path, storage_key: StorageKey) -> std::result::Result<Self, VaultError> {
        files::make_folder(folder)?;
        let mut open = HashMap::new();
        for (owner, path) in files::list(folder)? {
            open.insert(owner, Arc::new(files::read(&path, owner, &storage_key)?));
        }
        Ok(Self {
            folder: folder.to_owned(),
            storage_key,
            open: Mutex::new(open),
        })
    }

    /// Wraps every data key anew, by `new`. May be broken off and begun again: keys that `new` has wrapped are left as they
    /// are. Returns how many there are.
    pub fn rewrap(folder: &Path, old: &StorageKey, new: &StorageKey) -> std::result::Result<usize, VaultError> {
        let keys = files::list(folder)?;
        for (owner, path) in &keys {
            match files::read(path, *owner, new) {
                Ok(_) => {}
                Err(VaultError::OtherStorageKey { .. }) => {
                    let key = files::read(path, *owner, old)?;
                    files::write(folder, *owner, &key, new)?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(keys.len())
    }

    /// A new key for an owner that has none.
    pub(crate) fn make(&self, owner: impl Into<KeyOwner>) -> Result<KeyId> {
        let owner = owner.into().as_uuid();
        let key = Key::random()?;
        let id = key.id();
        files::write(&self.folder, owner, &key, &self.storage_key)?;
        self.opened().insert(owner, Arc::new(key));
        Ok(id)
    }

    /// `KeyGone` when it was destroyed, or is not in the folder.
    pub(crate) fn key(&self, owner: impl Into<KeyOwner>) -> Result<Arc<Key>> {
        let owner = owner.into().as_uuid();
        if let Some(key) = self.opened().get(&owner) {
            return Ok(key.clone());
        }
        // Another process may have made it since this one began.
        let path = files::path(&self.folder, owner);
        if !path.exists() {
            return Err(StoreError::KeyGone);
        }
        let key = Arc::new(files::read(&path, owner, &self.storage_key)?);
        self.opened().insert(owner, key.clone());
        Ok(key)
    }

    /// From now on nobody reads what the key sealed. None to destroy is as good.
    pub(crate) fn destroy(&self, owner: impl Into<KeyOwner>) -> Result<()> {
        let owner = owner.into().as_uuid();
        self.opened().remove(&owner);
        Ok(files::destroy(&files::path(&self.folder, owner))?)
    }

    /// Destroys keys of owners that are not among these: made for a row that was never written. Nothing where none of them has
    /// a key here, because then the folder is another database's.
    pub(crate) fn destroy_all_but(&self, owners: &HashSet<Uuid>) -> Result<()> {
        let keys = files::list(&self.folder)?;
        if keys.iter().all(|(owner, _)| !owners.contains(owner)) {
            return Ok(());
        }
        for (owner, path) in keys.iter().filter(|(owner, _)| !owners.contains(owner)) {
            self.opened().remove(owner);
            files::destroy(path)?;
        }
        Ok(())
    }

    /// Lets go of keys whose files another process has destroyed.
    pub(crate) fn forget_destroyed(&self) {
        self.opened()
            .retain(|owner, _| files::path(&self.folder, *owner).exists());
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Arc<Key>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<VaultError> for StoreError {
    fn from(error: VaultError) -> Self {
        Self::Keys(error.to_string())
    }
}
