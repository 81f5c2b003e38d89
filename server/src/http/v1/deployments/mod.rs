pub(crate) mod create;
pub(crate) mod deletion;
pub(crate) mod end;
pub(crate) mod list;
pub(crate) mod observations;
pub(crate) mod publication;
pub(crate) mod show;
pub(crate) mod start;
