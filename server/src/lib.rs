//! The server of Vedette and its command line. `program` makes the binary of it, with the front end built in.
#![forbid(unsafe_code)]

mod alerts;
mod app;
mod audit;
mod clearances;
mod cli;
mod clock;
mod cores;
mod dashboard;
mod deliveries;
mod domain;
mod engine;
mod enrolment;
mod evaluate;
mod heartbeats;
mod http;
mod limits;
mod listing;
mod live;
mod matcher;
mod models;
mod operations;
mod password;
mod publication;
mod rates;
mod reach;
mod report;
mod retention;
mod rights;
mod status;
mod subject_access;
mod tls;
mod unbroken;

use std::process::ExitCode;

pub use http::pages::Pages;

/// Does what the command line asks for.
pub fn main(pages: Pages) -> ExitCode {
    cli::main(pages)
}
