//! Which of a model's operators become this crate's.

use std::sync::Arc;

use tract_onnx::tract_core::internal::*;
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::cnn::{Conv, KernelFormat, MaxPool, PoolSpec};
use tract_onnx::tract_core::ops::math::Max;
use tract_onnx::tract_core::ops::nn::DataFormat;

use crate::convolution::{Convolution, Ending};
use crate::depthwise::Depthwise;
use crate::inner::Activation;
use crate::kernels::Kernels;
use crate::operators::{Layer, MaxPool2};
use crate::prelu::Prelu;
use crate::window::Window;

/// Makes convolutions, with the activation that follows them, and pooling fast in WASM and on x86. Does nothing on other
/// processors, where tract's own operators are faster. The model is one that tract has typed but not simplified yet. What this
/// crate doesn't know is left to tract.
pub fn accelerate(model: &mut TypedModel, kernels: &Kernels) -> TractResult<()> {
    if kernels.are_fast() {
        replace(model, kernels)?;
    }
    Ok(())
}

/// How many operators were replaced.
pub(crate) fn replace(model: &mut TypedModel, kernels: &Kernels) -> TractResult<usize> {
    let mut replaced = 0;
    for id in model.eval_order()? {
        let node = model.node(id);
        let patch = if let Some(conv) = node.op_as::<Conv>() {
            convolution(model, node, conv, kernels)?
        } else if let Some(pool) = node.op_as::<MaxPool>() {
            max_pool(model, node, pool)?
        } else {
            None
        };
        if let Some(patch) = patch {
            patch.apply(model)?;
            replaced += 1;
        }
    }
    Ok(replaced)
}

/// Channels, and height and width, of a tensor of f32 in NCHW whose image has a known size.
fn image(fact: &TypedFact) -> Option<(usize, (usize, usize))> {
    if fact.datum_type != f32::datum_type() || fact.rank() != 4 {
        return None;
    }
    let size = |axis: usize| fact.shape[axis].to_usize().ok();
    Some((size(1)?, (size(2)?, size(3)?)))
}

/// The numbers that an outlet always has. Between a file's constant and its reader tract puts casts and reshapes, which it
/// takes out later.
fn constant(model: &TypedModel, outlet: OutletId) -> TractResult<Option<Arc<Tensor>>> {
    let known = match &model.outlet_fact(outlet)?.konst {
        Some(known) => known.clone(),
        None => {
            let node = model.node(outlet.node);
            let [input] = node.inputs[..] else {
                return Ok(None);
            };
            let Some(input) = constant(model, input)? else {
                return Ok(None);
            };
            let mut outputs = node.op.eval(&EvalContext::out_of_plan(), tvec!(input.into_tvalue()))?;
            outputs.swap_remove(outlet.slot).into_arc_tensor()
        }
    };
    Ok(Some(known).filter(|k| k.datum_type() == f32::datum_type()))
}

fn numbers(tensor: &Tensor) -> TractResult<Vec<f32>> {
    Ok(tensor.try_as_plain_ram()?.as_slice::<f32>()?.to_vec())
}

/// Nothing for a pool that isn't two-dimensional in NCHW, or has dilations.
fn window(pool: &PoolSpec, size: (usize, usize)) -> Option<Window> {
    let pair = |numbers: &[usize]| <[usize; 2]>::try_from(numbers).ok().map(|[y, x]| (y, x));
    let kernel = pair(&pool.kernel_shape)?;
    let (strides, dilations) = (pair(&pool.strides())?, pair(&pool.dilations())?);
    if pool.data_format != DataFormat::NCHW || dilations != (1, 1) || strides.0 == 0 || strides.1 == 0 {
        return None;
    }
    let along = |axis: usize, size: usize| {
        let found = pool
            .padding
            .compute_one(axis, &size, pool.kernel_shape[axis], 1, pool.strides()[axis]);
        (found.pad_before, found.pad_after, found.convoluted)
    };
    let (rows, columns) = (along(0, size.0), along(1, size.1));
    let window = Window {
        kernel,
        stride: strides,
        before: (rows.0, columns.0),
        after: (rows.1, columns.1),
    };
    // tract's word counts: it rounds up where a file asks for that.
    (window.output(size) == Some((rows.2, columns.2))).then_some(window)
}

fn convolution(
    model: &TypedModel,
    node: &TypedNode,
    conv: &Conv,
    kernels: &Kernels,
) -> TractResult<Option<TypedModelPatch>> {
    let (Some((channels, size)), Some(weights), Some(bias)) = (
        image(model.outlet_fact(node.inputs[0])?),
        constant(model, node.inputs[1])?,
        constant(model, node.inputs[2])?,
    ) else {
        return Ok(None);
    };
    let filters = conv.output_channels();
    let Some(window) = window(&conv.pool_spec, size) else {
        return Ok(None);
    };
    if conv.q_params.is_some() || conv.kernel_fmt != KernelFormat::OIHW {
        return Ok(None);
    }
    let mut bias = numbers(&bias)?;
    if bias.len() == 1 {
        bias.resize(filters, bias[0]);
    }
    if bias.len() != filters {
        return Ok(None);
    }
    let (activation, slopes, outlet) = ending(model, node, filters)?;
    let ending = Ending {
        bias,
        slopes,
        activation,
    };
    let weights = numbers(&weights)?;
    if conv.group == 1 {
        let layer = Convolution::new(kernels, window, (channels, size), &weights, ending);
        layer.map(|layer| put(model, node, layer, outlet)).transpose()
    } else if conv.group == channels && channels == filters {
        let layer = Depthwise::new(kernels, window, size, &weights, ending);
        layer.map(|layer| put(model, node, layer, outlet)).transpose()
    } else {
        Ok(None)
    }
}

fn put<T: crate::operators::PerImage>(
    model: &TypedModel,
    node: &TypedNode,
    layer: T,
    outlet: OutletId,
) -> TractResult<TypedModelPatch> {
    let mut patch = TypedModelPatch::new(layer.name());
    let input = patch.tap_model(model, node.inputs[0])?;
    let output = patch.wire_node(&model.node(outlet.node).name, Layer(Arc::new(layer)), &[input])?;
    patch.shunt_outside(model, outlet, output[0])?;
    Ok(patch)
}

/// The activation that follows a layer and nothing else reads before it, its slopes, and whose output the two then make.
fn ending(model: &TypedModel, node: &TypedNode, filters: usize) -> TractResult<(Activation, Vec<f32>, OutletId)> {
    let own = (Activation::None, Vec::new(), OutletId::new(node.id, 0));
    let [successor] = node.outputs[0].successors[..] else {
        return Ok(own);
    };
    if model.output_outlets()?.contains(&own.2) {
        return Ok(own);
    }
    let next = model.node(successor.node);
    let outlet = OutletId::new(next.id, 0);
    let Some(other) = next.inputs.get(1 - successor.slot.min(1)).copied() else {
        return Ok(own);
    };
    let Some(constant) = constant(model, other)? else {
        return Ok(own);
    };
    if next.op_is::<Prelu>() && successor.slot == 0 {
        let mut slopes = numbers(&constant)?;
        if slopes.len() == 1 {
            slopes.resize(filters, slopes[0]);
        }
        if slopes.len() == filters {
            return Ok((Activation::Prelu, slopes, outlet));
        }
    } else if let Some(TypedBinOp(op, _)) = next.op_as::<TypedBinOp>()
        && op.is::<Max>()
        && constant.len() == 1
        && numbers(&constant)? == [0.0]
    {
        return Ok((Activation::Relu, Vec::new(), outlet));
    }
    Ok(own)
}

fn max_pool(model: &TypedModel, node: &TypedNode, pool: &MaxPool) -> TractResult<Option<TypedModelPatch>> {
    let Some((channels, size)) = image(model.outlet_fact(node.inputs[0])?) else {
        return Ok(None);
    };
    let plain = Window {
        kernel: (2, 2),
        stride: (2, 2),
        before: (0, 0),
        after: (0, 0),
    };
    let fits = window(&pool.pool_spec, size) == Some(plain) && size.0 > 1 && size.1 > 1;
    if pool.with_index_outputs.is_some() || !fits {
        return Ok(None);
    }
    let layer = MaxPool2 { channels, size };
    put(model, node, layer, OutletId::new(node.id, 0)).map(Some)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tract_onnx::tract_core::ops::cnn::PaddingSpec;
    use tract_onnx::tract_core::ops::math::max;

    use super::*;
    use crate::tests::numbers;

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum End {
        Plain,
        Relu,
        /// The zero stands on the left.
        LeftRelu,
        Prelu,
        OneSlope,
        /// The sums are an output too.
        ReadTwice,
    }

    fn ends() -> impl Strategy<Value = End> {
        prop_oneof![
            Just(End::Plain),
            Just(End::Relu),
            Just(End::LeftRelu),
            Just(End::Prelu),
            Just(End::OneSlope),
            Just(End::ReadTwice)
        ]
    }

    fn tensor(shape: &[usize], seed: u32) -> Tensor {
        let numbers = numbers(shape.iter().product(), seed);
        tract_ndarray::ArrayD::from_shape_vec(shape, numbers).unwrap().into()
    }

    fn spec(kernel: &[usize], strides: &[usize], padding: PaddingSpec, channels: (usize, usize)) -> PoolSpec {
        PoolSpec::new(
            DataFormat::NCHW,
            kernel.into(),
            padding,
            None,
            Some(strides.into()),
            channels.0,
            channels.1,
        )
    }

    /// A model of one convolution.
    fn convolution(input: &[usize], pool: PoolSpec, group: usize, end: End, seed: u32) -> TypedModel {
        let mut model = TypedModel::default();
        let image = model.add_source("image", f32::fact(input)).unwrap();
        let (channels, filters) = (pool.input_channels, pool.output_channels);
        let shape = [&[filters, channels / group][..], &pool.kernel_shape[..]].concat();
        let weights = model.add_const("weights", tensor(&shape, seed + 1)).unwrap();
        let bias = model.add_const("bias", tensor(&[filters], seed + 2)).unwrap();
        let conv = Conv::new(pool, KernelFormat::OIHW, group, None);
        let sums = model.wire_node("conv", conv, &[image, weights, bias]).unwrap();
        let zero = Tensor::zero::<f32>(&[1, 1, 1, 1]).unwrap();
        let zero = model.add_const("zero", zero).unwrap();
        let outputs = match end {
            End::Plain => sums,
            End::Relu => model.wire_node("relu", max(), &[sums[0], zero]).unwrap(),
            End::LeftRelu => model.wire_node("relu", max(), &[zero, sums[0]]).unwrap(),
            End::Prelu | End::OneSlope => {
                let slopes = if end == End::Prelu { filters } else { 1 };
                let slopes = model.add_const("slopes", tensor(&[slopes, 1, 1], seed + 3)).unwrap();
                model.wire_node("prelu", Prelu, &[sums[0], slopes]).unwrap()
            }
            End::ReadTwice => {
                let relu = model.wire_node("relu", max(), &[sums[0], zero]).unwrap();
                tvec!(relu[0], sums[0])
            }
        };
        model.select_output_outlets(&outputs).unwrap();
        model
    }

    /// The model as tract runs it and as this crate does, with every loop that runs here.
    fn as_tract(model: &TypedModel, input: &[usize], seed: u32, replaced: usize) -> Result<(), TestCaseError> {
        let image = tensor(input, seed).into_tvalue();
        let run = |model: TypedModel| {
            let plan = model.into_optimized().unwrap().into_runnable().unwrap();
            plan.run(tvec!(image.clone())).unwrap()
        };
        let expected = run(model.clone());
        for kernels in Kernels::each() {
            let mut ours = model.clone();
            prop_assert_eq!(replace(&mut ours, &kernels).unwrap(), replaced);
            for (found, expected) in run(ours).iter().zip(&expected) {
                prop_assert_eq!(found.shape(), expected.shape());
                let near = if kernels.are_whole() {
                    Approximation::Custom(0.01, 0.001, 0.0)
                } else {
                    Approximation::Approximate
                };
                found.close_enough(expected, near).unwrap();
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn a_convolution_is_tracts(
            batch in 1usize..3, channels in 1usize..12, filters in 1usize..20, size in (6usize..20, 6usize..20),
            kernel in (1usize..4, 1usize..4), strides in (1usize..4, 1usize..4), pads in (0usize..3, 0usize..3, 0usize..3, 0usize..3),
            end in ends(), seed in any::<u16>().prop_map(u32::from),
        ) {
            let padding = PaddingSpec::Explicit(tvec![pads.0, pads.1], tvec![pads.2, pads.3]);
            let pool = spec(&[kernel.0, kernel.1], &[strides.0, strides.1], padding, (channels, filters));
            let input = [batch, channels, size.0, size.1];
            as_tract(&convolution(&input, pool, 1, end, seed), &input, seed, 1)?;
        }

        #[test]
        fn a_depthwise_convolution_is_tracts(
            channels in 2usize..12, size in (4usize..30, 4usize..30), stride in 1usize..3,
            padding in prop_oneof![Just(PaddingSpec::Valid), Just(PaddingSpec::SameUpper), Just(PaddingSpec::SameLower)],
            end in ends(), seed in any::<u16>().prop_map(u32::from),
        ) {
            let pool = spec(&[3, 3], &[stride, stride], padding, (channels, channels));
            let input = [1, channels, size.0, size.1];
            as_tract(&convolution(&input, pool, channels, end, seed), &input, seed, 1)?;
        }

        #[test]
        fn a_pool_is_tracts_and_any_other_is_left_to_it(
            channels in 1usize..5, size in (4usize..20, 4usize..20), kernel in 2usize..4, pads in (0usize..2, 0usize..2),
            ceil in any::<bool>(), seed in any::<u16>().prop_map(u32::from),
        ) {
            let padding = PaddingSpec::ExplicitOnnxPool(tvec![pads.0, pads.0], tvec![pads.1, pads.1], ceil);
            let pool = spec(&[kernel, kernel], &[2, 2], padding, (channels, channels));
            let input = [1, channels, size.0, size.1];
            let mut model = TypedModel::default();
            let image = model.add_source("image", f32::fact(input)).unwrap();
            let output = model.wire_node("pool", MaxPool::new(pool, None), &[image]).unwrap();
            model.select_output_outlets(&output).unwrap();
            let ragged = ceil && (size.0 % 2 == 1 || size.1 % 2 == 1);
            let ours = kernel == 2 && pads == (0, 0) && !ragged;
            as_tract(&model, &input, seed, usize::from(ours))?;
        }
    }

    #[test]
    fn what_this_crate_does_not_know_is_left_to_tract() {
        let pool = |dilations: Option<TVec<usize>>, channels| PoolSpec {
            dilations,
            ..spec(&[3, 3], &[1, 1], PaddingSpec::Valid, channels)
        };
        let input = [1, 4, 9, 9];
        let dilated = pool(Some(tvec![2, 2]), (4, 6));
        as_tract(&convolution(&input, dilated, 1, End::Relu, 1), &input, 1, 0).unwrap();
        let grouped = pool(None, (4, 6));
        as_tract(&convolution(&input, grouped, 2, End::Prelu, 1), &input, 1, 0).unwrap();
        let several_filters_each = pool(None, (4, 8));
        as_tract(
            &convolution(&input, several_filters_each, 4, End::Plain, 1),
            &input,
            1,
            0,
        )
        .unwrap();
    }

    #[test]
    fn on_a_processor_without_loops_of_its_own_nothing_is_replaced() {
        let input = [1, 4, 9, 9];
        let pool = spec(&[3, 3], &[1, 1], PaddingSpec::Valid, (4, 6));
        let mut model = convolution(&input, pool, 1, End::Relu, 1);
        accelerate(&mut model, &Kernels::portable()).unwrap();
        assert_eq!(
            model.nodes.iter().any(|n| n.op_is::<Conv>()),
            !cfg!(target_arch = "wasm32")
        );
    }
}
