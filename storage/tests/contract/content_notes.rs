//! Content notes: what is behind one is shown only to who opens it.

use domain::{
    Error,
    account::Actor,
    community::{Discussions, PostDraft, QuestionDraft, Questions, TopicAudience, TopicDraft},
    search::SearchIn,
    text::Change,
};
use uuid::Uuid;

use crate::{
    bed::Bed,
    people::{field, submission},
    writers::{ALPHA, draft},
};

contract! {
    a_note_is_written_with_a_post_changed_and_removed,
    a_hit_behind_a_note_says_the_note_alone,
    a_version_is_behind_its_own_note_or_that_of_the_present_text,
    a_note_that_is_too_long_is_refused_with_its_words,
}

use TopicAudience::Everyone;

const NOTE: &str = "mentions death";

fn noted(title: &str) -> TopicDraft {
    TopicDraft {
        content_note: Some(format!(" {NOTE} ")),
        text: "A Qxheron was found.".to_owned(),
        ..draft(title, Everyone)
    }
}

impl Bed {
    /// A discussion whose first post is behind a note, and its author.
    async fn behind_a_note(&self) -> (Actor, String) {
        self.with_conditions().await;
        let ada = self.joined(1, None, ALPHA).await;
        let key = submission("noted");
        let discussions = self.storage.communities();
        let started = discussions.start(ada, ALPHA, noted("A walk"), &key);
        (ada, started.await.unwrap())
    }

    async fn note(&self, id: &str, number: i64) -> Option<String> {
        self.post(Actor::Visitor, id, number).await.content_note
    }
}

async fn a_note_is_written_with_a_post_changed_and_removed(bed: Bed) {
    let (ada, id) = bed.behind_a_note().await;
    let communities = bed.storage.communities();
    assert_eq!(bed.note(&id, 1).await.as_deref(), Some(NOTE));
    let reply = PostDraft {
        text: "So.".to_owned(),
        in_reply_to: Some(1),
        content_note: Some("mentions suicide".to_owned()),
        anonymous: false,
    };
    let key = submission("reply");
    let replied = communities.reply(ada, &id, reply, &key).await;
    assert_eq!(replied, Ok(2));
    assert_eq!(bed.note(&id, 2).await.as_deref(), Some("mentions suicide"));
    let quoted = communities.replying(ada, &id, Some(2)).await.unwrap();
    let quoted = quoted.post.unwrap().content_note;
    assert_eq!(quoted.as_deref(), Some("mentions suicide"));
    // The note alone is an edit, too; the same again is none.
    let own = communities.own_post(ada, &id, 1).await.unwrap();
    assert_eq!(own.content_note.as_deref(), Some(NOTE));
    for (version, note, expected) in [
        (1, Some(NOTE), Some(NOTE)),
        (1, Some("medical detail"), Some("medical detail")),
        (2, Some(" "), None),
    ] {
        let edit = communities.edit_post(ada, &id, 1, version, &own.text, note);
        edit.await.unwrap();
        assert_eq!(bed.note(&id, 1).await.as_deref(), expected);
    }
    let late = communities.edit_post(ada, &id, 1, 2, &own.text, Some(NOTE));
    assert_eq!(late.await, Err(Error::Conflict));
    let question = QuestionDraft {
        title: "May I swim?".to_owned(),
        details: "In *cold* water.".to_owned(),
        audience: Everyone,
        content_note: Some(NOTE.to_owned()),
        anonymous: false,
    };
    let key = submission("ask");
    let asked = communities.ask(ada, ALPHA, question, &key).await.unwrap();
    let grace = bed.joined(2, None, ALPHA).await;
    let key = submission("answer");
    let answered = communities.answer(grace, &asked, "I do.", Some("mentions ice"), false, &key);
    answered.await.unwrap();
    let thread = bed.question(Actor::Visitor, &asked).await;
    assert_eq!(thread.details.content_note.as_deref(), Some(NOTE));
    let note = thread.answers[0].content_note.as_deref();
    assert_eq!(note, Some("mentions ice"));
    // A note goes with its text.
    communities.delete_post(ada, &asked, 1, "").await.unwrap();
    let thread = bed.question(Actor::Visitor, &asked).await;
    assert_eq!(thread.details.content_note, None);
}

async fn a_hit_behind_a_note_says_the_note_alone(bed: Bed) {
    let (ada, id) = bed.behind_a_note().await;
    let told = "alpha-disease 1 A walk: Content note: mentions death";
    for actor in [ada, Actor::Visitor] {
        let hits = bed.hits_in(actor, SearchIn::Discussions, "Qxheron").await;
        assert_eq!(hits, [told]);
    }
    let communities = bed.storage.communities();
    let text = "A Qxheron was found.";
    let edit = communities.edit_post(ada, &id, 1, 1, text, None);
    edit.await.unwrap();
    let hits = bed.hits_in(ada, SearchIn::Discussions, "Qxheron").await;
    assert_eq!(hits, ["alpha-disease 1 A walk: A [Qxheron] was found."]);
}

async fn a_version_is_behind_its_own_note_or_that_of_the_present_text(bed: Bed) {
    let (ada, id) = bed.behind_a_note().await;
    let communities = bed.storage.communities();
    let notes = async || {
        let history = communities.versions(Actor::Visitor, &id, 1).await.unwrap();
        let versions = history.versions.into_iter();
        versions.map(|one| one.content_note).collect::<Vec<_>>()
    };
    let edit = communities.edit_post(ada, &id, 1, 1, "Quiet.", None);
    edit.await.unwrap();
    assert_eq!(notes().await, [None, Some(NOTE.to_owned())]);
    let other = Some("mentions ice");
    let edit = communities.edit_post(ada, &id, 1, 2, "Loud.", other);
    edit.await.unwrap();
    let [other, first] = ["mentions ice", NOTE].map(|note| Some(note.to_owned()));
    assert_eq!(notes().await, [other.clone(), other, first]);
    // What was changed shows both texts, and is behind the notes of both.
    let history = communities.versions(Actor::Visitor, &id, 1).await.unwrap();
    let changes = history.versions.into_iter().map(|one| one.change);
    let changes: Vec<_> = changes.flatten().collect();
    let behind: Vec<_> = changes
        .iter()
        .map(|change| change.content_note.as_deref().unwrap_or_default())
        .collect();
    assert_eq!(behind, ["mentions ice", "mentions ice, mentions death"]);
    let in_them: Vec<_> = changes.iter().map(|change| change.note.clone()).collect();
    assert_eq!(
        in_them,
        [
            vec![Change::Added("mentions ice".to_owned())],
            vec![Change::Removed(NOTE.to_owned())],
        ]
    );
    // Where the note alone was changed, the text is the same.
    let edit = communities.edit_post(ada, &id, 1, 3, "Loud.", None);
    edit.await.unwrap();
    let history = communities.versions(Actor::Visitor, &id, 1).await.unwrap();
    let change = history.versions[0].change.clone().unwrap();
    assert_eq!(change.text, []);
    assert_eq!(change.note, [Change::Removed("mentions ice".to_owned())]);
}

async fn a_note_that_is_too_long_is_refused_with_its_words(bed: Bed) {
    let (ada, id) = bed.behind_a_note().await;
    let communities = bed.storage.communities();
    let long = "a".repeat(61);
    let key = submission(&Uuid::new_v4().to_string());
    let reply = PostDraft {
        text: "So.".to_owned(),
        in_reply_to: None,
        content_note: Some(long.clone()),
        anonymous: false,
    };
    let refused = communities.reply(ada, &id, reply, &key).await;
    assert_eq!(field(refused), "content_note");
    let refused = communities.edit_post(ada, &id, 1, 1, "So.", Some(&long));
    assert_eq!(field(refused.await), "content_note");
    let started = TopicDraft {
        title: String::new(),
        content_note: Some(long),
        ..noted("A walk")
    };
    let Err(Error::Invalid { fields }) = communities.start(ada, ALPHA, started, &key).await else {
        panic!("it was accepted");
    };
    let fields: Vec<_> = fields.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["title", "content_note"]);
}
