//! Texts that wait until somebody has looked at them.

use domain::{
    Error, Result,
    wiki::{Decision, Item, ProposalState, ProposalText},
};
use leptos::prelude::*;

use super::{
    author::AuthorName,
    difference::Unified,
    lists,
    pages::{edit_path, section_path},
};
use crate::{
    context::{Services, Visit},
    form::{Control, Field, Fields, Form, FormPage, Outcome, written},
    ui::Moment,
};

pub(super) async fn one(
    services: &Services,
    visit: &Visit,
    id: &str,
    done: bool,
) -> Result<FormPage> {
    let found = services.revisions.proposal(visit.actor, id).await?;
    Ok(proposal_page(found, done))
}

fn proposal_page(found: ProposalText, done: bool) -> FormPage {
    let ProposalText {
        proposal,
        html,
        head,
        merged,
        changes,
        decides,
        entry,
        ..
    } = found;
    let slug = &proposal.condition.slug;
    let kind = proposal.kind;
    let forms = if decides {
        let mut fields = vec![Field::hidden(
            "base",
            head.map(|head| head.to_string()).unwrap_or_default(),
        )];
        if kind.is_text() {
            fields.push(Field {
                name: "text".to_owned(),
                label: kind.title().to_owned(),
                control: Control::Markdown(12),
                value: merged,
                required: true,
                ..Field::default()
            });
        } else {
            // A hidden entry is accepted as it is.
            let item = entry.filter(|entry| entry.hidden.is_none());
            let (name, own) = match item.map(|entry| entry.item) {
                Some(item @ Item::Tip { .. }) => ("tip", lists::fields_of(&item)),
                Some(item @ Item::Reference(_)) => ("reference", lists::fields_of(&item)),
                _ => ("none", vec![]),
            };
            fields.push(Field::hidden("item", name.to_owned()));
            fields.extend(own);
        }
        vec![
            Form {
                name: "accept".to_owned(),
                heading: Some("Accept it".to_owned()),
                text: Some(
                    "You may amend it first. It is shown under the author's name.".to_owned(),
                ),
                fields,
                button: "Accept it".to_owned(),
                ..Form::default()
            },
            Form {
                name: "decline".to_owned(),
                heading: Some("Decline it".to_owned()),
                fields: vec![Field {
                    name: "reason".to_owned(),
                    label: "Reason".to_owned(),
                    hint: Some("One line. The author sees it.".to_owned()),
                    required: true,
                    ..Field::default()
                }],
                button: "Decline it".to_owned(),
                danger: true,
                ..Form::default()
            },
        ]
    } else {
        vec![]
    };
    let words = match (proposal.state, proposal.own) {
        (ProposalState::Waiting, true) => {
            "It waits for somebody who knows the place to look at it. You do not have to do anything."
        }
        (ProposalState::Waiting, false) => "It waits to be looked at.",
        (ProposalState::Accepted, _) => "It was accepted, and is in the history of the section.",
        (ProposalState::Declined, _) => "It was declined.",
    };
    let reason = (!proposal.reason.is_empty())
        .then(|| view! { <p>"The reason: " <q>{proposal.reason.clone()}</q></p> });
    let summary = (!proposal.summary.is_empty())
        .then(|| view! { <p>"What changed: " <q>{proposal.summary.clone()}</q></p> });
    let content = written(view! {
        <p>"Written on " <Moment time=proposal.made/> " by " <AuthorName author=proposal.author.clone()/> ". " {words}</p>
        {reason}
        {summary}
        <h2 class="unseen">"What it says"</h2>
        <div class="seen prose" inner_html=html.as_str().to_owned()></div>
        <h2>"What it changes in the present text"</h2>
        <Unified changes/>
    });
    let mut links = vec![
        (
            format!("{}: {}", proposal.condition.name, kind.title()),
            section_path(slug, kind),
        ),
        ("Proposals".to_owned(), "/proposals".to_owned()),
    ];
    if proposal.own && proposal.state == ProposalState::Declined {
        links.push(("Write it anew".to_owned(), edit_path(slug, kind)));
    }
    FormPage {
        title: format!("Proposal: {} of {}", kind.title(), proposal.condition.name),
        notice: done.then(|| match proposal.state {
            ProposalState::Waiting => {
                "Thank you. Your text is kept, and waits to be looked at.".to_owned()
            }
            ProposalState::Accepted | ProposalState::Declined => {
                "Done. The author sees it.".to_owned()
            }
        }),
        content: Some(content),
        forms,
        links,
        ..FormPage::default()
    }
}

pub(super) async fn decide(
    services: &Services,
    visit: &Visit,
    id: &str,
    fields: &Fields,
) -> Result<Outcome> {
    let decision = match fields.form() {
        "accept" if !fields.get("item").is_empty() => Decision::AcceptEntry {
            base: fields.get("base").parse().ok(),
            item: match fields.get("item") {
                "none" => None,
                form => Some(lists::item_of(form, fields)?),
            },
        },
        "accept" => Decision::Accept {
            base: fields.get("base").parse().ok(),
            markdown: fields.get("text").to_owned(),
        },
        "decline" => Decision::Decline {
            reason: fields.get("reason").to_owned(),
        },
        _ => return Err(Error::NotFound),
    };
    match services.revisions.decide(visit.actor, id, decision).await {
        Err(Error::Conflict) => return outdated(services, visit, id, fields).await,
        decided => decided?,
    }
    Ok(Outcome::done(format!("/proposals/{id}?done=decided")))
}

/// What was decided about is not what it is now: the page as it is now, and what was typed.
async fn outdated(
    services: &Services,
    visit: &Visit,
    id: &str,
    fields: &Fields,
) -> Result<Outcome> {
    let page = one(services, visit, id, false).await?;
    let typed = ["text", "description", "reason"]
        .into_iter()
        .map(|name| fields.get(name))
        .find(|typed| !typed.is_empty())
        .map(|typed| {
            let typed = typed.to_owned();
            view! {
                <details>
                    <summary>"What you had written"</summary>
                    <pre class="diff">{typed}</pre>
                </details>
            }
        });
    let told = written(view! {
        <div class="errors" role="alert" tabindex="-1">
            <p>
                "Nothing was decided: meanwhile somebody else has decided, or has saved another text. Below is how it stands now. Look at it once more."
            </p>
        </div>
        {typed}
    });
    Ok(Outcome::Page(Box::new(FormPage {
        content: Some(told + &page.content.unwrap_or_default()),
        ..page
    })))
}
