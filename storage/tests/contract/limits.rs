//! Whoever tries too much or sends too much waits, and nobody else does.

use domain::{
    Error, Result,
    account::{Accounts, Actor, Client, LinkPurpose, SignedIn},
    community::Memberships,
    mail::Letter,
    policy::Audience,
    profile::Profiles,
    wiki::{Saved, SectionKind},
};
use sea_orm::ConnectionTrait;

use crate::{
    bed::Bed,
    people::{PASSWORD, client, email, field, from, known, link, password, submission},
    profiles::{draft, picture},
    release::{mondo, term},
};

contract! {
    nobody_locks_an_owner_out_from_elsewhere,
    an_organisation_with_many_networks_is_one_attacker,
    a_known_device_and_the_link_of_an_email_always_work,
    an_address_without_an_account_is_answered_alike,
    what_is_no_address_is_counted_for_itself,
    nobody_keeps_an_owner_from_recovering,
    an_address_gets_few_emails_and_the_last_link_works,
    all_addresses_together_have_a_budget,
    changes_have_a_limit_and_are_told_so,
    pictures_have_a_limit_before_they_are_read,
    conditions_are_added_a_few_a_day,
    two_at_once_do_not_add_a_fifty_first,
    limits_are_forgotten,
    a_stolen_device_is_slowed_down_as_well,
    a_network_is_slowed_down_across_accounts,
    many_attempts_at_once_are_few,
}

const WRONG: &str = "four gardens without a wall";
const ADA: &str = "ada@example.org";

impl Bed {
    /// Tries a wrong password so often, and tells how often it was looked at.
    async fn guess(&self, client: &Client, address: &str, times: usize) -> usize {
        let mut looked_at = 0;
        for _ in 0..times {
            match self.sign_in(client, address, WRONG).await {
                Err(Error::TooMany) => {}
                answer => {
                    assert_eq!(field(answer), "password");
                    looked_at += 1;
                }
            }
        }
        looked_at
    }

    async fn recover(&self, client: &Client, address: &str) {
        let key = uuid::Uuid::new_v4().to_string();
        let accounts = self.storage.accounts();
        let asked = accounts
            .recover(Actor::Visitor, client, &email(address), &submission(&key))
            .await;
        assert_eq!(asked, Ok(()), "the answer is always the same");
    }
}

async fn nobody_locks_an_owner_out_from_elsewhere(bed: Bed) {
    bed.member(ADA).await;
    let attacker = from("198.51.100.1");
    assert_eq!(bed.guess(&attacker, ADA, 12).await, 5);
    assert!(bed.sign_in(&client(), ADA, PASSWORD).await.is_ok());
    let right = bed.sign_in(&attacker, ADA, PASSWORD).await;
    assert_eq!(right.unwrap_err(), Error::TooMany);
    // Other accounts are free there: a clinic is one network.
    let other = bed.sign_in(&attacker, "grace@example.org", WRONG).await;
    assert_eq!(field(other), "password");
}

async fn an_organisation_with_many_networks_is_one_attacker(bed: Bed) {
    bed.member(ADA).await;
    let mut looked_at = 0;
    for network in 0..200 {
        let attacker = from(&format!("2001:db8:7:{network:x}::1"));
        looked_at += bed.guess(&attacker, ADA, 1).await;
    }
    assert!(looked_at <= 20, "{looked_at}");
    let elsewhere = from("2001:db8:8::1");
    assert!(bed.sign_in(&elsewhere, ADA, PASSWORD).await.is_ok());
    // Also across accounts.
    let mut looked_at = 0;
    for network in 0..200 {
        let attacker = from(&format!("2001:db8:9:{network:x}::1"));
        let address = format!("p{network}@example.org");
        looked_at += bed.guess(&attacker, &address, 1).await;
    }
    assert!(looked_at <= 120, "{looked_at}");
}

async fn a_known_device_and_the_link_of_an_email_always_work(bed: Bed) {
    let owner = bed.member(ADA).await;
    let mut looked_at = 0;
    for network in 0..40 {
        let attacker = from(&format!("198.51.100.{network}"));
        looked_at += bed.guess(&attacker, ADA, 5).await;
    }
    assert_eq!(looked_at, 100, "as many networks as they like");
    let elsewhere = bed.sign_in(&client(), ADA, PASSWORD).await;
    assert_eq!(elsewhere.unwrap_err(), Error::TooMany);
    assert!(bed.sign_in(&known(&owner), ADA, PASSWORD).await.is_ok());
    bed.recover(&client(), ADA).await;
    let token = link(&bed.letter().await.unwrap().1);
    let accounts = bed.storage.accounts();
    let new = password("seven lanterns under water");
    let reset = accounts
        .reset(Actor::Visitor, &client(), &token, &new)
        .await;
    assert!(bed.viewer(&reset.unwrap().unwrap()).await.is_some());
}

async fn an_address_without_an_account_is_answered_alike(bed: Bed) {
    bed.member(ADA).await;
    let mut answers = Vec::new();
    for (network, address) in [
        ("198.51.100.1", ADA),
        ("198.51.100.2", "nobody@example.org"),
    ] {
        let attacker = from(network);
        let mut of_one = Vec::new();
        for _ in 0..12 {
            of_one.push(bed.sign_in(&attacker, address, WRONG).await.unwrap_err());
            bed.recover(&attacker, address).await;
        }
        answers.push(of_one);
    }
    assert_eq!(answers[0], answers[1]);
}

async fn what_is_no_address_is_counted_for_itself(bed: Bed) {
    assert_eq!(bed.guess(&client(), "ada.example.org", 8).await, 5);
    assert_eq!(bed.guess(&client(), "grace@", 5).await, 5);
}

async fn nobody_keeps_an_owner_from_recovering(bed: Bed) {
    bed.member(ADA).await;
    let attacker = from("198.51.100.1");
    for _ in 0..12 {
        bed.recover(&attacker, ADA).await;
    }
    assert_eq!(
        bed.letters().await.len(),
        3,
        "over the limit nothing is sent"
    );
    bed.recover(&client(), ADA).await;
    assert_eq!(bed.letters().await.len(), 1);
}

async fn an_address_gets_few_emails_and_the_last_link_works(bed: Bed) {
    let owner = bed.member(ADA).await;
    for network in 0..20 {
        bed.recover(&from(&format!("198.51.100.{network}")), ADA)
            .await;
        // Joining with it counts as well: the owner is written to.
        bed.ask_to_join("eve@example.org", &format!("{network}"))
            .await
            .unwrap();
    }
    let letters = bed.letters().await;
    let to = |address: &str| letters.iter().filter(|(to, _)| to == address).count();
    // One was the letter by which the owner joined.
    assert_eq!(to(ADA), 5);
    assert_eq!(to("eve@example.org"), 3, "one network");
    let last = letters.iter().rfind(|(to, _)| to == ADA).unwrap();
    let accounts = bed.storage.accounts();
    let shown = accounts
        .link(Actor::Visitor, LinkPurpose::Recover, &link(&last.1))
        .await;
    assert_eq!(shown, Ok(email(ADA)));
    bed.recover(&known(&owner), ADA).await;
    assert_eq!(bed.letters().await.len(), 1, "to a device of the owner's");
    bed.seconds_pass(3_601);
    bed.recover(&client(), ADA).await;
    assert_eq!(bed.letters().await.len(), 1);
}

async fn all_addresses_together_have_a_budget(bed: Bed) {
    let owner = bed.member(ADA).await;
    let connection = bed.connection().await;
    let sql = "UPDATE quota SET used = 1000 WHERE used = 1";
    connection.execute_unprepared(sql).await.unwrap();
    assert_eq!(bed.ask_to_join("eve@example.org", "one").await, Ok(()));
    assert!(bed.letters().await.is_empty());
    bed.recover(&known(&owner), ADA).await;
    assert_eq!(bed.letters().await.len(), 1);
    bed.seconds_pass(3_601);
    assert_eq!(bed.ask_to_join("eve@example.org", "two").await, Ok(()));
    let letters = bed.letters().await;
    assert!(matches!(letters[0].1, Letter::ConfirmAddress { .. }));
}

fn told<T: std::fmt::Debug>(answer: Result<T>) -> String {
    match answer {
        Err(error @ Error::LimitReached { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

async fn changes_have_a_limit_and_are_told_so(bed: Bed) {
    bed.with_alpha().await;
    let cause = SectionKind::Cause;
    let new = bed.member(ADA).await;
    let new = bed.actor(&new).await;
    for at in 0..10 {
        let saved = bed.write(new, "alpha", cause, &format!("Text {at}.")).await;
        assert!(matches!(saved, Ok(Saved::Proposed(_))));
    }
    let over = told(bed.write(new, "alpha", cause, "Too much.").await);
    assert!(over.contains("10 changes for review"), "{over}");
    let tip = bed.try_add_tip(new, "alpha", "Rest", "Often.").await;
    assert!(told(tip).contains("10 changes for review"));
    assert_eq!(bed.number("SELECT count(*) FROM proposal").await, 10);
    let (_, known) = bed.known("grace@example.org").await;
    for at in 0..60 {
        let saved = bed
            .write(known, "beta", cause, &format!("Text {at}."))
            .await;
        assert!(matches!(saved, Ok(Saved::Published(_))), "{at} {saved:?}");
    }
    let over = told(bed.write(known, "beta", cause, "Too much.").await);
    assert!(over.contains("60 changes"), "{over}");
    let profiles = bed.storage.profiles();
    let communities = bed.storage.communities();
    for _ in 0..30 {
        let change = profiles.change(new, draft(Audience::Members)).await;
        change.unwrap();
    }
    let over = told(profiles.change(new, draft(Audience::Everyone)).await);
    assert!(over.contains("30 times"), "{over}");
    let own = profiles.own(new).await.unwrap();
    assert_eq!(own.about_audience, Audience::Members);
    for over in [
        profiles.show_picture(new, Audience::Everyone).await,
        communities
            .set_membership(new, "alpha", Audience::Members, true)
            .await,
        bed.storage.accounts().describe(new, None, None).await,
    ] {
        told(over);
    }
    bed.seconds_pass(3_600);
    assert!(profiles.change(new, draft(Audience::Members)).await.is_ok());
    assert!(bed.write(new, "alpha", cause, "Once more.").await.is_ok());
}

async fn pictures_have_a_limit_before_they_are_read(bed: Bed) {
    let profiles = bed.storage.profiles();
    let ada = bed.member(ADA).await;
    let ada = bed.actor(&ada).await;
    for at in 0..10 {
        let file = if at == 0 {
            picture()
        } else {
            b"nothing".to_vec()
        };
        let set = profiles.set_picture(ada, file, Audience::Members).await;
        assert_eq!(set.is_ok(), at == 0);
    }
    let over = profiles.set_picture(ada, b"nothing".to_vec(), Audience::Members);
    assert!(told(over.await).contains("10 pictures"));
}

async fn with_many_conditions(bed: &Bed) -> Vec<String> {
    let names: Vec<String> = (0..60).map(|number| format!("disease {number}")).collect();
    let terms = names
        .iter()
        .enumerate()
        .map(|(number, name)| term(&format!("MONDO:{number}"), name));
    bed.import(mondo(terms)).await;
    names.iter().map(|name| domain::text::slug(name)).collect()
}

/// Otherwise whoever goes through all conditions sees what everybody shows to their communities.
async fn conditions_are_added_a_few_a_day(bed: Bed) {
    let slugs = with_many_conditions(&bed).await;
    let communities = bed.storage.communities();
    let signed_in = bed.member(ADA).await;
    let ada = bed.actor(&signed_in).await;
    let open = Audience::Communities;
    for slug in &slugs[..10] {
        communities
            .set_membership(ada, slug, open, false)
            .await
            .unwrap();
        communities.leave(ada, slug).await.unwrap();
    }
    let over = communities
        .set_membership(ada, &slugs[10], open, false)
        .await;
    assert!(told(over).contains("10 conditions in a day"));
    bed.seconds_pass(3_600);
    told(
        communities
            .set_membership(ada, &slugs[10], open, false)
            .await,
    );
    bed.days_pass(1);
    assert!(
        communities
            .set_membership(ada, &slugs[10], open, false)
            .await
            .is_ok()
    );
    // What is there can be changed as often as the profile.
    for _ in 0..20 {
        let change = communities
            .set_membership(ada, &slugs[10], open, true)
            .await;
        change.unwrap();
    }
}

async fn two_at_once_do_not_add_a_fifty_first(bed: Bed) {
    let slugs = with_many_conditions(&bed).await;
    let signed_in: SignedIn = bed.member(ADA).await;
    let ada = bed.actor(&signed_in).await;
    let connection = bed.connection().await;
    let sql = "INSERT INTO membership (account_id, condition_id, audience, home, created_at) \
               SELECT account.id, c.id, 'only-me', FALSE, 0 FROM account CROSS JOIN \
               (SELECT id FROM condition WHERE rank = 'condition' ORDER BY sort_key, id LIMIT 49) c";
    connection.execute_unprepared(sql).await.unwrap();
    let free = "SELECT slug FROM condition WHERE rank = 'condition' AND id NOT IN \
                (SELECT condition_id FROM membership)";
    let free = bed.texts(free).await;
    assert_eq!(free.len(), slugs.len() - 49);
    let second = bed.second().await;
    let tasks: Vec<_> = free
        .into_iter()
        .take(6)
        .enumerate()
        .map(|(at, slug)| {
            let storage = if at % 2 == 0 { &bed } else { &second }.storage.clone();
            tokio::spawn(async move {
                let communities = storage.communities();
                communities
                    .set_membership(ada, &slug, Audience::Members, false)
                    .await
            })
        })
        .collect();
    let mut added = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => added += 1,
            answer => assert_eq!(field(answer), "condition"),
        }
    }
    assert_eq!(added, 1);
    let count = "SELECT count(*) FROM membership";
    assert_eq!(bed.number(count).await, 50);
}

async fn limits_are_forgotten(bed: Bed) {
    bed.member(ADA).await;
    bed.guess(&client(), ADA, 3).await;
    bed.days_pass(3);
    bed.storage.accounts().sweep().await.unwrap();
    for table in ["quota", "throttle"] {
        let rows = bed.number(&format!("SELECT count(*) FROM {table}")).await;
        assert_eq!(rows, 0, "{table}");
    }
    assert_eq!(bed.number("SELECT count(*) FROM account_activity").await, 1);
    bed.days_pass(90);
    bed.storage.accounts().sweep().await.unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM account_activity").await, 0);
}

async fn a_stolen_device_is_slowed_down_as_well(bed: Bed) {
    let owner = bed.member("ada@example.org").await;
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
    bed.seconds_pass(2);
    let answer = bed
        .sign_in(&known(&owner), "ada@example.org", PASSWORD)
        .await;
    assert!(answer.is_ok());
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
