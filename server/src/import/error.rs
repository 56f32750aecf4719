use std::{io, path::Path};

use domain::catalogue::Refusal;
use thiserror::Error;

use super::MaxSize;

/// Why a file was not read in. Each message is a whole sentence for the person at the terminal and
/// names the file, and the line where there is one. Nothing has been stored when it appears.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// There is no such file.
    #[error("{file}: there is no such file.")]
    Missing {
        /// As it was given.
        file: String,
    },
    /// A directory was given.
    #[error("{file} is a directory; name the file in it that should be imported.")]
    Directory {
        /// As it was given.
        file: String,
    },
    /// The system does not let us read it.
    #[error("{file}: cannot be read: {cause}.")]
    Unreadable {
        /// As it was given.
        file: String,
        /// What the system says.
        cause: io::Error,
    },
    /// The compressed data end too early: a broken download.
    #[error(
        "{file}, line {line}: the gzip data end here, before the end of the file. \
         The file is cut off; download it again."
    )]
    Truncated {
        /// As it was given.
        file: String,
        /// The line that could not be completed.
        line: u64,
    },
    /// The compressed data contradict themselves.
    #[error(
        "{file}, line {line}: the gzip data are damaged here ({cause}). Download the file again."
    )]
    Damaged {
        /// As it was given.
        file: String,
        /// The line that could not be completed.
        line: u64,
        /// What the decoder says.
        cause: io::Error,
    },
    /// It holds bytes that no text has.
    #[error("{file}, line {line}: this is a binary file, not text.")]
    Binary {
        /// As it was given.
        file: String,
        /// Where the first such byte is.
        line: u64,
    },
    /// It is text in another encoding.
    #[error("{file}, line {line}: the text is not UTF-8.")]
    Encoding {
        /// As it was given.
        file: String,
        /// The first such line.
        line: u64,
    },
    /// A line that cannot be understood.
    #[error("{file}, line {line}: {problem}.")]
    Broken {
        /// As it was given.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// It may be a proper text file, but not one of this kind.
    #[error("{file}: {expected} was found in {lines} lines. Is it the right file?")]
    Nothing {
        /// As it was given.
        file: String,
        /// What a file of this kind has: "no [Term]".
        expected: &'static str,
        /// How many lines were read.
        lines: u64,
    },
    /// It unpacks to more than is allowed.
    #[error(
        "{file} is too large: its text has more than {max_size}. If the file is right, allow more \
         with --max-size."
    )]
    TooLarge {
        /// As it was given.
        file: String,
        /// What is allowed.
        max_size: MaxSize,
    },
    /// All that it has was refused. Going on would credit a source that gave nothing.
    #[error("{file}: nothing in it can be used. All that it has was refused, the first for: {}.", .refused.first().map_or("no reason", |first| first.reason.as_str()))]
    NothingUsable {
        /// As it was given.
        file: String,
        /// What was refused, and why.
        refused: Vec<Refusal>,
    },
    /// The selection fits no term. Going on would withdraw every condition.
    #[error("{file}: none of its {read} terms fits the selection \"{selection}\".")]
    NothingSelected {
        /// As it was given.
        file: String,
        /// How many terms it has.
        read: u64,
        /// The selection.
        selection: String,
    },
}

impl ImportError {
    /// A line that cannot be understood.
    pub(super) fn broken(file: &str, line: u64, problem: impl Into<String>) -> Self {
        Self::Broken {
            file: file.to_owned(),
            line,
            problem: problem.into(),
        }
    }

    /// What went wrong when a file was opened.
    pub(super) fn opening(path: &Path, cause: io::Error) -> Self {
        let file = path.display().to_string();
        match cause.kind() {
            io::ErrorKind::NotFound => Self::Missing { file },
            io::ErrorKind::IsADirectory => Self::Directory { file },
            _ => Self::Unreadable { file, cause },
        }
    }
}
