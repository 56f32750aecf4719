//! Real data, which is never part of the repository: a variable names its folder.

use std::env;
use std::path::{self, Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::project::Project;

pub(crate) const VARIABLE: &str = "RARESHARE_TEST_DATA";

/// The folder given, else the one that the variable names.
pub(crate) fn folder(given: Option<&Path>) -> Result<Option<PathBuf>> {
    let (folder, source) = match (given, from_environment()) {
        (Some(given), _) => (given.to_path_buf(), "--data"),
        (None, Some(folder)) => (folder, VARIABLE),
        (None, None) => return Ok(None),
    };
    let real = folder
        .canonicalize()
        .with_context(|| format!("{source}: there is no folder {}", folder.display()))?;
    if !real.is_dir() {
        bail!("{source}: {} is no folder", folder.display());
    }
    Ok(Some(real))
}

/// The catalogue given, relative to the repository, else that of the real data.
pub(crate) fn catalogue(project: &Project, given: Option<&Path>) -> Option<PathBuf> {
    given
        .map(|file| project.root.join(file))
        .or_else(|| Some(from_environment()?.join("conditions/mondo-do-rare.obo.gz")))
}

/// An empty value is none. What is started runs in other folders, so the path is absolute.
fn from_environment() -> Option<PathBuf> {
    let folder = env::var_os(VARIABLE).filter(|value| !value.is_empty())?;
    Some(path::absolute(&folder).unwrap_or_else(|_| PathBuf::from(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_made_absolute() {
        let here = env::current_dir().unwrap().canonicalize().unwrap();
        let found = folder(Some(Path::new("src/.."))).unwrap();
        assert_eq!(found, Some(here));
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        for wrong in ["no such folder", "Cargo.toml"] {
            let error = folder(Some(Path::new(wrong))).unwrap_err().to_string();
            assert!(error.starts_with("--data: "), "{error}");
            assert!(error.contains(wrong), "{error}");
        }
    }
}
