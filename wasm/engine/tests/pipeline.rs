//! The pipeline on frames of one person.

mod common;

use uuid::Uuid;
use vedette_core::image::{Frame, Layout, Rgb};
use vedette_core::track::{Ids, Millis};
use vedette_engine::{FaceState, Pipeline};

use common::{engine, rgba, root};

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
        let found = pipeline.networks().0.detect(&picture, 320).unwrap();
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
