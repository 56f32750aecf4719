//! Reviews by experts, and sections that not everybody changes.

use domain::{
    Error,
    account::{Actor, Role},
    policy::Protection,
    wiki::{DraftLink, Edit, Revisions, Saved, SectionKind},
};

use crate::{
    bed::Bed,
    people::{field, submission},
};

contract! {
    a_review_stands_beside_the_text_until_it_is_overdue,
    a_newer_text_says_what_was_reviewed,
    a_protected_section_takes_proposals_until_the_protection_ends,
}

use SectionKind::Cause;

async fn a_review_stands_beside_the_text_until_it_is_overdue(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let expert = bed.with_role("expert@example.org", Role::Expert).await;
    let moderator = bed.with_role("mod@example.org", Role::Moderator).await;
    let number = bed.published(moderator, None, "A text.").await;
    assert_eq!(bed.page("alpha").await.sections[0].review, None);
    let unsaid = wiki.review(expert, "alpha", number, " ").await;
    assert_eq!(field(unsaid), "interests");
    wiki.review(expert, "alpha", number, "None").await.unwrap();
    let note = bed.page("alpha").await.sections[0].review.clone().unwrap();
    assert_eq!(note.day.spelled, "3 January 2026");
    assert_eq!(note.due.spelled, "3 January 2028");
    assert_eq!(note.interests, "None");
    assert!(!note.overdue && note.older.is_none() && note.by.is_none());
    let overdue = async || {
        wiki.due_reviews(Actor::Visitor, None)
            .await
            .unwrap()
            .reviews
    };
    assert!(overdue().await.is_empty());
    bed.days_pass(2 * 365 + 1);
    let note = bed.page("alpha").await.sections[0].review.clone().unwrap();
    assert!(note.overdue);
    let due = overdue().await;
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].condition.slug, "alpha");
    assert_eq!(due[0].review.interests, "None");
    // Looked at again, it is not overdue any more.
    wiki.review(expert, "alpha", number, "None").await.unwrap();
    assert!(overdue().await.is_empty());
    assert_eq!(bed.number("SELECT count(*) FROM review").await, 2);
    for (slug, number) in [("beta", number), ("alpha", 999)] {
        let review = wiki.review(expert, slug, number, "None").await;
        assert_eq!(review, Err(Error::NotFound));
    }
}

async fn a_newer_text_says_what_was_reviewed(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let expert = bed.with_role("expert@example.org", Role::Expert).await;
    let author = bed.with_role("author@example.org", Role::Expert).await;
    let number = bed.published(author, None, "A text.").await;
    let own = wiki.review(author, "alpha", number, "None").await;
    assert!(matches!(own, Err(Error::Forbidden { .. })), "{own:?}");
    wiki.review(expert, "alpha", number, "None").await.unwrap();
    bed.published(expert, Some(number), "A newer text.").await;
    let page = bed.page("alpha").await;
    let note = page.sections[0].review.clone().unwrap();
    assert_eq!(note.older, Some(number));
    assert!(page.sections[0].revision > number);
}

async fn a_protected_section_takes_proposals_until_the_protection_ends(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let moderator = bed.with_role("mod@example.org", Role::Moderator).await;
    let base = bed.published(moderator, None, "A text.").await;
    let ada = bed.member("ada@example.org").await;
    let sql = "UPDATE account SET accepted_edits = 1 WHERE email_key = 'ada@example.org'";
    let connection = bed.connection().await;
    sea_orm::ConnectionTrait::execute_unprepared(&connection, sql)
        .await
        .unwrap();
    let ada = bed.actor(&ada).await;
    let protect = async |protection, reason: &str| {
        wiki.protect(moderator, "alpha", Cause, protection, reason)
            .await
    };
    let experts = Protection::Experts;
    assert_eq!(field(protect(Some((experts, 7)), "").await), "reason");
    for days in [0, 367] {
        assert_eq!(field(protect(Some((experts, days)), "Why").await), "days");
    }
    protect(Some((experts, 7)), "It is changed to and fro")
        .await
        .unwrap();
    let editing = wiki.editing(ada, "alpha", Cause, None).await.unwrap();
    let protected = editing.protection.unwrap();
    assert_eq!(protected.reason, "It is changed to and fro");
    assert!(!editing.publishes);
    let save = async |text: &str| {
        let edit = Edit {
            agreed: false,
            base: Some(base),
            markdown: text.to_owned(),
            summary: String::new(),
            draft: DraftLink::default(),
        };
        wiki.save(ada, "alpha", Cause, edit, &submission(text))
            .await
    };
    // Nothing that was typed is lost by a protection that came meanwhile.
    assert!(matches!(save("Mine.").await, Ok(Saved::Proposed(_))));
    bed.days_pass(8);
    let editing = wiki.editing(ada, "alpha", Cause, None).await.unwrap();
    assert!(editing.publishes && editing.protection.is_none());
    protect(Some((experts, 7)), "Again").await.unwrap();
    protect(None, "It is over").await.unwrap();
    assert!(matches!(save("Mine now.").await, Ok(Saved::Published(_))));
    let events = "SELECT kind FROM event WHERE kind LIKE 'wiki.section_%protected' ORDER BY kind";
    assert_eq!(
        bed.texts(events).await,
        [
            "wiki.section_protected",
            "wiki.section_protected",
            "wiki.section_unprotected"
        ]
    );
}
