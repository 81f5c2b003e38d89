//! PReLU in one pass over memory. tract expands it into a comparison, a multiplication and a selection, each of which
//! writes a whole tensor; it then takes half of SFace's time.

use tract_onnx::tract_core::internal::*;

/// x where x > 0, slope * x elsewhere; one slope a channel of an NCHW tensor, or one for all.
#[derive(Debug, Clone, Hash, PartialEq, Eq)]
pub struct Prelu;

impl Op for Prelu {
    fn name(&self) -> StaticName {
        "Prelu".into()
    }

    op_as_typed_op!();
}

impl EvalOp for Prelu {
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

impl TypedOp for Prelu {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(inputs[0].datum_type.fact(inputs[0].shape.clone())))
    }

    as_op!();
}
