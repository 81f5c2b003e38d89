use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::DeploymentId;

use super::SqliteTransaction;
use super::read::{count, parsed, time_if_any};
use crate::row::Unanswered;
use crate::{Overdue, Result};

/// Whose cards is said by the condition. A card of which anything lapsed has lapsed.
macro_rules! unanswered {
    ($which:literal) => {
        concat!(
            "select deployment, count(lapsed) as lapsed, min(lapsed) as lapsed_since, count(*) - count(lapsed) as withdrawn from (
                 select deployment, max(lapsed_at) as lapsed from alerts where ",
            $which,
            " group by deployment, device, track having count(*) = count(*) filter (
                  where verdict is null and (lapsed_at is not null or withdrawn_at is not null))
             ) group by deployment"
        )
    };
}

fn read(row: &SqliteRow) -> Result<Unanswered> {
    Ok(Unanswered {
        lapsed: count(row, "lapsed")?,
        lapsed_since: time_if_any(row, "lapsed_since")?,
        withdrawn: count(row, "withdrawn")?,
    })
}

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
                   where deployment = ? and verdict is null and lapsed_at is null and withdrawn_at is null";
        self.since(sql, deployment).await
    }

    async fn unsighted_since(&mut self, deployment: DeploymentId) -> Result<Option<Timestamp>> {
        let sql = "select min(decided_at) as since from alerts a
                   where deployment = ? and verdict = 'true' and sight is null and withdrawn_at is null
                   and not exists (select 1 from engagements g where g.alert = a.id)";
        self.since(sql, deployment).await
    }

    async fn count_unwritten(&mut self, deployment: DeploymentId) -> Result<u64> {
        let sql = "select count(*) as n from (select distinct device, track from alerts a
                   where deployment = ? and verdict = 'true' and coalesce(sight, 'confirmed') = 'confirmed'
                   and not exists (select 1 from engagements g where g.alert = a.id))";
        let row = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        count(&row, "n")
    }

    async fn unanswered(&mut self, deployment: DeploymentId) -> Result<Unanswered> {
        let row = sqlx::query(unanswered!("deployment = ?"))
            .bind(deployment.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map_or_else(|| Ok(Unanswered::default()), |row| read(&row))
    }

    async fn keep_unanswered(&mut self, deployment: DeploymentId) -> Result<()> {
        let Unanswered {
            lapsed,
            lapsed_since,
            withdrawn,
        } = self.unanswered(deployment).await?;
        sqlx::query("update deployments set lapsed = ?, lapsed_since = ?, withdrawn = ? where id = ?")
            .bind(i64::try_from(lapsed).unwrap_or(i64::MAX))
            .bind(lapsed_since.map(Timestamp::as_millisecond))
            .bind(i64::try_from(withdrawn).unwrap_or(i64::MAX))
            .bind(deployment.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn unanswered_of_all(&mut self) -> Result<HashMap<DeploymentId, Unanswered>> {
        let sql = concat!(
            "select id as deployment, lapsed, lapsed_since, withdrawn from deployments
             where state = 'ended' and lapsed + withdrawn > 0 union all ",
            unanswered!("deployment in (select id from deployments where state <> 'ended')")
        );
        let rows = sqlx::query(sql).fetch_all(&mut *self.connection).await?;
        rows.iter()
            .map(|row| Ok((parsed(row, "deployment")?, read(row)?)))
            .collect()
    }
}
