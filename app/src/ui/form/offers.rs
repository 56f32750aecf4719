//! People who are offered while somebody types `@` and the beginning of a name. That needs a script; what
//! is offered is on the page already, so nothing is asked of the server.

#[cfg(feature = "hydrate")]
use domain::community::{begins_name, begun_mention};
use leptos::prelude::*;

use super::controls::{TextControl, Typed};

/// Most that are offered at once.
#[cfg(feature = "hydrate")]
const MOST: usize = 5;

/// Somebody who can be mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What names them to people.
    pub name: String,
    /// What is put behind the `@`.
    pub handle: String,
}

/// All who can be mentioned.
#[derive(Clone, Debug, Default)]
pub struct Offers(pub Vec<Offer>);

/// Who is meant by what is typed.
#[component]
pub(super) fn OffersBelow(offers: Offers, control: TextControl, typed: Typed) -> impl IntoView {
    let found = RwSignal::new(Vec::<Offer>::new());
    watch(control, typed, offers, found);
    let told = move || {
        found.with(|found| match found.len() {
            0 => String::new(),
            1 => "1 person to mention. Press Tab to choose.".to_owned(),
            many => format!("{many} people to mention. Press Tab to choose."),
        })
    };
    let buttons = move || {
        found
            .get()
            .into_iter()
            .map(|offer| {
                let Offer { name, handle } = offer;
                view! {
                    <button
                        class="plain"
                        type="button"
                        on:click=move |_| {
                            put(control, &handle);
                            found.set(Vec::new());
                        }
                    >
                        {name}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div
            class="offers"
            role="group"
            aria-label="Mention"
            hidden=move || found.with(Vec::is_empty)
        >
            {buttons}
        </div>
        <span class="unseen" role="status">
            {told}
        </span>
    }
}

/// The text before the place where somebody types, and the one behind it.
#[cfg(feature = "hydrate")]
fn around_caret(control: TextControl) -> Option<(String, String)> {
    let field = control.get_untracked()?;
    let at = field.selection_start().ok().flatten()?;
    // Positions are UTF-16 units, as the field counts.
    let text: Vec<u16> = field.value().encode_utf16().collect();
    let (before, behind) = text.split_at_checked(usize::try_from(at).ok()?)?;
    Some((
        String::from_utf16_lossy(before),
        String::from_utf16_lossy(behind),
    ))
}

#[cfg(feature = "hydrate")]
fn watch(control: TextControl, typed: Typed, offers: Offers, found: RwSignal<Vec<Offer>>) {
    let look = move || {
        let meant = around_caret(control).and_then(|(before, _)| {
            let (_, begun) = begun_mention(&before)?;
            let meant = offers.0.iter();
            let meant = meant.filter(|offer| begins_name(&offer.name, begun));
            Some(meant.take(MOST).cloned().collect())
        });
        let meant: Vec<Offer> = meant.unwrap_or_default();
        if found.with_untracked(|found| *found != meant) {
            found.set(meant);
        }
    };
    // Not before something is typed.
    Effect::watch(move || typed.track(), move |(), _, _| look(), false);
}

#[cfg(not(feature = "hydrate"))]
fn watch(control: TextControl, typed: Typed, offers: Offers, found: RwSignal<Vec<Offer>>) {
    let _ = (control, typed, offers, found);
}

/// Puts a handle in place of what is typed of the name.
#[cfg(feature = "hydrate")]
fn put(control: TextControl, handle: &str) {
    let (Some(field), Some((before, behind))) = (control.get_untracked(), around_caret(control))
    else {
        return;
    };
    let Some((at, _)) = begun_mention(&before) else {
        return;
    };
    let before = format!("{}@{handle} ", &before[..at]);
    field.set_value(&(before.clone() + behind.trim_start_matches(' ')));
    let caret = u32::try_from(before.encode_utf16().count()).unwrap_or_default();
    let _ = field.set_selection_range(caret, caret);
    let _ = field.focus();
}

#[cfg(not(feature = "hydrate"))]
fn put(control: TextControl, handle: &str) {
    let _ = (control, handle);
}
