//! How often a tracker confuses people who walk, cross and hide each other, on made-up scenes whose truth is known:
//! cargo xtask bench tracker.
#![allow(clippy::unwrap_used, reason = "a measurement that can't go on stops")]

use std::collections::{HashMap, HashSet};

use uuid::Uuid;
use vedette_core::detect::Detection;
use vedette_core::geometry::{Landmarks, Point, Rect};
use vedette_core::track::{Ids, Millis, Tracker};

const SCENES: u64 = 400;
const SECONDS: f64 = 12.0;
/// The frame, pixels.
const WIDTH: f32 = 640.0;

struct Counter(u128);

impl Ids for Counter {
    fn next(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

/// xorshift64.
struct Random(u64);

impl Random {
    /// 0..1.
    fn unit(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }

    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }
}

/// Walks across the frame; a nearer one is larger and faster.
struct Walker {
    from: f32,
    y: f32,
    width: f32,
    /// Pixels a second.
    speed: f32,
    starts: f32,
    sway: f32,
}

impl Walker {
    fn new(random: &mut Random) -> Self {
        let width = random.between(50.0, 120.0);
        let speed = width * random.between(1.0, 2.0) * if random.unit() < 0.5 { 1.0 } else { -1.0 };
        Self {
            from: if speed > 0.0 { -width } else { WIDTH },
            y: random.between(150.0, 230.0),
            width,
            speed,
            starts: random.between(0.0, 5.0),
            sway: random.between(0.0, 0.06),
        }
    }

    fn rect(&self, second: f32) -> Option<Rect> {
        let x = self.from + self.speed * (second - self.starts);
        let bob = self.width * self.sway * (second * 11.0).sin();
        let inside = second >= self.starts && x > -0.3 * self.width && x < WIDTH - 0.7 * self.width;
        inside.then_some(Rect {
            x,
            y: self.y + bob,
            width: self.width,
            height: self.width * 1.25,
        })
    }
}

/// What a detector would report: who is behind somebody is faint, then not found at all; boxes tremble; some are missed.
fn seen(walkers: &[Walker], second: f32, missed: f32, random: &mut Random) -> Vec<(usize, Detection)> {
    let present: Vec<(usize, Rect)> = walkers
        .iter()
        .enumerate()
        .filter_map(|(who, walker)| Some((who, walker.rect(second)?)))
        .collect();
    let mut found = Vec::new();
    for (who, rect) in &present {
        let nearer = present.iter().filter(|(other, r)| other != who && r.width > rect.width);
        let hidden = nearer
            .map(|(_, r)| r.intersection(rect) / rect.area())
            .fold(0.0, f32::max);
        if hidden > 0.5 || random.unit() < missed {
            continue;
        }
        let tremble = |random: &mut Random| rect.width * random.between(-0.05, 0.05);
        let grown = rect.grown(1.0 + random.between(-0.06, 0.06));
        let rect = grown.moved(tremble(random), tremble(random));
        let score = if hidden > 0.2 { 0.45 } else { 0.9 };
        found.push((
            *who,
            Detection {
                rect,
                landmarks: Landmarks::from_points([Point::new(rect.x, rect.y); 5]),
                score,
            },
        ));
    }
    // Best first, as the detector reports them.
    found.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    found
}

/// Best overlap with the last box, nothing else; confident detections only.
#[derive(Default)]
struct PlainOverlap {
    tracks: Vec<(u128, Rect, f64)>,
    last: u128,
}

impl PlainOverlap {
    fn update(&mut self, found: &[Detection], now: f64) -> Vec<Option<u128>> {
        self.tracks.retain(|(_, _, seen)| now - seen <= 700.0);
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for (t, (_, rect, _)) in self.tracks.iter().enumerate() {
            for (d, detection) in found.iter().enumerate().filter(|(_, d)| d.is_confident()) {
                let overlap = rect.iou(&detection.rect);
                if overlap >= 0.25 {
                    pairs.push((overlap, t, d));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut taken, mut assigned) = (HashSet::new(), vec![None; found.len()]);
        for (_, t, d) in pairs {
            if assigned[d].is_none() && taken.insert(t) {
                self.tracks[t] = (self.tracks[t].0, found[d].rect, now);
                assigned[d] = Some(self.tracks[t].0);
            }
        }
        for (track, detection) in assigned
            .iter_mut()
            .zip(found)
            .filter(|(t, d)| t.is_none() && d.is_confident())
        {
            self.last += 1;
            self.tracks.push((self.last, detection.rect, now));
            *track = Some(self.last);
        }
        assigned
    }
}

#[derive(Default)]
struct Tally {
    people: usize,
    tracks: usize,
    /// A person's detections went on under another track.
    switches: usize,
    /// Tracks that held more than one person: templates of two people would be fused.
    mixed: usize,
}

impl Tally {
    fn scene(&mut self, frames: &[Vec<(usize, Option<u128>)>]) {
        let (mut last, mut held): (HashMap<usize, u128>, HashMap<u128, HashSet<usize>>) = Default::default();
        for (who, track) in frames
            .iter()
            .flatten()
            .filter_map(|(who, track)| Some((who, (*track)?)))
        {
            if last.insert(*who, track).is_some_and(|before| before != track) {
                self.switches += 1;
            }
            held.entry(track).or_default().insert(*who);
        }
        self.people += last.len();
        self.tracks += held.len();
        self.mixed += held.values().filter(|people| people.len() > 1).count();
    }
}

fn main() {
    println!("{SCENES} scenes of {SECONDS} s, walkers with known truth; a tenth of the faces missed at random\n");
    println!(
        "{:>7} {:>7} | {:>34} | {:>34}",
        "people", "frames", "tracks, switches, mixed: this", "plain overlap"
    );
    for people in [1, 2, 5, 8] {
        for rate in [15.0, 8.0, 4.0] {
            let (mut ours, mut plain) = (Tally::default(), Tally::default());
            for scene in 0..SCENES {
                let mut random = Random((scene + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
                let walkers: Vec<Walker> = (0..people).map(|_| Walker::new(&mut random)).collect();
                let (mut tracker, mut overlap, mut ids) = (Tracker::<()>::new(), PlainOverlap::default(), Counter(0));
                let (mut of_ours, mut of_plain) = (Vec::new(), Vec::new());
                for frame in 0..(SECONDS * rate) as u32 {
                    let now = f64::from(frame) * 1000.0 / rate;
                    let found = seen(&walkers, now as f32 / 1000.0, 0.1, &mut random);
                    let detections: Vec<Detection> = found.iter().map(|(_, d)| *d).collect();
                    let (indices, _) = tracker.update(&detections, Millis(now), &mut ids);
                    let names = indices
                        .iter()
                        .map(|i| i.map(|i| tracker.tracks()[i].id.as_uuid().as_u128()));
                    of_ours.push(found.iter().map(|(who, _)| *who).zip(names).collect());
                    let names = overlap.update(&detections, now);
                    of_plain.push(found.iter().map(|(who, _)| *who).zip(names).collect());
                }
                ours.scene(&of_ours);
                plain.scene(&of_plain);
            }
            let shown = |t: &Tally| {
                format!(
                    "{:.2} a person, {:>5}, {:>5}",
                    t.tracks as f64 / t.people as f64,
                    t.switches,
                    t.mixed
                )
            };
            println!(
                "{people:>7} {:>5}/s | {:>34} | {:>34}",
                rate,
                shown(&ours),
                shown(&plain)
            );
        }
    }
}
