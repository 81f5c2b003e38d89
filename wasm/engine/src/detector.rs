use std::collections::HashMap;
use std::sync::Arc;

use tract_onnx::prelude::*;
use vedette_core::detect::{Detection, DetectionLimits, Head, InputSide, decode, input_size};
use vedette_core::geometry::{Rect, Size};
use vedette_core::image::Rgb;
use vedette_kernels::Kernels;

use crate::EngineError;
use crate::graph::{Graph, GraphError};

const STRIDES: [u32; 3] = [8, 16, 32];
/// As the published network was trained.
const BLUE_FIRST: [usize; 3] = [2, 1, 0];
/// A closer view is a square so many times as long as the face, at this size: the face has some eighty pixels in it.
const VIEW: f32 = 2.0;
const VIEW_INPUT: Size = Size {
    width: 160,
    height: 160,
};
/// Two boxes that overlap by at least this intersection over union are the same face, seen at two scales.
const SAME_FACE: f32 = 0.4;

/// Finds faces with YuNet. Keeps one plan for each input size that it has met.
pub struct Detector {
    graph: Graph,
    kernels: Kernels,
    outputs: HashMap<String, usize>,
    plans: HashMap<Size, Arc<TypedRunnableModel>>,
}

impl Detector {
    pub(crate) fn new(graph: Graph, kernels: Kernels) -> Result<Self, GraphError> {
        let outputs: HashMap<String, usize> = graph.outputs().enumerate().map(|(i, n)| (n.to_owned(), i)).collect();
        for stride in STRIDES {
            for part in ["cls", "obj", "bbox", "kps"] {
                let name = format!("{part}_{stride}");
                if !outputs.contains_key(&name) {
                    return Err(GraphError::Unknown(format!("a detector without {name}")));
                }
            }
        }
        Ok(Self {
            graph,
            kernels,
            outputs,
            plans: HashMap::new(),
        })
    }

    /// Faces in pixels of `image`, best first. The image is scaled so that its longer side becomes `longest`; faces from
    /// about 10 pixels at that scale are found.
    pub fn detect(&mut self, image: &Rgb, longest: InputSide) -> Result<Vec<Detection>, EngineError> {
        self.detect_within(image, longest, DetectionLimits::CONFIDENT)
    }

    /// The same within other limits.
    pub fn detect_within(
        &mut self,
        image: &Rgb,
        longest: InputSide,
        limits: DetectionLimits,
    ) -> Result<Vec<Detection>, EngineError> {
        let size = input_size(image.size(), longest);
        let (planes, scale) = image.planes(size, BLUE_FIRST);
        let found = self.run(size, planes, limits)?;
        Ok(found.iter().map(|d| d.scaled(1.0 / scale)).collect())
    }

    /// The same face with landmarks found on a closer view, unless it was as large where it was found, on an input of
    /// `longest`. A face at a few metres has some twenty pixels there, and landmarks that are a pixel off cost more than
    /// the distance itself does.
    pub fn look_again(&mut self, image: &Rgb, face: &Detection, longest: InputSide) -> Result<Detection, EngineError> {
        let side = face.rect.width.max(face.rect.height) * VIEW;
        let found_at = longest.get() as f32 / image.size().width.max(image.size().height) as f32;
        if side * found_at >= VIEW_INPUT.width as f32 {
            return Ok(*face);
        }
        let centre = face.rect.centre();
        let view = Rect {
            x: (centre.x - side / 2.0).max(0.0).floor(),
            y: (centre.y - side / 2.0).max(0.0).floor(),
            width: side.ceil(),
            height: side.ceil(),
        };
        let Some(close) = image.cropped(view) else {
            return Ok(*face);
        };
        let (planes, scale) = close.planes(VIEW_INPUT, BLUE_FIRST);
        let again = self
            .run(VIEW_INPUT, planes, DetectionLimits::FAINT)?
            .iter()
            .map(|found| found.scaled(1.0 / scale).moved(view.x, view.y))
            .filter(|found| found.rect.iou(&face.rect) >= SAME_FACE)
            .max_by(|a, b| a.rect.iou(&face.rect).total_cmp(&b.rect.iou(&face.rect)));
        Ok(again.map_or(*face, |found| Detection {
            landmarks: found.landmarks,
            ..*face
        }))
    }

    fn run(&mut self, size: Size, planes: Vec<f32>, limits: DetectionLimits) -> Result<Vec<Detection>, EngineError> {
        let plan = match self.plans.get(&size) {
            Some(plan) => plan.clone(),
            None => {
                let plan = self
                    .graph
                    .plan(size, &self.kernels)
                    .map_err(|e| EngineError::Run(e.to_string()))?;
                self.plans.insert(size, plan.clone());
                plan
            }
        };
        let run = |e: TractError| EngineError::Run(format!("{e:#}"));
        let outputs = input(size, planes).and_then(|i| plan.run(tvec!(i))).map_err(run)?;
        let views: Vec<_> = outputs
            .iter()
            .map(|o| o.try_as_plain_ram())
            .collect::<Result<_, _>>()
            .map_err(run)?;
        let get = |part: &str, stride: u32| views[self.outputs[&format!("{part}_{stride}")]].as_slice::<f32>();
        let mut heads = Vec::with_capacity(STRIDES.len());
        for stride in STRIDES {
            heads.push(Head {
                stride,
                class: get("cls", stride).map_err(run)?,
                objectness: get("obj", stride).map_err(run)?,
                boxes: get("bbox", stride).map_err(run)?,
                points: get("kps", stride).map_err(run)?,
            });
        }
        decode(&heads, size, limits).map_err(|e| EngineError::Run(e.to_string()))
    }
}

impl std::fmt::Debug for Detector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Detector")
            .field("sizes", &self.plans.keys())
            .finish_non_exhaustive()
    }
}

/// A network's input of 1x3xHxW from three planes of `size`.
pub(crate) fn input(size: Size, planes: Vec<f32>) -> Result<TValue, TractError> {
    let shape = (1, 3, size.height as usize, size.width as usize);
    let array = tract_ndarray::Array4::from_shape_vec(shape, planes)?;
    Ok(Tensor::from(array).into_tvalue())
}
