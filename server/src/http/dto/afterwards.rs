//! What a device tells of afterwards, as it travels. Ages in milliseconds, because a device's clock may be wrong.

use serde::Deserialize;
use utoipa::ToSchema;
use vedette_core::id::DeliveryId;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInterruption {
    /// Made by the device; the same one is written down once.
    pub(crate) id: DeliveryId,
    /// At most a day.
    pub(crate) began_ms_ago: u64,
    pub(crate) ended_ms_ago: u64,
}

/// Something written down, which is sent again until an answer is heard.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Delivery {
    /// Made by the device; the same one is taken once, and answered alike.
    pub(crate) id: DeliveryId,
    /// How long ago it was written down, where there was no server then. At most a day.
    #[serde(default)]
    pub(crate) age_ms: Option<u64>,
}
