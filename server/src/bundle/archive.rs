//! Files of former bundles. A page that was opened before an update loads its chunks from here.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use axum::body::Bytes;
use domain::time::Timestamp;

use super::{Asset, content_type};

/// How long after its last day in use a file is kept.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// A folder of compressed files under the names by which pages know them. When a file was last part
/// of the bundle is the time of its last change.
#[derive(Clone, Debug)]
pub struct Archive {
    folder: PathBuf,
}

/// A file of a former bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedFile {
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// Compressed by brotli.
    pub brotli: Bytes,
}

impl Archive {
    /// The archive in this folder, which need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Notes that these files are in use at this time, and removes those that have not been for 30
    /// days.
    pub(super) fn keep<'a>(
        &self,
        files: impl Iterator<Item = (&'a String, &'a Asset)>,
        now: Timestamp,
    ) -> io::Result<()> {
        let now = UNIX_EPOCH + Duration::from_micros(now.0.try_into().unwrap_or_default());
        fs::create_dir_all(&self.folder)?;
        for (name, asset) in files {
            let path = self.path(name);
            if !path.is_file() {
                // Whole or not at all, also where two servers start at once.
                let unfinished = self.folder.join(format!("{name}.{}", std::process::id()));
                fs::write(&unfinished, asset.brotli())?;
                fs::rename(&unfinished, &path)?;
            }
            fs::File::options()
                .append(true)
                .open(&path)?
                .set_modified(now)?;
        }
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let last = entry.metadata()?.modified()?;
            if now.duration_since(last).is_ok_and(|age| age > KEPT) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// The file that a page knows by this name.
    pub(super) async fn file(&self, name: &str) -> Option<ArchivedFile> {
        let content_type = content_type(name)?;
        // A name, never a path.
        let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
        if name.starts_with('.') || !name.chars().all(plain) {
            return None;
        }
        let brotli = tokio::fs::read(self.path(name)).await.ok()?;
        Some(ArchivedFile {
            content_type,
            brotli: Bytes::from(brotli),
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(Path::new(name).with_added_extension("br"))
    }
}

impl ArchivedFile {
    /// As it was before it was compressed.
    pub fn identity(&self) -> io::Result<Bytes> {
        let mut plain = Vec::new();
        io::Read::read_to_end(
            &mut brotli::Decompressor::new(self.brotli.as_ref(), 32 * 1024),
            &mut plain,
        )?;
        Ok(Bytes::from(plain))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn bundle(names: &[&str]) -> HashMap<String, Asset> {
        let asset = |name: &str| Asset::new("text/javascript", Bytes::from(format!("// {name}")));
        names
            .iter()
            .map(|&name| (name.to_owned(), asset(name)))
            .collect()
    }

    fn day(number: i64) -> Timestamp {
        Timestamp((20_000 + number) * 86_400_000_000)
    }

    #[tokio::test]
    async fn a_file_is_served_for_thirty_days_after_its_last_in_use() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::new(folder.path().join("assets"));
        let (first, second) = (bundle(&["a-1.js", "b-1.js"]), bundle(&["a-2.js", "b-1.js"]));
        archive.keep(first.iter(), day(0)).unwrap();
        archive.keep(first.iter(), day(10)).unwrap();
        archive.keep(second.iter(), day(40)).unwrap();
        let former = archive.file("a-1.js").await.unwrap();
        assert_eq!(former.content_type, content_type("a-1.js").unwrap());
        assert_eq!(former.identity().unwrap(), "// a-1.js");

        archive.keep(second.iter(), day(41)).unwrap();
        assert_eq!(archive.file("a-1.js").await, None);
        for kept in ["a-2.js", "b-1.js"] {
            assert!(archive.file(kept).await.is_some(), "{kept}");
        }
    }

    #[tokio::test]
    async fn nothing_but_files_of_a_bundle_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::new(folder.path().join("assets"));
        archive.keep(bundle(&["a.js"]).iter(), day(0)).unwrap();
        fs::write(folder.path().join("secret.js.br"), "secret").unwrap();
        fs::write(folder.path().join("assets/notes.txt.br"), "notes").unwrap();
        for name in [
            "../secret.js",
            "notes.txt",
            "a.js.br",
            "a",
            "",
            ".js",
            "b.js",
        ] {
            assert_eq!(archive.file(name).await, None, "{name}");
        }
    }

    #[test]
    fn what_is_not_text_does_not_pass_for_a_file() {
        let broken = ArchivedFile {
            content_type: "application/wasm",
            brotli: Bytes::from_static(&[255; 40]),
        };
        assert!(broken.identity().is_err());
    }
}
