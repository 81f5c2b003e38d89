//! Wrapped data keys as files, one for each owner.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::seal::Key;
use super::{StorageKey, VaultError};

type Result<T> = std::result::Result<T, VaultError>;

const EXTENSION: &str = "key";
/// Of a file that isn't whole yet.
const DRAFT: &str = "new";

/// A key file: one line of JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped {
    version: u32,
    /// The id of the storage key.
    storage_key: String,
    /// Nonce, ciphertext and tag, in hexadecimal.
    wrapped: String,
}

const VERSION: u32 = 1;

fn unusable(path: &Path, reason: impl std::fmt::Display) -> VaultError {
    VaultError::File {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}

fn bound_to(owner: Uuid) -> Vec<u8> {
    [b"vedette data key 1\0".as_slice(), owner.as_bytes()].concat()
}

pub(super) fn path(folder: &Path, owner: Uuid) -> PathBuf {
    folder.join(format!("{owner}.{EXTENSION}"))
}

/// For the owner only.
pub(super) fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| unusable(folder, error))
}

/// The key files in the folder. Other files in it are none of ours.
pub(super) fn list(folder: &Path) -> Result<Vec<(Uuid, PathBuf)>> {
    let files = fs::read_dir(folder).map_err(|error| unusable(folder, error))?;
    let mut found = Vec::new();
    for file in files {
        let path = file.map_err(|error| unusable(folder, error))?.path();
        let named = path.file_stem().and_then(|name| name.to_str());
        if path.extension().is_some_and(|extension| extension == EXTENSION)
            && let Some(Ok(owner)) = named.map(str::parse)
        {
            found.push((owner, path));
        }
    }
    Ok(found)
}

pub(super) fn read(path: &Path, owner: Uuid, storage_key: &StorageKey) -> Result<Key> {
    let damaged = || VaultError::Damaged { path: path.to_owned() };
    let text = fs::read_to_string(path).map_err(|error| unusable(path, error))?;
    let file: Wrapped = serde_json::from_str(&text).map_err(|_| damaged())?;
    if file.version != VERSION {
        return Err(damaged());
    }
    let wrapped_by = file.storage_key.parse().map_err(|_| damaged())?;
    if wrapped_by != storage_key.id() {
        return Err(VaultError::OtherStorageKey {
            path: path.to_owned(),
            wrapped_by,
            given: storage_key.id(),
        });
    }
    let wrapped = hex::decode(&file.wrapped).map_err(|_| damaged())?;
    let plain = storage_key
        .0
        .open_bound(&bound_to(owner), &wrapped)
        .ok_or_else(damaged)?;
    let mut bytes = Zeroizing::new([0; Key::BYTES]);
    if plain.len() != bytes.len() {
        return Err(damaged());
    }
    bytes.copy_from_slice(&plain);
    Ok(Key::new(&bytes))
}

/// Whole or not at all, whatever happens meanwhile.
pub(super) fn write(folder: &Path, owner: Uuid, key: &Key, storage_key: &StorageKey) -> Result<()> {
    let target = path(folder, owner);
    let file = Wrapped {
        version: VERSION,
        storage_key: storage_key.id().to_string(),
        wrapped: hex::encode(storage_key.0.seal_bound(&bound_to(owner), key.bytes())?),
    };
    let text = serde_json::to_string(&file).map_err(|error| unusable(&target, error))?;
    let draft = target.with_extension(DRAFT);
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(&draft)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&draft, &target))
        .and_then(|()| sync_folder(folder))
        .map_err(|error| unusable(&target, error))
}

/// Overwrites the key file and what a broken attempt to write or destroy it left, then removes them. Begun again, it
/// finishes.
pub(super) fn destroy(path: &Path) -> Result<()> {
    // From here on it is no key any more, whatever happens meanwhile.
    let doomed = path.with_extension("destroyed");
    match fs::rename(path, &doomed) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(unusable(path, error)),
        _ => {}
    }
    for file in [doomed, path.with_extension(DRAFT)] {
        match overwrite(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(unusable(&file, error)),
            _ => {}
        }
    }
    path.parent()
        .map_or(Ok(()), sync_folder)
        .map_err(|error| unusable(path, error))
}

fn overwrite(path: &Path) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    file.write_all(&vec![0; length])?;
    file.sync_all()?;
    fs::remove_file(path)
}

/// So that a file's new name, or its end, survives a power cut.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
