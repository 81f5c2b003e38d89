//! Plans that somebody is still writing. Texts as they were typed: what a plan must say is the server's to judge, once it is
//! proposed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vedette_core::id::{DeploymentId, PlanId, UserId};

use crate::record::DocumentKind;
use crate::sketch::Sketch;

#[derive(Clone, PartialEq, Eq)]
pub struct UnfinishedPlan {
    pub id: PlanId,
    pub author: UserId,
    /// Whose plan it is to replace.
    pub deployment: Option<DeploymentId>,
    pub typed: TypedPlan,
    pub saved_at: Timestamp,
}

/// Any of it may be empty.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TypedPlan {
    pub name: String,
    pub place: String,
    /// Local date and time.
    pub starts: String,
    pub ends: String,
    pub target: String,
    pub footfall: String,
    pub purpose: String,
    pub legal_basis: String,
    pub use_case: String,
    /// One a line.
    pub cameras: String,
    pub categories: Vec<String>,
    pub necessity: String,
    pub proportionality: String,
    pub alternatives: String,
    pub single_person: String,
    pub documents: Vec<TypedDocument>,
    pub notice: String,
    pub published_on: String,
    /// As far as it is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub sketch: Option<Sketch>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TypedDocument {
    pub kind: DocumentKind,
    pub reference: String,
    pub version: String,
    pub review_by: String,
}

impl std::fmt::Debug for UnfinishedPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnfinishedPlan")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for TypedPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedPlan")
    }
}

impl std::fmt::Debug for TypedDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TypedDocument")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
