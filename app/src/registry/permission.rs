//! A question of step 3.

use domain::{
    registry::{
        Enrolment, EnrolmentPage,
        permissions::{
            ContactWays, Duration, Frequency, Permission, PermissionAnswer, Region, ResearchScope,
        },
        screening::ForWhom,
    },
    time::CalendarDate,
};
use leptos::{ev, prelude::*};

use super::{
    ahead::Known,
    forms::PermissionFields,
    step_page::place,
    words::{self, name_of, option},
};
use crate::{
    page::Column,
    ui::form::{Ahead, Buttons, Form, Hidden, LongText, Radios, Submit},
};

/// A question about what may be done, and what is allowed so far.
#[component]
pub(super) fn AskPermission(
    /// The random part of the addresses of the participant's pages.
    address: String,
    /// What is known so far.
    enrolment: Enrolment,
    /// Which question.
    permission: Permission,
    /// The day by the server's clock.
    today: CalendarDate,
) -> impl IntoView {
    let permissions = enrolment.permissions;
    let asked: Vec<EnrolmentPage> = permissions
        .asked()
        .map(EnrolmentPage::Permissions)
        .collect();
    let (place, links) = place(&address, &asked, EnrolmentPage::Permissions(permission));
    let about = words::about(permission).to_lowercase();
    let known = expect_context::<Known>();
    let ahead = Ahead::new(move |fields: PermissionFields| known.permission(&fields));
    let present = permissions.answer(permission).cloned();
    let former = permissions.times(permission).to_string();
    let own = enrolment.screening.for_whom() == Some(ForWhom::Myself);
    let hint = if own {
        ""
    } else {
        "Answer for the person you enrol. “You” means them."
    };
    let (chosen, set_chosen) = signal(None::<String>);
    let participant = address.clone();
    // The same words by the same rules, before anything is sent.
    let summary = move || {
        let mut permissions = permissions.clone();
        if let Some(chosen) = chosen.get() {
            let fields = PermissionFields {
                participant: participant.clone(),
                permission,
                choice: Some(chosen.clone()),
                organisations: Some(chosen),
                former: None,
            };
            // What is wrong is said when it is sent.
            let _ = fields
                .answer(today)
                .and_then(|answer| permissions.put(answer));
        }
        permissions.summary()
    };
    let choose = move |event: ev::Event| set_chosen.set(Some(event_target_value(&event)));
    view! {
        <Column title=permission.question() links>
            <p class="soft">"Step 3 of 3, " {place} ": " {about}</p>
            <Form<PermissionFields> of=permission.as_str() ahead>
                <Hidden name="participant" value=address/>
                <Hidden name="permission" value=permission.as_str()/>
                <Hidden name="former" value=former/>
                <div on:change=choose>
                    <Control permission hint present/>
                </div>
                <Buttons>
                    <Submit label="Save and continue"/>
                </Buttons>
            </Form<PermissionFields>>
            <section aria-labelledby="summary-title">
                <h2 id="summary-title">"What this allows"</h2>
                <p role="status">{summary}</p>
            </section>
        </Column>
    }
}

/// The answers that one chooses from: value and words.
fn options(permission: Permission) -> Vec<(String, String)> {
    match permission {
        Permission::Research => ResearchScope::ALL
            .map(|one| option(one, one.label()))
            .to_vec(),
        Permission::Region => Region::ALL.map(|one| option(one, one.label())).to_vec(),
        Permission::Duration => Duration::ALL.map(|one| option(one, one.label())).to_vec(),
        Permission::ContactWays => ContactWays::ALL
            .map(|one| option(one, one.label()))
            .to_vec(),
        Permission::Frequency => Frequency::ALL.map(|one| option(one, one.label())).to_vec(),
        _ => [("yes", "Yes"), ("no", "No")]
            .map(|(value, words)| (value.to_owned(), words.to_owned()))
            .to_vec(),
    }
}

/// The stable name of an answer.
fn value(answer: Option<&PermissionAnswer>) -> String {
    use PermissionAnswer as To;
    match answer {
        None | Some(To::Organisations(_)) => String::new(),
        Some(To::Research(one)) => name_of(one),
        Some(To::Region(one)) => name_of(one),
        Some(To::Duration(one, _)) => name_of(one),
        Some(To::ContactWays(one)) => name_of(one),
        Some(To::Frequency(one)) => name_of(one),
        Some(other) => words::permission(other).to_lowercase(),
    }
}

#[component]
fn Control(
    permission: Permission,
    hint: &'static str,
    present: Option<PermissionAnswer>,
) -> impl IntoView {
    if permission == Permission::Organisations {
        let names = match present {
            Some(PermissionAnswer::Organisations(names)) => names.join("\n"),
            _ => String::new(),
        };
        return view! {
            <LongText
                name="organisations"
                label="Names of the organisations"
                hint=format!("One on each line. Leave it empty for none. {hint}")
                value=names
                rows=4
            />
        }
        .into_any();
    }
    let value = value(present.as_ref());
    view! { <Radios name="choice" label="Your answer" hint options=options(permission) value/> }
        .into_any()
}
