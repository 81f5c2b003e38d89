//! What a candidate costs, by the watchlist's length: cargo xtask bench matcher.
#![allow(clippy::unwrap_used, reason = "a measurement that can't go on stops")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use uuid::Uuid;
use vedette_core::calibration::{Calibration, Curve, Histogram, Target};
use vedette_core::id::EntryId;
use vedette_core::shot::Shots;
use vedette_core::template::{ModelId, PipelineVersion, Template, TemplateSpace};
use vedette_core::watchlist::Watchlist;

const ROUNDS: usize = 15;

/// A direction that is each seed's own (xorshift64).
fn template(space: &TemplateSpace, seed: u64) -> Template {
    let mut state = (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let values = (0..space.dimensions).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    });
    Template::from_embedding(space.clone(), values.collect()).unwrap()
}

fn entry(number: u64) -> EntryId {
    EntryId::new(Uuid::from_u128(
        u128::from(number.wrapping_mul(0x9E37_79B9_7F4A_7C15)) << 64 | u128::from(number),
    ))
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Median and range, in microseconds.
fn shown(mut taken: Vec<Duration>) -> String {
    taken.sort();
    let micros = |d: &Duration| d.as_secs_f64() * 1e6;
    format!(
        "{:.0} ({:.0}-{:.0})",
        micros(&taken[taken.len() / 2]),
        micros(&taken[0]),
        micros(&taken[taken.len() - 1])
    )
}

fn main() {
    let space = TemplateSpace {
        model: ModelId::new("0123456789abcdef").unwrap(),
        pipeline: PipelineVersion(1),
        dimensions: 128,
        transform: None,
    };
    let histogram = Histogram {
        start: 0.0,
        width: 0.1,
        counts: (0..10).rev().map(|power| 9 * 10u64.pow(power)).collect(),
    };
    let curve = Curve::fit("made up".into(), &[("nobody".into(), histogram)]).unwrap();
    let calibration = Arc::new(Calibration {
        model: space.model.clone(),
        pipeline: space.pipeline,
        measured: "never".into(),
        cosine: curve.clone(),
        normalised: curve,
    });
    println!("microseconds, median (range) of {ROUNDS} rounds, interleaved; 128 numbers a template\n");
    println!(
        "{:>8} {:>22} {:>22} {:>26} {:>20}",
        "entries", "a candidate", "its cosines alone", "the first after an entry", "the first of all"
    );
    for entries in [100u64, 1_000, 10_000, 100_000] {
        let references: Vec<Template> = (0..entries).map(|n| template(&space, n)).collect();
        let mut list = Watchlist::new(space.clone(), calibration.clone(), Target::DEFAULT).unwrap();
        for (number, reference) in (0..).zip(&references) {
            list.insert(entry(number), reference).unwrap();
        }
        let probe = template(&space, u64::MAX - 7);
        let search = |list: &mut Watchlist| {
            black_box(list.search(black_box(&probe), Shots::ONE).unwrap());
        };
        let first = timed(|| search(&mut list));
        let (mut candidates, mut cosines, mut additions) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..ROUNDS as u64 {
            candidates.push(timed(|| search(&mut list)));
            cosines.push(timed(|| {
                for reference in &references {
                    black_box(probe.compare(black_box(reference)).unwrap());
                }
            }));
            list.insert(entry(entries + round), &template(&space, entries + round))
                .unwrap();
            additions.push(timed(|| search(&mut list)));
        }
        println!(
            "{entries:>8} {:>22} {:>22} {:>26} {:>20}",
            shown(candidates),
            shown(cosines),
            shown(additions),
            shown(vec![first])
        );
    }
}
