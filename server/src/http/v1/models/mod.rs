//! The models that the server runs with, and what they were measured to do.

pub(crate) mod list;
