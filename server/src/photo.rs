//! Photographs from files, as the browser would read them: upright and opaque.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use vedette_core::geometry::Size;
use vedette_core::image::{Frame, Layout, Rgb};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PhotoError {
    #[error("it isn't a JPEG or PNG picture, or it is damaged")]
    Unreadable,
    #[error("it has more than {} pixels a side", Frame::LONGEST_SIDE)]
    TooManyPixels,
}

/// Names of photographs that can be read end in these, in any case of letters.
pub(crate) const EXTENSIONS: [&str; 3] = ["jpg", "jpeg", "png"];

/// Bytes of the decoded picture: some 90 megapixels.
const MOST_MEMORY: u64 = 384 * 1024 * 1024;

/// Turned upright by its EXIF orientation. Reads the size before any pixel.
pub(crate) fn read(bytes: &[u8]) -> Result<Rgb, PhotoError> {
    let unreadable = |_| PhotoError::Unreadable;
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| PhotoError::Unreadable)?;
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    Frame::fits(Size { width, height }).map_err(|_| PhotoError::TooManyPixels)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    decoder.set_limits(limits).map_err(|_| PhotoError::TooManyPixels)?;
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(orientation);
    let pixels = picture.into_rgba8();
    let size = Size {
        width: pixels.width(),
        height: pixels.height(),
    };
    let frame = Frame::new(&pixels, Layout::Rgba, size).map_err(|_| PhotoError::TooManyPixels)?;
    let mut rgb = Rgb::black(size);
    frame.to_rgb(&mut rgb);
    Ok(rgb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::picture::tests::jpeg;

    #[test]
    fn what_is_no_photograph_is_refused() {
        assert_eq!(read(b"a letter").unwrap_err(), PhotoError::Unreadable);
        assert_eq!(read(b"").unwrap_err(), PhotoError::Unreadable);
        let mut cut = jpeg(200, 200);
        cut.truncate(100);
        assert_eq!(read(&cut).unwrap_err(), PhotoError::Unreadable);
        let mut wide = std::io::Cursor::new(Vec::new());
        image::GrayImage::new(9000, 2)
            .write_to(&mut wide, image::ImageFormat::Png)
            .unwrap();
        assert_eq!(read(&wide.into_inner()).unwrap_err(), PhotoError::TooManyPixels);
    }

    #[test]
    fn a_photograph_taken_sideways_is_turned_upright() {
        let mut bytes = jpeg(60, 40);
        // An EXIF segment of one entry: orientation 6, to be turned clockwise.
        let exif: Vec<u8> =
            [&b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"[..]].concat();
        bytes.splice(2..2, exif);
        assert_eq!(read(&bytes).unwrap().size(), Size { width: 40, height: 60 });
    }
}
