//! Measures the product on a labelled set and writes the report.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use vedette_core::calibration::{Calibration, Scale};

use super::Failure;
use crate::engine::Weights;
use crate::evaluate::cells::Cells;
use crate::evaluate::encode::{Encoded, Kept, encode};
use crate::evaluate::people::Draws;
use crate::evaluate::report::Report;
use crate::evaluate::scores::{Scores, file_name};
use crate::evaluate::set::LabelledSet;
use crate::evaluate::{Material, Measured, differences, measure, page, summary};

#[derive(Debug, Args)]
pub(crate) struct EvaluateArgs {
    /// Folder with a folder of photographs for each person, or a CSV file with the columns file, person, and any groups
    set: PathBuf,
    /// Folder for the report; templates are kept there until it is written
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Folder of the model files
    #[arg(long, value_name = "FOLDER", default_value = "models")]
    models: PathBuf,
    /// A second folder of model files, to be compared with the first
    #[arg(long, value_name = "FOLDER")]
    against: Option<PathBuf>,
    /// Compares only the pairs of this file, in the form of LFW's pairs.txt
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// Columns of the CSV file that are groups [default: all but file and person]
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    groups: Option<Vec<String>>,
    /// Lengths of the watchlists [default: 10, 30, 100, 300, 600, 1000, 3000, 10000, as far as the set reaches]
    #[arg(long, value_name = "ENTRIES", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..))]
    lists: Option<Vec<u32>>,
    /// Keeps the templates for the next run; they are biometric data of the people in the set
    #[arg(long)]
    keep_templates: bool,
}

pub(crate) fn run(args: &EvaluateArgs, now: Timestamp) -> Result<(), Failure> {
    let mut set = LabelledSet::read(&args.set, args.groups.as_deref()).map_err(said)?;
    if let Some(pairs) = &args.pairs {
        set = set.with_pairs(pairs).map_err(said)?;
    }
    std::fs::create_dir_all(&args.out).map_err(|error| unwritable(&args.out, &error))?;
    let cells = Cells::of(&set);
    let draws = Draws::new(set.people.len());
    let lengths: Option<Vec<usize>> = args.lists.as_ref().map(|l| l.iter().map(|n| *n as usize).collect());
    let folders = [Some(&args.models), args.against.as_ref()];
    let mut measured: Vec<Measured> = Vec::new();
    let mut kept = Vec::new();
    let mut first: Option<Vec<Encoded>> = None;
    let mut scores_of_first: Option<PathBuf> = None;
    // A second model that can't be read is told of before the first is measured.
    let mut models = Vec::new();
    for folder in folders.into_iter().flatten() {
        models.push((folder, Weights::read(folder).map_err(said)?));
    }
    for (folder, weights) in models {
        let cache = Kept::of(&args.out, &weights.space);
        let encoded = encode(&set, &weights, &cache).map_err(said)?;
        if encoded.iter().all(|e| e.examined().is_none()) {
            return Err(Failure::Said(format!(
                "Not one of the {} files is a photograph that can be read. They must be JPEG or PNG.",
                encoded.len()
            )));
        }
        let material = Material {
            name: weights.manifest.embedder.model.name.clone(),
            file: weights.manifest.embedder.model.file.clone(),
            sha256: weights.manifest.embedder.model.sha256.as_str().to_owned(),
            space: &weights.space,
            calibration: calibration(folder, &weights),
            encoded: &encoded,
        };
        eprintln!("Comparing");
        let found = measure(&set, &cells, &draws, material, lengths.as_deref()).map_err(said)?;
        let scores = write_scores(&args.out, &set, &args.set, &cells, &weights, &found, now)?;
        scores_of_first.get_or_insert(scores);
        measured.push(found);
        kept.push(cache);
        first.get_or_insert(encoded);
    }
    let differences = match &measured[..] {
        [a, b] => differences(&draws, a, b),
        _ => Vec::new(),
    };
    let name = args
        .set
        .file_name()
        .unwrap_or(args.set.as_os_str())
        .to_string_lossy()
        .into_owned();
    let report = Report {
        made_at: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        version: env!("CARGO_PKG_VERSION"),
        set: summary(name, &set, &cells, first.as_deref().unwrap_or_default()),
        systems: measured.into_iter().map(|m| m.system).collect(),
        differences,
    };
    let write = |name: &str, bytes: &[u8]| {
        let path = args.out.join(name);
        std::fs::write(&path, bytes).map_err(|error| unwritable(&path, &error))
    };
    write("report.json", report.json().map_err(said)?.as_bytes())?;
    write("rates.csv", &report.csv().map_err(said)?)?;
    write("report.html", page::page(&report).as_bytes())?;
    if !args.keep_templates {
        for cache in kept {
            cache.delete().map_err(|error| unwritable(&args.out, &error))?;
        }
    }
    println!("{}", args.out.join("report.html").display());
    match &report.systems[0].not_normalised {
        None => println!(
            "To calibrate with this set: vedette calibrate --models {} --scores {}",
            args.models.display(),
            scores_of_first.unwrap_or_default().display()
        ),
        Some(why) => println!("No calibration can be made of this set: {why}."),
    }
    Ok(())
}

/// Of these weights, or why there is none.
fn calibration(folder: &Path, weights: &Weights) -> Result<Calibration, String> {
    let path = folder.join(&weights.manifest.embedder.calibration);
    let text = std::fs::read(&path).map_err(|error| format!("{} can't be read ({error}).", path.display()))?;
    let calibration: Calibration =
        serde_json::from_slice(&text).map_err(|error| format!("{} can't be read ({error}).", path.display()))?;
    calibration.check(&weights.space).map_err(|error| format!("{error}."))?;
    Ok(calibration)
}

/// Histograms for `vedette calibrate`, in a folder for each model.
fn write_scores(
    out: &Path,
    set: &LabelledSet,
    source: &Path,
    cells: &Cells,
    weights: &Weights,
    measured: &Measured,
    now: Timestamp,
) -> Result<PathBuf, Failure> {
    let folder = out.join(format!("scores-{}", weights.space.model));
    std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    let name = source.file_name().unwrap_or(source.as_os_str()).to_string_lossy();
    for verification in &measured.verifications {
        let data = format!(
            "{name}: {} photographs of {} people",
            set.images.len(),
            set.people.len()
        );
        let scores = Scores::of(
            verification,
            cells,
            &weights.space,
            now.strftime("%Y-%m-%d").to_string(),
            data,
        );
        let path = folder.join(file_name(verification.scale));
        let text = serde_json::to_string(&scores).map_err(said)?;
        std::fs::write(&path, text + "\n").map_err(|error| unwritable(&path, &error))?;
    }
    // What an earlier run on a larger set left would be taken for this one's.
    if measured.verifications.iter().all(|v| v.scale != Scale::Normalised) {
        let _ = std::fs::remove_file(folder.join(file_name(Scale::Normalised)));
    }
    Ok(folder)
}

fn unwritable(path: &Path, reason: &std::io::Error) -> Failure {
    Failure::Said(format!(
        "{} can't be written ({reason}). Choose another folder with --out, or free some space.",
        path.display()
    ))
}

fn said(error: impl std::fmt::Display) -> Failure {
    Failure::Said(error.to_string())
}
