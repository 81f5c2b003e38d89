//! From an ONNX file as published to a graph that tract runs fast. What can be computed once is computed here:
//! dequantised weights, constant reshapes, and batch normalisation folded into the layer before it.

use std::collections::{HashMap, HashSet};

use prost::Message;
use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::tensor_shape_proto::dimension::Value as DimValue;
use tract_onnx::pb::type_proto::Value as TypeValue;
use tract_onnx::pb::{GraphProto, ModelProto, NodeProto, TensorProto, TensorShapeProto, ValueInfoProto};
use tract_onnx::prelude::*;
use vedette_core::geometry::Size;

use crate::prelu;

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
    model: ModelProto,
}

/// A constant of the graph.
#[derive(Clone, Debug)]
enum Constant {
    Float { dims: Vec<usize>, data: Vec<f32> },
    Small { dims: Vec<usize>, data: Vec<i32> },
    Other(Box<TensorProto>),
}

impl Graph {
    pub(crate) fn read(mut bytes: &[u8]) -> Result<Self, GraphError> {
        let model = tract_onnx::onnx()
            .proto_model_for_read(&mut bytes)
            .map_err(|e| GraphError::NotOnnx(e.to_string()))?;
        let mut graph = Self { model };
        graph.fold()?;
        Ok(graph)
    }

    /// An optimised plan for inputs of 1x3xHxW.
    pub(crate) fn plan(&self, input: Size) -> Result<Arc<TypedRunnableModel>, GraphError> {
        let tract = |e: TractError| GraphError::Tract(format!("{e:#}"));
        let mut framework = tract_onnx::onnx()
            .with_ignore_value_info(true)
            .with_ignore_output_shapes(true);
        prelu::register(&mut framework);
        let mut model = framework.parse(&self.model, None).map_err(tract)?.model;
        let shape = tvec!(1, 3, input.height as usize, input.width as usize);
        model.set_input_fact(0, f32::fact(shape).into()).map_err(tract)?;
        model.into_optimized().and_then(|m| m.into_runnable()).map_err(tract)
    }

    /// The folded graph as an ONNX file for inputs of 1x3xHxW.
    pub(crate) fn to_onnx(&self, input: Size) -> Vec<u8> {
        let mut model = self.model.clone();
        for value in model.graph.iter_mut().flat_map(|g| &mut g.input) {
            for (dim, size) in shape(value)
                .into_iter()
                .flat_map(|s| &mut s.dim)
                .zip([1, 3, input.height, input.width])
            {
                dim.value = Some(DimValue::DimValue(i64::from(size)));
            }
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
        store(graph, constants);
        forget_sizes(graph);
        Ok(())
    }
}

/// Takes out the nodes whose inputs are all known, and Dropout, which does nothing once training is over.
fn fold_constants(graph: &mut GraphProto, constants: &mut HashMap<String, Constant>) -> Result<(), GraphError> {
    let mut kept = Vec::new();
    let mut renamed: HashMap<String, String> = HashMap::new();
    for mut node in graph.node.drain(..) {
        for input in &mut node.input {
            if let Some(name) = renamed.get(input) {
                input.clone_from(name);
            }
        }
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
            "DequantizeLinear" if known => Some(dequantise(&node, constants)?),
            "Reshape" if known => Some(reshape(&node, constants)?),
            "Dropout" => {
                renamed.insert(node.output[0].clone(), node.input[0].clone());
                continue;
            }
            _ => None,
        };
        match value {
            Some(value) => {
                constants.insert(node.output[0].clone(), value);
            }
            None => kept.push(node),
        }
    }
    graph.node = kept;
    Ok(())
}

/// ONNX DequantizeLinear: (x - zero point) * scale, where one scale serves a block of `block_size` numbers along `axis`,
/// or a whole slice of `axis` when there are no blocks, or everything when there is one scale.
fn dequantise(node: &NodeProto, constants: &HashMap<String, Constant>) -> Result<Constant, GraphError> {
    let get = |i: usize| node.input.get(i).and_then(|name| constants.get(name));
    let (
        Some(Constant::Small { dims, data }),
        Some(Constant::Float {
            dims: scale_dims,
            data: scales,
        }),
    ) = (get(0), get(1))
    else {
        return Err(unknown(node));
    };
    let zeros = match get(2) {
        Some(Constant::Small { data, .. }) => Some(data),
        _ => None,
    };
    let axis = integer(node, "axis").unwrap_or(1).max(0) as usize;
    let block = integer(node, "block_size").unwrap_or(0).max(0) as usize;
    let scale_of: Box<dyn Fn(usize) -> usize> = if scales.len() == 1 {
        Box::new(|_| 0)
    } else if axis < dims.len() {
        let inner: usize = dims[axis + 1..].iter().product();
        let length = dims[axis];
        let groups = if block > 0 {
            scale_dims.get(axis).copied().unwrap_or(1)
        } else {
            length
        };
        let block = block.max(1);
        let blocked = scale_dims.len() == dims.len();
        Box::new(move |i| {
            let group = (i / inner) % length / block;
            if blocked {
                (i / inner / length * groups + group) * inner + i % inner
            } else {
                group
            }
        })
    } else {
        return Err(unknown(node));
    };
    let mut values = Vec::with_capacity(data.len());
    for (i, x) in data.iter().enumerate() {
        let group = scale_of(i);
        let scale = scales.get(group).ok_or_else(|| unknown(node))?;
        let zero = zeros.and_then(|z| z.get(group)).copied().unwrap_or(0);
        values.push((x - zero) as f32 * scale);
    }
    Ok(Constant::Float {
        dims: dims.clone(),
        data: values,
    })
}

fn reshape(node: &NodeProto, constants: &HashMap<String, Constant>) -> Result<Constant, GraphError> {
    let (Some(Constant::Float { data, .. }), Some(Constant::Other(shape))) =
        (constants.get(&node.input[0]), constants.get(&node.input[1]))
    else {
        return Err(unknown(node));
    };
    let shape: Vec<i64> = if shape.raw_data.is_empty() {
        shape.int64_data.clone()
    } else {
        shape
            .raw_data
            .as_chunks::<8>()
            .0
            .iter()
            .map(|b| i64::from_le_bytes(*b))
            .collect()
    };
    let known: i64 = shape.iter().filter(|d| **d > 0).product();
    let dims = shape
        .iter()
        .map(|d| {
            if *d > 0 {
                *d as usize
            } else {
                data.len() / known.max(1) as usize
            }
        })
        .collect();
    Ok(Constant::Float {
        dims,
        data: data.clone(),
    })
}

/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, merged into the weights and bias of the Conv or Gemm whose
/// only reader it is. Computed in f64 so that folding costs no accuracy.
fn fold_normalisation(graph: &mut GraphProto, constants: &mut HashMap<String, Constant>) -> Result<(), GraphError> {
    let mut readers: HashMap<String, usize> = HashMap::new();
    for input in graph.node.iter().flat_map(|n| &n.input) {
        *readers.entry(input.clone()).or_default() += 1;
    }
    let mut kept: Vec<NodeProto> = Vec::new();
    for node in graph.node.drain(..) {
        let before = (node.op_type == "BatchNormalization")
            .then(|| kept.iter_mut().find(|n| n.output[0] == node.input[0]))
            .flatten()
            .filter(|n| matches!(n.op_type.as_str(), "Conv" | "Gemm") && readers[&n.output[0]] == 1);
        let Some(layer) = before else {
            kept.push(node);
            continue;
        };
        if layer.op_type == "Gemm" && integer(layer, "transB") != Some(1) {
            return Err(unknown(layer));
        }
        let float = |name: &String| match constants.get(name) {
            Some(Constant::Float { data, .. }) => Ok(data.clone()),
            _ => Err(unknown(&node)),
        };
        let (gamma, beta, mean, variance) = (
            float(&node.input[1])?,
            float(&node.input[2])?,
            float(&node.input[3])?,
            float(&node.input[4])?,
        );
        let epsilon = node
            .attribute
            .iter()
            .find(|a| a.name == "epsilon")
            .map_or(1e-5, |a| f64::from(a.f));
        let Some(Constant::Float { dims, data: weights }) = constants.get(&layer.input[1]) else {
            return Err(unknown(layer));
        };
        let dims = dims.clone();
        let channels = dims[0];
        let bias = match layer.input.get(2) {
            Some(name) => float(name)?,
            None => vec![0.0; channels],
        };
        let per_channel = weights.len() / channels;
        let mut folded = Vec::with_capacity(weights.len());
        let mut shift = Vec::with_capacity(channels);
        for c in 0..channels {
            let k = f64::from(gamma[c]) / (f64::from(variance[c]) + epsilon).sqrt();
            folded.extend(
                weights[c * per_channel..][..per_channel]
                    .iter()
                    .map(|w| (f64::from(*w) * k) as f32),
            );
            shift.push(((f64::from(bias[c]) - f64::from(mean[c])) * k + f64::from(beta[c])) as f32);
        }
        let (weight_name, bias_name) = (format!("{}/weight", node.output[0]), format!("{}/bias", node.output[0]));
        constants.insert(weight_name.clone(), Constant::Float { dims, data: folded });
        constants.insert(
            bias_name.clone(),
            Constant::Float {
                dims: vec![channels],
                data: shift,
            },
        );
        layer.input.truncate(1);
        layer.input.extend([weight_name, bias_name]);
        layer.output[0].clone_from(&node.output[0]);
    }
    graph.node = kept;
    Ok(())
}

/// Keeps the constants that a node reads, and drops graph inputs that no node reads.
fn store(graph: &mut GraphProto, constants: HashMap<String, Constant>) {
    let used: HashSet<&String> = graph.node.iter().flat_map(|n| &n.input).collect();
    graph
        .input
        .retain(|i| used.contains(&i.name) && !constants.contains_key(&i.name));
    let mut kept: Vec<_> = constants.into_iter().filter(|(name, _)| used.contains(name)).collect();
    kept.sort_by(|a, b| a.0.cmp(&b.0));
    graph.initializer = kept.into_iter().map(|(name, constant)| constant.write(name)).collect();
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
        let dims: Vec<usize> = tensor.dims.iter().map(|d| *d as usize).collect();
        let raw = &tensor.raw_data;
        let is = |t: DataType| tensor.data_type == t as i32;
        let constant = if is(DataType::Float) {
            let data = match raw.is_empty() {
                true => tensor.float_data.clone(),
                false => raw.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
            };
            Self::Float { dims, data }
        } else if is(DataType::Int8) && !raw.is_empty() {
            Self::Small {
                dims,
                data: raw.iter().map(|b| i32::from(*b as i8)).collect(),
            }
        } else if is(DataType::Uint8) && !raw.is_empty() {
            Self::Small {
                dims,
                data: raw.iter().map(|b| i32::from(*b)).collect(),
            }
        } else if is(DataType::Int8) || is(DataType::Uint8) {
            Self::Small {
                dims,
                data: tensor.int32_data.clone(),
            }
        } else {
            return Ok(Self::Other(Box::new(tensor)));
        };
        match &constant {
            Self::Float { dims, data } if dims.iter().product::<usize>() != data.len() => {
                Err(GraphError::Unknown(tensor.name))
            }
            Self::Small { dims, data } if dims.iter().product::<usize>() != data.len() => {
                Err(GraphError::Unknown(tensor.name))
            }
            _ => Ok(constant),
        }
    }

    fn write(self, name: String) -> TensorProto {
        match self {
            Self::Float { dims, data } => TensorProto {
                name,
                dims: dims.iter().map(|d| *d as i64).collect(),
                data_type: DataType::Float as i32,
                raw_data: data.iter().flat_map(|v| v.to_le_bytes()).collect(),
                ..TensorProto::default()
            },
            Self::Small { dims, data } => TensorProto {
                name,
                dims: dims.iter().map(|d| *d as i64).collect(),
                data_type: DataType::Int8 as i32,
                int32_data: data,
                ..TensorProto::default()
            },
            Self::Other(tensor) => TensorProto { name, ..*tensor },
        }
    }
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
