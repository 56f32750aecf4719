//! `/admin/topics/{id}/posts/{number}`

use domain::community::{
    DecisionKind, ModerationEntry, Post, PostModeration, TopicAudience, TopicKind,
};
use leptos::prelude::*;

use super::{
    super::{
        hidden::{HiddenPost, Locked},
        words::{action_words, appeal_words},
    },
    api,
    forms::{
        HidePostFields, LockTopicFields, MoveTopicFields, ShowPostFields, UnlockTopicFields,
        WarnAuthorFields,
    },
};
use crate::{
    catalogue::ConditionInput,
    community::{discussions::post::Deleted, paths},
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::{
        Date, Moment, Prose,
        form::{Buttons, Form, Hidden, Input, Submit},
    },
    wiki::AuthorName,
};

/// A post and its topic, and what can be done with them.
#[component]
pub fn ModeratePostPage() -> impl IntoView {
    let (id, number) = (use_part("id"), use_part("number"));
    let done = use_query_value("done");
    let data = page_data(
        move || (id(), number().parse().unwrap_or_default()),
        api::read_post,
    );
    view! {
        <Page
            data
            view=move |post| {
                let done = untrack(done).is_some();
                view! { <Moderate post done/> }.into_any()
            }
        />
    }
}

#[component]
fn Moderate(post: PostModeration, done: bool) -> impl IntoView {
    let PostModeration {
        topic,
        audience,
        post,
        locked,
        own,
        own_topic,
        history,
    } = post;
    let notice = done.then(|| "Done. The person who wrote it gets a notification.".to_owned());
    let number = post.number;
    let links = vec![
        way(
            format!("Back to “{}”", topic.title),
            paths::post_of(&topic, number),
        ),
        way("What is waiting", paths::ADMIN_WAITING),
    ];
    let place = (topic.id, number);
    let (is_hidden, is_deleted) = (post.hidden.is_some(), post.deleted.is_some());
    let of_post = if own || is_deleted {
        None
    } else if is_hidden {
        Some(view! { <ShowPost place=place.clone()/> }.into_any())
    } else {
        Some(view! { <HidePost place=place.clone()/> }.into_any())
    };
    let warn = (!own).then(|| view! { <WarnAuthor place=place.clone()/> });
    let is_locked = locked.is_some();
    let kind = topic.kind;
    let of_topic = (!own_topic).then(|| {
        let lock = if is_locked {
            view! { <Unlock kind place=place.clone()/> }.into_any()
        } else {
            view! { <Lock kind place=place.clone()/> }.into_any()
        };
        view! {
            {lock}
            <Move kind audience place/>
        }
    });
    let someone_else = (own || own_topic)
        .then(|| view! { <p>"Someone else decides about what you have written."</p> });
    view! {
        <Column title=format!("Moderate post {number}") notice links>
            <div>
                <p class="soft">{format!("In the community of {}.", topic.condition.name)}</p>
                {locked.map(|reason| view! { <Locked kind reason/> })}
                <Shown post own/>
                {someone_else}
            </div>
            {of_post}
            {warn}
            {of_topic}
            <History history/>
        </Column>
    }
}

/// The post as it is seen by who moderates.
#[component]
fn Shown(post: Post, own: bool) -> impl IntoView {
    let Post {
        author,
        html,
        written,
        deleted,
        hidden,
        ..
    } = post;
    if let Some(deletion) = deleted {
        return view! { <Deleted deletion/> }.into_any();
    }
    if let Some(hidden) = hidden {
        return view! { <HiddenPost hidden html own moderates=true/> }.into_any();
    }
    view! {
        <p class="soft">
            <b>
                <AuthorName author/>
            </b> ", " <Moment time=written/> "."
        </p>
        <Prose html class="seen prose"/>
    }
    .into_any()
}

#[component]
fn Place(place: (String, i64)) -> impl IntoView {
    view! {
        <Hidden name="id" value=place.0/>
        <Hidden name="number" value=place.1.to_string()/>
    }
}

#[component]
fn Reason(hint: &'static str) -> impl IntoView {
    view! { <Input name="reason" label="Why?" hint required=true/> }
}

/// Of what everybody reads.
const EVERYBODY: &str =
    "One line. The person who wrote it and everyone who reads the topic see it.";
/// Of what the person alone reads.
const PERSON: &str = "One line. The person who wrote it sees it.";

#[component]
fn HidePost(place: (String, i64)) -> impl IntoView {
    view! {
        <Form<HidePostFields>
            heading="Hide this post"
            danger=true
            text="Only its author and moderators can read it then. The text is kept, and you can show it again. If it is the first post, its title is hidden too."
        >
            <Place place/>
            <Reason hint=EVERYBODY/>
            <Buttons>
                <Submit label="Hide post" danger=true/>
            </Buttons>
        </Form<HidePostFields>>
    }
}

#[component]
fn ShowPost(place: (String, i64)) -> impl IntoView {
    view! {
        <Form<ShowPostFields> heading="Show this post again">
            <Place place/>
            <Reason hint=PERSON/>
            <Buttons>
                <Submit label="Show post"/>
            </Buttons>
        </Form<ShowPostFields>>
    }
}

#[component]
fn WarnAuthor(place: (String, i64)) -> impl IntoView {
    view! {
        <Form<WarnAuthorFields>
            heading="Warn whoever wrote this"
            text="They get a notification, read the reason, and can appeal. If they wrote it anonymously, no one learns who they are."
        >
            <Place place/>
            <Reason hint=PERSON/>
            <Buttons>
                <Submit label="Warn"/>
            </Buttons>
        </Form<WarnAuthorFields>>
    }
}

#[component]
fn Lock(kind: TopicKind, place: (String, i64)) -> impl IntoView {
    let kind = kind.as_str();
    view! {
        <Form<LockTopicFields>
            heading=format!("Lock this {kind}")
            text="Only moderators can write in it or edit posts then. People can still delete what they wrote."
        >
            <Place place/>
            <Reason hint=EVERYBODY/>
            <Buttons>
                <Submit label="Lock"/>
            </Buttons>
        </Form<LockTopicFields>>
    }
}

#[component]
fn Unlock(kind: TopicKind, place: (String, i64)) -> impl IntoView {
    let kind = kind.as_str();
    view! {
        <Form<UnlockTopicFields> heading=format!("Unlock this {kind}")>
            <Place place/>
            <Reason hint=PERSON/>
            <Buttons>
                <Submit label="Unlock"/>
            </Buttons>
        </Form<UnlockTopicFields>>
    }
}

#[component]
fn Move(kind: TopicKind, audience: TopicAudience, place: (String, i64)) -> impl IntoView {
    let kind = kind.as_str();
    let heading = format!("Move this {kind}");
    if audience == TopicAudience::Community {
        return view! {
            <section aria-labelledby="move-title">
                <h2 id="move-title">{heading}</h2>
                <p>
                    {format!(
                        "This {kind} is for members of this community only, so it cannot be moved: other people read in another one.",
                    )}
                </p>
            </section>
        }
        .into_any();
    }
    view! {
        <Form<MoveTopicFields>
            heading
            text="Its address stays, and who follows it still does. It is not pinned any more."
        >
            <Place place/>
            <ConditionInput label="To the community of which condition?" required=true/>
            <Reason hint=PERSON/>
            <Buttons>
                <Submit label="Move"/>
            </Buttons>
        </Form<MoveTopicFields>>
    }
    .into_any()
}

/// What was done so far.
#[component]
fn History(history: Vec<ModerationEntry>) -> impl IntoView {
    let empty = history
        .is_empty()
        .then(|| view! { <p>"Nothing so far."</p> });
    let entries = history
        .into_iter()
        .map(|entry| view! { <Entry entry/> })
        .collect_view();
    view! {
        <section aria-labelledby="history-title">
            <h2 id="history-title">"What was done"</h2>
            {empty}
            <ul class="moderation">{entries}</ul>
        </section>
    }
}

#[component]
fn Entry(entry: ModerationEntry) -> impl IntoView {
    let by = entry.by.unwrap_or_else(|| "someone else".to_owned());
    let what = action_words(&DecisionKind::Content(entry.action));
    let moved = entry
        .moved
        .map(|(from, to)| format!(" from {} to {}", from.name, to.name));
    let lifted = entry
        .lifted
        .map(|time| view! { " Ended on " <Date time/> "." });
    let appeal = entry
        .appeal
        .map(|state| format!(" Appeal: {}.", appeal_words(state)));
    view! {
        <li>
            <Date time=entry.taken/> ": " {what} {moved} {format!(" by {by}. ")}
            <q>{entry.reason}</q> {lifted} {appeal}
        </li>
    }
}
