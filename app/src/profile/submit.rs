//! What becomes of the answers.

use domain::{Error, Result, policy::Audience, profile::ProfileDraft};

use super::ProfilePage;
use crate::{
    context::{Services, Visit},
    form::{Fields, Outcome},
};

/// Carries out the form of a page.
pub(crate) async fn submit(
    services: &Services,
    visit: &Visit,
    page: &ProfilePage,
    fields: &Fields,
) -> Result<Outcome> {
    let profiles = &services.profiles;
    let actor = visit.actor;
    let audience = |field: &str| Audience::from_name(fields.get(field));
    let ticked = |field: &str| fields.get(field) == "yes";
    Ok(match page {
        ProfilePage::Own { .. } => {
            let draft = ProfileDraft {
                name: fields.get("name").to_owned(),
                name_audience: audience("name-audience"),
                about: fields.get("about").to_owned(),
                about_audience: audience("about-audience"),
                listed_audience: audience("listed-audience"),
                for_search_engines: ticked("search-engines"),
            };
            profiles.change(actor, draft).await?;
            // The header shows the name.
            Outcome::done_anew("/settings/profile?done=saved")
        }
        ProfilePage::Picture { .. } => {
            match fields.form() {
                "picture" => {
                    let file = fields.file("picture")?;
                    profiles
                        .set_picture(actor, file, audience("audience"))
                        .await?;
                }
                "audience" => profiles.show_picture(actor, audience("audience")).await?,
                "remove" => profiles.remove_picture(actor).await?,
                _ => return Err(Error::NotFound),
            }
            Outcome::done("/settings/picture?done=saved")
        }
        ProfilePage::Conditions { .. } => {
            let slug = fields.get("slug");
            let form = fields.form();
            if form == "add" {
                let typed = fields.get("condition");
                if typed.trim().is_empty() {
                    return Err(Error::invalid(
                        "condition",
                        "Enter the name of a condition.",
                    ));
                }
                let named = services.catalogue.named(actor, "condition", typed).await?;
                let own = profiles.own(actor).await?;
                if own.conditions.iter().any(|other| other.condition == named) {
                    return Err(Error::invalid(
                        "condition",
                        "You have named this one already. Change it where it stands above.",
                    ));
                }
                profiles
                    .set_condition(actor, &named.slug, audience("audience"), ticked("home"))
                    .await?;
            } else if form.starts_with("change-") {
                profiles
                    .set_condition(actor, slug, audience("audience"), ticked("home"))
                    .await?;
            } else if form.starts_with("remove-") {
                profiles.remove_condition(actor, slug).await?;
            } else {
                return Err(Error::NotFound);
            }
            Outcome::done("/settings/conditions?done=saved")
        }
        ProfilePage::Member(_) | ProfilePage::Members { .. } | ProfilePage::Seen { .. } => {
            return Err(Error::NotFound);
        }
    })
}
