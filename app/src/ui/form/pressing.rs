//! What happens in the browser when a button of [`Toggles`](super::Toggles) is pressed.

use std::collections::VecDeque;

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::{
    Outcome, Pairs, Toggle,
    browser::{UNREACHABLE, button_of, fields, focus_news, form_of, read, send, send_plainly},
};

/// A press on its way.
struct Press {
    button: (String, String),
    pairs: Pairs,
}

impl Press {
    /// Whether the button is pressed by it; else it is released.
    fn gives(&self) -> bool {
        self.button.0 == "give"
    }

    fn show(&self, toggles: RwSignal<Vec<Toggle>>, pressed: bool) {
        toggles.try_update(|toggles| {
            let toggle = toggles.iter_mut().find(|one| one.value == self.button.1);
            if let Some(toggle) = toggle {
                toggle.set(pressed);
            }
        });
    }
}

/// Shows each press at once, and sends one after the other: the last one is what counts.
pub(super) fn listener(
    path: &'static str,
    toggles: RwSignal<Vec<Toggle>>,
    refusal: RwSignal<Option<String>>,
) -> impl Fn(SubmitEvent) + 'static {
    let waiting = StoredValue::new_local(VecDeque::<Press>::new());
    let sending = StoredValue::new(false);
    move |event: SubmitEvent| {
        let (Some(element), Some(button)) = (form_of(&event), button_of(&event)) else {
            return;
        };
        event.prevent_default();
        let mut pairs = read(&element);
        pairs.push(button.clone());
        let press = Press { button, pairs };
        press.show(toggles, press.gives());
        refusal.set(None);
        waiting.update_value(|waiting| waiting.push_back(press));
        if sending.get_value() {
            return;
        }
        sending.set_value(true);
        spawn_local(async move {
            while let Some(press) = waiting.try_update_value(VecDeque::pop_front).flatten() {
                let words = match send(path, fields(&press.pairs)).await {
                    Some(Outcome::Done { .. } | Outcome::Resumed { .. }) => continue,
                    Some(Outcome::SignedOut | Outcome::Outdated) => {
                        send_plainly(&element, Some(press.button), "");
                        break;
                    }
                    Some(Outcome::Shown(state)) => {
                        let wrong = state.errors.into_iter().next();
                        state.refusal.or(wrong.map(|error| error.message))
                    }
                    None => Some(UNREACHABLE.to_owned()),
                };
                press.show(toggles, !press.gives());
                refusal.try_set(words);
                focus_news(&element);
            }
            sending.try_set_value(false);
        });
    }
}
