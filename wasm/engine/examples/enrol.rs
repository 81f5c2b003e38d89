//! References from every photograph of a folder, on all cores, and where the time goes: `enrol MODELS FOLDER`, or, one photograph
//! after the other and by stage, `enrol MODELS FOLDER stages`. Prints a line of JSON.
//!
//! Run by `cargo xtask bench enrol`, which has Python's peer do the same.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde::Serialize;
use vedette_core::align::SIDE;
use vedette_core::detect::{InputSide, input_size};
use vedette_core::geometry::Size;
use vedette_core::manifest::Manifest;
use vedette_engine::{Detector, Embedder, Kernels, Models, enrol, photo, profile};

type Failed = Box<dyn Error + Send + Sync>;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs of each network alone.
const RUNS: usize = 50;

/// A models folder.
struct Weights {
    models: Models,
    detector: Vec<u8>,
    embedder: Vec<u8>,
}

impl Weights {
    fn read(folder: &Path) -> Result<Self, Failed> {
        let manifest = Manifest::parse(&std::fs::read_to_string(folder.join("manifest.toml"))?)?;
        Ok(Self {
            detector: std::fs::read(folder.join(&manifest.detector.file))?,
            embedder: std::fs::read(folder.join(&manifest.embedder.model.file))?,
            models: Models::new(manifest),
        })
    }

    fn engine(&self) -> Result<(Detector, Embedder), Failed> {
        Ok((
            self.models.detector(&self.detector)?,
            self.models.embedder(&self.embedder)?,
        ))
    }
}

#[derive(Serialize)]
struct Whole {
    photographs: usize,
    /// Became references; the gate refuses others.
    references: usize,
    seconds: f64,
}

/// Milliseconds: means of a photograph by stage, and the least that a network alone took.
#[derive(Default, Serialize)]
struct Stages {
    decode: f64,
    detect: f64,
    align_and_embed: f64,
    enrol: f64,
    detector: f64,
    embedder: f64,
}

fn main() -> Result<(), Failed> {
    let given: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (Some(models), Some(folder)) = (given.first(), given.get(1)) else {
        return Err("name the folder of the models and that of the photographs".into());
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.sort();
    let weights = Weights::read(models)?;
    let printed = match given.len() {
        2 => serde_json::to_string(&on_all_cores(&weights, &files)?)?,
        _ => serde_json::to_string(&by_stage(&weights, &files)?)?,
    };
    println!("{printed}");
    Ok(())
}

/// As `vedette enrol` does: a thread for each core, each with networks of its own.
fn on_all_cores(weights: &Weights, files: &[PathBuf]) -> Result<Whole, Failed> {
    let begun = Instant::now();
    let next = AtomicUsize::new(0);
    let run = || -> Result<usize, Failed> {
        let (mut detector, embedder) = weights.engine()?;
        let mut references = 0;
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let bytes = std::fs::read(file)?;
            let image = photo::read(&bytes, photo::MOST_PIXELS)?;
            references += usize::from(enrol(&image, &mut detector, &embedder)?.is_ok());
        }
        Ok(references)
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let references = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        let mut references = 0;
        for thread in running {
            references += thread.join().map_err(|_| "a thread broke off")??;
        }
        Ok::<_, Failed>(references)
    })?;
    Ok(Whole {
        photographs: files.len(),
        references,
        seconds: begun.elapsed().as_secs_f64(),
    })
}

fn by_stage(weights: &Weights, files: &[PathBuf]) -> Result<Stages, Failed> {
    let (mut detector, embedder) = weights.engine()?;
    let mut sums = Stages::default();
    let mut size = Size { width: 0, height: 0 };
    // Their plans are made with the first.
    for (round, file) in files.iter().take(1).chain(files).enumerate() {
        let bytes = std::fs::read(file)?;
        let mut marks = vec![Instant::now()];
        let image = photo::read(&bytes, photo::MOST_PIXELS)?;
        marks.push(Instant::now());
        let found = detector.detect(&image, InputSide::PHOTO)?;
        marks.push(Instant::now());
        if let Some(face) = found.first() {
            embedder.embed_face(&image, &face.landmarks)?;
        }
        marks.push(Instant::now());
        let _ = enrol(&image, &mut detector, &embedder)?;
        marks.push(Instant::now());
        size = input_size(image.size(), InputSide::PHOTO);
        if round > 0 {
            let all = [
                &mut sums.decode,
                &mut sums.detect,
                &mut sums.align_and_embed,
                &mut sums.enrol,
            ];
            for (sum, pair) in all.into_iter().zip(marks.windows(2)) {
                *sum += (pair[1] - pair[0]).as_secs_f64() * 1e3 / files.len() as f64;
            }
        }
    }
    let start = Instant::now();
    let mut clock = || start.elapsed().as_secs_f64() * 1e3;
    let mut alone = |bytes: &[u8], size| -> Result<f64, Failed> {
        let operators = profile(bytes, size, &Kernels::default(), RUNS, &mut clock)?;
        Ok(operators.iter().map(|operator| operator.milliseconds).sum())
    };
    sums.detector = alone(&weights.detector, size)?;
    let face = Size {
        width: SIDE,
        height: SIDE,
    };
    sums.embedder = alone(&weights.embedder, face)?;
    Ok(sums)
}
