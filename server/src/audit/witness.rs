//! Keeps signed heads where the database is not.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use vedette_store::{Store, StoreError};

use super::end;
use super::head::SigningKey;
use crate::app::App;
use crate::clock::{Clock, Entropy, NoEntropy, random};

/// Entries younger than this may be cut off unseen when nobody else holds a head.
const EVERY: Duration = Duration::from_mins(10);
const KEY_FILE: &str = "audit.key";

#[derive(Debug, thiserror::Error)]
pub(crate) enum WitnessError {
    #[error("{path} can't be used ({reason}). Check the file and who may read and write it.")]
    File { path: PathBuf, reason: String },
    #[error(transparent)]
    Storage(#[from] StoreError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
}

/// A file of heads, one line of JSON each, that only grows, and the key that signs them.
#[derive(Debug)]
pub(crate) struct Witness {
    key: SigningKey,
    heads: PathBuf,
    /// The last entry that this witness has signed.
    signed: i64,
}

/// The signing key in the data folder, where there is one.
pub(crate) fn key(data: &Path) -> Result<Option<SigningKey>, WitnessError> {
    let path = data.join(KEY_FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => zeroize::Zeroizing::new(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unusable(&path, error)),
    };
    let mut seed = zeroize::Zeroizing::new([0; SigningKey::SEED_BYTES]);
    hex::decode_to_slice(text.trim(), &mut *seed).map_err(|error| unusable(&path, error))?;
    Ok(Some(SigningKey::from_seed(&seed)))
}

fn unusable(path: &Path, reason: impl std::fmt::Display) -> WitnessError {
    WitnessError::File {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}

impl Witness {
    /// Uses the key in the data folder, or makes it.
    pub(crate) fn open(data: &Path, heads: &Path, entropy: &dyn Entropy) -> Result<Self, WitnessError> {
        let key = match key(data)? {
            Some(key) => key,
            None => {
                let seed = random::<{ SigningKey::SEED_BYTES }>(entropy)?;
                let path = data.join(KEY_FILE);
                let mut options = std::fs::OpenOptions::new();
                options.create_new(true).write(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let text = zeroize::Zeroizing::new(hex::encode(*seed));
                options
                    .open(&path)
                    .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
                    .map_err(|error| unusable(&path, error))?;
                SigningKey::from_seed(&seed)
            }
        };
        let witness = Self {
            key,
            heads: heads.to_owned(),
            signed: 0,
        };
        // A file that can't be written is told before anything is served.
        witness.append("")?;
        Ok(witness)
    }

    pub(crate) fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Signs the journal's last entry, unless this was done already.
    pub(crate) async fn sign(&mut self, store: &dyn Store, clock: &dyn Clock) -> Result<(), WitnessError> {
        let (hash, seq) = end(&mut *store.read().await?).await?;
        if seq == self.signed {
            return Ok(());
        }
        let head = self.key.sign(seq, hash, clock.now());
        let line = serde_json::to_string(&head).map_err(|error| unusable(&self.heads, error))?;
        self.append(&format!("{line}\n"))?;
        self.signed = seq;
        Ok(())
    }

    fn append(&self, text: &str) -> Result<(), WitnessError> {
        std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.heads)
            .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
            .map_err(|error| unusable(&self.heads, error))
    }
}

/// Signs now, every ten minutes if something happened, and when the server stops.
pub(crate) async fn run(app: App, mut witness: Witness) {
    loop {
        if let Err(error) = witness.sign(&*app.store, &*app.clock).await {
            tracing::error!(%error, "the journal could not be signed; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = app.stopped() => break,
        }
    }
    if let Err(error) = witness.sign(&*app.store, &*app.clock).await {
        tracing::error!(%error, "the journal's last entries could not be signed");
    }
}
