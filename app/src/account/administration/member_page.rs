//! `/admin/members/{handle}`

use domain::account::{MemberDecision, MemberObstacle, ModeratedMember, SuspensionLength};
use leptos::prelude::*;

use super::{
    decision_forms::{SuspendForm, WarnForm},
    forms::{SuspendMemberFields, WarnMemberFields},
    member_api::{self, ModeratedView},
};
use crate::{
    account::{moderation::moderation_words, paths},
    community,
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::Date,
};

const WARN: &str = "They get a notification, read the reason, and can appeal. Nothing else changes. To warn someone about one post, use the page on which you moderate it.";
const SUSPEND: &str = "They can still read, change their settings and appeal, but they cannot write, and no one else can see their profile. Only administrators can suspend someone for longer, or end a suspension early.";
const HINT: &str = "One line. They will see this. Do not mention what they wrote anonymously.";

/// A member, whom a moderator can warn or suspend.
#[component]
pub fn ModerateMemberPage() -> impl IntoView {
    let (handle, done) = (use_part("handle"), use_query_value("done"));
    let data = page_data(handle, member_api::read_moderated);
    view! {
        <Page
            data
            view=move |moderated| {
                let done = untrack(done).is_some();
                view! { <Moderated moderated done/> }.into_any()
            }
        />
    }
}

#[component]
fn Moderated(moderated: ModeratedView, done: bool) -> impl IntoView {
    let ModeratedView {
        member,
        looks_after_accounts,
    } = moderated;
    let ModeratedMember {
        handle,
        name,
        suspended,
        suspended_until,
        obstacle,
        history,
    } = member;
    let notice = done.then(|| "Done. They get a notification.".to_owned());
    let mut links = vec![way("Reports", community::paths::ADMIN_REPORTS)];
    if looks_after_accounts {
        links.insert(0, way("Manage this account", paths::admin_person(&handle)));
    }
    let title = name.unwrap_or_else(|| "A member whose name you cannot see".to_owned());
    let state = match suspended_until {
        Some(until) => format!("Suspended until {}.", until.spelled_with_time()),
        None if suspended => "Suspended without an end.".to_owned(),
        None => "They can write.".to_owned(),
    };
    let acts = match obstacle {
        Some(MemberObstacle::Own) => {
            view! { <p>"This is you. Someone else must decide about your account."</p> }.into_any()
        }
        Some(MemberObstacle::Staff) => view! {
            <p>"This is a moderator or an administrator. Only administrators can warn or suspend them."</p>
        }
        .into_any(),
        None => {
            let warn =
                view! { <WarnForm<WarnMemberFields> handle=handle.clone() text=WARN hint=HINT/> };
            let lengths = &SuspensionLength::OF_MODERATORS;
            let suspend = (!suspended).then(|| {
                view! { <SuspendForm<SuspendMemberFields> handle text=SUSPEND lengths hint=HINT/> }
            });
            view! {
                <section aria-labelledby="history-title">
                    <h2 id="history-title">"Warnings and suspensions so far"</h2>
                    <History history/>
                </section>
                {warn}
                {suspend}
            }
            .into_any()
        }
    };
    view! {
        <Column title notice links>
            <p>{state}</p>
            {acts}
        </Column>
    }
}

#[component]
fn History(history: Vec<MemberDecision>) -> impl IntoView {
    if history.is_empty() {
        return view! { <p>"None so far."</p> }.into_any();
    }
    let decisions = history
        .into_iter()
        .map(|decision| {
            let words = moderation_words(&decision.kind, None, decision.until);
            view! {
                <li>
                    <Date time=decision.taken/>
                    ": "
                    {words}
                    "."
                </li>
            }
        })
        .collect_view();
    view! { <ul class="moderation">{decisions}</ul> }.into_any()
}
