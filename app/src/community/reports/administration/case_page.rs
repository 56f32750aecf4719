//! `/admin/reports/{id}`

use domain::{
    community::{
        CaseNote, Outcomes, Report, ReportCase, ReportState, ReportSubject, ReportedPerson, noun_of,
    },
    text::sentence_case,
};
use leptos::prelude::*;

use super::{
    super::subject::{path, protection},
    api,
    forms::{CloseCaseFields, NoteFields},
};
use crate::{
    account,
    community::paths,
    page::{Column, Page, Unsent, page_data, use_part, use_query_value, way},
    ui::{
        Date, Link, Moment,
        form::{Buttons, Form, Hidden, Input, LongText, PageForm, Radios, Submit},
    },
    wiki::AuthorName,
};

/// What is reported, by whom, and what can be decided about it.
#[component]
pub fn CasePage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(use_part("id"), api::read_case);
    view! {
        <Page
            data
            view=move |case| {
                let done = untrack(done);
                view! { <Whole case done/> }.into_any()
            }
        />
    }
}

#[component]
fn Whole(case: ReportCase, done: Option<String>) -> impl IntoView {
    let notice = match done.as_deref() {
        Some("noted") => Some("Your note is saved.".to_owned()),
        Some("closed") => Some("Closed. Everyone who reported it gets a notification.".to_owned()),
        _ => None,
    };
    let links = ways(&case);
    let ReportCase {
        line,
        copy,
        person,
        reports,
        notes,
        answer,
        closed,
        ..
    } = case;
    let what = sentence_case(noun_of(&line.kind));
    let title = if line.title.is_empty() {
        what
    } else {
        format!("{what}: {}", line.title)
    };
    let urgent = line
        .urgent
        .then(|| view! { <b class="mark">"Someone may be in danger"</b> " " });
    let copy = match copy {
        Some(copy) if copy.is_empty() => view! { <p>"It had no text."</p> }.into_any(),
        Some(copy) => view! { <pre class="diff">{copy}</pre> }.into_any(),
        None => view! { <p>"The copy was deleted 6 months after this was closed."</p> }.into_any(),
    };
    let is_open = line.state == ReportState::Open;
    let outcome = closed.map(|(by, at)| {
        view! {
            <p>
                <b class="mark">{line.state.label()}</b> " Closed by "
                <AuthorName author=by fallback="a moderator"/> " on " <Date time=at/> ". Answer: "
                <q>{answer}</q>
            </p>
        }
    });
    let present = if is_open {
        vec![NoteFields::name(), CloseCaseFields::name()]
    } else {
        vec![NoteFields::name()]
    };
    let close = is_open.then(|| view! { <Close id=line.id.clone()/> });
    view! {
        <Column title notice links>
            <div>
                <Unsent present/>
                <p>{urgent} {line.state.label()} ". First reported on " <Date time=line.opened/> "."</p>
                {outcome}
            </div>
            <section aria-labelledby="copy-title">
                <h2 id="copy-title">"As it was when it was first reported"</h2>
                {copy}
            </section>
            {person.map(|person| view! { <Person person/> })}
            <Made reports/>
            <Notes id=line.id notes/>
            {close}
        </Column>
    }
}

/// Where it is, and where one acts.
fn ways(case: &ReportCase) -> Vec<Link> {
    let mut links = Vec::new();
    match (&case.subject, &case.topic) {
        (Some(ReportSubject::Post { number, .. }), Some(topic)) => {
            links.push(way("Open the post", paths::post_of(topic, *number)));
            links.push(way(
                "Hide, lock or move it, or warn whoever wrote it",
                paths::moderate_post(&topic.id, *number),
            ));
        }
        (Some(ReportSubject::Resource { id }), _) => {
            if let Some(slug) = &case.community {
                links.push(way("Remove the resource", paths::resource(slug, id)));
            }
        }
        (Some(subject), _) => {
            links.extend(path(subject).map(|path| way("Open it", path)));
            links.extend(protection(subject).map(|path| way("Protect this section", path)));
        }
        (None, _) => {}
    }
    if let Some(handle) = case
        .person
        .as_ref()
        .and_then(|person| person.account.as_ref())
    {
        links.push(way(
            "Warn or suspend this member",
            account::paths::admin_member(handle),
        ));
    }
    links.push(way("All reports", paths::admin_reports(false, None)));
    links
}

fn outcomes_words(outcomes: Outcomes) -> String {
    format!(
        "{} upheld, {} not upheld, {} open",
        outcomes.upheld, outcomes.not_upheld, outcomes.open
    )
}

#[component]
fn Person(person: ReportedPerson) -> impl IntoView {
    let ReportedPerson {
        author,
        about_them,
        warnings,
        suspensions,
        ..
    } = person;
    view! {
        <section aria-labelledby="person-title">
            <h2 id="person-title">"Whose it is"</h2>
            <dl class="facts">
                <dt>"Member"</dt>
                <dd>
                    <AuthorName author fallback="A member whose name you cannot see"/>
                </dd>
                <dt>"Reports about them"</dt>
                <dd>{outcomes_words(about_them)}</dd>
                <dt>"Warnings"</dt>
                <dd>{warnings}</dd>
                <dt>"Suspensions"</dt>
                <dd>{suspensions}</dd>
            </dl>
        </section>
    }
}

#[component]
fn Made(reports: Vec<Report>) -> impl IntoView {
    let empty = reports
        .is_empty()
        .then(|| view! { <p>"Those who reported this have deleted their accounts."</p> });
    let reports = reports
        .into_iter()
        .map(|report| {
            let text = (!report.text.is_empty())
                .then(|| view! { <pre class="diff">{report.text}</pre> });
            view! {
                <li>
                    <b>{report.reason.label()}</b>
                    {text}
                    <div class="soft">
                        <AuthorName author=report.by fallback="A member whose name you cannot see"/> ", "
                        <Moment time=report.made/> ". Their reports: " {outcomes_words(report.by_them)}
                        "."
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="reports-title">
            <h2 id="reports-title">"What members say"</h2>
            {empty}
            <ol class="topics">{reports}</ol>
        </section>
    }
}

#[component]
fn Notes(id: String, notes: Vec<CaseNote>) -> impl IntoView {
    let notes = notes
        .into_iter()
        .map(|note| {
            view! {
                <li>
                    <pre class="diff">{note.text}</pre>
                    <div class="soft">
                        <AuthorName author=note.by fallback="A moderator"/> ", "
                        <Moment time=note.written/>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="notes-title">
            <h2 id="notes-title">"Notes"</h2>
            <ol class="topics">{notes}</ol>
        </section>
        <Form<NoteFields> heading="Add a note" text="Only moderators can read notes.">
            <Hidden name="id" value=id/>
            <LongText name="text" label="Note" required=true rows=3/>
            <Buttons>
                <Submit label="Add note"/>
            </Buttons>
        </Form<NoteFields>>
    }
}

#[component]
fn Close(id: String) -> impl IntoView {
    let states = vec![
        (
            ReportState::Upheld.as_str().to_owned(),
            "Upheld: it breaks our rules".to_owned(),
        ),
        (
            ReportState::NotUpheld.as_str().to_owned(),
            "Not upheld: it can stay".to_owned(),
        ),
    ];
    view! {
        <Form<CloseCaseFields>
            heading="Close"
            text="Act first: hide the post, remove the resource or warn the member. Then say here what you have decided."
        >
            <Hidden name="id" value=id/>
            <Radios name="state" label="What have you decided?" options=states/>
            <Input
                name="text"
                label="Answer"
                hint="One line. Everyone who reported this reads it. Do not name anyone."
                required=true
            />
            <Buttons>
                <Submit label="Close"/>
            </Buttons>
        </Form<CloseCaseFields>>
    }
}
