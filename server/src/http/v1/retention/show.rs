use axum::Json;
use axum::extract::State;
use vedette_store::StoreError;

use crate::app::App;
use crate::domain::hold;
use crate::domain::retention::{Class, Period, TABLE};
use crate::http::access::SignedIn;
use crate::http::dto;
use crate::http::problem::answers;

/// What is kept, how long, and what becomes of it then (R76).
#[utoipa::path(
    get,
    path = "/v1/retention",
    tag = "retention",
    operation_id = "retention_show",
    responses(
        (status = 200, description = "The table", body = Vec<dto::RetentionRule>),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, _: SignedIn) -> Result<Json<Vec<dto::RetentionRule>>, Error> {
    let organisation = app.store.read().await?.organisation().await?;
    let held = Period::AtMost(hold::longest(organisation.as_ref()));
    let rules = TABLE.iter().map(|rule| {
        let period = match rule.class {
            Class::Holds => held,
            _ => rule.period,
        };
        dto::RetentionRule {
            class: rule.class,
            holds: rule.holds,
            trigger: rule.trigger.words(),
            period: period.words(),
            action: rule.action.words(),
            seconds: period.lasts().as_secs(),
        }
    });
    Ok(Json(rules.collect()))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Storage(error) => error,
});
