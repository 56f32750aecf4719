//! `/`: search first, then three ways in.

use domain::{
    catalogue::{ConditionTeaser, Overview},
    site::TextKind,
};
use leptos::prelude::*;

use super::{api, paths};
use crate::{
    catalogue::{self, PageSearch},
    page::{Page, PageHead, page_data, set_head, site_name},
};

/// The first page.
#[component]
pub fn HomePage() -> impl IntoView {
    let data = page_data(|| (), |()| api::read_overview());
    view! { <Page data view=|overview| view! { <Home overview/> }.into_any()/> }
}

#[component]
fn Home(overview: Overview) -> impl IntoView {
    set_head(PageHead {
        title: String::new(),
        description: "What is known about rare diseases, one page for each, in plain words and \
                      with its sources."
            .to_owned(),
        canonical: Some(paths::HOME.to_owned()),
        index: true,
        feed: None,
        #[cfg(feature = "ssr")]
        structured: vec![website()],
    });
    let search = |query| catalogue::paths::search(query, 0);
    view! {
        <main id="main" tabindex="-1">
            <div class="hero wrap">
                <svg viewBox="0 0 32 32" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
                    <circle cx="12" cy="13" r="8"></circle>
                    <circle cx="20" cy="19" r="8"></circle>
                </svg>
                <h1 tabindex="-1">"Find a rare condition"</h1>
                <PageSearch query=String::new() hint="find-hint"/>
                <p class="soft" id="find-hint">
                    "For example: " <a href=search("Kahler disease")>"Kahler disease"</a> ", "
                    <a href=search("ORPHA:29073")>"ORPHA:29073"</a> ", "
                    <a href=search("C90.0")>"C90.0"</a>
                </p>
            </div>
            <div class="page wrap">
                <p class="lede">
                    {site_name()}
                    " gathers what is known about rare diseases, one page for each, in plain words and with its sources. It knows "
                    <b>{format!("{} conditions", thousands(overview.conditions))}</b>
                    " by all their names and codes."
                </p>
                <ul class="ways">
                    <li class="card">
                        <a href=catalogue::paths::CONDITIONS>"Find a condition by name"</a>
                        <p>"All conditions from A to Z."</p>
                    </li>
                    <li class="card">
                        <a href=catalogue::paths::FAMILIES>"Browse by family"</a>
                        <p>"From a group of diseases to the ones in it."</p>
                    </li>
                    <li class="card">
                        <a href=paths::text(TextKind::About)>"How it works"</a>
                        <p>"Who writes here, and how far you can trust it."</p>
                    </li>
                </ul>
                <ToStartWith conditions=overview.complete/>
            </div>
        </main>
    }
}

#[component]
fn ToStartWith(conditions: Vec<ConditionTeaser>) -> impl IntoView {
    (!conditions.is_empty()).then(|| {
        view! {
            <h2>"Pages to start with"</h2>
            <p class="soft">"These have a text in every section."</p>
            <ul class="results wide">
                {conditions
                    .into_iter()
                    .map(|condition| {
                        view! {
                            <li>
                                <h3>
                                    <a href=catalogue::paths::condition(
                                        &condition.slug,
                                    )>{condition.name}</a>
                                </h3>
                                {condition.summary.map(|summary| view! { <p>{summary}</p> })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        }
    })
}

/// A count with a comma between thousands: "9,632".
fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(feature = "ssr")]
fn website() -> serde_json::Value {
    let services = crate::context::services();
    let identity = services.site.identity();
    let template = format!(
        "{}{}?q={{search_term_string}}",
        identity.public_url,
        catalogue::paths::SEARCH
    );
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": identity.name,
        "url": format!("{}/", identity.public_url),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": template,
            },
            "query-input": "required name=search_term_string",
        },
    })
}
