use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{DeploymentId, EntryId, PhotoId};

use super::SqliteTransaction;
use super::read::{parsed, text, time, time_if_any};
use crate::manifest::{ManifestImage, ManifestRow};
use crate::row::{Digest, Jpeg, NewEntry, PhotoRow};
use crate::{Manifest, Result, StoreError};

impl SqliteTransaction {
    /// A volunteer has no nominal id, and is in no manifest.
    pub(super) async fn note_entry(&mut self, entry: &NewEntry) -> Result<()> {
        let Some(particulars) = &entry.particulars else {
            return Ok(());
        };
        let sql = "insert into manifest (entry, deployment, nominal_id, category, added_at) values (?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(entry.id.to_string())
            .bind(entry.deployment.to_string())
            .bind(particulars.nominal_id.clone())
            .bind(particulars.category.clone())
            .bind(entry.created_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    pub(super) async fn note_photo(&mut self, entry: EntryId, row: &PhotoRow, photo: &Jpeg) -> Result<()> {
        let sql = "insert into manifest_images (photo, entry, sha256, added_at)
                   select ?, entry, ?, ? from manifest where entry = ?";
        sqlx::query(sql)
            .bind(row.id.to_string())
            .bind(Sha256::digest(&photo.0).to_vec())
            .bind(row.created_at.as_millisecond())
            .bind(entry.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    pub(super) async fn note_photo_removal(&mut self, photo: PhotoId, at: Timestamp) -> Result<()> {
        sqlx::query("update manifest_images set removed_at = ? where photo = ? and removed_at is null")
            .bind(at.as_millisecond())
            .bind(photo.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Of one entry, or of the whole deployment.
    pub(super) async fn note_removal(
        &mut self,
        deployment: DeploymentId,
        entry: Option<EntryId>,
        at: Timestamp,
    ) -> Result<()> {
        for sql in [
            "update manifest_images set removed_at = ?1 where removed_at is null
             and entry in (select entry from manifest where deployment = ?2 and entry = coalesce(?3, entry))",
            "update manifest set removed_at = ?1
             where removed_at is null and deployment = ?2 and entry = coalesce(?3, entry)",
        ] {
            sqlx::query(sql)
                .bind(at.as_millisecond())
                .bind(deployment.to_string())
                .bind(entry.map(|entry| entry.to_string()))
                .execute(&mut *self.connection)
                .await?;
        }
        Ok(())
    }
}

/// `images`: of these rows, in their order.
fn joined(rows: &[SqliteRow], images: &[SqliteRow]) -> Result<Vec<ManifestRow>> {
    let mut of_entries: HashMap<EntryId, Vec<ManifestImage>> = HashMap::new();
    for row in images {
        let hash: &[u8] = row.try_get("sha256")?;
        of_entries
            .entry(parsed(row, "entry")?)
            .or_default()
            .push(ManifestImage {
                photo: parsed(row, "photo")?,
                sha256: Digest(hash.try_into().map_err(|_| StoreError::Corrupt)?),
                added_at: time(row, "added_at")?,
                removed_at: time_if_any(row, "removed_at")?,
            });
    }
    rows.iter()
        .map(|row| {
            let entry = parsed(row, "entry")?;
            Ok(ManifestRow {
                entry,
                deployment: parsed(row, "deployment")?,
                nominal_id: text(row, "nominal_id")?,
                category: text(row, "category")?,
                added_at: time(row, "added_at")?,
                removed_at: time_if_any(row, "removed_at")?,
                images: of_entries.remove(&entry).unwrap_or_default(),
            })
        })
        .collect()
}

#[async_trait]
impl Manifest for SqliteTransaction {
    async fn manifest(&mut self, deployment: DeploymentId) -> Result<Vec<ManifestRow>> {
        let rows = sqlx::query("select * from manifest where deployment = ? order by added_at, entry")
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        let sql = "select * from manifest_images
                   where entry in (select entry from manifest where deployment = ?) order by added_at, photo";
        let images = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        joined(&rows, &images)
    }

    async fn manifest_of(&mut self, nominal_id: &str) -> Result<Vec<ManifestRow>> {
        let rows = sqlx::query("select * from manifest where nominal_id = ? collate nocase order by added_at, entry")
            .bind(nominal_id)
            .fetch_all(&mut *self.connection)
            .await?;
        let sql = "select * from manifest_images
                   where entry in (select entry from manifest where nominal_id = ? collate nocase) order by added_at, photo";
        let images = sqlx::query(sql)
            .bind(nominal_id)
            .fetch_all(&mut *self.connection)
            .await?;
        joined(&rows, &images)
    }

    async fn listed(&mut self, deployment: DeploymentId) -> Result<HashMap<String, EntryId>> {
        let rows = sqlx::query("select nominal_id, entry from manifest where deployment = ? and removed_at is null")
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| Ok((text(row, "nominal_id")?, parsed(row, "entry")?)))
            .collect()
    }

    async fn listed_categories(&mut self, deployment: DeploymentId) -> Result<Vec<String>> {
        let sql =
            "select distinct category from manifest where deployment = ? and removed_at is null order by category";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| text(row, "category")).collect()
    }

    async fn forget_manifest(&mut self, until: Timestamp) -> Result<u64> {
        let sql = "delete from manifest_images where entry in (select entry from manifest where removed_at <= ?)";
        sqlx::query(sql)
            .bind(until.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        let done = sqlx::query("delete from manifest where removed_at <= ?")
            .bind(until.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected())
    }
}
