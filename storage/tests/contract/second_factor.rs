//! Second factors: what signing in takes besides a password.

use domain::{
    Error, Result,
    account::{
        Accounts, Actor, Client, Entered, ModerationAction, RECOVERY_CODES, Role, SecondFactor,
        SecondFactorCode, SecondFactors, SignedIn, Token,
    },
    mail::Letter,
};

use crate::{
    bed::Bed,
    people::{PASSWORD, client, email, field, from, known, link, password, submission},
};

contract! {
    a_role_waits_for_a_second_factor,
    signing_in_takes_a_code,
    a_code_counts_once,
    of_two_with_one_code_one_signs_in,
    recovery_codes_count_once,
    wrong_codes_are_slowed_down_and_told,
    a_known_device_is_slowed_down_for_itself,
    a_right_password_alone_ends_no_waiting,
    no_link_takes_its_place,
    what_waits_for_a_code_ends,
}

pub(crate) const ADA: &str = "ada@example.org";

pub(crate) fn wrong() -> SecondFactorCode {
    SecondFactorCode::Recovery("0".repeat(16))
}

impl Bed {
    /// Enters the password of somebody with a second factor.
    pub(crate) async fn password_of_ada(&self, client: &Client) -> Token {
        let accounts = self.storage.accounts();
        let password = password(PASSWORD);
        let entered = accounts.sign_in(Actor::Visitor, client, ADA, &password);
        match entered.await {
            Ok(Entered::CodeNeeded(begun)) => begun,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn enter(
        &self,
        client: &Client,
        begun: &Token,
        code: &SecondFactorCode,
    ) -> Result<SignedIn> {
        let accounts = self.storage.accounts();
        accounts
            .enter_code(Actor::Visitor, client, begun, code)
            .await
    }
}

async fn a_role_waits_for_a_second_factor(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let accounts = bed.storage.accounts();
    let grant = ModerationAction::Grant(Role::Administrator);
    let granted = accounts.moderate(Actor::Operator, ADA, grant, "Runs it");
    assert!(!granted.await.unwrap().has_second_factor);
    let waiting = bed.actor(&signed_in).await;
    let member = waiting.member().unwrap();
    assert!(member.awaits_second_factor && member.roles.iter().next().is_none());
    let refused = accounts.find(waiting, ADA).await;
    assert_eq!(refused, Err(Error::NotFound));
    let described = accounts.describe(waiting, None, None).await;
    assert!(
        matches!(described, Err(Error::Forbidden { .. })),
        "{described:?}"
    );
    assert!(accounts.devices(waiting).await.is_ok());
    bed.set_up_second_factor(waiting).await;
    let actor = bed.actor(&signed_in).await;
    assert!(!actor.member().unwrap().awaits_second_factor);
    assert!(accounts.find(actor, ADA).await.unwrap().has_second_factor);
    assert!(accounts.describe(actor, None, None).await.is_ok());
}

async fn signing_in_takes_a_code(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let phone = bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    let begun = bed.password_of_ada(&client()).await;
    // It is no session.
    let accounts = bed.storage.accounts();
    assert_eq!(accounts.authenticate(&begun).await, Ok(None));
    assert_eq!(field(bed.enter(&client(), &begun, &wrong()).await), "code");
    // Half a minute early and late count, a whole one does not.
    for steps in [-2, 2] {
        let code = phone.code(bed.seconds() + steps * 30);
        assert_eq!(field(bed.enter(&client(), &begun, &code).await), "code");
    }
    let code = phone.code(bed.seconds() + 30);
    let entered = bed.enter(&client(), &begun, &code).await.unwrap();
    assert!(bed.viewer(&entered).await.is_some());
    // The token has done what it was for.
    bed.seconds_pass(60);
    let code = phone.code(bed.seconds());
    let again = bed.enter(&client(), &begun, &code).await;
    assert_eq!(again.unwrap_err(), Error::NotFound);
    let nobody = Token::parse(&"a".repeat(Token::LENGTH)).unwrap();
    let made_up = bed.enter(&client(), &nobody, &code).await;
    assert_eq!(made_up.unwrap_err(), Error::NotFound);
}

async fn a_code_counts_once(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let phone = bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    // Not the one that set it up either.
    let first = phone.code(bed.seconds() - 30);
    let begun = bed.password_of_ada(&client()).await;
    assert_eq!(field(bed.enter(&client(), &begun, &first).await), "code");
    let code = phone.code(bed.seconds());
    bed.enter(&client(), &begun, &code).await.unwrap();
    let begun = bed.password_of_ada(&client()).await;
    assert_eq!(field(bed.enter(&client(), &begun, &code).await), "code");
    // Nor an earlier one that nobody has used.
    bed.enter(&client(), &begun, &phone.code(bed.seconds() + 30))
        .await
        .unwrap();
    let begun = bed.password_of_ada(&client()).await;
    assert_eq!(field(bed.enter(&client(), &begun, &code).await), "code");
}

async fn of_two_with_one_code_one_signs_in(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let phone = bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    for code in [phone.code(bed.seconds()), phone.recovery_code(0)] {
        let (here, there) = (from("192.0.2.1"), from("192.0.2.2"));
        let one = bed.password_of_ada(&here).await;
        let other = bed.password_of_ada(&there).await;
        let (one, other) = tokio::join!(
            bed.enter(&here, &one, &code),
            bed.enter(&there, &other, &code)
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    }
}

async fn recovery_codes_count_once(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let actor = bed.actor(&signed_in).await;
    let phone = bed.set_up_second_factor(actor).await;
    let distinct: std::collections::BTreeSet<_> = phone.recovery_codes.iter().collect();
    assert_eq!(distinct.len(), RECOVERY_CODES);
    let begun = bed.password_of_ada(&client()).await;
    bed.enter(&client(), &begun, &phone.recovery_code(3))
        .await
        .unwrap();
    assert!(bed.letters().await == [(ADA.to_owned(), Letter::RecoveryCodeUsed)]);
    let begun = bed.password_of_ada(&client()).await;
    let again = bed.enter(&client(), &begun, &phone.recovery_code(3)).await;
    assert_eq!(field(again), "code");
    // They are one account's.
    let eve = bed.member("eve@example.org").await;
    let eve = bed.set_up_second_factor(bed.actor(&eve).await).await;
    let stolen = bed.enter(&client(), &begun, &eve.recovery_code(0)).await;
    assert_eq!(field(stolen), "code");
    let accounts = bed.storage.accounts();
    let SecondFactor::On { recovery_codes, .. } = accounts.second_factor(actor).await.unwrap()
    else {
        panic!("it is not on");
    };
    assert_eq!(recovery_codes, 9);
    // New ones end the old ones.
    let code = phone.code(bed.seconds());
    let present = password(PASSWORD);
    let new = accounts.new_recovery_codes(actor, &present, &code).await;
    let new = new.unwrap();
    let old = bed.enter(&client(), &begun, &phone.recovery_code(4)).await;
    assert_eq!(field(old), "code");
    let code = SecondFactorCode::parse("code", &new[9]).unwrap();
    bed.enter(&client(), &begun, &code).await.unwrap();
}

async fn wrong_codes_are_slowed_down_and_told(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let phone = bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    let begun = bed.password_of_ada(&client()).await;
    for _ in 0..4 {
        assert_eq!(field(bed.enter(&client(), &begun, &wrong()).await), "code");
    }
    assert!(bed.letters().await.is_empty());
    // The fifth ends it: the password has to come again, and the person is told.
    let fifth = bed.enter(&client(), &begun, &wrong()).await;
    assert_eq!(fifth.unwrap_err(), Error::NotFound);
    assert!(bed.letters().await == [(ADA.to_owned(), Letter::CodesRefused)]);
    let code = phone.code(bed.seconds());
    let right = bed.enter(&client(), &begun, &code).await;
    assert_eq!(right.unwrap_err(), Error::NotFound);
    // However often somebody begins anew.
    bed.seconds_pass(3600 * 2);
    for number in 0..5 {
        let begun = bed
            .password_of_ada(&from(&format!("198.51.100.{number}")))
            .await;
        assert_eq!(field(bed.enter(&client(), &begun, &wrong()).await), "code");
    }
    assert!(bed.letters().await == [(ADA.to_owned(), Letter::CodesRefused)]);
    // From now on codes wait, wherever they come from, and longer and longer.
    let elsewhere = from("203.0.113.9");
    let accounts = bed.storage.accounts();
    let present = password(PASSWORD);
    let mut tried = 0;
    for _ in 0..600 {
        // So does the password, which nobody has proved to be theirs.
        let entered = accounts
            .sign_in(Actor::Visitor, &elsewhere, ADA, &present)
            .await;
        if let Ok(Entered::CodeNeeded(begun)) = entered {
            match bed.enter(&elsewhere, &begun, &wrong()).await.unwrap_err() {
                Error::TooMany => {}
                _ => tried += 1,
            }
        }
        bed.seconds_pass(10);
    }
    // Waits of 1, 2, 4 … 512 seconds, then of a quarter of an hour.
    assert!(tried <= 16, "{tried} codes were tried in 100 minutes");
}

async fn a_known_device_is_slowed_down_for_itself(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let phone = bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    let begun = bed.password_of_ada(&client()).await;
    let with_code = bed
        .enter(&client(), &begun, &phone.code(bed.seconds()))
        .await;
    let own = known(&with_code.unwrap());
    bed.seconds_pass(60);
    let thief = from("203.0.113.9");
    for _ in 0..2 {
        let begun = bed.password_of_ada(&thief).await;
        for _ in 0..5 {
            let _ = bed.enter(&thief, &begun, &wrong()).await;
        }
    }
    let begun = bed.password_of_ada(&thief).await;
    let code = phone.code(bed.seconds());
    let late = bed.enter(&thief, &begun, &code).await;
    assert_eq!(late.unwrap_err(), Error::TooMany);
    // Which a browser is once somebody has signed in with a code.
    let before = known(&signed_in);
    let begun = bed.password_of_ada(&before).await;
    let late = bed.enter(&before, &begun, &code).await;
    assert_eq!(late.unwrap_err(), Error::TooMany);
    let begun = bed.password_of_ada(&own).await;
    bed.enter(&own, &begun, &code).await.unwrap();
}

async fn a_right_password_alone_ends_no_waiting(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let phone = bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    let sign_in = |typed| {
        let accounts = bed.storage.accounts();
        async move {
            let typed = password(typed);
            accounts
                .sign_in(Actor::Visitor, &client(), ADA, &typed)
                .await
        }
    };
    for _ in 0..4 {
        assert_eq!(field(sign_in("wrong").await), "password");
    }
    // Somebody who has the password gets no more tries at anything for it.
    assert!(matches!(
        sign_in(PASSWORD).await,
        Ok(Entered::CodeNeeded(_))
    ));
    assert_eq!(sign_in(PASSWORD).await.unwrap_err(), Error::TooMany);
    bed.seconds_pass(3600 * 2);
    let begun = bed.password_of_ada(&client()).await;
    let code = phone.code(bed.seconds());
    let entered = bed.enter(&client(), &begun, &code).await;
    entered.unwrap();
    for _ in 0..4 {
        assert_eq!(field(sign_in("wrong").await), "password");
    }
}

async fn no_link_takes_its_place(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let phone = bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    let before = bed.password_of_ada(&client()).await;
    let accounts = bed.storage.accounts();
    let key = submission("r");
    let (browser, address) = (client(), email(ADA));
    let recover = accounts.recover(Actor::Visitor, &browser, &address, &key);
    recover.await.unwrap();
    let letters = bed.letters().await;
    let new = password("five rivers without a bridge");
    let recovery = link(&letters[0].1);
    let reset = accounts.reset(Actor::Visitor, &browser, &recovery, &new);
    assert!(reset.await.unwrap().is_none(), "nobody is signed in by it");
    // What was begun with the old password has ended.
    let code = phone.code(bed.seconds());
    let entered = bed.enter(&client(), &before, &code).await;
    assert_eq!(entered.unwrap_err(), Error::NotFound);
    let entered = accounts.sign_in(Actor::Visitor, &client(), ADA, &new).await;
    let Ok(Entered::CodeNeeded(begun)) = entered else {
        panic!("{entered:?}");
    };
    bed.enter(&client(), &begun, &code).await.unwrap();
}

async fn what_waits_for_a_code_ends(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let phone = bed.set_up_second_factor(bed.actor(&signed_in).await).await;
    let begun = bed.password_of_ada(&client()).await;
    bed.seconds_pass(601);
    let code = phone.code(bed.seconds());
    let late = bed.enter(&client(), &begun, &code).await;
    assert_eq!(late.unwrap_err(), Error::NotFound);
    bed.storage.accounts().sweep().await.unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM begun_sign_in").await, 0);
    let begun = bed.password_of_ada(&client()).await;
    let accounts = bed.storage.accounts();
    let end = ModerationAction::EndSessions;
    let ended = accounts.moderate(Actor::Operator, ADA, end, "A stolen phone");
    ended.await.unwrap();
    let ended = bed.enter(&client(), &begun, &code).await;
    assert_eq!(ended.unwrap_err(), Error::NotFound);
}
