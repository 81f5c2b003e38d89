//! Of watchlists: people, what is known about them, and what must be decided about them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vedette_core::id::{EntryId, UserId};
use vedette_store::clearance::Kind;
use vedette_store::namesake::Namesake;
use vedette_store::particulars::Particulars;

use super::{Entry, NewPortrait, Photo};
use crate::domain::roster::{Fault, Warning};
use crate::domain::text::{Name, Passage};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEntry {
    #[schema(value_type = String)]
    pub(crate) name: Name,
    /// Of a person on an operation's watchlist. A volunteer has none.
    #[serde(default)]
    pub(crate) particulars: Option<Particulars>,
    pub(crate) portrait: NewPortrait,
    /// Why an image that falls short is used.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub(crate) override_reason: Option<Passage>,
    /// Why somebody is added while the operation is live.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub(crate) reason: Option<Passage>,
}

impl std::fmt::Debug for NewEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewEntry").finish_non_exhaustive()
    }
}

/// One more photograph of somebody on a watchlist.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewPhoto {
    #[serde(flatten)]
    pub(crate) portrait: NewPortrait,
    /// Why an image that falls short is used.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub(crate) override_reason: Option<Passage>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Batch {
    /// At most fifty.
    pub(crate) entries: Vec<BatchEntry>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BatchEntry {
    #[schema(value_type = String)]
    pub(crate) name: Name,
    #[serde(default)]
    pub(crate) particulars: Option<Particulars>,
    /// One to five, of one person.
    pub(crate) portraits: Vec<NewPortrait>,
    /// Why images that fall short are used.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub(crate) override_reason: Option<Passage>,
}

impl std::fmt::Debug for BatchEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BatchEntry").finish_non_exhaustive()
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchReply {
    /// In the order in which they were sent.
    pub(crate) results: Vec<BatchAnswer>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchAnswer {
    pub(crate) nominal_id: Option<String>,
    pub(crate) outcome: BatchOutcome,
    pub(crate) entry: Option<Entry>,
    /// Why it was refused, and what to do.
    pub(crate) problem: Option<String>,
    /// Refused because an image falls short of what a reference needs.
    pub(crate) quality: bool,
    /// Others whose faces are as alike as a match, best first, at most twelve.
    pub(crate) resembles: Vec<Resembled>,
    /// The person's photos look like several people's.
    pub(crate) unlike_own: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Resembled {
    pub(crate) id: EntryId,
    pub(crate) name: String,
    /// What tells the person from others of that name. Null where nobody else has it.
    pub(crate) namesake: Option<Namesake>,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BatchOutcome {
    Listed,
    /// Nothing was changed.
    AlreadyListed,
    Refused,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRoster {
    /// With a heading, in UTF-8.
    pub(crate) csv: String,
    /// Names of the photographs that came with it.
    pub(crate) photos: Vec<String>,
}

impl std::fmt::Debug for NewRoster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewRoster").finish_non_exhaustive()
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterCheck {
    /// One for each row of the list, in its order.
    pub(crate) rows: Vec<RosterRow>,
    /// Photographs that no row names.
    pub(crate) unused_photos: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterRow {
    /// Of the list; its heading is line 1.
    pub(crate) line: u64,
    pub(crate) name: String,
    pub(crate) nominal_id: String,
    pub(crate) photos: Vec<String>,
    /// Null where there is a fault.
    pub(crate) particulars: Option<Particulars>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) warnings: Vec<Warning>,
    /// What will have to be decided about the entry.
    pub(crate) needs: Vec<Kind>,
    pub(crate) already_listed: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewStatus {
    /// With the column nominal_id, and legal_status where it may have changed.
    pub(crate) csv: String,
    /// Entries that aren't on that list, to be removed.
    #[serde(default)]
    pub(crate) remove: Vec<EntryId>,
}

impl std::fmt::Debug for NewStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewStatus").finish_non_exhaustive()
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterStatus {
    /// Entries that are still wanted.
    pub(crate) confirmed: u64,
    /// Of these, entries with another legal status than before.
    pub(crate) changed: u64,
    /// Entries that aren't on the list, oldest first. Nothing is removed unless it is named.
    pub(crate) missing: Vec<MissingEntry>,
    /// Numbers that aren't on the watchlist.
    pub(crate) unknown: Vec<String>,
    /// The watchlist counts as looked through: none is missing, and the operation hasn't started.
    pub(crate) checked: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MissingEntry {
    pub(crate) id: EntryId,
    pub(crate) name: String,
    /// What tells the person from others of that name. Null where nobody else has it.
    pub(crate) namesake: Option<Namesake>,
    pub(crate) nominal_id: String,
}

/// Something about an entry that is decided, or must be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryClearance {
    pub(crate) kind: Kind,
    pub(crate) state: ClearanceState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClearanceState {
    Needed,
    /// Whoever keeps the list has said why the entry should stay.
    Requested,
    Cleared,
}

/// Which of them are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClearanceShow {
    Open,
    Settled,
}

/// A page of what is decided, or must be, about people on a watchlist.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClearancePage {
    /// Of all of them, those of which there are any.
    pub(crate) kinds: Vec<Kind>,
    /// Undecided, of the kind that was asked for.
    pub(crate) open: u64,
    /// Decided, of the kind that was asked for.
    pub(crate) settled: u64,
    /// Counted from 0; the last one where a later was asked for.
    pub(crate) page: u32,
    pub(crate) page_size: u32,
    /// Oldest entry first.
    pub(crate) clearances: Vec<Clearance>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Clearance {
    pub(crate) entry: ClearanceEntry,
    pub(crate) kind: Kind,
    pub(crate) state: ClearanceState,
    pub(crate) rationale: Option<String>,
    pub(crate) requested_by: Option<Account>,
    pub(crate) requested_at: Option<Timestamp>,
    /// Where a second person decided.
    pub(crate) decided_by: Option<Account>,
    pub(crate) decided_at: Option<Timestamp>,
    /// Of a possible duplicate: whom on the list it looks like, best first, at most twelve.
    pub(crate) others: Vec<ClearanceEntry>,
    /// How many more it looks like.
    pub(crate) others_left_out: usize,
    /// Whether whoever looks asked for it, and so can't approve it.
    pub(crate) own: bool,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ClearanceEntry {
    pub(crate) id: EntryId,
    pub(crate) name: String,
    /// What tells the person from others of that name. Null where nobody else has it.
    pub(crate) namesake: Option<Namesake>,
    pub(crate) particulars: Option<Particulars>,
    /// Best first.
    pub(crate) photos: Vec<Photo>,
}

/// Somebody's account, without name once it is removed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Account {
    pub(crate) id: UserId,
    pub(crate) name: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRationale {
    #[schema(value_type = String, max_length = 4000)]
    pub(crate) rationale: Passage,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewResolution {
    pub(crate) how: Resolution,
}

/// What becomes of a possible duplicate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Resolution {
    /// They are two people, or one who is on the list for two reasons.
    KeepBoth {
        #[schema(value_type = String, max_length = 4000)]
        rationale: Passage,
    },
    /// The photos go to that entry, and this one goes.
    Merge { into: EntryId },
    /// This entry goes.
    Drop,
}
