//! Identifiers. Each is its own type, so that one can't stand in for another.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn new(value: Uuid) -> Self {
                Self(value)
            }

            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

uuid_id! {
    /// One authorised use of the system, bounded in place and time.
    DeploymentId,
    /// A person on a deployment's watchlist.
    EntryId,
    /// One of an entry's photographs, with its reference.
    PhotoId,
    /// One possible match put before officers.
    AlertId,
    /// A paired tablet, kiosk or laptop.
    DeviceId,
    /// A person who signs in.
    UserId,
    /// One template sent for matching. UUID version 7, made by the device; sending it twice is harmless.
    CandidateId,
    /// One face followed through consecutive frames on one device. UUID version 7, made by the device.
    TrackId,
    /// Something that a device tells of afterwards. Made by the device; telling of it twice is harmless.
    DeliveryId,
    /// Evidence of one alert that is kept beyond its deployment's end.
    HoldId,
    /// Somebody's complaint about a deployment.
    ComplaintId,
}
