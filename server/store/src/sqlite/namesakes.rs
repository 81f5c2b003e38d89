use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{DeploymentId, EntryId};

use super::read::{count, parsed};
use super::{SqliteStore, SqliteTransaction};
use crate::namesake::{Namesake, folded};
use crate::{Result, StoreError, Transaction as _};

/// How many ever had the name of the row `n` of namesakes.
macro_rules! of_that_name {
    () => {
        "(select count(*) from namesakes m where m.deployment = n.deployment and m.name = n.name) as of_that_name"
    };
}
pub(super) use of_that_name;

/// From the columns `number` and `of_that_name`, which are null of whoever has no number.
pub(super) fn namesake(row: &SqliteRow) -> Result<Option<Namesake>> {
    if row.try_get::<Option<i64>, _>("number")?.is_none() {
        return Ok(None);
    }
    let figure = |column| u32::try_from(count(row, column)?).map_err(|_| StoreError::Corrupt);
    Ok(Namesake::among(figure("number")?, figure("of_that_name")?))
}

impl SqliteTransaction {
    /// The next number of that name, which no entry ever had.
    pub(super) async fn number_namesake(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        name: &str,
    ) -> Result<Option<Namesake>> {
        let mark = self.vault()?.key(deployment)?.mark_of_name(&folded(name))?;
        let sql = "insert into namesakes (entry, deployment, name, number) values (?1, ?2, ?3,
                       (select count(*) from namesakes where deployment = ?2 and name = ?3) + 1)
                   returning number, number as of_that_name";
        let row = sqlx::query(sql)
            .bind(entry.to_string())
            .bind(deployment.to_string())
            .bind(&mark[..])
            .fetch_one(&mut *self.connection)
            .await?;
        namesake(&row)
    }

    /// Of people who were taken off the list: nobody was told of a number that stood for nobody's alert, nor apart from anybody.
    pub(super) async fn forget_number(&mut self, entry: EntryId) -> Result<()> {
        let sql = "delete from namesakes where entry = ?1
                   and not exists (select 1 from alerts where entry = ?1)
                   and (select count(*) from namesakes m join namesakes n using (deployment, name) where n.entry = ?1) = 1";
        sqlx::query(sql)
            .bind(entry.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Leaves the numbers of people who share a name and of one of whom there was an alert: by these its record tells them apart.
    pub(super) async fn forget_numbers(&mut self, deployment: DeploymentId) -> Result<()> {
        let sql = "delete from namesakes where deployment = ?1 and name in (
                       select n.name from namesakes n left join alerts a on a.deployment = n.deployment and a.entry = n.entry
                       where n.deployment = ?1 group by n.name
                       having count(distinct n.entry) = 1 or count(a.id) = 0)";
        sqlx::query(sql)
            .bind(deployment.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}

impl SqliteStore {
    /// Numbers people of lists from before there were numbers.
    pub(super) async fn number_what_has_no_number(&self) -> Result<()> {
        let mut tx = self.begin(&self.writer, "begin immediate").await?;
        let sql = "select e.id, e.deployment, e.name from entries e
                   where not exists (select 1 from namesakes n where n.entry = e.id) order by e.created_at, e.id";
        let rows = sqlx::query(sql).fetch_all(&mut *tx.connection).await?;
        for row in &rows {
            let (entry, deployment) = (parsed(row, "id")?, parsed(row, "deployment")?);
            match tx.open_name(deployment, entry, row.try_get("name")?) {
                Ok(name) => tx.number_namesake(deployment, entry, &name).await.map(drop)?,
                // Nobody reads these names any more, and the file must open: the deployment can still be ended.
                Err(StoreError::KeyGone | StoreError::Corrupt) => {}
                Err(error) => return Err(error),
            }
        }
        Box::new(tx).commit().await
    }
}
