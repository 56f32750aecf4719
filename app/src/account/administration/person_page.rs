//! `/admin/people/{handle}`

use domain::account::{Role, SuspensionLength};
use leptos::prelude::*;

use super::{
    api::{self, PersonView, RecordView},
    decision_forms::{Reason, SuspendForm, WarnForm},
    forms::{
        EndSessionsFields, GrantFields, RestoreFields, RevokeFields, SuspendFields, WarnFields,
    },
};
use crate::{
    account::{moderation::ModerationList, paths},
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::form::{Buttons, Choice, Form, Hidden, Submit},
};

const WARN: &str =
    "They get a notification, read the reason, and can appeal. Nothing else changes.";
const SUSPEND: &str = "They can still read and change their settings, but they cannot write, and no one else can see their profile.";
const HINT: &str = "They will see this.";

/// One account, and what can be done with it.
#[component]
pub fn PersonPage() -> impl IntoView {
    let (handle, done) = (use_part("handle"), use_query_value("done"));
    let data = page_data(handle, api::read_person);
    view! {
        <Page
            data
            view=move |person| {
                let done = untrack(done).is_some();
                view! { <Person person done/> }.into_any()
            }
        />
    }
}

#[component]
fn Person(person: PersonView, done: bool) -> impl IntoView {
    let PersonView { record, moderation } = person;
    let notice = done.then(|| "Done.".to_owned());
    let links = vec![way("All accounts", paths::ADMIN_PEOPLE)];
    let handle = record.handle.clone();
    let (held, free) = Role::ALL
        .into_iter()
        .partition::<Vec<_>, _>(|role| record.roles.contains(role));
    let grant = (!free.is_empty()).then(|| view! { <Grant handle=handle.clone() roles=free/> });
    let revoke = (!held.is_empty()).then(|| view! { <Revoke handle=handle.clone() roles=held/> });
    let end_sessions = view! { <EndSessions handle=handle.clone()/> };
    let warn = view! { <WarnForm<WarnFields> handle=handle.clone() text=WARN hint=HINT/> };
    let standing = if record.suspended {
        view! { <Restore handle/> }.into_any()
    } else {
        view! {
            <SuspendForm<SuspendFields> handle text=SUSPEND lengths=&SuspensionLength::ALL hint=HINT/>
        }
        .into_any()
    };
    view! {
        <Column title=record.name.clone() notice links>
            <div>
                <Facts record/>
                <h2>"Decisions about this account"</h2>
                <ModerationList moderation/>
            </div>
            {grant}
            {revoke}
            {end_sessions}
            {warn}
            {standing}
        </Column>
    }
}

#[component]
fn Facts(record: RecordView) -> impl IntoView {
    let roles = match record.roles_spelled() {
        none if none.is_empty() => "None".to_owned(),
        roles => roles,
    };
    let state = match record.suspended_until {
        Some(until) => format!("Suspended until {}", until.spelled_with_time()),
        None if record.suspended => "Suspended".to_owned(),
        None => "Active".to_owned(),
    };
    let second_factor = match (record.has_second_factor, record.roles.is_empty()) {
        (true, _) => "On",
        (false, true) => "Off",
        (false, false) => "Off. They cannot use their roles until they set it up",
    };
    view! {
        <dl class="facts">
            <dt>"Email"</dt>
            <dd>{record.email}</dd>
            <dt>"Handle"</dt>
            <dd>{record.handle}</dd>
            <dt>"Joined"</dt>
            <dd>
                <time datetime=record.joined.iso>{record.joined.spelled}</time>
            </dd>
            <dt>"Roles"</dt>
            <dd>{roles}</dd>
            <dt>"State"</dt>
            <dd>{state}</dd>
            <dt>"Two-step sign-in"</dt>
            <dd>{second_factor}</dd>
        </dl>
    }
}

#[component]
fn Grant(handle: String, roles: Vec<Role>) -> impl IntoView {
    view! {
        <Form<GrantFields> heading="Give a role">
            <Hidden name="handle" value=handle/>
            <RoleChoice roles/>
            <Reason hint=HINT/>
            <Buttons>
                <Submit label="Give role"/>
            </Buttons>
        </Form<GrantFields>>
    }
}

#[component]
fn Revoke(handle: String, roles: Vec<Role>) -> impl IntoView {
    view! {
        <Form<RevokeFields> heading="Remove a role">
            <Hidden name="handle" value=handle/>
            <RoleChoice roles/>
            <Reason hint=HINT/>
            <Buttons>
                <Submit label="Remove role"/>
            </Buttons>
        </Form<RevokeFields>>
    }
}

#[component]
fn EndSessions(handle: String) -> impl IntoView {
    view! {
        <Form<EndSessionsFields>
            heading="Sign out everywhere"
            text="Use this if someone else may be signed in as them. They can sign in again with their password."
        >
            <Hidden name="handle" value=handle/>
            <Reason hint=HINT/>
            <Buttons>
                <Submit label="Sign them out"/>
            </Buttons>
        </Form<EndSessionsFields>>
    }
}

#[component]
fn Restore(handle: String) -> impl IntoView {
    view! {
        <Form<RestoreFields> heading="Restore">
            <Hidden name="handle" value=handle/>
            <Reason hint=HINT/>
            <Buttons>
                <Submit label="Restore"/>
            </Buttons>
        </Form<RestoreFields>>
    }
}

#[component]
fn RoleChoice(roles: Vec<Role>) -> impl IntoView {
    let options = roles
        .into_iter()
        .map(|role| (role.as_str().to_owned(), role.label().to_owned()))
        .collect::<Vec<_>>();
    view! { <Choice name="role" label="Role" options required=true/> }
}
