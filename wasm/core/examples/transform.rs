//! What a deployment's transform costs a template: cargo xtask bench transform.
#![allow(clippy::unwrap_used, reason = "a measurement that can't go on stops")]

use std::hint::black_box;
use std::time::Instant;

use vedette_core::template::{ModelId, PipelineVersion, Template, TemplateSpace};
use vedette_core::transform::{Seed, Transform};

const ROUNDS: usize = 15;
const TEMPLATES: usize = 2_000;

/// Median and range of what one of `TEMPLATES` takes, in microseconds.
fn each(mut work: impl FnMut(Template), template: &Template) -> String {
    let mut taken: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            (0..TEMPLATES).for_each(|_| work(black_box(template.clone())));
            start.elapsed().as_secs_f64() * 1e6 / TEMPLATES as f64
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    format!("{:.2} ({:.2}-{:.2})", taken[ROUNDS / 2], taken[0], taken[ROUNDS - 1])
}

fn main() {
    println!("microseconds, median (range) of {ROUNDS} rounds\n");
    println!(
        "{:>8} {:>24} {:>24} {:>24}",
        "numbers", "a template, transformed", "the same, encoded only", "a transform, from a seed"
    );
    let seed = Seed::new(&[7; Seed::BYTES]).unwrap();
    for dimensions in [128usize, 512] {
        let space = TemplateSpace {
            model: ModelId::new("0123456789abcdef").unwrap(),
            pipeline: PipelineVersion(1),
            dimensions,
            transform: None,
        };
        let values = (0..dimensions).map(|n| (n as f32 * 0.37).sin()).collect();
        let template = Template::from_embedding(space, values).unwrap();
        let transform = Transform::new(&seed, dimensions);
        let transformed = each(|template| _ = black_box(transform.apply(template).unwrap()), &template);
        let encoded = each(|template| _ = black_box(template.encode()), &template);
        let made = each(
            |_| _ = black_box(Transform::new(black_box(&seed), dimensions)),
            &template,
        );
        println!("{dimensions:>8} {transformed:>24} {encoded:>24} {made:>24}");
    }
}
