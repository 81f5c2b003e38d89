//! SQLite: one file beside its write-ahead log, one writer, several readers.

mod alerts;
mod clearances;
mod deliveries;
mod deployments;
mod devices;
mod engagements;
mod entries;
mod evaluations;
mod journal;
mod kiosk;
mod listers;
mod manifest;
mod minutes;
mod namesakes;
mod overdue;
mod policy;
mod read;
mod rights;
mod sealing;
#[cfg(test)]
mod tests;
mod transforms;
mod unfinished;
mod users;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Row as _, SqlSafeStr as _, Sqlite};

use crate::vault::Vault;
use crate::{Result, Store, StoreError, Transaction};

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const READERS: u32 = 4;

#[derive(Clone, Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    /// None for looking on only.
    vault: Option<Arc<Vault>>,
}

/// A transaction on one connection; rolls back when dropped, on the connection's way back to its pool.
///
/// Not sqlx's own kind: SQLite itself rolls back when the disk is full, which that kind takes for an open transaction
/// for ever after.
struct SqliteTransaction {
    connection: PoolConnection<Sqlite>,
    vault: Option<Arc<Vault>>,
}

/// A pool whose connections come back without a transaction.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(BUSY_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_release(|connection, _| {
            Box::pin(async move {
                // Fails when there is none to roll back, which is as good.
                let _ = sqlx::query("rollback").execute(connection).await;
                Ok(true)
            })
        })
}

fn migrations() -> Migrator {
    const SCRIPTS: [(i64, &str, &str); 25] = [
        (1, "start", include_str!("migrations/0001_start.sql")),
        (2, "target", include_str!("migrations/0002_target.sql")),
        (3, "conflict", include_str!("migrations/0003_conflict.sql")),
        (4, "photos", include_str!("migrations/0004_photos.sql")),
        (5, "zones", include_str!("migrations/0005_zones.sql")),
        (6, "audit_chain", include_str!("migrations/0006_audit_chain.sql")),
        (7, "sealed", include_str!("migrations/0007_sealed.sql")),
        (8, "operations", include_str!("migrations/0008_operations.sql")),
        (9, "particulars", include_str!("migrations/0009_particulars.sql")),
        (10, "alerts", include_str!("migrations/0010_alerts.sql")),
        (11, "rights", include_str!("migrations/0011_rights.sql")),
        (12, "transform", include_str!("migrations/0012_transform.sql")),
        (13, "freezes", include_str!("migrations/0013_freezes.sql")),
        (14, "pause_reasons", include_str!("migrations/0014_pause_reasons.sql")),
        (
            15,
            "unfinished_plans",
            include_str!("migrations/0015_unfinished_plans.sql"),
        ),
        (16, "evaluations", include_str!("migrations/0016_evaluations.sql")),
        (18, "kiosk", include_str!("migrations/0018_kiosk.sql")),
        (19, "tablets", include_str!("migrations/0019_tablets.sql")),
        (20, "reports", include_str!("migrations/0020_reports.sql")),
        (21, "listers", include_str!("migrations/0021_listers.sql")),
        (22, "pages", include_str!("migrations/0022_pages.sql")),
        (23, "bindings", include_str!("migrations/0023_bindings.sql")),
        (24, "minutes", include_str!("migrations/0024_minutes.sql")),
        (25, "namesakes", include_str!("migrations/0025_namesakes.sql")),
        (26, "withdrawn", include_str!("migrations/0026_withdrawn.sql")),
    ];
    let scripts = SCRIPTS.map(|(version, name, sql)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(scripts.into())
}

impl SqliteStore {
    /// Opens the file, or makes it, and brings it to this version's shape.
    /// What is secret goes through `vault`. `largest_bytes` bounds the database's size, beyond which writing fails as on a
    /// full disk.
    pub async fn open(path: &Path, vault: Vault, largest_bytes: Option<u64>) -> Result<Self> {
        create_private(path)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            // An alert that was shown must survive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            // Deleted content is overwritten, and nothing is ever set aside in a temporary file.
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            .disable_statement_logging();
        let mut writing = options.clone();
        if let Some(bytes) = largest_bytes {
            const PAGE_BYTES: u64 = 4096;
            writing = writing.pragma("max_page_count", (bytes / PAGE_BYTES).max(1).to_string());
        }
        let store = Self {
            writer: pool(1).connect_with(writing).await?,
            readers: pool(READERS).connect_lazy_with(options.pragma("query_only", "ON")),
            vault: Some(Arc::new(vault)),
        };
        store.check().await?;
        migrations().run(&store.writer).await?;
        if store.seal_what_is_open().await? {
            store.rewrite().await?;
        }
        store.number_what_has_no_number().await?;
        store.destroy_keys_without_rows().await?;
        // What a crash left in the log between deletion and scrubbing goes now.
        store.empty_log().await?;
        Ok(store)
    }

    /// Opens the file to look at it: nothing in it can be changed, what is sealed stays closed, and what is damaged is found
    /// only when it is read.
    pub async fn inspect(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging();
        let readers = pool(1).connect_with(options).await?;
        Ok(Self {
            writer: readers.clone(),
            readers,
            vault: None,
        })
    }

    async fn begin(&self, pool: &SqlitePool, statement: &'static str) -> Result<SqliteTransaction> {
        let mut connection = pool.acquire().await?;
        sqlx::query(statement).execute(&mut *connection).await?;
        Ok(SqliteTransaction {
            connection,
            vault: self.vault.clone(),
        })
    }

    /// Leaves no fragment from before a move in any page.
    async fn rewrite(&self) -> Result<()> {
        self.empty_log().await?;
        sqlx::query("vacuum").execute(&self.writer).await?;
        self.empty_log().await
    }

    async fn is_any_live(&self) -> Result<bool> {
        let row = sqlx::query("select exists (select 1 from deployments where state = 'live') as live")
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get("live")?)
    }

    /// Moves the log into the file, which overwrites deleted pages there, and empties the log.
    async fn empty_log(&self) -> Result<()> {
        const ATTEMPTS: u32 = 60;
        const PAUSE: Duration = Duration::from_millis(50);
        for _ in 0..ATTEMPTS {
            let row = sqlx::query("pragma wal_checkpoint(truncate)")
                .fetch_one(&self.writer)
                .await?;
            let held_up_by_a_reader: i64 = row.try_get(0)?;
            if held_up_by_a_reader == 0 {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(StoreError::Busy)
    }
}

/// Makes the file readable for its owner only; SQLite gives its other files the same mode.
fn create_private(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::StorageFull => Err(StoreError::Full),
        Err(_) => Err(StoreError::ReadOnly),
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn read(&self) -> Result<Box<dyn Transaction>> {
        Ok(Box::new(self.begin(&self.readers, "begin").await?))
    }

    async fn write(&self) -> Result<Box<dyn Transaction>> {
        Ok(Box::new(self.begin(&self.writer, "begin immediate").await?))
    }

    async fn scrub(&self) -> Result<()> {
        // First, because it is quick and makes the rest unreadable.
        self.destroy_spent_keys().await?;
        match self.is_any_live().await? {
            true => self.empty_log().await,
            false => self.rewrite().await,
        }
    }

    async fn check(&self) -> Result<()> {
        let row = sqlx::query("pragma quick_check(1)").fetch_one(&self.writer).await?;
        let verdict: String = row.try_get(0)?;
        if verdict == "ok" {
            Ok(())
        } else {
            Err(StoreError::Corrupt)
        }
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

#[async_trait]
impl Transaction for SqliteTransaction {
    async fn commit(mut self: Box<Self>) -> Result<()> {
        sqlx::query("commit").execute(&mut *self.connection).await?;
        Ok(())
    }
}
