//! The release bundle and the binary that embeds it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::project::Project;
use crate::run;
use crate::split::MANIFEST;
use crate::tools::{self, Versions};

/// Everything but the tools that shapes the bundle. Folders are taken whole.
const SOURCES: &[&str] = &[
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "rust-toolchain.toml",
    "app",
    "domain",
    "frontend",
    "xtask/src/split.rs",
];

/// The program that somebody points to, or a new release build.
pub(crate) fn given_or_release(project: &Project, given: Option<&Path>) -> Result<PathBuf> {
    let Some(given) = given else {
        return release(project);
    };
    // Whole, because it runs in other folders.
    given
        .canonicalize()
        .with_context(|| format!("there is no program {}", given.display()))
}

/// The profiles in which the server is built, see `Cargo.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// To try the site out.
    Quick,
    /// To run a site and to measure it.
    Release,
}

impl Profile {
    fn as_str(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Release => "release",
        }
    }
}

/// Bundle first, binary second: the binary embeds the bundle.
pub(crate) fn release(project: &Project) -> Result<PathBuf> {
    bundle(project)?;
    binary(project, Profile::Release)
}

/// The browser bundle and the program that a site needs, and what to do with it.
pub(crate) fn package(project: &Project) -> Result<()> {
    let binary = release(project)?;
    println!(
        "{}\n  everything that a server needs is in it; try `rareshare doctor` there",
        binary.display()
    );
    Ok(())
}

/// Whether there is a bundle of the present sources, whichever tools built it.
pub(crate) fn has_bundle(project: &Project) -> Result<bool> {
    let now = fingerprint(&project.root, &Versions(Vec::new()))?;
    Ok(built(project, |mark| mark.starts_with(&now)))
}

fn built(project: &Project, is: impl Fn(&str) -> bool) -> bool {
    let mark = fs::read_to_string(mark(project)).unwrap_or_default();
    is(&mark) && project.site().join(MANIFEST).is_file()
}

/// Runs Trunk unless nothing that it reads has changed.
pub(crate) fn bundle(project: &Project) -> Result<()> {
    let versions = tools::ensure_for_bundle(project)?;
    // Of the sources alone, and with the tools.
    let now = format!(
        "{}\n{}\n",
        fingerprint(&project.root, &Versions(Vec::new()))?,
        fingerprint(&project.root, &versions)?
    );
    if built(project, |mark| mark == now) {
        return Ok(());
    }
    let mark = mark(project);
    eprintln!("• building the browser bundle (the first time takes some minutes)");
    // Gone before the build, so that an interrupted one is not taken for finished.
    forget_bundle(project)?;
    run::run(trunk(project).args(["build", "--release"]))?;
    if !project.site().join(MANIFEST).is_file() {
        bail!(
            "`trunk build` wrote no {}\n  to fix: check `dist` and `hooks` in Trunk.toml",
            project.site().join(MANIFEST).display()
        );
    }
    precompress(&project.site())?;
    fs::write(&mark, now).with_context(|| format!("could not write {}", mark.display()))
}

/// Writes brotli and gzip beside the files that browsers fetch: too slow to do at every start.
fn precompress(site: &Path) -> Result<()> {
    let files = fs::read_dir(site).with_context(|| format!("could not list {}", site.display()))?;
    for file in files {
        let path = file?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let (Some("js" | "wasm"), Some(name)) = (extension, path.to_str()) else {
            continue;
        };
        let data = fs::read(&path).with_context(|| format!("could not read {name}"))?;
        let mut compressed = Vec::new();
        let mut writer = brotli::CompressorWriter::new(&mut compressed, 64 * 1024, 11, 24);
        writer.write_all(&data)?;
        drop(writer);
        fs::write(format!("{name}.br"), compressed)?;
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(&data)?;
        fs::write(format!("{name}.gz"), writer.finish()?)?;
    }
    Ok(())
}

/// Where the fingerprint of the built bundle is kept.
fn mark(project: &Project) -> PathBuf {
    project.root.join("target/site.fingerprint")
}

/// The next [`bundle`] builds again, whatever lies there.
pub(crate) fn forget_bundle(project: &Project) -> Result<()> {
    let mark = mark(project);
    if mark.exists() {
        fs::remove_file(&mark).with_context(|| format!("could not remove {}", mark.display()))?;
    }
    Ok(())
}

/// Pages come without a script until the next [`bundle`].
pub(crate) fn remove_bundle(project: &Project) -> Result<()> {
    forget_bundle(project)?;
    let manifest = project.site().join(MANIFEST);
    if manifest.exists() {
        fs::remove_file(&manifest)
            .with_context(|| format!("could not remove {}", manifest.display()))?;
    }
    Ok(())
}

/// Trunk with the variables that keep it quiet and well.
pub(crate) fn trunk(project: &Project) -> std::process::Command {
    let mut command = project.command("trunk");
    command.env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk 0.21 reads this as an option that must say `true` or `false`, and stops at "1".
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        command.env("NO_COLOR", "true");
    }
    command
}

/// The server, with the bundle that is there.
pub(crate) fn binary(project: &Project, profile: Profile) -> Result<PathBuf> {
    eprintln!("• building the server");
    let profile = profile.as_str();
    let mut command = project.cargo();
    command.args([
        "build",
        "--profile",
        profile,
        "-p",
        "server",
        "--bin",
        "rareshare",
    ]);
    run::run(&mut command)?;
    built_binary(project, profile)
}

/// The server that the Rust tests have built, which reads the bundle from disk. Asked for alone, Cargo
/// would choose other features of libraries, and compile them anew.
pub(crate) fn tested_binary(project: &Project) -> Result<PathBuf> {
    eprintln!("• building the server and the Rust tests");
    let mut command = project.cargo();
    command.args(["build", "--workspace", "--exclude", "frontend", "--tests"]);
    run::run(&mut command)?;
    built_binary(project, "debug")
}

fn built_binary(project: &Project, folder: &str) -> Result<PathBuf> {
    let binary = project.server_binary(folder);
    if !binary.is_file() {
        bail!("`cargo build` left no {}", binary.display());
    }
    Ok(binary)
}

fn fingerprint(root: &Path, versions: &Versions) -> Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(&root.join(source), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        // With its length in front no two lists of parts read the same.
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    for (tool, version) in &versions.0 {
        add(tool.as_bytes());
        add(version.as_bytes());
    }
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file);
        add(name.as_os_str().as_encoded_bytes());
        add(&fs::read(&file).with_context(|| format!("could not read {}", file.display()))?);
    }
    Ok(format!("{:x}", hash.finalize()))
}

/// A file itself, or all files below a folder; what is absent adds nothing.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        let entries =
            fs::read_dir(path).with_context(|| format!("could not read {}", path.display()))?;
        for entry in entries {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(trunk: &str) -> Versions {
        Versions(vec![("trunk", trunk.to_owned())])
    }

    #[test]
    fn the_fingerprint_follows_sources_and_tools() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("app/src")).unwrap();
        fs::create_dir_all(root.join("storage")).unwrap();
        fs::write(root.join("app/src/lib.rs"), "a").unwrap();
        let first = fingerprint(root, &versions("1")).unwrap();
        assert_eq!(first.len(), 64);
        assert_eq!(first, fingerprint(root, &versions("1")).unwrap());
        assert_ne!(first, fingerprint(root, &versions("2")).unwrap());

        fs::write(root.join("storage/lib.rs"), "not in the bundle").unwrap();
        assert_eq!(first, fingerprint(root, &versions("1")).unwrap());

        fs::write(root.join("app/src/lib.rs"), "b").unwrap();
        let changed = fingerprint(root, &versions("1")).unwrap();
        assert_ne!(first, changed);
        fs::rename(root.join("app/src/lib.rs"), root.join("app/src/shell.rs")).unwrap();
        assert_ne!(changed, fingerprint(root, &versions("1")).unwrap());
    }
}
