//! What the pages ask.

use domain::{
    Error,
    account::{Country, EmailAddress, LinkPurpose, PASSWORD_SHORTEST, Relation, Token},
};

use super::{AccountPage, next_path, settings, sign_in_path};
use crate::{
    answer::Answer,
    context::{Services, Visit},
    form::{Control, Field, Form, FormPage},
    profile::condition_field,
};

/// The page at an address, or where else to go.
pub(crate) async fn form(
    services: &Services,
    visit: &Visit,
    page: &AccountPage,
) -> Answer<FormPage> {
    let signed_in = visit.name.is_some();
    let asked = match page {
        AccountPage::Join { .. } if signed_in => return elsewhere("/settings"),
        AccountPage::SignIn { next, .. } if signed_in => {
            return elsewhere(&next_path(next.as_deref()));
        }
        AccountPage::SignOut if !signed_in => return elsewhere("/"),
        AccountPage::Join { done } => Ok(join(visit, *done)),
        AccountPage::SignIn { done, .. } => Ok(sign_in(visit, page, done.as_deref())),
        AccountPage::SignOut => Ok(sign_out(visit)),
        AccountPage::Forgotten { done } => Ok(forgotten(visit, *done)),
        AccountPage::Confirm(token) => link(services, visit, LinkPurpose::Join, token)
            .await
            .map(confirm),
        AccountPage::NewPassword(token) => link(services, visit, LinkPurpose::Recover, token)
            .await
            .map(new_password),
        AccountPage::NewAddress(token) => link(services, visit, LinkPurpose::ChangeEmail, token)
            .await
            .map(new_address),
        _ => settings::form(services, visit, page).await,
    };
    match asked {
        Ok(asked) => Answer::Found(FormPage {
            path: page.path(),
            ..asked
        }),
        Err(Error::Unauthenticated) => elsewhere(&sign_in_path(&page.path())),
        Err(error) => Answer::Refused(error),
    }
}

pub(crate) fn elsewhere(path: &str) -> Answer<FormPage> {
    Answer::Moved {
        path: path.to_owned(),
        permanent: false,
    }
}

/// The address that the link of a mail is about, if it is good.
async fn link(
    services: &Services,
    visit: &Visit,
    purpose: LinkPurpose,
    token: &Token,
) -> Result<Option<EmailAddress>, Error> {
    match services.accounts.link(visit.actor, purpose, token).await {
        Ok(email) => Ok(Some(email)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn line(name: &str, label: &str, control: Control, autocomplete: &str) -> Field {
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        control,
        required: true,
        autocomplete: Some(autocomplete.to_owned()),
        ..Field::default()
    }
}

fn hinted(field: Field, hint: impl Into<String>) -> Field {
    Field {
        hint: Some(hint.into()),
        ..field
    }
}

/// Whose password it is, for password managers.
pub(super) fn username(email: &EmailAddress) -> Field {
    Field {
        name: "username".to_owned(),
        control: Control::Username,
        value: email.as_str().to_owned(),
        ..Field::default()
    }
}

pub(super) fn choose_password() -> Field {
    hinted(
        line(
            "password",
            "New password",
            Control::Password,
            "new-password",
        ),
        format!(
            "At least {PASSWORD_SHORTEST} characters. Four or five words that do not belong together are good."
        ),
    )
}

pub(super) fn relation(value: Option<Relation>) -> Field {
    let mut options = vec![(String::new(), "I would rather not say".to_owned())];
    options.extend(
        Relation::ALL.map(|relation| (relation.as_str().to_owned(), relation.label().to_owned())),
    );
    Field {
        name: "relation".to_owned(),
        label: "What brings you here?".to_owned(),
        control: Control::Choice(options),
        value: value
            .map(|relation| relation.as_str().to_owned())
            .unwrap_or_default(),
        ..Field::default()
    }
}

pub(super) fn country(value: Option<Country>) -> Field {
    let mut options = vec![(String::new(), "I would rather not say".to_owned())];
    options.extend(
        Country::all().map(|country| (country.code().to_owned(), country.name().to_owned())),
    );
    Field {
        name: "country".to_owned(),
        label: "Country".to_owned(),
        control: Control::Choice(options),
        value: value.map_or("", Country::code).to_owned(),
        autocomplete: Some("country".to_owned()),
        ..Field::default()
    }
}

fn way(text: &str, path: &str) -> (String, String) {
    (text.to_owned(), path.to_owned())
}

fn join(visit: &Visit, done: bool) -> FormPage {
    if done {
        return FormPage {
            title: "Look into your mail".to_owned(),
            text: vec![
                "We have sent you a mail with a link. Open it to begin. The link works for 24 hours.".to_owned(),
                "Nothing there after some minutes? Look into the folder for spam, or join again.".to_owned(),
            ],
            links: vec![way("Join again", "/join")],
            ..FormPage::default()
        };
    }
    FormPage {
        title: "Join".to_owned(),
        text: vec![
            "Reading needs no account. With one you can write, meet others, and take part in research. Other members see the name that you choose, and nothing else about you unless you show it.".to_owned(),
        ],
        forms: vec![Form {
            name: "join".to_owned(),
            fields: vec![
                hinted(
                    line("email", "E-mail address", Control::Email, "email"),
                    "Nobody else sees it.",
                ),
                hinted(
                    line("name", "Name to show", Control::Text, "nickname"),
                    "Other members see it. It need not be your real name.",
                ),
                hinted(
                    line("password", "Password", Control::Password, "new-password"),
                    format!("At least {PASSWORD_SHORTEST} characters. Four or five words that do not belong together are good."),
                ),
                relation(None),
                condition_field("The condition that you are here for"),
                country(None),
                Field {
                    name: "age".to_owned(),
                    label: "I am at least 13 years old".to_owned(),
                    control: Control::Tick,
                    required: true,
                    ..Field::default()
                },
                Field {
                    name: "terms".to_owned(),
                    label: "I have read how my data is treated, and agree to it".to_owned(),
                    hint: Some("It is on the page “Privacy”, at the foot of every page.".to_owned()),
                    control: Control::Tick,
                    required: true,
                    ..Field::default()
                },
            ],
            button: "Join".to_owned(),
            key: Some(visit.key.clone()),
            ..Form::default()
        }],
        links: vec![
            way("I have an account: sign in", "/sign-in"),
            way("Privacy", "/privacy"),
        ],
        ..FormPage::default()
    }
}

/// The page of a link, or the one that says that it is not good.
fn if_good(
    email: Option<EmailAddress>,
    again: (&str, &str),
    page: impl FnOnce(&EmailAddress) -> FormPage,
) -> FormPage {
    if let Some(email) = email {
        return page(&email);
    }
    FormPage {
        title: "This link does not work any more".to_owned(),
        text: vec![
            "It has been used, or it is too old, or a part of it is missing. If you have just used it, all is well.".to_owned(),
        ],
        links: vec![way(again.0, again.1), way("Sign in", "/sign-in")],
        ..FormPage::default()
    }
}

fn confirm(email: Option<EmailAddress>) -> FormPage {
    if_good(email, ("Join again", "/join"), |email| FormPage {
        title: "Confirm your address".to_owned(),
        text: vec![
            "Enter the password that you chose when you joined. Then you are signed in.".to_owned(),
        ],
        forms: vec![Form {
            name: "confirm".to_owned(),
            fields: vec![
                username(email),
                line(
                    "password",
                    "Password",
                    Control::Password,
                    "current-password",
                ),
            ],
            button: "Begin".to_owned(),
            ..Form::default()
        }],
        links: vec![way("I have forgotten it: join again", "/join")],
        ..FormPage::default()
    })
}

fn sign_in(visit: &Visit, page: &AccountPage, done: Option<&str>) -> FormPage {
    let next = match (page, &visit.kept) {
        (_, Some(kept)) => kept.path.clone(),
        (
            AccountPage::SignIn {
                next: Some(next), ..
            },
            None,
        ) => next.clone(),
        _ => String::new(),
    };
    let hidden = |name: &str, value: String| Field {
        name: name.to_owned(),
        control: Control::Hidden,
        value,
        ..Field::default()
    };
    FormPage {
        title: "Sign in".to_owned(),
        notice: match done {
            Some("address") => Some("Your new address is confirmed.".to_owned()),
            Some("deleted") => Some("Your account is deleted.".to_owned()),
            _ if visit.kept.is_some() => Some(
                "You have been signed out meanwhile. What you filled in is kept: sign in to go on with it.".to_owned(),
            ),
            _ => None,
        },
        forms: vec![Form {
            plain: visit.kept.is_some(),
            name: "sign-in".to_owned(),
            fields: vec![
                line("email", "E-mail address", Control::Email, "username"),
                line(
                    "password",
                    "Password",
                    Control::Password,
                    "current-password",
                ),
                hidden("next", next),
                hidden(
                    "kept",
                    visit
                        .kept
                        .as_ref()
                        .map(|kept| kept.body.clone())
                        .unwrap_or_default(),
                ),
            ],
            button: "Sign in".to_owned(),
            ..Form::default()
        }],
        links: vec![
            way("I have forgotten my password", "/forgotten-password"),
            way("I have no account: join", "/join"),
        ],
        ..FormPage::default()
    }
}

fn sign_out(visit: &Visit) -> FormPage {
    let name = visit.name.clone().unwrap_or_default();
    FormPage {
        title: "Sign out".to_owned(),
        text: vec![format!("You are signed in as {name}.")],
        forms: vec![Form {
            name: "sign-out".to_owned(),
            button: "Sign out".to_owned(),
            ..Form::default()
        }],
        ..FormPage::default()
    }
}

fn forgotten(visit: &Visit, done: bool) -> FormPage {
    if done {
        return FormPage {
            title: "Look into your mail".to_owned(),
            text: vec![
                "If the address has an account, a mail with a link is on its way. The link works for one hour.".to_owned(),
            ],
            links: vec![way("Try another address", "/forgotten-password")],
            ..FormPage::default()
        };
    }
    FormPage {
        title: "Forgotten password".to_owned(),
        text: vec!["We send you a link with which you can choose a new one.".to_owned()],
        forms: vec![Form {
            name: "forgotten".to_owned(),
            fields: vec![line("email", "E-mail address", Control::Email, "email")],
            button: "Send the link".to_owned(),
            key: Some(visit.key.clone()),
            ..Form::default()
        }],
        links: vec![way("Sign in", "/sign-in")],
        ..FormPage::default()
    }
}

fn new_password(email: Option<EmailAddress>) -> FormPage {
    let again = ("Ask for another link", "/forgotten-password");
    if_good(email, again, |email| FormPage {
        title: "Choose a new password".to_owned(),
        text: vec!["You will be signed out everywhere else.".to_owned()],
        forms: vec![Form {
            name: "new-password".to_owned(),
            fields: vec![username(email), choose_password()],
            button: "Set the password".to_owned(),
            ..Form::default()
        }],
        ..FormPage::default()
    })
}

fn new_address(email: Option<EmailAddress>) -> FormPage {
    if_good(email, ("Settings", "/settings"), |email| FormPage {
        title: "Confirm your new address".to_owned(),
        text: vec![format!(
            "From now on our mail goes to {}, and you sign in with it.",
            email.as_str()
        )],
        forms: vec![Form {
            name: "new-address".to_owned(),
            button: "Use this address".to_owned(),
            ..Form::default()
        }],
        ..FormPage::default()
    })
}
