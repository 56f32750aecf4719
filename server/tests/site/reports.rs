//! Reports through the whole router: who is shown what.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::http::StatusCode;
use domain::{
    account::{Accounts, Actor, ModerationAction},
    community::TopicAudience,
    time::{Clock, Timestamp},
};

use crate::Site;

const SLUG: &str = "wilson-disease";

struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

fn report(topic: &str, category: &str, text: &str) -> String {
    format!(
        "form=reports/make&key={category}-{}&kind=post&value={topic}-1&category={category}&text={text}",
        text.len()
    )
}

#[tokio::test]
async fn a_report_goes_to_moderators_and_its_answer_comes_back() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada Canary").await;
    let grace = site.member("grace@example.org", "Grace Canary").await;
    let moderator = site.moderator("mod@example.org").await;
    let topic = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let read = async |path: &str, cookie: &str| site.get_with(path, &[("cookie", cookie)]).await;
    // A link for members, and none for visitors or about one's own.
    let page = format!("/topics/{topic}/a-walk");
    let link = format!("/report/post/{topic}-1");
    for _ in 0..2 {
        assert!(!site.get(&page).await.text().contains("/report/"));
    }
    assert!(read(&page, &grace).await.text().contains(&link));
    assert!(!read(&page, &ada).await.text().contains(&link));
    let asked = site.get(&link).await;
    assert!(asked.header("location").starts_with("/sign-in?next="));
    let form = read(&link, &grace).await;
    assert_eq!(form.header("cache-control"), "no-store");
    let markup = form.markup();
    assert!(markup.contains("Call your local emergency number first"));
    assert!(markup.contains("A walk") && markup.contains("Someone may be in danger"));
    for nothing in [
        "/report",
        "/report/post/0000000000-1",
        "/report/post/x",
        "/report/member/%00",
        "/report/section/wilson-disease.nothing",
    ] {
        let answer = read(nothing, &grace).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nothing}");
    }

    // What is wrong is said on the same page, and nothing typed is lost.
    let wrong = format!("form=reports/make&key=1&kind=post&value={topic}-1&text=Look+here");
    let answer = site.send_body(&link, &grace, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(
        text.contains("Choose what is wrong") && text.contains("Look here"),
        "{text}"
    );
    let other = report(&topic, "other", "");
    let answer = site.send_body(&link, &grace, &other).await;
    assert!(answer.text().contains("Say what is wrong."));
    let sent = report(&topic, "danger", "She+writes+of+an+end.");
    let answer = site.send_body(&link, &grace, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/reports?done=sent");
    let own = read("/reports?done=sent", &grace).await.text();
    assert!(own.contains("Thank you. Moderators will look at it."));
    assert!(own.contains("Waiting for a moderator") && own.contains("an end."));
    let again = read(&link, &grace).await.text();
    assert!(again.contains("You have reported this already"));

    // The queue.
    for path in ["/admin/reports", "/admin/waiting"] {
        let list = read(path, &moderator).await.text();
        assert!(list.contains("A post: A walk") && list.contains("Reported by 1 member"));
        assert!(list.contains("Someone may be in danger"));
        assert_eq!(read(path, &grace).await.status, StatusCode::NOT_FOUND);
    }
    let list = read("/admin/reports", &moderator).await.text();
    let (_, rest) = list.split_once("/admin/reports/").unwrap();
    let id = &rest[..10];
    let case = format!("/admin/reports/{id}");
    let shown = read(&case, &moderator).await;
    assert_eq!(shown.header("cache-control"), "no-store");
    let text = shown.text();
    assert!(!text.contains("<script type=\"module\""), "no script");
    for part in [
        "A lark sings.",
        "She writes of an end.",
        &format!("/admin/topics/{topic}/posts/1"),
        "1 open",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let note = format!("form=reports/note&key=n&id={id}&text=I+have+written+to+her.");
    let answer = site.send_body(&case, &moderator, &note).await;
    assert_eq!(answer.header("location"), format!("{case}?done=noted"));
    let undecided = format!("form=reports/close&id={id}&text=We+have+read+it.");
    let answer = site.send_body(&case, &moderator, &undecided).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Choose whether you agree."));
    let close = format!("form=reports/close&id={id}&state=upheld&text=We+have+called+for+help.");
    let answer = site.send_body(&case, &moderator, &close).await;
    assert_eq!(answer.header("location"), format!("{case}?done=closed"));
    let late = site.moderator("late@example.org").await;
    let answer = site.send_body(&case, &late, &close).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("We have called for help."));
    let closed = read("/admin/reports?show=closed", &late).await.text();
    assert!(closed.contains("Upheld. ") && closed.contains("Reported by 1 member"));
    let case = read(&case, &late).await.text();
    assert!(case.contains("I have written to her."));

    // The answer comes back; nobody else learns anything.
    site.storage.events().seal().await.unwrap();
    site.storage.communities().tell().await.unwrap();
    let own = read("/reports", &grace).await.text();
    assert!(own.contains("We have called for help.") && own.contains("Upheld"));
    assert!(
        !own.contains("I have written to her."),
        "notes are for moderators"
    );
    let told = read("/notifications", &grace).await.text();
    assert!(told.contains("A moderator has decided about something that you reported"));
    for path in ["/notifications", "/reports", "/settings", &page, "/feed"] {
        let text = read(path, &ada).await.text();
        for canary in ["Grace", "of an end", "called for help", "written to her"] {
            assert!(!text.contains(canary), "{path} {canary}");
        }
    }
}

#[tokio::test]
async fn who_is_suspended_for_a_day_reads_until_when_and_why() {
    // 3 January 2026, 00:00 UTC.
    let clock = Arc::new(Hands(AtomicI64::new(1_767_398_400_000_000)));
    let site = Site::open_at(clock.clone()).await;
    let ada = site.member("ada@example.org", "Ada").await;
    let topic = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let handle = site.handle("ada@example.org").await;
    let accounts = site.storage.accounts();
    for (action, reason) in [
        (ModerationAction::Warn, "No advertising"),
        (ModerationAction::Suspend { days: Some(1) }, "Advertising"),
    ] {
        let moderate = accounts.moderate(Actor::Operator, &handle, action, reason);
        moderate.await.unwrap();
    }
    let until = "suspended until 4 January 2026, 00:00 UTC";
    let settings = site.get_with("/settings", &[("cookie", &ada)]).await.text();
    assert!(settings.contains(&format!("Your account is {until}. Reason: Advertising")));
    assert!(settings.contains("No advertising") && settings.contains("warned"));
    let reply = [
        ("form", "community/reply"),
        ("key", "k"),
        ("id", topic.as_str()),
        ("words", "a-walk"),
        ("in_reply_to", ""),
        ("text", "Buy this."),
    ];
    let answer = site.call("community/reply", &ada, &reply).await.json();
    assert_eq!(
        answer["Shown"]["refusal"],
        format!("You cannot do that: your account is {until}. Reason: Advertising")
    );
    // Also where a page only says that it cannot be used.
    let start = format!("/communities/{SLUG}/discussions/new");
    let refused = site.get_with(&start, &[("cookie", &ada)]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused
            .text()
            .contains("Your settings say until when, and why.")
    );
    // It ends without anything being done.
    clock.0.fetch_add(86_400_000_000, Ordering::Relaxed);
    let settings = site.get_with("/settings", &[("cookie", &ada)]).await.text();
    assert!(!settings.contains("Your account is suspended"));
    let answer = site.call("community/reply", &ada, &reply).await.json();
    assert!(answer["Done"]["path"].is_string(), "{answer}");
    site.storage.events().seal().await.unwrap();
    site.storage.communities().tell().await.unwrap();
    let told = site
        .get_with("/notifications", &[("cookie", &ada)])
        .await
        .text();
    assert!(told.contains("You have been warned") && told.contains("Your account was suspended"));
    assert_eq!(told.matches("href=\"/decisions/").count(), 2);
    assert!(
        !told.contains("dvertising"),
        "why is on the page of the decision"
    );
    let record = accounts.find(Actor::Operator, &handle).await;
    assert_eq!(record.unwrap().suspended_until, None);
}

#[tokio::test]
async fn sections_tips_resources_and_profiles_lead_to_their_report() {
    let site = Site::open().await;
    let grace = site.member("grace@example.org", "Grace").await;
    let handle = site.public_member("ada@example.org").await;
    let section = "/communities/multiple-myeloma/sections/cause/history";
    let member = format!("/members/{handle}");
    for (path, link) in [
        (section, "/report/section/multiple-myeloma.cause".to_owned()),
        (&member, format!("/report/member/{handle}")),
    ] {
        // Twice, because the second comes from the cache.
        for _ in 0..2 {
            assert!(!site.get(path).await.text().contains("/report/"), "{path}");
        }
        let page = site.get_with(path, &[("cookie", &grace)]).await.text();
        assert!(page.contains(&link), "{path}");
        let form = site.get_with(&link, &[("cookie", &grace)]).await;
        assert_eq!(form.status, StatusCode::OK, "{link}");
    }
}
