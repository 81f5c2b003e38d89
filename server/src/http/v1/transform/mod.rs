pub(crate) mod probes;
pub(crate) mod references;
