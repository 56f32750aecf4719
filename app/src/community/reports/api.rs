//! What the pages of reports get from the server, and what becomes of their form.

use domain::community::{OwnReports, Reporting};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::ReportFields;
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{Error, community::ReportSubject};

/// What somebody has to know who wants to report something.
#[server(input = GetUrl, prefix = "/api", endpoint = "reports/new")]
pub async fn read_report(kind: String, value: String) -> Result<Answer<Reporting>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Some(subject) = ReportSubject::parse(&kind, &value) else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let reporting = services.reports.reporting(actor, &subject).await;
    Ok(account::for_members(reporting, &paths::report(&subject)))
}

/// A page of what one has reported.
#[server(input = GetUrl, prefix = "/api", endpoint = "reports/own")]
pub async fn read_own_reports(after: Option<String>) -> Result<Answer<OwnReports>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let own = services.reports.own_reports(actor, after.as_deref()).await;
    Ok(account::for_members(own, paths::OWN_REPORTS))
}

/// Reports something.
#[server(prefix = "/api", endpoint = "reports/make", input = Json)]
pub async fn report(posted: Posted<ReportFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let subject = ReportSubject::parse(&fields.kind, &fields.value);
            let subject = subject.ok_or(Error::NotFound)?;
            let draft = fields.draft().ok_or_else(|| Error::Invalid {
                fields: vec![super::forms::no_reason()],
            })?;
            let (reports, submission) = (&call.services.reports, call.submission());
            let made = reports.report(call.actor(), &subject, draft, &submission);
            made.await?;
            Ok(Done::at(format!("{}?done=sent", paths::OWN_REPORTS)))
        })
        .await
}
