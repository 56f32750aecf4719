//! The page for a fault of ours that nothing caught.

use std::any::Any;

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use tower_http::catch_panic::ResponseForPanic;

use super::AppState;

/// Writes the page without rendering anything, because rendering may be what failed.
#[derive(Clone, Debug)]
pub(super) struct Page {
    css: String,
    name: String,
}

impl Page {
    pub(super) fn new(state: &AppState) -> Self {
        Self {
            css: state.assets.bundle.css.clone().unwrap_or_default(),
            name: state.site.identity().name.clone(),
        }
    }
}

impl ResponseForPanic for Page {
    type ResponseBody = Body;

    fn response_for_panic(&mut self, cause: Box<dyn Any + Send + 'static>) -> Response<Body> {
        let cause = cause
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| cause.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        let reference = match storage::error::internal(&cause) {
            domain::Error::Internal { reference } => reference,
            _ => String::new(),
        };
        let name = self.name.replace('&', "&amp;").replace('<', "&lt;");
        let css = &self.css;
        let page = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>Something went wrong · {name}</title>\
             <link rel=\"stylesheet\" href=\"{css}\"></head><body>\
             <main id=\"main\" class=\"page wrap\"><h1>Something went wrong on our side</h1>\
             <p class=\"lede\">It is not your doing. Wait a minute, then try again.</p>\
             <p class=\"soft\">If it happens again, <a href=\"/help\">tell us</a> this number: \
             <code>{reference}</code></p></main></body></html>"
        );
        let mut response = Response::new(Body::from(page));
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("text/html; charset=utf-8"),
        );
        response
    }
}
