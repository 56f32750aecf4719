//! Clinical trials: reading them in, lists of them, and filters.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::{Catalogue, Resolved, Silent},
    time::PartialDate,
    trials::{
        AgeGroup, NctId, RefusedStudy, Study, Trial, TrialFilter, TrialList, TrialStatus, Trials,
        TrialsImport, TrialsReport,
    },
};

use crate::{
    bed::Bed,
    release::{Release, mondo, term},
    trial_lists::of,
};

contract! {
    trials_are_read_in_and_listed,
    the_same_again_is_unchanged,
    what_differs_is_changed_and_the_rest_stays,
    an_older_file_changes_nothing,
    a_trial_that_a_later_file_has_not_stays,
    the_sitemap_has_conditions_with_trials,
    more_trials_than_one_statement_takes,
    nothing_usable_changes_nothing,
    only_the_operator_reads_trials_in,
    no_register_is_credited_for_invented_trials,
}

/// Two conditions.
pub(crate) fn two() -> Release {
    mondo([
        term("MONDO:1", "alpha disease").code("MESH:D000001"),
        term("MONDO:2", "beta disease"),
    ])
}

/// A study about conditions of these names, which recruits.
pub(crate) fn study(number: u32, names: &[&str]) -> Study {
    let id = NctId::parse(&format!("NCT{number:08}")).unwrap();
    Study {
        trial: Trial {
            title: format!("Study {number}"),
            id,
            status: TrialStatus::Recruiting,
            study_type: None,
            phases: Vec::new(),
            least_age: None,
            most_age: None,
            ages: AgeGroup::ALL.to_vec(),
            sex: None,
            countries: Vec::new(),
            updated: PartialDate::parse("2025-05-17"),
            sponsor: None,
        },
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        codes: Vec::new(),
    }
}

/// The same at another point, as of another date.
pub(crate) fn dated(number: u32, status: TrialStatus, updated: &str) -> Study {
    let mut study = study(number, &["Alpha Disease"]);
    study.trial.status = status;
    study.trial.updated = PartialDate::parse(updated);
    study
}

pub(crate) fn file(studies: impl IntoIterator<Item = Study>) -> TrialsImport {
    let mut import = TrialsImport::default();
    for study in studies {
        import.read += 1;
        import.add(study);
    }
    import
}

/// Asks for a method with something sensible, for the walk along all of them.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let trials = bed.storage.trials();
    match method {
        "trials.trials" => {
            let list = trials.trials(actor, "alpha", TrialFilter::default(), None);
            list.await.map(drop)
        }
        "trials.first_trials" => {
            let alpha = bed.id("alpha").await;
            trials.first_trials(actor, alpha).await.map(drop)
        }
        "trials.sitemap" => trials.sitemap(actor, 0, 10).await.map(drop),
        "trials.import" => {
            let import = file([study(1, &["alpha"])]);
            trials.import(actor, import, &Silent).await.map(drop)
        }
        other => panic!("{other} is not walked"),
    }
}

impl Bed {
    pub(crate) async fn read_trials(
        &self,
        studies: impl IntoIterator<Item = Study>,
    ) -> TrialsReport {
        let trials = self.storage.trials();
        let import = trials.import(Actor::Operator, file(studies), &Silent);
        import.await.unwrap()
    }

    pub(crate) async fn try_list(
        &self,
        slug: &str,
        filter: TrialFilter,
        after: Option<&str>,
    ) -> Result<Resolved<TrialList>> {
        let trials = self.storage.trials();
        trials.trials(Actor::Visitor, slug, filter, after).await
    }

    pub(crate) async fn list(
        &self,
        slug: &str,
        filter: TrialFilter,
        after: Option<&str>,
    ) -> TrialList {
        match self.try_list(slug, filter, after).await {
            Ok(Resolved::Here(list)) => list,
            other => panic!("{slug} leads to {other:?}"),
        }
    }

    /// The numbers in the list of a condition.
    pub(crate) async fn trials(&self, slug: &str) -> Vec<u32> {
        numbers(&self.list(slug, TrialFilter::default(), None).await)
    }
}

pub(crate) fn numbers(list: &TrialList) -> Vec<u32> {
    let trials = list.trials.iter();
    trials
        .map(|trial| trial.id.as_str()[3..].parse().unwrap())
        .collect()
}

/// New, changed, unchanged, and without a condition.
fn counts(report: &TrialsReport) -> [u64; 4] {
    [
        report.new,
        report.changed,
        report.unchanged,
        report.unmatched,
    ]
}

async fn imports(bed: &Bed) -> i64 {
    bed.number("SELECT count(*) FROM event WHERE kind = 'trials.imported'")
        .await
}

async fn trials_are_read_in_and_listed(bed: Bed) {
    bed.import(two()).await;
    assert!(bed.trials("alpha-disease").await.is_empty());
    let mut whole = study(1, &["ALPHA disease", "something else"]);
    whole.trial.countries = vec!["France".to_owned(), "Japan".to_owned()];
    whole.trial.sponsor = Some("A hospital".to_owned());
    let report = bed
        .read_trials([whole.clone(), study(2, &["gamma disease"])])
        .await;
    assert_eq!((report.read, counts(&report)), (2, [2, 0, 0, 1]));
    let list = bed
        .list("alpha-disease", TrialFilter::default(), None)
        .await;
    assert_eq!(list.trials, [whole.trial]);
    assert_eq!(list.condition.name, "Alpha disease");
    assert_eq!(list.countries, ["France", "Japan"]);
    assert_eq!(
        (list.next, list.read_at),
        (None, Some(bed.storage.database().now()))
    );
    assert!(bed.trials("beta-disease").await.is_empty());
    let alpha = bed.id("alpha-disease").await;
    let trials = bed.storage.trials();
    let first = trials.first_trials(Actor::Visitor, alpha).await.unwrap();
    assert_eq!(first, list.trials);
    // The register is credited.
    let sources = bed
        .storage
        .catalogue()
        .sources(Actor::Visitor)
        .await
        .unwrap();
    let register = sources
        .iter()
        .find(|source| source.name == "ClinicalTrials.gov");
    assert_eq!(register.unwrap().release, "2026-01-03");
    assert_eq!(imports(&bed).await, 1);
}

async fn the_same_again_is_unchanged(bed: Bed) {
    bed.import(two()).await;
    let files = || [study(1, &["alpha disease"]), study(2, &["unknown"])];
    bed.read_trials(files()).await;
    bed.days_pass(3);
    let report = bed.read_trials(files()).await;
    assert_eq!(counts(&report), [0, 0, 2, 1]);
    assert_eq!(imports(&bed).await, 1);
    // Pages say when that was.
    let list = bed
        .list("alpha-disease", TrialFilter::default(), None)
        .await;
    assert_eq!(list.read_at, Some(bed.storage.database().now()));
}

async fn what_differs_is_changed_and_the_rest_stays(bed: Bed) {
    bed.import(two()).await;
    let mut first = study(1, &["alpha disease"]);
    first.trial.countries = vec!["Japan".to_owned()];
    bed.read_trials([first, study(2, &["alpha disease"])]).await;
    // Another title, status, date, country and condition.
    let mut changed = dated(1, TrialStatus::Completed, "2025-06");
    changed.names = vec!["beta disease".to_owned()];
    changed.trial.countries = vec!["Peru".to_owned()];
    changed.trial.title = "Another title".to_owned();
    let report = bed
        .read_trials([changed.clone(), study(2, &["alpha disease"])])
        .await;
    assert_eq!(counts(&report), [0, 1, 1, 0]);
    assert_eq!(bed.trials("alpha-disease").await, [2]);
    let list = bed.list("beta-disease", TrialFilter::default(), None).await;
    assert_eq!(list.trials, [changed.trial]);
    assert_eq!(list.countries, ["Peru"]);
    assert_eq!(imports(&bed).await, 2);
    assert_eq!(bed.number("SELECT count(*) FROM trial_subject").await, 2);
}

async fn an_older_file_changes_nothing(bed: Bed) {
    bed.import(two()).await;
    bed.read_trials([dated(1, TrialStatus::Completed, "2025-05-17")])
        .await;
    for older in ["2025-05-16", "2025-04", "2024"] {
        let report = bed
            .read_trials([dated(1, TrialStatus::Recruiting, older)])
            .await;
        assert_eq!(counts(&report), [0, 0, 1, 0], "{older}");
    }
    let list = bed
        .list("alpha-disease", TrialFilter::default(), None)
        .await;
    assert_eq!(list.trials[0].status, TrialStatus::Completed);
    // Without a date nobody can tell which is older.
    let report = bed
        .read_trials([dated(1, TrialStatus::Recruiting, "")])
        .await;
    assert_eq!(counts(&report), [0, 1, 0, 0]);
}

async fn a_trial_that_a_later_file_has_not_stays(bed: Bed) {
    bed.import(two()).await;
    bed.read_trials([study(1, &["alpha disease"]), study(2, &["alpha disease"])])
        .await;
    let before = bed.storage.database().now();
    bed.days_pass(1);
    bed.read_trials([study(2, &["alpha disease"])]).await;
    assert_eq!(bed.trials("alpha-disease").await, [2, 1]);
    // What the page says is as old as the oldest of it.
    let list = bed
        .list("alpha-disease", TrialFilter::default(), None)
        .await;
    assert_eq!(list.read_at, Some(before));
}

async fn the_sitemap_has_conditions_with_trials(bed: Bed) {
    bed.import(two()).await;
    let trials = bed.storage.trials();
    assert_eq!(trials.sitemap(Actor::Visitor, 0, 10).await, Ok(vec![]));
    bed.read_trials([study(1, &["beta disease"]), study(2, &["beta disease"])])
        .await;
    bed.days_pass(1);
    bed.read_trials([study(1, &["beta disease"])]).await;
    let entries = trials.sitemap(Actor::Visitor, 0, 10).await.unwrap();
    let entries: Vec<_> = entries
        .iter()
        .map(|entry| (entry.slug.as_str(), entry.updated.as_str()))
        .collect();
    // Read again is not changed.
    assert_eq!(entries, [("beta-disease", "2026-01-03")]);
    assert_eq!(trials.sitemap(Actor::Visitor, 1, 10).await, Ok(vec![]));
}

async fn more_trials_than_one_statement_takes(bed: Bed) {
    bed.import(two()).await;
    let many = || {
        (0..1_201).map(|number| {
            let mut study = study(number, &["alpha disease", "beta disease", "x"]);
            study.trial.countries = vec!["France".to_owned(), "Japan".to_owned()];
            study
        })
    };
    assert_eq!(counts(&bed.read_trials(many()).await), [1_201, 0, 0, 0]);
    let rows = bed.number("SELECT count(*) FROM trial_condition").await;
    assert_eq!(rows, 1_201 * 2 * 3);
    assert_eq!(counts(&bed.read_trials(many()).await), [0, 0, 1_201, 0]);
    // A study in 200 countries about many conditions.
    let mut wide = study(5_000, &["alpha disease", "beta disease"]);
    wide.trial.countries = (0..200).map(|number| format!("Land {number:03}")).collect();
    wide.names
        .extend((0..1_000).map(|number| format!("name {number}")));
    bed.read_trials([wide]).await;
    let list = bed
        .list("beta-disease", of(None, Some("Land 199"), None), None)
        .await;
    assert_eq!(numbers(&list), [5_000]);
    assert_eq!(list.countries.len(), 202);
}

async fn nothing_usable_changes_nothing(bed: Bed) {
    bed.import(two()).await;
    let before = bed.changed();
    let refused = RefusedStudy {
        file: "a".to_owned(),
        study: 1,
        subject: String::new(),
        reason: "it has no nctId".to_owned(),
    };
    let mut import = file([]);
    import.read = 1;
    import.refused = vec![refused.clone()];
    let trials = bed.storage.trials();
    let report = trials
        .import(Actor::Operator, import, &Silent)
        .await
        .unwrap();
    assert_eq!((report.read, report.refused), (1, vec![refused]));
    assert_eq!(bed.changed(), before);
    assert_eq!(imports(&bed).await, 0);
}

async fn only_the_operator_reads_trials_in(bed: Bed) {
    let trials = bed.storage.trials();
    let import = trials.import(Actor::Visitor, file([study(1, &[])]), &Silent);
    assert!(matches!(import.await, Err(Error::Forbidden { .. })));
    assert_eq!(bed.number("SELECT count(*) FROM trial").await, 0);
}

async fn no_register_is_credited_for_invented_trials(bed: Bed) {
    bed.with_conditions().await;
    bed.read_trials([study(99_990_001, &["Alpha Disease"])])
        .await;
    let credits = "SELECT name FROM source WHERE name LIKE '%rials%'";
    assert_eq!(bed.texts(credits).await, ["Invented clinical trials"]);
    bed.read_trials([study(1, &["Alpha Disease"])]).await;
    let mut names = bed.texts(credits).await;
    names.sort();
    assert_eq!(names, ["ClinicalTrials.gov", "Invented clinical trials"]);
}
