use std::sync::Arc;

use tract_onnx::prelude::*;
use vedette_core::align::{SIDE, align};
use vedette_core::geometry::{Landmarks, Size};
use vedette_core::image::Rgb;
use vedette_core::manifest::Samples;
use vedette_core::template::{Template, TemplateSpace};
use vedette_core::transform::Transform;
use vedette_kernels::Kernels;
use zeroize::{Zeroize, Zeroizing};

use crate::EngineError;
use crate::detector::input;
use crate::graph::{Graph, GraphError};

/// Turns an aligned face into a template.
pub struct Embedder {
    plan: Arc<TypedRunnableModel>,
    samples: Samples,
    templates: Templates,
}

/// Makes templates of embeddings, in the network's own space or in a deployment's.
pub(crate) struct Templates {
    /// Of the network's own output.
    space: TemplateSpace,
    transform: Option<Arc<Transform>>,
}

impl Templates {
    pub(crate) const fn new(space: TemplateSpace) -> Self {
        Self { space, transform: None }
    }

    pub(crate) fn set_transform(&mut self, transform: Option<Arc<Transform>>) {
        self.transform = transform;
    }

    fn space(&self) -> TemplateSpace {
        TemplateSpace {
            transform: self.transform.as_ref().map(|transform| transform.id().clone()),
            ..self.space.clone()
        }
    }

    pub(crate) fn of(&self, embedding: &[f32]) -> Result<Template, EngineError> {
        let template = Template::from_embedding(self.space.clone(), embedding.to_vec())?;
        Ok(match &self.transform {
            Some(transform) => transform.apply(template)?,
            None => template,
        })
    }
}

impl Embedder {
    pub(crate) fn new(
        graph: &Graph,
        kernels: &Kernels,
        samples: Samples,
        space: TemplateSpace,
    ) -> Result<Self, GraphError> {
        Ok(Self {
            plan: graph.plan(
                Size {
                    width: SIDE,
                    height: SIDE,
                },
                kernels,
            )?,
            samples,
            templates: Templates::new(space),
        })
    }

    /// From now on templates are made in that deployment's space; with nothing, in the network's own.
    pub fn set_transform(&mut self, transform: Option<Arc<Transform>>) {
        self.templates.set_transform(transform);
    }

    /// Of the templates that it makes now.
    pub fn space(&self) -> TemplateSpace {
        self.templates.space()
    }

    /// `face` is what [`align`] returns: 112x112.
    pub fn embed(&self, face: &Rgb) -> Result<Template, EngineError> {
        self.templates.of(&self.embedding(face)?)
    }

    /// What the network says of such a face: of any length, in no deployment's space.
    pub fn embedding(&self, face: &Rgb) -> Result<Zeroizing<Vec<f32>>, EngineError> {
        let run = |e: TractError| EngineError::Run(format!("{e:#}"));
        if face.size()
            != (Size {
                width: SIDE,
                height: SIDE,
            })
        {
            return Err(EngineError::Run(format!("an aligned face is {SIDE}x{SIDE} pixels")));
        }
        let Samples { channels, mean, scale } = self.samples;
        let (mut planes, _) = face.planes(face.size(), channels.order());
        for sample in &mut planes {
            *sample = (*sample - mean) * scale;
        }
        let mut outputs = input(face.size(), planes)
            .and_then(|i| self.plan.run(tvec!(i)))
            .map_err(run)?;
        // The runtime's own copy is overwritten; the other one overwrites itself.
        let mut output = outputs.swap_remove(0).into_tensor();
        let mut plain = output.try_as_plain_ram_mut().map_err(run)?;
        let values = plain.as_slice_mut::<f32>().map_err(run)?;
        let embedding = Zeroizing::new(values.to_vec());
        values.zeroize();
        Ok(embedding)
    }

    /// Runs the network once: the first run is the slowest.
    pub fn warm_up(&self) -> Result<(), EngineError> {
        let mut grey = Rgb::black(Size {
            width: SIDE,
            height: SIDE,
        });
        grey.pixels_mut().fill(128);
        self.embedding(&grey).map(drop)
    }

    /// Aligns, then embeds.
    pub fn embed_face(&self, image: &Rgb, landmarks: &Landmarks) -> Result<Template, EngineError> {
        let face = align(image, landmarks).map_err(|e| EngineError::Run(e.to_string()))?;
        self.embed(&face)
    }
}

impl std::fmt::Debug for Embedder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embedder")
            .field("space", &self.space())
            .finish_non_exhaustive()
    }
}
