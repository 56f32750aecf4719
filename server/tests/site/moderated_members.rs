//! How moderators who are no administrators warn and suspend members.

use axum::http::StatusCode;
use domain::{account::Role, community::TopicAudience};

use crate::Site;

const SLUG: &str = "wilson-disease";

#[tokio::test]
async fn a_moderator_warns_and_suspends_from_a_profile() {
    let site = Site::open().await;
    let handle = site.public_member("ada@example.org").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let mo = site.moderator("mo@example.org").await;
    let admin = site.member("admin@example.org", "Root").await;
    site.grant("admin@example.org", &admin, Role::Administrator, "Runs it")
        .await;
    let read = async |path: &str, cookie: &str| site.get_with(path, &[("cookie", cookie)]).await;
    let profile = format!("/members/{handle}");
    let path = format!("/admin/members/{handle}");
    let link = format!("href=\"{path}\" rel=\"external\"");
    for (cookie, leads) in [(&grace, false), (&mo, true), (&admin, true)] {
        let page = read(&profile, cookie).await.markup();
        assert_eq!(page.contains(&link), leads, "{page}");
        let expected = if leads {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        };
        assert_eq!(read(&path, cookie).await.status, expected);
    }
    assert!(!site.get(&profile).await.text().contains("/admin/"));
    let page = read(&path, &mo).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let page = page.text();
    assert!(!page.contains("<script type=\"module\""), "no script");
    assert!(page.contains("Open Book") && page.contains("None so far."));
    assert!(!page.contains("ada@example.org") && !page.contains("/admin/people"));
    assert!(!page.contains("6 months") && !page.contains("No end"));
    let theirs = read(&path, &admin).await.text();
    assert!(theirs.contains(&format!("/admin/people/{handle}")));
    let people = format!("/admin/people/{handle}");
    assert_eq!(read(&people, &mo).await.status, StatusCode::NOT_FOUND);

    let send = async |form: &str| {
        let body = format!("form=admin/{form}").replace("{handle}", &handle);
        site.send_body(&path, &mo, &body).await
    };
    for (form, status) in [
        (
            "warn-member&key=1&handle={handle}&reason=+",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "warn-member&key=1&handle={handle}&reason=Not+again",
            StatusCode::SEE_OTHER,
        ),
        // The same form once more.
        (
            "warn-member&key=1&handle={handle}&reason=Not+again",
            StatusCode::SEE_OTHER,
        ),
        (
            "suspend-member&key=2&handle={handle}&length=no-end&reason=Advertising",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "suspend-member&key=2&handle={handle}&length=six-months&reason=Advertising",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "suspend-member&key=2&handle={handle}&length=three-months&reason=Advertising",
            StatusCode::SEE_OTHER,
        ),
        (
            "suspend-member&key=3&handle={handle}&length=day&reason=Shorter",
            StatusCode::FORBIDDEN,
        ),
    ] {
        let answer = send(form).await;
        assert_eq!(answer.status, status, "{form}");
    }
    let page = read(&path, &mo).await.markup();
    assert_eq!(page.matches(": warned.").count(), 1, "{page}");
    assert!(page.contains("Suspended until") && !page.contains("Advertising"));
    let theirs = read(&people, &admin).await.text();
    assert!(theirs.contains("Advertising") && theirs.contains("by Quill"));
}

#[tokio::test]
async fn whoever_wrote_a_post_is_warned_about_it() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let mo = site.moderator("mo@example.org").await;
    let topic = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let path = format!("/admin/topics/{topic}/posts/1");
    let body =
        format!("form=moderation/warn-author&key=1&id={topic}&number=1&reason=No+larks+here");
    for _ in 0..2 {
        let sent = site.send_body(&path, &mo, &body).await;
        assert_eq!(sent.header("location"), format!("{path}?done=moderated"));
    }
    let page = site.get_with(&path, &[("cookie", &mo)]).await.markup();
    assert_eq!(page.matches("Author warned by Quill").count(), 1, "{page}");
    site.tell().await;
    let told = site.get_with("/notifications", &[("cookie", &ada)]).await;
    let told = told.markup();
    assert!(told.contains("A moderator warned you about your post") && !told.contains("larks"));
    let list = site.get_with("/decisions", &[("cookie", &ada)]).await;
    let list = list.markup();
    assert!(list.contains("You were warned about your post") && list.contains("No larks here"));
    assert!(!list.contains("Quill"));
}
