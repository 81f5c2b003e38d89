//! Where a network's time goes, by operator.

use tract_onnx::prelude::*;
use tract_onnx::tract_core::plan::SimpleState;
use vedette_core::geometry::Size;
use vedette_kernels::Kernels;

use crate::EngineError;
use crate::detector::input;
use crate::graph::Graph;

/// One operator of a network as it runs, and the least time that it took.
#[derive(Clone, Debug)]
pub struct OperatorTime {
    pub operator: String,
    /// Of its first input and its output.
    pub shapes: String,
    pub milliseconds: f64,
}

/// Runs a published network so many times on a blank image of that size. `clock` tells milliseconds.
pub fn profile(
    published: &[u8],
    size: Size,
    kernels: &Kernels,
    rounds: usize,
    clock: &mut impl FnMut() -> f64,
) -> Result<Vec<OperatorTime>, EngineError> {
    let failed = |e: TractError| EngineError::Run(format!("{e:#}"));
    let plan = Graph::read(published)
        .and_then(|g| g.plan(size, kernels))
        .map_err(|e| EngineError::Run(e.to_string()))?;
    // The least, because what else a machine does only adds to it.
    let mut least = vec![f64::INFINITY; plan.model().nodes.len()];
    let samples = vec![127.0; 3 * (size.width * size.height) as usize];
    for _ in 0..rounds {
        let image = input(size, samples.clone()).map_err(failed)?;
        let mut state = SimpleState::new(&plan).map_err(failed)?;
        let run = state.run_plan_with_eval(tvec!(image), |context, state, node, inputs| {
            let begun = clock();
            let outputs = tract_onnx::tract_core::plan::eval(context, state, node, inputs);
            least[node.id] = least[node.id].min(clock() - begun);
            outputs
        });
        run.map_err(failed)?;
    }
    let model = plan.model();
    let shape =
        |fact: Result<&TypedFact, TractError>| fact.map_or_else(|_| "-".to_owned(), |f| format!("{:?}", f.shape));
    let mut times = Vec::new();
    for (node, milliseconds) in model.nodes.iter().zip(least) {
        if milliseconds.is_infinite() {
            continue;
        }
        let from = node
            .inputs
            .first()
            .map_or_else(|| "-".to_owned(), |&outlet| shape(model.outlet_fact(outlet)));
        times.push(OperatorTime {
            operator: node.op.name().into_owned(),
            shapes: format!("{from} -> {}", shape(model.outlet_fact(node.id.into()))),
            milliseconds,
        });
    }
    Ok(times)
}
