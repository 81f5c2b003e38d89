use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::Row as _;
use vedette_core::id::{DeploymentId, DeviceId};

use super::SqliteTransaction;
use super::read::{parsed, time_if_any};
use crate::row::{Digest, KioskRow};
use crate::{Kiosks, Result, StoreError};

#[async_trait]
impl Kiosks for SqliteTransaction {
    async fn stand_as_kiosk(
        &mut self,
        session: Digest,
        device: DeviceId,
        deployment: DeploymentId,
        at: Timestamp,
    ) -> Result<()> {
        sqlx::query("update sessions set kiosk = ? where token = ?")
            .bind(deployment.to_string())
            .bind(session.0.to_vec())
            .execute(&mut *self.connection)
            .await?;
        sqlx::query("update devices set kiosk = 1, kiosk_deployment = ?, kiosk_since = ? where id = ?")
            .bind(deployment.to_string())
            .bind(at.as_millisecond())
            .bind(device.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn kiosks(&mut self) -> Result<Vec<KioskRow>> {
        let sql = "select id, kiosk_deployment, kiosk_since from devices where kiosk = 1";
        let rows = sqlx::query(sql).fetch_all(&mut *self.connection).await?;
        rows.iter()
            .map(|row| {
                let deployment = row.try_get::<Option<&str>, _>("kiosk_deployment")?;
                Ok(KioskRow {
                    device: parsed(row, "id")?,
                    deployment: deployment
                        .map(str::parse)
                        .transpose()
                        .map_err(|_| StoreError::Corrupt)?,
                    since: time_if_any(row, "kiosk_since")?,
                })
            })
            .collect()
    }

    async fn leave_kiosk(&mut self, device: DeviceId) -> Result<bool> {
        let sql =
            "update devices set kiosk = 0, kiosk_deployment = null, kiosk_since = null where id = ? and kiosk = 1";
        let done = sqlx::query(sql)
            .bind(device.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
