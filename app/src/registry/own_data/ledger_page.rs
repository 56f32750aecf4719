//! `/registry/enrol/{random}/ledger`: what has happened with somebody's data.

use domain::registry::{
    LedgerEvent, LedgerLine, Withdrawal, consent::DocumentFor, screening::Relationship,
};
use leptos::prelude::*;

use super::api;
use crate::{
    page::{Column, Page, page_data, use_part, way},
    registry::{paths, words},
    ui::{Moment, form::after_forms},
};

/// All that has happened, the newest first.
#[component]
pub fn OwnLedgerPage() -> impl IntoView {
    let address = use_part("random");
    let data = page_data(address, |address| after_forms(api::read_ledger(address)));
    let view = move |lines| view! { <Ledger address=untrack(address) lines/> }.into_any();
    view! { <Page data view/> }
}

#[component]
fn Ledger(address: String, lines: Vec<LedgerLine>) -> impl IntoView {
    let ways = vec![way("Back to this enrolment", paths::enrolment(&address))];
    let file = paths::ledger_file(&address);
    let items = lines
        .into_iter()
        .map(|line| {
            view! {
                <li>
                    <div>{self::line(&line.what)}</div>
                    <div class="soft">
                        <Moment time=line.at/>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <Column title="History" links=ways>
            <p>
                "Everything that was signed and decided, newest first. No one can secretly change or delete a line: each one is tied to the one before it. If researchers or the staff of the registry see this data, you will see it here too."
            </p>
            <ol class="topics">{items}</ol>
            <p>
                <a href=file rel="external">"Download the history"</a>
                ": a file with the number and the check code of each line. Keep it, and you can compare it with a later one."
            </p>
        </Column>
    }
}

/// A line, as pages show it.
pub(super) fn line(event: &LedgerEvent) -> AnyView {
    let LedgerEvent::Permission(answer) = event else {
        return told(event).into_any();
    };
    let asked = answer.permission().question();
    view! { {asked} " " <b>{words::permission(answer)}</b> }.into_any()
}

/// A line in words.
pub fn told(event: &LedgerEvent) -> String {
    match event {
        LedgerEvent::Signed {
            whom,
            version,
            name,
        } => {
            let what = match whom {
                DocumentFor::Consent(_) => "the consent",
                DocumentFor::Assent(_) => "the assent of the child",
            };
            format!("{name} signed {what}, version {version}.")
        }
        LedgerEvent::Permission(answer) => format!(
            "{} {}",
            answer.permission().question(),
            words::permission(answer)
        ),
        LedgerEvent::Withdrawal(Withdrawal::NoContact) => "Asked for no more contact.".to_owned(),
        LedgerEvent::Withdrawal(Withdrawal::NoNewUse) => "Stopped all new use.".to_owned(),
        LedgerEvent::Withdrawal(Withdrawal::Deletion) => "Deleted the data.".to_owned(),
        LedgerEvent::HandedOver => {
            "Taken over to an account of their own. What was signed and allowed before does not count any more.".to_owned()
        }
        LedgerEvent::Represented(relationship) => {
            let right = match relationship {
                Relationship::PowerOfAttorney => "with a power of attorney for health",
                _ => "as the legal guardian",
            };
            format!(
                "Now an adult. Someone else goes on for them, {right}. What was signed and allowed before does not count any more."
            )
        }
        LedgerEvent::Viewed { reason } => {
            format!("Staff of the registry looked at your contact details. Reason: {reason}")
        }
    }
}
