//! A release binary embeds the browser bundle, which is built before it and by another program: without
//! this, Cargo would not notice a new one. A debug build reads such files when it starts.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
        // Of a folder that is missing when the server is compiled, it would find no file later.
        let made = std::fs::create_dir_all("../target/site");
        made.expect("the folder of the browser bundle can be made");
        return;
    }
    for embedded in [
        // Missing until the first bundle is built; Cargo then looks again each time.
        "../target/site/bundle.json",
        "../style",
        "starter",
        "texts",
    ] {
        println!("cargo::rerun-if-changed={embedded}");
    }
}
