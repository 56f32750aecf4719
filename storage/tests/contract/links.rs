//! Links in emails are good for the address and the password that the account had when they were made.

use domain::{
    Error,
    account::{Accounts, Actor, LinkPurpose, SignedIn, Token},
};

use crate::{
    bed::Bed,
    people::{PASSWORD, client, email, link, password, submission},
};

contract! {
    a_recovery_link_ends_with_a_change_of_address,
    a_recovery_link_ends_with_a_change_of_password,
    a_link_to_a_new_address_ends_with_a_change_of_either,
    a_newer_link_ends_the_older,
    of_a_new_password_and_a_new_address_at_once_one_counts,
}

const NEW: &str = "seven lanterns under water";

impl Bed {
    /// Asks for a new password and takes the link out of the letter.
    async fn recovery(&self, address: &str, key: &str) -> Token {
        self.letters().await;
        let accounts = self.storage.accounts();
        let asked = accounts
            .recover(Actor::Visitor, &client(), &email(address), &submission(key))
            .await;
        asked.unwrap();
        link(&self.letter().await.unwrap().1)
    }

    /// Asks for another address and takes the link out of the letter to it.
    async fn new_address(&self, signed_in: &SignedIn, address: &str, typed: &str) -> Token {
        let accounts = self.storage.accounts();
        let actor = self.actor(signed_in).await;
        let (typed, key) = (password(typed), submission(address));
        accounts
            .change_email(actor, &client(), &typed, &email(address), &key)
            .await
            .unwrap();
        let letters = self.letters().await;
        let (_, letter) = letters.iter().find(|(to, _)| to == address).unwrap();
        link(letter)
    }

    async fn is_over(&self, purpose: LinkPurpose, token: &Token) -> bool {
        let accounts = self.storage.accounts();
        let shown = accounts.link(Actor::Visitor, purpose, token).await;
        let used = match purpose {
            LinkPurpose::ChangeEmail => accounts.confirm_email(Actor::Visitor, token).await,
            _ => accounts
                .reset(Actor::Visitor, &client(), token, &password(NEW))
                .await
                .map(drop),
        };
        shown == Err(Error::NotFound) && used == Err(Error::NotFound)
    }
}

/// Whoever reads the old mailbox must not take the account over once its owner has left it.
async fn a_recovery_link_ends_with_a_change_of_address(bed: Bed) {
    let ada = bed.member("ada@example.org").await;
    let stolen = bed.recovery("ada@example.org", "theirs").await;
    let moves = bed.new_address(&ada, "new@example.org", PASSWORD).await;
    let accounts = bed.storage.accounts();
    accounts
        .confirm_email(Actor::Visitor, &moves)
        .await
        .unwrap();
    assert!(bed.is_over(LinkPurpose::Recover, &stolen).await);
    let sign_in = bed.sign_in(&client(), "new@example.org", PASSWORD).await;
    assert!(sign_in.is_ok(), "the password is the owner's");
    // Also where the row is still there, as after a change that another process makes.
    let late = bed.recovery("new@example.org", "late").await;
    let connection = bed.connection().await;
    let sql = "UPDATE account SET generation = generation + 1";
    sea_orm::ConnectionTrait::execute_unprepared(&connection, sql)
        .await
        .unwrap();
    assert!(bed.is_over(LinkPurpose::Recover, &late).await);
}

async fn a_recovery_link_ends_with_a_change_of_password(bed: Bed) {
    let ada = bed.member("ada@example.org").await;
    let token = bed.recovery("ada@example.org", "theirs").await;
    let accounts = bed.storage.accounts();
    accounts
        .change_password(
            bed.actor(&ada).await,
            &client(),
            &password(PASSWORD),
            &password(NEW),
        )
        .await
        .unwrap();
    assert!(bed.is_over(LinkPurpose::Recover, &token).await);
}

async fn a_link_to_a_new_address_ends_with_a_change_of_either(bed: Bed) {
    let ada = bed.member("ada@example.org").await;
    let theirs = bed.new_address(&ada, "theirs@example.org", PASSWORD).await;
    let recovery = bed.recovery("ada@example.org", "mine").await;
    let accounts = bed.storage.accounts();
    let ada = accounts
        .reset(Actor::Visitor, &client(), &recovery, &password(NEW))
        .await
        .unwrap()
        .unwrap();
    assert!(bed.is_over(LinkPurpose::ChangeEmail, &theirs).await);
    bed.letters().await;
    let one = bed.new_address(&ada, "one@example.org", NEW).await;
    accounts.confirm_email(Actor::Visitor, &one).await.unwrap();
    assert!(bed.is_over(LinkPurpose::ChangeEmail, &one).await);
    let account = accounts.account(bed.actor(&ada).await).await.unwrap();
    assert_eq!(account.email.as_str(), "one@example.org");
}

async fn a_newer_link_ends_the_older(bed: Bed) {
    for key in ["one", "two"] {
        bed.ask_to_join("ada@example.org", key).await.unwrap();
    }
    let joins = bed.letters().await;
    let accounts = bed.storage.accounts();
    let join = async |letter| {
        let token = link(letter);
        let shown = accounts.link(Actor::Visitor, LinkPurpose::Join, &token);
        shown.await.is_ok()
    };
    assert!(!join(&joins[0].1).await && join(&joins[1].1).await);
    let ada = bed.member("grace@example.org").await;
    let older = bed.recovery("grace@example.org", "one").await;
    let newer = bed.recovery("grace@example.org", "two").await;
    assert!(bed.is_over(LinkPurpose::Recover, &older).await);
    let address = bed.new_address(&ada, "a@example.org", PASSWORD).await;
    let again = bed.new_address(&ada, "b@example.org", PASSWORD).await;
    assert!(bed.is_over(LinkPurpose::ChangeEmail, &address).await);
    let shown = accounts.link(Actor::Visitor, LinkPurpose::Recover, &newer);
    assert!(shown.await.is_ok(), "those of another kind go on");
    assert!(accounts.confirm_email(Actor::Visitor, &again).await.is_ok());
}

async fn of_a_new_password_and_a_new_address_at_once_one_counts(bed: Bed) {
    let ada = bed.member("ada@example.org").await;
    let address = bed.new_address(&ada, "new@example.org", PASSWORD).await;
    let recovery = bed.recovery("ada@example.org", "theirs").await;
    let (one, other) = (
        bed.storage.accounts(),
        bed.second().await.storage.accounts(),
    );
    let (client, typed) = (client(), password(NEW));
    let (moved, reset) = tokio::join!(
        one.confirm_email(Actor::Visitor, &address),
        other.reset(Actor::Visitor, &client, &recovery, &typed)
    );
    assert!(moved.is_ok() != reset.is_ok(), "{moved:?} {reset:?}");
}
