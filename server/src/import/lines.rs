use std::{
    cell::Cell,
    fmt,
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    rc::Rc,
    str::FromStr,
};

use flate2::bufread::MultiGzDecoder;

use super::ImportError;

/// The longest line, and the longest term or record, in bytes. Those of real sources have at most
/// 300 kB; a longer one would only fill the memory.
pub(super) const LONGEST_DOCUMENT: u64 = 2 * 1024 * 1024;

/// How often progress is told, in lines.
const STEP: u64 = 1024;

/// The first two bytes of every gzip file (RFC 1952, section 2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// How large a file may be once it is unpacked, in bytes. A small gzip file can unpack to more than
/// any disk holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxSize(pub(super) u64);

impl Default for MaxSize {
    /// 1 GB. The largest real source has 34 MB.
    fn default() -> Self {
        Self(1_000_000_000)
    }
}

impl FromStr for MaxSize {
    type Err = String;

    /// Reads "500000", "200 kB", "50MB" or "2 GB".
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let unit = text
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(unit);
        let factor = match unit.trim().to_ascii_lowercase().as_str() {
            "" | "b" => 1,
            "k" | "kb" => 1_000,
            "m" | "mb" => 1_000_000,
            "g" | "gb" => 1_000_000_000,
            _ => 0,
        };
        number
            .parse::<u64>()
            .ok()
            .and_then(|number| number.checked_mul(factor))
            .filter(|&bytes| bytes > 0)
            .map(Self)
            .ok_or_else(|| "it must be a size, like 500 MB or 2 GB".to_owned())
    }
}

impl fmt::Display for MaxSize {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self.0 {
            bytes if bytes.is_multiple_of(1_000_000_000) => (bytes / 1_000_000_000, "GB"),
            bytes if bytes.is_multiple_of(1_000_000) => (bytes / 1_000_000, "MB"),
            bytes if bytes.is_multiple_of(1_000) => (bytes / 1_000, "kB"),
            bytes => (bytes, "B"),
        };
        write!(formatter, "{number} {unit}")
    }
}

/// A text file, plain or gzip (told by its first bytes, not by its name).
pub(super) struct Unpacked {
    pub(super) reader: Box<dyn BufRead>,
    pub(super) compressed: bool,
    /// The bytes that have been taken from the disk, and all that are there.
    done: Rc<Cell<u64>>,
    total: u64,
}

impl Unpacked {
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let opening = |cause| ImportError::opening(path, cause);
        let file = File::open(path).map_err(opening)?;
        let metadata = file.metadata().map_err(opening)?;
        // Opening a directory succeeds on Unix; only reading from it fails, in unclear words.
        if metadata.is_dir() {
            return Err(opening(io::ErrorKind::IsADirectory.into()));
        }
        let done = Rc::new(Cell::new(0));
        let counted = Counted {
            inner: file,
            done: Rc::clone(&done),
        };
        let mut plain = BufReader::with_capacity(64 * 1024, counted);
        let compressed = plain.fill_buf().map_err(opening)?.starts_with(&GZIP);
        let reader: Box<dyn BufRead> = if compressed {
            Box::new(BufReader::with_capacity(
                64 * 1024,
                MultiGzDecoder::new(plain),
            ))
        } else {
            Box::new(plain)
        };
        Ok(Self {
            reader,
            compressed,
            done,
            total: metadata.len(),
        })
    }

    /// How far that is, in bytes as they lie on the disk: done, and in all.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.done.get().min(self.total), self.total)
    }

    /// Why it cannot be read on, where so many lines have been.
    pub(super) fn reading(&self, file: &str, line: u64, cause: io::Error) -> ImportError {
        let file = file.to_owned();
        match cause.kind() {
            io::ErrorKind::UnexpectedEof if self.compressed => {
                ImportError::Truncated { file, line }
            }
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData if self.compressed => {
                ImportError::Damaged { file, line, cause }
            }
            _ => ImportError::Unreadable { file, cause },
        }
    }
}

/// Lines of a text file, counted from 1.
pub(super) struct Lines<P> {
    text: Unpacked,
    file: String,
    number: u64,
    buffer: Vec<u8>,
    /// Bytes of text so far.
    unpacked: u64,
    max_size: MaxSize,
    progress: P,
}

impl<P: Fn(u64, u64)> Lines<P> {
    /// Opens a file. `progress` is told the bytes behind us and in all, as they lie on the disk.
    pub(super) fn open(path: &Path, max_size: MaxSize, progress: P) -> Result<Self, ImportError> {
        Ok(Self {
            text: Unpacked::open(path)?,
            file: path.display().to_string(),
            number: 0,
            buffer: Vec::new(),
            unpacked: 0,
            max_size,
            progress,
        })
    }

    /// The file as it was given.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// How many lines have been read.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The next line with its number, without line end and byte order mark.
    pub(super) fn next(&mut self) -> Result<Option<(u64, &str)>, ImportError> {
        self.number += 1;
        self.buffer.clear();
        let read = (&mut self.text.reader)
            .take(LONGEST_DOCUMENT)
            .read_until(b'\n', &mut self.buffer)
            .map_err(|cause| self.text.reading(&self.file, self.number, cause))?;
        if read == 0 {
            self.number -= 1;
            let (_, total) = self.text.progress();
            (self.progress)(total, total);
            return Ok(None);
        }
        self.unpacked += read as u64;
        if self.unpacked > self.max_size.0 {
            let (file, max_size) = (self.file.clone(), self.max_size);
            return Err(ImportError::TooLarge { file, max_size });
        }
        if self.number.is_multiple_of(STEP) {
            let (done, total) = self.text.progress();
            (self.progress)(done, total);
        }
        let line = self.number;
        if self.buffer.contains(&0) {
            let file = self.file.clone();
            return Err(ImportError::Binary { file, line });
        }
        if self.buffer.last() != Some(&b'\n') && read as u64 == LONGEST_DOCUMENT {
            let problem = format!("the line is longer than {LONGEST_DOCUMENT} bytes");
            return Err(self.broken(problem));
        }
        let Ok(text) = std::str::from_utf8(&self.buffer) else {
            let file = self.file.clone();
            return Err(ImportError::Encoding { file, line });
        };
        let text = text.trim_end_matches(['\n', '\r']);
        let text = if line == 1 {
            text.trim_start_matches('\u{feff}')
        } else {
            text
        };
        Ok(Some((line, text)))
    }

    /// An error about the line that was read last.
    fn broken(&self, problem: impl Into<String>) -> ImportError {
        ImportError::broken(&self.file, self.number, problem)
    }
}

/// Counts what has been taken from the disk.
struct Counted {
    inner: File,
    done: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.done.set(self.done.get() + read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        read_file(file.path(), MaxSize::default())
    }

    fn read_file(path: &Path, max_size: MaxSize) -> Result<Vec<String>, ImportError> {
        let mut lines = Lines::open(path, max_size, |_, _| {})?;
        let mut all = Vec::new();
        while let Some((_, text)) = lines.next()? {
            all.push(text.to_owned());
        }
        Ok(all)
    }

    #[test]
    fn plain_and_gzip_are_told_apart_by_their_first_bytes() {
        let text = "\u{feff}one\r\ntwo\n\nlast";
        for bytes in [text.as_bytes().to_vec(), gzip(text.as_bytes())] {
            assert_eq!(read(&bytes).unwrap(), ["one", "two", "", "last"]);
        }
    }

    #[test]
    fn several_gzip_members_are_one_file() {
        let mut bytes = gzip(b"one\n");
        bytes.extend(gzip(b"two\n"));
        assert_eq!(read(&bytes).unwrap(), ["one", "two"]);
    }

    #[test]
    fn a_cut_off_gzip_file_names_the_line() {
        // Random enough not to shrink into one block that fails at once.
        let text = (0..20_000_u64).fold(String::new(), |text, n| {
            text + &n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_string() + "\n"
        });
        let bytes = gzip(text.as_bytes());
        match read(&bytes[..bytes.len() / 2]) {
            Err(ImportError::Truncated { line, .. }) => assert!(line > 5_000, "{line}"),
            other => panic!("{:?}", other.map(|lines| lines.len())),
        }
        let mut damaged = bytes;
        let middle = damaged.len() / 2;
        damaged[middle..middle + 64].fill(0xff);
        assert!(matches!(
            read(&damaged),
            Err(ImportError::Damaged { .. }
                | ImportError::Encoding { .. }
                | ImportError::Binary { .. })
        ));
    }

    #[test]
    fn what_is_no_text_says_so() {
        assert!(matches!(
            read(b"fine\nMZ\0\0\x01"),
            Err(ImportError::Binary { line: 2, .. })
        ));
        assert!(matches!(
            read(b"one\ncaf\xe9\n"),
            Err(ImportError::Encoding { line: 2, .. })
        ));
        assert!(matches!(
            read(&gzip(b"\0\0\0")),
            Err(ImportError::Binary { line: 1, .. })
        ));
    }

    #[test]
    fn what_unpacks_to_more_than_is_allowed_is_not_read_to_its_end() {
        let bomb = gzip("\n".repeat(50_000_000).as_bytes());
        assert!(bomb.len() < 100_000);
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bomb).unwrap();
        let limit: MaxSize = "1 MB".parse().unwrap();
        let error = read_file(file.path(), limit).unwrap_err().to_string();
        assert!(error.contains("more than 1 MB"), "{error}");
        assert!(error.contains("--max-size"), "{error}");
        // A line without end would fill the memory.
        let Err(error) = read("x".repeat(3_000_000).as_bytes()) else {
            panic!("a line of 3 MB was read");
        };
        assert!(
            error
                .to_string()
                .contains("line 1: the line is longer than")
        );
    }

    #[test]
    fn sizes_are_written_as_people_write_them() {
        for (given, shown) in [
            ("500000", "500 kB"),
            ("1", "1 B"),
            ("20 MB", "20 MB"),
            ("2g", "2 GB"),
            (" 1500kb ", "1500 kB"),
        ] {
            let size: MaxSize = given.parse().unwrap();
            assert_eq!(size.to_string(), shown);
        }
        for given in ["", "0", "MB", "-1", "1.5 GB", "1 parsec", "99999999999 GB"] {
            assert!(given.parse::<MaxSize>().is_err(), "{given}");
        }
        assert_eq!(MaxSize::default().to_string(), "1 GB");
    }

    #[test]
    fn missing_files_and_directories_say_so() {
        let folder = tempfile::tempdir().unwrap();
        let silent = |_, _| {};
        assert!(matches!(
            Lines::open(&folder.path().join("absent"), MaxSize::default(), silent),
            Err(ImportError::Missing { .. })
        ));
        let Err(error) = Lines::open(folder.path(), MaxSize::default(), silent) else {
            panic!("a directory was opened");
        };
        assert!(error.to_string().contains("is a directory"), "{error}");
    }

    #[test]
    fn progress_ends_at_the_end() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all("line\n".repeat(5_000).as_bytes()).unwrap();
        let seen = Rc::new(Cell::new((0, 0)));
        let told = Rc::clone(&seen);
        let progress = move |done, total| told.set((done, total));
        let mut lines = Lines::open(file.path(), MaxSize::default(), progress).unwrap();
        while lines.next().unwrap().is_some() {}
        assert_eq!(seen.get(), (25_000, 25_000));
    }
}
