//! Tools that come as Rust crates: Trunk and the wasm-bindgen command line.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::progress::Progress;
use crate::project::Project;
use crate::run;

/// The newest that compiles with the pinned Rust version.
const TRUNK: &str = "0.21.14";

pub(crate) fn ensure_trunk(project: &Project) -> Result<String> {
    ensure(
        project,
        &Tool {
            krate: "trunk",
            binary: "trunk",
            version: TRUNK,
            // Unoptimised it compiles in half the time and builds the bundle as fast.
            flags: &["--locked", "--debug", "--bin", "trunk"],
            why: "it builds the browser bundle; compiled from source once, 3 to 4 minutes on two cores",
        },
    )?;
    Ok(TRUNK.to_owned())
}

/// Its version must be exactly that of the library the bundle links.
pub(crate) fn ensure_wasm_bindgen(project: &Project) -> Result<String> {
    let lock = project.root.join("Cargo.lock");
    let text =
        fs::read_to_string(&lock).with_context(|| format!("could not read {}", lock.display()))?;
    let version = locked_version(&text, "wasm-bindgen")?;
    ensure(
        project,
        &Tool {
            krate: "wasm-bindgen-cli",
            binary: "wasm-bindgen",
            version: &version,
            // Without --locked: its lock file may name crates that a registry's copy lacks.
            flags: &["--debug", "--bin", "wasm-bindgen"],
            why: "it joins wasm and JavaScript, and must be of the version in Cargo.lock; \
                  compiled from source once, about 2 minutes on two cores",
        },
    )?;
    Ok(version)
}

struct Tool<'a> {
    krate: &'a str,
    binary: &'a str,
    version: &'a str,
    flags: &'a [&'a str],
    why: &'a str,
}

fn ensure(project: &Project, tool: &Tool<'_>) -> Result<()> {
    let installed = || run::ask(project.command(tool.binary).arg("--version"));
    if installed().is_some_and(|line| says_version(&line, tool.version)) {
        return Ok(());
    }
    let progress = Progress::start(
        &format!("installing {} {}", tool.krate, tool.version),
        tool.why,
    );
    let mut command = project.cargo();
    command
        .args(["install", tool.krate, "--version", tool.version])
        .args(tool.flags)
        .arg("--force")
        .arg("--root")
        .arg(&project.tools)
        // A folder of its own: the project's builds stay as they are, and what an interrupted
        // installation has compiled is used again.
        .env("CARGO_TARGET_DIR", build_folder(project))
        // Nobody debugs them, and it is a quarter of a gigabyte.
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    run::run_logged(&mut command, &project.tools_log(tool.krate), &progress)
        .with_context(|| format!("could not install {} {}", tool.krate, tool.version))?;
    progress.done();
    match installed() {
        Some(line) if says_version(&line, tool.version) => Ok(()),
        other => bail!(
            "{} {} was installed, but `{} --version` says {:?}\n  to fix: {}",
            tool.krate,
            tool.version,
            tool.binary,
            other.unwrap_or_else(|| "nothing".to_owned()),
            run::shown(&command),
        ),
    }
}

fn build_folder(project: &Project) -> PathBuf {
    project.tools.join("build")
}

/// What the installations left: a gigabyte that nothing needs any more.
pub(crate) fn clean_up(project: &Project) -> Result<()> {
    let folder = build_folder(project);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("could not remove {}", folder.display()))?;
    }
    Ok(())
}

/// `trunk 0.21.14`, `wasm-bindgen 0.2.130`.
fn says_version(line: &str, version: &str) -> bool {
    line.split_whitespace().any(|word| word == version)
}

/// The version of a package in `Cargo.lock`.
fn locked_version(lock: &str, package: &str) -> Result<String> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is not valid TOML")?;
    let mut versions = lock
        .get("package")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .filter_map(|entry| entry.get("version")?.as_str());
    match (versions.next(), versions.next()) {
        (Some(version), None) => Ok(version.to_owned()),
        (None, _) => bail!("Cargo.lock has no `{package}`\n  to fix: cargo update --workspace"),
        (Some(_), Some(_)) => bail!(
            "Cargo.lock has several versions of `{package}`; the bundle can use only one\n  \
             to fix: cargo tree -d -p {package}"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.130"

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.130"

[[package]]
name = "twice"
version = "1.0.0"

[[package]]
name = "twice"
version = "2.0.0"
"#;

    #[test]
    fn the_lock_file_decides_the_version() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").unwrap(), "0.2.130");
        assert!(locked_version(LOCK, "absent").is_err());
        assert!(locked_version(LOCK, "twice").is_err());
        assert!(locked_version("not [toml", "x").is_err());
    }

    #[test]
    fn a_version_is_compared_whole() {
        assert!(says_version("trunk 0.21.14", "0.21.14"));
        assert!(!says_version("trunk 0.21.1", "0.21.14"));
        assert!(!says_version("wasm-bindgen 0.2.1300", "0.2.130"));
    }
}
