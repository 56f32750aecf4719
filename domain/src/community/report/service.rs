use async_trait::async_trait;

use super::{CaseList, OwnReports, ReportCase, ReportDraft, ReportState, ReportSubject, Reporting};
use crate::{
    Result,
    account::{Actor, Submission},
};

/// Reports of what should not be here, and the cases that moderators make of them: one for each thing,
/// until it is closed.
///
/// What somebody may not read they cannot report: it is [`Error::NotFound`](crate::Error::NotFound). So is
/// to a moderator a case about themselves: who reports somebody is never known to them.
#[async_trait]
pub trait Reports: Send + Sync {
    /// What somebody has to know who wants to report something.
    /// [`Error::Forbidden`](crate::Error::Forbidden) where it is their own.
    async fn reporting(&self, actor: Actor, subject: &ReportSubject) -> Result<Reporting>;

    /// Reports it. While moderators have not decided, the same person adds to their report once more;
    /// after that it is [`Error::Invalid`](crate::Error::Invalid) about `text`, as what is wrong with the
    /// draft.
    async fn report(
        &self,
        actor: Actor,
        subject: &ReportSubject,
        draft: ReportDraft,
        submission: &Submission,
    ) -> Result<()>;

    /// One's own reports, the last first, after the one with an id.
    async fn own_reports(&self, actor: Actor, after: Option<&str>) -> Result<OwnReports>;

    /// Cases that are open or closed, after the one with an id.
    async fn cases(&self, actor: Actor, closed: bool, after: Option<&str>) -> Result<CaseList>;

    /// A case.
    async fn case(&self, actor: Actor, id: &str) -> Result<ReportCase>;

    /// Notes something for other moderators. [`Error::Invalid`](crate::Error::Invalid) about `text`.
    async fn note_case(
        &self,
        actor: Actor,
        id: &str,
        text: &str,
        submission: &Submission,
    ) -> Result<()>;

    /// Closes a case, and tells everybody who reported it. [`Error::Conflict`](crate::Error::Conflict)
    /// where it is closed already, [`Error::Invalid`](crate::Error::Invalid) about `state` and `text`.
    async fn close_case(
        &self,
        actor: Actor,
        id: &str,
        state: ReportState,
        answer: &str,
    ) -> Result<()>;
}
