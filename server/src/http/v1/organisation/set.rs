use axum::Json;
use axum::extract::State;
use vedette_store::StoreError;
use vedette_store::rights::Organisation;

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::retention::HOLDS;
use crate::domain::text::WebAddress;
use crate::http::access::OrganisationKeeper;
use crate::http::problem::{Kind, answers};
use crate::http::{body, convert, dto};

/// Says who is responsible, as public papers name it; and for how long a hold may last.
#[utoipa::path(
    put,
    path = "/v1/organisation",
    tag = "organisation",
    operation_id = "organisation_set",
    request_body = dto::NewOrganisation,
    responses(
        (status = 200, description = "Who is responsible", body = dto::Organisation),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    OrganisationKeeper(who): OrganisationKeeper,
    body::Json(new): body::Json<dto::NewOrganisation>,
) -> Result<Json<dto::Organisation>, Error> {
    let most = u8::try_from(HOLDS.period.lasts().as_hours() / 24).unwrap_or(u8::MAX);
    let hold_days = new.hold_days.unwrap_or(most);
    if !(1..=most).contains(&hold_days) {
        return Err(Error::Days);
    }
    let row = Organisation {
        name: new.name.as_str().to_owned(),
        name_cy: new.name_cy.map(|name| name.as_str().to_owned()),
        contact: new.contact.into_string(),
        complaints: new.complaints.into_string(),
        privacy_url: new.privacy_url.map(WebAddress::into_string),
        hold_days,
    };
    let mut tx = app.store.write().await?;
    tx.set_organisation(&row).await?;
    audit::write(&mut *tx, app.now(), who.actor(), Action::OrganisationSet(hold_days)).await?;
    tx.commit().await?;
    Ok(Json(convert::organisation(row)))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("A hold lasts one day at least and 31 at most. Choose another number of days.")]
    Days,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Days => Kind::Invalid,
    Error::Storage(error) => error,
});
