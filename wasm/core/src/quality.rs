//! The quality gate: is this picture of a face good enough to compare? After the components of ISO/IEC 29794-5.

use serde::{Deserialize, Serialize};

use crate::align::SIDE;
use crate::detect::Detection;
use crate::geometry::{Landmarks, Size};
use crate::image::Rgb;

/// Why a face is not assessable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The detector is not sure that this is a face.
    Uncertain,
    TooSmall,
    /// Part of the face lies outside the image.
    CutOff,
    /// The head is turned, raised, lowered or tilted too far.
    Turned,
    TooDark,
    TooBright,
    Blurred,
}

/// How well a face can be compared, 0..=1; higher is better.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quality(f32);

impl Quality {
    /// Nothing for what is no number of 0..=1.
    pub fn new(value: f32) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    pub const fn get(self) -> f32 {
        self.0
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    Use(Quality),
    Reject(Reason),
}

/// The gate's limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Lowest detector score, 0..=1.
    pub detection: f32,
    /// Fewest pixels between the eyes' centres. The embedder sees 35; below half of that it sees invention.
    pub inter_eye: f32,
    /// Least distance of the box from the image's edges, as a share of its width; negative where it may reach beyond.
    /// The detector fits the box of a face that is half outside into the image, so a box at the edge says that the rest
    /// is missing.
    pub edge: f32,
    /// Farthest turn of the head to a side, as [`Pose::yaw`].
    pub yaw: f32,
    /// The range of [`Pose::pitch`].
    pub pitch: (f32, f32),
    /// Farthest tilt, as [`Pose::roll`], in radians.
    pub roll: f32,
    /// The range of the face's mean luma, 0..=255.
    pub luma: (f32, f32),
    /// Least [`sharpness`]. Sharp portraits reach 40 and more; compressed video of people who stand still reaches 8 to
    /// 40, of people who walk fast 3 to 8.
    pub sharpness: f32,
}

impl Limits {
    /// For faces that pass a camera.
    pub const WATCH: Self = Self {
        detection: 0.7,
        inter_eye: 18.0,
        edge: 0.06,
        yaw: 0.45,
        pitch: (0.25, 0.85),
        roll: 0.7,
        luma: (35.0, 225.0),
        sharpness: 8.0,
    };

    /// For references, which every later face is compared with.
    pub const ENROL: Self = Self {
        detection: 0.75,
        inter_eye: 32.0,
        edge: -0.05,
        yaw: 0.3,
        pitch: (0.3, 0.78),
        roll: 0.45,
        luma: (45.0, 215.0),
        sharpness: 15.0,
    };

    /// For somebody who stands at a kiosk and is guided.
    pub const KIOSK: Self = Self {
        detection: 0.75,
        inter_eye: 36.0,
        edge: 0.02,
        yaw: 0.3,
        pitch: (0.3, 0.8),
        roll: 0.45,
        luma: (40.0, 220.0),
        sharpness: 8.0,
    };
}

/// Where the head points, as far as five points tell. No angles are claimed: the measures are ratios.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// The nose's distance from the midline over the inter-eye distance; 0 is frontal, positive is towards image right.
    pub yaw: f32,
    /// The nose's place between the eyes' line (0) and the mouth's (1); about 0.55 is level.
    pub pitch: f32,
    /// The eyes' line against the horizontal, radians.
    pub roll: f32,
}

impl Pose {
    pub fn of(landmarks: &Landmarks) -> Self {
        let eyes = landmarks.right_eye.midpoint(landmarks.left_eye);
        let mouth = landmarks.right_mouth.midpoint(landmarks.left_mouth);
        let roll = (landmarks.left_eye.y - landmarks.right_eye.y).atan2(landmarks.left_eye.x - landmarks.right_eye.x);
        let (sin, cos) = roll.sin_cos();
        let upright = |x: f32, y: f32| (cos * x + sin * y, cos * y - sin * x);
        let (nose_x, nose_y) = upright(landmarks.nose.x - eyes.x, landmarks.nose.y - eyes.y);
        let (mouth_x, mouth_y) = upright(mouth.x - eyes.x, mouth.y - eyes.y);
        let share = if mouth_y.abs() > f32::EPSILON {
            nose_y / mouth_y
        } else {
            f32::INFINITY
        };
        let eye_distance = landmarks.inter_eye_distance().max(f32::EPSILON);
        Self {
            yaw: (nose_x - mouth_x * share.clamp(0.0, 1.0)) / eye_distance,
            pitch: share,
            roll,
        }
    }
}

/// What can be told from the detection alone, before any pixel is resampled.
pub fn check_shape(detection: &Detection, image: Size, limits: &Limits) -> Result<(), Reason> {
    let pose = Pose::of(&detection.landmarks);
    let points = detection.landmarks.points();
    let finite = detection.score.is_finite() && points.iter().all(|p| p.x.is_finite() && p.y.is_finite());
    if !finite || detection.score < limits.detection {
        Err(Reason::Uncertain)
    } else if detection.landmarks.inter_eye_distance() < limits.inter_eye {
        // A head in profile has its eyes close together; it is turned, not small.
        let profile = detection.rect.width / 3.0 >= limits.inter_eye && pose.yaw.abs() > limits.yaw;
        Err(if profile { Reason::Turned } else { Reason::TooSmall })
    } else if detection.rect.edge_distance(image) < limits.edge * detection.rect.width {
        Err(Reason::CutOff)
    } else if pose.yaw.abs() > limits.yaw
        || !(limits.pitch.0..=limits.pitch.1).contains(&pose.pitch)
        || pose.roll.abs() > limits.roll
    {
        Err(Reason::Turned)
    } else {
        Ok(())
    }
}

/// The whole gate. `aligned` is the face at [`SIDE`] pixels.
pub fn assess(detection: &Detection, image: Size, aligned: &Rgb, limits: &Limits) -> Verdict {
    if let Err(reason) = check_shape(detection, image, limits) {
        return Verdict::Reject(reason);
    }
    let luma = aligned.luma();
    let mean = luma.iter().sum::<f32>() / luma.len() as f32;
    if mean < limits.luma.0 {
        return Verdict::Reject(Reason::TooDark);
    }
    if mean > limits.luma.1 {
        return Verdict::Reject(Reason::TooBright);
    }
    let sharpness = sharpness(&luma);
    if sharpness < limits.sharpness {
        return Verdict::Reject(Reason::Blurred);
    }
    Verdict::Use(score(detection, sharpness))
}

/// The product of four parts in 0..=1: detector score, size (full at 60 pixels between the eyes), frontality and
/// sharpness (full at 300).
fn score(detection: &Detection, sharpness: f32) -> Quality {
    let pose = Pose::of(&detection.landmarks);
    let size = (detection.landmarks.inter_eye_distance() / 60.0).min(1.0).sqrt();
    let frontal = (1.0 - pose.yaw.abs()).max(0.0) * (1.0 - (pose.pitch - 0.55).abs()).max(0.0);
    let sharp = (sharpness / 300.0).min(1.0).powf(0.25);
    Quality((detection.score * size * frontal * sharp).clamp(0.0, 1.0))
}

/// The variance of the Laplacian over the inner half of an aligned face, in squared grey levels. Alignment fixes the
/// scale, so a small face and a large one are measured alike (Pech-Pacheco et al. 2000).
pub fn sharpness(aligned_luma: &[f32]) -> f32 {
    let side = SIDE as usize;
    let (from, to) = (side / 4, side - side / 4);
    let (mut sum, mut squares, mut count) = (0.0f64, 0.0f64, 0.0f64);
    for y in from..to {
        for x in from..to {
            let at = y * side + x;
            let around =
                aligned_luma[at - 1] + aligned_luma[at + 1] + aligned_luma[at - side] + aligned_luma[at + side];
            let laplacian = f64::from(around - 4.0 * aligned_luma[at]);
            sum += laplacian;
            squares += laplacian * laplacian;
            count += 1.0;
        }
    }
    (squares / count - (sum / count).powi(2)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Point, Rect};
    use proptest::prelude::*;

    fn face(nose: Point, score: f32, scale: f32) -> Detection {
        let p = |x: f32, y: f32| Point::new(200.0 + x * scale, 200.0 + y * scale);
        Detection {
            rect: Rect {
                x: 200.0 - 30.0 * scale,
                y: 200.0 - 30.0 * scale,
                width: 60.0 * scale,
                height: 80.0 * scale,
            },
            landmarks: Landmarks::from_points([
                p(-15.0, 0.0),
                p(15.0, 0.0),
                p(nose.x, nose.y),
                p(-12.0, 33.0),
                p(12.0, 33.0),
            ]),
            score,
        }
    }

    const FRONT: Point = Point::new(0.0, 18.0);
    const IMAGE: Size = Size {
        width: 640,
        height: 480,
    };

    fn textured() -> Rgb {
        let mut image = Rgb::black(Size {
            width: SIDE,
            height: SIDE,
        });
        image
            .pixels_mut()
            .iter_mut()
            .enumerate()
            .for_each(|(i, p)| *p = ((i * 37) % 255) as u8);
        image
    }

    proptest! {
        #[test]
        fn pose_does_not_depend_on_size_place_or_tilt(
            nose_x in -20.0f32..20.0, nose_y in 5.0f32..30.0, scale in 0.5f32..5.0, tilt in -1.2f32..1.2,
            dx in -300.0f32..300.0,
        ) {
            let straight = face(Point::new(nose_x, nose_y), 0.9, 1.0).landmarks;
            let (sin, cos) = tilt.sin_cos();
            let moved = straight.map(|p| {
                let (x, y) = (p.x - 200.0, p.y - 200.0);
                Point::new(scale * (cos * x - sin * y) + dx, scale * (sin * x + cos * y) + dx)
            });
            let (a, b) = (Pose::of(&straight), Pose::of(&moved));
            prop_assert!((a.yaw - b.yaw).abs() < 1e-2 && (a.pitch - b.pitch).abs() < 1e-2, "{a:?} {b:?}");
            prop_assert!((b.roll - tilt).abs() < 1e-2);
        }

        #[test]
        fn no_face_however_odd_makes_the_gate_stumble(
            numbers in proptest::collection::vec(proptest::num::f32::ANY, 15), limits in 0usize..2,
        ) {
            let p = |i: usize| Point::new(numbers[i], numbers[i + 1]);
            let detection = Detection {
                rect: Rect { x: numbers[10], y: numbers[11], width: numbers[12].abs(), height: numbers[13].abs() },
                landmarks: Landmarks::from_points([p(0), p(2), p(4), p(6), p(8)]),
                score: numbers[14],
            };
            let limits = [Limits::WATCH, Limits::ENROL][limits];
            if let Verdict::Use(quality) = assess(&detection, IMAGE, &textured(), &limits) {
                prop_assert!((0.0..=1.0).contains(&quality.get()));
            }
        }

        #[test]
        fn more_contrast_is_sharper_and_an_even_face_is_not_sharp(gain in 1.1f32..4.0, grey in 0.0f32..255.0) {
            let luma = textured().luma();
            let stronger: Vec<f32> = luma.iter().map(|v| v * gain).collect();
            prop_assert!(sharpness(&stronger) > sharpness(&luma));
            prop_assert!(sharpness(&vec![grey; luma.len()]) < 1e-3);
        }
    }

    #[test]
    fn a_reference_is_held_to_no_lower_standard_than_a_passer_by() {
        // But for the edge: a portrait is often cut close, and a person looks at it.
        let (watch, enrol) = (Limits::WATCH, Limits::ENROL);
        assert!(enrol.detection >= watch.detection && enrol.inter_eye >= watch.inter_eye);
        assert!(enrol.yaw <= watch.yaw && enrol.roll <= watch.roll && enrol.sharpness >= watch.sharpness);
        assert!(enrol.pitch.0 >= watch.pitch.0 && enrol.pitch.1 <= watch.pitch.1);
        assert!(enrol.luma.0 >= watch.luma.0 && enrol.luma.1 <= watch.luma.1);
    }

    #[test]
    fn a_frontal_sharp_face_is_used() {
        let verdict = assess(&face(FRONT, 0.9, 2.0), IMAGE, &textured(), &Limits::ENROL);
        assert!(matches!(verdict, Verdict::Use(q) if q.get() > 0.8), "{verdict:?}");
    }

    #[test]
    fn each_fault_has_its_name() {
        let limits = Limits::WATCH;
        let reject = |d: &Detection| check_shape(d, IMAGE, &limits).unwrap_err();
        assert_eq!(reject(&face(FRONT, 0.5, 2.0)), Reason::Uncertain);
        assert_eq!(reject(&face(FRONT, 0.9, 0.5)), Reason::TooSmall);
        assert_eq!(reject(&face(Point::new(20.0, 18.0), 0.9, 2.0)), Reason::Turned);
        assert_eq!(reject(&face(Point::new(0.0, 31.0), 0.9, 2.0)), Reason::Turned);
        assert_eq!(
            check_shape(
                &face(FRONT, 0.9, 2.0),
                Size {
                    width: 210,
                    height: 480
                },
                &limits
            ),
            Err(Reason::CutOff)
        );
        // The detector squeezes a face that is half outside into the image: its box ends at the edge.
        assert_eq!(
            check_shape(
                &face(FRONT, 0.9, 2.0),
                Size {
                    width: 261,
                    height: 480
                },
                &limits
            ),
            Err(Reason::CutOff)
        );
        assert_eq!(
            check_shape(
                &face(FRONT, 0.9, 2.0),
                Size {
                    width: 270,
                    height: 480
                },
                &limits
            ),
            Ok(())
        );
        let mut grey = Rgb::black(Size {
            width: SIDE,
            height: SIDE,
        });
        let at = |image: &Rgb| assess(&face(FRONT, 0.9, 2.0), IMAGE, image, &limits);
        assert_eq!(at(&grey), Verdict::Reject(Reason::TooDark));
        grey.pixels_mut().fill(128);
        assert_eq!(at(&grey), Verdict::Reject(Reason::Blurred));
        grey.pixels_mut().fill(250);
        assert_eq!(at(&grey), Verdict::Reject(Reason::TooBright));
    }

    #[test]
    fn a_tilted_head_is_not_a_turned_one() {
        let straight = face(FRONT, 0.9, 2.0);
        let (sin, cos) = 0.5f32.sin_cos();
        let tilted = straight.landmarks.map(|p| {
            let (x, y) = (p.x - 200.0, p.y - 200.0);
            Point::new(200.0 + cos * x - sin * y, 200.0 + sin * x + cos * y)
        });
        let (a, b) = (Pose::of(&straight.landmarks), Pose::of(&tilted));
        assert!((a.yaw - b.yaw).abs() < 1e-3 && (a.pitch - b.pitch).abs() < 1e-3);
        assert!((b.roll - 0.5).abs() < 1e-3);
    }
}
