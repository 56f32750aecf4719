//! Warning who wrote a post, whoever that is.

use domain::{
    Result,
    account::{Actor, Submission},
    community::{ContentAction, check_moderation_reason},
};

use super::{acting::event_of, changing::Change};
use crate::{
    account::spare_staff,
    community::{CommunityStore, forbidden},
    write::Write,
};

impl CommunityStore {
    pub(super) async fn warn(
        &self,
        actor: Actor,
        (id, number): (&str, i64),
        reason: &str,
        submission: &Submission,
    ) -> Result<()> {
        let topic = self.readable(actor, id).await?;
        let reason = check_moderation_reason("reason", reason)?;
        let post = self.post(topic.id, number).await?;
        if let Some(member) = actor.member()
            && self.is_by(&post, member).await?
        {
            return Err(forbidden(
                "someone else decides about what you have written.",
            ));
        }
        let write = Write::begin(&self.database, actor).await?;
        // Of an alias nothing is asked: a refusal would say something of who it is.
        if let Some(author) = post.account_id {
            spare_staff(&write, &self.database, author).await?;
        }
        if !write.is_first("moderation/warn", submission).await? {
            return Ok(());
        }
        let change = Change {
            write: &write,
            database: &self.database,
        };
        let decision = (ContentAction::Warn, reason);
        let done = change
            .decide(actor, (topic.id, number), decision, None)
            .await?;
        write
            .record(
                event_of(ContentAction::Warn),
                Some(done),
                Some(topic.condition_id),
            )
            .await?;
        write.commit().await
    }
}
