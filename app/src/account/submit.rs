//! What becomes of the answers.

use domain::{
    Error, Result,
    account::{Country, EmailAddress, Password, Relation, SignedIn},
};

use super::AccountPage;
use crate::{
    context::{Services, SessionChange, Visit},
    form::{Fields, Outcome},
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
