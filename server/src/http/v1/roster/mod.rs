pub(crate) mod check;
pub(crate) mod confirm;

/// Bytes of a list of twenty thousand people with the names of their photographs.
pub(crate) const LARGEST_LIST: usize = 32 * 1024 * 1024;
