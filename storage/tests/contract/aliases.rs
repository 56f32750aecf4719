//! Names under which people write who do not show theirs: nothing but one table says who they are.

use domain::{
    Error, Result,
    account::{Accounts, Actor, Role},
    community::{
        Aliases, AnswersAs, ContentModeration, Discussions, Feeds, Moderation, NotificationKind,
        NotificationSubject, PostDraft, QuestionDraft, Questions, ReactionKind, Reactions,
        TopicAudience, TopicDraft,
    },
    wiki::Author,
};
use uuid::Uuid;

use crate::{
    bed::Bed,
    notifications::of_post,
    people::{PASSWORD, password, submission},
    questions::question,
    writers::{ALPHA, draft},
};

contract! {
    an_alias_is_one_persons_in_one_topic,
    nothing_else_says_who_has_an_alias,
    one_edits_and_deletes_what_one_wrote_under_an_alias,
    whoever_has_an_alias_is_told_of_replies,
    a_form_that_is_sent_twice_is_one_post_under_an_alias_too,
    moderators_look_up_an_alias_and_say_why,
    an_alias_is_nobody_elses_once_its_account_is_deleted,
    questions_are_asked_and_answered_under_an_alias,
    a_decision_about_an_alias_is_told_and_names_nobody,
    what_is_hidden_or_deleted_shows_no_alias,
    an_expert_who_asks_without_a_name_adds_to_it_without_one,
}

use TopicAudience::{Everyone, Members};

impl Bed {
    pub(crate) async fn start_anonymously(&self, actor: Actor, title: &str) -> String {
        self.start_anonymously_in(ALPHA, actor, title).await
    }

    async fn start_anonymously_in(&self, slug: &str, actor: Actor, title: &str) -> String {
        let draft = TopicDraft {
            anonymous: true,
            ..draft(title, Members)
        };
        let key = submission(&Uuid::new_v4().to_string());
        let communities = self.storage.communities();
        communities.start(actor, slug, draft, &key).await.unwrap()
    }

    pub(crate) async fn reply_anonymously(&self, actor: Actor, id: &str, text: &str) -> i64 {
        let key = Uuid::new_v4().to_string();
        self.try_anonymously(actor, id, text, &key).await.unwrap()
    }

    async fn try_anonymously(&self, actor: Actor, id: &str, text: &str, key: &str) -> Result<i64> {
        let draft = PostDraft {
            text: text.to_owned(),
            in_reply_to: None,
            content_note: None,
            anonymous: true,
        };
        let communities = self.storage.communities();
        communities.reply(actor, id, draft, &submission(key)).await
    }

    /// The names under which the posts of a topic are shown to somebody.
    async fn bylines(&self, actor: Actor, id: &str) -> Vec<String> {
        let posts = self.topic(actor, id).await.posts;
        let names = posts.into_iter().map(|post| {
            assert!(post.alias.is_none() || post.author.handle.is_none());
            post.author.name.unwrap_or_default()
        });
        names.collect()
    }
}

fn anonymous(number: i64) -> Author {
    Author {
        handle: None,
        name: Some(format!("Anonymous {number}")),
    }
}

async fn an_alias_is_one_persons_in_one_topic(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start_anonymously(ada, "Who else?").await;
    bed.reply_anonymously(grace, &id, "I do.").await;
    bed.reply(grace, &id, "And I.").await.unwrap();
    bed.reply_anonymously(ada, &id, "Thank you.").await;
    let names = ["Anonymous 1", "Anonymous 2", "Person 2", "Anonymous 1"];
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    for reader in [ada, grace, moderator] {
        assert_eq!(bed.bylines(reader, &id).await, names);
        let topics = bed.topics(reader, ALPHA, None).await.topics;
        assert_eq!(topics[0].author, anonymous(1));
    }
    let own = async |actor| {
        let posts = bed.topic(actor, &id).await.posts;
        posts.into_iter().map(|post| post.own).collect::<Vec<_>>()
    };
    assert_eq!(own(ada).await, [true, false, false, true]);
    assert_eq!(own(grace).await, [false, true, true, false]);
    assert_eq!(own(moderator).await, [false; 4]);
    // In another topic the numbers begin anew.
    let other = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    bed.reply_anonymously(grace, &other, "I do.").await;
    assert_eq!(bed.bylines(Actor::Visitor, &other).await[1], "Anonymous 1");
    let feed = bed.storage.communities();
    let lines = feed
        .own_feed(ada, None, false, None)
        .await
        .unwrap()
        .feed
        .lines;
    let authors: Vec<_> = lines.into_iter().map(|line| line.author).collect();
    assert!(authors.contains(&anonymous(1)), "{authors:?}");
}

async fn nothing_else_says_who_has_an_alias(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    bed.seconds_pass(3_600);
    let id = bed.start_anonymously(ada, "Who else?").await;
    bed.reply_anonymously(ada, &id, "I do.").await;
    let communities = bed.storage.communities();
    let edited = communities.edit_post(ada, &id, 2, 1, "I did.", None).await;
    edited.unwrap();
    bed.reply_to(grace, &id, "You?", Some(2)).await.unwrap();
    communities.delete_post(ada, &id, 2, "").await.unwrap();
    bed.tell().await;
    let named = "SELECT count(*) FROM post WHERE alias IS NOT NULL AND account_id IS NOT NULL";
    assert_eq!(bed.number(named).await, 0);
    let named = "SELECT count(*) FROM topic WHERE alias IS NOT NULL AND account_id IS NOT NULL";
    assert_eq!(bed.number(named).await, 0);
    let acts = "SELECT count(*) FROM event WHERE kind LIKE 'community.%' AND actor_id IS NULL";
    assert_eq!(
        bed.number(acts).await,
        4,
        "started, written, edited, deleted"
    );
    let acts = "SELECT count(*) FROM event WHERE kind LIKE 'community.%' AND actor_id IS NOT NULL";
    assert_eq!(bed.number(acts).await, 1, "what Grace wrote");
    // Following says no more than that one does, since some day.
    let then = "SELECT count(*) FROM topic_follow WHERE since % 86400000000 <> 0";
    assert_eq!(bed.number(then).await, 1, "Grace, who has a name");
    let kinds = bed.texts("SELECT kind FROM notification").await;
    assert!(kinds.iter().all(|kind| kind == "followed"), "{kinds:?}");
}

async fn one_edits_and_deletes_what_one_wrote_under_an_alias(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start_anonymously(ada, "Who else?").await;
    bed.reply_anonymously(grace, &id, "I do.").await;
    let communities = bed.storage.communities();
    let edit = communities
        .edit_post(ada, &id, 2, 1, "Not mine.", None)
        .await;
    assert!(matches!(edit, Err(Error::Forbidden { .. })), "{edit:?}");
    let delete = communities.delete_post(ada, &id, 2, "").await;
    assert!(matches!(delete, Err(Error::Forbidden { .. })), "{delete:?}");
    let edit = communities
        .edit_post(grace, &id, 2, 1, "I did.", None)
        .await;
    edit.unwrap();
    let post = bed.post(ada, &id, 2).await;
    assert!(post.edited.is_some());
    assert_eq!(post.author, anonymous(2));
    communities.delete_post(grace, &id, 2, "").await.unwrap();
    let post = bed.post(ada, &id, 2).await;
    assert_eq!((post.author, post.alias), (Author::default(), None));
    assert!(post.deleted.unwrap().by_author);
    communities.delete_post(ada, &id, 1, "").await.unwrap();
    let topic = bed.topic(ada, &id).await;
    assert_eq!(topic.line.author, Author::default());
    assert!(!topic.posts[0].own);
}

async fn whoever_has_an_alias_is_told_of_replies(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start_anonymously(ada, "Who else?").await;
    bed.reply_anonymously(grace, &id, "I do.").await;
    bed.tell().await;
    let told = bed.told(ada).await;
    let (_, number, author) = of_post(&told[0]);
    assert_eq!((number, author), (2, &anonymous(2)));
    assert_eq!(told[0].kind, NotificationKind::Followed);
    assert_eq!(bed.told(grace).await, [], "nobody is told of their own");
    bed.reply_to(ada, &id, "Really?", Some(2)).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(grace).await, [(NotificationKind::Followed, 3)]);
}

async fn a_form_that_is_sent_twice_is_one_post_under_an_alias_too(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let draft = TopicDraft {
        anonymous: true,
        ..draft("Who else?", Everyone)
    };
    let communities = bed.storage.communities();
    let key = submission("start");
    let id = communities.start(ada, ALPHA, draft.clone(), &key).await;
    let id = id.unwrap();
    let again = communities.start(ada, ALPHA, draft, &key).await;
    assert_eq!(again, Ok(id.clone()));
    for _ in 0..2 {
        assert_eq!(bed.try_anonymously(ada, &id, "So.", "reply").await, Ok(2));
    }
    assert_eq!(bed.topic(ada, &id).await.line.posts, 2);
}

async fn moderators_look_up_an_alias_and_say_why(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let other = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start_anonymously(ada, "Who else?").await;
    let aliases = bed.storage.communities();
    let alias = aliases.alias(moderator, &id, 1).await.unwrap();
    assert_eq!((alias.person, alias.lookups.len()), (None, 0));
    let empty = aliases.look_up_alias(moderator, &id, 1, " ").await;
    assert!(matches!(empty, Err(Error::Invalid { .. })), "{empty:?}");
    let look_up = aliases.look_up_alias(moderator, &id, 1, "A threat").await;
    look_up.unwrap();
    let alias = aliases.alias(moderator, &id, 1).await.unwrap();
    let person = alias.person.unwrap();
    assert_eq!(person.handle.as_deref(), Some("h1"));
    assert_eq!(alias.lookups[0].reason, "A threat");
    assert_eq!(alias.lookups[0].by.name.as_deref(), Some("Person 2"));
    // Others see that it was looked up, and not whose it is.
    let alias = aliases.alias(other, &id, 1).await.unwrap();
    assert_eq!((alias.person, alias.lookups.len()), (None, 1));
    bed.seconds_pass(3_601);
    let alias = aliases.alias(moderator, &id, 1).await.unwrap();
    assert_eq!(alias.person, None);
    let logged = "SELECT count(*) FROM event WHERE kind = 'community.alias_looked_up'";
    assert_eq!(bed.number(logged).await, 1);
    for (actor, id, number) in [
        (ada, id.as_str(), 1),
        (Actor::Visitor, id.as_str(), 1),
        (moderator, id.as_str(), 2),
        (moderator, "0000000000", 1),
    ] {
        let alias = aliases.alias(actor, id, number).await;
        assert_eq!(alias, Err(Error::NotFound));
        let look_up = aliases.look_up_alias(actor, id, number, "Why").await;
        assert_eq!(look_up, Err(Error::NotFound));
    }
}

async fn an_alias_is_nobody_elses_once_its_account_is_deleted(bed: Bed) {
    bed.with_conditions().await;
    let grace = bed.joined(2, None, ALPHA).await;
    let mut kept = Vec::new();
    let mut people = Vec::new();
    for (address, erases) in [("ada@example.org", false), ("emmy@example.org", true)] {
        let signed_in = bed.member(address).await;
        people.push((bed.actor(&signed_in).await, erases));
    }
    for (person, erases) in people {
        bed.join(person, ALPHA).await;
        let id = bed.start_anonymously(person, "Who else?").await;
        bed.reply_anonymously(person, &id, "I do.").await;
        let accounts = bed.storage.accounts();
        let present = password(PASSWORD);
        accounts.delete(person, &present, erases).await.unwrap();
        bed.reply_anonymously(grace, &id, "I am still here.").await;
        let page = bed.topic(grace, &id).await;
        assert_eq!(page.posts[2].author, anonymous(2));
        kept.push(page.posts[1].deleted.is_none());
        assert_eq!(page.line.deleted, erases);
    }
    assert_eq!(kept, [true, false]);
    let named = "SELECT count(*) FROM event WHERE kind = 'community.post_deleted' \
                 AND actor_id IS NOT NULL";
    assert_eq!(bed.number(named).await, 0);
}

async fn questions_are_asked_and_answered_under_an_alias(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let expert = bed.joined(3, Some(Role::Expert), ALPHA).await;
    let questions = bed.storage.communities();
    let draft = QuestionDraft {
        anonymous: true,
        ..question("May I swim?", Members)
    };
    let id = questions.ask(ada, ALPHA, draft, &submission("ask")).await;
    let id = id.unwrap();
    let thread = bed.question(ada, &id).await;
    assert_eq!(thread.answers_as, Some(AnswersAs::Asker));
    let key = submission("add");
    let added = questions.answer(ada, &id, "In cold water.", None, true, &key);
    assert_eq!(added.await, Ok(2));
    let key = submission("two");
    let answered = questions
        .answer(grace, &id, "I do.", None, true, &key)
        .await;
    assert_eq!(answered, Ok(3));
    let key = submission("three");
    let hidden = questions
        .answer(expert, &id, "You may.", None, true, &key)
        .await;
    assert!(matches!(hidden, Err(Error::Forbidden { .. })), "{hidden:?}");
    let thread = bed.question(grace, &id).await;
    assert_eq!(thread.answer_count, 1, "what the asker adds is none");
    let answers = thread.answers.iter();
    let shown: Vec<_> = answers
        .map(|one| (one.alias, one.answers_as, one.own))
        .collect();
    assert_eq!(
        shown,
        [
            (Some(1), Some(AnswersAs::Asker), false),
            (Some(2), Some(AnswersAs::Member), true),
        ]
    );
    questions
        .decline(expert, &id, "Ask your doctor.")
        .await
        .unwrap();
    bed.tell().await;
    let told = bed.told(ada).await;
    let declined = told
        .iter()
        .any(|one| one.kind == NotificationKind::Declined);
    assert!(declined, "{told:?}");
}

async fn a_decision_about_an_alias_is_told_and_names_nobody(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start_anonymously(ada, "Who else?").await;
    bed.reply_anonymously(ada, &id, "Buy my pills.").await;
    let moderation = bed.storage.communities();
    let hide = ContentModeration::Hide;
    let hidden = moderation.moderate(moderator, &id, 2, hide, "An advertisement");
    hidden.await.unwrap();
    bed.tell().await;
    let told = bed.told(ada).await;
    assert_eq!(told[0].subject, NotificationSubject::SomeDecision);
    let named = "SELECT count(*) FROM notification WHERE decision <> ''";
    assert_eq!(bed.number(named).await, 0);
    // Its author reads it, and why; nobody else has such a decision.
    let post = bed.post(ada, &id, 2).await;
    assert!(post.own && post.html.as_str().contains("pills"));
    let decision = post.hidden.unwrap().decision.unwrap();
    assert!(moderation.own_decision(ada, &decision).await.is_ok());
    let other = moderation.own_decision(grace, &decision).await;
    assert_eq!(other.map(drop), Err(Error::NotFound));
    assert!(
        !bed.post(grace, &id, 2)
            .await
            .html
            .as_str()
            .contains("pills")
    );
    let decisions = moderation.own_decisions(ada, None).await.unwrap();
    assert_eq!(decisions.decisions.len(), 1);
}

async fn what_is_hidden_or_deleted_shows_no_alias(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.moderator(3).await;
    let communities = bed.storage.communities();
    let draft = QuestionDraft {
        anonymous: true,
        ..question("May I swim?", Members)
    };
    let id = communities.ask(ada, ALPHA, draft, &submission("ask")).await;
    let id = id.unwrap();
    for number in [2, 3] {
        let key = submission(&format!("add {number}"));
        let added = communities.answer(ada, &id, "In the sea.", None, true, &key);
        assert_eq!(added.await, Ok(number));
    }
    // One cannot react to what one wrote.
    let react = communities.react(ada, &id, 2, ReactionKind::Hugs).await;
    assert!(matches!(react, Err(Error::Forbidden { .. })), "{react:?}");
    communities.delete_post(ada, &id, 2, "").await.unwrap();
    bed.moderate(moderator, &id, 3, ContentModeration::Hide)
        .await;
    let answers = bed.question(grace, &id).await.answers;
    for answer in answers {
        assert_eq!(
            (answer.alias, answer.answers_as),
            (None, Some(AnswersAs::Member))
        );
        assert_eq!(answer.author, Author::default());
    }
    bed.moderate(moderator, &id, 1, ContentModeration::Hide)
        .await;
    let line = bed.question(grace, &id).await.line;
    assert_eq!(line.author, Author::default());
    // Whoever has joined is still known as who asked, to the service alone.
    assert!(bed.question(ada, &id).await.details.own);
}

async fn an_expert_who_asks_without_a_name_adds_to_it_without_one(bed: Bed) {
    bed.with_conditions().await;
    let expert = bed.joined(1, Some(Role::Expert), ALPHA).await;
    let questions = bed.storage.communities();
    let draft = QuestionDraft {
        anonymous: true,
        ..question("May I swim?", Members)
    };
    let id = questions
        .ask(expert, ALPHA, draft, &submission("ask"))
        .await;
    let id = id.unwrap();
    // Unmarked beside the marked answers of experts, it would say who has asked.
    let key = submission("named");
    let named = questions.answer(expert, &id, "I tried.", None, false, &key);
    let named = named.await;
    assert!(matches!(named, Err(Error::Forbidden { .. })), "{named:?}");
    let key = submission("nameless");
    let added = questions.answer(expert, &id, "I tried.", None, true, &key);
    assert_eq!(added.await, Ok(2));
}

/// Asks for a method of the service with something sensible, for the walk along all of them.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let writer = bed.joined(Uuid::new_v4().as_u128(), None, "alpha").await;
    let id = bed.start_anonymously_in("alpha", writer, "A walk").await;
    let aliases = bed.storage.communities();
    match method {
        "aliases.alias" => aliases.alias(actor, &id, 1).await.map(drop),
        "aliases.look_up_alias" => aliases.look_up_alias(actor, &id, 1, "A walk").await,
        other => panic!("{other} is not walked"),
    }
}
