use async_trait::async_trait;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_core::template::Template;
use zeroize::Zeroize as _;

use super::SqliteTransaction;
use super::read::{count, parsed, text, time};
use crate::row::{DeploymentRow, EntryRow, Erased, Jpeg, Reference};
use crate::{Entries, Result, StoreError};

fn entry(row: &SqliteRow) -> Result<EntryRow> {
    let quality: f64 = row.try_get("quality")?;
    Ok(EntryRow {
        id: parsed(row, "id")?,
        deployment: parsed(row, "deployment")?,
        name: text(row, "name")?,
        created_at: time(row, "created_at")?,
        quality: quality as f32,
    })
}

#[async_trait]
impl Entries for SqliteTransaction {
    async fn entries(&mut self, deployment: DeploymentId) -> Result<Vec<EntryRow>> {
        let sql = "select id, deployment, name, created_at, quality from entries where deployment = ?
                   order by created_at, id";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.0)
            .await?;
        rows.iter().map(entry).collect()
    }

    async fn count_entries(&mut self, deployment: DeploymentId) -> Result<u64> {
        let sql = "select count(*) as n from entries where deployment = ?";
        count(
            &sqlx::query(sql)
                .bind(deployment.to_string())
                .fetch_one(&mut *self.0)
                .await?,
            "n",
        )
    }

    async fn add_entry(&mut self, entry: &EntryRow, template: &Template, photo: &Jpeg) -> Result<()> {
        let sql = "insert into entries (id, deployment, name, created_at, quality, template, photo)
                   values (?, ?, ?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(entry.id.to_string())
            .bind(entry.deployment.to_string())
            .bind(entry.name.clone())
            .bind(entry.created_at.as_millisecond())
            .bind(f64::from(entry.quality))
            .bind(template.to_bytes())
            .bind(photo.0.clone())
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    async fn remove_entry(&mut self, deployment: DeploymentId, entry: EntryId) -> Result<bool> {
        sqlx::query("delete from probes where alert in (select id from alerts where deployment = ? and entry = ?)")
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .execute(&mut *self.0)
            .await?;
        let done = sqlx::query("delete from entries where deployment = ? and id = ?")
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn photo(&mut self, deployment: DeploymentId, entry: EntryId) -> Result<Option<Jpeg>> {
        let row = sqlx::query("select photo from entries where deployment = ? and id = ?")
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(|row| Ok(Jpeg(row.try_get("photo")?))).transpose()
    }

    async fn references(&mut self, deployment: &DeploymentRow) -> Result<Vec<Reference>> {
        let rows = sqlx::query("select id, template from entries where deployment = ? order by created_at, id")
            .bind(deployment.id.to_string())
            .fetch_all(&mut *self.0)
            .await?;
        rows.iter()
            .map(|row| {
                let mut bytes: Vec<u8> = row.try_get("template")?;
                let template = Template::from_bytes(deployment.space.clone(), &bytes);
                bytes.zeroize();
                Ok(Reference {
                    entry: parsed(row, "id")?,
                    template: template.map_err(|_| StoreError::Corrupt)?,
                })
            })
            .collect()
    }

    async fn erase(&mut self, deployment: DeploymentId) -> Result<Erased> {
        let probes = sqlx::query("delete from probes where alert in (select id from alerts where deployment = ?)")
            .bind(deployment.to_string())
            .execute(&mut *self.0)
            .await?;
        let entries = sqlx::query("delete from entries where deployment = ?")
            .bind(deployment.to_string())
            .execute(&mut *self.0)
            .await?;
        Ok(Erased {
            entries: entries.rows_affected(),
            probes: probes.rows_affected(),
        })
    }
}
