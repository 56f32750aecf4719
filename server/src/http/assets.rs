//! Files of the bundle. Their names change with their content, so they never need to be asked for
//! again.

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{AppState, finished::Encoding};
use crate::bundle::Assets;

const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#fbf9f5"/><circle cx="12" cy="13" r="8" fill="#0b5c63"/><circle cx="20" cy="19" r="8" fill="#0b5c63" fill-opacity=".45"/></svg>"##;

pub(super) async fn file(
    State(state): State<AppState>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    let accepted = Encoding::of(&headers);
    let Some((content_type, bytes, encoding)) = find(&state.assets, &path, accepted).await else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The file of this bundle or of a former one: its type, its bytes, and how they are compressed.
async fn find(
    assets: &Assets,
    path: &str,
    accepted: Encoding,
) -> Option<(&'static str, Bytes, Option<&'static str>)> {
    if let Some(asset) = assets.get(path) {
        let (bytes, encoding) = match accepted {
            Encoding::Brotli => (asset.brotli(), Some("br")),
            Encoding::Gzip => (asset.gzip(), Some("gzip")),
            Encoding::Identity => (asset.identity.clone(), None),
        };
        return Some((asset.content_type, bytes, encoding));
    }
    let file = assets.archived(path).await?;
    match accepted {
        Encoding::Brotli => Some((file.content_type, file.brotli, Some("br"))),
        Encoding::Gzip | Encoding::Identity => {
            Some((file.content_type, file.identity().ok()?, None))
        }
    }
}

pub(super) async fn icon() -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, "image/svg+xml"),
            (header::CACHE_CONTROL, "public, max-age=86400"),
        ],
        ICON,
    )
}
