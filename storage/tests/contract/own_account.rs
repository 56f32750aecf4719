//! What people do with their own account, and how attempts at it are slowed down.

use domain::{
    Error,
    account::{Accounts, Actor, Country, ModerationAction, Relation, Role, Standing},
    mail::Letter,
};
use sea_orm::ConnectionTrait;

use crate::{
    bed::Bed,
    people::{PASSWORD, client, email, field, from, known, link, password, submission},
};

contract! {
    nobody_else_has_an_own_account,
    measures_need_a_reason_and_somebody_else,
    who_is_suspended_controls_the_account_but_not_the_profile,
    what_nobody_else_sees_is_changed,
    a_password_is_changed_with_the_present_one,
    an_address_moves_once_the_new_one_is_confirmed,
    an_address_that_is_taken_is_not_given_away,
    devices_are_listed_and_signed_out,
    an_account_is_deleted_at_once,
    attempts_from_elsewhere_wait_and_the_owner_does_not,
    a_network_is_slowed_down_across_accounts,
    many_attempts_at_once_are_few,
    letters_are_taken_once_and_again_after_a_failure,
}

async fn nobody_else_has_an_own_account(bed: Bed) {
    let accounts = bed.storage.accounts();
    for actor in [Actor::Visitor, Actor::Operator] {
        assert_eq!(accounts.account(actor).await, Err(Error::Unauthenticated));
        assert_eq!(accounts.devices(actor).await, Err(Error::Unauthenticated));
        assert_eq!(accounts.sign_out(actor).await, Err(Error::Unauthenticated));
        assert_eq!(
            accounts.describe(actor, None, None).await,
            Err(Error::Unauthenticated)
        );
        let delete = accounts.delete(actor, &password(PASSWORD)).await;
        assert_eq!(delete, Err(Error::Unauthenticated));
    }
}

async fn measures_need_a_reason_and_somebody_else(bed: Bed) {
    let accounts = bed.storage.accounts();
    let ada = bed.member("ada@example.org").await;
    let grace = bed.member("grace@example.org").await;
    let (operator, ada_key) = (Actor::Operator, "ADA@example.org");
    for bad in ["", "  ", "a\0b", "a\nb", &"x".repeat(501)] {
        let answer = accounts
            .moderate(operator, ada_key, ModerationAction::Suspend, bad)
            .await;
        assert_eq!(field(answer), "reason", "{bad:?}");
    }
    let grant = ModerationAction::Grant(Role::Administrator);
    let record = accounts
        .moderate(operator, ada_key, grant, "Runs the site")
        .await;
    let record = record.unwrap();
    assert!(record.roles.contains(Role::Administrator));
    // Again, it is so already and leaves no event.
    accounts
        .moderate(operator, &record.handle, grant, "Twice")
        .await
        .unwrap();

    let administrator = bed.actor(&ada).await;
    let suspend = ModerationAction::Suspend;
    let own = accounts
        .moderate(administrator, ada_key, suspend, "Test")
        .await;
    assert!(
        matches!(own, Err(Error::Forbidden { .. })),
        "not with one's own"
    );
    let reason = "Advertises a clinic";
    accounts
        .moderate(administrator, "grace@example.org", suspend, reason)
        .await
        .unwrap();
    let suspended = bed.actor(&grace).await;
    assert_eq!(suspended.member().unwrap().standing, Standing::Suspended);
    let told = accounts.account(suspended).await.unwrap().suspended;
    assert_eq!(told.as_deref(), Some(reason));
    let found = accounts.find(suspended, ada_key).await;
    assert_eq!(
        found,
        Err(Error::NotFound),
        "there is no such page for others"
    );
    let restore = accounts.moderate(
        administrator,
        "grace@example.org",
        ModerationAction::Restore,
        "Sorry",
    );
    assert_eq!(restore.await.unwrap().standing, Standing::Good);
    let revoke = accounts.moderate(
        operator,
        ada_key,
        ModerationAction::Revoke(Role::Administrator),
        "Left",
    );
    revoke.await.unwrap();
    let former = bed.actor(&ada).await;
    let late = accounts
        .moderate(former, "grace@example.org", suspend, "Late")
        .await;
    assert_eq!(late, Err(Error::NotFound));
    for nobody in ["", "nobody@example.org", "\0"] {
        assert_eq!(accounts.find(operator, nobody).await, Err(Error::NotFound));
    }
    let kinds = "SELECT kind FROM event WHERE kind <> 'account.begun' ORDER BY time, id";
    assert_eq!(
        bed.texts(kinds).await,
        [
            "account.role_granted",
            "account.suspended",
            "account.restored",
            "account.role_revoked"
        ]
    );
    assert_eq!(
        bed.number("SELECT count(*) FROM moderation_action").await,
        4
    );
}

async fn who_is_suspended_controls_the_account_but_not_the_profile(bed: Bed) {
    let accounts = bed.storage.accounts();
    let signed_in = bed.member("ada@example.org").await;
    let connection = bed.connection().await;
    let suspend = "UPDATE account SET standing = 'suspended'";
    connection.execute_unprepared(suspend).await.unwrap();
    let actor = bed.actor(&signed_in).await;
    assert_eq!(actor.member().unwrap().standing, Standing::Suspended);
    let describe = accounts.describe(actor, None, None).await;
    assert!(matches!(describe, Err(Error::Forbidden { .. })));
    assert!(accounts.account(actor).await.is_ok());
    accounts.delete(actor, &password(PASSWORD)).await.unwrap();
}

async fn what_nobody_else_sees_is_changed(bed: Bed) {
    let accounts = bed.storage.accounts();
    let signed_in = bed.member("ada@example.org").await;
    let actor = bed.actor(&signed_in).await;
    let relation = Some(Relation::Carer);
    let country = Country::from_code("IS");
    accounts.describe(actor, relation, country).await.unwrap();
    let account = accounts.account(actor).await.unwrap();
    assert_eq!((account.relation, account.country), (relation, country));
    let events = "SELECT kind FROM event WHERE actor_id IS NOT NULL AND subject_id = actor_id";
    assert_eq!(bed.texts(events).await, ["account.described"]);
}

async fn a_password_is_changed_with_the_present_one(bed: Bed) {
    let accounts = bed.storage.accounts();
    let here = bed.member("ada@example.org").await;
    let there = bed
        .sign_in(&client(), "ada@example.org", PASSWORD)
        .await
        .unwrap();
    let actor = bed.actor(&here).await;
    let new = password("seven lanterns under water");
    let wrong = password("not the present one");
    let change = accounts
        .change_password(actor, &client(), &wrong, &new)
        .await;
    assert_eq!(field(change), "present");
    let present = password(PASSWORD);
    let own = password("ada@example.org!!");
    let change = accounts
        .change_password(actor, &client(), &present, &own)
        .await;
    assert_eq!(field(change), "password");
    let change = accounts
        .change_password(actor, &known(&here), &present, &new)
        .await;
    let renewed = change.unwrap();
    for old in [&here, &there] {
        assert_eq!(bed.viewer(old).await, None);
    }
    assert!(bed.viewer(&renewed).await.is_some());
    let sign_in = bed
        .sign_in(&client(), "ada@example.org", new.expose())
        .await;
    assert!(sign_in.is_ok());
    assert!(bed.letter().await.unwrap().1 == Letter::PasswordChanged);
}

async fn an_address_moves_once_the_new_one_is_confirmed(bed: Bed) {
    let accounts = bed.storage.accounts();
    let signed_in = bed.member("ada@example.org").await;
    let actor = bed.actor(&signed_in).await;
    let present = password(PASSWORD);
    let ask = |address: &'static str, key: &'static str| {
        let (accounts, present) = (bed.storage.accounts(), present.clone());
        async move {
            let (address, sent) = (email(address), submission(key));
            accounts
                .change_email(actor, &client(), &present, &address, &sent)
                .await
        }
    };
    assert_eq!(field(ask("ADA@example.org", "a").await), "email");
    ask("new@example.org", "b").await.unwrap();
    ask("new@example.org", "b").await.unwrap();
    let letters = bed.letters().await;
    assert_eq!(letters.len(), 2, "sent twice, it happens once");
    assert_eq!(letters[0].0, "new@example.org");
    assert!(letters[1] == ("ada@example.org".to_owned(), Letter::AddressChangeAsked));
    let before = accounts.account(actor).await.unwrap();
    assert_eq!(before.email.as_str(), "ada@example.org");
    let token = link(&letters[0].1);
    accounts
        .confirm_email(Actor::Visitor, &token)
        .await
        .unwrap();
    let again = accounts.confirm_email(Actor::Visitor, &token).await;
    assert_eq!(again, Err(Error::NotFound));
    let after = accounts.account(actor).await.unwrap();
    assert_eq!(after.email.as_str(), "new@example.org");
    assert!(bed.letters().await == [("ada@example.org".to_owned(), Letter::AddressChanged)]);
    assert!(
        bed.sign_in(&client(), "new@example.org", PASSWORD)
            .await
            .is_ok()
    );
}

async fn an_address_that_is_taken_is_not_given_away(bed: Bed) {
    let accounts = bed.storage.accounts();
    bed.member("grace@example.org").await;
    let signed_in = bed.member("ada@example.org").await;
    let actor = bed.actor(&signed_in).await;
    let present = password(PASSWORD);
    let taken = email("grace@example.org");
    let ask = accounts
        .change_email(actor, &client(), &present, &taken, &submission("a"))
        .await;
    assert_eq!(ask, Ok(()));
    assert!(bed.letters().await[0] == ("grace@example.org".to_owned(), Letter::AddressTaken));
    // Free when it was asked for, and somebody's by the time the link is opened.
    let later = email("later@example.org");
    let ask = accounts
        .change_email(actor, &client(), &present, &later, &submission("b"))
        .await;
    ask.unwrap();
    let letters = bed.letters().await;
    bed.member("later@example.org").await;
    let confirm = accounts
        .confirm_email(Actor::Visitor, &link(&letters[0].1))
        .await;
    assert!(
        matches!(confirm, Err(Error::Forbidden { .. })),
        "{confirm:?}"
    );
}

async fn devices_are_listed_and_signed_out(bed: Bed) {
    let accounts = bed.storage.accounts();
    let here = bed.member("ada@example.org").await;
    let there = bed
        .sign_in(&client(), "ada@example.org", PASSWORD)
        .await
        .unwrap();
    let third = bed
        .sign_in(&client(), "ada@example.org", PASSWORD)
        .await
        .unwrap();
    let stranger = bed.member("grace@example.org").await;
    let actor = bed.actor(&here).await;
    let devices = accounts.devices(actor).await.unwrap();
    assert_eq!(devices.len(), 3);
    assert!(
        devices
            .iter()
            .all(|device| device.name == "Firefox on Android")
    );
    assert_eq!(devices.iter().filter(|device| device.here).count(), 1);
    let theirs = accounts.devices(bed.actor(&stranger).await).await.unwrap();
    accounts
        .sign_out_device(actor, &theirs[0].id)
        .await
        .unwrap();
    assert!(bed.viewer(&stranger).await.is_some(), "not one's own");
    let there_id = accounts.devices(bed.actor(&there).await).await.unwrap();
    let there_id = &there_id.iter().find(|device| device.here).unwrap().id;
    accounts.sign_out_device(actor, there_id).await.unwrap();
    assert_eq!(bed.viewer(&there).await, None);
    assert!(bed.viewer(&third).await.is_some());
    accounts.sign_out_others(actor).await.unwrap();
    assert_eq!(bed.viewer(&third).await, None);
    assert!(bed.viewer(&here).await.is_some());
}

async fn an_account_is_deleted_at_once(bed: Bed) {
    let accounts = bed.storage.accounts();
    let here = bed.member("ada@example.org").await;
    let there = bed
        .sign_in(&client(), "ada@example.org", PASSWORD)
        .await
        .unwrap();
    let actor = bed.actor(&here).await;
    let wrong = accounts
        .delete(actor, &password("something else entirely"))
        .await;
    assert_eq!(field(wrong), "present");
    accounts.delete(actor, &password(PASSWORD)).await.unwrap();
    for session in [&here, &there] {
        assert_eq!(bed.viewer(session).await, None);
    }
    for table in ["account", "session", "known_device", "mail_link"] {
        let rows = bed.number(&format!("SELECT count(*) FROM {table}")).await;
        assert_eq!(rows, 0, "{table}");
    }
    assert!(bed.letters().await == [("ada@example.org".to_owned(), Letter::AccountDeleted)]);
    // On a device that has not noticed yet.
    assert_eq!(accounts.account(actor).await, Err(Error::Unauthenticated));
    bed.member("ada@example.org").await;
}

async fn attempts_from_elsewhere_wait_and_the_owner_does_not(bed: Bed) {
    let owner = bed.member("ada@example.org").await;
    let mut refused = 0;
    let mut waited = 0;
    for attempt in 0..40 {
        let elsewhere = from(&format!("198.51.100.{attempt}"));
        match bed
            .sign_in(&elsewhere, "ada@example.org", "a wrong password")
            .await
        {
            Err(Error::TooMany) => waited += 1,
            answer => {
                assert_eq!(field(answer), "password");
                refused += 1;
            }
        }
    }
    assert_eq!((refused, waited), (5, 35));
    let right = bed.sign_in(&client(), "ada@example.org", PASSWORD).await;
    assert_eq!(right.unwrap_err(), Error::TooMany, "not even the right one");
    let owner = bed
        .sign_in(&known(&owner), "ada@example.org", PASSWORD)
        .await;
    let owner = owner.expect("the owner's browser is known");
    bed.seconds_pass(2);
    assert!(
        bed.sign_in(&client(), "ada@example.org", PASSWORD)
            .await
            .is_ok()
    );
    // A stolen device is slowed down as well.
    for _ in 0..5 {
        let answer = bed
            .sign_in(&known(&owner), "ada@example.org", "a wrong password")
            .await;
        assert_eq!(field(answer), "password");
    }
    let answer = bed
        .sign_in(&known(&owner), "ada@example.org", PASSWORD)
        .await;
    assert_eq!(answer.unwrap_err(), Error::TooMany);
}

async fn a_network_is_slowed_down_across_accounts(bed: Bed) {
    let mut evaluated = 0;
    for attempt in 0..40 {
        let address = format!("person{attempt}@example.org");
        if field_or_wait(bed.sign_in(&client(), &address, "a wrong password").await) {
            evaluated += 1;
        }
    }
    assert_eq!(evaluated, 30);
    let other = bed
        .sign_in(&from("203.0.113.5"), "person1@example.org", "wrong")
        .await;
    assert_eq!(field(other), "password");
    bed.days_pass(1);
    let later = bed
        .sign_in(&client(), "person1@example.org", "a wrong password")
        .await;
    assert_eq!(field(later), "password");
}

/// Whether the attempt was looked at.
fn field_or_wait<T>(answer: domain::Result<T>) -> bool {
    match answer {
        Err(Error::TooMany) => false,
        answer => field(answer) == "password",
    }
}

async fn many_attempts_at_once_are_few(bed: Bed) {
    bed.member("ada@example.org").await;
    let attempts = (0..30).map(|_| {
        let accounts = bed.storage.accounts();
        tokio::spawn(async move {
            let wrong = password("a wrong password");
            accounts
                .sign_in(Actor::Visitor, &client(), "ada@example.org", &wrong)
                .await
        })
    });
    let attempts: Vec<_> = attempts.collect();
    let mut evaluated = 0;
    for attempt in attempts {
        if field_or_wait(attempt.await.unwrap()) {
            evaluated += 1;
        }
    }
    assert_eq!(evaluated, 5);
}

async fn letters_are_taken_once_and_again_after_a_failure(bed: Bed) {
    bed.ask_to_join("ada@example.org", "key").await.unwrap();
    let (one, other) = (bed.storage.outbox(), bed.second().await.storage.outbox());
    let (mine, theirs) = tokio::join!(one.take(), other.take());
    let (mine, theirs) = (mine.unwrap(), theirs.unwrap());
    assert!(mine.is_some() != theirs.is_some(), "one of two senders");
    let letter = mine.or(theirs).unwrap();
    bed.seconds_pass(14 * 60);
    assert!(
        one.take().await.unwrap().is_none(),
        "somebody has it in hand"
    );
    bed.seconds_pass(2 * 60);
    let again = one.take().await.unwrap().expect("its sender is gone");
    assert_eq!((again.id, again.attempts), (letter.id, 0));
    one.failed(again.id, std::time::Duration::from_mins(1))
        .await
        .unwrap();
    assert!(one.take().await.unwrap().is_none());
    bed.seconds_pass(61);
    let third = one.take().await.unwrap().unwrap();
    assert_eq!((third.id, third.attempts), (letter.id, 1));
    one.release().await.unwrap();
    assert!(one.take().await.unwrap().is_some());
    one.remove(third.id).await.unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM outbox").await, 0);
}
