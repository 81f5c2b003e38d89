//! The layers against plain sums, with every loop that runs here: natively those in Rust and the processor's own, in WASM those of the build script too.

use proptest::prelude::*;

use crate::convolution::{Convolution, Ending};
use crate::dense::dense;
use crate::depthwise::Depthwise;
use crate::inner::Activation;
use crate::kernels::Kernels;
use crate::pool::greatest_of_four;
use crate::weights::shorts;
use crate::window::Window;

/// Numbers between -1 and 1 that look drawn.
pub(crate) fn numbers(count: usize, seed: u32) -> Vec<f32> {
    let mut state = u64::from(seed) + 1;
    (0..count)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1 << 23) as f32 - 1.0
        })
        .collect()
}

fn ending(filters: usize, activation: Activation, seed: u32) -> Ending {
    Ending {
        bias: numbers(filters, seed),
        slopes: numbers(filters, seed + 1),
        activation,
    }
}

/// A convolution as it is defined, in f64. `groups` is 1, or one for each channel.
fn convolved(
    window: &Window,
    image: &[f32],
    (channels, size): (usize, (usize, usize)),
    weights: &[f32],
    ending: &Ending,
    groups: usize,
) -> Vec<f32> {
    let output = window.output(size).unwrap();
    let (kernel, each) = (window.kernel, channels / groups);
    let mut result = Vec::new();
    for (filter, weights) in weights.chunks(each * kernel.0 * kernel.1).enumerate() {
        for (y, x) in (0..output.0).flat_map(|y| (0..output.1).map(move |x| (y, x))) {
            let mut sum = f64::from(ending.bias[filter]);
            for (index, weight) in weights.iter().enumerate() {
                let channel = index / (kernel.0 * kernel.1) + if groups > 1 { filter } else { 0 };
                let at = (
                    (y * window.stride.0 + index / kernel.1 % kernel.0).checked_sub(window.before.0),
                    (x * window.stride.1 + index % kernel.1).checked_sub(window.before.1),
                );
                if let (Some(row), Some(column)) = at
                    && row < size.0
                    && column < size.1
                {
                    sum += f64::from(*weight) * f64::from(image[(channel * size.0 + row) * size.1 + column]);
                }
            }
            result.push(match ending.activation {
                Activation::Relu => sum.max(0.0),
                Activation::Prelu if sum < 0.0 => sum * f64::from(ending.slopes[filter]),
                _ => sum,
            } as f32);
        }
    }
    result
}

fn agree(found: &[f32], expected: &[f32], terms: usize, kernels: &Kernels) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.len(), expected.len());
    // Each term is below one, and each sum rounds by half a step of what it has come to, or each factor by half a step of 2,048.
    let rounded = if kernels.are_whole() { 1e-3 } else { 2e-6 };
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        let bound = rounded * (terms as f32 + 1.0).sqrt() + 1e-6 * expected.abs();
        prop_assert!((found - expected).abs() <= bound, "{index}: {found} is not {expected}");
    }
    Ok(())
}

fn activations() -> impl Strategy<Value = Activation> {
    prop_oneof![Just(Activation::None), Just(Activation::Relu), Just(Activation::Prelu)]
}

fn windows(kernel: impl Strategy<Value = (usize, usize)>, most: usize) -> impl Strategy<Value = Window> {
    (
        kernel,
        (1..=most, 1..=most),
        (0usize..3, 0usize..3),
        (0usize..3, 0usize..3),
    )
        .prop_map(|(kernel, stride, before, after)| Window {
            kernel,
            stride,
            before,
            after,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_convolution_is_the_sum_that_defines_it(
        window in windows((1usize..5, 1usize..5), 3), channels in 1usize..20, filters in 1usize..30,
        size in (1usize..24, 1usize..24), activation in activations(), seed in any::<u16>().prop_map(u32::from),
    ) {
        prop_assume!(window.output(size).is_some());
        let terms = channels * window.kernel.0 * window.kernel.1;
        let (image, weights) = (numbers(channels * size.0 * size.1, seed + 2), numbers(filters * terms, seed + 3));
        let ending = ending(filters, activation, seed);
        let expected = convolved(&window, &image, (channels, size), &weights, &ending, 1);
        for kernels in Kernels::each() {
            let layer = Convolution::new(&kernels, window, (channels, size), &weights, ending.clone()).unwrap();
            prop_assert_eq!(layer.output().into_iter().product::<usize>(), expected.len());
            let mut found = vec![f32::NAN; expected.len()];
            layer.run(&image, &mut found);
            agree(&found, &expected, terms, &kernels)?;
        }
    }

    #[test]
    fn a_dense_layer_is_the_sum_that_defines_it(
        inputs in 0usize..70, outputs in 1usize..14, seed in any::<u16>().prop_map(u32::from),
    ) {
        let (image, weights) = (numbers(inputs, seed), numbers(inputs * outputs, seed + 1));
        let of_row = |row: usize| image.iter().zip(&weights[row * inputs..]).map(|(x, weight)| x * weight).sum();
        let expected: Vec<f32> = (0..outputs).map(of_row).collect();
        let mut found = vec![f32::NAN; outputs];
        dense(&weights, &image, &mut found);
        agree(&found, &expected, inputs, &Kernels::portable())?;
    }

    #[test]
    fn a_pointwise_convolution_is_the_sum_that_defines_it(
        channels in 1usize..200, filters in 1usize..40, size in (1usize..30, 1usize..30), activation in activations(),
        seed in any::<u16>().prop_map(u32::from),
    ) {
        let window = Window { kernel: (1, 1), stride: (1, 1), before: (0, 0), after: (0, 0) };
        let (image, weights) = (numbers(channels * size.0 * size.1, seed + 2), numbers(filters * channels, seed + 3));
        let ending = ending(filters, activation, seed);
        let expected = convolved(&window, &image, (channels, size), &weights, &ending, 1);
        for kernels in Kernels::each() {
            let layer = Convolution::new(&kernels, window, (channels, size), &weights, ending.clone()).unwrap();
            let mut found = vec![f32::NAN; expected.len()];
            layer.run(&image, &mut found);
            agree(&found, &expected, channels, &kernels)?;
        }
    }

    #[test]
    fn a_depthwise_convolution_is_the_sum_that_defines_it(
        window in windows(Just((3, 3)), 2).prop_map(|w| Window { stride: (w.stride.0, w.stride.0), ..w }),
        channels in 1usize..12, size in (1usize..40, 1usize..40), activation in activations(),
        seed in any::<u16>().prop_map(u32::from),
    ) {
        prop_assume!(window.output(size).is_some());
        let (image, weights) = (numbers(channels * size.0 * size.1, seed + 2), numbers(channels * 9, seed + 3));
        let ending = ending(channels, activation, seed);
        let expected = convolved(&window, &image, (channels, size), &weights, &ending, channels);
        for kernels in Kernels::each() {
            let layer = Depthwise::new(&kernels, window, size, &weights, ending.clone()).unwrap();
            prop_assert_eq!(layer.output().into_iter().product::<usize>(), expected.len());
            let mut found = vec![f32::NAN; expected.len()];
            layer.run(&image, &mut found);
            agree(&found, &expected, 9, &kernels)?;
        }
    }

    #[test]
    fn a_pool_keeps_the_greatest_of_four(
        planes in 1usize..5, size in (2usize..40, 2usize..40), seed in any::<u16>().prop_map(u32::from),
    ) {
        let image = numbers(planes * size.0 * size.1, seed);
        let mut found = vec![f32::NAN; planes * (size.0 / 2) * (size.1 / 2)];
        greatest_of_four(&image, size, &mut found);
        let at = |plane: usize, y: usize, x: usize| image[(plane * size.0 + y) * size.1 + x];
        for (index, found) in found.iter().enumerate() {
            let (rows, columns) = (size.0 / 2, size.1 / 2);
            let (plane, y, x) = (index / (rows * columns), index / columns % rows * 2, index % columns * 2);
            let expected = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(i, j)| at(plane, y + i, x + j));
            prop_assert_eq!(*found, expected.into_iter().fold(f32::MIN, f32::max));
        }
    }
}

#[test]
fn a_piece_that_does_not_fit_the_cache_is_computed_as_one_that_does() {
    // More weights than a piece holds for a single tile, and more columns than one piece.
    let window = Window {
        kernel: (1, 1),
        stride: (1, 1),
        before: (0, 0),
        after: (0, 0),
    };
    for (channels, size) in [(9_000, (3, 3)), (300, (40, 41))] {
        let (image, weights) = (numbers(channels * size.0 * size.1, 1), numbers(3 * channels, 2));
        let ending = ending(3, Activation::None, 3);
        let expected = convolved(&window, &image, (channels, size), &weights, &ending, 1);
        for kernels in Kernels::each() {
            let layer = Convolution::new(&kernels, window, (channels, size), &weights, ending.clone()).unwrap();
            let mut found = vec![f32::NAN; expected.len()];
            layer.run(&image, &mut found);
            agree(&found, &expected, channels, &kernels).unwrap();
        }
    }
}

#[test]
fn what_is_not_a_number_stays_so() {
    let window = Window {
        kernel: (3, 3),
        stride: (1, 1),
        before: (1, 1),
        after: (1, 1),
    };
    let (mut image, weights) = (numbers(100, 1), numbers(9, 2));
    image[55] = f32::NAN;
    for (kernels, activation) in Kernels::each()
        .into_iter()
        .flat_map(|k| [Activation::None, Activation::Relu, Activation::Prelu].map(|a| (k.clone(), a)))
    {
        let mut found = vec![0.0; 100];
        let dense = Convolution::new(&kernels, window, (1, (10, 10)), &weights, ending(1, activation, 3)).unwrap();
        dense.run(&image, &mut found);
        // Whole numbers have one scale for all of an image.
        let reached = if kernels.are_whole() { 100 } else { 9 };
        assert_eq!(found.iter().filter(|x| x.is_nan()).count(), reached);
        let depthwise = Depthwise::new(&kernels, window, (10, 10), &weights, ending(1, activation, 3)).unwrap();
        depthwise.run(&image, &mut found);
        assert_eq!(found.iter().filter(|x| x.is_nan()).count(), 9);
    }
}

#[test]
fn no_sum_of_whole_numbers_is_beyond_32_bits_however_its_weights_are_rounded() {
    // One large weight, and many of which each may be rounded up.
    for (depth, small) in (1..2_000)
        .flat_map(|n| [(400, n), (63, n)])
        .map(|(depth, n)| (depth, n as f32 / 4_001.0))
    {
        let mut weights = vec![small; depth];
        weights[0] = 1.0;
        let whole = shorts(&weights, depth, 1).unwrap();
        let together: i64 = whole
            .pairs
            .iter()
            .flatten()
            .map(|weight| i64::from(weight.unsigned_abs()))
            .sum();
        assert!(
            together * whole.most as i64 <= i64::from(i32::MAX),
            "{depth} of {small}"
        );
    }
    // Where too few bits would be left, floats are used.
    assert!(shorts(&[1.0; 500], 500, 4).is_some());
    assert!(shorts(&[1.0; 600], 600, 4).is_none());
    assert!(shorts(&[1.0, f32::NAN], 2, 4).is_none() && shorts(&[1.0, f32::INFINITY], 2, 4).is_none());
}

#[test]
fn no_sum_is_too_large_or_too_small_for_whole_numbers() {
    let window = Window {
        kernel: (1, 1),
        stride: (1, 1),
        before: (0, 0),
        after: (0, 0),
    };
    let bias = Ending {
        bias: vec![0.5; 5],
        ..Ending::default()
    };
    for (channels, weight, number) in [
        (500, 3.0, 70.0),
        (501, -2e-20, 3e-20),
        (300, 0.0, 1.0),
        (77, 1.0, 0.0),
        (77, 1.0, 1e-44),
    ] {
        let (image, weights) = (vec![number; channels * 12], vec![weight; channels * 5]);
        for kernels in Kernels::each() {
            let layer = Convolution::new(&kernels, window, (channels, (3, 4)), &weights, bias.clone()).unwrap();
            let mut found = vec![f32::NAN; 60];
            layer.run(&image, &mut found);
            let expected = 0.5 + channels as f32 * weight * number;
            for found in found {
                assert!(
                    (found - expected).abs() <= 1e-3 * expected.abs(),
                    "{channels} times {weight} times {number}: {found}"
                );
            }
        }
    }
}

#[test]
fn weights_that_do_not_fit_are_refused() {
    let window = Window {
        kernel: (3, 3),
        stride: (1, 1),
        before: (0, 0),
        after: (0, 0),
    };
    let kernels = Kernels::default();
    let whole = || ending(2, Activation::Prelu, 1);
    let dense =
        |weights: usize, size, ending| Convolution::new(&kernels, window, (4, size), &numbers(weights, 2), ending);
    assert!(dense(72, (5, 5), whole()).is_some());
    assert!(dense(71, (5, 5), whole()).is_none());
    assert!(dense(72, (2, 5), whole()).is_none());
    assert!(
        dense(
            72,
            (5, 5),
            Ending {
                slopes: vec![0.5],
                ..whole()
            }
        )
        .is_none()
    );
    let depthwise = |window, weights: usize| Depthwise::new(&kernels, window, (5, 5), &numbers(weights, 2), whole());
    assert!(depthwise(window, 18).is_some());
    assert!(depthwise(window, 17).is_none());
    assert!(
        depthwise(
            Window {
                stride: (1, 2),
                ..window
            },
            18
        )
        .is_none()
    );
    assert!(
        depthwise(
            Window {
                stride: (3, 3),
                ..window
            },
            18
        )
        .is_none()
    );
}

#[test]
fn a_clock_that_stands_still_chooses_something() {
    let kernels = Kernels::measured(|| 0.0);
    assert!(kernels.speeds().iter().all(|(_, speed)| *speed == 1.0));
}

#[cfg(target_arch = "wasm32")]
/// Ticks unevenly, so that no two loops seem equally fast.
fn uneven_clock(ticks: &mut f64, step: &mut f64) -> f64 {
    *step *= 1.01;
    *ticks += *step;
    *ticks
}

#[cfg(target_arch = "wasm32")]
#[test]
fn loops_that_were_measured_once_are_not_tried_again() {
    let (mut ticks, mut step) = (0.0, 0.1);
    let measured = Kernels::measured(|| uneven_clock(&mut ticks, &mut step));
    let speeds = measured.measurements();
    let told = Kernels::known_or_measured(&speeds, || panic!("the loops are tried"));
    assert_eq!(told.speeds(), measured.speeds());
    assert_eq!(told.simd(), measured.simd());
}

#[cfg(target_arch = "wasm32")]
#[test]
fn what_another_build_measured_or_nobody_says_nothing() {
    let (mut ticks, mut step) = (0.0, 0.1);
    let speeds = Kernels::measured(|| uneven_clock(&mut ticks, &mut step)).measurements();
    let mut longer = speeds.clone();
    longer.push(1.0);
    let mut refused = vec![longer, Vec::new(), vec![1.0; speeds.len()]];
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let mut spoilt = speeds.clone();
        spoilt[0] = wrong;
        refused.push(spoilt);
    }
    for told in refused {
        let mut tried = false;
        Kernels::known_or_measured(&told, || {
            tried = true;
            0.0
        });
        assert!(tried, "{told:?}");
    }
}

#[cfg(target_arch = "wasm32")]
#[test]
fn both_modules_of_the_build_script_run_here() {
    assert_eq!(Kernels::each().len(), 2 + 2 * crate::shape::SHAPES.len());
    assert_eq!(Kernels::measured(|| 0.0).simd(), "relaxed-simd");
}
