//! Files that are nobody's but the operator's: what people say of their health is in them.

use std::{fs, io, path::Path};

/// What may be done by the owner alone, from now on, with whatever this process makes.
pub fn begin() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// Takes everybody else's rights away from a data folder and from what RareShare has made in it. What
/// is not there is passed over, and so is what else the operator keeps there.
pub fn close(data: &Path) -> io::Result<()> {
    close_one(data)?;
    close_database(&data.join("rareshare.db"))?;
    for name in ["outbox", "assets"] {
        close_folder(&data.join(name))?;
    }
    Ok(())
}

/// The file of a database, and those that SQLite has beside it.
pub fn close_database(file: &Path) -> io::Result<()> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        close_one(Path::new(&name))?;
    }
    Ok(())
}

/// A folder and the files in it.
fn close_folder(folder: &Path) -> io::Result<()> {
    close_one(folder)?;
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        close_one(&entry?.path())?;
    }
    Ok(())
}

/// A folder becomes 0700 and a file 0600. A link is followed: it may be how a data folder is on
/// another disk.
#[cfg(unix)]
pub fn close_one(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = match fs::metadata(path) {
        // Another process may just have removed it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        metadata => metadata?,
    };
    let mode = if metadata.is_dir() { 0o700 } else { 0o600 };
    if metadata.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    match fs::set_permissions(path, fs::Permissions::from_mode(mode)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Other systems have no such rights.
#[cfg(not(unix))]
pub fn close_one(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_was_open_to_others_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        for inside in ["outbox", "assets", "theirs"] {
            fs::create_dir_all(data.join(inside)).unwrap();
        }
        let files = [
            "rareshare.db",
            "rareshare.db-wal",
            "outbox/a.eml",
            "assets/a.js.br",
        ];
        for file in files.into_iter().chain(["theirs/notes"]) {
            fs::write(data.join(file), "x").unwrap();
            fs::set_permissions(data.join(file), fs::Permissions::from_mode(0o644)).unwrap();
        }
        for inside in ["", "outbox", "assets", "theirs"] {
            fs::set_permissions(data.join(inside), fs::Permissions::from_mode(0o755)).unwrap();
        }
        close(&data).unwrap();
        close(&data).unwrap();
        let mode = |path: &str| {
            let metadata = fs::metadata(data.join(path)).unwrap();
            metadata.permissions().mode() & 0o777
        };
        for inside in ["", "outbox", "assets"] {
            assert_eq!(mode(inside), 0o700, "{inside}");
        }
        for file in files {
            assert_eq!(mode(file), 0o600, "{file}");
        }
        assert_eq!((mode("theirs"), mode("theirs/notes")), (0o755, 0o644));
        close(&folder.path().join("nowhere")).unwrap();
    }
}
