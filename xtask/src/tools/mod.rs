//! The tools that build the browser bundle: installed when missing, checked each time.

mod crates;
mod debian_rust_src;
mod wasm_opt;
mod wasm_target;

use std::fs::{self, File, TryLockError};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::run;

/// Versions of everything that shapes the bundle, for its fingerprint.
pub(crate) struct Versions(pub(crate) Vec<(&'static str, String)>);

/// The wasm target, Trunk, wasm-bindgen and wasm-opt.
pub(crate) fn ensure_for_bundle(project: &Project) -> Result<Versions> {
    prerequisites(project)?;
    let _lock = lock(project)?;
    let rustc = wasm_target::ensure(project)?;
    let trunk = crates::ensure_trunk(project)?;
    let bindgen = crates::ensure_wasm_bindgen(project)?;
    crates::clean_up(project)?;
    let binaryen = wasm_opt::ensure(project)?;
    Ok(Versions(vec![
        ("rustc", rustc),
        ("trunk", trunk),
        ("wasm-bindgen", bindgen),
        ("binaryen", binaryen),
    ]))
}

/// Only the target, for checks that compile the browser half.
pub(crate) fn ensure_wasm_target(project: &Project) -> Result<()> {
    let _lock = lock(project)?;
    wasm_target::ensure(project).map(drop)
}

/// What a person has to bring along; said before minutes of work are wasted.
pub(crate) fn prerequisites(project: &Project) -> Result<()> {
    let needs = [
        (
            "cc",
            "a C compiler (SQLite is compiled from C)",
            "install `build-essential` (Debian) or your system's C compiler",
        ),
        (
            "node",
            "Node.js (wasm-opt and the browser tests run on it)",
            "install `nodejs` and `npm`, version 20 or newer",
        ),
        (
            "npm",
            "npm (it brings wasm-opt and the browser tests' packages)",
            "install `npm`",
        ),
    ];
    for (program, what, fix) in needs {
        if project.which(program).is_none() {
            bail!("`{program}` was not found: {what}\n  to fix: {fix}");
        }
    }
    Ok(())
}

/// `rustfmt` and `clippy` are components that a minimal toolchain lacks.
pub(crate) fn ensure_component(project: &Project, component: &str) -> Result<()> {
    let subcommand = if component == "rustfmt" {
        "fmt"
    } else {
        component
    };
    if run::ask(project.cargo().args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    if project.which("rustup").is_none() {
        bail!(
            "`cargo {subcommand}` is missing\n  \
             to fix: install `{component}` of this Rust version (on Debian: apt-get install {})",
            if component == "clippy" {
                "rust-clippy"
            } else {
                component
            }
        );
    }
    eprintln!("• adding {component} to the Rust toolchain");
    run::run(
        project
            .command("rustup")
            .args(["component", "add", component]),
    )
}

/// Two commands at once must not install the same thing twice.
fn lock(project: &Project) -> Result<File> {
    fs::create_dir_all(project.tools_bin()).with_context(|| {
        format!(
            "could not create the tools' folder {}\n  \
             to fix: make it writable, or set RARESHARE_TOOLS to a folder that is",
            project.tools.display()
        )
    })?;
    let path = project.tools.join(".lock");
    let file = File::create(&path).with_context(|| {
        format!(
            "could not write {}\n  \
             to fix: make the folder writable, or set RARESHARE_TOOLS to one that is",
            path.display()
        )
    })?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            eprintln!("• another `cargo xtask` is installing tools; waiting for it");
            file.lock().context("could not wait for the tools' lock")?;
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).context("could not lock the tools' folder");
        }
    }
    Ok(file)
}
