//! Telling people of what is new: reads the event log, and writes down who is told of what.

use domain::{
    Error, Result,
    account::{Actor, ModerationAction},
    community::NotificationKind::{
        self, Answer, Declined, Followed, Mention, Page, Question, Reply, Report, Topic,
    },
    event::EventKind,
};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{deciding::ABOUT_CONTENT, inviting::ANSWERED, mail::mail_at};
use crate::{
    account::IN_GOOD_STANDING,
    community::{
        CommunityStore,
        aliases::is_by,
        discussions::reading::{admits_account, holds},
        muting::{Writer, has_muted},
    },
    error::to_domain,
    event::{
        entity as event,
        reading::{BATCH, is_behind, take},
    },
    wiki::markdown,
    write::Write,
};

/// Under which name the log is read.
const READER: &str = "notifications";

/// How often one batch is tried: people who mark what they were told of as read may be in the way.
const TRIES: u32 = 3;

const DAY: i64 = 86_400_000_000;

/// Of the post `p`: nobody is told of their own, nor of one that is deleted or hidden, nor of one by somebody
/// whom they have muted. To whom somebody replies who wrote under an alias is told as one who follows the
/// topic, so that no notification says who it is.
fn others() -> String {
    format!(
        "p.deleted_at IS NULL AND p.hidden_at IS NULL AND NOT {} AND NOT {}",
        is_by("p", "p.topic_id", "account.id"),
        has_muted("account.id", Writer::OF_POST)
    )
}

/// Where the rows of a statement about the post `$1` go, and when: `$2`. Nobody is told of what is not
/// for them at this moment.
pub(super) fn insert(kind: NotificationKind) -> String {
    insert_as(&format!("'{}'", kind.as_str()), &mail_at(kind))
}

/// The same with a kind, and when a letter is due, that SQL says.
fn insert_as(kind: &str, mail_at: &str) -> String {
    format!(
        "INSERT INTO notification (account_id, topic_id, post_number, kind, created_at, mail_at) \
         SELECT account.id, t.id, p.number, {kind}, $2, {mail_at} \
         FROM post p JOIN topic t ON t.id = p.topic_id"
    )
}

/// Why somebody is told who follows the topic in the row `t`.
const FOLLOWED: &str = "CASE t.kind WHEN 'question' THEN 'answer' ELSE 'followed' END";

/// When a letter is due to who follows the topic in the row `t`.
fn mail_at_as_follower() -> String {
    format!(
        "CASE t.kind WHEN 'question' THEN {} ELSE {} END",
        mail_at(Answer),
        mail_at(Followed)
    )
}

impl CommunityStore {
    /// Tells people of what has been written since the last time, as far as the log is sealed. Returns
    /// how many events were read. To be called about once a second.
    pub async fn tell(&self) -> Result<u64> {
        let mut read = 0;
        let mut tries = 0;
        while is_behind(&self.database, READER).await? {
            match self.tell_batch().await {
                Err(Error::Unavailable) if tries + 1 < TRIES => tries += 1,
                batch => {
                    let batch = batch?;
                    read += batch;
                    tries = 0;
                    if batch < BATCH {
                        break;
                    }
                }
            }
        }
        Ok(read)
    }

    async fn tell_batch(&self) -> Result<u64> {
        let write = Write::begin(&self.database, Actor::Operator).await?;
        let events = take(&write, &self.database, READER).await?;
        let count = events.len() as u64;
        for event in events {
            // A topic, a post, or a section.
            let Some(subject) = event.subject_id else {
                continue;
            };
            let is = |kind: EventKind| event.kind == kind.as_str();
            if is(EventKind::PostWritten) {
                self.tell_of(&write, subject).await?;
            } else if is(EventKind::TopicStarted) {
                self.tell_of_topic(&write, subject).await?;
            } else if is(EventKind::PostEdited) {
                self.tell_mentioned(&write, subject, true).await?;
            } else if is(EventKind::PostDeleted) {
                self.take_back(&write, subject).await?;
            } else if is(EventKind::QuestionDeclined) {
                self.tell_asker(&write, subject).await?;
            } else if is(EventKind::QuestionReopened) {
                let forget = "DELETE FROM notification WHERE topic_id = $1 AND kind = 'declined'";
                self.execute(&write, forget, vec![subject.into()]).await?;
            } else if is(EventKind::PostHidden) {
                self.tell_of_hidden(&write, subject).await?;
            } else if ABOUT_CONTENT.into_iter().any(is) {
                self.tell_of_decision(&write, subject).await?;
            } else if is(EventKind::AppealDecided) {
                self.tell_of_appeal(&write, subject).await?;
            } else if is(EventKind::ReportClosed) {
                let reporters = "report x JOIN account ON account.id = x.account_id \
                     WHERE x.case_id = $1";
                self.tell_once(&write, Report, reporters, subject).await?;
            } else if is(EventKind::AccountWarned) {
                let warn = ModerationAction::Warn;
                self.tell_of_account(&write, &event, warn).await?;
            } else if is(EventKind::AccountSuspended) {
                let suspend = ModerationAction::Suspend { days: None };
                self.tell_of_account(&write, &event, suspend).await?;
            } else if is(EventKind::FirstPostWritten) {
                self.tell_leaders(&write, subject).await?;
            } else if is(EventKind::FirstPostDeclined) {
                self.tell_of_declined(&write, subject).await?;
            } else if is(EventKind::FirstPostApproved) {
                self.tell_of_approved(&write, subject).await?;
            } else if is(EventKind::LeaderInvited) {
                self.tell_invited(&write, subject).await?;
            } else if ANSWERED.into_iter().any(is) {
                self.forget_invitation(&write, subject).await?;
            } else if is(EventKind::SectionSaved) {
                self.tell_of_page(&write, &event).await?;
            }
        }
        write.commit().await?;
        Ok(count)
    }

    /// Tells of a question whose first post is given: the experts who have joined its community.
    async fn tell_experts(&self, write: &Write<'_>, post: Uuid) -> Result<()> {
        let others = others();
        let question = format!(
            "{} JOIN membership m ON m.condition_id = t.condition_id \
             JOIN account ON account.id = m.account_id \
             WHERE p.id = $1 AND t.kind = 'question' AND {others} AND {} AND {} \
             ON CONFLICT DO NOTHING",
            insert(Question),
            holds("'expert'"),
            admits_account(),
        );
        self.execute(write, &question, self.of_post(post)).await
    }

    /// Tells of a question that is declined: who asked it; where they did under an alias, who follows it,
    /// so that nothing but the table of aliases says who that was.
    async fn tell_asker(&self, write: &Write<'_>, topic: Uuid) -> Result<()> {
        let declined = format!(
            "{} JOIN account ON account.id = t.account_id OR (t.alias IS NOT NULL AND account.id IN \
             (SELECT f.account_id FROM topic_follow f WHERE f.topic_id = t.id)) \
             WHERE t.id = $1 AND p.number = 1 AND t.decline_reason IS NOT NULL AND {} \
             ON CONFLICT (account_id, topic_id, post_number) DO UPDATE SET kind = excluded.kind, \
             created_at = excluded.created_at, mail_at = excluded.mail_at, read_at = NULL",
            insert(Declined),
            admits_account(),
        );
        let values = vec![topic.into(), self.database.now().0.into()];
        self.execute(write, &declined, values).await
    }

    /// Tells people, whom SQL says, of what has a page of its own. One that is unread says the same for
    /// all. No letter tells of it.
    async fn tell_once(
        &self,
        write: &Write<'_>,
        kind: NotificationKind,
        whom: &str,
        subject: Uuid,
    ) -> Result<()> {
        let kind = kind.as_str();
        let sql = format!(
            "INSERT INTO notification (account_id, kind, created_at) \
             SELECT account.id, '{kind}', $2 FROM {whom} AND NOT EXISTS \
             (SELECT 1 FROM notification n WHERE n.account_id = account.id \
             AND n.kind = '{kind}' AND n.read_at IS NULL)"
        );
        let values = vec![subject.into(), self.database.now().0.into()];
        self.execute(write, &sql, values).await
    }

    pub(super) fn of_post(&self, post: Uuid) -> Vec<Value> {
        vec![post.into(), self.database.now().0.into()]
    }

    /// Tells of a post: whom it replies to, then whom it mentions, then who follows its topic. Nobody is
    /// told twice of one.
    async fn tell_of(&self, write: &Write<'_>, post: Uuid) -> Result<()> {
        let (person, others) = (admits_account(), others());
        let reply = format!(
            "{} JOIN post q ON q.topic_id = p.topic_id AND q.number = p.in_reply_to \
             JOIN account ON account.id = q.account_id \
             WHERE p.id = $1 AND q.deleted_at IS NULL AND q.hidden_at IS NULL AND {others} AND {person} \
             ON CONFLICT (account_id, topic_id, post_number) \
             DO UPDATE SET kind = excluded.kind, mail_at = excluded.mail_at",
            insert(Reply)
        );
        self.execute(write, &reply, self.of_post(post)).await?;
        self.tell_mentioned(write, post, false).await?;
        // One that is unread stands for all that come after it, but for an expert's answer, for which
        // people wait.
        let followed = format!(
            "{} JOIN topic_follow f ON f.topic_id = t.id AND f.since <= p.created_at \
             JOIN account ON account.id = f.account_id \
             WHERE p.id = $1 AND {others} AND {person} AND (p.answers_as = 'expert' OR NOT EXISTS \
             (SELECT 1 FROM notification n \
             JOIN post q ON q.topic_id = n.topic_id AND q.number = n.post_number \
             WHERE n.account_id = account.id AND n.topic_id = t.id \
             AND n.read_at IS NULL AND q.deleted_at IS NULL AND q.hidden_at IS NULL AND NOT {})) \
             ON CONFLICT DO NOTHING",
            insert_as(FOLLOWED, &mail_at_as_follower()),
            has_muted("account.id", Writer::OF_OTHER_POST),
        );
        self.execute(write, &followed, self.of_post(post)).await
    }

    /// Tells of a topic: whom its first post mentions, then who follows the discussions of its community.
    async fn tell_of_topic(&self, write: &Write<'_>, topic: Uuid) -> Result<()> {
        let sql = "SELECT p.id FROM post p WHERE p.topic_id = $1 AND p.number = 1";
        let statement = self.database.statement(sql, vec![topic.into()]);
        let row = write.on().query_one_raw(statement).await;
        let Some(row) = row.map_err(to_domain)? else {
            return Ok(());
        };
        let post: Uuid = row.try_get("", "id").map_err(to_domain)?;
        self.tell_mentioned(write, post, false).await?;
        let others = others();
        let started = format!(
            "{} JOIN condition_follow f ON f.condition_id = t.condition_id \
             AND f.kind = 'discussions' AND f.since <= p.created_at \
             JOIN account ON account.id = f.account_id \
             WHERE p.id = $1 AND t.kind = 'discussion' AND {others} AND {} ON CONFLICT DO NOTHING",
            insert(Topic),
            admits_account()
        );
        self.tell_experts(write, post).await?;
        self.execute(write, &started, self.of_post(post)).await
    }

    /// Tells those whom a post mentions; where it was edited, those alone whom none of its former texts
    /// did, and who have not been told of it.
    async fn tell_mentioned(&self, write: &Write<'_>, post: Uuid, edited: bool) -> Result<()> {
        let text = "SELECT html FROM post WHERE id = $1 AND deleted_at IS NULL";
        let now = self.texts(write, text, post).await?;
        let mentioned = now.iter().flat_map(|html| markdown::mentioned(html));
        let mut handles: Vec<&str> = mentioned.collect();
        if handles.is_empty() {
            return Ok(());
        }
        let before = if edited {
            let former = "SELECT html FROM post_version WHERE post_id = $1";
            self.texts(write, former, post).await?
        } else {
            Vec::new()
        };
        for html in &before {
            let known = markdown::mentioned(html);
            handles.retain(|handle| !known.contains(handle));
        }
        let mut values = self.of_post(post);
        let mut places = Vec::new();
        for handle in handles {
            values.push(handle.into());
            places.push(format!("${}", values.len()));
        }
        if places.is_empty() {
            return Ok(());
        }
        // Whoever is told that they are mentioned need not be told that something is new.
        let told = if edited {
            "DO NOTHING"
        } else {
            "DO UPDATE SET kind = excluded.kind, mail_at = excluded.mail_at \
             WHERE notification.kind IN ('followed', 'topic')"
        };
        let others = others();
        let mention = format!(
            "{} JOIN account ON account.handle IN ({}) WHERE p.id = $1 AND {others} AND {} \
             ON CONFLICT (account_id, topic_id, post_number) {told}",
            insert(Mention),
            places.join(", "),
            admits_account()
        );
        self.execute(write, &mention, values).await
    }

    async fn texts(&self, write: &Write<'_>, sql: &str, post: Uuid) -> Result<Vec<String>> {
        let statement = self.database.statement(sql, vec![post.into()]);
        let rows = write.on().query_all_raw(statement).await;
        let rows = rows.map_err(to_domain)?;
        let texts = rows.iter().map(|row| row.try_get("", "html"));
        texts
            .collect::<std::result::Result<_, _>>()
            .map_err(to_domain)
    }

    /// Tells who follows a page that a section of it has changed: once a day at most, and not where an
    /// unread notification says the same.
    async fn tell_of_page(&self, write: &Write<'_>, event: &event::Model) -> Result<()> {
        let Some(condition) = event.community_id else {
            return Ok(());
        };
        let sql = format!(
            "INSERT INTO notification (account_id, condition_id, day, kind, created_at, mail_at) \
             SELECT account.id, c.id, $2 / {DAY}, '{}', $2, {} \
             FROM condition m JOIN condition c ON c.id = coalesce(m.merged_into, m.id) \
             JOIN condition_follow f ON f.condition_id = c.id AND f.kind = 'page' \
             AND f.since <= $3 JOIN account ON account.id = f.account_id \
             WHERE m.id = $1 AND {IN_GOOD_STANDING} AND account.id <> $4 AND NOT EXISTS \
             (SELECT 1 FROM notification n WHERE n.account_id = account.id \
             AND n.condition_id = c.id AND n.day IS NOT NULL AND n.read_at IS NULL) \
             ON CONFLICT DO NOTHING",
            Page.as_str(),
            mail_at(Page)
        );
        let values = vec![
            condition.into(),
            self.database.now().0.into(),
            event.time.into(),
            event.actor_id.unwrap_or_default().into(),
        ];
        self.execute(write, &sql, values).await
    }

    /// Tells of the next post who follows the topic of one that is gone, for which that one has stood.
    pub(super) async fn tell_of_next(&self, write: &Write<'_>, post: Uuid) -> Result<()> {
        let next = format!(
            "(SELECT min(q.number) FROM post q WHERE q.topic_id = p.topic_id \
             AND q.number > p.number AND q.deleted_at IS NULL AND q.hidden_at IS NULL \
             AND NOT {} AND NOT {})",
            is_by("q", "q.topic_id", "n.account_id"),
            has_muted("n.account_id", Writer::OF_OTHER_POST)
        );
        let instead = format!(
            "INSERT INTO notification (account_id, topic_id, post_number, kind, created_at, mail_at) \
             SELECT n.account_id, n.topic_id, {next}, {FOLLOWED}, n.created_at, n.mail_at \
             FROM post p JOIN topic t ON t.id = p.topic_id \
             JOIN notification n ON n.topic_id = p.topic_id AND n.post_number = p.number \
             JOIN topic_follow f ON f.account_id = n.account_id AND f.topic_id = n.topic_id \
             WHERE p.id = $1 AND n.read_at IS NULL AND {next} IS NOT NULL AND NOT EXISTS \
             (SELECT 1 FROM notification o \
             JOIN post q ON q.topic_id = o.topic_id AND q.number = o.post_number \
             WHERE o.account_id = n.account_id AND o.topic_id = n.topic_id \
             AND o.read_at IS NULL AND q.deleted_at IS NULL AND q.hidden_at IS NULL AND NOT {}) \
             ON CONFLICT DO NOTHING",
            has_muted("n.account_id", Writer::OF_OTHER_POST)
        );
        self.execute(write, &instead, vec![post.into()]).await
    }

    /// Forgets that people were told of a post that is deleted.
    async fn take_back(&self, write: &Write<'_>, post: Uuid) -> Result<()> {
        self.tell_of_next(write, post).await?;
        let forget = "DELETE FROM notification WHERE (topic_id, post_number) IN \
             (SELECT p.topic_id, p.number FROM post p WHERE p.id = $1)";
        self.execute(write, forget, vec![post.into()]).await
    }
}
