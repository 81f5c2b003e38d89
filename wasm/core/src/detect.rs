//! From the detector's raw numbers to faces. The head's layout is YuNet's: Wu et al., "YuNet: A Tiny Millisecond-level
//! Face Detector", 2023.

use serde::{Deserialize, Serialize};

use crate::geometry::{Landmarks, Point, Rect, Size};

/// A face as the detector reports it, in pixels of the image that it was given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detection {
    pub rect: Rect,
    pub landmarks: Landmarks,
    /// 0..=1.
    pub score: f32,
}

/// One stride of the detector's output. A cell is `stride` pixels a side; cells are counted row by row.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    pub stride: u32,
    /// One number a cell, 0..=1.
    pub class: &'a [f32],
    /// One number a cell, 0..=1.
    pub objectness: &'a [f32],
    /// Four a cell: centre offset in cells, and the logarithm of the size in cells.
    pub boxes: &'a [f32],
    /// Ten a cell: offsets of five points in cells.
    pub points: &'a [f32],
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the detector's output does not fit its input")]
pub struct HeadMismatch;

/// Which detections count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DetectionLimits {
    /// Lowest score, 0..=1.
    pub score: f32,
    /// Two boxes that overlap by more than this intersection over union are one face, 0..=1.
    pub overlap: f32,
}

impl DetectionLimits {
    /// The values that the detector's authors evaluate with are lower (score 0.02); 0.6 and 0.45 are a practice setting
    /// at which no fixture without a face raises one.
    pub const CONFIDENT: Self = Self {
        score: 0.6,
        overlap: 0.45,
    };
    /// With faces that are half hidden or just turning away, and with what is no face at all.
    pub const FAINT: Self = Self {
        score: 0.3,
        ..Self::CONFIDENT
    };
}

/// Faces in pixels of the detector's input, best first, without overlaps.
pub fn decode(heads: &[Head<'_>], input: Size, limits: DetectionLimits) -> Result<Vec<Detection>, HeadMismatch> {
    let mut found = Vec::new();
    for head in heads {
        decode_head(head, input, limits.score, &mut found)?;
    }
    Ok(suppress(found, limits.overlap))
}

fn decode_head(head: &Head<'_>, input: Size, lowest: f32, found: &mut Vec<Detection>) -> Result<(), HeadMismatch> {
    let columns = (input.width / head.stride) as usize;
    let cells = columns * (input.height / head.stride) as usize;
    let fits = head.class.len() == cells
        && head.objectness.len() == cells
        && head.boxes.len() == cells * 4
        && head.points.len() == cells * 10;
    if !fits {
        return Err(HeadMismatch);
    }
    let stride = head.stride as f32;
    for cell in 0..cells {
        let score = (head.class[cell].clamp(0.0, 1.0) * head.objectness[cell].clamp(0.0, 1.0)).sqrt();
        if score < lowest || score.is_nan() {
            continue;
        }
        let (column, row) = ((cell % columns) as f32, (cell / columns) as f32);
        let at = |dx: f32, dy: f32| Point::new((column + dx) * stride, (row + dy) * stride);
        let b = &head.boxes[cell * 4..][..4];
        let centre = at(b[0], b[1]);
        let (width, height) = (b[2].exp() * stride, b[3].exp() * stride);
        let points = &head.points[cell * 10..][..10];
        let landmarks = std::array::from_fn(|i| at(points[2 * i], points[2 * i + 1]));
        found.push(Detection {
            rect: Rect {
                x: centre.x - width / 2.0,
                y: centre.y - height / 2.0,
                width,
                height,
            },
            landmarks: Landmarks::from_points(landmarks),
            score,
        });
    }
    Ok(())
}

/// Greedy non-maximum suppression: best first, each dropping what overlaps it by more than `overlap`.
fn suppress(mut found: Vec<Detection>, overlap: f32) -> Vec<Detection> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Detection> = Vec::new();
    for detection in found {
        if kept.iter().all(|k| k.rect.iou(&detection.rect) <= overlap) {
            kept.push(detection);
        }
    }
    kept
}

impl Detection {
    /// Sure enough to be a face of its own accord.
    pub fn is_confident(&self) -> bool {
        self.score >= DetectionLimits::CONFIDENT.score
    }

    /// The same face in an image that reaches farther to the left and top.
    pub fn moved(&self, dx: f32, dy: f32) -> Self {
        Self {
            rect: self.rect.moved(dx, dy),
            landmarks: self.landmarks.map(|p| Point::new(p.x + dx, p.y + dy)),
            score: self.score,
        }
    }

    /// The same face in an image `factor` times as large.
    pub fn scaled(&self, factor: f32) -> Self {
        let Rect { x, y, width, height } = self.rect;
        Self {
            rect: Rect {
                x: x * factor,
                y: y * factor,
                width: width * factor,
                height: height * factor,
            },
            landmarks: self.landmarks.map(|p| Point::new(p.x * factor, p.y * factor)),
            score: self.score,
        }
    }
}

/// The longer side of the detector's input: pixels, a multiple of 32, at most [`InputSide::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InputSide(u32);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the detector's input is a multiple of 32 pixels, 32 to 2048, not {0}")]
pub struct InputSideError(u32);

/// The detector halves its input five times.
const STEP: u32 = 32;

impl InputSide {
    /// Beyond this an input takes seconds and hundreds of megabytes.
    pub const MOST: u32 = 2048;
    /// For photographs of a large face, which is beyond the largest cells of a larger input.
    pub const CLOSE: Self = Self(320);
    /// For photographs, which have time.
    pub const PHOTO: Self = Self(640);
    /// Below this, live video gains little: the rest of a frame's work is the greater part.
    const LEAST_LIVE: u32 = 192;
    /// Beyond this a frame takes longer than a tablet has.
    const MOST_LIVE: u32 = 640;

    pub const fn new(pixels: u32) -> Result<Self, InputSideError> {
        if pixels >= STEP && pixels <= Self::MOST && pixels.is_multiple_of(STEP) {
            Ok(Self(pixels))
        } else {
            Err(InputSideError(pixels))
        }
    }

    pub const fn get(self) -> u32 {
        self.0
    }

    /// For live video in which faces of that width and more are wanted, the width as a share of the picture's longer side.
    /// The work grows with the square of the side.
    pub fn for_faces_from(share: f32) -> Self {
        let side = (FOUND_FROM / share).round() as u32;
        Self(side.next_multiple_of(STEP).clamp(Self::LEAST_LIVE, Self::MOST_LIVE))
    }
}

/// Pixels in the detector's input from which the width of a face is found with confidence: of 35 portraits shrunk to 13
/// pixels 19 are, to 16 pixels 33, to 19 pixels all.
const FOUND_FROM: f32 = 16.0;

/// The detector's input for an image of that size: the longer side is `longest`, the shorter is cut to what the image's
/// proportions need, and both are multiples of 32.
pub fn input_size(image: Size, longest: InputSide) -> Size {
    let longest = longest.get();
    let side = image.width.max(image.height) as f32;
    let fit = |s: u32| {
        ((s as f32 * longest as f32 / side).ceil() as u32)
            .next_multiple_of(STEP)
            .clamp(STEP, longest)
    };
    Size {
        width: fit(image.width),
        height: fit(image.height),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn detection(x: f32, score: f32) -> Detection {
        let p = Point::new(x, 0.0);
        Detection {
            rect: Rect {
                x,
                y: 0.0,
                width: 10.0,
                height: 10.0,
            },
            landmarks: Landmarks::from_points([p; 5]),
            score,
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_does_not_overlap(xs in proptest::collection::vec((0.0f32..60.0, 0.0f32..1.0), 0..40)) {
            let kept = suppress(xs.iter().map(|(x, s)| detection(*x, *s)).collect(), 0.45);
            for (i, a) in kept.iter().enumerate() {
                for b in &kept[i + 1..] {
                    prop_assert!(a.rect.iou(&b.rect) <= 0.45);
                    prop_assert!(a.score >= b.score);
                }
            }
            prop_assert_eq!(kept.is_empty(), xs.is_empty());
        }

        #[test]
        fn an_input_is_a_multiple_of_32_with_the_asked_longer_side(w in 1u32..9000, h in 1u32..9000, steps in 1u32..=64) {
            let side = InputSide::new(steps * 32).unwrap();
            let size = input_size(Size { width: w, height: h }, side);
            prop_assert_eq!((size.width % 32, size.height % 32), (0, 0));
            prop_assert_eq!(size.width.max(size.height), side.get());
        }

        #[test]
        fn what_is_no_multiple_of_32_up_to_the_most_is_no_side(pixels in 0u32..5000) {
            prop_assert_eq!(InputSide::new(pixels).is_ok(), pixels > 0 && pixels <= 2048 && pixels % 32 == 0);
        }

        #[test]
        fn the_smallest_face_wanted_spans_the_pixels_that_it_needs(share in 0.025f32..=1.0) {
            let side = InputSide::for_faces_from(share);
            prop_assert!(side.get() as f32 * share >= FOUND_FROM - 0.5);
            prop_assert!(InputSide::new(side.get()).is_ok());
            prop_assert!(side.get() <= 640);
        }

        #[test]
        fn no_output_makes_the_decoder_stumble(numbers in proptest::collection::vec(proptest::num::f32::ANY, 32 * 16)) {
            let (class, rest) = numbers.split_at(32);
            let (objectness, rest) = rest.split_at(32);
            let (boxes, points) = rest.split_at(128);
            let head = Head { stride: 8, class, objectness, boxes, points };
            for face in decode(&[head], Size { width: 64, height: 32 }, DetectionLimits::CONFIDENT).unwrap() {
                prop_assert!((0.6..=1.0).contains(&face.score));
            }
        }
    }

    #[test]
    fn one_hot_cell_is_one_face_where_the_paper_puts_it() {
        let input = Size { width: 64, height: 32 };
        let mut class = [0.0; 8 * 4];
        class[8 + 2] = 0.81;
        let objectness = [1.0; 32];
        let boxes = [0.0; 32 * 4];
        let mut points = [0.0; 32 * 10];
        points[(8 + 2) * 10] = 1.0;
        let head = Head {
            stride: 8,
            class: &class,
            objectness: &objectness,
            boxes: &boxes,
            points: &points,
        };
        let found = decode(&[head], input, DetectionLimits::CONFIDENT).unwrap();
        assert_eq!(found.len(), 1);
        assert!((found[0].score - 0.9).abs() < 1e-6);
        assert_eq!(
            found[0].rect,
            Rect {
                x: 12.0,
                y: 4.0,
                width: 8.0,
                height: 8.0
            }
        );
        assert_eq!(found[0].landmarks.right_eye, Point::new(24.0, 8.0));
        assert_eq!(found[0].landmarks.nose, Point::new(16.0, 8.0));
    }

    #[test]
    fn an_output_of_the_wrong_length_is_refused() {
        let head = Head {
            stride: 8,
            class: &[0.0],
            objectness: &[0.0],
            boxes: &[0.0; 4],
            points: &[0.0; 10],
        };
        assert_eq!(
            decode(&[head], Size { width: 64, height: 32 }, DetectionLimits::CONFIDENT),
            Err(HeadMismatch)
        );
    }
}
