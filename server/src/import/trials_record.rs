//! One study in the JSON of ClinicalTrials.gov (<https://clinicaltrials.gov/data-api/about-api>, version
//! 2). All fields but the number may be missing; those that are not shown are not looked at.

use std::collections::BTreeSet;

use domain::{
    catalogue::{Code, CodeSystem},
    text::plain_line,
    time::PartialDate,
    trials::{AgeGroup, AgeLimit, NctId, Phase, Sex, Study, StudyType, Trial, TrialStatus},
};
use serde::Deserialize;

/// In characters. The register allows 300 for a brief title and 600 for an official one.
const TITLE_LONGEST: usize = 600;
/// The same for sponsors and countries.
const NAME_LONGEST: usize = 200;
/// The longest name of a condition that is compared with the catalogue, whose longest has 408.
const CONDITION_LONGEST: usize = 500;
/// More conditions than a study has; some have a hundred.
const MOST_CONDITIONS: usize = 1_000;
/// More countries than there are.
const MOST_COUNTRIES: usize = 300;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    protocol_section: Option<Protocol>,
    derived_section: Option<Derived>,
}

#[expect(clippy::struct_field_names, reason = "the names of the register")]
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Protocol {
    identification_module: Option<Identification>,
    status_module: Option<Status>,
    sponsor_collaborators_module: Option<Sponsors>,
    conditions_module: Option<Conditions>,
    design_module: Option<Design>,
    eligibility_module: Option<Eligibility>,
    contacts_locations_module: Option<Places>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identification {
    nct_id: Option<String>,
    brief_title: Option<String>,
    official_title: Option<String>,
}

#[expect(clippy::struct_field_names, reason = "the names of the register")]
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    overall_status: Option<String>,
    last_update_post_date_struct: Option<DateStruct>,
    last_update_submit_date: Option<String>,
    status_verified_date: Option<String>,
}

#[derive(Deserialize)]
struct DateStruct {
    date: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sponsors {
    lead_sponsor: Option<Sponsor>,
}

#[derive(Deserialize)]
struct Sponsor {
    name: Option<String>,
}

#[derive(Default, Deserialize)]
struct Conditions {
    conditions: Option<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Design {
    study_type: Option<String>,
    phases: Option<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Eligibility {
    sex: Option<String>,
    minimum_age: Option<String>,
    maximum_age: Option<String>,
    std_ages: Option<Vec<String>>,
}

#[derive(Default, Deserialize)]
struct Places {
    locations: Option<Vec<Place>>,
}

#[derive(Deserialize)]
struct Place {
    country: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Derived {
    condition_browse_module: Option<Browse>,
}

#[derive(Deserialize)]
struct Browse {
    /// Terms of MeSH for the conditions. What is above them, `ancestors`, is about more than the study.
    meshes: Option<Vec<Mesh>>,
}

#[derive(Deserialize)]
struct Mesh {
    id: Option<String>,
    term: Option<String>,
}

/// A study out of its JSON, or its number, as far as it has one, and why it cannot be used.
pub(super) fn study(json: &str) -> Result<Study, (String, String)> {
    let record: Record = serde_json::from_str(json).map_err(|error| {
        let problem = error.to_string();
        // The library counts lines within the study.
        let problem = problem.split(" at line ").next().unwrap_or_default();
        (
            number(json),
            format!("a field is not as it should be: {problem}"),
        )
    })?;
    let protocol = record.protocol_section.unwrap_or_default();
    let identification = protocol.identification_module.unwrap_or_default();
    let number = identification.nct_id.unwrap_or_default();
    let Some(id) = NctId::parse(&number) else {
        let reason = if number.is_empty() {
            "it has no nctId"
        } else {
            "its nctId is not NCT and eight digits"
        };
        return Err((plain_line(&number, NAME_LONGEST), reason.to_owned()));
    };
    let refused = |reason: &str| (id.as_str().to_owned(), reason.to_owned());
    let meshes = record
        .derived_section
        .and_then(|derived| derived.condition_browse_module?.meshes)
        .unwrap_or_default();
    let conditions = protocol.conditions_module.unwrap_or_default();
    let conditions = conditions.conditions.unwrap_or_default();
    if conditions.len() + meshes.len() > MOST_CONDITIONS {
        return Err(refused(
            "it names more conditions than a study can be about",
        ));
    }
    let places = protocol.contacts_locations_module.unwrap_or_default();
    let countries = countries(places);
    if countries.len() > MOST_COUNTRIES {
        return Err(refused("it names more countries than there are"));
    }
    let terms = meshes.iter().filter_map(|mesh| mesh.term.clone());
    let names: BTreeSet<String> = conditions
        .into_iter()
        .chain(terms)
        .map(|name| plain_line(&name, usize::MAX))
        .filter(|name| !name.is_empty() && name.chars().count() <= CONDITION_LONGEST)
        .collect();
    let codes: BTreeSet<Code> = meshes
        .iter()
        .filter_map(|mesh| Code::new(CodeSystem::Mesh, mesh.id.as_deref()?))
        .collect();
    let design = protocol.design_module.unwrap_or_default();
    let phases = design.phases.unwrap_or_default();
    let phases: BTreeSet<Phase> = phases
        .iter()
        .filter_map(|phase| Phase::from_register(phase))
        .collect();
    let eligibility = protocol.eligibility_module.unwrap_or_default();
    let limit = |age: &Option<String>| age.as_deref().and_then(AgeLimit::parse);
    let (least_age, most_age) = (
        limit(&eligibility.minimum_age),
        limit(&eligibility.maximum_age),
    );
    let status = protocol.status_module.unwrap_or_default();
    let sponsors = protocol.sponsor_collaborators_module.unwrap_or_default();
    Ok(Study {
        names: names.into_iter().collect(),
        codes: codes.into_iter().collect(),
        trial: Trial {
            title: [identification.brief_title, identification.official_title]
                .into_iter()
                .flatten()
                .map(|title| plain_line(&title, TITLE_LONGEST))
                .find(|title| !title.is_empty())
                .unwrap_or(number),
            id,
            status: status
                .overall_status
                .as_deref()
                .map(TrialStatus::from_register)
                .unwrap_or_default(),
            study_type: design
                .study_type
                .as_deref()
                .and_then(StudyType::from_register),
            phases: phases.into_iter().collect(),
            least_age,
            most_age,
            ages: ages(eligibility.std_ages, least_age, most_age),
            sex: eligibility.sex.as_deref().and_then(Sex::from_register),
            countries: countries.into_iter().collect(),
            updated: updated(status),
            sponsor: sponsors
                .lead_sponsor
                .and_then(|sponsor| sponsor.name)
                .map(|name| plain_line(&name, NAME_LONGEST))
                .filter(|name| !name.is_empty()),
        },
    })
}

/// The date of the last update that there is.
fn updated(status: Status) -> Option<PartialDate> {
    let posted = status
        .last_update_post_date_struct
        .and_then(|posted| posted.date);
    [
        posted,
        status.last_update_submit_date,
        status.status_verified_date,
    ]
    .into_iter()
    .flatten()
    .find_map(|date| PartialDate::parse(&date))
}

/// Who can take part: as the register says, else by the limits of age.
fn ages(
    named: Option<Vec<String>>,
    least: Option<AgeLimit>,
    most: Option<AgeLimit>,
) -> Vec<AgeGroup> {
    let named = named.unwrap_or_default();
    let named: BTreeSet<AgeGroup> = named
        .iter()
        .filter_map(|group| AgeGroup::from_register(group))
        .collect();
    if named.is_empty() && (least.is_some() || most.is_some()) {
        AgeGroup::within(least, most)
    } else {
        named.into_iter().collect()
    }
}

fn countries(places: Places) -> BTreeSet<String> {
    let places = places.locations.unwrap_or_default().into_iter();
    places
        .filter_map(|place| place.country)
        .map(|country| plain_line(&country, NAME_LONGEST))
        .filter(|country| !country.is_empty())
        .collect()
}

/// The number of a study that cannot be read otherwise.
fn number(json: &str) -> String {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Numbered {
        protocol_section: Section,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Section {
        identification_module: Identified,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Identified {
        nct_id: String,
    }
    serde_json::from_str::<Numbered>(json)
        .map(|numbered| {
            plain_line(
                &numbered.protocol_section.identification_module.nct_id,
                NAME_LONGEST,
            )
        })
        .unwrap_or_default()
}
