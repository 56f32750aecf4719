//! The release binary embeds the browser bundle, which is built before it and by another program:
//! without this, Cargo would not notice a new one.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for embedded in ["../target/site/index.html", "../style", "starter", "texts"] {
        // Cargo takes a path that is missing for one that has just changed.
        if Path::new(embedded).exists() {
            println!("cargo::rerun-if-changed={embedded}");
        }
    }
}
