//! Errors as `application/problem+json` (RFC 9457), of a closed set of types.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use vedette_store::StoreError;

use crate::clearances::DecisionError;
use crate::clock::NoEntropy;
use crate::deliveries::DeliveryError;
use crate::domain::alert::AlertError;
use crate::domain::clearance::ClearanceError;
use crate::domain::complaint::ComplaintError;
use crate::domain::deployment::DeploymentError;
use crate::domain::hold::HoldError;
use crate::domain::operation::OperationError;
use crate::enrolment::EnrolmentError;
use crate::http::portrait::PortraitError;
use crate::limits::TooMany;
use crate::listing::ListingError;
use crate::operations::ChangeError;
use crate::password::PasswordError;
use crate::rights::RightsError;
use crate::status::StatusError;

/// Makes an endpoint's error enum answer: each variant names its problem type, or the error in it that knows its own.
macro_rules! answers {
    ($error:ident { $($pattern:pat => $answer:expr,)+ }) => {
        impl axum::response::IntoResponse for $error {
            fn into_response(self) -> axum::response::Response {
                use $crate::http::problem::Answer as _;
                let detail = self.to_string();
                match &self { $($pattern => $answer.problem(detail),)+ }.into_response()
            }
        }
    };
}
pub(crate) use answers;

macro_rules! problem_kinds {
    ($($kind:ident, $slug:tt, $status:ident, $title:literal;)*) => {
        /// What went wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
        #[schema(as = ProblemType)]
        pub(crate) enum Kind {
            $(#[serde(rename = $slug)] $kind,)*
        }

        impl Kind {
            #[cfg(test)]
            pub(crate) const ALL: &[Kind] = &[$(Kind::$kind),*];

            #[cfg(test)]
            pub(crate) const fn slug(self) -> &'static str {
                match self { $(Kind::$kind => $slug,)* }
            }

            pub(crate) const fn title(self) -> &'static str {
                match self { $(Kind::$kind => $title,)* }
            }

            pub(crate) const fn status(self) -> StatusCode {
                match self { $(Kind::$kind => StatusCode::$status,)* }
            }
        }
    };
}

impl Kind {
    /// Seconds after which it is worth asking again: what waits now is done by then.
    const fn retry_after(self) -> Option<u64> {
        match self {
            Self::Busy => Some(1),
            _ => None,
        }
    }
}

problem_kinds! {
    Malformed, "/problems/malformed", BAD_REQUEST, "The request can't be read";
    SignInFailed, "/problems/sign-in-failed", UNAUTHORIZED, "The name or the password is wrong";
    SignedOut, "/problems/signed-out", UNAUTHORIZED, "Nobody is signed in here";
    NotAllowed, "/problems/not-allowed", FORBIDDEN, "This account may not do that";
    NotPaired, "/problems/not-paired", FORBIDDEN, "This device isn't paired";
    DeviceRevoked, "/problems/device-revoked", FORBIDDEN, "This device's pairing was withdrawn";
    PasswordWrong, "/problems/password-wrong", FORBIDDEN, "The password is wrong";
    OtherOrigin, "/problems/other-origin", FORBIDDEN, "The request came from another site";
    SetupCodeWrong, "/problems/setup-code-wrong", FORBIDDEN, "The set-up code is wrong";
    PairingCodeWrong, "/problems/pairing-code-wrong", FORBIDDEN, "The pairing code is wrong or used up";
    NotFound, "/problems/not-found", NOT_FOUND, "There is nothing here";
    MethodNotAllowed, "/problems/method-not-allowed", METHOD_NOT_ALLOWED, "That can't be done here";
    TooSlow, "/problems/too-slow", REQUEST_TIMEOUT, "The request took too long to arrive";
    AlreadySetUp, "/problems/already-set-up", CONFLICT, "Set-up is done already";
    NameTaken, "/problems/name-taken", CONFLICT, "That name is in use";
    LastAdministrator, "/problems/last-administrator", CONFLICT, "This is the last administrator";
    DeploymentNotDraft, "/problems/deployment-not-draft", CONFLICT, "The deployment was started before";
    DeploymentNotLive, "/problems/deployment-not-live", CONFLICT, "The deployment isn't live";
    DeploymentEnded, "/problems/deployment-ended", CONFLICT, "The deployment has ended";
    OperationLive, "/problems/operation-live", CONFLICT, "An operation is live";
    WatchlistClosed, "/problems/watchlist-closed", CONFLICT, "That isn't done while the operation is live";
    AlreadyListed, "/problems/already-listed", CONFLICT, "Somebody with this number is listed";
    ReasonNeeded, "/problems/reason-needed", CONFLICT, "A reason is needed";
    WatchlistChanged, "/problems/watchlist-changed", CONFLICT, "The watchlist has changed";
    CategoryUnknown, "/problems/category-unknown", CONFLICT, "The policy has no such category";
    CategoryInUse, "/problems/category-in-use", CONFLICT, "People are listed in that category";
    ClearanceNotNeeded, "/problems/clearance-not-needed", CONFLICT, "There is nothing to decide";
    ClearanceDecided, "/problems/clearance-decided", CONFLICT, "Somebody has decided";
    ClearanceNotRequested, "/problems/clearance-not-requested", CONFLICT, "Nobody has said why";
    ClearanceUndecided, "/problems/clearance-undecided", CONFLICT, "Something else is undecided";
    ClearanceLost, "/problems/clearance-lost", CONFLICT, "A decision that is needed would be lost";
    OwnRequest, "/problems/own-request", CONFLICT, "Somebody else must decide";
    NotOperation, "/problems/not-an-operation", CONFLICT, "This is an exercise";
    WrongStage, "/problems/wrong-stage", CONFLICT, "The plan has moved on";
    MatchUnwritten, "/problems/match-unwritten", CONFLICT, "What came of a match is not written down";
    PlanIncomplete, "/problems/plan-incomplete", CONFLICT, "The plan isn't complete";
    PlanChanged, "/problems/plan-changed", CONFLICT, "The plan has changed";
    ReviewChanged, "/problems/review-changed", CONFLICT, "The review has changed";
    OwnPlan, "/problems/own-plan", CONFLICT, "Somebody else must sign";
    OwnList, "/problems/own-list", CONFLICT, "Somebody else must sign for the list";
    ListUnattributed, "/problems/list-unattributed", CONFLICT, "Nobody knows who filled the list";
    StartBlocked, "/problems/start-blocked", CONFLICT, "Something must be seen to before the start";
    OwnRoles, "/problems/own-roles", CONFLICT, "Nobody changes their own roles";
    PlansFull, "/problems/plans-full", CONFLICT, "There are enough unfinished plans";
    EvaluationsFull, "/problems/evaluations-full", CONFLICT, "There are enough reports";
    NotDeletedYet, "/problems/not-deleted-yet", CONFLICT, "Its data isn't deleted yet";
    DeploymentNotPaused, "/problems/deployment-not-paused", CONFLICT, "The deployment isn't paused";
    HoldOver, "/problems/hold-over", CONFLICT, "The hold is over";
    ComplaintOpen, "/problems/complaint-open", CONFLICT, "Its complaint is still open";
    NothingToHold, "/problems/nothing-to-hold", CONFLICT, "No picture is left to hold";
    ComplaintClosed, "/problems/complaint-closed", CONFLICT, "The complaint is closed";
    OwnComplaint, "/problems/own-complaint", CONFLICT, "Somebody else must close it";
    OrganisationMissing, "/problems/organisation-missing", CONFLICT, "Nobody has said who is responsible";
    WatchlistEmpty, "/problems/watchlist-empty", CONFLICT, "Nobody is enrolled";
    NobodySought, "/problems/nobody-sought", CONFLICT, "Nobody is looked for";
    WatchlistFull, "/problems/watchlist-full", CONFLICT, "The watchlist is full";
    PhotosFull, "/problems/photos-full", CONFLICT, "There are enough photos of this person";
    LastPhoto, "/problems/last-photo", CONFLICT, "This is the person's only photo";
    ModelMismatch, "/problems/model-mismatch", CONFLICT, "The template was made by another model or for another deployment";
    CropNotWanted, "/problems/crop-not-wanted", CONFLICT, "No crop is wanted for this alert";
    AlreadyAdjudicated, "/problems/already-adjudicated", CONFLICT, "Somebody has decided already";
    TooSoon, "/problems/too-soon", CONFLICT, "Nobody could have looked yet";
    NotListed, "/problems/not-listed", CONFLICT, "Nobody looks for this person any more";
    NotInTime, "/problems/not-in-time", CONFLICT, "Nobody decided in time";
    OwnDecision, "/problems/own-decision", CONFLICT, "Somebody else must confirm";
    NotTrue, "/problems/not-decided-true", CONFLICT, "Nobody has decided that it is this person";
    AlreadyConfirmed, "/problems/already-confirmed", CONFLICT, "Somebody has answered on sight already";
    NotConfirmed, "/problems/not-confirmed", CONFLICT, "No second person has confirmed";
    AlreadyEngaged, "/problems/already-engaged", CONFLICT, "Somebody else has written down what was done";
    NotObserved, "/problems/not-wanted", CONFLICT, "Nothing is counted here";
    DeliveryReused, "/problems/delivery-reused", CONFLICT, "The number stands for something else";
    VersionChanged, "/problems/version-changed", PRECONDITION_FAILED, "The alert has changed since";
    TooLarge, "/problems/too-large", PAYLOAD_TOO_LARGE, "The request is too large";
    WrongContentType, "/problems/wrong-content-type", UNSUPPORTED_MEDIA_TYPE, "The request has the wrong content type";
    Invalid, "/problems/invalid", UNPROCESSABLE_ENTITY, "Something in the request isn't acceptable";
    RosterUnreadable, "/problems/roster-unreadable", UNPROCESSABLE_ENTITY, "The list can't be read";
    BelowQualityFloor, "/problems/below-quality-floor", UNPROCESSABLE_ENTITY, "The image is below the policy's floor";
    PhotoInvalid, "/problems/photo-invalid", UNPROCESSABLE_ENTITY, "The picture can't be used";
    CandidateTooOld, "/problems/candidate-too-old", UNPROCESSABLE_ENTITY, "The shot is too old";
    VersionRequired, "/problems/version-required", PRECONDITION_REQUIRED, "The version is missing";
    TooManyAttempts, "/problems/too-many-attempts", TOO_MANY_REQUESTS, "Too many attempts";
    TooManyCandidates, "/problems/too-many-candidates", TOO_MANY_REQUESTS, "This track has sent enough templates";
    Internal, "/problems/internal", INTERNAL_SERVER_ERROR, "The server made a mistake";
    Busy, "/problems/busy", SERVICE_UNAVAILABLE, "The server has too much to do";
    StorageUnavailable, "/problems/storage-unavailable", SERVICE_UNAVAILABLE, "The server can't save at the moment";
}

/// A problem as RFC 9457 has it. `detail` is plain language and says what to do next.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    pub(crate) title: &'static str,
    #[schema(minimum = 400, maximum = 599)]
    pub(crate) status: u16,
    pub(crate) detail: String,
}

pub(crate) const CONTENT_TYPE: &str = "application/problem+json";

impl Problem {
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            title: kind.title(),
            status: kind.status().as_u16(),
            detail: detail.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.kind.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.kind.retry_after() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What can stand for a problem: a type of the closed set, or an error that means the same wherever it happens.
/// `detail` is the words of the endpoint's own error.
pub(crate) trait Answer {
    fn problem(&self, detail: String) -> Problem;
}

impl Answer for Kind {
    fn problem(&self, detail: String) -> Problem {
        Problem::new(*self, detail)
    }
}

impl Answer for StoreError {
    fn problem(&self, _: String) -> Problem {
        storage(self)
    }
}

/// Of an endpoint that fails only where the storage does.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct StorageFailed(#[from] StoreError);

impl IntoResponse for StorageFailed {
    fn into_response(self) -> Response {
        storage(&self.0).into_response()
    }
}

impl Answer for NoEntropy {
    fn problem(&self, _: String) -> Problem {
        internal()
    }
}

impl Answer for PasswordError {
    fn problem(&self, _: String) -> Problem {
        internal()
    }
}

impl Answer for TooMany {
    fn problem(&self, detail: String) -> Problem {
        Problem::new(Kind::TooManyAttempts, detail)
    }
}

impl Answer for OperationError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::NotOperation => Kind::NotOperation,
            Self::WrongStage | Self::NoReview => Kind::WrongStage,
            Self::Unwritten => Kind::MatchUnwritten,
            Self::Times | Self::Sketch(_) => Kind::Invalid,
            Self::Incomplete => Kind::PlanIncomplete,
            Self::ContentChanged => Kind::PlanChanged,
            Self::ReviewChanged => Kind::ReviewChanged,
            Self::OwnPlan | Self::Signer => Kind::OwnPlan,
            Self::OwnList => Kind::OwnList,
            Self::ListUnattributed => Kind::ListUnattributed,
            Self::Blocked(_) => Kind::StartBlocked,
            Self::Category(_) => Kind::CategoryUnknown,
            Self::CategoryInUse(_) => Kind::CategoryInUse,
        };
        Problem::new(kind, detail)
    }
}

impl Answer for DeliveryError {
    fn problem(&self, detail: String) -> Problem {
        match self {
            Self::SomethingElse => Problem::new(Kind::DeliveryReused, detail),
            Self::Storage(error) => error.problem(detail),
        }
    }
}

impl Answer for AlertError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::AlreadyAdjudicated { .. } | Self::FaceDecided { .. } | Self::EntryDecided { .. } => {
                Kind::AlreadyAdjudicated
            }
            Self::VersionChanged | Self::Joined => Kind::VersionChanged,
            Self::CropNotWanted => Kind::CropNotWanted,
            Self::TooSoon => Kind::TooSoon,
            Self::NotInTime => Kind::NotInTime,
            Self::NotListed => Kind::NotListed,
            Self::OwnDecision => Kind::OwnDecision,
            Self::NotTrue => Kind::NotTrue,
            Self::AlreadyConfirmed { .. } => Kind::AlreadyConfirmed,
            Self::NotConfirmed => Kind::NotConfirmed,
            Self::AlreadyEngaged { .. } => Kind::AlreadyEngaged,
            Self::Times => Kind::Invalid,
            Self::NotObserved | Self::Observed => Kind::NotObserved,
            Self::Ended | Self::TextsOver | Self::TooLate | Self::Reviewed => Kind::DeploymentEnded,
        };
        Problem::new(kind, detail)
    }
}

impl Answer for ChangeError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::NotFound => Kind::NotFound,
            Self::Domain(error) => return error.problem(detail),
            Self::ModelMismatch => Kind::ModelMismatch,
            Self::Matcher => Kind::Internal,
            Self::Storage(error) => return error.problem(detail),
        };
        Problem::new(kind, detail)
    }
}

impl IntoResponse for ChangeError {
    fn into_response(self) -> Response {
        self.problem(self.to_string()).into_response()
    }
}

impl Answer for DeploymentError {
    fn problem(&self, detail: String) -> Problem {
        let (kind, detail) = match self {
            Self::Operation(error) => return error.problem(detail),
            Self::OperationLive => (
                Kind::OperationLive,
                "An operation is live, and exercises don't run beside it. Start this one when it has ended.",
            ),
            Self::ImportClosed => (
                Kind::WatchlistClosed,
                "Lists aren't imported while an operation is live. Add people one at a time, each with a reason.",
            ),
            Self::PhotosClosed => (
                Kind::WatchlistClosed,
                "Photos aren't added to people on the watchlist of a live operation. Remove the person, and add them anew with a reason.",
            ),
            Self::EndTime => (
                Kind::Invalid,
                "The end must lie in the future, at most 24 hours ahead. Choose another time.",
            ),
            Self::NobodyResponsible => (
                Kind::OrganisationMissing,
                "A kiosk tells its visitors who is responsible, and nobody has said so yet. An administrator does, under Records, Organisation. Then open the lane.",
            ),
            Self::NotDraft => (
                Kind::DeploymentNotDraft,
                "This deployment was started before. Reload the page.",
            ),
            Self::WatchlistEmpty => (
                Kind::WatchlistEmpty,
                "Nobody is enrolled. Enrol at least one person, then go live.",
            ),
            Self::NobodySought => (
                Kind::NobodySought,
                "Nobody is on the list who may be matched, so nobody could be found. Add somebody, or see to what is undecided about people on it; then resume.",
            ),
            Self::WatchlistFull => (
                Kind::WatchlistFull,
                "The watchlist is full. Delete an entry, then try again.",
            ),
            Self::Ended => (
                Kind::DeploymentEnded,
                "This deployment has ended and its data is deleted. Start a new one.",
            ),
            Self::NotPaused => (
                Kind::DeploymentNotPaused,
                "This deployment isn't paused. Reload the page.",
            ),
            Self::NotLive => (
                Kind::DeploymentNotLive,
                "This deployment isn't live. Nothing is compared until it is.",
            ),
        };
        Problem::new(kind, detail)
    }
}

impl Answer for HoldError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::Over => Kind::HoldOver,
            Self::ComplaintOpen => Kind::ComplaintOpen,
            Self::NothingLeft => Kind::NothingToHold,
            Self::Days => Kind::Invalid,
        };
        Problem::new(kind, detail)
    }
}

impl Answer for ComplaintError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::Closed => Kind::ComplaintClosed,
            Self::Own => Kind::OwnComplaint,
            Self::Received | Self::OtherAlert => Kind::Invalid,
        };
        Problem::new(kind, detail)
    }
}

impl Answer for RightsError {
    fn problem(&self, detail: String) -> Problem {
        match self {
            Self::NotFound => Problem::new(Kind::NotFound, detail),
            Self::Hold(error) => error.problem(detail),
            Self::Complaint(error) => error.problem(detail),
            Self::Entropy(error) => error.problem(detail),
            Self::Storage(StoreError::KeyGone) => Problem::new(
                Kind::StorageUnavailable,
                "A key that is needed here is missing, and nothing was changed. Tell whoever runs the server to put it back where it was.",
            ),
            Self::Storage(error) => error.problem(detail),
        }
    }
}

impl IntoResponse for RightsError {
    fn into_response(self) -> Response {
        self.problem(self.to_string()).into_response()
    }
}

impl Answer for EnrolmentError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::NotFound => Kind::NotFound,
            Self::PhotosFull => Kind::PhotosFull,
            Self::LastPhoto => Kind::LastPhoto,
            Self::NoParticulars | Self::Particulars | Self::Faults(_) => Kind::Invalid,
            Self::AlreadyListed => Kind::AlreadyListed,
            Self::Poor(_) => Kind::BelowQualityFloor,
            Self::ReasonNeeded => Kind::ReasonNeeded,
            Self::Domain(error) => return error.problem(detail),
            Self::Entropy(error) => return error.problem(detail),
            Self::Storage(error) => return error.problem(detail),
        };
        Problem::new(kind, detail)
    }
}

impl Answer for ListingError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::NotFound => Kind::NotFound,
            Self::ModelMismatch => Kind::ModelMismatch,
            Self::Matcher => Kind::Internal,
            Self::Entropy(error) => return error.problem(detail),
            Self::Storage(error) => return error.problem(detail),
        };
        Problem::new(kind, detail)
    }
}

impl Answer for DecisionError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::Clearance(ClearanceError::NotNeeded) => Kind::ClearanceNotNeeded,
            Self::Clearance(ClearanceError::Decided | ClearanceError::Requested) => Kind::ClearanceDecided,
            Self::Clearance(ClearanceError::NotRequested) => Kind::ClearanceNotRequested,
            Self::Clearance(ClearanceError::OwnRequest) => Kind::OwnRequest,
            Self::Clearance(ClearanceError::OwnList) => Kind::OwnList,
            Self::Into => Kind::WatchlistChanged,
            Self::Undecided => Kind::ClearanceUndecided,
            Self::Loses => Kind::ClearanceLost,
            Self::Enrolment(error) => return error.problem(detail),
            Self::Matcher(_) => Kind::Internal,
            Self::Storage(error) => return error.problem(detail),
        };
        Problem::new(kind, detail)
    }
}

impl Answer for StatusError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::Changed => Kind::WatchlistChanged,
            Self::Text => Kind::RosterUnreadable,
            Self::Enrolment(error) => return error.problem(detail),
            Self::Domain(error) => return error.problem(detail),
            Self::Matcher(_) => Kind::Internal,
            Self::Storage(error) => return error.problem(detail),
        };
        Problem::new(kind, detail)
    }
}

impl Answer for PortraitError {
    fn problem(&self, detail: String) -> Problem {
        let kind = match self {
            Self::ModelMismatch => Kind::ModelMismatch,
            Self::Quality | Self::Template(_) => Kind::Invalid,
            Self::Photo(_) => Kind::PhotoInvalid,
        };
        Problem::new(kind, detail)
    }
}

/// Storage that failed, in plain words. Nothing was saved.
pub(crate) fn storage(error: &StoreError) -> Problem {
    tracing::error!(%error, "storage failed");
    let detail = match error {
        StoreError::Full => {
            "The server's disk is full. Nothing was saved. Free some space, then try again; the server keeps running."
        }
        StoreError::Busy => "The server is busy. Nothing was saved. Try again in a few seconds.",
        StoreError::ReadOnly => {
            "The server can't write to its data folder. Nothing was saved. Tell whoever runs the server."
        }
        StoreError::KeyGone => {
            "This deployment's key is gone, so nobody can read its watchlist. Put the key back where it was, or end the deployment."
        }
        StoreError::Keys(_) => "The server can't use its key folder. Nothing was saved. Tell whoever runs the server.",
        _ => "The server can't read or write its database. Nothing was saved. Tell whoever runs the server.",
    };
    Problem::new(Kind::StorageUnavailable, detail)
}

pub(crate) fn internal() -> Problem {
    Problem::new(
        Kind::Internal,
        "The server made a mistake. Try again; if it happens again, tell whoever runs it.",
    )
}
