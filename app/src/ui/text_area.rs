//! The one place that writes a text area: Leptos does not escape what is inside of one on the
//! server, which would be stored cross-site scripting.

use leptos::prelude::*;

use super::form::{TextControl, Typed};

/// A field for more than a line.
pub(super) fn text_area(
    (element, typed, id, name): (TextControl, Typed, String, &'static str),
    value: &str,
    rows: u8,
    described: impl Fn() -> Option<String> + Send + Sync + 'static,
    invalid: impl Fn() -> Option<&'static str> + Send + Sync + 'static,
) -> AnyView {
    view! {
        <textarea
            node_ref=element
            id=id
            name=name
            rows=rows.to_string()
            aria-describedby=described
            aria-invalid=invalid
            on:input=move |_| typed.set(())
            inner_html=inside(value)
        ></textarea>
    }
    .into_any()
}

/// The text as markup. A parser drops a line break directly behind the tag (HTML, 13.1.2.5);
/// `innerHTML` does not.
fn inside(value: &str) -> String {
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;");
    if cfg!(feature = "ssr") {
        format!("\n{escaped}")
    } else {
        escaped
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_it_from_inside() {
        let hostile = "\n</textarea><script>alert(1)</script> &amp; \"";
        let owner = Owner::new();
        let html = owner.with(|| {
            let area = (TextControl::new(), Typed::new(()), String::new(), "text");
            text_area(area, hostile, 1, || None, || None).to_html()
        });
        assert!(
            html.contains(
                ">\n\n&lt;/textarea>&lt;script>alert(1)&lt;/script> &amp;amp; \"</textarea>"
            ),
            "{html}"
        );
    }
}
