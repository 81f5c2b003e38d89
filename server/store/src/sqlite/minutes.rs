use async_trait::async_trait;
use sqlx::Row as _;
use vedette_core::id::DeploymentId;

use super::SqliteTransaction;
use super::read::{count, to_integer};
use crate::row::MinuteRow;
use crate::{Minutes, Result};

#[async_trait]
impl Minutes for SqliteTransaction {
    async fn count_minute(&mut self, id: DeploymentId, more: MinuteRow) -> Result<()> {
        let sql = "insert into minutes (deployment, number, faces, not_assessable) values (?, ?, ?, ?)
                   on conflict (deployment, number) do update set
                   faces = faces + excluded.faces, not_assessable = not_assessable + excluded.not_assessable";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(more.number)
            .bind(to_integer(more.faces))
            .bind(to_integer(more.not_assessable))
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn minutes_from(&mut self, id: DeploymentId, number: i64) -> Result<Vec<MinuteRow>> {
        sqlx::query("select * from minutes where deployment = ? and number >= ? order by number")
            .bind(id.to_string())
            .bind(number)
            .fetch_all(&mut *self.connection)
            .await?
            .iter()
            .map(|row| {
                Ok(MinuteRow {
                    number: row.try_get("number")?,
                    faces: count(row, "faces")?,
                    not_assessable: count(row, "not_assessable")?,
                })
            })
            .collect()
    }

    async fn forget_minutes_before(&mut self, number: i64) -> Result<()> {
        sqlx::query("delete from minutes where number < ?")
            .bind(number)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
