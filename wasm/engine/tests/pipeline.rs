//! The pipeline on frames of one person.

mod common;

use uuid::Uuid;
use vedette_core::detect::InputSide;
use vedette_core::geometry::Size;
use vedette_core::image::{Frame, Layout, Rgb};
use vedette_core::track::{Ids, Millis};
use vedette_engine::{FaceState, Pipeline};

use common::{engine, photo, rgba, root};

struct Counter(u128);

impl Ids for Counter {
    fn next(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

#[test]
fn the_picture_behind_a_template_shows_the_face_in_its_middle() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::new(detector, embedder);
    for name in ["obama3.png", "biden.png", "astronaut.png"] {
        let (pixels, size) = rgba(&root("tests/golden").join(name));
        let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
        let step = pipeline.step(&frame, Millis(0.0), &mut Counter(0)).unwrap();
        let shot = step.shots.first().unwrap();
        let picture: Rgb = pipeline.picture(shot.id).unwrap().clone();
        let found = pipeline.networks().0.detect(&picture, InputSide::LIVE).unwrap();
        let (face, whole) = (found.first().unwrap().rect, picture.size());
        let centre = face.centre();
        assert!(
            (centre.x / whole.width as f32 - 0.5).abs() < 0.1,
            "{name}: {face:?} in {whole:?}"
        );
        assert!(
            (centre.y / whole.height as f32 - 0.5).abs() < 0.1,
            "{name}: {face:?} in {whole:?}"
        );
        pipeline.reset();
        assert!(pipeline.picture(shot.id).is_none());
    }
}

#[test]
fn a_person_who_stays_is_one_track_with_at_most_three_templates() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::new(detector, embedder);
    let mut ids = Counter(0);
    let (pixels, size) = rgba(&root("tests/golden/biden.png"));
    let (mut tracks, mut shots) = (std::collections::BTreeSet::new(), 0);
    for number in 0..60 {
        let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
        let step = pipeline
            .step(&frame, Millis(f64::from(number) * 100.0), &mut ids)
            .unwrap();
        tracks.extend(step.faces.iter().map(|f| f.track));
        shots += step.shots.len();
        assert!(
            step.faces
                .iter()
                .all(|f| !matches!(f.state, FaceState::NotAssessable(_)))
        );
    }
    assert_eq!(tracks.len(), 1);
    assert!((1..=3).contains(&shots), "{shots}");
    let nobody = vec![90; pixels.len()];
    let frame = Frame::new(&nobody, Layout::Rgba, size).unwrap();
    let step = pipeline.step(&frame, Millis(8_000.0), &mut ids).unwrap();
    assert_eq!(step.ended.len(), 1);
    assert!(step.ended[0].1);
}

#[test]
fn a_person_whose_templates_could_not_be_sent_is_offered_until_one_is() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::new(detector, embedder);
    let mut ids = Counter(0);
    let (pixels, size) = rgba(&root("tests/golden/biden.png"));
    let (mut failed, mut sent) = (0, 0);
    for number in 0..40 {
        let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
        let now = Millis(f64::from(number) * 400.0);
        for shot in pipeline.step(&frame, now, &mut ids).unwrap().shots {
            if failed < 5 {
                failed += 1;
                pipeline.unsent(shot.track);
            } else {
                sent += 1;
            }
        }
    }
    assert_eq!(failed, 5, "the server was away for five shots");
    assert!((1..=3).contains(&sent), "{sent}");
}

/// Pictures side by side on grey, each with its top left corner at the given place.
fn scene(size: Size, pictures: &[(&Rgb, u32, u32)]) -> Vec<u8> {
    let mut pixels = [90, 90, 90, 255].repeat(size.width as usize * size.height as usize);
    for (picture, left, top) in pictures {
        let width = picture.size().width as usize * 4;
        for (y, row) in picture.to_rgba().chunks_exact(width).enumerate() {
            let start = ((*top as usize + y) * size.width as usize + *left as usize) * 4;
            pixels[start..start + width].copy_from_slice(row);
        }
    }
    pixels
}

#[test]
fn two_people_who_arrive_together_are_compared_one_a_frame() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::new(detector, embedder);
    let (one, other) = (
        photo(&root("tests/golden/biden.png")).at_most(400),
        photo(&root("tests/golden/obama3.png")).at_most(400),
    );
    let size = Size {
        width: 900,
        height: 440,
    };
    let pixels = scene(size, &[(&one, 20, 20), (&other, 460, 20)]);
    let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
    let mut ids = Counter(0);
    let first = pipeline.step(&frame, Millis(0.0), &mut ids).unwrap();
    let second = pipeline.step(&frame, Millis(100.0), &mut ids).unwrap();
    assert_eq!((first.faces.len(), first.shots.len(), second.shots.len()), (2, 1, 1));
    assert_ne!(first.shots[0].track, second.shots[0].track);
    assert_ne!(first.shots[0].id, second.shots[0].id);
    assert_eq!(first.shots[0].beside.tracks(), [second.shots[0].track]);
    assert_eq!(second.shots[0].beside.tracks(), [first.shots[0].track]);
}

#[test]
fn a_picture_is_gone_when_answered_and_after_five_seconds() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::new(detector, embedder);
    let (pixels, size) = rgba(&root("tests/golden/biden.png"));
    let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
    let nobody = vec![90; pixels.len()];
    let empty = Frame::new(&nobody, Layout::Rgba, size).unwrap();
    let mut ids = Counter(0);
    let answered = pipeline.step(&frame, Millis(0.0), &mut ids).unwrap().shots[0].id;
    assert!(pipeline.picture(answered).is_some());
    pipeline.forget(answered);
    assert!(pipeline.picture(answered).is_none());

    pipeline.reset();
    let unanswered = pipeline.step(&frame, Millis(1_000.0), &mut ids).unwrap().shots[0].id;
    pipeline.step(&empty, Millis(5_900.0), &mut ids).unwrap();
    assert!(pipeline.picture(unanswered).is_some());
    pipeline.step(&empty, Millis(6_100.0), &mut ids).unwrap();
    assert!(pipeline.picture(unanswered).is_none());
}

#[test]
fn a_larger_side_finds_smaller_faces() {
    let size = Size {
        width: 640,
        height: 480,
    };
    let far = photo(&root("tests/golden/biden.png")).at_most(88);
    let pixels = scene(size, &[(&far, 300, 200)]);
    let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
    let faces = |side| {
        let (detector, embedder) = engine();
        let mut pipeline = Pipeline::new(detector, embedder).with_side(side);
        pipeline.step(&frame, Millis(0.0), &mut Counter(0)).unwrap().faces.len()
    };
    assert_eq!(faces(InputSide::LIVE), 0);
    assert_eq!(faces(InputSide::PHOTO), 1);
}
