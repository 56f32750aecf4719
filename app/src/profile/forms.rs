//! The fields of the forms on which people choose what others see of them.

use domain::{
    Error, FieldError, account::display_name_shape, policy::Audience, profile::check_about,
};
use serde::Deserialize;

use super::api;
use crate::ui::form::PageForm;

/// `/settings/profile`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProfileFields {
    /// The name that others see.
    pub name: String,
    /// Who sees the name.
    pub name_audience: Audience,
    /// The text about the person, as Markdown.
    pub about: String,
    /// Who sees the text.
    pub about_audience: Audience,
    /// Who finds the person in lists of members.
    pub listed_audience: Audience,
    /// Whether search engines may list the profile.
    pub search_engines: bool,
}

impl PageForm for ProfileFields {
    type Call = api::ChangeProfile;

    fn check(&self) -> Vec<FieldError> {
        [
            display_name_shape("name", &self.name).err(),
            check_about("about", &self.about).err(),
        ]
        .into_iter()
        .flatten()
        .flat_map(|error| match error {
            Error::Invalid { fields } => fields,
            _ => Vec::new(),
        })
        .collect()
    }
}

/// `/settings/picture`: who sees the picture that there is.
#[derive(Clone, Debug, Deserialize)]
pub struct PictureAudienceFields {
    /// Who sees it.
    pub audience: Audience,
}

impl PageForm for PictureAudienceFields {
    type Call = api::ShowPicture;
}

/// `/settings/picture`: a new picture, whose file has the name `picture`.
#[derive(Clone, Debug, Deserialize)]
pub struct PictureFields {
    /// Who sees it.
    pub audience: Audience,
}

impl PageForm for PictureFields {
    type Call = api::SetPicture;
    const FILES: bool = true;
}

/// `/settings/picture`: no picture any more.
#[derive(Clone, Debug, Deserialize)]
pub struct RemovePictureFields {}

impl PageForm for RemovePictureFields {
    type Call = api::RemovePicture;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The choices send the one, and the fields are read by the other.
    #[test]
    fn audiences_have_the_same_name_in_forms_and_fields() {
        for audience in Audience::ALL {
            let name = serde_json::to_value(audience).unwrap();
            assert_eq!(name, audience.as_str());
        }
    }
}
