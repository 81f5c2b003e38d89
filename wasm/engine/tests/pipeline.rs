//! The pipeline on frames of one person.

mod common;

use std::sync::Arc;

use uuid::Uuid;
use vedette_core::detect::{Detection, InputSide};
use vedette_core::geometry::Size;
use vedette_core::image::{Frame, Layout, Rgb};
use vedette_core::shot::Shots;
use vedette_core::track::{Ids, Millis};
use vedette_core::transform::{Seed, Transform};
use vedette_core::zone::{Corner, Outside, Zone, ZoneParts};
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
        let found = pipeline
            .networks()
            .unwrap()
            .0
            .detect(&picture, InputSide::CLOSE)
            .unwrap();
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
fn r102_shots_are_of_the_deployments_space_and_never_fused_with_those_before() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::new(detector, embedder);
    let mut ids = Counter(0);
    let (pixels, size) = rgba(&root("tests/golden/biden.png"));
    let mut shot = |pipeline: &mut Pipeline, at: f64| {
        let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
        let mut step = pipeline.step(&frame, Millis(at), &mut ids).unwrap();
        step.shots.pop().unwrap()
    };
    let own = shot(&mut pipeline, 0.0);
    for (number, at) in [(1, 100.0), (2, 200.0)] {
        let seed = Seed::new(&[number; Seed::BYTES]).unwrap();
        pipeline.set_transform(Some(Arc::new(Transform::new(&seed, 128))));
        assert!(pipeline.picture(own.id).is_none(), "what was seen before is forgotten");
        let next = shot(&mut pipeline, at);
        assert_eq!(next.template.space().transform, Some(seed.id()));
        assert_eq!(next.shots, Shots::ONE);
        assert_ne!(next.track, own.track);
    }
    pipeline.set_transform(None);
    assert_eq!(shot(&mut pipeline, 300.0).template.space(), own.template.space());
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

/// A rectangle, and the range of widths.
#[allow(clippy::unwrap_used)]
fn zone((left, top, right, bottom): (f32, f32, f32, f32), smallest: f32, largest: f32) -> Zone {
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    Zone::new(ZoneParts {
        corners: corners.map(|(x, y)| Corner { x, y }).to_vec(),
        smallest,
        largest,
    })
    .unwrap()
}

const LEFT: (f32, f32, f32, f32) = (0.0, 0.0, 0.5, 1.0);
const RIGHT: (f32, f32, f32, f32) = (0.5, 0.0, 1.0, 1.0);

#[test]
fn a_face_outside_the_zone_is_followed_and_never_embedded() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::new(detector, embedder);
    let mut ids = Counter(0);
    let (pixels, size) = rgba(&root("tests/golden/biden.png"));
    let one = photo(&root("tests/golden/biden.png"));
    let wide = Size {
        width: size.width * 2,
        ..size
    };
    let pixels_wide = scene(wide, &[(&one, 0, 0)]);
    drop(pixels);
    let frame = Frame::new(&pixels_wide, Layout::Rgba, wide).unwrap();
    let width = {
        let face = pipeline.networks().unwrap().0.detect(&one, InputSide::PHOTO).unwrap()[0];
        face.rect.width / wide.width.max(wide.height) as f32
    };
    let mut now = 0.0;
    let mut look = |zone, frames| {
        pipeline.set_zone(zone);
        let mut steps = Vec::new();
        for _ in 0..frames {
            now += 400.0;
            steps.push(pipeline.step(&frame, Millis(now), &mut ids).unwrap());
        }
        steps
    };
    let apart = [
        (zone(RIGHT, 0.05, 1.0), Outside::Place),
        (zone(LEFT, width * 1.2, 1.0), Outside::TooSmall),
        (zone(LEFT, 0.03, width * 0.8), Outside::TooLarge),
    ];
    let mut tracks = std::collections::BTreeSet::new();
    for (zone, why) in apart {
        for step in look(zone, 6) {
            assert!(step.shots.is_empty());
            assert_eq!(step.faces.len(), 1);
            assert_eq!(step.faces[0].state, FaceState::Outside(why));
            tracks.insert(step.faces[0].track);
        }
    }
    let inside = look(zone(LEFT, width * 0.8, width * 1.2), 2);
    assert_eq!(inside[0].shots.len(), 1);
    tracks.insert(inside[0].shots[0].track);
    assert_eq!(tracks.len(), 1, "who steps in was followed before");
}

#[test]
fn a_face_that_was_never_in_the_zone_is_not_counted() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::new(detector, embedder);
    let mut ids = Counter(0);
    let one = photo(&root("tests/golden/biden.png"));
    let wide = Size {
        width: one.size().width * 2,
        ..one.size()
    };
    let (somebody, nobody) = (scene(wide, &[(&one, 0, 0)]), scene(wide, &[]));
    let mut now = 0.0;
    let mut passes = |zone| {
        pipeline.set_zone(zone);
        let mut ended = 0;
        for pixels in [&somebody, &somebody, &nobody, &nobody] {
            now += 1_000.0;
            let frame = Frame::new(pixels, Layout::Rgba, wide).unwrap();
            ended += pipeline.step(&frame, Millis(now), &mut ids).unwrap().ended.len();
        }
        ended
    };
    assert_eq!(passes(zone(RIGHT, 0.05, 1.0)), 0);
    assert_eq!(passes(zone(LEFT, 0.05, 1.0)), 1);
}

#[test]
fn the_smallest_face_that_a_zone_asks_for_is_found() {
    let size = Size {
        width: 1280,
        height: 720,
    };
    let whole = (0.0, 0.0, 1.0, 1.0);
    for name in ["biden.png", "obama3.png", "astronaut.png"] {
        let near = photo(&root("tests/golden").join(name));
        let (detector, embedder) = engine();
        let mut pipeline = Pipeline::new(detector, embedder);
        let face = pipeline.networks().unwrap().0.detect(&near, InputSide::PHOTO).unwrap()[0];
        for smallest in [0.025, 0.03, 0.04, 0.05] {
            let longest = near.size().width.max(near.size().height) as f32;
            let far = near.at_most((longest * smallest * 1.2 * 1280.0 / face.rect.width) as u32);
            let pixels = scene(size, &[(&far, 640, 0)]);
            let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
            pipeline.reset();
            pipeline.set_zone(zone(whole, smallest, 1.0));
            let step = pipeline.step(&frame, Millis(0.0), &mut Counter(0)).unwrap();
            let found = step
                .faces
                .iter()
                .filter(|face| !matches!(face.state, FaceState::Outside(_)));
            assert_eq!(found.count(), 1, "{name} at {smallest}: {:?}", step.faces);
        }
    }
}

#[test]
fn a_far_face_is_looked_at_again_from_close_by() {
    let size = Size {
        width: 1280,
        height: 720,
    };
    let (mut detector, embedder) = engine();
    for name in ["biden.png", "obama3.png", "astronaut.png"] {
        let near = photo(&root("tests/golden").join(name));
        let face = detector.detect(&near, InputSide::PHOTO).unwrap()[0];
        let reference = embedder.embed_face(&near, &face.landmarks).unwrap();
        let longest = near.size().width.max(near.size().height) as f32;
        let far = near.at_most((longest * 70.0 / face.rect.width) as u32);
        let pixels = scene(size, &[(&far, 640, 0)]);
        let mut image = Rgb::black(size);
        Frame::new(&pixels, Layout::Rgba, size).unwrap().to_rgb(&mut image);
        let glance = detector.detect(&image, InputSide::CLOSE).unwrap()[0];
        let again = detector.look_again(&image, &glance, InputSide::CLOSE).unwrap();
        let score = |face: &Detection| {
            let probe = embedder.embed_face(&image, &face.landmarks).unwrap();
            reference.compare(&probe).unwrap().get()
        };
        println!(
            "{name}: {:.3} at a glance, {:.3} looked at again",
            score(&glance),
            score(&again)
        );
        assert!(score(&again) > score(&glance).min(0.85), "{name}");
        assert_eq!((again.rect, again.score), (glance.rect, glance.score));
    }
}

/// One pipeline with its embedder, and one whose embedder is elsewhere and answers after so many frames.
#[test]
fn an_embedder_elsewhere_makes_the_same_templates_of_the_same_faces() {
    let (detector, embedder) = engine();
    let mut here = Pipeline::new(detector, embedder);
    let (detector, embedder) = engine();
    let mut beside = Pipeline::beside(detector, embedder.space());
    let (pixels, size) = rgba(&root("tests/golden/biden.png"));
    let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
    let (mut ids, mut others) = (Counter(0), Counter(0));
    for number in 0..20 {
        let now = Millis(f64::from(number) * 100.0);
        let at_once = here.step(&frame, now, &mut ids).unwrap();
        let step = beside.step(&frame, now, &mut others).unwrap();
        assert!(step.shots.is_empty());
        assert_eq!(at_once.shots.len(), usize::from(step.aligned.is_some()));
        let Some(aligned) = step.aligned else { continue };
        let shot = beside
            .embedded(aligned.id, &embedder.embedding(&aligned.face).unwrap())
            .unwrap()
            .unwrap();
        let expected = &at_once.shots[0];
        assert_eq!(
            (shot.id, shot.track, shot.shots),
            (expected.id, expected.track, expected.shots)
        );
        assert!(shot.template == expected.template);
    }
}

#[test]
fn two_faces_at_most_are_embedded_elsewhere_and_none_that_was_forgotten() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::beside(detector, embedder.space());
    let mut ids = Counter(0);
    let (pixels, size) = rgba(&root("tests/golden/biden.png"));
    let mut at = 0.0;
    let mut step = |pipeline: &mut Pipeline| {
        at += 400.0;
        let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
        pipeline.step(&frame, Millis(at), &mut ids).unwrap()
    };
    let first = step(&mut pipeline).aligned.unwrap();
    let second = (0..10).find_map(|_| step(&mut pipeline).aligned).unwrap();
    assert!(
        (0..10).all(|_| step(&mut pipeline).aligned.is_none()),
        "the embedder has enough"
    );
    let embedding = embedder.embedding(&first.face).unwrap();
    let shot = pipeline.embedded(first.id, &embedding).unwrap().unwrap();
    assert_eq!(shot.captured, Millis(400.0));
    assert!(
        pipeline.embedded(first.id, &embedding).unwrap().is_none(),
        "it is told once"
    );
    let seed = Seed::new(&[7; Seed::BYTES]).unwrap();
    pipeline.set_transform(Some(Arc::new(Transform::new(&seed, 128))));
    assert!(
        pipeline.embedded(second.id, &embedding).unwrap().is_none(),
        "of another deployment's time"
    );
    let third = step(&mut pipeline).aligned.unwrap();
    let shot = pipeline.embedded(third.id, &embedding).unwrap().unwrap();
    assert_eq!(shot.template.space().transform, Some(seed.id()));
    assert!(pipeline.networks().is_err());
}

#[test]
fn whoever_left_while_the_embedder_worked_is_still_compared() {
    let (detector, embedder) = engine();
    let mut pipeline = Pipeline::beside(detector, embedder.space());
    let mut ids = Counter(0);
    let (pixels, size) = rgba(&root("tests/golden/biden.png"));
    let frame = Frame::new(&pixels, Layout::Rgba, size).unwrap();
    let aligned = pipeline.step(&frame, Millis(0.0), &mut ids).unwrap().aligned.unwrap();
    let nobody = vec![90; pixels.len()];
    let frame = Frame::new(&nobody, Layout::Rgba, size).unwrap();
    let gone = pipeline.step(&frame, Millis(4_000.0), &mut ids).unwrap();
    assert!(gone.ended[0].1, "it was assessable");
    let embedding = embedder.embedding(&aligned.face).unwrap();
    let shot = pipeline.embedded(aligned.id, &embedding).unwrap().unwrap();
    assert_eq!((shot.track, shot.shots), (gone.ended[0].0, Shots::ONE));
    assert!(pipeline.picture(shot.id).is_some());
}
