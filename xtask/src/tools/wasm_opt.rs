//! `wasm-opt` from npm's `binaryen`: Debian's own is too old for what rustc emits.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::progress::Progress;
use crate::project::{Project, is_executable};
use crate::run;

const PACKAGE: &str = "binaryen";

pub(crate) fn ensure(project: &Project) -> Result<String> {
    let manifest = project.root.join("xtask/tools/package.json");
    let text = fs::read_to_string(&manifest)
        .with_context(|| format!("could not read {}", manifest.display()))?;
    let wanted = json_text(&text, &["dependencies", PACKAGE])
        .with_context(|| format!("{} names no {PACKAGE}", manifest.display()))?;

    let npm = project.tools.join("npm");
    let link = project.tools_bin().join("wasm-opt");
    if installed_version(&npm).as_deref() == Some(wanted.as_str()) && is_executable(&link) {
        return Ok(wanted);
    }

    let progress = Progress::start(
        &format!("installing wasm-opt ({PACKAGE} {wanted})"),
        "it makes the browser bundle half as large; a download of some 30 MB",
    );
    fs::create_dir_all(&npm).with_context(|| format!("could not create {}", npm.display()))?;
    fs::write(npm.join("package.json"), &text)
        .with_context(|| format!("could not write to {}", npm.display()))?;
    let mut command = project.command("npm");
    command
        .args(["install", "--no-audit", "--no-fund", "--loglevel=error"])
        .arg("--prefix")
        .arg(&npm);
    run::run_logged(&mut command, &project.tools_log("npm"), &progress)
        .context("could not install wasm-opt")?;
    expose(&npm.join("node_modules/.bin/wasm-opt"), &link)?;
    progress.done();

    match installed_version(&npm) {
        Some(version) if version == wanted && is_executable(&link) => Ok(wanted),
        found => bail!(
            "npm installed {PACKAGE} {}, but {wanted} is wanted\n  to fix: {}",
            found.unwrap_or_else(|| "not at all".to_owned()),
            run::shown(&command)
        ),
    }
}

fn expose(program: &Path, link: &Path) -> Result<()> {
    if link.symlink_metadata().is_ok() {
        fs::remove_file(link).with_context(|| format!("could not replace {}", link.display()))?;
    }
    symlink(program, link).with_context(|| format!("could not create {}", link.display()))
}

fn installed_version(npm: &Path) -> Option<String> {
    let manifest = npm.join("node_modules").join(PACKAGE).join("package.json");
    json_text(&fs::read_to_string(manifest).ok()?, &["version"])
}

fn json_text(text: &str, path: &[&str]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    path.iter()
        .try_fold(&value, |value, key| value.get(key))?
        .as_str()
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_manifest_pins_one_version() {
        let text = include_str!("../../tools/package.json");
        let version = json_text(text, &["dependencies", PACKAGE]).unwrap();
        assert!(version.starts_with("132."), "{version}");
        assert!(version.split('.').all(|part| part.parse::<u32>().is_ok()));
    }
}
