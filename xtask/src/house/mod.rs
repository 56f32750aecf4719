//! Rules of the house that no compiler checks.

mod addresses;
mod arrows;
mod kit;
mod lines;
mod sealed;
mod sides;
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use source::Source;

/// Built, downloaded or run-time files; nobody wrote them.
const NOT_OURS: &[&str] = &[
    ".git",
    "target",
    "node_modules",
    "test-results",
    "playwright-report",
];

struct File {
    /// Relative to the repository, with `/`.
    path: String,
    text: String,
}

/// Runs every rule and reports all breaches at once.
pub(crate) fn check(project: &Project) -> Result<()> {
    let files = read_all(&project.root)?;
    // The rules name what they forbid, so they are no example of keeping them.
    let rust = files
        .iter()
        .filter(|file| is(&file.path, "rs") && !file.path.starts_with("xtask/"));
    let sources: Vec<Source> = rust
        .map(|file| Source::of(&file.path, &file.text))
        .collect();
    let app: Vec<&Source> = sources.iter().filter(|source| source.in_app()).collect();
    let mut breaches: Vec<String> = files.iter().flat_map(lines::breaches).collect();
    breaches.extend(files.iter().flat_map(sealed::breaches));
    breaches.extend(sources.iter().flat_map(kit::breaches));
    breaches.extend(app.iter().flat_map(|source| addresses::breaches(source)));
    breaches.extend(arrows::breaches(&app));
    breaches.extend(sides::breaches(&app));
    breaches.extend(database_in_browser(project)?);
    if breaches.is_empty() {
        eprintln!("  {} files keep the house rules", files.len());
        return Ok(());
    }
    breaches.sort();
    bail!(
        "{} breaches of the house rules:\n  {}",
        breaches.len(),
        breaches.join("\n  ")
    )
}

/// Whether a path has an extension.
fn is(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == extension)
}

/// `SeaORM` must not be reachable from the browser bundle.
fn database_in_browser(project: &Project) -> Result<Option<String>> {
    let mut command = project.cargo();
    command.args(["tree", "-p", "frontend"]).args([
        "--target",
        "wasm32-unknown-unknown",
        "-i",
        "sea-orm",
    ]);
    let output = command
        .output()
        .context("could not start `cargo tree -p frontend`")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    let tree = String::from_utf8_lossy(&output.stdout);
    // Cargo fails when no package of that name is anywhere in the lock file: as good as unreachable.
    let unknown = errors.contains("`sea-orm` did not match any packages");
    if !output.status.success() && !unknown {
        bail!("`cargo tree -p frontend` failed:\n{errors}");
    }
    Ok((!tree.trim().is_empty())
        .then(|| format!("frontend: sea-orm reaches the browser bundle:\n{tree}")))
}

fn read_all(root: &Path) -> Result<Vec<File>> {
    let mut paths = Vec::new();
    walk(root, &mut paths)?;
    let mut files = Vec::new();
    for path in paths {
        let relative = path.strip_prefix(root).unwrap_or(&path);
        // What the server stored while it was tried out.
        if relative.starts_with("data") {
            continue;
        }
        let bytes =
            fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
        // Pictures and archives are no text.
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(File {
                path: relative.to_string_lossy().into_owned(),
                text,
            });
        }
    }
    Ok(files)
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name();
        if NOT_OURS.iter().any(|skipped| name == *skipped) {
            continue;
        }
        if kind.is_dir() {
            walk(&entry.path(), paths)?;
        } else if kind.is_file() {
            paths.push(entry.path());
        }
    }
    Ok(())
}
