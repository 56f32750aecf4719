//! The pages for administrators through the whole router.

use axum::http::StatusCode;
use domain::account::Role;

use crate::Site;

#[tokio::test]
async fn administrators_look_after_accounts() {
    let site = Site::open().await;
    let admin = site.member("admin@example.org", "Root").await;
    let ada = site.member("ada@example.org", "Ada <b>").await;
    let handle = site.handle("ada@example.org").await;
    site.grant("admin@example.org", &admin, Role::Administrator, "Runs it")
        .await;
    let read = async |path: &str| site.get_with(path, &[("cookie", &admin)]).await;
    let list = read("/admin/people").await;
    assert_eq!(list.status, StatusCode::OK);
    assert_eq!(list.header("cache-control"), "no-store");
    assert!(
        !list.text().contains("<script type=\"module\""),
        "no script"
    );
    assert!(list.text().contains("Ada &lt;b&gt;"), "{}", list.text());
    for (query, found) in [
        ("q=ada", true),
        ("q=ADA%40example", true),
        ("q=%25", false),
        ("q=a_a", false),
        ("q=%00%27%3B", false),
        ("show=suspended", false),
        ("show=with-roles", false),
        ("q=ada&show=all", true),
    ] {
        let page = read(&format!("/admin/people?{query}")).await.text();
        assert_eq!(
            page.contains(&format!("/admin/people/{handle}")),
            found,
            "{query}"
        );
    }
    let path = format!("/admin/people/{handle}");
    for (form, status) in [
        (
            "form=admin/grant&handle={handle}&role=expert&reason=",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "form=admin/grant&handle={handle}&role=king&reason=x",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "form=admin/grant&handle={handle}&role=expert&reason=Checked",
            StatusCode::SEE_OTHER,
        ),
        (
            "form=admin/warn&key=1&handle={handle}&reason=Not+again",
            StatusCode::SEE_OTHER,
        ),
        // The same form once more.
        (
            "form=admin/warn&key=1&handle={handle}&reason=Not+again",
            StatusCode::SEE_OTHER,
        ),
        (
            "form=admin/suspend&handle={handle}&length=century&reason=Advertising",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "form=admin/suspend&handle={handle}&length=day&reason=Advertising",
            StatusCode::SEE_OTHER,
        ),
    ] {
        let form = form.replace("{handle}", &handle);
        let answer = site.send_body(&path, &admin, &form).await;
        assert_eq!(answer.status, status, "{form}");
    }
    let page = read(&path).await.text();
    assert!(page.contains("Checked") && page.contains("Advertising"));
    assert!(page.contains("Suspended until"));
    assert_eq!(page.matches("Not again").count(), 1);
    let settings = site.get_with("/settings", &[("cookie", &ada)]).await.text();
    assert!(settings.contains("Your account is suspended") && settings.contains("Advertising"));
    assert!(!settings.contains("Root"), "who did it stays unsaid");
    let root = site.handle("admin@example.org").await;
    let own = format!("/admin/people/{root}");
    let form = format!("form=admin/suspend&handle={root}&length=no-end&reason=Myself");
    let answer = site.send_body(&own, &admin, &form).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    // What administrators may not do with a restored account is nothing: once more.
    let form = format!("form=admin/restore&handle={handle}&reason=Sorry");
    let answer = site.send_body(&path, &admin, &form).await;
    assert_eq!(answer.header("location"), format!("{path}?done=moderation"));
    assert!(!read(&path).await.text().contains("<dd>Suspended"));
    // Whoever is signed in as her is not any more; she reads why.
    let form = format!("form=admin/end-sessions&handle={handle}&reason=A+stolen+phone");
    let answer = site.send_body(&path, &admin, &form).await;
    assert_eq!(answer.header("location"), format!("{path}?done=moderation"));
    let settings = site.get_with("/settings", &[("cookie", &ada)]).await;
    assert_eq!(settings.header("location"), "/sign-in?next=%2Fsettings");
    assert!(read(&path).await.text().contains("signed out everywhere"));
}

#[tokio::test]
async fn administrators_see_who_was_slowed_in_lists_of_members() {
    let site = Site::open().await;
    let admin = site.member("admin@example.org", "Root").await;
    let ada = site.member("ada@example.org", "Ada <b>").await;
    let handle = site.handle("ada@example.org").await;
    site.grant("admin@example.org", &admin, Role::Administrator, "Runs it")
        .await;
    let read = async |path: &str| site.get_with(path, &[("cookie", &admin)]).await;
    let list = "/admin/member-lists";
    assert!(read("/admin/people").await.text().contains(list));
    let empty = read(list).await;
    assert_eq!(empty.status, StatusCode::OK);
    assert_eq!(empty.header("cache-control"), "no-store");
    assert!(empty.text().contains("No one has reached the limit"));
    let behind = format!("/communities/multiple-myeloma/members?after={handle}");
    for _ in 0..43 {
        site.get_with(&behind, &[("cookie", &ada)]).await;
    }
    let page = read(list).await.markup();
    assert!(page.contains(&format!("href=\"/admin/people/{handle}\"")));
    assert!(page.contains("Ada &lt;b&gt;") && page.contains("Pages refused: 3."));
    let day = 1_795_435_200 / 86_400;
    let form = format!("form=admin/note-walk&handle={handle}&day={day}");
    let sent = site.send_body(list, &admin, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = read(list).await.markup();
    assert!(page.contains("Checked") && !page.contains("Mark as checked"));
}
