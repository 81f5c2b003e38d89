//! What the browser and the server must agree on. Pure: no I/O, no clock, no randomness, no unsafe.
#![forbid(unsafe_code)]

pub mod align;
pub mod calibration;
pub mod cohort;
pub mod compression;
pub mod detect;
pub mod geometry;
pub mod id;
pub mod image;
pub mod manifest;
pub mod presentation;
pub mod quality;
pub mod references;
pub mod shot;
pub mod template;
pub mod track;
pub mod transform;
pub mod watchlist;
pub mod wire;
pub mod zone;
