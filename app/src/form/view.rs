//! How forms look and how they are sent from a hydrated page.

use domain::{Error, FieldError};
use leptos::{ev, prelude::*};

use super::{Control, Field, Form, FormPage};
use crate::ui::{PageHead, set_head};

/// A page of forms.
pub(crate) fn form_page(page: FormPage) -> AnyView {
    let failed = page
        .forms
        .iter()
        .any(|form| !form.errors.is_empty() || form.refusal.is_some());
    // What a screen reader says first (GOV.UK Design System, "Error summary").
    let title = if failed {
        format!("Error: {}", page.title)
    } else {
        page.title.clone()
    };
    set_head(PageHead {
        title,
        ..PageHead::default()
    });
    let path = page.path;
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <div class="forms">
                <h1 tabindex="-1">{page.title}</h1>
                {page.notice.map(|text| view! { <p class="notice" role="status">{text}</p> })}
                {page.text.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                {page.forms.into_iter().map(|form| one_form(form, &path)).collect_view()}
                {(!page.links.is_empty())
                    .then(|| {
                        let links = page
                            .links
                            .into_iter()
                            .map(|(text, path)| view! { <li><a href=path>{text}</a></li> })
                            .collect_view();
                        view! { <ul class="links">{links}</ul> }
                    })}
            </div>
        </main>
    }
    .into_any()
}

/// What is wrong, in the browser: changes with every sending.
#[derive(Clone, Copy)]
struct Faults {
    errors: RwSignal<Vec<FieldError>>,
    refusal: RwSignal<Option<String>>,
}

impl Faults {
    fn of(self, field: &str) -> Option<String> {
        self.errors.with(|errors| {
            errors
                .iter()
                .find(|error| error.field == field)
                .map(|error| error.message.clone())
        })
    }

    fn any(self) -> bool {
        self.errors.with(|errors| !errors.is_empty()) || self.refusal.with(Option::is_some)
    }

    #[cfg_attr(not(feature = "hydrate"), expect(dead_code))]
    fn set(self, error: Error) {
        match error {
            Error::Invalid { fields } => {
                self.refusal.set(None);
                self.errors.set(fields);
            }
            other => {
                self.errors.set(Vec::new());
                self.refusal.set(Some(other.to_string()));
            }
        }
    }
}

fn one_form(form: Form, path: &str) -> AnyView {
    let faults = Faults {
        errors: RwSignal::new(form.errors),
        refusal: RwSignal::new(form.refusal),
    };
    let summary = NodeRef::<leptos::html::Div>::new();
    let prefix = form.name.clone();
    let id = move |field: &str| format!("{prefix}-{field}");
    let sending = Sending::new(faults, summary);
    let on_submit = move |event: ev::SubmitEvent| sending.send(&event);
    let summary_id = id.clone();
    let fields: Vec<AnyView> = form
        .fields
        .into_iter()
        .map(|field| {
            let id = id(&field.name);
            one_field(field, id, faults)
        })
        .collect();
    view! {
        <form
            class=if form.danger { "form danger" } else { "form" }
            method="post"
            action=path.to_owned()
            novalidate
            on:submit=on_submit
        >
            {form.heading.map(|heading| view! { <h2>{heading}</h2> })}
            {form.text.map(|text| view! { <p>{text}</p> })}
            <div
                class="errors"
                role="alert"
                tabindex="-1"
                hidden=move || !faults.any()
                node_ref=summary
            >
                {move || faults.refusal.get().map(|text| view! { <p>{text}</p> })}
                {move || {
                    faults
                        .errors
                        .get()
                        .into_iter()
                        .map(|error| {
                            let href = format!("#{}", summary_id(&error.field));
                            view! { <p><a href=href rel="external">{error.message}</a></p> }
                        })
                        .collect_view()
                }}
            </div>
            <input type="hidden" name="form" value=form.name/>
            {form.key.map(|key| view! { <input type="hidden" name="key" value=key/> })}
            {fields}
            <button class=if form.danger { "button danger" } else { "button" } type="submit">
                {form.button}
            </button>
        </form>
    }
    .into_any()
}

fn one_field(field: Field, id: String, faults: Faults) -> AnyView {
    let name = field.name.clone();
    if field.control == Control::Hidden {
        return view! { <input type="hidden" name=name value=field.value/> }.into_any();
    }
    let error_id = format!("{id}-error");
    let hint_id = format!("{id}-hint");
    let has_hint = field.hint.is_some();
    let described = {
        let (name, error_id, hint_id) = (name.clone(), error_id.clone(), hint_id.clone());
        move || {
            let mut ids = String::new();
            if has_hint {
                ids.push_str(&hint_id);
            }
            if faults.of(&name).is_some() {
                ids.push(' ');
                ids.push_str(&error_id);
            }
            (!ids.is_empty()).then_some(ids)
        }
    };
    let invalid = {
        let name = name.clone();
        move || faults.of(&name).map(|_| "true")
    };
    let message = {
        let name = name.clone();
        move || {
            faults
                .of(&name)
                .map(|text| view! { <p class="error" id=error_id.clone()>{text}</p> })
        }
    };
    let hint = field
        .hint
        .map(|text| view! { <p class="hint" id=hint_id>{text}</p> });
    let label = if field.required {
        field.label
    } else {
        format!("{} (optional)", field.label)
    };
    let for_id = id.clone();
    if field.control == Control::Tick {
        return view! {
            <div class="field tick">
                {message}
                <input
                    id=id
                    name=name
                    type="checkbox"
                    value="yes"
                    checked=field.value == "yes"
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <label for=for_id>{label}</label>
                {hint}
            </div>
        }
        .into_any();
    }
    if let Control::Choice(options) = field.control {
        let options = options
            .into_iter()
            .map(|(value, words)| {
                let selected = value == field.value;
                view! { <option value=value selected=selected>{words}</option> }
            })
            .collect_view();
        return view! {
            <div class="field">
                <label for=for_id>{label}</label>
                {hint}
                {message}
                <select id=id name=name aria-describedby=described aria-invalid=invalid>
                    {options}
                </select>
            </div>
        }
        .into_any();
    }
    let kind = match field.control {
        Control::Password => "password",
        Control::Email => "email",
        _ => "text",
    };
    view! {
        <div class="field">
            <label for=for_id>{label}</label>
            {hint}
            {message}
            <input
                id=id
                name=name
                type=kind
                value=field.value
                autocomplete=field.autocomplete
                aria-required=field.required.then_some("true")
                aria-describedby=described
                aria-invalid=invalid
            />
        </div>
    }
    .into_any()
}

/// Sends a form from a hydrated page. Without JavaScript the browser does.
#[derive(Clone, Copy)]
struct Sending {
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code))]
    faults: Faults,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code))]
    summary: NodeRef<leptos::html::Div>,
    #[cfg(feature = "hydrate")]
    busy: StoredValue<bool>,
    #[cfg(feature = "hydrate")]
    fresh: Option<crate::page::Fresh>,
}

#[cfg(not(feature = "hydrate"))]
impl Sending {
    fn new(faults: Faults, summary: NodeRef<leptos::html::Div>) -> Self {
        Self { faults, summary }
    }

    fn send(self, event: &ev::SubmitEvent) {
        let _ = (self, event);
    }
}

#[cfg(feature = "hydrate")]
impl Sending {
    fn new(faults: Faults, summary: NodeRef<leptos::html::Div>) -> Self {
        Self {
            faults,
            summary,
            busy: StoredValue::new(false),
            fresh: use_context(),
        }
    }

    fn send(self, event: &ev::SubmitEvent) {
        use wasm_bindgen::JsCast;

        event.prevent_default();
        let form = event
            .target()
            .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
        let (Some(form), false) = (form, self.busy.get_value()) else {
            return;
        };
        let Ok(data) = web_sys::FormData::new_with_form(&form) else {
            return;
        };
        // The constructor takes anything that yields pairs, which form data does.
        let Ok(fields) =
            web_sys::UrlSearchParams::new_with_str_sequence_sequence(data.unchecked_ref())
        else {
            return;
        };
        let path = form.get_attribute("action").unwrap_or_default();
        let fields = String::from(fields.to_string());
        self.busy.set_value(true);
        leptos::task::spawn_local(async move {
            let outcome = super::send_form(path, fields).await;
            self.busy.set_value(false);
            match outcome {
                Ok(super::Outcome::Done {
                    path,
                    reload: false,
                }) => {
                    if let Some(fresh) = self.fresh {
                        fresh.go(&path);
                    }
                }
                Ok(super::Outcome::Done { path, .. }) => {
                    let _ = window().location().assign(&path);
                }
                Ok(super::Outcome::Refused(error)) => self.refuse(error),
                Err(_) => self.refuse(Error::Unavailable),
            }
        });
    }

    /// Shows why, and puts the focus there once it stands.
    fn refuse(self, error: Error) {
        self.faults.set(error);
        request_animation_frame(move || {
            if let Some(summary) = self.summary.get_untracked() {
                let _ = summary.focus();
            }
        });
    }
}
