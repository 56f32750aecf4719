//! Buttons that are pressed or not, each of which is sent by itself.

use std::marker::PhantomData;

use leptos::prelude::*;

use super::{PageForm, answered_state};

/// A button that is pressed or not, and how many people have pressed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toggle {
    /// What is sent.
    pub value: &'static str,
    /// What it says.
    pub label: &'static str,
    /// How many have, who reads it included.
    pub count: i64,
    /// Whether who reads it has.
    pub pressed: bool,
}

impl Toggle {
    /// The same after a press.
    #[cfg_attr(not(any(feature = "hydrate", test)), expect(dead_code))]
    pub(super) fn set(&mut self, pressed: bool) {
        if self.pressed != pressed {
            self.count += if pressed { 1 } else { -1 };
            self.pressed = pressed;
        }
    }
}

/// A form whose buttons are pressed or not. What is pressed is sent as the field `give`, what is released
/// as `take_back`. With a script the page shows it at once, and where the answer is no puts it back and
/// says why.
#[component]
pub fn Toggles<F: PageForm>(
    /// Tells forms alike of one page apart.
    #[prop(into)]
    of: String,
    /// The page that it is sent to.
    action: String,
    /// What the buttons are about.
    label: String,
    /// What nobody fills in and the form carries.
    hidden: Vec<(&'static str, String)>,
    /// The buttons.
    toggles: Vec<Toggle>,
    /// Which form.
    #[prop(optional)]
    fields: PhantomData<F>,
) -> impl IntoView {
    let _ = fields;
    #[cfg(feature = "hydrate")]
    let path = <F::Call as server_fn::ServerFn>::PATH;
    form(
        format!("{}#{of}", F::name()),
        (action, label),
        hidden,
        toggles,
        #[cfg(feature = "hydrate")]
        path,
    )
}

/// The same for all of them.
fn form(
    name: String,
    (action, label): (String, String),
    hidden: Vec<(&'static str, String)>,
    toggles: Vec<Toggle>,
    #[cfg(feature = "hydrate")] path: &'static str,
) -> AnyView {
    let answered = answered_state().filter(|state| state.form == name);
    let answered = answered.unwrap_or_default();
    let notice = answered.notice;
    let wrong = answered.errors.into_iter().next();
    let refusal = answered.refusal.or(wrong.map(|error| error.message));
    let refusal = RwSignal::new(refusal);
    let fixed: Vec<_> = toggles
        .iter()
        .map(|toggle| (toggle.value, toggle.label))
        .collect();
    let toggles = RwSignal::new(toggles);
    #[cfg(feature = "hydrate")]
    let submit = super::pressing::listener(path, toggles, refusal);
    #[cfg(not(feature = "hydrate"))]
    let submit = |_: leptos::ev::SubmitEvent| {};
    let of = move |index: usize| {
        let toggle = toggles.try_with(|toggles| toggles.get(index).cloned());
        toggle.flatten()
    };
    let pressed = move |index| of(index).is_some_and(|toggle| toggle.pressed);
    let buttons = fixed
        .into_iter()
        .enumerate()
        .map(|(index, (value, label))| {
            let count = move || {
                let count = of(index).map_or(0, |toggle| toggle.count);
                (count > 0).then(|| count.to_string())
            };
            view! {
                <button
                    class="toggle"
                    type="submit"
                    name=move || if pressed(index) { "take_back" } else { "give" }
                    value=value
                    aria-pressed=move || if pressed(index) { "true" } else { "false" }
                >
                    {label}
                    " "
                    {count}
                </button>
            }
        })
        .collect_view();
    let hidden = hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form class="toggles" method="post" action=action on:submit=submit>
            <input type="hidden" name="form" value=name/>
            {hidden}
            {notice.map(|notice| view! { <p class="notice" role="status">{notice}</p> })}
            {move || {
                refusal
                    .try_get()
                    .flatten()
                    .map(|words| {
                        view! {
                            <p class="errors" role="alert" tabindex="-1">
                                {words}
                            </p>
                        }
                    })
            }}
            <div role="group" aria-label=label>
                {buttons}
            </div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_counts_once_and_is_put_back_by_the_opposite() {
        let mut toggle = Toggle {
            value: "hugs",
            label: "Hugs",
            count: 2,
            pressed: false,
        };
        for (pressed, count) in [(true, 3), (true, 3), (false, 2), (false, 2)] {
            toggle.set(pressed);
            assert_eq!((toggle.pressed, toggle.count), (pressed, count));
        }
    }
}
