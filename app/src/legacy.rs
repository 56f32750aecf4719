//! Pages that are still written on the server as one text: forms, and what was written before. They
//! become components one by one.

use domain::site::SiteText;
use leptos::prelude::*;
use leptos_router::hooks::use_url;
use server_fn::codec::GetUrl;

use crate::{
    answer::Answer,
    form::form_page,
    page::{Page, page_data},
};
#[cfg(feature = "ssr")]
use crate::{
    context,
    form::{Returned, Shown, form_at},
    page::HeadSlot,
    question::Question,
};

/// The page at an address: path and query from the slash on.
#[server(input = GetUrl, prefix = "/api", endpoint = "page")]
pub async fn ask_page(address: String) -> Result<Answer<SiteText>, ServerFnError> {
    let services = context::services();
    let visit = context::visit();
    let slot = use_context::<HeadSlot>();
    let returned = use_context::<Returned>();
    let shown = use_context::<Shown>();
    let Some(question) = Question::of(&address) else {
        return Ok(Answer::Refused(domain::Error::NotFound));
    };
    if let Some(slot) = &slot {
        slot.put_route(question.route());
        slot.put_policy(question.policy());
    }
    let asked = match shown {
        Some(Shown(page)) => Answer::Found(page),
        None => form_at(&services, &visit, &question)
            .await
            .unwrap_or(Answer::Refused(domain::Error::NotFound)),
    };
    Ok(asked
        .map(|form| match &returned {
            Some(returned) => form.with(returned),
            None => form,
        })
        .map(|form| {
            if let (Some(slot), Some(canonical)) = (slot, &form.canonical) {
                slot.put_address(canonical.clone(), form.index);
            }
            form.into_text()
        }))
}

/// Whatever is at an address that the table of routes does not name.
#[component]
pub fn LegacyPage() -> impl IntoView {
    // The route's own address, not the browser's: left, the page does not ask for the next one.
    let url = use_url();
    let address = move || {
        url.with(|url| match url.search() {
            "" => url.path().to_owned(),
            query => format!("{}?{query}", url.path()),
        })
    };
    let data = page_data(address, ask_page);
    view! { <Page data view=form_page/> }
}

/// Sends the forms of these pages, also those of the tips.
#[cfg(feature = "hydrate")]
pub(crate) fn listen() {
    let refresh = crate::ui::Refresh::of_page();
    let location = leptos_router::hooks::use_location();
    let navigate = leptos_router::hooks::use_navigate();
    crate::form::listen(move |path| {
        let (here, query) = (location.pathname, location.search);
        let query = query.get_untracked();
        let mark = if query.is_empty() { "" } else { "?" };
        if format!("{}{mark}{query}", here.get_untracked()) == path {
            refresh.done("legacy");
        } else {
            navigate(path, leptos_router::NavigateOptions::default());
        }
    });
}
