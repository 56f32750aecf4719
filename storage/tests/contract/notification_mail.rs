//! Email about notifications: when there is a letter, and how such letters end.

use domain::{
    Error,
    account::{Actor, Token},
    community::{
        Discussions, MailChoices, MailFrequency, Memberships, Notifications, TopicAudience,
    },
    mail::Letter,
};

use crate::{bed::Bed, writers::ALPHA};

contract! {
    a_burst_is_one_letter,
    one_letter_a_day_tells_of_what_is_new,
    nothing_is_told_that_was_read_or_is_not_for_them_any_more,
    choices_hold_for_what_waits,
    letters_are_ended_by_whoever_has_one,
}

use MailFrequency::{AtOnce, Daily, Never};
use TopicAudience::{Community, Everyone};

/// How many of which group a letter tells of: replies, mentions, topics, communities.
pub(crate) type Counts = [u32; 4];

pub(crate) fn choices([replies, mentions, topics, communities]: [MailFrequency; 4]) -> MailChoices {
    MailChoices {
        replies,
        mentions,
        topics,
        communities,
    }
}

impl Bed {
    /// Writes what is due, and takes all letters about notifications out of the outbox: to whom, and what.
    pub(crate) async fn due_letters(&self) -> Vec<(String, Counts, Token)> {
        let written = self.storage.communities().write_letters().await.unwrap();
        let outbox = self.storage.outbox();
        let mut letters = Vec::new();
        while let Some(outgoing) = outbox.take().await.unwrap() {
            outbox.remove(outgoing.id).await.unwrap();
            let Letter::Notifications {
                replies,
                mentions,
                topics,
                communities,
                token,
            } = outgoing.letter
            else {
                continue;
            };
            let counts = [replies, mentions, topics, communities];
            let token = Token::parse(&token).unwrap();
            letters.push((outgoing.recipient.as_str().to_owned(), counts, token));
        }
        assert_eq!(written, letters.len() as u64);
        letters
    }

    pub(crate) async fn counts(&self) -> Vec<Counts> {
        let letters = self.due_letters().await;
        letters.into_iter().map(|(_, counts, _)| counts).collect()
    }

    pub(crate) async fn chooses(&self, actor: Actor, frequencies: [MailFrequency; 4]) {
        let communities = self.storage.communities();
        communities
            .choose_mail(actor, choices(frequencies))
            .await
            .unwrap();
    }

    /// Ada, who has started a discussion, and Grace, who answers.
    pub(crate) async fn two(&self, audience: TopicAudience) -> (Actor, Actor, String) {
        self.with_conditions().await;
        let ada = self.joined(1, None, ALPHA).await;
        let grace = self.joined(2, None, ALPHA).await;
        let id = self.start(ada, ALPHA, "A walk", audience).await.unwrap();
        self.tell().await;
        (ada, grace, id)
    }

    /// Grace replies to the first post.
    pub(crate) async fn answer(&self, grace: Actor, id: &str) -> i64 {
        let number = self.reply_to(grace, id, "So.", Some(1)).await.unwrap();
        self.tell().await;
        number
    }
}

async fn a_burst_is_one_letter(bed: Bed) {
    let (ada, grace, id) = bed.two(Everyone).await;
    bed.chooses(ada, [AtOnce, Daily, Never, Never]).await;
    for _ in 0..3 {
        bed.answer(grace, &id).await;
        assert_eq!(
            bed.counts().await,
            [[0; 4]; 0],
            "what comes shortly after is waited for"
        );
        bed.seconds_pass(10);
    }
    bed.seconds_pass(10);
    let letters = bed.due_letters().await;
    let (to, counts, _) = &letters[0];
    assert_eq!((to.as_str(), *counts), ("p1@example.org", [3, 0, 0, 0]));
    assert_eq!(letters.len(), 1);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
    // What comes within 15 minutes waits for their end.
    bed.seconds_pass(120);
    bed.answer(grace, &id).await;
    bed.seconds_pass(12 * 60);
    bed.answer(grace, &id).await;
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
    bed.seconds_pass(60);
    assert_eq!(bed.counts().await, [[2, 0, 0, 0]]);
    bed.days_pass(3);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
}

async fn one_letter_a_day_tells_of_what_is_new(bed: Bed) {
    let (ada, grace, id) = bed.two(Everyone).await;
    let communities = bed.storage.communities();
    assert_eq!(
        communities.mail_choices(ada).await,
        Ok(MailChoices::DEFAULT)
    );
    // At the time of day when they joined.
    bed.run("UPDATE account SET created_at = 7200000000 WHERE handle = 'h1'")
        .await;
    bed.answer(grace, &id).await;
    bed.seconds_pass(3_600);
    bed.answer(grace, &id).await;
    // New posts in a discussion that they follow are not among what they are written to about.
    bed.reply(grace, &id, "More.").await.unwrap();
    bed.tell().await;
    bed.seconds_pass(3_599);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
    bed.seconds_pass(1);
    assert_eq!(bed.counts().await, [[2, 0, 0, 0]]);
    // Not again of the same, unread as it is.
    bed.days_pass(1);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
    bed.seconds_pass(60);
    bed.answer(grace, &id).await;
    bed.seconds_pass(86_339);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
    bed.seconds_pass(1);
    assert_eq!(bed.counts().await, [[1, 0, 0, 0]]);
}

async fn nothing_is_told_that_was_read_or_is_not_for_them_any_more(bed: Bed) {
    let (ada, grace, id) = bed.two(Community).await;
    let communities = bed.storage.communities();
    bed.answer(grace, &id).await;
    bed.mark_all(ada).await;
    bed.days_pass(1);
    assert_eq!(bed.counts().await, [[0; 4]; 0], "it was read");
    let number = bed.answer(grace, &id).await;
    communities
        .delete_post(grace, &id, number, "")
        .await
        .unwrap();
    bed.days_pass(1);
    assert_eq!(
        bed.counts().await,
        [[0; 4]; 0],
        "it was deleted, and the log not read"
    );
    bed.answer(grace, &id).await;
    communities.leave(ada, ALPHA).await.unwrap();
    bed.days_pass(1);
    assert_eq!(bed.counts().await, [[0; 4]; 0], "she has left");
    bed.join(ada, ALPHA).await;
    bed.days_pass(1);
    assert_eq!(
        bed.counts().await,
        [[0; 4]; 0],
        "and is not told afterwards"
    );
    bed.answer(grace, &id).await;
    bed.run("UPDATE account SET standing = 'suspended' WHERE handle = 'h1'")
        .await;
    bed.days_pass(1);
    assert_eq!(bed.counts().await, [[0; 4]; 0], "she is suspended");
    let waiting = "SELECT count(*) FROM notification WHERE mail_at IS NOT NULL";
    assert_eq!(bed.number(waiting).await, 0);
    assert_eq!(bed.number("SELECT count(*) FROM unsubscribe_link").await, 0);
}

async fn choices_hold_for_what_waits(bed: Bed) {
    let (ada, grace, id) = bed.two(Everyone).await;
    let communities = bed.storage.communities();
    bed.answer(grace, &id).await;
    bed.chooses(ada, [AtOnce, Never, AtOnce, Never]).await;
    let chosen = communities.mail_choices(ada).await;
    assert_eq!(chosen, Ok(choices([AtOnce, Never, AtOnce, Never])));
    bed.seconds_pass(60);
    assert_eq!(bed.counts().await, [[1, 0, 0, 0]]);
    bed.seconds_pass(3_600);
    bed.answer(grace, &id).await;
    bed.mark_all(ada).await;
    bed.reply(grace, &id, "More.").await.unwrap();
    bed.tell().await;
    bed.chooses(ada, [Never, Never, Daily, Never]).await;
    bed.seconds_pass(3_600);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
    bed.days_pass(1);
    assert_eq!(bed.counts().await, [[0, 0, 1, 0]]);
    bed.answer(grace, &id).await;
    bed.days_pass(2);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
}

async fn letters_are_ended_by_whoever_has_one(bed: Bed) {
    let (ada, grace, id) = bed.two(Everyone).await;
    let communities = bed.storage.communities();
    bed.chooses(ada, [AtOnce; 4]).await;
    bed.answer(grace, &id).await;
    bed.seconds_pass(60);
    let (_, _, token) = bed.due_letters().await.remove(0);
    let wrong = Token::parse(&"a".repeat(Token::LENGTH)).unwrap();
    let stored = "SELECT count(*) FROM unsubscribe_link WHERE length(token_hash) = 32";
    assert_eq!(bed.number(stored).await, 1);
    bed.answer(grace, &id).await;
    for actor in [Actor::Visitor, grace] {
        let unknown = communities.unsubscribe(actor, &wrong).await;
        assert_eq!(unknown, Err(Error::NotFound));
        assert_eq!(
            communities.unsubscribing(actor, &wrong).await,
            Err(Error::NotFound)
        );
        assert_eq!(communities.unsubscribing(actor, &token).await, Ok(()));
        assert_ne!(communities.mail_choices(ada).await, Ok(MailChoices::NONE));
    }
    // Twice, because a button may be pressed twice; by whoever has the letter.
    for actor in [Actor::Visitor, grace] {
        assert_eq!(communities.unsubscribe(actor, &token).await, Ok(()));
        assert_eq!(communities.mail_choices(ada).await, Ok(MailChoices::NONE));
    }
    assert_eq!(
        communities.mail_choices(grace).await,
        Ok(MailChoices::DEFAULT)
    );
    bed.answer(grace, &id).await;
    bed.days_pass(2);
    assert_eq!(bed.counts().await, [[0; 4]; 0], "nor of what waited");
    // It works for a year.
    bed.days_pass(360);
    assert_eq!(communities.unsubscribing(grace, &token).await, Ok(()));
    bed.days_pass(4);
    assert_eq!(
        communities.unsubscribe(grace, &token).await,
        Err(Error::NotFound)
    );
    communities.sweep().await.unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM unsubscribe_link").await, 0);
}
