//! A picture as an answer: never cached, shown as nothing else.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use vedette_store::row::Jpeg;

const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
];

#[derive(Debug)]
pub(crate) struct Picture(pub(crate) Jpeg);

impl IntoResponse for Picture {
    fn into_response(self) -> Response {
        (HEADERS, self.0.0.clone()).into_response()
    }
}
