//! The journal: who did what, when. An entry goes into the transaction of the change that it tells of.

pub(crate) mod certificate;
pub(crate) mod chain;
pub(crate) mod head;
pub(crate) mod witness;

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;
use vedette_core::id::{AlertId, ComplaintId, DeploymentId, DeviceId, EntryId, EvaluationId, HoldId, PhotoId, UserId};
use vedette_core::zone::Zone;
use vedette_store::clearance::Kind;
use vedette_store::engagement::{CheckKind, Factors, LawfulBasis, Outcome, SightVerdict};
use vedette_store::policy::Policy;
use vedette_store::rights::{ComplaintOutcome, HeldPicture};
use vedette_store::row::{Actor, AuditRow, Digest, Erased, RoleGrant, Verdict};
use vedette_store::withdrawal::Unlisted;
use vedette_store::{KeyId, KeyOwner, Result, Transaction};

/// Entries of this action are the log of disclosures.
pub(crate) const SUBJECT_ANSWERED: &str = "subject_answered";

/// Entries of these actions say when a live deployment, or one of its devices, compared nobody.
pub(crate) const OUTAGE: &str = "outage";
pub(crate) const DEVICE_OUTAGE: &str = "device_outage";
/// Somebody was put onto a watchlist.
pub(crate) const ENTRY_ENROLLED: &str = "entry_enrolled";
/// The plan of an operation was written on.
pub(crate) const PLAN_AMENDED: &str = "plan_amended";
/// Its followers were warned of its false alerts.
pub(crate) const FALSE_ALERTS_WARNED: &str = "false_alerts_warned";

/// Everything that is written down. Ids, counts and settings only.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    SetUp(UserId),
    SignedIn,
    SignedOut,
    AccountMade(UserId, Vec<RoleGrant>),
    AccountRemoved(UserId),
    PasswordReset(UserId),
    PairingCodeMade,
    DevicePaired(DeviceId),
    DeviceRevoked(DeviceId),
    DeploymentDrafted(DeploymentId),
    DeploymentStarted(DeploymentId),
    /// With how many alerts' pictures stay under a hold.
    DeploymentEnded(DeploymentId, Erased, u64),
    KeyDestroyed(DeploymentId, KeyId),
    RolesSet(UserId, Vec<RoleGrant>),
    OperationPlanned(DeploymentId),
    PlanAmended(DeploymentId),
    PlanSubmitted(DeploymentId),
    /// With the hash of what was signed.
    OperationAuthorised(DeploymentId, String),
    PlanRefused(DeploymentId),
    AuthorisationWithdrawn(DeploymentId),
    SignsConfirmed(DeploymentId),
    SignsShown(DeploymentId),
    WatchlistConfirmed(DeploymentId),
    OperationReviewed(DeploymentId),
    ReviewSigned(DeploymentId),
    ZoneSet(DeploymentId, DeviceId, Zone),
    /// With what must be decided about it.
    EntryEnrolled(DeploymentId, EntryId),
    EntryDeleted(DeploymentId, EntryId),
    PhotoAdded(EntryId, PhotoId),
    PhotoRemoved(EntryId, PhotoId),
    PhotoShown(DeploymentId, EntryId),
    AlertRaised(AlertId, EntryId),
    CropKept(AlertId),
    ProbeShown(AlertId),
    ReferenceShown(AlertId),
    AlertAdjudicated(AlertId, Verdict, Factors),
    AlertContradicted(AlertId, AlertId),
    PolicySet(Policy),
    QualityOverridden(DeploymentId, EntryId),
    /// Of whom is not said: the manifest would tell for ever whose vulnerability or age it was.
    ClearanceNeeded(DeploymentId, Kind),
    ClearanceRequested(DeploymentId, Kind),
    ClearanceApproved(DeploymentId, Kind),
    ClearanceRefused(DeploymentId, Kind),
    /// The consent was given by somebody who had filled the list, or may have.
    ClearanceReopened(DeploymentId, Kind),
    DuplicateKept(DeploymentId, EntryId),
    DuplicateMerged(DeploymentId, EntryId, EntryId),
    DuplicateDropped(DeploymentId, EntryId),
    /// How many are still wanted, and how many of these with another legal status.
    StatusConfirmed(DeploymentId, u64, u64),
    /// Of the deployment's transform, to whoever captures.
    SeedGivenForProbes(DeploymentId),
    /// The same, to whoever enrols.
    SeedGivenForReferences(DeploymentId),
    /// A face was taken for the alert's, seen again.
    AlertRepeated(AlertId),
    /// It was not: it has alerts of its own.
    AlertRepeatTakenBack(AlertId),
    AlertReceived(AlertId),
    AlertOpened(AlertId),
    AlertEscalated(AlertId),
    AlertNotAdjudicated(AlertId),
    AlertWithdrawn(AlertId, Unlisted),
    AlertConfirmed(AlertId, SightVerdict),
    AlertEngaged(AlertId, Outcome),
    /// Somebody was spoken to who had been taken off the list before.
    UnlistedEngaged(AlertId),
    IdentityChecked(AlertId, CheckKind, LawfulBasis),
    /// Of whom, and what was observed, is not said.
    ObservationCounted(DeploymentId),
    CropDeleted(AlertId),
    DeploymentPaused(DeploymentId),
    /// With the faces that false alerts fell on and the faces seen that made the server do it.
    PausedByServer(DeploymentId, u64, u64),
    DeploymentResumed(DeploymentId),
    /// The upper end of the false alert rate's interval came to lie above the ceiling.
    FalseAlertsWarned(DeploymentId, u64, u64),
    /// Live, but matched by nobody, because no server ran.
    Outage(DeploymentId, Timestamp, Timestamp),
    /// A device of it compared nobody, because it had no server; told of afterwards.
    DeviceOutage(DeploymentId, DeviceId, Timestamp, Timestamp),
    /// What the entry before tells of was written down then, on a device without a server.
    WrittenOffline(AlertId, Timestamp),
    HoldPlaced(HoldId, AlertId, Timestamp),
    HoldRenewed(HoldId, Timestamp),
    HoldReleased(HoldId),
    HoldExpired(HoldId),
    HeldPictureShown(HoldId, HeldPicture),
    ComplaintRecorded(ComplaintId, DeploymentId),
    ComplaintClosed(ComplaintId, ComplaintOutcome),
    ComplaintForgotten(ComplaintId),
    OwnKeyDestroyed(KeyOwner, KeyId),
    /// For how many days a hold lasts at most from then on.
    OrganisationSet(u8),
    ManifestForgotten(u64),
    /// By its owner.
    PasswordChanged(UserId),
    /// With the hash of the model that it is about.
    EvaluationAdded(EvaluationId, String),
    EvaluationRemoved(EvaluationId),
    /// A device stands as a kiosk of that deployment.
    KioskSetUp(DeploymentId, DeviceId),
    /// Who filled the list of an operation of before that was written down, and whether it must be signed anew.
    ListAttributed(DeploymentId, Vec<UserId>, bool),
    KioskLeft(DeviceId),
    /// With digests of the request's reference and of the answer, and how many lists it told of.
    SubjectAnswered(Uuid, String, String, u64),
}

impl Action {
    fn parts(self) -> (&'static str, String, Value) {
        match self {
            Self::SetUp(user) => ("set_up", user.to_string(), json!({})),
            Self::SignedIn => ("signed_in", String::new(), json!({})),
            Self::SignedOut => ("signed_out", String::new(), json!({})),
            Self::AccountMade(user, roles) => ("account_made", user.to_string(), json!({ "roles": roles })),
            Self::RolesSet(user, roles) => ("roles_set", user.to_string(), json!({ "roles": roles })),
            Self::AccountRemoved(user) => ("account_removed", user.to_string(), json!({})),
            Self::PasswordReset(user) => ("password_reset", user.to_string(), json!({})),
            Self::PairingCodeMade => ("pairing_code_made", String::new(), json!({})),
            Self::DevicePaired(device) => ("device_paired", device.to_string(), json!({})),
            Self::DeviceRevoked(device) => ("device_revoked", device.to_string(), json!({})),
            Self::DeploymentDrafted(id) => ("deployment_drafted", id.to_string(), json!({})),
            Self::DeploymentStarted(id) => ("deployment_started", id.to_string(), json!({})),
            Self::DeploymentEnded(id, erased, held) => (
                "deployment_ended",
                id.to_string(),
                json!({ "erased": erased, "held": held }),
            ),
            Self::OperationPlanned(id) => ("operation_planned", id.to_string(), json!({})),
            Self::PlanAmended(id) => (PLAN_AMENDED, id.to_string(), json!({})),
            Self::PlanSubmitted(id) => ("plan_submitted", id.to_string(), json!({})),
            Self::OperationAuthorised(id, content) => (
                "operation_authorised",
                id.to_string(),
                json!({ "content_sha256": content }),
            ),
            Self::PlanRefused(id) => ("plan_refused", id.to_string(), json!({})),
            Self::AuthorisationWithdrawn(id) => ("authorisation_withdrawn", id.to_string(), json!({})),
            Self::SignsConfirmed(id) => ("signs_confirmed", id.to_string(), json!({})),
            Self::SignsShown(id) => ("signs_shown", id.to_string(), json!({})),
            Self::WatchlistConfirmed(id) => ("watchlist_confirmed", id.to_string(), json!({})),
            Self::OperationReviewed(id) => ("operation_reviewed", id.to_string(), json!({})),
            Self::ReviewSigned(id) => ("review_signed", id.to_string(), json!({})),
            Self::KeyDestroyed(id, key) => ("key_destroyed", id.to_string(), json!({ "key": key.to_string() })),
            Self::ZoneSet(id, device, zone) => (
                "zone_set",
                device.to_string(),
                json!({ "deployment": id, "zone": zone }),
            ),
            Self::EntryEnrolled(id, entry) => (ENTRY_ENROLLED, entry.to_string(), json!({ "deployment": id })),
            Self::EntryDeleted(id, entry) => ("entry_deleted", entry.to_string(), json!({ "deployment": id })),
            Self::PhotoAdded(entry, photo) => ("photo_added", entry.to_string(), json!({ "photo": photo })),
            Self::PhotoRemoved(entry, photo) => ("photo_removed", entry.to_string(), json!({ "photo": photo })),
            Self::PhotoShown(id, entry) => ("photo_shown", entry.to_string(), json!({ "deployment": id })),
            Self::AlertRaised(alert, entry) => ("alert_raised", alert.to_string(), json!({ "entry": entry })),
            Self::CropKept(alert) => ("crop_kept", alert.to_string(), json!({})),
            Self::ProbeShown(alert) => ("probe_shown", alert.to_string(), json!({})),
            Self::ReferenceShown(alert) => ("reference_shown", alert.to_string(), json!({})),
            Self::AlertAdjudicated(alert, verdict, factors) => (
                "alert_adjudicated",
                alert.to_string(),
                json!({ "verdict": verdict, "factors": factors }),
            ),
            Self::AlertContradicted(alert, by) => ("alert_contradicted", alert.to_string(), json!({ "by": by })),
            Self::PolicySet(policy) => ("policy_set", String::new(), json!({ "policy": policy })),
            Self::QualityOverridden(id, entry) => {
                ("quality_overridden", entry.to_string(), json!({ "deployment": id }))
            }
            Self::ClearanceNeeded(id, kind) => ("clearance_needed", id.to_string(), json!({ "kind": kind })),
            Self::ClearanceRequested(id, kind) => ("clearance_requested", id.to_string(), json!({ "kind": kind })),
            Self::ClearanceApproved(id, kind) => ("clearance_approved", id.to_string(), json!({ "kind": kind })),
            Self::ClearanceRefused(id, kind) => ("clearance_refused", id.to_string(), json!({ "kind": kind })),
            Self::ClearanceReopened(id, kind) => ("clearance_reopened", id.to_string(), json!({ "kind": kind })),
            Self::DuplicateKept(id, entry) => ("duplicate_kept", entry.to_string(), json!({ "deployment": id })),
            Self::DuplicateMerged(id, entry, into) => (
                "duplicate_merged",
                entry.to_string(),
                json!({ "deployment": id, "into": into }),
            ),
            Self::DuplicateDropped(id, entry) => ("duplicate_dropped", entry.to_string(), json!({ "deployment": id })),
            Self::StatusConfirmed(id, confirmed, changed) => (
                "status_confirmed",
                id.to_string(),
                json!({ "confirmed": confirmed, "changed": changed }),
            ),
            Self::SeedGivenForProbes(id) => ("seed_given", id.to_string(), json!({ "for": "probes" })),
            Self::SeedGivenForReferences(id) => ("seed_given", id.to_string(), json!({ "for": "references" })),
            Self::AlertRepeated(alert) => ("alert_repeated", alert.to_string(), json!({})),
            Self::AlertRepeatTakenBack(alert) => ("alert_repeat_taken_back", alert.to_string(), json!({})),
            Self::AlertReceived(alert) => ("alert_received", alert.to_string(), json!({})),
            Self::AlertOpened(alert) => ("alert_opened", alert.to_string(), json!({})),
            Self::AlertEscalated(alert) => ("alert_escalated", alert.to_string(), json!({})),
            Self::AlertNotAdjudicated(alert) => ("alert_not_adjudicated", alert.to_string(), json!({})),
            Self::AlertWithdrawn(alert, why) => ("alert_withdrawn", alert.to_string(), json!({ "why": why })),
            Self::AlertConfirmed(alert, verdict) => {
                ("alert_confirmed", alert.to_string(), json!({ "verdict": verdict }))
            }
            Self::AlertEngaged(alert, outcome) => ("alert_engaged", alert.to_string(), json!({ "outcome": outcome })),
            Self::UnlistedEngaged(alert) => ("unlisted_engaged", alert.to_string(), json!({})),
            Self::IdentityChecked(alert, kind, basis) => (
                "identity_checked",
                alert.to_string(),
                json!({ "kind": kind, "lawful_basis": basis }),
            ),
            Self::ObservationCounted(id) => ("observation_counted", id.to_string(), json!({})),
            Self::CropDeleted(alert) => ("crop_deleted", alert.to_string(), json!({})),
            Self::DeploymentPaused(id) => ("deployment_paused", id.to_string(), json!({})),
            Self::PausedByServer(id, wrong, faces) => ("paused_by_server", id.to_string(), false_alerts(wrong, faces)),
            Self::DeploymentResumed(id) => ("deployment_resumed", id.to_string(), json!({})),
            Self::FalseAlertsWarned(id, wrong, faces) => {
                (FALSE_ALERTS_WARNED, id.to_string(), false_alerts(wrong, faces))
            }
            Self::Outage(id, from, until) => (
                OUTAGE,
                id.to_string(),
                json!({ "from": from, "until": until, "seconds": until.duration_since(from).as_secs() }),
            ),
            Self::DeviceOutage(id, device, from, until) => (
                DEVICE_OUTAGE,
                id.to_string(),
                json!({ "device": device, "from": from, "until": until, "seconds": until.duration_since(from).as_secs() }),
            ),
            Self::WrittenOffline(alert, at) => ("written_offline", alert.to_string(), json!({ "at": at })),
            Self::HoldPlaced(hold, alert, until) => (
                "hold_placed",
                hold.to_string(),
                json!({ "alert": alert, "until": until }),
            ),
            Self::HoldRenewed(hold, until) => ("hold_renewed", hold.to_string(), json!({ "until": until })),
            Self::HoldReleased(hold) => ("hold_released", hold.to_string(), json!({})),
            Self::HoldExpired(hold) => ("hold_expired", hold.to_string(), json!({})),
            Self::HeldPictureShown(hold, which) => {
                ("held_picture_shown", hold.to_string(), json!({ "picture": which }))
            }
            Self::ComplaintRecorded(complaint, id) => {
                ("complaint_recorded", complaint.to_string(), json!({ "deployment": id }))
            }
            Self::ComplaintClosed(complaint, outcome) => {
                ("complaint_closed", complaint.to_string(), json!({ "outcome": outcome }))
            }
            Self::ComplaintForgotten(complaint) => ("complaint_forgotten", complaint.to_string(), json!({})),
            Self::OwnKeyDestroyed(owner, key) => {
                ("key_destroyed", owner.to_string(), json!({ "key": key.to_string() }))
            }
            Self::OrganisationSet(days) => ("organisation_set", String::new(), json!({ "hold_days": days })),
            Self::ManifestForgotten(entries) => ("manifest_forgotten", String::new(), json!({ "entries": entries })),
            Self::PasswordChanged(user) => ("password_changed", user.to_string(), json!({})),
            Self::EvaluationAdded(id, sha256) => ("evaluation_added", id.to_string(), json!({ "sha256": sha256 })),
            Self::EvaluationRemoved(id) => ("evaluation_removed", id.to_string(), json!({})),
            Self::ListAttributed(id, listers, anew) => (
                "list_attributed",
                id.to_string(),
                json!({ "listers": listers, "signed_anew": anew }),
            ),
            Self::KioskSetUp(id, device) => ("kiosk_set_up", device.to_string(), json!({ "deployment": id })),
            Self::KioskLeft(device) => ("kiosk_left", device.to_string(), json!({})),
            Self::SubjectAnswered(id, request, answer, lists) => (
                SUBJECT_ANSWERED,
                id.to_string(),
                json!({ "request_sha256": request, "answer_sha256": answer, "lists": lists }),
            ),
        }
    }
}

/// From when until when nobody was compared, by the entry of an outage.
pub(crate) fn time_out(row: &AuditRow) -> Option<(Timestamp, Timestamp)> {
    let instant = |name: &str| row.detail[name].as_str()?.parse().ok();
    Some((instant("from")?, instant("until")?))
}

fn false_alerts(wrong: u64, faces: u64) -> Value {
    json!({ "false_alerts": wrong, "faces_seen": faces })
}

/// Adds an entry to the chain. The store lets one transaction write at a time, so the last entry stays the last.
pub(crate) async fn write(tx: &mut dyn Transaction, at: Timestamp, actor: Actor, action: Action) -> Result<()> {
    let (before, last) = end(tx).await?;
    let (action, subject, detail) = action.parts();
    let mut row = AuditRow {
        seq: last + 1,
        at,
        actor,
        action: action.to_owned(),
        subject,
        detail,
        hash: None,
    };
    row.hash = Some(chain::link(before, &row.clone().into()));
    tx.add_audit(&row).await
}

/// The hash and the number of the last entry.
pub(crate) async fn end(tx: &mut dyn Transaction) -> Result<(Digest, i64)> {
    let Some(last) = tx.last_audit().await? else {
        return Ok((chain::START, 0));
    };
    if let Some(hash) = last.hash {
        return Ok((hash, last.seq));
    }
    // All entries are older than the chain, which then begins by covering them.
    let older = tx.audit_after(0, u32::MAX).await?;
    let hash = older
        .into_iter()
        .fold(chain::START, |before, row| chain::link(before, &row.into()));
    Ok((hash, last.seq))
}
