//! Rules of the house that no compiler checks.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// Built, downloaded or run-time files; nobody wrote them.
const NOT_OURS: &[&str] = &[
    ".git",
    "target",
    "node_modules",
    "test-results",
    "playwright-report",
];
/// Longer than a person holds in mind; the aim is 400.
const LONGEST: usize = 450;

/// Names of package hosts: which mirror a machine uses is its own affair. In pieces, so that this
/// file does not break its own rule.
const HOSTS: &[&str] = &[
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("pypi", ".org"),
    concat!("deb.debian", ".org"),
    concat!("static.rust", "-lang.org"),
];

struct File {
    /// Relative to the repository, with `/`.
    path: String,
    text: String,
}

/// Runs every rule and reports all breaches at once.
pub(crate) fn check(project: &Project) -> Result<()> {
    let files = read_all(&project.root)?;
    let mut breaches: Vec<String> = files.iter().flat_map(breaches_of).collect();
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

fn breaches_of(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    let path = file.path.as_str();
    let is = |extension: &str| Path::new(path).extension().is_some_and(|e| e == extension);
    let below = |folders: &[&str]| folders.iter().any(|folder| path.starts_with(folder));

    let lines = file.text.lines().count();
    if ["rs", "css", "ts"].iter().any(|e| is(e)) && lines > LONGEST {
        found.push(format!("{path}: {lines} lines, split it below {LONGEST}"));
    }
    for (index, line) in file.text.lines().enumerate() {
        let mut breach = |why: &str| found.push(format!("{path}:{}: {why}", index + 1));
        // tachys 0.2 does not escape its children: whoever fills one by hand has stored XSS.
        if is("rs")
            && below(&["app/", "frontend/"])
            && !below(&["app/src/ui/"])
            && line.contains("<textarea")
        {
            breach("<textarea> belongs to app/src/ui alone");
        }
        if (is("rs") || path.ends_with("Cargo.toml"))
            && below(&["app/", "domain/", "frontend/"])
            && (line.contains("sea_orm") || line.contains("sea-orm"))
        {
            breach("the database belongs to storage alone");
        }
        if is("ts") && below(&["end2end/"]) {
            for word in [".skip(", ".only(", ".fixme("] {
                if line.contains(word) {
                    breach(&format!("{word}…) hides tests"));
                }
            }
        }
        // Cargo writes the same source line everywhere; npm writes the mirror of the machine.
        if path != "Cargo.lock" && HOSTS.iter().any(|host| line.contains(host)) {
            breach("names a package host");
        }
        if path.ends_with("package-lock.json") && line.contains("\"resolved\": \"http") {
            breach(
                "names this machine's mirror (npm install --package-lock-only \
                 --omit-lockfile-registry-resolved)",
            );
        }
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(path: &str, text: &str) -> Vec<String> {
        breaches_of(&File {
            path: path.to_owned(),
            text: text.to_owned(),
        })
    }

    #[test]
    fn a_textarea_is_written_in_one_place() {
        assert_eq!(breaches("app/src/wiki/page.rs", "\n<textarea>").len(), 1);
        assert!(breaches("app/src/ui/text_area.rs", "<textarea>").is_empty());
        assert!(breaches("server/src/main.rs", "<textarea>").is_empty());
    }

    #[test]
    fn the_database_stays_in_storage() {
        assert_eq!(breaches("app/src/lib.rs", "use sea_orm::X;").len(), 1);
        assert_eq!(breaches("domain/Cargo.toml", "sea-orm = 2").len(), 1);
        assert!(breaches("storage/src/lib.rs", "use sea_orm::X;").is_empty());
    }

    #[test]
    fn no_test_is_hidden() {
        let text = "test.skip('x', …)\ntest('y', …)\ntest.only('z', …)";
        assert_eq!(breaches("end2end/tests/wiki.spec.ts", text).len(), 2);
    }

    #[test]
    fn long_files_are_named_with_their_length() {
        let text = "a\n".repeat(LONGEST + 1);
        assert!(breaches("style/page.css", &text)[0].contains("451 lines"));
        assert!(breaches("docs/long.md", &text).is_empty());
    }

    #[test]
    fn package_hosts_are_named_by_lock_files_of_cargo_only() {
        assert_eq!(breaches("README.md", HOSTS[0]).len(), 1);
        assert!(breaches("Cargo.lock", HOSTS[0]).is_empty());
        let npm = r#"      "resolved": "https://mirror.example/x.tgz","#;
        assert_eq!(breaches("end2end/package-lock.json", npm).len(), 1);
    }
}
