//! Texts that people write: saved, merged, proposed, compared and restored.

use domain::{
    Error,
    account::{Accounts, Actor, Role, SignedIn},
    catalogue::Resolved,
    policy::Audience,
    profile::{ProfileDraft, Profiles},
    text::Change,
    wiki::{Author, DraftLink, Edit, History, Origin, Provenance, Revisions, Saved, SectionKind},
};

use crate::{
    bed::Bed,
    people::{field, password, submission},
    profiles,
    release::{mondo, term},
};

contract! {
    changes_of_other_lines_are_merged,
    changes_of_the_same_line_come_back_with_both_texts,
    a_form_that_is_sent_twice_is_one_revision,
    drafts_are_kept_for_their_person_alone,
    an_earlier_text_is_restored_as_a_new_one,
    revisions_are_compared_word_by_word,
    histories_go_on_before_the_last,
    what_is_of_another_section_is_not_found,
    an_author_is_named_to_whom_the_name_is_for,
    a_deleted_author_is_nobody,
}

use SectionKind::{Cause, Symptoms};

pub(crate) fn edit(base: Option<i64>, text: &str) -> Edit {
    Edit {
        base,
        markdown: text.to_owned(),
        summary: "A summary".to_owned(),
        agreed: true,
        draft: DraftLink::default(),
    }
}

fn agreed(edit: Edit) -> Edit {
    Edit {
        agreed: true,
        ..edit
    }
}

impl Bed {
    /// Somebody with a role.
    pub(crate) async fn with_role(&self, address: &str, role: Role) -> Actor {
        let signed_in = self.member(address).await;
        self.grant(address, &signed_in, role).await
    }

    pub(crate) async fn published(&self, actor: Actor, base: Option<i64>, text: &str) -> i64 {
        match self.saved(actor, base, text).await {
            Saved::Published(number) => number,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn saved(&self, actor: Actor, base: Option<i64>, text: &str) -> Saved {
        let key = uuid::Uuid::new_v4().to_string();
        self.storage
            .wiki()
            .save(actor, "alpha", Cause, edit(base, text), &submission(&key))
            .await
            .unwrap()
    }

    pub(crate) async fn history(&self, actor: Actor, before: Option<i64>) -> History {
        let wiki = self.storage.wiki();
        match wiki.history(actor, "alpha", Some(Cause), before).await {
            Ok(Resolved::Here(history)) => history,
            other => panic!("{other:?}"),
        }
    }

    /// Somebody whose first text was taken.
    pub(crate) async fn known(&self, address: &str) -> (SignedIn, Actor) {
        let signed_in = self.member(address).await;
        let sql = format!("UPDATE account SET accepted_edits = 1 WHERE email_key = '{address}'");
        let connection = self.connection().await;
        sea_orm::ConnectionTrait::execute_unprepared(&connection, &sql)
            .await
            .unwrap();
        let actor = self.actor(&signed_in).await;
        (signed_in, actor)
    }

    pub(crate) async fn with_alpha(&self) {
        self.import(mondo([term("MONDO:1", "alpha"), term("MONDO:2", "beta")]))
            .await;
    }
}

async fn changes_of_other_lines_are_merged(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let (_, grace) = bed.known("grace@example.org").await;
    let first = "One.\n\nTwo.\n\nThree.";
    let base = bed.published(ada, None, first).await;
    bed.published(ada, Some(base), "One!\n\nTwo.\n\nThree.")
        .await;
    bed.published(grace, Some(base), "One.\r\n\r\nTwo.\r\n\r\nThree!\r\n")
        .await;
    assert_eq!(
        bed.section("alpha", Cause).await,
        "<p>One!</p>\n<p>Two.</p>\n<p>Three!</p>\n"
    );
    // What somebody else has saved already is no change.
    let same = bed.saved(ada, Some(base), "One!\n\nTwo.\n\nThree!").await;
    assert!(matches!(same, Saved::Unchanged | Saved::Collided(_)));
}

async fn changes_of_the_same_line_come_back_with_both_texts(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let base = bed.published(ada, None, "One.\n\nTwo.").await;
    let head = bed.published(ada, Some(base), "One.\n\nTheirs.").await;
    let Saved::Collided(collision) = bed.saved(ada, Some(base), "One.\n\nMine.").await else {
        panic!("it was saved");
    };
    assert_eq!(collision.head, head);
    assert_eq!(collision.theirs, "One.\n\nTheirs.");
    assert!(collision.merged.contains("Mine.") && collision.merged.contains("Theirs."));
    let wiki = bed.storage.wiki();
    let with_marks = wiki
        .save(
            ada,
            "alpha",
            Cause,
            edit(Some(head), &collision.merged),
            &submission("marks"),
        )
        .await;
    assert_eq!(field(with_marks), "text");
    bed.published(ada, Some(head), "One.\n\nTheirs, and mine.")
        .await;
    // A base that is no revision of this section is like none: nothing is lost by it.
    let odd = bed.saved(ada, Some(999_999), "Else.").await;
    assert!(matches!(odd, Saved::Collided(_)));
    assert_eq!(bed.number("SELECT count(*) FROM revision").await, 3);
}

async fn a_form_that_is_sent_twice_is_one_revision(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let wiki = bed.storage.wiki();
    let mut saved = Vec::new();
    for _ in 0..2 {
        let text = edit(None, "Once.");
        saved.push(
            wiki.save(ada, "alpha", Cause, text, &submission("same"))
                .await
                .unwrap(),
        );
    }
    assert_eq!(saved[0], saved[1]);
    assert_eq!(bed.number("SELECT count(*) FROM revision").await, 1);
}

async fn drafts_are_kept_for_their_person_alone(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let (_, ada) = bed.known("ada@example.org").await;
    let (_, grace) = bed.known("grace@example.org").await;
    let editing = async |actor, kind| wiki.editing(actor, "alpha", kind, None).await.unwrap();
    for text in ["Begun", "Begun, and gone on"] {
        let draft = edit(None, text);
        wiki.keep_draft(ada, "alpha", Cause, &draft).await.unwrap();
    }
    let offered = editing(ada, Cause).await;
    // Whether everybody has agreed is asked anew.
    let kept = Edit {
        agreed: false,
        draft: offered.link,
        ..edit(None, "Begun, and gone on")
    };
    assert_eq!(offered.draft.unwrap().edit, kept);
    assert_eq!(editing(grace, Cause).await.draft, None);
    assert_eq!(editing(ada, Symptoms).await.draft, None);
    let empty = wiki.keep_draft(ada, "alpha", Cause, &edit(None, " ")).await;
    assert_eq!(field(empty), "text");
    // Saving is what a draft is for.
    let finished = Edit {
        markdown: "Finished".to_owned(),
        ..kept
    };
    let key = submission("s");
    let saved = wiki.save(ada, "alpha", Cause, agreed(finished), &key);
    saved.await.unwrap();
    assert_eq!(editing(ada, Cause).await.draft, None);
    let draft = edit(None, "Another");
    wiki.keep_draft(ada, "alpha", Cause, &draft).await.unwrap();
    for _ in 0..2 {
        let link = &draft.draft;
        wiki.drop_draft(ada, "alpha", Cause, link).await.unwrap();
    }
    assert_eq!(bed.number("SELECT count(*) FROM draft").await, 0);
    let gone = wiki.keep_draft(ada, "nowhere", Cause, &draft).await;
    assert_eq!(gone, Err(Error::NotFound));
}

async fn an_earlier_text_is_restored_as_a_new_one(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let (_, ada) = bed.known("ada@example.org").await;
    let first = bed.published(ada, None, "Right.").await;
    bed.published(ada, Some(first), "Wrong.").await;
    let restored = wiki
        .restore(
            ada,
            "alpha",
            first,
            ("It was right", false),
            &submission("r"),
        )
        .await
        .unwrap();
    let Saved::Published(number) = restored else {
        panic!("{restored:?}");
    };
    assert_eq!(bed.section("alpha", Cause).await, "<p>Right.</p>\n");
    let history = bed.history(Actor::Visitor, None).await;
    assert_eq!(history.revisions.len(), 3);
    assert_eq!(history.revisions[0].number, number);
    assert_eq!(history.revisions[0].restores, Some(first));
    assert_eq!(history.revisions[0].summary, "It was right");
    let again = wiki
        .restore(ada, "alpha", number, ("", false), &submission("s"))
        .await;
    assert_eq!(again, Ok(Saved::Unchanged));
}

async fn revisions_are_compared_word_by_word(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let (_, ada) = bed.known("ada@example.org").await;
    let first = bed.published(ada, None, "Rest helps often.").await;
    let second = bed.published(ada, Some(first), "Rest helps always.").await;
    let compared = wiki
        .compare(Actor::Visitor, "alpha", Cause, (first, second))
        .await
        .unwrap();
    assert_eq!(
        compared.changes,
        [
            Change::Same("Rest helps ".to_owned()),
            Change::Removed("often.".to_owned()),
            Change::Added("always.".to_owned()),
        ]
    );
    let text = wiki
        .revision(Actor::Visitor, "alpha", second)
        .await
        .unwrap();
    assert_eq!(text.before, Some(first));
    assert!(text.revision.is_head);
    let preview = wiki
        .preview(ada, "alpha", Cause, "Rest *helps* always.")
        .await
        .unwrap();
    assert_eq!(
        preview.html.as_str(),
        "<p>Rest <em>helps</em> always.</p>\n"
    );
    assert_eq!(bed.number("SELECT count(*) FROM revision").await, 2);
}

async fn histories_go_on_before_the_last(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let mut base = None;
    for number in 0..105 {
        if number % 50 == 49 {
            // More than somebody may publish in an hour.
            bed.seconds_pass(3_600);
        }
        base = Some(bed.published(ada, base, &format!("Text {number}.")).await);
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = bed.history(Actor::Visitor, before).await;
        seen.extend(page.revisions.into_iter().map(|revision| revision.number));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 105);
    assert!(seen.is_sorted_by(|newer, older| newer > older));
}

async fn what_is_of_another_section_is_not_found(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let (_, ada) = bed.known("ada@example.org").await;
    let number = bed.published(ada, None, "A text.").await;
    bed.save("alpha", Symptoms, "Another.").await;
    let other = number + 1;
    for (slug, number) in [("beta", number), ("alpha", 999), ("nowhere", number)] {
        let found = wiki.revision(Actor::Visitor, slug, number).await;
        assert_eq!(found, Err(Error::NotFound));
        let restored = wiki
            .restore(ada, slug, number, ("", false), &submission("x"))
            .await;
        assert_eq!(restored, Err(Error::NotFound));
    }
    for (kind, numbers) in [
        (Cause, (number, other)),
        (Symptoms, (number, other)),
        (Symptoms, (number, number)),
    ] {
        let across = wiki.compare(Actor::Visitor, "alpha", kind, numbers).await;
        assert_eq!(across, Err(Error::NotFound), "{kind:?} {numbers:?}");
    }
    for kind in [SectionKind::Tips, SectionKind::Synonyms] {
        let key = submission("y");
        let text = wiki.save(ada, "alpha", kind, edit(None, "A text."), &key);
        assert_eq!(field(text.await), "text");
    }
}

async fn an_author_is_named_to_whom_the_name_is_for(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let other = bed.member("grace@example.org").await;
    let other = bed.actor(&other).await;
    bed.published(ada, None, "A text.").await;
    let name_of = async |actor: Actor| {
        let origin = bed.history(actor, None).await.revisions[0].origin.clone();
        let wiki = bed.storage.wiki();
        let id = bed.id("alpha").await;
        let page = domain::wiki::Wiki::page(&*wiki, actor, id).await.unwrap();
        match (origin, page.sections[0].provenance.clone()) {
            (Origin::Person(author), Provenance::Person { name, .. }) => {
                assert_eq!(author.name, name);
                assert_eq!(author.handle.is_some(), name.is_some());
                name
            }
            odd => panic!("{odd:?}"),
        }
    };
    assert_eq!(name_of(other).await.as_deref(), Some("Ada"));
    assert_eq!(name_of(Actor::Visitor).await, None);
    let everyone = ProfileDraft {
        name: "Ada".to_owned(),
        ..profiles::draft(Audience::Everyone)
    };
    let store = bed.storage.profiles();
    store.change(ada, everyone).await.unwrap();
    assert_eq!(name_of(Actor::Visitor).await.as_deref(), Some("Ada"));
    let nobody = profiles::draft(Audience::OnlyMe);
    store.change(ada, nobody).await.unwrap();
    assert_eq!(name_of(other).await, None);
}

async fn a_deleted_author_is_nobody(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let (_, ada) = bed.known("ada@example.org").await;
    let number = bed.published(ada, None, "A text.").await;
    let draft = edit(Some(number), "Begun");
    wiki.keep_draft(ada, "alpha", Cause, &draft).await.unwrap();
    let accounts = bed.storage.accounts();
    let typed = password(crate::people::PASSWORD);
    accounts.delete(ada, &typed, false).await.unwrap();
    assert_eq!(bed.section("alpha", Cause).await, "<p>A text.</p>\n");
    let history = bed.history(Actor::Visitor, None).await;
    assert_eq!(
        history.revisions[0].origin,
        Origin::Person(Author::default())
    );
    let left = "SELECT count(*) FROM revision WHERE author_id IS NOT NULL";
    assert_eq!(bed.number(left).await, 0);
    assert_eq!(bed.number("SELECT count(*) FROM draft").await, 0);
}
