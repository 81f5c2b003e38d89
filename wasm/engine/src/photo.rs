//! Photographs from files, read alike by every browser and the command line: upright and opaque.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use vedette_core::compression::{JpegQuality, Steps};
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
/// What stands behind the end is no part of the picture.
pub fn is_whole(jpeg: &[u8]) -> bool {
    let mut segments = Segments::of(jpeg);
    while let Some(segment) = segments.next() {
        if segment.code == SCAN && !segments.pass_data() {
            return false;
        }
    }
    segments.ended
}

/// How strongly a JPEG file was compressed, by the table that its luminance, the first component, was quantised with. Nothing
/// for another kind of file, and for a JPEG without loss.
pub fn compression(bytes: &[u8]) -> Option<JpegQuality> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut tables: [Option<Steps>; 4] = [None; 4];
    let mut wanted = None;
    for segment in Segments::of(bytes) {
        match segment.code {
            TABLES => keep_tables(segment.content, &mut tables)?,
            // Sequential and progressive frames, of Huffman's or arithmetic coding: precision, height, width, the number of
            // components; of each its name, its sampling, and its table's number.
            0xc0..=0xc2 | 0xc9 | 0xca => wanted = Some(usize::from(*segment.content.get(8)?)),
            SCAN => break,
            _ => {}
        }
    }
    tables.get(wanted?)?.as_ref().map(JpegQuality::of)
}

/// A segment holds one table or several: a byte of precision and number, then 64 steps of one byte or two.
fn keep_tables(mut content: &[u8], tables: &mut [Option<Steps>; 4]) -> Option<()> {
    while let Some((&head, rest)) = content.split_first() {
        let width = match head >> 4 {
            0 => 1,
            1 => 2,
            _ => return None,
        };
        let (steps, more) = rest.split_at_checked(64 * width)?;
        let mut table: Steps = [0; 64];
        for (step, bytes) in table.iter_mut().zip(steps.chunks_exact(width)) {
            *step = bytes.iter().fold(0, |before, byte| before << 8 | u16::from(*byte));
        }
        *tables.get_mut(usize::from(head & 0xf))? = Some(table);
        content = more;
    }
    Some(())
}

const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const TABLES: u8 = 0xdb;

struct Segment<'a> {
    code: u8,
    content: &'a [u8],
}

/// The segments of a JPEG as ITU-T T.81, annex B, lays them out.
struct Segments<'a> {
    jpeg: &'a [u8],
    at: usize,
    /// The end marker was reached.
    ended: bool,
}

impl<'a> Segments<'a> {
    fn of(jpeg: &'a [u8]) -> Self {
        let at = 2;
        Self { jpeg, at, ended: false }
    }

    /// Behind a scan's head: to the marker that ends the compressed data, which is neither a stuffed zero nor a restart.
    fn pass_data(&mut self) -> bool {
        let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
        let rest = self.jpeg.get(self.at..);
        let length = rest.and_then(|data| data.windows(2).position(ends));
        self.at += length.unwrap_or_default();
        length.is_some()
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        loop {
            let &[0xff, code] = self.jpeg.get(self.at..self.at + 2)? else {
                return None;
            };
            match code {
                END => {
                    self.ended = true;
                    return None;
                }
                // A fill byte.
                0xff => self.at += 1,
                // Restarts stand alone; a stuffed zero outside a scan is damage, and passed over.
                0x00 | 0x01 | 0xd0..=0xd8 => self.at += 2,
                _ => {
                    let &[high, low] = self.jpeg.get(self.at + 2..self.at + 4)? else {
                        return None;
                    };
                    let end = self.at + 2 + usize::from(u16::from_be_bytes([high, low]));
                    let content = self.jpeg.get(self.at + 4..end).unwrap_or_default();
                    self.at = end;
                    return Some(Segment { code, content });
                }
            }
        }
    }
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
        fn no_bytes_make_the_checks_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..200), code in any::<u8>()) {
            for head in [&[][..], &[0xff, 0xd8, 0xff, 0xda], &[0xff, 0xd8, 0xff, 0xdb, 0, 69], &[0xff, 0xd8, 0xff, code]] {
                let file = [head, &bytes].concat();
                is_whole(&file);
                compression(&file);
            }
        }

        #[test]
        fn r26_a_jpeg_says_how_strongly_it_was_compressed(quality in 1u8..=100) {
            let picture = RgbImage::from_fn(40, 24, |x, y| image::Rgb([(x * 6) as u8, (y * 9) as u8, 90]));
            let mut bytes = Vec::new();
            picture
                .write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality))
                .unwrap();
            prop_assert_eq!(compression(&bytes).map(JpegQuality::get), Some(quality));
        }
    }

    #[test]
    fn compression_is_told_of_jpeg_files_only_and_by_the_luminance_table() {
        let mut png = Cursor::new(Vec::new());
        RgbImage::new(8, 8).write_to(&mut png, ImageFormat::Png).unwrap();
        assert_eq!(compression(&png.into_inner()), None);
        let segment = |code: u8, content: &[u8]| {
            let length = (content.len() as u16 + 2).to_be_bytes();
            [&[0xff, code, length[0], length[1]][..], content].concat()
        };
        // Two tables in one segment; the first component's is the second, of sixteen bits and as coarse as can be.
        let tables = [&[0x00][..], &[1; 64], &[0x11], &[0x01, 0x00].repeat(64)].concat();
        let frame = |table: u8| [8, 0, 8, 0, 8, 1, 1, 0x11, table];
        let file = |code: u8, table: u8| {
            let parts = [
                segment(TABLES, &tables),
                segment(code, &frame(table)),
                segment(SCAN, &[1]),
            ];
            [&[0xff, 0xd8][..], &parts.concat()].concat()
        };
        assert_eq!(compression(&file(0xc2, 1)).map(JpegQuality::get), Some(1));
        assert_eq!(compression(&file(0xc0, 0)).map(JpegQuality::get), Some(100));
        assert_eq!(compression(&file(0xc0, 2)), None);
        // Lossless.
        assert_eq!(compression(&file(0xc3, 0)), None);
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
