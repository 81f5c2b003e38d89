//! What is kept, how long, and what becomes of it then (R76): one table. Whatever deletes reads its periods here; pages,
//! exports and `server/retention.md` print it.

use jiff::SignedDuration;
use serde::Serialize;
use utoipa::ToSchema;

/// Kinds of what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Class {
    Video,
    Candidates,
    Watchlist,
    Signs,
    RejectedCrops,
    ConfirmedCrops,
    Engagements,
    Holds,
    Complaints,
    Manifest,
    Alerts,
    Records,
    Journal,
    Sessions,
    IdleSessions,
    PairingCodes,
    Deliveries,
    Minutes,
    UnfinishedPlans,
    Evaluations,
}

/// From when a period runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trigger {
    Seen,
    Compared,
    RemovedOrEnd,
    DecidedAgainst,
    DeploymentEnd,
    Closed,
    Written,
    SignedIn,
    Used,
    Made,
    Saved,
    Removed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    AtOnce,
    /// Exactly so long.
    For(SignedDuration),
    /// So long, and longer only when an authorising officer renews it, each time anew, or while a complaint is open.
    AtMost(SignedDuration),
    /// So long and longer: the product never deletes it.
    AtLeast(SignedDuration),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Overwritten,
    Deleted,
    /// Also in every backup.
    KeyDestroyed,
    Kept,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) class: Class,
    pub(crate) holds: &'static str,
    pub(crate) trigger: Trigger,
    pub(crate) period: Period,
    pub(crate) action: Action,
}

const fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

pub(crate) const VIDEO: Rule = Rule {
    class: Class::Video,
    holds: "camera frames, on the tablet only: the product records no video, and sends none",
    trigger: Trigger::Seen,
    period: Period::AtOnce,
    action: Action::Overwritten,
};

pub(crate) const CANDIDATES: Rule = Rule {
    class: Class::Candidates,
    holds: "templates of passing faces, in memory only",
    trigger: Trigger::Compared,
    period: Period::AtOnce,
    action: Action::Overwritten,
};

pub(crate) const WATCHLIST: Rule = Rule {
    class: Class::Watchlist,
    holds: "the watchlist: names, particulars, photographs, templates, reasons of clearances; zones of recognition",
    trigger: Trigger::RemovedOrEnd,
    period: Period::AtOnce,
    action: Action::KeyDestroyed,
};

/// As long as people may bring a claim (Limitation Act 1980).
pub(crate) const MANIFEST: Rule = Rule {
    class: Class::Manifest,
    holds: "the manifest: who was on which list, by the source's number, with hashes of the images, to answer the people themselves",
    trigger: Trigger::RemovedOrEnd,
    period: Period::For(days(6 * 365)),
    action: Action::Deleted,
};

pub(crate) const SIGNS: Rule = Rule {
    class: Class::Signs,
    holds: "photographs of the signs",
    trigger: Trigger::DeploymentEnd,
    period: Period::AtOnce,
    action: Action::KeyDestroyed,
};

pub(crate) const REJECTED_CROPS: Rule = Rule {
    class: Class::RejectedCrops,
    holds: "matched crops of alerts decided false or inconclusive, not confirmed on sight, not decided in time, or withdrawn with their person",
    trigger: Trigger::DecidedAgainst,
    period: Period::AtOnce,
    action: Action::Deleted,
};

pub(crate) const CONFIRMED_CROPS: Rule = Rule {
    class: Class::ConfirmedCrops,
    holds: "matched crops of other alerts",
    trigger: Trigger::DeploymentEnd,
    period: Period::AtOnce,
    action: Action::KeyDestroyed,
};

pub(crate) const ENGAGEMENTS: Rule = Rule {
    class: Class::Engagements,
    holds: "names and notes of engagements; on whose screens an alert was; faces taken for one seen before",
    trigger: Trigger::DeploymentEnd,
    period: Period::AtOnce,
    action: Action::KeyDestroyed,
};

pub(crate) const HOLDS: Rule = Rule {
    class: Class::Holds,
    holds: "an alert's pictures under an evidential hold or for a complaint, and why they are held",
    trigger: Trigger::DeploymentEnd,
    period: Period::AtMost(days(31)),
    action: Action::KeyDestroyed,
};

pub(crate) const COMPLAINTS: Rule = Rule {
    class: Class::Complaints,
    holds: "the words of a complaint and of its outcome",
    trigger: Trigger::Closed,
    period: Period::For(days(365)),
    action: Action::KeyDestroyed,
};

/// Six years, as for the manifest: an account of what was done, without names and pictures.
const ACCOUNTS: Period = Period::AtLeast(days(6 * 365));

pub(crate) const ALERTS: Rule = Rule {
    class: Class::Alerts,
    holds: "alerts without names or pictures, which people of a list had one name, what was decided and done about them, holds and complaints without words, counts",
    trigger: Trigger::Written,
    period: ACCOUNTS,
    action: Action::Kept,
};

pub(crate) const RECORDS: Rule = Rule {
    class: Class::Records,
    holds: "plans, signatures, pauses, reviews; accounts that signed or decided",
    trigger: Trigger::Written,
    period: ACCOUNTS,
    action: Action::Kept,
};

/// R95: no deletion touches it.
pub(crate) const JOURNAL: Rule = Rule {
    class: Class::Journal,
    holds: "the journal, which holds ids and counts only, with the log of disclosures",
    trigger: Trigger::Written,
    period: Period::AtLeast(days(183)),
    action: Action::Kept,
};

pub(crate) const SESSIONS: Rule = Rule {
    class: Class::Sessions,
    holds: "sessions",
    trigger: Trigger::SignedIn,
    period: Period::For(SignedDuration::from_hours(12)),
    action: Action::Deleted,
};

pub(crate) const IDLE_SESSIONS: Rule = Rule {
    class: Class::IdleSessions,
    holds: "sessions that nobody uses",
    trigger: Trigger::Used,
    period: Period::For(SignedDuration::from_mins(15)),
    action: Action::Deleted,
};

pub(crate) const PAIRING_CODES: Rule = Rule {
    class: Class::PairingCodes,
    holds: "pairing codes that nobody used",
    trigger: Trigger::Made,
    period: Period::For(SignedDuration::from_mins(5)),
    action: Action::Deleted,
};

/// Twice as long as devices tell of things afterwards.
pub(crate) const DELIVERIES: Rule = Rule {
    class: Class::Deliveries,
    holds: "digests of what devices sent and of its numbers, so that each is taken once",
    trigger: Trigger::Made,
    period: Period::For(days(2)),
    action: Action::Deleted,
};

pub(crate) const MINUTES: Rule = Rule {
    class: Class::Minutes,
    holds: "how many faces were followed in each minute, as the dashboard shows it",
    trigger: Trigger::Written,
    period: Period::For(SignedDuration::from_mins(30)),
    action: Action::Deleted,
};

pub(crate) const UNFINISHED_PLANS: Rule = Rule {
    class: Class::UnfinishedPlans,
    holds: "unfinished plans, which only their writers see",
    trigger: Trigger::Saved,
    period: Period::For(days(30)),
    action: Action::Deleted,
};

pub(crate) const EVALUATIONS: Rule = Rule {
    class: Class::Evaluations,
    holds: "reports of what models were measured to do",
    trigger: Trigger::Removed,
    period: Period::AtOnce,
    action: Action::Deleted,
};

pub(crate) const TABLE: &[Rule] = &[
    VIDEO,
    CANDIDATES,
    WATCHLIST,
    MANIFEST,
    SIGNS,
    REJECTED_CROPS,
    CONFIRMED_CROPS,
    ENGAGEMENTS,
    HOLDS,
    COMPLAINTS,
    ALERTS,
    RECORDS,
    JOURNAL,
    SESSIONS,
    IDLE_SESSIONS,
    PAIRING_CODES,
    DELIVERIES,
    MINUTES,
    UNFINISHED_PLANS,
    EVALUATIONS,
];

impl Period {
    pub(crate) const fn lasts(self) -> SignedDuration {
        match self {
            Self::AtOnce => SignedDuration::ZERO,
            Self::For(period) | Self::AtMost(period) | Self::AtLeast(period) => period,
        }
    }

    pub(crate) fn words(self) -> String {
        match self {
            Self::AtOnce => "at once".to_owned(),
            Self::For(period) => format!("after {}", length(period)),
            Self::AtMost(period) => {
                format!(
                    "after {} at most, unless an authorising officer renews it; not while a complaint about it is open",
                    length(period)
                )
            }
            Self::AtLeast(period) => format!("not before {}", length(period)),
        }
    }
}

fn length(period: SignedDuration) -> String {
    let (minutes, hours) = (period.as_mins(), period.as_hours());
    match (hours / 24, hours, minutes) {
        (days, _, _) if days >= 2 => format!("{days} days"),
        (_, hours, _) if hours >= 2 => format!("{hours} hours"),
        (_, _, minutes) => format!("{minutes} minutes"),
    }
}

impl Trigger {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Seen => "looked at",
            Self::Compared => "compared",
            Self::RemovedOrEnd => "removed, or the deployment's end",
            Self::DecidedAgainst => "the decision, its time, or the person's removal",
            Self::DeploymentEnd => "the deployment's end",
            Self::Closed => "the complaint is closed",
            Self::Written => "written",
            Self::SignedIn => "signing in",
            Self::Used => "last used",
            Self::Made => "made",
            Self::Saved => "last saved",
            Self::Removed => "removed by an administrator",
        }
    }
}

impl Action {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Overwritten => "overwritten in memory",
            Self::Deleted => "deleted",
            Self::KeyDestroyed => "deleted, and the key destroyed: no backup can be read",
            Self::Kept => "kept; the product never deletes it",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fmt::Write as _;

    use super::*;

    /// The table as Markdown.
    fn to_markdown() -> String {
        let mut text = "# What is kept, and how long

One table, from `server/src/domain/retention.rs`: what deletes reads its periods there, and pages and exports print it. A test
keeps this page true.

| what | from | until | then |
|---|---|---|---|
"
        .to_owned();
        for rule in TABLE {
            // Into memory: always written.
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} |",
                rule.holds,
                rule.trigger.words(),
                rule.period.words(),
                rule.action.words()
            );
        }
        text
    }

    #[test]
    fn r76_the_written_table_is_what_the_code_says() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/retention.md");
        let table = to_markdown();
        if std::env::var_os("VEDETTE_WRITE_RETENTION").is_some() {
            std::fs::write(file, &table).unwrap();
        }
        let written = std::fs::read_to_string(file).unwrap();
        assert!(
            written == table,
            "server/retention.md is stale; run this test with VEDETTE_WRITE_RETENTION=1, and read what changed"
        );
    }

    #[test]
    fn each_class_stands_in_the_table_once() {
        let classes: HashSet<_> = TABLE.iter().map(|rule| rule.class).collect();
        assert_eq!(classes.len(), TABLE.len());
    }

    #[test]
    fn r95_the_journal_is_kept_six_months_at_least() {
        assert!(matches!(JOURNAL.period, Period::AtLeast(period) if period >= days(183)));
        assert_eq!(JOURNAL.action, Action::Kept);
    }

    #[test]
    fn r77_pictures_go_at_the_end_and_held_ones_within_31_days_of_it() {
        assert_eq!(CONFIRMED_CROPS.period, Period::AtOnce);
        assert_eq!(REJECTED_CROPS.period, Period::AtOnce);
        assert_eq!(HOLDS.period.lasts(), days(31));
    }
}
