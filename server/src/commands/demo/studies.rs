//! The clinical trials of the demonstration: made up, and read in as those of the register are.

use anyhow::{Result, ensure};
use domain::{
    account::Actor,
    catalogue::Silent,
    time::{Clock, Timestamp},
    trials::{Trials, TrialsImport},
};
use serde::Deserialize;
use serde_json::json;
use storage::Storage;

use super::{
    cast::{MINUTE, PlayedClock},
    script::{Ago, Community},
};
use crate::import;

/// When they are read in. What is newer than that cannot be known.
pub(super) const IMPORTED: Ago = Ago(2 * 24 * 60);

/// A study, in the words of the register.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Study {
    /// One that the register will never give: `NCT9999` and four digits.
    id: String,
    title: String,
    status: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    phases: Vec<String>,
    #[serde(default = "all")]
    sex: String,
    least_age: Option<String>,
    most_age: Option<String>,
    countries: Vec<String>,
    sponsor: String,
    /// What it says it is about.
    condition: String,
    updated: Ago,
}

fn all() -> String {
    "ALL".to_owned()
}

impl Study {
    /// As the API of the register would answer.
    fn record(&self, present: i64) -> String {
        let updated = Timestamp(present - self.updated.0 * MINUTE).iso_date();
        let places: Vec<_> = self
            .countries
            .iter()
            .map(|country| json!({ "country": country }))
            .collect();
        json!({ "protocolSection": {
            "identificationModule": { "nctId": self.id, "briefTitle": self.title },
            "statusModule": {
                "overallStatus": self.status,
                "lastUpdatePostDateStruct": { "date": updated },
            },
            "sponsorCollaboratorsModule": { "leadSponsor": { "name": self.sponsor } },
            "conditionsModule": { "conditions": [self.condition] },
            "designModule": { "studyType": self.kind, "phases": self.phases },
            "eligibilityModule": {
                "sex": self.sex,
                "minimumAge": self.least_age,
                "maximumAge": self.most_age,
            },
            "contactsLocationsModule": { "locations": places },
        } })
        .to_string()
    }

    /// That nobody can take it for a real one.
    pub(super) fn check(&self) -> Result<()> {
        ensure!(
            self.title.ends_with("(invented)") && self.sponsor.ends_with("(invented)"),
            "{} may be taken for a real study",
            self.title
        );
        ensure!(self.updated > IMPORTED, "{} is too new", self.title);
        Ok(())
    }
}

/// Reads those of all communities in.
pub(super) async fn import(
    storage: &Storage,
    clock: &PlayedClock,
    communities: &[Community],
) -> Result<()> {
    let present = clock.now().0 + IMPORTED.0 * MINUTE;
    let mut found = TrialsImport::default();
    for study in communities.iter().flat_map(|community| &community.trial) {
        let read = import::invented_study(&study.record(present)).map_err(anyhow::Error::msg)?;
        found.read += 1;
        found.add(read);
    }
    let store = storage.trials();
    let report = store.import(Actor::Operator, found, &Silent).await?;
    ensure!(
        report.repeated == 0 && report.unmatched == 0,
        "a study is there twice, or about no condition: {report:?}"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::trials::{Recruitment, TrialStatus};

    use super::*;
    use crate::commands::demo::script::Script;

    #[test]
    fn each_community_has_studies_that_recruit_and_others() {
        let script = Script::read().unwrap();
        for community in &script.communities {
            let open = community.trial.iter().filter(|study| {
                TrialStatus::from_register(&study.status).recruitment() == Recruitment::Open
            });
            let (open, all) = (open.count(), community.trial.len());
            assert!(
                open > 0 && open < all,
                "{}: {open} of {all}",
                community.slug
            );
        }
    }

    #[test]
    fn every_study_is_read_whole() {
        let script = Script::read().unwrap();
        for study in script.communities.iter().flat_map(|one| &one.trial) {
            let read = import::invented_study(&study.record(1_795_435_200_000_000)).unwrap();
            let trial = read.trial;
            assert_eq!(trial.title, study.title);
            assert_eq!(trial.status.as_str(), study.status);
            assert_eq!(trial.countries.len(), study.countries.len());
            assert_eq!(trial.phases.len(), study.phases.len());
            assert!(trial.study_type.is_some() && trial.sex.is_some());
            assert_eq!(trial.least_age.is_some(), study.least_age.is_some());
            assert_eq!(trial.most_age.is_some(), study.most_age.is_some());
        }
        let real = "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00985959\"}}}";
        assert!(import::invented_study(real).is_err());
    }
}
