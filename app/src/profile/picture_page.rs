//! `/settings/picture`: your picture, and who sees it.

use domain::policy::Audience;
use leptos::prelude::*;

use super::{
    api::{self, PictureView},
    forms::{PictureAudienceFields, PictureFields, RemovePictureFields},
    paths,
    settings::{AudienceChoice, saved, ways},
};
use crate::{
    page::{Column, Page, page_data, use_query_value, way},
    ui::form::{Buttons, FileInput, Form, Submit},
};

/// Your own picture.
#[component]
pub fn PicturePage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_own_picture());
    view! {
        <Page
            data
            view=move |picture| {
                let notice = saved(done());
                view! { <Picture picture notice/> }.into_any()
            }
        />
    }
}

#[component]
fn Picture(picture: PictureView, notice: Option<String>) -> impl IntoView {
    let PictureView {
        handle,
        version,
        audience,
    } = picture;
    let current = version.is_some();
    let links = ways(vec![way("Your profile", paths::OWN)]);
    let shown = version.map(|version| {
        let path = paths::picture(&handle, &version);
        view! {
            <div>
                <img
                    class="portrait"
                    src=path
                    alt="Your current picture"
                    width="160"
                    height="160"
                />
            </div>
        }
    });
    // A function, so that saving builds all forms anew: else one of them could go on showing an
    // audience that was chosen in it and never saved.
    let forms = move || view! { <Forms current audience/> };
    view! {
        <Column title="Your picture" notice links>
            {shown}
            {forms}
        </Column>
    }
}

#[component]
fn Forms(
    /// Whether there is a picture.
    current: bool,
    /// Who sees it.
    audience: Audience,
) -> impl IntoView {
    let who = move || view! { <AudienceChoice label="Who sees it?" value=audience/> };
    let show = current.then(|| {
        view! {
            <Form<PictureAudienceFields> heading="Your current picture">
                {who()}
                <Buttons>
                    <Submit label="Save"/>
                </Buttons>
            </Form<PictureAudienceFields>>
        }
    });
    let remove = current.then(|| {
        view! {
            <Form<RemovePictureFields> heading="Remove your picture" danger=true>
                <Buttons>
                    <Submit label="Remove picture" danger=true/>
                </Buttons>
            </Form<RemovePictureFields>>
        }
    });
    let heading = if current {
        "Choose another picture"
    } else {
        "Choose a picture"
    };
    view! {
        {show}
        <Form<PictureFields> heading>
            // First, so that it is known where the file is too large to be read to its end.
            {who()}
            <FileInput
                name="picture"
                label="Picture"
                hint="A JPEG, PNG or WebP file of at most 10 MB. We store a small square from the middle of it, and remove the place and time that cameras write into files."
                accept="image/jpeg,image/png,image/webp"
            />
            <Buttons>
                <Submit label="Upload picture"/>
            </Buttons>
        </Form<PictureFields>>
        {remove}
    }
}
