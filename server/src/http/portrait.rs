//! A photograph and its template as they arrive, checked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use vedette_core::template::{Template, TemplateError};
use vedette_store::row::DeploymentRow;

use crate::domain::picture::{self, PictureError};
use crate::enrolment::Portrait;
use crate::http::dto;

/// Bytes of the decoded photo.
const LARGEST_PHOTO: usize = 512 * 1024;
/// The photo as base64, and room for the rest.
pub(crate) const LARGEST_BODY: usize = LARGEST_PHOTO / 3 * 4 + 16 * 1024;

#[derive(Debug, thiserror::Error)]
pub(crate) enum PortraitError {
    #[error("The template was made by another model or for another deployment. Reload the page.")]
    ModelMismatch,
    #[error("A quality lies between 0 and 1. Reload the page.")]
    Quality,
    #[error("The template can't be used: {0}. Reload the page.")]
    Template(#[from] TemplateError),
    #[error("The photo can't be used: {0}. Take another.")]
    Photo(#[from] PictureError),
}

/// Decoding takes milliseconds of work, so it happens away from the async threads.
pub(crate) async fn checked(new: &dto::NewPortrait, deployment: &DeploymentRow) -> Result<Portrait, PortraitError> {
    if !deployment.space.is_of(&new.model, new.pipeline, new.transform.as_ref()) {
        return Err(PortraitError::ModelMismatch);
    }
    if !(0.0..=1.0).contains(&new.quality) {
        return Err(PortraitError::Quality);
    }
    let template = Template::decode(deployment.space.clone(), &new.template)?;
    let bytes = BASE64.decode(&new.photo).map_err(|_| PictureError::NotJpeg)?;
    let checking = tokio::task::spawn_blocking(move || picture::checked(bytes, LARGEST_PHOTO));
    Ok(Portrait {
        template,
        quality: new.quality,
        compression: new.jpeg_quality,
        photo: checking.await.map_err(|_| PictureError::NotJpeg)??,
    })
}
