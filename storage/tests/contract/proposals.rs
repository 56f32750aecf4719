//! Texts that wait until somebody has looked at them.

use domain::{
    Error,
    account::{Actor, Role},
    text::Change,
    wiki::{Decision, Proposal, ProposalState, Revisions, Saved, SectionKind},
};

use crate::{bed::Bed, people::field};

contract! {
    a_first_text_waits_and_the_next_is_shown_at_once,
    a_proposal_is_declined_with_a_reason_that_its_author_sees,
    nobody_decides_about_their_own_or_twice,
    what_was_saved_meanwhile_is_not_lost_by_accepting,
}

use SectionKind::Cause;

impl Bed {
    async fn proposal(&self, actor: Actor, id: &str) -> Proposal {
        let wiki = self.storage.wiki();
        wiki.proposal(actor, id).await.unwrap().proposal
    }
}

async fn a_first_text_waits_and_the_next_is_shown_at_once(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let ada = bed.member("ada@example.org").await;
    let new = bed.actor(&ada).await;
    let moderator = bed.with_role("mod@example.org", Role::Moderator).await;
    assert!(
        !wiki
            .editing(new, "alpha", Cause, None)
            .await
            .unwrap()
            .publishes
    );
    let Saved::Proposed(id) = bed.saved(new, None, "A *gene*.").await else {
        panic!("a first text does not wait");
    };
    assert!(bed.page("alpha").await.sections.is_empty());
    let waiting = wiki.proposals(moderator, None).await.unwrap();
    assert!(waiting.decides && waiting.proposals.len() == 1);
    let shown = wiki.proposal(moderator, &id).await.unwrap();
    assert!(shown.decides && !shown.proposal.own);
    assert_eq!(shown.html.as_str(), "<p>A <em>gene</em>.</p>\n");
    assert_eq!(shown.changes, [Change::Added("A *gene*.".to_owned())]);
    assert_eq!(
        wiki.editing(new, "alpha", Cause, None)
            .await
            .unwrap()
            .waiting,
        std::slice::from_ref(&id)
    );
    let amended = Decision::Accept {
        base: None,
        markdown: "A *gene*, and chance.".to_owned(),
    };
    wiki.decide(moderator, &id, amended).await.unwrap();
    let html = bed.section("alpha", Cause).await;
    assert_eq!(html, "<p>A <em>gene</em>, and chance.</p>\n");
    let own = bed.proposal(new, &id).await;
    assert_eq!((own.state, own.own), (ProposalState::Accepted, true));
    let known = bed.actor(&ada).await;
    assert!(
        wiki.editing(known, "alpha", Cause, None)
            .await
            .unwrap()
            .publishes
    );
    let base = bed.history(known, None).await.revisions[0].number;
    bed.published(known, Some(base), "A gene.").await;
    let events = "SELECT kind FROM event WHERE kind LIKE 'wiki.%' ORDER BY kind";
    assert_eq!(
        bed.texts(events).await,
        [
            "wiki.proposal_accepted",
            "wiki.section_proposed",
            "wiki.section_saved",
            "wiki.section_saved"
        ]
    );
}

async fn a_proposal_is_declined_with_a_reason_that_its_author_sees(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let ada = bed.member("ada@example.org").await;
    let ada = bed.actor(&ada).await;
    let other = bed.member("grace@example.org").await;
    let other = bed.actor(&other).await;
    let expert = bed.with_role("expert@example.org", Role::Expert).await;
    let Saved::Proposed(id) = bed.saved(ada, None, "Buy this.").await else {
        panic!("a first text does not wait");
    };
    for nobody in [other, Actor::Visitor] {
        let seen = wiki.proposal(nobody, &id).await;
        assert!(matches!(
            seen,
            Err(Error::NotFound | Error::Unauthenticated)
        ));
    }
    assert!(
        wiki.proposals(other, None)
            .await
            .unwrap()
            .proposals
            .is_empty()
    );
    let decline = |reason: &str| Decision::Decline {
        reason: reason.to_owned(),
    };
    let refused = wiki.decide(expert, &id, decline(" ")).await;
    assert_eq!(field(refused), "reason");
    wiki.decide(expert, &id, decline("This sells something."))
        .await
        .unwrap();
    let seen = bed.proposal(ada, &id).await;
    assert_eq!(seen.state, ProposalState::Declined);
    assert_eq!(seen.reason, "This sells something.");
    assert!(bed.page("alpha").await.sections.is_empty());
    let listed = wiki.proposals(ada, None).await.unwrap();
    assert!(!listed.decides && listed.proposals.len() == 1);
}

async fn nobody_decides_about_their_own_or_twice(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let ada = bed.member("ada@example.org").await;
    let new = bed.actor(&ada).await;
    let Saved::Proposed(id) = bed.saved(new, None, "A text.").await else {
        panic!("a first text does not wait");
    };
    let accept = || Decision::Accept {
        base: None,
        markdown: "A text.".to_owned(),
    };
    let refused = wiki.decide(new, &id, accept()).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    let ada = bed.grant("ada@example.org", &ada, Role::Moderator).await;
    let own = wiki.decide(ada, &id, accept()).await;
    assert!(matches!(own, Err(Error::Forbidden { .. })));
    let moderator = bed.with_role("mod@example.org", Role::Moderator).await;
    wiki.decide(moderator, &id, accept()).await.unwrap();
    assert_eq!(
        wiki.decide(moderator, &id, accept()).await,
        Err(Error::Conflict)
    );
    let unknown = wiki.decide(moderator, "no\0thing", accept()).await;
    assert_eq!(unknown, Err(Error::NotFound));
}

async fn what_was_saved_meanwhile_is_not_lost_by_accepting(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let moderator = bed.with_role("mod@example.org", Role::Moderator).await;
    let base = bed
        .published(moderator, None, "One.\n\nTwo.\n\nThree.")
        .await;
    let ada = bed.member("ada@example.org").await;
    let ada = bed.actor(&ada).await;
    let proposed = "One.\n\nTwo.\n\nThree, by Ada.";
    let Saved::Proposed(id) = bed.saved(ada, Some(base), proposed).await else {
        panic!("a first text does not wait");
    };
    let head = bed
        .published(moderator, Some(base), "One, newer.\n\nTwo.\n\nThree.")
        .await;
    let seen = wiki.proposal(moderator, &id).await.unwrap();
    assert_eq!(seen.markdown, proposed);
    assert_eq!(seen.merged, "One, newer.\n\nTwo.\n\nThree, by Ada.");
    assert_eq!(seen.head, Some(head));
    let accept = |base, text: &str| Decision::Accept {
        base,
        markdown: text.to_owned(),
    };
    // Decided about an older page: look again.
    let late = wiki
        .decide(moderator, &id, accept(Some(base), proposed))
        .await;
    assert_eq!(late, Err(Error::Conflict));
    let marks = "<<<<<<< your text\na\n=======\nb\n>>>>>>> the other text";
    let marked = wiki.decide(moderator, &id, accept(Some(head), marks)).await;
    assert_eq!(field(marked), "text");
    wiki.decide(moderator, &id, accept(Some(head), &seen.merged))
        .await
        .unwrap();
    assert_eq!(
        bed.section("alpha", Cause).await,
        "<p>One, newer.</p>\n<p>Two.</p>\n<p>Three, by Ada.</p>\n"
    );
}
