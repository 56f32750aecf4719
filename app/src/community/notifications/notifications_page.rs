//! `/notifications`: what you are told of.

use domain::community::{Notification, NotificationKind, NotificationList, NotificationSubject};
use leptos::prelude::*;

use super::{api, forms::MarkReadFields, unread::Unread};
use crate::{
    community::{moderation::told_of, paths},
    page::{Column, Page, page_data, use_query_value, way},
    ui::{
        Moment, Pager,
        form::{Buttons, Form, Hidden, Submit},
    },
    wiki::{self, AuthorName},
};

/// A page of what you are told of.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    let after = use_query_value("after");
    let data = page_data(after, api::read_notifications);
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <List list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn List(list: NotificationList, continued: bool) -> impl IntoView {
    let NotificationList {
        notifications,
        next,
        unread,
    } = list;
    let count = Unread::of_page();
    // In the browser alone, where the head of the page is older than the page.
    Effect::new(move |_| count.set(unread));
    let next = next.map(|after| paths::notifications(Some(&after)));
    let first = continued.then(|| paths::NOTIFICATIONS.to_owned());
    let empty = notifications
        .is_empty()
        .then(|| view! { <p>"You have no notifications."</p> });
    // On the first page alone, where the newest is: what came after it stays unread.
    let newest = notifications.first().map(|newest| newest.time);
    let mark = newest.filter(|_| unread > 0 && !continued).map(|newest| {
        view! {
            <Form<MarkReadFields>>
                <Hidden name="until" value=newest.0.to_string()/>
                <Buttons>
                    <Submit label="Mark all as read"/>
                </Buttons>
            </Form<MarkReadFields>>
        }
    });
    let notifications = notifications
        .into_iter()
        .map(|notification| view! { <One notification/> })
        .collect_view();
    let links = vec![
        way("Email about notifications", paths::NOTIFICATION_MAIL),
        way("Decisions about you", paths::DECISIONS),
        way("Discussions", paths::DISCUSSIONS),
    ];
    view! {
        <Column title="Notifications" links>
            <p class="soft">
                "You see here when someone replies to you or mentions you, and what is new in discussions, questions, communities and pages that you follow. You follow a discussion or a question when you write in it, until you stop."
            </p>
            {mark}
            <div>{empty} <ol class="topics">{notifications}</ol> <Pager first next/></div>
        </Column>
    }
}

#[component]
fn One(notification: Notification) -> impl IntoView {
    let Notification {
        kind,
        subject,
        time,
        read,
    } = notification;
    let mark = (!read).then(|| view! { <b class="mark">"New"</b> " " });
    match subject {
        NotificationSubject::Post {
            topic,
            number,
            author,
            by_expert,
        } => {
            let path = paths::post_of(&topic, number);
            let who = match kind {
                NotificationKind::Declined => view! { "A moderator or an expert" }.into_any(),
                NotificationKind::Approval => view! { "A leader" }.into_any(),
                _ => view! { <AuthorName author fallback="A member"/> }.into_any(),
            };
            let what = match kind {
                NotificationKind::Reply => " replied to you, ",
                NotificationKind::Mention => " mentioned you, ",
                NotificationKind::Topic => " started a discussion in a community that you follow, ",
                NotificationKind::Question => " asked the experts of this community, ",
                NotificationKind::Answer if by_expert => {
                    " answered as an expert a question that you follow, "
                }
                NotificationKind::Answer => " answered a question that you follow, ",
                NotificationKind::Declined => " declined the question, ",
                NotificationKind::Approval => " published your first post, ",
                NotificationKind::Followed
                | NotificationKind::Page
                | NotificationKind::Waiting
                | NotificationKind::Decision
                | NotificationKind::Report
                | NotificationKind::Invitation
                | NotificationKind::Appeal => " wrote in a discussion that you follow, ",
            };
            view! {
                <li>
                    <a class="title" href=path>
                        {topic.title}
                    </a>
                    <div class="soft">
                        {mark} {who} {what} <Moment time/> ". "
                        <a href=paths::topics_of(
                            topic.kind,
                            &topic.condition.slug,
                        )>{topic.condition.name.clone()}</a>
                    </div>
                </li>
            }
            .into_any()
        }
        NotificationSubject::Page { condition, .. } => view! {
            <li>
                <a class="title" href=wiki::paths::history(&condition.slug, None, None)>
                    {condition.name}
                </a>
                <div class="soft">
                    {mark} "The text of a page that you follow has changed, " <Moment time/> "."
                </div>
            </li>
        }
        .into_any(),
        NotificationSubject::SomeDecision => {
            let words = match kind {
                NotificationKind::Appeal => "Your appeal was decided",
                _ => "A moderator has decided about what you have written",
            };
            view! {
                <li>
                    <a class="title" href=paths::DECISIONS>
                        {words}
                    </a>
                    <div class="soft">{mark} <Moment time/> "."</div>
                </li>
            }
            .into_any()
        }
        NotificationSubject::Decision { id, kind: decision } => {
            let words = match kind {
                NotificationKind::Appeal => "Your appeal was decided",
                _ => told_of(&decision),
            };
            view! {
                <li>
                    <a class="title" href=paths::decision(&id)>
                        {words}
                    </a>
                    <div class="soft">{mark} <Moment time/> "."</div>
                </li>
            }
            .into_any()
        }
        NotificationSubject::FirstPosts { condition } => {
            let words = match kind {
                NotificationKind::Waiting => "A first post waits for you, ",
                _ => "A leader did not publish what you wrote, and says why, ",
            };
            view! {
                <li>
                    <a class="title" href=paths::first_posts(&condition.slug)>
                        {condition.name}
                    </a>
                    <div class="soft">{mark} {words} <Moment time/> "."</div>
                </li>
            }
            .into_any()
        }
        NotificationSubject::Invitation { condition } => view! {
            <li>
                <a class="title" href=paths::OWN>
                    {condition.name}
                </a>
                <div class="soft">
                    {mark} "You are invited to lead this community. Accept or decline in your settings, "
                    <Moment time/> "."
                </div>
            </li>
        }
        .into_any(),
        NotificationSubject::Reports => view! {
            <li>
                <a class="title" href=paths::OWN_REPORTS>
                    "Your reports"
                </a>
                <div class="soft">
                    {mark} "A moderator has decided about something that you reported, " <Moment time/> "."
                </div>
            </li>
        }
        .into_any(),
    }
}
