//! What the pages ask.

use domain::{
    Error,
    account::{Country, EmailAddress, PASSWORD_SHORTEST, Relation},
};

use super::{AccountPage, settings, sign_in_path};
use crate::{
    answer::Answer,
    context::{Services, Visit},
    form::{Control, Field, FormPage},
};

/// The page at an address, or where else to go.
pub(crate) async fn form(
    services: &Services,
    visit: &Visit,
    page: &AccountPage,
) -> Answer<FormPage> {
    match settings::form(services, visit, page).await {
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
