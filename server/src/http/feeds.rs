//! Histories, discussions and resources as Atom feeds (RFC 4287), as visitors see them.

use app::community::paths;
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
    community::{Discussions, ResourceList, Resources, TopicList},
    time::Timestamp,
    wiki::{History, Origin, Revisions, SectionKind},
};

use super::{AppState, seal::ForEverybody};

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
        list.map(|list| list.map(|list| write_discussions(origin, &list))),
        paths::discussions_feed,
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
        Err(error) => StatusCode::from_u16(error.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
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

fn write_discussions(origin: &str, list: &TopicList) -> String {
    let condition = &list.condition;
    let page = format!("{origin}{}", paths::discussions(&condition.slug, None));
    // Pinned ones are among the others here.
    let mut topics: Vec<_> = list.pinned.iter().chain(&list.topics).collect();
    topics.sort_by_key(|topic| std::cmp::Reverse(topic.last_post));
    let entries = topics
        .into_iter()
        .filter(|topic| !topic.deleted)
        .map(|topic| {
            let url = format!("{origin}{}", paths::topic(&topic.id, &topic.words, None));
            let author = topic.author.name.as_deref().unwrap_or("A member");
            Entry {
                published: Some(moment(topic.started)),
                ..entry(&topic.title, url, topic.last_post, author)
            }
        })
        .collect();
    let title = format!("Discussions: {}", condition.name);
    whole(&title, page, entries, list.since)
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
