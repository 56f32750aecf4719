//! Texts that are not finished, in one tab or in several, and texts that collide.

use domain::{
    Error,
    account::Actor,
    policy::Quota,
    wiki::{
        Collision, DraftLink, Edit, Editing, MARK_BETWEEN, MARK_MINE, MARK_THEIRS, MOST_DRAFTS,
        Revisions, Saved, SectionKind,
    },
};

use crate::{
    bed::Bed,
    people::{field, submission},
    revisions::edit,
};

contract! {
    a_save_ends_only_the_draft_that_it_grew_from,
    a_draft_that_another_tab_has_changed_since_stays,
    all_drafts_of_a_section_are_offered,
    a_draft_that_says_what_was_saved_is_ended,
    nobody_has_more_drafts_than_can_be_offered,
    only_drafts_that_are_begun_count,
    a_text_that_is_restored_ends_no_draft,
    a_paragraph_that_two_people_change_is_merged,
    texts_that_collide_are_shown_however_long_they_are,
    what_is_left_of_marks_is_refused,
    a_collision_with_oneself_is_told_apart,
    control_characters_are_not_stored,
}

use SectionKind::Cause;

impl Bed {
    /// Opens the page on which a section is edited, in a tab of its own.
    async fn tab(&self, actor: Actor, draft: Option<&str>) -> Editing {
        let wiki = self.storage.wiki();
        wiki.editing(actor, "alpha", Cause, draft).await.unwrap()
    }

    async fn keep(&self, actor: Actor, tab: &Editing, text: &str) {
        let wiki = self.storage.wiki();
        let draft = typed(tab, text);
        let kept = wiki.keep_draft(actor, "alpha", Cause, &draft).await;
        kept.unwrap();
    }

    async fn save_tab(&self, actor: Actor, tab: &Editing, text: &str) -> Saved {
        let wiki = self.storage.wiki();
        let key = uuid::Uuid::new_v4().to_string();
        let key = submission(&key);
        let saved = wiki.save(actor, "alpha", Cause, typed(tab, text), &key);
        saved.await.unwrap()
    }

    /// Texts of all drafts that somebody is offered.
    async fn offered(&self, actor: Actor) -> Vec<String> {
        let first = self.tab(actor, None).await;
        let mut texts: Vec<String> = first
            .draft
            .into_iter()
            .map(|kept| kept.edit.markdown)
            .collect();
        for other in first.other_drafts {
            let tab = self.tab(actor, Some(&other.id)).await;
            texts.push(tab.draft.unwrap().edit.markdown);
        }
        texts.sort();
        texts
    }
}

fn typed(tab: &Editing, text: &str) -> Edit {
    Edit {
        draft: tab.link.clone(),
        ..edit(
            tab.draft.as_ref().map_or(tab.head, |kept| kept.edit.base),
            text,
        )
    }
}

async fn a_save_ends_only_the_draft_that_it_grew_from(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    bed.published(ada, None, "Most peple live with it.").await;
    let (one, two) = (bed.tab(ada, None).await, bed.tab(ada, None).await);
    bed.keep(ada, &two, "Most peple live with it.\n\nAn hour of work.")
        .await;
    // The other tab grew from the page alone.
    bed.save_tab(ada, &one, "Most people live with it.").await;
    assert_eq!(
        bed.offered(ada).await,
        ["Most peple live with it.\n\nAn hour of work."]
    );
    // Opened again, it is saved, and merged with what came in between.
    let again = bed.tab(ada, None).await;
    let text = again.draft.clone().unwrap().edit.markdown;
    bed.save_tab(ada, &again, &text).await;
    assert!(bed.offered(ada).await.is_empty());
    assert_eq!(
        bed.section("alpha", Cause).await,
        "<p>Most people live with it.</p>\n<p>An hour of work.</p>\n"
    );
}

async fn a_draft_that_another_tab_has_changed_since_stays(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    bed.published(ada, None, "One.").await;
    let first = bed.tab(ada, None).await;
    bed.keep(ada, &first, "One. Two.").await;
    // A second tab begins with the draft of the first, which goes on.
    let second = bed.tab(ada, None).await;
    assert_eq!(second.draft.as_ref().unwrap().edit.markdown, "One. Two.");
    bed.keep(ada, &first, "One. Two. Three.").await;
    bed.save_tab(ada, &second, "One. Two!").await;
    assert_eq!(bed.offered(ada).await, ["One. Two. Three."]);
    // What has not changed since becomes the draft of the tab that went on with it.
    let third = bed.tab(ada, None).await;
    bed.keep(ada, &third, "One. Two. Three. Four.").await;
    assert_eq!(bed.offered(ada).await, ["One. Two. Three. Four."]);
}

async fn all_drafts_of_a_section_are_offered(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let (_, grace) = bed.known("grace@example.org").await;
    let tabs = [
        bed.tab(ada, None).await,
        bed.tab(ada, None).await,
        bed.tab(ada, None).await,
    ];
    for (tab, text) in tabs.iter().zip(["a", "b", "c"]) {
        bed.keep(ada, tab, text).await;
    }
    assert_eq!(bed.offered(ada).await, ["a", "b", "c"]);
    assert!(bed.offered(grace).await.is_empty());
    // One that is gone, or is somebody else's: the last instead.
    for odd in ["nowhere", "", "\0"] {
        assert!(bed.tab(ada, Some(odd)).await.draft.is_some());
    }
    let other = bed.tab(grace, Some(&tabs[0].link.id)).await;
    assert_eq!(other.draft, None);
    // Whoever throws one away keeps the others.
    let wiki = bed.storage.wiki();
    let thrown = wiki.drop_draft(ada, "alpha", Cause, &tabs[1].link);
    thrown.await.unwrap();
    assert_eq!(bed.offered(ada).await, ["a", "c"]);
}

async fn a_draft_that_says_what_was_saved_is_ended(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let (one, two) = (bed.tab(ada, None).await, bed.tab(ada, None).await);
    bed.keep(ada, &one, "The same.").await;
    bed.save_tab(ada, &two, "The same.").await;
    assert!(bed.offered(ada).await.is_empty());
}

async fn nobody_has_more_drafts_than_can_be_offered(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let mut tabs = Vec::new();
    for number in 0..MOST_DRAFTS {
        // As if all had been opened before the first was kept.
        let mut tab = bed.tab(ada, None).await;
        tab.link.grown_from.clear();
        bed.keep(ada, &tab, &format!("Text {number}.")).await;
        tabs.push(tab);
    }
    let wiki = bed.storage.wiki();
    let mut more = typed(&tabs[0], "More.");
    more.draft = DraftLink {
        id: "another".to_owned(),
        ..DraftLink::default()
    };
    let refused = wiki.keep_draft(ada, "alpha", Cause, &more).await;
    assert_eq!(field(refused), "text");
    // Those that there are go on.
    bed.keep(ada, &tabs[0], "Text 0, longer.").await;
    assert_eq!(bed.offered(ada).await.len() as u64, MOST_DRAFTS);
}

/// Each may be 100 kB, and there are a hundred thousand sections.
async fn only_drafts_that_are_begun_count(bed: Bed) {
    bed.with_alpha().await;
    let ada = bed.member("ada@example.org").await;
    let ada = bed.actor(&ada).await;
    let wiki = bed.storage.wiki();
    let most = Quota::Drafts.most(ada.member().unwrap());
    let mut tab = bed.tab(ada, None).await;
    for number in 0..most {
        tab = bed.tab(ada, None).await;
        bed.keep(ada, &tab, &format!("Begun as number {number}."))
            .await;
        bed.keep(ada, &tab, &format!("Gone on with, {number}."))
            .await;
        if number + 1 < most {
            wiki.drop_draft(ada, "alpha", Cause, &tab.link)
                .await
                .unwrap();
        }
    }
    bed.keep(ada, &tab, "Gone on with once more.").await;
    let another = async || {
        let mut tab = bed.tab(ada, None).await;
        tab.link.grown_from.clear();
        let begun = typed(&tab, "Another one.");
        wiki.keep_draft(ada, "alpha", Cause, &begun).await
    };
    let refused = another().await;
    assert!(
        matches!(refused, Err(Error::LimitReached { .. })),
        "{refused:?}"
    );
    bed.days_pass(1);
    assert_eq!(another().await, Ok(()));
}

async fn a_text_that_is_restored_ends_no_draft(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let first = bed.published(ada, None, "Right.").await;
    bed.published(ada, Some(first), "Wrong.").await;
    let tab = bed.tab(ada, None).await;
    bed.keep(ada, &tab, "Wrong. An hour of work.").await;
    let wiki = bed.storage.wiki();
    let key = submission("r");
    let restored = wiki.restore(ada, "alpha", first, ("", false), &key);
    restored.await.unwrap();
    assert_eq!(bed.offered(ada).await, ["Wrong. An hour of work."]);
}

async fn a_paragraph_that_two_people_change_is_merged(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let (_, grace) = bed.known("grace@example.org").await;
    let base = "The cause is not known. Age plays a part. Most people are older than 60.";
    let number = bed.published(ada, None, base).await;
    let theirs = base.replace("older than 60", "over 65");
    bed.published(grace, Some(number), &theirs).await;
    let mine = base.replace("not known", "unknown");
    bed.published(ada, Some(number), &mine).await;
    assert_eq!(
        bed.section("alpha", Cause).await,
        "<p>The cause is unknown. Age plays a part. Most people are over 65.</p>\n"
    );
}

async fn collided(bed: &Bed, actor: Actor, base: i64, text: &str) -> Collision {
    match bed.saved(actor, Some(base), text).await {
        Saved::Collided(collision) => *collision,
        other => panic!("{other:?}"),
    }
}

async fn texts_that_collide_are_shown_however_long_they_are(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let (_, grace) = bed.known("grace@example.org").await;
    let base = "All people are different. ".repeat(2_300) + "The end.";
    assert!(base.len() > 59_000);
    let number = bed.published(ada, None, &base).await;
    let head = bed
        .published(
            grace,
            Some(number),
            &base.replace("The end", "The beginning"),
        )
        .await;
    let mine = base.replace("The end", "The middle");
    let collision = collided(&bed, ada, number, &mine).await;
    assert!(collision.merged.len() > 100_000);
    assert!(
        collision.merged.contains("The beginning.") && collision.merged.contains("The middle.")
    );
    // It is kept and can be looked at until it has been combined.
    let tab = bed.tab(ada, None).await;
    bed.keep(ada, &tab, &collision.merged).await;
    let kept = bed.tab(ada, None).await.draft.unwrap().edit.markdown;
    assert_eq!(kept, collision.merged);
    let wiki = bed.storage.wiki();
    wiki.preview(ada, "alpha", Cause, &kept).await.unwrap();
    // Saved as it is, the marks are what is wrong with it, not its length.
    let key = submission("m");
    let refused = wiki.save(ada, "alpha", Cause, edit(Some(head), &kept), &key);
    let Err(Error::Invalid { fields }) = refused.await else {
        panic!("it was saved");
    };
    assert!(fields[0].message.contains("markers"), "{fields:?}");
}

async fn what_is_left_of_marks_is_refused(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let (_, ada) = bed.known("ada@example.org").await;
    let (_, grace) = bed.known("grace@example.org").await;
    // A heading that is underlined so is nothing else as long as nothing has collided.
    let heading = "Outlook\n=======\n\nOne.";
    let base = bed.published(ada, None, heading).await;
    let head = bed
        .published(grace, Some(base), &heading.replace("One.", "Theirs words."))
        .await;
    let tab = bed.tab(ada, None).await;
    let collision = collided(&bed, ada, base, &heading.replace("One.", "Mine words.")).await;
    bed.keep(ada, &tab, &collision.merged).await;
    // Typing goes on, in this tab and in one that begins with what it has kept.
    bed.keep(ada, &tab, &collision.merged.replace(MARK_MINE, ""))
        .await;
    let other = bed.tab(ada, None).await;
    let left = |marks: &str| format!("Outlook\n=======\n\nMine words.\n{marks}\nTheirs words.");
    for marks in [
        MARK_MINE,
        MARK_BETWEEN,
        MARK_THEIRS,
        "<<<<<<<",
        "|||||||",
        ">>>>>>>",
        " ======= ",
    ] {
        for tab in [&tab, &other] {
            let text = Edit {
                base: Some(head),
                ..typed(tab, &left(marks))
            };
            let refused = wiki
                .save(ada, "alpha", Cause, text, &submission(marks))
                .await;
            assert_eq!(field(refused), "text", "{marks}");
        }
    }
    let text = Edit {
        base: Some(head),
        ..typed(&tab, &left("").replace("\n\nTheirs", " Theirs"))
    };
    let key = submission("combined");
    let saved = wiki.save(ada, "alpha", Cause, text, &key);
    assert!(matches!(saved.await, Ok(Saved::Published(_))));
    assert!(
        bed.section("alpha", Cause)
            .await
            .contains("<h3>Outlook</h3>")
    );
}

async fn a_collision_with_oneself_is_told_apart(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let (_, grace) = bed.known("grace@example.org").await;
    let base = bed.published(ada, None, "One.").await;
    let head = bed.published(ada, Some(base), "Two.").await;
    assert!(collided(&bed, ada, base, "Three.").await.own);
    assert!(!collided(&bed, grace, base, "Three.").await.own);
    bed.published(grace, Some(head), "Two, or more.").await;
    assert!(!collided(&bed, ada, base, "Three.").await.own);
}

async fn control_characters_are_not_stored(bed: Bed) {
    bed.with_alpha().await;
    let (_, ada) = bed.known("ada@example.org").await;
    let pasted = "Word soft break\u{b}here, bell\u{7} and U+FFFE \u{fffe} end.\0";
    let number = bed.published(ada, None, pasted).await;
    let wiki = bed.storage.wiki();
    let text = wiki
        .revision(Actor::Visitor, "alpha", number)
        .await
        .unwrap();
    let shown = "Word soft break\nhere, bell and U+FFFE  end.";
    assert_eq!(text.markdown, shown);
    assert_eq!(text.html.as_str(), format!("<p>{shown}</p>\n"));
    let preview = wiki.preview(ada, "alpha", Cause, pasted).await.unwrap();
    assert_eq!(preview.html, text.html);
    bed.add_tip("alpha", "Rest", pasted).await;
    assert_eq!(bed.page("alpha").await.tips[0].html, text.html);
}
