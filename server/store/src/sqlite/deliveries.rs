use async_trait::async_trait;
use hkdf::Hkdf;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use vedette_core::id::DeliveryId;

use super::SqliteTransaction;
use crate::row::Taken;
use crate::{Deliveries, Result};

/// What was said may be words about somebody, and outlives their keys by a day. So the number, which only the sender has, is the key
/// of its digest (HMAC-SHA-256, which is HKDF's first step), and is kept as a digest itself: nobody can try words out.
fn digests(number: DeliveryId, said: &[u8]) -> (String, Vec<u8>) {
    let number = number.as_uuid();
    let (said, _) = Hkdf::<Sha256>::extract(Some(number.as_bytes()), said);
    (hex::encode(Sha256::digest(number.as_bytes())), said.to_vec())
}

#[async_trait]
impl Deliveries for SqliteTransaction {
    async fn take_delivery(&mut self, number: DeliveryId, said: &[u8], at: Timestamp) -> Result<Taken> {
        let (id, said) = digests(number, said);
        // What was taken before digests were kept lies under the number itself, and nobody knows what it was.
        let before = sqlx::query("select said from deliveries where id in (?, ?)")
            .bind(&id)
            .bind(number.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        if let Some(row) = before {
            let known: Option<&[u8]> = row.try_get("said")?;
            return Ok(match known.is_none_or(|known| known == said) {
                true => Taken::Before,
                false => Taken::ForSomethingElse,
            });
        }
        sqlx::query("insert into deliveries (id, said, at) values (?, ?, ?)")
            .bind(id)
            .bind(said)
            .bind(at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(Taken::Now)
    }

    async fn forget_deliveries_before(&mut self, at: Timestamp) -> Result<()> {
        sqlx::query("delete from deliveries where at < ?")
            .bind(at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
