use axum::Json;
use axum::extract::State;
use vedette_core::zone::Zone;
use vedette_store::row::DeploymentRow;

use crate::app::App;
use crate::domain::deployment::{Deployment, LaneShut};
use crate::http::access::Kiosk;
use crate::http::problem::StorageFailed;
use crate::http::{convert, dto};

/// What a kiosk tells whoever stands before it: for whom and for what it looks, and whether its lane is open. Why it is
/// shut is meant for the control room: the page decides what of that the public reads.
#[utoipa::path(
    get,
    path = "/v1/kiosk",
    tag = "kiosk",
    operation_id = "kiosk_show",
    responses(
        (status = 200, description = "The kiosk", body = dto::Kiosk),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, kiosk: Kiosk) -> Result<Json<dto::Kiosk>, StorageFailed> {
    let mut tx = app.store.read().await?;
    let deployment = tx.deployment(kiosk.deployment).await?;
    let organisation = tx.organisation().await?;
    let shut = |row: &DeploymentRow| Deployment::from(row.clone()).lane_shut(organisation.is_some(), app.now());
    let why = deployment.as_ref().map_or(Some(LaneShut::Ended), shut);
    let lane = match (why, deployment.zip(organisation)) {
        (None, Some((row, organisation))) => dto::Lane::Open {
            zone: tx
                .zone(row.id, kiosk.device.id)
                .await?
                .unwrap_or_else(Zone::whole)
                .into(),
            controller: convert::controller(organisation),
            purpose: row.record.map(|record| record.plan.purpose),
            deployment: row.id,
            name: row.name,
            place: row.place,
            ends_at: row.ends_at,
        },
        (why, _) => dto::Lane::Closed {
            why: why.unwrap_or(LaneShut::NobodyResponsible),
        },
    };
    Ok(Json(dto::Kiosk {
        device: convert::device_name(&kiosk.device),
        lane,
    }))
}
