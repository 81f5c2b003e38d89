use async_trait::async_trait;
use vedette_core::id::DeploymentId;
use vedette_core::transform::Seed;

use super::SqliteTransaction;
use crate::row::DeploymentRow;
use crate::{Result, StoreError, Transforms};

#[async_trait]
impl Transforms for SqliteTransaction {
    async fn transform_seed(&mut self, deployment: &DeploymentRow) -> Result<Option<Seed>> {
        let Some(id) = &deployment.space.transform else {
            return Ok(None);
        };
        let seed = self.vault()?.key(deployment.id)?.transform_seed()?;
        // Another seed would make templates that match nobody, and nobody would notice.
        match seed.id() == *id {
            true => Ok(Some(seed)),
            false => Err(StoreError::Corrupt),
        }
    }
}

impl SqliteTransaction {
    /// For a deployment that has its key and no template yet.
    pub(super) async fn give_transform(&mut self, deployment: DeploymentId) -> Result<()> {
        let seed = self.vault()?.key(deployment)?.transform_seed()?;
        sqlx::query("update deployments set transform = ? where id = ?")
            .bind(seed.id().to_string())
            .bind(deployment.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
