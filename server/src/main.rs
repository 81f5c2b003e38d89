//! The server of Vedette: one binary, sub-commands.
#![forbid(unsafe_code)]

mod alerts;
mod app;
mod audit;
mod clearances;
mod cli;
mod clock;
mod cores;
mod dashboard;
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
mod report;
mod retention;
mod rights;
mod status;
mod subject_access;
mod tls;
mod unbroken;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
