//! Tips: what helped others.

use domain::wiki::Tip;
use leptos::prelude::*;

use super::entry_forms::HelpedFields;
use crate::ui::{
    Prose,
    form::{Form, Hidden, Submit},
};

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
    let Tip {
        id,
        name,
        html,
        helped,
        mine,
    } = tip;
    let people = match helped {
        0 => None,
        1 => Some("Helped one person".to_owned()),
        more => Some(format!("Helped {more} people")),
    };
    let people = people.map(|people| view! { <span>{people}</span> });
    let (value, label) = if mine {
        ("no", "Undo")
    } else {
        ("yes", "This helped me")
    };
    let anchor = format!("tip-{id}");
    view! {
        <div id=anchor>
            <dt>{name.clone()}</dt>
            <dd>
                <Prose html/>
            </dd>
            <dd class="helped">
                {people}
                <Form<HelpedFields> of=id.clone()>
                    <Hidden name="slug" value=slug/>
                    <Hidden name="id" value=id/>
                    <Hidden name="helped" value=value/>
                    <Submit label quiet=true about=name/>
                </Form<HelpedFields>>
            </dd>
        </div>
    }
}
