//! A list that grows in place. Without a script its button is the way to the next page.
//!
//! What has been loaded is remembered for its address, so that whoever comes back finds the list as it
//! was, and where they were in it.

use std::{pin::Pin, sync::Arc};

use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Portion<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// After which the next part begins, where there is one.
    pub next: Option<String>,
}

type Loading<T> = Pin<Box<dyn Future<Output = Option<Portion<T>>> + Send>>;

/// Loads the part of a list that begins after something; nothing where that fails.
pub struct Load<T>(Arc<dyn Fn(String) -> Loading<T> + Send + Sync>);

impl<T> Load<T> {
    /// From a function that asks the server.
    pub fn new<Answered>(load: impl Fn(String) -> Answered + Send + Sync + 'static) -> Self
    where
        Answered: Future<Output = Option<Portion<T>>> + Send + 'static,
    {
        Self(Arc::new(move |after| Box::pin(load(after))))
    }
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> std::fmt::Debug for Load<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Load(…)")
    }
}

const FAILED: &str = "We could not load more. Check your connection and try again.";

/// A list with a button that shows more of it.
#[component]
pub fn Grow<T>(
    /// The list's id.
    id: &'static str,
    /// What is shown at first.
    first: Portion<T>,
    /// How to get more.
    load: Load<T>,
    /// How something in it is shown: as an `li`.
    item: fn(T) -> AnyView,
    /// The address of a part, for browsers without a script and to open it elsewhere.
    path: Box<dyn Fn(&str) -> String + Send + Sync>,
    /// Path of the first page, where this is not it.
    beginning: Option<String>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let portions = RwSignal::new(vec![first]);
    let (busy, status) = (RwSignal::new(false), RwSignal::new(String::new()));
    #[cfg(feature = "hydrate")]
    memory::keep(portions);
    let next = move || portions.with(|portions| portions.last()?.next.clone());
    let show_more = move |event: MouseEvent| {
        // Who opens it elsewhere gets the page.
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        let Some(after) = next().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        status.set(String::new());
        let loading = (load.0)(after);
        spawn_local(async move {
            let loaded = loading.await;
            // The page may have been left.
            if busy.try_set(false).is_some() {
                return;
            }
            match loaded {
                Some(portion) => {
                    status.set(match portion.items.len() {
                        0 => "Nothing in this part of the list.".to_owned(),
                        count => format!("{count} more below."),
                    });
                    portions.update(|portions| portions.push(portion));
                }
                None => status.set(FAILED.to_owned()),
            }
        });
    };
    let more = move || {
        next().map(|after| {
            let show_more = show_more.clone();
            view! {
                <a
                    class="button"
                    rel="next"
                    href=path(&after)
                    aria-busy=move || busy.get().to_string()
                    on:click=show_more
                >
                    "Show more"
                </a>
            }
        })
    };
    let children = move |index: usize| {
        let items = portions.with_untracked(|portions| {
            let portion = portions.get(index);
            portion
                .map(|portion| portion.items.clone())
                .unwrap_or_default()
        });
        items.into_iter().map(item).collect_view()
    };
    view! {
        <ol class="topics" id=id>
            <For each=move || 0..portions.with(Vec::len) key=|index| *index children/>
        </ol>
        <p class="soft" role="status">
            {status}
        </p>
        <nav class="pager" aria-label="Pages">
            {beginning.map(|path| view! { <a href=path>"Newest"</a> })}
            {more}
        </nav>
    }
}

/// What lists had grown to, by their addresses.
#[cfg(feature = "hydrate")]
mod memory {
    use std::{any::Any, cell::RefCell, collections::HashMap};

    use leptos::prelude::*;
    use leptos_router::hooks::use_url;

    use super::Portion;

    /// Lists that are remembered; of more, none is.
    const MOST: usize = 20;

    thread_local! {
        static GROWN: RefCell<HashMap<String, Box<dyn Any>>> = RefCell::default();
    }

    /// Gives a list that somebody returns to what it had, and remembers what it gets.
    pub(super) fn keep<T: Clone + Send + Sync + 'static>(portions: RwSignal<Vec<Portion<T>>>) {
        let address = use_url().with_untracked(|url| format!("{}{}", url.path(), url.search()));
        let before = GROWN.with_borrow_mut(|grown| grown.remove(&address));
        if crate::ui::is_returning()
            && let Some(before) =
                before.and_then(|before| before.downcast::<Vec<Portion<T>>>().ok())
        {
            // What has come anew is shown. Where the list goes on elsewhere now, it begins anew.
            portions.update(|portions| {
                let goes_on = portions.last().map(|portion| &portion.next);
                if goes_on == before.first().map(|portion| &portion.next) {
                    portions.extend(before.into_iter().skip(1));
                }
            });
        }
        Effect::new(move |_| {
            let now = portions.get();
            GROWN.with_borrow_mut(|grown| {
                if now.len() > 1 {
                    if grown.len() >= MOST {
                        grown.clear();
                    }
                    grown.insert(address.clone(), Box::new(now));
                } else {
                    grown.remove(&address);
                }
            });
        });
    }
}
