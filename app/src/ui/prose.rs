//! Texts of people and of the site, as the sanitiser wrote them.

use domain::SafeHtml;
use leptos::{html, prelude::*};

/// The one place that takes markup over as it is.
///
/// On the page that the server rendered the text is there already and is not sent again: hydrating,
/// the element's content is read back, so that what is shown anew later has it.
#[component]
pub fn Prose(
    /// The text.
    html: SafeHtml,
    /// The element's class.
    #[prop(optional)]
    class: Option<&'static str>,
) -> impl IntoView {
    let element = NodeRef::<html::Div>::new();
    #[cfg(feature = "hydrate")]
    if html.is_left_out() {
        let html = html.clone();
        Effect::new(move |_| {
            if let Some(element) = element.get() {
                html.restore(element.inner_html());
            }
        });
    }
    view! { <div node_ref=element class=class inner_html=html.as_str().to_owned()></div> }
}
