//! The list of a condition's clinical trials: its order, its filters, its pages.

use domain::{
    Error,
    account::Actor,
    catalogue::Resolved,
    time::PartialDate,
    trials::{AgeGroup, NctId, Recruitment, Study, TrialFilter, TrialStatus, Trials},
};

use crate::{
    bed::Bed,
    trials::{dated, numbers, study, two},
};

contract! {
    recruiting_trials_come_first_then_the_last_update,
    lists_are_filtered,
    lists_go_on_behind_the_last_one,
    old_addresses_lead_to_the_condition,
    odd_addresses_are_not_found,
}

async fn recruiting_trials_come_first_then_the_last_update(bed: Bed) {
    use TrialStatus::{
        ActiveNotRecruiting, Completed, NotYetRecruiting, Recruiting, Terminated, Unknown,
    };
    bed.import(two()).await;
    bed.read_trials([
        dated(1, Completed, "2026-01-01"),
        dated(2, Recruiting, "2024-03"),
        dated(3, Recruiting, "2024-03-15"),
        dated(4, Unknown, "2026-01-02"),
        dated(5, Terminated, "2026-01-02"),
        dated(6, NotYetRecruiting, ""),
        dated(7, ActiveNotRecruiting, "2025"),
        dated(8, Recruiting, ""),
        dated(9, Recruiting, "2024-03"),
    ])
    .await;
    assert_eq!(
        bed.trials("alpha-disease").await,
        [3, 9, 2, 8, 6, 7, 5, 1, 4]
    );
    let alpha = bed.id("alpha-disease").await;
    let trials = bed.storage.trials();
    let first = trials.first_trials(Actor::Visitor, alpha).await.unwrap();
    assert_eq!(first.len(), 3);
    assert_eq!(first[0].id.as_str(), "NCT00000003");
}

pub(crate) fn of(
    recruitment: Option<Recruitment>,
    country: Option<&str>,
    age: Option<AgeGroup>,
) -> TrialFilter {
    TrialFilter {
        recruitment,
        country: country.map(str::to_owned),
        age,
    }
}

async fn lists_are_filtered(bed: Bed) {
    use Recruitment::{Ended, Open, Planned};
    bed.import(two()).await;
    let placed = |mut study: Study, countries: &[&str], ages: &[AgeGroup]| {
        study.trial.countries = countries.iter().map(|name| (*name).to_owned()).collect();
        study.trial.ages = ages.to_vec();
        study
    };
    let (child, adult, older) = (AgeGroup::Child, AgeGroup::Adult, AgeGroup::OlderAdult);
    bed.read_trials([
        placed(
            dated(1, TrialStatus::Recruiting, "2025"),
            &["France", "Japan"],
            &[adult],
        ),
        placed(
            dated(2, TrialStatus::Recruiting, "2024"),
            &["Japan"],
            &[child, adult],
        ),
        placed(
            dated(3, TrialStatus::Completed, "2026"),
            &["Côte d'Ivoire"],
            &[older],
        ),
        placed(dated(4, TrialStatus::Completed, "2025"), &[], &[]),
    ])
    .await;
    for (filter, expected) in [
        (of(None, None, None), &[1, 2, 3, 4][..]),
        (of(Some(Open), None, None), &[1, 2]),
        (of(Some(Ended), None, None), &[3, 4]),
        (of(Some(Planned), None, None), &[]),
        (of(None, Some("Japan"), None), &[1, 2]),
        (of(None, Some("France"), None), &[1]),
        (of(None, Some("Côte d'Ivoire"), None), &[3]),
        (of(None, Some("japan"), None), &[]),
        (of(None, Some("Peru"), None), &[]),
        (of(None, None, Some(child)), &[2, 4]),
        (of(None, None, Some(adult)), &[1, 2, 4]),
        (of(None, None, Some(older)), &[3, 4]),
        (of(Some(Open), Some("Japan"), Some(child)), &[2]),
        (of(Some(Ended), Some("Japan"), Some(child)), &[]),
    ] {
        let list = bed.list("alpha-disease", filter.clone(), None).await;
        assert_eq!(numbers(&list), expected, "{filter:?}");
        // The choice of countries stays.
        assert_eq!(list.countries, ["Côte d'Ivoire", "France", "Japan"]);
        assert_eq!(list.filter, filter);
    }
}

async fn lists_go_on_behind_the_last_one(bed: Bed) {
    bed.import(two()).await;
    let studies = (1..=45).map(|number| {
        let mut study = study(number, &["alpha disease"]);
        if number % 2 == 0 {
            study.trial.countries = vec!["Japan".to_owned()];
            study.trial.status = TrialStatus::Completed;
        }
        if number % 3 == 0 {
            study.trial.updated = PartialDate::parse("2026");
        }
        study
    });
    bed.read_trials(studies).await;
    for (filter, total) in [
        (of(None, None, None), 45),
        (of(None, Some("Japan"), None), 22),
    ] {
        let mut all = Vec::new();
        let mut after: Option<NctId> = None;
        loop {
            let at = after.as_ref().map(NctId::as_str);
            let list = bed.list("alpha-disease", filter.clone(), at).await;
            assert!(list.trials.len() <= 20);
            all.extend(numbers(&list));
            after = list.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(all.len(), total);
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), total, "one came twice");
    }
    // One that is elsewhere has no place here.
    for (slug, filter, after) in [
        ("beta-disease", of(None, None, None), "NCT00000001"),
        (
            "alpha-disease",
            of(None, Some("Japan"), None),
            "NCT00000001",
        ),
        ("alpha-disease", of(None, None, None), "NCT00000099"),
        ("alpha-disease", of(None, None, None), "x"),
        ("alpha-disease", of(None, None, None), ""),
    ] {
        let list = bed.try_list(slug, filter, Some(after)).await;
        assert_eq!(list, Err(Error::NotFound), "{slug} {after}");
    }
}

async fn old_addresses_lead_to_the_condition(bed: Bed) {
    bed.import(two()).await;
    let list = bed
        .try_list("Alpha Disease", TrialFilter::default(), None)
        .await;
    assert!(matches!(list, Ok(Resolved::Moved { slug }) if slug == "alpha-disease"));
}

async fn odd_addresses_are_not_found(bed: Bed) {
    bed.import(two()).await;
    for (slug, country) in [
        ("gamma", None),
        ("\0", None),
        ("alpha-disease", Some("\0".to_owned())),
        ("alpha-disease", Some(String::new())),
        ("alpha-disease", Some("x".repeat(10_000))),
    ] {
        let filter = of(None, country.as_deref(), None);
        let list = bed.try_list(slug, filter, None).await;
        assert_eq!(list, Err(Error::NotFound), "{slug}");
    }
    let filter = of(None, Some("' OR 1=1 --"), None);
    assert!(
        bed.list("alpha-disease", filter, None)
            .await
            .trials
            .is_empty()
    );
}
