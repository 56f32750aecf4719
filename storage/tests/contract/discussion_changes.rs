//! Posts that are edited and deleted, and accounts that go.

use domain::{
    Error, Result,
    account::{Accounts, Actor, Member, Role, Standing},
    community::{DELETED_TITLE, Deletion, Discussions, PostChange, PostHistory, TopicAudience},
    text::Change,
    wiki::Author,
};

use crate::{
    bed::Bed,
    people::{PASSWORD, field, password},
    writers::ALPHA,
};

contract! {
    an_edit_keeps_the_former_text,
    an_edit_of_a_former_text_is_a_conflict,
    of_two_edits_at_once_one_is_kept,
    a_deleted_post_leaves_no_text,
    a_topic_outlives_its_first_post,
    moderators_delete_with_a_reason,
    an_edit_does_not_bring_a_deleted_post_back,
    deleting_the_first_post_takes_the_title_back,
    who_is_suspended_can_still_take_back_what_they_wrote,
    an_account_can_take_all_it_wrote_with_it,
    what_a_deleted_account_wrote_is_nobodys,
}

use TopicAudience::Everyone;

/// Words that stand nowhere else.
const SECRET: &str = "quokka";

async fn versions(bed: &Bed, id: &str, number: i64) -> Result<PostHistory> {
    let discussions = bed.storage.communities();
    discussions.versions(Actor::Visitor, id, number).await
}

/// In how many rows of posts and versions the secret stands.
async fn traces(bed: &Bed) -> i64 {
    bed.number(&format!(
        "SELECT (SELECT count(*) FROM post WHERE text LIKE '%{SECRET}%' OR html LIKE '%{SECRET}%') \
         + (SELECT count(*) FROM post_version \
            WHERE text LIKE '%{SECRET}%' OR html LIKE '%{SECRET}%')"
    ))
    .await
}

async fn an_edit_keeps_the_former_text(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let discussions = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    bed.reply(ada, &id, "One.").await.unwrap();
    let before = bed.post(ada, &id, 2).await;
    for (version, text) in [(1, "Two."), (2, "Two.  \n"), (2, "*Three.*")] {
        bed.seconds_pass(60);
        let edit = discussions
            .edit_post(ada, &id, 2, version, text, None)
            .await;
        assert!(edit.is_ok(), "{text}");
    }
    let after = bed.post(ada, &id, 2).await;
    assert_eq!(after.html.as_str().trim(), "<p><em>Three.</em></p>");
    assert_eq!(after.written, before.written);
    let edited = after.edited.unwrap().0 - before.written.0;
    assert_eq!(edited, 180_000_000);
    let own = discussions.own_post(ada, &id, 2).await.unwrap();
    assert_eq!((own.version, own.text.as_str()), (3, "*Three.*"));
    assert_eq!(own.topic.condition.slug, ALPHA);
    assert_eq!(own.topic.title, "Who else?");
    // Everybody sees what it said before.
    let history = versions(&bed, &id, 2).await.unwrap();
    let seen: Vec<_> = history
        .versions
        .iter()
        .map(|version| {
            let seconds = (version.saved.0 - before.written.0) / 1_000_000;
            (version.number, version.html.as_str().trim(), seconds)
        })
        .collect();
    assert_eq!(
        seen,
        [
            (3, "<p><em>Three.</em></p>", 180),
            (2, "<p>Two.</p>", 60),
            (1, "<p>One.</p>", 0),
        ]
    );
    assert_eq!(history.topic, own.topic);
    // And what was changed from each to the next.
    let [removed, added] = [Change::Removed, Change::Added];
    let changed: Vec<_> = history.versions.into_iter().map(|one| one.change).collect();
    let change = |from: &str, to: &str| {
        Some(PostChange {
            text: vec![removed(from.to_owned()), added(to.to_owned())],
            ..PostChange::default()
        })
    };
    assert_eq!(
        changed,
        [change("Two.", "*Three.*"), change("One.", "Two."), None]
    );
    let first = versions(&bed, &id, 1).await.unwrap();
    assert_eq!(first.versions.len(), 1);
    // The order of topics and the number of posts are as before.
    let line = bed.topic(ada, &id).await.line;
    assert_eq!((line.posts, line.last_post), (2, before.written));
    for number in [0, 3, -1] {
        let edit = discussions
            .edit_post(ada, &id, number, 1, "So.", None)
            .await;
        assert_eq!(edit, Err(Error::NotFound));
        let missing = versions(&bed, &id, number).await;
        assert_eq!(missing, Err(Error::NotFound));
    }
    let theirs = discussions.own_post(grace, &id, 2).await;
    assert!(matches!(theirs, Err(Error::Forbidden { .. })));
    let empty = discussions.edit_post(ada, &id, 2, 3, " ", None).await;
    assert_eq!(field(empty), "text");
}

async fn an_edit_of_a_former_text_is_a_conflict(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let discussions = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    let edit = async |version, text| {
        let edit = discussions.edit_post(ada, &id, 1, version, text, None);
        edit.await.map(drop)
    };
    assert_eq!(edit(1, "One tab.").await, Ok(()));
    assert_eq!(edit(1, "Another tab.").await, Err(Error::Conflict));
    // The same form sent twice.
    assert_eq!(edit(1, "One tab.").await, Ok(()));
    assert_eq!(edit(2, "Another tab.").await, Ok(()));
    assert_eq!(versions(&bed, &id, 1).await.unwrap().versions.len(), 3);
}

async fn of_two_edits_at_once_one_is_kept(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    let edit = |text: &'static str| {
        let (discussions, id) = (bed.storage.communities(), id.clone());
        tokio::spawn(async move {
            discussions
                .edit_post(ada, &id, 1, 1, text, None)
                .await
                .map(drop)
        })
    };
    let (one, other) = (edit("One tab."), edit("Another tab."));
    let answers = [one.await.unwrap(), other.await.unwrap()];
    assert!(answers.contains(&Ok(())), "{answers:?}");
    assert!(answers.contains(&Err(Error::Conflict)), "{answers:?}");
    assert_eq!(versions(&bed, &id, 1).await.unwrap().versions.len(), 2);
}

async fn a_deleted_post_leaves_no_text(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let discussions = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    bed.reply(ada, &id, &format!("A {SECRET}.")).await.unwrap();
    let edit = format!("Two {SECRET}s.");
    let edit = discussions.edit_post(ada, &id, 2, 1, &edit, None).await;
    edit.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    assert_eq!(traces(&bed).await, 2);
    bed.seconds_pass(60);
    let deletion = discussions
        .delete_post(ada, &id, 2, " Too \n private ")
        .await;
    assert_eq!(deletion, Ok(()));
    assert_eq!(traces(&bed).await, 0);
    assert_eq!(bed.number("SELECT count(*) FROM post_version").await, 0);
    for actor in [Actor::Visitor, ada, grace] {
        let post = bed.post(actor, &id, 2).await;
        assert_eq!(post.author, Author::default());
        assert!(post.html.is_empty() && !post.own && post.edited.is_none());
        let expected = Deletion {
            by_author: true,
            reason: "Too private".to_owned(),
            at: bed.storage.database().now(),
        };
        assert_eq!(post.deleted, Some(expected));
    }
    // It keeps its place, and nothing of it can be had.
    assert_eq!(bed.topic(ada, &id).await.line.posts, 3);
    assert_eq!(versions(&bed, &id, 2).await, Err(Error::NotFound));
    let text = discussions.own_post(ada, &id, 2).await;
    assert_eq!(text, Err(Error::NotFound));
    assert_eq!(bed.reply(grace, &id, "So.").await, Ok(4));
    // Deleted twice, it keeps its first reason.
    bed.seconds_pass(60);
    let again = discussions.delete_post(ada, &id, 2, "Another").await;
    assert_eq!(again, Ok(()));
    let reason = bed.post(ada, &id, 2).await.deleted.unwrap().reason;
    assert_eq!(reason, "Too private");
}

async fn a_topic_outlives_its_first_post(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    let discussions = bed.storage.communities();
    discussions.delete_post(ada, &id, 1, "").await.unwrap();
    let page = bed.topic(ada, &id).await;
    assert_eq!(
        (page.line.title.as_str(), page.line.posts),
        (DELETED_TITLE, 1)
    );
    let deleted = page.posts[0].deleted.clone().unwrap();
    assert_eq!((deleted.by_author, deleted.reason), (true, String::new()));
    assert_eq!(bed.reply(ada, &id, "I do.").await, Ok(2));
    assert_eq!(bed.topics(ada, ALPHA, None).await.topics.len(), 1);
}

async fn moderators_delete_with_a_reason(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let discussions = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "Buy this", Everyone).await.unwrap();
    assert!(bed.topic(moderator, &id).await.moderates);
    let theirs = discussions.delete_post(grace, &id, 1, "No").await;
    let expected = Error::Forbidden {
        reason: "moderators delete what others have written.".to_owned(),
    };
    assert_eq!(theirs, Err(expected));
    for reason in ["", " \n ", "a\u{202e}b", &"a".repeat(501)] {
        let deletion = discussions.delete_post(moderator, &id, 1, reason).await;
        assert_eq!(field(deletion), "reason", "{reason:?}");
    }
    let edit = discussions
        .edit_post(moderator, &id, 1, 1, "Nicer.", None)
        .await;
    assert!(matches!(edit, Err(Error::Forbidden { .. })));
    let deletion = discussions.delete_post(moderator, &id, 1, "An advertisement");
    deletion.await.unwrap();
    let deleted = bed.post(Actor::Visitor, &id, 1).await.deleted.unwrap();
    assert!(!deleted.by_author);
    assert_eq!(deleted.reason, "An advertisement");
}

async fn an_edit_does_not_bring_a_deleted_post_back(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    for number in 2..12 {
        bed.reply(ada, &id, SECRET).await.unwrap();
        let (one, other) = (bed.storage.communities(), bed.storage.communities());
        let (here, there) = (id.clone(), id.clone());
        let edit = tokio::spawn(async move {
            let text = format!("{SECRET}!");
            one.edit_post(ada, &here, number, 1, &text, None).await
        });
        let deletion =
            tokio::spawn(async move { other.delete_post(ada, &there, number, "").await });
        let edit = edit.await.unwrap();
        let fits = matches!(edit, Ok(_) | Err(Error::Conflict | Error::NotFound));
        assert!(fits, "{edit:?}");
        assert_eq!(deletion.await.unwrap(), Ok(()));
        assert_eq!(traces(&bed).await, 0);
        bed.seconds_pass(3_601);
    }
}

async fn deleting_the_first_post_takes_the_title_back(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let discussions = bed.storage.communities();
    let mut ids = Vec::new();
    for title in [SECRET, "Nobody replied"] {
        ids.push(bed.start(ada, ALPHA, title, Everyone).await.unwrap());
    }
    bed.reply(grace, &ids[0], "I do.").await.unwrap();
    for id in &ids {
        discussions.delete_post(ada, id, 1, "").await.unwrap();
    }
    let line = bed.topic(Actor::Visitor, &ids[0]).await.line;
    assert_eq!((line.title.as_str(), line.deleted), (DELETED_TITLE, true));
    assert_eq!(line.words, "discussion");
    assert_eq!(bed.topic(ada, &ids[0]).await.line.author, Author::default());
    assert_eq!(traces(&bed).await, 0);
    let titled = format!("SELECT count(*) FROM topic WHERE title LIKE '%{SECRET}%'");
    assert_eq!(bed.number(&titled).await, 0);
    // There is nothing to read in the other one.
    let listed = bed.topics(grace, ALPHA, None).await.topics;
    let listed: Vec<&str> = listed.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(listed, [&ids[0]]);
}

async fn who_is_suspended_can_still_take_back_what_they_wrote(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    let member = ada.member().unwrap();
    let suspended = Actor::Member(Member {
        standing: Standing::Suspended,
        ..member
    });
    let discussions = bed.storage.communities();
    let edit = discussions
        .edit_post(suspended, &id, 1, 1, "Other.", None)
        .await;
    assert!(matches!(edit, Err(Error::Forbidden { .. })), "{edit:?}");
    assert!(discussions.deleting(suspended, &id, 1).await.is_ok());
    let deletion = discussions.delete_post(suspended, &id, 1, "").await;
    assert_eq!(deletion, Ok(()));
}

async fn an_account_can_take_all_it_wrote_with_it(bed: Bed) {
    bed.with_conditions().await;
    let signed_in = bed.member("ada@example.org").await;
    let ada = bed.actor(&signed_in).await;
    bed.join(ada, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let own = bed.start(ada, ALPHA, SECRET, Everyone).await.unwrap();
    let other = bed
        .start(grace, ALPHA, "Who else?", Everyone)
        .await
        .unwrap();
    for id in [&own, &other] {
        bed.reply(grace, id, "Mine.").await.unwrap();
        bed.reply(ada, id, SECRET).await.unwrap();
    }
    let discussions = bed.storage.communities();
    let edited = format!("{SECRET}!");
    let edit = discussions.edit_post(ada, &other, 3, 1, &edited, None);
    edit.await.unwrap();
    let accounts = bed.storage.accounts();
    let present = password(PASSWORD);
    accounts.delete(ada, &present, true).await.unwrap();
    assert_eq!(traces(&bed).await, 0);
    let page = bed.topic(Actor::Visitor, &own).await;
    assert_eq!(page.line.title, DELETED_TITLE);
    let deleted: Vec<bool> = page.posts.iter().map(|p| p.deleted.is_some()).collect();
    assert_eq!(deleted, [true, false, true]);
    let page = bed.topic(Actor::Visitor, &other).await;
    assert_eq!(page.line.title, "Who else?");
    let deleted: Vec<bool> = page.posts.iter().map(|p| p.deleted.is_some()).collect();
    assert_eq!(deleted, [false, false, true]);
}

async fn what_a_deleted_account_wrote_is_nobodys(bed: Bed) {
    bed.with_conditions().await;
    let signed_in = bed.member("ada@example.org").await;
    let ada = bed.actor(&signed_in).await;
    bed.join(ada, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    bed.reply(ada, &id, "I do.").await.unwrap();
    assert!(bed.post(grace, &id, 2).await.author.name.is_some());
    let accounts = bed.storage.accounts();
    accounts
        .delete(ada, &password(PASSWORD), false)
        .await
        .unwrap();
    let page = bed.topic(grace, &id).await;
    assert_eq!(page.line.author, Author::default());
    assert_eq!(page.posts[1].author, Author::default());
    assert_eq!(page.posts[1].html.as_str().trim(), "<p>I do.</p>");
    assert!(page.posts[1].deleted.is_none());
    let nobodys = "SELECT count(*) FROM post WHERE account_id IS NULL";
    assert_eq!(bed.number(nobodys).await, 2);
}
