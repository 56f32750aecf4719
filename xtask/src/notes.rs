//! What tests say beside passing and failing. They append lines to files that variables name; the
//! lines are printed once, at the very end.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;

struct Kind {
    title: &'static str,
    variable: &'static str,
    file: &'static str,
}

const NOT_TESTED: Kind = Kind {
    title: "Not tested",
    variable: "RARESHARE_NOT_TESTED",
    file: "not-tested.txt",
};

const RETRIED: Kind = Kind {
    title: "Passed only on a retry",
    variable: "RARESHARE_RETRIED",
    file: "retried.txt",
};

const MEASURED: Kind = Kind {
    title: "Measured",
    variable: "RARESHARE_MEASURED",
    file: "measured.txt",
};

const KINDS: [Kind; 3] = [NOT_TESTED, RETRIED, MEASURED];

pub(crate) struct Notes {
    folder: PathBuf,
}

impl Notes {
    /// Forgets those of the run before.
    pub(crate) fn begin(project: &Project) -> Result<Self> {
        let folder = project.target.join("test-notes");
        fs::create_dir_all(&folder)
            .with_context(|| format!("could not create the folder {}", folder.display()))?;
        let notes = Self { folder };
        for kind in KINDS {
            let path = notes.path(&kind);
            fs::write(&path, "").with_context(|| format!("could not write {}", path.display()))?;
        }
        Ok(notes)
    }

    /// Tells the tests that this command runs where to write.
    pub(crate) fn tell(&self, command: &mut Command) {
        for kind in KINDS {
            command.env(kind.variable, self.path(&kind));
        }
    }

    /// `hint` says how to test what was not.
    pub(crate) fn print(&self, hint: Option<&str>) -> Result<()> {
        let not_tested = self.read(&NOT_TESTED)?;
        if let Some(text) = &not_tested {
            eprintln!("{text}");
        }
        if let Some(hint) = hint.filter(|_| not_tested.is_some()) {
            eprintln!("{hint}\n");
        }
        for kind in [RETRIED, MEASURED] {
            if let Some(text) = self.read(&kind)? {
                eprintln!("{text}");
            }
        }
        Ok(())
    }

    fn read(&self, kind: &Kind) -> Result<Option<String>> {
        let path = self.path(kind);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("could not read {}", path.display()))?;
        Ok(list(kind.title, &text))
    }

    fn path(&self, kind: &Kind) -> PathBuf {
        self.folder.join(kind.file)
    }
}

/// The lines, each once, below a title; `None` where there are none.
fn list(title: &str, lines: &str) -> Option<String> {
    let distinct: BTreeSet<&str> = lines.lines().collect();
    let mut text = format!("{title}:\n");
    for line in &distinct {
        text.push_str("  ");
        text.push_str(line);
        text.push('\n');
    }
    (!distinct.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_printed_once() {
        assert_eq!(list("Notes", ""), None);
        assert_eq!(
            list("Notes", "b\na\nb\n").as_deref(),
            Some("Notes:\n  a\n  b\n")
        );
    }
}
