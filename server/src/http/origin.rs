//! Changes are asked for by the product's own pages only.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::{Kind, Problem};

pub(super) async fn check(request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_own(request.headers(), request.uri()) {
        next.run(request).await
    } else {
        Problem::new(
            Kind::OtherOrigin,
            "The request came from a page of another site. Open this server's own page.",
        )
        .into_response()
    }
}

/// Browsers say where a change comes from. What says nothing is no browser, and holds no cookie that it was not given.
fn is_own(headers: &HeaderMap, uri: &Uri) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("invalid"))
    };
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    match text(header::ORIGIN.as_str()) {
        None => true,
        Some(origin) => {
            let host = uri
                .authority()
                .map(|authority| authority.as_str())
                .or_else(|| text(header::HOST.as_str()));
            let from = origin.split_once("://").map(|(_, from)| from);
            from.is_some() && from == host
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_own(&headers, &Uri::from_static("/v1/session"))
    }

    #[test]
    fn only_the_products_own_pages_change_things() {
        assert!(own(&[("host", "a:8443"), ("origin", "https://a:8443")]));
        assert!(own(&[("host", "a:8443")]));
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(!own(&[("host", "a:8443"), ("origin", "https://a:9")]));
        assert!(!own(&[("host", "a:8443"), ("origin", "null")]));
        assert!(!own(&[
            ("host", "a"),
            ("origin", "https://a"),
            ("sec-fetch-site", "cross-site")
        ]));
        assert!(!own(&[("host", "a"), ("sec-fetch-site", "same-site")]));
    }
}
