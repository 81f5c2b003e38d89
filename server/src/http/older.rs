//! Requests of pages that are older than the server. A page stays open over an update, and what an officer wrote on it, or what it
//! counted, is not lost for that: what such a page doesn't send yet is added here, and nothing behind this border knows of it.
//!
//! What stands here holds for pages of the version before, and goes with the version after the one that brought it: all of it came with
//! 0.1, and goes with 0.2.

use axum::extract::{FromRequest, Request};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value, json};
use uuid::Uuid;
use zeroize::Zeroize as _;

use super::body::{self, SMALL};
use super::dto;
use super::problem::{Answer as _, Problem};
use crate::app::App;
use crate::clock::new_id;

/// A body that older pages send without a number of its own. It is given one, so that it is taken, though as often as it comes.
pub(crate) trait Numbered {
    /// Adds the number where an older page left it out.
    fn number(fields: &mut Map<String, Value>, number: Uuid);
}

impl Numbered for dto::Tallies {
    fn number(fields: &mut Map<String, Value>, number: Uuid) {
        fields.entry("id").or_insert_with(|| json!(number));
    }
}

impl Numbered for dto::Adjudication {
    fn number(fields: &mut Map<String, Value>, number: Uuid) {
        fields.entry("delivery").or_insert_with(|| json!(number));
    }
}

impl Numbered for dto::Confirmation {
    fn number(fields: &mut Map<String, Value>, number: Uuid) {
        fields.entry("delivery").or_insert_with(|| json!(number));
    }
}

impl Numbered for dto::NewEngagement {
    fn number(fields: &mut Map<String, Value>, number: Uuid) {
        deliver(fields, number);
    }
}

impl Numbered for dto::NewIdentityCheck {
    fn number(fields: &mut Map<String, Value>, number: Uuid) {
        deliver(fields, number);
    }
}

/// What was written without a server had its number and its age in another field.
fn deliver(fields: &mut Map<String, Value>, number: Uuid) {
    if fields.contains_key("delivery") {
        return;
    }
    let offline = fields.remove("offline").filter(Value::is_object);
    fields.insert(
        "delivery".to_owned(),
        offline.unwrap_or_else(|| json!({ "id": number })),
    );
}

/// JSON as pages send it now, or as those of the version before do.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned + Numbered> FromRequest<App> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let bytes = body::json_bytes(request, SMALL).await?;
        let error = match serde_json::from_slice(&bytes) {
            Ok(body) => return Ok(Self(body)),
            Err(error) => error,
        };
        let number = new_id(app.now(), &*app.entropy).map_err(|failed| failed.problem(failed.to_string()))?;
        older(&bytes, number)
            .map(Self)
            .ok_or_else(|| body::not_understood(&error))
    }
}

/// The numbers that a body has; nothing of what it says is copied.
#[derive(Deserialize)]
struct Numbers {
    id: Option<IgnoredAny>,
    delivery: Option<IgnoredAny>,
}

/// Nothing where a number was sent: then it is no older page's.
fn older<T: DeserializeOwned + Numbered>(bytes: &[u8], number: Uuid) -> Option<T> {
    let sent: Numbers = serde_json::from_slice(bytes).ok()?;
    if sent.id.is_some() || sent.delivery.is_some() {
        return None;
    }
    let mut fields: Map<String, Value> = serde_json::from_slice(bytes).ok()?;
    T::number(&mut fields, number);
    let mut fields = Value::Object(fields);
    let body = T::deserialize(&fields).ok();
    wipe(&mut fields);
    if body.is_some() {
        // Of a page of this version it is a fault, which nobody would notice otherwise.
        tracing::warn!(
            body = std::any::type_name::<T>(),
            "sent without a number, as older pages do; it was given one"
        );
    }
    body
}

/// Overwrites what was written in it.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_given_only_where_none_was_sent() {
        let taken = |body: Value| older::<dto::Adjudication>(body.to_string().as_bytes(), Uuid::nil()).is_some();
        assert!(taken(json!({ "verdict": "true" })));
        assert!(
            !taken(json!({ "verdict": "true", "delivery": Uuid::max() })),
            "it was read a second time"
        );
    }

    #[test]
    fn nothing_written_on_an_older_page_stays_in_memory() {
        let mut fields =
            json!({ "note": "Ran off", "officers": ["Petra"], "outcome": { "kind": "lost", "minutes": 3 } });
        wipe(&mut fields);
        assert_eq!(
            fields,
            json!({ "note": "", "officers": [""], "outcome": { "kind": "", "minutes": 3 } })
        );
    }
}
