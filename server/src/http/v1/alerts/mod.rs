pub(crate) mod adjudicate;
pub(crate) mod check_identity;
pub(crate) mod confirm;
pub(crate) mod crop;
pub(crate) mod engage;
pub(crate) mod list;
pub(crate) mod observe;
pub(crate) mod probe;
pub(crate) mod receive;
pub(crate) mod records;
pub(crate) mod reference;
pub(crate) mod reviews;

use axum::http::{HeaderMap, header};
use vedette_store::StoreError;

use crate::deliveries::DeliveryError;
use crate::domain::alert::AlertError;
use crate::http::problem::{Kind, answers};

/// Why an answer about an alert that somebody looked at was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such alert. Reload the page.")]
    NotFound,
    #[error("Say in If-Match which version of the alert was looked at.")]
    VersionRequired,
    #[error(transparent)]
    Domain(#[from] AlertError),
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::VersionRequired => Kind::VersionRequired,
    Error::Domain(error) => error,
    Error::Delivery(error) => error,
    Error::Storage(error) => error,
});

/// The version of the alert that the person saw, as If-Match has it.
fn version(headers: &HeaderMap) -> Result<u32, Error> {
    let given = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
    let version = given.and_then(|text| text.trim().trim_matches('"').parse().ok());
    version.ok_or(Error::VersionRequired)
}
