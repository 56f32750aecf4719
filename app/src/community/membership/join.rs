//! Joining a community, on every page where one may want to.

use leptos::prelude::*;

use super::forms::{JoinCommunityFields, Place};
use crate::ui::form::{Form, Hidden, Submit};

/// The button that joins, and what it means.
#[component]
pub(in crate::community) fn Join(
    /// The condition's address.
    slug: String,
    /// The page that it is on.
    place: Place,
    /// The topic, where it is on one.
    #[prop(optional, into)]
    topic: Option<String>,
    /// Why one should.
    #[prop(optional, into)]
    text: Option<String>,
) -> impl IntoView {
    let text = text.unwrap_or_default()
        + "Only you can see that you have joined, until you choose otherwise or write something.";
    view! {
        <Form<JoinCommunityFields> text>
            <Hidden name="slug" value=slug/>
            <Hidden name="place" value=place.as_str()/>
            <Hidden name="topic" value=topic.unwrap_or_default()/>
            <Submit label="Join this community"/>
        </Form<JoinCommunityFields>>
    }
}
