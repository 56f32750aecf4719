//! The controls of forms.
//!
//! They are the browser's own: a value is set once, so that what was typed before the script came is
//! kept.

use leptos::prelude::*;

use super::{FormContext, use_form};

/// What belongs to a control: its label, a hint, what is wrong.
pub(super) struct Around {
    pub(super) form: FormContext,
    name: &'static str,
    pub(super) id: String,
    pub(super) label: String,
    hint: Option<String>,
}

impl Around {
    pub(super) fn new(name: &'static str, label: String, hint: String, required: bool) -> Self {
        let form = use_form();
        Self {
            form,
            name,
            id: form.id(name),
            label: if required {
                label
            } else {
                format!("{label} (optional)")
            },
            hint: (!hint.is_empty()).then_some(hint),
        }
    }

    /// Ids of what describes the control.
    pub(super) fn described(&self) -> impl Fn() -> Option<String> + Send + Sync + 'static + use<> {
        let (form, name) = (self.form, self.name);
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = format!("{}-error", self.id);
        move || match (&hint, form.error(name).is_some()) {
            (None, false) => None,
            (None, true) => Some(error.clone()),
            (Some(hint), false) => Some(hint.clone()),
            (Some(hint), true) => Some(format!("{hint} {error}")),
        }
    }

    pub(super) fn invalid(
        &self,
    ) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static + use<> {
        let (form, name) = (self.form, self.name);
        move || form.error(name).map(|_| "true")
    }

    pub(super) fn error(&self) -> AnyView {
        let (form, name) = (self.form, self.name);
        let id = format!("{}-error", self.id);
        (move || {
            form.error(name)
                .map(|message| view! { <p class="error" id=id.clone()>{message}</p> })
        })
        .into_any()
    }

    pub(super) fn hint(&self) -> AnyView {
        self.hint
            .clone()
            .map(|hint| view! { <p class="hint" id=format!("{}-hint", self.id)>{hint}</p> })
            .into_any()
    }

    fn label(&self) -> AnyView {
        view! { <label for=self.id.clone()>{self.label.clone()}</label> }.into_any()
    }

    /// The control with all of it.
    fn field(self, control: AnyView) -> AnyView {
        view! {
            <div class="field">
                {self.label()}
                {self.hint()}
                {self.error()}
                {control}
            </div>
        }
        .into_any()
    }
}

/// A line of text, an email address, a password.
#[component]
pub fn Input(
    /// The field.
    name: &'static str,
    /// The question.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: String,
    /// The present answer.
    #[prop(optional, into)]
    value: String,
    /// `text`, `email`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Whether it must be answered.
    #[prop(optional)]
    required: bool,
    /// What browsers may fill in (HTML, "autofill").
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// Id of a list of suggestions.
    #[prop(optional, into)]
    list: Option<String>,
) -> impl IntoView {
    let around = Around::new(name, label, hint, required);
    let value = if kind == "password" {
        String::new()
    } else {
        around.form.value(name, value)
    };
    let control = view! {
        <input
            id=around.id.clone()
            name=name
            type=kind
            value=value
            list=list
            autocomplete=autocomplete
            aria-required=required.then_some("true")
            aria-describedby=around.described()
            aria-invalid=around.invalid()
        />
    };
    around.field(control.into_any())
}

/// Whose password is asked for: not shown, but password managers read it.
#[component]
pub fn Username(#[prop(into)] value: String) -> impl IntoView {
    view! {
        <input type="text" name="username" value=value autocomplete="username" readonly=true hidden=true/>
    }
}

/// What nobody fills in and the form carries.
#[component]
pub fn Hidden(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    let value = use_form().value(name, value);
    view! { <input type="hidden" name=name value=value/> }
}

/// One of several answers.
#[component]
pub fn Choice(
    /// The field.
    name: &'static str,
    /// The question.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: String,
    /// The answers: value and words.
    options: Vec<(String, String)>,
    /// The present answer.
    #[prop(optional, into)]
    value: String,
    /// Whether it must be answered.
    #[prop(optional)]
    required: bool,
    /// What browsers may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
) -> impl IntoView {
    let around = Around::new(name, label, hint, required);
    let chosen = around.form.value(name, value);
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    let control = view! {
        <select
            id=around.id.clone()
            name=name
            autocomplete=autocomplete
            aria-describedby=around.described()
            aria-invalid=around.invalid()
        >
            {options}
        </select>
    };
    around.field(control.into_any())
}

/// Yes or not.
#[component]
pub fn Tick(
    /// The field.
    name: &'static str,
    /// What is said with it.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: String,
    /// Whether it is set.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    // A tick that is not set is an answer, too.
    let around = Around::new(name, label, hint, true);
    let checked = around.form.is_set(name, "yes", checked);
    view! {
        <div class="field tick">
            {around.error()}
            <input
                id=around.id.clone()
                name=name
                type="checkbox"
                value="yes"
                checked=checked
                aria-describedby=around.described()
                aria-invalid=around.invalid()
            />
            {around.label()}
            {around.hint()}
        </div>
    }
}

/// One of several answers, all of which are seen at once. None is chosen beforehand but the present one.
#[component]
pub fn Radios(
    /// The field.
    name: &'static str,
    /// The question.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: String,
    /// The answers: value and words.
    options: Vec<(String, String)>,
    /// The present answer.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let around = Around::new(name, label, hint, true);
    let id = around.id.clone();
    let present = value;
    let options = options
        .into_iter()
        .enumerate()
        .map(|(place, (value, words))| {
            let checked = around.form.is_set(name, &value, value == present);
            // Links in the summary of what is wrong lead to the first.
            let id = if place == 0 {
                id.clone()
            } else {
                format!("{id}-{place}")
            };
            view! {
                <div class="tick">
                    <input id=id.clone() name=name type="radio" value=value checked=checked/>
                    <label for=id>{words}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" role="radiogroup" aria-describedby=around.described() aria-invalid=around.invalid()>
            <legend>{around.label.clone()}</legend>
            {around.hint()}
            {around.error()}
            {options}
        </fieldset>
    }
}

/// Several lines.
#[component]
pub fn LongText(
    /// The field.
    name: &'static str,
    /// The question.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: String,
    /// The present text.
    #[prop(optional, into)]
    value: String,
    /// Whether it must be answered.
    #[prop(optional)]
    required: bool,
    /// Lines that show at once.
    #[prop(default = 8)]
    rows: u8,
) -> impl IntoView {
    let nothing = (|_| ().into_any(), |_, _| ().into_any());
    text_field(name, label, hint, value, required, rows, nothing)
}

/// A label, a text area, and what acts on it: something above it, something below.
pub(super) fn text_field(
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    required: bool,
    rows: u8,
    (tools, below): (
        impl FnOnce(TextControl) -> AnyView,
        impl FnOnce(TextControl, Typed) -> AnyView,
    ),
) -> AnyView {
    let around = Around::new(name, label, hint, required);
    let control = TextControl::new();
    let typed = Typed::new(());
    let (tools, below) = (tools(control), below(control, typed));
    let area = crate::ui::text_area::text_area(
        (control, typed, around.id.clone(), name),
        &around.form.value(name, value),
        rows,
        around.described(),
        around.invalid(),
    );
    around.field(
        view! {
            {tools}
            {area}
            {below}
        }
        .into_any(),
    )
}

/// Told at each letter that is typed into a text area.
pub type Typed = RwSignal<()>;

/// The element of a text area, for what acts on it.
pub type TextControl = NodeRef<leptos::html::Textarea>;

/// A file.
#[component]
pub fn FileInput(
    /// The field.
    name: &'static str,
    /// The question.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: String,
    /// Which kinds (HTML, `accept`).
    accept: &'static str,
) -> impl IntoView {
    let around = Around::new(name, label, hint, true);
    let control = view! {
        <input
            id=around.id.clone()
            name=name
            type="file"
            accept=accept
            aria-describedby=around.described()
            aria-invalid=around.invalid()
        />
    };
    around.field(control.into_any())
}

/// The buttons of a form.
#[component]
pub fn Buttons(children: Children) -> impl IntoView {
    view! { <div class="buttons">{children()}</div> }
}

/// A button that sends its form.
#[component]
pub fn Submit(
    /// What it says.
    #[prop(into)]
    label: String,
    /// The value of `action`, where it does something else than the form's first button.
    #[prop(optional)]
    action: Option<&'static str>,
    /// Whether it is what one comes for, although it has an action.
    #[prop(optional)]
    first: bool,
    /// Whether it destroys something.
    #[prop(optional)]
    danger: bool,
    /// Whether it looks like a link in a text.
    #[prop(optional)]
    quiet: bool,
    /// What is added for those who do not see what stands around it.
    #[prop(optional, into)]
    about: Option<String>,
) -> impl IntoView {
    let form = use_form();
    let class = match (danger, quiet, action) {
        (true, ..) => "button danger",
        (_, true, _) => "plain",
        (_, _, Some(_)) if !first => "button second",
        _ => "button",
    };
    let about = about.map(|about| view! { <span class="unseen">{format!(": {about}")}</span> });
    view! {
        <button
            class=class
            type="submit"
            name=action.map(|_| "action")
            value=action
            aria-disabled=move || {
                form.pending.try_get().unwrap_or_default().then_some("true")
            }
        >
            {label}
            {about}
        </button>
    }
}
