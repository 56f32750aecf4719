//! `/settings` and below: a person's control over their own account.

use domain::{
    Error, Result,
    account::Device,
    policy::{Action, permit},
};

use leptos::prelude::*;

use super::{
    AccountPage,
    administration::measure_list,
    ask::{choose_password, country, line, relation, username},
};
use crate::{
    context::{Services, Visit},
    form::{Control, Field, Form, FormPage, written},
};

pub(super) async fn form(
    services: &Services,
    visit: &Visit,
    page: &AccountPage,
) -> Result<FormPage> {
    let accounts = &services.accounts;
    let back = vec![("Settings".to_owned(), "/settings".to_owned())];
    Ok(match page {
        AccountPage::Settings { done } => overview(services, visit, done.as_deref()).await?,
        AccountPage::Password => {
            let account = accounts.account(visit.actor).await?;
            FormPage {
                title: "Change your password".to_owned(),
                text: vec!["You will be signed out everywhere else.".to_owned()],
                forms: vec![Form {
                    name: "password".to_owned(),
                    fields: vec![username(&account.email), present(), choose_password()],
                    button: "Change the password".to_owned(),
                    ..Form::default()
                }],
                links: back,
                ..FormPage::default()
            }
        }
        AccountPage::Address { done } => {
            let account = accounts.account(visit.actor).await?;
            if *done {
                return Ok(FormPage {
                    title: "Look into your mail".to_owned(),
                    text: vec![
                        "We have sent a link to the new address. It becomes yours here when you open the link, within 24 hours.".to_owned(),
                    ],
                    links: back,
                    ..FormPage::default()
                });
            }
            FormPage {
                title: "Change your address".to_owned(),
                text: vec![format!("Your address is {}.", account.email.as_str())],
                forms: vec![Form {
                    name: "address".to_owned(),
                    fields: vec![
                        line("email", "New e-mail address", Control::Email, "email"),
                        present(),
                    ],
                    button: "Send the link".to_owned(),
                    key: Some(visit.key.clone()),
                    ..Form::default()
                }],
                links: back,
                ..FormPage::default()
            }
        }
        AccountPage::Devices { done } => {
            let devices = accounts.devices(visit.actor).await?;
            FormPage {
                title: "Where you are signed in".to_owned(),
                notice: done.then(|| "Signed out there.".to_owned()),
                text: vec![
                    "Is there one that you do not know? Sign it out, then change your password."
                        .to_owned(),
                ],
                forms: devices_forms(devices),
                links: back,
                ..FormPage::default()
            }
        }
        AccountPage::Delete => {
            let account = accounts.account(visit.actor).await?;
            FormPage {
                title: "Delete your account".to_owned(),
                text: vec![
                    "Your address, your name and everything else about you is removed at once, and you are signed out everywhere. What you wrote stays, without your name. This cannot be undone.".to_owned(),
                ],
                forms: vec![Form {
                    name: "delete".to_owned(),
                    fields: vec![username(&account.email), present()],
                    button: "Delete my account".to_owned(),
                    danger: true,
                    ..Form::default()
                }],
                links: back,
                ..FormPage::default()
            }
        }
    })
}

fn present() -> Field {
    line(
        "present",
        "Your present password",
        Control::Password,
        "current-password",
    )
}

fn way(text: &str, path: &str) -> (String, String) {
    (text.to_owned(), path.to_owned())
}

async fn overview(services: &Services, visit: &Visit, done: Option<&str>) -> Result<FormPage> {
    let account = services.accounts.account(visit.actor).await?;
    let administration = if permit(visit.actor, Action::LookAfterAccounts).is_ok() {
        vec![way("Look after accounts", "/admin/people")]
    } else {
        vec![]
    };
    Ok(FormPage {
        title: "Settings".to_owned(),
        notice: match done {
            Some("saved") => Some("Saved.".to_owned()),
            Some("password") => Some("Your password is changed.".to_owned()),
            Some("address") => Some("Your new address is confirmed.".to_owned()),
            Some("begun") => Some("Your address is confirmed. Welcome.".to_owned()),
            _ => account.suspended.map(|reason| {
                format!(
                    "Your account is suspended: you can read and control your account, but not write. The reason: {reason}"
                )
            }),
        },
        below: (!account.measures.is_empty()).then(|| {
            written(view! {
                <h2>"What was done with your account"</h2>
                {measure_list(account.measures, false)}
            })
        }),
        forms: vec![Form {
            name: "about".to_owned(),
            heading: Some("About you".to_owned()),
            text: Some("Nobody else sees these two.".to_owned()),
            fields: vec![relation(account.relation), country(account.country)],
            button: "Save".to_owned(),
            ..Form::default()
        }],
        links: [vec![
            way("Your profile", "/settings/profile"),
            way("Your picture", "/settings/picture"),
            way("Your conditions", "/settings/conditions"),
            way("What others see", "/settings/what-others-see"),
            (
                format!("Address: {}", account.email.as_str()),
                "/settings/address".to_owned(),
            ),
            way("Change your password", "/settings/password"),
            way("Where you are signed in", "/settings/devices"),
            way("Delete your account", "/settings/delete"),
        ], administration].concat(),
        ..FormPage::default()
    })
}

fn devices_forms(devices: Vec<Device>) -> Vec<Form> {
    let several = devices.len() > 1;
    let mut forms: Vec<Form> = devices
        .into_iter()
        .map(|device| {
            let since = format!(
                "Signed in on {}, last used on {}.",
                device.signed_in.spelled(),
                device.seen.spelled()
            );
            if device.here {
                Form {
                    name: "here".to_owned(),
                    heading: Some(format!("{} (this one)", device.name)),
                    text: Some(since),
                    button: "Sign out here".to_owned(),
                    ..Form::default()
                }
            } else {
                Form {
                    name: format!("device-{}", device.id),
                    heading: Some(device.name),
                    text: Some(since),
                    button: "Sign out there".to_owned(),
                    ..Form::default()
                }
            }
        })
        .collect();
    if several {
        forms.push(Form {
            name: "others".to_owned(),
            heading: Some("Everywhere but here".to_owned()),
            button: "Sign out everywhere else".to_owned(),
            danger: true,
            ..Form::default()
        });
    }
    forms
}
