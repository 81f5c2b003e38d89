//! People and their photographs onto a watchlist, whoever brings them.

use jiff::Timestamp;
use vedette_core::calibration::Calibration;
use vedette_core::id::{DeploymentId, EntryId, PhotoId};
use vedette_core::shot::Shots;
use vedette_core::template::{Template, TemplateError};
use vedette_core::watchlist::{Match, Watchlist};
use vedette_store::row::{
    Actor, DeploymentRow, EntryRow, EventKind, Jpeg, NewEntry, NewEvent, PhotoRow, Reference, Verdicts,
};
use vedette_store::{StoreError, Transaction};

use crate::audit::{self, Action};
use crate::clock::{Entropy, NoEntropy, new_id};
use crate::domain::deployment::{Deployment, DeploymentError};

/// Photographs of one entry. More say little, and each costs a comparison for every face that passes.
pub(crate) const MOST_PHOTOS: usize = 5;

/// Two photographs of one person score lower in one of a hundred pairs of LFW; two people's, in nine of ten.
const ONE_PERSON: f32 = 0.35;

/// What a photograph is worth to a watchlist.
#[derive(Debug)]
pub(crate) struct Portrait {
    pub(crate) template: Template,
    /// The quality gate's score, 0..=1.
    pub(crate) quality: f32,
    /// The face with a margin.
    pub(crate) photo: Jpeg,
}

/// A change of a watchlist: by whom, when, and where ids come from.
pub(crate) struct Change<'a> {
    pub(crate) deployment: DeploymentId,
    pub(crate) by: Actor,
    pub(crate) at: Timestamp,
    pub(crate) entropy: &'a dyn Entropy,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum EnrolmentError {
    #[error("There is no such deployment, or no such person on its watchlist. Reload the page.")]
    NotFound,
    #[error("There are {MOST_PHOTOS} photos of this person already. Remove one first.")]
    PhotosFull,
    #[error("This is the only photo of this person. Add another first, or remove the person.")]
    LastPhoto,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

impl Change<'_> {
    /// `portraits`: of one person, at least one. Fails when the deployment has ended or its watchlist is full.
    pub(crate) async fn add_person(
        &self,
        tx: &mut dyn Transaction,
        name: &str,
        portraits: &[&Portrait],
    ) -> Result<EntryRow, EnrolmentError> {
        self.may_change(tx).await?;
        let entry = NewEntry {
            id: EntryId::new(new_id(self.at, self.entropy)?),
            deployment: self.deployment,
            name: name.to_owned(),
            created_at: self.at,
        };
        tx.add_entry(&entry).await?;
        let mut photos = Vec::with_capacity(portraits.len());
        for portrait in portraits {
            photos.push(self.insert(tx, entry.id, portrait).await?);
        }
        photos.sort_by(|a, b| b.quality.total_cmp(&a.quality).then(a.id.cmp(&b.id)));
        self.record(tx, Action::EntryEnrolled(self.deployment, entry.id))
            .await?;
        Ok(EntryRow {
            id: entry.id,
            deployment: entry.deployment,
            name: entry.name,
            created_at: entry.created_at,
            photos,
            verdicts: Verdicts::default(),
        })
    }

    pub(crate) async fn add_photo(
        &self,
        tx: &mut dyn Transaction,
        entry: EntryId,
        portrait: &Portrait,
    ) -> Result<EntryRow, EnrolmentError> {
        self.may_change(tx).await?;
        if self.entry(tx, entry).await?.photos.len() >= MOST_PHOTOS {
            return Err(EnrolmentError::PhotosFull);
        }
        let photo = self.insert(tx, entry, portrait).await?;
        self.record(tx, Action::PhotoAdded(entry, photo.id)).await?;
        self.entry(tx, entry).await
    }

    pub(crate) async fn remove_photo(
        &self,
        tx: &mut dyn Transaction,
        entry: EntryId,
        photo: PhotoId,
    ) -> Result<EntryRow, EnrolmentError> {
        let before = self.entry(tx, entry).await?;
        if before.photos.iter().all(|p| p.id != photo) {
            return Err(EnrolmentError::NotFound);
        }
        if before.photos.len() == 1 {
            return Err(EnrolmentError::LastPhoto);
        }
        tx.remove_photo(self.deployment, entry, photo).await?;
        self.record(tx, Action::PhotoRemoved(entry, photo)).await?;
        self.entry(tx, entry).await
    }

    async fn may_change(&self, tx: &mut dyn Transaction) -> Result<(), EnrolmentError> {
        let row = tx.deployment(self.deployment).await?.ok_or(EnrolmentError::NotFound)?;
        let entries = tx.count_entries(self.deployment).await?;
        Ok(Deployment::from(row).may_enrol(entries, self.at)?)
    }

    async fn insert(
        &self,
        tx: &mut dyn Transaction,
        entry: EntryId,
        portrait: &Portrait,
    ) -> Result<PhotoRow, EnrolmentError> {
        let row = PhotoRow {
            id: PhotoId::new(new_id(self.at, self.entropy)?),
            created_at: self.at,
            quality: portrait.quality,
        };
        tx.add_photo(self.deployment, entry, &row, &portrait.template, &portrait.photo)
            .await?;
        Ok(row)
    }

    async fn entry(&self, tx: &mut dyn Transaction, entry: EntryId) -> Result<EntryRow, EnrolmentError> {
        let entries = tx.entries(self.deployment).await?;
        entries
            .into_iter()
            .find(|row| row.id == entry)
            .ok_or(EnrolmentError::NotFound)
    }

    async fn record(&self, tx: &mut dyn Transaction, action: Action) -> Result<(), EnrolmentError> {
        let event = NewEvent {
            deployment: self.deployment,
            at: self.at,
            kind: EventKind::DeploymentChanged,
            alert: None,
        };
        tx.add_event(event).await?;
        audit::write(tx, self.at, self.by, action).await?;
        Ok(())
    }
}

/// A deployment's references, to see whom a new one resembles. Work of some tenths of a second on a long list.
pub(crate) struct Neighbours {
    list: Watchlist,
}

impl Neighbours {
    pub(crate) fn of(
        deployment: &DeploymentRow,
        references: &[Reference],
        calibration: std::sync::Arc<Calibration>,
    ) -> Result<Self, TemplateError> {
        let mut list = Watchlist::new(deployment.space.clone(), calibration, deployment.target)
            .map_err(|_| TemplateError::ModelMismatch)?;
        for reference in references {
            list.insert(reference.entry, &reference.template)?;
        }
        Ok(Self { list })
    }

    pub(crate) fn add(&mut self, entry: EntryId, template: &Template) -> Result<(), TemplateError> {
        self.list.insert(entry, template)
    }

    /// Entries that `template` would match, were two shots of it seen; best first.
    pub(crate) fn resembling(&mut self, template: &Template) -> Result<Vec<EntryId>, TemplateError> {
        let found: Vec<Match> = self.list.search(template, Shots::ALL[1])?;
        Ok(found.iter().map(|found| found.entry).collect())
    }
}

/// Whether a photograph looks like none of those that its person has already.
pub(crate) fn unlike<'a>(
    template: &Template,
    others: impl IntoIterator<Item = &'a Template>,
) -> Result<bool, TemplateError> {
    let mut best: Option<f32> = None;
    for other in others {
        let score = template.compare(other)?.get();
        best = Some(best.map_or(score, |best| best.max(score)));
    }
    Ok(best.is_some_and(|best| best < ONE_PERSON))
}
