//! What travels between pages and server, besides `vedette_core::wire`. Shapes only: no decision is made here.

mod afterwards;
mod control;
mod course;
mod engagement;
mod kiosk;
mod review;
mod watchlist;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vedette_core::calibration::{OperatingPoint, Target};
use vedette_core::compression::JpegQuality;
use vedette_core::id::{AlertId, DeliveryId, DeploymentId, DeviceId, EntryId, PhotoId, PlanId, TrackId, UserId};
use vedette_core::template::{ModelId, PipelineVersion, TransformId};
use zeroize::{Zeroize, ZeroizeOnDrop};

pub(crate) use afterwards::*;
pub(crate) use control::*;
pub(crate) use course::*;
pub(crate) use engagement::*;
pub(crate) use kiosk::*;
pub(crate) use review::*;
use vedette_store::clearance::Count;
use vedette_store::engagement::Factors;
use vedette_store::namesake::Namesake;
use vedette_store::particulars::{Particulars, Response};
use vedette_store::pause::{PastPause, Pause};
use vedette_store::record::{Document, DocumentKind, Notice, Plan, Record};
use vedette_store::row::{KioskCounters, Verdicts};
use vedette_store::sketch::Sketch;

use crate::domain::alert::{Band, Verdict};
use crate::domain::ceiling::Level;
use crate::domain::deployment::{EndReason, Proposal};
use crate::domain::duty::Duty;
use crate::domain::fitness::Alarm;
use crate::domain::operation::{Blocker, Missing};
use crate::domain::roster::{Minor, Warning};
use crate::domain::text::{Name, Passage, Password};
use crate::domain::user::RoleGrant;
use crate::publication::FalseAlerts;
pub(crate) use crate::tls::Certificate;
pub(crate) use watchlist::{
    Account, Batch, BatchAnswer, BatchOutcome, BatchReply, Clearance, ClearanceEntry, ClearancePage, ClearanceShow,
    ClearanceState, EntryClearance, MissingEntry, NewEntry, NewPhoto, NewRationale, NewResolution, NewRoster,
    NewStatus, Resembled, Resolution, RosterCheck, RosterRow, RosterStatus,
};

mod rights;
pub(crate) use rights::*;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    #[schema(example = "0.1.0")]
    pub(crate) version: &'static str,
    pub(crate) status: HealthStatus,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HealthStatus {
    Ok,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Setup {
    /// Whether nobody has an account yet.
    pub(crate) needed: bool,
    /// Whether this browser is paired as a device, whoever is signed in.
    pub(crate) paired: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSetup {
    /// The set-up code that the server printed at its start.
    #[schema(example = "ABCD-EFGH")]
    pub(crate) code: String,
    #[schema(value_type = String)]
    pub(crate) name: Name,
    #[schema(value_type = String, min_length = 10)]
    pub(crate) password: Password,
    /// What to call this browser's device.
    #[schema(value_type = String)]
    pub(crate) device_name: Name,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    pub(crate) name: String,
    pub(crate) password: Secret,
}

/// A password as typed. Overwritten when dropped; its Debug shows nothing.
#[derive(Deserialize, ToSchema, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub(crate) struct Secret(pub(crate) String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Session {
    pub(crate) user: User,
    /// The device that this browser is paired as.
    pub(crate) device: Option<Named<DeviceId>>,
    /// What this account may do with the server, and begin with it. As a kiosk, nothing.
    pub(crate) duties: Vec<Duty>,
    /// The deployment for which this browser stands as a kiosk.
    pub(crate) kiosk: Option<DeploymentId>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Named<Id> {
    pub(crate) id: Id,
    pub(crate) name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) roles: Vec<RoleGrant>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUser {
    #[schema(value_type = String)]
    pub(crate) name: Name,
    #[schema(value_type = String, min_length = 10)]
    pub(crate) password: Password,
    pub(crate) roles: Roles,
}

/// At least one; none twice.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(try_from = "Vec<RoleGrant>")]
#[schema(value_type = Vec<RoleGrant>)]
pub(crate) struct Roles(pub(crate) Vec<RoleGrant>);

impl TryFrom<Vec<RoleGrant>> for Roles {
    type Error = &'static str;

    fn try_from(grants: Vec<RoleGrant>) -> Result<Self, Self::Error> {
        let twice = (1..grants.len()).any(|i| grants[..i].iter().any(|grant| grant.role == grants[i].role));
        if grants.is_empty() || twice {
            return Err("an account has one role or several, and none twice");
        }
        Ok(Self(grants))
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRoles {
    pub(crate) roles: Roles,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPairingCode {
    #[schema(value_type = String)]
    pub(crate) device_name: Name,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PairingCode {
    #[schema(example = "ABCD-EFGH")]
    pub(crate) code: String,
    pub(crate) expires_at: Timestamp,
    /// Opens the pairing page with the code filled in.
    pub(crate) url: String,
    /// `url` as a QR code, an SVG document.
    pub(crate) qr_svg: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UsedPairingCode {
    #[schema(example = "ABCD-EFGH")]
    pub(crate) code: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThisDevice {
    #[schema(value_type = String)]
    pub(crate) device_name: Name,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Device {
    pub(crate) id: DeviceId,
    pub(crate) name: String,
    pub(crate) paired_at: Timestamp,
    pub(crate) revoked_at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDeployment {
    #[schema(value_type = String)]
    pub(crate) name: Name,
    #[schema(value_type = String)]
    pub(crate) place: Name,
    /// In the future, at most 24 hours ahead.
    pub(crate) ends_at: Timestamp,
    /// The target for false alerts: at most one in so many faces of people who are not on the watchlist. At least 1,000;
    /// 6,000 where none is given.
    #[serde(default)]
    #[schema(value_type = u32, required = false, minimum = 1000)]
    pub(crate) target_fpir_one_in: Option<Target>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Deployment {
    pub(crate) id: DeploymentId,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) created_at: Timestamp,
    /// When the deployment ends by itself and everything biometric in it is deleted.
    pub(crate) ends_at: Timestamp,
    pub(crate) state: DeploymentState,
    /// People on the watchlist.
    pub(crate) entries: u64,
    /// Of these, people who are matched: nothing about them is undecided. Of none, nobody can be found.
    pub(crate) sought: u64,
    /// Photos of all of them. Each is a reference, so their number is the N of the target.
    pub(crate) photos: u64,
    pub(crate) counters: Counters,
    pub(crate) model: ModelId,
    pub(crate) pipeline: PipelineVersion,
    /// The target for false alerts: at most one in so many faces of people who are not on the watchlist.
    #[schema(value_type = u32)]
    pub(crate) target_fpir_one_in: Target,
    /// Once it was live; for those who may have its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) false_alerts: Option<FalseAlerts>,
    /// How the false alerts of a live deployment stand to the ceiling, for everybody who works it.
    pub(crate) false_alert_level: Level,
    /// What waits for somebody while it is live or paused, for everybody who works it.
    pub(crate) waiting: Waiting,
    /// Who began, paused, resumed and ended it, oldest first; for everybody who has to do with it. Empty in lists.
    pub(crate) course: Vec<Act>,
    /// When it stood still before, oldest first.
    pub(crate) pauses: Vec<PastPause>,
    /// Complaints that were recorded about it.
    pub(crate) complaints: u64,
    /// People who complained on the spot, without a complaint on record about it.
    pub(crate) complaints_unrecorded: u64,
    /// What whoever asks may do with it.
    pub(crate) duties: Vec<Duty>,
    /// Whether a second person must confirm an alert on sight before anybody is engaged.
    pub(crate) two_people: bool,
    /// Plan, signatures and review of an operation. An exercise with volunteers has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) operation: Option<Operation>,
    /// What the target comes to at the watchlist's present length. Not for those who capture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) operating_point: Option<OperatingPoint>,
}

#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct Waiting {
    /// Alerts without a decision. One face is one alert, however many people on the list it resembles.
    pub(crate) alerts: u64,
    /// When the oldest of them was raised.
    pub(crate) alerts_since: Option<Timestamp>,
    /// Alerts that one person held to be true, and that a second has yet to judge on sight.
    pub(crate) sights: u64,
    /// When the oldest of them was decided.
    pub(crate) sights_since: Option<Timestamp>,
    /// Alerts that were decided to be true, and of which nobody has written down what came of it, while that can be done.
    pub(crate) unwritten: u64,
    /// Until when that can be done, of a deployment that has ended: without names and notes.
    pub(crate) unwritten_until: Option<Timestamp>,
    /// When the first alert lapsed without a decision.
    pub(crate) lapsed_since: Option<Timestamp>,
    /// When false alerts were first more frequent than the ceiling may allow, since it last went on.
    pub(crate) warned_since: Option<Timestamp>,
    /// Devices with which something is amiss.
    pub(crate) devices: u64,
    /// These devices, the one that has been ailing longest first.
    pub(crate) ailing: Vec<Ailing>,
    /// Since when no camera has looked at a live deployment, so that nobody is compared. Null while one looks.
    pub(crate) unwatched_since: Option<Timestamp>,
}

/// A device with which something is amiss.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Ailing {
    pub(crate) name: String,
    /// Whether it stands as a kiosk.
    pub(crate) kiosk: bool,
    /// The worst of it.
    pub(crate) alarm: Alarm,
    pub(crate) since: Timestamp,
    /// Null of a kiosk that has said nothing yet.
    pub(crate) last_contact: Option<Timestamp>,
}

/// An operation's record, and what follows from it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Operation {
    #[serde(flatten)]
    pub(crate) record: Record,
    /// SHA-256 of all that a signature is for, in hexadecimal.
    pub(crate) content_sha256: String,
    /// Since when a plan that isn't submitted stands as it does: when it was last written on, or sent back. Null once it is.
    pub(crate) unsubmitted_since: Option<Timestamp>,
    /// What the plan lacks before it can be submitted and signed.
    pub(crate) missing: Vec<Missing>,
    /// What keeps it from starting; empty once it has started.
    pub(crate) blockers: Vec<Blocker>,
    /// Documents that are other versions than in the last operation, or are new; nothing where there was none before.
    pub(crate) changed_documents: Vec<DocumentKind>,
    /// Whether whoever asks wrote on the plan, and so can't sign it.
    pub(crate) own: bool,
    /// Whether whoever asks put people onto the watchlist, and so can't sign for it either.
    pub(crate) built_list: bool,
    /// People on the watchlist who are below 18 or may be; after the end, those who were cleared.
    pub(crate) under_18s: u64,
    /// Undecided about people on the watchlist.
    pub(crate) open_clearances: u64,
    /// How much there was to decide about people on the watchlist, and what came of it.
    pub(crate) clearances: Vec<Count>,
}

/// An operation as it is proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOperation {
    #[schema(value_type = String)]
    pub(crate) name: Name,
    #[schema(value_type = String)]
    pub(crate) place: Name,
    /// At most 24 hours after the start.
    pub(crate) ends_at: Timestamp,
    /// As of an exercise.
    #[serde(default)]
    #[schema(value_type = u32, required = false, minimum = 1000)]
    pub(crate) target_fpir_one_in: Option<Target>,
    pub(crate) plan: NewPlan,
    /// The unfinished plan that this was written as, which is then removed.
    #[serde(default)]
    pub(crate) unfinished: Option<PlanId>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPlan {
    /// At most 90 days ahead.
    pub(crate) starts_at: Timestamp,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) purpose: Passage,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) legal_basis: Passage,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) use_case: Passage,
    /// Where each camera stands and what it looks at; one to twenty.
    #[schema(value_type = Vec<String>)]
    pub(crate) cameras: Few<Passage>,
    /// Categories of people who may be on the watchlist; one to twenty.
    #[schema(value_type = Vec<String>)]
    pub(crate) categories: Few<Name>,
    /// Faces expected to pass.
    #[schema(value_type = u32, minimum = 1)]
    pub(crate) footfall: std::num::NonZeroU32,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) necessity: Passage,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) proportionality: Passage,
    /// Why nothing less intrusive would do.
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) alternatives: Passage,
    /// At most twenty.
    pub(crate) documents: Vec<NewDocument>,
    pub(crate) notice: Option<NewNotice>,
    /// Why one person's judgement is enough before somebody is engaged. Without it, it takes two people's.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub(crate) single_person: Option<Passage>,
    /// Where cameras, zone, signs and exits are, to scale.
    #[serde(default)]
    pub(crate) sketch: Option<Sketch>,
}

/// One to twenty.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Vec<T>", bound = "T: Deserialize<'de>")]
pub(crate) struct Few<T>(Vec<T>);

impl<T> Few<T> {
    pub(crate) const MOST: usize = 20;
}

impl<T> TryFrom<Vec<T>> for Few<T> {
    type Error = &'static str;

    fn try_from(all: Vec<T>) -> Result<Self, Self::Error> {
        if (1..=Self::MOST).contains(&all.len()) {
            Ok(Self(all))
        } else {
            Err("a list here has one to twenty parts")
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDocument {
    pub(crate) kind: DocumentKind,
    /// Where it is found.
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) reference: Passage,
    #[schema(value_type = String)]
    pub(crate) version: Name,
    /// The last day on which it holds.
    #[schema(value_type = String, format = Date)]
    pub(crate) review_by: Date,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewNotice {
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) text: Passage,
    #[schema(value_type = String, format = Date)]
    pub(crate) published_on: Date,
}

impl From<NewPlan> for Plan {
    fn from(new: NewPlan) -> Self {
        let document = |document: NewDocument| Document {
            kind: document.kind,
            reference: document.reference.into_string(),
            version: document.version.as_str().to_owned(),
            review_by: document.review_by,
        };
        Self {
            starts_at: new.starts_at,
            purpose: new.purpose.into_string(),
            legal_basis: new.legal_basis.into_string(),
            use_case: new.use_case.into_string(),
            cameras: new.cameras.0.into_iter().map(Passage::into_string).collect(),
            categories: new.categories.0.iter().map(|name| name.as_str().to_owned()).collect(),
            footfall: new.footfall.get(),
            necessity: new.necessity.into_string(),
            proportionality: new.proportionality.into_string(),
            alternatives: new.alternatives.into_string(),
            documents: new.documents.into_iter().take(Few::<()>::MOST).map(document).collect(),
            notice: new.notice.map(|notice| Notice {
                text: notice.text.into_string(),
                published_on: notice.published_on,
            }),
            single_person: new.single_person.map(Passage::into_string),
            sketch: new.sketch,
        }
    }
}

impl From<NewOperation> for Proposal {
    fn from(new: NewOperation) -> Self {
        Self {
            name: new.name,
            place: new.place,
            ends_at: new.ends_at,
            target: new.target_fpir_one_in.unwrap_or(Target::DEFAULT),
            plan: new.plan.into(),
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSignature {
    /// Rank or grade.
    #[schema(value_type = String)]
    pub(crate) rank: Name,
    /// `content_sha256` of the plan as it was read.
    pub(crate) content_sha256: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReason {
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) reason: Passage,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReview {
    /// What came of it, and of its false alerts.
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) outcomes: Passage,
    pub(crate) complaints: u32,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) lessons: Passage,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSignOff {
    /// Rank or grade.
    #[schema(value_type = String)]
    pub(crate) rank: Name,
    /// The `at` of the review that was read: one that was written anew since isn't signed. Pages of the version before don't say.
    #[serde(default)]
    #[schema(nullable = false)]
    pub(crate) written_at: Option<Timestamp>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum DeploymentState {
    Draft,
    Live {
        started_at: Timestamp,
    },
    /// Nothing is compared until an authorising officer resumes it; its time still ends it.
    Paused {
        started_at: Timestamp,
        pause: Pause,
    },
    Ended {
        ended_at: Timestamp,
        reason: EndReason,
    },
}

#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct Counters {
    /// Templates offered for matching.
    pub(crate) candidates: u64,
    /// One face is one alert, however many people on the list it resembles.
    pub(crate) alerts: u64,
    /// Of these, alerts that nobody decided in time.
    pub(crate) lapsed: u64,
    /// Of these, alerts that were withdrawn before anybody decided, because the person was taken off the watchlist.
    pub(crate) withdrawn: u64,
    /// Faces that the devices followed.
    pub(crate) faces_seen: u64,
    /// Of these, faces of which no shot was good enough to encode.
    pub(crate) not_assessable: u64,
    pub(crate) kiosk: KioskCounters,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entry {
    pub(crate) id: EntryId,
    pub(crate) name: String,
    /// What tells the person from others of that name. Null where nobody else has it.
    pub(crate) namesake: Option<Namesake>,
    /// Of an operation's entry. A volunteer has none.
    pub(crate) particulars: Option<Particulars>,
    /// Something about it is undecided, so it isn't matched.
    pub(crate) waits: bool,
    /// What was decided about it, or must be.
    pub(crate) clearances: Vec<EntryClearance>,
    /// What to look at again.
    pub(crate) warnings: Vec<Warning>,
    pub(crate) created_at: Timestamp,
    /// Best first; never none.
    pub(crate) photos: Vec<Photo>,
    /// What officers decided about alerts of this entry.
    pub(crate) verdicts: Verdicts,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Photo {
    pub(crate) id: PhotoId,
    pub(crate) created_at: Timestamp,
    /// The quality gate's score, 0..=1.
    pub(crate) quality: f32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Enrolled {
    #[serde(flatten)]
    pub(crate) entry: Entry,
    /// Other entries whose faces are as alike as a match, best first: the same person twice, or a relative.
    pub(crate) resembles: Vec<Entry>,
    /// True for a further photo that looks like none of the person's others.
    pub(crate) unlike_own: bool,
}

/// A photograph and its template.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPortrait {
    /// Base64 of little-endian half-precision numbers, unit length; made in the browser.
    pub(crate) template: String,
    pub(crate) model: ModelId,
    pub(crate) pipeline: PipelineVersion,
    /// The deployment's transform that the template went through.
    #[serde(default)]
    pub(crate) transform: Option<TransformId>,
    /// The quality gate's score, 0..=1.
    pub(crate) quality: f32,
    /// How strongly the photograph's file was compressed, where it was a JPEG: the IJG quality factor that its quantisation
    /// answers to.
    #[serde(default)]
    #[schema(value_type = Option<u8>, minimum = 1, maximum = 100)]
    pub(crate) jpeg_quality: Option<JpegQuality>,
    /// Base64 of the face's crop as JPEG, at most 512 KiB.
    pub(crate) photo: String,
}

impl std::fmt::Debug for NewPortrait {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPortrait").finish_non_exhaustive()
    }
}

impl Drop for NewPortrait {
    fn drop(&mut self) {
        self.template.zeroize();
        self.photo.zeroize();
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tallies {
    /// Made by the device; the same one counts once.
    pub(crate) id: DeliveryId,
    /// Faces followed since the last report. At most 10,000.
    pub(crate) faces_seen: u32,
    /// Of these, faces of which no shot was good enough to encode.
    pub(crate) not_assessable: u32,
    /// How long ago the last of it was counted, where it waited. At most a day.
    #[serde(default)]
    pub(crate) age_ms: u64,
    /// Of a kiosk. At most 10,000 of each.
    #[serde(default)]
    pub(crate) kiosk: KioskCounters,
}

/// What an officer must know of the person before speaking to them. Why is with whoever keeps the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Subject {
    pub(crate) category: String,
    pub(crate) response: Response,
    #[schema(value_type = String, format = Date)]
    pub(crate) image_taken_on: Date,
    /// Null of an adult.
    pub(crate) minor: Option<Minor>,
    /// A disability or vulnerability is on record.
    pub(crate) vulnerable: bool,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Alert {
    pub(crate) id: AlertId,
    pub(crate) deployment: DeploymentId,
    pub(crate) entry: AlertEntry,
    /// Of an operation's entry. Null once it is deleted.
    pub(crate) subject: Option<Subject>,
    /// The device that captured the probe.
    pub(crate) device: Named<DeviceId>,
    pub(crate) track: TrackId,
    pub(crate) raised_at: Timestamp,
    pub(crate) band: Band,
    /// Whether the matched crop of the face has arrived.
    pub(crate) has_probe: bool,
    /// Alerts about the same entry and other faces that were in view with this one. At most one of them is true.
    pub(crate) contradicts: Vec<AlertId>,
    /// How often the same face was seen again on other tracks, which raised no alerts of their own.
    pub(crate) repeats: u32,
    pub(crate) last_seen: LastSeen,
    /// When the alert was told of again, because nobody had opened it.
    pub(crate) escalated_at: Option<Timestamp>,
    /// Whose screens it has reached; empty once the deployment has ended.
    pub(crate) receipts: Vec<Receipt>,
    /// Each is a step with a lawful basis of its own.
    pub(crate) identity_checks: Vec<IdentityCheck>,
    pub(crate) state: AlertState,
    /// Rises with each change; goes into If-Match.
    pub(crate) version: u32,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct AlertEntry {
    pub(crate) id: EntryId,
    /// Null once the entry is deleted.
    pub(crate) name: Option<String>,
    /// What tells the person from others of that name, also once the entry is deleted. Null where nobody else has it.
    pub(crate) namesake: Option<Namesake>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum AlertState {
    Open,
    /// Nobody decided in time.
    NotAdjudicated {
        at: Timestamp,
    },
    /// Before anybody decided, the person was taken off the watchlist: nobody looks for them.
    Withdrawn(Withdrawal),
    Adjudicated {
        verdict: Verdict,
        by: Named<UserId>,
        at: Timestamp,
        factors: Factors,
        sight: Option<Sight>,
        engagement: Option<Box<Engagement>>,
        /// Before anybody wrote down what came of it, the person was taken off the watchlist. Nobody confirms it any more.
        withdrawn: Option<Box<Withdrawal>>,
    },
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Adjudication {
    /// `true` also decides `false` about the other open alerts of the face, and of the entry where it contradicts this one.
    /// `false` and `inconclusive` hold for all open alerts of the face.
    pub(crate) verdict: Verdict,
    /// The other open alerts that the person saw in conflict with this one. None is decided unseen.
    #[serde(default)]
    pub(crate) seen: Vec<AlertId>,
    /// What the person had regard to.
    #[serde(default)]
    pub(crate) factors: Factors,
    /// Made by the device; the same one is taken once, and answered alike.
    pub(crate) delivery: DeliveryId,
}

/// An entry of the journal. Its hash and what it is made of come with the export.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalEntry {
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    /// Who did it; nobody where the server did it by itself, or somebody at its command line. Without name, once the account
    /// is removed.
    pub(crate) user: Option<UserId>,
    pub(crate) user_name: Option<String>,
    pub(crate) device_name: Option<String>,
    #[schema(example = "deployment_started")]
    pub(crate) action: String,
    /// Id of what it was done to.
    pub(crate) subject: String,
    /// The deployment's name, where it was done to one.
    pub(crate) subject_name: Option<String>,
    /// Further counts and ids.
    #[schema(value_type = Object)]
    pub(crate) detail: serde_json::Value,
}

/// A JPEG, in the document only.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct Picture(#[allow(dead_code, reason = "the document names a type for the bytes")] ());

/// The seed of a transform, in the document only.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct Seed(#[allow(dead_code, reason = "the document names a type for the bytes")] ());
