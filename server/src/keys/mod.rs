//! The key of the site: under it the database has its secrets, so it is not where the data is.

mod next;

pub use next::NextKey;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use storage::{KeySource, MasterKey, Stamp};

use crate::private;

/// The file in the key folder.
const FILE: &str = "master.key";

/// The file beside it with the key that is taking its place.
const NEXT: &str = "master.key.next";

type Bytes = [u8; MasterKey::LENGTH];

/// A key, and whether it has just been made.
#[derive(Debug)]
pub struct Loaded {
    /// The key.
    pub key: MasterKey,
    /// Its file, if that has just been made.
    pub made: Option<PathBuf>,
    /// Whether the folder has another one that is taking its place.
    pub has_next: bool,
}

impl Loaded {
    /// Removes what has just been made. Where the database has another key it is of no use, and would
    /// look like the one that is missing.
    pub fn unmake(self) {
        if let Some(file) = self.made {
            let _ = fs::remove_file(file);
        }
    }
}

/// The key as it is given, with the one that is to take its place; or the one in the folder. A folder without
/// one gets one.
pub fn load(given: Option<(&str, Option<&str>)>, folder: &Path) -> Result<Loaded> {
    if let Some((key, next)) = given {
        let key = read(key).context("--master-key, or RARESHARE_MASTER_KEY, is no key")?;
        let next = next.map(read_given_next).transpose()?;
        return Ok(Loaded {
            key: MasterKey::ring(&key, next.as_slice(), Vec::new),
            made: None,
            has_next: false,
        });
    }
    let mut made = None;
    // The next one first: it may be renamed to the other in between.
    let next = read_file(&folder.join(NEXT))?;
    let key = match (read_file(&folder.join(FILE))?, next) {
        (Some(key), _) => key,
        // Another one would look like the one that is missing.
        (None, Some(next)) => next,
        (None, None) => {
            made = Some(folder.join(FILE));
            make(folder, FILE).with_context(|| {
                format!(
                    "cannot make the key of the site in {} (set another folder with --key-dir)",
                    folder.display()
                )
            })?
        }
    };
    let source = InFolder(folder.to_owned());
    Ok(Loaded {
        key: MasterKey::ring(&key, next.as_slice(), source),
        made,
        has_next: next.is_some(),
    })
}

fn read_given_next(text: &str) -> Result<Bytes> {
    read(text).context("--next-master-key, or RARESHARE_NEXT_MASTER_KEY, is no key")
}

/// A folder in which keys may be put while the site runs.
struct InFolder(PathBuf);

impl KeySource for InFolder {
    fn keys(&self) -> Vec<Bytes> {
        known(&self.0)
    }

    fn stamp(&self) -> Option<Stamp> {
        let stamp = |path: &Path| {
            let metadata = fs::metadata(path).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        };
        let files = [NEXT, FILE].map(|name| stamp(&self.0.join(name)));
        // What is made or renamed in it changes the folder, too.
        let folder = stamp(&self.0)?;
        Some(files.into_iter().chain([Some(folder)]).collect())
    }
}

/// The keys that are in a folder now.
fn known(folder: &Path) -> Vec<Bytes> {
    let read = |name: &str| match read_file(&folder.join(name)) {
        Ok(key) => key,
        Err(error) => {
            tracing::error!("{error:#}");
            None
        }
    };
    [NEXT, FILE].into_iter().filter_map(read).collect()
}

/// The key in a file, if that is there.
fn read_file(file: &Path) -> Result<Option<Bytes>> {
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text.with_context(|| format!("cannot read the key {}", file.display()))?,
    };
    // It may be one that somebody else keeps, and that cannot be changed from here.
    if let Err(error) = private::close_one(file) {
        tracing::warn!(%error, "others on this machine may be able to read {}", file.display());
    }
    let key = read(&text).with_context(|| format!("{} is no key", file.display()))?;
    Ok(Some(key))
}

fn read(text: &str) -> Result<Bytes> {
    let bytes = STANDARD
        .decode(text.trim())
        .ok()
        .and_then(|bytes| Bytes::try_from(bytes).ok());
    match bytes {
        Some(bytes) => Ok(bytes),
        None => bail!("it must be {} bytes in base64", MasterKey::LENGTH),
    }
}

/// Of several processes that start at once, one makes the key, whole or not at all.
fn make(folder: &Path, name: &str) -> Result<Bytes> {
    let file = &folder.join(name);
    if !folder.exists() {
        fs::create_dir_all(folder)?;
        private::close_one(folder)?;
    }
    let key = MasterKey::random()?;
    let text = STANDARD.encode(key) + "\n";
    let unfinished = folder.join(format!("{FILE}.{}", uuid::Uuid::new_v4().simple()));
    let written = write_new(&unfinished, &text).and_then(|()| fs::hard_link(&unfinished, file));
    let _ = fs::remove_file(&unfinished);
    match written {
        Ok(()) => {
            // The database outlives a power cut, so its key has to.
            for made in [Some(folder), folder.parent()].into_iter().flatten() {
                sync(made)?;
            }
            Ok(key)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            read(&fs::read_to_string(file)?)
        }
        Err(error) => Err(error.into()),
    }
}

/// What was made or renamed in a folder outlives a power cut.
fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder).and_then(|folder| folder.sync_all())
}

/// Nobody else may read it, not even for a moment.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    use io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Where the key is if nothing else is said: beside the data folder, so that no copy of the one is a
/// copy of the other.
pub fn beside(data: &Path) -> Result<PathBuf> {
    let data = std::path::absolute(data)?;
    match data.file_name() {
        Some(name) => {
            let mut beside = name.to_owned();
            beside.push("-keys");
            Ok(data.with_file_name(beside))
        }
        None => bail!(
            "{} has no place beside it for the key of the site (set one with --key-dir)",
            data.display()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let keys = beside(&folder.path().join("data/")).unwrap();
        assert_eq!(keys, folder.path().join("data-keys"));
        let first = load(None, &keys).unwrap();
        assert!(first.made.is_some());
        let text = fs::read_to_string(keys.join(FILE)).unwrap();
        let second = load(None, &keys).unwrap();
        assert!(second.made.is_none());
        second.unmake();
        assert_eq!(fs::read_to_string(keys.join(FILE)).unwrap(), text);
        assert_eq!(
            fs::read_dir(&keys).unwrap().count(),
            1,
            "nothing unfinished"
        );
        load(Some((&text, None)), Path::new("/nowhere")).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&keys), mode(&keys.join(FILE))), (0o700, 0o600));
        }
        first.unmake();
        assert_eq!(fs::read_dir(&keys).unwrap().count(), 0);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for text in [
            "",
            "key",
            &STANDARD.encode([1; 31]),
            &STANDARD.encode([1; 33]),
        ] {
            for given in [(text, None), (&STANDARD.encode([1; 32]), Some(text))] {
                assert!(load(Some(given), folder.path()).is_err(), "{text}");
            }
            fs::write(folder.path().join(FILE), text).unwrap();
            assert!(load(None, folder.path()).is_err(), "{text}");
        }
        assert!(beside(Path::new("/")).is_err());
    }

    #[test]
    fn another_key_changes_the_stamp_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let keys = beside(&folder.path().join("data")).unwrap();
        load(None, &keys).unwrap();
        let source = InFolder(keys.clone());
        let before = source.stamp().unwrap();
        assert_eq!(source.stamp().unwrap(), before);
        make(&keys, NEXT).unwrap();
        assert_eq!(source.keys().len(), 2);
        assert_ne!(source.stamp().unwrap(), before);
        assert!(InFolder(keys.join("none")).stamp().is_none());
    }
}
