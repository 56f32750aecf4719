//! The addresses of communities: discussions, questions, resources, leaders, and what is new.

pub use super::{aliases::paths::*, moderation::paths::*};
use domain::community::{
    FeedKind, ReportSubject, ResourceKind, TopicKind, TopicLine, TopicLink, page_of,
};
use leptos_router::location::Url;

/// Discussions of all communities.
pub const DISCUSSIONS: &str = "/discussions";

/// What one is told of.
pub const NOTIFICATIONS: &str = "/notifications";

/// Whom one has muted.
pub const MUTED: &str = "/settings/muted";

/// What one has begun to write.
pub const SAVED_DRAFTS: &str = "/settings/drafts";

/// Which of it one also gets by email.
pub const NOTIFICATION_MAIL: &str = "/settings/notifications";

/// E-books and podcasts of all communities.
pub const RESOURCES: &str = "/resources";

/// What is new in one's communities.
pub const FEED: &str = "/feed";

/// What tells a page of news while it is open.
const LIVE: &str = "/live";

/// What `since` has in the address of a feed that is only about what one has not seen.
pub const LAST_VISIT: &str = "last-visit";

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

/// What one has reported.
pub const OWN_REPORTS: &str = "/reports";

/// What is reported, for who decides.
pub const ADMIN_REPORTS: &str = "/admin/reports";

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

/// A page of those whom one has muted.
pub fn muted(after: Option<&str>) -> String {
    behind(MUTED.to_owned(), after)
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

/// What waits in a community until a leader has read it.
pub fn first_posts(slug: &str) -> String {
    format!("/communities/{slug}/first-posts")
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

/// Where something is reported that has an address.
pub fn report(subject: &ReportSubject) -> String {
    format!("/report/{}/{}", subject.kind(), subject.value())
}

/// A page of what one has reported.
pub fn own_reports(after: Option<&str>) -> String {
    behind(OWN_REPORTS.to_owned(), after)
}

/// A page of the cases that are open, or that are closed.
pub fn admin_reports(closed: bool, after: Option<&str>) -> String {
    let show = closed.then_some("closed");
    narrowed(ADMIN_REPORTS, &[("show", show), ("after", after)])
}

/// A case, for who decides.
pub fn admin_report(id: &str) -> String {
    format!("{ADMIN_REPORTS}/{id}")
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

/// A page of the questions of a condition's community.
pub fn questions(slug: &str, after: Option<&str>) -> String {
    behind(format!("/communities/{slug}/questions"), after)
}

/// The questions of a condition's community as a feed.
pub fn questions_feed(slug: &str) -> String {
    format!("/communities/{slug}/questions.atom")
}

/// Where a question is asked.
pub fn ask(slug: &str) -> String {
    format!("/communities/{slug}/questions/new")
}

/// A page of a question, behind one of its answers.
pub fn question(id: &str, words: &str, after: Option<i64>) -> String {
    let path = format!("/questions/{id}/{words}");
    match after {
        Some(after) => format!("{path}?after={after}"),
        None => path,
    }
}

/// A post of a question, on the page that it is on at the moment: answers move when experts answer.
pub fn answer(id: &str, words: &str, number: i64) -> String {
    format!("{}#post-{number}", with_answer(id, words, number))
}

/// The page of a question that a post of it is on at the moment.
pub fn with_answer(id: &str, words: &str, number: i64) -> String {
    let path = question(id, words, None);
    match number {
        ..=1 => path,
        _ => format!("{path}?answer={number}"),
    }
}

/// Where an answer is written that did not come through on the page of its question.
pub fn answer_question(id: &str, words: &str) -> String {
    format!("/questions/{id}/{words}/answer")
}

/// A page of the resources of a condition's community, of one kind or of all.
pub fn resources(slug: &str, kind: Option<ResourceKind>, after: Option<&str>) -> String {
    of_kind(format!("/communities/{slug}/resources"), kind, after)
}

/// A resource in the list of its community.
pub fn listed_resource(slug: &str, id: &str) -> String {
    format!("{}#resource-{id}", resources(slug, None, None))
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

/// Whether it is the page to which the link of a letter about notifications leads.
pub fn is_unsubscribe(path: &str) -> bool {
    path.strip_prefix("/unsubscribe/")
        .is_some_and(|token| !token.is_empty() && !token.contains('/'))
}

/// What says on a condition's page who is in its community.
pub fn community(slug: &str) -> String {
    format!("/communities/{slug}#community")
}

/// A topic by its id alone, which leads to its address.
pub fn topic_by_id(id: &str) -> String {
    format!("/topics/{id}")
}

/// A post by the id of its topic alone, which leads to its address.
pub fn post_by_id(kind: TopicKind, id: &str, number: i64) -> String {
    match (kind, page_of(number)) {
        (TopicKind::Question, _) => format!("/questions/{id}?answer={number}#post-{number}"),
        (_, None) => format!("{}#post-{number}", topic_by_id(id)),
        (_, Some(after)) => format!("{}?after={after}#post-{number}", topic_by_id(id)),
    }
}

/// A page of a topic.
pub fn topic(id: &str, words: &str, after: Option<i64>) -> String {
    let path = format!("/topics/{id}/{words}");
    match after {
        Some(after) => format!("{path}?after={after}"),
        None => path,
    }
}

/// The first page of a topic, which may be a question.
pub fn of_line(line: &TopicLine) -> String {
    of_topic(line.kind(), &line.id, &line.words, None)
}

/// A page of a topic of a kind.
pub fn of_topic(kind: TopicKind, id: &str, words: &str, after: Option<i64>) -> String {
    match kind {
        TopicKind::Discussion => topic(id, words, after),
        TopicKind::Question => question(id, words, after),
    }
}

/// A post of a topic, which may be a question.
pub fn post_of(topic: &TopicLink, number: i64) -> String {
    post_in(topic.kind, &topic.id, &topic.words, number)
}

/// A post of a topic of a kind.
pub fn post_in(kind: TopicKind, id: &str, words: &str, number: i64) -> String {
    match kind {
        TopicKind::Discussion => post(id, words, number),
        TopicKind::Question => answer(id, words, number),
    }
}

/// The topics of a kind of a community.
pub fn topics_of(kind: TopicKind, slug: &str) -> String {
    match kind {
        TopicKind::Discussion => discussions(slug, None),
        TopicKind::Question => questions(slug, None),
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

/// Where somebody reacts to a post, where that did not come through on the page of its topic.
pub fn react(id: &str, words: &str, number: i64) -> String {
    of_post(id, words, number, "react")
}

/// Where moderators and leaders set the content note of a post.
pub fn note(id: &str, words: &str, number: i64) -> String {
    of_post(id, words, number, "note")
}

/// Where the author of a post is muted.
pub fn mute(id: &str, words: &str, number: i64) -> String {
    of_post(id, words, number, "mute")
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

pub(super) fn behind(path: String, after: Option<&str>) -> String {
    match after {
        Some(after) => format!("{path}?after={after}"),
        None => path,
    }
}

/// A page of what is new in one's communities, of one kind or of all, perhaps only since one last
/// looked.
pub fn own_feed(kind: Option<FeedKind>, only_new: bool, after: Option<&str>) -> String {
    let since = only_new.then_some(LAST_VISIT);
    narrowed(
        FEED,
        &[("kind", name(kind)), ("since", since), ("after", after)],
    )
}

/// A page of what is new in a condition's community, of one kind or of all.
pub fn feed(slug: &str, kind: Option<FeedKind>, after: Option<&str>) -> String {
    let path = format!("/communities/{slug}/feed");
    narrowed(&path, &[("kind", name(kind)), ("after", after)])
}

/// What is new in a condition's community as a feed for feed readers.
pub fn atom_feed(slug: &str) -> String {
    format!("/communities/{slug}/feed.atom")
}

/// What tells of new posts in a topic.
pub fn live_topic(id: &str) -> String {
    format!("{LIVE}?topic={id}")
}

/// What tells of new topics and posts in a community.
pub fn live_discussions(slug: &str) -> String {
    format!("{LIVE}?discussions={slug}")
}

/// What tells of everything that is new in a community.
pub fn live_community(slug: &str) -> String {
    format!("{LIVE}?community={slug}")
}

/// What tells of everything that is new in one's communities.
pub fn live_feed() -> String {
    format!("{LIVE}?feed=mine")
}

fn name(kind: Option<FeedKind>) -> Option<&'static str> {
    kind.map(FeedKind::as_str)
}

/// A path with those pairs of a query that there are. None of them needs encoding.
pub(super) fn narrowed(path: &str, query: &[(&str, Option<&str>)]) -> String {
    let mut address = path.to_owned();
    let mut sign = '?';
    for (name, value) in query {
        if let Some(value) = value {
            address.push(sign);
            address.push_str(name);
            address.push('=');
            address.push_str(value);
            sign = '&';
        }
    }
    address
}
