use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{PlanId, UserId};

use super::SqliteTransaction;
use super::read::{parsed, time};
use crate::unfinished::UnfinishedPlan;
use crate::{Result, StoreError, UnfinishedPlans};

fn plan(row: &SqliteRow) -> Result<UnfinishedPlan> {
    let deployment: Option<&str> = row.try_get("deployment")?;
    Ok(UnfinishedPlan {
        id: parsed(row, "id")?,
        author: parsed(row, "author")?,
        deployment: deployment
            .map(str::parse)
            .transpose()
            .map_err(|_| StoreError::Corrupt)?,
        typed: serde_json::from_str(row.try_get("typed")?).map_err(|_| StoreError::Corrupt)?,
        saved_at: time(row, "saved_at")?,
    })
}

#[async_trait]
impl UnfinishedPlans for SqliteTransaction {
    async fn unfinished_plans(&mut self, author: UserId) -> Result<Vec<UnfinishedPlan>> {
        sqlx::query("select * from unfinished_plans where author = ? order by saved_at desc, id desc")
            .bind(author.to_string())
            .fetch_all(&mut *self.connection)
            .await?
            .iter()
            .map(plan)
            .collect()
    }

    async fn save_unfinished_plan(&mut self, plan: &UnfinishedPlan) -> Result<()> {
        let sql = "insert into unfinished_plans (id, author, deployment, typed, saved_at) values (?, ?, ?, ?, ?)
                   on conflict (id) do update set typed = excluded.typed, saved_at = excluded.saved_at
                   where author = excluded.author and deployment is excluded.deployment";
        let typed = serde_json::to_string(&plan.typed);
        let done = sqlx::query(sql)
            .bind(plan.id.to_string())
            .bind(plan.author.to_string())
            .bind(plan.deployment.map(|id| id.to_string()))
            .bind(typed.map_err(|_| StoreError::Other("a plan that can't be written".into()))?)
            .bind(plan.saved_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        match done.rows_affected() {
            0 => Err(StoreError::Conflict),
            _ => Ok(()),
        }
    }

    async fn remove_unfinished_plan(&mut self, author: UserId, id: PlanId) -> Result<bool> {
        let done = sqlx::query("delete from unfinished_plans where id = ? and author = ?")
            .bind(id.to_string())
            .bind(author.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn forget_unfinished_plans(&mut self, saved: Timestamp) -> Result<()> {
        let sql = "delete from unfinished_plans where saved_at < ?
                   or author in (select id from users where removed_at is not null)
                   or deployment in (select id from deployments where state = 'ended')";
        sqlx::query(sql)
            .bind(saved.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
