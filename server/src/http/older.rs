//! Requests of pages that are older than the server. A page stays open over an update, and what an officer wrote on it, or what it
//! counted, is not lost for that: what such a page doesn't send yet is added here, and nothing behind this border knows of it.
//!
//! What stands here holds for pages of the version before, and goes with the version after the one that brought it: all of it came with
//! 0.1, and goes with 0.2.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use uuid::Uuid;

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

fn older<T: DeserializeOwned + Numbered>(bytes: &[u8], number: Uuid) -> Option<T> {
    let mut fields: Map<String, Value> = serde_json::from_slice(bytes).ok()?;
    T::number(&mut fields, number);
    serde_json::from_value(Value::Object(fields)).ok()
}
