//! Where the networks' time goes, by operator, and which inner loops were chosen: `cargo xtask bench ops`.

use std::error::Error;
use std::time::Instant;

use vedette_core::geometry::Size;
use vedette_engine::{Kernels, OperatorTime, profile};

#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 30;
const NETWORKS: [(&str, &[u8], Size); 2] = [
    (
        "YuNet",
        include_bytes!("../../../models/face_detection_yunet_2023mar_int8bq.onnx"),
        Size {
            width: 320,
            height: 256,
        },
    ),
    (
        "SFace",
        include_bytes!("../../../models/face_recognition_sface_2021dec_int8bq.onnx"),
        Size {
            width: 112,
            height: 112,
        },
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let mut clock = || begun.elapsed().as_secs_f64() * 1000.0;
    let measured = Kernels::measured(&mut clock);
    println!("inner loops, fastest first, in thousand million multiplications a second:");
    for (name, speed) in measured.speeds() {
        println!("{:8.1}  {name}", speed / 1e6);
    }
    for (name, file, size) in NETWORKS {
        table(name, size, profile(file, size, &measured, ROUNDS, &mut clock)?);
    }
    Ok(())
}

fn table(name: &str, size: Size, mut times: Vec<OperatorTime>) {
    let sum: f64 = times.iter().map(|t| t.milliseconds).sum();
    times.sort_by(|a, b| b.milliseconds.total_cmp(&a.milliseconds));
    println!("\n{name}, {}x{}: {sum:.2} ms\n", size.width, size.height);
    println!("{:>9} {:>6}  operator and shapes", "ms", "share");
    for time in times.iter().filter(|t| t.milliseconds > sum / 1000.0) {
        let share = 100.0 * time.milliseconds / sum;
        println!(
            "{:9.3} {share:5.1}%  {} {}",
            time.milliseconds, time.operator, time.shapes
        );
    }
    let mut kinds: Vec<(&str, f64, usize)> = Vec::new();
    for time in &times {
        match kinds.iter_mut().find(|k| k.0 == time.operator) {
            Some(kind) => (kind.1, kind.2) = (kind.1 + time.milliseconds, kind.2 + 1),
            None => kinds.push((&time.operator, time.milliseconds, 1)),
        }
    }
    kinds.sort_by(|a, b| b.1.total_cmp(&a.1));
    println!();
    for (kind, milliseconds, count) in kinds {
        println!(
            "{milliseconds:9.3} {:5.1}%  {count} x {kind}",
            100.0 * milliseconds / sum
        );
    }
}
