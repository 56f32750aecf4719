//! Letters about notifications: a letter is in the outbox by the transaction that marks what it tells of,
//! so that one that is broken off doubles and loses nothing.

use std::time::Duration;

use domain::{
    Result,
    account::Actor,
    community::{MailChoices, MailFrequency, MailGroup, NotificationKind},
    mail::Letter,
};
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use uuid::Uuid;

use super::mail::{BURST, LINK_KEPT};
use crate::{
    account::IN_GOOD_STANDING,
    community::{
        CommunityStore,
        discussions::reading::admits_account,
        entity::{notification_mail, unsubscribe_link},
        muting::{Writer, has_muted},
    },
    error::{internal, to_domain},
    mail::post,
    token::{self, micros},
    write::Write,
};

/// Whom a letter tells of the notification in the row `n`: of decisions also who is suspended, which may
/// be the decision.
fn tells() -> String {
    format!(
        "({IN_GOOD_STANDING} OR n.kind IN ('{}', '{}'))",
        NotificationKind::Decision.as_str(),
        NotificationKind::Appeal.as_str()
    )
}

/// Between two letters to one person.
const PAUSE: Duration = Duration::from_mins(15);

/// People who are looked up at once.
const PEOPLE: usize = 100;

/// Read notifications are kept for so long.
const READ_KEPT: Duration = Duration::from_hours(90 * 24);

/// And any.
const KEPT: Duration = Duration::from_hours(365 * 24);

impl CommunityStore {
    /// Writes the letters that are due, and returns how many. To be called every few seconds; of several
    /// processes that do, one writes to each person.
    pub async fn write_letters(&self) -> Result<u64> {
        let mut written = 0;
        loop {
            let now = self.database.now().0;
            let sql = format!(
                "SELECT DISTINCT n.account_id FROM notification n \
                 LEFT JOIN notification_mail s ON s.account_id = n.account_id \
                 WHERE n.mail_at <= $1 AND (s.sent_at IS NULL OR s.sent_at <= $2) LIMIT {PEOPLE}"
            );
            let values = vec![now.into(), (now - micros(PAUSE)).into()];
            let due = self.database.query(&sql, values).await.map_err(to_domain)?;
            for row in &due {
                let account = row.try_get("", "account_id").map_err(to_domain)?;
                written += u64::from(self.write_letter(account).await?);
            }
            if due.len() < PEOPLE {
                return Ok(written);
            }
        }
    }

    /// Writes to a person, unless another process has or there is nothing to tell any more.
    async fn write_letter(&self, account: Uuid) -> Result<bool> {
        let now = self.database.now().0;
        let write = Write::begin(&self.database, Actor::Operator).await?;
        let Some(choices) = self.take(&write, account, now).await? else {
            return Ok(false);
        };
        let sql = "UPDATE notification SET mail_at = NULL, mailed_at = $2 \
             WHERE account_id = $1 AND mail_at <= $3";
        let until = now + micros(BURST);
        let values = vec![account.into(), now.into(), until.into()];
        self.execute(&write, sql, values).await?;
        let [replies, mentions, topics, communities] =
            self.count(&write, account, now, choices).await?;
        if replies + mentions + topics + communities == 0 {
            write.commit().await?;
            return Ok(false);
        }
        let token = token::random()?;
        let row = unsubscribe_link::ActiveModel {
            token_hash: Set(token::hash(&token)),
            account_id: Set(account),
            created_at: Set(now),
        };
        unsubscribe_link::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        let sql = "UPDATE notification_mail SET sent_at = $2 WHERE account_id = $1";
        self.execute(&write, sql, vec![account.into(), now.into()])
            .await?;
        let letter = Letter::Notifications {
            replies,
            mentions,
            topics,
            communities,
            token: token.expose().to_owned(),
        };
        let sql = "SELECT email FROM account WHERE id = $1";
        let statement = self.database.statement(sql, vec![account.into()]);
        let row = write.on().query_one_raw(statement).await;
        let row = row.map_err(to_domain)?;
        let row = row.ok_or_else(|| internal(&"a letter is for nobody"))?;
        let email: String = row.try_get("", "email").map_err(to_domain)?;
        post(&write, &self.database, &email, &letter).await?;
        write.commit().await?;
        Ok(true)
    }

    /// Takes a person in hand, whose last letter must be long enough ago; another process that does the
    /// same waits, and then finds that it is not. Returns what they have chosen.
    async fn take(
        &self,
        write: &Write<'_>,
        account: Uuid,
        now: i64,
    ) -> Result<Option<MailChoices>> {
        let none = MailChoices::DEFAULT;
        // Changes nothing, and locks the row.
        let sql = "INSERT INTO notification_mail \
             (account_id, replies, mentions, topics, communities, sent_at) \
             SELECT account.id, $3, $4, $5, $6, 0 FROM account WHERE account.id = $1 \
             ON CONFLICT (account_id) DO UPDATE SET sent_at = notification_mail.sent_at \
             WHERE notification_mail.sent_at <= $2 \
             RETURNING account_id, replies, mentions, topics, communities, sent_at";
        let mut values = vec![account.into(), (now - micros(PAUSE)).into()];
        values.extend(MailGroup::ALL.map(|group| none.of(group).as_str().into()));
        let row = notification_mail::Entity::find()
            .from_raw_sql(self.database.statement(sql, values))
            .one(write.on())
            .await
            .map_err(to_domain)?;
        Ok(row.as_ref().map(Into::into))
    }

    /// How many notifications of each group the letter of this moment tells of: those that are unread,
    /// for the person, and wanted.
    async fn count(
        &self,
        write: &Write<'_>,
        account: Uuid,
        now: i64,
        choices: MailChoices,
    ) -> Result<[u32; 4]> {
        let sql = format!(
            "SELECT n.kind, count(*) AS told FROM notification n \
             JOIN account ON account.id = n.account_id \
             LEFT JOIN topic t ON t.id = n.topic_id \
             LEFT JOIN post p ON p.topic_id = n.topic_id AND p.number = n.post_number \
             WHERE n.account_id = $1 AND n.mailed_at = $2 AND n.read_at IS NULL \
             AND {} AND (n.topic_id IS NULL \
             OR (p.id IS NOT NULL AND p.deleted_at IS NULL AND p.hidden_at IS NULL AND {} AND NOT {})) GROUP BY n.kind",
            tells(),
            admits_account(),
            has_muted("n.account_id", Writer::OF_POST),
        );
        let values = vec![account.into(), now.into()];
        let rows = write
            .on()
            .query_all_raw(self.database.statement(&sql, values))
            .await
            .map_err(to_domain)?;
        let mut counts = [0; 4];
        for row in rows {
            let kind: String = row.try_get("", "kind").map_err(to_domain)?;
            let told: i64 = row.try_get("", "told").map_err(to_domain)?;
            let group = MailGroup::of(NotificationKind::from_name(&kind));
            if choices.of(group) == MailFrequency::Never {
                continue;
            }
            for (count, other) in counts.iter_mut().zip(MailGroup::ALL) {
                if other == group {
                    *count += u32::try_from(told).unwrap_or_default();
                }
            }
        }
        Ok(counts)
    }

    /// Removes notifications and links of letters that are old.
    pub(in crate::community) async fn sweep_notifications(&self) -> Result<()> {
        let now = self.database.now().0;
        for (sql, kept) in [
            ("DELETE FROM notification WHERE read_at < $1", READ_KEPT),
            ("DELETE FROM notification WHERE created_at < $1", KEPT),
            (
                "DELETE FROM unsubscribe_link WHERE created_at < $1",
                LINK_KEPT,
            ),
        ] {
            let values = vec![(now - micros(kept)).into()];
            self.database
                .writer()
                .execute_raw(self.database.statement(sql, values))
                .await
                .map_err(to_domain)?;
        }
        Ok(())
    }
}
