//! Writes both models for the benchmark's peers, into two folders: as plain f32 ONNX, and with their numbers as published.
//! `plain_onnx MODELS OUTPUT [WIDTH HEIGHT]`, of the detector's input.

use std::collections::HashSet;
use std::error::Error;
use std::path::PathBuf;

use prost::Message as _;
use tract_onnx::pb::tensor_shape_proto::dimension::Value as DimValue;
use tract_onnx::pb::type_proto::Value as TypeValue;
use tract_onnx::pb::{ModelProto, ValueInfoProto};
use vedette_core::geometry::Size;
use vedette_core::manifest::{Manifest, verify};
use vedette_engine::plain_onnx;

/// A 640x480 frame becomes this for the detector.
const FRAME: Size = Size {
    width: 320,
    height: 256,
};
const FACE: Size = Size {
    width: 112,
    height: 112,
};

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let (models, output, frame) = match &given[..] {
        [models, output] => (models, output, FRAME),
        [models, output, width, height] => {
            let (width, height) = (width.parse()?, height.parse()?);
            (models, output, Size { width, height })
        }
        _ => return Err("name the folder of the models and the one to write to".into()),
    };
    let (models, output) = (PathBuf::from(models), PathBuf::from(output));
    let (plain, published) = (output.join("plain"), output.join("published"));
    std::fs::create_dir_all(&plain)?;
    std::fs::create_dir_all(&published)?;
    let manifest = Manifest::parse(&std::fs::read_to_string(models.join("manifest.toml"))?)?;
    for (model, name, size) in [
        (&manifest.detector, "detector.onnx", frame),
        (&manifest.embedder.model, "embedder.onnx", FACE),
    ] {
        let bytes = std::fs::read(models.join(&model.file))?;
        verify(&(&bytes).into(), model)?;
        std::fs::write(plain.join(name), plain_onnx(&bytes, size)?)?;
        std::fs::write(published.join(name), for_input(&bytes, size)?)?;
    }
    Ok(())
}

/// The published file for inputs of 1x3xHxW, as onnxruntime takes it: without inputs that nothing reads, which it would ask for,
/// and with a scale that serves a whole tensor written as a scalar.
fn for_input(published: &[u8], input: Size) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut model = ModelProto::decode(published)?;
    let graph = model.graph.as_mut().ok_or("the file holds no graph")?;
    let read: HashSet<&String> = graph.node.iter().flat_map(|node| &node.input).collect();
    let constants: HashSet<&String> = graph.initializer.iter().map(|tensor| &tensor.name).collect();
    graph
        .input
        .retain(|value| read.contains(&value.name) && !constants.contains(&value.name));
    let mut scalars = HashSet::new();
    for node in graph.node.iter_mut().filter(|node| node.op_type == "DequantizeLinear") {
        let scale = graph.initializer.iter().find(|tensor| tensor.name == node.input[1]);
        if scale.is_some_and(|scale| scale.dims.iter().product::<i64>() == 1) {
            node.attribute.clear();
            scalars.extend(node.input[1..].iter().cloned());
        }
    }
    let constants = graph.initializer.iter_mut();
    for tensor in constants.filter(|tensor| scalars.contains(&tensor.name)) {
        tensor.dims.clear();
    }
    for value in &mut graph.input {
        resize(value, &[1, 3, input.height, input.width]);
    }
    // The outputs' sizes follow from it, and so do those in between.
    graph.value_info.clear();
    for value in &mut graph.output {
        if let Some(stride) = value.name.rsplit('_').next().and_then(|s| s.parse::<u32>().ok()) {
            resize(value, &[1, (input.height / stride) * (input.width / stride)]);
        }
    }
    Ok(model.encode_to_vec())
}

fn resize(value: &mut ValueInfoProto, sizes: &[u32]) {
    let Some(TypeValue::TensorType(tensor)) = value.r#type.as_mut().and_then(|t| t.value.as_mut()) else {
        return;
    };
    for (dim, size) in tensor.shape.iter_mut().flat_map(|s| &mut s.dim).zip(sizes) {
        dim.value = Some(DimValue::DimValue(i64::from(*size)));
    }
}
