pub(crate) mod set;
pub(crate) mod show;
