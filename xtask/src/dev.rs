//! `cargo xtask dev`: a debug build that follows the sources.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};

use crate::build;
use crate::project::Project;
use crate::run;
use crate::server;
use crate::tools;

/// What the server is made of. Trunk watches the browser's half by itself.
const WATCHED: &[&str] = &[
    "style",
    "Cargo.toml",
    "Cargo.lock",
    "app",
    "domain",
    "storage",
    "server",
    // A new bundle has new names, which the server reads when it starts.
    "target/site/bundle.json",
];

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Arguments for `rareshare serve`, after `--`
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Ends the child with us, whichever way we leave.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        server::stop(&mut self.0);
    }
}

pub(crate) fn dev(project: &Project, options: &Options) -> Result<()> {
    tools::ensure_for_bundle(project)?;
    // Trunk is about to put a debug bundle where `serve` keeps the release one.
    build::forget_bundle(project)?;
    let _trunk = Ending(
        build::trunk(project)
            .arg("watch")
            .spawn()
            .context("could not start `trunk watch`")?,
    );

    let mut running: Option<Ending> = None;
    loop {
        let stamp = newest(&project.root);
        let built = run::run(
            project
                .cargo()
                .args(["build", "-p", "server", "--bin", "rareshare"]),
        );
        match built {
            Ok(()) => {
                // The old one first: both want the same port.
                drop(running.take());
                let mut command = project.command(project.server_binary("debug"));
                command.arg("serve").args(&options.arguments);
                let child = command
                    .spawn()
                    .with_context(|| format!("could not start `{}`", run::shown(&command)))?;
                running = Some(Ending(child));
            }
            // What is being typed may not compile; the last good build stays up.
            Err(error) => eprintln!("{error}; waiting for a change"),
        }
        while newest(&project.root) == stamp {
            std::thread::sleep(Duration::from_secs(1));
            let ended = running
                .as_mut()
                .and_then(|server| server.0.try_wait().ok().flatten());
            if let Some(status) = ended {
                eprintln!("the server ended ({status}); waiting for a change");
                running = None;
            }
        }
    }
}

/// How many files there are and when the newest was written: a removed file counts as a change.
fn newest(root: &Path) -> (usize, Option<SystemTime>) {
    let mut seen = (0, None);
    for path in WATCHED {
        look(&root.join(path), &mut seen);
    }
    seen
}

fn look(path: &Path, seen: &mut (usize, Option<SystemTime>)) {
    let Ok(data) = path.metadata() else {
        return;
    };
    if data.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            look(&entry.path(), seen);
        }
    } else {
        seen.0 += 1;
        seen.1 = seen.1.max(data.modified().ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_and_a_removed_file_are_changes() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("app/src");
        fs::create_dir_all(&source).unwrap();
        let empty = newest(folder.path());
        fs::write(source.join("lib.rs"), "").unwrap();
        let one = newest(folder.path());
        assert_ne!(empty, one);
        assert_eq!(one, newest(folder.path()));
        fs::remove_file(source.join("lib.rs")).unwrap();
        assert_ne!(one, newest(folder.path()));
    }
}
