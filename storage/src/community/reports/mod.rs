//! Reports: what is reported ([`finding`]), how ([`making`]), what has become of one's own ([`own`]), the
//! queue and its cases ([`reading`], [`case`]), and what moderators do with them ([`closing`]).

mod case;
mod closing;
mod finding;
mod making;
mod own;
mod reading;

use async_trait::async_trait;
use domain::{
    Result,
    account::{Actor, Submission},
    community::{
        CaseList, OwnReports, ReportCase, ReportDraft, ReportState, ReportSubject, Reporting,
        Reports,
    },
    policy::{Action, permit},
};

use super::CommunityStore;

pub(super) use closing::forget_copies;

#[async_trait]
impl Reports for CommunityStore {
    async fn reporting(&self, actor: Actor, subject: &ReportSubject) -> Result<Reporting> {
        let member = Self::person(actor, Action::ReportContent)?;
        self.before_reporting(actor, member, subject).await
    }

    async fn report(
        &self,
        actor: Actor,
        subject: &ReportSubject,
        draft: ReportDraft,
        submission: &Submission,
    ) -> Result<()> {
        let member = Self::person(actor, Action::ReportContent)?;
        self.add_report((actor, member), subject, draft, submission)
            .await
    }

    async fn own_reports(&self, actor: Actor, after: Option<&str>) -> Result<OwnReports> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.reports_of(member, after).await
    }

    async fn cases(&self, actor: Actor, closed: bool, after: Option<&str>) -> Result<CaseList> {
        permit(actor, Action::DecideReports)?;
        self.case_list(actor, closed, after).await
    }

    async fn case(&self, actor: Actor, id: &str) -> Result<ReportCase> {
        permit(actor, Action::DecideReports)?;
        self.whole_case(actor, id).await
    }

    async fn note_case(
        &self,
        actor: Actor,
        id: &str,
        text: &str,
        submission: &Submission,
    ) -> Result<()> {
        permit(actor, Action::DecideReports)?;
        self.add_note(actor, id, text, submission).await
    }

    async fn close_case(
        &self,
        actor: Actor,
        id: &str,
        state: ReportState,
        answer: &str,
    ) -> Result<()> {
        permit(actor, Action::DecideReports)?;
        self.close(actor, id, state, answer).await
    }
}
