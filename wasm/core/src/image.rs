//! Camera frames and photographs as bytes: checked, turned into RGB, and resampled.

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::geometry::{Rect, Size};

/// How a frame's bytes are laid out, 8 bits a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Red, green, blue, alpha, interleaved.
    Rgba,
    /// A plane of luma, then one of blue and one of red difference at half the size; BT.601, limited range.
    I420,
    /// A plane of luma, then one of interleaved blue and red differences at half the size; BT.601, limited range.
    Nv12,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FrameError {
    #[error("an image has at least one pixel and at most {} a side", Frame::LONGEST_SIDE)]
    Size,
    #[error("an image of {width}x{height} has {expected} bytes in this layout, not {found}")]
    Length {
        width: u32,
        height: u32,
        expected: usize,
        found: usize,
    },
}

/// Borrowed bytes whose length fits their layout and size.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pixels: &'a [u8],
    layout: Layout,
    size: Size,
}

impl<'a> Frame<'a> {
    pub const LONGEST_SIDE: u32 = 8192;

    pub fn new(pixels: &'a [u8], layout: Layout, size: Size) -> Result<Self, FrameError> {
        let size = Self::fits(size)?;
        let (w, h) = (size.width as usize, size.height as usize);
        let expected = match layout {
            Layout::Rgba => w * h * 4,
            Layout::I420 | Layout::Nv12 => w * h + 2 * w.div_ceil(2) * h.div_ceil(2),
        };
        if pixels.len() != expected {
            let Size { width, height } = size;
            return Err(FrameError::Length {
                width,
                height,
                expected,
                found: pixels.len(),
            });
        }
        Ok(Self { pixels, layout, size })
    }

    /// That size, where a frame may have it.
    pub fn fits(size: Size) -> Result<Size, FrameError> {
        let sides = 1..=Self::LONGEST_SIDE;
        if sides.contains(&size.width) && sides.contains(&size.height) {
            Ok(size)
        } else {
            Err(FrameError::Size)
        }
    }

    pub fn size(&self) -> Size {
        self.size
    }

    /// Overwrites `into` with this frame, keeping its buffer.
    pub fn to_rgb(&self, into: &mut Rgb) {
        into.resize(self.size);
        let (w, h) = (self.size.width as usize, self.size.height as usize);
        if self.layout == Layout::Rgba {
            for (rgb, rgba) in into
                .pixels
                .as_chunks_mut::<3>()
                .0
                .iter_mut()
                .zip(self.pixels.as_chunks::<4>().0)
            {
                rgb.copy_from_slice(&rgba[..3]);
            }
            return;
        }
        let half = w.div_ceil(2);
        let (luma, chroma) = self.pixels.split_at(w * h);
        let (blue, red) = chroma.split_at(half * h.div_ceil(2));
        for y in 0..h {
            let row = &luma[y * w..][..w];
            let out = &mut into.pixels[y * w * 3..][..w * 3];
            let at = (y / 2) * half;
            match self.layout {
                Layout::I420 => yuv_row(row, out, |x| (blue[at + x], red[at + x])),
                _ => yuv_row(row, out, |x| (chroma[2 * (at + x)], chroma[2 * (at + x) + 1])),
            }
        }
    }
}

impl std::fmt::Debug for Frame<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Frame")
            .field("layout", &self.layout)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// BT.601 limited range in 10-bit fixed point (ITU-R BT.601-7, section 2.5.3).
fn yuv_row(luma: &[u8], out: &mut [u8], chroma: impl Fn(usize) -> (u8, u8)) {
    let pairs = out.chunks_mut(6).zip(luma.chunks(2));
    for (x, (rgb, pair)) in pairs.enumerate() {
        let (blue, red) = chroma(x);
        let (u, v) = (i32::from(blue) - 128, i32::from(red) - 128);
        let (r, g, b) = (1634 * v, -401 * u - 832 * v, 2066 * u);
        for (pixel, y) in rgb.chunks_mut(3).zip(pair) {
            let y = 1192 * (i32::from(*y) - 16) + 512;
            pixel[0] = ((y + r) >> 10).clamp(0, 255) as u8;
            pixel[1] = ((y + g) >> 10).clamp(0, 255) as u8;
            pixel[2] = ((y + b) >> 10).clamp(0, 255) as u8;
        }
    }
}

/// An owned image: red, green, blue, interleaved, row by row. Overwritten when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Rgb {
    size: Size,
    pixels: Vec<u8>,
}

impl Rgb {
    pub fn black(size: Size) -> Self {
        Self {
            size,
            pixels: vec![0; size.width as usize * size.height as usize * 3],
        }
    }

    pub fn size(&self) -> Size {
        self.size
    }

    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    pub fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    fn resize(&mut self, size: Size) {
        if self.size != size {
            *self = Self::black(size);
        }
    }

    pub fn wipe(&mut self) {
        self.pixels.as_mut_slice().zeroize();
    }

    /// Luma of every pixel, 0..=255 (ITU-R BT.601 weights).
    pub fn luma(&self) -> Vec<f32> {
        self.pixels
            .as_chunks::<3>()
            .0
            .iter()
            .map(|p| 0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2]))
            .collect()
    }

    /// Scaled to `size` by averaging the area under each target pixel, or bilinearly along an axis that grows.
    pub fn scaled(&self, size: Size) -> Self {
        if size == self.size {
            return self.clone();
        }
        let columns = taps(self.size.width, size.width);
        let rows = taps(self.size.height, size.height);
        let (in_width, out_width) = (self.size.width as usize, size.width as usize);
        let mut out = Self::black(size);
        let mut line = vec![0.0f32; in_width * 3];
        for (y, row) in rows.iter().enumerate() {
            line.fill(0.0);
            for (offset, weight) in row.weights.iter().enumerate() {
                let source = &self.pixels[(row.first + offset) * in_width * 3..][..in_width * 3];
                for (sum, sample) in line.iter_mut().zip(source) {
                    *sum += weight * f32::from(*sample);
                }
            }
            let target = &mut out.pixels[y * out_width * 3..][..out_width * 3];
            for (pixel, column) in target.as_chunks_mut::<3>().0.iter_mut().zip(&columns) {
                let mut sum = [0.5f32; 3];
                for (source, weight) in line[column.first * 3..].as_chunks::<3>().0.iter().zip(&column.weights) {
                    for channel in 0..3 {
                        sum[channel] += weight * source[channel];
                    }
                }
                *pixel = sum.map(|s| s as u8);
            }
        }
        line.zeroize();
        out
    }

    /// A network's input: scaled to fit `size` with its proportions kept, in the top left corner, black elsewhere; and the
    /// scale used. Three planes of `size`, row by row, 0..=255, with the channels in the given order (0 is red).
    pub fn planes(&self, size: Size, order: [usize; 3]) -> (Vec<f32>, f32) {
        let scale = (size.width as f32 / self.size.width as f32).min(size.height as f32 / self.size.height as f32);
        let fit = |side: u32, most: u32| ((side as f32 * scale).round() as u32).clamp(1, most);
        let inner = Size {
            width: fit(self.size.width, size.width),
            height: fit(self.size.height, size.height),
        };
        let scaled;
        let image = if inner == self.size {
            self
        } else {
            scaled = self.scaled(inner);
            &scaled
        };
        let (from, to) = (inner.width as usize, size.width as usize);
        let plane = to * size.height as usize;
        let mut planes = vec![0.0; 3 * plane];
        for (y, row) in image.pixels.chunks_exact(from * 3).enumerate() {
            for (target, channel) in planes.chunks_exact_mut(plane).zip(order) {
                let target = &mut target[y * to..][..from];
                for (sample, pixel) in target.iter_mut().zip(row.as_chunks::<3>().0) {
                    *sample = f32::from(pixel[channel]);
                }
            }
        }
        (planes, scale)
    }

    /// The part under `rect`, cut at the image's edges; `None` where they don't overlap.
    pub fn cropped(&self, rect: Rect) -> Option<Self> {
        let left = rect.x.max(0.0).floor() as u32;
        let top = rect.y.max(0.0).floor() as u32;
        let right = ((rect.x + rect.width).ceil().max(0.0) as u32).min(self.size.width);
        let bottom = ((rect.y + rect.height).ceil().max(0.0) as u32).min(self.size.height);
        if left >= right || top >= bottom {
            return None;
        }
        let size = Size {
            width: right - left,
            height: bottom - top,
        };
        let mut out = Self::black(size);
        let (stride, width) = (self.size.width as usize * 3, size.width as usize * 3);
        for (y, target) in out.pixels.chunks_exact_mut(width).enumerate() {
            let start = (top as usize + y) * stride + left as usize * 3;
            target.copy_from_slice(&self.pixels[start..start + width]);
        }
        Some(out)
    }

    /// Scaled down so that neither side is longer than `longest`; never scaled up.
    pub fn at_most(&self, longest: u32) -> Self {
        let side = self.size.width.max(self.size.height);
        if side <= longest {
            return self.clone();
        }
        let fit = |s: u32| ((s as f32 * longest as f32 / side as f32).round() as u32).max(1);
        self.scaled(Size {
            width: fit(self.size.width),
            height: fit(self.size.height),
        })
    }

    /// Red, green, blue, alpha (opaque), interleaved.
    pub fn to_rgba(&self) -> Vec<u8> {
        self.pixels
            .as_chunks::<3>()
            .0
            .iter()
            .flat_map(|p| [p[0], p[1], p[2], u8::MAX])
            .collect()
    }
}

impl Drop for Rgb {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl std::fmt::Debug for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rgb").field("size", &self.size).finish_non_exhaustive()
    }
}

/// The source samples under one target sample, and how much each counts; the weights sum to one.
struct Taps {
    first: usize,
    weights: Vec<f32>,
}

fn taps(from: u32, to: u32) -> Vec<Taps> {
    let step = f64::from(from) / f64::from(to);
    (0..to)
        .map(|target| {
            let target = f64::from(target);
            if step > 1.0 {
                area_taps(target * step, (target + 1.0) * step, from)
            } else {
                linear_taps(target, step, from)
            }
        })
        .collect()
}

fn area_taps(start: f64, end: f64, from: u32) -> Taps {
    let first = start.floor();
    let last = end.ceil().min(f64::from(from));
    let weights = (first as u32..last as u32)
        .map(|sample| {
            let sample = f64::from(sample);
            ((end.min(sample + 1.0) - start.max(sample)) / (end - start)) as f32
        })
        .collect();
    Taps {
        first: first as usize,
        weights,
    }
}

fn linear_taps(target: f64, step: f64, from: u32) -> Taps {
    let at = ((target + 0.5) * step - 0.5).clamp(0.0, f64::from(from - 1));
    let first = at.floor().min(f64::from(from.saturating_sub(2)));
    let share = (at - first) as f32;
    let weights = if from == 1 { vec![1.0] } else { vec![1.0 - share, share] };
    Taps {
        first: first as usize,
        weights,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rgb(size: Size, f: impl Fn(u32, u32) -> [u8; 3]) -> Rgb {
        let mut image = Rgb::black(size);
        for y in 0..size.height {
            for x in 0..size.width {
                let at = (y * size.width + x) as usize * 3;
                image.pixels[at..at + 3].copy_from_slice(&f(x, y));
            }
        }
        image
    }

    proptest! {
        #[test]
        fn an_even_surface_stays_even_at_any_size(
            w in 1u32..70, h in 1u32..70, to_w in 1u32..70, to_h in 1u32..70, grey in 0u8..=255,
        ) {
            let image = rgb(Size { width: w, height: h }, |_, _| [grey; 3]);
            let scaled = image.scaled(Size { width: to_w, height: to_h });
            prop_assert!(scaled.pixels.iter().all(|p| *p == grey));
        }

        #[test]
        fn a_frame_of_the_wrong_length_is_refused(w in 1u32..40, h in 1u32..40, extra in 1usize..9) {
            for layout in [Layout::Rgba, Layout::I420, Layout::Nv12] {
                let size = Size { width: w, height: h };
                let (wide, high) = (w as usize, h as usize);
                let right = match layout {
                    Layout::Rgba => wide * high * 4,
                    _ => wide * high + 2 * wide.div_ceil(2) * high.div_ceil(2),
                };
                let bytes = vec![90; right + extra];
                prop_assert!(Frame::new(&bytes, layout, size).is_err());
                let mut out = Rgb::black(Size { width: 1, height: 1 });
                Frame::new(&bytes[..right], layout, size).unwrap().to_rgb(&mut out);
                prop_assert_eq!(out.size(), size);
            }
        }
    }

    #[test]
    fn halving_averages_four_pixels() {
        let image = rgb(Size { width: 4, height: 4 }, |x, y| {
            [if (x + y) % 2 == 0 { 0 } else { 200 }; 3]
        });
        assert!(
            image
                .scaled(Size { width: 2, height: 2 })
                .pixels
                .iter()
                .all(|p| *p == 100)
        );
    }

    #[test]
    fn broadcast_white_black_and_red_come_out_right() {
        let size = Size { width: 2, height: 2 };
        let mut out = Rgb::black(size);
        Frame::new(&[235, 235, 16, 16, 128, 128], Layout::I420, size)
            .unwrap()
            .to_rgb(&mut out);
        assert_eq!(out.pixels(), [255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0]);
        Frame::new(&[81, 81, 81, 81, 90, 240], Layout::Nv12, size)
            .unwrap()
            .to_rgb(&mut out);
        assert!(out.pixels()[0] >= 253 && out.pixels()[1] <= 2 && out.pixels()[2] <= 2);
    }

    #[test]
    fn a_networks_input_keeps_proportions_and_is_black_elsewhere() {
        let size = Size {
            width: 640,
            height: 480,
        };
        let within = Size {
            width: 320,
            height: 256,
        };
        let (planes, scale) = rgb(size, |_, _| [10, 20, 30]).planes(within, [2, 1, 0]);
        assert_eq!(scale, 0.5);
        let at = |plane: usize, y: usize| planes[(plane * 256 + y) * 320 + 319];
        assert_eq!([at(0, 239), at(1, 239), at(2, 239)], [30.0, 20.0, 10.0]);
        assert_eq!([at(0, 240), at(1, 240), at(2, 255)], [0.0; 3]);
    }

    #[test]
    fn a_crop_beyond_the_edge_is_cut_there() {
        let image = Rgb::black(Size { width: 10, height: 10 });
        let crop = image
            .cropped(Rect {
                x: -5.0,
                y: 8.0,
                width: 10.0,
                height: 10.0,
            })
            .unwrap();
        assert_eq!(crop.size(), Size { width: 5, height: 2 });
        assert!(
            image
                .cropped(Rect {
                    x: 20.0,
                    y: 0.0,
                    width: 5.0,
                    height: 5.0
                })
                .is_none()
        );
    }
}
