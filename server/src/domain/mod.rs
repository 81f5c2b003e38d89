//! What the product is about, without I/O: states, their transitions, and the rules for text that people type.
//! Time and randomness are parameters.

pub(crate) mod afterwards;
pub(crate) mod alert;
pub(crate) mod calendar;
pub(crate) mod ceiling;
pub(crate) mod clearance;
pub(crate) mod code;
pub(crate) mod complaint;
pub(crate) mod conflict;
pub(crate) mod delivery;
pub(crate) mod deployment;
pub(crate) mod duty;
pub(crate) mod engagement;
pub(crate) mod evaluation;
pub(crate) mod fitness;
pub(crate) mod hold;
pub(crate) mod lookup;
pub(crate) mod minutes;
pub(crate) mod operation;
pub(crate) mod picture;
pub(crate) mod policy;
pub(crate) mod repeat;
pub(crate) mod retention;
pub(crate) mod review;
pub(crate) mod roster;
pub(crate) mod session;
pub(crate) mod shortfall;
pub(crate) mod sketch;
pub(crate) mod tally;
pub(crate) mod text;
pub(crate) mod unfinished;
pub(crate) mod user;
