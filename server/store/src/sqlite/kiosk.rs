use async_trait::async_trait;
use vedette_core::id::{DeploymentId, DeviceId};

use super::SqliteTransaction;
use crate::row::Digest;
use crate::{Kiosks, Result};

impl SqliteTransaction {
    async fn mark_kiosk(&mut self, device: DeviceId, kiosk: bool) -> Result<bool> {
        let done = sqlx::query("update devices set kiosk = ?1 where id = ?2 and kiosk <> ?1")
            .bind(kiosk)
            .bind(device.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

#[async_trait]
impl Kiosks for SqliteTransaction {
    async fn stand_as_kiosk(&mut self, session: Digest, device: DeviceId, deployment: DeploymentId) -> Result<()> {
        sqlx::query("update sessions set kiosk = ? where token = ?")
            .bind(deployment.to_string())
            .bind(session.0.to_vec())
            .execute(&mut *self.connection)
            .await?;
        self.mark_kiosk(device, true).await?;
        Ok(())
    }

    async fn leave_kiosk(&mut self, device: DeviceId) -> Result<bool> {
        self.mark_kiosk(device, false).await
    }
}
