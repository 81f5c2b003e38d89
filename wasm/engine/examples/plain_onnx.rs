//! Writes both models as plain f32 ONNX, for the benchmark's peers: `plain_onnx MODELS OUTPUT [WIDTH HEIGHT]`, of the detector's input.

use std::error::Error;
use std::path::PathBuf;

use vedette_core::geometry::Size;
use vedette_core::manifest::{Manifest, verify};
use vedette_engine::plain_onnx;

/// A 640x480 frame becomes this for the detector.
const FRAME: Size = Size {
    width: 320,
    height: 256,
};
const FACE: Size = Size {
    width: 112,
    height: 112,
};

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let (models, output, frame) = match &given[..] {
        [models, output] => (models, output, FRAME),
        [models, output, width, height] => {
            let (width, height) = (width.parse()?, height.parse()?);
            (models, output, Size { width, height })
        }
        _ => return Err("name the folder of the models and the one to write to".into()),
    };
    let (models, output) = (PathBuf::from(models), PathBuf::from(output));
    std::fs::create_dir_all(&output)?;
    let manifest = Manifest::parse(&std::fs::read_to_string(models.join("manifest.toml"))?)?;
    for (model, name, size) in [
        (&manifest.detector, "detector.onnx", frame),
        (&manifest.embedder.model, "embedder.onnx", FACE),
    ] {
        let bytes = std::fs::read(models.join(&model.file))?;
        verify(&bytes, model)?;
        std::fs::write(output.join(name), plain_onnx(&bytes, size)?)?;
    }
    Ok(())
}
