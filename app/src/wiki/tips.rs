//! Tips: what helped others.

use domain::wiki::{SectionKind, Tip};
use leptos::prelude::*;

use super::paths;
use crate::ui::Prose;

/// The tips of a condition.
#[component]
pub(super) fn Tips(tips: Vec<Tip>, slug: String) -> impl IntoView {
    let tips = tips
        .into_iter()
        .map(|tip| view! { <OneTip tip slug=slug.clone()/> })
        .collect_view();
    view! { <dl class="tips">{tips}</dl> }
}

#[component]
fn OneTip(tip: Tip, slug: String) -> impl IntoView {
    let people = match tip.helped {
        0 => None,
        1 => Some("Helped one person".to_owned()),
        more => Some(format!("Helped {more} people")),
    };
    let people = people.map(|people| view! { <span>{people}</span> });
    let path = paths::entry(&slug, SectionKind::Tips, &tip.id);
    let (value, words) = if tip.mine {
        ("no", "Undo")
    } else {
        ("yes", "This helped me")
    };
    view! {
        <div id=format!("tip-{}", tip.id)>
            <dt>{tip.name.clone()}</dt>
            <dd>
                <Prose html=tip.html/>
            </dd>
            <dd class="helped">
                {people}
                <form method="post" action=path>
                    <input type="hidden" name="form" value="helped"/>
                    <input type="hidden" name="helped" value=value/>
                    <button class="plain" type="submit">
                        {words} <span class="unseen">{format!(": {}", tip.name)}</span>
                    </button>
                </form>
            </dd>
        </div>
    }
}
