//! The one mechanism of all forms, with JavaScript and without.
//!
//! A form is made and written as HTML on the server, and sent to the address of its page. Without
//! JavaScript the answer is a redirect, or the same page filled in. A hydrated page sends the same
//! fields to the same address ([`sending`]), asks for JSON, and either goes on or shows the forms
//! that come back; nothing reloads. The browser knows nothing of fields, so that a form more costs
//! no byte of the bundle (decision 0013).

#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "hydrate")]
mod sending;
#[cfg(feature = "ssr")]
mod sent;
#[cfg(feature = "hydrate")]
mod suggesting;
#[cfg(feature = "ssr")]
mod write;
#[cfg(feature = "hydrate")]
mod writing;

use domain::site::SiteText;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub use self::{
    model::{Control, Field, Form, FormPage, Outcome},
    sent::{Fields, Returned, Sent, Shown, sent_plainly, submit},
};
#[cfg(feature = "ssr")]
pub(crate) use self::{sent::form_at, write::written};
#[cfg(feature = "hydrate")]
pub(crate) use sending::listen;

use crate::{
    page::{PageHead, set_head},
    ui::Prose,
};

/// A page of forms, which the server has written.
pub(crate) fn form_page(page: SiteText) -> AnyView {
    set_head(PageHead {
        title: page.title,
        description: page.description,
        ..PageHead::default()
    });
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <Prose html=page.html class="forms written"/>
        </main>
    }
    .into_any()
}
