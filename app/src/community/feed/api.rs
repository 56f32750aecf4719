//! What the pages of feeds get from the server.

use domain::community::{CommunityFeed, OwnFeed};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::answer::Answer;
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context};
#[cfg(feature = "ssr")]
use domain::{Error, Result as DomainResult, community::FeedKind};

/// The kind that an address names, if it names one. What it names otherwise there is not.
#[cfg(feature = "ssr")]
fn one_kind(name: Option<&str>) -> DomainResult<Option<FeedKind>> {
    name.map(|name| FeedKind::from_name(name).ok_or(Error::NotFound))
        .transpose()
}

/// A page of what is new in a condition's community.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/feed")]
pub async fn read_feed(
    slug: String,
    kind: Option<String>,
    after: Option<String>,
) -> Result<Answer<CommunityFeed>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Ok(kind) = one_kind(kind.as_deref()) else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let feed = services.feeds.feed(actor, &slug, kind, after.as_deref());
    Ok(Answer::resolved(feed.await, |slug| {
        paths::feed(slug, kind, None)
    }))
}

/// A page of what is new in one's communities. The first one is a visit.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/own-feed")]
pub async fn read_own_feed(
    kind: Option<String>,
    since: Option<String>,
    after: Option<String>,
) -> Result<Answer<OwnFeed>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let (Ok(kind), only_new) = (one_kind(kind.as_deref()), since.is_some()) else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    if since.is_some_and(|since| since != paths::LAST_VISIT) {
        return Ok(Answer::Refused(Error::NotFound));
    }
    let feeds = &services.feeds;
    let feed = feeds
        .own_feed(actor, kind, only_new, after.as_deref())
        .await;
    if feed.is_ok() && after.is_none() {
        // Where it cannot be noted, the feed is shown all the same.
        let _ = feeds.visit_feed(actor).await;
    }
    let path = paths::own_feed(kind, only_new, after.as_deref());
    Ok(account::for_members(feed, &path))
}
