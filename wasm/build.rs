//! The engine's inner loops are put into the module's table of functions when it starts, so the table must be able to grow.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-cdylib=--growable-table");
}
