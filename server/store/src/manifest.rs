//! Who was on which list, once the list is gone. Without names, images and templates.

use jiff::Timestamp;
use vedette_core::id::{DeploymentId, EntryId, PhotoId};

use crate::row::Digest;

#[derive(Clone, PartialEq)]
pub struct ManifestRow {
    pub entry: EntryId,
    pub deployment: DeploymentId,
    /// The person's number in the system that the entry came from.
    pub nominal_id: String,
    pub category: String,
    pub added_at: Timestamp,
    /// Nothing while it is on the list.
    pub removed_at: Option<Timestamp>,
    /// Oldest first.
    pub images: Vec<ManifestImage>,
}

impl std::fmt::Debug for ManifestRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ManifestRow")
            .field("entry", &self.entry)
            .field("deployment", &self.deployment)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ManifestImage {
    pub photo: PhotoId,
    /// Of the crop as it was kept.
    pub sha256: Digest,
    pub added_at: Timestamp,
    pub removed_at: Option<Timestamp>,
}
