//! What the server keeps: rows, traits without SQL, migrations, SQLite.
//!
//! A change, the event that tells of it and its audit row share one [`Transaction`]; what isn't committed never was.
#![forbid(unsafe_code)]

pub mod clearance;
pub mod engagement;
mod error;
pub mod evaluation;
pub mod manifest;
pub mod memory;
pub mod namesake;
pub mod particulars;
pub mod pause;
pub mod policy;
pub mod record;
pub mod rights;
pub mod row;
pub mod sketch;
pub mod sqlite;
pub mod unfinished;
pub mod vault;
pub mod withdrawal;

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use vedette_core::id::{
    AlertId, ComplaintId, DeliveryId, DeploymentId, DeviceId, EntryId, EvaluationId, HoldId, PhotoId, PlanId, TrackId,
    UserId,
};
use vedette_core::template::Template;
use vedette_core::transform::Seed;
use vedette_core::zone::Zone;

use clearance::{Clearance, Count, Kind};
use engagement::{IdentityCheck, Interventions, Observation, Observed, ReceiptRow, Sighting};
pub use error::StoreError;
use evaluation::EvaluationRow;
use manifest::ManifestRow;
use namesake::Namesake;
use particulars::Particulars;
use policy::Policy;
use record::ListersTold;
use rights::{ComplaintRow, HeldPicture, HoldRow, Organisation};
use row::{
    AlertRow, AuditRow, Counters, DeploymentRow, DeploymentState, DeploymentSummary, DeviceRow, Digest, EntryRow,
    Erased, EventRow, Jpeg, KioskRow, MinuteRow, NewAlert, NewEntry, NewEvent, Page, PairingCodeRow, PasswordHash,
    PhotoRow, Reference, RoleGrant, Seq, SessionRow, Taken, Unanswered, UserRow, Verdicts,
};
use unfinished::UnfinishedPlan;
pub use vault::{KeyId, KeyOwner};

pub type Result<T> = std::result::Result<T, StoreError>;

#[async_trait]
pub trait Store: std::fmt::Debug + Send + Sync + 'static {
    /// One view of everything, unchanged until dropped. Writing in it fails.
    async fn read(&self) -> Result<Box<dyn Transaction>>;

    /// Waits for its turn: one writer at a time. Dropped without commit, it changes nothing.
    async fn write(&self) -> Result<Box<dyn Transaction>>;

    /// Destroys the keys of ended deployments, holds and complaints, and overwrites what deleted rows left in the files: after it, no byte of them
    /// can be read there, and no copy of the files can be opened. While a deployment is live the files are not rewritten, which
    /// would hold up whoever stops it: what a page keeps from before a move, sealed, stays until the scrub that follows its end.
    async fn scrub(&self) -> Result<()>;

    /// Reads through everything and fails if it is damaged.
    async fn check(&self) -> Result<()>;

    async fn close(&self);
}

#[async_trait]
pub trait Transaction:
    Users
    + Devices
    + Kiosks
    + Listers
    + Deployments
    + Transforms
    + Entries
    + Clearances
    + Manifest
    + Policies
    + Alerts
    + Overdue
    + Engagements
    + Rights
    + Deliveries
    + Minutes
    + UnfinishedPlans
    + Evaluations
    + Journal
    + Send
{
    async fn commit(self: Box<Self>) -> Result<()>;
}

#[async_trait]
pub trait Users {
    /// Accounts, by name, without removed ones.
    async fn users(&mut self) -> Result<Vec<UserRow>>;
    /// Whatever the case of letters.
    async fn user_by_name(&mut self, name: &str) -> Result<Option<(UserRow, PasswordHash)>>;
    /// `Conflict` when the name is taken.
    async fn add_user(&mut self, user: &UserRow, password: &PasswordHash) -> Result<()>;
    async fn set_roles(&mut self, user: UserId, roles: &[RoleGrant]) -> Result<()>;
    async fn set_password(&mut self, user: UserId, password: &PasswordHash) -> Result<()>;
    /// Takes away the password and the sessions. False when there is no such account.
    async fn remove_user(&mut self, user: UserId, at: Timestamp) -> Result<bool>;

    /// `device`: as which the browser is paired.
    async fn add_session(&mut self, token: Digest, user: UserId, device: Option<DeviceId>, at: Timestamp)
    -> Result<()>;
    /// The session's browser was paired.
    async fn set_session_device(&mut self, token: Digest, device: DeviceId) -> Result<()>;
    async fn session(&mut self, token: Digest) -> Result<Option<SessionRow>>;
    async fn touch_session(&mut self, token: Digest, at: Timestamp) -> Result<()>;
    async fn remove_session(&mut self, token: Digest) -> Result<()>;
    async fn remove_sessions_of(&mut self, user: UserId) -> Result<()>;
    /// Whose browser is that device, but for one.
    async fn remove_sessions_on(&mut self, device: DeviceId, but: Digest) -> Result<()>;
    /// All but that one.
    async fn remove_other_sessions(&mut self, user: UserId, but: Digest) -> Result<()>;
    async fn remove_sessions_before(&mut self, created: Timestamp, seen: Timestamp) -> Result<()>;
}

/// What devices send, and perhaps more than once because they heard no answer.
#[async_trait]
pub trait Deliveries {
    /// `said`: all that the number stands for.
    async fn take_delivery(&mut self, number: DeliveryId, said: &[u8], at: Timestamp) -> Result<Taken>;
    async fn forget_deliveries_before(&mut self, at: Timestamp) -> Result<()>;
}

/// Operations of before it was written down who fills a list.
#[async_trait]
pub trait Listers {
    /// About which nobody has asked the journal yet.
    async fn listers_due(&mut self) -> Result<Vec<DeploymentId>>;
    async fn listers_told(&mut self, id: DeploymentId) -> Result<ListersTold>;
    async fn settle_listers(&mut self, id: DeploymentId) -> Result<()>;
}

#[async_trait]
pub trait Kiosks {
    /// From now on the browser of that session is the deployment's kiosk.
    async fn stand_as_kiosk(
        &mut self,
        session: Digest,
        device: DeviceId,
        deployment: DeploymentId,
        at: Timestamp,
    ) -> Result<()>;
    /// Devices that stand as kiosks, whether or not their sessions last.
    async fn kiosks(&mut self) -> Result<Vec<KioskRow>>;
    /// False when the device stood as none.
    async fn leave_kiosk(&mut self, device: DeviceId) -> Result<bool>;
}

#[async_trait]
pub trait Devices {
    /// Newest first, withdrawn ones too.
    async fn devices(&mut self) -> Result<Vec<DeviceRow>>;
    async fn device_by_token(&mut self, token: Digest) -> Result<Option<DeviceRow>>;
    async fn add_device(&mut self, device: &DeviceRow, token: Digest) -> Result<()>;
    /// False when there is no such device, or it was withdrawn before.
    async fn revoke_device(&mut self, device: DeviceId, at: Timestamp) -> Result<bool>;

    async fn add_pairing_code(&mut self, code: &PairingCodeRow) -> Result<()>;
    /// Takes the code out, so that it serves once.
    async fn take_pairing_code(&mut self, code: Digest) -> Result<Option<PairingCodeRow>>;
    async fn remove_pairing_codes_before(&mut self, expiry: Timestamp) -> Result<()>;
}

#[async_trait]
pub trait Deployments {
    /// With a key of its own, and with it a transform of its own, whatever the row's space says.
    async fn add_deployment(&mut self, deployment: &DeploymentRow) -> Result<()>;
    /// Keys of ended deployments whose destruction isn't written down yet.
    async fn spent_keys(&mut self) -> Result<Vec<(DeploymentId, KeyId)>>;
    /// Writes down that the deployment's key was destroyed.
    async fn set_key_destroyed(&mut self, id: DeploymentId, at: Timestamp) -> Result<()>;
    async fn deployment(&mut self, id: DeploymentId) -> Result<Option<DeploymentRow>>;
    /// Writes what a plan may change (name, place, end, target), the record and the pauses.
    async fn save_deployment(&mut self, deployment: &DeploymentRow) -> Result<()>;
    /// The photograph of the signs, in the place of an earlier one.
    async fn set_signage(&mut self, id: DeploymentId, jpeg: &Jpeg) -> Result<()>;
    async fn signage(&mut self, id: DeploymentId) -> Result<Option<Jpeg>>;
    /// When the first of the watchlist's entries was made, if there is any.
    async fn oldest_entry(&mut self, id: DeploymentId) -> Result<Option<Timestamp>>;
    async fn set_deployment_state(&mut self, id: DeploymentId, state: DeploymentState) -> Result<()>;
    /// Newest first.
    async fn deployment_summaries(&mut self) -> Result<Vec<DeploymentSummary>>;
    async fn deployment_summary(&mut self, id: DeploymentId) -> Result<Option<DeploymentSummary>>;
    /// Started and not ended, those that stand still too.
    async fn live_deployments(&mut self) -> Result<Vec<DeploymentRow>>;
    /// Drafts of operations, whatever their stage.
    async fn planned_operations(&mut self) -> Result<Vec<DeploymentRow>>;
    /// Operations that were live and are not any more, whether they ended or their plan was changed meanwhile.
    async fn past_operations(&mut self) -> Result<Vec<DeploymentRow>>;
    /// Deployments that should have ended by `now`, and have not.
    async fn deployments_due(&mut self, now: Timestamp) -> Result<Vec<DeploymentId>>;
    async fn add_counters(&mut self, id: DeploymentId, more: Counters) -> Result<()>;
    /// Nothing where none was set for that device.
    async fn zone(&mut self, id: DeploymentId, device: DeviceId) -> Result<Option<Zone>>;
    async fn set_zone(&mut self, id: DeploymentId, device: DeviceId, zone: &Zone) -> Result<()>;
}

#[async_trait]
pub trait Transforms {
    /// What the deployment's templates are transformed by; nothing for a deployment that is older than transforms. `KeyGone`
    /// after the end.
    async fn transform_seed(&mut self, deployment: &DeploymentRow) -> Result<Option<Seed>>;
}

#[async_trait]
pub trait Entries {
    /// Oldest first.
    async fn entries(&mut self, deployment: DeploymentId) -> Result<Vec<EntryRow>>;
    async fn entry(&mut self, deployment: DeploymentId, entry: EntryId) -> Result<Option<EntryRow>>;
    /// Which of them there are.
    async fn entries_there(&mut self, deployment: DeploymentId, some: &[EntryId]) -> Result<HashSet<EntryId>>;
    /// Those that there are, oldest first.
    async fn entries_among(&mut self, deployment: DeploymentId, some: &[EntryId]) -> Result<Vec<EntryRow>>;
    /// Oldest first.
    async fn entries_page(&mut self, deployment: DeploymentId, page: Page) -> Result<Vec<EntryRow>>;
    /// A page of them, the newest first.
    async fn newest_entries(&mut self, deployment: DeploymentId, page: Page) -> Result<Vec<EntryRow>>;
    async fn count_entries(&mut self, deployment: DeploymentId) -> Result<u64>;
    /// Without a photo it matches nobody: add one in the same transaction. `Conflict` where the deployment lists that nominal
    /// id already. Returns what tells it from others of its name.
    async fn add_entry(&mut self, entry: &NewEntry) -> Result<Option<Namesake>>;
    async fn set_particulars(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        particulars: &Particulars,
    ) -> Result<()>;
    async fn add_photo(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        row: &PhotoRow,
        template: &Template,
        photo: &Jpeg,
    ) -> Result<()>;
    /// With templates, photos, and the matched crops of its alerts. False when there is no such entry.
    async fn remove_entry(&mut self, deployment: DeploymentId, entry: EntryId, at: Timestamp) -> Result<bool>;
    /// With its template. False when there is no such photo.
    async fn remove_photo(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        photo: PhotoId,
        at: Timestamp,
    ) -> Result<bool>;
    /// That photo, or the best.
    async fn photo(&mut self, deployment: DeploymentId, entry: EntryId, photo: Option<PhotoId>)
    -> Result<Option<Jpeg>>;
    /// Of all entries, also of those that wait.
    async fn references(&mut self, deployment: &DeploymentRow) -> Result<Vec<Reference>>;
    /// Of entries about which nothing is undecided: these are matched.
    async fn cleared_references(&mut self, deployment: &DeploymentRow) -> Result<Vec<Reference>>;
    /// Of one entry, whether it waits or not.
    async fn references_of(&mut self, deployment: &DeploymentRow, entry: EntryId) -> Result<Vec<Reference>>;
    /// All that is kept of an entry's photos, best first.
    async fn portraits(
        &mut self,
        deployment: &DeploymentRow,
        entry: EntryId,
    ) -> Result<Vec<(PhotoRow, Template, Jpeg)>>;
    /// Which photos there are, and whose.
    async fn photo_owners(&mut self, deployment: DeploymentId) -> Result<HashMap<PhotoId, EntryId>>;
    /// Deletes all entries, templates, photos, matched crops and zones of the deployment.
    async fn erase(&mut self, deployment: DeploymentId, at: Timestamp) -> Result<Erased>;
}

#[async_trait]
pub trait Clearances {
    /// Of all entries, oldest entry first.
    async fn clearances(&mut self, deployment: DeploymentId) -> Result<Vec<Clearance>>;
    /// A part of them, oldest entry first. `open`: only those that are undecided, or only those that are not.
    async fn clearances_page(
        &mut self,
        deployment: DeploymentId,
        open: Option<bool>,
        kind: Option<Kind>,
        page: Page,
    ) -> Result<Vec<Clearance>>;
    async fn clearances_of(&mut self, deployment: DeploymentId, entry: EntryId) -> Result<Vec<Clearance>>;
    /// In the place of an earlier one of that kind, and counted.
    async fn save_clearance(&mut self, deployment: DeploymentId, clearance: &Clearance) -> Result<()>;
    /// Counts a refusal; the entry is removed beside it.
    async fn count_refusal(&mut self, deployment: DeploymentId, kind: Kind) -> Result<()>;
    /// One for each kind that there was.
    async fn clearance_counts(&mut self, deployment: DeploymentId) -> Result<Vec<Count>>;
    /// Entries that wait.
    async fn count_waiting(&mut self, deployment: DeploymentId) -> Result<u64>;
}

/// Written with the entries themselves; nothing else changes it, and nothing deletes it.
#[async_trait]
pub trait Manifest {
    /// Also of a deployment that has ended; oldest first.
    async fn manifest(&mut self, deployment: DeploymentId) -> Result<Vec<ManifestRow>>;
    /// Every list that the person was on, oldest first.
    async fn manifest_of(&mut self, nominal_id: &str) -> Result<Vec<ManifestRow>>;
    /// Who is on the list now, by nominal id.
    async fn listed(&mut self, deployment: DeploymentId) -> Result<HashMap<String, EntryId>>;
    /// For what anybody is on the list, in order. Nothing sealed is opened.
    async fn listed_categories(&mut self, deployment: DeploymentId) -> Result<Vec<String>>;
    /// Deletes what left its list then or before. Returns how many entries it was.
    async fn forget_manifest(&mut self, until: Timestamp) -> Result<u64>;
}

#[async_trait]
pub trait Policies {
    /// Nothing until somebody sets it.
    async fn policy(&mut self) -> Result<Option<Policy>>;
    async fn set_policy(&mut self, policy: &Policy) -> Result<()>;
}

#[async_trait]
pub trait Alerts {
    /// Adds an alert, unless that track has one about that entry already. True when it is new.
    async fn raise_alert(&mut self, alert: &NewAlert) -> Result<bool>;
    async fn alert(&mut self, id: AlertId) -> Result<Option<AlertRow>>;
    async fn deployment_of_alert(&mut self, id: AlertId) -> Result<Option<DeploymentId>>;
    /// Newest first.
    async fn alerts(&mut self, deployment: DeploymentId) -> Result<Vec<AlertRow>>;
    async fn alerts_of_track(
        &mut self,
        deployment: DeploymentId,
        device: DeviceId,
        track: TrackId,
    ) -> Result<Vec<AlertRow>>;
    /// What came out about its cards. True where the face is one of those it was taken for; else false where it was taken for
    /// anybody by mistake.
    async fn verdicts(&mut self, deployment: DeploymentId) -> Result<Verdicts>;
    /// Writes the state with what was done about the person, when it was seen last and told of again, and the version.
    async fn save_alert(&mut self, alert: &AlertRow) -> Result<()>;
    /// At most one of two alerts is true: they are about the same entry and two faces in view together.
    async fn add_contradiction(&mut self, alert: AlertId, other: AlertId) -> Result<()>;
    async fn add_probe(&mut self, deployment: DeploymentId, alert: AlertId, jpeg: &Jpeg) -> Result<()>;
    async fn probe(&mut self, deployment: DeploymentId, alert: AlertId) -> Result<Option<Jpeg>>;
    /// The deployment's alerts whose crop a device sent, whether or not it is still there. Nothing sealed is opened.
    async fn crops_that_came(&mut self, deployment: DeploymentId) -> Result<HashSet<AlertId>>;
    /// False when there was none.
    async fn remove_probe(&mut self, alert: AlertId) -> Result<bool>;
    /// How long each decision of the deployment was waited for, since the first of the alerts that were decided with it.
    async fn waits(&mut self, deployment: DeploymentId) -> Result<Vec<SignedDuration>>;
    /// Cards of the deployment on which somebody is to decide while it still matters.
    async fn count_undecided(&mut self, deployment: DeploymentId) -> Result<u64>;
    /// Cards of the deployment that somebody held to be true, and of which no second person has judged the face on sight, and
    /// nobody has written down what came of it.
    async fn count_unsighted(&mut self, deployment: DeploymentId) -> Result<u64>;
}

/// Cards that wait for somebody, and for whom nobody came.
#[async_trait]
pub trait Overdue {
    /// Since when the oldest of the undecided cards is there.
    async fn undecided_since(&mut self, deployment: DeploymentId) -> Result<Option<Timestamp>>;
    /// Since when the oldest of those that wait for a second person does.
    async fn unsighted_since(&mut self, deployment: DeploymentId) -> Result<Option<Timestamp>>;
    /// Cards that somebody held to be true, and of which nobody has written down what came of it, unless somebody on the spot found
    /// otherwise.
    async fn count_unwritten(&mut self, deployment: DeploymentId) -> Result<u64>;
    /// Cards of that deployment that are closed without a decision.
    async fn unanswered(&mut self, deployment: DeploymentId) -> Result<Unanswered>;
    /// Keeps that with a deployment that ends: none of its cards is open, so nothing changes it any more.
    async fn keep_unanswered(&mut self, deployment: DeploymentId) -> Result<()>;
    /// The same of every deployment that has any. Pages ask for it every few seconds: of those that have ended as it was kept, without
    /// a look at their alerts.
    async fn unanswered_of_all(&mut self) -> Result<HashMap<DeploymentId, Unanswered>>;
}

/// What people outside have a right to: who is responsible, their complaints, and the evidence that is kept for them.
#[async_trait]
pub trait Rights {
    async fn organisation(&mut self) -> Result<Option<Organisation>>;
    async fn set_organisation(&mut self, organisation: &Organisation) -> Result<()>;

    /// With a key of its own, and copies of what pictures of the alert there still are. What it holds is returned.
    async fn add_hold(&mut self, hold: &HoldRow, entry: EntryId) -> Result<HoldRow>;
    async fn hold(&mut self, id: HoldId) -> Result<Option<HoldRow>>;
    /// Newest first.
    async fn holds(&mut self) -> Result<Vec<HoldRow>>;
    /// Those of the complaint, newest first, without their notes: nothing sealed is opened.
    async fn holds_of_complaint(&mut self, complaint: ComplaintId) -> Result<Vec<HoldRow>>;
    /// The newest hold of each complaint that has one. Nothing sealed is opened.
    async fn hold_ids(&mut self) -> Result<HashMap<ComplaintId, HoldId>>;
    /// The deployment's alerts on which a hold lasts. Nothing sealed is opened.
    async fn held_alerts(&mut self, deployment: DeploymentId) -> Result<HashSet<AlertId>>;
    /// The deployment ended at that time, which may be before the planned one: the time of its holds runs from there, but for
    /// those that were renewed. Nothing sealed is opened. Returns how many of them last.
    async fn shorten_holds(&mut self, deployment: DeploymentId, ended_at: Timestamp) -> Result<u64>;
    /// Writes state and note. What one that is over held is deleted.
    async fn save_hold(&mut self, hold: &HoldRow) -> Result<()>;
    async fn held_picture(&mut self, hold: &HoldRow, which: HeldPicture) -> Result<Option<Jpeg>>;
    /// Holds that last no longer than `now`, have not ended, and are of no open complaint. Without their notes: what ends
    /// needs no key.
    async fn holds_due(&mut self, now: Timestamp) -> Result<Vec<HoldRow>>;

    /// With a key of its own for its words.
    async fn add_complaint(&mut self, complaint: &ComplaintRow) -> Result<()>;
    async fn complaint(&mut self, id: ComplaintId) -> Result<Option<ComplaintRow>>;
    /// Newest first.
    async fn complaints(&mut self) -> Result<Vec<ComplaintRow>>;
    async fn count_complaints(&mut self, deployment: DeploymentId) -> Result<u64>;
    /// Whether there is such a complaint and nobody has closed it. Nothing sealed is opened.
    async fn is_complaint_open(&mut self, id: ComplaintId) -> Result<bool>;
    /// The deployment's alerts of which officers wrote down that the person complained, without a complaint on record about them.
    async fn unrecorded_complaints(&mut self, deployment: DeploymentId) -> Result<HashSet<AlertId>>;
    /// Writes state and words. Words that are gone are deleted.
    async fn save_complaint(&mut self, complaint: &ComplaintRow) -> Result<()>;
    /// Complaints that were closed before `closed` and still have their words; given without them, since what is forgotten
    /// needs no key.
    async fn complaints_due(&mut self, closed: Timestamp) -> Result<Vec<ComplaintRow>>;

    /// Keys of holds that are over and of complaints without words, whose destruction isn't written down yet.
    async fn spent_own_keys(&mut self) -> Result<Vec<(KeyOwner, KeyId)>>;
    /// Writes down that the key of a hold or a complaint was destroyed.
    async fn set_own_key_destroyed(&mut self, owner: KeyOwner, at: Timestamp) -> Result<()>;

    /// When the server was last known to run.
    async fn pulse(&mut self) -> Result<Option<Timestamp>>;
    async fn set_pulse(&mut self, at: Timestamp) -> Result<()>;
}

/// What becomes of alerts.
#[async_trait]
pub trait Engagements {
    /// About that entry, seen at `since` or later; the last seen first.
    async fn alerts_of_entry(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        since: Timestamp,
    ) -> Result<Vec<AlertRow>>;
    /// Raised at `before` or earlier, and nobody has decided; oldest first. Without those that nobody can look at, because
    /// their deployment's key is gone.
    async fn open_alerts(&mut self, before: Timestamp) -> Result<Vec<AlertRow>>;
    /// Those of the deployment that nobody has decided about, oldest first. After its deletion nothing of them is sealed.
    async fn open_alerts_of(&mut self, deployment: DeploymentId) -> Result<Vec<AlertRow>>;
    /// False when that track was taken for that alert's face before.
    async fn add_sighting(&mut self, sighting: &Sighting) -> Result<bool>;
    async fn sightings_of_track(
        &mut self,
        deployment: DeploymentId,
        device: DeviceId,
        track: TrackId,
    ) -> Result<Vec<Sighting>>;
    /// With the name of the device that saw it.
    async fn last_sighting(&mut self, alert: AlertId) -> Result<Option<(Sighting, String)>>;
    async fn remove_sightings(&mut self, deployment: DeploymentId, device: DeviceId, track: TrackId) -> Result<()>;
    /// In the place of an earlier one of that device and person.
    async fn save_receipt(&mut self, alert: AlertId, receipt: &ReceiptRow) -> Result<()>;
    /// False when that check of that time is written down already.
    async fn add_identity_check(&mut self, alert: AlertId, check: &IdentityCheck) -> Result<bool>;
    async fn count_observation(&mut self, deployment: DeploymentId, observation: Observation) -> Result<()>;
    async fn observed(&mut self, deployment: DeploymentId) -> Result<Observed>;
    async fn interventions(&mut self, deployment: DeploymentId) -> Result<Interventions>;
}

#[async_trait]
pub trait UnfinishedPlans {
    /// The author's own, last saved first.
    async fn unfinished_plans(&mut self, author: UserId) -> Result<Vec<UnfinishedPlan>>;
    /// In the place of an earlier one with its id. `Conflict` where that is somebody else's.
    async fn save_unfinished_plan(&mut self, plan: &UnfinishedPlan) -> Result<()>;
    /// False when the author has no such plan.
    async fn remove_unfinished_plan(&mut self, author: UserId, id: PlanId) -> Result<bool>;
    /// Removes those that were saved last before then, those of removed accounts, and changes of deployments that have ended.
    async fn forget_unfinished_plans(&mut self, saved: Timestamp) -> Result<()>;
}

#[async_trait]
pub trait Minutes {
    /// A camera looked in that minute; adds the faces to those that were counted in it.
    async fn count_minute(&mut self, id: DeploymentId, more: MinuteRow) -> Result<()>;
    /// Those in which a camera looked, oldest first, from that one on.
    async fn minutes_from(&mut self, id: DeploymentId, number: i64) -> Result<Vec<MinuteRow>>;
    /// Of every deployment.
    async fn forget_minutes_before(&mut self, number: i64) -> Result<()>;
}

#[async_trait]
pub trait Evaluations {
    /// Newest first.
    async fn evaluations(&mut self) -> Result<Vec<EvaluationRow>>;
    async fn add_evaluation(&mut self, row: &EvaluationRow) -> Result<()>;
    /// False when there is no such report.
    async fn remove_evaluation(&mut self, id: EvaluationId) -> Result<bool>;
}

#[async_trait]
pub trait Journal {
    async fn add_event(&mut self, event: NewEvent) -> Result<Seq>;
    /// In order, at most `limit`.
    async fn events_after(&mut self, deployment: DeploymentId, after: Seq, limit: u32) -> Result<Vec<EventRow>>;
    /// Zero before the first event.
    async fn last_seq(&mut self) -> Result<Seq>;
    async fn add_audit(&mut self, entry: &AuditRow) -> Result<()>;
    async fn last_audit(&mut self) -> Result<Option<AuditRow>>;
    /// Entries about it, in order.
    async fn audit_of(&mut self, subject: &str) -> Result<Vec<AuditRow>>;
    /// Entries of that action about it, written from then on, in order.
    async fn audit_since(&mut self, subject: &str, action: &str, from: Timestamp) -> Result<Vec<AuditRow>>;
    /// Entries before that number, last first, at most `limit`.
    async fn audit_before(&mut self, seq: i64, limit: u32) -> Result<Vec<AuditRow>>;
    /// Entries after that number, in order, at most `limit`.
    async fn audit_after(&mut self, seq: i64, limit: u32) -> Result<Vec<AuditRow>>;
    /// Entries of that action, in order.
    async fn audit_of_action(&mut self, action: &str) -> Result<Vec<AuditRow>>;
    /// How many entries of that action name the deployment in their detail.
    async fn count_audit(&mut self, action: &str, deployment: DeploymentId) -> Result<u64>;
}
