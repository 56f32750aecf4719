//! Real data for tests. It is never part of the repository: `RARESHARE_TEST_DATA` names its folder.
//!
//! One file for the tests of several crates, which include it by `#[path]`.

use std::{
    env,
    ffi::OsString,
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
};

/// A file of the real data, or `None` where there is no such data: then there is nothing to test,
/// and `cargo xtask test` says so at its end. The names of tests that call this contain `real_data`.
pub(crate) fn file(path: &str) -> Option<PathBuf> {
    let Some(folder) = set("RARESHARE_TEST_DATA") else {
        not_tested(&format!("on real data: {path}"));
        return None;
    };
    let file = Path::new(&folder).join(path);
    assert!(
        file.is_file(),
        "RARESHARE_TEST_DATA is set, but there is no {}",
        file.display()
    );
    Some(file)
}

/// The value of a variable; an empty one is none.
fn set(variable: &str) -> Option<OsString> {
    env::var_os(variable).filter(|value| !value.is_empty())
}

fn not_tested(what: &str) {
    println!("NOT TESTED {what}");
    note("RARESHARE_NOT_TESTED", what);
}

/// Adds a line to the notes that `cargo xtask test` prints at its end, if it has named their file.
pub(crate) fn note(variable: &str, what: &str) {
    let Some(list) = set(variable) else {
        return;
    };
    // A line is one write: tests run side by side.
    let written = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&list)
        .and_then(|mut file| file.write_all(format!("{what}\n").as_bytes()));
    if let Err(error) = written {
        panic!("could not write {}: {error}", Path::new(&list).display());
    }
}
