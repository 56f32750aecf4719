//! Answers that come late: from a form that waited for the net, or from another page.

use domain::{
    Error,
    account::Country,
    registry::{
        Former, Registry, Step, Withdrawal,
        permissions::{Duration, PermissionAnswer},
        screening::{Answer, ConditionAnswer, Question, Status},
    },
    time::CalendarDate,
};

use crate::{
    bed::Bed,
    registry::{own_answers, sparing},
};

contract! {
    a_permission_that_waited_does_not_replace_a_newer_one,
    an_answer_of_step_one_that_waited_does_not_either,
    what_is_chosen_once_more_holds,
    a_withdrawal_wins_over_what_waited,
}

async fn a_permission_that_waited_does_not_replace_a_newer_one(bed: Bed) {
    let (ada, at) = bed.enrolled("ada@example.org").await;
    let registry = bed.storage.registry();
    let (yes, no) = (
        PermissionAnswer::Matching(true),
        PermissionAnswer::Matching(false),
    );
    let set = async |answer: &PermissionAnswer, seen: u32| {
        let set = registry.set_permission(ada, &at, answer.clone(), Some(seen));
        set.await
    };
    // Two pages have shown the first "no". One of them is sent, and then another that says "no" again.
    assert_eq!(set(&yes, 1).await, Ok(Step::Enrolled));
    // The same form, sent twice.
    assert_eq!(set(&yes, 1).await, Ok(Step::Enrolled));
    assert_eq!(set(&no, 2).await, Ok(Step::Enrolled));
    let number = "SELECT count(*) FROM registry_event";
    let happened = i64::try_from(sparing().len()).unwrap() + 3;
    assert_eq!(bed.number(number).await, happened);
    let other = PermissionAnswer::Results(true);
    // The second "no" is a decision of its own, which neither page has seen.
    for seen in [0, 1, 2] {
        assert_eq!(set(&yes, seen).await, Err(Error::Conflict), "{seen}");
    }
    let set = registry.set_permission(ada, &at, other, Some(1)).await;
    assert_eq!(set, Ok(Step::Enrolled), "another question is another");
    assert_eq!(bed.number(number).await, happened + 1);
    let own = bed.enrolment(ada, &at).await.unwrap().enrolment;
    let kept = own.permissions.answer(no.permission());
    assert_eq!(kept, Some(&no));
}

async fn an_answer_of_step_one_that_waited_does_not_either(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    let at = bed.begins(ada).await;
    bed.answers_all(ada, &at, own_answers()).await;
    let registry = bed.storage.registry();
    let country = |code| Answer::Country(Country::from_code(code).unwrap());
    let answer = async |answer: Answer, former: Option<Answer>| {
        let former = Former::known(former);
        registry.answer(ada, &at, answer, former).await.map(drop)
    };
    assert_eq!(answer(country("FR"), Some(country("DE"))).await, Ok(()));
    assert_eq!(answer(country("FR"), Some(country("DE"))).await, Ok(()));
    let late = answer(country("IT"), Some(country("DE"))).await;
    assert_eq!(late, Err(Error::Conflict));
    let late = answer(country("IT"), None).await;
    assert_eq!(late, Err(Error::Conflict));
    let own = bed.enrolment(ada, &at).await.unwrap().enrolment;
    let kept = own.screening.answer(Question::Country);
    assert_eq!(kept, Some(&country("FR")));
    // What was typed is known by what the page showed of it.
    let described = |words: &str| Answer::Condition(ConditionAnswer::Described(words.to_owned()));
    let shown = Some(described("Canary syndrome"));
    assert_eq!(answer(described("Another"), shown.clone()).await, Ok(()));
    let late = answer(described("A third"), shown).await;
    assert_eq!(late, Err(Error::Conflict));
    // A page that does not say is taken at its word.
    let status = Answer::Status(Status::Suspected);
    let said = registry.answer(ada, &at, status, Former::unknown()).await;
    assert!(said.is_ok());
}

async fn what_is_chosen_once_more_holds(bed: Bed) {
    let (ada, at) = bed.enrolled("ada@example.org").await;
    let registry = bed.storage.registry();
    let any = PermissionAnswer::Research(domain::registry::permissions::ResearchScope::Any);
    let asked = registry.set_permission(ada, &at, any, None);
    asked.await.unwrap();
    let day = |iso| CalendarDate::parse(iso).unwrap();
    let five = |iso| PermissionAnswer::Duration(Duration::FiveYears, day(iso));
    let set = registry.set_permission(ada, &at, five("1970-01-01"), Some(0));
    set.await.unwrap();
    let number = "SELECT count(*) FROM registry_event";
    let happened = bed.number(number).await;
    // The answer got lost on its way, and the browser tries again tomorrow: the five years count from today on.
    bed.days_pass(1);
    let again = registry.set_permission(ada, &at, five("1970-01-01"), Some(0));
    assert!(again.await.is_ok());
    assert_eq!(bed.number(number).await, happened);
    // Who chooses it again from its page begins them anew.
    let renewed = registry.set_permission(ada, &at, five("1970-01-01"), Some(1));
    assert!(renewed.await.is_ok());
    assert_eq!(bed.number(number).await, happened + 1);
}

async fn a_withdrawal_wins_over_what_waited(bed: Bed) {
    let (ada, at) = bed.enrolled("ada@example.org").await;
    let registry = bed.storage.registry();
    let today = CalendarDate::of(bed.storage.database().now());
    let contact = PermissionAnswer::StudyContact(true);
    registry
        .withdraw(ada, &at, Withdrawal::NoContact)
        .await
        .unwrap();
    // What may be done with the data can still be said; that nobody is contacted stays.
    let late = registry.set_permission(ada, &at, contact, Some(1)).await;
    assert!(late.is_ok());
    let own = bed.enrolment(ada, &at).await.unwrap().enrolment;
    assert!(!own.is_contacted(today));
    for grade in [Withdrawal::NoNewUse, Withdrawal::Deletion] {
        registry.withdraw(ada, &at, grade).await.unwrap();
        for seen in [Some(2), None] {
            let answer = PermissionAnswer::StudyContact(false);
            let late = registry.set_permission(ada, &at, answer, seen).await;
            assert_eq!(late.unwrap_err().status(), 403, "{grade:?}");
        }
        let own = bed.enrolment(ada, &at).await.unwrap();
        assert_eq!(own.step, Step::Withdrawn(grade));
    }
}
