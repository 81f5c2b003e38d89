//! Camera clips for the browser's fake camera, made from the fixture faces: people who enter, move, grow, shrink and
//! leave, alone and two at once, with an empty stretch where the clip loops.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use image::codecs::jpeg::JpegEncoder;
use image::{RgbImage, imageops};
use serde::Deserialize;

use crate::relief::{self, Eyes, Held, Surface};
use crate::shell::Shell;
use crate::stamp::Stamp;

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;
/// Chromium plays a .mjpeg file at this rate, whatever it was made for.
const FRAMES_A_SECOND: f32 = 30.0;
const JPEG_QUALITY: u8 = 88;
/// How much of a photograph is shown: the face's box, this much larger.
const SURROUNDINGS: f32 = 1.7;
/// Pixels across a cut-out; no face in a clip is shown wider than this.
const MOST_DETAIL: f32 = 280.0;

#[derive(Deserialize)]
struct Clip {
    name: String,
    seconds: f32,
    #[serde(default)]
    appearances: Vec<Appearance>,
    visitor: Option<Visitor>,
}

/// Somebody, or a picture of somebody, who stands at a kiosk and turns.
#[derive(Deserialize)]
struct Visitor {
    photo: String,
    surface: Surface,
    /// Seconds and radians to the visitor's own left; straight lines in between.
    path: Vec<[f32; 2]>,
}

#[derive(Deserialize)]
struct Appearance {
    photo: String,
    /// Seconds, centre x and y, and the face's width, in pixels; straight lines in between.
    path: Vec<[f32; 4]>,
}

#[derive(Deserialize)]
struct Clips {
    clip: Vec<Clip>,
}

/// A face cut from its photograph.
struct Face {
    picture: RgbImage,
    /// The width of the face's box within the picture, pixels.
    width: f32,
}

/// Returns the folder with the clips; they are made only when their description or this program changed.
pub(crate) fn make(shell: &Shell) -> Result<PathBuf> {
    let folder = shell.target("clips");
    fs::create_dir_all(&folder)?;
    let inputs = [
        "tests/fixtures",
        "tests/golden/faces.json",
        "tests/xtask/src/clips.rs",
        "tests/xtask/src/relief.rs",
    ]
    .map(|p| shell.path(p));
    let stamp = Stamp::of(folder.join(".made-from"), &inputs)?;
    if stamp.is_current() {
        return Ok(folder);
    }
    let text = fs::read_to_string(shell.path("tests/fixtures/clips.toml"))?;
    let clips: Clips = toml::from_str(&text).context("tests/fixtures/clips.toml")?;
    for clip in &clips.clip {
        write(clip, &shell.path("tests"), &folder)?;
    }
    stamp.write()?;
    Ok(folder)
}

fn write(clip: &Clip, tests: &Path, folder: &Path) -> Result<()> {
    if let Some(visitor) = &clip.visitor {
        return visit(visitor, clip, tests, folder);
    }
    let faces: Vec<Face> = clip
        .appearances
        .iter()
        .map(|a| cut(tests, &a.photo))
        .collect::<Result<_>>()?;
    let mut file = BufWriter::new(fs::File::create(folder.join(format!("{}.mjpeg", clip.name)))?);
    let frames = (clip.seconds * FRAMES_A_SECOND) as u32;
    for number in 0..frames {
        let now = number as f32 / FRAMES_A_SECOND;
        let mut frame = backdrop(number);
        for (appearance, face) in clip.appearances.iter().zip(&faces) {
            if let Some([x, y, width]) = appearance.at(now) {
                paste(&mut frame, face, x, y, width);
            }
        }
        JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY).encode_image(&frame)?;
    }
    Ok(())
}

/// A frame in which nothing turned is the one before.
fn visit(visitor: &Visitor, clip: &Clip, tests: &Path, folder: &Path) -> Result<()> {
    let known = known(tests, &visitor.photo)?;
    let photo = image::open(tests.join("fixtures").join(&visitor.photo))?.to_rgb8();
    let scale = (photo.width().max(photo.height()) as f32 / 640.0).max(1.0);
    let [right, left, ..] = known.points.map(|point| point.map(|v| v * scale));
    let eyes = Eyes {
        x: (right[0] + left[0]) / 2.0,
        y: (right[1] + left[1]) / 2.0,
        apart: (left[0] - right[0]).hypot(left[1] - right[1]),
    };
    let roll = (left[1] - right[1]).atan2(left[0] - right[0]);
    let mut file = BufWriter::new(fs::File::create(folder.join(format!("{}.mjpeg", clip.name)))?);
    let mut last: Option<(f32, Vec<u8>)> = None;
    for number in 0..(clip.seconds * FRAMES_A_SECOND) as u32 {
        let now = number as f32 / FRAMES_A_SECOND;
        let yaw = visitor.at(now);
        let jpeg = match last.take() {
            Some((before, jpeg)) if before == yaw => jpeg,
            _ => {
                let mut frame = backdrop(number);
                let held = Held {
                    yaw,
                    pitch: 0.0,
                    roll: -roll,
                    x: WIDTH as f32 / 2.0,
                    y: HEIGHT as f32 * 0.42,
                    apart: 78.0,
                };
                relief::draw(&mut frame, &photo, eyes, visitor.surface, &held);
                let mut jpeg = Vec::new();
                JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).encode_image(&frame)?;
                jpeg
            }
        };
        file.write_all(&jpeg)?;
        last = Some((yaw, jpeg));
    }
    Ok(())
}

impl Visitor {
    fn at(&self, now: f32) -> f32 {
        let Some(after) = self.path.iter().position(|p| p[0] > now) else {
            return self.path.last().map_or(0.0, |p| p[1]);
        };
        let Some(from) = after.checked_sub(1).map(|before| self.path[before]) else {
            return self.path[after][1];
        };
        let to = self.path[after];
        from[1] + (to[1] - from[1]) * (now - from[0]) / (to[0] - from[0])
    }
}

impl Appearance {
    fn at(&self, now: f32) -> Option<[f32; 3]> {
        let after = self.path.iter().position(|p| p[0] > now)?;
        let (from, to) = (self.path.get(after.checked_sub(1)?)?, &self.path[after]);
        let share = (now - from[0]) / (to[0] - from[0]);
        Some(std::array::from_fn(|i| from[i + 1] + (to[i + 1] - from[i + 1]) * share))
    }
}

/// The golden file knows where the face is in a copy of the photograph that is at most 640 pixels a side.
#[derive(Deserialize)]
struct Known {
    photo: String,
    longest: u32,
    #[serde(rename = "box")]
    rect: [f32; 4],
    points: [[f32; 2]; 5],
}

fn known(tests: &Path, name: &str) -> Result<Known> {
    let known: Vec<Known> = serde_json::from_str(&fs::read_to_string(tests.join("golden/faces.json"))?)?;
    let stem = name.split('.').next().unwrap_or(name);
    let golden = format!("{stem}.png");
    let mut faces = known.into_iter();
    faces
        .find(|k| k.photo == golden && k.longest == 640)
        .with_context(|| format!("no face in {name}"))
}

fn cut(tests: &Path, name: &str) -> Result<Face> {
    let face = known(tests, name)?;
    let photo = image::open(tests.join("fixtures").join(name))?.to_rgb8();
    let scale = (photo.width().max(photo.height()) as f32 / 640.0).max(1.0);
    let [x, y, width, height] = face.rect.map(|v| v * scale);
    let (wide, high) = (width * SURROUNDINGS, height * SURROUNDINGS);
    let left = (x + width / 2.0 - wide / 2.0).max(0.0) as u32;
    let top = (y + height / 2.0 - high / 2.0).max(0.0) as u32;
    let picture = imageops::crop_imm(&photo, left, top, wide as u32, high as u32).to_image();
    // Cameras see faces at the size that the clip shows; a smaller copy keeps the pasting quick.
    let side = MOST_DETAIL / picture.width() as f32;
    if side >= 1.0 {
        return Ok(Face { picture, width });
    }
    let height = (picture.height() as f32 * side) as u32;
    let smaller = imageops::resize(&picture, MOST_DETAIL as u32, height, imageops::FilterType::Triangle);
    Ok(Face {
        picture: smaller,
        width: width * side,
    })
}

/// A soft grey gradient with a little noise that changes from frame to frame, as a camera's does.
fn backdrop(number: u32) -> RgbImage {
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let noise = (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729) ^ number.wrapping_mul(1_299_709)) % 5;
        let grey = (110 + y / 12 + noise) as u8;
        image::Rgb([grey, grey, grey.saturating_add(4)])
    })
}

/// The face's width becomes `width`, its centre (x, y); an ellipse with a soft edge hides the photograph's corners.
fn paste(frame: &mut RgbImage, face: &Face, x: f32, y: f32, width: f32) {
    let scale = width / face.width;
    let (wide, high) = (
        face.picture.width() as f32 * scale,
        face.picture.height() as f32 * scale,
    );
    let scaled = imageops::resize(&face.picture, wide as u32, high as u32, imageops::FilterType::Triangle);
    let (left, top) = (x - wide / 2.0, y - high / 2.0);
    for (u, v, pixel) in scaled.enumerate_pixels() {
        let (fx, fy) = ((left + u as f32) as i64, (top + v as f32) as i64);
        if !(0..i64::from(WIDTH)).contains(&fx) || !(0..i64::from(HEIGHT)).contains(&fy) {
            continue;
        }
        let (dx, dy) = (u as f32 / wide * 2.0 - 1.0, v as f32 / high * 2.0 - 1.0);
        let share = ((1.0 - dx.hypot(dy)) / 0.15).clamp(0.0, 1.0);
        let target = frame.get_pixel_mut(fx as u32, fy as u32);
        for channel in 0..3 {
            let (old, new) = (f32::from(target[channel]), f32::from(pixel[channel]));
            target[channel] = (old + (new - old) * share) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_moves_in_straight_lines_and_is_gone_before_and_after() {
        let person = Appearance {
            photo: String::new(),
            path: vec![
                [1.0, 0.0, 100.0, 90.0],
                [3.0, 200.0, 100.0, 110.0],
                [4.0, 200.0, 0.0, 110.0],
            ],
        };
        assert_eq!(person.at(0.5), None);
        assert_eq!(person.at(2.0), Some([100.0, 100.0, 100.0]));
        assert_eq!(person.at(3.5), Some([200.0, 50.0, 110.0]));
        assert_eq!(person.at(4.0), None);
    }

    #[test]
    fn nobody_is_in_the_picture_where_a_clip_loops() {
        let text = include_str!("../../fixtures/clips.toml");
        let clips: Clips = toml::from_str(text).unwrap();
        for clip in &clips.clip {
            for person in &clip.appearances {
                assert_eq!(person.at(0.0), None, "{} begins with {}", clip.name, person.photo);
                let last = person.path.last().unwrap();
                assert!(last[0] < clip.seconds, "{} ends with {}", clip.name, person.photo);
            }
        }
    }
}
