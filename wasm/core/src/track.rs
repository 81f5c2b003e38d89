//! Following faces from frame to frame, by overlap with where each is expected.

use uuid::Uuid;

use crate::detect::Detection;
use crate::id::TrackId;

/// Milliseconds since any fixed moment; only differences count.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Millis(pub f64);

impl Millis {
    pub fn since(self, earlier: Self) -> f64 {
        self.0 - earlier.0
    }
}

/// Where new identifiers come from: random numbers are a parameter.
pub trait Ids {
    /// A UUID of version 7.
    fn next(&mut self) -> Uuid;
}

/// A face that is being followed.
#[derive(Clone, Debug)]
pub struct Track<T> {
    pub id: TrackId,
    /// Of the last frame in which it was seen, in that frame's pixels.
    pub detection: Detection,
    pub seen: Millis,
    /// Pixels a millisecond.
    velocity: (f32, f32),
    /// What the caller keeps with this face.
    pub data: T,
}

/// Follows faces by where each is expected and how large it was. Confident detections are given out first; faint ones
/// only keep a track alive, as in ByteTrack (Zhang et al. 2022): a face half hidden is still there. Appearance is beyond
/// it. The limits below were chosen on the scenes of `cargo xtask bench tracker`.
#[derive(Debug)]
pub struct Tracker<T> {
    tracks: Vec<Track<T>>,
}

/// A face unseen for longer is gone. People who cross hide each other for about a second.
const LONGEST_GAP_MS: f64 = 1_500.0;
/// How far from where it is expected a face may be found, in its widths: this much at once, and more for every
/// millisecond in which it was not seen, up to the last.
const REACH: f32 = 0.4;
const REACH_PER_MS: f32 = 0.000_8;
const LONGEST_REACH: f32 = 0.8;
/// Two sizes of one face differ by less than this factor's logarithm, and more for every millisecond as well.
const SIZE_STEP: f32 = 0.2;
const SIZE_STEP_PER_MS: f32 = 0.000_1;
/// How much of a new velocity measurement is believed, 0..=1.
const VELOCITY_GAIN: f32 = 0.5;

impl<T: Default> Tracker<T> {
    pub fn new() -> Self {
        Self { tracks: Vec::new() }
    }

    /// Takes one frame's detections, faint ones included. Returns, for each detection, the index of its track in
    /// [`Tracker::tracks`] (none for a faint one that belongs to nobody), and the tracks that ended.
    pub fn update(
        &mut self,
        found: &[Detection],
        now: Millis,
        ids: &mut impl Ids,
    ) -> (Vec<Option<usize>>, Vec<Track<T>>) {
        let ended: Vec<_> = self
            .tracks
            .extract_if(.., |t| now.since(t.seen) > LONGEST_GAP_MS)
            .collect();
        let mut assigned: Vec<Option<usize>> = vec![None; found.len()];
        let mut taken = vec![false; self.tracks.len()];
        for confident in [true, false] {
            let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
            for (t, track) in self.tracks.iter().enumerate().filter(|(t, _)| !taken[*t]) {
                let offered = found.iter().enumerate().filter(|(_, d)| d.is_confident() == confident);
                pairs.extend(offered.filter_map(|(d, detection)| Some((track.distance(detection, now)?, t, d))));
            }
            pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (_, t, d) in pairs {
                if !taken[t] && assigned[d].is_none() {
                    taken[t] = true;
                    assigned[d] = Some(t);
                    self.tracks[t].see(&found[d], now);
                }
            }
        }
        for (track, detection) in assigned.iter_mut().zip(found) {
            if track.is_none() && detection.is_confident() {
                *track = Some(self.tracks.len());
                self.tracks.push(Track {
                    id: TrackId::new(ids.next()),
                    detection: *detection,
                    seen: now,
                    velocity: (0.0, 0.0),
                    data: T::default(),
                });
            }
        }
        (assigned, ended)
    }

    pub fn tracks(&self) -> &[Track<T>] {
        &self.tracks
    }

    /// The track of that id, while it is followed.
    pub fn track_of(&mut self, id: TrackId) -> Option<&mut Track<T>> {
        self.tracks.iter_mut().find(|track| track.id == id)
    }

    pub fn track_mut(&mut self, index: usize) -> Option<&mut Track<T>> {
        self.tracks.get_mut(index)
    }

    /// Forgets every face.
    pub fn clear(&mut self) {
        self.tracks.clear();
    }
}

impl<T: Default> Default for Tracker<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Track<T> {
    /// How unlike its expected place and size a detection is, 0 for none; nothing where it is out of reach.
    fn distance(&self, detection: &Detection, now: Millis) -> Option<f32> {
        let gap = now.since(self.seen) as f32;
        let (from, to) = (self.detection.rect, detection.rect);
        let expected = from.moved(self.velocity.0 * gap, self.velocity.1 * gap);
        let width = 0.5 * (from.width + to.width);
        let away = expected.centre().distance(to.centre()) / width;
        let size = (to.width / from.width).ln().abs();
        let reach = (REACH + REACH_PER_MS * gap).min(LONGEST_REACH);
        (away <= reach && size <= SIZE_STEP + SIZE_STEP_PER_MS * gap).then_some(away + size)
    }

    fn see(&mut self, detection: &Detection, now: Millis) {
        let dt = now.since(self.seen) as f32;
        if dt > 0.0 {
            let (from, to) = (self.detection.rect.centre(), detection.rect.centre());
            let blend = |old: f32, new: f32| old + VELOCITY_GAIN * (new - old);
            self.velocity = (
                blend(self.velocity.0, (to.x - from.x) / dt),
                blend(self.velocity.1, (to.y - from.y) / dt),
            );
        }
        self.detection = *detection;
        self.seen = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Landmarks, Point, Rect};
    use proptest::prelude::*;

    struct Counter(u128);

    impl Ids for Counter {
        fn next(&mut self) -> Uuid {
            self.0 += 1;
            Uuid::from_u128(self.0)
        }
    }

    fn at(x: f32) -> Detection {
        Detection {
            rect: Rect {
                x,
                y: 100.0,
                width: 100.0,
                height: 120.0,
            },
            landmarks: Landmarks::from_points([Point::new(x, 100.0); 5]),
            score: 0.9,
        }
    }

    proptest! {
        #[test]
        fn every_face_has_its_own_track_and_every_track_ends_once(
            frames in proptest::collection::vec((proptest::collection::vec(0.0f32..900.0, 0..6), 0.0f64..900.0), 1..30),
        ) {
            let (mut tracker, mut ids) = (Tracker::<()>::new(), Counter(0));
            let (mut now, mut over) = (0.0, Vec::new());
            for (xs, pause) in frames {
                now += pause;
                let found: Vec<_> = xs.into_iter().map(at).collect();
                let (mut indices, ended) = tracker.update(&found, Millis(now), &mut ids);
                for (index, detection) in indices.iter().zip(&found) {
                    prop_assert_eq!(tracker.tracks()[index.unwrap()].detection, *detection);
                }
                indices.sort_unstable();
                indices.dedup();
                prop_assert_eq!(indices.len(), found.len());
                over.extend(ended.into_iter().map(|t| t.id));
            }
            let (_, ended) = tracker.update(&[], Millis(now + 10_000.0), &mut ids);
            over.extend(ended.into_iter().map(|t| t.id));
            over.sort();
            let all = over.len();
            over.dedup();
            prop_assert_eq!((over.len(), all as u128), (all, ids.0));
            prop_assert!(tracker.tracks().is_empty());
        }
    }

    #[test]
    fn a_walking_face_keeps_its_track_over_missed_frames() {
        let (mut tracker, mut ids) = (Tracker::<()>::new(), Counter(0));
        for frame in 0..40u32 {
            let found = if (20..24).contains(&frame) {
                vec![]
            } else {
                vec![at(frame as f32 * 12.0)]
            };
            tracker.update(&found, Millis(f64::from(frame) * 100.0), &mut ids);
        }
        assert_eq!(ids.0, 1);
    }

    #[test]
    fn a_faint_face_keeps_its_track_and_makes_no_new_one() {
        let (mut tracker, mut ids) = (Tracker::<()>::new(), Counter(0));
        tracker.update(&[at(0.0)], Millis(0.0), &mut ids);
        for frame in 1..30u32 {
            let faint = |x| Detection { score: 0.4, ..at(x) };
            let (indices, _) = tracker.update(&[faint(0.0), faint(600.0)], Millis(f64::from(frame) * 100.0), &mut ids);
            assert_eq!(indices, [Some(0), None]);
        }
        assert_eq!(ids.0, 1);
    }

    #[test]
    fn two_who_cross_keep_their_tracks() {
        let (mut tracker, mut ids) = (Tracker::<()>::new(), Counter(0));
        let mut first = Vec::new();
        for frame in 0..40u32 {
            let (left, right) = (at(frame as f32 * 16.0), at(600.0 - frame as f32 * 16.0));
            // While they overlap, only the one in front is found.
            let hidden = left.rect.iou(&right.rect) > 0.2;
            let found = if hidden { vec![left] } else { vec![right, left] };
            let (indices, _) = tracker.update(&found, Millis(f64::from(frame) * 100.0), &mut ids);
            if frame == 0 {
                first.clone_from(&indices);
            } else if !hidden {
                assert_eq!(indices, first, "frame {frame}");
            }
        }
        assert_eq!(ids.0, 2);
    }

    #[test]
    fn two_faces_side_by_side_are_two_tracks() {
        let (mut tracker, mut ids) = (Tracker::<()>::new(), Counter(0));
        for frame in 0..10u32 {
            let found = if frame % 2 == 0 {
                [at(0.0), at(110.0)]
            } else {
                [at(110.0), at(0.0)]
            };
            let (indices, _) = tracker.update(&found, Millis(f64::from(frame) * 100.0), &mut ids);
            assert_ne!(indices[0], indices[1]);
        }
        assert_eq!(ids.0, 2);
    }

    #[test]
    fn a_face_that_left_ends_and_a_later_one_is_new() {
        let (mut tracker, mut ids) = (Tracker::<()>::new(), Counter(0));
        tracker.update(&[at(0.0)], Millis(0.0), &mut ids);
        let (_, ended) = tracker.update(&[at(0.0)], Millis(2000.0), &mut ids);
        assert_eq!(ended.len(), 1);
        assert_eq!(ids.0, 2);
    }
}
