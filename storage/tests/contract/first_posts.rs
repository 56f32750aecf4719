//! First posts: what new people write where somebody leads waits until it is read.

use domain::{
    Error, Result,
    account::{Actor, Role},
    catalogue::Resolved,
    community::{
        CommunityRequests, Discussions, FIRST_POSTS_MOST, FirstPostDecision, FirstPostDraft,
        FirstPostList, FirstPostPlace, FirstPosts, Memberships, NotificationKind,
        NotificationSubject, PostDraft, QuestionDraft, Questions, TopicAudience, TopicDraft,
    },
};
use sea_orm::EntityTrait;
use storage::{community::entity::first_post, event::entity as event};

use crate::{
    bed::Bed,
    people::{field, submission},
    writers::{ALPHA, BETA, titles},
};

contract! {
    what_somebody_new_writes_waits_until_a_leader_publishes_it,
    a_declined_post_is_told_with_its_reason,
    where_nobody_leads_nothing_waits,
    every_kind_of_post_waits,
    without_a_name_nothing_says_who_it_was,
}

use TopicAudience::{Community, Everyone};

pub(crate) fn text(text: &str, anonymous: bool) -> PostDraft {
    PostDraft {
        text: text.to_owned(),
        in_reply_to: None,
        anonymous,
        content_note: None,
    }
}

fn topic(title: &str, audience: TopicAudience) -> TopicDraft {
    TopicDraft {
        title: title.to_owned(),
        text: format!("The text of {title}"),
        audience,
        anonymous: false,
        content_note: None,
    }
}

impl Bed {
    pub(crate) async fn hold(
        &self,
        actor: Actor,
        draft: FirstPostDraft,
        key: &str,
    ) -> Result<Option<String>> {
        let communities = self.storage.communities();
        communities.hold(actor, draft, &submission(key)).await
    }

    pub(crate) async fn first_posts(&self, actor: Actor, slug: &str) -> FirstPostList {
        match self.storage.communities().first_posts(actor, slug).await {
            Ok(Resolved::Here(list)) => list,
            other => panic!("{other:?}"),
        }
    }

    /// The only one that waits.
    pub(crate) async fn waiting(&self, leader: Actor) -> String {
        let waiting = self.first_posts(leader, ALPHA).await.waiting.unwrap();
        assert_eq!(waiting.len(), 1, "{waiting:?}");
        waiting[0].id.clone()
    }

    pub(crate) async fn publish(&self, actor: Actor, id: &str) -> Result<()> {
        let communities = self.storage.communities();
        communities
            .decide_first_post(actor, id, FirstPostDecision::Publish)
            .await
    }

    pub(crate) async fn decline_first(&self, actor: Actor, id: &str, reason: &str) -> Result<()> {
        let decision = FirstPostDecision::Decline {
            reason: reason.to_owned(),
        };
        let communities = self.storage.communities();
        communities.decide_first_post(actor, id, decision).await
    }

    /// A leader of ALPHA, and somebody new there.
    pub(crate) async fn leader_and_newcomer(&self) -> (Actor, Actor) {
        self.with_conditions().await;
        let moderator = self.writer(1, Some(Role::Moderator)).await;
        let leader = self.leader(2, ALPHA, moderator).await;
        (leader, self.joined(3, None, ALPHA).await)
    }

    pub(crate) async fn titles_for(&self, actor: Actor, slug: &str) -> Vec<String> {
        let list = self.topics(actor, slug, None).await;
        let titles = titles(&list.topics).into_iter().map(str::to_owned);
        titles.collect()
    }

    async fn sealed(&self) {
        self.storage.events().seal().await.unwrap();
        self.storage.communities().tell().await.unwrap();
    }
}

pub(crate) fn discussion(title: &str) -> FirstPostDraft {
    FirstPostDraft::Discussion(ALPHA.to_owned(), topic(title, Everyone))
}

async fn what_somebody_new_writes_waits_until_a_leader_publishes_it(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    // The form says so before.
    let starting = bed
        .storage
        .communities()
        .starting(ada, ALPHA)
        .await
        .unwrap();
    assert!(matches!(starting, Resolved::Here(starting) if starting.waits));
    let past = bed.start(ada, ALPHA, "Past the leader", Everyone).await;
    assert!(matches!(past, Err(Error::Forbidden { .. })), "{past:?}");
    // Sent twice, it waits once.
    for _ in 0..2 {
        let held = bed.hold(ada, discussion("Who else?"), "one").await;
        assert_eq!(held, Ok(Some(ALPHA.to_owned())));
    }
    let before = bed.changed();
    assert!(bed.titles_for(leader, ALPHA).await.is_empty());
    assert!(bed.titles_for(ada, ALPHA).await.is_empty());
    bed.sealed().await;
    let told = bed.told(leader).await;
    assert_eq!(told[0].kind, NotificationKind::Waiting);
    assert!(matches!(
        &told[0].subject,
        NotificationSubject::FirstPosts { condition } if condition.slug == ALPHA
    ));
    let moderator = bed.writer(7, Some(Role::Moderator)).await;
    let communities = bed.storage.communities();
    let everywhere = communities.waiting_everywhere(moderator).await.unwrap();
    let first = &everywhere.first_posts[0];
    assert_eq!((first.condition.slug.as_str(), first.posts), (ALPHA, 1));
    let own = bed.first_posts(ada, ALPHA).await;
    assert_eq!((own.own.len(), own.waiting), (1, None));
    let list = bed.first_posts(leader, ALPHA).await;
    let waiting = &list.waiting.unwrap()[0];
    assert!(waiting.html.as_str().contains("The text of Who else?"));
    assert_eq!(
        waiting.author.as_ref().unwrap().name.as_deref(),
        Some("Person 3")
    );
    assert_eq!(
        waiting.place,
        FirstPostPlace::Topic {
            kind: domain::community::TopicKind::Discussion,
            title: "Who else?".to_owned(),
            audience: Everyone,
        }
    );
    assert_eq!(bed.changed(), before);

    bed.publish(leader, &waiting.id).await.unwrap();
    assert_eq!(bed.titles_for(Actor::Visitor, ALPHA).await, ["Who else?"]);
    assert!(bed.first_posts(ada, ALPHA).await.own.is_empty());
    bed.sealed().await;
    let told = bed.told(ada).await;
    assert_eq!(told[0].kind, NotificationKind::Approval);
    assert!(matches!(
        &told[0].subject,
        NotificationSubject::Post { number: 1, .. }
    ));
    // Whoever sends the form once more has no second topic of it.
    let again = bed.hold(ada, discussion("Who else?"), "one").await;
    assert_eq!(again, Ok(Some(ALPHA.to_owned())));
    // What comes after it does not wait.
    let next = bed.hold(ada, discussion("And then?"), "two").await;
    assert_eq!(next, Ok(None));
    bed.start(ada, ALPHA, "And then?", Everyone).await.unwrap();
}

async fn a_declined_post_is_told_with_its_reason(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    bed.hold(ada, discussion("Buy this"), "one").await.unwrap();
    let id = bed.waiting(leader).await;
    assert_eq!(field(bed.decline_first(leader, &id, " ").await), "reason");
    let reason = "This is an advertisement.";
    bed.decline_first(leader, &id, reason).await.unwrap();
    // Once more is no error.
    bed.decline_first(leader, &id, "Another").await.unwrap();
    assert_eq!(bed.publish(leader, &id).await, Err(Error::Conflict));
    let own = bed.first_posts(ada, ALPHA).await.own;
    assert_eq!(own[0].declined.as_deref(), Some(reason));
    assert_eq!(bed.first_posts(leader, ALPHA).await.waiting, Some(vec![]));
    bed.sealed().await;
    let told = bed.told(ada).await;
    assert_eq!(told[0].kind, NotificationKind::Approval);
    assert!(matches!(
        told[0].subject,
        NotificationSubject::FirstPosts { .. }
    ));
    // It can be written again, and removed.
    bed.hold(ada, discussion("Without it"), "two")
        .await
        .unwrap();
    let communities = bed.storage.communities();
    communities.withdraw_first_post(ada, &id).await.unwrap();
    communities.withdraw_first_post(ada, &id).await.unwrap();
    assert_eq!(bed.first_posts(ada, ALPHA).await.own.len(), 1);
    // In the end it is forgotten.
    let waiting = bed.waiting(leader).await;
    bed.decline_first(leader, &waiting, reason).await.unwrap();
    bed.days_pass(91);
    communities.sweep().await.unwrap();
    assert!(bed.first_posts(ada, ALPHA).await.own.is_empty());
}

async fn where_nobody_leads_nothing_waits(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    bed.join(ada, BETA).await;
    let beta = FirstPostDraft::Discussion(BETA.to_owned(), topic("In beta", Everyone));
    assert_eq!(bed.hold(ada, beta, "one").await, Ok(None));
    // Nobody waits for themselves, nor who has a role, or whose texts are known.
    assert_eq!(
        bed.hold(leader, discussion("Mine alone"), "two").await,
        Ok(None)
    );
    bed.start(leader, ALPHA, "Mine alone", Everyone)
        .await
        .unwrap();
    let expert = bed.joined(4, Some(Role::Expert), ALPHA).await;
    assert_eq!(
        bed.hold(expert, discussion("Ours alone"), "three").await,
        Ok(None)
    );
    // A post elsewhere is a first post, too, while it is there.
    let id = bed.start(ada, BETA, "In beta", Everyone).await.unwrap();
    assert_eq!(
        bed.hold(ada, discussion("Right now"), "four").await,
        Ok(None)
    );
    let communities = bed.storage.communities();
    communities.delete_post(ada, &id, 1, "").await.unwrap();
    let held = bed.hold(ada, discussion("Right now"), "five").await;
    assert_eq!(held, Ok(Some(ALPHA.to_owned())));
    // Whoever leads no longer reads nothing.
    communities.leave(leader, ALPHA).await.unwrap();
    assert_eq!(bed.hold(ada, discussion("Later on"), "six").await, Ok(None));
}

async fn every_kind_of_post_waits(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    let topic = bed
        .start(leader, ALPHA, "Read this", Community)
        .await
        .unwrap();
    let communities = bed.storage.communities();
    let question = QuestionDraft {
        title: "Does it hurt?".to_owned(),
        details: String::new(),
        audience: Everyone,
        anonymous: false,
        content_note: None,
    };
    let asked = communities
        .ask(leader, ALPHA, question.clone(), &submission("q"))
        .await
        .unwrap();
    assert!(communities.replying(ada, &topic, None).await.unwrap().waits);
    assert!(communities.answering(ada, &asked).await.unwrap().waits);
    let past = bed.reply(ada, &topic, "Past the leader").await;
    assert!(matches!(past, Err(Error::Forbidden { .. })));
    let wrong = PostDraft {
        in_reply_to: Some(7),
        ..text("To nobody", false)
    };
    let wrong = bed
        .hold(ada, FirstPostDraft::Reply(topic.clone(), wrong), "w")
        .await;
    assert_eq!(field(wrong), "in_reply_to");
    let reply = PostDraft {
        in_reply_to: Some(1),
        ..text("A reply", false)
    };
    let drafts = [
        FirstPostDraft::Reply(topic.clone(), reply),
        FirstPostDraft::Answer(asked.clone(), text("An answer", false)),
        FirstPostDraft::Question(ALPHA.to_owned(), question),
        discussion("A topic"),
    ];
    for (number, draft) in drafts.into_iter().enumerate() {
        let held = bed.hold(ada, draft, &number.to_string()).await;
        assert_eq!(held, Ok(Some(ALPHA.to_owned())), "{number}");
    }
    let last = bed.hold(ada, discussion("The fifth"), "fifth").await;
    assert!(last.is_ok());
    assert_eq!(FIRST_POSTS_MOST, 5);
    let more = bed.hold(ada, discussion("The sixth"), "sixth").await;
    assert!(matches!(more, Err(Error::LimitReached { .. })), "{more:?}");
    let waiting = bed.first_posts(leader, ALPHA).await.waiting.unwrap();
    assert_eq!(waiting.len(), 5);
    for post in &waiting {
        bed.publish(leader, &post.id).await.unwrap();
    }
    let posts = bed.topic(leader, &topic).await.posts;
    assert_eq!((posts.len(), posts[1].in_reply_to), (2, Some(1)));
    assert!(posts[1].html.as_str().contains("A reply"));
    let page = domain::community::AnswersPage::First;
    let thread = communities.question(Actor::Visitor, &asked, page).await;
    assert_eq!(thread.unwrap().line.posts, 2);
    let questions = communities.questions(Actor::Visitor, ALPHA, None).await;
    assert!(matches!(questions, Ok(Resolved::Here(found)) if found.questions.len() == 2));
    assert_eq!(bed.titles_for(ada, ALPHA).await.len(), 3);
}

async fn without_a_name_nothing_says_who_it_was(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    let draft = TopicDraft {
        anonymous: true,
        ..topic("In secret", Everyone)
    };
    let draft = FirstPostDraft::Discussion(ALPHA.to_owned(), draft);
    bed.hold(ada, draft, "one").await.unwrap();
    let waiting = bed.first_posts(leader, ALPHA).await.waiting.unwrap();
    assert_eq!(waiting[0].author, None);
    bed.publish(leader, &waiting[0].id).await.unwrap();
    bed.sealed().await;
    // No row of the queue, no event and no notification joins the two.
    let connection = bed.connection().await;
    let rows = first_post::Entity::find().all(&connection).await.unwrap();
    assert!(rows.is_empty());
    let account = ada.member().unwrap().account.0;
    let events = event::Entity::find().all(&connection).await.unwrap();
    for event in events
        .iter()
        .filter(|event| event.kind.contains("first_post") || event.kind.contains("topic_started"))
    {
        assert_ne!(event.actor_id, Some(account), "{event:?}");
    }
    assert!(bed.told(ada).await.is_empty());
    let named = bed.start(ada, ALPHA, "By name", Everyone).await;
    assert!(named.is_ok());
}
