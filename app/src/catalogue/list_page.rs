//! `/conditions`: all conditions from A to Z.

use domain::catalogue::{ConditionList, Letter};
use leptos::prelude::*;

use crate::ui::{self, PageHead, set_head};

pub(crate) fn list(letter: Option<Letter>, after: Option<String>, list: ConditionList) -> AnyView {
    let path = |after: Option<&str>| {
        let mut path = "/conditions".to_owned();
        let mut separator = '?';
        if let Some(letter) = letter {
            path.push_str("?letter=");
            path.push(letter.as_char());
            separator = '&';
        }
        if let Some(after) = after {
            path.push(separator);
            path.push_str("after=");
            path.push_str(after);
        }
        path
    };
    let title = match letter {
        Some(letter) => format!("Conditions: {}", letter.label()),
        None => "Conditions A to Z".to_owned(),
    };
    set_head(PageHead {
        title: title.clone(),
        description: "All rare conditions of the catalogue, from A to Z.".to_owned(),
        canonical: Some(path(after.as_deref())),
        index: after.is_none(),
        ..PageHead::default()
    });
    let first = list.continued.then(|| path(None));
    let next = list.next.as_deref().map(|after| path(Some(after)));
    let empty = list.conditions.is_empty();
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">{title}</h1>
            <p>
                "You can also " <a href="/conditions/families">"browse by family"</a> "."
            </p>
            <nav class="letters" aria-label="Letters">
                <ul>
                    {Letter::all()
                        .map(|each| {
                            view! {
                                <li>
                                    <a
                                        href=format!("/conditions?letter={}", each.as_char())
                                        aria-current=(Some(each) == letter).then_some("page")
                                    >
                                        {each.label()}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </nav>
            {empty.then(|| view! { <p>"No condition begins with this letter."</p> })}
            {(!empty).then(|| ui::condition_index(list.conditions))}
            {ui::pager(first, next)}
        </main>
    }
    .into_any()
}
