//! A watchlist of thousands, a page at a time.

pub(crate) mod page;
