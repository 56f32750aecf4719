//! The addresses of clinical trials, here and at the register.

use domain::trials::{AgeGroup, NctId, Recruitment, TrialFilter};

use crate::ui::query_encoded;

/// The register's home page.
pub const REGISTER: &str = "https://clinicaltrials.gov/";

/// The trials of a condition.
pub fn trials(slug: &str) -> String {
    format!("/communities/{slug}/trials")
}

/// A page of those that a filter lets through.
pub fn filtered(slug: &str, filter: &TrialFilter, after: Option<&str>) -> String {
    let mut path = trials(slug);
    let mut sign = '?';
    for (name, value) in [
        ("status", filter.recruitment.map(Recruitment::as_str)),
        ("country", filter.country.as_deref()),
        ("age", filter.age.map(AgeGroup::as_str)),
        ("after", after),
    ] {
        if let Some(value) = value {
            path.push(sign);
            path.push_str(name);
            path.push('=');
            path.push_str(&query_encoded(value));
            sign = '&';
        }
    }
    path
}

/// A study at the register.
pub fn study(id: &NctId) -> String {
    format!("{REGISTER}study/{id}")
}

/// The register's own search for a condition.
pub fn search(condition: &str) -> String {
    format!("{REGISTER}search?cond={}", query_encoded(condition))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::trials::{AgeGroup, Recruitment};

    #[test]
    fn addresses_are_as_the_server_keeps_them() {
        let filter = TrialFilter {
            recruitment: Some(Recruitment::Open),
            country: Some("Côte d'Ivoire & more".to_owned()),
            age: Some(AgeGroup::OlderAdult),
        };
        let path = filtered("a", &filter, Some("NCT00000001"));
        assert_eq!(
            path,
            "/communities/a/trials?status=open&country=C%C3%B4te+d%27Ivoire+%26+more\
             &age=older-adult&after=NCT00000001"
        );
        assert_eq!(filtered("a", &TrialFilter::default(), None), trials("a"));
        assert_eq!(
            search("Ehlers-Danlos & co"),
            "https://clinicaltrials.gov/search?cond=Ehlers-Danlos+%26+co"
        );
    }
}
