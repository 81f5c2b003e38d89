//! Alignment: turn, scale and shift a face so that its five points lie where the embedder expects them.

use crate::geometry::{Landmarks, Point, Size};
use crate::image::Rgb;

/// Pixels a side of an aligned face.
pub const SIDE: u32 = 112;

/// Where ArcFace's training put the five points in 112x112 (Deng et al. 2019; the values are in OpenCV's face
/// recogniser and in InsightFace alike).
const REFERENCE: [Point; 5] = [
    Point::new(38.2946, 51.6963),
    Point::new(73.5318, 51.5014),
    Point::new(56.0252, 71.7366),
    Point::new(41.5493, 92.3655),
    Point::new(70.7299, 92.2041),
];

/// Rotation, one scale and translation: (x, y) -> (a x - b y + tx, b x + a y + ty).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similarity2 {
    a: f64,
    b: f64,
    tx: f64,
    ty: f64,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the five points of this face coincide")]
pub struct Degenerate;

impl Similarity2 {
    /// The least-squares fit from image to aligned face. In two dimensions Umeyama's solution (1991) without reflection
    /// has this closed form.
    pub fn to_reference(landmarks: &Landmarks) -> Result<Self, Degenerate> {
        let source = landmarks.points();
        let mean = |points: &[Point; 5]| {
            let (x, y) = points
                .iter()
                .fold((0.0, 0.0), |(x, y), p| (x + f64::from(p.x), y + f64::from(p.y)));
            (x / 5.0, y / 5.0)
        };
        let ((sx, sy), (dx, dy)) = (mean(&source), mean(&REFERENCE));
        let (mut dot, mut cross, mut spread) = (0.0, 0.0, 0.0);
        for (s, d) in source.iter().zip(&REFERENCE) {
            let (px, py) = (f64::from(s.x) - sx, f64::from(s.y) - sy);
            let (qx, qy) = (f64::from(d.x) - dx, f64::from(d.y) - dy);
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            spread += px * px + py * py;
        }
        // A face whose points lie within a hundredth of a pixel is no face; NaN lands here too.
        if !(spread > 1e-4 && spread.is_finite()) || dot.hypot(cross) < 1e-9 {
            return Err(Degenerate);
        }
        let (a, b) = (dot / spread, cross / spread);
        Ok(Self {
            a,
            b,
            tx: dx - a * sx + b * sy,
            ty: dy - b * sx - a * sy,
        })
    }

    pub fn apply(&self, p: Point) -> Point {
        let (x, y) = (f64::from(p.x), f64::from(p.y));
        Point::new(
            (self.a * x - self.b * y + self.tx) as f32,
            (self.b * x + self.a * y + self.ty) as f32,
        )
    }

    fn inverse(&self) -> Self {
        let square = self.a * self.a + self.b * self.b;
        let (a, b) = (self.a / square, -self.b / square);
        Self {
            a,
            b,
            tx: -(a * self.tx - b * self.ty),
            ty: -(b * self.tx + a * self.ty),
        }
    }
}

/// The aligned face, `SIDE` pixels a side, sampled bilinearly; black outside the image.
pub fn align(image: &Rgb, landmarks: &Landmarks) -> Result<Rgb, Degenerate> {
    let back = Similarity2::to_reference(landmarks)?.inverse();
    let mut out = Rgb::black(Size {
        width: SIDE,
        height: SIDE,
    });
    let (width, height) = (image.size().width as i32, image.size().height as i32);
    let pixels = image.pixels();
    let sample = |x: i32, y: i32| -> [f32; 3] {
        if x < 0 || y < 0 || x >= width || y >= height {
            return [0.0; 3];
        }
        let at = (y as usize * width as usize + x as usize) * 3;
        [
            f32::from(pixels[at]),
            f32::from(pixels[at + 1]),
            f32::from(pixels[at + 2]),
        ]
    };
    for (index, pixel) in out.pixels_mut().as_chunks_mut::<3>().0.iter_mut().enumerate() {
        let at = back.apply(Point::new((index as u32 % SIDE) as f32, (index as u32 / SIDE) as f32));
        let (left, top) = (at.x.floor(), at.y.floor());
        let (fx, fy) = (at.x - left, at.y - top);
        let (left, top) = (left as i32, top as i32);
        let (a, b) = (sample(left, top), sample(left.saturating_add(1), top));
        let below = top.saturating_add(1);
        let (c, d) = (sample(left, below), sample(left.saturating_add(1), below));
        for channel in 0..3 {
            let upper = a[channel] + (b[channel] - a[channel]) * fx;
            let lower = c[channel] + (d[channel] - c[channel]) * fx;
            pixel[channel] = (upper + (lower - upper) * fy + 0.5) as u8;
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_turned_scaled_and_moved_reference_comes_back(
            angle in -3.0f32..3.0, scale in 0.2f32..8.0, dx in -500.0f32..500.0, dy in -500.0f32..500.0,
        ) {
            let (sin, cos) = angle.sin_cos();
            let moved = REFERENCE.map(|p| {
                Point::new(scale * (cos * p.x - sin * p.y) + dx, scale * (sin * p.x + cos * p.y) + dy)
            });
            let fit = Similarity2::to_reference(&Landmarks::from_points(moved)).unwrap();
            for (p, expected) in moved.iter().zip(&REFERENCE) {
                prop_assert!(fit.apply(*p).distance(*expected) < 0.02);
                prop_assert!(fit.inverse().apply(*expected).distance(*p) < 0.02 * scale.max(1.0));
            }
        }
    }

    #[test]
    fn a_face_already_in_place_is_copied() {
        let mut image = Rgb::black(Size {
            width: SIDE,
            height: SIDE,
        });
        image
            .pixels_mut()
            .iter_mut()
            .enumerate()
            .for_each(|(i, p)| *p = (i % 251) as u8);
        assert_eq!(align(&image, &Landmarks::from_points(REFERENCE)).unwrap(), image);
    }

    #[test]
    fn points_that_coincide_are_refused() {
        let image = Rgb::black(Size { width: 20, height: 20 });
        let flat = Landmarks::from_points([Point::new(3.0, 3.0); 5]);
        assert_eq!(align(&image, &flat), Err(Degenerate));
        let broken = Landmarks::from_points([Point::new(f32::NAN, 3.0); 5]);
        assert_eq!(align(&image, &broken), Err(Degenerate));
    }
}
