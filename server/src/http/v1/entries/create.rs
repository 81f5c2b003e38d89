use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_core::shot::Shots;
use vedette_core::template::{Template, TemplateError};
use vedette_core::watchlist::Watchlist;
use vedette_store::StoreError;
use vedette_store::row::{DeploymentRow, EntryRow, EventKind, Jpeg, NewEvent, Reference};

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::domain::picture::{self, PictureError};
use crate::http::access::Administrator;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};
use crate::matcher::MatchError;

/// Enrols a person. The template is made in the browser.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/entries",
    tag = "entries",
    operation_id = "entries_create",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::NewEntry,
    responses(
        (status = 201, description = "Enrolled", body = dto::Enrolled),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "model-mismatch, deployment-ended, watchlist-full", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid, photo-invalid", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Administrator(who): Administrator,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewEntry, LARGEST_BODY>,
) -> Result<(StatusCode, Json<dto::Enrolled>), Error> {
    let photo = checked_photo(&new.photo).await?;
    let now = app.now();
    let _one_change_at_a_time = app.watchlists.lock().await;
    let mut tx = app.store.read().await?;
    let row = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    if new.model != row.space.model || new.pipeline != row.space.pipeline {
        return Err(Error::ModelMismatch);
    }
    if !(0.0..=1.0).contains(&new.quality) {
        return Err(Error::Quality);
    }
    let template = Template::decode(row.space.clone(), &new.template)?;
    let (listed, references) = (tx.entries(id).await?, tx.references(&row).await?);
    drop(tx);
    let resembles = resembling(&app, row, listed, references, template.clone()).await?;
    let mut tx = app.store.write().await?;
    let row = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    Deployment::from(row).may_enrol(tx.count_entries(id).await?, now)?;
    let entry = EntryRow {
        id: EntryId::new(app.new_id()?),
        deployment: id,
        name: new.name.as_str().to_owned(),
        created_at: now,
        quality: new.quality,
    };
    tx.add_entry(&entry, &template, &photo).await?;
    tx.add_event(NewEvent {
        deployment: id,
        at: now,
        kind: EventKind::DeploymentChanged,
        alert: None,
    })
    .await?;
    audit::write(&mut *tx, now, who.actor(), Action::EntryEnrolled(id, entry.id)).await?;
    tx.commit().await?;
    app.matcher
        .insert(
            id,
            Reference {
                entry: entry.id,
                template,
            },
        )
        .await?;
    app.live.wake(id);
    let entry = convert::entry(entry);
    Ok((StatusCode::CREATED, Json(dto::Enrolled { entry, resembles })))
}

/// Entries that the new reference would match. Work of some tenths of a second on a long list, away from the async threads.
async fn resembling(
    app: &App,
    deployment: DeploymentRow,
    listed: Vec<EntryRow>,
    references: Vec<Reference>,
    template: Template,
) -> Result<Vec<dto::Entry>, Error> {
    let calibration = app.models.calibration.clone();
    let searching = tokio::task::spawn_blocking(move || {
        let mut list = Watchlist::new(deployment.space, calibration, deployment.target)
            .map_err(|_| TemplateError::ModelMismatch)?;
        for reference in &references {
            list.insert(reference.entry, &reference.template)?;
        }
        list.search(&template, Shots::ALL[1])
    });
    let found = searching.await.map_err(|_| MatchError::Stopped)??;
    let row = |entry: EntryId| listed.iter().find(|row| row.id == entry).cloned();
    Ok(found
        .iter()
        .filter_map(|found| row(found.entry).map(convert::entry))
        .collect())
}

/// Bytes of the decoded photo.
const LARGEST_PHOTO: usize = 512 * 1024;
/// The photo as base64, and room for the rest.
const LARGEST_BODY: usize = LARGEST_PHOTO / 3 * 4 + 16 * 1024;

/// Decoding takes milliseconds of work, so it happens away from the async threads.
async fn checked_photo(text: &str) -> Result<Jpeg, Error> {
    let bytes = BASE64.decode(text).map_err(|_| PictureError::NotJpeg)?;
    let checking = tokio::task::spawn_blocking(move || picture::checked(bytes, LARGEST_PHOTO));
    Ok(checking.await.map_err(|_| PictureError::NotJpeg)??)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error("The template was made by another model than this deployment's. Reload the page, then enrol again.")]
    ModelMismatch,
    #[error("A quality lies between 0 and 1. Reload the page, then enrol again.")]
    Quality,
    #[error("The template can't be used: {0}. Reload the page, then enrol again.")]
    Template(#[from] TemplateError),
    #[error("The photo can't be used: {0}. Choose another.")]
    Photo(#[from] PictureError),
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error("The server can't compare templates. Restart it.")]
    Matcher(#[from] MatchError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::ModelMismatch => Kind::ModelMismatch,
    Error::Quality | Error::Template(_) => Kind::Invalid,
    Error::Photo(_) => Kind::PhotoInvalid,
    Error::Domain(error) => error,
    Error::Matcher(_) => Kind::Internal,
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
