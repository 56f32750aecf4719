//! Profiles and lists of members, as who asks sees them.

use domain::profile::{Listed, MemberList, Profile};
use leptos::prelude::*;

use super::Onlooker;
use crate::{
    account::sign_in_path,
    answer::Answer,
    catalogue::condition_links,
    context::{Services, Visit},
    form::{FormPage, written},
    ui::{self, Links},
};

/// What stands in place of a name that is not for who asks.
const NAMELESS: &str = "A member";

pub(super) fn picture_path(handle: &str, version: &str) -> String {
    format!("/members/{handle}/picture?v={version}")
}

/// A profile as a page.
pub(super) fn member(profile: &Profile) -> FormPage {
    let name = profile.name.clone().unwrap_or(NAMELESS.to_owned());
    let links = if profile.own {
        vec![
            (
                "Change your profile".to_owned(),
                "/settings/profile".to_owned(),
            ),
            (
                "What others see".to_owned(),
                "/settings/what-others-see".to_owned(),
            ),
        ]
    } else {
        vec![]
    };
    FormPage {
        description: format!("{name} is a member here."),
        canonical: Some(format!("/members/{}", profile.handle)),
        index: profile.for_search_engines,
        text: if profile.own {
            vec!["This is your own profile, with everything on it.".to_owned()]
        } else {
            vec![]
        },
        content: Some(items(profile)),
        title: name,
        links,
        ..FormPage::default()
    }
}

/// Everything below the name.
fn items(profile: &Profile) -> String {
    let picture = profile.picture.as_ref().map(|version| {
        let path = picture_path(&profile.handle, version);
        // The name stands beside it.
        view! { <img class="portrait" src=path alt="" width="160" height="160"/> }
    });
    let about = profile.about.as_ref().map(|about| {
        view! {
            <section aria-labelledby="about">
                <h2 id="about">"About me"</h2>
                <div class="prose" inner_html=about.as_str().to_owned()></div>
            </section>
        }
    });
    let conditions = (!profile.conditions.is_empty()).then(|| {
        view! {
            <section aria-labelledby="conditions">
                <h2 id="conditions">"Conditions"</h2>
                <Links class="index" links=condition_links(profile.conditions.clone())/>
            </section>
        }
    });
    written(view! {
        {picture}
        {about}
        {conditions}
    })
}

/// One's own profile through the eyes of somebody else.
pub(super) fn preview(profile: &Profile, by: Onlooker) -> String {
    let hidden = by == Onlooker::SearchEngine && !profile.for_search_engines;
    let ways = Onlooker::ALL
        .map(|onlooker| {
            let path = format!("/settings/what-others-see?by={}", onlooker.as_str());
            let current = (onlooker == by).then_some("page");
            view! { <li><a href=path aria-current=current>{onlooker.label()}</a></li> }
        })
        .collect_view();
    let seen = if hidden {
        view! {
            <p>
                "Search engines are told to pass your profile by, so they show nothing of it. You can change that in your profile."
            </p>
        }
        .into_any()
    } else if profile.is_empty() {
        view! { <p>"Nothing. For them there is no page about you."</p> }.into_any()
    } else {
        let name = profile.name.clone().unwrap_or(NAMELESS.to_owned());
        view! {
            <p class="name">{name}</p>
            <div inner_html=items(profile)></div>
        }
        .into_any()
    };
    written(view! {
        <nav class="choices" aria-label="Who looks">
            <ul>{ways}</ul>
        </nav>
        <div class="seen">{seen}</div>
    })
}

pub(super) async fn members(
    services: &Services,
    visit: &Visit,
    slug: &str,
    after: Option<&str>,
) -> Answer<FormPage> {
    let list = services.profiles.members(visit.actor, slug, after).await;
    Answer::resolved(list, |slug| format!("/communities/{slug}/members"))
        .map(|list| list_page(list, after.is_some(), visit.name.is_some()))
}

fn list_page(list: MemberList, further: bool, signed_in: bool) -> FormPage {
    let MemberList {
        condition,
        members,
        next,
    } = list;
    let path = format!("/communities/{}/members", condition.slug);
    let empty = members.is_empty().then(|| {
        view! { <p>"There is nobody to show here yet."</p> }
    });
    let rows = members
        .into_iter()
        .map(
            |Listed {
                 handle,
                 name,
                 picture,
             }| {
                let portrait = match picture {
                    Some(version) => {
                        let src = picture_path(&handle, &version);
                        view! {
                            <img src=src alt="" width="48" height="48" loading="lazy"/>
                        }
                        .into_any()
                    }
                    None => view! { <span class="blank" aria-hidden="true"></span> }.into_any(),
                };
                let path = format!("/members/{handle}");
                view! { <li>{portrait} <a href=path>{name}</a></li> }
            },
        )
        .collect_view();
    let content = written(view! {
        {empty}
        <ul class="members">{rows}</ul>
        {ui::pager(
            further.then(|| path.clone()),
            next.map(|handle| format!("{path}?after={handle}")),
        )}
    });
    let mut text = vec![format!(
        "People who have named {} and want to be found here. Each of them chose who may see that.",
        condition.name
    )];
    let mut links = vec![(
        format!("Back to {}", condition.name),
        format!("/communities/{}", condition.slug),
    )];
    if signed_in {
        links.push((
            "Choose whether you are listed".to_owned(),
            "/settings/profile".to_owned(),
        ));
    } else {
        text.push("Most people show themselves to members alone.".to_owned());
        links.push(("Sign in to see more".to_owned(), sign_in_path(&path)));
    }
    FormPage {
        title: format!("Members: {}", condition.name),
        text,
        content: Some(content),
        links,
        ..FormPage::default()
    }
}
