//! A photograph of a face, seen as a surface that is turned before a camera: as a head, as a sheet of paper, as a sheet that is
//! bent. It is no substitute for people: a made-up head has one shape, and neither ears nor a far cheek that the photograph
//! doesn't show.

use image::{Rgb, RgbImage};
use serde::Deserialize;

/// What the photograph lies on.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Surface {
    /// An ellipsoid with a nose. Around it the photograph stands still.
    Head,
    Flat,
    /// A cylinder around an upright axis, about as wide as a head.
    Bent,
}

/// Where the eyes' middle lies in the photograph and how far the eyes are apart, pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Eyes {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) apart: f32,
}

/// How the surface is held.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    /// Radians around the upright axis; positive turns the face to the right of the picture, which is its own left.
    pub(crate) yaw: f32,
    /// Radians; positive is downwards.
    pub(crate) pitch: f32,
    /// Radians in the picture's plane.
    pub(crate) roll: f32,
    /// Where the eyes' middle is in the picture when the surface faces it, pixels.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// Pixels between the eyes then.
    pub(crate) apart: f32,
}

/// From the eyes to the camera, in inter-eye distances: some 60 centimetres.
const DISTANCE: f32 = 9.5;
/// From the eyes' line down to the middle of the head.
const MIDDLE: f32 = 0.45;
/// Half axes of the head: to the side, down, to the front.
const HEAD: (f32, f32, f32) = (1.25, 1.75, 1.4);
/// How far the nose stands out, how far below the eyes, how wide it is and how high.
const NOSE: (f32, f32, f32, f32) = (0.38, 0.6, 0.22, 0.32);
/// Of the bent sheet.
const RADIUS: f32 = 1.2;
/// What is drawn around the eyes' middle, in inter-eye distances.
const REACH: f32 = 2.8;
/// Along a ray, before it is halved.
const STEPS: usize = 32;

impl Surface {
    /// How far in front of the axis the surface is, in inter-eye distances; nothing where it isn't.
    fn height(self, x: f32, y: f32) -> Option<f32> {
        match self {
            Self::Flat => Some(0.0),
            Self::Bent => (RADIUS * RADIUS - x * x >= 0.0).then(|| (RADIUS * RADIUS - x * x).sqrt()),
            Self::Head => {
                let (a, b, c) = HEAD;
                let inside = 1.0 - (x / a).powi(2) - ((y - MIDDLE) / b).powi(2);
                let (high, below, wide, tall) = NOSE;
                let bump = high * (-(x / wide).powi(2) - ((y - below) / tall).powi(2)).exp();
                (inside > 0.0).then(|| c * inside.sqrt() + bump)
            }
        }
    }

    /// Of the eyes.
    fn front(self) -> f32 {
        self.height(0.5, 0.0).unwrap_or(0.0)
    }
}

/// Draws what the camera sees into a picture of that size. Where the surface isn't, the picture keeps what it shows.
pub(crate) fn draw(into: &mut RgbImage, photograph: &RgbImage, eyes: Eyes, surface: Surface, held: &Held) {
    let (sin, cos) = held.yaw.sin_cos();
    let (tilt_sin, tilt_cos) = held.pitch.sin_cos();
    let (roll_sin, roll_cos) = held.roll.sin_cos();
    let focal = DISTANCE * held.apart;
    // The camera, seen from the surface's own axes: turned back by yaw and pitch.
    let back = |(x, y, z): (f32, f32, f32)| {
        let (y, z) = (tilt_cos * y - tilt_sin * z, tilt_sin * y + tilt_cos * z);
        (cos * x - sin * z, y, sin * x + cos * z)
    };
    let front = surface.front();
    let reach = REACH * held.apart;
    let bounds =
        |middle: f32, most: u32| ((middle - reach).max(0.0) as u32)..((middle + reach).clamp(0.0, most as f32) as u32);
    let (columns, rows) = (bounds(held.x, into.width()), bounds(held.y, into.height()));
    for row in rows {
        for column in columns.clone() {
            let (dx, dy) = (column as f32 - held.x, row as f32 - held.y);
            let (dx, dy) = (roll_cos * dx + roll_sin * dy, roll_cos * dy - roll_sin * dx);
            let from = back((0.0, 0.0, front + DISTANCE));
            let along = back((dx / focal, dy / focal, -1.0));
            let at = |t: f32| (from.0 + along.0 * t, from.1 + along.1 * t, from.2 + along.2 * t);
            if let Some((x, y)) = meet(surface, at) {
                let source = (eyes.x + x * eyes.apart, eyes.y + y * eyes.apart);
                if let Some(pixel) = sample(photograph, source) {
                    into.put_pixel(column, row, pixel);
                }
            }
        }
    }
}

/// Where a ray meets the surface first.
fn meet(surface: Surface, at: impl Fn(f32) -> (f32, f32, f32)) -> Option<(f32, f32)> {
    let above = |t: f32| {
        let (x, y, z) = at(t);
        surface.height(x, y).map(|height| z - height)
    };
    let (near, far) = (DISTANCE - 2.5, DISTANCE + 2.5);
    let step = (far - near) / STEPS as f32;
    let mut before = None;
    for number in 0..=STEPS {
        let t = near + number as f32 * step;
        let now = above(t);
        if let (Some(before), Some(now)) = (before, now)
            && before > 0.0
            && now <= 0.0
        {
            let (mut low, mut high) = (t - step, t);
            for _ in 0..12 {
                let middle = 0.5 * (low + high);
                match above(middle) {
                    Some(gap) if gap > 0.0 => low = middle,
                    _ => high = middle,
                }
            }
            let (x, y, _) = at(high);
            return Some((x, y));
        }
        before = now;
    }
    None
}

fn sample(photograph: &RgbImage, (x, y): (f32, f32)) -> Option<Rgb<u8>> {
    image::imageops::interpolate_bilinear(photograph, x, y)
}
