//! What a server function that reads returns, and how a page shows it.

use domain::{Error, Result as DomainResult, catalogue::Resolved};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui;

/// The answer to a page's question. A refusal is a value and not an error: browsers log every
/// failed response to the console, and there is nothing wrong with asking for what is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer<T> {
    /// What was asked for.
    Found(T),
    /// It is at another path of this site.
    Moved {
        /// From the slash on.
        path: String,
        /// Whether for good.
        permanent: bool,
    },
    /// Why there is none.
    Refused(Error),
}

/// What a page's resource holds: the answer, or that the server could not be reached.
pub type Loaded<T> = Result<Answer<T>, ServerFnError>;

impl<T> Answer<T> {
    /// From the result of a service method.
    pub fn of(result: DomainResult<T>) -> Self {
        match result {
            Ok(value) => Self::Found(value),
            Err(error) => Self::Refused(error),
        }
    }

    /// From the result of looking an address up; `path` turns a slug into the path to go to.
    pub fn resolved(result: DomainResult<Resolved<T>>, path: impl Fn(&str) -> String) -> Self {
        match result {
            Ok(Resolved::Here(value)) => Self::Found(value),
            Ok(Resolved::Moved { slug }) => Self::Moved {
                path: path(&slug),
                permanent: true,
            },
            Err(error) => Self::Refused(error),
        }
    }

    /// The same with the value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Found(value) => Answer::Found(change(value)),
            Self::Moved { path, permanent } => Answer::Moved { path, permanent },
            Self::Refused(error) => Answer::Refused(error),
        }
    }
}

/// Shows a page's data when it is there; what is on screen stays until then.
pub fn show<T>(
    resource: Resource<Loaded<T>>,
    view: impl Fn(T) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <Transition fallback=ui::loading>
            {move || Suspend::new(async move {
                match resource.await {
                    Ok(Answer::Found(value)) => view(value),
                    Ok(Answer::Moved { path, permanent }) => moved(&path, permanent),
                    Ok(Answer::Refused(error)) => ui::refused(&error),
                    Err(_) => ui::unreachable_server(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[cfg(feature = "ssr")]
fn moved(path: &str, permanent: bool) -> AnyView {
    use http::{HeaderValue, StatusCode, header};
    let response = expect_context::<leptos_axum::ResponseOptions>();
    // Paths here are made of slugs, which are ASCII.
    if let Ok(location) = HeaderValue::from_str(path) {
        response.set_status(if permanent {
            StatusCode::MOVED_PERMANENTLY
        } else {
            StatusCode::FOUND
        });
        response.insert_header(header::LOCATION, location);
    }
    ui::loading().into_any()
}

#[cfg(not(feature = "ssr"))]
fn moved(path: &str, _permanent: bool) -> AnyView {
    let navigate = leptos_router::hooks::use_navigate();
    let options = leptos_router::NavigateOptions {
        replace: true,
        ..Default::default()
    };
    navigate(path, options);
    ui::loading().into_any()
}
