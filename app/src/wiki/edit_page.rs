//! `/communities/{slug}/sections/{kind}/edit`: where a section is written.

use domain::{Error, wiki::SectionKind};
use leptos::prelude::*;

use super::{edit_list_page::EditListPage, edit_text_page::EditTextPage};
use crate::page::{refused, use_part};

/// The editor of a text, or the entries of a list.
#[component]
pub fn EditPage() -> impl IntoView {
    let kind = use_part("kind");
    let is_text = Memo::new(move |_| SectionKind::parse(&kind()).map(SectionKind::is_text));
    move || match is_text.get() {
        Some(true) => view! { <EditTextPage/> }.into_any(),
        Some(false) => view! { <EditListPage/> }.into_any(),
        None => refused(&Error::NotFound),
    }
}
