//! What travels from a device to the server for matching, and back.

use serde::{Deserialize, Serialize};

use crate::id::{AlertId, CandidateId, TrackId};
use crate::shot::Shots;
use crate::template::{ModelId, PipelineVersion};

/// One template offered for matching. It carries no pixel and no place.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    pub id: CandidateId,
    pub track: TrackId,
    /// Milliseconds between the capture of the frame and the sending of this request.
    pub age_ms: u32,
    pub model: ModelId,
    pub pipeline: PipelineVersion,
    /// The quality gate's score of the newest shot, 0..=1.
    pub quality: f32,
    /// How many shots of the track the template was fused from.
    pub shots: Shots,
    /// Base64 of little-endian half-precision numbers, unit length.
    pub template: String,
}

impl Candidate {
    /// A shot older than this is dropped unread: the person has left.
    pub const OLDEST_MS: u32 = 10_000;
    /// Candidates of one track beyond this many are refused.
    pub const PER_TRACK: usize = 3;
}

impl std::fmt::Debug for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Candidate")
            .field("id", &self.id)
            .field("track", &self.track)
            .finish_non_exhaustive()
    }
}

impl Drop for Candidate {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.template);
    }
}

/// The answer to a candidate: empty below the threshold, without a nearest name or a score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CandidateReply {
    /// Alerts that this track has raised and that still wait for a crop of the face.
    pub crops_wanted: Vec<AlertId>,
}
