//! What the engine's tests share: the shipped models, and photographs.
#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "a test that can't go on stops; not every test uses everything"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::Uuid;
use vedette_core::calibration::{Calibration, Target};
use vedette_core::geometry::Size;
use vedette_core::id::EntryId;
use vedette_core::image::{Frame, Layout, Rgb};
use vedette_core::manifest::Manifest;
use vedette_core::template::Template;
use vedette_core::watchlist::Watchlist;
use vedette_engine::{Detector, Embedder, Kernels, Models};

/// A path in the repository.
pub(crate) fn root(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(inside)
}

pub(crate) fn manifest() -> Manifest {
    Manifest::parse(&std::fs::read_to_string(root("models/manifest.toml")).unwrap()).unwrap()
}

pub(crate) fn calibration() -> Calibration {
    let text = std::fs::read(root("models").join(manifest().embedder.calibration)).unwrap();
    serde_json::from_slice(&text).unwrap()
}

pub(crate) fn entry(number: usize) -> EntryId {
    EntryId::new(Uuid::from_u128(number as u128))
}

/// A watchlist of one reference each, numbered from 0.
pub(crate) fn watchlist<'a>(target: Target, references: impl IntoIterator<Item = &'a Template>) -> Watchlist {
    let mut list = Watchlist::new(manifest().space().unwrap(), Arc::new(calibration()), target).unwrap();
    for (number, reference) in references.into_iter().enumerate() {
        list.insert(entry(number), reference).unwrap();
    }
    list
}

pub(crate) fn weights(file: &str) -> Vec<u8> {
    std::fs::read(root("models").join(file)).unwrap()
}

pub(crate) fn engine() -> (Detector, Embedder) {
    engine_with(Kernels::default())
}

pub(crate) fn engine_with(kernels: Kernels) -> (Detector, Embedder) {
    let manifest = manifest();
    let mut models = Models::new(manifest.clone());
    models.set_kernels(kernels);
    let detector = models.detector(&weights(&manifest.detector.file)).unwrap();
    (
        detector,
        models.embedder(&weights(&manifest.embedder.model.file)).unwrap(),
    )
}

/// Red, green, blue, alpha.
pub(crate) fn rgba(path: &Path) -> (Vec<u8>, Size) {
    let image = image::open(path).unwrap().to_rgba8();
    let size = Size {
        width: image.width(),
        height: image.height(),
    };
    (image.into_raw(), size)
}

pub(crate) fn photo(path: &Path) -> Rgb {
    let (pixels, size) = rgba(path);
    let mut rgb = Rgb::black(size);
    Frame::new(&pixels, Layout::Rgba, size).unwrap().to_rgb(&mut rgb);
    rgb
}

/// Puts a picture into a larger one, its top left corner at the given place.
pub(crate) fn paste(picture: &Rgb, into: &mut Rgb, left: usize, top: usize) {
    let (width, stride) = (picture.size().width as usize * 3, into.size().width as usize * 3);
    for (y, row) in picture.pixels().chunks_exact(width).enumerate() {
        let start = (top + y) * stride + left * 3;
        into.pixels_mut()[start..start + width].copy_from_slice(row);
    }
}

/// The two portraits of each person, where the evaluation data is at hand.
pub(crate) fn portraits() -> Option<Vec<[PathBuf; 2]>> {
    let folder = root("../shared/data/portraits");
    let Ok(manifest) = std::fs::read_to_string(folder.join("manifest.csv")) else {
        println!("the evaluation portraits are not at hand; nothing was compared");
        return None;
    };
    let pairs = manifest.lines().skip(1).map(|line| {
        let person = line.split(',').next().unwrap();
        let mut files = line
            .split(',')
            .filter(|field| field.starts_with(&format!("{person}/")))
            .map(|file| folder.join(file));
        [files.next().unwrap(), files.next().unwrap()]
    });
    Some(pairs.collect())
}
