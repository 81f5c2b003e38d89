//! What an installation allows on its watchlists. Plain data; the rules are the server's.

use serde::{Deserialize, Serialize};

use crate::particulars::Response;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The closed list: a plan's categories come from it.
    pub categories: Vec<Category>,
    /// An older image is warned about.
    pub image_age_warning_years: u8,
    /// The least quality of an image that needs no reason, 0..=1.
    pub quality_floor: f32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PolicyCategory))]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub name: String,
    /// Where a row of a list says nothing else.
    pub response: Response,
}
