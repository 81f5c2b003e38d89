//! Who may do what. One table, for every endpoint and every screen.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use vedette_store::row::{Role, RoleGrant};

/// What can be done with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Duty {
    /// Accounts, roles, training.
    KeepAccounts,
    /// Pair devices, withdraw them.
    KeepDevices,
    /// Draft an exercise with volunteers.
    Rehearse,
    /// Write the plan of an operation, submit it, review it afterwards.
    Plan,
    /// Sign for an operation, refuse it, take the signature back, sign its review.
    Authorise,
    /// See and change who is on the watchlist.
    KeepWatchlist,
    /// Confirm the signs on site.
    ConfirmSigns,
    Start,
    End,
    /// Send candidates, set the zone of recognition.
    Capture,
    /// See alerts and decide about them.
    Decide,
    /// See the threshold that the target comes to.
    SeeOperatingPoint,
    /// Have the deletion certificate.
    Certify,
    /// See the photograph of the signs.
    Oversee,
    /// Read the journal.
    ReadJournal,
    /// Set what the installation allows on watchlists.
    SetPolicy,
    /// See what must be decided about people on a watchlist, and their pictures.
    SeeClearances,
    /// Stop matching for a while.
    Pause,
    /// Go on after a pause.
    Resume,
    /// Keep an alert's pictures as evidence beyond the deployment's end, and see them.
    Hold,
    RecordComplaints,
    /// Close complaints with their outcome, which lets go what was frozen for them.
    SettleComplaints,
    /// Read holds, complaints and annual reports.
    Report,
    /// Answer people who ask what was held about them. Always as in an operation.
    AnswerRights,
    /// Say who is responsible.
    KeepOrganisation,
    /// Read what was decided and done about alerts, without pictures.
    ReadAlerts,
}

impl Duty {
    pub(crate) const ALL: [Self; 26] = [
        Self::KeepAccounts,
        Self::KeepDevices,
        Self::Rehearse,
        Self::Plan,
        Self::Authorise,
        Self::KeepWatchlist,
        Self::ConfirmSigns,
        Self::Start,
        Self::End,
        Self::Capture,
        Self::Decide,
        Self::SeeOperatingPoint,
        Self::Certify,
        Self::Oversee,
        Self::ReadJournal,
        Self::SetPolicy,
        Self::SeeClearances,
        Self::Pause,
        Self::Resume,
        Self::Hold,
        Self::RecordComplaints,
        Self::SettleComplaints,
        Self::Report,
        Self::AnswerRights,
        Self::KeepOrganisation,
        Self::ReadAlerts,
    ];
}

/// What it is done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum With {
    /// A deployment with volunteers, or the server itself.
    Exercise,
    /// An authorised deployment, or one that asks to be.
    Operation,
}

/// Whether one of these roles, held on `today`, allows it. In an operation a role counts while its training holds.
pub(crate) fn may(grants: &[RoleGrant], duty: Duty, with: With, today: Date) -> bool {
    grants.iter().any(|grant| {
        let trained = with != With::Operation || is_trained(grant, today);
        trained && allows(grant.role, duty, with)
    })
}

/// Administrators record training, so they need none.
pub(crate) fn is_trained(grant: &RoleGrant, today: Date) -> bool {
    grant.role == Role::Administrator || grant.trained_until.is_some_and(|until| today <= until)
}

fn allows(role: Role, duty: Duty, with: With) -> bool {
    use Role::{
        Administrator, Auditor, AuthorisingOfficer, Commander, EngagementOfficer, Engineer, ListManager, Operator,
    };
    // One person may run an exercise alone. In an operation an administrator sees no picture and signs nothing.
    let in_exercise = with == With::Exercise && role == Administrator;
    match duty {
        Duty::KeepAccounts => role == Administrator,
        Duty::KeepDevices => matches!(role, Administrator | Engineer),
        Duty::Rehearse => matches!(role, Administrator | Commander | ListManager),
        Duty::Plan => role == Commander,
        Duty::Authorise => role == AuthorisingOfficer,
        Duty::KeepWatchlist => in_exercise || role == ListManager,
        Duty::ConfirmSigns => matches!(role, Commander | Operator | EngagementOfficer),
        Duty::Start => in_exercise || role == Commander,
        Duty::End => in_exercise || matches!(role, AuthorisingOfficer | Commander),
        Duty::Capture => in_exercise || role == Operator,
        Duty::Decide => in_exercise || matches!(role, Operator | EngagementOfficer),
        Duty::SeeOperatingPoint => {
            in_exercise || matches!(role, AuthorisingOfficer | Commander | ListManager | Auditor)
        }
        Duty::Oversee => matches!(role, AuthorisingOfficer | Commander | Operator | EngagementOfficer),
        Duty::ReadJournal => matches!(role, Auditor | AuthorisingOfficer),
        Duty::SetPolicy => role == Administrator,
        // There is nothing to decide about volunteers.
        Duty::SeeClearances => {
            in_exercise || role == ListManager || (role == AuthorisingOfficer && with == With::Operation)
        }
        Duty::Pause => in_exercise || matches!(role, AuthorisingOfficer | Commander),
        Duty::Resume => in_exercise || role == AuthorisingOfficer,
        // A commander would settle complaints about her own operations, and what was frozen for them would go.
        Duty::Hold | Duty::SettleComplaints => role == AuthorisingOfficer,
        Duty::RecordComplaints => {
            in_exercise || matches!(role, AuthorisingOfficer | Commander | Operator | EngagementOfficer)
        }
        // It tells who is on a live list too (R32).
        Duty::AnswerRights => role == AuthorisingOfficer,
        Duty::Report => matches!(role, AuthorisingOfficer | Commander | Auditor),
        Duty::KeepOrganisation => role == Administrator,
        // Without pictures or names, so an auditor reads it too (R97).
        Duty::ReadAlerts => {
            in_exercise
                || matches!(
                    role,
                    AuthorisingOfficer | Commander | Auditor | Operator | EngagementOfficer
                )
        }
        Duty::Certify => matches!(role, Administrator | AuthorisingOfficer | Commander | Auditor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grants(role: Role, until: Option<&str>) -> [RoleGrant; 1] {
        [RoleGrant {
            role,
            trained_until: until.map(|date| date.parse().unwrap()),
        }]
    }

    fn today() -> Date {
        "2027-03-01".parse().unwrap()
    }

    /// R116.
    #[test]
    fn without_training_that_holds_a_role_counts_for_nothing_in_an_operation() {
        for role in Role::ALL {
            for duty in Duty::ALL {
                let with = |until| may(&grants(role, until), duty, With::Operation, today());
                let (held, ended, never) = (with(Some("2027-03-01")), with(Some("2027-02-28")), with(None));
                assert_eq!(held, allows(role, duty, With::Operation), "{role:?} {duty:?}");
                if role != Role::Administrator {
                    assert!(!ended && !never, "{role:?} {duty:?}");
                }
            }
        }
    }

    /// R114: an administrator alone sees no image and authorises nothing.
    #[test]
    fn in_an_operation_an_administrator_neither_sees_pictures_nor_signs_nor_starts() {
        let admin = grants(Role::Administrator, None);
        for duty in [
            Duty::Plan,
            Duty::Authorise,
            Duty::KeepWatchlist,
            Duty::Start,
            Duty::Capture,
            Duty::Decide,
        ] {
            assert!(!may(&admin, duty, With::Operation, today()), "{duty:?}");
        }
    }

    /// R115.
    #[test]
    fn no_role_both_plans_and_signs_or_signs_and_captures() {
        for role in Role::ALL {
            for with in [With::Exercise, With::Operation] {
                let does = |duty| allows(role, duty, with);
                assert!(
                    !(does(Duty::Authorise) && (does(Duty::Plan) || does(Duty::Capture))),
                    "{role:?}"
                );
            }
        }
    }

    /// R97.
    #[test]
    fn an_auditor_changes_nothing() {
        let auditor = grants(Role::Auditor, Some("2030-01-01"));
        for duty in Duty::ALL {
            for with in [With::Exercise, With::Operation] {
                let reads = matches!(
                    duty,
                    Duty::SeeOperatingPoint | Duty::Certify | Duty::ReadJournal | Duty::Report | Duty::ReadAlerts
                );
                assert_eq!(may(&auditor, duty, with, today()), reads, "{duty:?} {with:?}");
            }
        }
    }
}
