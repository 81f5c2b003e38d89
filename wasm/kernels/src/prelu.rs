//! PReLU in one pass over memory. tract expands it into a comparison, a multiplication and a selection, each of which
//! writes a whole tensor; it then takes half of SFace's time.

use tract_onnx::Onnx;
use tract_onnx::tract_core::internal::*;
use tract_onnx::tract_hir::internal::*;

/// Makes the ONNX reader use [`OnePassPrelu`].
pub(crate) fn register(framework: &mut Onnx) {
    framework
        .op_register
        .insert("PRelu", |_, _| Ok((expand(ReadPrelu), vec![])));
}

#[derive(Debug, Clone, Hash, PartialEq, Eq)]
struct ReadPrelu;

impl Expansion for ReadPrelu {
    fn name(&self) -> StaticName {
        "OnePassPrelu".into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 2)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&inputs[0].datum_type, &outputs[0].datum_type)?;
        solver.equals(&inputs[0].shape, &outputs[0].shape)?;
        Ok(())
    }

    fn wire(&self, name: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        model.wire_node(name, OnePassPrelu, inputs)
    }
}

/// x where x > 0, slope * x elsewhere; one slope a channel of an NCHW tensor, or one for all.
#[derive(Debug, Clone, Hash, PartialEq, Eq)]
pub(crate) struct OnePassPrelu;

impl Op for OnePassPrelu {
    fn name(&self) -> StaticName {
        "OnePassPrelu".into()
    }

    op_as_typed_op!();
}

impl EvalOp for OnePassPrelu {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let (input, slopes) = args_2!(inputs);
        let mut output = input.into_tensor();
        let (channels, plane) = (output.shape()[1], output.shape()[2..].iter().product::<usize>());
        let slopes = slopes.cast_to::<f32>()?;
        let slopes = slopes.try_as_plain_ram()?.as_slice::<f32>()?;
        ensure!(slopes.len() == 1 || slopes.len() == channels);
        let mut plain = output.try_as_plain_ram_mut()?;
        for (index, plane) in plain.as_slice_mut::<f32>()?.chunks_exact_mut(plane).enumerate() {
            let slope = slopes[if slopes.len() == 1 { 0 } else { index % channels }];
            for x in plane {
                *x = if *x > 0.0 { *x } else { slope * *x };
            }
        }
        Ok(tvec!(output.into_tvalue()))
    }
}

impl TypedOp for OnePassPrelu {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(inputs[0].datum_type.fact(inputs[0].shape.clone())))
    }

    as_op!();
}
