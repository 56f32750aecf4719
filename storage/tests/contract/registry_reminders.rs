//! Letters to guardians whose child becomes an adult.

use domain::{
    mail::Letter,
    registry::{Registry, Withdrawal, screening::Relationship},
};
use sea_orm::ConnectionTrait;

use crate::{
    bed::Bed,
    registry_majority::{TO_MAJORITY, answers},
};

contract! {
    a_guardian_is_reminded_once_each_time,
    nobody_is_reminded_of_what_is_done_or_ended,
}

async fn a_guardian_is_reminded_once_each_time(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    // Twins: one letter is about both.
    bed.child_of(ada).await;
    bed.child_of(ada).await;
    let registry = bed.storage.registry();
    let second = bed.second().await;
    bed.letters().await;
    // It is less than sixty days.
    for (days, sent) in [
        (0, 1),
        (1, 0),
        (TO_MAJORITY - 1, 1),
        (29, 0),
        (1, 1),
        (400, 0),
    ] {
        bed.days_pass(days);
        for expected in [sent, 0] {
            let told = registry.remind_of_majority().await;
            assert_eq!(told, Ok(expected), "{days}");
        }
        let other = second.storage.registry().remind_of_majority().await;
        assert_eq!(other, Ok(0), "another server has told nobody");
        let letters = bed.letters().await;
        assert_eq!(letters.len(), sent, "{days}");
        for letter in letters {
            assert!(letter == ("ada@example.org".to_owned(), Letter::DecisionNeeded));
        }
    }
}

async fn nobody_is_reminded_of_what_is_done_or_ended(bed: Bed) {
    let registry = bed.storage.registry();
    for grade in Withdrawal::ALL {
        let (who, at) = bed
            .guardian(&format!("{}@example.org", grade.as_str()))
            .await;
        registry.withdraw(who, &at, grade).await.unwrap();
    }
    let (ada, handed) = bed.guardian("ada@example.org").await;
    let kept = bed.child_of(ada).await;
    // Who has only begun has nothing to decide.
    let begun = bed.begins(ada).await;
    bed.answers_all(ada, &begun, answers()).await;
    let (grace, _) = bed.guardian("grace@example.org").await;
    bed.days_pass(TO_MAJORITY);
    let token = bed.link_of(ada, &handed).await;
    let young = bed.enroller("young@example.org").await;
    bed.takes_over(young, &token).await.unwrap();
    let right = Relationship::Guardian;
    registry.represent(ada, &kept, right).await.unwrap();
    bed.letters().await;
    // Of all of them one is open.
    assert_eq!(registry.remind_of_majority().await, Ok(1));
    let letters = bed.letters().await;
    assert!(letters == [("grace@example.org".to_owned(), Letter::DecisionNeeded)]);
    // One that cannot be read keeps nobody else from being told.
    let connection = bed.connection().await;
    let own = registry.enrolments(grace).await.unwrap();
    let sql = format!(
        "DELETE FROM registry_key WHERE pseudonym = '{}'",
        own[0].pseudonym
    );
    connection.execute_unprepared(&sql).await.unwrap();
    bed.days_pass(30);
    assert_eq!(registry.remind_of_majority().await, Ok(0));
}
