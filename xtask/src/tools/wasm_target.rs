//! The standard library for `wasm32-unknown-unknown`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::debian_rust_src;
use crate::project::Project;
use crate::run;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Returns the compiler's version.
pub(crate) fn ensure(project: &Project) -> Result<String> {
    let verbose = run::capture(project.rustc().arg("-vV"))?;
    let version = release(&verbose).context("`rustc -vV` names no release")?;
    let library = library_folder(project)?;
    if is_present(&library) {
        return Ok(version);
    }

    eprintln!(
        "• Rust's standard library for {TARGET} is missing: the browser half of the site is compiled for it"
    );
    let mut tried = Vec::new();
    if project.which("rustup").is_some() {
        let mut command = project.command("rustup");
        command.args(["target", "add", TARGET]);
        match run::run(&mut command) {
            Ok(()) if is_present(&library) => return Ok(version),
            Ok(()) => tried.push(format!(
                "`rustup target add {TARGET}` worked, but not for the compiler in use"
            )),
            Err(error) => tried.push(error.to_string()),
        }
    } else {
        tried.push("there is no rustup".to_owned());
    }

    if let Err(error) = writable(&library) {
        bail!(
            "the standard library for {TARGET} is missing ({}), and this user may not add it: {error}\n  \
             to fix, as the owner of {}: rustup target add {TARGET}\n  \
             or, where Rust is Debian's: apt-get install libstd-rust-dev-wasm32",
            tried.join("; "),
            library.display()
        );
    }
    debian_rust_src::install(project, &version, &library).with_context(|| {
        format!(
            "the standard library for {TARGET} is missing ({}), and building it from Debian's \
             rust-src {version} failed\n  to fix: rustup target add {TARGET}",
            tried.join("; ")
        )
    })?;
    if !is_present(&library) {
        bail!(
            "the standard library was built, but {} has no libstd\n  to fix: rustup target add {TARGET}",
            library.display()
        );
    }
    Ok(version)
}

fn library_folder(project: &Project) -> Result<PathBuf> {
    let sysroot = run::capture(project.rustc().args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib"))
}

fn is_present(library: &Path) -> bool {
    fs::read_dir(library).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| is_libstd(&entry.file_name().to_string_lossy()))
    })
}

/// `libstd-<hash>.rlib` as rustup brings it, `libstd.rlib` as we build it; not `libstd_detect`.
pub(super) fn is_libstd(file: &str) -> bool {
    file.starts_with("libstd-") || file.starts_with("libstd.")
}

fn writable(library: &Path) -> std::io::Result<()> {
    fs::create_dir_all(library)?;
    tempfile::tempfile_in(library).map(drop)
}

fn release(verbose: &str) -> Option<String> {
    verbose
        .lines()
        .find_map(|line| line.strip_prefix("release: "))
        .map(|release| release.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_compilers_version() {
        assert_eq!(
            release("rustc 1.95.0 (abc 2026-01-01)\nbinary: rustc\nrelease: 1.95.0\n").as_deref(),
            Some("1.95.0")
        );
        assert_eq!(release("nothing"), None);
    }

    #[test]
    fn a_library_without_std_is_not_one() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_present(folder.path()));
        fs::write(folder.path().join("libstd_detect-1.rlib"), "").unwrap();
        assert!(!is_present(folder.path()));
        fs::write(folder.path().join("libstd-1.rlib"), "").unwrap();
        assert!(is_present(folder.path()));
        assert!(!is_present(&folder.path().join("absent")));
    }
}
