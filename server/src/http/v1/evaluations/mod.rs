//! Reports of how models were measured.

pub(crate) mod add;
pub(crate) mod list;
pub(crate) mod remove;
