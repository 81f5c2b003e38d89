use axum::Json;
use axum::extract::State;
use vedette_core::manifest::ModelFile;

use crate::app::App;
use crate::http::access::SignedIn;
use crate::http::dto::{self, ModelPart};

/// The models, their cards, and what the thresholds rest on (R141). For everybody who works with them.
#[utoipa::path(
    get,
    path = "/v1/models",
    tag = "models",
    operation_id = "models_list",
    responses(
        (status = 200, description = "The models", body = dto::Models),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, _: SignedIn) -> Json<dto::Models> {
    let models = &app.models;
    let shown = |part: ModelPart, file: &ModelFile| dto::Model {
        name: file.name.clone(),
        part,
        file: file.file.clone(),
        sha256: file.sha256.as_str().to_owned(),
        licence: file.licence.clone(),
        training_data: file.training_data.clone(),
        card: models.card(&file.file).map(str::to_owned),
    };
    let calibration = &models.calibration;
    let populations = calibration.cosine.populations.iter();
    Json(dto::Models {
        models: vec![
            shown(ModelPart::Detector, &models.manifest.detector),
            shown(ModelPart::Embedder, &models.manifest.embedder.model),
        ],
        pipeline: models.space.pipeline,
        calibration: dto::CalibrationSummary {
            measured: calibration.measured.clone(),
            populations: populations
                .map(|population| dto::CalibratedPopulation {
                    name: population.name.clone(),
                    pairs: population.pairs,
                })
                .collect(),
        },
    })
}
