//! What is on a profile below the name.

use domain::profile::Profile;
use leptos::prelude::*;

use super::paths;
use crate::{
    catalogue::condition_links,
    ui::{Links, Prose},
};

/// The name of people whose name is not for the reader.
const NAMELESS: &str = "A member";

/// What a person is called where their profile is shown.
pub(super) fn name(profile: &Profile) -> String {
    profile.name.as_deref().unwrap_or(NAMELESS).to_owned()
}

/// Picture, text and conditions, as far as they are for the reader.
#[component]
pub(super) fn Details(profile: Profile) -> impl IntoView {
    let Profile {
        handle,
        picture,
        about,
        conditions,
        ..
    } = profile;
    let picture = picture.map(|version| {
        let path = paths::picture(&handle, &version);
        // The name is beside it.
        view! { <img class="portrait" src=path alt="" width="160" height="160"/> }
    });
    let about = about.map(|html| {
        view! {
            <section aria-labelledby="about">
                <h2 id="about">"About me"</h2>
                <Prose html class="prose"/>
            </section>
        }
    });
    let conditions = (!conditions.is_empty()).then(|| {
        view! {
            <section aria-labelledby="conditions">
                <h2 id="conditions">"Conditions"</h2>
                <Links class="index" links=condition_links(conditions)/>
            </section>
        }
    });
    view! {
        <div>
            {picture}
            {about}
            {conditions}
        </div>
    }
}
