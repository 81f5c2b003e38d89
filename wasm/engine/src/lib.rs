//! The models at work: verified weights in, faces and templates out. The same code natively and in WASM.
//!
//! 1. [`Models`] holds weights whose hash was checked.
//! 2. [`Detector`] finds faces in an RGB image of any size.
//! 3. [`Embedder`] turns one aligned face into a template.
//! 4. [`Pipeline`] does both to a stream of frames: it follows faces, picks their best shots and offers templates.
//! 5. [`enrol`] does both to one photograph and says why when it can't.

mod detector;
mod embedder;
mod enrol;
mod graph;
mod models;
#[cfg(test)]
mod onnx;
pub mod photo;
mod pipeline;
mod profile;
mod reader;
mod visit;

pub use detector::Detector;
pub use embedder::Embedder;
pub use enrol::{Enrolment, Examination, Refusal, enrol, examine};
pub use models::{EngineError, Models, Weights, plain_onnx};
pub use pipeline::{Aligned, Face, FaceState, Pipeline, Shot, Step};
pub use profile::{OperatorTime, profile};
pub use vedette_kernels::{Kernels, wipe};
pub use visit::VisitState;
