//! Photographs to templates on all cores. What was made stands in a file until the report is written, so that an
//! interrupted run goes on where it stopped.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use vedette_core::manifest::{Manifest, Sha256Hex};
use vedette_core::template::{Template, TemplateSpace};
use vedette_engine::{EngineError, Examination, Models, Refusal, examine};

use super::set::LabelledSet;
use crate::photo;

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
    #[error("{path} can't be read ({reason}).")]
    Model { path: PathBuf, reason: std::io::Error },
    #[error("Wrong model: {0}.")]
    Engine(#[from] EngineError),
    #[error(
        "{path} can't be written ({reason}). Choose another folder with --out, or free some space; a second run goes on where this one stopped."
    )]
    Kept { path: PathBuf, reason: std::io::Error },
}

/// A models folder, read and verified.
#[derive(Debug)]
pub(crate) struct Weights {
    pub(crate) manifest: Manifest,
    pub(crate) space: TemplateSpace,
    models: Models,
    detector: Vec<u8>,
    embedder: Vec<u8>,
}

impl Weights {
    pub(crate) fn read(folder: &Path) -> Result<Self, EncodeError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|reason| EncodeError::Model { path, reason })
        };
        let text = String::from_utf8_lossy(&read("manifest.toml")?).into_owned();
        let manifest = Manifest::parse(&text).map_err(EngineError::from)?;
        let models = Models::new(manifest.clone());
        Ok(Self {
            space: models.space()?,
            detector: read(&manifest.detector.file)?,
            embedder: read(&manifest.embedder.model.file)?,
            models,
            manifest,
        })
    }

    pub(crate) fn engine(&self) -> Result<(vedette_engine::Detector, vedette_engine::Embedder), EngineError> {
        Ok((
            self.models.detector(&self.detector)?,
            self.models.embedder(&self.embedder)?,
        ))
    }
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
        let mut file = File::options().create(true).append(true).open(&self.path)?;
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
    let next = AtomicUsize::new(0);
    let progress = progress(set.images.len() as u64, &weights.manifest.embedder.model.name);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || -> Result<Vec<(usize, Encoded)>, EncodeError> {
        let (mut detector, embedder) = weights.engine()?;
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(image) = set.images.get(at) else {
                return Ok(done);
            };
            let encoded = match std::fs::read(&image.path) {
                Err(reason) => Encoded {
                    sha256: String::new(),
                    outcome: Outcome::Unreadable(reason.to_string()),
                },
                Ok(bytes) => {
                    let sha256 = Sha256Hex::of(&bytes).as_str().to_owned();
                    let before = known.lock().unwrap_or_else(PoisonError::into_inner).remove(&sha256);
                    let outcome = match before {
                        Some(outcome) => outcome,
                        None => {
                            let made = match photo::read(&bytes) {
                                Err(reason) => Outcome::Unreadable(reason.to_string()),
                                Ok(photo) => {
                                    Outcome::Examined(Examined::of(examine(&photo, &mut detector, &embedder)?)?)
                                }
                            };
                            let line = Line {
                                form: FORM,
                                space: weights.space.clone(),
                                sha256: sha256.clone(),
                                outcome: LineOutcome::of(&made),
                            };
                            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                            let text = serde_json::to_string(&line).map_err(|e| unwritable(e.into()))?;
                            writeln!(file, "{text}")
                                .and_then(|()| file.flush())
                                .map_err(unwritable)?;
                            made
                        }
                    };
                    Encoded { sha256, outcome }
                }
            };
            done.push((at, encoded));
            progress.inc(1);
        }
    };
    let mut all = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::with_capacity(set.images.len());
        for thread in running {
            match thread.join() {
                Ok(done) => all.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok::<_, EncodeError>(all)
    })?;
    progress.finish_and_clear();
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, encoded)| encoded).collect())
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
fn name(refusal: Refusal) -> String {
    match refusal {
        Refusal::NoFace => "no_face".to_owned(),
        Refusal::SeveralFaces(_) => "several_faces".to_owned(),
        Refusal::Quality(reason) => serde_json::to_value(reason)
            .ok()
            .and_then(|value| Some(value.as_str()?.to_owned()))
            .unwrap_or_default(),
    }
}

fn progress(images: u64, model: &str) -> ProgressBar {
    let bar = ProgressBar::new(images);
    let style = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len} photographs, {per_sec}, {eta} left");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_message(model.to_owned());
    bar
}
