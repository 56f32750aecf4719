//! Running programs, and saying well what failed.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::progress::Progress;

/// The command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    // `CARGO` names the toolchain's own Cargo by its full path; people type the short name.
    let name = match program.file_name() {
        Some(name) if name == "cargo" || name == "rustc" => name.to_string_lossy(),
        _ => command.get_program().to_string_lossy(),
    };
    let mut text = quoted(&name);
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&quoted(&argument.to_string_lossy()));
    }
    text
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Our own server for a measurement: nothing in the environment may lead it to a real
/// database, and nothing in the folder it runs in may configure it.
pub(crate) fn isolated(mut command: Command, folder: &Path) -> Command {
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("RARESHARE_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs with the terminal as it is; fails with the command to run again.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = start(command)?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

fn start(command: &mut Command) -> Result<ExitStatus> {
    command
        .status()
        .with_context(|| format!("could not start `{}`", shown(command)))
}

/// Runs quietly and returns what it printed.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not start `{}`", shown(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` failed ({})\n{}",
            shown(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim_end()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a program prints, or nothing when it is absent or fails: for asking versions.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs long work with its output in `log`, showing the time and the last line written there.
pub(crate) fn run_logged(command: &mut Command, log: &Path, progress: &Progress) -> Result<()> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("could not create the folder {}", folder.display()))?;
    }
    let file =
        File::create(log).with_context(|| format!("could not write the log {}", log.display()))?;
    let errors = file
        .try_clone()
        .with_context(|| format!("could not write the log {}", log.display()))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(errors)
        .spawn()
        .with_context(|| format!("could not start `{}`", shown(command)))?;
    let status = loop {
        if let Some(status) = child.try_wait().context("lost a started program")? {
            break status;
        }
        progress.note(&tail(log, 1));
        std::thread::sleep(Duration::from_millis(200));
    };
    if !status.success() {
        bail!(
            "`{}` failed ({status}); the end of {}:\n{}",
            shown(command),
            log.display(),
            tail(log, 25)
        );
    }
    Ok(())
}

/// The last lines of a text file; empty when it cannot be read.
pub(crate) fn tail(file: &Path, lines: usize) -> String {
    let text = fs::read(file).unwrap_or_default();
    last_lines(&String::from_utf8_lossy(&text), lines)
}

fn last_lines(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_is_typed() {
        let mut command = Command::new("/opt/rust/bin/cargo");
        command.args(["test", "--", "it's here", ""]);
        assert_eq!(shown(&command), r"cargo test -- 'it'\''s here' ''");
    }

    #[test]
    fn the_tail_leaves_out_empty_lines() {
        assert_eq!(last_lines("a\n\nb\nc\n\n", 2), "b\nc");
        assert_eq!(last_lines("", 2), "");
    }

    #[test]
    fn a_failure_names_the_command_and_its_words() {
        let error = capture(Command::new("sh").args(["-c", "echo broken >&2; exit 3"]))
            .unwrap_err()
            .to_string();
        assert!(error.contains("sh -c"), "{error}");
        assert!(error.contains("broken"), "{error}");
    }
}
