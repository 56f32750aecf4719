//! The document around the application, on the server only.

use domain::{
    Error,
    account::Actor,
    policy::{Action, permit},
};
use leptos::{either::Either, prelude::*};

use crate::{
    context::actor,
    page::{HEAD_MARK, ShownAt, is_demonstration, member_name, site_name, unread_at_first},
    routes::{App, PlainApp},
    site::paths::{ICON, calls_of},
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
    pub integrity: String,
    /// Names the build: pages of another one do not understand this server.
    pub build: String,
}

/// The document of a page that goes on in the browser.
pub fn shell(bundle: &Bundle) -> impl IntoView + use<> {
    document(bundle.css.clone(), bundle.script.clone(), App)
}

/// Whether there is a page at all for who asks, which needs an action to be allowed.
pub fn is_there_for(actor: Actor, needed: Action) -> bool {
    permit(actor, needed) != Err(Error::NotFound)
}

/// The document of a page that stays as the server has written it. For those whom the page is not
/// for it is the same as the document of a page that is not there, script included.
pub fn plain_shell(bundle: &Bundle, needed: Action) -> impl IntoView + use<> {
    if !is_there_for(actor(), needed) {
        return Either::Left(shell(bundle));
    }
    // No script reads the data that the page is made of, so they are not sent along.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    Either::Right(document(bundle.css.clone(), None, PlainApp))
}

/// What a page puts into its head arrives later, in place of a mark.
fn document<V: IntoView + 'static>(
    css: Option<String>,
    script: Option<BundleScript>,
    app: impl FnOnce() -> V,
) -> impl IntoView {
    let css = css.map(|href| view! { <link rel="stylesheet" href=href/> });
    let script = script.map(|script| {
        // `init` fetches the WebAssembly; the module's start function hydrates.
        let code = format!(
            "import init from \"{}\";init({{module_or_path:\"{}\"}});",
            script.js, script.wasm
        );
        view! {
            <meta name="calls" content=calls_of(&script.build)/>
            <link rel="modulepreload" href=script.js integrity=script.integrity/>
            <script type="module" inner_html=code></script>
        }
    });
    // Always there: what may be missing would leave a mark before the title.
    let demonstration = if is_demonstration() { "yes" } else { "no" };
    let unread = Some(unread_at_first()).filter(|unread| *unread > 0);
    let unread = unread.map(|unread| view! { <meta name="unread" content=unread.to_string()/> });
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#192124" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href=ICON type="image/svg+xml"/>
                <meta name="application-name" content=site_name()/>
                <meta name="demonstration" content=demonstration/>
                <meta name=HEAD_MARK/>
                {use_context::<ShownAt>().map(|at| view! { <meta name="address" content=at.0/> })}
                {member_name().map(|name| view! { <meta name="member" content=name/> })}
                {unread}
                {css}
                {script}
            </head>
            <body>
                {app()}
            </body>
        </html>
    }
}
