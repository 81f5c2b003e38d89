//! How many templates each track has sent, in bounded memory.

use std::collections::{HashMap, VecDeque};

use vedette_core::id::{CandidateId, DeviceId, TrackId};
use vedette_core::wire::Candidate;

/// Tracks remembered per deployment. A face is in view for seconds, and this is far more than pass in that time.
const REMEMBERED: usize = 4096;

#[derive(Debug, Default)]
pub(crate) struct Tracks {
    candidates: HashMap<(DeviceId, TrackId), Vec<CandidateId>>,
    /// Oldest first.
    order: VecDeque<(DeviceId, TrackId)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    New,
    /// Sent before, and answered.
    Repeated,
    /// The track has sent as many as it may.
    Refused,
}

impl Tracks {
    pub(crate) fn admit(&mut self, device: DeviceId, track: TrackId, candidate: CandidateId) -> Admission {
        let key = (device, track);
        if let Some(known) = self.candidates.get_mut(&key) {
            if known.contains(&candidate) {
                return Admission::Repeated;
            }
            if known.len() >= Candidate::PER_TRACK {
                return Admission::Refused;
            }
            known.push(candidate);
            return Admission::New;
        }
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.candidates.remove(&oldest);
        }
        self.candidates.insert(key, vec![candidate]);
        self.order.push_back(key);
        Admission::New
    }

    /// Forgets a candidate that could not be answered, so that sending it again is worth something.
    pub(crate) fn retract(&mut self, device: DeviceId, track: TrackId, candidate: CandidateId) {
        if let Some(known) = self.candidates.get_mut(&(device, track)) {
            known.retain(|id| *id != candidate);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn ids(track: u128, candidate: u128) -> (DeviceId, TrackId, CandidateId) {
        let uuid = Uuid::from_u128;
        (
            DeviceId::new(uuid(1)),
            TrackId::new(uuid(track)),
            CandidateId::new(uuid(candidate)),
        )
    }

    fn admit(tracks: &mut Tracks, track: u128, candidate: u128) -> Admission {
        let (device, track, candidate) = ids(track, candidate);
        tracks.admit(device, track, candidate)
    }

    #[test]
    fn a_track_sends_three_templates_and_repeats_cost_nothing() {
        let mut tracks = Tracks::default();
        for candidate in [1, 2, 3] {
            assert_eq!(admit(&mut tracks, 9, candidate), Admission::New);
            assert_eq!(admit(&mut tracks, 9, candidate), Admission::Repeated);
        }
        assert_eq!(admit(&mut tracks, 9, 4), Admission::Refused);
        assert_eq!(admit(&mut tracks, 8, 4), Admission::New);
        assert_eq!(admit(&mut tracks, 9, 2), Admission::Repeated);
    }

    #[test]
    fn an_unanswered_candidate_may_come_again() {
        let mut tracks = Tracks::default();
        assert_eq!(admit(&mut tracks, 9, 1), Admission::New);
        let (device, track, candidate) = ids(9, 1);
        tracks.retract(device, track, candidate);
        assert_eq!(admit(&mut tracks, 9, 1), Admission::New);
    }

    #[test]
    fn memory_is_bounded() {
        let mut tracks = Tracks::default();
        for n in 0..3 * REMEMBERED as u128 {
            admit(&mut tracks, n, n);
        }
        assert_eq!(tracks.candidates.len(), REMEMBERED);
        assert_eq!(tracks.order.len(), REMEMBERED);
    }
}
