pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod set_password;
pub(crate) mod show;
