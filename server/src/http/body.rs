//! Reading what a request carries: bounded in size and time, of the right kind, overwritten after use.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;
use zeroize::{Zeroize as _, Zeroizing};

use super::problem::{Kind, Problem};
use crate::app::App;

/// A slower sender than this has gone, or wants to tie the server up.
const TIME_LIMIT: Duration = Duration::from_secs(15);

/// Bytes of an ordinary request: a name, a password, a date.
pub(crate) const SMALL: usize = 16 * 1024;

/// JSON of at most `LIMIT` bytes.
#[derive(Debug)]
pub(crate) struct Json<T, const LIMIT: usize = SMALL>(pub(crate) T);

/// A JPEG of at most `LIMIT` bytes, not yet decoded.
#[derive(Debug)]
pub(crate) struct JpegBytes<const LIMIT: usize>(pub(crate) Zeroizing<Vec<u8>>);

impl<T: DeserializeOwned, const LIMIT: usize> FromRequest<App> for Json<T, LIMIT> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &App) -> Result<Self, Problem> {
        let bytes = json_bytes(request, LIMIT).await?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| not_understood(&error))
    }
}

impl<const LIMIT: usize> FromRequest<App> for JpegBytes<LIMIT> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &App) -> Result<Self, Problem> {
        require_type(request.headers(), "image/jpeg")?;
        read(request, LIMIT).await.map(Self)
    }
}

/// What is said to be JSON, not yet read as such.
pub(super) async fn json_bytes(request: Request, limit: usize) -> Result<Zeroizing<Vec<u8>>, Problem> {
    require_type(request.headers(), "application/json")?;
    read(request, limit).await
}

fn require_type(headers: &HeaderMap, expected: &str) -> Result<(), Problem> {
    let found = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = found.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(expected) {
        Ok(())
    } else {
        Err(Problem::new(
            Kind::WrongContentType,
            format!("Send this as {expected}."),
        ))
    }
}

async fn read(request: Request, limit: usize) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let too_large = || {
        Problem::new(
            Kind::TooLarge,
            format!("At most {} KiB are accepted here.", limit / 1024),
        )
    };
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(too_large());
    }
    // One allocation, so that growing leaves no copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(announced.unwrap_or(limit).min(limit)));
    let reading = async {
        let mut body: Body = request.into_body();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Problem::new(Kind::Malformed, "The request broke off. Send it again."))?;
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len() + data.len() > limit {
                return Err(too_large());
            }
            bytes.extend_from_slice(&data);
            if let Ok(mut data) = data.try_into_mut() {
                data.zeroize();
            }
        }
        Ok(())
    };
    match tokio::time::timeout(TIME_LIMIT, reading).await {
        Ok(result) => result?,
        Err(_) => {
            return Err(Problem::new(
                Kind::TooSlow,
                "The request took too long to arrive. Check the network.",
            ));
        }
    }
    Ok(bytes)
}

/// The parser's message may quote the request, so it goes to the sender only, and only where it helps.
pub(super) fn not_understood(error: &serde_json::Error) -> Problem {
    if !error.is_data() {
        return Problem::new(
            Kind::Malformed,
            "The request isn't JSON. Reload the page and try again.",
        );
    }
    let message = error.to_string();
    let helpful = ["a name has", "a password has", "an address on the web", "missing field"]
        .iter()
        .any(|start| message.starts_with(start));
    let reason = message.split(" at line ").next().filter(|_| helpful);
    Problem::new(
        Kind::Invalid,
        match reason {
            Some(reason) => format!("Please change what was entered: {reason}."),
            None => "The request isn't of the form that this server expects. Reload the page and try again.".to_owned(),
        },
    )
}

/// Ids from the path. What isn't an id leads nowhere.
#[derive(Debug)]
pub(crate) struct Ids<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Ids<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, app).await {
            Ok(path) => Ok(Self(path.0)),
            Err(_) => Err(Problem::new(
                Kind::NotFound,
                "The address is wrong. Go back and choose again.",
            )),
        }
    }
}
