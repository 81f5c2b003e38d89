//! What the server runs with.

pub(crate) mod show;
