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

use axum::http::{HeaderMap, header};

/// The version of the alert that the person saw, as If-Match has it.
fn version(headers: &HeaderMap) -> Option<u32> {
    headers
        .get(header::IF_MATCH)?
        .to_str()
        .ok()?
        .trim()
        .trim_matches('"')
        .parse()
        .ok()
}
