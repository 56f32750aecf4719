//! Files of the bundle. Their names change with their content, so they never need to be asked for
//! again.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{AppState, front::Encoding};

const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#fbf9f5"/><circle cx="12" cy="13" r="8" fill="#0b5c63"/><circle cx="20" cy="19" r="8" fill="#0b5c63" fill-opacity=".45"/></svg>"##;

pub(super) async fn file(
    State(state): State<AppState>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = state.assets.get(&path) else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let (bytes, encoding) = match Encoding::of(&headers) {
        Encoding::Brotli => (asset.brotli(), Some("br")),
        Encoding::Gzip => (asset.gzip(), Some("gzip")),
        Encoding::Identity => (asset.identity.clone(), None),
    };
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.content_type),
    );
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

pub(super) async fn icon() -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, "image/svg+xml"),
            (header::CACHE_CONTROL, "public, max-age=86400"),
        ],
        ICON,
    )
}
