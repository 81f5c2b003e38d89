use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vedette_core::id::{DeploymentId, DeviceId};
use vedette_core::zone::ZoneParts;

use super::Named;
use crate::domain::deployment::LaneShut;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Kiosk {
    pub(crate) device: Named<DeviceId>,
    pub(crate) lane: Lane,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "one is made for an answer, and goes with it")]
pub(crate) enum Lane {
    Closed {
        /// For staff.
        why: LaneShut,
    },
    Open {
        deployment: DeploymentId,
        name: String,
        place: String,
        /// An operation's. An exercise with volunteers has none.
        purpose: Option<String>,
        controller: Controller,
        ends_at: Timestamp,
        zone: ZoneParts,
    },
}

/// Who is responsible, as far as the public is told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Controller {
    pub(crate) name: String,
    /// In Welsh.
    pub(crate) name_cy: Option<String>,
    pub(crate) contact: String,
    pub(crate) privacy_url: Option<String>,
}
