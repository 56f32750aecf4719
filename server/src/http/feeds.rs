//! Histories, discussions, questions, resources and what is new as Atom feeds (RFC 4287), as visitors see
//! them.

use app::{community::paths, wiki};
use atom_syndication::{Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Error, Result,
    account::Actor,
    catalogue::Resolved,
    community::{
        CommunityFeed, Discussions, FeedItem, FeedLine, Feeds, Questions, ResourceList, Resources,
        TopicLine,
    },
    time::Timestamp,
    wiki::{History, Origin, Revisions, SectionKind},
};

use super::{AppState, refused::status_of, seal::ForEverybody};

/// `/communities/{slug}/history.atom`
pub(super) async fn of_condition(
    State(state): State<AppState>,
    Path(slug): Path<String>,
) -> Response {
    feed(&state, &slug, None).await
}

/// `/communities/{slug}/sections/{kind}/history.atom`
pub(super) async fn of_section(
    State(state): State<AppState>,
    Path((slug, kind)): Path<(String, String)>,
) -> Response {
    match SectionKind::parse(&kind) {
        Some(kind) => feed(&state, &slug, Some(kind)).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn path(slug: &str, kind: Option<SectionKind>) -> String {
    match kind {
        Some(kind) => format!("/communities/{slug}/sections/{}/history", kind.as_str()),
        None => format!("/communities/{slug}/history"),
    }
}

/// `/communities/{slug}/discussions.atom`
pub(super) async fn of_discussions(
    State(state): State<AppState>,
    Path(slug): Path<String>,
) -> Response {
    let communities = state.storage.communities();
    let list = communities.topics(Actor::Visitor, &slug, None).await;
    let origin = &state.site.identity().public_url;
    answer(
        list.map(|list| {
            list.map(|list| {
                let page = paths::discussions(&list.condition.slug, None);
                let title = format!("Discussions: {}", list.condition.name);
                // Pinned ones are among the others here.
                let mut topics: Vec<_> = list.pinned.iter().chain(&list.topics).collect();
                topics.sort_by_key(|topic| std::cmp::Reverse(topic.last_post));
                let topics = topics.into_iter();
                write_topics(origin, (&title, &page), topics, list.since)
            })
        }),
        paths::discussions_feed,
    )
}

/// `/communities/{slug}/questions.atom`
pub(super) async fn of_questions(
    State(state): State<AppState>,
    Path(slug): Path<String>,
) -> Response {
    let communities = state.storage.communities();
    let list = communities.questions(Actor::Visitor, &slug, None).await;
    let origin = &state.site.identity().public_url;
    answer(
        list.map(|list| {
            list.map(|list| {
                let page = paths::questions(&list.condition.slug, None);
                let title = format!("Questions to experts: {}", list.condition.name);
                write_topics(origin, (&title, &page), list.questions.iter(), list.since)
            })
        }),
        paths::questions_feed,
    )
}

/// `/communities/{slug}/resources.atom`
pub(super) async fn of_resources(
    State(state): State<AppState>,
    Path(slug): Path<String>,
) -> Response {
    let communities = state.storage.communities();
    let list = communities.resources(Actor::Visitor, &slug, None, None);
    let origin = &state.site.identity().public_url;
    answer(
        list.await
            .map(|list| list.map(|list| write_resources(origin, &list))),
        paths::resources_feed,
    )
}

/// `/communities/{slug}/feed.atom`
pub(super) async fn of_community(
    State(state): State<AppState>,
    Path(slug): Path<String>,
) -> Response {
    let communities = state.storage.communities();
    let news = communities.feed(Actor::Visitor, &slug, None, None).await;
    let origin = &state.site.identity().public_url;
    answer(
        news.map(|news| news.map(|news| write_news(origin, &news))),
        paths::atom_feed,
    )
}

async fn feed(state: &AppState, slug: &str, kind: Option<SectionKind>) -> Response {
    let wiki = state.storage.wiki();
    let history = wiki.history(Actor::Visitor, slug, kind, None).await;
    let origin = &state.site.identity().public_url;
    answer(
        history.map(|history| history.map(|history| write(origin, &history))),
        |slug| format!("{}.atom", path(slug, kind)),
    )
}

fn answer(feed: Result<Resolved<String>>, path: impl Fn(&str) -> String) -> Response {
    match feed {
        Ok(Resolved::Here(feed)) => {
            let kind = "application/atom+xml; charset=utf-8";
            let mut response = ([(header::CONTENT_TYPE, kind)], feed).into_response();
            response.extensions_mut().insert(ForEverybody);
            response
        }
        Ok(Resolved::Moved { slug }) => Redirect::permanent(&path(&slug)).into_response(),
        Err(Error::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => status_of(&error).into_response(),
    }
}

fn write(origin: &str, history: &History) -> String {
    let slug = &history.condition.slug;
    let page = format!("{origin}{}", path(slug, history.kind));
    let about = match history.kind {
        Some(kind) => format!("{} of {}", kind.title(), history.condition.name),
        None => history.condition.name.clone(),
    };
    let entries: Vec<Entry> = history
        .revisions
        .iter()
        .map(|revision| {
            let url = format!("{origin}/communities/{slug}/revisions/{}", revision.number);
            let author = match &revision.origin {
                Origin::Starter => "The RareShare project".to_owned(),
                Origin::Imported(source) => source.clone(),
                Origin::Person(author) => author.name.clone().unwrap_or("A member".to_owned()),
            };
            let title = format!("{} of {}", revision.kind.title(), history.condition.name);
            Entry {
                summary: (!revision.summary.is_empty())
                    .then(|| Text::plain(clean(&revision.summary))),
                ..entry(&title, url, revision.saved, &author)
            }
        })
        .collect();
    whole(&format!("History: {about}"), page, entries, history.since)
}

fn write_topics<'a>(
    origin: &str,
    (title, page): (&str, &str),
    topics: impl Iterator<Item = &'a TopicLine>,
    since: Timestamp,
) -> String {
    let entries = topics
        .filter(|topic| !topic.deleted)
        .map(|topic| {
            let url = format!("{origin}{}", paths::of_line(topic));
            let author = topic.author.name.as_deref().unwrap_or("A member");
            Entry {
                published: Some(moment(topic.started)),
                ..entry(&topic.title, url, topic.last_post, author)
            }
        })
        .collect();
    whole(title, format!("{origin}{page}"), entries, since)
}

/// Entries lead to the list, which says where a link leads; the link comes beside it.
fn write_resources(origin: &str, list: &ResourceList) -> String {
    let condition = &list.condition;
    let page = format!("{origin}{}", paths::resources(&condition.slug, None, None));
    let entries = list
        .resources
        .iter()
        .map(|resource| {
            let url = format!("{page}#resource-{}", resource.id);
            let mut entry = entry(&resource.title, url, resource.since, "A member");
            entry.links.push(Link {
                href: resource.link.clone(),
                rel: "related".to_owned(),
                hreflang: Some(resource.language.code().to_owned()),
                ..Link::default()
            });
            let description = &resource.description;
            entry.summary = (!description.is_empty()).then(|| Text::plain(clean(description)));
            entry
        })
        .collect();
    let title = format!("Resources: {}", condition.name);
    whole(&title, page, entries, list.since)
}

fn write_news(origin: &str, news: &CommunityFeed) -> String {
    let condition = &news.condition;
    let page = format!("{origin}{}", paths::feed(&condition.slug, None, None));
    let entries = news
        .feed
        .lines
        .iter()
        .map(|line| {
            let (title, path) = about(line);
            let author = line.author.name.as_deref().unwrap_or("A member");
            let url = format!("{origin}{path}");
            // Texts and discussions are there more than once.
            let id = format!("{url}#{}", line.time.0);
            Entry {
                id: if url.contains('#') {
                    format!("{url}-{}", line.time.0)
                } else {
                    id
                },
                ..entry(&title, url, line.time, author)
            }
        })
        .collect();
    let title = format!("What is new: {}", condition.name);
    whole(&title, page, entries, news.since)
}

/// What a line of a feed is called, and where it leads.
fn about(line: &FeedLine) -> (String, String) {
    let slug = &line.condition.slug;
    match &line.item {
        FeedItem::Topic(topic) => (
            topic.title.clone(),
            paths::of_topic(topic.kind, &topic.id, &topic.words, None),
        ),
        FeedItem::Replies {
            topic,
            first,
            count,
        } => (
            topic.replies(*count),
            paths::post_in(topic.kind, &topic.id, &topic.words, *first),
        ),
        // Visitors mute nobody.
        FeedItem::Muted {
            kind, id, first, ..
        } => (
            "Posts by someone you muted".to_owned(),
            paths::post_by_id(*kind, id, *first),
        ),
        FeedItem::Section { kind, .. } => (
            format!("“{}” changed", kind.title()),
            wiki::paths::section(slug, *kind),
        ),
        FeedItem::Review { kind } => (
            format!("“{}” reviewed by an expert", kind.title()),
            wiki::paths::section(slug, *kind),
        ),
        FeedItem::Resource { id, title } => (title.clone(), paths::listed_resource(slug, id)),
    }
}

fn entry(title: &str, url: String, updated: Timestamp, author: &str) -> Entry {
    Entry {
        title: Text::plain(clean(title)),
        id: url.clone(),
        updated: moment(updated),
        authors: vec![Person {
            name: clean(author),
            ..Person::default()
        }],
        links: vec![Link {
            href: url,
            rel: "alternate".to_owned(),
            ..Link::default()
        }],
        ..Entry::default()
    }
}

/// The feed of a page, with the newest entry first; one without entries is as old as `since`.
fn whole(title: &str, page: String, entries: Vec<Entry>, since: Timestamp) -> String {
    let feed = Feed {
        title: Text::plain(clean(title)),
        id: page.clone(),
        updated: entries
            .first()
            .map_or_else(|| moment(since), |entry| entry.updated),
        links: vec![
            Link {
                href: format!("{page}.atom"),
                rel: "self".to_owned(),
                ..Link::default()
            },
            Link {
                href: page,
                rel: "alternate".to_owned(),
                ..Link::default()
            },
        ],
        entries,
        ..Feed::default()
    };
    feed.to_string()
}

/// XML 1.0 has no place for most control characters, not even as references.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_control() && !matches!(sign, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn moment(time: Timestamp) -> FixedDateTime {
    time.rfc3339().parse().unwrap_or_default()
}
