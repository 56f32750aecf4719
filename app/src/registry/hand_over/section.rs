//! What somebody who acts for an adult can do, on the overview of the enrolment.

use domain::{
    registry::{
        Enrolment, MajorityReminder,
        screening::{ForWhom, Question, Relationship},
    },
    time::CalendarDate,
};
use leptos::prelude::*;

use super::forms::{HandOverFields, RepresentFields};
use crate::{
    registry::words,
    ui::form::{
        Buttons, Form, FormState, Hidden, Input, PageForm, Radios, Submit, Tick, use_found,
    },
};

/// What a guardian reads before the child is an adult.
pub(in crate::registry) fn adult_soon(
    enrolment: &Enrolment,
    today: CalendarDate,
) -> Option<String> {
    let majority = enrolment.majority()?;
    (MajorityReminder::due(enrolment, today) == Some(MajorityReminder::Before)).then(|| {
        format!(
            "On {} this child is an adult. From that day on you see nothing here, and no one new gets the data. Talk about it now: then you can hand over to them, or go on as their legal representative.",
            majority.spelled()
        )
    })
}

/// The link that the form has made.
fn made_link(state: &FormState) -> Option<String> {
    if state.form != HandOverFields::name() {
        return None;
    }
    serde_json::from_slice(state.result.as_ref()?.as_bytes()).ok()
}

/// Makes the link by which the participant takes over, and shows it once.
#[component]
pub(in crate::registry) fn HandOver(
    /// The random part of the addresses of the participant's pages.
    address: String,
) -> impl IntoView {
    let made = use_found(made_link);
    let address = StoredValue::new(address);
    move || {
        if let Some(link) = made.try_get().flatten() {
            return view! { <Link link/> }.into_any();
        }
        let participant = address.try_get_value().unwrap_or_default();
        view! { <MakeLink participant/> }.into_any()
    }
}

#[component]
fn Link(link: String) -> impl IntoView {
    view! {
        <section aria-labelledby="link-title">
            <h2 id="link-title">"Pass on this link"</h2>
            <p tabindex="-1" data-news="">
                "Give this link to the person, and to no one else. It works once, for 14 days. We show it only now."
            </p>
            <p class="secret">{link}</p>
            <p>
                "They need an account of their own. We ask for their date of birth. Once they have taken over, you see nothing of them here."
            </p>
        </section>
    }
}

#[component]
fn MakeLink(participant: String) -> impl IntoView {
    view! {
        <Form<HandOverFields>
            heading="Hand over to them"
            text="You get a link to pass on. With it, they take over in an account of their own, and decide about everything anew. A new link ends the last one."
        >
            <Hidden name="participant" value=participant/>
            <Input
                name="email"
                label="Their email address"
                hint="If you enter it, we send the link there. The email does not say what it is about."
                kind="email"
            />
            <Buttons>
                <Submit label="Make a link"/>
            </Buttons>
        </Form<HandOverFields>>
    }
}

/// A guardian goes on as the legal representative of an adult.
#[component]
pub(in crate::registry) fn Represent(
    /// The random part of the addresses of the participant's pages.
    address: String,
) -> impl IntoView {
    view! {
        <Form<RepresentFields>
            heading="They cannot decide for themselves"
            text="If they cannot decide about this, you can go on as their legal representative. You then read and sign another consent. You see their answers again once it is signed."
        >
            <RepresentControls participant=address/>
        </Form<RepresentFields>>
    }
}

#[component]
fn RepresentControls(participant: String) -> impl IntoView {
    let options = Relationship::of(ForWhom::Adult)
        .iter()
        .map(|relationship| words::option(*relationship, relationship.label()))
        .collect();
    view! {
        <Hidden name="participant" value=participant/>
        <Radios
            name=Question::Relationship.as_str()
            label="By what right do you decide for them?"
            options
        />
        <Tick
            name="sure"
            label="They cannot decide about this, and the law lets me decide for them."
        />
        <Buttons>
            <Submit label="Go on as their representative"/>
        </Buttons>
    }
}

#[cfg(test)]
mod tests {
    use domain::wiki::readability;

    /// The texts that people read here, as they are in the sources.
    #[test]
    fn the_words_are_easy_to_read() {
        let mut text = String::new();
        for source in [include_str!("section.rs"), include_str!("link_page.rs")] {
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            let told = source.split('"').skip(1).step_by(2);
            for sentence in told.filter(|told| told.ends_with('.')) {
                text.push_str(sentence);
                text.push(' ');
            }
        }
        assert!(
            text.contains("They need an account of their own."),
            "{text}"
        );
        let grade = readability(&text).grade.unwrap();
        assert!(grade <= 8, "{grade}");
    }
}
