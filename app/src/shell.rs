//! The document around the application, on the server only.

use leptos::prelude::*;

use crate::{
    App,
    context::actor,
    page::{HEAD_MARK, member_name},
    question::Question,
};

/// Addresses of the built browser bundle and style. Without a bundle the pages carry no script and
/// still work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The style sheet.
    pub css: Option<String>,
    /// The script module and its WebAssembly.
    pub script: Option<BundleScript>,
}

/// The interactive half of the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleScript {
    /// Path of the JavaScript module.
    pub js: String,
    /// Path of the WebAssembly module.
    pub wasm: String,
    /// Subresource integrity of the JavaScript module.
    pub integrity: Option<String>,
}

/// Whether the page that is asked for does without a script.
fn is_plain() -> bool {
    let path = use_context::<http::request::Parts>().map(|parts| parts.uri.path().to_owned());
    path.and_then(|path| Question::of(&path))
        .is_some_and(|question| question.is_plain() && question.is_for(actor()))
}

/// The document. What a page puts into its head arrives later, in place of a mark.
pub fn shell(bundle: &Bundle) -> impl IntoView + use<> {
    let css = bundle
        .css
        .clone()
        .map(|href| view! { <link rel="stylesheet" href=href/> });
    let script = bundle.script.clone().filter(|_| !is_plain()).map(|script| {
        // `init` fetches the WebAssembly; the module's start function hydrates.
        let code = format!(
            "import init from \"{}\";init({{module_or_path:\"{}\"}});",
            script.js, script.wasm
        );
        view! {
            <link rel="modulepreload" href=script.js integrity=script.integrity/>
            <script type="module" inner_html=code></script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#192124" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <meta name=HEAD_MARK/>
                {member_name().map(|name| view! { <meta name="member" content=name/> })}
                {css}
                {script}
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
