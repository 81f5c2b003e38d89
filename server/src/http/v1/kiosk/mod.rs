pub(crate) mod set_up;
pub(crate) mod show;
