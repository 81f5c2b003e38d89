//! Photographs to templates on all cores. What was made stands in a file until the report is written, so that an
//! interrupted run goes on where it stopped.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use vedette_core::manifest::Sha256Hex;
use vedette_core::template::{Template, TemplateSpace};
use vedette_engine::{Detector, Embedder, EngineError, Examination, Refusal, examine, photo};

use super::set::{Image, LabelledSet};
use crate::cores;
use crate::engine::Weights;

/// One for each image of a set.
#[derive(Debug)]
pub(crate) struct Encoded {
    /// Of the file.
    pub(crate) sha256: String,
    pub(crate) outcome: Outcome,
}

#[derive(Debug)]
pub(crate) enum Outcome {
    Unreadable(String),
    Examined(Examined),
}

#[derive(Debug)]
pub(crate) struct Examined {
    /// Quality, 0..=1, or the reason's name.
    pub(crate) reference: Result<f32, String>,
    pub(crate) probe: Result<f32, String>,
    /// Where it can be one of the two.
    pub(crate) template: Option<Template>,
}

impl Encoded {
    pub(crate) fn examined(&self) -> Option<&Examined> {
        match &self.outcome {
            Outcome::Examined(examined) => Some(examined),
            Outcome::Unreadable(_) => None,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum EncodeError {
    #[error("Wrong model: {0}.")]
    Engine(#[from] EngineError),
    #[error(
        "{path} can't be written ({reason}). Choose another folder with --out, or free some space; a second run goes on where this one stopped."
    )]
    Kept { path: PathBuf, reason: std::io::Error },
}

/// Changes when the gates do, so that what older code kept is made again.
const FORM: u32 = 1;

/// One line of the file: an image as it was encoded.
#[derive(Serialize, Deserialize)]
struct Line {
    form: u32,
    space: TemplateSpace,
    sha256: String,
    #[serde(flatten)]
    outcome: LineOutcome,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
enum LineOutcome {
    Unreadable {
        reason: String,
    },
    Examined {
        reference: Result<f32, String>,
        probe: Result<f32, String>,
        template: Option<String>,
    },
}

/// Templates that were made so far, in a file of the report's folder.
#[derive(Debug)]
pub(crate) struct Kept {
    path: PathBuf,
}

impl Kept {
    pub(crate) fn of(folder: &Path, space: &TemplateSpace) -> Self {
        Self {
            path: folder.join(format!("templates-{}-{}.jsonl", space.model, space.pipeline.0)),
        }
    }

    pub(crate) fn delete(&self) -> std::io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// By hash. A line that was cut off by an interruption, or is of another model, is passed over.
    fn read(&self, space: &TemplateSpace) -> HashMap<String, Outcome> {
        let Ok(file) = File::open(&self.path) else {
            return HashMap::new();
        };
        let lines = BufReader::new(file).lines().map_while(Result::ok);
        lines
            .filter_map(|line| serde_json::from_str::<Line>(&line).ok())
            .filter(|line| line.form == FORM && line.space == *space)
            .filter_map(|line| Some((line.sha256, line.outcome.read(space)?)))
            .collect()
    }

    fn append(&self) -> std::io::Result<BufWriter<File>> {
        let mut options = File::options();
        options.create(true).append(true);
        // They are biometric data.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path)?;
        // Ends a line that an interruption cut off.
        file.write_all(b"\n")?;
        Ok(BufWriter::new(file))
    }
}

impl LineOutcome {
    fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Unreadable(reason) => Self::Unreadable { reason: reason.clone() },
            Outcome::Examined(examined) => Self::Examined {
                reference: examined.reference.clone(),
                probe: examined.probe.clone(),
                template: examined.template.as_ref().map(Template::encode),
            },
        }
    }

    fn read(self, space: &TemplateSpace) -> Option<Outcome> {
        Some(match self {
            Self::Unreadable { reason } => Outcome::Unreadable(reason),
            Self::Examined {
                reference,
                probe,
                template,
            } => Outcome::Examined(Examined {
                reference,
                probe,
                template: match template {
                    Some(text) => Some(Template::decode(space.clone(), &text).ok()?),
                    None => None,
                },
            }),
        })
    }
}

/// One outcome for each image of the set, in its order.
pub(crate) fn encode(set: &LabelledSet, weights: &Weights, kept: &Kept) -> Result<Vec<Encoded>, EncodeError> {
    let unwritable = |reason| EncodeError::Kept {
        path: kept.path.clone(),
        reason,
    };
    let known = Mutex::new(kept.read(&weights.space));
    let file = Mutex::new(kept.append().map_err(unwritable)?);
    let read = |(detector, embedder): &mut (Detector, Embedder), image: &Image| -> Result<Encoded, EncodeError> {
        let bytes = match std::fs::read(&image.path) {
            Ok(bytes) => bytes,
            Err(reason) => {
                return Ok(Encoded {
                    sha256: String::new(),
                    outcome: Outcome::Unreadable(reason.to_string()),
                });
            }
        };
        let sha256 = Sha256Hex::of(&bytes).as_str().to_owned();
        let before = known.lock().unwrap_or_else(PoisonError::into_inner).remove(&sha256);
        if let Some(outcome) = before {
            return Ok(Encoded { sha256, outcome });
        }
        let outcome = match photo::read(&bytes, photo::MOST_PIXELS) {
            Err(reason) => Outcome::Unreadable(reason.to_string()),
            Ok(photo) => Outcome::Examined(Examined::of(examine(&photo, detector, embedder)?)?),
        };
        let line = Line {
            form: FORM,
            space: weights.space.clone(),
            sha256: sha256.clone(),
            outcome: LineOutcome::of(&outcome),
        };
        let text = serde_json::to_string(&line).map_err(|e| unwritable(e.into()))?;
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(file, "{text}")
            .and_then(|()| file.flush())
            .map_err(unwritable)?;
        Ok(Encoded { sha256, outcome })
    };
    let engine = || weights.engine().map_err(EncodeError::from);
    cores::on_all(&set.images, &weights.manifest.embedder.model.name, engine, read)
}

impl Examined {
    /// Templates pass through half precision, as they do on their way to the server.
    fn of(examination: Examination) -> Result<Self, EngineError> {
        let template = examination
            .template
            .map(|t| Template::decode(t.space().clone(), &t.encode()))
            .transpose()?;
        Ok(Self {
            reference: examination.reference.map(|q| q.get()).map_err(name),
            probe: examination.probe.map(|q| q.get()).map_err(name),
            template,
        })
    }
}

/// As the interface names it.
pub(crate) fn name(refusal: Refusal) -> String {
    match refusal {
        Refusal::NoFace => "no_face".to_owned(),
        Refusal::SeveralFaces(_) => "several_faces".to_owned(),
        Refusal::Quality(reason) => serde_json::to_value(reason)
            .ok()
            .and_then(|value| Some(value.as_str()?.to_owned()))
            .unwrap_or_default(),
    }
}
