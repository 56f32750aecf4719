//! The key that takes the place of the one of the site.

use std::{
    fmt,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use storage::MasterKey;

use super::{Bytes, FILE, NEXT, make, read_file, read_given_next, sync};

/// What a former key is called in the folder, with a number behind it.
const FORMER: &str = "master.key.former";

/// The next key. While it is here, nobody else on this machine replaces that of the same folder.
pub struct NextKey {
    /// The key.
    pub key: MasterKey,
    folder: Option<Folder>,
}

struct Folder {
    path: PathBuf,
    next: Bytes,
    /// Let go of by the system when the process ends, however it does.
    _lock: File,
}

impl fmt::Debug for NextKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NextKey(…)")
    }
}

impl NextKey {
    /// As it is given.
    pub fn given(text: &str) -> Result<Self> {
        let key = MasterKey::new(&read_given_next(text)?);
        Ok(Self { key, folder: None })
    }

    /// The one in a folder that an interrupted rotation has left, or a new one.
    pub fn in_folder(path: &Path) -> Result<Self> {
        let lock = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        match lock.try_lock() {
            Ok(()) => (),
            Err(TryLockError::WouldBlock) => bail!(
                "the key in {} is just being replaced by another process",
                path.display()
            ),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
        }
        remove_unfinished(path).with_context(|| format!("cannot tidy up in {}", path.display()))?;
        let next = if let Some(next) = read_file(&path.join(NEXT))? {
            next
        } else {
            let next = make(path, NEXT).with_context(|| {
                format!("cannot make the next key of the site in {}", path.display())
            })?;
            same_owner(path)?;
            next
        };
        // One that is found may have been made just before a power cut.
        sync(path)?;
        Ok(Self {
            key: MasterKey::new(&next),
            folder: Some(Folder {
                path: path.to_owned(),
                next,
                _lock: lock,
            }),
        })
    }

    /// Once nothing is under the former key any more: puts the next one in its place. Tells where the former one
    /// is, if they are in a folder.
    pub fn finish(self) -> Result<Option<PathBuf>> {
        let Some(folder) = self.folder else {
            return Ok(None);
        };
        let path = &folder.path;
        if read_file(&path.join(NEXT))? != Some(folder.next) {
            bail!("somebody else has changed {NEXT} in {}", path.display());
        }
        let former = keep_former(path)
            .with_context(|| format!("cannot keep the former key in {}", path.display()))?;
        fs::rename(path.join(NEXT), path.join(FILE))
            .and_then(|()| sync(path))
            .with_context(|| format!("cannot rename {NEXT} in {}", path.display()))?;
        Ok(former)
    }
}

/// Removes what somebody has left who was interrupted while making a key: nobody else makes one here now.
fn remove_unfinished(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let made = name
            .to_str()
            .and_then(|name| name.strip_prefix(FILE)?.strip_prefix('.'));
        if made.is_some_and(|made| made.len() == 32 && uuid::Uuid::try_parse(made).is_ok()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Gives the former key another name besides its own, before another one takes that.
fn keep_former(folder: &Path) -> Result<Option<PathBuf>> {
    let present = folder.join(FILE);
    let Some(key) = read_file(&present)? else {
        return Ok(None);
    };
    let mut number = 1;
    loop {
        let former = folder.join(format!("{FORMER}.{number}"));
        match fs::hard_link(&present, &former) {
            Ok(()) => {
                sync(folder)?;
                return Ok(Some(former));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                // That of this rotation, which was interrupted, or of an earlier one.
                if read_file(&former)? == Some(key) {
                    return Ok(Some(former));
                }
                number += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Takes a next key that has just been made away again if the server, which can read the present one, could not
/// read it.
#[cfg(unix)]
fn same_owner(path: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let owner = |name| fs::metadata(path.join(name)).map(|file| file.uid());
    if let (Ok(next), Ok(present)) = (owner(NEXT), owner(FILE))
        && next != present
    {
        fs::remove_file(path.join(NEXT))?;
        bail!(
            "the key in {} belongs to another user: run this as the user that the server runs as",
            path.display()
        );
    }
    Ok(())
}

#[cfg(not(unix))]
fn same_owner(_path: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::load, *};

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_rotation_that_was_interrupted_goes_on_with_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert!(!load(None, folder).unwrap().has_next);
        let first = fs::read(folder.join(FILE)).unwrap();
        let interrupted = NextKey::in_folder(folder).unwrap();
        let second = fs::read(folder.join(NEXT)).unwrap();
        // One at a time.
        let error = NextKey::in_folder(folder).unwrap_err();
        assert!(error.to_string().contains("just being replaced"), "{error}");
        drop(interrupted);
        let unfinished = format!("{FILE}.{}", uuid::Uuid::new_v4().simple());
        fs::write(folder.join(unfinished), "half a k").unwrap();
        let loaded = load(None, folder).unwrap();
        assert!(loaded.has_next && loaded.made.is_none());
        // The last that was done before it was interrupted: the former one has its other name.
        let next = NextKey::in_folder(folder).unwrap();
        keep_former(folder).unwrap();
        assert_eq!(
            next.finish().unwrap(),
            Some(folder.join("master.key.former.1"))
        );
        assert_eq!(names(folder), ["master.key", "master.key.former.1"]);
        assert_eq!(fs::read(folder.join(FILE)).unwrap(), second);
        assert_eq!(fs::read(folder.join("master.key.former.1")).unwrap(), first);
        assert!(!load(None, folder).unwrap().has_next);
        // The next rotation is another one.
        let next = NextKey::in_folder(folder).unwrap();
        assert_eq!(
            next.finish().unwrap(),
            Some(folder.join("master.key.former.2"))
        );
        assert_ne!(fs::read(folder.join(FILE)).unwrap(), second);
        #[cfg(unix)]
        for name in names(folder) {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.join(&name))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    #[test]
    fn where_the_key_is_missing_and_the_next_is_not_no_other_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        load(None, folder).unwrap();
        drop(NextKey::in_folder(folder).unwrap());
        fs::remove_file(folder.join(FILE)).unwrap();
        let loaded = load(None, folder).unwrap();
        assert!(loaded.has_next && loaded.made.is_none());
        assert_eq!(names(folder), [NEXT]);
        // And it becomes the one of the folder.
        let next = NextKey::in_folder(folder).unwrap();
        assert_eq!(next.finish().unwrap(), None);
        assert_eq!(names(folder), [FILE]);
    }
}
