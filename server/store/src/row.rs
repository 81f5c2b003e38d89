//! What the store keeps, as plain data. Times are to the millisecond.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vedette_core::calibration::Target;
use vedette_core::id::{AlertId, DeploymentId, DeviceId, EntryId, PhotoId, TrackId, UserId};
use vedette_core::template::{Template, TemplateSpace};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::clearance::Clearance;
use crate::engagement::{Engagement, Factors, IdentityCheck, ReceiptRow, Sight};
use crate::namesake::Namesake;
use crate::particulars::{Particulars, Subject};
use crate::pause::{PastPause, Pause};
use crate::record::Record;
use crate::withdrawal::Withdrawal;

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Cares for accounts and devices; runs exercises.
    Administrator,
    /// Signs for operations, or refuses; ends them.
    AuthorisingOfficer,
    /// Plans operations, starts and ends them, reviews them.
    Commander,
    /// Cares for the watchlist.
    ListManager,
    /// Captures, and decides about alerts.
    Operator,
    /// Decides about alerts and speaks to people.
    EngagementOfficer,
    /// Cares for devices.
    Engineer,
    /// Reads the journal, and changes nothing.
    Auditor,
}

impl Role {
    pub const ALL: [Self; 8] = [
        Self::Administrator,
        Self::AuthorisingOfficer,
        Self::Commander,
        Self::ListManager,
        Self::Operator,
        Self::EngagementOfficer,
        Self::Engineer,
        Self::Auditor,
    ];
}

/// A role that somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleGrant {
    pub role: Role,
    /// The last day on which the training for it holds. Without one there was none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub trained_until: Option<Date>,
}

/// An officer's decision about an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    True,
    False,
    Inconclusive,
}

/// How far a comparison score lies above the threshold. The score itself is kept nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Band {
    Strong,
    Moderate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    ByPerson,
    Time,
}

#[derive(Clone, Debug, PartialEq)]
pub struct UserRow {
    pub id: UserId,
    pub name: String,
    /// Never none.
    pub roles: Vec<RoleGrant>,
    pub created_at: Timestamp,
}

/// An argon2id hash in PHC form. Its Debug shows nothing.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct PasswordHash(pub String);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash")
    }
}

/// SHA-256: of a secret that the other side holds, or of the journal up to an entry.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Digest")
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct SessionRow {
    pub token: Digest,
    pub user: UserRow,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// The deployment for which the browser stands as a kiosk with it.
    pub kiosk: Option<DeploymentId>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DeviceRow {
    pub id: DeviceId,
    pub name: String,
    pub paired_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// Which part of something long, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    pub number: u32,
    pub size: u32,
}

impl Page {
    /// Rows before it.
    pub fn offset(self) -> i64 {
        i64::from(self.number) * i64::from(self.size)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KioskRow {
    pub device: DeviceId,
    /// For which it stands; nothing where that was over before it was kept.
    pub deployment: Option<DeploymentId>,
    /// Nothing where it was set up before that was kept.
    pub since: Option<Timestamp>,
}

/// Whether something that was sent under a number is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Now,
    /// The same was.
    Before,
    /// The number stands for something else.
    ForSomethingElse,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PairingCodeRow {
    pub code: Digest,
    pub device_name: String,
    pub expires_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentRow {
    pub id: DeploymentId,
    pub name: String,
    pub place: String,
    pub created_at: Timestamp,
    pub ends_at: Timestamp,
    pub space: TemplateSpace,
    pub target: Target,
    pub state: DeploymentState,
    /// Of an operation. An exercise with volunteers has none.
    pub record: Option<Record>,
    /// When it stood still before, oldest first.
    pub pauses: Vec<PastPause>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DeploymentState {
    Draft,
    Live { started_at: Timestamp },
    Paused { started_at: Timestamp, pause: Pause },
    Ended { ended_at: Timestamp, reason: EndReason },
}

impl DeploymentState {
    /// It has started and not ended, whether or not it stands still.
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Live { .. } | Self::Paused { .. })
    }
}

/// Numbers that outlive a deployment. None says anything about one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub candidates: u64,
    pub faces_seen: u64,
    pub not_assessable: u64,
    pub kiosk: KioskCounters,
}

/// Faces that were followed in one minute in which a camera looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinuteRow {
    /// Since 1970.
    pub number: i64,
    pub faces: u64,
    pub not_assessable: u64,
}

/// Visits to a deployment's kiosks, and how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = KioskCounts))]
#[serde(deny_unknown_fields)]
pub struct KioskCounters {
    /// Begun by somebody who pressed the button.
    pub visits: u64,
    /// No picture was good enough.
    pub unclear: u64,
    /// The face was not taken for a head: it did not turn as it was asked to, or not as a head does.
    pub unproven: u64,
    /// After so many visits that came to nothing, the person was sent to the staffed lane.
    pub staffed: u64,
}

/// A deployment with what is counted about it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentSummary {
    pub deployment: DeploymentRow,
    /// When it first went live, also once it has ended.
    pub started_at: Option<Timestamp>,
    /// People.
    pub entries: u64,
    /// Of these, people who are matched: nothing about them is undecided.
    pub sought: u64,
    /// Their photographs, each a reference.
    pub photos: u64,
    /// Cards: all alerts of one face are one, however many people it resembles.
    pub alerts: u64,
    pub counters: Counters,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NewEntry {
    pub id: EntryId,
    pub deployment: DeploymentId,
    pub name: String,
    /// Of an operation's entry. A volunteer has none.
    pub particulars: Option<Particulars>,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    pub id: EntryId,
    pub deployment: DeploymentId,
    pub name: String,
    pub particulars: Option<Particulars>,
    pub clearances: Vec<Clearance>,
    pub created_at: Timestamp,
    /// Best first; never none.
    pub photos: Vec<PhotoRow>,
    pub verdicts: Verdicts,
    pub namesake: Option<Namesake>,
}

impl EntryRow {
    /// Something about it is undecided, so it isn't matched.
    pub fn waits(&self) -> bool {
        self.clearances.iter().any(|clearance| clearance.state.is_open())
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhotoRow {
    pub id: PhotoId,
    pub created_at: Timestamp,
    /// 0..=1
    pub quality: f32,
}

/// What came out about alerts, of one face or about one entry: what was decided, unless somebody on the spot found otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdicts {
    #[serde(rename = "true")]
    pub right: u32,
    #[serde(rename = "false")]
    pub wrong: u32,
    pub inconclusive: u32,
}

impl Verdicts {
    /// How many somebody gave an answer to.
    pub fn decided(self) -> u64 {
        [self.right, self.wrong, self.inconclusive]
            .into_iter()
            .map(u64::from)
            .sum()
    }
}

/// Cards of a deployment that are closed without a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unanswered {
    /// Nobody decided in time.
    pub lapsed: u64,
    /// When the first of them lapsed.
    pub lapsed_since: Option<Timestamp>,
    /// All whom the face was taken for were taken off the list before anybody decided.
    pub withdrawn: u64,
}

/// An entry's reference. Template and entry are all that matching needs.
#[derive(Clone, Debug)]
pub struct Reference {
    pub entry: EntryId,
    pub template: Template,
}

/// A JPEG. Overwritten when dropped; its Debug shows nothing.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Jpeg(pub Vec<u8>);

impl std::fmt::Debug for Jpeg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Jpeg")
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct NewAlert {
    pub id: AlertId,
    pub deployment: DeploymentId,
    pub entry: EntryId,
    pub device: DeviceId,
    pub track: TrackId,
    pub raised_at: Timestamp,
    pub band: Band,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AlertRow {
    pub id: AlertId,
    pub deployment: DeploymentId,
    pub entry: EntryId,
    /// Gone once the entry is deleted.
    pub entry_name: Option<String>,
    /// Outlives the entry, whose name it doesn't tell.
    pub namesake: Option<Namesake>,
    /// Gone once the entry is deleted; a volunteer has none.
    pub subject: Option<Subject>,
    pub device: DeviceId,
    pub device_name: String,
    pub track: TrackId,
    pub raised_at: Timestamp,
    pub band: Band,
    pub has_probe: bool,
    /// Alerts about the same entry and faces that were in view together with this one.
    pub contradicts: Vec<AlertId>,
    /// How often the face was seen again on other tracks.
    pub repeats: u32,
    pub last_seen_at: Timestamp,
    pub last_seen_device: DeviceId,
    pub last_seen_device_name: String,
    /// Whether the device that saw it last stands as a kiosk.
    pub at_kiosk: bool,
    /// When nobody had opened it for too long.
    pub escalated_at: Option<Timestamp>,
    /// In the order in which they came. Gone once the deployment has ended.
    pub receipts: Vec<ReceiptRow>,
    pub identity_checks: Vec<IdentityCheck>,
    pub state: AlertState,
    pub version: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AlertState {
    Open,
    /// Nobody decided while it mattered.
    NotAdjudicated {
        at: Timestamp,
    },
    /// Before anybody decided, the person was taken off the list.
    Withdrawn(Withdrawal),
    Adjudicated {
        verdict: Verdict,
        by: UserId,
        by_name: String,
        at: Timestamp,
        factors: Factors,
        /// A second person's judgement.
        sight: Option<Sight>,
        engagement: Option<Box<Engagement>>,
        /// Of a true one: before anybody wrote down what came of it, the person was taken off the list.
        withdrawn: Option<Box<Withdrawal>>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    AlertRaised,
    AlertCrop,
    /// It contradicts another alert.
    AlertContradicted,
    AlertAdjudicated,
    DeploymentChanged,
    AlertRepeated,
    AlertEscalated,
    AlertReceipt,
    AlertNotAdjudicated,
    /// The person was taken off the list.
    AlertWithdrawn,
    /// Or not confirmed.
    AlertConfirmed,
    /// Also when the record of it changes.
    AlertEngaged,
}

/// Position in the sequence of all events, rising, without reuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seq(pub i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewEvent {
    pub deployment: DeploymentId,
    pub at: Timestamp,
    pub kind: EventKind,
    /// The alert that the event is about, if it is about one.
    pub alert: Option<AlertId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventRow {
    pub seq: Seq,
    pub kind: EventKind,
    pub alert: Option<AlertId>,
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person who signed in.
    User(UserId),
    /// A paired device, on behalf of the person signed in on it.
    Device(DeviceId, UserId),
    /// The server itself, by time.
    Server,
    /// Somebody at the server's own command line.
    CommandLine,
}

impl Actor {
    /// Whoever signed in.
    pub fn person(self) -> Option<UserId> {
        match self {
            Self::User(user) | Self::Device(_, user) => Some(user),
            Self::Server | Self::CommandLine => None,
        }
    }
}

/// One entry of the journal. Holds ids, counts and settings, never a name, a template, a picture or a score.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRow {
    /// From 1, without gaps.
    pub seq: i64,
    pub at: Timestamp,
    pub actor: Actor,
    pub action: String,
    /// What it was done to; empty when the action says it all.
    pub subject: String,
    /// Further counts and ids.
    pub detail: serde_json::Value,
    /// Of this entry and all before it; nothing for entries that are older than the chain.
    pub hash: Option<Digest>,
}

/// What the end of a deployment deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    pub entries: u64,
    /// Each with its template.
    pub photos: u64,
    /// Matched crops.
    pub probes: u64,
}
