use std::{
    cell::Cell,
    fmt,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use domain::trials::{RefusedStudy, Study, TrialsImport};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{ImportError, MaxSize, lines::Unpacked, trials_record};

/// The longest study, in bytes. With all its results one has some 10 MB; a longer one would only fill
/// the memory.
const LONGEST_STUDY: u64 = if cfg!(test) { 4 } else { 64 } * 1024 * 1024;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Reads a file of studies as the API of ClinicalTrials.gov (version 2) answers: a page of them, a list
/// of them, or a single one; plain or gzip. One study after the other is read and let go, so that the
/// file may be larger than the memory. One that cannot be used is refused, and the others are taken.
/// `progress` is told bytes, done and in all.
///
/// # Errors
///
/// The file cannot be read, is no JSON, or has no studies.
pub fn read_trials(
    import: &mut TrialsImport,
    path: &Path,
    max_size: MaxSize,
    progress: impl Fn(u64, u64),
) -> Result<(), ImportError> {
    let file = path.display().to_string();
    let since = Cell::new(0);
    let mut text = Text {
        unpacked: Unpacked::open(path)?,
        max_size,
        size: 0,
        since: &since,
        lines: 0,
        progress,
        too_large: None,
    };
    text.skip_mark()
        .map_err(|cause| text.unpacked.reading(&file, 1, cause))?;
    let mut reading = Reading {
        file: &file,
        studies: 0,
        is_file_of_studies: false,
        since: &since,
        import,
    };
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(&mut text));
    let read = Document(&mut reading).deserialize(&mut json);
    let read = read.and_then(|()| json.end());
    let is_file_of_studies = reading.is_file_of_studies;
    drop(json);
    if let Err(error) = read {
        return Err(text.failure(&file, error));
    }
    if !is_file_of_studies {
        return Err(ImportError::Nothing {
            file,
            expected: "no study",
            lines: text.lines + 1,
        });
    }
    Ok(())
}

/// The text of a file, measured while it is read.
struct Text<'a, P> {
    unpacked: Unpacked,
    max_size: MaxSize,
    /// Bytes so far.
    size: u64,
    /// The same since the last study ended.
    since: &'a Cell<u64>,
    lines: u64,
    progress: P,
    too_large: Option<TooLarge>,
}

enum TooLarge {
    File,
    Study,
}

impl<P: Fn(u64, u64)> Text<'_, P> {
    fn skip_mark(&mut self) -> io::Result<()> {
        if self
            .unpacked
            .reader
            .fill_buf()?
            .starts_with(BYTE_ORDER_MARK)
        {
            self.unpacked.reader.consume(BYTE_ORDER_MARK.len());
        }
        Ok(())
    }

    /// Why the file cannot be used.
    fn failure(&self, file: &str, error: serde_json::Error) -> ImportError {
        let line = u64::try_from(error.line()).unwrap_or(u64::MAX);
        let column = error.column();
        match self.too_large {
            Some(TooLarge::File) => {
                let (file, max_size) = (file.to_owned(), self.max_size);
                return ImportError::TooLarge { file, max_size };
            }
            Some(TooLarge::Study) => {
                let problem = format!("a study is longer than {LONGEST_STUDY} bytes");
                return ImportError::broken(file, self.lines + 1, problem);
            }
            None => {}
        }
        if error.is_io() {
            return self.unpacked.reading(file, self.lines + 1, error.into());
        }
        let words = error.to_string();
        // The place is told in front.
        let words = words.split(" at line ").next().unwrap_or_default();
        let problem = if error.is_eof() {
            format!("the JSON ends too early ({words}, column {column})")
        } else {
            format!("this is no JSON with studies of ClinicalTrials.gov ({words}, column {column})")
        };
        ImportError::broken(file, line.max(1), problem)
    }
}

impl<P: Fn(u64, u64)> Read for Text<'_, P> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.unpacked.reader.read(buffer)?;
        self.size += read as u64;
        self.since.set(self.since.get() + read as u64);
        if self.size > self.max_size.0 {
            self.too_large = Some(TooLarge::File);
        } else if self.since.get() > LONGEST_STUDY {
            self.too_large = Some(TooLarge::Study);
        }
        if self.too_large.is_some() {
            return Err(io::Error::other("too large"));
        }
        let ends = buffer[..read].iter().filter(|byte| **byte == b'\n');
        self.lines += ends.count() as u64;
        let (done, total) = self.unpacked.progress();
        (self.progress)(done, total);
        Ok(read)
    }
}

/// One study that a demonstration makes up, in the same JSON.
///
/// # Errors
///
/// Why it cannot be used: it is no study, or may be taken for a real one.
pub fn invented_study(json: &str) -> Result<Study, String> {
    let study =
        trials_record::study(json).map_err(|(subject, reason)| format!("{subject}: {reason}"))?;
    if study.trial.id.is_invented() {
        Ok(study)
    } else {
        Err(format!("{} may be a real study", study.trial.id))
    }
}

/// A real site shows no study that is made up.
fn is_real(study: Study) -> Result<Study, (String, String)> {
    if study.trial.id.is_invented() {
        let reason = "its nctId is one of those that demonstrations make up";
        return Err((study.trial.id.to_string(), reason.to_owned()));
    }
    Ok(study)
}

/// What has been read of a file.
struct Reading<'a> {
    file: &'a str,
    studies: u64,
    is_file_of_studies: bool,
    since: &'a Cell<u64>,
    import: &'a mut TrialsImport,
}

impl Reading<'_> {
    fn take(&mut self, study: &str) {
        self.since.set(0);
        self.studies += 1;
        self.import.read += 1;
        match trials_record::study(study).and_then(is_real) {
            Ok(study) => self.import.add(study),
            Err((subject, reason)) => self.import.refused.push(RefusedStudy {
                file: self.file.to_owned(),
                study: self.studies,
                subject,
                reason,
            }),
        }
    }
}

/// A whole file: a page of studies, a list of them, or one.
struct Document<'a, 'b>(&'a mut Reading<'b>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("studies")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        Studies(self.0).visit_seq(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut protocol, mut derived) = (None::<Box<RawValue>>, None::<Box<RawValue>>);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "studies" => map.next_value_seed(Studies(self.0))?,
                "protocolSection" => protocol = Some(map.next_value()?),
                "derivedSection" => derived = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if let Some(protocol) = protocol {
            self.0.is_file_of_studies = true;
            let derived = derived.as_deref().map_or("null", RawValue::get);
            let protocol = protocol.get();
            self.0.take(&format!(
                "{{\"protocolSection\":{protocol},\"derivedSection\":{derived}}}"
            ));
        }
        Ok(())
    }
}

/// A list of studies. Each is cut out as text first, so that a broken one does not end the reading.
struct Studies<'a, 'b>(&'a mut Reading<'b>);

impl<'de> DeserializeSeed<'de> for Studies<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Studies<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of studies")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.is_file_of_studies = true;
        while let Some(study) = list.next_element::<Box<RawValue>>()? {
            self.0.take(study.get());
        }
        Ok(())
    }
}
