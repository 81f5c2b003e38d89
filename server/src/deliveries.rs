//! Takes once what is sent again because no answer was heard.

use jiff::Timestamp;
use vedette_core::id::DeliveryId;
use vedette_store::row::Taken;
use vedette_store::{StoreError, Transaction};

use crate::domain::delivery::Said;

#[derive(Debug, thiserror::Error)]
pub(crate) enum DeliveryError {
    #[error(
        "Something else was sent under the same number before, so this was not taken. Reload the page, and send it anew."
    )]
    SomethingElse,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

/// False when the same was taken under that number before. Goes into the transaction of what it brings about.
pub(crate) async fn take(
    tx: &mut dyn Transaction,
    number: DeliveryId,
    said: Said<'_>,
    now: Timestamp,
) -> Result<bool, DeliveryError> {
    let said = said.bytes();
    let said = said.map_err(|_| StoreError::Other("a delivery that can't be written".into()))?;
    match tx.take_delivery(number, &said, now).await? {
        Taken::Now => Ok(true),
        Taken::Before => Ok(false),
        Taken::ForSomethingElse => Err(DeliveryError::SomethingElse),
    }
}
