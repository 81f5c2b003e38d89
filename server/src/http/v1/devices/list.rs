use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::DeviceKeeper;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::StorageFailed;

/// Lists the devices, withdrawn ones too.
#[utoipa::path(
    get,
    path = "/v1/devices",
    tag = "devices",
    operation_id = "devices_list",
    responses(
        (status = 200, description = "Devices, newest first", body = Vec<dto::Device>),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, _: DeviceKeeper) -> Result<Json<Vec<dto::Device>>, StorageFailed> {
    let devices = app.store.read().await?.devices().await?;
    Ok(Json(devices.into_iter().map(convert::device).collect()))
}
