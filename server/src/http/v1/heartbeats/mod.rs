//! What devices say of themselves while they watch.

pub(crate) mod list;
pub(crate) mod send;
