//! What travels from a device to the server for matching, and back.

use serde::{Deserialize, Serialize};

use crate::id::{AlertId, CandidateId, TrackId};
use crate::shot::Shots;
use crate::template::{ModelId, PipelineVersion, TransformId};

/// One template offered for matching. It carries no pixel and no place.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    pub id: CandidateId,
    pub track: TrackId,
    /// Other faces in the same frame. Two faces are two people.
    #[serde(default)]
    pub beside: Beside,
    /// Milliseconds between the capture of the frame and the sending of this request.
    pub age_ms: u32,
    pub model: ModelId,
    pub pipeline: PipelineVersion,
    /// The deployment's transform that the template went through.
    #[serde(default)]
    pub transform: Option<TransformId>,
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

/// Tracks that are in view together with another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Vec<TrackId>, max_items = 16))]
#[serde(try_from = "Vec<TrackId>", into = "Vec<TrackId>")]
pub struct Beside(Vec<TrackId>);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a candidate names at most {most} other tracks, not {0}", most = Beside::MOST)]
pub struct BesideError(usize);

impl Beside {
    pub const MOST: usize = 16;

    /// Of more tracks than [`Beside::MOST`], the first ones.
    pub fn first_of(tracks: impl IntoIterator<Item = TrackId>) -> Self {
        Self(tracks.into_iter().take(Self::MOST).collect())
    }

    pub fn tracks(&self) -> &[TrackId] {
        &self.0
    }
}

impl TryFrom<Vec<TrackId>> for Beside {
    type Error = BesideError;

    fn try_from(tracks: Vec<TrackId>) -> Result<Self, Self::Error> {
        if tracks.len() <= Self::MOST {
            Ok(Self(tracks))
        } else {
            Err(BesideError(tracks.len()))
        }
    }
}

impl From<Beside> for Vec<TrackId> {
    fn from(beside: Beside) -> Self {
        beside.0
    }
}

/// The answer to a candidate: empty below the threshold, without a nearest name or a score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CandidateReply {
    /// Alerts that this track has raised and that still wait for a crop of the face.
    pub crops_wanted: Vec<AlertId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_candidate_names_a_bounded_number_of_other_tracks() {
        let tracks = |count: u128| (0..count).map(|n| TrackId::new(Uuid::from_u128(n)));
        assert!(Beside::try_from(tracks(16).collect::<Vec<_>>()).is_ok());
        assert_eq!(Beside::try_from(tracks(17).collect::<Vec<_>>()), Err(BesideError(17)));
        assert_eq!(Beside::first_of(tracks(40)), Beside::first_of(tracks(16)));
    }
}
