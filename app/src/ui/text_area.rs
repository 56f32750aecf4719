//! The one place that writes a text area: Leptos does not escape what is inside of one on the
//! server, which would be stored cross-site scripting.

use leptos::prelude::*;

/// What a text area is made of.
#[derive(Debug, Default)]
pub struct TextArea {
    /// Its id.
    pub id: String,
    /// The name under which it is sent.
    pub name: String,
    /// What is in it.
    pub value: String,
    /// Ids of what describes it.
    pub described: Option<String>,
    /// Whether what is in it is wrong.
    pub invalid: bool,
    /// Lines that show at once.
    pub rows: u8,
}

/// A field for more than a line, for pages that the server writes.
pub fn text_area(area: TextArea) -> AnyView {
    // A line break directly behind the tag is not part of the text (HTML, 13.1.2.5).
    let inside = format!("\n{}", escape(&area.value));
    view! {
        <textarea
            id=area.id
            name=area.name
            rows=area.rows.to_string()
            aria-describedby=area.described
            aria-invalid=area.invalid.then_some("true")
            inner_html=inside
        ></textarea>
    }
    .into_any()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_it_from_inside() {
        let html = text_area(TextArea {
            value: "\n</textarea><script>alert(1)</script> &amp; \"".to_owned(),
            ..TextArea::default()
        })
        .to_html();
        assert!(
            html.contains(
                ">\n\n&lt;/textarea>&lt;script>alert(1)&lt;/script> &amp;amp; \"</textarea>"
            ),
            "{html}"
        );
    }
}
