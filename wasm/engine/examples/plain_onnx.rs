//! Writes both models as plain f32 ONNX, for the benchmark's peers: `plain_onnx MODELS OUTPUT`.

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
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(models), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("name the folder of the models and the one to write to".into());
    };
    std::fs::create_dir_all(&output)?;
    let manifest = Manifest::parse(&std::fs::read_to_string(models.join("manifest.toml"))?)?;
    for (model, name, size) in [
        (&manifest.detector, "detector.onnx", FRAME),
        (&manifest.embedder.model, "embedder.onnx", FACE),
    ] {
        let bytes = std::fs::read(models.join(&model.file))?;
        verify(&bytes, model)?;
        std::fs::write(output.join(name), plain_onnx(&bytes, size)?)?;
    }
    Ok(())
}
