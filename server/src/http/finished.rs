//! Answering with what is finished: in the encoding that the client takes, or not at all if it has it.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};

use super::seal;
use crate::page_cache::FinishedPage;

/// Which encoding a client prefers of those we have (RFC 9110, 12.5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let Some(accepted) = headers.get(header::ACCEPT_ENCODING) else {
            return Self::Identity;
        };
        let accepted = accepted.as_bytes();
        let takes = |name: &[u8]| {
            accepted.split(|byte| *byte == b',').any(|part| {
                let mut pieces = part.split(|byte| *byte == b';');
                let coding = pieces.next().unwrap_or_default().trim_ascii();
                let refused = pieces.any(|piece| {
                    matches!(
                        piece.trim_ascii(),
                        b"q=0" | b"q=0.0" | b"q=0.00" | b"q=0.000"
                    )
                });
                coding.eq_ignore_ascii_case(name) && !refused
            })
        };
        if takes(b"br") {
            Self::Brotli
        } else if takes(b"gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }
}

/// A finished page in the encoding that the client takes, or "not modified".
pub(super) fn respond(page: &FinishedPage, asked: &HeaderMap, head_only: bool) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.headers_mut() = page.headers.clone();
    let headers = response.headers_mut();
    headers.insert(header::ETAG, page.etag.clone());
    if seal::matches(asked, &page.etag) {
        headers.remove(header::CONTENT_TYPE);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    let (bytes, encoding) = match Encoding::of(asked) {
        Encoding::Brotli => (page.brotli(), Some("br")),
        Encoding::Gzip => (page.gzip(), Some("gzip")),
        Encoding::Identity => (page.identity.clone(), None),
    };
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    *response.body_mut() = Body::from(if head_only { Bytes::new() } else { bytes });
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_encoding_that_is_taken() {
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip, br;q=0", Encoding::Gzip),
            ("GZIP;q=0.5", Encoding::Gzip),
            ("identity", Encoding::Identity),
            ("", Encoding::Identity),
        ] {
            let headers = HeaderMap::from_iter([(
                header::ACCEPT_ENCODING,
                HeaderValue::from_str(accepted).unwrap(),
            )]);
            assert_eq!(Encoding::of(&headers), expected, "{accepted}");
        }
    }
}
