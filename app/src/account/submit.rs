//! What becomes of the answers.

use domain::{
    Error, FieldError, Result,
    account::{Actor, Country, EmailAddress, Join, Password, Relation, SignedIn, display_name},
    catalogue::Catalogue,
};

use super::{AccountPage, next_path};
use crate::{
    context::{Services, SessionChange, Visit},
    form::{Fields, Kept, Outcome},
};

/// Carries out the form of a page.
pub(crate) async fn submit(
    services: &Services,
    visit: &Visit,
    page: &AccountPage,
    fields: &Fields,
) -> Result<Outcome> {
    let accounts = &services.accounts;
    let (actor, client) = (visit.actor, &visit.client);
    let password = |field: &str| Password::new(fields.get(field));
    let opened = |signed_in: SignedIn, path: &str| {
        visit.session.put(SessionChange::Opened(signed_in));
        Outcome::done_anew(path)
    };
    let closed = |path: &str| {
        visit.session.put(SessionChange::Closed);
        Outcome::done_anew(path)
    };
    Ok(match page {
        AccountPage::Join { .. } => {
            let join = read_join(&*services.catalogue, actor, fields).await?;
            accounts
                .join(actor, client, join, &fields.submission())
                .await?;
            Outcome::done("/join?done=mail")
        }
        AccountPage::Confirm(token) => {
            let signed_in = accounts
                .confirm(actor, client, token, &password("password"))
                .await?;
            opened(signed_in, "/settings?done=begun")
        }
        AccountPage::SignIn { .. } => {
            let email = fields.get("email");
            if email.trim().is_empty() {
                return Err(Error::invalid("email", "Enter your e-mail address."));
            }
            let signed_in = accounts
                .sign_in(actor, client, email, &password("password"))
                .await?;
            let path = next_path(Some(fields.get("next")));
            let body = fields.get("kept").to_owned();
            match opened(signed_in, &path) {
                _ if !body.is_empty() => Outcome::Resumed(Kept { path, body }),
                done => done,
            }
        }
        AccountPage::SignOut => {
            accounts.sign_out(actor).await?;
            closed("/")
        }
        AccountPage::Forgotten { .. } => {
            let email = EmailAddress::parse("email", fields.get("email"))?;
            accounts
                .recover(actor, client, &email, &fields.submission())
                .await?;
            Outcome::done("/forgotten-password?done=mail")
        }
        AccountPage::NewPassword(token) => {
            let signed_in = accounts
                .reset(actor, client, token, &password("password"))
                .await?;
            opened(signed_in, "/settings?done=password")
        }
        AccountPage::NewAddress(token) => {
            accounts.confirm_email(actor, token).await?;
            Outcome::done(if visit.name.is_some() {
                "/settings?done=address"
            } else {
                "/sign-in?done=address"
            })
        }
        AccountPage::Settings { .. } => {
            let relation = Relation::from_name(fields.get("relation"));
            let country = Country::from_code(fields.get("country"));
            accounts.describe(actor, relation, country).await?;
            Outcome::done("/settings?done=saved")
        }
        AccountPage::Password => {
            let signed_in = accounts
                .change_password(actor, client, &password("present"), &password("password"))
                .await?;
            opened(signed_in, "/settings?done=password")
        }
        AccountPage::Address { .. } => {
            let email = EmailAddress::parse("email", fields.get("email"))?;
            let submission = fields.submission();
            accounts
                .change_email(actor, client, &password("present"), &email, &submission)
                .await?;
            Outcome::done("/settings/address?done=mail")
        }
        AccountPage::Devices { .. } => match fields.form() {
            "here" => {
                accounts.sign_out(actor).await?;
                closed("/")
            }
            "others" => {
                accounts.sign_out_others(actor).await?;
                Outcome::done("/settings/devices?done=signed-out")
            }
            device => {
                let id = device.strip_prefix("device-").ok_or(Error::NotFound)?;
                accounts.sign_out_device(actor, id).await?;
                Outcome::done("/settings/devices?done=signed-out")
            }
        },
        AccountPage::Delete => {
            accounts.delete(actor, &password("present")).await?;
            closed("/sign-in?done=deleted")
        }
    })
}

/// All that is wrong at once, so that nobody is sent back twice.
async fn read_join(catalogue: &dyn Catalogue, actor: Actor, fields: &Fields) -> Result<Join> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let email = keep(
        &mut wrong,
        EmailAddress::parse("email", fields.get("email")),
    )?;
    let name = keep(&mut wrong, display_name("name", fields.get("name")))?;
    let password = Password::new(fields.get("password"));
    let own = [fields.get("name"), fields.get("email")];
    keep(
        &mut wrong,
        domain::account::check_password("password", &password, &own),
    )?;
    let typed = fields.get("condition");
    let home = if typed.trim().is_empty() {
        None
    } else {
        let named = catalogue.named(actor, "condition", typed).await;
        keep(&mut wrong, named)?.map(|condition| condition.slug)
    };
    for (field, message) in [
        ("age", "You need to be at least 13 years old to join."),
        ("terms", "Please read how your data is treated, and agree."),
    ] {
        if fields.get(field) != "yes" {
            keep(&mut wrong, Err::<(), _>(Error::invalid(field, message)))?;
        }
    }
    match (email, name) {
        (Some(email), Some(name)) if wrong.is_empty() => Ok(Join {
            email,
            name,
            password,
            relation: Relation::from_name(fields.get("relation")),
            home,
            country: Country::from_code(fields.get("country")),
        }),
        _ => Err(Error::Invalid { fields: wrong }),
    }
}

/// The value, or its faults beside the others.
fn keep<T>(wrong: &mut Vec<FieldError>, read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Error::Invalid { fields }) => {
            wrong.extend(fields);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}
