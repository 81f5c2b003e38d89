//! What can go wrong with storage, without any of the data in it.

use sqlx::migrate::MigrateError;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("such a row exists already")]
    Conflict,
    #[error("the disk is full")]
    Full,
    #[error("the database is busy")]
    Busy,
    #[error("the database or its folder can't be written")]
    ReadOnly,
    #[error("the database is damaged, or isn't a Vedette database")]
    Corrupt,
    #[error("the database was made by a newer version of Vedette")]
    Newer,
    #[error("the disk reported an error")]
    Disk,
    /// What it sealed can't be read any more; it can still be deleted.
    #[error("the deployment's key is gone, so its watchlist can't be read")]
    KeyGone,
    #[error("the keys can't be used: {0}")]
    Keys(String),
    /// The database's own words; they name tables and columns, never values.
    #[error("the database refused: {0}")]
    Other(String),
}

/// Primary result codes of SQLite (sqlite3.h).
mod code {
    pub(super) const PERM: u32 = 3;
    pub(super) const BUSY: u32 = 5;
    pub(super) const LOCKED: u32 = 6;
    pub(super) const READONLY: u32 = 8;
    pub(super) const IOERR: u32 = 10;
    pub(super) const CORRUPT: u32 = 11;
    pub(super) const FULL: u32 = 13;
    pub(super) const CANTOPEN: u32 = 14;
    pub(super) const CONSTRAINT_PRIMARYKEY: u32 = 1555;
    pub(super) const CONSTRAINT_UNIQUE: u32 = 2067;
    pub(super) const NOTADB: u32 = 26;
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) => {
                let code: u32 = database.code().and_then(|c| c.parse().ok()).unwrap_or_default();
                match (code, code & 0xff) {
                    (code::CONSTRAINT_UNIQUE | code::CONSTRAINT_PRIMARYKEY, _) => Self::Conflict,
                    (_, code::FULL) => Self::Full,
                    (_, code::BUSY | code::LOCKED) => Self::Busy,
                    (_, code::READONLY | code::CANTOPEN | code::PERM) => Self::ReadOnly,
                    (_, code::CORRUPT | code::NOTADB) => Self::Corrupt,
                    (_, code::IOERR) => Self::Disk,
                    _ => Self::Other(database.message().to_owned()),
                }
            }
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(_) => Self::Disk,
            sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => Self::Corrupt,
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(_) => Self::Newer,
            MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => Self::Corrupt,
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Other(other.to_string()),
        }
    }
}
