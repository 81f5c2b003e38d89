//! What becomes of an alert, as it travels.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vedette_core::id::{DeliveryId, DeviceId, UserId};
use vedette_store::engagement::{
    CheckKind, LawfulBasis, ObservedAge, ObservedEthnicity, ObservedSex, Outcome, SightVerdict,
};
use vedette_store::withdrawal::Unlisted;

use super::{Delivery, Named};
use crate::domain::text::{Name, Passage};

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LastSeen {
    pub(crate) at: Timestamp,
    pub(crate) device: Named<DeviceId>,
    /// Whether that device stands as a kiosk.
    pub(crate) at_kiosk: bool,
}

/// The alert reached somebody's screen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Receipt {
    /// The device's name; null for an administrator of an exercise without one.
    pub(crate) device: Option<String>,
    pub(crate) user: Named<UserId>,
    pub(crate) received_at: Timestamp,
    pub(crate) opened_at: Option<Timestamp>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct IdentityCheck {
    pub(crate) kind: CheckKind,
    pub(crate) lawful_basis: LawfulBasis,
    pub(crate) at: Timestamp,
    pub(crate) by: Named<UserId>,
}

/// A second person's judgement, on sight.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Sight {
    pub(crate) verdict: SightVerdict,
    pub(crate) by: Named<UserId>,
    pub(crate) at: Timestamp,
}

/// Nobody looks for the person any more.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Withdrawal {
    pub(crate) at: Timestamp,
    pub(crate) by: Option<Named<UserId>>,
    pub(crate) why: Unlisted,
}

impl From<vedette_store::withdrawal::Withdrawal> for Withdrawal {
    fn from(withdrawal: vedette_store::withdrawal::Withdrawal) -> Self {
        Self {
            at: withdrawal.at,
            by: withdrawal.by.map(|(id, name)| Named { id, name }),
            why: withdrawal.why,
        }
    }
}

/// What was done about the person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Engagement {
    pub(crate) by: Named<UserId>,
    pub(crate) at: Timestamp,
    pub(crate) outcome: Outcome,
    /// Who else took part; empty once the deployment has ended.
    pub(crate) officers: Vec<String>,
    /// Null once the deployment has ended.
    pub(crate) note: Option<String>,
    /// Whether what was observed of somebody who was engaged by mistake was counted.
    pub(crate) observed: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReceipt {
    pub(crate) kind: Arrival,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Arrival {
    Received,
    /// Somebody looks at it.
    Opened,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confirmation {
    pub(crate) verdict: SightVerdict,
    /// Made by the device; the same one is taken once, and answered alike.
    pub(crate) delivery: DeliveryId,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEngagement {
    pub(crate) outcome: Outcome,
    /// Who took part besides whoever sends this; at most four.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 4)]
    pub(crate) officers: Officers,
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub(crate) note: Option<Passage>,
    pub(crate) delivery: Delivery,
}

/// At most four.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "Vec<Name>")]
pub(crate) struct Officers(pub(crate) Vec<Name>);

impl TryFrom<Vec<Name>> for Officers {
    type Error = &'static str;

    fn try_from(names: Vec<Name>) -> Result<Self, Self::Error> {
        const MOST: usize = 4;
        if names.len() <= MOST {
            Ok(Self(names))
        } else {
            Err("an engagement names at most four other officers")
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewIdentityCheck {
    pub(crate) kind: CheckKind,
    pub(crate) lawful_basis: LawfulBasis,
    pub(crate) at: Timestamp,
    pub(crate) delivery: Delivery,
}

/// What officers saw of people who were engaged by mistake. Null: fewer than five, or what would tell a count of fewer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Observations {
    pub(crate) total: Option<u32>,
    pub(crate) sex: Vec<SexCount>,
    pub(crate) age_band: Vec<AgeCount>,
    pub(crate) ethnicity: Vec<EthnicityCount>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SexCount {
    pub(crate) value: ObservedSex,
    pub(crate) people: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgeCount {
    pub(crate) value: ObservedAge,
    pub(crate) people: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EthnicityCount {
    pub(crate) value: ObservedEthnicity,
    pub(crate) people: Option<u32>,
}
