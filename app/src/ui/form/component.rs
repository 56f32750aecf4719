//! The form itself: hidden fields, what is wrong, and what happens when it is sent.

use std::marker::PhantomData;

use domain::FieldError;
use leptos::{context::Provider, prelude::*};
use leptos_router::hooks::use_location;
use serde::de::DeserializeOwned;

use super::{Ahead, FormState, PageForm, Pairs, ahead::Saving, answered_state, found::Finding};

/// The form that its controls belong to.
#[derive(Clone, Copy)]
pub struct FormContext {
    /// Begins the `id`s of its controls.
    prefix: StoredValue<String>,
    /// What a plain post was answered with, where this page is the answer.
    answered: StoredValue<Option<FormState>>,
    pub(super) errors: RwSignal<Vec<FieldError>>,
    /// The errors when it was sent last, above the form.
    pub(super) summary: RwSignal<Vec<FieldError>>,
    pub(super) refusal: RwSignal<Option<String>>,
    pub(super) notice: RwSignal<Option<String>>,
    pub(super) result: RwSignal<Option<String>>,
    pub(super) pending: RwSignal<bool>,
    finding: Option<Finding>,
    #[cfg(feature = "hydrate")]
    pub(super) client: StoredValue<super::browser::Client>,
    #[cfg(all(feature = "ssr", debug_assertions))]
    fields: (&'static str, fn() -> &'static [&'static str]),
}

impl std::fmt::Debug for FormContext {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("FormContext")
            .finish_non_exhaustive()
    }
}

/// The form around a control.
pub fn use_form() -> FormContext {
    expect_context()
}

impl FormContext {
    // Signals are read with `try_`: when a form leads to another page, effects may run once more
    // after it has gone.

    /// What is wrong with a field.
    pub fn error(self, name: &str) -> Option<String> {
        self.errors
            .try_with(|errors| {
                errors
                    .iter()
                    .find(|error| error.field == name)
                    .map(|error| error.message.clone())
            })
            .flatten()
    }

    /// What a field begins with: what had been filled in, or else what the page says.
    pub fn value(self, name: &str, page: String) -> String {
        self.is_field(name);
        self.answered
            .try_with_value(|state| {
                let state = state.as_ref()?;
                Some(state.value(name).unwrap_or_default().to_owned())
            })
            .flatten()
            .unwrap_or(page)
    }

    /// Whether a tick begins set.
    pub fn is_set(self, name: &str, value: &str, page: bool) -> bool {
        self.is_field(name);
        self.answered
            .try_with_value(|state| {
                let state = state.as_ref()?;
                Some(
                    state
                        .values
                        .iter()
                        .any(|(field, set)| field == name && set == value),
                )
            })
            .flatten()
            .unwrap_or(page)
    }

    /// The `id` of a control.
    pub fn id(self, name: &str) -> String {
        self.prefix
            .try_with_value(|prefix| format!("{prefix}-{name}"))
            .unwrap_or_default()
    }

    /// What the function found out when the form was sent last.
    pub fn result<T: DeserializeOwned>(self) -> Option<T> {
        let result = self.result.try_get().flatten()?;
        serde_json::from_slice(result.as_bytes()).ok()
    }

    /// A control of a name that the struct has not is a mistake that any test of the page finds.
    #[cfg(all(feature = "ssr", debug_assertions))]
    fn is_field(self, name: &str) {
        let (form, fields) = self.fields;
        assert!(fields().contains(&name), "{form} has no field {name}");
    }

    #[cfg(not(all(feature = "ssr", debug_assertions)))]
    #[expect(clippy::unused_self, reason = "only checked on the server")]
    fn is_field(self, name: &str) {
        let _ = name;
    }
}

/// What makes a form look and behave in its way.
#[derive(Clone, Debug, Default)]
struct Manner {
    of: String,
    heading: Option<String>,
    text: Option<String>,
    danger: bool,
    plain: bool,
    action: Option<String>,
    autosave: Option<&'static str>,
    /// Of the form's body, where that is not the usual one.
    enctype: Option<&'static str>,
    ahead: bool,
}

/// A form.
#[component]
pub fn Form<F: PageForm>(
    /// Tells forms alike of one page apart.
    #[prop(optional, into)]
    of: String,
    /// Above it.
    #[prop(optional, into)]
    heading: Option<String>,
    /// Below the heading.
    #[prop(optional, into)]
    text: Option<String>,
    /// Whether it destroys something.
    #[prop(optional)]
    danger: bool,
    /// Whether the browser sends it even where the page is hydrated, because a page comes back.
    #[prop(optional)]
    plain: bool,
    /// The page that it is sent to, where that is not its own.
    #[prop(optional, into)]
    action: Option<String>,
    /// The value of `action` with which what is typed is sent after a pause, to be kept.
    #[prop(optional)]
    autosave: Option<&'static str>,
    /// Where it leads, as far as the page knows: then the browser goes on at once, and sends it meanwhile.
    #[prop(optional)]
    ahead: Option<Ahead<F>>,
    /// Which form.
    #[prop(optional)]
    fields: PhantomData<F>,
    children: Children,
) -> impl IntoView {
    let _ = fields;
    let manner = Manner {
        of,
        heading,
        text,
        danger,
        plain,
        action,
        autosave,
        enctype: F::FILES.then_some("multipart/form-data"),
        ahead: ahead.is_some(),
    };
    #[cfg(all(feature = "ssr", debug_assertions))]
    let fields = super::decode::names::<F> as fn() -> &'static [&'static str];
    form(
        F::name(),
        manner,
        #[cfg(all(feature = "ssr", debug_assertions))]
        fields,
        #[cfg(feature = "hydrate")]
        super::browser::Client::of::<F>(ahead),
        children,
    )
}

/// The same for all forms, so that a form more costs little in the browser.
fn form(
    function: &'static str,
    manner: Manner,
    #[cfg(all(feature = "ssr", debug_assertions))] fields: fn() -> &'static [&'static str],
    #[cfg(feature = "hydrate")] client: super::browser::Client,
    children: Children,
) -> AnyView {
    let short = function.rsplit('/').next().unwrap_or(function);
    let (name, prefix) = if manner.of.is_empty() {
        (function.to_owned(), short.to_owned())
    } else {
        (
            format!("{function}#{}", manner.of),
            format!("{short}-{}", manner.of),
        )
    };
    let answered = answered_state().filter(|state| state.form == name);
    #[cfg(feature = "hydrate")]
    let answered = answered.or_else(|| {
        let page = use_location().pathname.get_untracked();
        super::waiting::refused(&page, &name)
    });
    let given = answered.clone().unwrap_or_default();
    let key = key(given.key.as_deref());
    let context = FormContext {
        prefix: StoredValue::new(prefix),
        answered: StoredValue::new(answered),
        errors: RwSignal::new(given.errors.clone()),
        summary: RwSignal::new(given.errors),
        refusal: RwSignal::new(given.refusal),
        notice: RwSignal::new(given.notice),
        result: RwSignal::new(given.result),
        pending: RwSignal::new(false),
        finding: use_context(),
        #[cfg(feature = "hydrate")]
        client: StoredValue::new(client),
        #[cfg(all(feature = "ssr", debug_assertions))]
        fields: (function, fields),
    };
    // Without the query: what it says was done is not what is sent now.
    let action = manner
        .action
        .unwrap_or_else(|| use_location().pathname.get_untracked());
    #[cfg(feature = "hydrate")]
    let (submit, leave, typed) = super::browser::listeners(context, manner.plain, manner.autosave);
    #[cfg(not(feature = "hydrate"))]
    let (submit, leave, typed) = {
        let _ = (manner.plain, manner.autosave);
        (
            |_: leptos::ev::SubmitEvent| {},
            |_: leptos::ev::FocusEvent| {},
            |_: leptos::ev::Event| {},
        )
    };
    view! {
        <form
            class=if manner.danger { "form danger" } else { "form" }
            method="post"
            action=action
            enctype=manner.enctype
            novalidate=true
            on:submit=submit
            on:focusout=leave
            on:input=typed
        >
            {manner.heading.map(|heading| view! { <h2>{heading}</h2> })}
            {manner.text.map(|text| view! { <p>{text}</p> })}
            <input type="hidden" name="form" value=name/>
            <input type="hidden" name="key" value=key/>
            {move || context.notice.try_get().flatten().map(|notice| view! { <Notice notice/> })}
            {move || {
                let errors = context.summary.try_get().unwrap_or_default();
                let refusal = context.refusal.try_get().flatten();
                (refusal.is_some() || !errors.is_empty())
                    .then(|| view! { <Summary context refusal errors/> })
            }}
            <Provider value=context>{children()}</Provider>
            {manner.ahead.then(|| view! { <Saving/> })}
        </form>
    }
    .into_any()
}

/// In the context of a page that visitors do not share.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy, Debug)]
pub struct Unshared;

/// The key that the form carries for a browser without a script: none on a page that all visitors
/// share. A script makes its own.
#[cfg(feature = "ssr")]
fn key(given: Option<&str>) -> String {
    use crate::context::RequestContext;
    if let Some(key) = given {
        return key.to_owned();
    }
    let unshared = use_context::<Unshared>().is_some();
    use_context::<RequestContext>()
        .filter(|request_context| request_context.name.is_some() || unshared)
        .map(|request_context| request_context.key)
        .unwrap_or_default()
}

#[cfg(not(feature = "ssr"))]
fn key(given: Option<&str>) -> String {
    given.unwrap_or_default().to_owned()
}

#[component]
fn Notice(notice: String) -> impl IntoView {
    view! {
        <p class="notice" role="status" tabindex="-1">
            {notice}
        </p>
    }
}

/// What is wrong, above the form, each with the way to its field (GOV.UK Design System, "Error
/// summary").
#[component]
fn Summary(
    context: FormContext,
    refusal: Option<String>,
    errors: Vec<FieldError>,
) -> impl IntoView {
    // The script moves the focus; where the browser would as well, it complains.
    let autofocus = cfg!(feature = "ssr");
    view! {
        <div class="errors" role="alert" tabindex="-1" autofocus=autofocus>
            {refusal.map(|text| view! { <p>{text}</p> })}
            {errors
                .into_iter()
                .map(|error| {
                    let href = format!("#{}", context.id(&error.field));
                    view! { <p><a href=href rel="external">{error.message}</a></p> }
                })
                .collect_view()}
        </div>
    }
}

impl FormContext {
    /// Shows what the form was answered with.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code))]
    pub(super) fn show(self, state: FormState) -> Pairs {
        if let Some(Finding(found)) = self.finding {
            found.run(state.clone());
        }
        self.errors.set(state.errors.clone());
        self.summary.set(state.errors);
        self.refusal.set(state.refusal);
        self.notice.set(state.notice);
        self.result.set(state.result);
        state.replaced
    }
}
