//! `/settings/profile`: your name, what you write about yourself, and who sees it.

use domain::profile::{ABOUT_LONGEST, ProfileDraft};
use leptos::prelude::*;

use super::{
    api,
    forms::ProfileFields,
    paths,
    settings::{AudienceChoice, saved, ways},
};
use crate::{
    community,
    page::{Column, Page, page_data, use_query_value, way},
    ui::form::{Buttons, Form, Input, LongText, Submit, Tick},
};

/// Your own profile, to change it.
#[component]
pub fn OwnProfilePage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_own());
    view! {
        <Page
            data
            view=move |own| {
                let notice = saved(done());
                view! { <OwnProfile own notice/> }.into_any()
            }
        />
    }
}

#[component]
fn OwnProfile(own: ProfileDraft, notice: Option<String>) -> impl IntoView {
    let links = ways(vec![
        way("Your picture", paths::PICTURE),
        way("Your communities", community::paths::OWN),
    ]);
    let about_hint = format!(
        "Use at most {ABOUT_LONGEST} characters. Leave an empty line to start a new paragraph, and put *stars* around words for italics."
    );
    view! {
        <Column title="Your profile" notice links>
            <p>
                "You choose who sees each answer. “Members of my communities” are people in one of your communities, if both of you let its members see that."
            </p>
            <Form<ProfileFields>>
                <Input
                    name="name"
                    label="Name to show"
                    hint="It need not be your real name."
                    value=own.name
                    required=true
                    autocomplete="nickname"
                />
                <AudienceChoice
                    name="name-audience"
                    label="Who sees your name?"
                    value=own.name_audience
                />
                <LongText name="about" label="About me" hint=about_hint value=own.about/>
                <AudienceChoice
                    name="about-audience"
                    label="Who sees this text?"
                    value=own.about_audience
                />
                <AudienceChoice
                    name="listed-audience"
                    label="Who finds you in lists of members?"
                    hint="Each condition has a list of its members. You appear only to people who can see both your name and this condition on your profile."
                    value=own.listed_audience
                />
                <Tick
                    name="search-engines"
                    label="Search engines may list my profile"
                    hint="They see what everyone sees, and can store it for a long time."
                    checked=own.for_search_engines
                />
                <Buttons>
                    <Submit label="Save"/>
                </Buttons>
            </Form<ProfileFields>>
        </Column>
    }
}
