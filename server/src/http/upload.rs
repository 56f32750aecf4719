//! Forms that carry a file (`multipart/form-data`, RFC 7578), read with a limit that is told in words.

use app::ui::form::{File, Pairs};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use http_body_util::BodyExt;
use tokio::sync::Semaphore;

/// Most bytes of a file.
const MOST_FILE: usize = 10 * 1024 * 1024;
/// Most bytes of the rest of a form: names, borders, other fields.
const MOST_REST: usize = 64 * 1024;

/// Uploads that are held in memory at once; others wait.
static PLACES: Semaphore = Semaphore::const_new(4);

/// The fields and the files of a form.
type Read = (Pairs, Vec<(String, File)>);

/// Why a form could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It is not what it says that it is, or it broke off.
    Malformed,
    /// It is larger than anything that is read.
    TooLarge,
}

/// Whether a form may have files.
pub(super) fn is_multipart(headers: &HeaderMap) -> bool {
    content_type(headers).is_some()
}

/// The content type of a form that may have files.
pub(super) fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .filter(|kind| kind.to_ascii_lowercase().starts_with("multipart/"))
}

/// Reads a form with files. What is too large is read to its end all the same and thrown away:
/// browsers do not look at an answer that comes while they are sending.
pub(super) async fn read(content_type: &str, mut body: Body) -> Result<Read, Unreadable> {
    let _place = PLACES.acquire().await;
    let boundary = multer::parse_boundary(content_type).map_err(|_| Unreadable::Malformed)?;
    let mut kept: Vec<Bytes> = Vec::new();
    let mut size = 0;
    while let Some(frame) = body.frame().await {
        // The limit of the route, or the connection.
        let frame = frame.map_err(|_| Unreadable::TooLarge)?;
        let Ok(mut bytes) = frame.into_data() else {
            continue;
        };
        let room = (MOST_FILE + MOST_REST).saturating_sub(size);
        size += bytes.len();
        bytes.truncate(room);
        if !bytes.is_empty() {
            kept.push(bytes);
        }
    }
    // The beginning names the field, so that the message stands where the file was chosen.
    let cut_off = size > MOST_FILE + MOST_REST;
    parse(boundary, kept, cut_off).await
}

/// Reads to the end and keeps nothing: from who is not signed in no file is taken.
pub(super) async fn discard(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

async fn parse(boundary: String, kept: Vec<Bytes>, cut_off: bool) -> Result<Read, Unreadable> {
    let stream = Chunks(kept.into_iter());
    let mut form = multer::Multipart::new(stream, boundary);
    let mut pairs = Vec::new();
    let mut files = Vec::new();
    loop {
        let mut field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(_) if cut_off => break,
            Err(_) => return Err(Unreadable::Malformed),
        };
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.file_name().is_some();
        let mut content = Vec::new();
        let mut whole = true;
        loop {
            match field.chunk().await {
                Ok(Some(chunk)) => content.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(_) if cut_off => {
                    whole = false;
                    break;
                }
                Err(_) => return Err(Unreadable::Malformed),
            }
        }
        match (is_file, whole && content.len() <= MOST_FILE) {
            (true, true) => files.push((name, File::Whole(content))),
            (true, false) => files.push((name, File::TooLarge)),
            (false, true) => {
                pairs.push((name, String::from_utf8_lossy(&content).into_owned()));
            }
            (false, false) => return Err(Unreadable::TooLarge),
        }
    }
    Ok((pairs, files))
}

/// What has been read, as the parser takes it.
struct Chunks(std::vec::IntoIter<Bytes>);

impl futures_core::Stream for Chunks {
    type Item = Result<Bytes, std::convert::Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next().map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=XX";

    fn form(file: &[u8]) -> Vec<u8> {
        let mut body = Vec::from(
            *b"--XX\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\npicture\r\n\
              --XX\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\
              Content-Type: image/png\r\n\r\n",
        );
        body.extend(file);
        body.extend(b"\r\n--XX--\r\n");
        body
    }

    #[tokio::test]
    async fn fields_and_files_are_told_apart() {
        let (pairs, files) = read(TYPE, Body::from(form(b"\x89PNG"))).await.unwrap();
        assert_eq!(pairs, [("form".to_owned(), "picture".to_owned())]);
        assert_eq!(files[0].0, "picture");
    }

    #[tokio::test]
    async fn what_is_no_form_is_malformed() {
        for (kind, body) in [
            (TYPE, b"nonsense".to_vec()),
            (
                TYPE,
                b"--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbroken off".to_vec(),
            ),
            ("multipart/form-data", form(b"x")),
        ] {
            let read = read(kind, Body::from(body)).await;
            assert_eq!(read.err(), Some(Unreadable::Malformed));
        }
    }

    #[tokio::test]
    async fn a_large_file_is_told_by_its_field() {
        for size in [MOST_FILE + 1, MOST_FILE + MOST_REST + 1_000_000] {
            let body = Body::from(form(&vec![0; size]));
            let (pairs, files) = read(TYPE, body).await.unwrap();
            assert_eq!(pairs[0].1, "picture", "{size}");
            assert!(matches!(files[0].1, File::TooLarge), "{size}");
        }
    }
}
