//! The server with its front end, as one binary. A package of its own, so that new pages don't compile the server anew.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use rust_embed::RustEmbed;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(RustEmbed)]
#[folder = "../../www/dist"]
struct Pages;

fn main() -> ExitCode {
    vedette_server::main(Pages::get)
}
