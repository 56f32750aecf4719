//! Forms as HTML.

use domain::{FieldError, site::SiteText, wiki::Html};
use leptos::prelude::*;

use super::{Control, Field, Form, FormPage};

impl FormPage {
    /// The page as text, with what is wrong in its title: a screen reader says that first (GOV.UK
    /// Design System, "Error summary").
    pub(crate) fn into_text(self) -> SiteText {
        let failed = self
            .forms
            .iter()
            .any(|form| !form.errors.is_empty() || form.refusal.is_some());
        let title = if failed {
            format!("Error: {}", self.title)
        } else {
            self.title.clone()
        };
        let path = self.path;
        let links = self
            .links
            .into_iter()
            .map(|(text, path)| view! { <li><a href=path>{text}</a></li> })
            .collect_view();
        let html = view! {
            <h1 tabindex="-1">{self.title}</h1>
            {self.notice.map(|text| view! { <p class="notice" role="status">{text}</p> })}
            {self.text.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            {self.forms.into_iter().map(|form| one_form(form, &path)).collect_view()}
            <ul class="links">{links}</ul>
        }
        .to_html()
        // Marks for hydration, which there is none of here; in text they would be escaped.
        .replace("<!>", "");
        SiteText {
            title,
            description: String::new(),
            html: Html::new(html),
        }
    }
}

fn one_form(form: Form, path: &str) -> AnyView {
    let id = |field: &str| format!("{}-{field}", form.name);
    let wrong = !form.errors.is_empty() || form.refusal.is_some();
    let summary = wrong.then(|| {
        let links = form
            .errors
            .iter()
            .map(|error| {
                let href = format!("#{}", id(&error.field));
                view! { <p><a href=href rel="external">{error.message.clone()}</a></p> }
            })
            .collect_view();
        view! {
            <div class="errors" role="alert" tabindex="-1" autofocus>
                {form.refusal.clone().map(|text| view! { <p>{text}</p> })}
                {links}
            </div>
        }
    });
    let fields = form
        .fields
        .into_iter()
        .map(|field| {
            let id = id(&field.name);
            one_field(field, id, &form.errors)
        })
        .collect_view();
    view! {
        <form
            class=if form.danger { "form danger" } else { "form" }
            method="post"
            action=path.to_owned()
            novalidate
        >
            {form.heading.map(|heading| view! { <h2>{heading}</h2> })}
            {form.text.map(|text| view! { <p>{text}</p> })}
            {summary}
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

fn one_field(field: Field, id: String, errors: &[FieldError]) -> AnyView {
    let name = field.name.clone();
    if field.control == Control::Hidden {
        return view! { <input type="hidden" name=name value=field.value/> }.into_any();
    }
    if field.control == Control::Username {
        return view! {
            <input type="text" name=name value=field.value autocomplete="username" readonly hidden/>
        }
        .into_any();
    }
    let error = errors.iter().find(|error| error.field == field.name);
    let error_id = format!("{id}-error");
    let hint_id = format!("{id}-hint");
    let described: Vec<&str> = [
        field.hint.is_some().then_some(hint_id.as_str()),
        error.map(|_| error_id.as_str()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = error.map(|_| "true");
    let message =
        error.map(|error| view! { <p class="error" id=error_id>{error.message.clone()}</p> });
    let hint = field
        .hint
        .map(|text| view! { <p class="hint" id=hint_id>{text}</p> });
    let label = if field.required {
        field.label
    } else {
        format!("{} (optional)", field.label)
    };
    let label = view! { <label for=id.clone()>{label}</label> };
    let kind = match field.control {
        Control::Tick => {
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
                    {label}
                    {hint}
                </div>
            }
            .into_any();
        }
        Control::Choice(options) => {
            let options = options
                .into_iter()
                .map(|(value, words)| {
                    let selected = value == field.value;
                    view! { <option value=value selected=selected>{words}</option> }
                })
                .collect_view();
            return view! {
                <div class="field">
                    {label}
                    {hint}
                    {message}
                    <select id=id name=name aria-describedby=described aria-invalid=invalid>
                        {options}
                    </select>
                </div>
            }
            .into_any();
        }
        Control::Password => "password",
        Control::Email => "email",
        Control::Text | Control::Username | Control::Hidden => "text",
    };
    view! {
        <div class="field">
            {label}
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
