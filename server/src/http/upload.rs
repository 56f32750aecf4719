//! Forms that carry a file (`multipart/form-data`, RFC 7578), read with a limit that is told in words.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use app::ui::form::{File, Pairs};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use domain::account::AccountId;
use http_body_util::BodyExt;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Most bytes of a file.
const MOST_FILE: usize = 10 * 1024 * 1024;
/// Most bytes of the rest of a form: names, borders, other fields.
const MOST_REST: usize = 64 * 1024;

/// Uploads that are worked on at once; others wait. A place is taken once the body is there: who sends
/// slowly, or nothing at all, holds none.
static PLACES: Semaphore = Semaphore::const_new(4);
/// Kibibytes of uploads in memory at once, those included that are still arriving.
static MEMORY: Semaphore = Semaphore::const_new(128 * 1024);
/// Uploads of one account at once.
const MOST_AT_ONCE: u32 = 2;
/// How many uploads of each account are under way.
static UNDER_WAY: LazyLock<Mutex<HashMap<AccountId, u32>>> = LazyLock::new(Mutex::default);

/// A form that has been read.
pub(super) struct Read {
    pub(super) pairs: Pairs,
    pub(super) files: Vec<(String, File)>,
    /// To be kept until the files have been worked on.
    pub(super) held: Held,
}

/// What an upload takes up.
#[derive(Debug)]
pub(super) struct Held {
    _account: Turn,
    _memory: Option<SemaphorePermit<'static>>,
    _place: Option<SemaphorePermit<'static>>,
}

/// One of an account's uploads.
#[derive(Debug)]
struct Turn(AccountId);

impl Turn {
    fn take(account: AccountId) -> Option<Self> {
        let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        let count = under_way.entry(account).or_default();
        (*count < MOST_AT_ONCE).then(|| {
            *count += 1;
            Self(account)
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = under_way.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                under_way.remove(&self.0);
            }
        }
    }
}

/// Why a form could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It is not what it says that it is, or it broke off.
    Malformed,
    /// It is larger than anything that is read.
    TooLarge,
    /// The same person is sending others.
    OneAtATime,
    /// Too many people are sending something.
    Busy,
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

/// Reads a form with files. What is too large, or comes when there is no room, is read to its end all
/// the same and thrown away: browsers do not look at an answer that comes while they are sending.
pub(super) async fn read(
    content_type: &str,
    mut body: Body,
    account: AccountId,
) -> Result<Read, Unreadable> {
    let Some(turn) = Turn::take(account) else {
        discard(body).await;
        return Err(Unreadable::OneAtATime);
    };
    let boundary = multer::parse_boundary(content_type).map_err(|_| Unreadable::Malformed)?;
    let mut kept: Vec<Bytes> = Vec::new();
    let mut memory: Option<SemaphorePermit<'static>> = None;
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
        if bytes.is_empty() {
            continue;
        }
        if !grow(&mut memory, size.min(MOST_FILE + MOST_REST)) {
            drop((kept, memory));
            discard(body).await;
            return Err(Unreadable::Busy);
        }
        kept.push(bytes);
    }
    let held = Held {
        _account: turn,
        _memory: memory,
        _place: PLACES.acquire().await.ok(),
    };
    // The beginning names the field, so that the message stands where the file was chosen.
    let cut_off = size > MOST_FILE + MOST_REST;
    let (pairs, files) = parse(boundary, kept, cut_off).await?;
    Ok(Read { pairs, files, held })
}

/// Takes what is missing of the memory for so many bytes; `false` where there is none left.
fn grow(memory: &mut Option<SemaphorePermit<'static>>, bytes: usize) -> bool {
    let needed = bytes.div_ceil(1024);
    let taken = memory.as_ref().map_or(0, SemaphorePermit::num_permits);
    let missing = u32::try_from(needed.saturating_sub(taken)).unwrap_or(u32::MAX);
    match MEMORY.try_acquire_many(missing) {
        Ok(more) => {
            match memory {
                Some(memory) => memory.merge(more),
                None => *memory = Some(more),
            }
            true
        }
        Err(_) => false,
    }
}

/// The fields of a small form that has no files and has been read; nothing where it is no such form.
pub(super) async fn fields(content_type: &str, body: Bytes) -> Option<Pairs> {
    let boundary = multer::parse_boundary(content_type).ok()?;
    let (pairs, _) = parse(boundary, vec![body], false).await.ok()?;
    Some(pairs)
}

/// Reads to the end and keeps nothing: from who is not signed in no file is taken.
pub(super) async fn discard(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

async fn parse(
    boundary: String,
    kept: Vec<Bytes>,
    cut_off: bool,
) -> Result<(Pairs, Vec<(String, File)>), Unreadable> {
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

    fn account(number: u128) -> AccountId {
        AccountId(uuid::Uuid::from_u128(number))
    }

    /// A body that begins and never goes on.
    fn stalled() -> Body {
        let beginning = Ok::<_, std::io::Error>(Bytes::from_static(b"--XX\r\n"));
        Body::from_stream(Stalled(Some(beginning)))
    }

    struct Stalled(Option<Result<Bytes, std::io::Error>>);

    impl futures_core::Stream for Stalled {
        type Item = Result<Bytes, std::io::Error>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            match self.0.take() {
                Some(chunk) => std::task::Poll::Ready(Some(chunk)),
                None => std::task::Poll::Pending,
            }
        }
    }

    #[tokio::test]
    async fn who_sends_nothing_holds_no_place() {
        let stalled: Vec<_> = (100..150)
            .map(|number| tokio::spawn(read(TYPE, stalled(), account(number))))
            .collect();
        tokio::task::yield_now().await;
        let body = Body::from(form(b"\x89PNG"));
        let sent = read(TYPE, body, account(4));
        let sent = tokio::time::timeout(std::time::Duration::from_secs(20), sent).await;
        assert!(sent.unwrap().is_ok());
        for task in stalled {
            task.abort();
        }
    }

    #[tokio::test]
    async fn one_account_sends_two_at_once() {
        let first = tokio::spawn(read(TYPE, stalled(), account(5)));
        let second = tokio::spawn(read(TYPE, stalled(), account(5)));
        while UNDER_WAY.lock().unwrap().get(&account(5)) != Some(&MOST_AT_ONCE) {
            tokio::task::yield_now().await;
        }
        let form = || Body::from(form(b"\x89PNG"));
        let third = read(TYPE, form(), account(5)).await;
        assert_eq!(third.err(), Some(Unreadable::OneAtATime));
        assert!(read(TYPE, form(), account(6)).await.is_ok());
        first.abort();
        let _ = first.await;
        assert!(read(TYPE, form(), account(5)).await.is_ok());
        second.abort();
    }

    #[tokio::test]
    async fn fields_and_files_are_told_apart() {
        let body = Body::from(form(b"\x89PNG"));
        let Read { pairs, files, .. } = read(TYPE, body, account(1)).await.unwrap();
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
            let read = read(kind, Body::from(body), account(2)).await;
            assert_eq!(read.err(), Some(Unreadable::Malformed));
        }
    }

    #[tokio::test]
    async fn a_large_file_is_told_by_its_field() {
        for size in [MOST_FILE + 1, MOST_FILE + MOST_REST + 1_000_000] {
            let body = Body::from(form(&vec![0; size]));
            let Read { pairs, files, .. } = read(TYPE, body, account(3)).await.unwrap();
            assert_eq!(pairs[0].1, "picture", "{size}");
            assert!(matches!(files[0].1, File::TooLarge), "{size}");
        }
    }
}
