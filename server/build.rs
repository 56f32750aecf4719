//! The release binary embeds the browser bundle, which is built before it and by another program:
//! without this, Cargo would not notice a new one.

fn main() {
    for embedded in [
        "build.rs",
        // Missing until the first bundle is built; Cargo then looks again each time.
        "../target/site/bundle.json",
        "../style",
        "starter",
        "texts",
    ] {
        println!("cargo::rerun-if-changed={embedded}");
    }
}
