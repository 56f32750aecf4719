//! Posts that mention people.

use domain::{
    account::Actor,
    community::{Discussions, NotificationKind, Notifications, TopicAudience, TopicDraft},
};
use proptest::prelude::*;
use storage::wiki::markdown;

use crate::{bed::Bed, people::submission, strings, writers::ALPHA};

contract! {
    who_is_mentioned_is_told_once,
    the_most_specific_reason_is_told,
    an_edit_tells_whom_it_adds,
    a_first_post_mentions_too,
    strings_that_look_like_mentions_tell_nobody,
}

use NotificationKind::{Followed, Mention, Reply};
use TopicAudience::{Community, Everyone};

const ADA: &str = "ada0000000";
const GRACE: &str = "grace00000";
const EMMY: &str = "emmy000000";

impl Bed {
    /// Three people with handles as people have them, of whom the last has not joined.
    async fn three(&self) -> [Actor; 3] {
        self.with_conditions().await;
        let ada = self.joined(1, None, ALPHA).await;
        let grace = self.joined(2, None, ALPHA).await;
        let emmy = self.writer(3, None).await;
        for (index, handle) in [(1, ADA), (2, GRACE), (3, EMMY)] {
            let set = format!("UPDATE account SET handle = '{handle}' WHERE handle = 'h{index}'");
            self.run(&set).await;
        }
        [ada, grace, emmy]
    }
}

async fn who_is_mentioned_is_told_once(bed: Bed) {
    let [ada, grace, emmy] = bed.three().await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let text = format!("Ask @{GRACE}, @{EMMY} and @{GRACE}, or @{ADA}; not @0000000000.");
    bed.reply(ada, &id, &text).await.unwrap();
    bed.tell().await;
    for actor in [grace, emmy] {
        assert_eq!(bed.posts(actor).await, [(Mention, 2)]);
    }
    assert_eq!(bed.posts(ada).await, [], "nobody is told of their own");
    // Each has a link, whether there is such a person or not.
    let html = bed.post(Actor::Visitor, &id, 2).await.html;
    for handle in [GRACE, EMMY, ADA, "0000000000"] {
        let link = format!("<a class=\"mention\" href=\"/members/{handle}\">@{handle}</a>");
        assert!(html.as_str().contains(&link), "{html:?}");
    }
    // In code it is what it looks like.
    let code = format!("`@{GRACE}`\n\n```\n@{GRACE}\n```\n\n[@{GRACE}](/members/{GRACE})");
    bed.reply(ada, &id, &code).await.unwrap();
    let forged = format!("<a class=\"mention\" href=\"/members/{GRACE}\">@me</a>");
    bed.reply(ada, &id, &forged).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(grace).await, [(Mention, 2)]);
    // What is not for somebody is not told to them, however they are called.
    let hidden = bed.start(ada, ALPHA, "For us", Community).await.unwrap();
    bed.reply(ada, &hidden, &text).await.unwrap();
    bed.run(
        "UPDATE account SET standing = 'suspended' WHERE id = \
             (SELECT id FROM account WHERE handle = 'grace00000')",
    )
    .await;
    bed.reply(ada, &id, &text).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(emmy).await, [(Mention, 5), (Mention, 2)]);
    let rows = bed.number("SELECT count(*) FROM notification").await;
    assert_eq!(rows, 3);
}

async fn the_most_specific_reason_is_told(bed: Bed) {
    let [ada, grace, emmy] = bed.three().await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.storage.communities().follow(emmy, &id).await.unwrap();
    bed.seconds_pass(1);
    let text = format!("@{ADA}, @{EMMY}");
    bed.reply_to(grace, &id, &text, Some(1)).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, [(Reply, 2)]);
    assert_eq!(bed.posts(emmy).await, [(Mention, 2)]);
    // A mention is told also to who has not read of what they follow.
    bed.seconds_pass(1);
    bed.mark_all(emmy).await;
    bed.reply(grace, &id, "More.").await.unwrap();
    bed.reply(grace, &id, &text).await.unwrap();
    bed.tell().await;
    let posts = bed.posts(emmy).await;
    assert_eq!(posts[..2], [(Mention, 4), (Followed, 3)]);
    // A deleted one is forgotten.
    let communities = bed.storage.communities();
    communities.delete_post(grace, &id, 4, "").await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(emmy).await, [(Followed, 3), (Mention, 2)]);
}

async fn an_edit_tells_whom_it_adds(bed: Bed) {
    let [ada, grace, emmy] = bed.three().await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(ada, &id, &format!("Hello @{GRACE}."))
        .await
        .unwrap();
    bed.tell().await;
    let communities = bed.storage.communities();
    let mut version = 0;
    let mut edit = async |text: String| {
        version += 1;
        let edited = communities
            .edit_post(ada, &id, 2, version, &text, None)
            .await;
        edited.unwrap();
        bed.tell().await;
    };
    edit(format!("Hello @{GRACE} and @{EMMY}.")).await;
    assert_eq!(bed.posts(emmy).await, [(Mention, 2)]);
    assert_eq!(bed.posts(grace).await, [(Mention, 2)]);
    // Taken out and put in again, long after what was told is forgotten.
    edit("Hello.".to_owned()).await;
    bed.run("DELETE FROM notification").await;
    edit(format!("Hello again, @{GRACE} and @{EMMY}.")).await;
    assert_eq!(bed.posts(emmy).await, []);
    assert_eq!(bed.posts(grace).await, []);
}

async fn a_first_post_mentions_too(bed: Bed) {
    let [ada, grace, emmy] = bed.three().await;
    let communities = bed.storage.communities();
    let what = domain::community::ConditionFollow::Discussions;
    communities
        .follow_condition(grace, ALPHA, what)
        .await
        .unwrap();
    bed.seconds_pass(1);
    let draft = TopicDraft {
        title: "A walk".to_owned(),
        text: format!("@{GRACE} @{EMMY}"),
        audience: Community,
        anonymous: false,
        content_note: None,
    };
    let key = submission("first");
    communities.start(ada, ALPHA, draft, &key).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(grace).await, [(Mention, 1)]);
    assert_eq!(bed.posts(emmy).await, []);
}

async fn strings_that_look_like_mentions_tell_nobody(bed: Bed) {
    let [ada, grace, _] = bed.three().await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    for text in strings::odd() {
        for post in [
            format!("@{text}"),
            format!("a@{GRACE}{text}"),
            format!("x@{GRACE} {text}"),
        ] {
            // The same on both databases, and nothing of it is markup.
            let html = markdown_of(&post);
            assert!(!html.contains("<script"), "{post:?}: {html}");
            assert!(
                !html.contains(&format!("/members/{GRACE}")),
                "{post:?}: {html}"
            );
        }
    }
    let strange = ["'); DROP TABLE account; --", "%", "\u{202e}", "0000000000'"];
    for text in strange {
        let post = format!("@{text} @grace0000' @{GRACE}é");
        bed.reply(ada, &id, &post).await.unwrap();
    }
    bed.tell().await;
    assert_eq!(bed.posts(grace).await, []);
}

fn markdown_of(text: &str) -> String {
    markdown::render_post(text)
}

proptest! {
    #[test]
    fn a_post_with_mentions_is_what_it_was_but_for_links(text in "[ @a-k0-9<>&\"'`*_\\[\\]()/.\\\\-]{0,60}") {
        let with = markdown::render_post(&text);
        let without = markdown::render(&text, &[], "post");
        let mut bare = with.clone();
        while let Some(start) = bare.find("<a class=\"mention\"") {
            let open = start + bare[start..].find('>').unwrap() + 1;
            let close = open + bare[open..].find("</a>").unwrap();
            let words = bare[open..close].to_owned();
            bare.replace_range(start..close + 4, &words);
        }
        prop_assert_eq!(bare, without);
    }
}
