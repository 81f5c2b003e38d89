pub(crate) mod adjudicate;
pub(crate) mod crop;
pub(crate) mod list;
pub(crate) mod probe;
pub(crate) mod records;
pub(crate) mod reference;
