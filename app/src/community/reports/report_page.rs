//! `/report/{kind}/{value}`

use domain::{
    community::{ReportReason, Reporting},
    text::sentence_case,
};
use leptos::prelude::*;

use super::{api, forms::ReportFields, subject::path};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_part, way},
    ui::form::{Buttons, Form, Hidden, LongText, Radios, Submit},
    wiki::AuthorName,
};

/// Where something is reported that the address names.
#[component]
pub fn ReportPage() -> impl IntoView {
    let (kind, value) = (use_part("kind"), use_part("value"));
    let data = page_data(
        move || (kind(), value()),
        |(kind, value)| api::read_report(kind, value),
    );
    view! { <Page data view=|reporting| view! { <Ask reporting/> }.into_any()/> }
}

#[component]
fn Ask(reporting: Reporting) -> impl IntoView {
    let Reporting {
        subject,
        title,
        author,
        excerpt,
        already,
    } = reporting;
    let by = author.map(|author| view! { " by " <AuthorName author/> });
    let excerpt = (!excerpt.is_empty()).then(|| view! { <pre class="diff">{excerpt}</pre> });
    let already = already.then(|| {
        view! {
            <p class="notice">
                "You have reported this already, and a moderator will look at it. You can add to your report once."
            </p>
        }
    });
    let reasons = ReportReason::ALL
        .map(|reason| (reason.as_str().to_owned(), reason.label().to_owned()))
        .to_vec();
    let links = path(&subject)
        .map(|path| way("Go back without reporting", path))
        .into_iter()
        .chain([way("Your reports", paths::OWN_REPORTS)])
        .collect::<Vec<_>>();
    let (kind, value) = (subject.kind(), subject.value());
    view! {
        <Column title=format!("Report {}", subject.noun()) links>
            <div>
                <p>{format!("{}: ", sentence_case(kind_words(kind)))} <b>{title}</b> {by}</p>
                {excerpt}
                {already}
                <p class="notice">
                    <b>"Is someone in danger right now? "</b>
                    "Call your local emergency number first. Moderators do not watch this site around the clock."
                </p>
            </div>
            <Form<ReportFields>
                text="Only moderators can see your report. The person you report is not told who reported them."
            >
                <Hidden name="kind" value=kind/>
                <Hidden name="value" value=value/>
                <Radios name="category" label="What is wrong?" options=reasons/>
                <LongText
                    name="text"
                    label="What should moderators know?"
                    hint="Up to 2,000 characters. If you chose “Something else”, say what is wrong."
                    rows=5
                />
                <Buttons>
                    <Submit label="Send report"/>
                </Buttons>
            </Form<ReportFields>>
        </Column>
    }
}

/// What a kind of thing is called before its name.
fn kind_words(kind: &str) -> &'static str {
    match kind {
        "post" => "post",
        "resource" => "resource",
        "member" => "profile",
        "section" => "section",
        _ => "tip",
    }
}
