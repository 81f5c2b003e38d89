//! Photographs from files, read alike by every browser and the command line: upright and opaque.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use vedette_core::geometry::Size;
use vedette_core::image::{Frame, Rgb};
use zeroize::Zeroize;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    #[error("it isn't a JPEG or PNG picture, or it is damaged")]
    Unreadable,
    #[error("it has more than {} pixels a side, or more than {} megapixels", Frame::LONGEST_SIDE, .0 / 1_000_000)]
    TooManyPixels(u64),
}

/// Names of photographs that can be read end in these, in any case of letters.
pub const EXTENSIONS: [&str; 3] = ["jpg", "jpeg", "png"];

/// Pixels: what a computer has memory for.
pub const MOST_PIXELS: u64 = 100_000_000;

/// Turned upright by its EXIF orientation. Reads the size before any pixel, and refuses what has more than `most` of them.
pub fn read(bytes: &[u8], most: u64) -> Result<Rgb, PhotoError> {
    let unreadable = |_| PhotoError::Unreadable;
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| PhotoError::Unreadable)?;
    if reader.format() == Some(ImageFormat::Jpeg) && !is_whole(bytes) {
        return Err(PhotoError::Unreadable);
    }
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    let fits = Frame::fits(Size { width, height }).is_ok() && u64::from(width) * u64::from(height) <= most;
    if !fits {
        return Err(PhotoError::TooManyPixels(most));
    }
    let mut limits = Limits::default();
    // Sixteen bits a channel, and room for the decoder's own.
    limits.max_alloc = Some(most.saturating_mul(12));
    decoder
        .set_limits(limits)
        .map_err(|_| PhotoError::TooManyPixels(most))?;
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    if orientation != Orientation::NoTransforms {
        picture.apply_orientation(orientation);
    }
    let pixels = picture.into_rgb8();
    let mut rgb = Rgb::black(Size {
        width: pixels.width(),
        height: pixels.height(),
    });
    let mut samples = pixels.into_raw();
    rgb.pixels_mut().copy_from_slice(&samples);
    samples.zeroize();
    Ok(rgb)
}

/// Whether a JPEG's compressed data goes on to its end marker: a decoder paints what is missing grey and says nothing.
/// Follows the segments as ITU-T T.81, annex B, lays them out; what stands behind the end is no part of the picture.
pub fn is_whole(jpeg: &[u8]) -> bool {
    const END: u8 = 0xd9;
    const SCAN: u8 = 0xda;
    let marker = |at: usize| match jpeg.get(at..at + 2)? {
        [0xff, code] => Some(*code),
        _ => None,
    };
    let mut at = 2;
    while let Some(code) = marker(at) {
        match code {
            END => return true,
            // A fill byte.
            0xff => at += 1,
            // Restarts stand alone; a stuffed zero outside a scan is damage, and passed over.
            0x00 | 0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let Some(&[high, low]) = jpeg.get(at + 2..at + 4) else {
                    return false;
                };
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
                if code == SCAN {
                    // Compressed data ends with a marker that is neither a stuffed zero nor a restart.
                    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
                    let Some(length) = jpeg.get(at..).and_then(|data| data.windows(2).position(ends)) else {
                        return false;
                    };
                    at += length;
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, RgbImage};
    use proptest::prelude::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_is_no_photograph_is_refused() {
        for bytes in [&b"a letter"[..], b"", b"\xff\xd8\xff"] {
            assert_eq!(read(bytes, MOST_PIXELS).unwrap_err(), PhotoError::Unreadable);
        }
        let mut wide = Cursor::new(Vec::new());
        image::GrayImage::new(9000, 2)
            .write_to(&mut wide, ImageFormat::Png)
            .unwrap();
        assert!(matches!(
            read(&wide.into_inner(), MOST_PIXELS),
            Err(PhotoError::TooManyPixels(_))
        ));
        assert!(matches!(
            read(&jpeg(200, 200), 39_999),
            Err(PhotoError::TooManyPixels(39_999))
        ));
        assert!(read(&jpeg(200, 200), 40_000).is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_photograph_that_was_cut_is_refused_and_one_with_something_behind_it_is_not(share in 0.0f64..1.0, more in proptest::collection::vec(any::<u8>(), 0..40)) {
            let whole = jpeg(120, 90);
            let cut = &whole[..(whole.len() as f64 * share) as usize];
            prop_assert_eq!(read(cut, MOST_PIXELS).unwrap_err(), PhotoError::Unreadable);
            let longer: Vec<u8> = whole.iter().copied().chain(more).collect();
            prop_assert!(read(&longer, MOST_PIXELS).is_ok());
        }

        #[test]
        fn no_bytes_make_the_check_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            is_whole(&bytes);
            is_whole(&[&[0xff, 0xd8, 0xff, 0xda][..], &bytes].concat());
        }
    }

    #[test]
    fn a_photograph_taken_sideways_is_turned_upright() {
        let mut bytes = jpeg(60, 40);
        // An EXIF segment of one entry: orientation 6, to be turned clockwise.
        let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        bytes.splice(2..2, exif.iter().copied());
        let size = read(&bytes, MOST_PIXELS).unwrap().size();
        assert_eq!((size.width, size.height), (40, 60));
    }
}
