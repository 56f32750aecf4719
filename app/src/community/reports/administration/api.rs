//! What the pages of reports show to moderators, and what becomes of their forms. Nothing here needs an
//! address of its own: the pages are made on the server, and no script sends their forms.

use domain::community::{CaseList, ReportCase, ReportState};
use leptos::prelude::*;
use server_fn::codec::Json;

use super::forms::{CloseCaseFields, NoteFields};
use crate::{
    answer::{Answer, Loaded},
    community::paths,
    context,
    ui::form::{Done, Outcome, Posted},
};

/// A page of the cases that are open, or that are closed.
pub async fn read_cases(closed: bool, after: Option<String>) -> Loaded<CaseList> {
    let (services, actor) = (context::services(), context::actor());
    let cases = services.reports.cases(actor, closed, after.as_deref());
    Ok(Answer::of(cases.await))
}

/// A case.
pub async fn read_case(id: String) -> Loaded<ReportCase> {
    let (services, actor) = (context::services(), context::actor());
    Ok(Answer::of(services.reports.case(actor, &id).await))
}

/// Notes something for other moderators.
#[server(prefix = "/api", endpoint = "reports/note", input = Json)]
pub async fn note_case(posted: Posted<NoteFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |NoteFields { id, text }, call| {
            let (reports, submission) = (&call.services.reports, call.submission());
            let noted = reports.note_case(call.actor(), &id, &text, &submission);
            noted.await?;
            Ok(Done::at(format!("{}?done=noted", paths::admin_report(&id))))
        })
        .await
}

/// Closes a case.
#[server(prefix = "/api", endpoint = "reports/close", input = Json)]
pub async fn close_case(posted: Posted<CloseCaseFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |CloseCaseFields { id, state, text }, call| {
            let state = state.unwrap_or(ReportState::Open);
            let reports = &call.services.reports;
            let closed = reports.close_case(call.actor(), &id, state, &text);
            closed.await?;
            Ok(Done::at(format!(
                "{}?done=closed",
                paths::admin_report(&id)
            )))
        })
        .await
}
