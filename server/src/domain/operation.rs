//! An authorised deployment: its plan, the signatures over it, what must be seen to before its start, and its review.
//! Rules about the record; when a deployment starts and ends is `deployment`'s.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use vedette_core::id::UserId;
use vedette_store::policy::Policy;
use vedette_store::record::{
    Document, DocumentKind, ListersTold, Mark, Plan, Reasoned, Record, Review, SignOff, Signage, Signature, Stage,
};

use vedette_store::row::DeploymentRow;

use super::calendar::day;
use super::deployment::Terms;
use super::policy;
use super::sketch::{self, SketchError};

/// How far ahead a start may be planned.
const LONGEST_AHEAD: SignedDuration = SignedDuration::from_hours(90 * 24);
/// A watchlist that was made, or looked through, longer ago than this is out of date (R20).
pub(crate) const LIST_HOLDS: SignedDuration = SignedDuration::from_hours(24);

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum OperationError {
    #[error("This is an exercise. It has no plan, and nobody signs for it.")]
    NotOperation,
    #[error("The plan has moved on meanwhile. Reload the page.")]
    WrongStage,
    #[error("The start must lie before the end, by 24 hours at most, and within the next 90 days. Change the times.")]
    Times,
    #[error("The plan isn't complete: see what is missing, add it, and try again.")]
    Incomplete,
    #[error("The plan has changed since you read it. Read it again before you sign.")]
    ContentChanged,
    #[error("You wrote on this plan, so somebody else must sign for it.")]
    OwnPlan,
    #[error("You put people onto this watchlist. Ask an authorising officer who didn't to sign for it.")]
    OwnList,
    #[error(
        "The journal can't be read, so nobody knows who filled this watchlist. Have the server restarted; if that doesn't help, end this operation and make a new one."
    )]
    ListUnattributed,
    #[error("You signed for this operation, so somebody else must do that.")]
    Signer,
    #[error("Something must be seen to before the start: {}.", words(.0))]
    Blocked(Vec<Blocker>),
    #[error("There is no review to sign yet. Ask for it first.")]
    NoReview,
    #[error("The review has changed since you read it. Read it again before you sign.")]
    ReviewChanged,
    #[error(
        "Nobody has written down yet what came of a match, and once the review is signed nobody can. Have it written, or sign once its time is over, 24 hours after the end."
    )]
    Unwritten,
    #[error("{0} isn't one of the policy's categories. Choose from those, or have the policy changed.")]
    Category(String),
    #[error("People are on the watchlist because of {0}, so the plan keeps that category. Remove them first.")]
    CategoryInUse(String),
    #[error(transparent)]
    Sketch(#[from] SketchError),
}

/// What a plan lacks before it can be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", content = "document", rename_all = "snake_case")]
pub(crate) enum Missing {
    /// Nobody has said who is responsible for the data.
    Organisation,
    Document(DocumentKind),
    /// Its review date lies before the operation's end.
    DocumentOutOfDate(DocumentKind),
}

/// What keeps an operation from starting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Blocker {
    NotAuthorised,
    NoOrganisation,
    NoPublicNotice,
    SignsNotConfirmed,
    WatchlistEmpty,
    WatchlistOutOfDate,
    /// More people are on it than the signature is for.
    WatchlistGrew,
    /// Somebody must decide about people on it.
    EntriesNotCleared,
    /// Who filled it could not be read from the journal, so whoever signed may have.
    ListUnattributed,
    TooEarly,
    OtherDeploymentLive,
    ReviewDue,
}

impl Blocker {
    fn words(self) -> &'static str {
        match self {
            Self::NotAuthorised => "nobody has signed for it",
            Self::NoOrganisation => "nobody has said who is responsible for the data",
            Self::NoPublicNotice => "the public hasn't been told",
            Self::SignsNotConfirmed => "nobody has confirmed that the signs stand",
            Self::WatchlistEmpty => "nobody is on the watchlist",
            Self::WatchlistOutOfDate => "the watchlist is older than 24 hours and wasn't looked through since",
            Self::WatchlistGrew => "more people are on the watchlist than were signed for",
            Self::EntriesNotCleared => "somebody must still decide about people on the watchlist",
            Self::ListUnattributed => {
                "the journal can't be read, so nobody knows who filled the watchlist: have the server restarted"
            }
            Self::TooEarly => "the start time hasn't come",
            Self::OtherDeploymentLive => "another deployment is live",
            Self::ReviewDue => "an earlier operation still has to be reviewed",
        }
    }
}

fn words(blockers: &[Blocker]) -> String {
    blockers.iter().map(|b| b.words()).collect::<Vec<_>>().join("; ")
}

/// What a start depends on besides the record.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings {
    /// Somebody has said who is responsible for the data.
    pub(crate) organisation: bool,
    pub(crate) entries: u64,
    /// Of these, entries about which something is undecided.
    pub(crate) waiting: u64,
    pub(crate) oldest_entry: Option<Timestamp>,
    /// The journal hasn't told yet who filled the list.
    pub(crate) unattributed: bool,
    /// Another deployment is live.
    pub(crate) other_live: bool,
    /// The other one is an operation.
    pub(crate) operation_live: bool,
    /// An operation that was live has no signed review.
    pub(crate) review_due: bool,
}

/// What somebody signs, and what she saw beside it.
#[derive(Clone, Debug)]
pub(crate) struct Signing {
    pub(crate) by: UserId,
    pub(crate) name: String,
    pub(crate) rank: String,
    /// The content's hash as she read it.
    pub(crate) content: String,
    pub(crate) people: u64,
    pub(crate) minors: u64,
    pub(crate) photos: u64,
    pub(crate) threshold: f32,
    /// The journal hasn't told yet who filled the list.
    pub(crate) unattributed: bool,
}

pub(crate) fn check_times(starts_at: Timestamp, ends_at: Timestamp, now: Timestamp) -> Result<(), OperationError> {
    let lasts = ends_at.duration_since(starts_at);
    let fits = lasts > SignedDuration::ZERO && lasts <= super::deployment::LONGEST;
    if fits && ends_at > now && starts_at <= now + LONGEST_AHEAD {
        Ok(())
    } else {
        Err(OperationError::Times)
    }
}

/// R18: people are looked for in the policy's categories only.
pub(crate) fn check_categories(policy: &Policy, plan: &Plan) -> Result<(), OperationError> {
    match policy::foreign(policy, &plan.categories) {
        Some(name) => Err(OperationError::Category(name.to_owned())),
        None => Ok(()),
    }
}

/// The plan with its sketch checked.
pub(crate) fn drawn(plan: Plan) -> Result<Plan, OperationError> {
    let sketch = plan.sketch.map(sketch::checked).transpose()?;
    Ok(Plan { sketch, ..plan })
}

/// SHA-256 over the canonical JSON (RFC 8785) of all that a signature is for; hexadecimal.
pub(crate) fn content(terms: &Terms) -> Option<String> {
    #[derive(Serialize)]
    struct Content<'a> {
        deployment: String,
        name: &'a str,
        place: &'a str,
        ends_at: Timestamp,
        target_fpir_one_in: u32,
        model: String,
        pipeline: u32,
        plan: &'a Plan,
    }
    let record = terms.record.as_ref()?;
    let content = Content {
        deployment: terms.id.to_string(),
        name: &terms.name,
        place: &terms.place,
        ends_at: terms.ends_at,
        target_fpir_one_in: terms.target.faces(),
        model: terms.space.model.to_string(),
        pipeline: terms.space.pipeline.0,
        plan: &record.plan,
    };
    let canonical = serde_json_canonicalizer::to_vec(&content).ok()?;
    Some(hex::encode(Sha256::digest(canonical)))
}

/// What it takes before anybody is asked to sign. `organisation`: whether somebody has said who is responsible for the data.
pub(crate) fn missing(documents: &[Document], ends_at: Timestamp, organisation: bool) -> Vec<Missing> {
    let unnamed = (!organisation).then_some(Missing::Organisation);
    unnamed
        .into_iter()
        .chain(missing_documents(documents, ends_at))
        .collect()
}

/// R8: each mandatory document, in force until the operation's last day.
fn missing_documents(documents: &[Document], ends_at: Timestamp) -> Vec<Missing> {
    const NEEDED: [DocumentKind; 4] = [
        DocumentKind::DataProtectionImpactAssessment,
        DocumentKind::EqualityImpactAssessment,
        DocumentKind::AppropriatePolicyDocument,
        DocumentKind::LegalMandate,
    ];
    let last_day = day(ends_at);
    let lacks = |kind: DocumentKind| {
        let of_kind: Vec<_> = documents.iter().filter(|document| document.kind == kind).collect();
        match of_kind.iter().any(|document| document.review_by >= last_day) {
            true => None,
            false if of_kind.is_empty() => Some(Missing::Document(kind)),
            false => Some(Missing::DocumentOutOfDate(kind)),
        }
    };
    NEEDED.into_iter().filter_map(lacks).collect()
}

/// R14: documents in `now` whose version is not that of `before`, or that `before` has not.
pub(crate) fn changed_documents(now: &DeploymentRow, before: &DeploymentRow) -> Vec<DocumentKind> {
    let documents = |row: &DeploymentRow| {
        row.record
            .as_ref()
            .map(|record| record.plan.documents.clone())
            .unwrap_or_default()
    };
    let (now, before) = (documents(now), documents(before));
    let same = |document: &Document| {
        before
            .iter()
            .any(|old| old.kind == document.kind && old.version == document.version)
    };
    now.iter()
        .filter(|document| !same(document))
        .map(|document| document.kind)
        .collect()
}

pub(crate) fn blockers(terms: &Terms, around: Surroundings, now: Timestamp) -> Vec<Blocker> {
    let Some(record) = &terms.record else {
        return Vec::new();
    };
    let fresh_since = now - LIST_HOLDS;
    let fresh = around.oldest_entry.is_some_and(|oldest| oldest >= fresh_since)
        || record.checked.is_some_and(|mark| mark.at >= fresh_since);
    let grew = matches!(&record.stage, Stage::Authorised { signature, .. } if around.entries > signature.people);
    let told = record
        .plan
        .notice
        .as_ref()
        .is_some_and(|notice| notice.published_on <= day(now));
    [
        (
            !matches!(record.stage, Stage::Authorised { .. }),
            Blocker::NotAuthorised,
        ),
        (!around.organisation, Blocker::NoOrganisation),
        (!told, Blocker::NoPublicNotice),
        (record.signage.is_none(), Blocker::SignsNotConfirmed),
        (around.entries == 0, Blocker::WatchlistEmpty),
        (around.entries > 0 && !fresh, Blocker::WatchlistOutOfDate),
        (grew, Blocker::WatchlistGrew),
        (around.waiting > 0, Blocker::EntriesNotCleared),
        (around.unattributed, Blocker::ListUnattributed),
        (now < record.plan.starts_at, Blocker::TooEarly),
        (around.other_live, Blocker::OtherDeploymentLive),
        (around.review_due, Blocker::ReviewDue),
    ]
    .into_iter()
    .filter_map(|(holds, blocker)| holds.then_some(blocker))
    .collect()
}

/// A record that nobody has signed.
pub(crate) fn planned(plan: Plan, author: UserId) -> Record {
    Record {
        plan,
        authors: vec![author],
        listers: Vec::new(),
        stage: Stage::Planned { refusal: None },
        signage: None,
        checked: None,
        withdrawal: None,
        review: None,
    }
}

/// The plan in the place of the old one. What was signed was another plan, so nobody has signed this one (R4).
pub(crate) fn amended(mut record: Record, plan: Plan, by: UserId) -> Record {
    record.plan = plan;
    if !record.authors.contains(&by) {
        record.authors.push(by);
    }
    record.stage = Stage::Planned { refusal: None };
    record.signage = None;
    record
}

/// `by` put somebody, or a photograph, onto its watchlist.
pub(crate) fn listed(mut record: Record, by: UserId) -> Record {
    if !record.listers.contains(&by) {
        record.listers.push(by);
    }
    record
}

/// The record of an operation of before it was written down who fills its list. What was submitted or signed is signed anew where
/// whoever signs, or signed, may have filled it.
pub(crate) fn attributed(record: Record, told: &ListersTold) -> Record {
    let mut record = told.listers.iter().fold(record, |record, by| listed(record, *by));
    let stands = match &record.stage {
        Stage::Planned { .. } => true,
        Stage::Submitted { .. } => told.whole,
        Stage::Authorised { signature, .. } => told.whole && !record.listers.contains(&signature.mark.by),
    };
    if !stands {
        record.stage = Stage::Planned { refusal: None };
    }
    record
}

/// `organisation`: whether somebody has said who is responsible for the data.
pub(crate) fn submitted(
    mut record: Record,
    ends_at: Timestamp,
    organisation: bool,
    mark: Mark,
) -> Result<Record, OperationError> {
    if !matches!(record.stage, Stage::Planned { .. }) {
        return Err(OperationError::WrongStage);
    }
    if !missing(&record.plan.documents, ends_at, organisation).is_empty() {
        return Err(OperationError::Incomplete);
    }
    record.stage = Stage::Submitted { submission: mark };
    Ok(record)
}

/// `content`: the hash of what the plan says now.
pub(crate) fn authorised(
    mut record: Record,
    content: &str,
    ends_at: Timestamp,
    one_in: u32,
    signing: Signing,
    now: Timestamp,
) -> Result<Record, OperationError> {
    let Stage::Submitted { submission } = record.stage else {
        return Err(OperationError::WrongStage);
    };
    if record.authors.contains(&signing.by) || submission.by == signing.by {
        return Err(OperationError::OwnPlan);
    }
    if record.listers.contains(&signing.by) {
        return Err(OperationError::OwnList);
    }
    if signing.unattributed {
        return Err(OperationError::ListUnattributed);
    }
    if signing.content != content {
        return Err(OperationError::ContentChanged);
    }
    // A review date may have come since the plan was submitted.
    if !missing_documents(&record.plan.documents, ends_at.max(now)).is_empty() {
        return Err(OperationError::Incomplete);
    }
    record.stage = Stage::Authorised {
        submission,
        signature: Signature {
            mark: Mark {
                by: signing.by,
                at: now,
            },
            name: signing.name,
            rank: signing.rank,
            content: signing.content,
            people: signing.people,
            minors: signing.minors,
            photos: signing.photos,
            threshold: signing.threshold,
            false_alerts: f64::from(record.plan.footfall) / f64::from(one_in),
        },
    };
    Ok(record)
}

/// Sent back to its authors; also from a signed plan that has not started.
pub(crate) fn refused(mut record: Record, refusal: Reasoned) -> Result<Record, OperationError> {
    if matches!(record.stage, Stage::Planned { .. }) {
        return Err(OperationError::WrongStage);
    }
    record.stage = Stage::Planned { refusal: Some(refusal) };
    Ok(record)
}

pub(crate) fn with_signs(mut record: Record, signage: Signage) -> Result<Record, OperationError> {
    if !matches!(record.stage, Stage::Authorised { .. }) {
        return Err(OperationError::WrongStage);
    }
    record.signage = Some(signage);
    Ok(record)
}

pub(crate) fn reviewed(mut record: Record, review: Review) -> Result<Record, OperationError> {
    if record.review.as_ref().is_some_and(|review| review.sign_off.is_some()) {
        return Err(OperationError::WrongStage);
    }
    record.review = Some(review);
    Ok(record)
}

/// `read`: when the review was written that whoever signs has read, where that is known.
pub(crate) fn review_signed(
    mut record: Record,
    sign_off: SignOff,
    read: Option<Timestamp>,
) -> Result<Record, OperationError> {
    let review = record.review.as_mut().ok_or(OperationError::NoReview)?;
    if review.sign_off.is_some() {
        return Err(OperationError::WrongStage);
    }
    if review.mark.by == sign_off.mark.by {
        return Err(OperationError::OwnPlan);
    }
    if read.is_some_and(|read| read != review.mark.at) {
        return Err(OperationError::ReviewChanged);
    }
    review.sign_off = Some(sign_off);
    Ok(record)
}

/// Who signed for it, if somebody did.
pub(crate) fn signer(record: &Record) -> Option<UserId> {
    match &record.stage {
        Stage::Authorised { signature, .. } => Some(signature.mark.by),
        Stage::Planned { .. } | Stage::Submitted { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn user(n: u128) -> UserId {
        UserId::new(Uuid::from_u128(n))
    }

    fn mark(by: UserId) -> Mark {
        Mark {
            by,
            at: Timestamp::UNIX_EPOCH,
        }
    }

    /// Written by user 1.
    fn record(stage: Stage) -> Record {
        let plan = Plan {
            starts_at: Timestamp::UNIX_EPOCH,
            purpose: "Find people".into(),
            legal_basis: "Act".into(),
            use_case: "Watchlist".into(),
            cameras: Vec::new(),
            categories: Vec::new(),
            footfall: 1,
            necessity: String::new(),
            proportionality: String::new(),
            alternatives: String::new(),
            documents: Vec::new(),
            notice: None,
            single_person: None,
            sketch: None,
        };
        Record {
            stage,
            ..planned(plan, user(1))
        }
    }

    /// Submitted by user 1; signed by user 2.
    fn stages() -> [Stage; 3] {
        let submission = mark(user(1));
        let signature = Signature {
            mark: mark(user(2)),
            name: "Abel".into(),
            rank: "Superintendent".into(),
            content: String::new(),
            people: 1,
            minors: 0,
            photos: 1,
            threshold: 0.5,
            false_alerts: 0.1,
        };
        [
            Stage::Planned { refusal: None },
            Stage::Submitted { submission },
            Stage::Authorised { submission, signature },
        ]
    }

    #[test]
    fn r115_what_whoever_signs_may_have_filled_the_list_of_is_signed_anew() {
        let told = |listers: &[u128], whole| ListersTold {
            listers: listers.iter().copied().map(user).collect(),
            whole,
        };
        let [planned, submitted, authorised] = stages();
        let after = |stage: &Stage, told| attributed(record(stage.clone()), &told);
        for stage in [&planned, &submitted, &authorised] {
            let known = after(stage, told(&[3], true));
            assert_eq!((&known.stage, &known.listers), (stage, &vec![user(3)]));
            // Of somebody on the list nobody knows who put them there.
            assert_eq!(after(stage, told(&[3], false)).stage, planned);
        }
        assert_eq!(after(&submitted, told(&[2], true)).stage, submitted);
        assert_eq!(after(&authorised, told(&[2, 3], true)).stage, planned);
    }
}
