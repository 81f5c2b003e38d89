pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod probe;
pub(crate) mod reference;
pub(crate) mod release;
pub(crate) mod renew;

use vedette_store::rights::HeldPicture;
use vedette_store::rights::{HoldNote, HoldRow};

use crate::app::App;
use crate::audit::{self, Action};
use crate::http::access::SignedIn;
use crate::http::jpeg::Picture;
use crate::http::{convert, dto};
use crate::rights::RightsError;
use vedette_core::id::HoldId;

impl From<&dto::NewHold> for HoldNote {
    fn from(new: &dto::NewHold) -> Self {
        Self {
            case_reference: new.case_reference.as_str().to_owned(),
            reason: new.reason.as_str().to_owned(),
        }
    }
}

async fn answer(app: &App, row: HoldRow) -> Result<dto::Hold, RightsError> {
    let deployment = app.store.read().await?.deployment(row.deployment).await?;
    let name = deployment.map(|deployment| deployment.name).unwrap_or_default();
    Ok(convert::hold(row, name))
}

async fn picture(app: &App, who: &SignedIn, id: HoldId, which: HeldPicture) -> Result<Picture, RightsError> {
    let mut tx = app.store.write().await?;
    let hold = tx.hold(id).await?.ok_or(RightsError::NotFound)?;
    let picture = tx.held_picture(&hold, which).await?.ok_or(RightsError::NotFound)?;
    audit::write(&mut *tx, app.now(), who.actor(), Action::HeldPictureShown(id, which)).await?;
    tx.commit().await?;
    Ok(Picture(picture))
}
