//! Setting a second factor up, and its end.

use domain::{
    Error,
    account::{Accounts, Actor, ModerationAction, Role, SecondFactor, SecondFactors},
    mail::Letter,
};
use storage::MasterKey;

use crate::{
    bed::Bed,
    people::{PASSWORD, client, field, password},
    second_factor::{ADA, wrong},
};

contract! {
    setting_up_needs_password_and_code,
    setting_up_signs_out_elsewhere,
    what_is_begun_is_one_sessions,
    turning_it_off_needs_both,
    only_the_operator_resets_it,
    the_database_alone_gives_no_code,
    a_lost_key_is_replaced,
}

async fn setting_up_needs_password_and_code(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let actor = bed.actor(&signed_in).await;
    let accounts = bed.storage.accounts();
    assert_eq!(accounts.second_factor(actor).await, Ok(SecondFactor::Off));
    let begin = accounts.begin(actor, &password("another one")).await;
    assert_eq!(field(begin), "present");
    let nothing = accounts.set_up(actor, &wrong()).await;
    assert_eq!(nothing, Err(Error::NotFound));
    accounts.begin(actor, &password(PASSWORD)).await.unwrap();
    // Until the first code comes, signing in takes none.
    assert_eq!(field(accounts.set_up(actor, &wrong()).await), "code");
    bed.sign_in(&client(), ADA, PASSWORD).await.unwrap();
    // Begun again, the secret is another.
    let first = accounts.second_factor(actor).await.unwrap();
    accounts.begin(actor, &password(PASSWORD)).await.unwrap();
    assert!(accounts.second_factor(actor).await.unwrap() != first);
    bed.seconds_pass(3601);
    assert_eq!(accounts.second_factor(actor).await, Ok(SecondFactor::Off));
    let late = accounts.set_up(actor, &wrong()).await;
    assert_eq!(late, Err(Error::NotFound));
    accounts.sweep().await.unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM second_factor").await, 0);
    bed.set_up_second_factor(actor).await;
    let again = accounts.begin(actor, &password(PASSWORD)).await;
    assert_eq!(again, Err(Error::Conflict));
}

async fn setting_up_signs_out_elsewhere(bed: Bed) {
    let here = bed.member(ADA).await;
    let there = bed.sign_in(&client(), ADA, PASSWORD).await.unwrap();
    bed.set_up_second_factor(bed.actor(&here).await).await;
    assert!(bed.viewer(&here).await.is_some());
    assert!(bed.viewer(&there).await.is_none());
}

async fn what_is_begun_is_one_sessions(bed: Bed) {
    let here = bed.member(ADA).await;
    let there = bed.sign_in(&client(), ADA, PASSWORD).await.unwrap();
    let (owner, thief) = (bed.actor(&here).await, bed.actor(&there).await);
    let accounts = bed.storage.accounts();
    accounts.begin(thief, &password(PASSWORD)).await.unwrap();
    // Nobody takes over what somebody else has begun, and nobody reads it.
    assert_eq!(accounts.second_factor(owner).await, Ok(SecondFactor::Off));
    let begun = accounts.set_up(owner, &wrong()).await;
    assert_eq!(begun, Err(Error::NotFound));
    accounts.begin(owner, &password(PASSWORD)).await.unwrap();
    assert_eq!(accounts.second_factor(thief).await, Ok(SecondFactor::Off));
    assert!(accounts.second_factor(owner).await.unwrap() != SecondFactor::Off);
}

async fn turning_it_off_needs_both(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let actor = bed.actor(&signed_in).await;
    let phone = bed.set_up_second_factor(actor).await;
    let accounts = bed.storage.accounts();
    let present = password(PASSWORD);
    let code = phone.code(bed.seconds());
    let off = accounts.turn_off(actor, &password("wrong"), &code).await;
    assert_eq!(field(off), "present");
    let off = accounts.turn_off(actor, &present, &wrong()).await;
    assert_eq!(field(off), "code");
    accounts.turn_off(actor, &present, &code).await.unwrap();
    assert!(bed.letters().await == [(ADA.to_owned(), Letter::SecondFactorTurnedOff)]);
    bed.sign_in(&client(), ADA, PASSWORD).await.unwrap();
    for table in ["second_factor", "recovery_code"] {
        assert_eq!(
            bed.number(&format!("SELECT count(*) FROM {table}")).await,
            0
        );
    }
}

async fn only_the_operator_resets_it(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    let root = bed.member("root@example.org").await;
    let root = bed
        .grant("root@example.org", &root, Role::Administrator)
        .await;
    let accounts = bed.storage.accounts();
    let reset = ModerationAction::ResetSecondFactor;
    let refused = accounts.moderate(root, ADA, reset, "Lost phone").await;
    assert!(
        matches!(refused, Err(Error::Forbidden { .. })),
        "{refused:?}"
    );
    let record = accounts.moderate(Actor::Operator, ADA, reset, "Lost phone");
    assert!(!record.await.unwrap().has_second_factor);
    assert!(bed.viewer(&signed_in).await.is_none(), "signed out");
    assert!(bed.letters().await == [(ADA.to_owned(), Letter::SecondFactorTurnedOff)]);
    let signed_in = bed.sign_in(&client(), ADA, PASSWORD).await.unwrap();
    let account = accounts.account(bed.actor(&signed_in).await).await.unwrap();
    assert_eq!(account.moderation[0].kind, "reset-second-factor");
    assert_eq!(account.moderation[0].reason, "Lost phone");
    let again = accounts
        .moderate(Actor::Operator, ADA, reset, "Twice")
        .await;
    again.unwrap();
    let actions = "SELECT count(*) FROM moderation_action WHERE kind = 'reset-second-factor'";
    assert_eq!(
        bed.number(actions).await,
        1,
        "what is so already is no action"
    );
}

async fn the_database_alone_gives_no_code(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let phone = bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    let secret = totp_rs::Secret::try_from_base32(&phone.secret).unwrap();
    let rows = bed.rows("SELECT secret FROM second_factor").await;
    let stored: Vec<u8> = rows[0].try_get_by_index(0).unwrap();
    let secret: &[u8] = secret.as_ref();
    assert!(!stored.windows(8).any(|bytes| secret.starts_with(bytes)));
    for row in bed.rows("SELECT code_hash FROM recovery_code").await {
        let hash: Vec<u8> = row.try_get_by_index(0).unwrap();
        assert_eq!(hash.len(), 32);
    }
    assert_eq!(bed.storage.has_its_key().await, Ok(true));
    // Another key, and the same under another person's name, open nothing.
    let other = bed.with_key(MasterKey::new(&[2; 32])).await;
    assert_eq!(other.has_its_key().await, Ok(false));
    let begun = bed.password_of_ada(&client()).await;
    let code = phone.code(bed.seconds());
    let accounts = other.accounts();
    let entered = accounts
        .enter_code(Actor::Visitor, &client(), &begun, &code)
        .await;
    assert!(
        matches!(entered, Err(Error::Internal { .. })),
        "{entered:?}"
    );
    let eve = bed.member("eve@example.org").await;
    bed.set_up_second_factor(bed.actor(&eve).await).await;
    let connection = bed.connection().await;
    let swap = "UPDATE second_factor SET secret = (SELECT secret FROM second_factor other \
                WHERE other.account_id <> second_factor.account_id)";
    sea_orm::ConnectionTrait::execute_unprepared(&connection, swap)
        .await
        .unwrap();
    let entered = bed.enter(&client(), &begun, &code).await;
    assert!(
        matches!(entered, Err(Error::Internal { .. })),
        "{entered:?}"
    );
}

async fn a_lost_key_is_replaced(bed: Bed) {
    let ada = bed.member(ADA).await;
    bed.set_up_second_factor(bed.actor(&ada).await).await;
    let eve = bed.member("eve@example.org").await;
    let begun = bed.storage.accounts();
    begun
        .begin(bed.actor(&eve).await, &password(PASSWORD))
        .await
        .unwrap();
    let same = bed.storage.replace_key("The disk broke").await;
    assert_eq!(same, Err(Error::Conflict), "it is not lost");
    let other = bed.with_key(MasterKey::new(&[2; 32])).await;
    assert_eq!(field(other.replace_key(" ").await), "reason");
    assert_eq!(
        other.has_its_key().await,
        Ok(false),
        "nothing without a reason"
    );
    assert_eq!(other.replace_key("The disk broke").await, Ok(1));
    assert_eq!(other.has_its_key().await, Ok(true));
    assert_eq!(bed.storage.has_its_key().await, Ok(false));
    for table in ["second_factor", "recovery_code"] {
        let rows = format!("SELECT count(*) FROM {table}");
        assert_eq!(bed.number(&rows).await, 0, "{table}");
    }
    assert!(bed.letters().await == [(ADA.to_owned(), Letter::SecondFactorTurnedOff)]);
    assert!(bed.viewer(&ada).await.is_none(), "signed out");
    assert!(bed.viewer(&eve).await.is_some(), "she had none");
    let ada = bed.sign_in(&client(), ADA, PASSWORD).await.unwrap();
    let account = begun.account(bed.actor(&ada).await).await.unwrap();
    assert_eq!(account.moderation[0].reason, "The disk broke");
}
