//! Building the wasm32 standard library from Debian's `rust-src`.
//!
//! For machines where rustup cannot download. The sources must be of exactly the compiler's
//! version. A private source list and private folders leave the system's apt as it is, so this
//! needs no root.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::wasm_target::{TARGET, is_libstd};
use crate::apt::{self, Source};
use crate::progress::Progress;
use crate::project::Project;
use crate::run;

/// Where Debian keeps current Rust versions, most likely first.
const SUITES: &[&str] = &["trixie-backports", "trixie", "forky", "sid"];

pub(crate) fn install(project: &Project, version: &str, library: &Path) -> Result<()> {
    for program in ["apt-get", "dpkg-deb"] {
        if project.which(program).is_none() {
            bail!("this machine has no {program}");
        }
    }
    let mirror = apt::debian_mirror().context("the apt sources name no mirror of Debian")?;
    let progress = Progress::start(
        &format!("building Rust's {TARGET} library"),
        "rustup could not bring it; from Debian's rust-src, a download and 20 seconds",
    );
    let work = project.tools.join("rust-src");
    clear(&work)?;
    let package = download(project, &mirror, version, &work, &progress)?;
    let unpacked = work.join("unpacked");
    run::run_logged(
        project
            .command("dpkg-deb")
            .arg("-x")
            .args([&package, &unpacked]),
        &project.tools_log("rust-src-unpack"),
        &progress,
    )?;
    let sources = library_sources(&unpacked)?;
    build(project, &sources, &work.join("target"), &progress)?;
    copy_libraries(
        &work.join("target").join(TARGET).join("release/deps"),
        library,
    )?;
    clear(&work)?;
    progress.done();
    Ok(())
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("could not remove {}", folder.display()))?;
    }
    Ok(())
}

/// Tries one suite after the other; a mirror need not have them all.
fn download(
    project: &Project,
    mirror: &Source,
    version: &str,
    work: &Path,
    progress: &Progress,
) -> Result<PathBuf> {
    let mut failures = Vec::new();
    for suite in SUITES {
        let folder = work.join(suite);
        for name in ["lists/partial", "cache/archives/partial", "package"] {
            fs::create_dir_all(folder.join(name))
                .with_context(|| format!("could not create {}", folder.join(name).display()))?;
        }
        let list = folder.join("debian.sources");
        fs::write(&list, mirror.stanza_for(suite))
            .with_context(|| format!("could not write {}", list.display()))?;
        let log = project.tools_log(&format!("rust-src-{suite}"));
        let result = run::run_logged(private_apt(project, &folder).arg("update"), &log, progress)
            .and_then(|()| {
                run::run_logged(
                    private_apt(project, &folder)
                        .arg("download")
                        .arg(format!("rust-src={version}*"))
                        .current_dir(folder.join("package")),
                    &log,
                    progress,
                )
            });
        match result {
            Ok(()) => return the_package(&folder.join("package")),
            Err(error) => failures.push(format!("{suite}: {error}")),
        }
    }
    bail!(
        "no suite of {} has rust-src {version}\n{}",
        mirror.uri,
        failures.join("\n")
    )
}

fn private_apt(project: &Project, folder: &Path) -> Command {
    let mut command = project.command("apt-get");
    let option = |key: &str, value: &Path| format!("{key}={}", value.display());
    let options = [
        option("Dir::Etc::sourcelist", &folder.join("debian.sources")),
        "Dir::Etc::sourceparts=-".to_owned(),
        option("Dir::State::lists", &folder.join("lists")),
        option("Dir::Cache", &folder.join("cache")),
        // As root apt would drop to a user of its own, who cannot enter our folder.
        "APT::Sandbox::User=root".to_owned(),
    ];
    for option in options {
        command.arg("-o").arg(option);
    }
    command
}

fn the_package(folder: &Path) -> Result<PathBuf> {
    fs::read_dir(folder)
        .with_context(|| format!("could not read {}", folder.display()))?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|e| e == "deb"))
        .context("apt-get download left no package")
}

/// `usr/src/rustc-<version>/library` of the unpacked package.
fn library_sources(unpacked: &Path) -> Result<PathBuf> {
    fs::read_dir(unpacked.join("usr/src"))
        .context("rust-src has no usr/src")?
        .flatten()
        .map(|entry| entry.path().join("library"))
        .find(|path| path.join("sysroot/Cargo.toml").is_file())
        .context("rust-src has no library/sysroot")
}

fn build(project: &Project, sources: &Path, target: &Path, progress: &Progress) -> Result<()> {
    let mut command = project.cargo();
    // Not --locked: Debian strips the dev-dependencies that the lock file names.
    command
        .args(["build", "--manifest-path", "sysroot/Cargo.toml"])
        .args(["--target", TARGET, "--release"])
        .current_dir(sources)
        // Only in this build: the standard library uses unstable features by nature.
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "RUSTFLAGS",
            "-Zforce-unstable-if-unmarked -Cembed-bitcode=yes",
        )
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .env("CARGO_TARGET_DIR", target);
    run::run_logged(&mut command, &project.tools_log("rust-src-build"), progress)
}

/// `libstd` goes last: its presence is what says that the library is complete.
fn copy_libraries(from: &Path, to: &Path) -> Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(from)
        .with_context(|| format!("could not read {}", from.display()))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "rlib"))
        .collect();
    files.sort_by_key(|path| {
        path.file_name()
            .is_some_and(|name| is_libstd(&name.to_string_lossy()))
    });
    for file in files {
        let name = file.file_name().context("a library without a name")?;
        fs::copy(&file, to.join(name))
            .with_context(|| format!("could not copy {} to {}", file.display(), to.display()))?;
    }
    Ok(())
}
