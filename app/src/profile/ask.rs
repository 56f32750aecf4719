//! What the pages ask on which people set what others see.

use domain::{
    Error, Result,
    policy::{Audience, Nearness},
    profile::{ABOUT_LONGEST, OwnProfile},
};
use leptos::prelude::*;

use super::{Onlooker, ProfilePage, show};
use crate::{
    account::{elsewhere, sign_in_path},
    answer::Answer,
    context::{Services, Visit},
    form::{Control, Field, Form, FormPage, written},
};

pub(super) async fn form(
    services: &Services,
    visit: &Visit,
    page: &ProfilePage,
) -> Answer<FormPage> {
    match ask(services, visit, page).await {
        Ok(asked) => Answer::Found(FormPage {
            path: page.route().to_owned(),
            ..asked
        }),
        Err(Error::Unauthenticated) => elsewhere(&sign_in_path(page.route())),
        Err(error) => Answer::Refused(error),
    }
}

async fn ask(services: &Services, visit: &Visit, page: &ProfilePage) -> Result<FormPage> {
    let profiles = &services.profiles;
    if let ProfilePage::Seen { by } = page {
        let nearness = match by {
            Onlooker::Visitor | Onlooker::SearchEngine => Nearness::Visitor,
            Onlooker::Member => Nearness::Member,
            Onlooker::Community => Nearness::Community,
        };
        let profile = profiles.preview(visit.actor, nearness).await?;
        return Ok(FormPage {
            title: "What others see".to_owned(),
            content: Some(show::preview(&profile, *by)),
            links: vec![
                (
                    "Your own view".to_owned(),
                    format!("/members/{}", profile.handle),
                ),
                way("Your profile", "/settings/profile"),
                way("Settings", "/settings"),
            ],
            ..FormPage::default()
        });
    }
    let own = profiles.own(visit.actor).await?;
    Ok(match page {
        ProfilePage::Picture { done } => picture(&own, *done),
        ProfilePage::Conditions { done } => conditions(&own, *done),
        _ => profile(own, page == &ProfilePage::Own { done: true }),
    })
}

fn way(text: &str, path: &str) -> (String, String) {
    (text.to_owned(), path.to_owned())
}

fn saved(done: bool) -> Option<String> {
    done.then(|| "Saved.".to_owned())
}

fn ways() -> Vec<(String, String)> {
    vec![
        way("What others see", "/settings/what-others-see"),
        way("Settings", "/settings"),
    ]
}

/// The question for whom something is.
fn audience(name: &str, label: &str, value: Audience) -> Field {
    let options = Audience::ALL
        .map(|audience| (audience.as_str().to_owned(), audience.label().to_owned()))
        .to_vec();
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        control: Control::Choice(options),
        value: value.as_str().to_owned(),
        required: true,
        ..Field::default()
    }
}

fn profile(own: OwnProfile, done: bool) -> FormPage {
    FormPage {
        title: "Your profile".to_owned(),
        notice: saved(done),
        text: vec![
            "Each answer has its own audience. “Members of my communities” are people who have named one of the conditions that you have named.".to_owned(),
        ],
        forms: vec![Form {
            name: "profile".to_owned(),
            fields: vec![
                Field {
                    name: "name".to_owned(),
                    label: "Name to show".to_owned(),
                    hint: Some("It need not be your real name.".to_owned()),
                    value: own.name,
                    required: true,
                    autocomplete: Some("nickname".to_owned()),
                    ..Field::default()
                },
                audience("name-audience", "Who sees your name?", own.name_audience),
                Field {
                    name: "about".to_owned(),
                    label: "About me".to_owned(),
                    hint: Some(format!(
                        "At most {ABOUT_LONGEST} characters. An empty line begins a new paragraph, *stars* stress a word."
                    )),
                    control: Control::LongText,
                    value: own.about,
                    ..Field::default()
                },
                audience("about-audience", "Who sees this text?", own.about_audience),
                Field {
                    hint: Some(
                        "Each condition has a list of its members. You stand in it only for those who may see your name, and that you have named the condition, too.".to_owned(),
                    ),
                    ..audience(
                        "listed-audience",
                        "Who finds you in lists of members?",
                        own.listed_audience,
                    )
                },
                Field {
                    name: "search-engines".to_owned(),
                    label: "Search engines may list my profile".to_owned(),
                    hint: Some("They see what everyone sees, and may keep it for long.".to_owned()),
                    control: Control::Tick,
                    value: if own.for_search_engines { "yes" } else { "" }.to_owned(),
                    ..Field::default()
                },
            ],
            button: "Save".to_owned(),
            ..Form::default()
        }],
        links: [
            vec![
                way("Your picture", "/settings/picture"),
                way("Your conditions", "/settings/conditions"),
            ],
            ways(),
        ]
        .concat(),
        ..FormPage::default()
    }
}

fn picture(own: &OwnProfile, done: bool) -> FormPage {
    let who = |value| audience("audience", "Who sees it?", value);
    let mut forms = Vec::new();
    if own.picture.is_some() {
        forms.push(Form {
            name: "audience".to_owned(),
            heading: Some("Your present picture".to_owned()),
            fields: vec![who(own.picture_audience)],
            button: "Save".to_owned(),
            ..Form::default()
        });
    }
    forms.push(Form {
        name: "picture".to_owned(),
        heading: Some(
            match own.picture {
                Some(_) => "Another picture",
                None => "Choose a picture",
            }
            .to_owned(),
        ),
        fields: vec![
            // First, so that it is known where the file is too large to be read to its end.
            who(own.picture_audience),
            Field {
                name: "picture".to_owned(),
                label: "Picture".to_owned(),
                hint: Some(
                    "A JPEG, PNG or WebP file of at most 10 MB. We keep the middle of it as a small square, without place and time.".to_owned(),
                ),
                control: Control::File("image/jpeg,image/png,image/webp".to_owned()),
                required: true,
                ..Field::default()
            },
        ],
        button: "Send the picture".to_owned(),
        ..Form::default()
    });
    if own.picture.is_some() {
        forms.push(Form {
            name: "remove".to_owned(),
            heading: Some("Remove your picture".to_owned()),
            button: "Remove the picture".to_owned(),
            danger: true,
            ..Form::default()
        });
    }
    let content = own.picture.as_ref().map(|version| {
        let path = show::picture_path(&own.handle, version);
        written(view! {
            <img class="portrait" src=path alt="Your present picture" width="160" height="160"/>
        })
    });
    FormPage {
        title: "Your picture".to_owned(),
        notice: saved(done),
        content,
        forms,
        links: [vec![way("Your profile", "/settings/profile")], ways()].concat(),
        ..FormPage::default()
    }
}

fn conditions(own: &OwnProfile, done: bool) -> FormPage {
    let mut forms: Vec<Form> = Vec::new();
    for named in &own.conditions {
        let slug = &named.condition.slug;
        let hidden = Field {
            name: "slug".to_owned(),
            control: Control::Hidden,
            value: slug.clone(),
            ..Field::default()
        };
        forms.push(Form {
            name: format!("change-{slug}"),
            heading: Some(named.condition.name.clone()),
            fields: vec![
                hidden.clone(),
                audience(
                    "audience",
                    "Who sees that you have named it?",
                    named.audience,
                ),
                home(named.home),
            ],
            button: "Save".to_owned(),
            ..Form::default()
        });
        forms.push(Form {
            name: format!("remove-{slug}"),
            fields: vec![hidden],
            button: format!("Take off {}", named.condition.name),
            danger: true,
            ..Form::default()
        });
    }
    forms.push(Form {
        name: "add".to_owned(),
        heading: Some(
            if own.conditions.is_empty() {
                "Name a condition"
            } else {
                "Name another condition"
            }
            .to_owned(),
        ),
        fields: vec![
            Field {
                required: true,
                ..condition_field("Condition")
            },
            audience(
                "audience",
                "Who sees that you have named it?",
                Audience::OnlyMe,
            ),
            home(own.conditions.is_empty()),
        ],
        button: "Add it".to_owned(),
        ..Form::default()
    });
    FormPage {
        title: "Your conditions".to_owned(),
        notice: saved(done),
        text: vec![
            "Conditions that you have, or that somebody has whom you care for. They make you a member of their communities. Nobody else sees them until you choose so.".to_owned(),
        ],
        forms,
        links: [vec![way("Your profile", "/settings/profile")], ways()].concat(),
        ..FormPage::default()
    }
}

fn home(value: bool) -> Field {
    Field {
        name: "home".to_owned(),
        label: "This is my home condition".to_owned(),
        hint: Some("The one that brings you here. It stands first.".to_owned()),
        control: Control::Tick,
        value: if value { "yes" } else { "" }.to_owned(),
        ..Field::default()
    }
}

/// The question for a condition, by any of its names.
pub(crate) fn condition_field(label: &str) -> Field {
    Field {
        name: "condition".to_owned(),
        label: label.to_owned(),
        hint: Some(
            "Its whole name or a code, for example “Multiple myeloma” or “ORPHA:29073”.".to_owned(),
        ),
        control: Control::Suggested("/api/search/suggest".to_owned()),
        autocomplete: Some("off".to_owned()),
        ..Field::default()
    }
}
