//! Fits a calibration to histograms of comparison scores, and says what it comes to.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::de::DeserializeOwned;
use vedette_core::calibration::{Calibration, Scale, Target};
use vedette_core::manifest::Manifest;

use super::Failure;
use crate::evaluate::scores::{Scores, file_name};

#[derive(Debug, Args)]
pub(crate) struct CalibrateArgs {
    /// Folder of the model files; the calibration is written into it
    #[arg(long, value_name = "FOLDER", default_value = "models")]
    models: PathBuf,
    /// Folder of cosine.json and normalised.json, as `vedette evaluate` writes them [default: calibration in the models
    /// folder]
    #[arg(long, value_name = "FOLDER")]
    scores: Option<PathBuf>,
}

pub(crate) fn run(args: &CalibrateArgs) -> Result<(), Failure> {
    let scores = args.scores.clone().unwrap_or_else(|| args.models.join("calibration"));
    let manifest = read_text(&args.models.join("manifest.toml"))?;
    let manifest = Manifest::parse(&manifest).map_err(said)?;
    let calibration = fitted(&scores)?;
    calibration.check(&manifest.space().map_err(said)?).map_err(said)?;
    let path = args.models.join(&manifest.embedder.calibration);
    // The old one stays until the new one is whole.
    let fresh = path.with_extension("new");
    std::fs::write(&fresh, text(&calibration)?)
        .and_then(|()| std::fs::rename(&fresh, &path))
        .map_err(|error| unusable(&path, &error))?;
    println!("{}", table(&calibration));
    println!("Written to {}.", path.display());
    Ok(())
}

/// The calibration of the histograms in a folder.
pub(crate) fn fitted(folder: &Path) -> Result<Calibration, Failure> {
    let [cosine, normalised]: [Scores; 2] = [
        read(&folder.join(file_name(Scale::Cosine)))?,
        read(&folder.join(file_name(Scale::Normalised)))?,
    ];
    if (&cosine.model, cosine.pipeline) != (&normalised.model, normalised.pipeline) {
        return Err(Failure::Said(format!(
            "cosine.json and normalised.json in {} are of different models. Measure both with one.",
            folder.display()
        )));
    }
    Ok(Calibration {
        measured: cosine.measured.clone().min(normalised.measured.clone()),
        model: cosine.model.clone(),
        pipeline: cosine.pipeline,
        cosine: cosine.curve().map_err(said)?,
        normalised: normalised.curve().map_err(said)?,
    })
}

pub(crate) fn text(calibration: &Calibration) -> Result<String, Failure> {
    serde_json::to_string_pretty(calibration)
        .map(|text| text + "\n")
        .map_err(said)
}

/// Thresholds for some lengths of a list, and how far each lies beyond the data.
fn table(calibration: &Calibration) -> String {
    let mut lines = vec![format!(
        "{:>9} {:>9} {:>10} {:>10}  {:<24} {}",
        "entries", "target", "scale", "threshold", "least favourable", "powers of ten beyond its data"
    )];
    for (scale, name, lengths) in [
        (Scale::Cosine, "cosine", [1, 10, 100, 1_000, 10_000]),
        (
            Scale::Normalised,
            "normalised",
            [600, 1_000, 10_000, 100_000, 1_000_000],
        ),
    ] {
        for entries in lengths {
            for target in [Target::LOOSEST, Target::DEFAULT] {
                let point = calibration.at(scale, target.fmr(entries, 1.0));
                lines.push(format!(
                    "{entries:>9} {:>9} {name:>10} {:>10.3}  {:<24} {:.1}",
                    format!("1/{}", target.faces()),
                    point.threshold,
                    point.population,
                    point.decades_beyond_data
                ));
            }
        }
    }
    lines.join("\n")
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    serde_json::from_str(&read_text(path)?).map_err(|error| unusable(path, &error))
}

fn read_text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| unusable(path, &error))
}

fn unusable(path: &Path, reason: &dyn std::fmt::Display) -> Failure {
    Failure::Said(format!("{} can't be used: {reason}.", path.display()))
}

fn said(error: impl std::fmt::Display) -> Failure {
    Failure::Said(format!("{error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn models() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../models")
    }

    #[test]
    fn the_shipped_calibration_is_what_its_histograms_give() {
        let fitted = fitted(&models().join("calibration")).unwrap();
        let shipped = std::fs::read_to_string(models().join("sface-calibration.json")).unwrap();
        assert_eq!(text(&fitted).unwrap(), shipped, "run `vedette calibrate`");
    }

    #[test]
    fn no_group_of_the_data_gets_more_false_alerts_than_the_target() {
        let calibration = fitted(&models().join("calibration")).unwrap();
        for scale in [Scale::Cosine, Scale::Normalised] {
            let scores: Scores = read(&models().join("calibration").join(file_name(scale))).unwrap();
            for (name, histogram) in scores.impostors() {
                for fmr in [1e-2, 1e-3, 1e-4, 1e-5] {
                    let threshold = calibration.at(scale, fmr).threshold;
                    let edge = |bin: usize| histogram.start + bin as f32 * histogram.width;
                    let counts = histogram.counts.iter().enumerate();
                    let above: u64 = counts.filter(|(bin, _)| edge(*bin) >= threshold).map(|(_, n)| n).sum();
                    let expected = histogram.pairs() as f64 * fmr;
                    // The upper end of what chance makes of so many comparisons.
                    let most = expected + 3.0 * expected.sqrt() + 3.0;
                    assert!(
                        above as f64 <= most,
                        "{name} at {fmr}: {above} of {}, {scale:?}",
                        histogram.pairs()
                    );
                }
            }
        }
    }

    #[test]
    fn scores_of_two_models_make_no_calibration() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["cosine.json", "normalised.json"] {
            let mut text = std::fs::read_to_string(models().join("calibration").join(name)).unwrap();
            if name == "cosine.json" {
                text = text.replace("fb143eea07838aa5", "0000000000000000");
            }
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let Err(Failure::Said(words)) = fitted(folder.path()) else {
            panic!("it was accepted")
        };
        assert!(words.contains("different models"), "{words}");
    }
}
