//! The storage key: where it comes from, and how it is changed for another.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Program, Stdio};

use clap::{Args, Subcommand};
use vedette_store::vault::{StorageKey, Vault, VaultError};
use zeroize::Zeroizing;

use super::settings::{KeySource, Settings};
use super::{Failure, SettingArgs, make_private_folder};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Wraps all keys of deployments anew by another storage key; the server must not run
    Rotate(RotateArgs),
}

#[derive(Debug, Args)]
pub(super) struct RotateArgs {
    /// Where the new storage key comes from [default: a new one in the place of the old file]
    #[arg(long, value_name = "SOURCE")]
    to: Option<String>,
    #[command(flatten)]
    settings: SettingArgs,
}

impl Command {
    pub(super) fn settings(&self) -> &SettingArgs {
        let Self::Rotate(args) = self;
        &args.settings
    }
}

fn said(error: impl std::fmt::Display) -> Failure {
    Failure::Said(error.to_string())
}

/// The vault in the settings' key folder. Makes the storage key where it is a file that isn't there and no deployment
/// needs one yet.
pub(super) fn open_vault(settings: &Settings) -> Result<Vault, Failure> {
    let key = match (&settings.storage_key, read(&settings.storage_key)?) {
        (_, Some(key)) => key,
        (KeySource::File(path), None) if no_keys_in(&settings.keys) => {
            let key = StorageKey::random().map_err(said)?;
            write_new(path, &key)?;
            key
        }
        (source, None) => return Err(missing(source)),
    };
    Vault::open(&settings.keys, key).map_err(|error| Failure::Said(about_vault(&error)))
}

fn missing(source: &KeySource) -> Failure {
    Failure::Said(match source {
        KeySource::File(path) => format!(
            "The storage key {} is missing, and without it nobody can read the watchlists that there are. \
             Put it back, or say with --storage-key where it is. To give the watchlists up, delete the key folder.",
            path.display()
        ),
        KeySource::Variable(name) => {
            format!("The variable {name}, which should hold the storage key, isn't set. Set it, then start again.")
        }
        KeySource::Command(_) => "The program that should print the storage key printed nothing.".to_owned(),
    })
}

fn about_vault(error: &VaultError) -> String {
    match error {
        VaultError::OtherStorageKey { .. } => format!(
            "This isn't the storage key that these watchlists need: {error}. Nothing was changed. Give the right one with --storage-key."
        ),
        VaultError::Damaged { path } => format!(
            "The key file {} is damaged. Put a copy back; or delete it, and its deployment can only be ended.",
            path.display()
        ),
        other => format!(
            "The keys can't be used: {other}. Check the folder and who may read and write it, or choose another with --keys."
        ),
    }
}

fn no_keys_in(folder: &Path) -> bool {
    std::fs::read_dir(folder).map_or(true, |mut files| files.next().is_none())
}

/// Nothing where a file or a variable isn't there.
fn read(source: &KeySource) -> Result<Option<StorageKey>, Failure> {
    let text = match source {
        KeySource::File(path) => match std::fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(Failure::Said(format!(
                    "The storage key {} can't be read ({error}).",
                    path.display()
                )));
            }
        },
        KeySource::Variable(name) => match std::env::var(name) {
            Ok(text) => Zeroizing::new(text),
            Err(_) => return Ok(None),
        },
        KeySource::Command(program) => printed_by(program)?,
    };
    let origin = match source {
        KeySource::File(path) => path.display().to_string(),
        KeySource::Variable(name) => format!("the variable {name}"),
        KeySource::Command(_) => "what the program printed".to_owned(),
    };
    let key = StorageKey::from_hex(&text).map_err(|error| {
        Failure::Said(format!(
            "{origin} is no storage key: {error}. Make one with `openssl rand -hex 32`, say."
        ))
    })?;
    Ok(Some(key))
}

fn printed_by(program: &str) -> Result<Zeroizing<String>, Failure> {
    #[cfg(unix)]
    let (shell, flag) = ("sh", "-c");
    #[cfg(not(unix))]
    let (shell, flag) = ("cmd", "/C");
    let output = Program::new(shell)
        .args([flag, program])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| {
            Failure::Said(format!(
                "The program that prints the storage key can't be run ({error})."
            ))
        })?;
    if !output.status.success() {
        return Err(Failure::Said(format!(
            "The program that prints the storage key failed ({}). What it said is above.",
            output.status
        )));
    }
    let text = String::from_utf8(output.stdout).map_err(|error| {
        drop(Zeroizing::new(error.into_bytes()));
        Failure::Said("What the program printed is no storage key.".to_owned())
    })?;
    Ok(Zeroizing::new(text))
}

/// For the owner only, and never over a file that is there.
fn write_new(path: &Path, key: &StorageKey) -> Result<(), Failure> {
    let mut options = std::fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| file.write_all(key.to_hex().as_bytes()).and_then(|()| file.sync_all()))
        .map_err(|error| {
            Failure::Said(format!(
                "The storage key {} can't be written ({error}). Choose another place with --storage-key.",
                path.display()
            ))
        })
}

/// A file beside the old one while keys are wrapped anew: broken off, the next attempt goes on with it.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

pub(super) fn run(command: &Command, settings: &Settings) -> Result<(), Failure> {
    let Command::Rotate(RotateArgs { to, .. }) = command;
    make_private_folder(&settings.data)?;
    let _no_server = super::lock(&settings.data)?;
    let old = read(&settings.storage_key)?.ok_or_else(|| missing(&settings.storage_key))?;
    let to = to.as_deref().map(|text| {
        KeySource::parse(text).ok_or_else(|| {
            Failure::Said(format!(
                "--to {text:?} isn't allowed. Allowed is {}.",
                KeySource::ALLOWED
            ))
        })
    });
    match (to.transpose()?, &settings.storage_key) {
        (Some(to), _) => {
            let new = match (read(&to)?, &to) {
                (Some(new), _) => new,
                (None, KeySource::File(path)) => {
                    let new = StorageKey::random().map_err(said)?;
                    write_new(path, &new)?;
                    new
                }
                (None, source) => return Err(missing(source)),
            };
            let keys = rewrap(settings, &old, &new)?;
            println!(
                "Keys wrapped anew: {keys}. Start the server with the new --storage-key, then destroy the old one."
            );
        }
        (None, KeySource::File(path)) => {
            let draft = KeySource::File(beside(path));
            let new = match read(&draft)? {
                Some(new) => new,
                None => {
                    let new = StorageKey::random().map_err(said)?;
                    write_new(&beside(path), &new)?;
                    new
                }
            };
            let keys = rewrap(settings, &old, &new)?;
            std::fs::rename(beside(path), path).map_err(|error| {
                Failure::Said(format!(
                    "{} could not take the place of {} ({error}). Move it there by hand.",
                    beside(path).display(),
                    path.display()
                ))
            })?;
            println!(
                "Keys wrapped anew: {keys}. {} holds the new storage key.",
                path.display()
            );
        }
        (None, _) => {
            return Err(Failure::Said(
                "The storage key doesn't come from a file that could be replaced. Say with --to where the new one comes from."
                    .to_owned(),
            ));
        }
    }
    Ok(())
}

fn rewrap(settings: &Settings, old: &StorageKey, new: &StorageKey) -> Result<usize, Failure> {
    if !settings.keys.is_dir() {
        return Ok(0);
    }
    Vault::rewrap(&settings.keys, old, new).map_err(|error| Failure::Said(about_vault(&error)))
}
