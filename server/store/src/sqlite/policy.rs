use async_trait::async_trait;
use sqlx::Row as _;

use super::SqliteTransaction;
use crate::policy::Policy;
use crate::{Policies, Result, StoreError};

#[async_trait]
impl Policies for SqliteTransaction {
    async fn policy(&mut self) -> Result<Option<Policy>> {
        let row = sqlx::query("select policy from policy")
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| serde_json::from_str(row.try_get("policy")?).map_err(|_| StoreError::Corrupt))
            .transpose()
    }

    async fn set_policy(&mut self, policy: &Policy) -> Result<()> {
        let sql =
            "insert into policy (id, policy) values (1, ?) on conflict (id) do update set policy = excluded.policy";
        let policy = serde_json::to_string(policy);
        sqlx::query(sql)
            .bind(policy.map_err(|_| StoreError::Other("a policy that can't be written".into()))?)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
