pub(crate) mod amend;
pub(crate) mod authorise;
pub(crate) mod confirm_list;
pub(crate) mod confirm_signs;
pub(crate) mod create;
pub(crate) mod refuse;
pub(crate) mod review;
pub(crate) mod sign_review;
pub(crate) mod signs;
pub(crate) mod submit;
pub(crate) mod withdraw;

/// Of a plan: some texts of a page each.
pub(crate) const PLAN_BYTES: usize = 256 * 1024;
