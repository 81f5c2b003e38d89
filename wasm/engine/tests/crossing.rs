//! Three people walk past each other and hide each other, on frames made of the fixture photographs: real detections, and
//! the truth is known.

mod common;

use std::collections::{BTreeSet, HashMap, HashSet};

use uuid::Uuid;
use vedette_core::calibration::Target;
use vedette_core::detect::InputSide;
use vedette_core::geometry::{Point, Size};
use vedette_core::id::TrackId;
use vedette_core::image::{Frame, Layout, Rgb};
use vedette_core::track::{Ids, Millis};
use vedette_engine::Pipeline;

use common::{engine, entry, photo, root, watchlist};

const FRAME: Size = Size {
    width: 960,
    height: 720,
};
const FRAMES: u32 = 90;
const PER_SECOND: f64 = 10.0;

struct Counter(u128);

impl Ids for Counter {
    fn next(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

struct Walker {
    name: &'static str,
    picture: Rgb,
    /// The face's centre in the picture, pixels.
    face: Point,
    /// The picture's left edge in the first frame, and its step from frame to frame, pixels.
    start: f32,
    step: f32,
    top: i32,
}

impl Walker {
    fn left(&self, frame: u32) -> i32 {
        (self.start + self.step * frame as f32).round() as i32
    }

    fn centre(&self, frame: u32) -> Point {
        Point::new(self.left(frame) as f32 + self.face.x, self.top as f32 + self.face.y)
    }
}

/// Later walkers stand in front.
fn drawn(walkers: &[Walker], frame: u32) -> Vec<u8> {
    let mut pixels = [120, 120, 124, 255].repeat(FRAME.width as usize * FRAME.height as usize);
    for walker in walkers {
        let size = walker.picture.size();
        let source = walker.picture.to_rgba();
        for (y, row) in source.chunks_exact(size.width as usize * 4).enumerate() {
            let line = y as i32 + walker.top;
            if !(0..FRAME.height as i32).contains(&line) {
                continue;
            }
            for (x, pixel) in row.as_chunks::<4>().0.iter().enumerate() {
                let column = x as i32 + walker.left(frame);
                if (0..FRAME.width as i32).contains(&column) {
                    let at = (line as usize * FRAME.width as usize + column as usize) * 4;
                    pixels[at..at + 4].copy_from_slice(pixel);
                }
            }
        }
    }
    pixels
}

#[test]
fn people_who_cross_keep_their_tracks_and_are_not_taken_for_each_other() {
    let (mut detector, embedder) = engine();
    let mut walker = |name, side, start, step, top| {
        let picture = photo(&root("tests/golden").join(name)).at_most(side);
        let face = detector.detect(&picture, InputSide::PHOTO).unwrap()[0].rect.centre();
        Walker {
            name,
            picture,
            face,
            start,
            step,
            top,
        }
    };
    let walkers = [
        walker("astronaut.png", 345, 960.0, -15.0, 195),
        walker("biden.png", 390, -300.0, 13.5, 165),
        walker("obama3.png", 450, 990.0, -18.0, 135),
    ];
    let reference = {
        let image = photo(&root("tests/golden/obama.png"));
        let face = detector.detect(&image, InputSide::PHOTO).unwrap()[0];
        embedder.embed_face(&image, &face.landmarks).unwrap()
    };
    let mut list = watchlist(Target::DEFAULT, [&reference]);
    let mut pipeline = Pipeline::new(detector, embedder);
    let mut ids = Counter(0);

    let mut of_person: HashMap<&str, Vec<TrackId>> = HashMap::new();
    let mut on_track: HashMap<TrackId, BTreeSet<&str>> = HashMap::new();
    let mut templates: HashMap<TrackId, usize> = HashMap::new();
    let mut matched: HashSet<TrackId> = HashSet::new();
    for frame in 0..FRAMES {
        let pixels = drawn(&walkers, frame);
        let image = Frame::new(&pixels, Layout::Rgba, FRAME).unwrap();
        let now = Millis(f64::from(frame) * 1000.0 / PER_SECOND);
        let step = pipeline.step(&image, now, &mut ids).unwrap();
        for face in &step.faces {
            let away = |w: &&Walker| w.centre(frame).distance(face.detection.rect.centre());
            let nearest = walkers.iter().min_by(|a, b| away(a).total_cmp(&away(b))).unwrap();
            // The astronaut's helmet is taken for a face now and then.
            if away(&nearest) > 60.0 {
                continue;
            }
            of_person.entry(nearest.name).or_default().push(face.track);
            on_track.entry(face.track).or_default().insert(nearest.name);
        }
        for shot in &step.shots {
            *templates.entry(shot.track).or_default() += 1;
            if list
                .search(&shot.template, shot.shots)
                .unwrap()
                .iter()
                .any(|m| m.entry == entry(0))
            {
                matched.insert(shot.track);
            }
        }
    }

    for walker in &walkers {
        let tracks = &of_person[walker.name];
        let switches = tracks.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let own: BTreeSet<_> = tracks.iter().collect();
        println!(
            "{}: seen in {} of {FRAMES} frames, {} tracks, {switches} switches",
            walker.name,
            tracks.len(),
            own.len()
        );
        assert_eq!((own.len(), switches), (1, 0), "{}", walker.name);
    }
    println!(
        "templates a track: {:?}; tracks that match: {}",
        templates.values().collect::<Vec<_>>(),
        matched.len()
    );
    assert!(on_track.values().all(|people| people.len() == 1), "{on_track:?}");
    assert!(templates.values().all(|count| *count <= 3));
    assert!(!matched.is_empty(), "the listed person matches");
    for track in &matched {
        assert_eq!(on_track[track].iter().collect::<Vec<_>>(), [&"obama3.png"]);
    }
}
