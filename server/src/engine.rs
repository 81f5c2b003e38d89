//! The recognition engine outside the browser: the same code, on the weights of a models folder.

use std::path::{Path, PathBuf};

use vedette_core::manifest::Manifest;
use vedette_core::template::TemplateSpace;
use vedette_engine::{Detector, Embedder, EngineError, Models};

#[derive(Debug, thiserror::Error)]
pub(crate) enum WeightsError {
    #[error("{path} can't be read ({reason}). Say with --models where the models folder is.")]
    Missing { path: PathBuf, reason: std::io::Error },
    #[error("Wrong model: {0}.")]
    Wrong(#[from] EngineError),
}

/// A models folder.
#[derive(Debug)]
pub(crate) struct Weights {
    pub(crate) manifest: Manifest,
    pub(crate) space: TemplateSpace,
    models: Models,
    detector: Vec<u8>,
    embedder: Vec<u8>,
}

impl Weights {
    pub(crate) fn read(folder: &Path) -> Result<Self, WeightsError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|reason| WeightsError::Missing { path, reason })
        };
        let text = String::from_utf8_lossy(&read("manifest.toml")?).into_owned();
        let manifest = Manifest::parse(&text).map_err(EngineError::from)?;
        let models = Models::new(manifest.clone());
        Ok(Self {
            space: models.space()?,
            detector: read(&manifest.detector.file)?,
            embedder: read(&manifest.embedder.model.file)?,
            models,
            manifest,
        })
    }

    pub(crate) fn engine(&self) -> Result<(Detector, Embedder), EngineError> {
        Ok((
            self.models.detector(&self.detector)?,
            self.models.embedder(&self.embedder)?,
        ))
    }
}
