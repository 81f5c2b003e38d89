pub(crate) mod create;
pub(crate) mod create_this;
pub(crate) mod list;
pub(crate) mod revoke;
