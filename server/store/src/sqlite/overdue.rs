use async_trait::async_trait;
use jiff::Timestamp;
use vedette_core::id::DeploymentId;

use super::SqliteTransaction;
use super::read::{count, time_if_any};
use crate::row::Lapsed;
use crate::{Overdue, Result};

impl SqliteTransaction {
    /// `sql` has one column, `since`.
    async fn since(&mut self, sql: &'static str, deployment: DeploymentId) -> Result<Option<Timestamp>> {
        let row = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        time_if_any(&row, "since")
    }
}

#[async_trait]
impl Overdue for SqliteTransaction {
    async fn undecided_since(&mut self, deployment: DeploymentId) -> Result<Option<Timestamp>> {
        let sql = "select min(raised_at) as since from alerts
                   where deployment = ? and verdict is null and lapsed_at is null";
        self.since(sql, deployment).await
    }

    async fn unsighted_since(&mut self, deployment: DeploymentId) -> Result<Option<Timestamp>> {
        let sql = "select min(decided_at) as since from alerts a
                   where deployment = ? and verdict = 'true' and sight is null
                   and not exists (select 1 from engagements g where g.alert = a.id)";
        self.since(sql, deployment).await
    }

    async fn lapsed(&mut self, deployment: DeploymentId) -> Result<Lapsed> {
        let sql = "select count(*) as n, min(at) as since from (
                       select max(lapsed_at) as at from alerts where deployment = ?
                       group by device, track having count(lapsed_at) = count(*))";
        let row = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        Ok(Lapsed {
            count: count(&row, "n")?,
            since: time_if_any(&row, "since")?,
        })
    }
}
