//! A drawing to scale of where an operation takes place. Plain data; the rules are the server's.

use serde::{Deserialize, Serialize};

/// Whole centimetres, so that what is signed is exact. Seen from above; the first corner of what is drawn is its upper left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Sketch {
    #[cfg_attr(feature = "openapi", schema(minimum = 500, maximum = 50_000))]
    pub width_cm: u32,
    #[cfg_attr(feature = "openapi", schema(minimum = 500, maximum = 50_000))]
    pub depth_cm: u32,
    /// Corners of the zone of recognition, in order along its outline, either way round.
    #[cfg_attr(feature = "openapi", schema(min_items = 3, max_items = 12))]
    pub zone: Vec<Spot>,
    /// At least one of them a camera.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 30))]
    pub marks: Vec<SketchMark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// From the left edge.
    pub x_cm: u32,
    /// From the upper edge.
    pub y_cm: u32,
}

/// Something that stands in one spot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SketchMark {
    pub kind: MarkKind,
    pub at: Spot,
    /// What it is called, or what helps to find it; empty where nothing need be said.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    Camera,
    /// Tells the public before anybody comes into the zone.
    Sign,
    /// A way on that leads past no camera.
    Exit,
}
