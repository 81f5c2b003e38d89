//! What becomes of an alert: what was considered, who saw the person, what was done. Plain data; the rules are the server's.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vedette_core::id::{AlertId, DeviceId, EntryId, TrackId, UserId};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::row::Band;

/// What whoever compared the two pictures had regard to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Factors {
    pub subject: BTreeSet<SubjectFactor>,
    pub system: BTreeSet<SystemFactor>,
    pub environment: BTreeSet<EnvironmentFactor>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SubjectFactor {
    Ageing,
    Headwear,
    Glasses,
    FaceCovering,
    FacialHair,
    Hair,
    MakeUp,
    Injury,
    Relative,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SystemFactor {
    ImageQuality,
    Blur,
    Pose,
    ProbeLighting,
    OldReference,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EnvironmentFactor {
    Light,
    Crowd,
    Distance,
    Weather,
    Movement,
}

/// What a second person says who sees the first one's match in the flesh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SightVerdict {
    Confirmed,
    NotConfirmed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    pub verdict: SightVerdict,
    pub by: UserId,
    pub by_name: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    pub by: UserId,
    pub by_name: String,
    pub at: Timestamp,
    pub outcome: Outcome,
    /// Whether what was observed of the person was counted.
    pub observed: bool,
    /// Gone once the deployment has ended.
    pub texts: Texts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    NotEngaged {
        reason: NotEngaged,
    },
    /// The person was out of sight before anybody could speak to them.
    Lost,
    /// It was the person on the watchlist.
    EngagedTrue {
        contact: Contact,
    },
    /// It was somebody else.
    EngagedFalse {
        contact: Contact,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NotEngaged {
    NoOfficerFree,
    NotSafe,
    NotProportionate,
    NoLongerWanted,
    Other,
}

/// How somebody was spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub started_at: Timestamp,
    /// At most a day.
    pub minutes: u16,
    pub explanation_given: bool,
    pub leaflet_given: bool,
    pub force_used: bool,
    pub complaint: bool,
    pub disposal: Disposal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Disposal {
    Arrest,
    OtherAction,
    NoFurtherAction,
}

/// What was typed about an engagement. Overwritten when dropped; its Debug shows nothing.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Texts {
    /// Who else took part.
    pub officers: Vec<String>,
    pub note: Option<String>,
}

impl Texts {
    pub fn is_empty(&self) -> bool {
        self.officers.is_empty() && self.note.is_none()
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

/// Somebody's identity was checked: a step with a lawful basis of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityCheck {
    pub kind: CheckKind,
    pub lawful_basis: LawfulBasis,
    pub at: Timestamp,
    pub by: UserId,
    pub by_name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    Fingerprints,
    Document,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LawfulBasis {
    Consent,
    /// Police and criminal evidence law.
    CriminalEvidence,
    Immigration,
    Terrorism,
    OtherPower,
}

/// An alert reached somebody's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// None for an administrator of an exercise without a paired device.
    pub device: Option<DeviceId>,
    pub device_name: Option<String>,
    pub user: UserId,
    pub user_name: String,
    pub received_at: Timestamp,
    pub opened_at: Option<Timestamp>,
}

/// A face that was taken for that of an alert, seen again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting {
    pub alert: AlertId,
    pub entry: EntryId,
    pub device: DeviceId,
    pub track: TrackId,
    pub seen_at: Timestamp,
    pub band: Band,
}

/// What an officer saw of somebody who was engaged by mistake. It is counted, and kept nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Observation {
    pub sex: ObservedSex,
    pub age_band: ObservedAge,
    pub ethnicity: ObservedEthnicity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObservedSex {
    Female,
    Male,
    NotKnown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObservedAge {
    #[serde(rename = "under_18")]
    Under18,
    #[serde(rename = "from_18_to_24")]
    From18To24,
    #[serde(rename = "from_25_to_44")]
    From25To44,
    #[serde(rename = "from_45_to_64")]
    From45To64,
    #[serde(rename = "from_65")]
    From65,
    NotKnown,
}

/// The five groups that officers record, and not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObservedEthnicity {
    White,
    Mixed,
    Asian,
    Black,
    Other,
    NotKnown,
}

impl ObservedSex {
    pub const ALL: [Self; 3] = [Self::Female, Self::Male, Self::NotKnown];
}

impl ObservedAge {
    pub const ALL: [Self; 6] = [
        Self::Under18,
        Self::From18To24,
        Self::From25To44,
        Self::From45To64,
        Self::From65,
        Self::NotKnown,
    ];
}

impl ObservedEthnicity {
    pub const ALL: [Self; 6] = [
        Self::White,
        Self::Mixed,
        Self::Asian,
        Self::Black,
        Self::Other,
        Self::NotKnown,
    ];
}

/// How many people of each kind were observed, each way of counting by itself: no two counts are of the same people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    pub total: u32,
    pub sex: Vec<(ObservedSex, u32)>,
    pub age_band: Vec<(ObservedAge, u32)>,
    pub ethnicity: Vec<(ObservedEthnicity, u32)>,
}

/// What came of a deployment's alerts, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interventions {
    /// Engaged, and it was the person on the watchlist.
    pub right: u32,
    /// Engaged, and it was somebody else.
    pub wrong: u32,
    pub lost: u32,
    pub not_engaged: u32,
    pub arrests: u32,
    pub other_action: u32,
    pub no_further_action: u32,
    pub force_used: u32,
    pub complaints: u32,
}
