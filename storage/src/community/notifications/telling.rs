//! Telling people of posts: reads the event log, and writes down who is told of what.

use domain::{Result, account::Actor, event::EventKind};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::{
    community::{
        CommunityStore,
        discussions::reading::{admits_account, holds},
    },
    error::to_domain,
    event::reading::{BATCH, is_behind, take},
    write::Write,
};

/// Under which name the log is read.
const READER: &str = "notifications";

/// Why somebody is told who follows the topic in the row `t`.
const FOLLOWED: &str = "CASE t.kind WHEN 'question' THEN 'answer' ELSE 'followed' END";

impl CommunityStore {
    /// Tells people of what has been written since the last time, as far as the log is sealed. Returns
    /// how many events were read. To be called about once a second.
    pub async fn tell(&self) -> Result<u64> {
        let mut read = 0;
        while is_behind(&self.database, READER).await? {
            let batch = self.tell_batch().await?;
            read += batch;
            if batch < BATCH {
                break;
            }
        }
        Ok(read)
    }

    async fn tell_batch(&self) -> Result<u64> {
        let write = Write::begin(&self.database, Actor::Operator).await?;
        let events = take(&write, &self.database, READER).await?;
        let count = events.len() as u64;
        for event in events {
            // A topic, or a post.
            let Some(subject) = event.subject_id else {
                continue;
            };
            if event.kind == EventKind::TopicStarted.as_str() {
                self.tell_experts(&write, subject).await?;
            } else if event.kind == EventKind::QuestionDeclined.as_str() {
                self.tell_asker(&write, subject).await?;
            } else if event.kind == EventKind::QuestionReopened.as_str() {
                let forget = "DELETE FROM notification WHERE topic_id = $1 AND kind = 'declined'";
                self.execute(&write, forget, vec![subject.into()]).await?;
            } else if event.kind == EventKind::PostWritten.as_str() {
                self.tell_of(&write, subject).await?;
            } else if event.kind == EventKind::PostDeleted.as_str() {
                self.take_back(&write, subject).await?;
            }
        }
        write.commit().await?;
        Ok(count)
    }

    /// Tells of a question: the experts who have joined its community.
    async fn tell_experts(&self, write: &Write<'_>, topic: Uuid) -> Result<()> {
        let question = format!(
            "INSERT INTO notification (account_id, topic_id, post_number, kind, created_at) \
             SELECT account.id, t.id, 1, 'question', $2 \
             FROM topic t JOIN membership m ON m.condition_id = t.condition_id \
             JOIN account ON account.id = m.account_id \
             JOIN post p ON p.topic_id = t.id AND p.number = 1 AND p.deleted_at IS NULL \
             WHERE t.id = $1 AND t.kind = 'question' AND {} AND {} \
             AND (t.account_id IS NULL OR t.account_id <> account.id) \
             ON CONFLICT DO NOTHING",
            holds("'expert'"),
            admits_account(),
        );
        let values = vec![topic.into(), self.database.now().0.into()];
        self.execute(write, &question, values).await
    }

    /// Tells of a question that is declined: who asked it.
    async fn tell_asker(&self, write: &Write<'_>, topic: Uuid) -> Result<()> {
        let declined = format!(
            "INSERT INTO notification (account_id, topic_id, post_number, kind, created_at) \
             SELECT account.id, t.id, 1, 'declined', $2 \
             FROM topic t JOIN account ON account.id = t.account_id \
             WHERE t.id = $1 AND t.decline_reason IS NOT NULL AND {} \
             ON CONFLICT (account_id, topic_id, post_number) \
             DO UPDATE SET kind = 'declined', created_at = excluded.created_at, read_at = NULL",
            admits_account(),
        );
        let values = vec![topic.into(), self.database.now().0.into()];
        self.execute(write, &declined, values).await
    }

    /// Tells of a post: whom it replies to, then who follows its topic. Nobody is told of their own,
    /// nor twice of one, nor of what is not for them at this moment.
    async fn tell_of(&self, write: &Write<'_>, post: Uuid) -> Result<()> {
        let values = || vec![post.into(), self.database.now().0.into()];
        let person = admits_account();
        let others =
            "p.deleted_at IS NULL AND (p.account_id IS NULL OR p.account_id <> account.id)";
        let reply = format!(
            "INSERT INTO notification (account_id, topic_id, post_number, kind, created_at) \
             SELECT account.id, t.id, p.number, 'reply', $2 \
             FROM post p JOIN topic t ON t.id = p.topic_id \
             JOIN post q ON q.topic_id = p.topic_id AND q.number = p.in_reply_to \
             JOIN account ON account.id = q.account_id \
             WHERE p.id = $1 AND q.deleted_at IS NULL AND {others} AND {person} \
             ON CONFLICT (account_id, topic_id, post_number) DO UPDATE SET kind = 'reply'"
        );
        self.execute(write, &reply, values()).await?;
        // One that is unread stands for all that come after it, but for an expert's answer, for which
        // people wait.
        let followed = format!(
            "INSERT INTO notification (account_id, topic_id, post_number, kind, created_at) \
             SELECT account.id, t.id, p.number, {FOLLOWED}, $2 \
             FROM post p JOIN topic t ON t.id = p.topic_id \
             JOIN topic_follow f ON f.topic_id = t.id AND f.since <= p.created_at \
             JOIN account ON account.id = f.account_id \
             WHERE p.id = $1 AND {others} AND {person} AND (p.answers_as = 'expert' OR NOT EXISTS \
             (SELECT 1 FROM notification n \
             JOIN post q ON q.topic_id = n.topic_id AND q.number = n.post_number \
             WHERE n.account_id = account.id AND n.topic_id = t.id \
             AND n.read_at IS NULL AND q.deleted_at IS NULL)) \
             ON CONFLICT DO NOTHING"
        );
        self.execute(write, &followed, values()).await
    }

    /// Forgets that people were told of a post that is deleted. Who followed its topic is told of the
    /// next one instead, for which the deleted one has stood.
    async fn take_back(&self, write: &Write<'_>, post: Uuid) -> Result<()> {
        let next = "(SELECT min(q.number) FROM post q WHERE q.topic_id = p.topic_id \
             AND q.number > p.number AND q.deleted_at IS NULL \
             AND (q.account_id IS NULL OR q.account_id <> n.account_id))";
        let instead = format!(
            "INSERT INTO notification (account_id, topic_id, post_number, kind, created_at) \
             SELECT n.account_id, n.topic_id, {next}, {FOLLOWED}, n.created_at \
             FROM post p JOIN topic t ON t.id = p.topic_id JOIN notification n ON n.topic_id = p.topic_id AND n.post_number = p.number \
             JOIN topic_follow f ON f.account_id = n.account_id AND f.topic_id = n.topic_id \
             WHERE p.id = $1 AND n.read_at IS NULL AND {next} IS NOT NULL AND NOT EXISTS \
             (SELECT 1 FROM notification o \
             JOIN post q ON q.topic_id = o.topic_id AND q.number = o.post_number \
             WHERE o.account_id = n.account_id AND o.topic_id = n.topic_id \
             AND o.read_at IS NULL AND q.deleted_at IS NULL) \
             ON CONFLICT DO NOTHING"
        );
        self.execute(write, &instead, vec![post.into()]).await?;
        let forget = "DELETE FROM notification WHERE (topic_id, post_number) IN \
             (SELECT p.topic_id, p.number FROM post p WHERE p.id = $1)";
        self.execute(write, forget, vec![post.into()]).await
    }

    async fn execute(&self, write: &Write<'_>, sql: &str, values: Vec<Value>) -> Result<()> {
        write
            .on()
            .execute_raw(self.database.statement(sql, values))
            .await
            .map(|_| ())
            .map_err(to_domain)
    }
}
