//! Points and rectangles in pixels. The origin is the top left corner of the image that they belong to; x grows to
//! the right, y downwards. Pixel centres lie at half-integers in resampling code only; landmarks use OpenCV's
//! convention, where the centre of the first pixel is (0, 0).

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    pub fn midpoint(self, other: Self) -> Self {
        Self::new((self.x + other.x) / 2.0, (self.y + other.y) / 2.0)
    }
}

/// May reach beyond the image.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    /// Not negative.
    pub width: f32,
    /// Not negative.
    pub height: f32,
}

impl Rect {
    pub fn area(&self) -> f32 {
        self.width * self.height
    }

    pub fn centre(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub fn intersection(&self, other: &Self) -> f32 {
        let width = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let height = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }

    /// Intersection over union, 0..=1; zero for empty rectangles.
    pub fn iou(&self, other: &Self) -> f32 {
        let shared = self.intersection(other);
        let union = self.area() + other.area() - shared;
        if union > 0.0 { shared / union } else { 0.0 }
    }

    pub fn moved(&self, dx: f32, dy: f32) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            ..*self
        }
    }

    /// The same centre, with both sides `factor` times as long.
    pub fn grown(&self, factor: f32) -> Self {
        let (width, height) = (self.width * factor, self.height * factor);
        let centre = self.centre();
        Self {
            x: centre.x - width / 2.0,
            y: centre.y - height / 2.0,
            width,
            height,
        }
    }

    /// Pixels between this rectangle and the nearest edge of an image of that size; negative where it reaches beyond.
    pub fn edge_distance(&self, size: Size) -> f32 {
        let right = size.width as f32 - (self.x + self.width);
        let bottom = size.height as f32 - (self.y + self.height);
        self.x.min(self.y).min(right).min(bottom)
    }
}

/// Pixels, both at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// The five points that YuNet finds. Left and right are the person's own, so the right eye is on the image's left.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Landmarks {
    pub right_eye: Point,
    pub left_eye: Point,
    pub nose: Point,
    pub right_mouth: Point,
    pub left_mouth: Point,
}

impl Landmarks {
    pub fn points(&self) -> [Point; 5] {
        [
            self.right_eye,
            self.left_eye,
            self.nose,
            self.right_mouth,
            self.left_mouth,
        ]
    }

    pub fn from_points(p: [Point; 5]) -> Self {
        Self {
            right_eye: p[0],
            left_eye: p[1],
            nose: p[2],
            right_mouth: p[3],
            left_mouth: p[4],
        }
    }

    pub fn map(&self, f: impl FnMut(Point) -> Point) -> Self {
        Self::from_points(self.points().map(f))
    }

    /// Pixels between the eyes' centres.
    pub fn inter_eye_distance(&self) -> f32 {
        self.right_eye.distance(self.left_eye)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rect() -> impl Strategy<Value = Rect> {
        (-100.0f32..100.0, -100.0f32..100.0, 1.0f32..100.0, 1.0f32..100.0).prop_map(|(x, y, width, height)| Rect {
            x,
            y,
            width,
            height,
        })
    }

    proptest! {
        #[test]
        fn overlap_is_symmetric_and_bounded(a in rect(), b in rect()) {
            prop_assert!((0.0..=1.0).contains(&a.iou(&b)));
            prop_assert!((a.iou(&b) - b.iou(&a)).abs() < 1e-6);
            prop_assert!((a.iou(&a) - 1.0).abs() < 1e-5);
        }

        #[test]
        fn growing_keeps_the_centre(a in rect(), factor in 0.1f32..5.0) {
            prop_assert!(a.grown(factor).centre().distance(a.centre()) < 1e-3);
        }
    }

    #[test]
    fn the_nearest_edge_counts() {
        let size = Size {
            width: 100,
            height: 100,
        };
        assert_eq!(
            Rect {
                x: 70.0,
                y: 20.0,
                width: 20.0,
                height: 20.0
            }
            .edge_distance(size),
            10.0
        );
        assert_eq!(
            Rect {
                x: -10.0,
                y: 20.0,
                width: 20.0,
                height: 20.0
            }
            .edge_distance(size),
            -10.0
        );
    }
}
