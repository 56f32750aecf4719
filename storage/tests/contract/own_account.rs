//! What people do with their own account.

use domain::{
    Error,
    account::{Accounts, ActivityKind, Actor, Country, ModerationAction, Relation, Role, Standing},
    mail::Letter,
};
use sea_orm::ConnectionTrait;

use crate::{
    bed::Bed,
    people::{PASSWORD, client, email, field, known, link, password, submission},
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
    signing_in_and_out_is_in_the_own_list,
    an_administrator_signs_somebody_out,
    an_account_is_deleted_at_once,
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
        let delete = accounts.delete(actor, &password(PASSWORD), false).await;
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
            .moderate(
                operator,
                ada_key,
                ModerationAction::Suspend { days: None },
                bad,
            )
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

    bed.set_up_second_factor(bed.actor(&ada).await).await;
    let administrator = bed.actor(&ada).await;
    let suspend = ModerationAction::Suspend { days: None };
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
    let told = accounts.account(suspended).await.unwrap().suspension;
    assert_eq!(told.unwrap().reason, reason);
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
            "account.second_factor_set_up",
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
    accounts
        .delete(actor, &password(PASSWORD), false)
        .await
        .unwrap();
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

async fn signing_in_and_out_is_in_the_own_list(bed: Bed) {
    let accounts = bed.storage.accounts();
    let here = bed.member("ada@example.org").await;
    bed.member("grace@example.org").await;
    bed.seconds_pass(1);
    let there = bed.sign_in(&client(), "ada@example.org", PASSWORD).await;
    let there = there.unwrap();
    bed.seconds_pass(1);
    accounts.sign_out(bed.actor(&there).await).await.unwrap();
    let third = bed
        .sign_in(&known(&here), "ada@example.org", PASSWORD)
        .await;
    bed.seconds_pass(1);
    let actor = bed.actor(&here).await;
    accounts.sign_out_others(actor).await.unwrap();
    assert_eq!(bed.viewer(&third.unwrap()).await, None);
    let activity = accounts.activity(actor).await.unwrap();
    let kinds: Vec<ActivityKind> = activity.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [
            ActivityKind::Ended,
            ActivityKind::SignedIn,
            ActivityKind::SignedOut,
            ActivityKind::SignedIn,
            ActivityKind::SignedIn
        ]
    );
    assert!(
        activity
            .iter()
            .all(|one| one.device == "Firefox on Android")
    );
    assert!(activity[0].time > activity[4].time);
}

async fn an_administrator_signs_somebody_out(bed: Bed) {
    let accounts = bed.storage.accounts();
    let ada = bed.member("ada@example.org").await;
    let grace = bed.member("grace@example.org").await;
    let end = ModerationAction::EndSessions;
    let reason = "Someone else is signed in as you";
    let refused = accounts
        .moderate(bed.actor(&grace).await, "ada@example.org", end, reason)
        .await;
    assert_eq!(refused, Err(Error::NotFound));
    accounts
        .moderate(Actor::Operator, "ada@example.org", end, reason)
        .await
        .unwrap();
    assert_eq!(bed.viewer(&ada).await, None);
    assert!(bed.viewer(&grace).await.is_some());
    let devices = "SELECT count(*) FROM known_device";
    assert_eq!(bed.number(devices).await, 1, "none is trusted any more");
    let again = bed.sign_in(&client(), "ada@example.org", PASSWORD).await;
    let actor = bed.actor(&again.unwrap()).await;
    let account = accounts.account(actor).await.unwrap();
    assert_eq!(account.moderation[0].kind, "end-sessions");
    assert_eq!(account.moderation[0].reason, reason);
    let kinds: Vec<ActivityKind> = accounts
        .activity(actor)
        .await
        .unwrap()
        .into_iter()
        .map(|one| one.kind)
        .collect();
    assert!(kinds.contains(&ActivityKind::Ended));
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
        .delete(actor, &password("something else entirely"), false)
        .await;
    assert_eq!(field(wrong), "present");
    accounts
        .delete(actor, &password(PASSWORD), false)
        .await
        .unwrap();
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
