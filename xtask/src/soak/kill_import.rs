//! An import that dies at any moment must cost nothing but its own work.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Bed;
use crate::data;
use crate::progress::duration;
use crate::run;
use crate::server::{Finished, run_to_end};

pub(crate) fn run(bed: &mut Bed<'_>) -> Result<()> {
    let Some(catalogue) = bed.catalogue.clone() else {
        bail!(
            "no catalogue to import is given\n  to fix: --catalogue FILE, or {}=FOLDER",
            data::VARIABLE
        );
    };
    if !catalogue.is_file() {
        bail!(
            "there is no catalogue {}\n  to fix: --catalogue FILE",
            catalogue.display()
        );
    }
    let whole = run_to_end(import(bed, &catalogue, &bed.scratch.join("reference")))?;
    let selected = counted(&whole, "selected")?;
    eprintln!(
        "  undisturbed: {selected} selected in {}",
        duration(whole.time)
    );

    let mut folder = bed.scratch.join("data-0");
    let mut killed = 0;
    let mut finished = 0;
    while killed < bed.times {
        if finished > bed.times {
            bail!("the import ends before it can be killed: use a larger --catalogue");
        }
        // From the very start to a little after the usual end.
        let limit = u64::try_from(whole.time.as_micros()).unwrap_or(u64::MAX);
        let moment = Duration::from_micros(bed.random.below(limit + limit / 10));
        let was_killed = kill_after(&mut import(bed, &catalogue, &folder), moment)?;
        // Killed before it made a folder, there is nothing to look at.
        if folder.exists() {
            doctor(bed, &folder).with_context(|| format!("after a kill at {moment:.0?}"))?;
        }
        if was_killed {
            killed += 1;
            eprintln!("  {killed}/{}: killed after {moment:.0?}", bed.times);
        } else {
            // A complete import is no longer interesting to interrupt: begin again, from nothing.
            finished += 1;
            folder = bed.scratch.join(format!("data-{finished}"));
        }
    }

    run_to_end(import(bed, &catalogue, &folder)).context("the import after the kills failed")?;
    let again = run_to_end(import(bed, &catalogue, &folder)).context("the second import failed")?;
    let unchanged = counted(&again, "unchanged")?;
    if unchanged != selected {
        bail!("after the kills {unchanged} rows are unchanged, but {selected} were selected");
    }
    doctor(bed, &folder)?;
    eprintln!("  after {killed} kills all {selected} rows are there");
    Ok(())
}

fn import(bed: &Bed<'_>, catalogue: &Path, data: &Path) -> Command {
    let mut command = bed.server();
    command
        .args(["import", "conditions"])
        .arg(catalogue)
        .arg("--data-dir")
        .arg(data);
    command
}

fn doctor(bed: &Bed<'_>, data: &Path) -> Result<()> {
    let mut command = bed.server();
    command.arg("doctor").arg("--data-dir").arg(data);
    run::capture(&mut command).map(drop)
}

/// `false` when the program had already ended well.
fn kill_after(command: &mut Command, moment: Duration) -> Result<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("could not start `{}`", run::shown(command)))?;
    std::thread::sleep(moment);
    // On Unix this is SIGKILL. It fails when the child is gone already, which the status tells.
    let _ = child.kill();
    let status = child.wait().context("lost the import")?;
    match status.code() {
        Some(0) => Ok(false),
        Some(_) => bail!("`{}` failed ({status})", run::shown(command)),
        None => Ok(true),
    }
}

/// The number beside a word in the table that an import ends with.
fn counted(finished: &Finished, word: &str) -> Result<u64> {
    count(&finished.output, word).with_context(|| {
        format!(
            "the import printed no count of `{word}`:\n{}",
            finished.output
        )
    })
}

/// The first number after `word` on a line that begins with it, separators removed.
fn count(output: &str, word: &str) -> Option<u64> {
    output.lines().rev().find_map(|line| {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let (first, rest) = line.split_at_checked(word.len())?;
        if !first.eq_ignore_ascii_case(word) || rest.starts_with(char::is_alphanumeric) {
            return None;
        }
        let digits: String = rest
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(|c| c.is_ascii_digit() || ",\u{a0}\u{202f}".contains(*c))
            .filter(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_the_table() {
        let table = "selected by the default\n  read       18,392\n  selected    9,632\n| Unchanged | 0 |\n";
        assert_eq!(count(table, "read"), Some(18392));
        assert_eq!(count(table, "selected"), Some(9632));
        assert_eq!(count(table, "unchanged"), Some(0));
        assert_eq!(count(table, "changed"), None);
    }

    #[test]
    fn a_kill_and_an_end_are_told_apart() {
        let mut slow = Command::new("sleep");
        assert!(kill_after(slow.arg("60"), Duration::from_millis(20)).unwrap());
        let mut quick = Command::new("true");
        assert!(!kill_after(&mut quick, Duration::from_millis(300)).unwrap());
        let mut broken = Command::new("false");
        assert!(kill_after(&mut broken, Duration::from_millis(300)).is_err());
    }
}
