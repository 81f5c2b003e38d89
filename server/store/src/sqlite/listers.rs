use async_trait::async_trait;
use vedette_core::id::DeploymentId;

use super::SqliteTransaction;
use super::read::{count, parsed};
use crate::record::ListersTold;
use crate::{Listers, Result};

#[async_trait]
impl Listers for SqliteTransaction {
    async fn listers_due(&mut self) -> Result<Vec<DeploymentId>> {
        let rows = sqlx::query("select id from deployments where listers_due = 1 and state <> 'ended' order by id")
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| parsed(row, "id")).collect()
    }

    async fn listers_told(&mut self, id: DeploymentId) -> Result<ListersTold> {
        let sql =
            "select distinct user from audit where action in ('entry_enrolled', 'photo_added') and user is not null
                   and subject in (select subject from audit where action = 'entry_enrolled'
                   and json_extract(detail, '$.deployment') = ?) order by user";
        let rows = sqlx::query(sql)
            .bind(id.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        let listers = rows.iter().map(|row| parsed(row, "user")).collect::<Result<_>>()?;
        let sql = "select count(*) as n from entries where deployment = ? and (id not in
                   (select subject from audit where action = 'entry_enrolled' and user is not null)
                   or id in (select subject from audit where action = 'photo_added' and user is null))";
        let row = sqlx::query(sql)
            .bind(id.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        Ok(ListersTold {
            listers,
            whole: count(&row, "n")? == 0,
        })
    }

    async fn settle_listers(&mut self, id: DeploymentId) -> Result<()> {
        sqlx::query("update deployments set listers_due = 0 where id = ?")
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
