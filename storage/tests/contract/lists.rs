//! Sections that are lists: names and codes, tips, references.

use crate::{
    bed::Bed,
    people::{PASSWORD, field, password, submission},
    release::{mondo, term},
};
use domain::{
    Error,
    account::{Accounts, Actor, Role},
    catalogue::{Code, Resolved, Scope, Synonym},
    wiki::{
        Decision, DraftLink, Edit, Entries, EntryChange, Item, Reference, Revisions, Saved,
        SectionKind, Wiki,
    },
};

contract! {
    members_names_and_codes_are_found_and_outlive_an_import,
    a_hidden_name_of_a_source_stays_hidden,
    what_is_there_already_is_said,
    an_entry_that_changed_meanwhile_comes_back,
    first_tips_wait_and_two_of_them_are_both_accepted,
    a_proposed_tip_is_amended,
    a_decision_about_an_entry_that_changed_is_asked_again,
    what_helped_is_counted_and_nobody_is_named,
    one_work_is_listed_once,
    names_with_marks_are_told_as_they_are,
    a_reference_that_comes_later_is_cited_at_once,
    a_hidden_reference_keeps_its_number,
    a_restored_list_keeps_what_came_later,
    an_acknowledgement_needs_the_agreement_of_those_it_names,
}

use SectionKind::{Acknowledgement, Cause, References, Synonyms, Tips};

const ALL: Actor = Actor::Operator;

fn name(name: &str) -> EntryChange {
    EntryChange::Add(Item::Name(Synonym {
        name: name.to_owned(),
        scope: Scope::Exact,
    }))
}

fn code(code: &str) -> EntryChange {
    EntryChange::Add(Item::Code(code.parse().unwrap()))
}

fn tip(name: &str, text: &str) -> Item {
    Item::Tip {
        name: name.to_owned(),
        markdown: text.to_owned(),
    }
}

fn work(title: &str, key: &str) -> EntryChange {
    EntryChange::Add(Item::Reference(Reference {
        key: key.to_owned(),
        title: title.to_owned(),
        ..Reference::default()
    }))
}

fn hide(id: &str) -> EntryChange {
    EntryChange::Hide {
        id: id.to_owned(),
        reason: "It is wrong.".to_owned(),
    }
}

impl Bed {
    async fn change_all(&self, kind: SectionKind, change: EntryChange) -> i64 {
        let base = self.head(kind).await;
        match self.change(ALL, "alpha", kind, base, change).await {
            Ok(Saved::Published(number)) => number,
            other => panic!("{other:?}"),
        }
    }

    async fn head(&self, kind: SectionKind) -> Option<i64> {
        let wiki = self.storage.wiki();
        wiki.list(ALL, "alpha", kind).await.unwrap().head
    }

    async fn names_of_alpha(&self) -> Vec<String> {
        let synonyms = self.condition("alpha").await.synonyms;
        synonyms.into_iter().map(|synonym| synonym.name).collect()
    }

    /// The id of an entry by its title.
    async fn entry(&self, kind: SectionKind, title: &str) -> String {
        let wiki = self.storage.wiki();
        let list = wiki.list(ALL, "alpha", kind).await.unwrap();
        let found = list.entries.iter().find(|e| e.entry.item.title() == title);
        found.unwrap().entry.id.clone()
    }
}

async fn members_names_and_codes_are_found_and_outlive_an_import(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha").synonym("first")]))
        .await;
    bed.change_all(Synonyms, name("Old Name")).await;
    bed.change_all(Synonyms, code("ORPHA:77")).await;
    for _ in 0..2 {
        assert_eq!(bed.names_of_alpha().await, ["first", "Old Name"]);
        assert_eq!(bed.found("old name").await, ["Alpha"]);
        let code: Code = "ORPHA:77".parse().unwrap();
        assert!(bed.condition("alpha").await.codes.contains(&code));
        bed.import(mondo([
            term("MONDO:1", "alpha").synonym("first").synonym("second"),
            // What members say does not make one term another.
            term("ORPHA:77", "beta"),
        ]))
        .await;
        assert_eq!(bed.all().await.len(), 2);
        bed.change_all(Synonyms, hide(&bed.entry(Synonyms, "second").await))
            .await;
    }
}

async fn a_hidden_name_of_a_source_stays_hidden(bed: Bed) {
    let release = |more: &str| {
        mondo([term("MONDO:1", "alpha")
            .synonym("crab colon")
            .synonym("other name")
            .synonym(more)])
    };
    bed.import(release("one")).await;
    let id = bed.entry(Synonyms, "crab colon").await;
    bed.change_all(Synonyms, hide(&id)).await;
    assert_eq!(bed.names_of_alpha().await, ["other name", "one"]);
    assert!(bed.found("crab colon").await.is_empty());
    bed.import(release("two")).await;
    assert_eq!(bed.names_of_alpha().await, ["other name", "two"]);
    let wiki = bed.storage.wiki();
    let list = wiki.list(ALL, "alpha", Synonyms).await.unwrap();
    let hidden = list.entries.iter().find(|e| e.entry.id == id).unwrap();
    assert_eq!(hidden.entry.hidden.as_deref(), Some("It is wrong."));
    assert!(hidden.source.is_some());
    bed.change_all(Synonyms, EntryChange::Show { id }).await;
    assert_eq!(bed.names_of_alpha().await.len(), 3);
    let kinds = "SELECT kind FROM event WHERE kind LIKE 'wiki.entry%' ORDER BY kind";
    let kinds = bed.texts(kinds).await;
    assert_eq!(kinds, ["wiki.entry_hidden", "wiki.entry_shown"]);
}

async fn what_is_there_already_is_said(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha").synonym("first")]))
        .await;
    bed.change_all(Synonyms, name("second")).await;
    for same in ["First", "SECOND", "Alpha"] {
        let refused = bed.change(ALL, "alpha", Synonyms, None, name(same));
        assert_eq!(field(refused.await), "name", "{same}");
    }
    let wrong = bed.change(ALL, "alpha", Tips, None, name("third")).await;
    assert_eq!(wrong, Err(Error::NotFound));
    let wrong = bed.change(ALL, "alpha", Cause, None, name("third")).await;
    assert_eq!(wrong, Err(Error::NotFound));
    let gone = bed.change(ALL, "alpha", Tips, None, hide("nothing")).await;
    assert_eq!(gone, Err(Error::NotFound));
}

async fn an_entry_that_changed_meanwhile_comes_back(bed: Bed) {
    bed.with_alpha().await;
    bed.add_tip("alpha", "Rest", "Often.").await;
    bed.add_tip("alpha", "Drink", "Water.").await;
    let base = bed.head(Tips).await;
    let id = bed.entry(Tips, "Rest").await;
    let amend = |text: &str| EntryChange::Amend {
        id: id.clone(),
        item: tip("Rest", text),
    };
    bed.change_all(Tips, amend("At noon.")).await;
    let late = bed
        .change(ALL, "alpha", Tips, base, amend("At night."))
        .await;
    let Ok(Saved::Collided(collision)) = late else {
        panic!("{late:?}");
    };
    assert_eq!(collision.theirs, "### Rest\n\nAt noon.");
    // Another entry of the same list is no collision.
    let other = hide(&bed.entry(Tips, "Drink").await);
    let hidden = bed.change(ALL, "alpha", Tips, base, other).await;
    assert!(matches!(hidden, Ok(Saved::Published(_))), "{hidden:?}");
    let page = bed.page("alpha").await;
    assert_eq!(page.tips.len(), 1);
    assert_eq!(page.tips[0].html.as_str(), "<p>At noon.</p>\n");
}

async fn first_tips_wait_and_two_of_them_are_both_accepted(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let moderator = bed.with_role("mod@example.org", Role::Moderator).await;
    let mut waiting = Vec::new();
    for (address, name) in [("ada@example.org", "One"), ("grace@example.org", "Two")] {
        let signed_in = bed.member(address).await;
        let new = bed.actor(&signed_in).await;
        let added = bed.try_add_tip(new, "alpha", name, "Often.").await;
        let Ok(Saved::Proposed(id)) = added else {
            panic!("{added:?}");
        };
        assert!(wiki.list(new, "alpha", Tips).await.unwrap().waiting);
        waiting.push(id);
    }
    assert!(bed.page("alpha").await.tips.is_empty());
    for id in &waiting {
        let shown = wiki.proposal(moderator, id).await.unwrap();
        assert!(shown.entry.is_some() && shown.decides);
        let accept = Decision::AcceptEntry {
            base: shown.head,
            item: None,
        };
        wiki.decide(moderator, id, accept).await.unwrap();
    }
    let tips = bed.page("alpha").await.tips;
    let names: Vec<&str> = tips.iter().map(|tip| &*tip.name).collect();
    assert_eq!(names, ["One", "Two"]);
}

async fn a_proposed_tip_is_amended(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let moderator = bed.with_role("mod@example.org", Role::Moderator).await;
    let signed_in = bed.member("ada@example.org").await;
    let new = bed.actor(&signed_in).await;
    let Ok(Saved::Proposed(id)) = bed.try_add_tip(new, "alpha", "Rset", "Often.").await else {
        panic!("it does not wait");
    };
    let accept = |base| Decision::AcceptEntry {
        base,
        item: Some(tip("Rest", "Often.")),
    };
    // Another entry that came meanwhile is no hindrance.
    bed.add_tip("alpha", "Drink", "Water.").await;
    wiki.decide(moderator, &id, accept(None)).await.unwrap();
    assert_eq!(bed.page("alpha").await.tips[1].name, "Rest");
    let Resolved::Here(history) = wiki.history(new, "alpha", Some(Tips), None).await.unwrap()
    else {
        panic!("it has moved");
    };
    assert_eq!(history.revisions[0].summary, "Added: Rset");
}

async fn a_decision_about_an_entry_that_changed_is_asked_again(bed: Bed) {
    bed.with_alpha().await;
    bed.add_tip("alpha", "Rest", "Often.").await;
    let wiki = bed.storage.wiki();
    let moderator = bed.with_role("mod@example.org", Role::Moderator).await;
    let signed_in = bed.member("ada@example.org").await;
    let new = bed.actor(&signed_in).await;
    let amend = |text: &str, id: String| EntryChange::Amend {
        id,
        item: tip("Rest", text),
    };
    let (id, base) = (bed.entry(Tips, "Rest").await, bed.head(Tips).await);
    let change = amend("At noon.", id.clone());
    let proposed = bed.change(new, "alpha", Tips, base, change).await;
    let Ok(Saved::Proposed(proposal)) = proposed else {
        panic!("{proposed:?}");
    };
    bed.change_all(Tips, amend("At night.", id)).await;
    let accept = |base| Decision::AcceptEntry { base, item: None };
    let late = wiki.decide(moderator, &proposal, accept(base)).await;
    assert_eq!(late, Err(Error::Conflict));
    let now = bed.head(Tips).await;
    wiki.decide(moderator, &proposal, accept(now))
        .await
        .unwrap();
    let tips = bed.page("alpha").await.tips;
    assert_eq!(tips[0].html.as_str(), "<p>At noon.</p>\n");
}

async fn what_helped_is_counted_and_nobody_is_named(bed: Bed) {
    bed.with_alpha().await;
    bed.add_tip("alpha", "Rest", "Often.").await;
    let wiki = bed.storage.wiki();
    let id = bed.entry(Tips, "Rest").await;
    let (ada, ada_actor) = bed.known("ada@example.org").await;
    let (_, grace) = bed.known("grace@example.org").await;
    for actor in [ada_actor, ada_actor, grace] {
        wiki.say_helped(actor, "alpha", &id, true).await.unwrap();
    }
    let alpha = bed.id("alpha").await;
    let page = wiki.page(ada_actor, alpha).await.unwrap();
    assert_eq!((page.tips[0].helped, page.tips[0].mine), (2, true));
    let page = bed.page("alpha").await;
    assert_eq!((page.tips[0].helped, page.tips[0].mine), (2, false));
    wiki.say_helped(grace, "alpha", &id, false).await.unwrap();
    assert_eq!(bed.page("alpha").await.tips[0].helped, 1);
    let none = wiki.say_helped(grace, "alpha", "nothing", true).await;
    assert_eq!(none, Err(Error::NotFound));
    let accounts = bed.storage.accounts();
    let actor = bed.actor(&ada).await;
    accounts
        .delete(actor, &password(PASSWORD), false)
        .await
        .unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM helped").await, 0);
    let told = "SELECT count(*) FROM event WHERE kind LIKE '%help%'";
    assert_eq!(bed.number(told).await, 0);
}

async fn one_work_is_listed_once(bed: Bed) {
    bed.with_alpha().await;
    let study = |title: &str, doi: &str| {
        EntryChange::Add(Item::Reference(Reference {
            title: title.to_owned(),
            doi: Some(doi.to_owned()),
            ..Reference::default()
        }))
    };
    bed.change_all(References, study("The end", "10.1000/a"))
        .await;
    let page = bed.page("alpha").await;
    assert_eq!(page.references[0].reference.key, "the-end");
    let again = study("Another title", "10.1000/A");
    let refused = bed.change(ALL, "alpha", References, None, again).await;
    assert_eq!(field(refused), "title");
    bed.change_all(References, study("The end", "10.1000/b"))
        .await;
}

async fn names_with_marks_are_told_as_they_are(bed: Bed) {
    bed.with_alpha().await;
    bed.add_tip("alpha", "A*B*-C_d_ [x](y)", "Often.").await;
    let wiki = bed.storage.wiki();
    let number = bed.head(Tips).await.unwrap();
    let revision = wiki.revision(ALL, "alpha", number).await.unwrap();
    assert_eq!(revision.markdown, "### A*B*-C_d_ [x](y)\n\nOften.");
    let html = revision.html.as_str();
    assert_eq!(html, "<h3>A*B*-C_d_ [x](y)</h3>\n<p>Often.</p>\n");
}

async fn a_reference_that_comes_later_is_cited_at_once(bed: Bed) {
    bed.with_alpha().await;
    bed.save("alpha", Cause, "A gene.[@study]").await;
    bed.add_tip("alpha", "Rest", "Often.[@study]").await;
    bed.change_all(References, work("A study", "study")).await;
    let page = bed.page("alpha").await;
    let anchors: Vec<&str> = page.references[0]
        .cited
        .iter()
        .map(|c| &*c.anchor)
        .collect();
    let of_tip = format!("cited-{}-study-1", page.tips[0].id);
    assert_eq!(anchors, ["cited-cause-study-1", &of_tip]);
    assert!(
        bed.section("alpha", Cause)
            .await
            .contains("#reference-study")
    );
    // The text itself and its history are as they were.
    assert_eq!(bed.number("SELECT count(*) FROM revision").await, 3);
}

async fn a_hidden_reference_keeps_its_number(bed: Bed) {
    bed.with_alpha().await;
    bed.change_all(References, work("One", "one")).await;
    bed.change_all(References, work("Two", "two")).await;
    bed.change_all(References, hide("one")).await;
    bed.save("alpha", Cause, "So.[@two]").await;
    assert!(bed.section("alpha", Cause).await.contains("Reference 2"));
    let page = bed.page("alpha").await;
    assert_eq!(page.references[0].hidden.as_deref(), Some("It is wrong."));
}

async fn a_restored_list_keeps_what_came_later(bed: Bed) {
    bed.with_alpha().await;
    bed.add_tip("alpha", "One", "First.").await;
    let first = bed.head(Tips).await.unwrap();
    let id = bed.entry(Tips, "One").await;
    bed.change_all(Tips, hide(&id)).await;
    bed.add_tip("alpha", "Two", "Second.").await;
    let wiki = bed.storage.wiki();
    let key = submission("r");
    let restored = wiki.restore(ALL, "alpha", first, ("", false), &key);
    assert!(matches!(restored.await, Ok(Saved::Published(_))));
    let tips = bed.page("alpha").await.tips;
    let names: Vec<&str> = tips.iter().map(|tip| &*tip.name).collect();
    assert_eq!(names, ["One", "Two"]);
    let key = submission("s");
    let again = wiki.restore(ALL, "alpha", first, ("", false), &key);
    assert_eq!(again.await, Ok(Saved::Unchanged));
}

async fn an_acknowledgement_needs_the_agreement_of_those_it_names(bed: Bed) {
    bed.with_alpha().await;
    let wiki = bed.storage.wiki();
    let edit = |agreed, base| Edit {
        base,
        markdown: "With thanks to Ada.".to_owned(),
        summary: String::new(),
        agreed,
        draft: DraftLink::default(),
    };
    let save = |agreed, base, key| {
        let (edit, wiki) = (edit(agreed, base), wiki.clone());
        let key = submission(key);
        async move { wiki.save(ALL, "alpha", Acknowledgement, edit, &key).await }
    };
    assert_eq!(field(save(false, None, "a").await), "agreed");
    let Ok(Saved::Published(number)) = save(true, None, "b").await else {
        panic!("it was refused");
    };
    bed.write(ALL, "alpha", Acknowledgement, "Thanks.")
        .await
        .unwrap();
    // Whoever is named may have changed their mind since.
    let key = submission("c");
    let restored = wiki.restore(ALL, "alpha", number, ("", false), &key);
    assert_eq!(field(restored.await), "agreed");
}
