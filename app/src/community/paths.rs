//! The addresses of communities, their discussions, resources and leaders.

use domain::community::{ResourceKind, page_of};
use leptos_router::location::Url;

/// Discussions of all communities.
pub const DISCUSSIONS: &str = "/discussions";

/// What one is told of.
pub const NOTIFICATIONS: &str = "/notifications";

/// E-books and podcasts of all communities.
pub const RESOURCES: &str = "/resources";

/// Communities in which something has happened.
pub const COMMUNITIES: &str = "/communities";

/// Who leads communities.
pub const LEADERS: &str = "/leaders";

/// Where a community is looked for before it is asked for.
pub const START_COMMUNITY: &str = "/start";

/// Where a community is asked for.
pub const REQUEST_COMMUNITY: &str = "/start/request";

/// What waits for moderators.
pub const ADMIN_WAITING: &str = "/admin/waiting";

/// Requests for communities, for who decides.
pub const ADMIN_REQUESTS: &str = "/admin/requests";

/// The communities that one is in.
pub const OWN: &str = "/settings/communities";

/// A page of the discussions of all communities.
pub fn recent(after: Option<&str>) -> String {
    behind(DISCUSSIONS.to_owned(), after)
}

/// A page of what one is told of.
pub fn notifications(after: Option<&str>) -> String {
    behind(NOTIFICATIONS.to_owned(), after)
}

/// A page of the communities in which something has happened.
pub fn communities(after: Option<&str>) -> String {
    behind(COMMUNITIES.to_owned(), after)
}

/// A page of the leaders of all communities.
pub fn leaders(after: Option<&str>) -> String {
    behind(LEADERS.to_owned(), after)
}

/// What who leads a community works with.
pub fn lead(slug: &str) -> String {
    format!("/communities/{slug}/lead")
}

/// Where a community is looked for by a name.
pub fn start_community(name: &str) -> String {
    with_value(START_COMMUNITY, "q", name)
}

/// Where the community of a condition with a name is asked for.
pub fn request_community(name: &str) -> String {
    with_value(REQUEST_COMMUNITY, "name", name)
}

/// A request of one's own.
pub fn own_request(id: &str) -> String {
    format!("{START_COMMUNITY}/requests/{id}")
}

/// A page of the requests that wait, or that are decided.
pub fn admin_requests(decided: bool, after: Option<&str>) -> String {
    match (decided, after) {
        (false, after) => behind(ADMIN_REQUESTS.to_owned(), after),
        (true, None) => format!("{ADMIN_REQUESTS}?show=decided"),
        (true, Some(after)) => format!("{ADMIN_REQUESTS}?show=decided&after={after}"),
    }
}

/// A request, for who decides.
pub fn admin_request(id: &str) -> String {
    format!("{ADMIN_REQUESTS}/{id}")
}

/// A page of the discussions of a condition's community.
pub fn discussions(slug: &str, after: Option<&str>) -> String {
    behind(format!("/communities/{slug}/discussions"), after)
}

/// The discussions of a condition's community as a feed.
pub fn discussions_feed(slug: &str) -> String {
    format!("/communities/{slug}/discussions.atom")
}

/// Where a discussion is started.
pub fn start(slug: &str) -> String {
    format!("/communities/{slug}/discussions/new")
}

/// A page of the resources of a condition's community, of one kind or of all.
pub fn resources(slug: &str, kind: Option<ResourceKind>, after: Option<&str>) -> String {
    of_kind(format!("/communities/{slug}/resources"), kind, after)
}

/// The resources of a condition's community as a feed.
pub fn resources_feed(slug: &str) -> String {
    format!("/communities/{slug}/resources.atom")
}

/// Where a resource is suggested.
pub fn suggest(slug: &str) -> String {
    format!("/communities/{slug}/resources/new")
}

/// What becomes of a resource.
pub fn resource(slug: &str, id: &str) -> String {
    format!("/communities/{slug}/resources/{id}")
}

/// A page of the e-books and podcasts of all communities, or of one of the two.
pub fn gathered(kind: Option<ResourceKind>, after: Option<&str>) -> String {
    of_kind(RESOURCES.to_owned(), kind, after)
}

/// What says on a condition's page who is in its community.
pub fn community(slug: &str) -> String {
    format!("/communities/{slug}#community")
}

/// A topic by its id alone, which leads to its address.
pub fn topic_by_id(id: &str) -> String {
    format!("/topics/{id}")
}

/// A page of a topic.
pub fn topic(id: &str, words: &str, after: Option<i64>) -> String {
    let path = format!("/topics/{id}/{words}");
    match after {
        Some(after) => format!("{path}?after={after}"),
        None => path,
    }
}

/// A post on the page of its topic.
pub fn post(id: &str, words: &str, number: i64) -> String {
    format!("{}#post-{number}", topic(id, words, page_of(number)))
}

/// Where a reply is written that did not come through on the page of its topic.
pub fn reply(id: &str, words: &str) -> String {
    format!("/topics/{id}/{words}/reply")
}

/// Where a post is edited.
pub fn edit_post(id: &str, words: &str, number: i64) -> String {
    of_post(id, words, number, "edit")
}

/// The texts that a post has had.
pub fn post_history(id: &str, words: &str, number: i64) -> String {
    of_post(id, words, number, "history")
}

/// Where a post is deleted.
pub fn delete_post(id: &str, words: &str, number: i64) -> String {
    of_post(id, words, number, "delete")
}

fn of_post(id: &str, words: &str, number: i64, what: &str) -> String {
    format!("/topics/{id}/{words}/posts/{number}/{what}")
}

fn of_kind(path: String, kind: Option<ResourceKind>, after: Option<&str>) -> String {
    match (kind, after) {
        (None, after) => behind(path, after),
        (Some(kind), None) => format!("{path}?kind={}", kind.as_str()),
        (Some(kind), Some(after)) => format!("{path}?kind={}&after={after}", kind.as_str()),
    }
}

fn with_value(path: &str, name: &str, value: &str) -> String {
    if value.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{name}={}", Url::escape(value))
    }
}

fn behind(path: String, after: Option<&str>) -> String {
    match after {
        Some(after) => format!("{path}?after={after}"),
        None => path,
    }
}
