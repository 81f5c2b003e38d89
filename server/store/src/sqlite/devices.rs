use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::DeviceId;

use super::SqliteTransaction;
use super::read::{parsed, text, time, time_if_any};
use crate::row::{DeviceRow, Digest, PairingCodeRow};
use crate::{Devices, Result};

fn device(row: &SqliteRow) -> Result<DeviceRow> {
    Ok(DeviceRow {
        id: parsed(row, "id")?,
        name: text(row, "name")?,
        paired_at: time(row, "paired_at")?,
        revoked_at: time_if_any(row, "revoked_at")?,
    })
}

#[async_trait]
impl Devices for SqliteTransaction {
    async fn devices(&mut self) -> Result<Vec<DeviceRow>> {
        let sql = "select id, name, paired_at, revoked_at from devices order by paired_at desc, id desc";
        sqlx::query(sql)
            .fetch_all(&mut *self.connection)
            .await?
            .iter()
            .map(device)
            .collect()
    }

    async fn device_by_token(&mut self, token: Digest) -> Result<Option<DeviceRow>> {
        let sql = "select id, name, paired_at, revoked_at from devices where token = ?";
        let row = sqlx::query(sql)
            .bind(token.0.to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(device).transpose()
    }

    async fn add_device(&mut self, device: &DeviceRow, token: Digest) -> Result<()> {
        sqlx::query("insert into devices (id, name, token, paired_at) values (?, ?, ?, ?)")
            .bind(device.id.to_string())
            .bind(device.name.clone())
            .bind(token.0.to_vec())
            .bind(device.paired_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn revoke_device(&mut self, device: DeviceId, at: Timestamp) -> Result<bool> {
        let done = sqlx::query("update devices set revoked_at = ? where id = ? and revoked_at is null")
            .bind(at.as_millisecond())
            .bind(device.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn add_pairing_code(&mut self, code: &PairingCodeRow) -> Result<()> {
        sqlx::query("insert into pairing_codes (code, device_name, expires_at) values (?, ?, ?)")
            .bind(code.code.0.to_vec())
            .bind(code.device_name.clone())
            .bind(code.expires_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn take_pairing_code(&mut self, code: Digest) -> Result<Option<PairingCodeRow>> {
        let sql = "delete from pairing_codes where code = ? returning device_name, expires_at";
        let row = sqlx::query(sql)
            .bind(code.0.to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| {
            Ok(PairingCodeRow {
                code,
                device_name: text(&row, "device_name")?,
                expires_at: time(&row, "expires_at")?,
            })
        })
        .transpose()
    }

    async fn remove_pairing_codes_before(&mut self, expiry: Timestamp) -> Result<()> {
        sqlx::query("delete from pairing_codes where expires_at <= ?")
            .bind(expiry.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
