//! From an ONNX file as published to a graph that tract runs fast. What can be computed once is computed here:
//! dequantised weights, constant reshapes, and batch normalisation folded into the layer before it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use prost::Message;
use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::tensor_shape_proto::dimension::Value as DimValue;
use tract_onnx::pb::type_proto::Value as TypeValue;
use tract_onnx::pb::{GraphProto, ModelProto, NodeProto, TensorProto, TensorShapeProto, ValueInfoProto};
use tract_onnx::prelude::*;
use vedette_core::geometry::Size;
use vedette_kernels::{Kernels, accelerate};

use crate::reader;

#[derive(Debug, thiserror::Error)]
pub(crate) enum GraphError {
    #[error("the file is not an ONNX model: {0}")]
    NotOnnx(String),
    #[error("{0} has a form that the engine does not know")]
    Unknown(String),
    #[error("the model can't be prepared: {0}")]
    Tract(String),
}

/// A graph whose constants are plain numbers.
pub(crate) struct Graph {
    /// Without its constants.
    model: ModelProto,
    constants: BTreeMap<String, Constant>,
}

/// A constant of the graph.
#[derive(Clone, Debug)]
enum Constant {
    Float(Arc<Tensor>),
    /// Kept as published.
    Other(Box<TensorProto>),
}

impl Graph {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, GraphError> {
        let model = ModelProto::decode(bytes).map_err(|e| GraphError::NotOnnx(e.to_string()))?;
        let mut graph = Self {
            model,
            constants: BTreeMap::new(),
        };
        graph.fold()?;
        Ok(graph)
    }

    /// An optimised plan for inputs of 1x3xHxW.
    pub(crate) fn plan(&self, input: Size, kernels: &Kernels) -> Result<Arc<TypedRunnableModel>, GraphError> {
        let tract = |e: TractError| GraphError::Tract(format!("{e:#}"));
        let shape = [1, 3, input.height as usize, input.width as usize];
        let mut model = reader::typed(self, &shape).map_err(tract)?;
        accelerate(&mut model, kernels).map_err(tract)?;
        model.into_optimized().and_then(|m| m.into_runnable()).map_err(tract)
    }

    /// The folded graph as an ONNX file for inputs of 1x3xHxW.
    pub(crate) fn to_onnx(&self, input: Size) -> Vec<u8> {
        let mut model = self.model.clone();
        if let Some(graph) = &mut model.graph {
            for value in &mut graph.input {
                for (dim, size) in
                    shape(value)
                        .into_iter()
                        .flat_map(|s| &mut s.dim)
                        .zip([1, 3, input.height, input.width])
                {
                    dim.value = Some(DimValue::DimValue(i64::from(size)));
                }
            }
            let constants = self.constants.iter();
            graph.initializer = constants.map(|(name, constant)| constant.write(name)).collect();
        }
        model.encode_to_vec()
    }

    /// The outputs' names, in the order of the plan's outputs.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = &str> {
        self.model
            .graph
            .iter()
            .flat_map(|g| g.output.iter().map(|o| o.name.as_str()))
    }

    /// The name of its only input.
    pub(crate) fn input(&self) -> Option<&str> {
        match &self.model.graph.as_ref()?.input[..] {
            [input] => Some(&input.name),
            _ => None,
        }
    }

    /// Which version of ONNX's operators its nodes are of.
    pub(crate) fn operators(&self) -> Option<i64> {
        let of_onnx = |domain: &str| domain.is_empty() || domain == "ai.onnx";
        let sets = &self.model.opset_import;
        sets.iter().find(|set| of_onnx(&set.domain)).map(|set| set.version)
    }

    pub(crate) fn nodes(&self) -> impl Iterator<Item = &NodeProto> {
        self.model.graph.iter().flat_map(|g| &g.node)
    }

    pub(crate) fn constant(&self, name: &str) -> Option<Arc<Tensor>> {
        match self.constants.get(name)? {
            Constant::Float(tensor) => Some(tensor.clone()),
            Constant::Other(_) => None,
        }
    }

    /// A constant of 64-bit whole numbers.
    pub(crate) fn integers(&self, name: &str) -> Option<Vec<i64>> {
        match self.constants.get(name)? {
            Constant::Float(_) => None,
            Constant::Other(tensor) => integers(tensor),
        }
    }

    fn fold(&mut self) -> Result<(), GraphError> {
        let graph = self
            .model
            .graph
            .as_mut()
            .ok_or_else(|| GraphError::NotOnnx("it holds no graph".into()))?;
        let mut constants: HashMap<String, Constant> = HashMap::new();
        for tensor in graph.initializer.drain(..) {
            constants.insert(tensor.name.clone(), Constant::read(tensor)?);
        }
        fold_constants(graph, &mut constants)?;
        fold_normalisation(graph, &mut constants)?;
        self.constants = used(graph, constants);
        forget_sizes(graph);
        Ok(())
    }
}

/// Takes out the nodes whose inputs are all known, and Dropout, which does nothing once training is over.
fn fold_constants(graph: &mut GraphProto, constants: &mut HashMap<String, Constant>) -> Result<(), GraphError> {
    let outputs: HashSet<String> = graph.output.iter().map(|o| o.name.clone()).collect();
    let readers = readers(graph);
    let mut kept = Vec::new();
    let mut renamed: HashMap<String, String> = HashMap::new();
    for mut node in graph.node.drain(..) {
        for input in &mut node.input {
            if let Some(name) = renamed.get(input) {
                input.clone_from(name);
            }
        }
        let output = node.output.first().cloned().unwrap_or_default();
        let known = node.input.iter().all(|i| i.is_empty() || constants.contains_key(i));
        let value = match node.op_type.as_str() {
            "Constant" => {
                let tensor = node
                    .attribute
                    .iter()
                    .find(|a| a.name == "value")
                    .and_then(|a| a.t.clone());
                Some(Constant::read(tensor.ok_or_else(|| unknown(&node))?)?)
            }
            "DequantizeLinear" if known => Some(dequantise(&node, constants).ok_or_else(|| unknown(&node))?),
            "Reshape" if known => Some(reshape(&node, constants, &readers).ok_or_else(|| unknown(&node))?),
            "Dropout" if !outputs.contains(&output) => {
                let input = node.input.first().ok_or_else(|| unknown(&node))?;
                renamed.insert(output, input.clone());
                continue;
            }
            _ => None,
        };
        match value {
            Some(value) => {
                constants.insert(output, value);
            }
            None => kept.push(node),
        }
    }
    graph.node = kept;
    Ok(())
}

/// ONNX DequantizeLinear: (x - zero point) * scale, where one scale serves a block of `block_size` numbers along `axis`,
/// or a whole slice of `axis` when there are no blocks, or everything when there is one scale.
fn dequantise(node: &NodeProto, constants: &HashMap<String, Constant>) -> Option<Constant> {
    let get = |i: usize| node.input.get(i).and_then(|name| constants.get(name));
    let Constant::Other(quantised) = get(0)? else {
        return None;
    };
    let (scale_dims, scales) = get(1)?.floats()?;
    let quantised = Small::read(quantised)?;
    let zeros = match get(2) {
        Some(Constant::Other(zeros)) => Some(Small::read(zeros)?),
        Some(Constant::Float(_)) => return None,
        None => None,
    };
    let dims = &quantised.dims;
    let all = quantised.bytes.len();
    // The length of a row, how many numbers of a row on end have one scale, and which scale a number has.
    let (row, run, scale_of): (usize, usize, Box<dyn Fn(usize) -> usize>) = if scales.len() == 1 {
        (all, all, Box::new(|_| 0))
    } else {
        let axis = axis(node, dims.len())?;
        let inner = count(&dims[axis + 1..])?;
        let length = dims[axis];
        let block = usize::try_from(integer(node, "block_size").unwrap_or(0)).ok()?;
        if block > 0 {
            let groups = *scale_dims.get(axis)?;
            if scale_dims.len() != dims.len() || groups != length.div_ceil(block) {
                return None;
            }
            let group = move |i| (i / inner / length * groups + i / inner % length / block) * inner + i % inner;
            (length * inner, if inner == 1 { block } else { 1 }, Box::new(group))
        } else if scales.len() == length {
            (length * inner, inner, Box::new(move |i| i / inner % length))
        } else {
            return None;
        }
    };
    let mut tensor = Tensor::zero::<f32>(dims).ok()?;
    let mut plain = tensor.try_as_plain_ram_mut().ok()?;
    let values = plain.as_slice_mut::<f32>().ok()?;
    let mut start = 0;
    for values in values.chunks_mut(row.max(1)).flat_map(|row| row.chunks_mut(run.max(1))) {
        let group = scale_of(start);
        let zero = match &zeros {
            Some(zeros) => zeros.at(group)?,
            None => 0,
        };
        quantised.scaled(start, zero, *scales.get(group)?, values);
        start += values.len();
    }
    Some(Constant::Float(Arc::new(tensor)))
}

fn reshape(
    node: &NodeProto,
    constants: &mut HashMap<String, Constant>,
    readers: &HashMap<String, usize>,
) -> Option<Constant> {
    let Some(Constant::Other(shape)) = node.input.get(1).and_then(|name| constants.get(name)) else {
        return None;
    };
    let shape = integers(shape)?;
    let mut tensor = taken(constants, node.input.first()?, readers)?;
    let dims = reshaped(tensor.shape(), &shape)?;
    Arc::make_mut(&mut tensor).set_shape(&dims).ok()?;
    Some(Constant::Float(tensor))
}

/// How many read each value.
fn readers(graph: &GraphProto) -> HashMap<String, usize> {
    let mut readers = HashMap::new();
    let outputs = graph.output.iter().map(|o| &o.name);
    for name in graph.node.iter().flat_map(|n| &n.input).chain(outputs) {
        *readers.entry(name.clone()).or_default() += 1;
    }
    readers
}

/// A constant to be changed: weights are too large to be copied for a reader that is the only one.
fn taken(
    constants: &mut HashMap<String, Constant>,
    name: &str,
    readers: &HashMap<String, usize>,
) -> Option<Arc<Tensor>> {
    let constant = match readers.get(name) {
        Some(1) => constants.remove(name)?,
        _ => constants.get(name)?.clone(),
    };
    match constant {
        Constant::Float(tensor) => Some(tensor),
        Constant::Other(_) => None,
    }
}

/// The sizes that ONNX Reshape makes: 0 keeps the input's, and one -1 takes what is left.
pub(crate) fn reshaped(before: &[usize], shape: &[i64]) -> Option<Vec<usize>> {
    let mut dims = Vec::new();
    let mut left = None;
    for (i, size) in shape.iter().enumerate() {
        dims.push(match *size {
            0 => *before.get(i)?,
            -1 if left.is_none() => {
                left = Some(i);
                1
            }
            size => usize::try_from(size).ok()?,
        });
    }
    let all = count(before)?;
    if let Some(left) = left {
        dims[left] = all.checked_div(count(&dims)?)?;
    }
    (count(&dims)? == all).then_some(dims)
}

/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, merged into the weights and bias of the Conv or Gemm whose
/// only reader it is. Computed in f64 so that folding costs no accuracy.
fn fold_normalisation(graph: &mut GraphProto, constants: &mut HashMap<String, Constant>) -> Result<(), GraphError> {
    let readers = readers(graph);
    let mut kept: Vec<NodeProto> = Vec::new();
    for node in graph.node.drain(..) {
        let layer = kept
            .iter_mut()
            .find(|n| node.op_type == "BatchNormalization" && n.output.first() == node.input.first())
            .filter(|n| n.output.first().is_some_and(|o| readers.get(o) == Some(&1)) && takes_normalisation(n));
        let Some(layer) = layer else {
            kept.push(node);
            continue;
        };
        let folded = folded(layer, &node, constants, &readers).ok_or_else(|| unknown(&node))?;
        let output = node.output.first().ok_or_else(|| unknown(&node))?;
        let names = [format!("{output}/weight"), format!("{output}/bias")];
        layer.input.truncate(1);
        for (name, constant) in names.into_iter().zip(folded) {
            layer.input.push(name.clone());
            constants.insert(name, constant);
        }
        layer.output[0].clone_from(output);
    }
    graph.node = kept;
    Ok(())
}

/// Whether the first dimension of the layer's weights counts its outputs, and nothing but the bias is added to them.
fn takes_normalisation(layer: &NodeProto) -> bool {
    let is = |name: &str, value: f32| layer.attribute.iter().all(|a| a.name != name || a.f == value);
    match layer.op_type.as_str() {
        "Conv" => true,
        "Gemm" => integer(layer, "transB") == Some(1) && is("alpha", 1.0) && is("beta", 1.0),
        _ => false,
    }
}

/// The weights and the bias of `layer` with `normalisation` in them.
fn folded(
    layer: &NodeProto,
    normalisation: &NodeProto,
    constants: &mut HashMap<String, Constant>,
    readers: &HashMap<String, usize>,
) -> Option<[Constant; 2]> {
    let float = |node: &NodeProto, i: usize| {
        let (_, numbers) = node.input.get(i).and_then(|name| constants.get(name))?.floats()?;
        Some(numbers.to_vec())
    };
    let mut numbers = Vec::new();
    for i in 1..5 {
        numbers.push(float(normalisation, i)?);
    }
    let (scale, shift) = scale_and_shift(normalisation, &numbers)?;
    let bias = match layer.input.get(2) {
        Some(name) if !name.is_empty() => float(layer, 2)?,
        _ => vec![0.0; scale.len()],
    };
    let mut weights = taken(constants, layer.input.get(1)?, readers)?;
    let channels = *weights.shape().first()?;
    if bias.len() != channels || scale.len() != channels {
        return None;
    }
    let per_channel = weights.len().checked_div(channels)?;
    let mut plain = Arc::make_mut(&mut weights).try_as_plain_ram_mut().ok()?;
    let own = plain.as_slice_mut::<f32>().ok()?.chunks_mut(per_channel.max(1));
    for (own, k) in own.zip(&scale) {
        own.iter_mut().for_each(|w| *w = (f64::from(*w) * k) as f32);
    }
    let shifted = bias.iter().zip(scale.iter().zip(&shift));
    let bias = shifted.map(|(bias, (k, shift))| (f64::from(*bias) * k + shift) as f32);
    Some([Constant::Float(weights), Constant::of(&[channels], bias.collect())?])
}

/// By what batch normalisation multiplies each channel, and what it then adds. `numbers` are gamma, beta, mean and variance.
pub(crate) fn scale_and_shift(normalisation: &NodeProto, numbers: &[Vec<f32>]) -> Option<(Vec<f64>, Vec<f64>)> {
    let [gamma, beta, mean, variance] = numbers else {
        return None;
    };
    if [beta, mean, variance].iter().any(|v| v.len() != gamma.len()) {
        return None;
    }
    // ONNX's default.
    let epsilon = normalisation
        .attribute
        .iter()
        .find(|a| a.name == "epsilon")
        .map_or(1e-5, |a| f64::from(a.f));
    let channels = gamma.iter().zip(beta).zip(mean.iter().zip(variance));
    Some(
        channels
            .map(|((gamma, beta), (mean, variance))| {
                let k = f64::from(*gamma) / (f64::from(*variance) + epsilon).sqrt();
                (k, f64::from(*beta) - f64::from(*mean) * k)
            })
            .unzip(),
    )
}

/// The constants that a node reads. Graph inputs that no node reads, or that are constants, are dropped.
fn used(graph: &mut GraphProto, constants: HashMap<String, Constant>) -> BTreeMap<String, Constant> {
    let used: HashSet<&String> = graph.node.iter().flat_map(|n| &n.input).collect();
    graph
        .input
        .retain(|i| used.contains(&i.name) && !constants.contains_key(&i.name));
    constants.into_iter().filter(|(name, _)| used.contains(name)).collect()
}

/// The published sizes hold for one input size only.
fn forget_sizes(graph: &mut GraphProto) {
    graph.value_info.clear();
    for value in graph.input.iter_mut().chain(&mut graph.output) {
        for dim in shape(value).into_iter().flat_map(|s| &mut s.dim).skip(1) {
            if matches!(dim.value, Some(DimValue::DimValue(v)) if v > 16) {
                dim.value = None;
            }
        }
    }
}

fn shape(value: &mut ValueInfoProto) -> Option<&mut TensorShapeProto> {
    match value.r#type.as_mut().and_then(|t| t.value.as_mut()) {
        Some(TypeValue::TensorType(tensor)) => tensor.shape.as_mut(),
        _ => None,
    }
}

impl Constant {
    fn read(tensor: TensorProto) -> Result<Self, GraphError> {
        if tensor.data_type != DataType::Float as i32 {
            return Ok(Self::Other(Box::new(tensor)));
        }
        let data: Vec<f32> = match tensor.raw_data.as_slice() {
            [] => tensor.float_data,
            raw => raw.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
        };
        let constant = sizes(&tensor.dims).and_then(|dims| Self::of(&dims, data));
        constant.ok_or(GraphError::Unknown(tensor.name))
    }

    /// Nothing where there are more or fewer numbers than such a tensor has.
    fn of(dims: &[usize], data: Vec<f32>) -> Option<Self> {
        let tensor = tract_ndarray::ArrayD::from_shape_vec(dims, data).ok()?;
        Some(Self::Float(Arc::new(tensor.into())))
    }

    fn floats(&self) -> Option<(&[usize], &[f32])> {
        match self {
            Self::Float(tensor) => Some((tensor.shape(), tensor.try_as_plain_ram().ok()?.as_slice::<f32>().ok()?)),
            Self::Other(_) => None,
        }
    }

    fn write(&self, name: &str) -> TensorProto {
        match self {
            Self::Float(tensor) => TensorProto {
                name: name.to_owned(),
                dims: tensor.shape().iter().map(|d| *d as i64).collect(),
                data_type: DataType::Float as i32,
                raw_data: tensor.as_bytes().to_vec(),
                ..TensorProto::default()
            },
            Self::Other(tensor) => TensorProto {
                name: name.to_owned(),
                ..(**tensor).clone()
            },
        }
    }
}

/// An 8-bit tensor.
struct Small<'a> {
    dims: Vec<usize>,
    bytes: Cow<'a, [u8]>,
    signed: bool,
}

impl<'a> Small<'a> {
    fn read(tensor: &'a TensorProto) -> Option<Self> {
        let signed = match DataType::try_from(tensor.data_type).ok()? {
            DataType::Int8 => true,
            DataType::Uint8 => false,
            _ => return None,
        };
        let byte = |v: &i32| match signed {
            true => i8::try_from(*v).map(|v| v as u8).ok(),
            false => u8::try_from(*v).ok(),
        };
        let bytes = match &tensor.raw_data[..] {
            [] => Cow::Owned(tensor.int32_data.iter().map(byte).collect::<Option<_>>()?),
            raw => Cow::Borrowed(raw),
        };
        let dims = sizes(&tensor.dims)?;
        (count(&dims)? == bytes.len()).then_some(Self { dims, bytes, signed })
    }

    fn at(&self, index: usize) -> Option<i32> {
        let byte = *self.bytes.get(index)?;
        Some(if self.signed {
            i32::from(byte as i8)
        } else {
            i32::from(byte)
        })
    }

    /// As many from `start` as `into` has room for.
    fn scaled(&self, start: usize, zero: i32, scale: f32, into: &mut [f32]) {
        let own = into.iter_mut().zip(&self.bytes[start..]);
        if self.signed {
            own.for_each(|(value, byte)| *value = (i32::from(*byte as i8) - zero) as f32 * scale);
        } else {
            own.for_each(|(value, byte)| *value = (i32::from(*byte) - zero) as f32 * scale);
        }
    }
}

/// The values of a tensor of 64-bit integers.
fn integers(tensor: &TensorProto) -> Option<Vec<i64>> {
    (tensor.data_type == DataType::Int64 as i32).then(|| match tensor.raw_data.as_slice() {
        [] => tensor.int64_data.clone(),
        raw => raw.as_chunks::<8>().0.iter().map(|b| i64::from_le_bytes(*b)).collect(),
    })
}

fn sizes(dims: &[i64]) -> Option<Vec<usize>> {
    dims.iter().map(|d| usize::try_from(*d).ok()).collect()
}

/// How many numbers a tensor of these sizes holds.
fn count(dims: &[usize]) -> Option<usize> {
    dims.iter().try_fold(1usize, |product, d| product.checked_mul(*d))
}

/// ONNX's default axis is 1, and a negative one counts from the end.
fn axis(node: &NodeProto, rank: usize) -> Option<usize> {
    let axis = integer(node, "axis").unwrap_or(1);
    let axis = if axis < 0 { axis.checked_add(rank as i64)? } else { axis };
    usize::try_from(axis).ok().filter(|a| *a < rank)
}

fn integer(node: &NodeProto, name: &str) -> Option<i64> {
    node.attribute.iter().find(|a| a.name == name).map(|a| a.i)
}

fn unknown(node: &NodeProto) -> GraphError {
    GraphError::Unknown(format!(
        "{} {}",
        node.op_type,
        node.output.first().map_or("", String::as_str)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::onnx::{floats, longs, model, node};

    fn bytes(name: &str, dims: &[i64], data: &[i8]) -> TensorProto {
        TensorProto {
            name: name.into(),
            dims: dims.to_vec(),
            data_type: DataType::Int8 as i32,
            raw_data: data.iter().map(|v| *v as u8).collect(),
            ..TensorProto::default()
        }
    }

    fn read(initializer: Vec<TensorProto>, nodes: Vec<NodeProto>, outputs: &[&str]) -> Result<Graph, GraphError> {
        Graph::read(&model(initializer, nodes, &[1, 3, 2, 2], outputs).encode_to_vec())
    }

    /// What a graph that adds `w` to its input holds as `w` after folding.
    fn constant(tensors: Vec<TensorProto>, makes_w: NodeProto) -> Option<(Vec<usize>, Vec<f32>)> {
        let add = node("Add", &["x", "w"], "y", &[]);
        let graph = read(tensors, vec![makes_w, add], &["y"]).ok()?;
        let (dims, data) = graph.constants.get("w")?.floats()?;
        Some((dims.to_vec(), data.to_vec()))
    }

    fn dequantised(dims: &[i64], scale_dims: &[i64], attributes: &[(&str, i64)]) -> Option<Vec<f32>> {
        let length = scale_dims.iter().product::<i64>() as usize;
        let scales: Vec<f32> = (0..length).map(|i| 10f32.powi(i as i32)).collect();
        let zeros: Vec<i8> = (0..length).map(|i| i as i8).collect();
        let data: Vec<i8> = (0..dims.iter().product::<i64>()).map(|i| i as i8 - 2).collect();
        let tensors = vec![
            bytes("q", dims, &data),
            floats("s", scale_dims, &scales),
            bytes("z", scale_dims, &zeros),
        ];
        constant(tensors, node("DequantizeLinear", &["q", "s", "z"], "w", attributes)).map(|(_, w)| w)
    }

    #[test]
    fn each_block_has_its_own_scale_and_zero_point() {
        // -2 -1 | 0, then 1 2 | 3: the last block of a row is cut short.
        let blocks_of_columns = dequantised(&[2, 3], &[2, 2], &[("axis", 1), ("block_size", 2)]);
        assert_eq!(blocks_of_columns.unwrap(), [-2.0, -1.0, -10.0, -100.0, 0.0, 0.0]);
        let same_from_the_end = dequantised(&[2, 3], &[2, 2], &[("axis", -1), ("block_size", 2)]);
        assert_eq!(same_from_the_end.unwrap(), [-2.0, -1.0, -10.0, -100.0, 0.0, 0.0]);
        let blocks_of_rows = dequantised(&[3, 2], &[2, 2], &[("axis", 0), ("block_size", 2)]);
        assert_eq!(blocks_of_rows.unwrap(), [-2.0, -20.0, 0.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn a_scale_serves_a_slice_or_the_whole_tensor() {
        let rows = dequantised(&[2, 3], &[2], &[("axis", 0)]);
        assert_eq!(rows.unwrap(), [-2.0, -1.0, 0.0, 0.0, 10.0, 20.0]);
        let columns = dequantised(&[2, 3], &[3], &[]);
        assert_eq!(columns.unwrap(), [-2.0, -20.0, -200.0, 1.0, 10.0, 100.0]);
        assert_eq!(dequantised(&[2, 2], &[1], &[]).unwrap(), [-2.0, -1.0, 0.0, 1.0]);
    }

    #[test]
    fn scales_that_do_not_fit_are_refused() {
        assert!(dequantised(&[2, 3], &[2, 3], &[("axis", 1), ("block_size", 2)]).is_none());
        assert!(dequantised(&[2, 3], &[2], &[("axis", 1)]).is_none());
        assert!(dequantised(&[2, 3], &[3], &[("axis", 2)]).is_none());
        assert!(dequantised(&[2, 3], &[2, 2], &[("axis", 1), ("block_size", -2)]).is_none());
    }

    #[test]
    fn a_constant_takes_its_new_shape_at_once() {
        let reshaped = |shape: &[i64]| {
            let tensors = vec![floats("v", &[2, 3], &[1.0; 6]), longs("shape", shape)];
            constant(tensors, node("Reshape", &["v", "shape"], "w", &[])).map(|(dims, _)| dims)
        };
        assert_eq!(reshaped(&[3, 2]).unwrap(), [3, 2]);
        assert_eq!(reshaped(&[0, -1, 1]).unwrap(), [2, 3, 1]);
        assert!(reshaped(&[4, -1]).is_none());
        assert!(reshaped(&[-1, -1]).is_none());
        assert!(reshaped(&[-2, 3]).is_none());
    }

    /// x -> 1x1 convolution -> batch normalisation -> Dropout -> PReLU, with the numbers that the next test uses.
    fn layers(outputs: &[&str]) -> Graph {
        let tensors = vec![
            floats("weight", &[2, 3, 1, 1], &[1.0, 2.0, 3.0, -1.0, 0.5, -2.0]),
            floats("bias", &[2], &[0.5, -0.5]),
            floats("gamma", &[2], &[2.0, 3.0]),
            floats("beta", &[2], &[1.0, -1.0]),
            floats("mean", &[2], &[4.0, 0.25]),
            floats("variance", &[2], &[0.25, 4.0]),
            floats("slope", &[2, 1, 1], &[0.1, 0.2]),
        ];
        let nodes = vec![
            node("Conv", &["x", "weight", "bias"], "c", &[]),
            node(
                "BatchNormalization",
                &["c", "gamma", "beta", "mean", "variance"],
                "n",
                &[],
            ),
            node("Dropout", &["n"], "d", &[]),
            node("PRelu", &["d", "slope"], "y", &[]),
        ];
        read(tensors, nodes, outputs).unwrap()
    }

    fn operators(graph: &Graph) -> Vec<&str> {
        graph
            .model
            .graph
            .iter()
            .flat_map(|g| &g.node)
            .map(|n| n.op_type.as_str())
            .collect()
    }

    #[test]
    fn folded_layers_compute_what_the_published_ones_mean() {
        let graph = layers(&["y"]);
        assert_eq!(operators(&graph), ["Conv", "PRelu"]);
        let plan = graph.plan(Size { width: 2, height: 2 }, &Kernels::default()).unwrap();
        let input: Vec<f32> = (0..12).map(|i| i as f32 / 4.0 - 1.0).collect();
        let tensor = tract_ndarray::Array4::from_shape_vec((1, 3, 2, 2), input.clone()).unwrap();
        let output = plan.run(tvec!(Tensor::from(tensor).into_tvalue())).unwrap();
        let found = output[0].try_as_plain_ram().unwrap();
        let found = found.as_slice::<f32>().unwrap();
        for pixel in 0..4 {
            let x: Vec<f32> = (0..3).map(|c| input[c * 4 + pixel]).collect();
            let convolved = [
                x[0] + 2.0 * x[1] + 3.0 * x[2] + 0.5,
                -x[0] + 0.5 * x[1] - 2.0 * x[2] - 0.5,
            ];
            let normalised = [
                (convolved[0] - 4.0) / 0.5 * 2.0 + 1.0,
                (convolved[1] - 0.25) / 2.0 * 3.0 - 1.0,
            ];
            for (channel, slope) in [0.1, 0.2].into_iter().enumerate() {
                let y = normalised[channel];
                let expected = if y > 0.0 { y } else { slope * y };
                // The default epsilon moves the quotient by 2e-5 of itself at most.
                let found = found[channel * 4 + pixel];
                assert!((found - expected).abs() < 1e-3, "{found} is not {expected}");
            }
        }
        assert!(found.iter().any(|v| *v > 0.0) && found.iter().any(|v| *v < 0.0));
    }

    #[test]
    fn what_somebody_else_reads_is_not_folded_away() {
        assert_eq!(operators(&layers(&["y", "c"])), ["Conv", "BatchNormalization", "PRelu"]);
        assert_eq!(operators(&layers(&["y", "d"])), ["Conv", "Dropout", "PRelu"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_damaged_file_is_refused_or_read_but_never_a_crash(
            changes in proptest::collection::vec((0usize..122_489, any::<u8>()), 1..40), cut in 0usize..200_000,
        ) {
            let mut bytes = include_bytes!("../../../models/face_detection_yunet_2023mar_int8bq.onnx").to_vec();
            for (at, byte) in changes {
                bytes[at] = byte;
            }
            bytes.truncate(cut.max(1));
            let _ = Graph::read(&bytes).map(|graph| reader::typed(&graph, &[1, 3, 64, 64]));
        }
    }
}
