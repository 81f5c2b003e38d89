//! Pictures that devices send: JPEG only, small, decoded once to be sure.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::{ImageDecoder, Limits};
use vedette_store::row::Jpeg;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PictureError {
    #[error("it isn't a JPEG picture, or it is damaged")]
    NotJpeg,
    #[error("it has more than {} pixels a side", LONGEST_SIDE)]
    TooManyPixels,
    #[error("it is larger than {limit} KiB", limit = .0 / 1024)]
    TooLarge(usize),
}

/// Pixels. The browser sends crops of a face of at most 256; a margin leaves room for other clients.
const LONGEST_SIDE: u32 = 1024;

/// The marker with which every whole JPEG ends (ITU-T T.81, B.1.1.3).
const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];

/// Decodes the picture to be sure of it and hands its bytes back. Reads the size before any pixel.
pub(crate) fn checked(bytes: Vec<u8>, limit: usize) -> Result<Jpeg, PictureError> {
    let jpeg = Jpeg(bytes);
    if jpeg.0.len() > limit {
        return Err(PictureError::TooLarge(limit));
    }
    let mut decoder = JpegDecoder::new(Cursor::new(&jpeg.0)).map_err(|_| PictureError::NotJpeg)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > LONGEST_SIDE {
        return Err(PictureError::TooManyPixels);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    decoder.set_limits(limits).map_err(|_| PictureError::TooManyPixels)?;
    let size = usize::try_from(decoder.total_bytes()).map_err(|_| PictureError::TooManyPixels)?;
    let mut pixels = zeroize::Zeroizing::new(vec![0; size]);
    decoder.read_image(&mut pixels).map_err(|_| PictureError::NotJpeg)?;
    // The decoder paints what is missing grey. Within the picture's data these two bytes can't stand together.
    if !jpeg.0.ends_with(&END_OF_IMAGE) {
        return Err(PictureError::NotJpeg);
    }
    Ok(jpeg)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture =
            image::RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_small_jpeg_passes_unchanged() {
        let bytes = jpeg(112, 140);
        assert_eq!(checked(bytes.clone(), 256 * 1024).unwrap().0, bytes);
    }

    #[test]
    fn a_cut_or_foreign_or_huge_picture_is_refused() {
        assert_eq!(checked(b"not a picture".to_vec(), 1024), Err(PictureError::NotJpeg));
        assert_eq!(
            checked(b"\x89PNG\r\n\x1a\n0000".to_vec(), 1024),
            Err(PictureError::NotJpeg)
        );
        assert_eq!(checked(jpeg(1025, 4), 1 << 20), Err(PictureError::TooManyPixels));
        assert_eq!(checked(jpeg(100, 100), 100), Err(PictureError::TooLarge(100)));
        let mut header_only = jpeg(200, 200);
        header_only.truncate(100);
        assert_eq!(checked(header_only, 1 << 20), Err(PictureError::NotJpeg));
    }

    proptest! {
        #[test]
        fn a_picture_that_is_cut_anywhere_is_refused(width in 1u32..200, height in 1u32..200, kept in 0.0..1.0) {
            let mut bytes = jpeg(width, height);
            bytes.truncate((bytes.len() as f64 * kept) as usize);
            prop_assert_eq!(checked(bytes, 1 << 20), Err(PictureError::NotJpeg));
        }

        #[test]
        fn garbage_never_panics(mut bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            if bytes.len() > 3 {
                bytes[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
            }
            let _ = checked(bytes, 1 << 20);
        }
    }
}
