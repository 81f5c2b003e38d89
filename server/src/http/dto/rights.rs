//! Pauses, the dashboard, retention, holds, complaints, the organisation, the annual report.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vedette_core::id::{AlertId, ComplaintId, DeploymentId, HoldId, UserId};
use vedette_store::namesake::Namesake;
use vedette_store::rights::ComplaintOutcome;
use vedette_store::row::Verdicts;

use super::Named;
use crate::domain::alert::Verdict;
use crate::domain::ceiling::Level;
use crate::domain::minutes::Cameras;
use crate::domain::retention::Class;
use crate::domain::text::{Name, Passage, WebAddress};
use crate::publication::{FalseAlerts, Rate};

/// What is seen of a live deployment while it runs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Dashboard {
    pub(crate) at: Timestamp,
    /// The last 30 whole minutes and the present one, oldest first.
    pub(crate) faces_per_minute: Vec<FacesOfMinute>,
    /// Faces that were followed and of which at least one shot was good enough to be compared.
    pub(crate) faces_seen: u64,
    /// Faces of which no shot was.
    pub(crate) not_assessable: u64,
    /// Of all faces that were followed.
    pub(crate) not_assessable_share: Rate,
    /// One face is one alert, however many people on the list it resembles.
    pub(crate) alerts: u64,
    /// Alerts that wait for a decision.
    pub(crate) waiting: u64,
    /// Alerts that nobody decided in time.
    pub(crate) lapsed: u64,
    /// Alerts that were withdrawn before anybody decided, because the person was taken off the watchlist.
    pub(crate) withdrawn: u64,
    /// People who complained on the spot, without a complaint on record about it.
    pub(crate) complaints_unrecorded: u64,
    pub(crate) verdicts: Verdicts,
    pub(crate) median_seconds_to_decide: Option<f64>,
    pub(crate) false_alerts: FalseAlerts,
    /// Of the false alert rate: one in so many faces.
    pub(crate) ceiling_one_in: u32,
    pub(crate) level: Level,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FacesOfMinute {
    /// When it begins.
    pub(crate) minute: Timestamp,
    /// Followed.
    pub(crate) faces: u64,
    pub(crate) not_assessable: u64,
    /// Unless a camera looked, no face means nothing.
    pub(crate) cameras: Cameras,
}

/// A row of the table of what is kept, and how long.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionRule {
    pub(crate) class: Class,
    /// What it is, in words; so are the others.
    pub(crate) holds: &'static str,
    pub(crate) trigger: &'static str,
    pub(crate) period: String,
    pub(crate) action: &'static str,
    /// Of the period.
    pub(crate) seconds: i64,
}

/// Who is responsible, as public papers name it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Organisation {
    pub(crate) name: String,
    /// In Welsh.
    pub(crate) name_cy: Option<String>,
    /// Where people ask about their data.
    pub(crate) contact: String,
    /// Where they complain.
    pub(crate) complaints: String,
    pub(crate) privacy_url: Option<String>,
    /// Days after a deployment's end for which a hold lasts at most.
    pub(crate) hold_days: u8,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOrganisation {
    #[schema(value_type = String)]
    pub(crate) name: Name,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(crate) name_cy: Option<Name>,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) contact: Passage,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) complaints: Passage,
    /// Of a page that is encrypted on its way.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 400, example = "https://harbour.example/privacy")]
    pub(crate) privacy_url: Option<WebAddress>,
    /// One to 31; 31 where none is given.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 31)]
    pub(crate) hold_days: Option<u8>,
}

/// An alert for whoever may not see names and pictures.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertRecord {
    pub(crate) id: AlertId,
    pub(crate) raised_at: Timestamp,
    pub(crate) device_name: String,
    /// Which it is of several people of one name who were put onto the list; not the name. Null where nobody else has it.
    pub(crate) namesake: Option<Namesake>,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) has_probe: bool,
    /// Whether a hold on it lasts.
    pub(crate) held: bool,
    /// An officer wrote down that the person complained, and no complaint about it is on record.
    pub(crate) complaint_unrecorded: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewHold {
    #[schema(value_type = String)]
    pub(crate) case_reference: Name,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) reason: Passage,
    /// After the deployment's end, or for a renewal from now. As many as there may be where none is given.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 31)]
    pub(crate) days: Option<u8>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hold {
    pub(crate) id: HoldId,
    pub(crate) alert: AlertId,
    pub(crate) deployment: DeploymentId,
    pub(crate) deployment_name: String,
    /// Null once it is over, and for one that a complaint placed, until it is renewed.
    pub(crate) case_reference: Option<String>,
    pub(crate) reason: Option<String>,
    /// Who answers for it: who placed it, or renewed it last.
    pub(crate) by: Named<UserId>,
    pub(crate) placed_at: Timestamp,
    pub(crate) complaint: Option<ComplaintId>,
    pub(crate) has_probe: bool,
    pub(crate) has_reference: bool,
    pub(crate) state: HoldState,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum HoldState {
    Held { expires_at: Timestamp },
    Released { at: Timestamp, by: Named<UserId> },
    Expired { at: Timestamp },
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewComplaint {
    #[serde(default)]
    pub(crate) alert: Option<AlertId>,
    pub(crate) received_at: Timestamp,
    #[schema(value_type = String)]
    pub(crate) received_by: Name,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) text: Passage,
}

impl std::fmt::Debug for NewComplaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewComplaint").finish_non_exhaustive()
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Complaint {
    pub(crate) id: ComplaintId,
    pub(crate) deployment: DeploymentId,
    pub(crate) deployment_name: String,
    pub(crate) alert: Option<AlertId>,
    pub(crate) received_at: Timestamp,
    /// Null some time after it was closed, like the text.
    pub(crate) received_by: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) recorded_by: Named<UserId>,
    /// What keeps the alert's pictures for it, if there was one to keep.
    pub(crate) hold: Option<HoldId>,
    /// Whether whoever asks recorded it, or wrote the plan that it is about, and so can't close it.
    pub(crate) own: bool,
    pub(crate) state: ComplaintState,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum ComplaintState {
    Open,
    Closed {
        at: Timestamp,
        by: Named<UserId>,
        outcome: ComplaintOutcome,
        note: Option<String>,
    },
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewComplaintOutcome {
    pub(crate) outcome: ComplaintOutcome,
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) note: Passage,
}

/// What somebody asks, whose number in the source is given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubjectRequest {
    #[schema(value_type = String)]
    pub(crate) nominal_id: Name,
    /// All deployments without one.
    #[serde(default)]
    pub(crate) deployment: Option<DeploymentId>,
    /// Under which the request is filed.
    #[schema(value_type = String)]
    pub(crate) request_reference: Name,
}

impl std::fmt::Debug for SubjectRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SubjectRequest").finish_non_exhaustive()
    }
}

/// What was held about one person. Says nothing of anybody else: no officer, no device, no other entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubjectAccess {
    /// Of the disclosure, as the journal has it.
    pub(crate) id: Uuid,
    pub(crate) at: Timestamp,
    pub(crate) request_reference: String,
    pub(crate) nominal_id: String,
    /// Each list that the person was on, oldest first.
    pub(crate) listed: Vec<SubjectListing>,
    /// Random, and in no journal: the digests there can be checked by whoever has this answer, and guessed by nobody.
    pub(crate) salt: String,
    /// How long each of it is kept.
    pub(crate) retention: Vec<RetentionRule>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubjectListing {
    pub(crate) deployment: DeploymentId,
    pub(crate) deployment_name: String,
    pub(crate) place: String,
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) ended_at: Option<Timestamp>,
    pub(crate) category: String,
    pub(crate) added_at: Timestamp,
    pub(crate) removed_at: Option<Timestamp>,
    /// Of each image as it was kept, in hexadecimal.
    pub(crate) image_sha256: Vec<String>,
    /// Possible matches that were raised about the person, oldest first.
    pub(crate) alerts: Vec<SubjectAlert>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubjectAlert {
    pub(crate) raised_at: Timestamp,
    pub(crate) verdict: Option<Verdict>,
}

/// An answer that was given, without saying about whom.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Disclosure {
    pub(crate) id: String,
    pub(crate) at: Timestamp,
    pub(crate) by: Option<Named<UserId>>,
    /// SHA-256 over the answer's salt and the request's reference, in hexadecimal.
    pub(crate) request_digest: String,
    /// SHA-256 over the answer as canonical JSON (RFC 8785) without its table of retention, in hexadecimal.
    pub(crate) answer_digest: String,
    /// Whether the person had been on a list.
    pub(crate) listed: bool,
}
