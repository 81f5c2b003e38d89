//! From the nodes of an ONNX graph to tract's typed operators: those that networks for faces are made of, and no others. Each
//! operator that could be read is code that every tablet loads; tract's own reader, which knows them all, is most of a module.

use tract_onnx::pb::NodeProto;
use tract_onnx::tract_core::internal::*;
use tract_onnx::tract_core::ops::array::TypedConcat;
use tract_onnx::tract_core::ops::cnn::{Conv, KernelFormat, MaxPool, PaddingSpec, PoolSpec, SumPool};
use tract_onnx::tract_core::ops::einsum::EinSum;
use tract_onnx::tract_core::ops::math::{add, div, max, min, mul, sub};
use tract_onnx::tract_core::ops::nn::resize::NearestUpsample;
use tract_onnx::tract_core::ops::nn::{DataFormat, sigmoid};
use vedette_kernels::{Dense, Prelu};

use crate::graph::{Graph, reshaped, scale_and_shift};

/// The first version of ONNX's operators in which two inputs fit each other as they do since.
const OLDEST: i64 = 7;
/// Of a window and its padding, and by how much an image is made larger.
const LONGEST: usize = 64;
/// In one tensor; the largest of a network for faces has two million.
const MOST_NUMBERS: usize = 1 << 26;

/// A model for an input of that shape. Fails on a graph whose nodes aren't in the order in which they are computed, or that has
/// an operator, an attribute or a form of one that isn't here.
pub(crate) fn typed(graph: &Graph, shape: &[usize]) -> TractResult<TypedModel> {
    let mut reader = Reader {
        graph,
        model: TypedModel::default(),
        outlets: HashMap::new(),
    };
    if graph.operators().is_none_or(|version| version < OLDEST) {
        bail!("the engine knows ONNX's operators since version {OLDEST}");
    }
    let input = graph.input().ok_or_else(|| format_err!("there isn't one input"))?;
    let source = reader.model.add_source(input, f32::fact(shape))?;
    reader.outlets.insert(input.to_owned(), source);
    for node in graph.nodes() {
        let outlet = known(node)
            .and_then(|()| reader.node(node))
            .and_then(|outlet| reader.bounded(outlet))
            .with_context(|| format!("{} {}", node.op_type, node.output.join(" ")))?;
        let name = node.output.first().cloned().unwrap_or_default();
        reader.outlets.insert(name, outlet);
    }
    let outputs = graph.outputs().map(|name| reader.outlet(name));
    let outputs = outputs.collect::<TractResult<Vec<_>>>()?;
    reader.model.select_output_outlets(&outputs)?;
    Ok(reader.model)
}

struct Reader<'a> {
    graph: &'a Graph,
    model: TypedModel,
    /// Of the nodes and constants that the model has so far, by name.
    outlets: HashMap<String, OutletId>,
}

impl Reader<'_> {
    fn node(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        match node.op_type.as_str() {
            "Add" => self.pair(node, add()),
            "AveragePool" => {
                let counts = node.get_attr_opt("count_include_pad")?.unwrap_or(false);
                let pool = self.pool(node)?;
                self.one(node, averages(pool, counts))
            }
            "BatchNormalization" => self.normalisation(node),
            "Clip" => self.clip(node),
            "Concat" => self.concat(node),
            "Conv" => self.conv(node),
            "Div" => self.pair(node, div()),
            "Dropout" | "Identity" => self.input(node, 0),
            "Flatten" => self.flatten(node),
            "Gemm" => self.gemm(node),
            "GlobalAveragePool" => {
                let [channels, size @ ..] = self.image(node)?;
                let window = tvec!(size[0], size[1]);
                let whole = PoolSpec::new(
                    DataFormat::NCHW,
                    window,
                    PaddingSpec::Valid,
                    None,
                    None,
                    channels,
                    channels,
                );
                self.one(node, averages(whole, true))
            }
            "LeakyRelu" => {
                // ONNX's default.
                let slope = tensor1(&[node.get_attr_opt::<f32>("alpha")?.unwrap_or(0.01)]);
                let slope = self.model.add_const(format!("{}.slope", name(node)), slope)?;
                self.channels(node)?;
                let input = self.input(node, 0)?;
                self.wire(node, Prelu, &[input, slope])
            }
            "MatMul" => {
                let inputs = [self.input(node, 0)?, self.input(node, 1)?];
                self.product(name(node), &inputs, [false, false])
            }
            "MaxPool" => {
                let pool = self.pool(node)?;
                self.one(node, MaxPool::new(pool, None))
            }
            "Mul" => self.pair(node, mul()),
            "PRelu" => self.prelu(node),
            "Relu" => {
                let input = self.input(node, 0)?;
                self.bound(name(node), max(), input, 0.0)
            }
            "Reshape" => {
                let shape = self.integers(node, 1)?;
                let sizes = self.sizes(node, 0)?;
                let sizes = reshaped(&sizes, &shape).ok_or_else(|| format_err!("its shape {shape:?} doesn't fit"))?;
                self.reshape(node, &sizes)
            }
            "Resize" => self.resize(node),
            "Sigmoid" => self.one(node, sigmoid()),
            "Sub" => self.pair(node, sub()),
            "Transpose" => self.transpose(node),
            _ => bail!("the engine doesn't know this operator"),
        }
    }

    /// The same outlet, unless what comes out of it is larger than anything that a network for faces computes.
    fn bounded(&self, outlet: OutletId) -> TractResult<OutletId> {
        let sizes = self.model.outlet_fact(outlet)?.shape.as_concrete();
        let numbers = sizes.and_then(|sizes| sizes.iter().try_fold(1usize, |all, size| all.checked_mul(*size)));
        if numbers.is_none_or(|numbers| numbers == 0 || numbers > MOST_NUMBERS) {
            bail!("what it makes has no size, or too large a one");
        }
        Ok(outlet)
    }

    fn outlet(&mut self, name: &str) -> TractResult<OutletId> {
        if let Some(outlet) = self.outlets.get(name) {
            return Ok(*outlet);
        }
        let constant = self.constant(name)?;
        let outlet = self.model.add_const(name, constant)?;
        self.outlets.insert(name.to_owned(), outlet);
        Ok(outlet)
    }

    fn constant(&self, name: &str) -> TractResult<Arc<Tensor>> {
        let constant = self.graph.constant(name);
        constant.ok_or_else(|| format_err!("nothing before it makes {name}, and it isn't a constant"))
    }

    fn input(&mut self, node: &NodeProto, index: usize) -> TractResult<OutletId> {
        match given(node, index) {
            Some(name) => self.outlet(name),
            None => bail!("its input {index} is missing"),
        }
    }

    /// Of an input.
    fn sizes(&mut self, node: &NodeProto, index: usize) -> TractResult<TVec<usize>> {
        let input = self.input(node, index)?;
        let shape = &self.model.outlet_fact(input)?.shape;
        shape.as_concrete().map(Into::into).context("its sizes aren't known")
    }

    /// Channels, height and width of the first input.
    fn image(&mut self, node: &NodeProto) -> TractResult<[usize; 3]> {
        match self.sizes(node, 0)?[..] {
            [_, channels, height, width] => Ok([channels, height, width]),
            ref sizes => bail!("its input {sizes:?} isn't an image"),
        }
    }

    /// How many the first input has.
    fn channels(&mut self, node: &NodeProto) -> TractResult<usize> {
        self.sizes(node, 0)?
            .get(1)
            .copied()
            .context("its input has no channels")
    }

    fn floats(&self, node: &NodeProto, index: usize) -> TractResult<Option<Vec<f32>>> {
        let Some(name) = given(node, index) else {
            return Ok(None);
        };
        let tensor = self.constant(name)?;
        Ok(Some(tensor.try_as_plain_ram()?.as_slice::<f32>()?.to_vec()))
    }

    fn integers(&self, node: &NodeProto, index: usize) -> TractResult<Vec<i64>> {
        let name = given(node, index).unwrap_or_default();
        let known = self.graph.integers(name);
        known.ok_or_else(|| format_err!("its input {index} isn't a constant of whole numbers"))
    }

    fn wire(
        &mut self,
        node: &NodeProto,
        op: impl Into<Box<dyn TypedOp>>,
        inputs: &[OutletId],
    ) -> TractResult<OutletId> {
        Ok(self.model.wire_node(name(node), op, inputs)?[0])
    }

    /// An operator of one input.
    fn one(&mut self, node: &NodeProto, op: impl Into<Box<dyn TypedOp>>) -> TractResult<OutletId> {
        let input = self.input(node, 0)?;
        self.wire(node, op, &[input])
    }

    /// An operator of two inputs, the lesser of which is repeated to the size of the other.
    fn pair(&mut self, node: &NodeProto, op: impl Into<Box<dyn TypedOp>>) -> TractResult<OutletId> {
        let inputs = [self.input(node, 0)?, self.input(node, 1)?];
        Ok(wire_with_rank_broadcast(name(node), &mut self.model, op, &inputs)?[0])
    }

    /// `op` of the input and one number.
    fn bound(
        &mut self,
        name: &str,
        op: impl Into<Box<dyn TypedOp>>,
        input: OutletId,
        number: f32,
    ) -> TractResult<OutletId> {
        let number = self.model.add_const(format!("{name}.bound"), tensor0(number))?;
        Ok(wire_with_rank_broadcast(name, &mut self.model, op, &[input, number])?[0])
    }

    fn clip(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        // Attributes until opset 11, inputs since.
        let single = |found: Option<Vec<f32>>| found.and_then(|numbers| numbers.first().copied());
        let least = node.get_attr_opt("min")?.or(single(self.floats(node, 1)?));
        let most = node.get_attr_opt("max")?.or(single(self.floats(node, 2)?));
        let mut outlet = self.input(node, 0)?;
        if let Some(least) = least {
            outlet = self.bound(&format!("{}.least", name(node)), max(), outlet, least)?;
        }
        if let Some(most) = most {
            outlet = self.bound(name(node), min(), outlet, most)?;
        }
        Ok(outlet)
    }

    fn concat(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        let first = self.sizes(node, 0)?;
        let axis = along(node.get_attr("axis")?, first.len())?;
        let mut inputs = tvec!();
        for index in 0..node.input.len() {
            let mut sizes = self.sizes(node, index)?;
            if sizes.len() == first.len() {
                sizes[axis] = first[axis];
            }
            if sizes != first {
                bail!("its input {index} doesn't fit the first one");
            }
            inputs.push(self.input(node, index)?);
        }
        self.wire(node, TypedConcat { axis }, &inputs)
    }

    fn conv(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        let [channels, ..] = self.image(node)?;
        let [filters, of_group, window @ ..] = &self.sizes(node, 1)?[..] else {
            bail!("its weights have no channels");
        };
        let group = node.get_attr_opt::<usize>("group")?.unwrap_or(1);
        if of_group.checked_mul(group) != Some(channels) || filters % group.max(1) != 0 {
            bail!("its weights aren't for {channels} channels");
        }
        let said = node.get_attr_opt_tvec::<usize>("kernel_shape")?;
        if said.is_some_and(|said| said[..] != *window) {
            bail!("its weights don't have its window");
        }
        let pool = spec(node, window, (channels, *filters), false)?;
        let bias = match self.floats(node, 2)?.as_deref() {
            None => tensor0(0f32),
            Some([bias]) => tensor0(*bias),
            Some(bias) if bias.len() == *filters => tensor1(bias),
            Some(bias) => bail!("its bias has {} numbers", bias.len()),
        };
        let bias = self.model.add_const(format!("{}.bias", name(node)), bias)?;
        let inputs = [self.input(node, 0)?, self.input(node, 1)?, bias];
        self.wire(node, Conv::new(pool, KernelFormat::OIHW, group, None), &inputs)
    }

    fn pool(&mut self, node: &NodeProto) -> TractResult<PoolSpec> {
        let window: TVec<usize> = node.get_attr_tvec("kernel_shape")?;
        let [channels, ..] = self.image(node)?;
        spec(node, &window, (channels, channels), true)
    }

    /// With one slope, or one for each channel.
    fn prelu(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        let channels = self.channels(node)?;
        let mut slopes = self.sizes(node, 1)?;
        // Sizes fit each other from the last on.
        let after_channels = self.sizes(node, 0)?.len() - 2;
        let at = slopes.len().checked_sub(after_channels + 1);
        let own = at.map_or(1, |at| std::mem::replace(&mut slopes[at], 1));
        if (own != 1 && own != channels) || slopes.iter().any(|size| *size != 1) {
            bail!("the engine knows it with one slope, or one for each channel");
        }
        let inputs = [self.input(node, 0)?, self.input(node, 1)?];
        self.wire(node, Prelu, &inputs)
    }

    /// One that could not be folded into the layer before it.
    fn normalisation(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        let mut numbers = Vec::new();
        for index in 1..5 {
            numbers.push(self.floats(node, index)?.context("it isn't of constants")?);
        }
        let numbers = scale_and_shift(node, &numbers).context("its constants don't fit each other")?;
        let rank = self.sizes(node, 0)?.len();
        let mut outlet = self.input(node, 0)?;
        for (op, what, numbers) in [(mul(), "scale", numbers.0), (add(), "shift", numbers.1)] {
            let mut shape = vec![1; rank];
            *shape.get_mut(1).context("it has no channels")? = numbers.len();
            let numbers = numbers.into_iter().map(|n| n as f32).collect();
            let numbers = tract_ndarray::ArrayD::from_shape_vec(shape, numbers)?;
            let name = format!("{}.{what}", name(node));
            let numbers = self.model.add_const(format!("{name}.numbers"), Tensor::from(numbers))?;
            outlet = self.model.wire_node(name, op, &[outlet, numbers])?[0];
        }
        Ok(outlet)
    }

    /// Of matrices, each of which may be turned first.
    fn product(&mut self, name: &str, inputs: &[OutletId; 2], turned: [bool; 2]) -> TractResult<OutletId> {
        let shape = |outlet: OutletId| {
            self.model
                .outlet_fact(outlet)?
                .shape
                .as_concrete()
                .context("its sizes aren't known")
        };
        let ([.., a, b], [.., c, d]) = (shape(inputs[0])?, shape(inputs[1])?) else {
            bail!("its inputs aren't matrices");
        };
        let (columns, rows) = (if turned[0] { a } else { b }, if turned[1] { d } else { c });
        if columns != rows {
            bail!("{columns} columns don't fit {rows} rows");
        }
        let inputs = wire_rank_broadcast(name, &mut self.model, inputs)?;
        let rank = self.model.outlet_fact(inputs[0])?.rank();
        let axes = AxesMapping::for_numpy_matmul(rank, turned[0], turned[1], false)?;
        Ok(self
            .model
            .wire_node(name, EinSum::new(axes, f32::datum_type()), &inputs)?[0])
    }

    fn gemm(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        let factor = |name: &str| TractResult::Ok(node.get_attr_opt::<f32>(name)?.unwrap_or(1.0));
        if (factor("alpha")?, factor("beta")?) != (1.0, 1.0) {
            bail!("the engine knows it without factors only");
        }
        let turned = |name: &str| TractResult::Ok(node.get_attr_opt::<bool>(name)?.unwrap_or(false));
        let turned = [turned("transA")?, turned("transB")?];
        let name = name(node);
        let product = format!("{name}.product");
        let product = match (turned, self.dense(node)?) {
            ([false, true], Some(layer)) => {
                let input = self.input(node, 0)?;
                self.model.wire_node(product, layer, &[input])?[0]
            }
            _ => {
                let inputs = [self.input(node, 0)?, self.input(node, 1)?];
                self.product(&product, &inputs, turned)?
            }
        };
        if given(node, 2).is_none() {
            return Ok(product);
        }
        let bias = self.input(node, 2)?;
        Ok(wire_with_rank_broadcast(name, &mut self.model, add(), &[product, bias])?[0])
    }

    /// Of known weights, and images that fit them.
    fn dense(&mut self, node: &NodeProto) -> TractResult<Option<Dense>> {
        let Some(weights) = given(node, 1).and_then(|name| self.graph.constant(name)) else {
            return Ok(None);
        };
        let fits =
            matches!((&self.sizes(node, 0)?[..], weights.shape()), ([_, images], [_, length]) if images == length);
        Ok(Dense::new(weights).filter(|_| fits))
    }

    fn flatten(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        let sizes = self.sizes(node, 0)?;
        let axis = node.get_attr_opt("axis")?.unwrap_or(1);
        let axis = if axis == sizes.len() as i64 {
            sizes.len()
        } else {
            along(axis, sizes.len())?
        };
        let (before, after) = sizes.split_at(axis);
        self.reshape(node, &[before.iter().product(), after.iter().product()])
    }

    fn reshape(&mut self, node: &NodeProto, sizes: &[usize]) -> TractResult<OutletId> {
        let dims = |sizes: &[usize]| sizes.iter().map(|size| size.to_dim()).collect();
        let from = self.sizes(node, 0)?;
        self.one(node, AxisOp::Reshape(0, dims(&from), dims(sizes)))
    }

    fn transpose(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        let rank = self.sizes(node, 0)?.len();
        let order = node
            .get_attr_opt_vec("perm")?
            .unwrap_or_else(|| (0..rank).rev().collect());
        let mut sorted = order.clone();
        sorted.sort_unstable();
        if !sorted.into_iter().eq(0..rank) {
            bail!("{order:?} isn't an order of its axes");
        }
        let mut outlet = self.input(node, 0)?;
        for (step, op) in perm_to_ops(&order).into_iter().enumerate() {
            outlet = self.model.wire_node(format!("{}.{step}", name(node)), op, &[outlet])?[0];
        }
        Ok(outlet)
    }

    /// Whole multiples, by repeating what is there.
    fn resize(&mut self, node: &NodeProto) -> TractResult<OutletId> {
        let is = |name: &str, value: &str| TractResult::Ok(node.get_attr_opt::<&str>(name)? == Some(value));
        let repeats = is("coordinate_transformation_mode", "asymmetric")? && is("nearest_mode", "floor")?;
        if !repeats || !is("mode", "nearest")? {
            bail!("the engine knows it only where it repeats what is there");
        }
        let scales = self.floats(node, 2)?.context("it isn't by constant factors")?;
        let whole = scales
            .iter()
            .all(|scale| (1.0..=LONGEST as f32).contains(scale) && scale.fract() == 0.0);
        if !whole || scales.len() != self.sizes(node, 0)?.len() {
            bail!("the engine knows it by whole factors only, not by {scales:?}");
        }
        let scales = scales.into_iter().map(|scale| scale as usize).collect();
        self.one(node, NearestUpsample { scales })
    }
}

/// Fails on an attribute that would change what an operator computes, and that isn't heeded here.
fn known(node: &NodeProto) -> TractResult<()> {
    const WINDOW: &[&str] = &["auto_pad", "dilations", "kernel_shape", "pads", "strides"];
    let (some, more): (&[&str], &[&str]) = match node.op_type.as_str() {
        "AveragePool" => (WINDOW, &["ceil_mode", "count_include_pad"]),
        "BatchNormalization" => (&["epsilon", "momentum"], &[]),
        "Clip" => (&["max", "min"], &[]),
        "Concat" | "Flatten" => (&["axis"], &[]),
        "Conv" => (WINDOW, &["group"]),
        "Dropout" => (&["ratio", "seed"], &[]),
        "Gemm" => (&["alpha", "beta", "transA", "transB"], &[]),
        "LeakyRelu" => (&["alpha"], &[]),
        "MaxPool" => (WINDOW, &["ceil_mode"]),
        "Resize" => (
            &["coordinate_transformation_mode", "mode", "nearest_mode"],
            &["cubic_coeff_a", "extrapolation_value"],
        ),
        "Transpose" => (&["perm"], &[]),
        _ => (&[], &[]),
    };
    /// What they switch on isn't known.
    const OFF: &[&str] = &[
        "allowzero",
        "antialias",
        "exclude_outside",
        "storage_order",
        "training_mode",
    ];
    for attribute in &node.attribute {
        let name = attribute.name.as_str();
        let heeded = some.contains(&name) || more.contains(&name) || (OFF.contains(&name) && attribute.i == 0);
        if !heeded {
            bail!("the engine doesn't know its attribute {name}");
        }
    }
    Ok(())
}

fn name(node: &NodeProto) -> &str {
    node.output.first().map_or("", String::as_str)
}

/// An input that may be left out has no name then.
fn given(node: &NodeProto, index: usize) -> Option<&str> {
    node.input
        .get(index)
        .map(String::as_str)
        .filter(|name| !name.is_empty())
}

fn along(axis: i64, rank: usize) -> TractResult<usize> {
    let axis = if axis < 0 { axis + rank as i64 } else { axis };
    match usize::try_from(axis) {
        Ok(axis) if axis < rank => Ok(axis),
        _ => bail!("it has no axis {axis}"),
    }
}

fn averages(pool_spec: PoolSpec, count_include_pad: bool) -> SumPool {
    SumPool {
        pool_spec,
        count_include_pad,
        normalize: true,
    }
}

/// A window of two sides that moves over an image.
fn spec(node: &NodeProto, window: &[usize], channels: (usize, usize), pools: bool) -> TractResult<PoolSpec> {
    let strides = node.get_attr_opt_tvec::<usize>("strides")?;
    let dilations = node.get_attr_opt_tvec::<usize>("dilations")?;
    let sides = |sides: &[usize]| sides.len() == 2 && sides.iter().all(|side| (1..=LONGEST).contains(side));
    let given = [&strides, &dilations].into_iter().flatten();
    if !sides(window) || !given.into_iter().all(|numbers| sides(numbers)) {
        bail!("its window {window:?} {strides:?} {dilations:?} isn't one of two sides");
    }
    Ok(PoolSpec::new(
        DataFormat::NCHW,
        window.into(),
        padding(node, pools)?,
        dilations,
        strides,
        channels.0,
        channels.1,
    ))
}

/// ONNX lets a pool, unlike a convolution, reach over the end of an image.
fn padding(node: &NodeProto, pools: bool) -> TractResult<PaddingSpec> {
    let pads: Option<TVec<usize>> = node.get_attr_opt_tvec("pads")?;
    let automatic = node.get_attr_opt::<&str>("auto_pad")?.unwrap_or("NOTSET");
    let (before, after) = match (pads.as_deref(), automatic) {
        (Some(&[top, left, bottom, right]), _) if [top, left, bottom, right].iter().all(|pad| *pad <= LONGEST) => {
            (tvec!(top, left), tvec!(bottom, right))
        }
        (None, "NOTSET") => (tvec!(0, 0), tvec!(0, 0)),
        (None, "VALID") => return Ok(PaddingSpec::Valid),
        (None, "SAME_UPPER") => return Ok(PaddingSpec::SameUpper),
        (None, "SAME_LOWER") => return Ok(PaddingSpec::SameLower),
        (pads, automatic) => bail!("its padding {pads:?} {automatic} doesn't fit"),
    };
    Ok(if pools {
        let up = node.get_attr_opt::<i64>("ceil_mode")? == Some(1);
        PaddingSpec::ExplicitOnnxPool(before, after, up)
    } else {
        PaddingSpec::Explicit(before, after)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use prost::Message;
    use tract_onnx::pb::ModelProto;
    use tract_onnx::prelude::InferenceModelExt;

    use super::*;
    use crate::onnx::{floats, ints, longs, model, node, number, text};

    /// A node over `x`, its constants, and the shape of `x`.
    type Case = (NodeProto, Vec<tract_onnx::pb::TensorProto>, Vec<usize>);

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 37 + 11) % 64) as f32 / 16.0 - 2.0).collect()
    }

    fn constant(name: &str, shape: &[usize]) -> tract_onnx::pb::TensorProto {
        let dims: Vec<i64> = shape.iter().map(|size| *size as i64).collect();
        floats(name, &dims, &numbers(shape.iter().product()))
    }

    fn file((node, constants, shape): &Case) -> ModelProto {
        let dims: Vec<i64> = shape.iter().map(|size| *size as i64).collect();
        model(constants.clone(), vec![node.clone()], &dims, &["y"])
    }

    fn run(model: TypedModel, shape: &[usize]) -> TractResult<Tensor> {
        let image = tract_ndarray::ArrayD::from_shape_vec(shape, numbers(shape.iter().product()))?;
        let plan = model.into_optimized()?.into_runnable()?;
        let mut outputs = plan.run(tvec!(Tensor::from(image).into_tvalue()))?;
        Ok(outputs.swap_remove(0).into_tensor())
    }

    /// tract's own reader is the peer.
    fn as_tract(case: &Case) -> Result<(), TestCaseError> {
        let file = file(case);
        let theirs = tract_onnx::onnx().parse(&file, None).unwrap().model;
        let expected = theirs.into_typed().and_then(|model| run(model, &case.2));
        let ours = Graph::read(&file.encode_to_vec()).map_err(|e| format_err!("{e}"));
        let found = ours
            .and_then(|graph| typed(&graph, &case.2))
            .and_then(|model| run(model, &case.2));
        match (found, expected) {
            (Ok(found), Ok(expected)) => {
                prop_assert_eq!(found.shape(), expected.shape());
                found.close_enough(&expected, Approximation::Close).unwrap();
            }
            (found, expected) => prop_assert!(false, "{:?} is not {:?}", found, expected),
        }
        Ok(())
    }

    fn image() -> impl Strategy<Value = Vec<usize>> {
        (1usize..7, 3usize..9, 3usize..9).prop_map(|(channels, height, width)| vec![1, channels, height, width])
    }

    fn window() -> impl Strategy<Value = Vec<tract_onnx::pb::AttributeProto>> {
        let pads = prop_oneof![
            proptest::collection::vec(0i64..2, 4).prop_map(|pads| vec![ints("pads", &pads)]),
            prop_oneof![Just("VALID"), Just("SAME_UPPER"), Just("SAME_LOWER"), Just("NOTSET")]
                .prop_map(|name| vec![text("auto_pad", name)]),
            Just(vec![]),
        ];
        (pads, proptest::option::of((1i64..3, 1i64..3))).prop_map(|(mut given, strides)| {
            given.extend(strides.map(|(y, x)| ints("strides", &[y, x])));
            given
        })
    }

    fn with(mut node: NodeProto, attributes: Vec<tract_onnx::pb::AttributeProto>) -> NodeProto {
        node.attribute.extend(attributes);
        node
    }

    fn convolution() -> impl Strategy<Value = Case> {
        let parts = (
            image(),
            window(),
            (1usize..4, 1usize..4),
            1usize..5,
            any::<bool>(),
            any::<bool>(),
        );
        parts.prop_map(|(shape, window, kernel, filters, deep, biased)| {
            let (group, of_group) = if deep { (shape[1], 1) } else { (1, shape[1]) };
            let filters = if deep { shape[1] } else { filters };
            let mut inputs = vec!["x", "w"];
            inputs.extend(biased.then_some("b"));
            let node = with(node("Conv", &inputs, "y", &[("group", group as i64)]), window);
            let constants = vec![
                constant("w", &[filters, of_group, kernel.0, kernel.1]),
                constant("b", &[filters]),
            ];
            (node, constants, shape)
        })
    }

    fn pool() -> impl Strategy<Value = Case> {
        let names = prop_oneof![Just("MaxPool"), Just("AveragePool")];
        let parts = (
            names,
            image(),
            window(),
            (2i64..4, 2i64..4),
            any::<bool>(),
            any::<bool>(),
        );
        parts.prop_map(|(name, shape, window, kernel, up, counts)| {
            let mut node = with(node(name, &["x"], "y", &[("ceil_mode", i64::from(up))]), window);
            node.attribute.push(ints("kernel_shape", &[kernel.0, kernel.1]));
            if name == "AveragePool" {
                node.attribute.push(number("count_include_pad", i64::from(counts)));
            }
            (node, vec![], shape)
        })
    }

    /// Operators of one image and, here and there, a constant.
    fn plain() -> impl Strategy<Value = Case> {
        (image(), 0usize..19, any::<bool>()).prop_map(|(shape, which, flag)| {
            let [_, channels, height, width] = shape[..] else {
                unreachable!()
            };
            let all: usize = shape.iter().product();
            let per_channel = || ["g", "b", "m"].map(|name| constant(name, &[channels]));
            let (node, constants) = match which {
                0 => (node("Relu", &["x"], "y", &[]), vec![]),
                1 => (node("Sigmoid", &["x"], "y", &[]), vec![]),
                2 => {
                    let slope: &[usize] = if flag { &[1] } else { &[channels, 1, 1] };
                    (node("PRelu", &["x", "w"], "y", &[]), vec![constant("w", slope)])
                }
                3 => (node("LeakyRelu", &["x"], "y", &[]), vec![]),
                4..=7 => {
                    let name = ["Add", "Sub", "Mul", "Div"][which - 4];
                    let other: &[usize] = if flag {
                        &[channels, 1, 1]
                    } else {
                        &[1, 1, height, width]
                    };
                    let mut w = constant("w", other);
                    w.float_data.iter_mut().for_each(|n| *n += 2.5);
                    let inputs = if flag { ["x", "w"] } else { ["w", "x"] };
                    (node(name, &inputs, "y", &[]), vec![w])
                }
                8 => (
                    with(node("Transpose", &["x"], "y", &[]), vec![ints("perm", &[0, 2, 3, 1])]),
                    vec![],
                ),
                9 => (node("Transpose", &["x"], "y", &[]), vec![]),
                10 => {
                    let axis = if flag { vec![number("axis", -2)] } else { vec![] };
                    (with(node("Flatten", &["x"], "y", &[]), axis), vec![])
                }
                11 => {
                    let sizes: &[i64] = if flag { &[0, -1, 1] } else { &[-1, width as i64] };
                    (node("Reshape", &["x", "s"], "y", &[]), vec![longs("s", sizes)])
                }
                12 => (node("GlobalAveragePool", &["x"], "y", &[]), vec![]),
                13 => {
                    let [gamma, beta, mean] = per_channel();
                    let mut variance = constant("v", &[channels]);
                    variance.float_data.iter_mut().for_each(|n| *n = n.abs() + 0.5);
                    let inputs = ["x", "g", "b", "m", "v"];
                    (
                        node("BatchNormalization", &inputs, "y", &[]),
                        vec![gamma, beta, mean, variance],
                    )
                }
                14 => {
                    let bounds = [("lo", -0.5), ("hi", 0.75)].map(|(name, n)| floats(name, &[], &[n]));
                    let inputs: &[&str] = if flag { &["x", "lo", "hi"] } else { &["x", "", "hi"] };
                    (node("Clip", inputs, "y", &[]), bounds.to_vec())
                }
                15 => (
                    node("Concat", &["x", "w"], "y", &[("axis", 1)]),
                    vec![constant("w", &[1, 2, height, width])],
                ),
                16 => {
                    let how = vec![
                        text("mode", "nearest"),
                        text("nearest_mode", "floor"),
                        text("coordinate_transformation_mode", "asymmetric"),
                    ];
                    let scales = floats("f", &[4], &[1.0, 1.0, 2.0, if flag { 3.0 } else { 2.0 }]);
                    (with(node("Resize", &["x", "", "f"], "y", &[]), how), vec![scales])
                }
                17 => {
                    let other: &[usize] = if flag { &[width, 5] } else { &[1, 1, width, 4] };
                    (node("MatMul", &["x", "w"], "y", &[]), vec![constant("w", other)])
                }
                _ => {
                    let node = node("Gemm", &["x", "w", "b"], "y", &[("transB", i64::from(flag))]);
                    let shape = if flag { [3, all] } else { [all, 3] };
                    return (node, vec![constant("w", &shape), constant("b", &[3])], vec![1, all]);
                }
            };
            (node, constants, shape)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn a_convolution_is_read_as_tract_reads_it(case in convolution()) {
            as_tract(&case)?;
        }

        #[test]
        fn a_pool_is_read_as_tract_reads_it(case in pool()) {
            as_tract(&case)?;
        }

        #[test]
        fn an_operator_is_read_as_tract_reads_it(case in plain()) {
            as_tract(&case)?;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn no_window_however_odd_is_a_crash(
            name in prop_oneof![Just("Conv"), Just("MaxPool"), Just("AveragePool")],
            size in (0usize..6, 0usize..6), rank in 2usize..6, group in -1i64..5,
            numbers in proptest::collection::vec((0usize..4, proptest::collection::vec(-1i64..70, 0..5)), 0..4),
            weights in proptest::collection::vec(0usize..5, 0..5), ceil in 0i64..2,
        ) {
            const NAMES: [&str; 4] = ["kernel_shape", "strides", "dilations", "pads"];
            let mut shape = vec![1, 3, size.0, size.1, 2];
            shape.truncate(rank);
            let mut node = match name {
                "Conv" => node(name, &["x", "w"], "y", &[("group", group)]),
                _ => node(name, &["x"], "y", &[("ceil_mode", ceil)]),
            };
            node.attribute.extend(numbers.iter().map(|(which, numbers)| ints(NAMES[*which], numbers)));
            let file = file(&(node, vec![constant("w", &weights)], shape.clone()));
            if let Ok(graph) = Graph::read(&file.encode_to_vec()) {
                let _ = typed(&graph, &shape).and_then(|model| run(model, &shape));
            }
        }
    }

    #[test]
    fn what_is_not_known_is_named() {
        let refused = |node: NodeProto, constants: Vec<tract_onnx::pb::TensorProto>| {
            let file = file(&(node, constants, vec![1, 3, 4, 4]));
            let graph = Graph::read(&file.encode_to_vec()).unwrap();
            format!("{:#}", typed(&graph, &[1, 3, 4, 4]).unwrap_err())
        };
        assert_eq!(
            refused(node("Softmax", &["x"], "y", &[]), vec![]),
            "Softmax y: the engine doesn't know this operator"
        );
        let smooth = with(node("Resize", &["x", "", "f"], "y", &[]), vec![text("mode", "linear")]);
        let scales = floats("f", &[4], &[1.0, 1.0, 2.0, 2.0]);
        assert!(refused(smooth, vec![scales]).contains("repeats what is there"));
        assert!(refused(node("Add", &["x", "later"], "y", &[]), vec![]).contains("nothing before it makes later"));
        let order = with(node("Transpose", &["x"], "y", &[]), vec![ints("perm", &[0, 1, 1, 2])]);
        assert!(refused(order, vec![]).contains("isn't an order"));
        let wide = constant("w", &[2, 4, 1, 1]);
        assert!(refused(node("Conv", &["x", "w"], "y", &[]), vec![wide]).contains("aren't for 3 channels"));
        let rows = constant("w", &[1, 4]);
        assert!(refused(node("PRelu", &["x", "w"], "y", &[]), vec![rows]).contains("one slope"));
        let shape = longs("s", &[1, -1]);
        let kept = node("Reshape", &["x", "s"], "y", &[("allowzero", 1)]);
        assert!(refused(kept, vec![shape]).contains("its attribute allowzero"));
        let old = node("Add", &["x", "w"], "y", &[("broadcast", 1)]);
        assert!(refused(old, vec![constant("w", &[3])]).contains("its attribute broadcast"));
        let vector = node("MatMul", &["v", "x"], "y", &[]);
        assert!(refused(vector, vec![constant("v", &[4])]).contains("aren't matrices"));
        let large = with(
            node("Resize", &["x", "", "f"], "y", &[]),
            vec![
                text("mode", "nearest"),
                text("nearest_mode", "floor"),
                text("coordinate_transformation_mode", "asymmetric"),
            ],
        );
        let scales = floats("f", &[4], &[1.0, 1.0, 1e30, 1.0]);
        assert!(refused(large, vec![scales]).contains("whole factors"));
    }

    #[test]
    fn operators_of_before_two_inputs_fitted_each_other_as_now_are_refused() {
        let mut file = file(&(node("Relu", &["x"], "y", &[]), vec![], vec![1, 3, 4, 4]));
        assert!(typed(&Graph::read(&file.encode_to_vec()).unwrap(), &[1, 3, 4, 4]).is_ok());
        file.opset_import[0].version = 6;
        assert!(typed(&Graph::read(&file.encode_to_vec()).unwrap(), &[1, 3, 4, 4]).is_err());
    }
}
