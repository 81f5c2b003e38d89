//! Secrecy at rest. What says who is on a watchlist is sealed under its deployment's data key; that key lies beside the
//! database, not in it, wrapped by the storage key. A data key that is destroyed takes every copy of what it sealed along:
//! in the database, its log and every backup.
//!
//! | what | how |
//! |---|---|
//! | names, particulars, rationales, templates, photographs, matched crops, notes on engagements | XChaCha20-Poly1305, a random nonce each, bound to deployment, owner and field |
//! | data key | 256 random bits, a file `<deployment>.key`, wrapped the same way by the storage key |
//! | storage key | 256 random bits from outside: a file, the environment, a key service |

mod files;
mod seal;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use vedette_core::id::DeploymentId;
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
        Ok(Self(Key::new(bytes)))
    }

    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.bytes()))
    }

    pub fn id(&self) -> KeyId {
        self.0.id()
    }
}

/// The data keys of all deployments that have not ended.
#[derive(Debug)]
pub struct Vault {
    folder: PathBuf,
    storage_key: StorageKey,
    open: Mutex<HashMap<DeploymentId, Arc<Key>>>,
}

impl Vault {
    /// Makes the folder where there is none, and opens every key in it, so that a wrong storage key is told at once.
    pub fn open(folder: &Path, storage_key: StorageKey) -> std::result::Result<Self, VaultError> {
        files::make_folder(folder)?;
        let mut open = HashMap::new();
        for (deployment, path) in files::list(folder)? {
            open.insert(deployment, Arc::new(files::read(&path, deployment, &storage_key)?));
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
        for (deployment, path) in &keys {
            match files::read(path, *deployment, new) {
                Ok(_) => {}
                Err(VaultError::OtherStorageKey { .. }) => {
                    let key = files::read(path, *deployment, old)?;
                    files::write(folder, *deployment, &key, new)?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(keys.len())
    }

    /// A new key for a deployment that has none.
    pub(crate) fn make(&self, deployment: DeploymentId) -> Result<KeyId> {
        let key = Key::random()?;
        let id = key.id();
        files::write(&self.folder, deployment, &key, &self.storage_key)?;
        self.opened().insert(deployment, Arc::new(key));
        Ok(id)
    }

    /// `KeyGone` when it was destroyed, or is not in the folder.
    pub(crate) fn key(&self, deployment: DeploymentId) -> Result<Arc<Key>> {
        if let Some(key) = self.opened().get(&deployment) {
            return Ok(key.clone());
        }
        // Another process may have made it since this one began.
        let path = files::path(&self.folder, deployment);
        if !path.exists() {
            return Err(StoreError::KeyGone);
        }
        let key = Arc::new(files::read(&path, deployment, &self.storage_key)?);
        self.opened().insert(deployment, key.clone());
        Ok(key)
    }

    /// From now on nobody reads what the key sealed. None to destroy is as good.
    pub(crate) fn destroy(&self, deployment: DeploymentId) -> Result<()> {
        self.opened().remove(&deployment);
        Ok(files::destroy(&files::path(&self.folder, deployment))?)
    }

    /// Lets go of keys whose files another process has destroyed.
    pub(crate) fn forget_destroyed(&self) {
        self.opened()
            .retain(|deployment, _| files::path(&self.folder, *deployment).exists());
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, HashMap<DeploymentId, Arc<Key>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<VaultError> for StoreError {
    fn from(error: VaultError) -> Self {
        Self::Keys(error.to_string())
    }
}
