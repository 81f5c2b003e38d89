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

/// Written down while the device had no server.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Offline {
    /// Made by the device; the same one is taken once.
    pub(crate) id: DeliveryId,
    /// Since then. At most a day.
    pub(crate) age_ms: u64,
}
