//! Telling people of what was decided about them. They are told also while they are suspended.

use domain::{
    Result,
    account::ModerationAction,
    community::NotificationKind::{self, Appeal, Decision},
    event::EventKind,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::mail::mail_at;
use crate::{
    community::{CommunityStore, aliases::author_of},
    error::to_domain,
    event::entity as event,
    write::Write,
};

/// What is done with posts, topics and who wrote them, beside hiding. The subject is the row of
/// `content_moderation`.
pub(super) const ABOUT_CONTENT: [EventKind; 7] = [
    EventKind::PostShown,
    EventKind::TopicLocked,
    EventKind::TopicUnlocked,
    EventKind::TopicMoved,
    EventKind::ContentNoteSet,
    EventKind::ContentNoteRemoved,
    EventKind::AuthorWarned,
];

/// What was written under an alias is not named beside the person's account: one row, which becomes new
/// again, says that there is a decision, and not which.
const AGAIN: &str = "ON CONFLICT (account_id, decision, kind) WHERE decision IS NOT NULL \
    DO UPDATE SET created_at = excluded.created_at, mail_at = excluded.mail_at, read_at = NULL \
    WHERE notification.decision = ''";

/// Tells at `$2` the person in the row `account` of the decision that SQL names.
fn insert(kind: NotificationKind, decision: &str) -> String {
    format!(
        "INSERT INTO notification (account_id, decision, kind, created_at, mail_at) \
         SELECT account.id, {decision}, '{}', $2, {}",
        kind.as_str(),
        mail_at(kind)
    )
}

impl CommunityStore {
    /// Tells of a hidden post: its author of the decision, and who follows the topic of the next post.
    /// That people were told of this one stays, for when it is shown again.
    pub(super) async fn tell_of_hidden(&self, write: &Write<'_>, done: Uuid) -> Result<()> {
        let sql = "SELECT p.id FROM content_moderation m \
             JOIN post p ON p.topic_id = m.topic_id AND p.number = m.post_number \
             WHERE m.id = $1 AND p.hidden_at IS NOT NULL";
        let statement = self.database.statement(sql, vec![done.into()]);
        let row = write.on().query_one_raw(statement).await;
        if let Some(row) = row.map_err(to_domain)? {
            let post = row.try_get("", "id").map_err(to_domain)?;
            self.tell_of_next(write, post).await?;
        }
        self.tell_of_decision(write, done).await
    }

    /// Tells of what was done with a post or a topic, once: what an appeal undoes is told as that.
    pub(super) async fn tell_of_decision(&self, write: &Write<'_>, done: Uuid) -> Result<()> {
        let sql = format!(
            "{} FROM content_moderation m \
             JOIN post p ON p.topic_id = m.topic_id AND p.number = m.post_number \
             JOIN account ON account.id = {} WHERE m.id = $1 {AGAIN}",
            insert(
                Decision,
                "CASE WHEN p.alias IS NULL THEN m.public_id ELSE '' END"
            ),
            author_of("p"),
        );
        let values = vec![done.into(), self.database.now().0.into()];
        self.execute(write, &sql, values).await
    }

    /// Tells of what was decided about an account. Events of before they named the decision name the
    /// account: then it is the last one of its kind that was there.
    pub(super) async fn tell_of_account(
        &self,
        write: &Write<'_>,
        event: &event::Model,
        taken: ModerationAction,
    ) -> Result<()> {
        let sql = format!(
            "{} FROM moderation_action o JOIN account ON account.id = o.account_id \
             WHERE o.id = $1 OR o.id = (SELECT d.id FROM moderation_action d \
             WHERE d.account_id = $1 AND d.kind = $3 AND d.created_at <= $4 \
             ORDER BY d.created_at DESC, d.id DESC LIMIT 1) {AGAIN}",
            insert(Decision, "o.public_id"),
        );
        let values = vec![
            event.subject_id.into(),
            self.database.now().0.into(),
            taken.as_str().into(),
            event.time.into(),
        ];
        self.execute(write, &sql, values).await
    }

    /// Tells of an appeal that is decided.
    pub(super) async fn tell_of_appeal(&self, write: &Write<'_>, appeal: Uuid) -> Result<()> {
        let sql = format!(
            "{} FROM appeal a \
             LEFT JOIN content_moderation m ON m.id = a.content_moderation_id \
             LEFT JOIN post p ON p.topic_id = m.topic_id AND p.number = m.post_number \
             LEFT JOIN moderation_action o ON o.id = a.moderation_action_id \
             JOIN account ON account.id = coalesce({}, o.account_id) WHERE a.id = $1 {AGAIN}",
            insert(
                Appeal,
                "CASE WHEN p.alias IS NULL THEN coalesce(m.public_id, o.public_id) ELSE '' END"
            ),
            author_of("p"),
        );
        let values = vec![appeal.into(), self.database.now().0.into()];
        self.execute(write, &sql, values).await
    }
}
