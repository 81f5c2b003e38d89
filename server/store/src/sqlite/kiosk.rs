use async_trait::async_trait;
use sqlx::Row as _;
use vedette_core::id::{DeploymentId, DeviceId};

use super::SqliteTransaction;
use super::read::parsed;
use crate::row::{Digest, KioskRow};
use crate::{Kiosks, Result, StoreError};

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

    async fn kiosks(&mut self) -> Result<Vec<KioskRow>> {
        let sql = "select d.id as device, (select s.kiosk from sessions s where s.device = d.id and s.kiosk is not null
                   order by s.created_at desc limit 1) as deployment from devices d where d.kiosk = 1";
        let rows = sqlx::query(sql).fetch_all(&mut *self.connection).await?;
        rows.iter()
            .map(|row| {
                let deployment = row.try_get::<Option<&str>, _>("deployment")?;
                Ok(KioskRow {
                    device: parsed(row, "device")?,
                    deployment: deployment
                        .map(str::parse)
                        .transpose()
                        .map_err(|_| StoreError::Corrupt)?,
                })
            })
            .collect()
    }

    async fn leave_kiosk(&mut self, device: DeviceId) -> Result<bool> {
        self.mark_kiosk(device, false).await
    }
}
