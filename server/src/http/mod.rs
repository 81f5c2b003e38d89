//! The border to browsers: routes, who may use them, and what each answer carries. Converts and calls; decides nothing.

pub(crate) mod access;
pub(crate) mod body;
pub(crate) mod convert;
pub(crate) mod dto;
pub(crate) mod jpeg;
pub(crate) mod older;
pub(crate) mod openapi;
mod origin;
pub(crate) mod pages;
mod portrait;
pub(crate) mod problem;
mod seed;
#[cfg(test)]
mod tests;
pub(crate) mod v1;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use access::Transport;
use pages::Pages;
use problem::{Kind, Problem};

/// The document that describes the interface.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    let (_, document) = described().split_for_parts();
    openapi::complete(document)
}

fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::base()).merge(v1::routes())
}

pub(crate) fn router(app: App, pages: Pages, transport: Transport) -> Router {
    let (interface, _) = described().split_for_parts();
    let interface = interface
        .route("/v1", axum::routing::any(nothing_here))
        .route("/v1/", axum::routing::any(nothing_here))
        .route("/v1/{*rest}", axum::routing::any(nothing_here))
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(origin::check))
        .layer(middleware::map_response(never_cached));
    interface
        .merge(pages::routes(pages))
        .with_state(app)
        .layer(middleware::map_response(guarded))
        .layer(middleware::from_fn(move |mut request: Request, next: Next| {
            request.extensions_mut().insert(transport);
            next.run(request)
        }))
}

async fn nothing_here() -> Problem {
    Problem::new(
        Kind::NotFound,
        "There is nothing at this address. Go back to the start page.",
    )
}

async fn wrong_method() -> Response {
    Problem::new(
        Kind::MethodNotAllowed,
        "That can't be done at this address. Reload the page.",
    )
    .into_response()
}

/// Answers hold names and pictures: no cache keeps them.
async fn never_cached(mut response: Response) -> Response {
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// What a page may do, whatever gets into it. WebAssembly needs its own permission; crops are shown from blobs.
const GUARDS: [(HeaderName, HeaderValue); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; \
             worker-src 'self' blob:; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors 'none'",
        ),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-embedder-policy"),
        HeaderValue::from_static("require-corp"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(self), microphone=()"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];

async fn guarded(mut response: Response) -> Response {
    response
        .headers_mut()
        .extend(GUARDS.map(|(name, value)| (Some(name), value)));
    response
}
