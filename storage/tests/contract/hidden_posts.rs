//! Posts that moderators hide: their text is nowhere but where their authors and moderators read it.

use std::fmt::Write as _;

use domain::{
    Error,
    account::{Accounts, Actor, Role},
    catalogue::Resolved,
    community::{
        AnswersPage, ContentModeration, Discussions, Feeds, Moderation, NotificationKind,
        NotificationSubject, Notifications, QuestionDraft, QuestionState, Questions, TopicAudience,
        TopicKind,
    },
    search::{SearchIn, TextSearch},
};

use crate::{
    bed::Bed,
    discussion_audiences::readers,
    people::{PASSWORD, password, submission},
    writers::ALPHA,
};

contract! {
    a_hidden_text_is_nowhere_else,
    what_is_shown_again_is_as_before,
    a_hidden_question_and_its_answers_are_found_by_nobody,
    a_hidden_expert_answer_is_no_answer,
    the_author_reads_and_deletes_what_is_hidden,
    a_hidden_topic_without_replies_is_in_no_list,
    who_follows_is_told_of_the_next_post,
    a_hidden_text_goes_with_its_account,
}

use ContentModeration::{Hide, Show};
use TopicAudience::{Everyone, Members};

/// Words that stand nowhere but in what is hidden.
const SECRETS: [&str; 2] = ["quokka", "wombat"];

impl Bed {
    /// Somebody who keeps order.
    pub(crate) async fn moderator(&self, index: u128) -> Actor {
        self.writer(index, Some(Role::Moderator)).await
    }

    pub(crate) async fn moderate(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        what: ContentModeration,
    ) {
        let communities = self.storage.communities();
        let done = communities.moderate(actor, id, number, what, "Not here");
        done.await.unwrap();
    }

    /// Everything that somebody is told of a discussion, on whatever way.
    async fn all_that_is_read(&self, actor: Actor, id: &str) -> String {
        let communities = self.storage.communities();
        let texts = self.storage.texts();
        let alpha = self.id(ALPHA).await;
        let mut all = String::new();
        let mut add = |what: &dyn std::fmt::Debug| {
            // Writing to a String cannot fail.
            let _ = writeln!(all, "{what:?}");
        };
        add(&communities.topic(actor, id, None).await);
        add(&communities.topics(actor, ALPHA, None).await);
        add(&communities.newest(actor, alpha).await);
        add(&communities.recent(actor, None).await);
        add(&communities.feed(actor, ALPHA, None, None).await);
        for number in 1..=4 {
            add(&communities.versions(actor, id, number).await);
            add(&communities.replying(actor, id, Some(number)).await);
            add(&communities.deleting(actor, id, number).await);
        }
        for secret in SECRETS {
            for within in SearchIn::ALL {
                add(&texts
                    .search_texts(actor, secret, within, None, None)
                    .await
                    .map(|hits| hits.hits));
            }
            add(&texts.first_text_hits(actor, secret).await);
        }
        all
    }
}

fn has_secret(text: &str) -> bool {
    SECRETS.iter().any(|secret| text.contains(secret))
}

/// A discussion of four posts: the first and the third have secrets, in former texts, too.
async fn discussion(bed: &Bed, audience: TopicAudience) -> (Actor, Actor, String) {
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let communities = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "My wombats", audience).await.unwrap();
    bed.reply(grace, &id, "What are they?").await.unwrap();
    bed.reply(ada, &id, "A quokka, in another place.")
        .await
        .unwrap();
    bed.reply(grace, &id, "I see.").await.unwrap();
    for (number, version, text) in [
        (1, 1, "One quokka."),
        (1, 2, "Two quokkas."),
        (3, 1, "A quokka."),
    ] {
        bed.seconds_pass(1);
        let edit = communities
            .edit_post(ada, &id, number, version, text, None)
            .await;
        edit.unwrap();
    }
    (ada, grace, id)
}

async fn a_hidden_text_is_nowhere_else(bed: Bed) {
    bed.with_conditions().await;
    let (ada, grace, id) = discussion(&bed, Everyone).await;
    let moderator = bed.moderator(3).await;
    bed.tell().await;
    let mut others = vec![grace];
    for (actor, ..) in readers(&bed).await {
        let moderates = actor.member().is_some_and(|member| {
            member.standing == domain::account::Standing::Good
                && (member.roles.contains(Role::Moderator)
                    || member.roles.contains(Role::Administrator))
        });
        if !moderates {
            others.push(actor);
        }
    }
    for actor in &others {
        assert!(
            has_secret(&bed.all_that_is_read(*actor, &id).await),
            "{actor:?}"
        );
    }
    for number in [1, 3] {
        bed.moderate(moderator, &id, number, Hide).await;
    }
    bed.tell().await;
    for actor in others {
        let all = bed.all_that_is_read(actor, &id).await;
        assert!(!has_secret(&all), "{actor:?}: {all}");
        let topic = bed.topic(actor, &id).await;
        assert_eq!(topic.line.title, "Hidden discussion");
        assert_eq!(
            (topic.line.words.as_str(), topic.line.deleted),
            ("discussion", true)
        );
        assert_eq!(topic.line.posts, 4);
        let post = &topic.posts[2];
        let hidden = post.hidden.as_ref().unwrap();
        assert_eq!(hidden.reason, "Not here");
        assert_eq!((&hidden.title, &hidden.decision), (&None, &None));
        assert_eq!((post.author.name.as_ref(), post.own), (None, false));
        assert!(post.html.as_str().is_empty());
    }
    // Nothing that reads posts finds it in the tables that others are shown.
    let traces = bed
        .number(
            "SELECT (SELECT count(*) FROM post WHERE text LIKE '%quokka%' OR html LIKE '%quokka%') \
             + (SELECT count(*) FROM topic WHERE title LIKE '%wombat%') \
             + (SELECT count(*) FROM search_document WHERE body LIKE '%quokka%' \
                OR title LIKE '%wombat%')",
        )
        .await;
    assert_eq!(traces, 0);
    let told = bed.told(grace).await;
    assert!(!has_secret(&format!("{told:?}")));
    // The author and moderators read it, with the title.
    for (actor, own) in [(ada, true), (moderator, false)] {
        let topic = bed.topic(actor, &id).await;
        let first = &topic.posts[0];
        assert!(first.html.as_str().contains("Two quokkas."));
        assert_eq!(first.own, own);
        let hidden = first.hidden.as_ref().unwrap();
        assert_eq!(hidden.title.as_deref(), Some("My wombats"));
        assert_eq!(hidden.decision.is_some(), own);
        assert_eq!(topic.line.title, "Hidden discussion");
    }
}

async fn what_is_shown_again_is_as_before(bed: Bed) {
    bed.with_conditions().await;
    let (_, grace, id) = discussion(&bed, Members).await;
    let moderator = bed.moderator(3).await;
    let stranger = bed.writer(4, None).await;
    let readers = [Actor::Visitor, grace, stranger, moderator];
    bed.tell().await;
    let mut before = Vec::new();
    for actor in readers {
        before.push(bed.all_that_is_read(actor, &id).await);
    }
    let told = bed.told(grace).await;
    for number in [1, 3] {
        bed.moderate(moderator, &id, number, Hide).await;
        // A second time, and by another moderator.
        bed.moderate(moderator, &id, number, Hide).await;
    }
    bed.tell().await;
    for number in [3, 1, 1] {
        bed.moderate(moderator, &id, number, Show).await;
    }
    bed.tell().await;
    for (actor, before) in readers.into_iter().zip(before) {
        assert_eq!(bed.all_that_is_read(actor, &id).await, before, "{actor:?}");
    }
    assert_eq!(bed.told(grace).await, told);
    assert_eq!(bed.number("SELECT count(*) FROM hidden_text").await, 0);
    let done = "SELECT count(*) FROM content_moderation";
    assert_eq!(bed.number(done).await, 4);
    let lifted = format!("{done} WHERE kind = 'hide' AND lifted_at IS NOT NULL");
    assert_eq!(bed.number(&lifted).await, 2);
}

/// A question with an answer of an expert and one of a member.
async fn question(bed: &Bed) -> (Actor, Actor, String) {
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.writer(2, Some(Role::Expert)).await;
    let draft = QuestionDraft {
        title: "May a wombat swim?".to_owned(),
        details: "A quokka may.".to_owned(),
        audience: Everyone,
        anonymous: false,
        content_note: None,
    };
    let key = submission("q");
    let id = communities.ask(ada, ALPHA, draft, &key).await.unwrap();
    let answer = communities.answer(expert, &id, "A quokka swims.", None, false, &key);
    assert_eq!(answer.await, Ok(2));
    (ada, expert, id)
}

async fn a_hidden_question_and_its_answers_are_found_by_nobody(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let (_, _, id) = question(&bed).await;
    let moderator = bed.moderator(3).await;
    let grace = bed.joined(4, None, ALPHA).await;
    let all = async |actor| {
        let mut all = format!("{:?}", communities.questions(actor, ALPHA, None).await);
        for page in [AnswersPage::First, AnswersPage::With(2)] {
            let page = communities.question(actor, &id, page).await;
            let _ = write!(all, "{page:?}");
        }
        let like = communities.similar(actor, ALPHA, "Which wombat may swim?");
        all + &format!(
            "{:?}{:?}",
            like.await,
            communities.answering(actor, &id).await
        )
    };
    assert!(has_secret(&all(grace).await));
    for number in [1, 2] {
        bed.moderate(moderator, &id, number, Hide).await;
    }
    for actor in [Actor::Visitor, grace] {
        let all = all(actor).await;
        assert!(!has_secret(&all), "{all}");
        assert!(all.contains("Hidden question"));
    }
    let thread = communities.question(moderator, &id, AnswersPage::First);
    let thread = thread.await.unwrap();
    assert!(thread.details.html.as_str().contains("A quokka may."));
    assert!(thread.answers[0].html.as_str().contains("A quokka swims."));
    assert_eq!(thread.line.kind(), TopicKind::Question);
}

async fn a_hidden_expert_answer_is_no_answer(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let (ada, expert, id) = question(&bed).await;
    let moderator = bed.moderator(3).await;
    let state = async || {
        let thread = communities.question(ada, &id, AnswersPage::First).await;
        let thread = thread.unwrap();
        (thread.line.question.unwrap(), thread.answer_count)
    };
    assert_eq!(state().await, (QuestionState::Answered, 1));
    bed.moderate(moderator, &id, 2, Hide).await;
    bed.moderate(moderator, &id, 2, Hide).await;
    assert_eq!(state().await, (QuestionState::Open, 0));
    bed.moderate(moderator, &id, 2, Show).await;
    assert_eq!(state().await, (QuestionState::Answered, 1));
    // Deleted while it is hidden it is not counted off twice.
    bed.moderate(moderator, &id, 2, Hide).await;
    communities.delete_post(expert, &id, 2, "").await.unwrap();
    assert_eq!(state().await, (QuestionState::Open, 0));
    bed.moderate(moderator, &id, 2, Show).await;
    let thread = communities.question(ada, &id, AnswersPage::First).await;
    let answer = &thread.unwrap().answers[0];
    assert!(answer.deleted.is_some() && answer.hidden.is_none());
    let negative = "SELECT count(*) FROM topic WHERE expert_answers <> 0";
    assert_eq!(bed.number(negative).await, 0);
}

async fn the_author_reads_and_deletes_what_is_hidden(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let (ada, grace, id) = discussion(&bed, Everyone).await;
    let moderator = bed.moderator(3).await;
    bed.moderate(moderator, &id, 3, Hide).await;
    let refused = Error::Forbidden {
        reason: "a moderator has hidden this post.".to_owned(),
    };
    let own = communities.own_post(ada, &id, 3).await;
    assert_eq!(own, Err(refused.clone()));
    let edit = communities.edit_post(ada, &id, 3, 2, "Not any more.", None);
    assert_eq!(edit.await, Err(refused));
    let theirs = communities.own_post(grace, &id, 3).await;
    assert!(matches!(theirs, Err(Error::Forbidden { .. })));
    let versions = communities.versions(ada, &id, 3).await;
    assert_eq!(versions, Err(Error::NotFound));
    let deleting = communities.deleting(ada, &id, 3).await.unwrap();
    assert!(deleting.post.html.as_str().contains("A quokka."));
    communities.delete_post(ada, &id, 3, "").await.unwrap();
    communities.delete_post(ada, &id, 1, "").await.unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM hidden_text").await, 0);
    let former = "SELECT count(*) FROM post_version WHERE text LIKE '%quokka%'";
    assert_eq!(bed.number(former).await, 0);
    for actor in [ada, grace, moderator] {
        let topic = bed.topic(actor, &id).await;
        assert_eq!(topic.line.title, "Deleted discussion");
        let post = &topic.posts[2];
        assert!(
            post.deleted
                .as_ref()
                .is_some_and(|deletion| deletion.by_author)
        );
        assert_eq!(post.hidden, None);
    }
    // Showing what is deleted brings nothing back, and what is deleted is not hidden.
    bed.moderate(moderator, &id, 3, Show).await;
    assert!(bed.post(grace, &id, 3).await.deleted.is_some());
    let hide = communities.moderate(moderator, &id, 1, Hide, "Late").await;
    assert!(matches!(hide, Err(Error::Forbidden { .. })));
}

async fn a_hidden_topic_without_replies_is_in_no_list(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.moderator(3).await;
    let id = bed.start(ada, ALPHA, "My wombats", Everyone).await.unwrap();
    bed.moderate(moderator, &id, 1, Hide).await;
    let communities = bed.storage.communities();
    for actor in [Actor::Visitor, ada, moderator] {
        let list = bed.topics(actor, ALPHA, None).await;
        assert!(list.topics.is_empty());
        let Ok(Resolved::Here(feed)) = communities.feed(actor, ALPHA, None, None).await else {
            panic!("there is no feed");
        };
        assert!(feed.feed.lines.is_empty());
    }
    bed.moderate(moderator, &id, 1, Show).await;
    assert_eq!(bed.topics(ada, ALPHA, None).await.topics.len(), 1);
}

async fn who_follows_is_told_of_the_next_post(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.moderator(3).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    bed.tell().await;
    bed.reply(grace, &id, "An advert.").await.unwrap();
    bed.reply(grace, &id, "Sorry.").await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, [(NotificationKind::Followed, 2)]);
    bed.moderate(moderator, &id, 2, Hide).await;
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, [(NotificationKind::Followed, 3)]);
    // Who wrote it is told of the decision, once, and not by whom.
    let told = bed.told(grace).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].kind, NotificationKind::Decision);
    let NotificationSubject::Decision { id: decision, .. } = &told[0].subject else {
        panic!("{told:?}");
    };
    let communities = bed.storage.communities();
    let decision = communities.own_decision(grace, decision).await.unwrap();
    assert_eq!(decision.reason, "Not here");
    assert_eq!(decision.post.unwrap().number, 2);
    let list = communities.notifications(grace, None).await.unwrap();
    assert_eq!(list.unread, 1);
    bed.mark_all(grace).await;
    assert_eq!(communities.unread(grace).await, Ok(0));
    // Nobody is told of a reply that was hidden before the log was read.
    bed.reply(grace, &id, "Another advert.").await.unwrap();
    bed.moderate(moderator, &id, 4, Hide).await;
    bed.mark_all(ada).await;
    bed.tell().await;
    assert!(bed.told(ada).await.iter().all(|one| one.read));
}

async fn a_hidden_text_goes_with_its_account(bed: Bed) {
    bed.with_conditions().await;
    let signed_in = bed.member("ada@example.org").await;
    let ada = bed.actor(&signed_in).await;
    bed.join(ada, ALPHA).await;
    let moderator = bed.moderator(3).await;
    let communities = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "My wombats", Everyone).await.unwrap();
    bed.reply(moderator_who_joined(&bed).await, &id, "So.")
        .await
        .unwrap();
    bed.moderate(moderator, &id, 1, Hide).await;
    let decision = communities.own_decisions(ada, None).await.unwrap();
    let decision = &decision.decisions[0].id;
    communities
        .appeal(ada, decision, "It is about a wombat.")
        .await
        .unwrap();
    let accounts = bed.storage.accounts();
    let gone = accounts.delete(ada, &password(PASSWORD), true).await;
    gone.unwrap();
    for table in ["hidden_text", "appeal"] {
        let count = format!("SELECT count(*) FROM {table}");
        assert_eq!(bed.number(&count).await, 0, "{table}");
    }
    bed.tell().await;
    let topic = bed.topic(Actor::Visitor, &id).await;
    assert_eq!(topic.line.title, "Deleted discussion");
    let page = communities.moderating(moderator, &id, 1).await.unwrap();
    assert_eq!(page.history.len(), 1);
    bed.moderate(moderator, &id, 1, Show).await;
}

/// Somebody else who writes there.
async fn moderator_who_joined(bed: &Bed) -> Actor {
    bed.joined(9, Some(Role::Moderator), ALPHA).await
}
