//! Weights whose hash was checked, and what can go wrong with them.

use std::sync::Arc;

use vedette_core::geometry::Size;
use vedette_core::manifest::{Hashed, Manifest, ManifestError, verify};
use vedette_core::template::{TemplateError, TemplateSpace};
use vedette_kernels::Kernels;

use crate::graph::{Graph, GraphError};
use crate::{Detector, Embedder};

#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The file is not the one that the manifest names.
    #[error(transparent)]
    Corrupt(#[from] ManifestError),
    #[error("the engine can't run {file}: {reason}")]
    Unsupported { file: String, reason: String },
    #[error("the engine failed on an image: {0}")]
    Run(String),
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// The manifest, and the way from verified bytes to a working network.
#[derive(Clone, Debug)]
pub struct Models {
    manifest: Arc<Manifest>,
    kernels: Kernels,
}

impl Models {
    pub fn new(manifest: Manifest) -> Self {
        Self {
            manifest: Arc::new(manifest),
            kernels: Kernels::default(),
        }
    }

    /// Networks that are loaded from now on run with these.
    pub fn set_kernels(&mut self, kernels: Kernels) {
        self.kernels = kernels;
    }

    /// Those with which networks run that are loaded from now on.
    pub fn kernels(&self) -> &Kernels {
        &self.kernels
    }

    /// The instructions with which networks run that are loaded from now on.
    pub fn simd(&self) -> &'static str {
        self.kernels.simd()
    }

    pub fn space(&self) -> Result<TemplateSpace, EngineError> {
        Ok(self.manifest.space()?)
    }

    /// Fails with `Corrupt` unless `file` has the manifest's length and SHA-256.
    pub fn detector<'a>(&self, file: impl Into<Hashed<'a>>) -> Result<Detector, EngineError> {
        let (file, model) = (file.into(), &self.manifest.detector);
        verify(&file, model)?;
        Graph::read(file.bytes())
            .and_then(|g| Detector::new(g, self.kernels.clone()))
            .map_err(|e| unsupported(&model.file, &e))
    }

    /// Fails with `Corrupt` unless `file` has the manifest's length and SHA-256.
    pub fn embedder<'a>(&self, file: impl Into<Hashed<'a>>) -> Result<Embedder, EngineError> {
        self.embedder_of(&self.read_embedder(file)?)
    }

    /// What of it can be done before it is known with which kernels it runs. Fails with `Corrupt` unless `file` has the manifest's
    /// length and SHA-256.
    pub fn read_embedder<'a>(&self, file: impl Into<Hashed<'a>>) -> Result<Weights, EngineError> {
        let (file, model) = (file.into(), &self.manifest.embedder.model);
        verify(&file, model)?;
        Graph::read(file.bytes())
            .map(Weights)
            .map_err(|e| unsupported(&model.file, &e))
    }

    /// `weights` as [`Models::read_embedder`] gave them.
    pub fn embedder_of(&self, weights: &Weights) -> Result<Embedder, EngineError> {
        let embedder = &self.manifest.embedder;
        Embedder::new(&weights.0, &self.kernels, embedder.samples, self.space()?)
            .map_err(|e| unsupported(&embedder.model.file, &e))
    }
}

/// An embedder's weights, checked and read.
pub struct Weights(Graph);

impl std::fmt::Debug for Weights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Weights").finish_non_exhaustive()
    }
}

/// A published model as a plain f32 ONNX file for inputs of 1x3xHxW, so that other runtimes can be measured on the same
/// weights: some refuse block-quantised files.
pub fn plain_onnx(published: &[u8], input: Size) -> Result<Vec<u8>, EngineError> {
    Graph::read(published)
        .map(|g| g.to_onnx(input))
        .map_err(|e| unsupported("the model", &e))
}

fn unsupported(file: &str, error: &GraphError) -> EngineError {
    EngineError::Unsupported {
        file: file.to_owned(),
        reason: error.to_string(),
    }
}
