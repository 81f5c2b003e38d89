//! The journal for whoever checks it: whole or not, as text, and the key that signs it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use vedette_store::sqlite::SqliteStore;
use vedette_store::{Store as _, StoreError};

use super::settings::Settings;
use super::{Failure, SettingArgs, about_store};
use crate::audit::certificate::DeletionCertificate;
use crate::audit::chain::{Broken, Entry, Verifier};
use crate::audit::head::{PublicKey, SignedHead};
use crate::audit::witness;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Checks that no entry of the journal was changed, deleted, reordered or cut off, and says where one was
    Verify(Box<VerifyArgs>),
    /// Prints the journal, a line of JSON for each entry
    Export(SettingArgs),
    /// Checks a deletion certificate: whether the server's key signed all of it
    Certificate(Box<CertificateArgs>),
    /// Prints the public key of the server's heads: keep it elsewhere, and check with it
    Key(SettingArgs),
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// An exported journal, in place of the database
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Signed heads, kept elsewhere than the database [default: those that the server writes]
    #[arg(long, value_name = "FILE")]
    heads: Vec<PathBuf>,
    /// The key that heads must be signed with, from `vedette audit key` [default: that of the data folder]
    #[arg(long, value_name = "HEXADECIMAL")]
    key: Option<PublicKey>,
    #[command(flatten)]
    settings: SettingArgs,
}

#[derive(Debug, Args)]
pub(super) struct CertificateArgs {
    /// The certificate, as the control page gives it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The key that it must be signed with, from `vedette audit key` [default: that of the data folder]
    #[arg(long, value_name = "HEXADECIMAL")]
    key: Option<PublicKey>,
    #[command(flatten)]
    settings: SettingArgs,
}

impl Command {
    pub(super) fn settings(&self) -> &SettingArgs {
        match self {
            Self::Verify(args) => &args.settings,
            Self::Certificate(args) => &args.settings,
            Self::Export(settings) | Self::Key(settings) => settings,
        }
    }
}

pub(super) async fn run(command: Command, settings: Settings) -> Result<(), Failure> {
    match command {
        Command::Verify(args) => verify(*args, &settings).await,
        Command::Export(_) => {
            let mut output = std::io::stdout().lock();
            let written = each(&settings.data, |entry| {
                let line = serde_json::to_string(entry).map_err(said)?;
                writeln!(output, "{line}").map_err(said)
            });
            written.await
        }
        Command::Certificate(args) => check(&args, &settings),
        Command::Key(_) => match witness::key(&settings.data).map_err(said)? {
            Some(key) => {
                println!("{}", key.public());
                Ok(())
            }
            None => Err(Failure::Said(format!(
                "{} holds no key for the journal: the server makes it when it first starts.",
                settings.data.display()
            ))),
        },
    }
}

fn check(args: &CertificateArgs, settings: &Settings) -> Result<(), Failure> {
    let file = args.file.display();
    let text = std::fs::read_to_string(&args.file)
        .map_err(|error| Failure::Said(format!("The certificate {file} can't be read ({error}).")))?;
    let certificate: DeletionCertificate = serde_json::from_str(&text)
        .map_err(|error| Failure::Said(format!("{file} is no deletion certificate ({error}).")))?;
    let key = match args.key {
        Some(key) => Some(key),
        None => witness::key(&settings.data).map_err(said)?.map(|key| key.public()),
    };
    let Some(key) = key else {
        return Err(Failure::Said(
            "A certificate says nothing without the key that it must be signed with. Give it with --key; `vedette audit key` prints it."
                .to_owned(),
        ));
    };
    if !certificate.is_signed_by(key) {
        return Err(Failure::Said(format!(
            "{file} is NOT what the server signed: it was changed, or another server's key signed it."
        )));
    }
    let statement = &certificate.statement;
    println!(
        "Signed by the server: deployment {} ended at {}; {} people, {} photographs with their templates and {} matched crops \
         were deleted then, and the key {} that sealed them was destroyed at {} (entry {} of the journal).",
        statement.deployment,
        statement.ended_at,
        statement.people,
        statement.photos,
        statement.crops,
        statement.key,
        statement.key_destroyed_at,
        statement.journal_entry,
    );
    if let Some(signed_for) = statement.signed_for {
        println!("{signed_for} people were on the watchlist when it was signed for.");
    }
    if let Some((listed, taken_off)) = statement.listed.zip(statement.taken_off) {
        println!(
            "{listed} people were put onto it in all (whoever was put on again counts again); of these {taken_off} were taken off, and deleted, before the end."
        );
    }
    Ok(())
}

fn said(error: impl std::fmt::Display) -> Failure {
    Failure::Said(error.to_string())
}

fn broken(broken: &Broken) -> Failure {
    Failure::Said(format!(
        "The journal is NOT whole: {broken}. Keep the database and the heads as they are, and tell whoever is responsible."
    ))
}

async fn verify(args: VerifyArgs, settings: &Settings) -> Result<(), Failure> {
    let VerifyArgs {
        journal,
        heads: given,
        key,
        ..
    } = args;
    let key = match key {
        Some(key) => Some(key),
        None if journal.is_some() && given.is_empty() => None,
        None => witness::key(&settings.data).map_err(said)?.map(|key| key.public()),
    };
    let heads = match (&given[..], &journal) {
        ([], Some(_)) => Vec::new(),
        ([], None) if settings.audit_heads.is_file() => read_heads(&settings.audit_heads, key)?,
        (given, _) => {
            let mut all = Vec::new();
            for file in given {
                all.extend(read_heads(file, key)?);
            }
            all
        }
    };
    let count = heads.len();
    let mut verifier = Verifier::new(heads);
    match journal {
        None => each(&settings.data, |entry| verifier.take(entry).map_err(|e| broken(&e))).await?,
        Some(path) => {
            let unreadable =
                |error: std::io::Error| Failure::Said(format!("{} can't be read ({error}).", path.display()));
            for (line, number) in BufReader::new(std::fs::File::open(&path).map_err(unreadable)?)
                .lines()
                .zip(1..)
            {
                let entry: Entry = serde_json::from_str(&line.map_err(unreadable)?)
                    .map_err(|_| broken(&Broken::Unreadable(number)))?;
                verifier.take(&entry).map_err(|e| broken(&e))?;
            }
        }
    }
    let (entries, vouched) = verifier.finish().map_err(|e| broken(&e))?;
    println!("The journal is whole: {entries} entries in one chain.");
    if count == 0 {
        println!(
            "No signed head was at hand, so nothing shows whether entries were cut off at the end, or all were rewritten."
        );
    } else {
        println!(
            "{count} signed heads fit it; the last is of entry {vouched}. Entries after that one could have been cut off unseen."
        );
    }
    Ok(())
}

fn read_heads(path: &Path, key: Option<PublicKey>) -> Result<Vec<SignedHead>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Said(format!("The heads {} can't be read ({error}).", path.display())))?;
    let Some(key) = key else {
        return Err(Failure::Said(
            "Heads say nothing without the key that they must be signed with. Give it with --key; `vedette audit key` prints it."
                .to_owned(),
        ));
    };
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .zip(1..)
        .map(|(line, number)| match serde_json::from_str::<SignedHead>(line) {
            Ok(head) if head.key == key => Ok(head),
            Ok(_) => Err(Failure::Said(format!(
                "Line {number} of {} is signed with another key. Use the heads and the key of one server.",
                path.display()
            ))),
            Err(error) => Err(Failure::Said(format!(
                "Line {number} of {} is no signed head ({error}): it was changed, or the file is another.",
                path.display()
            ))),
        })
        .collect()
}

/// Every entry of the database's journal, in order. The database is only read.
async fn each(data: &Path, mut take: impl FnMut(&Entry) -> Result<(), Failure>) -> Result<(), Failure> {
    const PAGE: u32 = 1_000;
    let path = data.join("vedette.db");
    if !path.is_file() {
        return Err(Failure::Said(format!(
            "There is no database {}. Say with --data where the data folder is.",
            path.display()
        )));
    }
    let failed = |error: StoreError| Failure::Said(about_store(&error, &path));
    let store = SqliteStore::inspect(&path).await.map_err(failed)?;
    let mut tx = store.read().await.map_err(failed)?;
    let (mut last, mut page) = (0, PAGE);
    loop {
        let rows = match tx.audit_after(last, page).await {
            Ok(rows) => rows,
            // One of them; found by reading them one by one.
            Err(StoreError::Corrupt) if page > 1 => {
                page = 1;
                continue;
            }
            Err(StoreError::Corrupt) => return Err(broken(&Broken::Unreadable(last + 1))),
            Err(error) => return Err(failed(error)),
        };
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let entry = Entry::from(row);
            take(&entry)?;
            last = entry.seq;
        }
    }
}
