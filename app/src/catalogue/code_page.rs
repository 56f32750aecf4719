//! `/orpha/29073`, `/mondo/0009693`, `/omim/254500`: codes lead to their condition.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api;
use crate::{answer, ui};

/// The address of one code of a system.
pub fn code_page(system: &'static str) -> AnyView {
    let params = use_params_map();
    let value = Memo::new(move |_| {
        params
            .with(|params| params.get("value"))
            .unwrap_or_default()
    });
    let resource = Resource::new(
        move || value.get(),
        move |value| api::with_code(system.to_owned(), value),
    );
    answer::show(resource, |()| ui::loading())
}
