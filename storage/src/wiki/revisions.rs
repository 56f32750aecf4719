//! Asks the policy, and hands over to what does it.

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Submission},
    catalogue::Resolved,
    policy::{Action, Protection, permit},
    wiki::{
        Comparison, Decision, DraftLink, DueReviewList, Edit, Editing, History, Preview,
        ProposalList, ProposalText, RevisionText, Revisions, Saved, SectionKind,
    },
};

use super::WikiStore;

#[async_trait]
impl Revisions for WikiStore {
    async fn editing(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        draft: Option<&str>,
    ) -> Result<Editing> {
        permit(actor, Action::WriteSection)?;
        self.to_edit(actor, slug, kind, draft).await
    }

    async fn preview(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        markdown: &str,
    ) -> Result<Preview> {
        permit(actor, Action::WriteSection)?;
        self.look_ahead(slug, kind, markdown).await
    }

    async fn keep_draft(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        edit: &Edit,
    ) -> Result<()> {
        permit(actor, Action::WriteSection)?;
        // The operator has no drafts.
        let member = actor.member().ok_or(Error::Unauthenticated)?;
        self.put_draft(actor, member.account.0, slug, kind, edit)
            .await
    }

    async fn drop_draft(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        draft: &DraftLink,
    ) -> Result<()> {
        permit(actor, Action::WriteSection)?;
        let member = actor.member().ok_or(Error::Unauthenticated)?;
        self.throw_draft_away(actor, member.account.0, (slug, kind), draft)
            .await
    }

    async fn save(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        edit: Edit,
        submission: &Submission,
    ) -> Result<Saved> {
        permit(actor, Action::WriteSection)?;
        self.save_text(actor, slug, kind, edit, (submission, None))
            .await
    }

    async fn restore(
        &self,
        actor: Actor,
        slug: &str,
        number: i64,
        summary: (&str, bool),
        submission: &Submission,
    ) -> Result<Saved> {
        permit(actor, Action::WriteSection)?;
        self.restore_text(actor, slug, number, summary, submission)
            .await
    }

    async fn history(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<SectionKind>,
        before: Option<i64>,
    ) -> Result<Resolved<History>> {
        permit(actor, Action::ReadCatalogue)?;
        self.past(actor, slug, kind, before).await
    }

    async fn revision(&self, actor: Actor, slug: &str, number: i64) -> Result<RevisionText> {
        permit(actor, Action::ReadCatalogue)?;
        self.one_revision(actor, slug, number).await
    }

    async fn compare(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        numbers: (i64, i64),
    ) -> Result<Comparison> {
        permit(actor, Action::ReadCatalogue)?;
        self.beside(actor, slug, kind, numbers).await
    }

    async fn proposals(&self, actor: Actor, after: Option<&str>) -> Result<ProposalList> {
        permit(actor, Action::ReadOwnAccount)?;
        self.list_proposals(actor, after).await
    }

    async fn proposal(&self, actor: Actor, id: &str) -> Result<ProposalText> {
        permit(actor, Action::ReadOwnAccount)?;
        self.one_proposal(actor, id).await
    }

    async fn decide(&self, actor: Actor, id: &str, decision: Decision) -> Result<()> {
        permit(actor, Action::DecideProposals)?;
        self.decide_proposal(actor, id, decision).await
    }

    async fn protect(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        protection: Option<(Protection, u16)>,
        reason: &str,
    ) -> Result<()> {
        permit(actor, Action::ProtectSections)?;
        self.set_protection(actor, slug, kind, protection, reason)
            .await
    }

    async fn review(&self, actor: Actor, slug: &str, number: i64, interests: &str) -> Result<()> {
        permit(actor, Action::ReviewSections)?;
        self.put_review(actor, slug, number, interests).await
    }

    async fn due_reviews(&self, actor: Actor, after: Option<&str>) -> Result<DueReviewList> {
        permit(actor, Action::ReadCatalogue)?;
        self.overdue(actor, after).await
    }
}
