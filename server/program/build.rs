//! Lets the server be built before the front end: the folder of pages then exists, and is empty.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/dist");
    std::fs::create_dir_all(&pages)?;
    println!("cargo::rerun-if-changed={}", pages.display());
    Ok(())
}
