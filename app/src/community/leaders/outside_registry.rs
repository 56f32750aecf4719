//! Where the people of a community enrol, on the page of who leads it.

use domain::registry::OutsideRegistry;
use leptos::prelude::*;

use super::forms::OutsideRegistryFields;
use crate::ui::form::{Buttons, Form, Hidden, Input, Submit};

/// The registry elsewhere to which a community sends people.
#[component]
pub(super) fn OutsideRegistryForm(
    /// The condition's address.
    slug: String,
    /// The present one.
    registry: Option<OutsideRegistry>,
) -> impl IntoView {
    let (name, link) =
        registry.map_or_else(Default::default, |present| (present.name, present.link));
    view! {
        <Form<OutsideRegistryFields>
            heading="Patient registry on another site"
            text="If this community has its own registry on another site, the condition page can link to it instead of to the registry on this site. Everyone can see the link."
        >
            <Hidden name="slug" value=slug/>
            <Input
                name=OutsideRegistry::NAME
                label="Name of the registry"
                hint="As people know it. Leave both fields empty to use the registry on this site."
                value=name
                autocomplete="off"
            />
            <Input
                name=OutsideRegistry::LINK
                label="Address of the registry"
                hint="It starts with https://. Copy it from the address bar of your browser."
                value=link
                autocomplete="off"
            />
            <Buttons>
                <Submit label="Save registry"/>
            </Buttons>
        </Form<OutsideRegistryFields>>
    }
}
