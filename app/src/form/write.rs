//! Forms as HTML.

use domain::{FieldError, SafeHtml, site::SiteText};
use leptos::prelude::*;

use super::{Control, Field, Form, FormPage};
use crate::ui::written_text_area;

/// Views of the server's own as HTML, without marks for hydration, which there is none of here.
pub(crate) fn written(view: impl IntoView) -> String {
    // In text such a mark would be escaped.
    view.to_html().replace("<!>", "")
}

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
            .map(|(text, path)| {
                // Pages of the administration are documents of their own, without a script.
                // Feeds are no pages at all.
                let other = path.starts_with("/admin") || path.ends_with("/history.atom");
                let rel = other.then_some("external");
                view! { <li><a href=path rel=rel>{text}</a></li> }
            })
            .collect_view();
        let html = written(view! {
            <h1 tabindex="-1">{self.title}</h1>
            {self.notice.map(|text| view! { <p class="notice" role="status" tabindex="-1">{text}</p> })}
            {self.text.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            {self.content.map(|html| view! { <div inner_html=html></div> })}
            {self.forms.into_iter().map(|form| one_form(form, &path)).collect_view()}
            {self.below.map(|html| view! { <div inner_html=html></div> })}
            <ul class="links">{links}</ul>
        });
        SiteText {
            title,
            description: self.description,
            html: SafeHtml::from_sanitizer(html),
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
    let multipart = form
        .fields
        .iter()
        .any(|field| matches!(field.control, Control::File(_)))
        .then_some("multipart/form-data");
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
            enctype=multipart
            data-plain=form.plain.then_some("")
            data-keeps=form.keeps.then_some("")
            novalidate
        >
            {form.heading.map(|heading| view! { <h2>{heading}</h2> })}
            {form.text.map(|text| view! { <p>{text}</p> })}
            {summary}
            <input type="hidden" name="form" value=form.name/>
            {form.key.map(|key| view! { <input type="hidden" name="key" value=key/> })}
            {fields}
            <div class="buttons">
                <button class=if form.danger { "button danger" } else { "button" } type="submit">
                    {form.button}
                </button>
                {form
                    .actions
                    .into_iter()
                    .map(|(action, words)| {
                        view! {
                            <button class="button second" type="submit" name="action" value=action>
                                {words}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </form>
    }
    .into_any()
}

/// Buttons that put the marks of Markdown around what is selected. They need a script, and the style
/// shows them only where scripts run.
fn toolbar(id: &str) -> AnyView {
    let buttons = [
        ("Bold", "**", "**"),
        ("Stressed", "*", "*"),
        ("Heading", "### ", ""),
        ("List", "- ", ""),
        ("Link", "[", "](https://)"),
        ("Cite", "[@", "]"),
    ]
    .map(|(words, before, after)| {
        view! {
            <button
                class="plain"
                type="button"
                data-for=id.to_owned()
                data-before=before
                data-after=after
            >
                {words}
            </button>
        }
    })
    .collect_view();
    view! { <div class="toolbar" role="group" aria-label="Marks">{buttons}</div> }.into_any()
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
    // A tick that is not set is an answer, too.
    let label = if field.required || field.control == Control::Tick {
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
        control @ (Control::LongText | Control::Markdown(_)) => {
            let rows = match control {
                Control::Markdown(rows) => rows,
                _ => 8,
            };
            let toolbar = (control != Control::LongText).then(|| toolbar(&id));
            let area =
                written_text_area((id, name), &field.value, rows, described, error.is_some());
            return view! {
                <div class="field">
                    {label}
                    {hint}
                    {message}
                    {toolbar}
                    {area}
                </div>
            }
            .into_any();
        }
        Control::File(kinds) => {
            return view! {
                <div class="field">
                    {label}
                    {hint}
                    {message}
                    <input
                        id=id
                        name=name
                        type="file"
                        accept=kinds
                        aria-describedby=described
                        aria-invalid=invalid
                    />
                </div>
            }
            .into_any();
        }
        Control::Suggested(path) => {
            let list = format!("{id}-names");
            return view! {
                <div class="field">
                    {label}
                    {hint}
                    {message}
                    <input
                        id=id
                        name=name
                        type="text"
                        value=field.value
                        list=list.clone()
                        data-suggest=path
                        autocomplete=field.autocomplete
                        aria-required=field.required.then_some("true")
                        aria-describedby=described
                        aria-invalid=invalid
                    />
                    <datalist id=list></datalist>
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
