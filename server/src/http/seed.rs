//! The seed of a deployment's transform as an answer: bytes, which a browser can overwrite, and not text, which it can't.

use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use vedette_core::transform::Seed;
use zeroize::Zeroizing;

const HEADERS: [(HeaderName, HeaderValue); 2] = [
    (
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// Nothing for a deployment from before transforms.
#[derive(Debug)]
pub(crate) struct Given(pub(crate) Option<Seed>);

impl IntoResponse for Given {
    fn into_response(self) -> Response {
        match self.0 {
            // Overwritten once it is sent.
            Some(seed) => (HEADERS, Bytes::from_owner(Zeroizing::new(*seed.bytes()))).into_response(),
            None => StatusCode::NO_CONTENT.into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;

    #[tokio::test]
    async fn a_deployment_from_before_transforms_has_no_seed_to_give() {
        let given = |seed| Given(seed).into_response();
        assert_eq!(given(None).status(), StatusCode::NO_CONTENT);
        let answer = given(Some(Seed::new(&[7; Seed::BYTES]).unwrap()));
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(bytes, [7; Seed::BYTES].as_slice());
    }
}
