//! Drafts of posts: what somebody has begun to write in a community.

use domain::{
    Result,
    account::Actor,
    catalogue::Resolved,
    community::{
        Discussions, DraftPlace, DraftSaving, DraftText, FirstPostDraft, Memberships, Published,
        QuestionDraft, Questions, SavedDraft, SavedDraftPlace, SavedDrafts, TopicAudience,
        TopicKind,
    },
};
use sea_orm::EntityTrait;
use storage::community::entity::post_draft;
use uuid::Uuid;

use crate::{
    bed::Bed,
    first_posts::{discussion, text},
    people::{field, submission},
    writers::{ALPHA, draft},
};

contract! {
    a_draft_is_found_again_by_its_owner_alone,
    another_draft_is_shown_before_it_is_replaced,
    what_is_sent_twice_is_saved_once,
    publishing_deletes_the_draft,
    what_waits_for_a_leader_is_a_draft_no_more,
    a_draft_that_was_saved_since_stays,
}

use TopicAudience::Everyone;

pub(crate) fn begun(text: &str) -> DraftText {
    DraftText {
        title: "Who else?".to_owned(),
        text: text.to_owned(),
        content_note: Some("mentions death".to_owned()),
        in_reply_to: None,
    }
}

pub(crate) fn new_discussion() -> DraftPlace {
    DraftPlace::Discussion(ALPHA.to_owned())
}

impl Bed {
    pub(crate) async fn save_draft(
        &self,
        actor: Actor,
        place: DraftPlace,
        version: Option<&str>,
        content: DraftText,
    ) -> Result<DraftSaving> {
        let communities = self.storage.communities();
        communities.save_draft(actor, place, version, content).await
    }

    /// Saves one where nothing is in the way.
    pub(crate) async fn begin_draft(&self, actor: Actor, place: DraftPlace, text: &str) -> String {
        let saved = self.save_draft(actor, place, None, begun(text)).await;
        version(saved)
    }

    /// What is in the fields where a discussion is started.
    pub(crate) async fn starting_draft(&self, actor: Actor, slug: &str) -> Option<SavedDraft> {
        match self.storage.communities().starting(actor, slug).await {
            Ok(Resolved::Here(starting)) => starting.draft,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn own_drafts(&self, actor: Actor) -> Vec<(SavedDraftPlace, SavedDraft)> {
        let communities = self.storage.communities();
        let lines = communities.saved_drafts(actor).await.unwrap();
        lines
            .into_iter()
            .map(|line| (line.place, line.draft))
            .collect()
    }

    async fn send(
        &self,
        actor: Actor,
        post: FirstPostDraft,
        version: Option<&str>,
    ) -> Result<Published> {
        let key = submission(&Uuid::new_v4().to_string());
        let communities = self.storage.communities();
        communities.publish(actor, post, version, &key).await
    }
}

pub(crate) fn version(saving: Result<DraftSaving>) -> String {
    match saving {
        Ok(DraftSaving::Saved(version)) => version,
        other => panic!("{other:?}"),
    }
}

/// Asks for it with something sensible.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let communities = bed.storage.communities();
    let place = DraftPlace::Discussion("alpha".to_owned());
    match method {
        "saved_drafts.save_draft" => {
            let saving = communities.save_draft(actor, place, None, begun("A walk"));
            saving.await.map(drop)
        }
        "saved_drafts.saved_drafts" => communities.saved_drafts(actor).await.map(drop),
        "saved_drafts.delete_draft" => communities.delete_draft(actor, "0000000000").await,
        "saved_drafts.publish" => {
            if actor.member().is_some() {
                // Whoever may not write is told so in any case.
                let _ = communities.join(actor, "alpha").await;
            }
            let post = FirstPostDraft::Discussion("alpha".to_owned(), draft("A walk", Everyone));
            bed.send(actor, post, None).await.map(drop)
        }
        other => panic!("{other} is not walked"),
    }
}

async fn a_draft_is_found_again_by_its_owner_alone(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let topic = bed
        .start(grace, ALPHA, "Read this", Everyone)
        .await
        .unwrap();
    let question = QuestionDraft {
        title: "Does it hurt?".to_owned(),
        details: String::new(),
        audience: Everyone,
        anonymous: false,
        content_note: None,
    };
    let communities = bed.storage.communities();
    let key = submission("q");
    let asked = communities.ask(grace, ALPHA, question, &key);
    let asked = asked.await.unwrap();
    bed.begin_draft(ada, new_discussion(), "A finch").await;
    let place = DraftPlace::Question(ALPHA.to_owned());
    bed.begin_draft(ada, place, "A wren").await;
    let reply = DraftText {
        in_reply_to: Some(1),
        ..begun("A lark")
    };
    let saved = bed.save_draft(ada, DraftPlace::Topic(topic.clone()), None, reply);
    version(saved.await);
    bed.begin_draft(ada, DraftPlace::Topic(asked.clone()), "A tit")
        .await;

    let starting = bed.starting_draft(ada, ALPHA).await.unwrap();
    assert_eq!(starting.content, begun("A finch"));
    let Ok(Resolved::Here(asking)) = communities.asking(ada, ALPHA).await else {
        panic!("it is not there");
    };
    assert_eq!(asking.draft.unwrap().content, begun("A wren"));
    // It goes on where it replied.
    let replying = communities.replying(ada, &topic, None).await.unwrap();
    let found = replying.draft.unwrap().content;
    assert_eq!(
        (found.title.as_str(), found.text.as_str(), found.in_reply_to),
        ("", "A lark", Some(1))
    );
    assert_eq!(replying.post.unwrap().number, 1);
    let answering = communities.answering(ada, &asked).await.unwrap();
    assert_eq!(answering.draft.unwrap().content.text, "A tit");
    assert!(bed.topic(ada, &topic).await.draft_saved.is_some());
    let places: Vec<_> = bed
        .own_drafts(ada)
        .await
        .into_iter()
        .map(|(at, _)| at)
        .collect();
    assert_eq!(places.len(), 4);
    assert!(places.iter().any(|place| matches!(
        place,
        SavedDraftPlace::Begins { kind: TopicKind::Question, condition } if condition.slug == ALPHA
    )));
    assert!(places.iter().any(|place| matches!(
        place,
        SavedDraftPlace::Adds(Some(link)) if link.id == topic
    )));

    assert_eq!(bed.starting_draft(grace, ALPHA).await, None);
    assert_eq!(bed.topic(grace, &topic).await.draft_saved, None);
    assert_eq!(bed.topic(Actor::Visitor, &topic).await.draft_saved, None);
    assert_eq!(
        communities
            .replying(grace, &topic, None)
            .await
            .unwrap()
            .draft,
        None
    );
    assert!(bed.own_drafts(grace).await.is_empty());
    // By its version nobody else deletes it, or publishes it away.
    communities
        .delete_draft(grace, &starting.version)
        .await
        .unwrap();
    bed.send(grace, discussion("Mine alone"), Some(&starting.version))
        .await
        .unwrap();
    assert_eq!(bed.own_drafts(ada).await.len(), 4);
    for version in ["0000000000", "\0", ""] {
        communities.delete_draft(ada, version).await.unwrap();
    }
    communities
        .delete_draft(ada, &starting.version)
        .await
        .unwrap();
    assert_eq!(bed.starting_draft(ada, ALPHA).await, None);
}

async fn another_draft_is_shown_before_it_is_replaced(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let first = bed.begin_draft(ada, new_discussion(), "On the phone").await;
    // Another device had opened the form before there was a draft, or knows an older one.
    let other = bed.save_draft(ada, new_discussion(), None, begun("At the desk"));
    let Ok(DraftSaving::Differs(shown)) = other.await else {
        panic!("one was lost");
    };
    assert_eq!(
        (shown.version.as_str(), shown.content),
        (first.as_str(), begun("On the phone"))
    );
    let kept = bed.starting_draft(ada, ALPHA).await.unwrap();
    assert_eq!(kept.content.text, "On the phone");
    let second = bed
        .save_draft(ada, new_discussion(), Some(&first), begun("At the desk"))
        .await;
    let second = version(second);
    assert_ne!(first, second);
    let late = bed.save_draft(ada, new_discussion(), Some(&first), begun("Later on"));
    let Ok(DraftSaving::Differs(shown)) = late.await else {
        panic!("one was lost");
    };
    assert_eq!(shown.content.text, "At the desk");
    // A version that was deleted begins anew.
    let communities = bed.storage.communities();
    communities.delete_draft(ada, &first).await.unwrap();
    assert_eq!(bed.own_drafts(ada).await.len(), 1);
    communities.delete_draft(ada, &second).await.unwrap();
    let again = bed.save_draft(ada, new_discussion(), Some(&second), begun("Later on"));
    assert_ne!(version(again.await), second);
    assert_eq!(bed.own_drafts(ada).await.len(), 1);
}

async fn what_is_sent_twice_is_saved_once(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let first = bed.begin_draft(ada, new_discussion(), "A finch").await;
    assert_eq!(
        bed.begin_draft(ada, new_discussion(), "A finch").await,
        first
    );
    assert_eq!(bed.own_drafts(ada).await.len(), 1);
}

async fn publishing_deletes_the_draft(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let version = bed.begin_draft(ada, new_discussion(), "A finch").await;
    // What is refused leaves it.
    let short = FirstPostDraft::Discussion(ALPHA.to_owned(), draft("No", Everyone));
    assert_eq!(field(bed.send(ada, short, Some(&version)).await), "title");
    assert_eq!(bed.own_drafts(ada).await.len(), 1);
    let Ok(Published::Topic(topic)) = bed.send(ada, discussion("A finch"), Some(&version)).await
    else {
        panic!("it was not published");
    };
    assert!(bed.own_drafts(ada).await.is_empty());

    // Replies, too, and without a name.
    let place = DraftPlace::Topic(topic.clone());
    let version = bed.begin_draft(grace, place, "A lark").await;
    let reply = FirstPostDraft::Reply(topic.clone(), text("A lark", true));
    let sent = bed.send(grace, reply, Some(&version)).await;
    assert_eq!(sent, Ok(Published::Post(2)));
    assert!(bed.own_drafts(grace).await.is_empty());

    let question = QuestionDraft {
        title: "Does it hurt?".to_owned(),
        details: String::new(),
        audience: Everyone,
        anonymous: false,
        content_note: None,
    };
    let place = DraftPlace::Question(ALPHA.to_owned());
    let version = bed.begin_draft(ada, place, "").await;
    let post = FirstPostDraft::Question(ALPHA.to_owned(), question);
    let Ok(Published::Topic(asked)) = bed.send(ada, post, Some(&version)).await else {
        panic!("it was not asked");
    };
    let place = DraftPlace::Topic(asked.clone());
    let version = bed.begin_draft(grace, place, "A tit").await;
    let answer = FirstPostDraft::Answer(asked, text("A tit", false));
    let sent = bed.send(grace, answer, Some(&version)).await;
    assert_eq!(sent, Ok(Published::Post(2)));
    let rows = post_draft::Entity::find()
        .all(&bed.connection().await)
        .await;
    assert!(rows.unwrap().is_empty());
}

async fn what_waits_for_a_leader_is_a_draft_no_more(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    let version = bed.begin_draft(ada, new_discussion(), "A finch").await;
    assert_eq!(bed.first_posts(leader, ALPHA).await.waiting, Some(vec![]));
    let key = submission("one");
    let communities = bed.storage.communities();
    for _ in 0..2 {
        let sent = communities.publish(ada, discussion("A finch"), Some(&version), &key);
        assert_eq!(sent.await, Ok(Published::Waits(ALPHA.to_owned())));
    }
    assert!(bed.own_drafts(ada).await.is_empty());
    assert_eq!(bed.first_posts(ada, ALPHA).await.own.len(), 1);
}

async fn a_draft_that_was_saved_since_stays(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let first = bed.begin_draft(ada, new_discussion(), "On the phone").await;
    let other = bed.save_draft(ada, new_discussion(), Some(&first), begun("At the desk"));
    version(other.await);
    bed.send(ada, discussion("From the phone"), Some(&first))
        .await
        .unwrap();
    let kept = bed.starting_draft(ada, ALPHA).await.unwrap();
    assert_eq!(kept.content.text, "At the desk");
    // Nor does a form that has never had it before it.
    bed.send(ada, discussion("Another one"), None)
        .await
        .unwrap();
    assert_eq!(bed.own_drafts(ada).await.len(), 1);
}
