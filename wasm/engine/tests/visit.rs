//! Visits to a kiosk, on heads and prints made up from the fixture faces.
#![allow(clippy::unwrap_used, reason = "a test that can't go on stops")]

mod common;
#[path = "../../../tests/xtask/src/relief.rs"]
mod relief;

use common::{engine, photo, root};
use image::RgbImage;
use relief::{Eyes, Held, Surface, draw};
use uuid::Uuid;
use vedette_core::detect::InputSide;
use vedette_core::geometry::Size;
use vedette_core::image::{Frame, Layout};
use vedette_core::presentation::{Ask, Challenge, Fault, Hint, Standing, Turn};
use vedette_core::quality::Pose;
use vedette_core::track::{Ids, Millis};
use vedette_engine::{Pipeline, Step};

const TALL: Size = Size {
    width: 360,
    height: 480,
};
const EVERY: f64 = 100.0;
/// Radians: as far as somebody turns the head and still looks at a screen.
const FAR: f32 = 0.8;
const PACE: f32 = 0.1;

struct Counter(u128);

impl Ids for Counter {
    fn next(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

struct Visitor {
    pipeline: Pipeline,
    photograph: RgbImage,
    eyes: Eyes,
    held: Held,
    surface: Surface,
    frames: u32,
    ids: Counter,
}

/// How a visit ended.
#[derive(Debug, PartialEq)]
enum End {
    Offered,
    Failed(Fault),
    /// Nothing was asked in all the time.
    Nothing(Option<Hint>),
}

impl Visitor {
    fn new(file: &str, surface: Surface) -> Self {
        let (detector, embedder) = engine();
        let mut pipeline = Pipeline::new(detector, embedder);
        let path = root("tests/fixtures").join(file);
        let face = pipeline
            .networks()
            .unwrap()
            .0
            .detect(&photo(&path), InputSide::PHOTO)
            .unwrap()[0];
        let eyes = face.landmarks.right_eye.midpoint(face.landmarks.left_eye);
        Self {
            pipeline,
            photograph: image::open(path).unwrap().to_rgb8(),
            eyes: Eyes {
                x: eyes.x,
                y: eyes.y,
                apart: face.landmarks.inter_eye_distance(),
            },
            held: Held {
                yaw: 0.0,
                pitch: 0.0,
                roll: -Pose::of(&face.landmarks).roll,
                x: 180.0,
                y: 210.0,
                apart: 46.0,
            },
            surface,
            frames: 0,
            ids: Counter(1),
        }
    }

    /// Puts something over the face: where it lies is told in inter-eye distances from the eyes' middle.
    fn covered(mut self, over: impl Fn(f32, f32) -> bool, colour: [u8; 3]) -> Self {
        let Eyes { x, y, apart } = self.eyes;
        for (column, row, pixel) in self.photograph.enumerate_pixels_mut() {
            if over((column as f32 - x) / apart, (row as f32 - y) / apart) {
                *pixel = image::Rgb(colour);
            }
        }
        self
    }

    fn held(mut self, hold: impl Fn(&mut Held)) -> Self {
        hold(&mut self.held);
        self
    }

    fn step(&mut self) -> Step {
        let mut picture = RgbImage::from_pixel(TALL.width, TALL.height, image::Rgb([120, 120, 124]));
        draw(&mut picture, &self.photograph, self.eyes, self.surface, &self.held);
        let rgba = image::DynamicImage::from(picture).to_rgba8();
        let frame = Frame::new(&rgba, Layout::Rgba, TALL).unwrap();
        let now = Millis(f64::from(self.frames) * EVERY);
        self.frames += 1;
        self.pipeline.step(&frame, now, &mut self.ids).unwrap()
    }

    /// Does what is asked, for so many frames at most.
    fn visits(&mut self, challenge: Challenge, most: u32) -> End {
        self.pipeline.begin_visit(challenge);
        let mut hint = None;
        for _ in 0..most {
            let step = self.step();
            if !step.shots.is_empty() {
                return End::Offered;
            }
            let state = step.visit.unwrap();
            hint = state.hint;
            let goal = match state.standing {
                Err(fault) => return End::Failed(fault),
                Ok(Standing::Asking(Ask::Turn(Turn::Left))) => FAR,
                Ok(Standing::Asking(Ask::Turn(Turn::Right))) => -FAR,
                Ok(Standing::Asking(Ask::Ahead) | Standing::Passed) => 0.0,
            };
            self.held.yaw += (goal - self.held.yaw).clamp(-PACE, PACE);
        }
        End::Nothing(hint)
    }
}

#[test]
fn r121_nothing_is_offered_before_a_head_was_shown() {
    let mut head = Visitor::new("obama3.jpg", Surface::Head);
    // Without a visit one look ahead is enough.
    assert!((0..5).any(|_| !head.step().shots.is_empty()));
    assert_eq!(head.visits(Challenge::drawn(2), 120), End::Offered);
    let mut print = Visitor::new("obama3.jpg", Surface::Flat);
    let end = print.visits(Challenge::drawn(2), 120);
    assert!(
        matches!(end, End::Failed(Fault::Flat | Fault::Late | Fault::Gone)),
        "{end:?}"
    );
    // And nothing afterwards, however it is held.
    print.held.yaw = 0.0;
    assert!((0..10).all(|_| print.step().shots.is_empty()));
}

#[test]
fn r121_a_kiosk_offers_nothing_before_a_visit_and_nothing_after_it() {
    let mut head = Visitor::new("obama3.jpg", Surface::Head);
    head.pipeline.stand_as_kiosk();
    let nothing = |head: &mut Visitor| (0..10).all(|_| head.step().shots.is_empty());
    assert!(nothing(&mut head));
    head.pipeline.begin_visit(Challenge::drawn(2));
    assert!(nothing(&mut head), "it looks ahead and is asked to turn");
    head.pipeline.reset();
    assert!(nothing(&mut head));
    assert_eq!(head.visits(Challenge::drawn(2), 120), End::Offered);
    head.pipeline.reset();
    assert!(nothing(&mut head));
}

#[test]
fn r121_another_face_after_the_turns_is_not_offered() {
    let mut head = Visitor::new("obama3.jpg", Surface::Head);
    head.pipeline.begin_visit(Challenge::drawn(2));
    let mut passed = false;
    let other = Visitor::new("biden.jpg", Surface::Flat);
    for _ in 0..140 {
        let step = head.step();
        let state = step.visit.unwrap();
        assert!(step.shots.is_empty());
        let goal = match state.standing {
            Err(fault) => {
                assert!(passed && matches!(fault, Fault::Another | Fault::Gone), "{fault:?}");
                return;
            }
            Ok(Standing::Asking(Ask::Turn(Turn::Left))) => FAR,
            Ok(Standing::Asking(Ask::Turn(Turn::Right))) => -FAR,
            Ok(Standing::Asking(Ask::Ahead) | Standing::Passed) => 0.0,
        };
        head.held.yaw += (goal - head.held.yaw).clamp(-PACE, PACE);
        // The last look ahead is somebody else's already.
        let turned = matches!(state.standing, Ok(Standing::Asking(Ask::Ahead)));
        if !passed && turned && head.held.yaw < -0.1 {
            passed = true;
            (head.photograph, head.eyes, head.surface) = (other.photograph.clone(), other.eyes, Surface::Head);
        }
    }
    unreachable!("nobody was taken for another");
}

/// Whoever is on a list wants a non-match: a covered face must not become one.
#[test]
fn r122_whoever_conceals_the_face_is_not_assessed() {
    let head = || Visitor::new("obama.jpg", Surface::Head);
    let mask = head().covered(|x, y| x.abs() < 0.95 && (0.4..1.9).contains(&y), [150, 185, 215]);
    let glasses = head().covered(|x, y| (x.abs() - 0.5).hypot(y) < 0.42, [20, 20, 22]);
    let half = head().covered(|x, y| x > 0.05 && (-1.2..1.9).contains(&y), [92, 76, 70]);
    for mut concealed in [mask, glasses, half] {
        let end = concealed.visits(Challenge::drawn(0), 25);
        assert!(matches!(end, End::Nothing(Some(_))), "{end:?}");
    }
    let mut looks_down = head().held(|held| held.pitch = 0.8);
    let end = looks_down.visits(Challenge::drawn(0), 25);
    assert!(matches!(end, End::Nothing(Some(_)) | End::Failed(_)), "{end:?}");
    let mut half_outside = head().held(|held| held.x = 10.0);
    let end = half_outside.visits(Challenge::drawn(0), 25);
    assert!(matches!(end, End::Nothing(Some(_))), "{end:?}");
}

/// A camera at 1.5 m with a tall picture, a metre away, sees eyes at 1.0 m and at 2.0 m near its edges.
#[test]
fn r124_a_face_is_taken_at_every_height_of_a_tall_picture() {
    for height in [95.0, 210.0, 370.0] {
        let mut visitor = Visitor::new("obama.jpg", Surface::Head).held(|held| held.y = height);
        visitor.pipeline.begin_visit(Challenge::drawn(0));
        let asked = (0..8).any(|_| {
            let standing = visitor.step().visit.unwrap().standing;
            matches!(standing, Ok(Standing::Asking(Ask::Turn(_))))
        });
        assert!(asked, "eyes at {height} of {}", TALL.height);
    }
}
