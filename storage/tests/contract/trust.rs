//! Trust comes from what others accept, and not from how much somebody saves.

use domain::{
    account::{Actor, Role, Trust},
    wiki::{Decision, DraftLink, Edit, Revisions, Saved, SectionKind},
};

use crate::{
    bed::Bed,
    people::submission,
    release::{mondo, term},
};

contract! {
    nobody_makes_themself_trusted,
    many_texts_of_one_day_are_one_step,
    trust_comes_from_others_over_sections_and_days,
    a_review_by_another_counts,
}

use SectionKind::Cause;

impl Bed {
    async fn trust(&self, signed_in: &domain::account::SignedIn) -> Trust {
        self.actor(signed_in).await.member().unwrap().trust
    }

    /// A text that waits, although its author is known: the section is protected.
    async fn proposed(&self, actor: Actor, slug: &str, text: &str) -> String {
        let saved = self.write(actor, slug, Cause, text).await.unwrap();
        match saved {
            Saved::Proposed(id) => id,
            other => panic!("{other:?}"),
        }
    }

    async fn accept(&self, decider: Actor, id: &str) {
        let wiki = self.storage.wiki();
        let seen = wiki.proposal(decider, id).await.unwrap();
        let decision = Decision::Accept {
            base: seen.head,
            markdown: seen.markdown,
        };
        wiki.decide(decider, id, decision).await.unwrap();
    }

    /// So many conditions, whose sections about the cause take proposals only.
    async fn with_protected(&self, moderator: Actor, number: usize) -> Vec<String> {
        let names: Vec<String> = (0..number).map(|at| format!("illness {at}")).collect();
        let terms = names
            .iter()
            .enumerate()
            .map(|(at, name)| term(&format!("MONDO:{at}"), name));
        self.import(mondo(terms)).await;
        let slugs: Vec<String> = names.iter().map(|name| domain::text::slug(name)).collect();
        let wiki = self.storage.wiki();
        for slug in &slugs {
            let experts = Some((domain::policy::Protection::Experts, 300));
            wiki.protect(moderator, slug, Cause, experts, "Test")
                .await
                .unwrap();
        }
        slugs
    }
}

/// Twenty-two commas moved to and fro made somebody a person who decides about others.
async fn nobody_makes_themself_trusted(bed: Bed) {
    bed.with_alpha().await;
    let moderator = bed.with_role("mod@example.org", Role::Moderator).await;
    let ada = bed.member("ada@example.org").await;
    let actor = bed.actor(&ada).await;
    let Saved::Proposed(id) = bed.saved(actor, None, "A text.").await else {
        panic!("a first text does not wait");
    };
    bed.accept(moderator, &id).await;
    assert_eq!(bed.trust(&ada).await, Trust::Known);
    let actor = bed.actor(&ada).await;
    let mut base = bed.history(actor, None).await.revisions[0].number;
    for edit in 0..22 {
        if edit % 3 == 0 {
            bed.days_pass(1);
        }
        let text = format!("A text{}", ".".repeat(1 + edit % 2 * 2));
        if let Saved::Published(number) = bed.saved(actor, Some(base), &text).await {
            base = number;
        }
    }
    let ada = bed
        .sign_in(
            &crate::people::client(),
            "ada@example.org",
            crate::people::PASSWORD,
        )
        .await
        .unwrap();
    assert_eq!(bed.trust(&ada).await, Trust::Known);
    let wiki = bed.storage.wiki();
    let listed = wiki.proposals(bed.actor(&ada).await, None).await;
    assert!(!listed.unwrap().decides);
}

async fn many_texts_of_one_day_are_one_step(bed: Bed) {
    let one = bed.with_role("one@example.org", Role::Moderator).await;
    let other = bed.with_role("other@example.org", Role::Expert).await;
    let slugs = bed.with_protected(one, 10).await;
    let ada = bed.member("ada@example.org").await;
    for (at, slug) in slugs.iter().enumerate() {
        let actor = bed.actor(&ada).await;
        let id = bed.proposed(actor, slug, "A text.").await;
        bed.accept(if at % 2 == 0 { one } else { other }, &id).await;
        assert_eq!(bed.trust(&ada).await, Trust::Known);
    }
}

async fn trust_comes_from_others_over_sections_and_days(bed: Bed) {
    let one = bed.with_role("one@example.org", Role::Moderator).await;
    let other = bed.with_role("other@example.org", Role::Expert).await;
    let slugs = bed.with_protected(one, 5).await;
    let ada = bed.member("ada@example.org").await;
    for round in 0..2 {
        for (at, slug) in slugs.iter().enumerate() {
            assert_ne!(bed.trust(&ada).await, Trust::Trusted, "{round} {slug}");
            bed.days_pass(1);
            let actor = bed.actor(&ada).await;
            let id = bed.proposed(actor, slug, &format!("Text {round}.")).await;
            bed.accept(if at % 2 == 0 { one } else { other }, &id).await;
        }
    }
    assert_eq!(bed.trust(&ada).await, Trust::Trusted);
}

async fn a_review_by_another_counts(bed: Bed) {
    bed.with_alpha().await;
    let expert = bed.with_role("expert@example.org", Role::Expert).await;
    let (ada, actor) = bed.known("ada@example.org").await;
    let edit = Edit {
        base: None,
        markdown: "A text.".to_owned(),
        summary: String::new(),
        agreed: true,
        draft: DraftLink::default(),
    };
    let wiki = bed.storage.wiki();
    let saved = wiki
        .save(actor, "alpha", Cause, edit, &submission("one"))
        .await;
    let Ok(Saved::Published(number)) = saved else {
        panic!("{saved:?}");
    };
    let connection = bed.connection().await;
    let sql = "UPDATE account SET accepted_edits = 0";
    sea_orm::ConnectionTrait::execute_unprepared(&connection, sql)
        .await
        .unwrap();
    assert_eq!(bed.trust(&ada).await, Trust::New);
    wiki.review(expert, "alpha", number, "None").await.unwrap();
    assert_eq!(bed.trust(&ada).await, Trust::Known);
}
