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
            text="If this community has a registry of its own on another site, the page of the condition can lead there. It then does not lead to the registry of this site. Everyone sees this."
        >
            <Hidden name="slug" value=slug/>
            <Input
                name=OutsideRegistry::NAME
                label="Name of the registry"
                hint="As people know it. The page says: Visit, this name, to enrol. Leave both empty to use the registry of this site."
                value=name
                autocomplete="off"
            />
            <Input
                name=OutsideRegistry::LINK
                label="Address of the registry"
                hint="It begins with https://. Copy it from the address bar of your browser."
                value=link
                autocomplete="off"
            />
            <Buttons>
                <Submit label="Save registry"/>
            </Buttons>
        </Form<OutsideRegistryFields>>
    }
}
