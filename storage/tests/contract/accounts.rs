//! Joining, confirming, signing in, and the way back.

use domain::{
    Error,
    account::{Accounts, Actor, Entered, LinkPurpose, Token},
    mail::Letter,
};
use sea_orm::ConnectionTrait;

use crate::{
    bed::Bed,
    people::{PASSWORD, client, email, field, link, password, submission},
};

contract! {
    an_account_begins_with_the_link_and_the_password,
    a_link_is_used_once_and_for_a_day,
    of_two_confirmations_at_once_one_counts,
    the_first_to_confirm_has_the_address,
    a_known_address_is_answered_like_a_new_one,
    a_form_that_is_sent_twice_is_one_letter,
    signing_in_says_nothing_about_who_has_an_account,
    signing_in_again_renews_the_session,
    sessions_end,
    a_new_password_ends_everything_old,
    secrets_are_stored_as_hashes,
    a_failure_leaves_neither_account_nor_letter,
    entering_leaves_the_caches_alone,
    what_has_expired_is_swept_away,
}

async fn an_account_begins_with_the_link_and_the_password(bed: Bed) {
    let accounts = bed.storage.accounts();
    bed.ask_to_join("ada@example.org", "key").await.unwrap();
    let (recipient, letter) = bed.letter().await.unwrap();
    assert_eq!(recipient, "ada@example.org");
    let token = link(&letter);
    assert_eq!(bed.number("SELECT count(*) FROM account").await, 0);
    for _ in 0..3 {
        let looked = accounts
            .link(Actor::Visitor, LinkPurpose::Join, &token)
            .await;
        assert_eq!(looked, Ok(email("ada@example.org")));
    }
    let other = accounts
        .link(Actor::Visitor, LinkPurpose::Recover, &token)
        .await;
    assert_eq!(other, Err(Error::NotFound));
    let confirm = |typed: &'static str| {
        let (accounts, token) = (bed.storage.accounts(), token.clone());
        async move {
            let typed = password(typed);
            accounts
                .confirm(Actor::Visitor, &client(), &token, &typed)
                .await
        }
    };
    assert_eq!(
        field(confirm("four gardens without a wall").await),
        "password"
    );
    let signed_in = confirm(PASSWORD).await.unwrap();
    let viewer = bed.viewer(&signed_in).await.unwrap();
    assert_eq!(viewer.name, "Ada");
    let account = accounts.account(viewer.actor).await.unwrap();
    assert_eq!(account.email.as_str(), "ada@example.org");
    assert_eq!(account.joined, bed.storage.database().now());
    assert_eq!(bed.texts("SELECT kind FROM event").await, ["account.begun"]);
}

async fn a_link_is_used_once_and_for_a_day(bed: Bed) {
    let accounts = bed.storage.accounts();
    bed.ask_to_join("ada@example.org", "key").await.unwrap();
    let (_, letter) = bed.letter().await.unwrap();
    let visitor = Actor::Visitor;
    let confirm = accounts
        .confirm(visitor, &client(), &link(&letter), &password(PASSWORD))
        .await;
    confirm.unwrap();
    let again = accounts
        .confirm(visitor, &client(), &link(&letter), &password(PASSWORD))
        .await;
    assert_eq!(again.unwrap_err(), Error::NotFound);

    bed.ask_to_join("grace@example.org", "other").await.unwrap();
    let (_, letter) = bed.letter().await.unwrap();
    bed.days_pass(1);
    let late = accounts
        .confirm(visitor, &client(), &link(&letter), &password(PASSWORD))
        .await;
    assert_eq!(late.unwrap_err(), Error::NotFound);
    let never = Token::parse(&"a".repeat(43)).unwrap();
    let unknown = accounts.link(visitor, LinkPurpose::Join, &never).await;
    assert_eq!(unknown, Err(Error::NotFound));
}

async fn of_two_confirmations_at_once_one_counts(bed: Bed) {
    bed.ask_to_join("ada@example.org", "key").await.unwrap();
    let (_, letter) = bed.letter().await.unwrap();
    let other = bed.second().await;
    let confirm = |bed: &Bed| {
        let (accounts, token) = (bed.storage.accounts(), link(&letter));
        async move {
            let typed = password(PASSWORD);
            accounts
                .confirm(Actor::Visitor, &client(), &token, &typed)
                .await
        }
    };
    let (one, two) = tokio::join!(confirm(&bed), confirm(&other));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(bed.number("SELECT count(*) FROM account").await, 1);
    assert_eq!(bed.number("SELECT count(*) FROM session").await, 1);
}

async fn the_first_to_confirm_has_the_address(bed: Bed) {
    let accounts = bed.storage.accounts();
    bed.ask_to_join("ada@example.org", "one").await.unwrap();
    bed.ask_to_join("Ada@Example.org", "two").await.unwrap();
    let letters = bed.letters().await;
    let visitor = Actor::Visitor;
    let first = accounts
        .confirm(
            visitor,
            &client(),
            &link(&letters[1].1),
            &password(PASSWORD),
        )
        .await;
    first.unwrap();
    let second = accounts
        .confirm(
            visitor,
            &client(),
            &link(&letters[0].1),
            &password(PASSWORD),
        )
        .await;
    assert_eq!(
        second.unwrap_err(),
        Error::NotFound,
        "the newer link counts"
    );
    assert_eq!(bed.number("SELECT count(*) FROM account").await, 1);
}

async fn a_known_address_is_answered_like_a_new_one(bed: Bed) {
    bed.member("ada@example.org").await;
    let links = bed.number("SELECT count(*) FROM mail_link").await;
    assert_eq!(bed.ask_to_join("ADA@example.org", "x").await, Ok(()));
    let (_, letter) = bed.letter().await.unwrap();
    assert!(letter == Letter::AlreadyMember);
    assert_eq!(bed.number("SELECT count(*) FROM mail_link").await, links);

    let accounts = bed.storage.accounts();
    let nobody = email("nobody@example.org");
    let recover = accounts
        .recover(Actor::Visitor, &client(), &nobody, &submission("y"))
        .await;
    assert_eq!(recover, Ok(()));
    assert!(bed.letters().await.is_empty(), "strangers get no mail");
}

async fn a_form_that_is_sent_twice_is_one_letter(bed: Bed) {
    let other = bed.second().await;
    let (one, two) = tokio::join!(
        bed.ask_to_join("ada@example.org", "key"),
        other.ask_to_join("ada@example.org", "key")
    );
    assert_eq!((one, two), (Ok(()), Ok(())));
    assert_eq!(bed.letters().await.len(), 1);
    bed.ask_to_join("ada@example.org", "another").await.unwrap();
    assert_eq!(bed.letters().await.len(), 1);
}

async fn signing_in_says_nothing_about_who_has_an_account(bed: Bed) {
    bed.member("ada@example.org").await;
    let wrong = bed
        .sign_in(&client(), "ada@example.org", "four gardens without a wall")
        .await;
    let unknown = bed.sign_in(&client(), "eve@example.org", PASSWORD).await;
    assert_eq!(wrong.unwrap_err(), unknown.unwrap_err());
    bed.sign_in(&client(), " ADA@example.org ", PASSWORD)
        .await
        .unwrap();
    for odd in ["", "\0", "ada@example.org\0", &"x".repeat(10_000)] {
        assert_eq!(
            field(bed.sign_in(&client(), odd, PASSWORD).await),
            "password"
        );
    }
}

async fn signing_in_again_renews_the_session(bed: Bed) {
    let accounts = bed.storage.accounts();
    let first = bed.member("ada@example.org").await;
    let actor = bed.actor(&first).await;
    let typed = password(PASSWORD);
    let second = accounts
        .sign_in(actor, &client(), "ada@example.org", &typed)
        .await;
    let Ok(Entered::SignedIn(second)) = second else {
        panic!("{second:?}");
    };
    assert_eq!(bed.viewer(&first).await, None);
    assert!(bed.viewer(&second).await.is_some());
}

async fn sessions_end(bed: Bed) {
    let accounts = bed.storage.accounts();
    let idle = bed.member("ada@example.org").await;
    let busy = bed.member("grace@example.org").await;
    for _ in 0..8 {
        bed.days_pass(10);
        assert!(bed.viewer(&busy).await.is_some());
    }
    assert_eq!(bed.viewer(&idle).await, None);
    bed.days_pass(11);
    assert_eq!(bed.viewer(&busy).await, None, "no session lasts for ever");

    let last = bed.sign_in(&client(), "ada@example.org", PASSWORD).await;
    let last = last.unwrap();
    accounts.sign_out(bed.actor(&last).await).await.unwrap();
    assert_eq!(bed.viewer(&last).await, None);
}

async fn a_new_password_ends_everything_old(bed: Bed) {
    let accounts = bed.storage.accounts();
    let old = bed.member("ada@example.org").await;
    let address = email("ada@example.org");
    let visitor = Actor::Visitor;
    for key in ["one", "two"] {
        let recover = accounts
            .recover(visitor, &client(), &address, &submission(key))
            .await;
        recover.unwrap();
    }
    let letters = bed.letters().await;
    let new = password("seven lanterns under water");
    let older = accounts
        .reset(visitor, &client(), &link(&letters[0].1), &new)
        .await;
    assert_eq!(
        older.unwrap_err(),
        Error::NotFound,
        "the newest link counts"
    );
    let easy = accounts
        .reset(
            visitor,
            &client(),
            &link(&letters[1].1),
            &password("passwordpassword"),
        )
        .await;
    assert_eq!(field(easy), "password");
    let reset = accounts
        .reset(visitor, &client(), &link(&letters[1].1), &new)
        .await;
    let signed_in = reset.unwrap().unwrap();
    assert!(bed.viewer(&signed_in).await.is_some());
    assert_eq!(bed.viewer(&old).await, None);
    assert_eq!(bed.number("SELECT count(*) FROM known_device").await, 1);
    let old = bed.sign_in(&client(), "ada@example.org", PASSWORD).await;
    assert_eq!(field(old), "password");
    let (recipient, letter) = bed.letter().await.unwrap();
    assert_eq!(recipient, "ada@example.org");
    assert!(letter == Letter::PasswordChanged);
}

async fn secrets_are_stored_as_hashes(bed: Bed) {
    let signed_in = bed.member("ada@example.org").await;
    bed.ask_to_join("grace@example.org", "key").await.unwrap();
    let (_, letter) = bed.letter().await.unwrap();
    let link = link(&letter);
    let secrets = [
        signed_in.session.expose(),
        signed_in.device.expose(),
        link.expose(),
        PASSWORD,
    ];
    for table in [
        "account",
        "session",
        "known_device",
        "mail_link",
        "submission",
        "throttle",
        "quota",
        "account_activity",
        "outbox",
        "event",
    ] {
        for row in bed.rows(&format!("SELECT * FROM {table}")).await {
            let row = format!("{row:?}");
            for secret in secrets {
                assert!(!row.contains(secret), "{table}: {row}");
            }
        }
    }
    let hash = bed.texts("SELECT password_hash FROM account").await;
    assert!(hash[0].starts_with("$argon2id$"), "{hash:?}");
}

async fn a_failure_leaves_neither_account_nor_letter(bed: Bed) {
    let accounts = bed.storage.accounts();
    bed.ask_to_join("ada@example.org", "key").await.unwrap();
    let (_, letter) = bed.letter().await.unwrap();
    let connection = bed.connection().await;
    crate::trouble::sabotage(&bed, &connection, "event").await;
    let confirm = accounts
        .confirm(
            Actor::Visitor,
            &client(),
            &link(&letter),
            &password(PASSWORD),
        )
        .await;
    assert!(matches!(confirm, Err(Error::Internal { .. })));
    for table in ["account", "session", "known_device"] {
        let rows = bed.number(&format!("SELECT count(*) FROM {table}")).await;
        assert_eq!(rows, 0, "{table}");
    }
    crate::trouble::repair(&bed, &connection, "event").await;
    crate::trouble::sabotage(&bed, &connection, "outbox").await;
    assert!(bed.ask_to_join("grace@example.org", "other").await.is_err());
    assert_eq!(bed.number("SELECT count(*) FROM submission").await, 1);
    crate::trouble::repair(&bed, &connection, "outbox").await;
    bed.ask_to_join("grace@example.org", "other").await.unwrap();
    assert_eq!(bed.letters().await.len(), 1);
    let confirm = accounts
        .confirm(
            Actor::Visitor,
            &client(),
            &link(&letter),
            &password(PASSWORD),
        )
        .await;
    confirm.unwrap();
    connection.execute_unprepared("SELECT 1").await.unwrap();
}

async fn entering_leaves_the_caches_alone(bed: Bed) {
    let before = bed.changed();
    bed.member("ada@example.org").await;
    bed.sign_in(&client(), "ada@example.org", PASSWORD)
        .await
        .unwrap();
    assert_eq!(bed.changed(), before);
    assert_eq!(bed.number("SELECT count(*) FROM change").await, 0);
}

async fn what_has_expired_is_swept_away(bed: Bed) {
    bed.member("ada@example.org").await;
    bed.ask_to_join("grace@example.org", "key").await.unwrap();
    bed.days_pass(15);
    let fresh = bed.sign_in(&client(), "ada@example.org", PASSWORD).await;
    bed.storage.accounts().sweep().await.unwrap();
    for (table, left) in [("session", 1), ("mail_link", 0), ("submission", 0)] {
        let rows = bed.number(&format!("SELECT count(*) FROM {table}")).await;
        assert_eq!(rows, left, "{table}");
    }
    assert!(bed.viewer(&fresh.unwrap()).await.is_some());
}
