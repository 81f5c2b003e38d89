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
use crate::models::ModelFile;

/// Gives a file of the front end by its path without a leading slash, or nothing where there is none.
pub type Pages = fn(&str) -> Option<EmbeddedFile>;

/// Their names hold a hash of their content, so a name never means anything else.
const HASHED: &str = "assets/";
/// What a browser shows where there is no page.
const MISSING: &str = "missing.html";
/// Pages that people open by typing their names.
const NAMED: [&str; 6] = ["control", "kiosk", "officer", "pair", "papers", "trust"];
/// What a file's name ends in beside which the build puts it in brotli.
const COMPRESSED: &str = ".br";
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
    match pages(name).filter(|_| !name.ends_with(COMPRESSED)) {
        Some(file) => {
            let compressed = takes_brotli(&headers).then(|| pages(&format!("{name}{COMPRESSED}")));
            answer(name, file, compressed.flatten(), &headers)
        }
        None if pages("control.html").is_none() => (
            StatusCode::NOT_FOUND,
            "This server was built without its pages. Build them (cargo xtask run does), then build the server again.\n",
        )
            .into_response(),
        None => match meant(name) {
            Some(page) => redirected(page, uri.query()),
            None => missing(pages, &headers),
        },
    }
}

/// The page whose name somebody typed almost: without its ending, or with capitals, as a phone begins a word.
fn meant(name: &str) -> Option<&'static str> {
    let typed = name.trim_end_matches('/').to_ascii_lowercase();
    let stem = typed.strip_suffix(".html").or(typed.strip_suffix(".htm"));
    let stem = stem.unwrap_or(&typed);
    NAMED.into_iter().find(|page| *page == stem)
}

fn redirected(page: &str, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    (StatusCode::FOUND, [(header::LOCATION, format!("/{page}.html{query}"))]).into_response()
}

fn missing(pages: Pages, headers: &HeaderMap) -> Response {
    let accepted = headers.get_all(header::ACCEPT).iter();
    let reads = accepted
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.to_ascii_lowercase().contains("text/html"));
    let kept = [
        (header::CACHE_CONTROL, ASK_EACH_TIME),
        (header::VARY, HeaderValue::from_static("accept")),
    ];
    match pages(MISSING).filter(|_| reads) {
        Some(page) => (
            StatusCode::NOT_FOUND,
            kept,
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            page.data.into_owned(),
        )
            .into_response(),
        None => (
            StatusCode::NOT_FOUND,
            kept,
            "There is no such page. Start at /control.html.\n",
        )
            .into_response(),
    }
}

/// RFC 9110, 12.5.3: a coding that is listed with weight zero is refused.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let listed = headers.get_all(header::ACCEPT_ENCODING).iter();
    listed
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let refused = weight.trim().trim_start_matches("q=").parse() == Ok(0.0);
            name.trim().eq_ignore_ascii_case("br") && !refused
        })
}

fn answer(name: &str, file: EmbeddedFile, compressed: Option<EmbeddedFile>, headers: &HeaderMap) -> Response {
    let kind = if name.ends_with(".wasm") {
        "application/wasm".to_owned()
    } else {
        file.metadata.mimetype().to_owned()
    };
    let coding = compressed.is_some().then_some([(header::CONTENT_ENCODING, "br")]);
    let file = compressed.unwrap_or(file);
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
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let data = match file.data {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
    };
    (common, coding, [(header::CONTENT_TYPE, kind)], data).into_response()
}

/// The manifest is asked for each time; a model's address names its hash, so it may be kept.
async fn model(State(app): State<App>, Path(name): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    if name == "manifest.toml" {
        let headers = [
            (header::CONTENT_TYPE, "application/toml"),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        return (headers, app.models.manifest_text.clone()).into_response();
    }
    match app.models.file(&name) {
        Some(file) => weights(file, &uri, &headers),
        None => (
            StatusCode::NOT_FOUND,
            "There is no such model. See /models/manifest.toml.\n",
        )
            .into_response(),
    }
}

fn weights(file: &ModelFile, uri: &Uri, headers: &HeaderMap) -> Response {
    let caching = if uri.query().is_some_and(|query| query.starts_with("v=")) {
        FOR_EVER
    } else {
        ASK_EACH_TIME
    };
    let common = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (header::CACHE_CONTROL, caching),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    match file.brotli().filter(|_| takes_brotli(headers)) {
        Some(compressed) => (common, [(header::CONTENT_ENCODING, "br")], compressed).into_response(),
        None => (common, file.bytes.clone()).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use rust_embed::RustEmbed;

    use super::*;

    /// What is beside `control.html` says that it is compressed, and is not: nobody here looks into it.
    #[derive(RustEmbed)]
    #[folder = "src/http/tests/pages"]
    struct Few;

    async fn asked(path: &'static str, codings: &'static str) -> (StatusCode, HeaderMap, Bytes) {
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(codings))]);
        let (parts, body) = page(Few::get, Uri::from_static(path), headers).await.into_parts();
        (parts.status, parts.headers, to_bytes(body, 1_000).await.unwrap())
    }

    #[tokio::test]
    async fn what_the_build_compressed_is_sent_to_whoever_takes_it() {
        let (_, small, body) = asked("/control.html", "gzip, br").await;
        assert_eq!(small[header::CONTENT_ENCODING], "br");
        assert_eq!(small[header::CONTENT_TYPE], "text/html");
        assert_eq!(small[header::VARY], "accept-encoding");
        assert_eq!(&body[..], b"compressed\n");
        let (_, plain, body) = asked("/control.html", "gzip").await;
        assert!(!plain.contains_key(header::CONTENT_ENCODING));
        assert_ne!(plain[header::ETAG], small[header::ETAG]);
        assert!(body.starts_with(b"<!doctype html>"));
        let (status, alone, _) = asked("/plain.css", "br").await;
        assert_eq!(status, StatusCode::OK);
        assert!(!alone.contains_key(header::CONTENT_ENCODING));
        let (status, ..) = asked("/control.html.br", "br").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn a_page_whose_name_was_typed_is_found_without_its_ending() {
        for (typed, page) in [
            ("/officer", "/officer.html"),
            ("/officer/", "/officer.html"),
            ("/officer.htm", "/officer.html"),
            ("/Kiosk", "/kiosk.html"),
            ("/TRUST.HTML", "/trust.html"),
            ("/pair?lang=cy", "/pair.html?lang=cy"),
        ] {
            let (status, headers, _) = asked(typed, "").await;
            assert_eq!(status, StatusCode::FOUND, "{typed}");
            assert_eq!(headers[header::LOCATION], page, "{typed}");
        }
        for none in [
            "/officers",
            "/officer/settings",
            "/missing",
            "/v1",
            "/officer.html.htm",
            "//elsewhere.example/officer",
        ] {
            assert_eq!(asked(none, "").await.0, StatusCode::NOT_FOUND, "{none}");
        }
    }

    #[tokio::test]
    async fn a_browser_is_shown_a_page_where_there_is_none_and_a_program_a_line() {
        let shown = async |accept: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
            let (parts, body) = page(Few::get, Uri::from_static("/nowhere"), headers).await.into_parts();
            assert_eq!(parts.status, StatusCode::NOT_FOUND);
            assert_eq!(parts.headers[header::VARY], "accept");
            let body = to_bytes(body, 10_000).await.unwrap();
            (parts.headers[header::CONTENT_TYPE].clone(), body)
        };
        let (kind, body) = shown("text/html,application/xhtml+xml,*/*;q=0.8").await;
        assert_eq!(kind, "text/html; charset=utf-8");
        assert!(body.starts_with(b"<!doctype html>"));
        let (kind, body) = shown("*/*").await;
        assert_eq!(kind, "text/plain; charset=utf-8");
        assert!(body.starts_with(b"There is no such page."));
    }

    #[tokio::test]
    async fn a_model_is_sent_compressed_once_it_is_to_whoever_takes_it() {
        let file = ModelFile::new("model.onnx".into(), vec![7; 10_000]);
        let sent = async |codings: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(codings))]);
            let (parts, body) = weights(&file, &Uri::from_static("/models/model.onnx?v=1"), &headers).into_parts();
            assert_eq!(parts.headers[header::VARY], "accept-encoding");
            let coding = parts.headers.get(header::CONTENT_ENCODING).cloned();
            (coding, to_bytes(body, 100_000).await.unwrap().len())
        };
        assert_eq!(sent("gzip, br").await, (None, 10_000));
        file.compress(std::path::Path::new("/nowhere/at/all"));
        let (coding, length) = sent("gzip, br").await;
        assert!(coding.is_some_and(|coding| coding == "br") && length < 1_000);
        assert_eq!(sent("gzip").await, (None, 10_000));
    }

    #[test]
    fn a_browser_says_whether_it_takes_brotli() {
        let takes = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            }
            takes_brotli(&headers)
        };
        assert!(takes(&["gzip, deflate, br, zstd"]));
        assert!(takes(&["gzip", "BR;q=0.5"]));
        assert!(!takes(&[]));
        assert!(!takes(&["gzip, br;q=0"]));
        assert!(!takes(&["gzip, br; q=0.0"]));
        assert!(!takes(&["brotli"]));
    }
}
