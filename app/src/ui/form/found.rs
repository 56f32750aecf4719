//! What a form has found out that takes the form's place on the page: a next step, codes to keep.

use leptos::prelude::*;

use super::{FormState, answered_state};

/// Where the forms of a page leave what they are answered with.
#[derive(Clone, Copy)]
pub(super) struct Finding(pub(super) Callback<FormState>);

/// What the page makes of the answer to one of its forms. In a page that is the answer to a plain post
/// it is there from the beginning, else once the answer has come. For the component around the forms.
pub fn use_found<T>(find: fn(&FormState) -> Option<T>) -> RwSignal<Option<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let found = RwSignal::new(answered_state().and_then(|state| find(&state)));
    provide_context(Finding(Callback::new(move |state| {
        // Nothing new leaves the form alone, and what is wrong with it.
        if let Some(new) = find(&state)
            && found.with_untracked(|present| present.as_ref() != Some(&new))
        {
            found.set(Some(new));
        }
    })));
    found
}
