//! The front end, which the program brings along, and the model files.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::EmbeddedFile;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::app::App;

/// Gives a file of the front end by its path without a leading slash, or nothing where there is none.
pub type Pages = fn(&str) -> Option<EmbeddedFile>;

/// Their names hold a hash of their content, so a name never means anything else.
const HASHED: &str = "assets/";
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

pub(super) fn routes(pages: Pages) -> Router<App> {
    let pages = Router::new()
        .route("/", get(start))
        .fallback(get(move |uri, headers| page(pages, uri, headers)))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    Router::new().route("/models/{file}", get(model)).merge(pages)
}

async fn start() -> Response {
    (StatusCode::FOUND, [(header::LOCATION, "/control.html")]).into_response()
}

async fn page(pages: Pages, uri: Uri, headers: HeaderMap) -> Response {
    let name = uri.path().trim_start_matches('/');
    match pages(name) {
        Some(file) => answer(name, file, &headers),
        None if pages("control.html").is_none() => (
            StatusCode::NOT_FOUND,
            "This server was built without its pages. Build them (cargo xtask run does), then build the server again.\n",
        )
            .into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such page. Start at /control.html.\n").into_response(),
    }
}

fn answer(name: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let digits: String = file
        .metadata
        .sha256_hash()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("W/\"{digits}\"");
    let caching = if name.starts_with(HASHED) {
        FOR_EVER
    } else {
        ASK_EACH_TIME
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let common = [
        (header::ETAG, HeaderValue::from_str(&tag).unwrap_or(ASK_EACH_TIME)),
        (header::CACHE_CONTROL, caching),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = if name.ends_with(".wasm") {
        "application/wasm"
    } else {
        file.metadata.mimetype()
    };
    let data = match file.data {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
    };
    (common, [(header::CONTENT_TYPE, kind.to_owned())], data).into_response()
}

/// The manifest is asked for each time; a model's address names its hash, so it may be kept.
async fn model(State(app): State<App>, Path(name): Path<String>, uri: Uri) -> Response {
    if name == "manifest.toml" {
        let headers = [
            (header::CONTENT_TYPE, "application/toml"),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        return (headers, app.models.manifest_text.clone()).into_response();
    }
    match app.models.file(&name) {
        Some(bytes) => {
            let caching = if uri.query().is_some_and(|query| query.starts_with("v=")) {
                FOR_EVER
            } else {
                ASK_EACH_TIME
            };
            let headers = [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("application/octet-stream"),
                ),
                (header::CACHE_CONTROL, caching),
            ];
            (headers, bytes).into_response()
        }
        None => (
            StatusCode::NOT_FOUND,
            "There is no such model. See /models/manifest.toml.\n",
        )
            .into_response(),
    }
}
