use async_trait::async_trait;
use jiff::Timestamp;
use vedette_core::id::DeliveryId;

use super::SqliteTransaction;
use crate::{Deliveries, Result};

#[async_trait]
impl Deliveries for SqliteTransaction {
    async fn take_delivery(&mut self, id: DeliveryId, at: Timestamp) -> Result<bool> {
        let done = sqlx::query("insert into deliveries (id, at) values (?, ?) on conflict (id) do nothing")
            .bind(id.to_string())
            .bind(at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn forget_deliveries_before(&mut self, at: Timestamp) -> Result<()> {
        sqlx::query("delete from deliveries where at < ?")
            .bind(at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
