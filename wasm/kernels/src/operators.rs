//! tract's operators of this crate: conversions, and the images of a batch one after the other.

use std::sync::Arc;

use tract_onnx::tract_core::internal::*;

use crate::convolution::Convolution;
use crate::dense::dense;
use crate::depthwise::Depthwise;
use crate::pool::greatest_of_four;
use crate::shape::Numbers;

/// What one image of a batch becomes, of planes one after the other.
pub(crate) trait PerImage: std::fmt::Debug + Send + Sync + 'static {
    fn name(&self) -> &'static str;
    /// Of the output: channels, height, width.
    fn output(&self) -> [usize; 3];
    fn run(&self, image: &[f32], output: &mut [f32]);
}

impl PerImage for Convolution {
    fn name(&self) -> &'static str {
        match self.numbers() {
            Numbers::Floats => "OwnConvolution",
            Numbers::Shorts => "OwnConvolution of whole numbers",
        }
    }

    fn output(&self) -> [usize; 3] {
        self.output()
    }

    fn run(&self, image: &[f32], output: &mut [f32]) {
        self.run(image, output);
    }
}

impl PerImage for Depthwise {
    fn name(&self) -> &'static str {
        "OwnDepthwise"
    }

    fn output(&self) -> [usize; 3] {
        self.output()
    }

    fn run(&self, image: &[f32], output: &mut [f32]) {
        self.run(image, output);
    }
}

/// Two by two, with a stride of 2 and nothing around.
#[derive(Debug)]
pub(crate) struct MaxPool2 {
    pub(crate) channels: usize,
    pub(crate) size: (usize, usize),
}

impl PerImage for MaxPool2 {
    fn name(&self) -> &'static str {
        "OwnMaxPool"
    }

    fn output(&self) -> [usize; 3] {
        [self.channels, self.size.0 / 2, self.size.1 / 2]
    }

    fn run(&self, image: &[f32], output: &mut [f32]) {
        greatest_of_four(image, self.size, output);
    }
}

/// A layer of this crate as an operator of tract's, from NCHW to NCHW.
#[derive(Debug)]
pub(crate) struct Layer<T>(pub(crate) Arc<T>);

impl<T> Clone for Layer<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Two layers are the same only when they are one: comparing weights would cost more than it saves.
impl<T> PartialEq for Layer<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Eq for Layer<T> {}

impl<T: PerImage> Op for Layer<T> {
    fn name(&self) -> StaticName {
        self.0.name().into()
    }

    op_as_typed_op!();
}

impl<T: PerImage> EvalOp for Layer<T> {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let input = args_1!(inputs);
        let input = input.try_as_plain_ram()?;
        let [channels, height, width] = self.0.output();
        let batch = input.shape()[0];
        // SAFETY: as tract asks of its own operators: each number is written, and none is read before.
        let mut output = unsafe { Tensor::uninitialized::<f32>(&[batch, channels, height, width])? };
        let images = input.as_slice::<f32>()?;
        let mut plain = output.try_as_plain_ram_mut()?;
        let outputs = plain.as_slice_mut::<f32>()?;
        for (image, output) in images
            .chunks_exact(images.len() / batch)
            .zip(outputs.chunks_exact_mut(channels * height * width))
        {
            self.0.run(image, output);
        }
        Ok(tvec!(output.into_tvalue()))
    }
}

impl<T: PerImage> TypedOp for Layer<T> {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let batch = inputs[0].shape[0].clone();
        let [channels, height, width] = self.0.output().map(TDim::from);
        Ok(tvec!(f32::fact([batch, channels, height, width])))
    }

    as_op!();
}

/// Images of so many numbers, one a row, times the turned weights, a row for each output. Nothing of the weights is copied.
#[derive(Clone, Debug)]
pub struct Dense {
    weights: Arc<Tensor>,
}

impl Dense {
    /// Nothing unless the weights are a matrix of f32.
    pub fn new(weights: Arc<Tensor>) -> Option<Self> {
        let fits = weights.rank() == 2 && weights.datum_type() == f32::datum_type();
        fits.then_some(Self { weights })
    }
}

/// As for [`Layer`].
impl PartialEq for Dense {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.weights, &other.weights)
    }
}

impl Eq for Dense {}

impl Op for Dense {
    fn name(&self) -> StaticName {
        "OwnDense".into()
    }

    op_as_typed_op!();
}

impl EvalOp for Dense {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let input = args_1!(inputs);
        let &[outputs, length] = self.weights.shape() else {
            bail!("the weights are no matrix");
        };
        let &[images, width] = input.shape() else {
            bail!("the images are no matrix");
        };
        ensure!(width == length);
        let weights = self.weights.try_as_plain_ram()?;
        let input = input.try_as_plain_ram()?;
        let mut output = Tensor::zero::<f32>(&[images, outputs])?;
        let mut plain = output.try_as_plain_ram_mut()?;
        let weights = weights.as_slice::<f32>()?;
        for (image, output) in input
            .as_slice::<f32>()?
            .chunks_exact(length.max(1))
            .zip(plain.as_slice_mut::<f32>()?.chunks_exact_mut(outputs.max(1)))
        {
            dense(weights, image, output);
        }
        Ok(tvec!(output.into_tvalue()))
    }
}

impl TypedOp for Dense {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let images = inputs[0].shape[0].clone();
        Ok(tvec!(f32::fact([images, self.weights.shape()[0].to_dim()])))
    }

    as_op!();
}
