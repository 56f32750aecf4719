//! What the browser tests need: their Node packages, a Chromium, and a Java for the HTML checker.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::apt;
use crate::progress::Progress;
use crate::project::{Project, is_executable};
use crate::run;

/// `npm ci` in `end2end`, when its lock file is not the one that is installed.
pub(crate) fn ensure_packages(project: &Project) -> Result<()> {
    if project.which("npm").is_none() {
        bail!(
            "`npm` was not found: the browser tests need it\n  to fix: install `nodejs` and `npm`"
        );
    }
    let folder = project.root.join("end2end");
    let lock = folder.join("package-lock.json");
    let text = fs::read(&lock).with_context(|| format!("could not read {}", lock.display()))?;
    let now = format!("{:x}", Sha256::digest(&text));
    let mark = folder.join("node_modules/.installed-lock");
    if fs::read_to_string(&mark).is_ok_and(|before| before == now) {
        return Ok(());
    }
    let progress = Progress::start(
        "installing the browser tests' Node packages",
        "end2end/package-lock.json is new or has changed",
    );
    let mut command = project.command("npm");
    command
        // No package's own scripts: they fetch what the system has.
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .arg("--loglevel=error")
        .current_dir(&folder)
        // The tests drive the system's Chromium.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run::run_logged(&mut command, &project.tools_log("npm-end2end"), &progress)
        .context("could not install the Node packages\n  to fix: (cd end2end && npm ci)")?;
    fs::write(&mark, now).with_context(|| format!("could not write {}", mark.display()))?;
    progress.done();
    Ok(())
}

/// The Nu HTML checker, one of the Node packages, is written in Java.
pub(crate) fn ensure_java(project: &Project) -> Result<()> {
    if project.which("java").is_some() {
        return Ok(());
    }
    apt::install(
        project,
        &["default-jre-headless"],
        "Java, which the HTML checker of the browser tests runs on,",
    )
}

pub(crate) fn ensure_chromium(project: &Project) -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM").filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        if !is_executable(&path) {
            bail!("CHROMIUM names {}, which is no program", path.display());
        }
        return Ok(path);
    }
    let find = || {
        // The shell is the same engine without the windows around it, and opens a page in a third of the time.
        [
            "chromium-headless-shell",
            "chromium",
            "chromium-browser",
            "google-chrome",
        ]
        .iter()
        .find_map(|name| project.which(name))
    };
    if let Some(path) = find() {
        return Ok(path);
    }
    apt::install(
        project,
        &["chromium-headless-shell"],
        "Chromium's headless shell, which the browser tests drive,",
    )?;
    find().context(
        "Debian's chromium-headless-shell was installed, but there is no program of that name on PATH",
    )
}
