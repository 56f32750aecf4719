//! Muting, as pages show it.

use axum::http::StatusCode;
use domain::{
    account::Submission,
    community::{Discussions, Memberships, PostDraft, TopicAudience},
    policy::Audience,
    profile::{ProfileDraft, Profiles},
};

use crate::Site;

const SLUG: &str = "wilson-disease";

impl Site {
    /// Somebody who has joined the community, and whose name is for these people.
    async fn writer(&self, address: &str, name: &str, audience: Audience) -> String {
        let cookie = self.member(address, name).await;
        let actor = self.actor(&cookie).await;
        let draft = ProfileDraft {
            name: name.to_owned(),
            name_audience: audience,
            about: String::new(),
            about_audience: Audience::OnlyMe,
            listed_audience: Audience::OnlyMe,
            for_search_engines: false,
        };
        self.storage.profiles().change(actor, draft).await.unwrap();
        self.storage.communities().join(actor, SLUG).await.unwrap();
        cookie
    }

    async fn writes(&self, cookie: &str, id: &str, text: &str) {
        let actor = self.actor(cookie).await;
        let draft = PostDraft {
            text: text.to_owned(),
            in_reply_to: None,
            content_note: None,
            anonymous: false,
        };
        let submission = Submission {
            key: uuid::Uuid::new_v4().to_string(),
            body: String::new(),
        };
        let communities = self.storage.communities();
        let replied = communities.reply(actor, id, draft, &submission).await;
        replied.unwrap();
    }

    async fn read_as(&self, path: &str, cookie: &str) -> String {
        let page = self.get_with(path, &[("cookie", cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.markup()
    }
}

#[tokio::test]
async fn who_is_muted_folds_for_one_member_and_never_learns_of_it() {
    let site = Site::open().await;
    let ada = site.writer("ada@example.org", "Ada", Audience::Members);
    let ada = ada.await;
    let grace = site.writer("grace@example.org", "Grace", Audience::Members);
    let grace = grace.await;
    let quiet = site.writer("quiet@example.org", "Quiet Canary", Audience::OnlyMe);
    let quiet = quiet.await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    site.writes(&grace, &id, "A finch answers.").await;
    site.writes(&quiet, &id, "A thrush, too.").await;
    let path = format!("/topics/{id}/a-walk");
    let page = site.read_as(&path, &ada).await;
    let mute = format!("{path}/posts/2/mute");
    assert!(page.contains(&format!("<a href=\"{mute}\">Mute Grace")));
    assert!(page.contains("Mute this member") && !page.contains("posts/1/mute"));
    assert!(!site.get(&path).await.text().contains("/mute"));
    let before = site.read_as(&path, &grace).await;
    let terms = site.read_as(&mute, &ada).await;
    assert!(terms.contains("They are not told"));
    let body = format!("form=community/mute&id={id}&number=2");
    let sent = site.send_body(&mute, &ada, &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(sent.header("location"), format!("{path}#post-2"));
    let folded = "<summary>Grace is muted. Show the post</summary>";
    let page = site.read_as(&path, &ada).await;
    assert!(page.contains(folded) && page.contains("Unmute Grace"));
    assert!(!page.contains("This member is muted"));
    for cookie in [&grace, &quiet] {
        assert!(!site.read_as(&path, cookie).await.contains("is muted"));
    }
    // But for the key of its forms the page is what it was.
    let keyless = |page: &str| {
        let parts = page.split("name=\"key\" value=\"");
        let parts = parts.map(|part| part.split_once('"').map_or(part, |(_, rest)| rest));
        parts.collect::<Vec<_>>().join("")
    };
    let after = site.read_as(&path, &grace).await;
    assert_eq!(keyless(&after), keyless(&before));
    // Who shows no name is muted in this discussion alone, and named nowhere.
    let mute = format!("{path}/posts/3/mute");
    let terms = site.read_as(&mute, &ada).await;
    assert!(terms.contains("in this discussion only"));
    let body = format!("form=community/mute&id={id}&number=3");
    site.send_body(&mute, &ada, &body).await;
    let page = site.read_as(&path, &ada).await;
    assert!(page.contains("<summary>This member is muted. Show the post</summary>"));
    let list = site.read_as("/settings/muted", &ada).await;
    assert!(list.contains("A member in “") && list.contains(">Grace</a>"));
    for page in [&page, &list, &terms] {
        assert!(!page.contains("Quiet Canary"));
    }
    assert!(
        !site
            .read_as("/settings/muted", &grace)
            .await
            .contains("Ada")
    );
    // Ended in the list, and at the post.
    let name = "name=\"form\" value=\"community/end-mute#";
    let mute_id = list.split(name).nth(1).unwrap();
    let mute_id = mute_id.split('"').next().unwrap();
    let body = format!("form=community/end-mute&id={mute_id}");
    let sent = site.send_body("/settings/muted", &ada, &body).await;
    assert_eq!(sent.header("location"), "/settings/muted?done=saved");
    let page = site.read_as(&path, &ada).await;
    assert!(page.contains(folded) && !page.contains("This member is muted"));
    let mute = format!("{path}/posts/2/mute");
    let body = format!("form=community/unmute&id={id}&number=2");
    let sent = site.send_body(&mute, &ada, &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(!site.read_as(&path, &ada).await.contains("is muted"));
    let list = site.read_as("/settings/muted", &ada).await;
    assert!(list.contains("You have not muted anyone."));
    // Nobody mutes themselves, and nobody is told by an error.
    let own = format!("{path}/posts/1/mute");
    let answer = site.get_with(&own, &[("cookie", &ada)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let visitor = site.get(&mute).await;
    assert!(visitor.header("location").starts_with("/sign-in?next="));
}

#[tokio::test]
async fn an_alias_is_muted_by_its_name_and_tells_nothing_of_whose_it_is() {
    let site = Site::open().await;
    let ada = site.writer("ada@example.org", "Ada", Audience::Members);
    let ada = ada.await;
    let nell = site.writer("nell@example.org", "Nell Canary", Audience::Members);
    let nell = nell.await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let path = format!("/topics/{id}/a-walk");
    let form = format!("form=community/reply&key=1&id={id}&words=a-walk&text=Hush.&anonymous=yes");
    let sent = site.send_body(&format!("{path}/reply"), &nell, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    site.writes(&nell, &id, "A thrush, by name.").await;
    let handle = site.handle("nell@example.org").await;
    let mute = format!("{path}/posts/2/mute");
    let page = site.read_as(&path, &ada).await;
    assert!(page.contains(&format!("<a href=\"{mute}\">Mute Anonymous 1")));
    assert!(!site.read_as(&path, &nell).await.contains(&mute));
    let terms = site.read_as(&mute, &ada).await;
    assert!(terms.contains("Mute Anonymous 1") && terms.contains("in this discussion only"));
    let body = format!("form=community/mute&id={id}&number=2");
    let sent = site.send_body(&mute, &ada, &body).await;
    assert_eq!(sent.header("location"), format!("{path}#post-2"));
    let folded = "<summary>Anonymous 1 is muted. Show the post</summary>";
    let page = site.read_as(&path, &ada).await;
    assert!(page.contains(folded) && page.contains("Unmute Anonymous 1"));
    assert!(page.contains("Mute Nell Canary") && !page.contains("Nell Canary is muted"));
    assert!(!site.read_as(&path, &nell).await.contains("is muted"));
    let unmute = site.read_as(&mute, &ada).await;
    let list = site.read_as("/settings/muted", &ada).await;
    assert!(
        list.contains(&format!("Anonymous 1 in “<a href=\"{path}\">A walk</a>”")),
        "{list}"
    );
    for page in [&terms, &unmute, &list] {
        assert!(!page.contains("Nell") && !page.contains(&handle));
    }
    // As a hydrated page does it: ended at the post, muted again, ended in the list.
    let fields = [("id", id.as_str()), ("number", "2")];
    for function in ["community/unmute", "community/mute"] {
        let answer = site.call(function, &ada, &fields).await;
        assert!(answer.text().contains(&path), "{}", answer.text());
    }
    let list = site.read_as("/settings/muted", &ada).await;
    let name = "name=\"form\" value=\"community/end-mute#";
    let mute_id = list.split(name).nth(1).unwrap();
    let mute_id = mute_id.split('"').next().unwrap();
    site.call("community/end-mute", &ada, &[("id", mute_id)])
        .await;
    assert!(!site.read_as(&path, &ada).await.contains("is muted"));
    let list = site.read_as("/settings/muted", &ada).await;
    assert!(list.contains("You have not muted anyone."));
}
