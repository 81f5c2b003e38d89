use async_trait::async_trait;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::EvaluationId;

use super::SqliteTransaction;
use super::read::{parsed, time};
use crate::evaluation::EvaluationRow;
use crate::{Evaluations, Result, StoreError};

fn evaluation(row: &SqliteRow) -> Result<EvaluationRow> {
    Ok(EvaluationRow {
        id: parsed(row, "id")?,
        added_by: parsed(row, "added_by")?,
        added_at: time(row, "added_at")?,
        measured: serde_json::from_str(row.try_get("measured")?).map_err(|_| StoreError::Corrupt)?,
    })
}

#[async_trait]
impl Evaluations for SqliteTransaction {
    async fn evaluations(&mut self) -> Result<Vec<EvaluationRow>> {
        sqlx::query("select * from evaluations order by added_at desc, id desc")
            .fetch_all(&mut *self.connection)
            .await?
            .iter()
            .map(evaluation)
            .collect()
    }

    async fn add_evaluation(&mut self, row: &EvaluationRow) -> Result<()> {
        let measured = serde_json::to_string(&row.measured);
        sqlx::query("insert into evaluations (id, sha256, measured, added_by, added_at) values (?, ?, ?, ?, ?)")
            .bind(row.id.to_string())
            .bind(row.measured.sha256.clone())
            .bind(measured.map_err(|_| StoreError::Other("a report that can't be written".into()))?)
            .bind(row.added_by.to_string())
            .bind(row.added_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn remove_evaluation(&mut self, id: EvaluationId) -> Result<bool> {
        let done = sqlx::query("delete from evaluations where id = ?")
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
