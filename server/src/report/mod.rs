//! What is published about the use of the system.

pub(crate) mod annual;
pub(crate) mod notice;
