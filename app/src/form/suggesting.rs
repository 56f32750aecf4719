//! Names for what is being typed into a field that says where they come from. Without JavaScript the
//! server says which names come near.

use domain::catalogue::SearchHit;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, HtmlInputElement};

use crate::catalogue::matched;

/// Offers names in all such fields from now on.
pub(super) fn listen() {
    let typing = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(path) = input.get_attribute("data-suggest") {
            leptos::task::spawn_local(async move {
                let _ = suggest(&input, &path).await;
            });
        }
    });
    let _ = document().add_event_listener_with_callback("input", typing.as_ref().unchecked_ref());
    // It lives as long as the document.
    typing.forget();
}

async fn suggest(input: &HtmlInputElement, path: &str) -> Option<()> {
    let typed = input.value();
    let list = document().get_element_by_id(&input.get_attribute("list")?)?;
    let answer = gloo_net::http::Request::get(path)
        .query([("q", typed.as_str())])
        .send()
        .await
        .ok()?;
    let hits: Vec<SearchHit> = serde_json::from_slice(&answer.binary().await.ok()?).ok()?;
    // Somebody has typed on meanwhile, and a newer answer is on its way.
    if input.value() != typed {
        return None;
    }
    list.set_inner_html("");
    for hit in hits {
        let option = document().create_element("option").ok()?;
        option.set_attribute("value", &hit.name).ok()?;
        // Browsers only offer what contains what was typed, the label included.
        if let Some(other) = matched(&hit.matched) {
            option.set_attribute("label", &other).ok()?;
        }
        list.append_child(&option).ok()?;
    }
    Some(())
}
