//! The OpenAPI document: what the routes say of themselves, and what holds for all of them.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{Content, ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder};
use utoipa::openapi::{InfoBuilder, OpenApiBuilder, SecurityRequirement};

use super::problem;

/// Endpoints that answer a stranger; each says so here. Everything else needs a session at least.
pub(crate) const PUBLIC: &[(&str, &str)] = &[
    ("get", "/v1/certificate"),
    ("get", "/v1/health"),
    ("get", "/v1/setup"),
    ("post", "/v1/devices"),
    ("post", "/v1/session"),
    ("post", "/v1/setup"),
];

pub(crate) fn is_public(method: &str, path: &str) -> bool {
    PUBLIC.contains(&(method, path))
}

/// What every document starts from.
pub(crate) fn base() -> OpenApi {
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Vedette")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "Watchlists of authorised deployments, exact matching, alerts, deletion.",
                ))
                .build(),
        )
        .build()
}

/// Adds the answers that any endpoint may give, and the cookies that it needs.
pub(crate) fn complete(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_default();
    let cookie = |name| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)));
    components.add_security_scheme("session", cookie("vedette_session"));
    components.add_security_scheme("device", cookie("vedette_device"));
    for (path, item) in &mut document.paths.paths {
        let operations = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            let mut common = vec![("503", "storage-unavailable")];
            if operation.request_body.is_some() {
                common.extend([
                    ("400", "malformed"),
                    ("408", "too-slow"),
                    ("413", "too-large"),
                    ("415", "wrong-content-type"),
                    ("422", "invalid"),
                ]);
            }
            if !is_public(method, path) {
                common.extend([
                    ("401", "signed-out"),
                    ("403", "not-allowed, not-paired, device-revoked, other-origin"),
                ]);
                operation.security = Some(vec![SecurityRequirement::new("session", [] as [&str; 0])]);
            }
            for (status, slugs) in common {
                operation
                    .responses
                    .responses
                    .entry(status.to_owned())
                    .or_insert_with(|| RefOr::T(problem_response(slugs)));
            }
        }
    }
    document
}

fn problem_response(slugs: &str) -> Response {
    let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
    let content: Content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description(slugs)
        .content(problem::CONTENT_TYPE, content)
        .build()
}

/// As it is committed: pretty, with a final line break.
pub(crate) fn to_text(document: &OpenApi) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    Ok(text)
}
