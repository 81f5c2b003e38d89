//! People and their photographs onto a watchlist, whoever brings them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use vedette_core::calibration::{Calibration, Target};
use vedette_core::compression::JpegQuality;
use vedette_core::id::{DeploymentId, EntryId, PhotoId, UserId};
use vedette_core::shot::Shots;
use vedette_core::template::{Template, TemplateError};
use vedette_core::watchlist::{Match, Watchlist};
use vedette_store::clearance::{Clearance, Kind, State};
use vedette_store::particulars::Particulars;
use vedette_store::policy::Policy;
use vedette_store::record::{Mark, Reasoned};
use vedette_store::row::{
    Actor, DeploymentRow, EntryRow, EventKind, Jpeg, NewEntry, NewEvent, PhotoRow, Reference, Verdicts,
};
use vedette_store::withdrawal::Unlisted;
use vedette_store::{StoreError, Transaction};

use crate::alerts;
use crate::audit::{self, Action};
use crate::clock::{Entropy, NoEntropy, new_id};
use crate::domain::calendar::day;
use crate::domain::clearance;
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::domain::policy;
pub(crate) use crate::domain::roster::MOST_PHOTOS;
use crate::domain::roster::{self, Fault, Rules};
use crate::domain::shortfall::{self, Shortfall};

/// Two photographs of one person score lower in one of a hundred pairs of LFW; two people's, in nine of ten.
const ONE_PERSON: f32 = 0.35;

/// What a photograph is worth to a watchlist.
#[derive(Debug)]
pub(crate) struct Portrait {
    pub(crate) template: Template,
    /// The quality gate's score, 0..=1.
    pub(crate) quality: f32,
    /// Of the file, where it was a JPEG that tells.
    pub(crate) compression: Option<JpegQuality>,
    /// The face with a margin.
    pub(crate) photo: Jpeg,
}

/// What entries of one operation are judged by.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) policy: Policy,
    categories: Vec<String>,
    on: Date,
    today: Date,
}

impl Ground {
    /// Nothing for an exercise: volunteers are not judged.
    pub(crate) async fn of(
        tx: &mut dyn Transaction,
        deployment: &DeploymentRow,
        now: Timestamp,
    ) -> Result<Option<Self>, StoreError> {
        let Some(record) = &deployment.record else {
            return Ok(None);
        };
        Ok(Some(Self {
            policy: tx.policy().await?.unwrap_or_else(policy::default),
            categories: record.plan.categories.clone(),
            on: day(record.plan.starts_at),
            today: day(now),
        }))
    }

    /// What a photograph lacks to be used without a reason.
    pub(crate) fn shortfall(&self, portrait: &Portrait) -> Option<Shortfall> {
        shortfall::of(portrait.quality, portrait.compression, self.policy.quality_floor)
    }

    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules {
            policy: &self.policy,
            categories: &self.categories,
            on: self.on,
            today: self.today,
        }
    }
}

/// Somebody for a watchlist.
#[derive(Debug)]
pub(crate) struct Newcomer<'a> {
    pub(crate) id: EntryId,
    pub(crate) name: &'a str,
    /// Of somebody for an operation's list.
    pub(crate) particulars: Option<Particulars>,
    /// Of one person, at least one.
    pub(crate) portraits: Vec<&'a Portrait>,
    /// Why images below the policy's floor are used.
    pub(crate) override_reason: Option<String>,
    /// Why somebody is added to a live operation.
    pub(crate) addition_reason: Option<String>,
    /// Others on the list whose faces are as alike as a match.
    pub(crate) resembles: Vec<EntryId>,
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
    #[error(
        "Somebody on an operation's watchlist needs particulars: number, category, lawful basis and the rest. Add them."
    )]
    NoParticulars,
    #[error("A volunteer has no particulars. Leave them out.")]
    Particulars,
    #[error("{}", words(.0))]
    Faults(Vec<Fault>),
    #[error("Somebody with this number is on the list already.")]
    AlreadyListed,
    #[error("The image falls short: {0}. Use a better one, or say why this one is used.")]
    Poor(Shortfall),
    #[error("The operation is live. Say why somebody is added now; an authorising officer must agree.")]
    ReasonNeeded,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

fn words(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join(" ")
}

impl Change<'_> {
    /// Fails before anything is written, unless the storage does.
    pub(crate) async fn add_person(
        &self,
        tx: &mut dyn Transaction,
        newcomer: Newcomer<'_>,
    ) -> Result<EntryRow, EnrolmentError> {
        let row = self.may_change(tx).await?;
        let clearances = self.judged(tx, &row, &newcomer).await?;
        let entry = NewEntry {
            id: newcomer.id,
            deployment: self.deployment,
            name: newcomer.name.to_owned(),
            particulars: newcomer.particulars,
            created_at: self.at,
        };
        let namesake = tx.add_entry(&entry).await?;
        let mut photos = Vec::with_capacity(newcomer.portraits.len());
        for portrait in newcomer.portraits {
            photos.push(self.insert(tx, entry.id, portrait).await?);
        }
        photos.sort_by(|a, b| b.quality.total_cmp(&a.quality).then(a.id.cmp(&b.id)));
        for clearance in &clearances {
            tx.save_clearance(self.deployment, clearance).await?;
        }
        self.record(tx, Action::EntryEnrolled(self.deployment, entry.id))
            .await?;
        self.sign_list(tx, row).await?;
        Ok(EntryRow {
            id: entry.id,
            deployment: entry.deployment,
            name: entry.name,
            particulars: entry.particulars,
            clearances,
            created_at: entry.created_at,
            photos,
            verdicts: Verdicts::default(),
            namesake,
        })
    }

    /// What must be decided about a newcomer; why not, where nothing can be.
    async fn judged(
        &self,
        tx: &mut dyn Transaction,
        row: &DeploymentRow,
        newcomer: &Newcomer<'_>,
    ) -> Result<Vec<Clearance>, EnrolmentError> {
        let (ground, entry) = match (Ground::of(tx, row, self.at).await?, &newcomer.particulars) {
            (None, None) => return Ok(Vec::new()),
            (None, Some(_)) => return Err(EnrolmentError::Particulars),
            (Some(_), None) => return Err(EnrolmentError::NoParticulars),
            (Some(ground), Some(entry)) => (ground, entry),
        };
        let faults = roster::faults(entry, ground.rules());
        if !faults.is_empty() {
            return Err(EnrolmentError::Faults(faults));
        }
        let id = newcomer.id;
        let kinds = roster::needs(entry, ground.on);
        let mut clearances: Vec<Clearance> = kinds.into_iter().map(|kind| clearance::needed(id, kind)).collect();
        if let Some(shortfall) = newcomer
            .portraits
            .iter()
            .find_map(|portrait| ground.shortfall(portrait))
        {
            let reason = self.because(newcomer.override_reason.as_deref());
            let reason = reason.ok_or(EnrolmentError::Poor(shortfall))?;
            clearances.push(clearance::overridden(id, reason));
        }
        if row.state.is_under_way() {
            let reason = self.because(newcomer.addition_reason.as_deref());
            let request = reason.ok_or(EnrolmentError::ReasonNeeded)?;
            clearances.push(Clearance {
                state: State::Requested { request },
                ..clearance::needed(id, Kind::AddedWhileLive)
            });
        }
        if !newcomer.resembles.is_empty() {
            clearances.push(clearance::possible_duplicate(id, newcomer.resembles.clone()));
        }
        Ok(clearances)
    }

    /// Nothing where nobody is there to answer for a reason.
    fn because(&self, reason: Option<&str>) -> Option<Reasoned> {
        let by = self.person()?;
        reason.map(|reason| Reasoned {
            mark: Mark { by, at: self.at },
            reason: reason.to_owned(),
        })
    }

    /// `resembles`: others whose faces are as alike as a match. `override_reason`: why an image below the floor is used.
    pub(crate) async fn add_photo(
        &self,
        tx: &mut dyn Transaction,
        entry: EntryId,
        portrait: &Portrait,
        override_reason: Option<&str>,
        resembles: Vec<EntryId>,
    ) -> Result<EntryRow, EnrolmentError> {
        let row = self.may_change(tx).await?;
        let before = self.entry(tx, entry).await?;
        if before.photos.len() >= MOST_PHOTOS {
            return Err(EnrolmentError::PhotosFull);
        }
        if let Some(ground) = Ground::of(tx, &row, self.at).await? {
            if row.state.is_under_way() {
                return Err(DeploymentError::PhotosClosed.into());
            }
            if let Some(shortfall) = ground.shortfall(portrait) {
                let reason = self.because(override_reason);
                let reason = reason.ok_or(EnrolmentError::Poor(shortfall))?;
                let earlier = before
                    .clearances
                    .into_iter()
                    .find(|known| known.kind == Kind::PoorImage);
                let overridden = match earlier {
                    Some(earlier) => clearance::overridden_too(earlier, reason),
                    None => clearance::overridden(entry, reason),
                };
                tx.save_clearance(self.deployment, &overridden).await?;
                self.record(tx, Action::QualityOverridden(self.deployment, entry))
                    .await?;
            }
            if !resembles.is_empty() {
                let duplicate = clearance::possible_duplicate(entry, resembles);
                tx.save_clearance(self.deployment, &duplicate).await?;
                let action = Action::ClearanceNeeded(self.deployment, Kind::PossibleDuplicate);
                self.record(tx, action).await?;
            }
        }
        let photo = self.insert(tx, entry, portrait).await?;
        self.record(tx, Action::PhotoAdded(entry, photo.id)).await?;
        self.sign_list(tx, row).await?;
        self.entry(tx, entry).await
    }

    /// Writes down who put somebody onto an operation's list.
    async fn sign_list(&self, tx: &mut dyn Transaction, row: DeploymentRow) -> Result<(), EnrolmentError> {
        let (Some(by), Some(record)) = (self.person(), &row.record) else {
            return Ok(());
        };
        if !record.listers.contains(&by) {
            let row = DeploymentRow::from(Deployment::from(row).listed(by).map_err(DeploymentError::from)?);
            tx.save_deployment(&row).await?;
        }
        Ok(())
    }

    fn person(&self) -> Option<UserId> {
        self.by.person()
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
        tx.remove_photo(self.deployment, entry, photo, self.at).await?;
        self.record(tx, Action::PhotoRemoved(entry, photo)).await?;
        self.entry(tx, entry).await
    }

    /// With what is still to be done about alerts about them.
    pub(crate) async fn remove_person(
        &self,
        tx: &mut dyn Transaction,
        entry: EntryId,
        why: Unlisted,
    ) -> Result<(), EnrolmentError> {
        if !tx.remove_entry(self.deployment, entry, self.at).await? {
            return Err(EnrolmentError::NotFound);
        }
        alerts::withdraw(tx, (self.deployment, entry), why, self.at, self.by).await?;
        self.record(tx, Action::EntryDeleted(self.deployment, entry)).await
    }

    /// The photographs of `entry`, best first and as many as there is room for, also become `into`'s.
    pub(crate) async fn copy_photos(
        &self,
        tx: &mut dyn Transaction,
        entry: EntryId,
        into: EntryId,
    ) -> Result<(), EnrolmentError> {
        let row = tx.deployment(self.deployment).await?.ok_or(EnrolmentError::NotFound)?;
        let (from, to) = (self.entry(tx, entry).await?, self.entry(tx, into).await?);
        if let (Some(from), Some(mut known)) = (from.particulars, to.particulars)
            && from.image_taken_on < known.image_taken_on
        {
            known.image_taken_on = from.image_taken_on;
            known.image_source = from.image_source;
            tx.set_particulars(self.deployment, into, &known).await?;
        }
        let room = MOST_PHOTOS.saturating_sub(to.photos.len());
        for (kept, template, photo) in tx.portraits(&row, entry).await?.into_iter().take(room) {
            let portrait = Portrait {
                template,
                quality: kept.quality,
                compression: None,
                photo,
            };
            let photo = self.insert(tx, into, &portrait).await?;
            self.record(tx, Action::PhotoAdded(into, photo.id)).await?;
        }
        Ok(())
    }

    async fn may_change(&self, tx: &mut dyn Transaction) -> Result<DeploymentRow, EnrolmentError> {
        let row = tx.deployment(self.deployment).await?.ok_or(EnrolmentError::NotFound)?;
        let entries = tx.count_entries(self.deployment).await?;
        Deployment::from(row.clone()).may_enrol(entries, self.at)?;
        Ok(row)
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
        tx.entry(self.deployment, entry).await?.ok_or(EnrolmentError::NotFound)
    }

    pub(crate) async fn record(&self, tx: &mut dyn Transaction, action: Action) -> Result<(), EnrolmentError> {
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
#[derive(Debug)]
pub(crate) struct Neighbours {
    list: Watchlist,
}

impl Neighbours {
    pub(crate) fn of(
        deployment: &DeploymentRow,
        references: &[Reference],
        calibration: Arc<Calibration>,
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

    pub(crate) fn remove(&mut self, entry: EntryId) {
        self.list.remove(entry);
    }

    /// Entries that `template` would match, were two shots of it seen; best first.
    pub(crate) fn resembling(&mut self, template: &Template) -> Result<Vec<EntryId>, TemplateError> {
        let found: Vec<Match> = self.list.search(template, Shots::ALL[1])?;
        Ok(found.iter().map(|found| found.entry).collect())
    }

    /// Whom each of several people looks like who come onto the list together, with their photographs' templates. All are
    /// added before any is compared, so that the list is measured once.
    pub(crate) fn welcome(&mut self, people: &[(EntryId, Vec<&Template>)]) -> Result<Vec<Likeness>, TemplateError> {
        let mut later = HashSet::new();
        for (id, templates) in people {
            for template in templates {
                self.add(*id, template)?;
            }
            later.insert(*id);
        }
        let mut found = Vec::with_capacity(people.len());
        for (id, templates) in people {
            let mut likeness = Likeness::default();
            for (at, template) in templates.iter().enumerate() {
                for other in self.resembling(template)?.into_iter().filter(|other| other != id) {
                    let alike = match later.contains(&other) {
                        true => &mut likeness.later,
                        false => &mut likeness.earlier,
                    };
                    if !alike.contains(&other) {
                        alike.push(other);
                    }
                }
                likeness.unlike_own |= unlike(template, templates[..at].iter().copied())?;
            }
            later.remove(id);
            found.push(likeness);
        }
        Ok(found)
    }
}

/// Whom one of several newcomers looks like.
#[derive(Debug, Default)]
pub(crate) struct Likeness {
    /// Those on the list, and newcomers before.
    pub(crate) earlier: Vec<EntryId>,
    /// Newcomers after.
    pub(crate) later: Vec<EntryId>,
    /// The photographs look like several people's.
    pub(crate) unlike_own: bool,
}

/// The neighbours of the list that was added to last. A long import comes in many parts, and none of them reads and sorts
/// the whole list anew.
#[derive(Debug, Default)]
pub(crate) struct Neighbourhood {
    kept: Option<Kept>,
}

/// Neighbours, and what they were made of.
#[derive(Debug)]
pub(crate) struct Kept {
    deployment: DeploymentId,
    target: Target,
    photos: HashMap<PhotoId, EntryId>,
    pub(crate) neighbours: Neighbours,
}

impl Neighbourhood {
    /// Of the list as `tx` sees it. Until it is put back with [`Neighbourhood::keep`], nothing is kept: what fails on the
    /// way is made anew.
    pub(crate) async fn take(
        &mut self,
        tx: &mut dyn Transaction,
        row: &DeploymentRow,
        calibration: Arc<Calibration>,
    ) -> Result<Result<Kept, TemplateError>, StoreError> {
        let photos = tx.photo_owners(row.id).await?;
        let fits = |kept: &Kept| kept.deployment == row.id && kept.target == row.target && kept.photos == photos;
        if let Some(kept) = self.kept.take().filter(fits) {
            return Ok(Ok(kept));
        }
        let references = tx.references(row).await?;
        Ok(Neighbours::of(row, &references, calibration).map(|neighbours| Kept {
            deployment: row.id,
            target: row.target,
            photos,
            neighbours,
        }))
    }

    /// `entries`: with photographs whose templates were added to the neighbours.
    pub(crate) fn keep<'a>(&mut self, mut kept: Kept, entries: impl IntoIterator<Item = &'a EntryRow>) {
        for entry in entries {
            kept.photos
                .extend(entry.photos.iter().map(|photo| (photo.id, entry.id)));
        }
        self.kept = Some(kept);
    }

    /// `entry` has one more photograph.
    pub(crate) fn keep_with(
        &mut self,
        mut kept: Kept,
        entry: &EntryRow,
        template: &Template,
    ) -> Result<(), TemplateError> {
        kept.neighbours.add(entry.id, template)?;
        self.keep(kept, [entry]);
        Ok(())
    }

    pub(crate) fn deployment(&self) -> Option<DeploymentId> {
        self.kept.as_ref().map(|kept| kept.deployment)
    }

    /// The deployment has ended: its templates are overwritten.
    pub(crate) fn forget(&mut self, deployment: DeploymentId) {
        self.kept.take_if(|kept| kept.deployment == deployment);
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
