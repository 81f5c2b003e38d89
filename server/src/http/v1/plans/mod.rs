//! Plans that somebody is still writing.

pub(crate) mod discard;
pub(crate) mod list;
pub(crate) mod save;
