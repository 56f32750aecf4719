//! Questions to experts, as pages show them.

use axum::http::StatusCode;
use domain::{
    account::{Role, Submission},
    community::{Memberships, QuestionDraft, Questions, TopicAudience},
    policy::Audience,
    profile::{ProfileDraft, Profiles},
};

use crate::Site;

const SLUG: &str = "wilson-disease";
const LIST: &str = "/communities/wilson-disease/questions";
const NEW: &str = "/communities/wilson-disease/questions/new";

impl Site {
    /// A question "May I walk?" of a community, that everyone reads. Returns its id.
    pub(crate) async fn question(&self, slug: &str) -> String {
        let cookie = self.member("asker@example.org", "Asker").await;
        self.question_of(&cookie, slug, "May I walk?", TopicAudience::Everyone)
            .await
    }

    /// The same by somebody, for whom they choose.
    pub(crate) async fn question_of(
        &self,
        cookie: &str,
        slug: &str,
        title: &str,
        audience: TopicAudience,
    ) -> String {
        let actor = self.actor(cookie).await;
        let communities = self.storage.communities();
        communities.join(actor, slug).await.unwrap();
        let draft = QuestionDraft {
            title: title.to_owned(),
            details: "Where a lark sings.".to_owned(),
            audience,
            anonymous: false,
            content_note: None,
        };
        let submission = submission();
        let asked = communities.ask(actor, slug, draft, &submission);
        asked.await.unwrap()
    }

    /// Somebody whose name everyone sees, and who is an expert.
    pub(crate) async fn expert(&self, address: &str) -> String {
        let cookie = self.member(address, "Dr Wren").await;
        self.grant(address, &cookie, Role::Expert, "Test").await;
        let draft = ProfileDraft {
            name: "Dr Wren".to_owned(),
            name_audience: Audience::Everyone,
            about: String::new(),
            about_audience: Audience::OnlyMe,
            listed_audience: Audience::OnlyMe,
            for_search_engines: false,
        };
        let actor = self.actor(&cookie).await;
        let profiles = self.storage.profiles();
        profiles.change(actor, draft).await.unwrap();
        cookie
    }

    pub(crate) async fn answer(&self, cookie: &str, id: &str, text: &str) -> i64 {
        let actor = self.actor(cookie).await;
        let communities = self.storage.communities();
        let submission = submission();
        let answered = communities.answer(actor, id, text, None, false, &submission);
        answered.await.unwrap()
    }
}

fn submission() -> Submission {
    Submission {
        key: uuid::Uuid::new_v4().to_string(),
        body: String::new(),
    }
}

#[tokio::test]
async fn what_is_asked_among_members_is_on_no_page_of_a_visitor() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let open = site.question_of(&ada, SLUG, "May I walk?", TopicAudience::Everyone);
    let open = open.await;
    let mut hidden = Vec::new();
    for audience in [TopicAudience::Members, TopicAudience::Community] {
        hidden.push(site.question_of(&ada, SLUG, "May I run?", audience).await);
    }
    let other = site.member("grace@example.org", "Grace").await;
    for path in [
        "/communities/wilson-disease",
        LIST,
        "/communities/wilson-disease/questions.atom",
        "/api/community/questions?slug=wilson-disease",
        "/api/catalogue/condition?slug=wilson-disease",
    ] {
        // Twice, because the second may come from the cache.
        for _ in 0..2 {
            let page = site.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text().contains(&open), "{path}");
            assert!(hidden.iter().all(|id| !page.text().contains(id)), "{path}");
        }
        let page = site.get_with(path, &[("cookie", &other)]).await.text();
        // The feed is for everybody, whoever asks.
        assert_eq!(page.contains(&hidden[0]), !path.contains(".atom"), "{path}");
        assert!(!page.contains(&hidden[1]), "{path}");
    }
    for path in ["/discussions", "/communities/wilson-disease/discussions"] {
        assert!(!site.get(path).await.text().contains(&open), "{path}");
    }
    for id in &hidden {
        for path in [
            format!("/questions/{id}"),
            format!("/questions/{id}/may-i-run"),
            format!("/topics/{id}"),
            format!("/topics/{id}/may-i-run/posts/1/history"),
        ] {
            let page = site.get(&path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!page.text().contains("lark sings"), "{path}");
        }
    }
    // Nor is what one might ask compared with what is not for one.
    site.send_body(
        LIST,
        &other,
        "form=community/join&slug=wilson-disease&place=ask&topic=",
    )
    .await;
    let actor = site.actor(&other).await;
    let communities = site.storage.communities();
    communities.leave(actor, SLUG).await.unwrap();
    let form =
        "form=community/ask&key=k&slug=wilson-disease&title=May+I+walk+and+run?&action=continue";
    let answer = site.send_body(NEW, &other, form).await.text();
    assert!(!answer.contains(&hidden[1]), "{answer}");
}

#[tokio::test]
async fn asking_takes_two_steps_and_loses_nothing() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let there = site.question_of(&ada, SLUG, "Which fish may I eat?", TopicAudience::Everyone);
    let there = there.await;
    let page = site.get_with(NEW, &[("cookie", &ada)]).await.markup();
    assert!(page.contains(">Continue</button>") && page.contains("name=\"title\""));
    assert!(!page.contains("name=\"audience\"") && !page.contains("name=\"text\""));
    assert!(page.contains("In an emergency call your local emergency number."));
    let form = |rest: &str| format!("form=community/ask&key=k&slug={SLUG}&{rest}");
    let short = site
        .send_body(NEW, &ada, &form("title=So?&action=continue"))
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text().contains("characters for the question"));
    assert!(short.markup().contains(">Continue</button>"));
    // The browser's return key sends no button.
    for rest in ["title=Is+fish+good?&action=continue", "title=Is+fish+good?"] {
        let second = site.send_body(NEW, &ada, &form(rest)).await;
        assert_eq!(second.status, StatusCode::OK, "{rest}");
        let page = second.markup();
        assert!(
            page.contains(&there) && page.contains("value=\"Is fish good?\""),
            "{page}"
        );
        assert!(page.contains("name=\"audience\"") && page.contains("name=\"text\""));
        assert!(!page.contains(">Continue</button>"));
    }
    let nothing = site
        .send_body(NEW, &ada, &form("title=Colours+of+birds?&action=continue"))
        .await;
    assert!(
        nothing
            .text()
            .contains("There is no question like this yet.")
    );
    let preview = "title=Is+fish+good?&text=*Trout*&audience=everyone&action=preview";
    let page = site.send_body(NEW, &ada, &form(preview)).await.markup();
    assert!(page.contains("<em>Trout</em>") && page.contains("value=\"Is fish good?\""));
    // What is wrong in the second step is shown in the second step.
    let wrong = site
        .send_body(NEW, &ada, &form("title=&text=Trout&audience=everyone"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = wrong.markup();
    assert!(page.contains("Trout</textarea>") && page.contains("name=\"audience\""));
    let asked = site
        .send_body(
            NEW,
            &ada,
            &form("title=Is+fish+good?&text=&audience=everyone"),
        )
        .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let path = asked.header("location").to_owned();
    assert!(
        path.starts_with("/questions/") && path.ends_with("/is-fish-good"),
        "{path}"
    );
    let page = site.get(&path).await.markup();
    assert!(page.contains("No one has answered yet."), "{page}");
    assert!(page.contains("Waiting for an expert"));
    assert!(!page.contains("Decline the question"));
    assert_eq!(site.told_to_engines(&path, "QAPage").await, None);
}

#[tokio::test]
async fn an_answer_of_an_expert_is_marked_and_first() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let id = site.question_of(&ada, SLUG, "May I walk?", TopicAudience::Everyone);
    let id = id.await;
    let path = format!("/questions/{id}/may-i-walk");
    // By its id, by other words, and as the topic that it is.
    for other in [
        format!("/questions/{id}"),
        format!("/questions/{id}/x"),
        format!("/topics/{id}"),
        format!("/topics/{id}/may-i-walk"),
    ] {
        let moved = site.get(&other).await;
        assert_eq!(moved.status, StatusCode::MOVED_PERMANENTLY, "{other}");
        assert_eq!(moved.header("location"), path, "{other}");
    }
    // A link to an answer leads to the page with it.
    let moved = site.get(&format!("/questions/{id}/x?answer=2")).await;
    assert_eq!(moved.header("location"), format!("{path}?answer=2"));
    let join = format!("form=community/join&slug={SLUG}&place=topic&topic={id}");
    let joined = site.send_body(&path, &grace, &join).await;
    assert_eq!(joined.header("location"), path);
    let expert = site.expert("wren@example.org").await;
    let page = |cookie: &str| {
        let cookie = cookie.to_owned();
        let (site, path) = (&site, path.clone());
        async move { site.get_with(&path, &[("cookie", &cookie)]).await.markup() }
    };
    assert!(page(&grace).await.contains("Add your experience"));
    assert!(page(&ada).await.contains("Add to your question"));
    assert!(page(&expert).await.contains("Answer as an expert"));
    assert!(page(&expert).await.contains("Decline the question"));
    let answer = |cookie: &str, text: &str| {
        let body = format!("form=community/answer&key={text}&id={id}&words=may-i-walk&text={text}");
        let (site, at, cookie) = (&site, format!("{path}/answer"), cookie.to_owned());
        async move { site.send_body(&at, &cookie, &body).await }
    };
    let sent = answer(&grace, "Daily").await;
    assert_eq!(sent.header("location"), format!("{path}?answer=2#post-2"));
    let sent = answer(&expert, "Certainly").await;
    assert_eq!(sent.header("location"), format!("{path}?answer=3#post-3"));
    let text = site.get(&path).await.markup();
    let at = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words}: {text}"))
    };
    assert!(at("<p>Certainly</p>") < at("<p>Daily</p>"));
    assert!(at("<b class=\"mark\">Expert</b>") < at("Experience of a member"));
    assert!(text.contains("Answered by an expert") && text.contains("Dr Wren"));
    assert!(!page(&expert).await.contains("Decline the question"));
    // The same on the page of the condition, and it is the same for both kinds in the feed.
    let condition = site.get("/communities/wilson-disease").await.markup();
    assert!(condition.contains("Answered by an expert") && condition.contains(&path));
    let feed = site
        .get("/communities/wilson-disease/questions.atom")
        .await
        .text();
    assert!(
        feed.contains(&format!("https://rareshare.example{path}")),
        "{feed}"
    );
    // An answer is edited and deleted like any post, and leads back.
    let edit = format!(
        "form=community/edit-post&id={id}&words=may-i-walk&number=3&version=1&text=Certainly not"
    );
    let at = format!("/topics/{id}/may-i-walk/posts/3/edit");
    let sent = site.send_body(&at, &expert, &edit).await;
    assert_eq!(sent.header("location"), format!("{path}?answer=3#post-3"));
    let history = site
        .get(&format!("/topics/{id}/may-i-walk/posts/3/history"))
        .await;
    assert!(history.text().contains(&format!("{path}?answer=3#post-3")));
    let delete = format!("form=community/delete-post&id={id}&words=may-i-walk&number=3&reason=");
    let at = format!("/topics/{id}/may-i-walk/posts/3/delete");
    let sent = site.send_body(&at, &expert, &delete).await;
    assert_eq!(sent.header("location"), format!("{path}?answer=3#post-3"));
    assert!(
        site.get(&path)
            .await
            .text()
            .contains("Waiting for an expert")
    );
}

#[tokio::test]
async fn a_declined_question_says_why() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let id = site.question_of(&ada, SLUG, "May I walk?", TopicAudience::Everyone);
    let id = id.await;
    let path = format!("/questions/{id}/may-i-walk");
    let expert = site.expert("wren@example.org").await;
    let form = |reason: &str| {
        format!("form=community/decline-question&id={id}&words=may-i-walk&reason={reason}")
    };
    let refused = site.send_body(&path, &ada, &form("Why")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let empty = site.send_body(&path, &expert, &form("")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text().contains("Say why."));
    let sent = site
        .send_body(&path, &expert, &form("See <your> own doctor"))
        .await;
    assert_eq!(sent.header("location"), path);
    // The next visitor reads it.
    let page = site.get(&path).await.markup();
    assert!(
        page.contains("Reason: <q>See &lt;your&gt; own doctor</q>"),
        "{page}"
    );
    let answering = format!("{path}/answer");
    let page = site
        .get_with(&answering, &[("cookie", &expert)])
        .await
        .text();
    assert!(page.contains("so it cannot be answered"));
    let answer = format!("form=community/answer&key=a&id={id}&words=may-i-walk&text=Kept words");
    let refused = site.send_body(&answering, &expert, &answer).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text().contains("Kept words"), "nothing is lost");
    let reopen = format!("form=community/reopen-question&id={id}&words=may-i-walk");
    let sent = site.send_body(&path, &expert, &reopen).await;
    assert_eq!(sent.header("location"), path);
    let page = site.get(&path).await.text();
    assert!(!page.contains("own doctor") && page.contains("Waiting for an expert"));
}

#[tokio::test]
async fn who_asked_and_experts_find_it_among_their_notifications() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let expert = site.expert("wren@example.org").await;
    let actor = site.actor(&expert).await;
    site.storage.communities().join(actor, SLUG).await.unwrap();
    let id = site.question_of(&ada, SLUG, "May I walk?", TopicAudience::Everyone);
    let id = id.await;
    let path = format!("/questions/{id}/may-i-walk");
    let told = async |cookie: &str| {
        site.storage.events().seal().await.unwrap();
        site.storage.communities().tell().await.unwrap();
        let page = site.get_with("/notifications", &[("cookie", cookie)]).await;
        page.markup()
    };
    let page = told(&expert).await;
    assert!(
        page.contains(" asked the experts of this community, "),
        "{page}"
    );
    assert!(page.contains(&format!("href=\"{path}#post-1\"")));
    site.answer(&expert, &id, "You may.").await;
    let page = told(&ada).await;
    assert!(
        page.contains(" answered as an expert a question that you follow, "),
        "{page}"
    );
    assert!(page.contains(&format!("href=\"{path}?answer=2#post-2\"")));
    // The button keeps to the page that it is on.
    let stop =
        format!("form=community/stop-following&kind=question&id={id}&words=may-i-walk&after=");
    let sent = site.send_body(&path, &ada, &stop).await;
    assert_eq!(sent.header("location"), path);
    let page = site.get_with(&path, &[("cookie", &ada)]).await.text();
    assert!(page.contains("Follow this question"));
}
