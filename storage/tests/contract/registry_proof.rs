//! For how long it is kept what somebody who has left had signed.

use domain::{
    Error,
    account::{Accounts, Actor},
    registry::{
        Registry, RegistryDesk, Withdrawal,
        consent::{Document, DocumentFor},
    },
};
use storage::MasterKey;

use crate::{
    bed::Bed,
    people::{PASSWORD, field, password},
    registry::{ADULT, document, own_answers, signing},
    registry_desk::ADA,
};

contract! {
    proof_is_kept_for_as_long_as_the_consent_says,
    nobody_is_left_to_be_found_afterwards,
    what_names_no_end_is_kept,
    who_deletes_their_account_has_an_end_as_well,
}

/// A day less than ten years.
const ALMOST: i64 = 3_652;

const KEYS: &str = "SELECT count(*) FROM registry_key";
const EVENTS: &str = "SELECT count(*) FROM registry_event";

fn kept_for_ten_years(whom: DocumentFor) -> Document {
    Document {
        proof_years: Some(10),
        ..document(whom, 2)
    }
}

impl Bed {
    /// An adult who has signed that proof is kept for ten years.
    async fn enrolled_for_ten_years(&self, address: &str) -> (Actor, String) {
        let ada = self.enroller(address).await;
        let documents = [kept_for_ten_years(ADULT)];
        let registry = self.storage.registry();
        assert_eq!(registry.put_up(&documents).await, Ok(Vec::new()));
        let at = self.begins(ada).await;
        self.answers_all(ada, &at, own_answers()).await;
        self.sign(ada, &at, signing(ADULT, 2)).await.unwrap();
        self.allows(ada, &at).await;
        (ada, at)
    }

    async fn destroyed(&self) -> usize {
        let registry = self.storage.registry();
        registry.destroy_consent_keys().await.unwrap()
    }
}

async fn proof_is_kept_for_as_long_as_the_consent_says(bed: Bed) {
    let (ada, at) = bed.enrolled_for_ten_years(ADA).await;
    let stays = bed.begins(ada).await;
    let registry = bed.storage.registry();
    // Who takes part is never forgotten.
    bed.days_pass(20 * 366);
    assert_eq!(bed.destroyed().await, 0);
    let left = registry.withdraw(ada, &at, Withdrawal::Deletion).await;
    assert!(left.is_ok());
    let (ledger, events) = (
        registry.ledger(ada, &at).await.unwrap(),
        bed.number(EVENTS).await,
    );
    bed.days_pass(ALMOST);
    assert_eq!(bed.destroyed().await, 0);
    assert_eq!(registry.ledger(ada, &at).await, Ok(ledger));
    assert_eq!(bed.number(KEYS).await, 3);

    bed.days_pass(2);
    assert_eq!(bed.destroyed().await, 1);
    assert_eq!(bed.destroyed().await, 0, "once");
    assert_eq!(bed.number(KEYS).await, 2, "those of somebody else");
    // The rows stay, and hold.
    assert_eq!(bed.number(EVENTS).await, events);
    let rows = u64::try_from(events).unwrap();
    assert_eq!(registry.verify().await, Ok((rows, None)));
    // Nobody reads them.
    assert_eq!(bed.enrolment(ada, &at).await, Err(Error::NotFound));
    assert_eq!(registry.ledger(ada, &at).await, Err(Error::NotFound));
    let data = registry.own_data(ada, &at).await;
    assert_eq!(data.map(drop), Err(Error::NotFound));
    let again = registry.withdraw(ada, &at, Withdrawal::Deletion).await;
    assert_eq!(again, Err(Error::NotFound));
    let all = registry.enrolments(ada).await.unwrap();
    let all: Vec<_> = all.into_iter().map(|own| own.address).collect();
    assert_eq!(all, [stays]);
    assert_eq!(registry.ledgers(ada).await.unwrap().len(), 1);
    assert_eq!(registry.remind_of_majority().await, Ok(0));
}

async fn nobody_is_left_to_be_found_afterwards(bed: Bed) {
    let (ada, at) = bed.enrolled_for_ten_years(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    bed.breaks_glass(&staff, &code).await.unwrap();
    let registry = bed.storage.registry();
    let left = registry.withdraw(ada, &at, Withdrawal::Deletion).await;
    assert!(left.is_ok());
    let found = registry.find_participant(staff.actor, &code).await;
    assert_eq!(found, Ok(code.clone()));
    bed.days_pass(ALMOST + 3);
    assert_eq!(bed.destroyed().await, 1);
    let found = registry.find_participant(staff.actor, &code).await;
    assert_eq!(field(found), "code");
    let seen = registry.participant(staff.actor, &code).await;
    assert_eq!(seen.map(drop), Err(Error::NotFound));
    // Another master key misses nothing.
    bed.storage.has_its_key().await.unwrap();
    let rotation = bed.storage.rotation(&MasterKey::new(&[2; 32]));
    rotation.switch().await.unwrap();
    rotation.seal_anew().await.unwrap();
    let events = u64::try_from(bed.number(EVENTS).await).unwrap();
    assert_eq!(registry.verify().await, Ok((events, None)));
}

async fn what_names_no_end_is_kept(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let registry = bed.storage.registry();
    // One of the two that they have signed states no time.
    let second = [kept_for_ten_years(ADULT)];
    assert_eq!(registry.put_up(&second).await, Ok(Vec::new()));
    bed.sign(ada, &at, signing(ADULT, 2)).await.unwrap();
    let left = registry.withdraw(ada, &at, Withdrawal::Deletion).await;
    assert!(left.is_ok());
    bed.days_pass(100 * 366);
    assert_eq!(bed.destroyed().await, 0);
    assert!(registry.ledger(ada, &at).await.is_ok());
}

async fn who_deletes_their_account_has_an_end_as_well(bed: Bed) {
    let (ada, at) = bed.enrolled_for_ten_years(ADA).await;
    let (grace, _) = bed.enrolled_for_ten_years("grace@example.org").await;
    let registry = bed.storage.registry();
    let left = registry.withdraw(ada, &at, Withdrawal::Deletion).await;
    assert!(left.is_ok());
    // The time counts from when the answers were deleted.
    bed.days_pass(365);
    for actor in [ada, grace] {
        let accounts = bed.storage.accounts();
        let deleted = accounts.delete(actor, &password(PASSWORD), false).await;
        deleted.unwrap();
    }
    bed.days_pass(ALMOST + 3 - 365);
    assert_eq!(bed.destroyed().await, 1);
    assert_eq!(bed.number(KEYS).await, 1);
    bed.days_pass(366);
    assert_eq!(bed.destroyed().await, 1);
    assert_eq!(bed.number(KEYS).await, 0);
    let rows = u64::try_from(bed.number(EVENTS).await).unwrap();
    assert_eq!(registry.verify().await, Ok((rows, None)));
}
