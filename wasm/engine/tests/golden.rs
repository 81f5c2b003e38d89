//! The engine against onnxruntime on the same photographs: `tests/golden/reference.py` wrote what is expected.

mod common;

use std::sync::Arc;

use serde::Deserialize;
use vedette_core::calibration::Target;
use vedette_core::detect::InputSide;
use vedette_core::geometry::{Point, Rect, Size};
use vedette_core::manifest::{Channels, Samples};
use vedette_core::shot::Shots;
use vedette_core::template::TemplateError;
use vedette_core::transform::{Seed, Transform};
use vedette_engine::{Detector, Embedder, EngineError, Kernels, Models};

use common::{engine, engine_with, manifest, photo, root, watchlist, weights};

#[derive(Deserialize)]
struct Golden {
    photo: String,
    longest: u32,
    score: f32,
    #[serde(rename = "box")]
    rect: [f32; 4],
    points: [[f32; 2]; 5],
    template: String,
}

#[allow(clippy::unwrap_used)]
fn floats(text: &str) -> Vec<f32> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).unwrap();
    bytes
        .chunks_exact(4)
        .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect()
}

#[test]
fn faces_and_templates_equal_the_reference() {
    equal_the_reference(engine());
}

#[test]
fn faces_and_templates_of_whole_numbers_equal_the_reference() {
    equal_the_reference(engine_with(Kernels::whole()));
}

#[allow(clippy::unwrap_used)]
fn equal_the_reference((mut detector, embedder): (Detector, Embedder)) {
    let golden: Vec<Golden> =
        serde_json::from_str(&std::fs::read_to_string(root("tests/golden/faces.json")).unwrap()).unwrap();
    assert!(golden.len() >= 8);
    for expected in &golden {
        let image = photo(&root("tests/golden").join(&expected.photo));
        let found = detector
            .detect(&image, InputSide::new(expected.longest).unwrap())
            .unwrap();
        let best = found.first().unwrap();
        let [x, y, width, height] = expected.rect;
        let iou = best.rect.iou(&Rect { x, y, width, height });
        let pairs = best.landmarks.points().into_iter().zip(expected.points);
        let drift = pairs
            .map(|(p, [x, y])| p.distance(Point::new(x, y)))
            .fold(0.0, f32::max);
        let template = embedder.embed_face(&image, &best.landmarks).unwrap();
        let reference = floats(&expected.template);
        let cosine: f32 = template.values().iter().zip(&reference).map(|(a, b)| a * b).sum();
        let case = format!("{} at {}", expected.photo, expected.longest);
        println!("{case}: IoU {iou:.5}, landmarks {drift:.3} px, cosine {cosine:.6}");
        assert!(iou >= 0.99, "{case}: IoU {iou}");
        assert!(drift <= 0.5, "{case}: landmarks {drift} px");
        assert!(cosine >= 0.9999, "{case}: cosine {cosine}");
        assert!(
            (best.score - expected.score).abs() < 0.01,
            "{case}: score {}",
            best.score
        );
    }
}

#[test]
fn two_photographs_of_one_person_match_and_strangers_do_not() {
    let (mut detector, embedder) = engine();
    let mut template = |name: &str| {
        let image = photo(&root("tests/golden").join(name));
        let face = detector.detect(&image, InputSide::PHOTO).unwrap()[0];
        embedder.embed_face(&image, &face.landmarks).unwrap()
    };
    let mut list = watchlist(Target::DEFAULT, [&template("obama.png")]);
    assert_eq!(list.search(&template("obama3.png"), Shots::ONE).unwrap().len(), 1);
    for stranger in ["biden.png", "astronaut.png"] {
        assert_eq!(
            list.search(&template(stranger), Shots::ALL[2]).unwrap(),
            [],
            "{stranger}"
        );
    }
}

#[test]
fn r102_real_faces_score_in_a_deployments_space_as_in_the_embedders_own() {
    let (mut detector, mut embedder) = engine();
    let names = ["obama.png", "obama3.png", "biden.png", "astronaut.png"];
    let mut faces = |embedder: &Embedder| {
        names.map(|name| {
            let image = photo(&root("tests/golden").join(name));
            let face = detector.detect(&image, InputSide::PHOTO).unwrap()[0];
            embedder.embed_face(&image, &face.landmarks).unwrap()
        })
    };
    let own = faces(&embedder);
    let seed = Seed::new(&[3; Seed::BYTES]).unwrap();
    embedder.set_transform(Some(Arc::new(Transform::new(&seed, own[0].space().dimensions))));
    let turned = faces(&embedder);
    assert_eq!(embedder.space(), *turned[0].space());
    assert_eq!(embedder.space().transform, Some(seed.id()));
    for (a, one) in own.iter().zip(&turned) {
        assert_eq!(a.compare(one), Err(TemplateError::ModelMismatch));
        for (b, other) in own.iter().zip(&turned) {
            let (before, after) = (a.compare(b).unwrap().get(), one.compare(other).unwrap().get());
            assert!((before - after).abs() <= 1e-5, "{before} {after}");
        }
    }
    embedder.set_transform(None);
    assert_eq!(embedder.space(), *own[0].space());
}

#[test]
fn an_embedder_gets_the_samples_that_its_manifest_asks_for() {
    let embedder = |samples| {
        let mut manifest = manifest();
        manifest.embedder.samples = samples;
        let file = weights(&manifest.embedder.model.file);
        Models::new(manifest).embedder(&file).unwrap()
    };
    let (rgb, bgr) = (Channels::Rgb, Channels::Bgr);
    let samples = |channels, mean, scale| Samples { channels, mean, scale };
    let mut face = photo(&root("tests/golden/obama.png")).scaled(Size {
        width: 112,
        height: 112,
    });
    // Dark enough to be doubled.
    face.pixels_mut().iter_mut().for_each(|sample| *sample /= 3);
    let mut turned = face.clone();
    turned.pixels_mut().chunks_exact_mut(3).for_each(<[u8]>::reverse);
    let mut lifted = face.clone();
    lifted
        .pixels_mut()
        .iter_mut()
        .for_each(|sample| *sample = *sample * 2 + 10);

    let template = |samples, image| embedder(samples).embed(image).unwrap();
    let plain = template(samples(rgb, 0.0, 1.0), &face);
    for (samples, image) in [(samples(bgr, 0.0, 1.0), &turned), (samples(rgb, 10.0, 0.5), &lifted)] {
        assert_eq!(template(samples, image).values(), plain.values(), "{samples:?}");
        let other = template(samples, &face).compare(&plain).unwrap().get();
        assert!(other < 0.999, "{samples:?}: {other}");
    }
}

#[test]
fn a_changed_or_truncated_model_is_refused() {
    let mut bytes = weights("face_detection_yunet_2023mar_int8bq.onnx");
    bytes[1000] ^= 4;
    assert!(matches!(
        Models::new(manifest()).detector(&bytes),
        Err(EngineError::Corrupt(_))
    ));
    bytes.truncate(1000);
    assert!(matches!(
        Models::new(manifest()).detector(&bytes),
        Err(EngineError::Corrupt(_))
    ));
}
