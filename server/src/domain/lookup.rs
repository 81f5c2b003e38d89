//! Who of a watchlist is looked at, for whoever keeps it. A list of thousands comes a page at a time.

use serde::Deserialize;
use utoipa::ToSchema;
use vedette_store::particulars::Response;
use vedette_store::row::EntryRow;

/// People on a page.
pub(crate) const PAGE: u32 = 24;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Show {
    #[default]
    All,
    /// About whom something is undecided.
    Waiting,
    /// With something to look at again.
    Warned,
    /// With several photographs.
    Several,
}

/// Nothing asked for is everybody.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// In the name or the source's number, whatever the case.
    pub(crate) search: String,
    pub(crate) category: Option<String>,
    pub(crate) response: Option<Response>,
    pub(crate) show: Show,
}

impl std::fmt::Debug for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wanted")
            .field("show", &self.show)
            .finish_non_exhaustive()
    }
}

impl Wanted {
    pub(crate) fn is_everybody(&self) -> bool {
        self.search.trim().is_empty() && self.category.is_none() && self.response.is_none() && self.show == Show::All
    }

    /// `warned`: whether there is something to look at again.
    pub(crate) fn takes(&self, entry: &EntryRow, warned: impl FnOnce() -> bool) -> bool {
        let particulars = entry.particulars.as_ref();
        let search = self.search.trim().to_lowercase();
        let found = |text: &str| text.to_lowercase().contains(&search);
        let named =
            search.is_empty() || found(&entry.name) || particulars.is_some_and(|known| found(&known.nominal_id));
        let of_category =
            (self.category.as_ref()).is_none_or(|wanted| particulars.is_some_and(|known| known.category == *wanted));
        let of_response =
            (self.response).is_none_or(|wanted| particulars.is_some_and(|known| known.response == wanted));
        named
            && of_category
            && of_response
            && match self.show {
                Show::All => true,
                Show::Waiting => entry.waits(),
                Show::Warned => warned(),
                Show::Several => entry.photos.len() > 1,
            }
    }
}

/// The number of the last page, counted from 0.
pub(crate) fn last_page(rows: u64, size: u32) -> u32 {
    let last = rows.saturating_sub(1) / u64::from(size.max(1));
    u32::try_from(last).unwrap_or(u32::MAX)
}

/// The rows of a page, counted from 0; a page beyond the end is the last one.
pub(crate) fn page<T>(rows: Vec<T>, wanted: u32) -> (u32, Vec<T>) {
    let page = wanted.min(last_page(rows.len() as u64, PAGE));
    let rows = rows.into_iter().skip(page as usize * PAGE as usize);
    (page, rows.take(PAGE as usize).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_holds_the_last_row() {
        let last = [0, 1, 20, 21, 40, 41].map(|rows| last_page(rows, 20));
        assert_eq!(last, [0, 0, 0, 1, 1, 2]);
    }

    #[test]
    fn a_page_beyond_the_end_is_the_last_one() {
        let rows: Vec<u32> = (0..PAGE * 2 + 1).collect();
        let whole = PAGE as usize;
        assert_eq!(page(rows.clone(), 0).1.len(), whole);
        assert_eq!(page(rows.clone(), 1), (1, rows[whole..2 * whole].to_vec()));
        assert_eq!(page(rows.clone(), 9), (2, vec![2 * PAGE]));
        assert_eq!(page(rows[..whole].to_vec(), 1).0, 0);
        assert_eq!(page(Vec::<u32>::new(), 3), (0, Vec::new()));
    }

    #[test]
    fn whoever_asks_for_nothing_asks_for_everybody() {
        let blank = Wanted {
            search: " ".into(),
            ..Wanted::default()
        };
        assert!(Wanted::default().is_everybody() && blank.is_everybody());
        let asked = [
            Wanted {
                search: "N/7".into(),
                ..Wanted::default()
            },
            Wanted {
                category: Some("Missing".into()),
                ..Wanted::default()
            },
            Wanted {
                response: Some(Response::Red),
                ..Wanted::default()
            },
            Wanted {
                show: Show::Waiting,
                ..Wanted::default()
            },
        ];
        assert!(asked.iter().all(|wanted| !wanted.is_everybody()));
    }
}
