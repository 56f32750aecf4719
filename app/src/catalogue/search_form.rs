//! The search forms. Plain forms without JavaScript; hydrated, the one in the header is a combobox
//! with suggestions (WAI-ARIA Authoring Practices, "Editable Combobox With List Autocomplete").

use domain::catalogue::{Matched, SearchHit};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;

use super::paths;
use crate::ui::{Asking, first_field};

/// The form in the header of every page.
#[component]
pub fn HeaderSearch() -> impl IntoView {
    let hydrated = RwSignal::new(false);
    let hits = RwSignal::new(Vec::<SearchHit>::new());
    let active = RwSignal::new(None::<usize>);
    let status = RwSignal::new(String::new());
    // Runs in the browser alone: without JavaScript the input is an input.
    Effect::new(move || hydrated.set(true));
    let open = move || !hits.with(Vec::is_empty);
    let close = move || {
        hits.set(Vec::new());
        active.set(None);
        status.set(String::new());
    };
    let suggestions = Suggestions::new(hits, active, status);
    let navigate = use_navigate();
    let input = NodeRef::<leptos::html::Input>::new();
    let choose = move |path: &str| {
        suggestions.stop();
        close();
        // The choice is made: what was typed would stand over another page.
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
        navigate(path, leptos_router::NavigateOptions::default());
    };
    let choose_by_key = choose.clone();
    let on_key = move |event: ev::KeyboardEvent| {
        let count = hits.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => {
                event.prevent_default();
                active.update(|active| {
                    *active = Some(active.map_or(0, |index| (index + 1) % count));
                });
            }
            "ArrowUp" if count > 0 => {
                event.prevent_default();
                active.update(|active| {
                    *active = Some(active.map_or(count - 1, |index| (index + count - 1) % count));
                });
            }
            "Escape" if count > 0 => {
                event.prevent_default();
                suggestions.stop();
                close();
            }
            "Enter" => {
                let path = active
                    .get_untracked()
                    .and_then(|index| hits.with(|hits| hits.get(index).map(paths::hit)));
                if let Some(path) = path {
                    event.prevent_default();
                    choose_by_key(&path);
                }
            }
            _ => {}
        }
    };
    let search = use_navigate();
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        suggestions.stop();
        close();
        search(
            &paths::search(first_field(&event).trim(), 0),
            leptos_router::NavigateOptions::default(),
        );
    };
    let role = move || hydrated.get().then_some("combobox");
    let when_hydrated = move |value: &'static str| move || hydrated.get().then_some(value);
    let option_id = |index: usize| format!("suggestion-{}", index + 1);
    view! {
        <form class="search" role="search" action=paths::SEARCH on:submit=on_submit>
            <label class="unseen" for="q">"Find a condition by name or code"</label>
            <input
                node_ref=input
                id="q"
                name="q"
                type="search"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                maxlength="200"
                role=role
                aria-autocomplete=when_hydrated("list")
                aria-controls=when_hydrated("suggestions")
                aria-expanded=move || hydrated.get().then(|| open().to_string())
                aria-activedescendant=move || active.get().map(option_id)
                on:input=move |event| suggestions.ask(&event_target_value(&event))
                on:keydown=on_key
                on:blur=move |_| close()
            />
            <button type="submit">"Find"</button>
            <div class=move || {
                if open() || !status.with(String::is_empty) { "suggest" } else { "suggest unseen" }
            }>
                <ul role="listbox" id="suggestions" aria-label="Conditions" hidden=move || !open()>
                    {move || {
                        let choose = choose.clone();
                        hits.get()
                            .into_iter()
                            .enumerate()
                            .map(move |(index, hit)| {
                                let choose = choose.clone();
                                let path = paths::hit(&hit);
                                let about = about(&hit);
                                view! {
                                    <li
                                        role="option"
                                        id=option_id(index)
                                        aria-selected=move || (active.get() == Some(index)).to_string()
                                        // Before `blur`, which would close the list.
                                        on:mousedown=move |event| {
                                            event.prevent_default();
                                            choose(&path);
                                        }
                                    >
                                        {hit.name}
                                        {about
                                            .map(|text| view! { " " <small>{text}</small> })}
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
                <p role="status">{status}</p>
            </div>
        </form>
    }
}

/// The larger form inside a page.
#[component]
pub fn PageSearch(
    /// What is already in it.
    query: String,
    /// Id of a hint that describes it.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let navigate = use_navigate();
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        navigate(
            &paths::search(first_field(&event).trim(), 0),
            leptos_router::NavigateOptions::default(),
        );
    };
    view! {
        <form
            class="search large"
            role="search"
            aria-label="Search this site"
            action=paths::SEARCH
            on:submit=on_submit
        >
            <label class="unseen" for="find">"Name or code of a condition"</label>
            <input
                id="find"
                name="q"
                type="search"
                value=query
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                maxlength="200"
                aria-describedby=hint
            />
            <button type="submit">"Find"</button>
        </form>
    }
}

/// What a suggestion says beside the name.
fn about(hit: &SearchHit) -> Option<String> {
    match (matched(&hit.matched), hit.is_family) {
        (matched, false) => matched,
        (None, true) => Some("family of conditions".to_owned()),
        (Some(matched), true) => Some(format!("family of conditions, {matched}")),
    }
}

/// How a hit came to be one, where its name does not say so.
pub fn matched(matched: &Matched) -> Option<String> {
    match matched {
        Matched::Synonym(name) => Some(format!("also called {name}")),
        Matched::Code(code) => Some(code.clone()),
        Matched::Name | Matched::Summary => None,
    }
}

/// Suggestions while something is typed into the form in the header.
#[derive(Clone, Copy)]
struct Suggestions {
    asking: Asking,
    hits: RwSignal<Vec<SearchHit>>,
    active: RwSignal<Option<usize>>,
    status: RwSignal<String>,
}

impl Suggestions {
    fn new(
        hits: RwSignal<Vec<SearchHit>>,
        active: RwSignal<Option<usize>>,
        status: RwSignal<String>,
    ) -> Self {
        Self {
            asking: Asking::idle(),
            hits,
            active,
            status,
        }
    }

    fn stop(self) {
        self.asking.stop();
    }

    fn ask(self, typed: &str) {
        self.stop();
        let typed = typed.trim();
        if typed.is_empty() {
            self.show(Vec::new(), String::new());
            return;
        }
        suggest(self.asking, typed, move |hits| {
            let status = match hits.len() {
                0 => {
                    "No such name or code. We search names, not symptoms. Press Enter to see what you can do."
                        .to_owned()
                }
                1 => "1 suggestion. Use the arrow keys, or press Enter to search.".to_owned(),
                count => {
                    format!("{count} suggestions. Use the arrow keys, or press Enter to search.")
                }
            };
            self.show(hits, status);
        });
    }

    fn show(self, hits: Vec<SearchHit>, status: String) {
        self.active.set(None);
        self.hits.set(hits);
        self.status.set(status);
    }
}

/// Conditions with names like what is being typed.
pub(super) fn suggest(asking: Asking, typed: &str, then: impl FnOnce(Vec<SearchHit>) + 'static) {
    asking.ask(paths::SUGGEST, ("q", typed.to_owned()), then);
}
