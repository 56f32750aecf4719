//! What happened, in lists.

use domain::{
    community::{Feed, FeedItem, FeedKind, FeedLine, TopicKind},
    wiki::SectionKind,
};
use leptos::prelude::*;

use crate::{
    answer::{Answer, Loaded},
    community::paths,
    ui::{Load, Moment, Portion},
    wiki::{self, AuthorName},
};

/// Id of the list of what is new.
pub(super) const LIST: &str = "news";

/// A page of a feed, as a list takes it in.
pub(super) fn portion(feed: Feed) -> Portion<FeedLine> {
    Portion {
        items: feed.lines,
        next: feed.next,
    }
}

/// Loads the next page of a list by a server function, of whose answer `feed` is the part that counts.
pub(super) fn loader<T: 'static, Fetched>(
    fetch: impl Fn(String) -> Fetched + Send + Sync + 'static,
    feed: fn(T) -> Feed,
) -> Load<FeedLine>
where
    Fetched: Future<Output = Loaded<T>> + Send + 'static,
{
    Load::new(move |after| {
        let fetched = fetch(after);
        async move {
            match fetched.await {
                Ok(Answer::Found(found)) => Some(portion(feed(found))),
                _ => None,
            }
        }
    })
}

/// The ways to one kind, and to all.
#[component]
pub(super) fn Kinds(
    /// The one that is shown, as the address names it.
    present: Option<String>,
    /// The address of one, or of all.
    path: Box<dyn Fn(Option<FeedKind>) -> String>,
) -> impl IntoView {
    let items = std::iter::once(None)
        .chain(FeedKind::ALL.into_iter().map(Some))
        .map(|kind| {
            let words = kind.map_or("Everything", FeedKind::label);
            let current = (kind.map(FeedKind::as_str) == present.as_deref()).then_some("page");
            view! {
                <a href=path(kind) aria-current=current>
                    {words}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="acts" aria-label="Kinds of news">
            {items}
        </nav>
    }
}

/// A line of a list, with its community where that is not said elsewhere.
pub(super) fn with_community(line: FeedLine) -> AnyView {
    view! { <Line line elsewhere=true/> }.into_any()
}

/// The same in the list of one community.
pub(super) fn without_community(line: FeedLine) -> AnyView {
    view! { <Line line elsewhere=false/> }.into_any()
}

#[component]
fn Line(line: FeedLine, elsewhere: bool) -> impl IntoView {
    let FeedLine {
        item,
        author,
        condition,
        time,
        new,
    } = line;
    let slug = condition.slug;
    let (path, title, what) = match item {
        FeedItem::Topic(topic) => (
            paths::of_topic(topic.kind, &topic.id, &topic.words, None),
            topic.title,
            match topic.kind {
                TopicKind::Discussion => "New discussion",
                TopicKind::Question => "New question to experts",
            },
        ),
        FeedItem::Replies {
            topic,
            first,
            count,
        } => {
            let path = paths::post_in(topic.kind, &topic.id, &topic.words, first);
            (path, topic.replies(count), "")
        }
        FeedItem::Muted {
            kind,
            id,
            first,
            count,
        } => {
            let path = paths::post_by_id(kind, &id, first);
            let title = match count {
                1 => "1 post by someone you muted".to_owned(),
                more => format!("{more} posts by someone you muted"),
            };
            (path, title, "")
        }
        FeedItem::Section { kind, count } => {
            let title = match (kind, count) {
                (SectionKind::Tips, 1) => "Tips changed".to_owned(),
                (_, 1) => format!("“{}” changed", kind.title()),
                (_, more) => format!("“{}” changed {more} times", kind.title()),
            };
            (wiki::paths::section(&slug, kind), title, "")
        }
        FeedItem::Review { kind } => (
            wiki::paths::section(&slug, kind),
            format!("“{}” reviewed by an expert", kind.title()),
            "",
        ),
        FeedItem::Resource { id, title } => {
            (paths::listed_resource(&slug, &id), title, "New resource")
        }
    };
    let mark = new.then(|| view! { <b class="mark">"New"</b> " " });
    let what = (!what.is_empty()).then(|| format!("{what}. "));
    let by = author
        .name
        .is_some()
        .then(|| view! { "By " <AuthorName author/> ". " });
    let community = elsewhere.then(|| {
        let path = paths::feed(&slug, None, None);
        view! { ". " <a href=path>{condition.name}</a> }
    });
    view! {
        <li>
            <a class="title" href=path>
                {title}
            </a>
            <div class="soft">{mark} {what} {by} <Moment time/> {community}</div>
        </li>
    }
}
