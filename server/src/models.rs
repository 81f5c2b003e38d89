//! The model files that browsers load, verified before the first of them is served.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;

use axum::body::Bytes;
use vedette_core::calibration::{Calibration, CalibrationError};
use vedette_core::manifest::{Manifest, ManifestError, verify};
use vedette_core::template::{TemplateError, TemplateSpace};

#[derive(Debug)]
pub(crate) struct Models {
    pub(crate) space: TemplateSpace,
    pub(crate) calibration: Arc<Calibration>,
    /// As in the file.
    pub(crate) manifest_text: Bytes,
    /// Kept in memory: what was verified is what is served.
    files: Arc<[ModelFile]>,
    pub(crate) manifest: Manifest,
    /// Texts of model cards: a card names its model's file.
    cards: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct ModelFile {
    name: String,
    pub(crate) bytes: Bytes,
    brotli: OnceLock<Bytes>,
}

/// The next ones save little more of weights, and take many times as long.
const QUALITY: u32 = 5;
const WINDOW_BITS: u32 = 22;
/// Of bytes read at once.
const BUFFER: usize = 64 << 10;
/// What the build puts beside a model ends so.
const COMPRESSED: &str = ".br";

impl ModelFile {
    pub(crate) fn new(name: String, bytes: Vec<u8>) -> Self {
        Self {
            name,
            bytes: Bytes::from(bytes),
            brotli: OnceLock::new(),
        }
    }

    /// The same compressed, once that is done.
    pub(crate) fn brotli(&self) -> Option<Bytes> {
        self.brotli.get().cloned()
    }

    /// As the build did it, with more patience, where `folder` has that; otherwise here.
    pub(crate) fn compress(&self, folder: &Path) {
        let built = std::fs::read(folder.join(format!("{}{COMPRESSED}", self.name))).ok();
        let compressed = built
            .filter(|built| self.is_in(built))
            .unwrap_or_else(|| self.quickly());
        if !compressed.is_empty() && compressed.len() < self.bytes.len() {
            let _ = self.brotli.set(Bytes::from(compressed));
        }
    }

    fn quickly(&self) -> Vec<u8> {
        let mut made = brotli::CompressorReader::new(&*self.bytes, BUFFER, QUALITY, WINDOW_BITS);
        let mut compressed = Vec::new();
        match made.read_to_end(&mut compressed) {
            Ok(_) => compressed,
            Err(_) => Vec::new(),
        }
    }

    /// Whether those bytes are this file's, compressed: what was verified is what is served.
    fn is_in(&self, compressed: &[u8]) -> bool {
        let mut whole = Vec::with_capacity(self.bytes.len() + 1);
        let most = self.bytes.len() as u64 + 1;
        let mut packed = brotli::Decompressor::new(compressed, BUFFER);
        let read = packed.by_ref().take(most).read_to_end(&mut whole);
        // Asked once more after its end, it says whether anything follows, which a browser would refuse.
        read.is_ok() && whole == self.bytes && matches!(packed.read(&mut [0]), Ok(0))
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ModelsError {
    #[error("{path} can't be read ({reason}). Say with --models where the models folder is.")]
    Missing { path: PathBuf, reason: std::io::Error },
    #[error("Wrong model: {0}.")]
    Wrong(#[from] ManifestError),
    #[error("Wrong model: {0}.")]
    Space(#[from] TemplateError),
    #[error("{path} can't be read ({reason}). Make it anew with `vedette calibrate`.")]
    Unreadable { path: PathBuf, reason: serde_json::Error },
    #[error("{path} does not fit: {reason}. Make it anew with `vedette calibrate`.")]
    Calibration { path: PathBuf, reason: CalibrationError },
}

/// Nothing depends on them but a page: what can't be read is left out.
fn cards(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = files.map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    paths
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect()
}

impl Models {
    pub(crate) fn load(folder: &Path) -> Result<Self, ModelsError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|reason| ModelsError::Missing { path, reason })
        };
        let path = folder.join("manifest.toml");
        let text = std::fs::read_to_string(&path).map_err(|reason| ModelsError::Missing { path, reason })?;
        let manifest = Manifest::parse(&text)?;
        let mut files = Vec::new();
        for model in manifest.models() {
            let bytes = read(&model.file)?;
            verify(&(&bytes).into(), model)?;
            files.push(ModelFile::new(model.file.clone(), bytes));
        }
        let space = manifest.space()?;
        let name = manifest.embedder.calibration.as_str();
        let path = folder.join(name);
        let calibration: Calibration =
            serde_json::from_slice(&read(name)?).map_err(|reason| ModelsError::Unreadable {
                path: path.clone(),
                reason,
            })?;
        calibration
            .check(&space)
            .map_err(|reason| ModelsError::Calibration { path, reason })?;
        Ok(Self {
            cards: cards(folder),
            space,
            calibration: Arc::new(calibration),
            manifest_text: Bytes::from(text),
            files: files.into(),
            manifest,
        })
    }

    /// Takes some tenths of a second; meanwhile files are served as they are. `folder` is the one they were loaded from.
    pub(crate) fn compress(&self, folder: PathBuf) {
        let files = Arc::clone(&self.files);
        thread::spawn(move || files.iter().for_each(|file| file.compress(&folder)));
    }

    pub(crate) fn file(&self, name: &str) -> Option<&ModelFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// In Markdown.
    pub(crate) fn card(&self, file: &str) -> Option<&str> {
        self.cards.iter().map(String::as_str).find(|card| card.contains(file))
    }

    /// Small made-up files in `folder`, in the shape of the real ones.
    #[cfg(test)]
    pub(crate) fn write_samples(folder: &Path) {
        use vedette_core::manifest::Sha256Hex;
        use vedette_core::template::ModelId;
        let file = |name: &str, bytes: &[u8]| {
            std::fs::write(folder.join(name), bytes).unwrap();
            format!(
                "name = \"{name}\"\nfile = \"{name}\"\nbytes = {}\nsha256 = \"{}\"\nlicence = \"MIT\"\nsource = \"test\"\n\
                 training_data = \"none\"\ninput = \"x\"\npreprocessing = \"x\"\noutput = \"x\"\n",
                bytes.len(),
                Sha256Hex::of(bytes)
            )
        };
        let text = format!(
            "[pipeline]\nversion = 2\n[detector]\n{}[embedder]\n{}samples = {{ channels = \"rgb\", mean = 0.0, scale = 1.0 }}\ndimensions = 128\ncalibration = \"calibration.json\"\n",
            file("detector.onnx", b"detector"),
            file("embedder.onnx", b"embedder")
        );
        std::fs::write(folder.join("manifest.toml"), text).unwrap();
        let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/sface-calibration.json");
        let mut calibration: Calibration = serde_json::from_slice(&std::fs::read(shipped).unwrap()).unwrap();
        calibration.model = ModelId::new(&Sha256Hex::of(b"embedder").as_str()[..ModelId::DIGITS]).unwrap();
        let text = serde_json::to_string(&calibration).unwrap();
        std::fs::write(folder.join("calibration.json"), text).unwrap();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_model_is_refused_with_its_name_and_both_hashes() {
        let folder = tempfile::tempdir().unwrap();
        Models::write_samples(folder.path());
        let models = Models::load(folder.path()).unwrap();
        assert_eq!(models.file("embedder.onnx").unwrap().bytes, "embedder");
        assert!(models.file("../manifest.toml").is_none());
        std::fs::write(folder.path().join("embedder.onnx"), b"embeddex").unwrap();
        let message = Models::load(folder.path()).unwrap_err().to_string();
        let expected = models.space.model.as_str();
        let found = vedette_core::manifest::Sha256Hex::of(b"embeddex");
        assert!(message.contains("embedder.onnx"), "{message}");
        assert!(
            message.contains(expected) && message.contains(found.as_str()),
            "{message}"
        );
    }

    #[test]
    fn a_file_that_compressing_makes_no_smaller_is_left_as_it_is() {
        let (weights, few) = (vec![7; 100_000], b"few".to_vec());
        let [large, small] = [weights.clone(), few].map(|bytes| ModelFile::new("model.onnx".into(), bytes));
        assert!(large.brotli().is_none());
        for file in [&large, &small] {
            file.compress(Path::new("/nowhere/at/all"));
        }
        let compressed = large.brotli().unwrap();
        assert!(compressed.len() < 1_000);
        let mut whole = Vec::new();
        let read = brotli::Decompressor::new(&*compressed, 4_096).read_to_end(&mut whole);
        assert_eq!((read.unwrap(), whole), (weights.len(), weights));
        assert!(small.brotli().is_none());
    }

    #[test]
    fn what_the_build_compressed_is_served_only_if_it_is_the_model() {
        let weights: Vec<u8> = (0..100_000_u32).map(|n| (n / 7) as u8).collect();
        let compressed = |bytes: &[u8]| {
            let mut made = Vec::new();
            brotli::CompressorReader::new(bytes, BUFFER, 11, 24)
                .read_to_end(&mut made)
                .unwrap();
            made
        };
        let longer = [&weights[..], b"more"].concat();
        let cut = compressed(&weights)[..40].to_vec();
        let followed = [&compressed(&weights)[..], b"more"].concat();
        let own = {
            let file = ModelFile::new("model.onnx".into(), weights.clone());
            file.quickly()
        };
        for (built, served) in [
            (compressed(&weights), compressed(&weights)),
            (compressed(&longer), own.clone()),
            (compressed(b"another"), own.clone()),
            (cut, own.clone()),
            (followed, own),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("model.onnx.br"), &built).unwrap();
            let file = ModelFile::new("model.onnx".into(), weights.clone());
            file.compress(folder.path());
            assert_eq!(file.brotli().unwrap(), served);
        }
    }

    #[test]
    fn a_missing_folder_is_named() {
        let message = Models::load(Path::new("/nowhere/at/all")).unwrap_err().to_string();
        assert!(
            message.contains("/nowhere/at/all/manifest.toml") && message.contains("--models"),
            "{message}"
        );
    }
}
