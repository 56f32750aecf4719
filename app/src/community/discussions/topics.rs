//! Topics in lists: discussions, and questions.

use domain::community::{QuestionState, TopicAudience, TopicKind, TopicLine};
use leptos::prelude::*;

use crate::{community::paths, ui::Date, wiki::AuthorName};

/// A list of topics.
#[component]
pub(in crate::community) fn Topics(
    /// Each with the name and address of its community, where that is not said elsewhere.
    topics: Vec<(TopicLine, Option<(String, String)>)>,
) -> impl IntoView {
    let topics = topics
        .into_iter()
        .map(|(topic, community)| view! { <OneTopic topic community/> })
        .collect_view();
    view! { <ol class="topics">{topics}</ol> }
}

#[component]
fn OneTopic(topic: TopicLine, community: Option<(String, String)>) -> impl IntoView {
    let path = paths::of_line(&topic);
    let kind = topic.kind();
    let (started_by, one, many) = match kind {
        TopicKind::Discussion => ("Started by ", "reply", "replies"),
        TopicKind::Question => ("Asked by ", "answer", "answers"),
    };
    let TopicLine {
        title,
        author,
        audience,
        posts,
        started,
        last_post,
        question,
        muted,
        ..
    } = topic;
    let title = if muted {
        format!("A {} by someone you muted", kind.as_str())
    } else {
        title
    };
    let by = (!muted).then(|| view! { {started_by} <AuthorName author/> ", " });
    let community = community.map(|(name, path)| view! { <a href=path>{name}</a> ". " });
    let replies = match posts {
        ..=1 => view! { {format!("No {many} yet")} }.into_any(),
        2 => view! { {format!("1 {one}, ")} <Date time=last_post/> }.into_any(),
        more => view! { {format!("{} {many}, the last on ", more - 1)} <Date time=last_post/> }
            .into_any(),
    };
    view! {
        <li>
            <a class="title" href=path>
                {title}
            </a>
            <div class="soft">
                {community} {by} <Date time=started/> ". "
                {replies} ". " {question.map(|state| view! { <State state/> " " })}
                <ForWhom audience/>
            </div>
        </li>
    }
}

/// For whom a topic is.
#[component]
pub(in crate::community) fn ForWhom(audience: TopicAudience) -> impl IntoView {
    let words = match audience {
        TopicAudience::Everyone => "Everyone can read this",
        TopicAudience::Members => "For members only",
        TopicAudience::Community => "For this community only",
    };
    view! { <b class="mark">{words}</b> }
}

/// What has become of a question.
#[component]
pub(in crate::community) fn State(state: QuestionState) -> impl IntoView {
    let words = match state {
        QuestionState::Open => "Waiting for an expert",
        QuestionState::Answered => "Answered by an expert",
        QuestionState::Declined => "Declined",
    };
    view! { <b class="mark">{words}</b> }
}

/// The discussions of a condition with the newest posts, on its page.
#[component]
pub fn NewDiscussions(
    /// The condition's address.
    slug: String,
    /// A few of them.
    topics: Vec<TopicLine>,
) -> impl IntoView {
    let start = paths::start(&slug);
    let content = if topics.is_empty() {
        view! {
            <p class="empty">
                "There are no new discussions. " <a href=start>"Start one now."</a>
            </p>
        }
        .into_any()
    } else {
        let topics = topics.into_iter().map(|topic| (topic, None)).collect();
        view! {
            <Topics topics/>
            <p>
                <a href=paths::discussions(&slug, None)>"All discussions"</a> " · "
                <a href=start>"Start a discussion"</a>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="section" id="discussions" aria-labelledby="discussions-title">
            <h2 id="discussions-title">"Discussions"</h2>
            {content}
        </section>
    }
}
