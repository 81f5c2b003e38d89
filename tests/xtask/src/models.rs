//! The models as they go over the wire, beside those that are published.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::shell::Shell;
use crate::stamp::Stamp;

/// The highest of each, which saves 180 kB of what a server makes by itself when it starts, and takes half a minute.
const QUALITY: u32 = 11;
const WINDOW_BITS: u32 = 24;
const BUFFER: usize = 64 << 10;

pub(crate) fn compress(shell: &Shell) -> Result<()> {
    let models = published(shell)?;
    let inputs = [&models[..], &[shell.path("tests/xtask/src/models.rs")]].concat();
    let stamp = Stamp::of(shell.target("models-made-from"), &inputs)?;
    if stamp.is_current() && models.iter().all(|model| compressed(model).is_file()) {
        return Ok(());
    }
    for model in &models {
        let bytes = fs::read(model)?;
        let mut made = Vec::new();
        brotli::CompressorReader::new(&*bytes, BUFFER, QUALITY, WINDOW_BITS).read_to_end(&mut made)?;
        fs::write(compressed(model), made)?;
    }
    stamp.write()
}

/// Where the server looks for it.
fn compressed(model: &Path) -> PathBuf {
    model.with_extension("onnx.br")
}

fn published(shell: &Shell) -> Result<Vec<PathBuf>> {
    let mut models = Vec::new();
    for entry in fs::read_dir(shell.path("models"))? {
        let path = entry?.path();
        if path.extension() == Some(OsStr::new("onnx")) {
            models.push(path);
        }
    }
    models.sort();
    Ok(models)
}
