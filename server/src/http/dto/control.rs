//! What the control room reads and writes besides deployments.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vedette_core::id::{DeploymentId, DeviceId, EvaluationId, PlanId};
use vedette_core::template::{ModelId, PipelineVersion};
use vedette_store::evaluation::{EvaluationRow, Measured};
use vedette_store::particulars::Response;
use vedette_store::unfinished::{TypedPlan, UnfinishedPlan as Row};

use super::{Entry, Secret};
use crate::domain::deployment::LaneShut;
use crate::domain::fitness::{Alarm, Battery, Beat, Camera, Fitness, Heat};
use crate::domain::lookup::Show;
use crate::domain::text::Password;
use crate::reach::OnlyHere;
use crate::tls::TlsKind;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnfinishedPlan {
    pub(crate) id: PlanId,
    /// Whose plan it is to replace; nothing for a new operation.
    pub(crate) deployment: Option<DeploymentId>,
    pub(crate) typed: TypedPlan,
    pub(crate) saved_at: Timestamp,
}

impl From<Row> for UnfinishedPlan {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            deployment: row.deployment,
            typed: row.typed,
            saved_at: row.saved_at,
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedPlan {
    #[serde(default)]
    pub(crate) deployment: Option<DeploymentId>,
    pub(crate) typed: TypedPlan,
}

/// What a device says of itself. No face, and nothing made from one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Heartbeat {
    pub(crate) camera: Camera,
    /// Looked at, over the last seconds.
    #[schema(minimum = 0, maximum = 1000)]
    pub(crate) frames_per_second: f32,
    /// Since it looked at a frame.
    #[serde(default)]
    pub(crate) milliseconds_since_frame: Option<u32>,
    /// Where the browser tells.
    #[serde(default)]
    pub(crate) battery: Option<Battery>,
    #[serde(default)]
    pub(crate) heat: Option<Heat>,
    /// Of the engine that looks at faces, where the device has one.
    #[serde(default)]
    pub(crate) model: Option<ModelId>,
    #[serde(default)]
    pub(crate) pipeline: Option<PipelineVersion>,
}

impl Heartbeat {
    pub(crate) fn at(self, at: Timestamp) -> Beat {
        Beat {
            at,
            camera: self.camera,
            frames_per_second: self.frames_per_second.clamp(0.0, 1000.0),
            since_frame: self
                .milliseconds_since_frame
                .map(|since| SignedDuration::from_millis(since.into())),
            battery: self.battery,
            heat: self.heat,
            model: self.model,
            pipeline: self.pipeline,
        }
    }
}

/// How a device that watches is doing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceFitness {
    pub(crate) device: DeviceId,
    pub(crate) name: String,
    /// Whether it stands as a kiosk.
    pub(crate) kiosk: bool,
    /// Why its lane takes no visitors, of a kiosk of this deployment. Null while it may.
    pub(crate) shut: Option<LaneShut>,
    /// Null of a kiosk that has said nothing yet.
    pub(crate) last_contact: Option<Timestamp>,
    /// Nothing is heard of it: what it said of itself was so then, and need not be now.
    pub(crate) silent: bool,
    pub(crate) camera: Option<Camera>,
    pub(crate) frames_per_second: f32,
    /// Followed in the last minute, as it counted them.
    pub(crate) faces: u64,
    /// Of these, faces of which no shot could be assessed.
    pub(crate) not_assessable: u64,
    pub(crate) battery: Option<Battery>,
    pub(crate) heat: Option<Heat>,
    pub(crate) model: Option<ModelId>,
    pub(crate) pipeline: Option<PipelineVersion>,
    /// What somebody should see to, the worst first.
    pub(crate) alarms: Vec<Alarm>,
}

impl From<Fitness> for DeviceFitness {
    fn from(fitness: Fitness) -> Self {
        let (faces, not_assessable) = fitness.faces;
        let said = fitness.said.as_ref();
        Self {
            device: fitness.device,
            name: fitness.name,
            kiosk: fitness.kiosk,
            shut: fitness.shut,
            last_contact: said.map(|beat| beat.at),
            silent: fitness.silent,
            camera: said.map(|beat| beat.camera),
            frames_per_second: said.map_or(0.0, |beat| beat.frames_per_second),
            faces,
            not_assessable,
            battery: said.and_then(|beat| beat.battery),
            heat: said.and_then(|beat| beat.heat),
            model: said.and_then(|beat| beat.model.clone()),
            pipeline: said.and_then(|beat| beat.pipeline),
            alarms: fitness.alarms,
        }
    }
}

/// A model as it is shown beside what was measured of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) part: ModelPart,
    pub(crate) file: String,
    /// Of the file, in hexadecimal.
    pub(crate) sha256: String,
    pub(crate) licence: String,
    pub(crate) training_data: String,
    /// The model card, in Markdown; nothing where the models folder has none.
    pub(crate) card: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ModelPart {
    Detector,
    Embedder,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Models {
    pub(crate) models: Vec<Model>,
    pub(crate) pipeline: PipelineVersion,
    pub(crate) calibration: CalibrationSummary,
}

/// What the thresholds rest on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalibrationSummary {
    /// The day, as yyyy-mm-dd.
    pub(crate) measured: String,
    pub(crate) populations: Vec<CalibratedPopulation>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalibratedPopulation {
    pub(crate) name: String,
    /// Comparisons of two people, on the score of short lists.
    pub(crate) pairs: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Evaluation {
    pub(crate) id: EvaluationId,
    pub(crate) added_at: Timestamp,
    #[serde(flatten)]
    pub(crate) measured: Measured,
}

impl From<EvaluationRow> for Evaluation {
    fn from(row: EvaluationRow) -> Self {
        Self {
            id: row.id,
            added_at: row.added_at,
            measured: row.measured,
        }
    }
}

/// What the server runs with. Nothing of it is changed here.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServerSettings {
    pub(crate) version: &'static str,
    pub(crate) started_at: Timestamp,
    /// For browsers on the server's own machine.
    pub(crate) http: String,
    /// For tablets; nothing where the server serves its own machine only.
    pub(crate) https: Option<String>,
    /// Where tablets are told to find it.
    pub(crate) public_url: String,
    /// Why no other machine finds it there; nothing where others do.
    pub(crate) only_here: Option<OnlyHere>,
    pub(crate) tls: TlsKind,
    /// Until when the pilot certificate holds.
    pub(crate) certificate_expires_at: Option<Timestamp>,
    /// Whether keys and the longest watchlist could be locked in memory when it started.
    pub(crate) memory_locked: bool,
    pub(crate) model: ModelId,
    pub(crate) pipeline: PipelineVersion,
    /// Checks the journal's heads and deletion certificates, in hexadecimal.
    pub(crate) audit_key: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassword {
    pub(crate) old: Secret,
    #[schema(value_type = String, min_length = 10)]
    pub(crate) new: Password,
}

/// Some of a watchlist.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WatchlistPage {
    /// People on the list.
    pub(crate) total: u64,
    /// Of these, people who are asked for.
    pub(crate) found: u64,
    /// Counted from 0.
    pub(crate) page: u32,
    pub(crate) page_size: u32,
    /// Categories that people on the list are of.
    pub(crate) categories: Vec<String>,
    pub(crate) entries: Vec<Entry>,
}

/// Whom to look for on a watchlist; everybody, where nothing is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WatchlistQuestion {
    /// In the name or the source's number.
    #[serde(default)]
    pub(crate) search: Search,
    #[serde(default)]
    pub(crate) category: Option<String>,
    #[serde(default)]
    pub(crate) response: Option<Response>,
    #[serde(default)]
    pub(crate) show: Show,
    /// Counted from 0; beyond the end the last one is given.
    #[serde(default)]
    pub(crate) page: u32,
}

/// It may be a name.
#[derive(Default, Deserialize, ToSchema)]
#[serde(transparent)]
pub(crate) struct Search(pub(crate) String);

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Search")
    }
}
